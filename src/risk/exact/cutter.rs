//! Cutter: amounts as a function of a duration or a severity, cut where they are straight.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use super::spread::Spread;
use super::starts::Moment;
use super::stretch::{Axis, Stretch};
use crate::peril::Moments;

/// From which distance a cut is looked at, in units of the axis: far above the slack of
/// a comparison of hours, far below a second.
const BESIDE: f64 = 4e-9;
/// No stretch is cut into pieces shorter than this, in units of the axis.
const SHORTEST: f64 = 16.0 * BESIDE;

/// Amounts by start, and by duration or severity.
pub(super) trait Amounts {
    /// Returns the amount of each measure in an outage of the first start, of the next, ….
    fn of(&mut self, starts: &[Moment], value: f64) -> Vec<f64>;

    /// Returns what that takes, an outage by itself being 1.
    fn cost(&self, starts: usize) -> usize;
}

/// Amounts of all starts of a bundle at one value, and their weighted mean.
#[derive(Clone, Debug)]
struct Node {
    each: Vec<f64>,
    mean: Vec<f64>,
}

/// Cuts durations or severities into stretches, and keeps the account of what that cost.
pub(super) struct Cutter<'c, A> {
    pub amounts: &'c mut A,
    pub law: &'c Spread<'c>,
    pub axis: Axis,
    /// The weights of all that is cut.
    pub weights: [f64; 2],
    /// A common value: an hour, or a severity.
    pub unit: f64,
    /// A size of the mean of each measure, against which errors are held.
    pub scale: Vec<f64>,
    /// What a stretch may be off by, as a part of that size.
    pub tolerance: f64,
    /// Whether amounts may bow, as is enough for their mean: a law needs straight lines.
    pub bows: bool,
    /// What running outages through the programme may still take.
    pub left: usize,
    /// What each measure may be off by.
    pub errors: Vec<f64>,
}

/// Values between two cuts, with the amounts just inside of them.
struct Piece {
    from: f64,
    to: f64,
    low: Node,
    high: Node,
    moments: Moments,
    /// How often it was cut without a mark to cut at.
    cuts: u32,
    /// How far each measure bows above the straight line.
    bow: Vec<f64>,
    /// By how much each was seen off its line, times the probability.
    off: Vec<f64>,
    /// The measure that is furthest off for its size, and how far.
    worst: usize,
    doubt: f64,
}

impl PartialEq for Piece {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Piece {}

impl PartialOrd for Piece {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Piece {
    fn cmp(&self, other: &Self) -> Ordering {
        // Of equal doubts the earlier comes first, so that the order is always the same.
        self.doubt.total_cmp(&other.doubt).then(other.from.total_cmp(&self.from))
    }
}

impl<A: Amounts> Cutter<'_, A> {
    fn node(&mut self, starts: &[Moment], value: f64) -> Node {
        let measures = self.scale.len();
        self.left = self.left.saturating_sub(self.amounts.cost(starts.len()));
        let each = self.amounts.of(starts, value);
        let mut mean = vec![0.0; measures];
        for (start, amounts) in starts.iter().zip(each.chunks(measures)) {
            for (mean, amount) in mean.iter_mut().zip(amounts) {
                *mean += start.weight * amount;
            }
        }
        Node { each, mean }
    }

    fn beside(&self) -> f64 {
        BESIDE * self.unit
    }

    /// Cuts what lies between two values for a bundle of starts, spending no more than so
    /// much, and hands each stretch on. What is least straight is cut first.
    pub(super) fn cut(
        &mut self,
        starts: &[Moment],
        (from, to): (f64, f64),
        budget: usize,
        mut stretch: impl FnMut(&Stretch<'_>),
    ) {
        let beside = self.beside();
        let stop = self.left.saturating_sub(budget);
        let low = self.node(starts, from + beside);
        let high = self.node(starts, to - beside);
        let mut pieces = BinaryHeap::from([self.piece(starts, (from, to), [low, high], 0)]);
        while let Some(piece) = pieces.pop() {
            let long = piece.to - piece.from > SHORTEST * self.unit;
            if piece.doubt > self.tolerance && long && self.left > stop {
                pieces.extend(self.halve(starts, piece));
            } else {
                self.errors.iter_mut().zip(&piece.off).for_each(|(error, off)| *error += off);
                stretch(&self.finish(starts, &piece));
            }
        }
    }

    /// Hands on what is left beyond the largest values that were cut, as if amounts went
    /// on straight.
    pub(super) fn rest(&mut self, starts: &[Moment], from: f64, mut stretch: impl FnMut(&Stretch<'_>)) {
        let moments = self.law.between(from, f64::INFINITY);
        if moments[0] <= 0.0 {
            return;
        }
        let to = 2.0 * from;
        let [low, middle, high] = [1.0, 1.5, 2.0].map(|times| self.node(starts, times * from));
        for (measure, error) in self.errors.iter_mut().enumerate() {
            let bow = middle.mean[measure] - f64::midpoint(low.mean[measure], high.mean[measure]);
            *error += bow.abs() * moments[1] / from;
        }
        let measures = self.scale.len();
        let (low, high) = (low.each, high.each);
        let (axis, weights) = (self.axis, self.weights);
        let bow = vec![];
        stretch(&Stretch {
            axis,
            weights,
            starts,
            from,
            to,
            moments,
            low,
            high,
            bow,
            measures,
            endless: true,
        });
    }

    /// Looks how straight the amounts run between two cuts.
    fn piece(
        &mut self,
        starts: &[Moment],
        (from, to): (f64, f64),
        [low, high]: [Node; 2],
        cuts: u32,
    ) -> Piece {
        let moments = self.law.between(from, to);
        let (share, measures) = (moments[0], self.scale.len());
        let (bow, off) = (vec![0.0; measures], vec![0.0; measures]);
        let mut piece = Piece { from, to, low, high, moments, cuts, bow, off, worst: 0, doubt: 0.0 };
        let most = (0..measures).map(|measure| {
            let (low, high) = (piece.low.mean[measure], piece.high.mean[measure]);
            (high - low).abs().max(low.abs()) * share / self.scale[measure]
        });
        if most.fold(0.0, f64::max) < self.tolerance {
            return piece;
        }
        let length = to - from;
        // No round part of the stretch: a profile that repeats would hide behind it.
        let probes: &[f64] =
            if self.bows || length > self.unit { &[0.381_97, 0.723_61] } else { &[0.414_21] };
        let beside = self.beside();
        for (nth, probe) in probes.iter().enumerate() {
            let found = self.node(starts, from + probe * length);
            // The ends were read just inside of the piece.
            let part = (probe * length - beside) / (length - 2.0 * beside);
            for measure in 0..measures {
                let (low, high) = (piece.low.mean[measure], piece.high.mean[measure]);
                let above = found.mean[measure] - (low + part * (high - low));
                if self.bows {
                    // Two looks at one parabola tell the same bow.
                    let bow = above / (4.0 * part * (1.0 - part));
                    let before = piece.bow[measure];
                    piece.bow[measure] = if nth == 0 { bow } else { f64::midpoint(before, bow) };
                    piece.off[measure] = (bow - before).abs() * share;
                } else {
                    piece.off[measure] = piece.off[measure].max(above.abs() * share);
                }
            }
            if !self.bows {
                self.doubt(&mut piece);
                if piece.doubt > self.tolerance {
                    break;
                }
            }
        }
        self.doubt(&mut piece);
        piece
    }

    /// Finds the measure of a piece that is furthest off for its size.
    fn doubt(&self, piece: &mut Piece) {
        for (measure, (off, scale)) in piece.off.iter().zip(&self.scale).enumerate() {
            if off / scale > piece.doubt {
                (piece.worst, piece.doubt) = (measure, off / scale);
            }
        }
    }

    /// Cuts a piece in two, at a full hour where there is one inside.
    fn halve(&mut self, starts: &[Moment], piece: Piece) -> [Piece; 2] {
        let Piece { from, to, low, high, cuts, worst, .. } = piece;
        let mark = match self.axis {
            Axis::Durations => mark(starts, from, to),
            Axis::Severities => None,
        };
        let (at, cuts) = match mark {
            Some(mark) => (mark, 0),
            None if cuts % 2 == 0 => (self.turn(starts, (from, to), [&low, &high], worst), cuts + 1),
            None => (self.roundest(from, to), cuts + 1),
        };
        let beside = self.beside();
        let before = self.node(starts, at - beside);
        let after = self.node(starts, at + beside);
        [
            self.piece(starts, (from, at), [low, before], cuts),
            self.piece(starts, (at, to), [after, high], cuts),
        ]
    }

    /// Guesses where a measure turns: where the straight lines from both ends meet.
    fn turn(
        &mut self,
        starts: &[Moment],
        (from, to): (f64, f64),
        [low, high]: [&Node; 2],
        worst: usize,
    ) -> f64 {
        let stride = (to - from) / 16.0;
        let rises = self.node(starts, from + stride).mean[worst] - low.mean[worst];
        let rises_last = high.mean[worst] - self.node(starts, to - stride).mean[worst];
        let gap = high.mean[worst] - low.mean[worst] - rises_last * 16.0;
        let met = gap / (rises - rises_last);
        let least = (to - from) / 64.0;
        if met.is_finite() {
            (from + met * stride).clamp(from + least, to - least)
        } else {
            self.roundest(from, to)
        }
    }

    /// The roundest part of a unit near the middle: terms turn at those.
    fn roundest(&self, from: f64, to: f64) -> f64 {
        let (middle, margin) = (f64::midpoint(from, to), 0.1 * (to - from));
        let part = |parts: f64| {
            let parts = parts / self.unit;
            (middle * parts).round() / parts
        };
        let parts = [2.0, 4.0, 12.0, 60.0, 3600.0].into_iter().map(part);
        parts.into_iter().find(|at| *at > from + margin && *at < to - margin).unwrap_or(middle)
    }

    fn finish<'s>(&self, starts: &'s [Moment], piece: &Piece) -> Stretch<'s> {
        let (mut low, mut high) = (piece.low.each.clone(), piece.high.each.clone());
        let beside = self.beside();
        let inside = piece.to - piece.from - 2.0 * beside;
        if inside > SHORTEST * self.unit {
            // From just inside of the ends out to them.
            for (low, high) in low.iter_mut().zip(&mut high) {
                let by = (*high - *low) / inside * beside;
                (*low, *high) = (*low - by, *high + by);
            }
        }
        Stretch {
            axis: self.axis,
            weights: self.weights,
            starts,
            from: piece.from,
            to: piece.to,
            moments: piece.moments,
            low,
            high,
            bow: piece.bow.clone(),
            measures: self.scale.len(),
            endless: false,
        }
    }
}

/// The full hour nearest to the middle, of the outage's clock or the day's.
fn mark(starts: &[Moment], from: f64, to: f64) -> Option<f64> {
    let middle = f64::midpoint(from, to);
    let into_hour = starts[0].into_hour();
    let full = |shift: f64| (middle + shift).round() - shift;
    let marks = [full(0.0), full(into_hour)];
    let inside = marks.into_iter().filter(|at| *at > from + SHORTEST && *at < to - SHORTEST);
    inside.min_by(|a, b| (a - middle).abs().total_cmp(&(b - middle).abs()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::peril::{Duration, Law};

    struct Of(fn(f64) -> f64);

    impl Amounts for Of {
        fn of(&mut self, starts: &[Moment], value: f64) -> Vec<f64> {
            vec![(self.0)(value); starts.len()]
        }

        fn cost(&self, starts: usize) -> usize {
            starts
        }
    }

    /// The mean over gamma durations up to 64 h, its error, and how many were tried.
    fn mean(of: fn(f64) -> f64, bows: bool) -> (f64, f64, usize) {
        let duration = Duration::new(Law::Gamma { shape: 2.0, scale: 8.0 }, None).unwrap();
        let (law, budget) = (Spread::of_durations(&duration), 100_000);
        let mut cutter = Cutter {
            amounts: &mut Of(of),
            law: &law,
            axis: Axis::Durations,
            weights: [1.0; 2],
            unit: 1.0,
            scale: vec![1.0],
            tolerance: 1e-10,
            bows,
            left: budget,
            errors: vec![0.0],
        };
        let mut sum = 0.0;
        let start = [Moment { at: 5.3, weight: 1.0 }];
        cutter.cut(&start, (0.0, 64.0), budget, |stretch| sum += stretch.mean(0));
        (sum, cutter.errors[0], budget - cutter.left)
    }

    /// `P(D > x)` and `∫ₓ^64 P(D > t) dt` of the same law.
    fn above(x: f64) -> [f64; 2] {
        let survive = |x: f64| (1.0 + x / 8.0) * libm::exp(-x / 8.0);
        let whole = |x: f64| (16.0 + x) * libm::exp(-x / 8.0);
        [survive(x), whole(x) - whole(64.0)]
    }

    #[test]
    fn turns_and_jumps_are_found_wherever_they_are() {
        let far = above(64.0)[0];
        for (of, exact, tried, because) in [
            ((|_| 3.0) as fn(f64) -> f64, 3.0 * (1.0 - far), 8, "it does not depend on the duration"),
            (|d| d, above(0.0)[1] - 64.0 * far, 8, "it is straight"),
            (|d| (d - 12.0).max(0.0), above(12.0)[1] - 52.0 * far, 200, "it turns at a full hour"),
            (|d| (d - 7.37).max(0.0), above(7.37)[1] - 56.63 * far, 200, "it turns between hours"),
            (|d| f64::from(d >= 12.0), above(12.0)[0] - far, 200, "it jumps at a full hour"),
            (|d| f64::from(d > 8.5), above(8.5)[0] - far, 200, "it jumps at half past"),
            (|d| f64::from(d > 7.377_3), above(7.377_3)[0] - far, 400, "it jumps at no round time"),
        ] {
            for bows in [false, true] {
                let (mean, error, calls) = mean(of, bows);
                assert!((mean - exact).abs() < 2e-9, "{because}: {mean} against {exact}");
                assert!(error < 2e-9, "{because}: an error of {error} is said");
                assert!(calls < tried, "{because}: {calls} calls");
            }
        }
    }

    #[test]
    fn a_curve_is_followed_within_its_error() {
        let square = |d: f64| d * d / 100.0;
        let (found, error, straight) = mean(square, false);
        // E[D²] of the whole law is 384; an Erlang law of order 4 says how much of it
        // comes from outages up to 64 h, which is 8 of its lives.
        let up_to = 1.0 - libm::exp(-8.0) * (1.0 + 8.0 + 32.0 + 512.0 / 6.0);
        let exact = 3.84 * up_to;
        assert!((found - exact).abs() < error && error < 1e-6, "{found} ± {error} against {exact}");
        let (found, error, bowed) = mean(square, true);
        assert!((found - exact).abs() < 1e-9 && error < 1e-9, "{found} ± {error} against {exact}");
        assert!(100 * bowed < straight, "{bowed} calls, and {straight} where lines are straight");
    }
}
