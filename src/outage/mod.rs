//! Outage: what stops, when it starts, for how long, and why.

mod cause;
mod interruptions;
mod period;
mod service_path;
mod uptime;

use jiff::civil::DateTime;

use crate::quantity::Hours;

pub use cause::{Cause, Perils};
pub use interruptions::{Interruptions, InterruptionsError};
pub use period::{Period, PeriodError};
pub use service_path::{BreakPoint, PathError, Segment, ServicePath, Stage};
pub use uptime::{UptimeError, UptimeTier, UptimeTiers};

/// An outage, but for how long it lasts.
#[derive(Clone, Debug, PartialEq)]
pub struct Outage {
    /// Its name among the outages of a year; empty where it is the only one.
    pub id: String,
    /// Local time at which it starts.
    pub start_local: DateTime,
    /// The start in hours from the calendar's origin.
    pub start: Hours,
    /// Why it happened, where stated.
    pub cause: Option<Cause>,
    /// Whether service comes back in between.
    pub interruptions: Interruptions,
}
