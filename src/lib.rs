//! If our service is dark for D hours, what do we lose, who pays for it, and
//! what stays with us?
//!
//! netloss joins hourly revenue-at-risk profiles with insurance and hedge terms
//! and projects the net loss across outage durations.
//!
//! ```text
//! profile ─▶ outage ─▶ loss ─▶ mitigation ─▶ cover ─▶ tower ─▶ hedge ─▶ waterfall ─▶ projection ─▶ views
//! hourly     start,    lost     recapture,    one      layers,  payouts  who bears    a ladder of
//! revenue    duration, revenue  saved costs,  policy,  shares   on an    each won,    durations and
//!            service            outflows      one               index    by which     its kinks
//!            path                             event                      clause
//! ```
//!
//! Modules stand below in that order, and a module imports only from those in
//! front of it. Down to [`projection`] everything takes plain values and gives
//! plain values: no file, clock, environment, printing or thread.

pub mod quantity;
pub mod term;
pub mod spans;
pub mod steps;

pub mod profile;
pub mod outage;
pub mod peril;
pub mod loss;
pub mod mitigation;
pub mod reason;
pub mod cover;
pub mod tower;
pub mod hedge;
pub mod recovery;
pub mod annual;
pub mod cost;
pub mod scenario;
pub mod waterfall;
pub mod attribution;
pub mod year;
pub mod risk;
pub mod projection;
pub mod panel;
pub mod terms;

#[cfg(feature = "cli")]
pub mod read;
#[cfg(feature = "cli")]
pub mod view;
#[cfg(feature = "cli")]
pub mod cli;
