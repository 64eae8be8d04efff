//! The mean of a law, and of its values held to a most.

use statrs::distribution::{Beta, ContinuousCDF};

use super::Law;
use super::cdf::beyond;
use crate::peril::gamma::Gamma;
use crate::peril::normal::below;

impl Law {
    /// Returns the mean; infinite where the tail is too heavy to have one.
    ///
    /// # Formula
    ///
    /// ```text
    /// lognormal     m · e^(σ²/2)
    /// gamma         k · s
    /// weibull       s · Γ(1 + 1/k)
    /// pareto        α·m/(α - 1)                                   for α > 1
    /// tail          E[min(body, t)] + (1 - F(t)) · β/(1 - ξ)      for ξ < 1
    /// triangular    (a + c + b)/3
    /// pert          (a + 4c + b)/6
    /// ```
    #[must_use]
    pub fn mean(&self) -> f64 {
        match self {
            Self::Fixed(value) => *value,
            Self::Lognormal { median, sigma } => median * libm::exp(sigma * sigma / 2.0),
            Self::Gamma { shape, scale } => shape * scale,
            Self::Weibull { shape, scale } => scale * libm::tgamma(1.0 + 1.0 / shape),
            Self::Pareto { minimum, alpha } if *alpha > 1.0 => alpha * minimum / (alpha - 1.0),
            Self::Tail { body, threshold, scale, shape } if *shape < 1.0 => {
                body.mean_up_to(*threshold) + (1.0 - body.cdf(*threshold)) * scale / (1.0 - shape)
            }
            Self::Pareto { .. } | Self::Tail { .. } => f64::INFINITY,
            Self::Triangular { minimum, mode, maximum } => (minimum + mode + maximum) / 3.0,
            Self::Pert { minimum, mode, maximum } => (minimum + 4.0 * mode + maximum) / 6.0,
            Self::Empirical(past) => past.iter().sum::<f64>() / past.len() as f64,
        }
    }

    /// Returns the mean of values held to a most: `E[min(X, most)]`, the limited
    /// expected value.
    ///
    /// # Formula
    ///
    /// With `c` the most, `F` the share below it, and `P` and `I` the regularised
    /// incomplete gamma and beta functions:
    ///
    /// ```text
    /// lognormal     m · e^(σ²/2) · Φ(ln(c/m)/σ - σ)          + c · (1 - F)
    /// gamma         k · s · P(k + 1, c/s)                    + c · (1 - F)
    /// weibull       s · Γ(1 + 1/k) · P(1 + 1/k, (c/s)^k)     + c · (1 - F)
    /// pareto        m + m/(α - 1) · (1 - (m/c)^(α - 1))      m + m·ln(c/m) where α = 1
    /// tail          E[min(body, t)] + (1 - F(t)) · ∫₀^(c - t) share beyond y dy
    /// triangular    c - (c - a)³/(3(b - a)(mode - a))                 up to the mode
    /// pert          a + (b - a) · (p/(p + q) · I(p + 1, q) + z · (1 - F))
    /// ```
    ///
    /// # Source
    ///
    /// Klugman, Panjer and Willmot, Loss Models, appendix A.
    #[must_use]
    pub fn mean_up_to(&self, most: f64) -> f64 {
        let held = most * (1.0 - self.cdf(most));
        match self {
            Self::Fixed(value) => value.min(most),
            Self::Lognormal { median, sigma } => {
                self.mean() * below(libm::log(most / median) / sigma - sigma) + held
            }
            Self::Gamma { shape, scale } => {
                self.mean() * Gamma::of_shape(shape + 1.0).below(most / scale) + held
            }
            Self::Weibull { shape, scale } => {
                let power = libm::pow(most / scale, *shape);
                self.mean() * Gamma::of_shape(1.0 + 1.0 / shape).below(power) + held
            }
            Self::Pareto { minimum, alpha } => {
                let beyond = libm::log(most / minimum);
                if beyond <= 0.0 { most } else { minimum * (1.0 + saturation(beyond, alpha - 1.0)) }
            }
            Self::Tail { body, threshold, .. } if most <= *threshold => body.mean_up_to(most),
            Self::Tail { body, threshold, scale, shape } => {
                let under = body.cdf(*threshold);
                body.mean_up_to(*threshold) + (1.0 - under) * excess(most - threshold, *scale, *shape)
            }
            Self::Triangular { minimum, mode, maximum } => {
                let (range, most) = (maximum - minimum, most.min(*maximum));
                if most <= *minimum {
                    most
                } else if most <= *mode {
                    let above = most - minimum;
                    most - above * above * above / (3.0 * range * (mode - minimum))
                } else {
                    let left = maximum - most;
                    let past_mode = if left > 0.0 { left * left * left / (maximum - mode) } else { 0.0 };
                    self.mean() - past_mode / (3.0 * range)
                }
            }
            Self::Pert { minimum, maximum, .. } => {
                let part = (most - minimum) / (maximum - minimum);
                if part <= 0.0 {
                    return most;
                }
                let (a, b) = self.shapes().unwrap_or((1.0, 1.0));
                let larger = Beta::new(a + 1.0, b).map_or(f64::NAN, |law| law.cdf(part));
                let held = part * (1.0 - self.cdf(most));
                minimum + (maximum - minimum) * (a / (a + b) * larger + held)
            }
            Self::Empirical(past) => {
                past.iter().map(|value| value.min(most)).sum::<f64>() / past.len() as f64
            }
        }
    }
}

/// `(1 - e^(-rate·x))/rate`, and `x` where the rate is nothing.
fn saturation(x: f64, rate: f64) -> f64 {
    if rate.abs() < super::STRAIGHT { x } else { -libm::expm1(-rate * x) / rate }
}

/// The mean excess over a threshold of a generalised Pareto law, held to `most`:
/// `∫₀^most share beyond y dy`.
fn excess(most: f64, scale: f64, shape: f64) -> f64 {
    if shape.abs() < super::STRAIGHT {
        return scale * -libm::expm1(-most / scale);
    }
    if (1.0 - shape).abs() < super::STRAIGHT {
        return scale * libm::log1p(most / scale);
    }
    let left = (1.0 + shape * most / scale).max(0.0) * beyond(most, scale, shape);
    scale / (1.0 - shape) * (1.0 - left)
}

#[cfg(test)]
mod tests {
    use std::f64::consts::FRAC_PI_2;

    use super::super::tests::of_each_kind;
    use super::*;

    /// The quantiles in the middle of many slices of all values, finer towards both
    /// ends, with the share of values in each.
    fn slices(law: &Law) -> Vec<(f64, f64)> {
        const SLICES: u32 = 50_000;
        let at = |slice: u32| {
            let sine = (FRAC_PI_2 * f64::from(slice) / f64::from(SLICES)).sin();
            sine * sine
        };
        let slice = |slice: u32| {
            let (from, to) = (at(slice), at(slice + 1));
            (to - from, law.quantile(f64::midpoint(from, to)))
        };
        (0..SLICES).map(slice).collect()
    }

    #[test]
    fn means_are_those_of_the_quantiles() {
        for law in of_each_kind() {
            let slices = slices(&law);
            for most in [0.5, 1.5, 3.0, 20.0, 30.0, 60.0, f64::INFINITY] {
                let exact = if most.is_finite() { law.mean_up_to(most) } else { law.mean() };
                let summed: f64 = slices.iter().map(|(share, value)| share * value.min(most)).sum();
                assert!(
                    (exact - summed).abs() < 3e-4 * exact,
                    "{law:?} to {most}: {exact} against {summed}"
                );
            }
        }
    }

    #[test]
    fn what_hardly_any_value_passes_holds_nothing_back() {
        for law in of_each_kind() {
            let (mean, held) = (law.mean(), law.mean_up_to(1e9));
            assert!((mean - held).abs() < 1e-5 * mean, "{law:?}: {mean} against {held}");
        }
    }

    #[test]
    fn a_law_without_a_mean_has_one_up_to_a_most() {
        let pareto = |alpha| Law::Pareto { minimum: 2.0, alpha };
        assert_eq!(pareto(1.0).mean(), f64::INFINITY);
        for (alpha, exact) in
            [(1.0, 2.0 + 2.0 * libm::log(50.0)), (0.5, 2.0 * (1.0 + (libm::sqrt(50.0) - 1.0) / 0.5))]
        {
            assert!((pareto(alpha).mean_up_to(100.0) - exact).abs() < 1e-9, "{alpha}");
        }
        // One unit beyond, of which the logarithm of two is kept.
        assert!((excess(10.0, 10.0, 1.0) - 10.0 * std::f64::consts::LN_2).abs() < 1e-12);
    }
}
