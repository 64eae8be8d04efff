//! Denial of access: premises that nobody may enter.

use std::fmt;

use crate::outage::PlaceTest;
use crate::quantity::{Hours, Met, Money};
use crate::term::term;

term! {
    pub const DENIAL_OF_ACCESS: Term = {
        key: "denial_of_access",
        korean: "출입제한 담보",
        english: "Denial of access",
        file_key: "cover.access",
        unit: "hours",
        formula: "loss of the hours [0, most) where the closure meets the minimum, at most the limit",
        order: "The minimum closure is tested with the waiting period; the most hours end the span as an indemnity period does",
        source: "Bellrock, on prevention of access; Denial of Access Non-Damage Clause; Willis, Often misunderstood business interruption coverages",
    };
}

/// How a cover answers when access is barred.
///
/// # Formula
///
/// ```text
/// covered = loss of the hours [0, most)    where the closure meets the minimum
///         = 0                              otherwise
/// ```
///
/// and the sublimit of the extension on all heads together.
///
/// # Order of application
///
/// The minimum closure is a test beside the waiting period; the most hours end the
/// span for which loss is counted, as an indemnity period does.
///
/// # Source
///
/// Civil authority and prevention of access extensions: damage within so many
/// kilometres or miles, a closure of four hours or more on end, for 30 days at
/// most; non-damage forms ask for none (Bellrock on prevention of access; Willis,
/// "Often misunderstood business interruption coverages").
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Access {
    minimum: Hours,
    met: Met,
    most: Hours,
    /// What is asked of the place.
    pub place: PlaceTest,
    /// Most for one closure; none is endless.
    pub limit: Option<Money>,
}

impl Access {
    /// Checks the hours once.
    ///
    /// # Errors
    ///
    /// Refuses hours that are negative or endless, and a most that is not above
    /// the minimum.
    pub fn new(minimum: Hours, met: Met, most: Hours) -> Result<Self, InvalidAccess> {
        let counted = minimum.0.is_finite() && minimum.0 >= 0.0 && most.0.is_finite();
        if counted && most > minimum {
            Ok(Self { minimum, met, most, place: PlaceTest::default(), limit: None })
        } else {
            Err(InvalidAccess { minimum, most })
        }
    }

    /// Returns the same terms with what is asked of the place, and the most for one
    /// closure.
    #[must_use]
    pub fn at(self, place: PlaceTest, limit: Option<Money>) -> Self {
        Self { place, limit, ..self }
    }

    /// Returns the shortest closure that counts, or that must be passed.
    #[must_use]
    pub fn minimum(self) -> Hours {
        self.minimum
    }

    /// Returns for how many hours loss is counted at most.
    #[must_use]
    pub fn most(self) -> Hours {
        self.most
    }

    /// Returns how the minimum is met.
    #[must_use]
    pub fn how_met(self) -> Met {
        self.met
    }

    /// Returns whether a closure of so many hours is long enough.
    #[must_use]
    pub fn long_enough(self, closed: Hours) -> bool {
        self.met.by(closed, self.minimum)
    }
}

/// Hours that no extension can state.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InvalidAccess {
    minimum: Hours,
    most: Hours,
}

impl fmt::Display for InvalidAccess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (minimum, most) = (self.minimum.0, self.most.0);
        write!(f, "a closure counts from {minimum} hours and to {most} hours")
    }
}

impl std::error::Error for InvalidAccess {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_closure_of_just_the_minimum_is_a_matter_of_wording() {
        let access = |met| Access::new(Hours(4.0), met, Hours(336.0)).unwrap();
        for (met, closed, enough) in [
            (Met::MoreThan, 3.0, false),
            (Met::MoreThan, 4.0, false),
            (Met::AtLeast, 4.0, true),
            (Met::MoreThan, 30.0, true),
        ] {
            assert_eq!(access(met).long_enough(Hours(closed)), enough, "{closed} {met:?}");
        }
    }

    #[test]
    fn refuses_hours_that_leave_nothing_to_cover() {
        for (minimum, most) in [(4.0, 4.0), (-1.0, 4.0), (0.0, f64::INFINITY), (f64::NAN, 4.0)] {
            assert!(Access::new(Hours(minimum), Met::AtLeast, Hours(most)).is_err(), "{minimum} {most}");
        }
    }
}
