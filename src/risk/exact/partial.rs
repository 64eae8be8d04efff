//! Partial moments: how likely outages of some durations are, and how long on average.

use statrs::function::beta::beta_reg;
use statrs::function::gamma::gamma_lr;

use crate::peril::{Duration, Law};

/// Probability, and the means of duration and of its square, of a stretch of
/// durations: `∫ 1 dF`, `∫ x dF`, `∫ x² dF`.
pub(super) type Moments = [f64; 3];

/// A law of durations, split into single durations and a density.
#[derive(Clone, Debug)]
pub(super) struct Durations<'l> {
    law: &'l Law,
    /// Single durations with a probability of their own.
    pub atoms: Vec<(f64, f64)>,
    /// No duration of the density is longer.
    pub most: f64,
}

impl<'l> Durations<'l> {
    pub(super) fn new(duration: &'l Duration) -> Self {
        let most = duration.at_most().map_or(f64::INFINITY, |most| most.0);
        let law = duration.law();
        let cut = |(hours, share): (f64, f64)| (hours.min(most), share);
        let mut atoms: Vec<(f64, f64)> = atoms(law).into_iter().map(cut).collect();
        if most.is_finite() {
            let spread: f64 = 1.0 - atoms.iter().map(|(_, share)| share).sum::<f64>();
            atoms.push((most, (spread - below(law, most)[0]).max(0.0)));
        }
        atoms.retain(|(_, share)| *share > 0.0);
        Self { law, atoms, most }
    }

    /// Returns the moments of the density below a duration.
    pub(super) fn below(&self, hours: f64) -> Moments {
        below(self.law, hours.min(self.most))
    }
}

/// The single durations of a law: past outages are the only ones.
fn atoms(law: &Law) -> Vec<(f64, f64)> {
    match law {
        Law::Empirical(past) => {
            let share = 1.0 / past.len() as f64;
            past.iter().map(|hours| (*hours, share)).collect()
        }
        Law::Tail { body, threshold, .. } => {
            atoms(body).into_iter().filter(|(hours, _)| hours <= threshold).collect()
        }
        _ => vec![],
    }
}

/// Moments of the density of a law below a duration.
///
/// # Formula
///
/// With `k` 0, 1 and 2, `Φ` the normal law, `P` and `I` the regularised incomplete
/// gamma and beta functions:
///
/// ```text
/// lognormal     m^k e^(k²σ²/2) Φ(ln(x/m)/σ - kσ)
/// gamma         s^k Γ(a+k)/Γ(a) P(a+k, x/s)
/// weibull       s^k Γ(1+k/c) P(1+k/c, (x/s)^c)
/// pareto        m^k α/(α-k) (1 - (m/x)^(α-k))
/// tail          the body's up to t, and (1 - F(t)) ∫ (t + y)^k dG(y) of the excess
/// triangular    ∫ t^k (t - a) dt and ∫ t^k (b - t) dt, over their area
/// pert          by I, moved and stretched to its range
/// ```
///
/// # Source
///
/// Klugman, Panjer and Willmot, Loss Models, appendix A: limited moments.
fn below(law: &Law, x: f64) -> Moments {
    if x <= 0.0 {
        return [0.0; 3];
    }
    match *law {
        Law::Lognormal { median, sigma } => {
            let z = libm::log(x / median) / sigma;
            // e^(σ²/2), to the powers 0, 1 and 4.
            let spread = libm::exp(sigma * sigma / 2.0);
            let mean = median * spread;
            [normal(z), mean * normal(z - sigma), mean * mean * spread * spread * normal(z - 2.0 * sigma)]
        }
        Law::Gamma { shape, scale } => {
            let whole = [1.0, scale * shape, scale * scale * shape * (shape + 1.0)];
            let part = |k: usize| whole[k] * lower_gamma(shape + k as f64, x / scale);
            [0, 1, 2].map(part)
        }
        Law::Weibull { shape, scale } => [0.0, 1.0, 2.0].map(|k: f64| {
            let order = 1.0 + k / shape;
            let whole = libm::pow(scale, k) * libm::tgamma(order);
            whole * lower_gamma(order, libm::pow(x / scale, shape))
        }),
        Law::Pareto { minimum, alpha } if x > minimum => {
            let log = libm::log(minimum / x);
            [0.0, 1.0, 2.0].map(|k: f64| {
                let rest = alpha - k;
                let part = if rest == 0.0 { -log } else { -libm::expm1(rest * log) / rest };
                libm::pow(minimum, k) * alpha * part
            })
        }
        Law::Tail { ref body, threshold, scale, shape } => {
            let mut moments = below(body, x.min(threshold));
            if x > threshold {
                let atoms: f64 = atoms(law).iter().map(|(_, share)| share).sum();
                let rest = 1.0 - moments[0] - atoms;
                let excess = excess(scale, shape, x - threshold);
                let [p, y, y2] = excess.map(|moment| rest * moment);
                let moved = [p, threshold * p + y, threshold * threshold * p + 2.0 * threshold * y + y2];
                moments.iter_mut().zip(moved).for_each(|(moment, more)| *moment += more);
            }
            moments
        }
        Law::Triangular { minimum, mode, maximum } => {
            let range = maximum - minimum;
            let rise = slope(minimum, minimum, mode.min(x), range * (mode - minimum));
            let fall = slope(maximum, mode, maximum.min(x), range * (mode - maximum));
            [0, 1, 2].map(|k| rise[k] + fall[k])
        }
        Law::Pert { minimum, mode, maximum } => {
            let range = maximum - minimum;
            let (a, b) = (1.0 + 4.0 * (mode - minimum) / range, 1.0 + 4.0 * (maximum - mode) / range);
            let y = ((x - minimum) / range).clamp(0.0, 1.0);
            let whole = [1.0, a / (a + b), a * (a + 1.0) / ((a + b) * (a + b + 1.0))];
            let part = |k: usize| whole[k] * if y > 0.0 { beta_reg(a + k as f64, b, y) } else { 0.0 };
            let [p, first, second] = [0, 1, 2].map(part);
            [
                p,
                minimum * p + range * first,
                minimum * minimum * p + 2.0 * minimum * range * first + range * range * second,
            ]
        }
        Law::Pareto { .. } | Law::Empirical(_) => [0.0; 3],
    }
}

/// Moments of the excess over the threshold of a generalised Pareto tail, below `y`:
/// `∫ tᵏ dG = k ∫ tᵏ⁻¹ (1 - G) dt - yᵏ (1 - G(y))`.
fn excess(scale: f64, shape: f64, y: f64) -> Moments {
    let end = if shape < 0.0 { -scale / shape } else { f64::INFINITY };
    let y = y.min(end);
    let slight = shape.abs() < 1e-12;
    // ln(1 + ξy/β)/ξ: how many mean lives of the exponential law it comes to.
    let lives = if slight { y / scale } else { libm::log1p(shape * y / scale) / shape };
    let above = if y == end { 0.0 } else { libm::exp(-lives) };
    // ∫ e^(-ct) dt over the lives: the survival function in powers of 1 + ξt/β.
    let power = |c: f64| if c.abs() < 1e-12 { lives } else { -libm::expm1(-c * lives) / c };
    let first = scale * if y == end { 1.0 / (1.0 - shape) } else { power(1.0 - shape) };
    let second = if slight {
        scale * scale * (1.0 - above * (1.0 + lives))
    } else if y == end {
        scale * scale / ((1.0 - shape) * (1.0 - 2.0 * shape))
    } else {
        scale * scale * (power(1.0 - 2.0 * shape) - power(1.0 - shape)) / shape
    };
    [1.0 - above, first - y * above, 2.0 * second - y * y * above]
}

/// Moments of a density `2 (t - zero) / area` from `from` to `to`.
fn slope(zero: f64, from: f64, to: f64, area: f64) -> Moments {
    if to <= from {
        return [0.0; 3];
    }
    let width = to - from;
    // In powers of the distance from `from`: no large amounts cancel.
    let at = from - zero;
    let base = [0, 1, 2].map(|k: i32| {
        let power = |n: i32| width.powi(n) / f64::from(n);
        2.0 * (at * power(k + 1) + power(k + 2)) / area
    });
    [base[0], from * base[0] + base[1], from * from * base[0] + 2.0 * from * base[1] + base[2]]
}

fn lower_gamma(order: f64, x: f64) -> f64 {
    // Far beyond the mean the series of the library loses its way.
    if x > order + 40.0 * (order.sqrt() + 20.0) { 1.0 } else { gamma_lr(order, x) }
}

/// The standard normal law.
fn normal(z: f64) -> f64 {
    0.5 * libm::erfc(-z * std::f64::consts::FRAC_1_SQRT_2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::Hours;

    /// Moments below the quantile of `u` by adding up quantiles.
    fn added(duration: &Duration, u: f64) -> Moments {
        const STEPS: u32 = 3_000;
        let mut sums = [0.0; 3];
        for step in 0..STEPS {
            let at = (f64::from(step) + 0.5) / f64::from(STEPS) * u;
            let x = duration.quantile(at).0;
            let each = u / f64::from(STEPS);
            sums = [sums[0] + each, sums[1] + each * x, sums[2] + each * x * x];
        }
        sums
    }

    #[test]
    fn agree_with_the_quantiles_of_every_law() {
        let body = || Box::new(Law::Lognormal { median: 6.0, sigma: 1.0 });
        let tail = |shape| Law::Tail { body: body(), threshold: 12.0, scale: 10.0, shape };
        let past = Box::new(Law::Empirical(vec![1.0, 2.0, 8.0, 30.0]));
        for law in [
            Law::Lognormal { median: 6.0, sigma: 1.2 },
            Law::Gamma { shape: 1.7, scale: 4.0 },
            Law::Weibull { shape: 0.7, scale: 5.0 },
            Law::Pareto { minimum: 2.0, alpha: 2.0 },
            Law::Pareto { minimum: 2.0, alpha: 1.3 },
            tail(0.3),
            tail(0.5),
            tail(-0.4),
            tail(0.0),
            Law::Tail { body: past, threshold: 20.0, scale: 10.0, shape: -0.2 },
            Law::Triangular { minimum: 1.0, mode: 4.0, maximum: 48.0 },
            Law::Pert { minimum: 1.0, mode: 4.0, maximum: 48.0 },
        ] {
            let duration = Duration::new(law, None).unwrap();
            let durations = Durations::new(&duration);
            for u in [0.25, 0.8, 0.95] {
                let x = duration.quantile(u).0;
                let mut found = durations.below(x);
                for (hours, share) in durations.atoms.iter().filter(|(hours, _)| *hours <= x) {
                    let of_atom = [*share, share * hours, share * hours * hours];
                    found.iter_mut().zip(of_atom).for_each(|(moment, more)| *moment += more);
                }
                // Single durations are reached all at once.
                let u = if durations.atoms.is_empty() { u } else { found[0] };
                for (found, expected) in found.iter().zip(added(&duration, u)) {
                    let off = (found - expected).abs();
                    assert!(off < 2e-3 * expected, "{duration:?} to {u}: {found}, {expected}");
                }
            }
        }
    }

    #[test]
    fn the_whole_of_a_bounded_tail_is_reached() {
        let [p, mean, square] = excess(10.0, -0.5, 100.0);
        // The range is 20: a share of (1 - y/20)² is left at y.
        assert!((p - 1.0).abs() < 1e-15 && (mean - 20.0 / 3.0).abs() < 1e-12, "{mean}");
        assert!((square - 200.0 / 3.0).abs() < 1e-12, "{square}");
    }

    #[test]
    fn what_a_longest_duration_cuts_is_a_single_duration() {
        let law = Law::Lognormal { median: 6.0, sigma: 1.2 };
        let capped = Duration::new(law, Some(Hours(24.0))).unwrap();
        let durations = Durations::new(&capped);
        let [(hours, share)] = durations.atoms[..] else { panic!("{:?}", durations.atoms) };
        assert_eq!((hours, durations.most), (24.0, 24.0));
        assert!((durations.below(1e9)[0] + share - 1.0).abs() < 1e-15);
    }
}
