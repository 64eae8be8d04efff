//! Curves of the laws that can be fitted: density, share above, and their inverse.

use crate::peril::gamma::Gamma;
use crate::peril::{Law, normal};

/// A law of durations with two parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// By its median and the spread of its logarithm.
    Lognormal,
    /// By shape and scale.
    Weibull,
    /// By shape and scale.
    Gamma,
    /// From a least duration on.
    Pareto,
}

impl Family {
    /// Every law, in the order of tables.
    pub const ALL: [Self; 4] = [Self::Lognormal, Self::Weibull, Self::Gamma, Self::Pareto];

    /// Returns its name in a scenario file.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Lognormal => "lognormal",
            Self::Weibull => "weibull",
            Self::Gamma => "gamma",
            Self::Pareto => "pareto",
        }
    }

    /// Returns the names of its parameters in a scenario file.
    #[must_use]
    pub fn parameters(self) -> [&'static str; 2] {
        match self {
            Self::Lognormal => ["median", "sigma"],
            Self::Weibull | Self::Gamma => ["shape", "scale"],
            Self::Pareto => ["minimum", "alpha"],
        }
    }

    /// Returns which of its parameters are in hours.
    #[must_use]
    pub fn in_hours(self) -> [bool; 2] {
        match self {
            Self::Lognormal | Self::Pareto => [true, false],
            Self::Weibull | Self::Gamma => [false, true],
        }
    }
}

/// A law with its parameters, in the order of [`Family::parameters`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Curve {
    /// The law.
    pub family: Family,
    /// Its parameters; a time is in hours.
    pub parameters: [f64; 2],
}

impl Curve {
    /// Returns the natural logarithm of the density, in 1/h.
    ///
    /// # Formula
    ///
    /// ```text
    /// lognormal   -ln(xσ√(2π)) - (ln(x/m)/σ)²/2
    /// weibull     ln(k/s) + (k - 1)·ln(x/s) - (x/s)^k
    /// gamma       (k - 1)·ln(x/s) - x/s - ln Γ(k) - ln s
    /// pareto      ln α + α·ln m - (α + 1)·ln x
    /// ```
    pub(super) fn ln_density(self, x: f64) -> f64 {
        let [first, second] = self.parameters;
        match self.family {
            Family::Lognormal => {
                let z = libm::log(x / first) / second;
                -libm::log(x * second) - LN_ROOT_2_PI - 0.5 * z * z
            }
            Family::Weibull => {
                let ln = libm::log(x / second);
                libm::log(first / second) + (first - 1.0) * ln - libm::exp(first * ln)
            }
            Family::Gamma => {
                let y = x / second;
                (first - 1.0) * libm::log(y) - y - libm::lgamma(first) - libm::log(second)
            }
            Family::Pareto => libm::log(second / x) - second * libm::log(x / first),
        }
    }

    /// Returns the natural logarithm of the share of outages that last longer than `x`.
    pub(super) fn ln_above(self, x: f64) -> f64 {
        let [first, second] = self.parameters;
        match self.family {
            Family::Lognormal => ln_normal_above(libm::log(x / first) / second),
            Family::Weibull => -libm::pow(x / second, first),
            Family::Gamma => Gamma::of_shape(first).ln_above(x / second),
            Family::Pareto => -second * libm::log(x / first).max(0.0),
        }
    }

    /// Returns the duration in hours that a share of outages passes, of those that last
    /// at least `from`.
    #[must_use]
    pub fn exceeded_by(self, share: f64, from: Option<f64>) -> f64 {
        let share = from.map_or(share, |from| share * libm::exp(self.ln_above(from)));
        let [first, second] = self.parameters;
        match self.family {
            Family::Lognormal => first * libm::exp(-second * normal::quantile(share)),
            Family::Weibull => second * libm::pow(-libm::log(share), 1.0 / first),
            Family::Gamma => second * Gamma::of_shape(first).exceeded_by(share),
            Family::Pareto => first * libm::pow(share, -1.0 / second),
        }
    }

    /// Returns the share of all outages that reach a duration, in hours.
    #[must_use]
    pub fn reaching(self, hours: f64) -> f64 {
        libm::exp(self.ln_above(hours))
    }

    /// Returns the law as a peril has it.
    #[must_use]
    pub fn law(self) -> Law {
        let [first, second] = self.parameters;
        match self.family {
            Family::Lognormal => Law::Lognormal { median: first, sigma: second },
            Family::Weibull => Law::Weibull { shape: first, scale: second },
            Family::Gamma => Law::Gamma { shape: first, scale: second },
            Family::Pareto => Law::Pareto { minimum: first, alpha: second },
        }
    }
}

pub(super) const LN_ROOT_2_PI: f64 = 0.918_938_533_204_672_8;

/// Natural logarithm of the share of the standard normal law above `z`.
pub(super) fn ln_normal_above(z: f64) -> f64 {
    if z < 0.0 {
        libm::log1p(-normal::below(z))
    } else if z < 35.0 {
        libm::log(normal::below(-z))
    } else {
        // Mills' ratio: beyond this the share itself is nothing in f64.
        -0.5 * z * z - LN_ROOT_2_PI - libm::log(z) + libm::log1p(-1.0 / (z * z))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use statrs::distribution::{self, Continuous, ContinuousCDF, LogNormal, Pareto, Weibull};

    const CURVES: [Curve; 5] = [
        Curve { family: Family::Lognormal, parameters: [6.0, 1.2] },
        Curve { family: Family::Weibull, parameters: [0.7, 5.0] },
        Curve { family: Family::Gamma, parameters: [0.4, 12.0] },
        Curve { family: Family::Gamma, parameters: [30.0, 0.2] },
        Curve { family: Family::Pareto, parameters: [0.5, 1.5] },
    ];

    /// The logarithm of the density and the share above, as a library has them.
    fn of_a_library(curve: Curve, x: f64) -> (f64, f64) {
        let [first, second] = curve.parameters;
        match curve.family {
            Family::Lognormal => {
                let law = LogNormal::new(libm::log(first), second).unwrap();
                (law.ln_pdf(x), law.sf(x))
            }
            Family::Weibull => {
                let law = Weibull::new(first, second).unwrap();
                (law.ln_pdf(x), law.sf(x))
            }
            Family::Gamma => {
                let law = distribution::Gamma::new(first, 1.0 / second).unwrap();
                (law.ln_pdf(x), law.sf(x))
            }
            Family::Pareto => {
                let law = Pareto::new(first, second).unwrap();
                (law.ln_pdf(x), law.sf(x))
            }
        }
    }

    #[test]
    fn densities_and_shares_are_those_of_a_library() {
        for curve in CURVES {
            for x in [0.6, 1.0, 4.0, 11.0, 40.0] {
                let (density, above) = of_a_library(curve, x);
                assert!((curve.ln_density(x) - density).abs() < 1e-9, "{curve:?} at {x}");
                assert!((curve.reaching(x) - above).abs() < 1e-9, "{curve:?} at {x}");
            }
        }
    }

    #[test]
    fn the_duration_that_a_share_passes_is_the_quantile_of_the_peril() {
        for curve in CURVES {
            let peril = crate::peril::Duration::new(curve.law(), None).unwrap();
            for u in [0.01, 0.5, 0.9, 0.999] {
                let (ours, theirs) = (curve.exceeded_by(1.0 - u, None), peril.quantile(u).0);
                assert!((ours - theirs).abs() < 1e-8 * theirs, "{curve:?}: {ours}, {theirs}");
            }
            let from = 3.0;
            let beyond = curve.exceeded_by(0.25, Some(from));
            assert!((curve.reaching(beyond) / curve.reaching(from) - 0.25).abs() < 1e-9);
        }
    }

    #[test]
    fn the_far_tail_of_the_normal_law_joins_on() {
        let (before, after) = (ln_normal_above(35.0 - 1e-9), ln_normal_above(35.0));
        assert!((before - after).abs() < 1e-5, "{before} {after}");
        assert!((ln_normal_above(-9.0) + 1.128_588_405_953_840_7e-19).abs() < 1e-30);
    }
}
