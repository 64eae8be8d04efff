//! Compound: the law of a year's total, worked out and not drawn.
//!
//! A year has a number of outages with a known law, and each of them costs an amount
//! with a known law. Where outages leave nothing to one another but their sum, the
//! law of the sum follows without a simulation.

mod grid;
mod severity;
mod transform;

pub use severity::{Atom, Layer, Severity};

use super::Figure;
use crate::peril::Frequency;
use crate::quantity::Money;
use grid::{Grid, Step};

/// Points of the finer grid; a coarser one with half of them tells the error.
const POINTS: usize = 1 << 17;
/// An amount that a smaller share of outages pass may lie beyond the grid.
const BEYOND: f64 = 1e-6;

/// What a year's total passes through.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct OfYear {
    /// What comes off first.
    pub deductible: Money,
    /// The most that is paid of the rest; none is endless.
    pub limit: Option<Money>,
}

/// The law of a year's total `Y`, after the terms of the year.
///
/// # Formula
///
/// With `N` outages in a year, `X` the amount of each, `A` the year's deductible and
/// `L` its limit:
///
/// ```text
/// S = X₁ + … + X_N          Y = min((S - A)⁺, L)
/// VaR_p  = smallest y with P(Y ≤ y) ≥ p
/// TVaR_p = VaR_p + E[(Y - VaR_p)⁺] / (1 - p)        at an atom too
/// ```
///
/// `S` is worked out on two grids by Fourier transform. What the finer one gives is
/// carried on to a grid without end, as its error falls with the square of the step.
/// Atoms are compounded by themselves, so that a quantile which is one is exact.
///
/// # Source
///
/// Klugman, Panjer and Willmot, Loss Models, chapter 9.
#[derive(Clone, Debug)]
pub struct Compound {
    fine: Grid,
    coarse: Grid,
    /// Mean and mean square of `S`.
    moments: [f64; 2],
    /// `A`, and `A + L`.
    span: [f64; 2],
}

/// Works out the law of a year's total from each peril's frequency and severity.
///
/// # Example
///
/// 0.8 outages a year of a lognormal cost, of which 5m in excess of 250,000 is paid,
/// up to 10m a year:
///
/// ```
/// use netloss::peril::Frequency;
/// use netloss::quantity::Money;
/// use netloss::risk::compound::{Layer, OfYear, year};
/// let above = |x: f64| 0.5 * libm::erfc((libm::log(x) - 12.0) / 1.5 / 2.0_f64.sqrt());
/// let layer = Layer::new(above, 250_000.0, Some(5_000_000.0));
/// let terms = OfYear { limit: Some(Money(10_000_000.0)), ..OfYear::default() };
/// let law = year(&[(Frequency::poisson(0.8)?, &layer)], terms);
/// assert!((law.mean().value.0 - 238_540.790_6).abs() < 0.001);
/// assert_eq!(law.value_at_risk(0.995).unwrap().value, Money(5_000_000.0));
/// # Ok::<(), netloss::peril::InvalidFrequency>(())
/// ```
#[must_use]
pub fn year(perils: &[(Frequency, &dyn Severity)], terms: OfYear) -> Compound {
    let moments = moments(perils);
    let from = terms.deductible.0;
    let span = [from, from + terms.limit.map_or(f64::INFINITY, |limit| limit.0)];
    let length = length(perils, moments, span);
    let spacing = spacing(perils, length);
    let step = spacing.length();
    // Atoms on the grid, and all else; each peril on its own.
    let mut atoms = Vec::new();
    let mut whole = Vec::new();
    for (frequency, severity) in perils {
        let mut spread = severity.spread(step, POINTS);
        let mut on_grid = vec![0.0; POINTS];
        for Atom { amount, share } in severity.atoms() {
            let place = amount / step;
            let (cell, part) = (place.floor() as usize, place.fract());
            let nearest = place.round();
            if (place - nearest).abs() < 1e-6 && nearest < POINTS as f64 {
                on_grid[nearest as usize] += share;
            } else if cell + 1 < POINTS {
                spread[cell] += share * (1.0 - part);
                spread[cell + 1] += share * part;
            }
        }
        whole.push((*frequency, spread.iter().zip(&on_grid).map(|(a, b)| a + b).collect::<Vec<_>>()));
        atoms.push((*frequency, on_grid));
    }
    let fine = sum(spacing, &atoms, &whole);
    for (_, masses) in atoms.iter_mut().chain(&mut whole) {
        *masses = halved(masses);
    }
    let wider = Step { parts: spacing.parts / 2.0, ..spacing };
    let coarse = sum(wider, &atoms, &whole);
    Compound { fine, coarse, moments, span }
}

/// Mean and mean square of the total, before the year's terms.
fn moments(perils: &[(Frequency, &dyn Severity)]) -> [f64; 2] {
    let (mut mean, mut variance) = (0.0, 0.0);
    for (frequency, severity) in perils {
        let of_one = severity.mean();
        mean += frequency.mean() * of_one;
        let between = frequency.variance() - frequency.mean();
        variance += frequency.mean() * severity.square() + between * of_one * of_one;
    }
    [mean, variance + mean * mean]
}

/// How far the grid has to go: beyond the year's terms, and for a total without
/// limit as far as one outage can go beside a year of the common kind.
fn length(perils: &[(Frequency, &dyn Severity)], [mean, square]: [f64; 2], span: [f64; 2]) -> f64 {
    let reach = perils.iter().map(|(_, severity)| severity.reach(BEYOND)).fold(0.0, f64::max);
    let deviation = (square - mean * mean).min(mean * reach).max(0.0).sqrt();
    let common = reach + mean + 12.0 * deviation;
    let terms = if span[1].is_finite() { span[1] } else { span[0] };
    // A little more, so that the largest amount of all lies on the grid.
    1.001 * common.max(terms).max(f64::MIN_POSITIVE)
}

/// The distance between points: one that puts atoms on points of both grids.
fn spacing(perils: &[(Frequency, &dyn Severity)], length: f64) -> Step {
    let least = length / (POINTS - 4) as f64;
    let atoms = perils.iter().flat_map(|(_, severity)| severity.atoms());
    let mut atoms: Vec<Atom> = atoms.filter(|atom| atom.amount > 0.0 && atom.share > 1e-12).collect();
    atoms.sort_by(|a, b| b.share.total_cmp(&a.share));
    let common = atoms.iter().map(|atom| atom.amount).reduce(common_measure);
    let largest = atoms.first().map(|atom| atom.amount);
    let holds_even = |amount: &f64| *amount >= 2.0 * least;
    match [common, largest].into_iter().flatten().find(holds_even) {
        Some(amount) => Step { amount, parts: 2.0 * (amount / least / 2.0).floor() },
        None => Step { amount: least, parts: 1.0 },
    }
}

/// The largest amount that goes into both, but for the last digits.
fn common_measure(a: f64, b: f64) -> f64 {
    let (mut a, mut b) = (a.max(b), a.min(b));
    let nothing = 1e-9 * a;
    while b > nothing {
        let rest = a - b * (a / b).round();
        (a, b) = (b, rest.abs());
    }
    a
}

fn sum(step: Step, atoms: &[(Frequency, Vec<f64>)], whole: &[(Frequency, Vec<f64>)]) -> Grid {
    let points = whole.first().map_or(2, |(_, masses)| masses.len());
    let atoms = transform::compound(atoms, points);
    let whole = transform::compound(whole, points);
    let spread: Vec<f64> = whole.iter().zip(&atoms).map(|(whole, atoms)| whole - atoms).collect();
    Grid::new(step, atoms, &spread)
}

/// The same masses on every other point: local moments are matched once more.
fn halved(masses: &[f64]) -> Vec<f64> {
    let at = |place: usize| masses.get(place).copied().unwrap_or_default();
    let between = |place: Option<usize>| place.map_or(0.0, |place| 0.5 * at(place));
    let point = |j: usize| at(2 * j) + between((2 * j).checked_sub(1)) + between(Some(2 * j + 1));
    (0..masses.len() / 2).map(point).collect()
}

impl Compound {
    /// Carries a result on to a grid without end: its error falls with the square of
    /// the step.
    fn figure(&self, of: impl Fn(&Grid) -> f64) -> Figure {
        let (fine, coarse) = (of(&self.fine), of(&self.coarse));
        // A deviation may be endless on both.
        let rest = if fine == coarse { 0.0 } else { (fine - coarse) / 3.0 };
        // Beside the step, what adding up so many masses rounds.
        let error = rest.abs() + 1e-12 * fine.abs();
        Figure { value: Money(fine + rest), error: Money(error) }
    }

    /// `E[min(Y, y)]`.
    fn limited(&self, grid: &Grid, amount: f64) -> f64 {
        let [from, to] = self.span;
        let end = (from + amount).min(to);
        let whole = if end.is_finite() { grid.limited(end) } else { self.moments[0] };
        whole - if from > 0.0 { grid.limited(from) } else { 0.0 }
    }

    /// Returns the mean.
    #[must_use]
    pub fn mean(&self) -> Figure {
        self.figure(|grid| self.limited(grid, f64::INFINITY))
    }

    /// Returns the standard deviation; endless where one outage has no limit and a
    /// heavy tail.
    #[must_use]
    pub fn deviation(&self) -> Figure {
        self.figure(|grid| {
            let mean = self.limited(grid, f64::INFINITY);
            (self.square(grid) - mean * mean).max(0.0).sqrt()
        })
    }

    /// `E[Y²]`: by parts, `E[(S - A)²]` where nothing ends it, less what lies below `A`.
    fn square(&self, grid: &Grid) -> f64 {
        let [from, to] = self.span;
        let [mean, square] = self.moments;
        let up_to = |end: f64| grid.integral_of_limited(end);
        if to.is_finite() {
            2.0 * ((to - from) * grid.limited(to) - (up_to(to) - up_to(from)))
        } else {
            let below = from * from - 2.0 * up_to(from);
            square - 2.0 * from * mean + from * from - below
        }
    }

    /// Returns the amount that a share `p` of years does not pass; nothing where it
    /// lies beyond the grid, which holds all but about one year in a million.
    #[must_use]
    pub fn value_at_risk(&self, p: f64) -> Option<Figure> {
        let [fine, coarse] = [self.quantile(&self.fine, p)?, self.quantile(&self.coarse, p)?];
        if fine == coarse {
            return Some(Figure { value: Money(fine), error: Money::ZERO });
        }
        let rest = (fine - coarse) / 3.0;
        let value = self.held(fine + rest);
        Some(Figure { value: Money(value), error: Money(rest.abs() + 1e-12 * fine) })
    }

    fn quantile(&self, grid: &Grid, p: f64) -> Option<f64> {
        Some(self.held(grid.quantile(p)? - self.span[0]))
    }

    /// An amount held between nothing and the year's limit.
    fn held(&self, amount: f64) -> f64 {
        amount.clamp(0.0, self.span[1] - self.span[0])
    }

    /// Returns the mean of the worst share `1 - p` of years; nothing as
    /// [`Compound::value_at_risk`].
    #[must_use]
    pub fn tail_value_at_risk(&self, p: f64) -> Option<Figure> {
        let at = |grid: &Grid| {
            let at_risk = self.quantile(grid, p)?;
            let beyond = self.limited(grid, f64::INFINITY) - self.limited(grid, at_risk);
            Some(at_risk + beyond / (1.0 - p))
        };
        at(&self.fine)?;
        at(&self.coarse)?;
        Some(self.figure(|grid| at(grid).unwrap_or_default()))
    }

    /// Returns the probability that a year comes to more than an amount; nothing where
    /// the amount lies beyond the grid.
    #[must_use]
    pub fn exceedance(&self, amount: Money) -> Option<f64> {
        let [from, to] = self.span;
        let total = from + amount.0;
        if amount < Money::ZERO {
            return Some(1.0);
        }
        if total >= to {
            return Some(0.0);
        }
        let above = |grid: &Grid| 1.0 - grid.below(total);
        let (fine, coarse) = (above(&self.fine), above(&self.coarse));
        (total <= self.fine.end()).then(|| (fine + (fine - coarse) / 3.0).clamp(0.0, 1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lognormal(x: f64) -> f64 {
        0.5 * libm::erfc((libm::log(x) - 12.0) / 1.5 / 2.0_f64.sqrt())
    }

    /// 5m in excess of 250,000 of a lognormal loss, 0.8 a year, 10m a year.
    fn excess() -> Compound {
        let layer = Layer::new(lognormal, 250_000.0, Some(5_000_000.0));
        let terms = OfYear { limit: Some(Money(10_000_000.0)), ..OfYear::default() };
        year(&[(Frequency::poisson(0.8).unwrap(), &layer)], terms)
    }

    fn close(figure: Figure, expected: f64, within: f64) {
        let off = (figure.value.0 - expected).abs();
        assert!(off < within, "{} is {off} off {expected}", figure.value.0);
        assert!(figure.error.0 < 50.0 * within, "an error of {} is said", figure.error.0);
    }

    #[test]
    fn an_excess_layer_with_a_limit_of_the_year() {
        let law = excess();
        // Worked out on other grids, and by the recursion of Panjer.
        close(law.mean(), 238_540.790_6, 1e-3);
        close(law.deviation(), 743_331.332, 1e-2);
        close(law.value_at_risk(0.99).unwrap(), 4_659_426.616, 1e-2);
        close(law.tail_value_at_risk(0.99).unwrap(), 5_215_711.677, 1e-2);
        close(law.tail_value_at_risk(0.995).unwrap(), 5_470_570.951, 1e-2);
        let atom = law.value_at_risk(0.995).unwrap();
        assert_eq!((atom.value, atom.error), (Money(5_000_000.0), Money::ZERO));
        assert_eq!(law.exceedance(Money(10_000_000.0)), Some(0.0));
        let at_risk = law.value_at_risk(0.99).unwrap().value;
        assert!((law.exceedance(at_risk).unwrap() - 0.01).abs() < 1e-9);
    }
    #[test]
    fn a_fixed_number_of_amounts_that_are_all_alike() {
        // Three payments of 40, of which the first 50 of the year are kept.
        let always = Layer::new(|x: f64| if x < 1e6 { 1.0 } else { 0.0 }, 0.0, Some(40.0));
        let terms = OfYear { deductible: Money(50.0), limit: Some(Money(60.0)) };
        for (terms, total) in [(OfYear::default(), 120.0), (terms, 60.0)] {
            let law = year(&[(Frequency::fixed(3), &always)], terms);
            assert!((law.mean().value.0 - total).abs() < 1e-9 * total, "{:?}", law.mean());
            assert!(law.deviation().value.0 < 1e-3 * total, "{:?}", law.deviation());
            for p in [0.01, 0.5, 0.999] {
                assert_eq!(
                    law.value_at_risk(p).unwrap(),
                    Figure { value: Money(total), error: Money::ZERO }
                );
                assert!((law.tail_value_at_risk(p).unwrap().value.0 - total).abs() < 1e-6 * total);
            }
        }
    }

    #[test]
    fn a_deductible_and_a_limit_of_the_year_cut_the_same_total() {
        let layer = Layer::new(lognormal, 250_000.0, Some(5_000_000.0));
        let often = Frequency::negative_binomial(0.8, 1.4).unwrap();
        let of = |deductible, limit: Option<f64>| {
            let terms = OfYear { deductible: Money(deductible), limit: limit.map(Money) };
            year(&[(often, &layer)], terms)
        };
        // What is paid between 0 and 1m and above it is all that is paid.
        let (all, low, high) = (of(0.0, None), of(0.0, Some(1e6)), of(1e6, None));
        let mean = 0.8 * Severity::mean(&layer);
        assert!((all.mean().value.0 - mean).abs() < 1e-9 * mean);
        assert!((low.mean().value + high.mean().value - all.mean().value).0.abs() < 1e-3);
        let variance = 0.8 * layer.square() + 0.6 * Severity::mean(&layer).powi(2);
        assert!((all.deviation().value.0 - variance.sqrt()).abs() < 1e-3);
        for p in [0.9, 0.99, 0.999] {
            let [all, high] = [&all, &high].map(|law| law.value_at_risk(p).unwrap().value.0);
            assert!(((all - 1e6).max(0.0) - high).abs() < 1e-2, "{p}: {all} and {high}");
        }
        // E[(S - 1m)⁺²] from both sides of the cut: S = min(S, 1m) + (S - 1m)⁺.
        let square = |law: &Compound| law.deviation().value.0.powi(2) + law.mean().value.0.powi(2);
        let cross = 2.0 * 1e6 * high.mean().value.0;
        assert!((square(&all) / (square(&low) + square(&high) + cross) - 1.0).abs() < 1e-8);
    }

    #[test]
    fn what_no_year_comes_to_is_not_exceeded() {
        let law = excess();
        assert_eq!(law.exceedance(Money(-1.0)), Some(1.0));
        assert!(law.value_at_risk(1.0 - 1e-14).is_none_or(|figure| figure.value.0 <= 10_000_000.0));
        let nothing = year(&[], OfYear::default());
        assert_eq!(nothing.mean().value, Money::ZERO);
    }
}
