//! Mitigation: what becomes of lost revenue before any cover is asked.
//!
//! Sales made up later and costs that stop are taken off; outflows that the
//! outage causes are added. What remains is the economic loss.

mod daily;
mod discontinued;
mod fee;
mod head;
mod lost_profit;
mod make_up;
mod outflow;
mod queue;
mod recapture;
mod resilience;

pub use daily::{DailyShortfall, InvalidDays};
pub use discontinued::{DISCONTINUED, Discontinued};
pub use fee::Fee;
pub use head::Head;
pub use lost_profit::LostProfit;
pub use make_up::{Allocation, Left, MAKE_UP};
pub use outflow::{
    Amount, Bend, CHURN, COMMUNICATION, Churn, ChurnCurve, ChurnError, Communication, DATA_LOSS, DataLoss,
    FINE, Fine, GOODWILL, Goodwill, LIFETIME_VALUE, Leaving, LifetimeError, LifetimeValue, OfLine, Outflow,
    REFUND, Refund, SLA_PENALTY, SlaPenalty, Threshold,
};
pub use queue::{Headroom, QUEUE, Queue, Served};
pub use recapture::{Fade, Overtime, RECAPTURE, Recapture};
pub use resilience::{RESILIENCE, resilience};
