//! Hours clause: outages of one cause within so many hours are one occurrence.

use std::fmt;
use std::ops::Range;

use crate::quantity::{Hours, Money, TOLERANCE};
use crate::term::term;

term! {
    pub const HOURS_CLAUSE: Term = {
        key: "hours_clause",
        korean: "시간조항",
        english: "Hours clause",
        file_key: "cover.hours_clause",
        unit: "hours",
        formula: "f(i) = max(rec(i alone) + f(i + 1), rec(window at i) + f(first outage after it))",
        order: "Where the first of sublimits, deductible, share and occurrence limit stands: it says what one occurrence is",
        source: "Singapore Reinsurers' Association, glossary; JLT, 72-hour clauses",
    };
}

/// The hours on end within which losses of one cause make one occurrence.
///
/// # Formula
///
/// The insured picks the moments at which windows begin, each at an outage; no two
/// windows overlap, and an outage outside every window stands alone. With `rec`
/// the recovery of an occurrence and outages `i` in order of time,
///
/// ```text
/// window(i) = the outages j ≥ i with start_j < start_i + H
/// f(i)      = max( rec(i alone) + f(i + 1),  rec(window(i)) + f(first outage after it) )
/// ```
///
/// and the choice behind `f(0)` recovers most. An outage just at the end of a
/// window is outside it.
///
/// # Order of application
///
/// Terms of time, average and additions cut what each outage claims. Then sublimits,
/// deductible, share and limit are of the occurrence, and the terms of the year
/// follow. An outage is given what it adds to the recoveries of the year's outages
/// up to it, so that those of the year come to the best choice of windows.
///
/// # Source
///
/// Property and reinsurance wordings, most often 72 or 168 hours (Singapore
/// Reinsurers' Association, glossary; JLT, "72-hour clauses"). The first moment is
/// the insured's to choose, and windows may not overlap.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HoursClause(Hours);

impl HoursClause {
    /// Checks the hours once.
    ///
    /// # Errors
    ///
    /// Refuses hours that are not above zero or not finite.
    pub fn new(window: Hours) -> Result<Self, InvalidHoursClause> {
        if window.0.is_finite() && window.0 > 0.0 {
            Ok(Self(window))
        } else {
            Err(InvalidHoursClause(window))
        }
    }

    /// Returns the hours of a window.
    #[must_use]
    pub fn window(self) -> Hours {
        self.0
    }

    /// Returns the occurrences that recover most, as ranges of outages in order.
    ///
    /// `starts` are in order of time; `recovery` is what one occurrence made of
    /// these outages recovers. Where two choices recover the same, the one of more
    /// windows is taken, and of these the earlier.
    #[must_use]
    pub fn occurrences(
        self,
        starts: &[Hours],
        recovery: impl Fn(Range<usize>) -> Money,
    ) -> Vec<Range<usize>> {
        // best[i]: what the outages from i on recover, and the end of i's occurrence.
        let mut best = vec![(Money::ZERO, starts.len()); starts.len() + 1];
        for first in (0..starts.len()).rev() {
            let end = self.end_of_window(starts, first);
            let choice = |end: usize| (recovery(first..end) + best[end].0, end);
            let (alone, together) = (choice(first + 1), choice(end));
            best[first] = if together.0 >= alone.0 { together } else { alone };
        }
        let mut occurrences = Vec::new();
        let mut first = 0;
        while first < starts.len() {
            let end = best[first].1;
            occurrences.push(first..end);
            first = end;
        }
        occurrences
    }

    /// Returns the window that holds the largest sum, the earliest of equals.
    #[must_use]
    pub fn heaviest(self, starts: &[Hours], losses: &[Money]) -> Range<usize> {
        let sum = |window: &Range<usize>| losses[window.clone()].iter().copied().sum::<Money>();
        let windows = (0..starts.len()).map(|first| first..self.end_of_window(starts, first));
        windows.rev().max_by(|a, b| sum(a).0.total_cmp(&sum(b).0)).unwrap_or(0..0)
    }

    /// Returns the first outage after the window that begins with an outage.
    fn end_of_window(self, starts: &[Hours], first: usize) -> usize {
        let ends = (starts[first] + self.0).0 - TOLERANCE;
        first + starts[first..].iter().take_while(|start| start.0 < ends).count().max(1)
    }
}

/// Hours that no clause can state.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InvalidHoursClause(Hours);

impl fmt::Display for InvalidHoursClause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an hours clause of {} hours holds no outage; give more than 0", self.0.0)
    }
}

impl std::error::Error for InvalidHoursClause {}

#[cfg(test)]
mod tests {
    use super::*;

    const STARTS: [Hours; 5] = [Hours(0.0), Hours(20.0), Hours(60.0), Hours(80.0), Hours(130.0)];
    const LOSSES: [Money; 5] = [Money(50.0), Money(120.0), Money(200.0), Money(90.0), Money(40.0)];

    fn loss(outages: Range<usize>) -> Money {
        LOSSES[outages].iter().copied().sum()
    }

    #[test]
    fn the_insured_begins_the_window_where_it_recovers_most() {
        let clause = HoursClause::new(Hours(72.0)).unwrap();
        let over_100 = |outages| (loss(outages) - Money(100.0)).positive();
        assert_eq!(clause.heaviest(&STARTS, &LOSSES), 1..4, "from hour 20: 120, 200 and 90");
        let occurrences = clause.occurrences(&STARTS, over_100);
        assert!(occurrences.contains(&(1..4)), "{occurrences:?}");
        let recovered: Money = occurrences.into_iter().map(over_100).sum();
        assert_eq!(recovered, Money(310.0));
        let apart: Money = (0..5).map(|outage| over_100(outage..outage + 1)).sum();
        assert_eq!(apart, Money(120.0), "20 and 100 where each stands alone");
    }

    #[test]
    fn a_limit_of_each_occurrence_parts_what_a_deductible_joins() {
        let clause = HoursClause::new(Hours(72.0)).unwrap();
        let up_to_100 = |outages| loss(outages).min(Money(100.0));
        let occurrences = clause.occurrences(&STARTS, up_to_100);
        let recovered: Money = occurrences.iter().cloned().map(up_to_100).sum();
        assert_eq!(recovered, Money(380.0), "50, 100, 100, 90 and 40");
    }

    #[test]
    fn an_outage_at_the_end_of_the_window_is_outside_it() {
        let sum = |outages: Range<usize>| Money(if outages.len() > 1 { 1.0 } else { 0.0 });
        for (window, joined) in [(20.0, false), (20.1, true)] {
            let clause = HoursClause::new(Hours(window)).unwrap();
            let occurrences = clause.occurrences(&[Hours(0.0), Hours(20.0)], sum);
            assert_eq!(occurrences.len() == 1, joined, "{window}");
        }
    }

    #[test]
    fn refuses_a_window_that_holds_nothing() {
        for hours in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(HoursClause::new(Hours(hours)).is_err(), "{hours}");
        }
    }
}
