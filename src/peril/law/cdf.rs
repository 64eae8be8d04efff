//! The share of values that do not pass a value.

use statrs::distribution::{Beta, ContinuousCDF};

use super::Law;
use crate::peril::gamma::Gamma;
use crate::peril::normal::below;

impl Law {
    /// Returns the share of values that do not pass `x`, from 0 to 1.
    ///
    /// # Formula
    ///
    /// ```text
    /// lognormal     Φ(ln(x/m)/σ)
    /// gamma         P(k, x/s)                     regularised incomplete gamma function
    /// weibull       1 - e^(-(x/s)^k)
    /// pareto        1 - (m/x)^α                   from m on
    /// tail          body up to t; above it 1 - (1 - F(t)) · (1 + ξ(x - t)/β)^(-1/ξ)
    /// triangular    (x - a)²/((b - a)(c - a)) up to c; 1 - (b - x)²/((b - a)(b - c)) above
    /// pert          regularised incomplete beta function
    /// empirical     how many of the past values, of all
    /// ```
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        match self {
            Self::Fixed(value) => f64::from(x >= *value),
            Self::Empirical(past) => past.partition_point(|value| *value <= x) as f64 / past.len() as f64,
            _ if x <= 0.0 => 0.0,
            Self::Lognormal { median, sigma } => below(libm::log(x / median) / sigma),
            Self::Gamma { shape, scale } => Gamma::of_shape(*shape).below(x / scale),
            Self::Weibull { shape, scale } => -libm::expm1(-libm::pow(x / scale, *shape)),
            Self::Pareto { minimum, .. } if x <= *minimum => 0.0,
            Self::Pareto { minimum, alpha } => 1.0 - libm::pow(minimum / x, *alpha),
            Self::Tail { body, threshold, .. } if x < *threshold => body.cdf(x),
            Self::Tail { body, threshold, scale, shape } => {
                1.0 - (1.0 - body.cdf(*threshold)) * beyond(x - threshold, *scale, *shape)
            }
            Self::Triangular { minimum, mode, maximum } => {
                let (range, x) = (maximum - minimum, x.clamp(*minimum, *maximum));
                if x < *mode {
                    (x - minimum) * (x - minimum) / (range * (mode - minimum))
                } else if x < *maximum {
                    1.0 - (maximum - x) * (maximum - x) / (range * (maximum - mode))
                } else {
                    1.0
                }
            }
            Self::Pert { minimum, maximum, .. } => {
                let part = (x - minimum) / (maximum - minimum);
                self.beta().map_or(f64::NAN, |law| law.cdf(part))
            }
        }
    }

    /// The law of where between least and largest a PERT law's values lie.
    pub(super) fn beta(&self) -> Option<Beta> {
        let (a, b) = self.shapes()?;
        Beta::new(a, b).ok()
    }

    /// The two shapes of a PERT law.
    pub(super) fn shapes(&self) -> Option<(f64, f64)> {
        let Self::Pert { minimum, mode, maximum } = self else { return None };
        let range = maximum - minimum;
        Some((1.0 + 4.0 * (mode - minimum) / range, 1.0 + 4.0 * (maximum - mode) / range))
    }
}

/// The share of a generalised Pareto law that lies beyond `x`, counted from the threshold.
pub(super) fn beyond(x: f64, scale: f64, shape: f64) -> f64 {
    if shape.abs() < super::STRAIGHT {
        return libm::exp(-x / scale);
    }
    let base = 1.0 + shape * x / scale;
    if base > 0.0 { libm::pow(base, -1.0 / shape) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::super::tests::of_each_kind;
    use super::*;

    #[test]
    fn a_share_of_values_lies_below_the_quantile_of_that_share() {
        for law in of_each_kind() {
            for u in [1e-6, 0.01, 0.3, 0.5, 0.9, 0.97, 0.999, 1.0 - 1e-9] {
                let x = law.quantile(u);
                let near = 1e-8 + 1e-9 * x;
                let (below, above) = (law.cdf(x - near), law.cdf(x + near));
                let rounding = 1e-12;
                assert!(
                    below <= u + rounding && u <= above + rounding,
                    "{law:?} at {u}: from {below} to {above}"
                );
            }
        }
    }

    #[test]
    fn nothing_lies_below_the_least_and_everything_below_the_largest() {
        for law in of_each_kind() {
            assert_eq!((law.cdf(-1.0), law.cdf(f64::INFINITY)), (0.0, 1.0), "{law:?}");
        }
        let ends = Law::Tail {
            body: Box::new(Law::Weibull { shape: 1.0, scale: 5.0 }),
            threshold: 10.0,
            scale: 4.0,
            shape: -0.5,
        };
        assert_eq!(ends.cdf(18.0), 1.0, "a tail of shape -0.5 ends two scales beyond the threshold");
    }
}
