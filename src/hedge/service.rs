//! Service: the level of service that an index measures, exact at every moment.

use super::log::in_order;
use super::monitor::Run;
use crate::outage::Segment;
use crate::profile::Profile;
use crate::quantity::{Hours, Share, TOLERANCE};

/// The lines whose service is measured, by their place in the scenario, each with
/// its weight in the mean.
#[derive(Clone, Debug, PartialEq)]
pub struct Service {
    lines: Vec<(usize, Share)>,
}

/// A stretch over which the mean of the lost shares runs straight.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Stretch {
    from: Hours,
    to: Hours,
    lost_from: f64,
    lost_to: f64,
}

impl Service {
    /// Measures lines with weights that add up to the whole; nothing if they do not.
    #[must_use]
    pub fn new(lines: Vec<(usize, Share)>) -> Option<Self> {
        let whole: f64 = lines.iter().map(|(_, weight)| weight.get()).sum();
        ((whole - 1.0).abs() <= TOLERANCE).then_some(Self { lines })
    }

    /// Measures one line.
    #[must_use]
    pub fn of_line(line: usize) -> Self {
        Self { lines: vec![(line, Share::ALL)] }
    }

    /// Returns the lines measured, with their weights.
    #[must_use]
    pub fn lines(&self) -> &[(usize, Share)] {
        &self.lines
    }

    /// Returns the runs of an outage in which service is below a level.
    #[must_use]
    pub fn runs_below(&self, segments: &[&[Segment]], below: Share) -> Vec<Run> {
        let lost_above = below.rest().get() + TOLERANCE;
        let stretches = self.stretches(segments);
        in_order(stretches.iter().filter_map(|stretch| stretch.above(lost_above)).collect())
    }

    /// Returns whether service is below a level just before `moment`.
    #[must_use]
    pub fn is_below(&self, segments: &[&[Segment]], below: Share, moment: Hours) -> bool {
        let lost_above = below.rest().get() + TOLERANCE;
        let stretches = self.stretches(segments);
        let last = stretches.iter().rev().find(|stretch| stretch.from.0 < moment.0 - TOLERANCE);
        last.is_some_and(|stretch| {
            let passed = (moment.min(stretch.to) - stretch.from).0 / (stretch.to - stretch.from).0;
            moment.0 <= stretch.to.0 + TOLERANCE && stretch.lost_at(passed) > lost_above
        })
    }

    /// Returns the hours of lost service, `∫ (1 - s) dt`, each moment weighted
    /// where there are weights; they come with the start of the outage.
    #[must_use]
    pub fn lost_hours(&self, segments: &[&[Segment]], weights: Option<(&Weights, Hours)>) -> Hours {
        let weights = weights.map(|(weights, start)| weights.from(start));
        let lost = |stretch: &Stretch| match weights {
            None => (stretch.to - stretch.from).0 * f64::midpoint(stretch.lost_from, stretch.lost_to),
            Some((weights, start)) => {
                let slope = (stretch.lost_to - stretch.lost_from) / (stretch.to - stretch.from).0;
                let (from, to) = (start + stretch.from, start + stretch.to);
                let even = stretch.lost_from * weights.revenue(from, to).0;
                if slope == 0.0 { even } else { even + slope * weights.moment(from, to) }
            }
        };
        Hours(self.stretches(segments).iter().map(lost).sum())
    }

    /// Cuts the outage wherever a measured line takes another course.
    fn stretches(&self, segments: &[&[Segment]]) -> Vec<Stretch> {
        let of_lines = || self.lines.iter().map(|(line, weight)| (segments[*line], weight.get()));
        let mut cuts: Vec<f64> =
            of_lines().flat_map(|(line, _)| line.iter().flat_map(|s| [s.from.0, s.to.0])).collect();
        cuts.sort_by(f64::total_cmp);
        cuts.dedup_by(|b, a| *b - *a <= TOLERANCE);
        let mean = |middle: f64, at: f64| -> f64 {
            let lost = |(line, weight): (&[Segment], f64)| {
                let segment = line.iter().find(|s| s.from.0 <= middle && middle < s.to.0);
                segment.map_or(0.0, |s| weight * lost_at(s, at))
            };
            of_lines().map(lost).sum()
        };
        let stretch = |piece: &[f64]| {
            let middle = f64::midpoint(piece[0], piece[1]);
            let (lost_from, lost_to) = (mean(middle, piece[0]), mean(middle, piece[1]));
            Stretch { from: Hours(piece[0]), to: Hours(piece[1]), lost_from, lost_to }
        };
        cuts.windows(2).map(stretch).collect()
    }
}

fn lost_at(segment: &Segment, at: f64) -> f64 {
    let (from, to) = (segment.lost_from.get(), segment.lost_to.get());
    from + (to - from) * (at - segment.from.0) / (segment.to.0 - segment.from.0)
}

impl Stretch {
    fn lost_at(&self, passed: f64) -> f64 {
        self.lost_from + (self.lost_to - self.lost_from) * passed
    }

    /// Returns the part of the stretch over which more than `level` is lost.
    fn above(&self, level: f64) -> Option<Run> {
        let crossing = || {
            let passed = (level - self.lost_from) / (self.lost_to - self.lost_from);
            Hours(self.from.0 + (self.to - self.from).0 * passed)
        };
        match (self.lost_from > level, self.lost_to > level) {
            (true, true) => Some(Run { from: self.from, to: self.to }),
            (true, false) => Some(Run { from: self.from, to: crossing() }),
            (false, true) => Some(Run { from: crossing(), to: self.to }),
            (false, false) => None,
        }
    }
}

/// How much each hour weighs: a peak hour may count for more than one at night.
#[derive(Clone, Debug)]
pub enum Weights {
    /// By the hours of the outage, the first hour first.
    OfOutage(Profile),
    /// By the clock, from the calendar's origin.
    OfClock(Profile),
}

impl Weights {
    /// Returns the weights, and the moment at which an outage that starts at
    /// `start` on the calendar begins in them.
    fn from(&self, start: Hours) -> (&Profile, Hours) {
        match self {
            Self::OfOutage(profile) => (profile, Hours::ZERO),
            Self::OfClock(profile) => (profile, start),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outage::{BreakPoint, ServicePath, Stage};
    use crate::quantity::MoneyPerHour;

    fn share(proportion: f64) -> Share {
        Share::new(proportion).unwrap()
    }

    /// A line that loses so much in each hour.
    fn hours(lost: &[f64]) -> Vec<Segment> {
        let segment = |(hour, lost): (usize, &f64)| Segment {
            from: Hours(hour as f64),
            to: Hours(hour as f64 + 1.0),
            lost_from: share(*lost),
            lost_to: share(*lost),
        };
        lost.iter().enumerate().map(segment).collect()
    }

    #[test]
    fn hours_below_half_and_equivalent_hours_of_a_staged_return() {
        let lost: Vec<f64> =
            [[1.0].repeat(10), [0.7].repeat(6), [0.4].repeat(6), [0.15].repeat(4)].concat();
        let line = hours(&lost);
        let service = Service::of_line(0);
        let below: Hours = service.runs_below(&[&line], share(0.5)).iter().map(|run| run.length()).sum();
        assert!((below.0 - 16.0).abs() < 1e-9, "{below:?}");
        assert!((service.lost_hours(&[&line], None).0 - 17.2).abs() < 1e-9);
    }

    #[test]
    fn a_level_just_at_the_threshold_is_not_below_it() {
        let line = hours(&[0.5, 0.6, 0.5]);
        let runs = Service::of_line(0).runs_below(&[&line], share(0.5));
        assert_eq!(runs, [Run { from: Hours(1.0), to: Hours(2.0) }]);
    }

    #[test]
    fn weights_by_hour() {
        let line = hours(&[1.0, 1.0, 0.75, 0.5, 0.25, 0.0]);
        let weights = [1.0, 1.0, 2.0, 2.0, 1.0, 1.0].map(MoneyPerHour).to_vec();
        let weights = Weights::OfOutage(Profile::new(weights).unwrap());
        let index = Service::of_line(0).lost_hours(&[&line], Some((&weights, Hours(7.0))));
        assert!((index.0 - 4.75).abs() < 1e-12);
    }

    #[test]
    fn a_slope_is_cut_where_it_crosses_the_threshold() {
        let slope = Stage { until: BreakPoint::END, lost_from: Share::ALL, lost_to: Share::NONE };
        let path = ServicePath::new(vec![slope], Hours::ZERO).unwrap();
        let line: Vec<_> = path.segments(Hours(10.0)).collect();
        let service = Service::of_line(0);
        let runs = service.runs_below(&[&line], share(0.3));
        assert_eq!(runs.len(), 1);
        assert!((runs[0].to.0 - 3.0).abs() < 1e-6, "service is below 30 % for three of ten hours");
        assert!(service.is_below(&[&line], share(0.3), Hours(2.9)));
        assert!(!service.is_below(&[&line], share(0.3), Hours(3.1)));
    }

    #[test]
    fn the_mean_of_two_lines_by_their_weights() {
        let (a, b) = (hours(&[1.0, 1.0]), hours(&[1.0, 0.0, 0.0]));
        let service = Service::new(vec![(0, share(0.4)), (1, share(0.6))]).unwrap();
        let runs = service.runs_below(&[&a, &b], share(0.5));
        assert_eq!(runs, [Run { from: Hours(0.0), to: Hours(1.0) }], "60 % is back after an hour");
        assert!((service.lost_hours(&[&a, &b], None).0 - 1.4).abs() < 1e-12);
        assert_eq!(Service::new(vec![(0, share(0.4))]), None);
    }
}
