//! Peril: how often service stops in a year, when, and for how long.

mod duration;
mod frequency;
pub(crate) mod normal;
mod start;

pub use duration::{Duration, InvalidDuration, Law};
pub use frequency::{Counts, Frequency, InvalidFrequency};
pub use start::Start;

use crate::outage::Cause;

/// Something that stops service, as far as chance has a say in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Peril {
    /// How often it strikes in a year.
    pub frequency: Frequency,
    /// How long an outage of it lasts.
    pub duration: Duration,
    /// When in the week or the year it strikes.
    pub start: Start,
    /// Why service stops, for the perils that covers name.
    pub cause: Option<Cause>,
}
