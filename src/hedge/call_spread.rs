//! Call spread: so much for each unit of the index between two strikes.

use std::fmt;

use super::index::Level;
use crate::quantity::Money;
use crate::term::term;

term! {
    pub const HOURS_CALL: Term = {
        key: "call_spread",
        korean: "콜스프레드",
        english: "Call spread",
        file_key: "hedge.kind",
        unit: "money",
        formula: "payoff = tick · clamp(I - K1, 0, K2 - K1)",
        order: "Beside the other hedges, on the index alone",
        source: "Introduction to weather derivatives, part II",
    };
}

/// A bought call at one strike and a sold call at a higher one.
///
/// # Formula
///
/// ```text
/// payoff = tick · clamp(I - K1, 0, K2 - K1)
/// ```
///
/// # Source
///
/// The capped call of weather options: a tick for each unit of the index above the
/// strike, up to a limit (Introduction to weather derivatives, part II).
///
/// # Example
///
/// 20 for each outage hour from the 6th to the 18th: 14 hours pay 160.
///
/// ```
/// use netloss::hedge::{CallSpread, Level};
/// use netloss::quantity::Money;
/// let spread = CallSpread::new(Money(20.0), Level(6.0), Level(18.0))?;
/// assert_eq!(spread.payoff(Level(14.0)), Money(160.0));
/// assert_eq!(spread.payoff(Level(30.0)), Money(240.0));
/// # Ok::<(), netloss::hedge::StrikesError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CallSpread {
    tick: Money,
    lower: Level,
    upper: Level,
}

impl CallSpread {
    /// Checks the strikes once.
    ///
    /// # Errors
    ///
    /// Refuses an upper strike that is not above the lower.
    pub fn new(tick: Money, lower: Level, upper: Level) -> Result<Self, StrikesError> {
        if lower < upper { Ok(Self { tick, lower, upper }) } else { Err(StrikesError { lower, upper }) }
    }

    /// Returns what a unit of the index between the strikes pays.
    #[must_use]
    pub fn tick(&self) -> Money {
        self.tick
    }

    /// Returns the strike from which it pays.
    #[must_use]
    pub fn lower(&self) -> Level {
        self.lower
    }

    /// Returns the strike at which it stops to pay more.
    #[must_use]
    pub fn upper(&self) -> Level {
        self.upper
    }

    /// Returns what is paid when the index reads `level`.
    #[must_use]
    pub fn payoff(&self, level: Level) -> Money {
        Money(self.tick.0 * (level.0 - self.lower.0).clamp(0.0, self.upper.0 - self.lower.0))
    }
}

/// Levels in the wrong order.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StrikesError {
    pub(super) lower: Level,
    pub(super) upper: Level,
}

impl fmt::Display for StrikesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [upper, lower] = [self.upper, self.lower].map(|level| Money(level.0));
        write!(f, "the upper level of {upper} is not above the lower of {lower}")
    }
}

impl std::error::Error for StrikesError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twenty_for_each_hour_from_6_to_18() {
        let spread = CallSpread::new(Money(20.0), Level(6.0), Level(18.0)).unwrap();
        for (hours, pays, because) in [
            (5.0, 0.0, "below the lower strike"),
            (6.0, 0.0, "just at it"),
            (14.0, 160.0, "eight hours above it"),
            (18.0, 240.0, "the upper strike"),
            (30.0, 240.0, "no more above it"),
        ] {
            assert_eq!(spread.payoff(Level(hours)), Money(pays), "{because}");
        }
    }

    #[test]
    fn refuses_strikes_in_the_wrong_order() {
        for upper in [6.0, 5.0, f64::NAN] {
            assert!(CallSpread::new(Money(20.0), Level(6.0), Level(upper)).is_err());
        }
    }
}
