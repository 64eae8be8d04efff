//! Spans: stretches of time, apart from one another and in order.

use crate::quantity::{Hours, TOLERANCE};

/// Stretches of time that neither touch nor overlap, in order.
///
/// Hours are counted from a moment that the owner says, mostly the outage's
/// start. Each stretch has its first moment and lacks its last.
///
/// # Example
///
/// A shop is dark for three hours, back for two, and dark for four more. Five
/// dark hours have passed two hours into the second stretch:
///
/// ```
/// use netloss::quantity::Hours;
/// use netloss::spans::Spans;
/// let dark = Spans::of([(Hours(0.0), Hours(3.0)), (Hours(5.0), Hours(9.0))]);
/// assert_eq!(dark.length(), Hours(7.0));
/// assert_eq!(dark.moment(Hours(5.0)), Some(Hours(7.0)));
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spans(Vec<(Hours, Hours)>);

impl Spans {
    /// No time at all.
    pub const NONE: Self = Self(Vec::new());

    /// One stretch; none where it has no length.
    #[must_use]
    pub fn one(from: Hours, to: Hours) -> Self {
        Self::of([(from, to)])
    }

    /// Stretches in any order: those that touch or overlap become one, and those
    /// without length fall away.
    #[must_use]
    pub fn of(stretches: impl IntoIterator<Item = (Hours, Hours)>) -> Self {
        let mut all: Vec<_> = stretches.into_iter().filter(|(from, to)| from < to).collect();
        all.sort_by(|(a, _), (b, _)| a.0.total_cmp(&b.0));
        let mut apart: Vec<(Hours, Hours)> = Vec::with_capacity(all.len());
        for (from, to) in all {
            match apart.last_mut() {
                Some(last) if from <= last.1 => last.1 = last.1.max(to),
                _ => apart.push((from, to)),
            }
        }
        Self(apart)
    }

    /// Returns the stretches in order.
    pub fn iter(&self) -> impl Iterator<Item = (Hours, Hours)> + '_ {
        self.0.iter().copied()
    }

    /// Returns whether there is no time in them.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns how long they are together.
    #[must_use]
    pub fn length(&self) -> Hours {
        self.iter().map(|(from, to)| to - from).sum()
    }

    /// Returns the last moment; 0 where there is none.
    #[must_use]
    pub fn ends(&self) -> Hours {
        self.0.last().map_or(Hours::ZERO, |(_, to)| *to)
    }

    /// Returns the time that is in both.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        let (mut both, mut a, mut b) = (Vec::new(), 0, 0);
        while let (Some(one), Some(two)) = (self.0.get(a), other.0.get(b)) {
            let (from, to) = (one.0.max(two.0), one.1.min(two.1));
            if from < to {
                both.push((from, to));
            }
            if one.1 <= two.1 { a += 1 } else { b += 1 }
        }
        Self(both)
    }

    /// Returns the time that is in either.
    #[must_use]
    pub fn or(&self, other: &Self) -> Self {
        Self::of(self.iter().chain(other.iter()))
    }

    /// Returns the part of them in `[from, to)`.
    #[must_use]
    pub fn within(&self, from: Hours, to: Hours) -> Self {
        self.and(&Self::one(from, to))
    }

    /// Returns the moment at which so many of their hours have passed; nothing
    /// where they are shorter.
    #[must_use]
    pub fn moment(&self, passed: Hours) -> Option<Hours> {
        let mut left = passed;
        for (from, to) in self.iter() {
            if left.0 <= (to - from).0 + TOLERANCE {
                return Some((from + left).min(to));
            }
            left -= to - from;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spans(stretches: &[(f64, f64)]) -> Spans {
        Spans::of(stretches.iter().map(|(from, to)| (Hours(*from), Hours(*to))))
    }

    #[test]
    fn stretches_that_touch_become_one() {
        for (given, kept, because) in [
            (vec![(5.0, 9.0), (0.0, 3.0)], vec![(0.0, 3.0), (5.0, 9.0)], "they are put in order"),
            (vec![(0.0, 3.0), (3.0, 4.0)], vec![(0.0, 4.0)], "one ends where the other begins"),
            (vec![(0.0, 6.0), (1.0, 2.0)], vec![(0.0, 6.0)], "one lies in the other"),
            (vec![(2.0, 2.0), (4.0, 3.0)], vec![], "neither has a length"),
        ] {
            assert_eq!(
                spans(&given),
                Spans(kept.into_iter().map(|(a, b)| (Hours(a), Hours(b))).collect()),
                "{because}"
            );
        }
    }

    #[test]
    fn what_is_in_both_is_no_longer_than_either() {
        let (one, two) = (spans(&[(0.0, 3.0), (5.0, 9.0)]), spans(&[(2.0, 6.0), (8.0, 20.0)]));
        assert_eq!(one.and(&two), spans(&[(2.0, 3.0), (5.0, 6.0), (8.0, 9.0)]));
        assert_eq!(one.and(&two), two.and(&one));
        assert_eq!(one.or(&two).length() + one.and(&two).length(), one.length() + two.length());
    }

    #[test]
    fn hours_pass_only_inside_the_stretches() {
        let dark = spans(&[(1.0, 3.0), (5.0, 9.0)]);
        for (passed, moment, because) in [
            (0.0, Some(1.0), "nothing passes before the first begins"),
            (2.0, Some(3.0), "the first is over"),
            (2.5, Some(5.5), "the gap does not count"),
            (6.0, Some(9.0), "all of them"),
            (6.1, None, "they are shorter than that"),
        ] {
            assert_eq!(dark.moment(Hours(passed)), moment.map(Hours), "{because}");
        }
    }
}
