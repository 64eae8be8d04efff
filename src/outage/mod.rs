//! Outage: what stops, when it starts, for how long, and why.

mod cause;
mod circumstances;
mod early_warning;
mod failover;
mod interruptions;
mod days;
mod ramp_up;
mod service_path;
mod struck;
mod uptime;

use jiff::civil::DateTime;

use crate::quantity::Hours;

pub use cause::{Cause, PERILS, Perils};
pub use circumstances::{Circumstances, PlaceFault, PlaceTest};
pub use days::{Days, DaysError};
pub use early_warning::{EARLY_WARNING, EarlyWarning};
pub use failover::{FAILOVER, Failover};
pub use interruptions::{Interruptions, InterruptionsError};
pub use ramp_up::{Curved, RAMP_ENDS, RAMP_ERROR, RAMP_UP, RampError, RampUp};
pub use service_path::{BreakPoint, Course, PathError, SERVICE_PATH, Segment, ServicePath, Stage, Way};
pub use struck::{InvalidSeverity, Struck};
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
    /// How hard it hits, and which lines.
    pub struck: Struck,
    /// What else is known of it.
    pub circumstances: Circumstances,
}
