//! Failover: a spare that carries a part of the line while the rest is mended.

use super::Segment;
use crate::quantity::{Hours, Share};
use crate::term::term;

term! {
    pub const FAILOVER: Term = {
        key: "failover",
        korean: "이중화·복구목표시간",
        english: "Failover",
        file_key: "line.failover",
        unit: "share of the line that is lost",
        formula: "with it: lost on [0, RTO), then min(lost, 1 - carries) until service is back\nexpected = success * with it + (1 - success) * without it",
        order: "on the service path, before any revenue is counted",
        source: "ISO 22301, recovery time objective; the mean of two courses is a choice made here",
    };
}

/// A spare that takes over during an outage, and how surely it does.
///
/// # Formula
///
/// With the recovery time objective RTO, the share `c` that the spare carries and
/// the chance `p` that taking over succeeds:
///
/// ```text
/// lost with it  = lost                       on [0, RTO)
///               = min(lost, 1 - c)           from RTO until service is back
/// expected lost = p · lost with it + (1 - p) · lost without it
/// ```
///
/// # Order
///
/// On the service path, before any revenue is counted. An outage that ends before
/// the RTO is not helped. Covers see the expected loss: the payment on an expected
/// loss is not the expected payment, and where a threshold lies between the two
/// courses, each should be projected by itself.
///
/// # Source
///
/// Recovery time objective and recovery point objective: ISO 22301, terms of
/// business continuity. That the path is the mean of two is a choice made here.
///
/// # Example
///
/// A spare that takes over after two hours with 60 % cuts eight hours at 50 an
/// hour from 400 to 220.
///
/// ```
/// use netloss::outage::{Failover, ServicePath};
/// use netloss::quantity::{Hours, Share};
/// let failover = Failover { after: Hours(2.0), carries: Share::new(0.6).unwrap(), success: Share::ALL };
/// let path = ServicePath::total().with_failover(failover);
/// let lost = |path: &ServicePath| -> f64 {
///     let course = &path.courses(Hours(8.0))[0];
///     course.segments.iter().map(|s| 50.0 * (s.to.0 - s.from.0) * s.lost_from.get()).sum()
/// };
/// assert_eq!((lost(&ServicePath::total()), lost(&path)), (400.0, 220.0));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Failover {
    /// Hours until the spare has taken over: the recovery time objective.
    pub after: Hours,
    /// Share of the line that the spare carries.
    pub carries: Share,
    /// Chance that taking over succeeds.
    pub success: Share,
}

impl Failover {
    /// Returns the chance that the spare takes over in an outage of `duration`.
    #[must_use]
    pub fn takes_over(&self, duration: Hours) -> Share {
        if duration > self.after { self.success } else { Share::NONE }
    }
}

/// Cuts the lost share of straight segments to `most` from a moment on.
pub(super) fn cap(segments: &[Segment], from: Hours, most: Share) -> Vec<Segment> {
    let mut found = Vec::with_capacity(segments.len() + 2);
    for segment in segments {
        let (before, after) = segment.split(from);
        found.extend(before);
        if let Some(after) = after {
            let (first, second) = match after.crosses(most) {
                Some(at) => after.split(at),
                None => (Some(after), None),
            };
            let lower = |piece: Segment| Segment {
                lost_from: if piece.lost_from > most { most } else { piece.lost_from },
                lost_to: if piece.lost_to > most { most } else { piece.lost_to },
                ..piece
            };
            found.extend([first, second].into_iter().flatten().map(lower));
        }
    }
    found
}

impl Segment {
    /// Cuts the segment at a moment, into what lies before it and after it.
    fn split(self, at: Hours) -> (Option<Self>, Option<Self>) {
        if at <= self.from {
            return (None, Some(self));
        }
        if at >= self.to {
            return (Some(self), None);
        }
        let passed = (at - self.from).0 / (self.to - self.from).0;
        let (first, last) = (self.lost_from.get(), self.lost_to.get());
        let level = Share::new((first + (last - first) * passed).clamp(0.0, 1.0)).unwrap_or(self.lost_to);
        (Some(Self { to: at, lost_to: level, ..self }), Some(Self { from: at, lost_from: level, ..self }))
    }

    /// Returns the moment inside the segment at which its lost share passes a level.
    fn crosses(&self, level: Share) -> Option<Hours> {
        let (first, last) = (self.lost_from.get() - level.get(), self.lost_to.get() - level.get());
        (first * last < 0.0).then(|| self.from + Hours((self.to - self.from).0 * first / (first - last)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(number: f64) -> Share {
        Share::new(number).unwrap()
    }

    fn lost(segments: &[Segment]) -> f64 {
        segments.iter().map(|s| (s.to.0 - s.from.0) * (s.lost_from.get() + s.lost_to.get()) / 2.0).sum()
    }

    #[test]
    fn a_spare_takes_the_part_above_what_it_leaves() {
        let flat =
            [Segment { from: Hours(0.0), to: Hours(8.0), lost_from: Share::ALL, lost_to: Share::ALL }];
        let slope = [Segment { lost_to: Share::NONE, ..flat[0] }];
        for (segments, from, most, expected, because) in [
            (flat, 2.0, 0.4, 4.4, "two hours in full and six at 40 %"),
            (flat, 8.0, 0.4, 8.0, "it comes when all is over"),
            (flat, 0.0, 0.7, 5.6, "it was there from the start"),
            (slope, 0.0, 0.5, 3.0, "half until the slope is below it, and the slope after"),
            (slope, 6.0, 0.5, 4.0, "by then less is lost than the spare would leave"),
        ] {
            assert!(
                (lost(&cap(&segments, Hours(from), share(most))) - expected).abs() < 1e-12,
                "{because}"
            );
        }
    }

    #[test]
    fn an_outage_as_long_as_the_objective_is_not_helped() {
        let spare = Failover { after: Hours(2.0), carries: share(0.6), success: share(0.9) };
        assert_eq!(spare.takes_over(Hours(2.0)), Share::NONE);
        assert_eq!(spare.takes_over(Hours(2.1)), share(0.9));
    }
}
