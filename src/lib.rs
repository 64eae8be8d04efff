//! If our service is dark for D hours, what do we lose, who pays for it, and
//! what stays with us?
//!
//! netloss joins hourly revenue-at-risk profiles with insurance and hedge terms
//! and projects the net loss across outage durations.
//!
//! ```text
//! profile ─▶ outage ─▶ loss ─▶ mitigation ─▶ cover ─▶ tower ─▶ hedge
//! hourly     start,    lost     recapture,    one      layers,  payouts
//! revenue    duration, revenue  saved costs,  policy,  shares   on an
//!            service            outflows      one               index
//!            path                             event
//!
//!   ─▶ recovery ─▶ annual ─▶ cost ─▶ waterfall ─▶ year ─▶ risk ─▶ projection ─▶ panel ─▶ views
//!      suppliers,  policy    premium, who bears   outages  many    a ladder of   what stands
//!      dispute,    year      tax,     each won,   of one   drawn   durations     beside the
//!      default,              carry    by which    year     years   and its       net loss
//!      delay                          clause                       kinks
//! ```
//!
//! Modules stand below in that order, and a module imports only from those in
//! front of it. [`scheme`] stands beside the flow: what small merchants are paid for
//! an outage, in whole numbers. Down to [`terms`] everything takes plain values and
//! gives plain values: no file, clock, environment, printing or thread. [`replay`] holds
//! what the engine makes of past events against what was reported. [`terms`] is the
//! reference of every term, made of the words that document the code.

pub mod quantity;
pub mod term;
pub mod spans;
pub mod steps;
pub mod wide;

pub mod profile;
pub mod outage;
pub mod peril;
pub mod fit;
pub mod loss;
pub mod mitigation;
pub mod reason;
pub mod cover;
pub mod tower;
pub mod hedge;
pub mod recovery;
pub mod annual;
pub mod cost;
pub mod measure;
pub mod scenario;
pub mod waterfall;
pub mod attribution;
pub mod year;
pub mod risk;
pub mod projection;
pub mod panel;
pub mod scheme;
pub mod replay;
pub mod terms;

#[cfg(feature = "cli")]
pub mod frame;
#[cfg(feature = "cli")]
pub mod read;
#[cfg(feature = "cli")]
pub mod view;
#[cfg(feature = "cli")]
pub mod cli;
