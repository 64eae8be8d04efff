//! Peril: how often service stops in a year, when, for how long, how hard, and where.

mod duration;
mod elementary;
mod frequency;
pub(crate) mod gamma;
mod hits;
mod law;
pub(crate) mod normal;
mod severity;
mod start;

pub use duration::Duration;
pub use frequency::{Counts, Frequency, InvalidFrequency};
pub use hits::Hits;
pub use law::{InvalidLaw, Law, Moments, Quantile};
pub use severity::Severity;
pub use start::{Moment, Start, Starts};

use crate::outage::{Cause, Struck};

/// Something that stops service, as far as chance has a say in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Peril {
    /// How often it strikes in a year.
    pub frequency: Frequency,
    /// How long an outage of it lasts.
    pub duration: Duration,
    /// When in the week or the year it strikes.
    pub start: Start,
    /// How hard.
    pub severity: Severity,
    /// Which lines.
    pub hits: Hits,
    /// Why service stops, for the perils that covers name.
    pub cause: Option<Cause>,
}

impl Peril {
    /// Returns whether every outage of it hits every line along the line's own path.
    #[must_use]
    pub fn strikes_evenly(&self) -> bool {
        self.severity.is_none() && self.hits == Hits::every_line()
    }

    /// Returns how an outage strikes, of a draw of its severity, one that all lines
    /// share and one for each line, all above 0 and below 1.
    ///
    /// # Panics
    ///
    /// Never: a law that was checked gives finite factors of 0 or more.
    #[must_use]
    pub fn struck(&self, severity: f64, common: f64, own: impl Fn(usize) -> f64) -> Struck {
        let hit = self.hits.of(common, own);
        Struck::new(self.severity.quantile(severity), hit).expect("a finite factor of 0 or more")
    }
}
