//! Outage: what stops, when it starts, for how long, and why.

mod cause;
mod service_path;
mod uptime;

pub use cause::{Cause, Perils};
pub use service_path::{BreakPoint, PathError, Segment, ServicePath, Stage};
pub use uptime::{UptimeError, UptimeTier, UptimeTiers};
