//! Curve: what a line loses in an outage, read off a table of its revenue.

use crate::outage::{BreakPoint, RampUp, ServicePath};
use crate::profile::Profile;
use crate::quantity::{Hours, Share};
use crate::wide::{Columns, wide};

/// Revenue of a line from its profile's first hour on, at every full hour.
#[derive(Clone, Debug)]
pub(super) struct Curve {
    /// Revenue until an hour, and that hour's rate, from the hour before the first on.
    hours: Vec<[f64; 2]>,
    clock: Clock,
    of_lap: f64,
}

/// Where a moment of the drawn year lies in a table that begins anew after each lap.
#[derive(Clone, Copy, Debug)]
struct Clock {
    /// The last place of the table.
    last: u32,
    lap: f64,
    /// The moment of the profile at which the drawn year begins, and an hour more.
    begins: f64,
}

/// A moment on the clock.
struct Moment {
    /// The hour's place in the table.
    hour: u32,
    /// How long ago it began, in hours.
    ago: f64,
    /// Laps before it.
    laps: f64,
}

impl Clock {
    #[inline(always)]
    fn show(self, moment: f64) -> Moment {
        // Adding this rounds to a whole number and leaves it in the last bits. A full hour
        // may count as the end of the one before: revenue until then is the same.
        const WHOLE: f64 = 4_503_599_627_370_496.0;
        let at = self.begins + moment;
        // As with hours, the end of a lap may count as the beginning of the next.
        let laps = ((at - 1.0) / (self.lap - 1.0) + (WHOLE - 0.5)).max(WHOLE) - WHOLE;
        let laps = if at >= self.lap { laps } else { 0.0 };
        let at = at - laps * (self.lap - 1.0);
        let shifted = at + (WHOLE - 0.5);
        let hour = (shifted.to_bits() as u32).min(self.last);
        Moment { hour, ago: at - (shifted - WHOLE), laps }
    }
}

impl Curve {
    pub(super) fn new(profile: &Profile, year_begins: Hours) -> Self {
        let lap = profile.length();
        let until = |hour: f64| profile.revenue(Hours::ZERO, Hours(hour)).0;
        let hours = (0..=lap.0 as u32).map(|hour| {
            let hour = f64::from(hour);
            [until(hour), profile.rate(Hours(hour)).0]
        });
        let before = std::iter::once([0.0, 0.0]);
        Self {
            hours: before.chain(hours).collect(),
            clock: Clock {
                last: lap.0 as u32 + 1,
                lap: lap.0 + 1.0,
                begins: year_begins.0.rem_euclid(lap.0) + 1.0,
            },
            of_lap: until(lap.0),
        }
    }

    /// Returns the revenue until a moment of the drawn year; a difference of two says
    /// what lies between them.
    #[inline(always)]
    pub(super) fn until(&self, moment: f64) -> f64 {
        let Moment { hour, ago, laps } = self.clock.show(moment);
        let [until, rate] = self.hours[hour as usize];
        laps * self.of_lap + (until + rate * ago)
    }

    /// Fills a column with the revenue until the end of each outage, or until so many hours
    /// after its start where it is longer.
    pub(super) fn fill(&self, starts: &[f64], durations: &[f64], at_most: f64, column: &mut [f64]) {
        wide(Fill { curve: self, starts, durations, at_most, column });
    }
}

struct Fill<'c> {
    curve: &'c Curve,
    starts: &'c [f64],
    durations: &'c [f64],
    at_most: f64,
    column: &'c mut [f64],
}

impl Columns for Fill<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        // Few enough to stay at hand between the two loops.
        const TOGETHER: usize = 256;
        let Self { curve, starts, durations, at_most, column } = self;
        let Curve { hours, clock, of_lap } = curve;
        let (hours, clock, of_lap) = (&hours[..=clock.last as usize], *clock, *of_lap);
        let (starts, last_starts) = starts.as_chunks::<TOGETHER>();
        let (durations, last_durations) = durations.as_chunks::<TOGETHER>();
        let (column, last) = column.as_chunks_mut::<TOGETHER>();
        let (mut hour, mut ago) = ([0; TOGETHER], [0.0; TOGETHER]);
        for ((starts, durations), column) in starts.iter().zip(durations).zip(column) {
            // The clock is read side by side; only the table is read one by one.
            for place in 0..TOGETHER {
                let moment = clock.show(starts[place] + durations[place].min(at_most));
                (hour[place], ago[place], column[place]) = (moment.hour, moment.ago, moment.laps * of_lap);
            }
            for place in 0..TOGETHER {
                let [until, rate] = hours[hour[place] as usize];
                column[place] += until + rate * ago[place];
            }
        }
        for ((start, duration), until) in last_starts.iter().zip(last_durations).zip(last) {
            *until = curve.until(start + duration.min(at_most));
        }
    }
}

/// How an outage takes a line: even shares, one stage after the other.
#[derive(Clone, Debug)]
pub(super) enum Course {
    /// All of it, from the first minute to the last.
    Total,
    /// Stages with the share lost in each.
    Stages(Vec<(BreakPoint, f64)>),
}

impl Course {
    /// Reads the course off a path; nothing where sales slope, ramp up or a spare may
    /// take over.
    pub(super) fn of(path: &ServicePath) -> Option<Self> {
        let even = path.stages().iter().all(|stage| stage.lost_from == stage.lost_to);
        let plain = path.failover().is_none() && path.early_warning().is_none();
        if !(even && plain && *path.ramp() == RampUp::NONE) {
            return None;
        }
        let stages = path.stages().iter().map(|stage| (stage.until, stage.lost_from));
        Some(match path.stages() {
            [only] if only.until == BreakPoint::END && only.lost_from == Share::ALL => Self::Total,
            _ => Self::Stages(stages.map(|(until, lost)| (until, lost.get())).collect()),
        })
    }

    /// Returns the revenue lost in `[from, to)` of an outage.
    #[inline(always)]
    pub(super) fn lost(&self, curve: &Curve, start: f64, duration: f64, (from, to): (f64, f64)) -> f64 {
        let between = |from: f64, to: f64| curve.until(start + to) - curve.until(start + from);
        match self {
            Self::Total => between(from.min(duration), to.min(duration)),
            Self::Stages(stages) => {
                let (mut lost, mut begins) = (0.0, 0.0_f64);
                for (until, share) in stages {
                    let ends = until.at(Hours(duration)).0.max(begins);
                    let (first, last) = (begins.max(from), ends.min(to));
                    if last > first {
                        lost += share * between(first, last);
                    }
                    begins = ends;
                }
                lost
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::loss::LostRevenue;
    use crate::outage::Stage;
    use crate::quantity::MoneyPerHour;

    #[test]
    fn loses_what_the_path_loses() {
        let rates = (0..48).map(|hour| MoneyPerHour(f64::from(hour * hour % 31))).collect();
        let profile = Profile::new(rates).unwrap();
        let share = |part| Share::new(part).unwrap();
        let stage = |until, lost| Stage { until, lost_from: share(lost), lost_to: share(lost) };
        let paths = [
            ServicePath::total(),
            ServicePath::restored(BreakPoint::at_share(share(0.5), Hours(1.25))),
            ServicePath::new(
                vec![stage(BreakPoint::after(Hours(2.5)), 1.0), stage(BreakPoint::END, 0.3)],
                Hours::ZERO,
            )
            .unwrap(),
        ];
        for path in paths {
            let (curve, course) = (Curve::new(&profile, Hours(-7.0)), Course::of(&path).unwrap());
            for (start, duration) in [(0.0, 2.0), (7.25, 11.1), (40.5, 130.0), (47.0, 0.5)] {
                let lost =
                    LostRevenue::new(&profile, Hours(start - 7.0), Share::ALL, &path, Hours(duration));
                for (from, to) in [(0.0, duration), (1.5, duration), (0.0, 8.0), (3.0, 4.5)] {
                    let exact = lost.between(Hours(from), Hours(to)).0;
                    let read = course.lost(&curve, start, duration, (from, to));
                    assert!((read - exact).abs() < 1e-9, "{start} {duration} {from}-{to}: {read} {exact}");
                }
            }
        }
    }

    #[test]
    fn knows_what_it_cannot_read() {
        let sloped = Stage { until: BreakPoint::END, lost_from: Share::ALL, lost_to: Share::NONE };
        assert!(Course::of(&ServicePath::new(vec![sloped], Hours::ZERO).unwrap()).is_none());
        assert!(Course::of(&ServicePath::total().with_ramp_up(Hours(4.0)).unwrap()).is_none());
    }
}
