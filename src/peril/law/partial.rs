//! Partial moments: how likely values of a stretch are, and how large on average.

use statrs::function::beta::beta_reg;
use statrs::function::gamma::gamma_lr;

use super::Law;
use crate::peril::normal::below;

/// Probability, and the means of value and of its square, of a stretch of values:
/// `∫ 1 dF`, `∫ x dF`, `∫ x² dF`.
pub type Moments = [f64; 3];

impl Law {
    /// Returns the values that have a probability of their own, each with it.
    #[must_use]
    pub fn atoms(&self) -> Vec<(f64, f64)> {
        match self {
            Self::Fixed(value) => vec![(*value, 1.0)],
            Self::Empirical(past) => {
                let share = 1.0 / past.len() as f64;
                past.iter().map(|value| (*value, share)).collect()
            }
            Self::Tail { body, threshold, .. } => {
                body.atoms().into_iter().filter(|(value, _)| value <= threshold).collect()
            }
            _ => vec![],
        }
    }

    /// Returns the moments of the density, single values apart, below a value.
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
    /// The first is no difference of limited means: far out, where hardly anything is
    /// left, a difference of large numbers would be all rounding.
    ///
    /// # Source
    ///
    /// Klugman, Panjer and Willmot, Loss Models, appendix A: limited moments.
    #[must_use]
    pub fn moments_below(&self, x: f64) -> Moments {
        if x <= 0.0 {
            return [0.0; 3];
        }
        match *self {
            Self::Lognormal { median, sigma } => {
                let z = libm::log(x / median) / sigma;
                // e^(σ²/2), to the powers 0, 1 and 4.
                let spread = libm::exp(sigma * sigma / 2.0);
                let mean = median * spread;
                [below(z), mean * below(z - sigma), mean * mean * spread * spread * below(z - 2.0 * sigma)]
            }
            Self::Gamma { shape, scale } => {
                let whole = [1.0, scale * shape, scale * scale * shape * (shape + 1.0)];
                let part = |k: usize| whole[k] * lower_gamma(shape + k as f64, x / scale);
                [0, 1, 2].map(part)
            }
            Self::Weibull { shape, scale } => [0.0, 1.0, 2.0].map(|k: f64| {
                let order = 1.0 + k / shape;
                let whole = libm::pow(scale, k) * libm::tgamma(order);
                whole * lower_gamma(order, libm::pow(x / scale, shape))
            }),
            Self::Pareto { minimum, alpha } if x > minimum => {
                let log = libm::log(minimum / x);
                [0.0, 1.0, 2.0].map(|k: f64| {
                    let rest = alpha - k;
                    let part = if rest == 0.0 { -log } else { -libm::expm1(rest * log) / rest };
                    libm::pow(minimum, k) * alpha * part
                })
            }
            Self::Tail { ref body, threshold, scale, shape } => {
                let mut moments = body.moments_below(x.min(threshold));
                if x > threshold {
                    let rest = 1.0 - body.cdf(threshold);
                    let excess = excess(scale, shape, x - threshold);
                    let [p, y, y2] = excess.map(|moment| rest * moment);
                    let moved =
                        [p, threshold * p + y, threshold * threshold * p + 2.0 * threshold * y + y2];
                    moments.iter_mut().zip(moved).for_each(|(moment, more)| *moment += more);
                }
                moments
            }
            Self::Triangular { minimum, mode, maximum } => {
                let range = maximum - minimum;
                let rise = slope(minimum, minimum, mode.min(x), range * (mode - minimum));
                let fall = slope(maximum, mode, maximum.min(x), range * (mode - maximum));
                [0, 1, 2].map(|k| rise[k] + fall[k])
            }
            Self::Pert { minimum, maximum, .. } => {
                let range = maximum - minimum;
                let (a, b) = self.shapes().unwrap_or((1.0, 1.0));
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
            Self::Fixed(_) | Self::Pareto { .. } | Self::Empirical(_) => [0.0; 3],
        }
    }
}

/// Moments of the excess over the threshold of a generalised Pareto tail, below `y`:
/// `∫ tᵏ dG = k ∫ tᵏ⁻¹ (1 - G) dt - yᵏ (1 - G(y))`.
fn excess(scale: f64, shape: f64, y: f64) -> Moments {
    let end = if shape < 0.0 { -scale / shape } else { f64::INFINITY };
    let y = y.min(end);
    let slight = shape.abs() < super::STRAIGHT;
    // ln(1 + ξy/β)/ξ: how many mean lives of the exponential law it comes to.
    let lives = if slight { y / scale } else { libm::log1p(shape * y / scale) / shape };
    let lives = if y == end { f64::INFINITY } else { lives };
    let above = libm::exp(-lives);
    // ∫ e^(-ct) dt over the lives: the survival function in powers of 1 + ξt/β.
    let power = |c: f64| {
        if lives.is_infinite() {
            if c > 0.0 { 1.0 / c } else { f64::INFINITY }
        } else if c.abs() < 1e-12 {
            lives
        } else {
            -libm::expm1(-c * lives) / c
        }
    };
    // Nothing is left of a tail without end, however large what it is multiplied by.
    let left = |value: f64| if above > 0.0 { above * value } else { 0.0 };
    let first = scale * power(1.0 - shape);
    let second = if slight {
        scale * scale * (1.0 - left(1.0 + lives))
    } else if shape >= 0.5 && lives.is_infinite() {
        f64::INFINITY
    } else {
        scale * scale * (power(1.0 - 2.0 * shape) - power(1.0 - shape)) / shape
    };
    [1.0 - above, first - left(y), 2.0 * second - left(y * y)]
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

/// The regularised incomplete gamma function.
fn lower_gamma(order: f64, x: f64) -> f64 {
    // Far beyond the mean the series of the library loses its way.
    if x > order + 40.0 * (order.sqrt() + 20.0) { 1.0 } else { gamma_lr(order, x) }
}

#[cfg(test)]
mod tests {
    use super::super::tests::of_each_kind;
    use super::*;

    /// Moments below the quantile of `u` by adding up quantiles.
    fn added(law: &Law, u: f64) -> Moments {
        const STEPS: u32 = 3_000;
        let mut sums = [0.0; 3];
        for step in 0..STEPS {
            let at = (f64::from(step) + 0.5) / f64::from(STEPS) * u;
            let x = law.quantile(at);
            let each = u / f64::from(STEPS);
            sums = [sums[0] + each, sums[1] + each * x, sums[2] + each * x * x];
        }
        sums
    }

    #[test]
    fn agree_with_the_quantiles_of_every_law() {
        let body = Box::new(Law::Lognormal { median: 6.0, sigma: 1.0 });
        let tail = Law::Tail { body, threshold: 12.0, scale: 10.0, shape: 0.5 };
        let heavy = [Law::Pareto { minimum: 2.0, alpha: 2.0 }, Law::Pareto { minimum: 2.0, alpha: 1.3 }];
        for law in of_each_kind().into_iter().chain(heavy).chain([tail]) {
            let atoms = law.atoms();
            for u in [0.25, 0.8, 0.95] {
                let x = law.quantile(u);
                let mut found = law.moments_below(x);
                for (value, share) in atoms.iter().filter(|(value, _)| *value <= x) {
                    let of_atom = [*share, share * value, share * value * value];
                    found.iter_mut().zip(of_atom).for_each(|(moment, more)| *moment += more);
                }
                // Single values are reached all at once.
                let u = if atoms.is_empty() { u } else { found[0] };
                for (found, expected) in found.iter().zip(added(&law, u)) {
                    let off = (found - expected).abs();
                    assert!(off < 2e-3 * expected, "{law:?} to {u}: {found}, {expected}");
                }
            }
        }
    }

    #[test]
    fn the_share_below_is_that_of_the_law() {
        for law in of_each_kind().into_iter().filter(|law| law.atoms().is_empty()) {
            for x in [0.5, 3.0, 24.5, 60.0] {
                let off = (law.moments_below(x)[0] - law.cdf(x)).abs();
                assert!(off < 1e-12, "{law:?} at {x}: {off}");
            }
            assert!(
                (law.moments_below(f64::INFINITY)[1] - law.mean()).abs() < 1e-12 * law.mean(),
                "{law:?}"
            );
        }
    }

    #[test]
    fn the_whole_of_a_bounded_tail_is_reached() {
        let [p, mean, square] = excess(10.0, -0.5, 100.0);
        // The range is 20: a share of (1 - y/20)² is left at y.
        assert!((p - 1.0).abs() < 1e-15 && (mean - 20.0 / 3.0).abs() < 1e-12, "{mean}");
        assert!((square - 200.0 / 3.0).abs() < 1e-12, "{square}");
    }
}
