//! Interruptions: an outage that ends and starts again before it is over.

use std::fmt;

use super::{BreakPoint, ServicePath, Stage};
use crate::quantity::{Hours, Share};
use crate::spans::Spans;

/// The stretches for which service is out, in one outage of several.
///
/// The last one lasts until the outage is over. Sales are back at once in between:
/// a slow return follows the last stretch alone. An outage that says nothing is
/// one stretch from its first moment to its last.
///
/// # Example
///
/// Three hours out, two back, and out again until the end:
///
/// ```
/// use netloss::outage::Interruptions;
/// use netloss::quantity::Hours;
/// let outage = Interruptions::new(vec![(Hours(0.0), Some(Hours(3.0))), (Hours(5.0), None)])?;
/// assert_eq!(outage.dark(Hours(9.0)).length(), Hours(7.0));
/// assert_eq!(outage.dark(Hours(4.0)).length(), Hours(3.0));
/// # Ok::<(), netloss::outage::InterruptionsError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Interruptions {
    /// Stretches in which service is back, in order.
    gaps: Vec<(Hours, Hours)>,
}

impl Interruptions {
    /// Checks stretches in their order; the last has no end of its own.
    ///
    /// # Errors
    ///
    /// Refuses an empty list, one that does not begin with the outage, stretches
    /// that touch or overlap, and a last one that ends before the outage does.
    pub fn new(stretches: Vec<(Hours, Option<Hours>)>) -> Result<Self, InterruptionsError> {
        match stretches.first() {
            Some((from, _)) if *from == Hours::ZERO => {}
            _ => return Err(InterruptionsError::LateStart),
        }
        let last = stretches.len() - 1;
        let mut gaps = Vec::new();
        for (place, (from, to)) in stretches.iter().enumerate() {
            match to {
                None if place == last => {}
                Some(to) if place < last && from < to && *to < stretches[place + 1].0 => {
                    gaps.push((*to, stretches[place + 1].0));
                }
                Some(_) if place == last => return Err(InterruptionsError::EarlyEnd),
                _ => return Err(InterruptionsError::OutOfOrder { stretch: place }),
            }
        }
        Ok(Self { gaps })
    }

    /// Returns how many stretches there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.gaps.len() + 1
    }

    /// Returns the moments at which service goes out again.
    pub fn restarts(&self) -> impl Iterator<Item = Hours> + '_ {
        self.gaps.iter().map(|(_, out)| *out)
    }

    /// Returns the time for which service is out in an outage of `duration`.
    #[must_use]
    pub fn dark(&self, duration: Hours) -> Spans {
        let starts = [Hours::ZERO].into_iter().chain(self.gaps.iter().map(|(_, back_out)| *back_out));
        let ends = self.gaps.iter().map(|(back, _)| *back).chain([duration]);
        Spans::of(starts.zip(ends).map(|(from, to)| (from, to.min(duration))))
    }

    /// Returns the path of a line that is lost whenever service is out.
    ///
    /// # Panics
    ///
    /// Never: gaps lie in order.
    #[must_use]
    pub fn path(&self) -> ServicePath {
        let stage = |until, lost| Stage { until, lost_from: lost, lost_to: lost };
        let gaps = self.gaps.iter().flat_map(|(back, out)| {
            [stage(BreakPoint::after(*back), Share::ALL), stage(BreakPoint::after(*out), Share::NONE)]
        });
        let stages = gaps.chain([stage(BreakPoint::END, Share::ALL)]).collect();
        ServicePath::new(stages, Hours::ZERO).unwrap_or_else(|_| ServicePath::total())
    }
}

/// Stretches that make no outage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InterruptionsError {
    /// The first does not begin with the outage.
    LateStart,
    /// A stretch ends before it begins, or after the next one does.
    OutOfOrder {
        /// Which stretch, counted from 0.
        stretch: usize,
    },
    /// The last ends before the outage does.
    EarlyEnd,
}

impl fmt::Display for InterruptionsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LateStart => write!(f, "the first interruption does not begin with the outage, at 0h"),
            Self::OutOfOrder { stretch } => {
                write!(f, "interruption {} does not end between its start and the next one", stretch + 1)
            }
            Self::EarlyEnd => write!(f, "the last interruption ends before the outage does"),
        }
    }
}

impl std::error::Error for InterruptionsError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outage_that_says_nothing_is_one_stretch() {
        assert_eq!(Interruptions::default().dark(Hours(9.0)), Spans::one(Hours::ZERO, Hours(9.0)));
        assert_eq!(Interruptions::default().path(), ServicePath::total());
        assert_eq!(Interruptions::default().count(), 1);
    }

    #[test]
    fn a_line_is_lost_whenever_service_is_out() {
        let stretches =
            vec![(Hours(0.0), Some(Hours(3.0))), (Hours(5.0), Some(Hours(6.0))), (Hours(8.0), None)];
        let outage = Interruptions::new(stretches).unwrap();
        for (duration, dark, because) in [
            (2.0, 2.0, "in the first"),
            (4.0, 3.0, "back, and out again only later"),
            (5.5, 3.5, "in the second"),
            (10.0, 6.0, "three stretches"),
        ] {
            let lost: f64 = outage
                .path()
                .segments(Hours(duration))
                .map(|segment| (segment.to - segment.from).0 * segment.lost_from.get())
                .sum();
            assert_eq!(lost, dark, "{because}");
            assert_eq!(outage.dark(Hours(duration)).length(), Hours(dark), "{because}");
        }
    }

    #[test]
    fn refuses_stretches_that_are_no_outage() {
        let hours = |list: &[(f64, Option<f64>)]| {
            Interruptions::new(list.iter().map(|(a, b)| (Hours(*a), b.map(Hours))).collect()).unwrap_err()
        };
        assert_eq!(hours(&[]), InterruptionsError::LateStart);
        assert_eq!(hours(&[(1.0, None)]), InterruptionsError::LateStart);
        assert_eq!(hours(&[(0.0, Some(3.0))]), InterruptionsError::EarlyEnd);
        assert_eq!(hours(&[(0.0, Some(6.0)), (5.0, None)]), InterruptionsError::OutOfOrder { stretch: 0 });
        assert_eq!(hours(&[(0.0, None), (5.0, None)]), InterruptionsError::OutOfOrder { stretch: 0 });
    }
}
