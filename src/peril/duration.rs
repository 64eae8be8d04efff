//! Duration: how long an outage of a peril lasts.

use std::fmt;

use statrs::distribution::{Beta, ContinuousCDF, Gamma};

use super::normal;
use crate::quantity::Hours;

/// The law of an outage's duration.
///
/// # Formula
///
/// The duration that a share `u` of all outages does not pass, `Q(u)`:
///
/// ```text
/// lognormal     m · e^(σ·Φ⁻¹(u))                                   median m
/// weibull       s · (-ln(1 - u))^(1/k)                             scale s, shape k
/// pareto        m · (1 - u)^(-1/α)                                 from m on
/// tail          body up to t; above it t + β/ξ·(((1 - F(t))/(1 - u))^ξ - 1)
/// triangular    a, most often c, at most b
/// pert          a + (b - a) · B(1 + 4(c - a)/(b - a), 1 + 4(b - c)/(b - a))
/// gamma         shape k, scale s, by its inverse
/// empirical     past outages, each as likely as another
/// ```
///
/// # Source
///
/// Klugman, Panjer and Willmot, Loss Models, appendix A; the tail is the
/// generalised Pareto law of Pickands, Balkema and de Haan.
#[derive(Clone, Debug, PartialEq)]
pub struct Duration {
    law: Law,
    /// No outage lasts longer; none is endless.
    at_most: Option<Hours>,
}

/// A law of durations, with parameters in hours.
#[derive(Clone, Debug, PartialEq)]
pub enum Law {
    /// By its median and the spread of its logarithm.
    Lognormal {
        /// Half of all outages are over by then.
        median: f64,
        /// Standard deviation of the logarithm.
        sigma: f64,
    },
    /// By shape and scale.
    Gamma {
        /// Shape.
        shape: f64,
        /// Scale.
        scale: f64,
    },
    /// By shape and scale.
    Weibull {
        /// Shape.
        shape: f64,
        /// Scale.
        scale: f64,
    },
    /// From a least duration on.
    Pareto {
        /// The least.
        minimum: f64,
        /// Tail index: the lower, the longer.
        alpha: f64,
    },
    /// A body, and above a threshold a generalised Pareto tail.
    Tail {
        /// Law up to the threshold.
        body: Box<Law>,
        /// Where the tail begins.
        threshold: f64,
        /// Its scale.
        scale: f64,
        /// Its shape.
        shape: f64,
    },
    /// Least, most frequent and longest, in the judgement of somebody who knows.
    Triangular {
        /// Least.
        minimum: f64,
        /// Most frequent.
        mode: f64,
        /// Longest.
        maximum: f64,
    },
    /// The same three, with less weight at the ends.
    Pert {
        /// Least.
        minimum: f64,
        /// Most frequent.
        mode: f64,
        /// Longest.
        maximum: f64,
    },
    /// Past outages, in order of duration.
    Empirical(Vec<f64>),
}

impl Duration {
    /// Checks a law once, so that no draw has to.
    ///
    /// # Errors
    ///
    /// Refuses parameters that are out of the law's range, and a law whose mean is
    /// endless where no longest duration is given.
    pub fn new(law: Law, at_most: Option<Hours>) -> Result<Self, InvalidDuration> {
        law.check()?;
        if at_most.is_some_and(|most| !(most.0.is_finite() && most.0 > 0.0)) {
            return Err(InvalidDuration::Parameter("the longest duration"));
        }
        if at_most.is_none() && law.mean_is_endless() {
            return Err(InvalidDuration::EndlessMean);
        }
        Ok(Self { law, at_most })
    }

    /// A lognormal law through two of its quantiles.
    ///
    /// # Errors
    ///
    /// Refuses quantiles that do not rise, and as [`Duration::new`].
    pub fn lognormal_through(
        [first, second]: [(f64, Hours); 2],
        at_most: Option<Hours>,
    ) -> Result<Self, InvalidDuration> {
        let inside = |p: f64| p > 0.0 && p < 1.0;
        let rises = first.0 < second.0 && Hours::ZERO < first.1 && first.1 < second.1;
        if !(inside(first.0) && inside(second.0) && rises) {
            return Err(InvalidDuration::Quantiles);
        }
        let (z1, z2) = (normal::quantile(first.0), normal::quantile(second.0));
        let (x1, x2) = (libm::log(first.1.0), libm::log(second.1.0));
        let sigma = (x2 - x1) / (z2 - z1);
        Self::new(Law::Lognormal { median: libm::exp(x1 - sigma * z1), sigma }, at_most)
    }

    /// Returns the duration that a share `u` of outages, from 0 to 1, does not pass.
    #[must_use]
    #[inline]
    pub fn quantile(&self, u: f64) -> Hours {
        let hours = Hours(self.law.quantile(u));
        self.at_most.map_or(hours, |most| hours.min(most))
    }

    /// Returns the longest duration, where there is one.
    #[must_use]
    pub fn at_most(&self) -> Option<Hours> {
        self.at_most
    }

    /// Returns the law.
    #[must_use]
    pub fn law(&self) -> &Law {
        &self.law
    }
}

impl Law {
    fn check(&self) -> Result<(), InvalidDuration> {
        let above_zero = |what, value: f64| {
            let good = value.is_finite() && value > 0.0;
            if good { Ok(()) } else { Err(InvalidDuration::Parameter(what)) }
        };
        match *self {
            Self::Lognormal { median, sigma } => {
                above_zero("the median", median)?;
                above_zero("sigma", sigma)
            }
            Self::Gamma { shape, scale } | Self::Weibull { shape, scale } => {
                above_zero("the shape", shape)?;
                above_zero("the scale", scale)
            }
            Self::Pareto { minimum, alpha } => {
                above_zero("the least duration", minimum)?;
                above_zero("alpha", alpha)
            }
            Self::Tail { ref body, threshold, scale, shape } => {
                body.check()?;
                above_zero("the threshold", threshold)?;
                above_zero("the tail's scale", scale)?;
                if matches!(**body, Self::Tail { .. }) || !shape.is_finite() {
                    return Err(InvalidDuration::Parameter("the tail"));
                }
                let under = body.share_under(threshold);
                let inside = under > 0.0 && under < 1.0;
                if inside { Ok(()) } else { Err(InvalidDuration::Parameter("the threshold")) }
            }
            Self::Triangular { minimum, mode, maximum } | Self::Pert { minimum, mode, maximum } => {
                let order = minimum >= 0.0 && minimum <= mode && mode <= maximum && minimum < maximum;
                let good = order && maximum.is_finite();
                if good { Ok(()) } else { Err(InvalidDuration::Order) }
            }
            Self::Empirical(ref past) => {
                let good = !past.is_empty() && past.is_sorted() && past.iter().all(|hours| *hours > 0.0);
                if good && past.iter().all(|hours| hours.is_finite()) {
                    Ok(())
                } else {
                    Err(InvalidDuration::Parameter("past outages"))
                }
            }
        }
    }

    fn mean_is_endless(&self) -> bool {
        match *self {
            Self::Pareto { alpha, .. } => alpha <= 1.0,
            Self::Tail { shape, .. } => shape >= 1.0,
            _ => false,
        }
    }

    #[inline]
    fn quantile(&self, u: f64) -> f64 {
        match self {
            Self::Lognormal { median, sigma } => median * libm::exp(sigma * normal::quantile(u)),
            Self::Gamma { shape, scale } => {
                Gamma::new(*shape, 1.0 / scale).map_or(f64::NAN, |law| law.inverse_cdf(u))
            }
            Self::Weibull { shape, scale } => scale * libm::pow(-libm::log1p(-u), 1.0 / shape),
            Self::Pareto { minimum, alpha } => minimum * libm::pow(1.0 - u, -1.0 / alpha),
            Self::Tail { body, threshold, scale, shape } => {
                let under = body.share_under(*threshold);
                if u <= under {
                    return body.quantile(u);
                }
                let beyond = libm::log((1.0 - under) / (1.0 - u));
                let growth = if shape.abs() < 1e-12 { beyond } else { libm::expm1(shape * beyond) / shape };
                threshold + scale * growth
            }
            Self::Triangular { minimum, mode, maximum } => {
                let (rise, fall) = (mode - minimum, maximum - mode);
                let range = maximum - minimum;
                if u * range <= rise {
                    minimum + (u * range * rise).sqrt()
                } else {
                    maximum - ((1.0 - u) * range * fall).sqrt()
                }
            }
            Self::Pert { minimum, mode, maximum } => {
                let range = maximum - minimum;
                let (a, b) = (1.0 + 4.0 * (mode - minimum) / range, 1.0 + 4.0 * (maximum - mode) / range);
                minimum + range * Beta::new(a, b).map_or(f64::NAN, |law| law.inverse_cdf(u))
            }
            Self::Empirical(past) => past[((u * past.len() as f64) as usize).min(past.len() - 1)],
        }
    }

    /// The share of outages that are over by a duration, found from the quantiles.
    fn share_under(&self, hours: f64) -> f64 {
        let (mut low, mut high) = (0.0, 1.0);
        for _ in 0..60 {
            let middle = f64::midpoint(low, high);
            if self.quantile(middle) <= hours { low = middle } else { high = middle }
        }
        low
    }
}

/// A law that says nothing of how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvalidDuration {
    /// A parameter is out of its range.
    Parameter(&'static str),
    /// Least, most frequent and longest are not in this order.
    Order,
    /// Quantiles do not rise.
    Quantiles,
    /// The mean is endless, and no longest duration is given.
    EndlessMean,
}

impl fmt::Display for InvalidDuration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Parameter(what) => write!(f, "{what} is out of its range"),
            Self::Order => write!(f, "least, most frequent and longest duration are not in this order"),
            Self::Quantiles => write!(f, "a longer duration must be passed by fewer outages"),
            Self::EndlessMean => write!(f, "the mean duration is endless"),
        }
    }
}

impl std::error::Error for InvalidDuration {}

#[cfg(test)]
mod tests {
    use super::*;
    use statrs::distribution::{LogNormal, Pareto, Triangular, Weibull};

    #[test]
    fn quantiles_are_those_of_a_library() {
        let lognormal = LogNormal::new(libm::log(6.0), 1.2).unwrap();
        type Quantile = Box<dyn Fn(f64) -> f64>;
        let laws: [(Law, Quantile); 4] = [
            (Law::Lognormal { median: 6.0, sigma: 1.2 }, Box::new(move |u| lognormal.inverse_cdf(u))),
            (
                Law::Weibull { shape: 0.7, scale: 5.0 },
                Box::new(|u| Weibull::new(0.7, 5.0).unwrap().inverse_cdf(u)),
            ),
            (
                Law::Pareto { minimum: 2.0, alpha: 1.5 },
                Box::new(|u| Pareto::new(2.0, 1.5).unwrap().inverse_cdf(u)),
            ),
            (
                Law::Triangular { minimum: 1.0, mode: 4.0, maximum: 48.0 },
                Box::new(|u| Triangular::new(1.0, 48.0, 4.0).unwrap().inverse_cdf(u)),
            ),
        ];
        for (law, theirs) in laws {
            for u in [1e-6, 0.01, 0.3, 0.5, 0.9, 0.999, 1.0 - 1e-9] {
                let (ours, theirs) = (law.quantile(u), theirs(u));
                assert!((ours - theirs).abs() < 1e-9 * theirs, "{law:?} at {u}: {ours} against {theirs}");
            }
        }
    }

    #[test]
    fn a_law_through_two_quantiles_passes_through_both() {
        let given = [(0.5, Hours(6.0)), (0.95, Hours(48.0))];
        let law = Duration::lognormal_through(given, None).unwrap();
        for (u, hours) in given {
            assert!((law.quantile(u).0 - hours.0).abs() < 1e-9);
        }
        assert!(Duration::lognormal_through([(0.95, Hours(6.0)), (0.5, Hours(48.0))], None).is_err());
    }

    #[test]
    fn a_tail_begins_where_the_body_ends() {
        let body = Box::new(Law::Lognormal { median: 6.0, sigma: 1.0 });
        let law = Law::Tail { body, threshold: 24.0, scale: 10.0, shape: 0.3 };
        let under = law.share_under(24.0);
        assert!((law.quantile(under - 1e-9) - 24.0).abs() < 1e-5);
        assert!((law.quantile(under + 1e-9) - 24.0).abs() < 1e-5);
        assert!(law.quantile(0.999) > 24.0);
    }

    #[test]
    fn past_outages_are_each_as_likely() {
        let law = Law::Empirical(vec![1.0, 2.0, 8.0, 127.5]);
        assert_eq!([0.1, 0.3, 0.6, 0.9].map(|u| law.quantile(u)), [1.0, 2.0, 8.0, 127.5]);
    }

    #[test]
    fn an_endless_mean_needs_a_longest_duration() {
        let law = Law::Pareto { minimum: 1.0, alpha: 1.0 };
        assert_eq!(Duration::new(law.clone(), None), Err(InvalidDuration::EndlessMean));
        let capped = Duration::new(law, Some(Hours(168.0))).unwrap();
        assert_eq!(capped.quantile(1.0 - 1e-12), Hours(168.0));
    }
}
