//! Log: the downtime that a monitor recorded, with a second source for the
//! stretches in which it saw nothing.

use std::fmt;

use super::monitor::Run;
use crate::quantity::{Hours, TOLERANCE};

/// Runs of downtime as they were recorded, in hours after the outage's start.
///
/// # Formula
///
/// ```text
/// recorded = (runs outside blind) ∪ (fallback inside blind)
/// ```
///
/// An outage of `D` is charged what was recorded before `D`.
///
/// # Source
///
/// Downtime covers name the monitor whose record decides, and a second one for
/// the time in which the first is down (Riskwolf, example policy wordings).
#[derive(Clone, Debug, PartialEq)]
pub struct Log {
    runs: Vec<Run>,
}

impl Log {
    /// Puts a record together. In a `blind` stretch the monitor saw nothing, and
    /// the runs of `fallback` stand in its place.
    ///
    /// # Errors
    ///
    /// Refuses a run that ends before it begins, or begins before the one in
    /// front of it ends.
    pub fn new(runs: &[Run], blind: &[Run], fallback: &[Run]) -> Result<Self, LogError> {
        for (what, runs) in [("run", runs), ("blind stretch", blind), ("run of the fallback", fallback)] {
            let mut last = Hours::ZERO;
            for (place, run) in runs.iter().enumerate() {
                if !(run.from >= last && run.to > run.from && run.to.0.is_finite()) {
                    return Err(LogError { what, place });
                }
                last = run.to;
            }
        }
        let mut recorded: Vec<Run> = outside(runs, blind);
        let inside = |run: &Run| {
            let run = *run;
            blind.iter().filter_map(move |stretch| overlap(run, *stretch))
        };
        recorded.extend(fallback.iter().flat_map(inside));
        Ok(Self { runs: in_order(recorded) })
    }

    /// Makes a log of statuses sampled at even intervals: a sample below
    /// `threshold` is down, from its moment to the next.
    #[must_use]
    pub fn of_samples(samples: &[f64], every: Hours, threshold: f64) -> Self {
        let at = |place: usize| Hours(every.0 * place as f64);
        let down = samples.iter().enumerate().filter(|(_, level)| **level < threshold);
        Self { runs: in_order(down.map(|(place, _)| Run { from: at(place), to: at(place + 1) }).collect()) }
    }

    /// Returns every run of the record.
    #[must_use]
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// Returns the runs, cut off at a moment.
    #[must_use]
    pub fn until(&self, end: Hours) -> Vec<Run> {
        let cut = |run: &Run| Run { from: run.from, to: run.to.min(end) };
        self.runs.iter().map(cut).filter(|run| run.length().0 > TOLERANCE).collect()
    }
}

/// Returns the parts of runs that lie in no blind stretch.
fn outside(runs: &[Run], blind: &[Run]) -> Vec<Run> {
    let mut left = runs.to_vec();
    for stretch in blind {
        let parts = |run: Run| {
            let before = Run { from: run.from, to: run.to.min(stretch.from) };
            let after = Run { from: run.from.max(stretch.to), to: run.to };
            [before, after].into_iter().filter(|part| part.length() > Hours::ZERO)
        };
        left = left.into_iter().flat_map(parts).collect();
    }
    left
}

fn overlap(a: Run, b: Run) -> Option<Run> {
    let both = Run { from: a.from.max(b.from), to: a.to.min(b.to) };
    (both.length() > Hours::ZERO).then_some(both)
}

/// Returns runs in order, those that touch put together.
pub(super) fn in_order(mut runs: Vec<Run>) -> Vec<Run> {
    runs.sort_by(|a, b| a.from.0.total_cmp(&b.from.0));
    let mut ordered: Vec<Run> = Vec::with_capacity(runs.len());
    for run in runs {
        match ordered.last_mut() {
            Some(last) if run.from.0 <= last.to.0 + TOLERANCE => last.to = last.to.max(run.to),
            _ => ordered.push(run),
        }
    }
    ordered
}

/// A record out of order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogError {
    what: &'static str,
    place: usize,
}

impl fmt::Display for LogError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { what, place } = self;
        write!(f, "{what} {} does not come after the one before it, or ends before it begins", place + 1)
    }
}

impl std::error::Error for LogError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(from: f64, to: f64) -> Run {
        Run { from: Hours(from), to: Hours(to) }
    }

    #[test]
    fn the_fallback_speaks_while_the_monitor_is_blind() {
        let log =
            Log::new(&[run(0.0, 3.0), run(6.0, 8.0)], &[run(2.0, 5.0)], &[run(1.0, 4.0), run(6.5, 9.0)]);
        assert_eq!(log.unwrap().runs(), [run(0.0, 4.0), run(6.0, 8.0)]);
    }

    #[test]
    fn an_outage_is_charged_what_was_recorded_before_its_end() {
        let log = Log::new(&[run(0.0, 3.0), run(6.0, 8.0)], &[], &[]).unwrap();
        assert_eq!(log.until(Hours(7.0)), [run(0.0, 3.0), run(6.0, 7.0)]);
        assert_eq!(log.until(Hours(6.0)), [run(0.0, 3.0)]);
    }

    #[test]
    fn samples_below_the_threshold_are_down_until_the_next() {
        let log = Log::of_samples(&[1.0, 0.2, 0.4, 0.5, 0.0], Hours(1.0 / 60.0), 0.5);
        let minutes: Vec<f64> = log.runs().iter().map(|run| (run.length().0 * 60.0).round()).collect();
        assert_eq!(minutes, [2.0, 1.0], "a sample at the threshold is not below it");
    }

    #[test]
    fn refuses_runs_out_of_order() {
        for (runs, place) in [(vec![run(2.0, 1.0)], 1), (vec![run(0.0, 2.0), run(1.0, 3.0)], 2)] {
            let refused = Log::new(&runs, &[], &[]).unwrap_err();
            assert!(refused.to_string().contains(&format!("run {place} ")), "{refused}");
        }
    }
}
