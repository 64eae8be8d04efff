//! Indemnity period: the span of time for which loss is covered.

use std::fmt;

use super::Claim;
use crate::quantity::Hours;
use crate::reason::Reason;

/// From when the indemnity period is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunsFrom {
    /// From the outage's first moment: waiting hours use it up.
    Outage,
    /// From the end of the waiting period.
    EndOfWaiting,
}

/// The longest span for which lost profit is covered.
///
/// # Formula
///
/// ```text
/// covered hours = [0, length)        from the outage
///               = [0, W + length)    from the end of the waiting period W
/// ```
///
/// What a waiting period takes from the front of the span it takes itself.
///
/// # Source
///
/// UK wordings: the maximum indemnity period, from the damage; US forms: the
/// period of restoration. Both ways of counting are sold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct IndemnityPeriod {
    length: Hours,
    from: RunsFrom,
}

impl IndemnityPeriod {
    /// Checks the length once.
    ///
    /// # Errors
    ///
    /// Refuses a length that is not above zero or not finite.
    pub fn new(length: Hours, from: RunsFrom) -> Result<Self, InvalidIndemnityPeriod> {
        if length.0.is_finite() && length.0 > 0.0 {
            Ok(Self { length, from })
        } else {
            Err(InvalidIndemnityPeriod(length))
        }
    }

    /// Returns the moment it ends, hours after the outage's start.
    #[must_use]
    pub fn ends(self, wait: Hours) -> Hours {
        match self.from {
            RunsFrom::Outage => self.length,
            RunsFrom::EndOfWaiting => wait + self.length,
        }
    }

    /// Returns from when it is counted.
    #[must_use]
    pub fn runs_from(self) -> RunsFrom {
        self.from
    }

    pub(super) fn cut(self, claim: &mut Claim<'_>, wait: Hours) {
        let (from, to) = claim.window;
        claim.span = claim.span.min(self.ends(wait));
        let ends = self.ends(wait).min(to).max(from);
        claim.trim((from, ends), Reason::IndemnityPeriod);
    }
}

/// A length that no indemnity period can have.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InvalidIndemnityPeriod(Hours);

impl fmt::Display for InvalidIndemnityPeriod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "indemnity period is {} hours; give more than 0", self.0.0)
    }
}

impl std::error::Error for InvalidIndemnityPeriod {}
