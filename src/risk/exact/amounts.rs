//! Amounts: the law of what one outage comes to, from stretches of durations and of
//! severities.

use super::outages::Outages;
use super::spread::Spread;
use super::stretch::{Axis, Stretch};
use crate::peril::Moments;
use crate::risk::compound::{Atom, Severity};

/// An amount that many outages come to is an atom from this probability on.
const LEAST_ATOM: f64 = 1e-6;
/// How many atoms are kept apart, at most: the largest.
const MOST_ATOMS: usize = 64;

/// The law of one measure's amount in one outage.
///
/// For each start the amount runs straight over stretches of durations or of
/// severities, so that their law gives the law of amounts: no amount is drawn, and none
/// is rounded before it stands on a grid.
#[derive(Clone)]
pub(super) struct OneOutage<'d> {
    outages: &'d Outages<'d>,
    atoms: Vec<Atom>,
    slopes: Vec<Slope>,
    mean: f64,
    square: f64,
}

/// A stretch over which the amount of one start goes from one to another.
#[derive(Clone, Copy, Debug)]
struct Slope {
    axis: Axis,
    weight: f64,
    share: f64,
    from: f64,
    to: f64,
    low: f64,
    high: f64,
}

/// Takes in stretches, one by one, with the weights of the finer rule or of the rougher.
pub(super) struct Collector {
    rule: usize,
    level: Vec<Atom>,
    slopes: Vec<Slope>,
    mean: f64,
    square: f64,
}

impl Collector {
    pub(super) fn new(rule: usize) -> Self {
        Self { rule, level: vec![], slopes: vec![], mean: 0.0, square: 0.0 }
    }

    /// Takes in what a stretch says of a measure.
    pub(super) fn add(&mut self, stretch: &Stretch<'_>, measure: usize) {
        let Stretch { axis, from, to, moments, endless, .. } = *stretch;
        let (share, of_all) = (moments[0], stretch.weights[self.rule]);
        if of_all <= 0.0 {
            return;
        }
        for (start, moment) in stretch.starts.iter().enumerate() {
            let place = start * stretch.measures + measure;
            // Amounts are zero or more: what lies below is rounding.
            let (low, high) = (stretch.low[place].max(0.0), stretch.high[place].max(0.0));
            let [mean, square] = means(moments, (from, to), (low, high), endless);
            let weight = of_all * moment.weight;
            self.mean += weight * mean;
            self.square += weight * square;
            if (high - low).abs() <= 1e-10 * low.max(high) {
                let amount = f64::midpoint(low, high);
                self.level.push(Atom { amount, share: weight * share });
            } else if share > 0.0 {
                self.slopes.push(Slope { axis, weight, share, from, to, low, high });
            }
        }
    }

    pub(super) fn finish<'d>(mut self, outages: &'d Outages<'d>) -> OneOutage<'d> {
        self.level.sort_by(|a, b| a.amount.total_cmp(&b.amount));
        let mut joined: Vec<Atom> = Vec::new();
        for level in self.level {
            match joined.last_mut() {
                Some(last) if level.amount - last.amount <= 1e-9 * level.amount => {
                    // The heavier one says the amount: the other is rounding.
                    let amount = if level.share > last.share { level.amount } else { last.amount };
                    *last = Atom { amount, share: last.share + level.share };
                }
                _ => joined.push(level),
            }
        }
        joined.sort_by(|a, b| b.share.total_cmp(&a.share));
        let many = joined.iter().take(MOST_ATOMS).filter(|atom| atom.share >= LEAST_ATOM).count();
        let few = joined.split_off(many);
        // What is left is spread out like the rest: a slope of no height.
        self.slopes.extend(few.into_iter().filter(|level| level.share > 0.0).map(|level| Slope {
            axis: Axis::Durations,
            weight: 1.0,
            share: level.share,
            from: 0.0,
            to: 0.0,
            low: level.amount,
            high: level.amount,
        }));
        OneOutage { outages, atoms: joined, slopes: self.slopes, mean: self.mean, square: self.square }
    }
}

/// Mean and mean square of a straight amount, times the probability of its stretch.
fn means(
    [share, hours, squares]: Moments,
    (from, to): (f64, f64),
    (low, high): (f64, f64),
    endless: bool,
) -> [f64; 2] {
    let length = to - from;
    if length <= 0.0 {
        return [share * low, share * low * low];
    }
    let part = ((hours - from * share) / length).max(0.0);
    let square = ((squares - 2.0 * from * hours + from * from * share) / (length * length)).max(0.0);
    let (part, square) = if endless { (part, square) } else { (part.min(share), square.min(part)) };
    let rise = high - low;
    [low * share + rise * part, low * low * share + 2.0 * low * rise * part + rise * rise * square]
}

/// The part of a duration or a severity by which a slope goes on with one look at the law: over so
/// short a time the density is as good as straight. An unlikely slope goes on by more.
const STRIDE: f64 = 1.0 / 256.0;
const STRIDE_OF_UNLIKELY: f64 = 1.0 / 32.0;
const UNLIKELY: f64 = 1e-6;

impl Slope {
    /// Puts the amounts on a grid.
    fn spread(&self, law: &Spread<'_>, masses: &mut Masses) {
        let step = masses.step;
        let (least, most) = (self.low.min(self.high), self.low.max(self.high));
        if most == least {
            return masses.put((least / step) as usize, self.share * self.weight, least);
        }
        let rise = (self.high - self.low) / (self.to - self.from);
        let value = |amount: f64| (self.from + (amount - self.low) / rise).clamp(self.from, self.to);
        let likely = self.weight * self.share > UNLIKELY;
        let stride = if likely { STRIDE } else { STRIDE_OF_UNLIKELY } * rise.abs() / step;
        let (first, last) = ((least / step) as usize, (most / step) as usize);
        let (mut at, mut cell) = (least, first);
        let mut before = law.below(value(least));
        while at < most && cell < masses.points {
            // To the next point, then on from point to point, and to the end.
            let wide = ((value(at) * stride) as usize).max(1);
            let cells = if cell == first || cell >= last { 1 } else { wide.min(last - cell) };
            let end = ((cell + cells) as f64 * step).min(most);
            let after = law.below(value(end));
            // Where the amount falls, the law runs backwards.
            let [share, sum] = [0, 1].map(|k| (after[k] - before[k]) * rise.signum());
            if share > 0.0 {
                let mean = self.low + rise * (sum / share - self.from);
                let mean = if mean.is_finite() { mean.clamp(at, end.max(at)) } else { at };
                if cells == 1 {
                    masses.put(cell, share * self.weight, mean);
                } else {
                    masses.lay((cell, cells), share * self.weight, mean);
                }
            }
            (at, before) = (end, after);
            cell += cells;
        }
    }
}

/// Masses on a grid, as they come in.
struct Masses {
    step: f64,
    points: usize,
    /// What was put on points.
    put: Vec<f64>,
    /// Where masses laid over cells begin and end: their change of level, and of slope.
    laid: Vec<[f64; 2]>,
}

impl Masses {
    fn new(step: f64, points: usize) -> Self {
        Self { step, points, put: vec![0.0; points + 1], laid: vec![[0.0; 2]; points + 1] }
    }

    /// Puts a mass on both ends of a cell, so that its mean stays.
    fn put(&mut self, cell: usize, mass: f64, mean: f64) {
        if cell < self.points {
            let part = (mean / self.step - cell as f64).clamp(0.0, 1.0);
            self.put[cell] += mass * (1.0 - part);
            self.put[cell + 1] += mass * part;
        }
    }

    /// Lays a mass over several cells with a straight density that has its mean.
    ///
    /// # Formula
    ///
    /// With `w` cells, the density over `t` from 0 to 1 is `1 + c (2t - 1)`, whose mean
    /// is `1/2 + c/6`. Half of each cell's mass goes to either end; that the density
    /// slopes inside of a cell moves `c m / 6w²` from one end to the other, which is
    /// left over at the first point and at the last.
    fn lay(&mut self, (cell, cells): (usize, usize), mass: f64, mean: f64) {
        let w = cells as f64;
        let c = 6.0 * ((mean / self.step - cell as f64) / w - 0.5);
        if c.abs() > 1.0 || cell + cells > self.points {
            // No density: the mass is put where its mean is.
            return self.put((mean / self.step) as usize, mass, mean);
        }
        let slope = 2.0 * c * mass / (w * w);
        let level = mass / w * (1.0 + c * (1.0 / w - 1.0));
        let [last_level, last_slope] = [level + slope * w, slope];
        self.laid[cell][0] += level;
        self.laid[cell][1] += slope;
        self.laid[cell + cells][0] -= last_level;
        self.laid[cell + cells][1] -= last_slope;
        self.put[cell] -= slope / 12.0;
        self.put[cell + cells] += slope / 12.0;
    }

    fn finish(self) -> Vec<f64> {
        let mut masses = self.put;
        let (mut level, mut slope) = (0.0, 0.0);
        for (cell, [levels, slopes]) in self.laid.into_iter().enumerate().take(self.points) {
            slope += slopes;
            level += levels;
            masses[cell] += level / 2.0;
            masses[cell + 1] += level / 2.0;
            level += slope;
        }
        masses.truncate(self.points);
        masses
    }
}

impl Severity for OneOutage<'_> {
    fn atoms(&self) -> Vec<Atom> {
        self.atoms.clone()
    }

    fn mean(&self) -> f64 {
        self.mean
    }

    fn square(&self) -> f64 {
        self.square
    }

    fn reach(&self, share: f64) -> f64 {
        let tops = self.slopes.iter().map(|slope| (slope.low.max(slope.high), slope.share * slope.weight));
        let mut tops: Vec<(f64, f64)> =
            tops.chain(self.atoms.iter().map(|atom| (atom.amount, atom.share))).collect();
        tops.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut above = 0.0;
        let passed = tops.iter().find(|(_, mass)| {
            above += mass;
            above > share
        });
        passed.map_or(0.0, |(amount, _)| *amount)
    }

    fn spread(&self, step: f64, points: usize) -> Vec<f64> {
        let mut masses = Masses::new(step, points);
        for slope in &self.slopes {
            let law = match slope.axis {
                Axis::Durations => &self.outages.durations,
                Axis::Severities => &self.outages.severities,
            };
            slope.spread(law, &mut masses);
        }
        masses.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::peril::{Duration, Law};

    #[test]
    fn a_slope_keeps_mass_and_mean_and_lies_where_it_should() {
        let duration = Duration::new(Law::Lognormal { median: 6.0, sigma: 1.2 }, None).unwrap();
        let law = Spread::of_durations(&duration);
        let below = |hours: f64| law.below(hours)[0];
        for (low, high) in [(103.0, 3_703.0), (3_703.0, 103.0)] {
            // From one value at 4 h to another at 40 h.
            let moments = law.between(4.0, 40.0);
            let (axis, weight, share) = (Axis::Durations, 1.0, moments[0]);
            let slope = Slope { axis, weight, share, from: 4.0, to: 40.0, low, high };
            let mut masses = Masses::new(10.0, 500);
            slope.spread(&law, &mut masses);
            let masses = masses.finish();
            assert!((masses.iter().sum::<f64>() - share).abs() < 1e-12);
            let mean: f64 =
                masses.iter().zip(0..).map(|(mass, place)| mass * f64::from(place) * 10.0).sum();
            let [expected, _] = means(moments, (4.0, 40.0), (low, high), false);
            assert!((mean - expected).abs() < 1e-9 * expected, "{mean} against {expected}");
            for place in [20, 110, 300] {
                // Summed up to a point, masses are the mean law of the cell behind it.
                let sum: f64 = masses[..=place].iter().sum();
                let middle = (place as f64 + 0.5) * 10.0;
                let hours = 4.0 + (middle - low) * 36.0 / (high - low);
                let expected =
                    if high > low { below(hours) - below(4.0) } else { below(40.0) - below(hours) };
                assert!((sum - expected).abs() < 1e-5, "{place}: {sum} against {expected}");
            }
        }
    }
}
