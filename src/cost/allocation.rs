//! Allocation: how much of a year's cost one event is charged.

use std::fmt;

use super::Costs;
use crate::term::term;

term! {
    pub const ALLOCATION: Term = {
        key: "premium_counted",
        korean: "보험료 배분",
        english: "Premium charged to the event",
        file_key: "premium_counted",
        unit: "share of a year's cost",
        formula: "cost of the event = a · F(no loss) + F(after) - F(before)\nfull a = 1 for the first event of the year and 0 for later ones, none a = 0, per_event a = 1 / expected events",
        order: "Over every part of the programme that has a price, once its cost of the year is known",
        source: "A convention of this program: premium is paid for a year, and a projection looks at one event",
    };
}

/// How much of what the programme costs in any case one event is charged.
///
/// # Formula
///
/// For the year's cost `F` before any loss, before the event and after it
///
/// ```text
/// cost of the event = a · F(no loss) + F(after) - F(before)
///     full        a = 1 for the first event of the year, 0 for later ones
///     none        a = 0
///     per event   a = 1 / expected events of a year
/// ```
///
/// So under `full` the events of a year add up to what the year costs.
///
/// What the event itself causes is charged to it under each of them: a bonus
/// lost, limit restored, a line drawn.
///
/// # Source
///
/// A convention of this program: premium is paid for a year, and a projection
/// looks at one event.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Allocation {
    /// All of it: the first event of the year bears it.
    #[default]
    Full,
    /// None of it: the premium is spent whatever happens.
    None,
    /// An equal part for each event that a year is expected to bring.
    PerEvent(ExpectedEvents),
}

/// Events that a year is expected to bring: more than none.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ExpectedEvents(f64);

impl Allocation {
    /// Spreads a year's cost over the events that it is expected to bring.
    ///
    /// # Errors
    ///
    /// Refuses a number of events that is not above zero.
    pub fn per_event(expected: f64) -> Result<Self, InvalidAllocation> {
        if expected.is_finite() && expected > 0.0 {
            Ok(Self::PerEvent(ExpectedEvents(expected)))
        } else {
            Err(InvalidAllocation(expected))
        }
    }

    /// Returns the name that it has in a file and in output.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::None => "none",
            Self::PerEvent(_) => "per_event",
        }
    }

    /// Returns the events of a year over which it spreads, where it does.
    #[must_use]
    pub fn expected_events(self) -> Option<f64> {
        match self {
            Self::PerEvent(ExpectedEvents(events)) => Some(events),
            Self::Full | Self::None => None,
        }
    }

    /// Returns what one event is charged, the first of its year or a later one.
    #[must_use]
    pub fn of_event(self, first: bool, without_loss: Costs, before: &Costs, after: &Costs) -> Costs {
        let part = match self {
            Self::Full if first => 1.0,
            Self::Full | Self::None => 0.0,
            Self::PerEvent(ExpectedEvents(events)) => 1.0 / events,
        };
        // Where nothing happened before, the year's cost is written as it is and
        // not as a sum of differences.
        if part == 1.0 && *before == without_loss {
            return *after;
        }
        let caused = after.minus(before);
        without_loss.map(|kind, amount| crate::quantity::Money(amount.0 * part) + caused[kind])
    }
}

/// A number of events over which nothing can be spread.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InvalidAllocation(f64);

impl fmt::Display for InvalidAllocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the premium cannot be spread over {} events a year; expect more than 0", self.0)
    }
}

impl std::error::Error for InvalidAllocation {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cost::Kind;
    use crate::quantity::Money;

    #[test]
    fn an_event_bears_its_part_of_a_quiet_year_and_all_that_it_changes() {
        let costs = |premium: f64, bonus: f64| {
            let mut costs = Costs::default();
            costs[Kind::Premium] = Money(premium);
            costs[Kind::NoClaimsBonus] = Money(bonus);
            costs
        };
        let (quiet, claimed) = (costs(120.0, -12.0), costs(120.0, 0.0));
        let halves = Allocation::per_event(2.0).unwrap();
        for (allocation, first, before, after, expected, because) in [
            (Allocation::Full, true, quiet, quiet, 108.0, "a quiet year costs its premium less the bonus"),
            (Allocation::Full, true, quiet, claimed, 120.0, "the first claim loses the bonus"),
            (Allocation::Full, false, quiet, claimed, 12.0, "an event before it has borne the premium"),
            (Allocation::Full, false, claimed, claimed, 0.0, "the next claim has no bonus to lose"),
            (Allocation::None, true, quiet, quiet, 0.0, "what is spent anyway is not the event's"),
            (Allocation::None, true, quiet, claimed, 12.0, "the bonus is lost by the event alone"),
            (halves, true, quiet, claimed, 66.0, "half of 108, and the bonus"),
            (halves, false, claimed, claimed, 54.0, "each event bears its half"),
        ] {
            let charged = allocation.of_event(first, quiet, &before, &after);
            assert_eq!(charged.total(), Money(expected), "{because}");
        }
    }

    #[test]
    fn refuses_to_spread_over_no_events() {
        for events in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(Allocation::per_event(events).is_err(), "{events}");
        }
    }
}
