//! Monitor: which hours a trigger counts, of all the hours that were bad.
//!
//! A monitor sees runs of downtime. The wording says which of them count: short
//! ones may be dropped, close ones joined, and the sum rounded to whole hours.

use std::fmt;

use crate::quantity::{Hours, TOLERANCE};
use crate::term::term;

term! {
    /// Minute by minute or straight from the service path: the rule is the same.
    pub const TRIGGER_MEASUREMENT: Term = {
        key: "trigger_measurement",
        korean: "지수 측정",
        english: "Trigger measurement",
        file_key: "parametric.index",
        unit: "hours",
        formula: "runs     stretches with service below the threshold\ndrop     runs shorter than min_run\njoin     runs less than merge_gap apart\nhours    round(sum or longest of the rest)",
        order: "First of the hedge: its payout sees only what was measured; a fallback source speaks where the monitor is blind",
        source: "Parametrix, questions and answers; Riskwolf, example policy wordings; Howden, cloud outage insurance",
    };
}

/// A stretch of downtime, in hours after the outage's start.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Run {
    /// Its first moment.
    pub from: Hours,
    /// The moment at which it ends.
    pub to: Hours,
}

impl Run {
    /// Returns how long the run lasts.
    #[must_use]
    pub fn length(self) -> Hours {
        self.to - self.from
    }
}

/// What the hours between two joined runs are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap {
    /// They count as downtime: service was not worth having.
    Counted,
    /// They do not count: service was back.
    NotCounted,
}

/// Which runs make up the counted hours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Counting {
    /// All of them together.
    #[default]
    Sum,
    /// The longest alone: "continuous" downtime.
    Longest,
}

/// What becomes of a part of an hour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rounding {
    /// It counts pro rata.
    #[default]
    None,
    /// It does not count.
    Down,
    /// It counts as a whole hour.
    Up,
}

/// The rule by which runs of downtime become hours.
///
/// # Formula
///
/// ```text
/// drop runs shorter than min_run
/// join runs less than merge_gap apart
/// hours = round(sum or longest of the rest)
/// ```
///
/// Short runs go before close ones are joined: two blips side by side are still
/// two blips.
///
/// # Source
///
/// Cloud-downtime covers measure minute by minute from outside and pay on the
/// minutes counted (Parametrix, questions and answers; Riskwolf, example policy
/// wordings; Howden, cloud outage insurance).
///
/// # Example
///
/// Of runs of 3, 47, 2 and 190 minutes those of 5 and more count: 3.95 hours.
///
/// ```
/// use netloss::hedge::{Counting, Monitor, Rounding, Run};
/// use netloss::quantity::Hours;
/// let minutes = [(0.0, 3.0), (10.0, 57.0), (60.0, 62.0), (70.0, 260.0)];
/// let runs: Vec<Run> =
///     minutes.iter().map(|(a, b)| Run { from: Hours(a / 60.0), to: Hours(b / 60.0) }).collect();
/// let monitor = Monitor::new(Hours(5.0 / 60.0), None, Counting::Sum, Rounding::None)?;
/// assert!((monitor.counted(&runs).0 - 3.95).abs() < 1e-12);
/// # Ok::<(), netloss::hedge::InvalidMonitor>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Monitor {
    min_run: Hours,
    merge: Option<(Hours, Gap)>,
    counting: Counting,
    rounding: Rounding,
}

impl Monitor {
    /// Every minute counts, as it is.
    pub const PLAIN: Self =
        Self { min_run: Hours::ZERO, merge: None, counting: Counting::Sum, rounding: Rounding::None };

    /// Checks a rule once. `merge` is the gap below which runs are joined, and
    /// what the hours in between are.
    ///
    /// # Errors
    ///
    /// Refuses lengths that are negative or endless.
    pub fn new(
        min_run: Hours,
        merge: Option<(Hours, Gap)>,
        counting: Counting,
        rounding: Rounding,
    ) -> Result<Self, InvalidMonitor> {
        let lengths = [Some(min_run), merge.map(|(gap, _)| gap)];
        match lengths.into_iter().flatten().find(|length| !(length.0.is_finite() && length.0 >= 0.0)) {
            Some(length) => Err(InvalidMonitor(length)),
            None => Ok(Self { min_run, merge, counting, rounding }),
        }
    }

    /// Returns how long a run must be to count.
    #[must_use]
    pub fn min_run(&self) -> Hours {
        self.min_run
    }

    /// Returns the gap below which runs are joined, and what its hours are.
    #[must_use]
    pub fn merge(&self) -> Option<(Hours, Gap)> {
        self.merge
    }

    /// Returns which runs are counted.
    #[must_use]
    pub fn counting(&self) -> Counting {
        self.counting
    }

    /// Returns what becomes of a part of an hour.
    #[must_use]
    pub fn rounding(&self) -> Rounding {
        self.rounding
    }

    /// Returns the hours counted of runs that are in order and apart.
    #[must_use]
    pub fn counted(&self, runs: &[Run]) -> Hours {
        let hours = self.hours(runs);
        match self.rounding {
            Rounding::None => hours,
            Rounding::Down => Hours((hours.0 + TOLERANCE).floor()),
            Rounding::Up => Hours((hours.0 - TOLERANCE).ceil().max(0.0)),
        }
    }

    /// Returns the hours counted before they are rounded.
    #[must_use]
    pub fn hours(&self, runs: &[Run]) -> Hours {
        let counted = self.joined(runs).into_iter().map(|(_, hours)| hours);
        match self.counting {
            Counting::Sum => counted.sum(),
            Counting::Longest => counted.fold(Hours::ZERO, Hours::max),
        }
    }

    /// Returns the runs that are long enough, in order.
    pub fn long_enough<'r>(&self, runs: &'r [Run]) -> impl Iterator<Item = Run> + 'r {
        let least = self.min_run.0 - TOLERANCE;
        runs.iter().copied().filter(move |run| run.length().0 >= least)
    }

    /// Returns each run after joining, with the hours of it that count.
    #[must_use]
    pub fn joined(&self, runs: &[Run]) -> Vec<(Run, Hours)> {
        let mut joined: Vec<(Run, Hours)> = Vec::new();
        for run in self.long_enough(runs) {
            match (joined.last_mut(), self.merge) {
                (Some((last, hours)), Some((within, gap)))
                    if (run.from - last.to).0 < within.0 - TOLERANCE =>
                {
                    if gap == Gap::Counted {
                        *hours += run.from - last.to;
                    }
                    *hours += run.length();
                    last.to = run.to;
                }
                _ => joined.push((run, run.length())),
            }
        }
        joined
    }
}

/// A length that no wording can state.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InvalidMonitor(Hours);

impl fmt::Display for InvalidMonitor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a run or gap of {} h cannot be measured; give 0 or more", self.0.0)
    }
}

impl std::error::Error for InvalidMonitor {}

#[cfg(test)]
mod tests {
    use super::*;

    fn minutes(runs: &[(f64, f64)]) -> Vec<Run> {
        runs.iter().map(|(from, to)| Run { from: Hours(from / 60.0), to: Hours(to / 60.0) }).collect()
    }

    #[test]
    fn runs_of_3_47_2_and_190_minutes() {
        let runs = minutes(&[(0.0, 3.0), (10.0, 57.0), (60.0, 62.0), (70.0, 260.0)]);
        let five = Hours(5.0 / 60.0);
        for (min_run, merge, counting, rounding, hours, because) in [
            (five, None, Counting::Sum, Rounding::None, 237.0 / 60.0, "47 and 190 minutes"),
            (five, None, Counting::Sum, Rounding::Down, 3.0, "three whole hours"),
            (five, None, Counting::Sum, Rounding::Up, 4.0, "the fourth hour has begun"),
            (Hours::ZERO, None, Counting::Sum, Rounding::None, 242.0 / 60.0, "all runs"),
            (five, None, Counting::Longest, Rounding::None, 190.0 / 60.0, "the longest run"),
            (five, Some(Gap::Counted), Counting::Sum, Rounding::None, 250.0 / 60.0, "the gap of 13 too"),
            (five, Some(Gap::NotCounted), Counting::Longest, Rounding::None, 237.0 / 60.0, "one run"),
            (Hours(47.0 / 60.0), None, Counting::Sum, Rounding::None, 237.0 / 60.0, "47 is not shorter"),
        ] {
            let merge = merge.map(|gap| (Hours(13.5 / 60.0), gap));
            let monitor = Monitor::new(min_run, merge, counting, rounding).unwrap();
            assert!((monitor.counted(&runs).0 - hours).abs() < 1e-12, "{because}");
        }
    }

    #[test]
    fn runs_just_as_far_apart_as_the_gap_stay_apart() {
        let runs = minutes(&[(0.0, 10.0), (15.0, 20.0)]);
        let joined = |gap: f64| {
            let merge = Some((Hours(gap / 60.0), Gap::Counted));
            let monitor = Monitor::new(Hours::ZERO, merge, Counting::Sum, Rounding::None).unwrap();
            monitor.joined(&runs).len()
        };
        assert_eq!((joined(5.0), joined(5.1)), (2, 1));
    }

    #[test]
    fn whole_hours_stay_whole() {
        let monitor = |rounding| Monitor { rounding, ..Monitor::PLAIN };
        let runs = [Run { from: Hours(0.1), to: Hours(0.1) + Hours(3.0) }];
        for rounding in [Rounding::Down, Rounding::Up] {
            assert_eq!(monitor(rounding).counted(&runs), Hours(3.0), "{rounding:?}");
        }
        assert_eq!(monitor(Rounding::Up).counted(&[]), Hours::ZERO);
    }

    #[test]
    fn refuses_lengths_that_time_cannot_have() {
        let refused = Monitor::new(Hours(-1.0), None, Counting::Sum, Rounding::None).unwrap_err();
        assert!(refused.to_string().contains("-1 h"));
    }
}
