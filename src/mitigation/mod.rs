//! Mitigation: what becomes of lost revenue before any cover is asked.
//!
//! Sales made up later and costs that stop are taken off; outflows that the
//! outage causes are added. What remains is the economic loss.

mod lost_profit;
mod outflow;
mod recapture;

pub use lost_profit::LostProfit;
pub use outflow::{Amount, Head, Outflow};
pub use recapture::{Fade, Recapture};
