//! Law: how values of one kind, such as durations, spread.

mod cdf;
mod fit;
mod mean;
mod partial;

pub use fit::Quantile;
pub use partial::Moments;

use std::fmt;

use statrs::distribution::ContinuousCDF;

use super::elementary::exp;
use super::gamma::Gamma;
use super::normal;
use crate::wide::{Columns, wide};

/// A law of values that are never below zero: hours of a duration, or a factor.
///
/// # Formula
///
/// The value that a share `u` of all outages does not pass, `Q(u)`:
///
/// ```text
/// fixed         always the same
/// lognormal     m · e^(σ·Φ⁻¹(u))                                   median m
/// weibull       s · (-ln(1 - u))^(1/k)                             scale s, shape k
/// pareto        m · (1 - u)^(-1/α)                                 from m on
/// tail          body up to t; above it t + β/ξ·(((1 - F(t))/(1 - u))^ξ - 1)
/// triangular    a, most often c, at most b
/// pert          a + (b - a) · B(1 + 4(c - a)/(b - a), 1 + 4(b - c)/(b - a))
/// gamma         shape k, scale s, by its inverse
/// empirical     past values, each as likely as another
/// ```
///
/// # Source
///
/// Klugman, Panjer and Willmot, Loss Models, appendix A; the tail is the
/// generalised Pareto law of Pickands, Balkema and de Haan.
#[derive(Clone, Debug, PartialEq)]
pub enum Law {
    /// Always the same.
    Fixed(f64),
    /// By its median and the spread of its logarithm.
    Lognormal {
        /// Half of all values lie below.
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
    /// From a least value on.
    Pareto {
        /// The least.
        minimum: f64,
        /// Tail index: the lower, the heavier.
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
    /// Least, most frequent and largest, in the judgement of somebody who knows.
    Triangular {
        /// Least.
        minimum: f64,
        /// Most frequent.
        mode: f64,
        /// Largest.
        maximum: f64,
    },
    /// The same three, with less weight at the ends.
    Pert {
        /// Least.
        minimum: f64,
        /// Most frequent.
        mode: f64,
        /// Largest.
        maximum: f64,
    },
    /// Past values, in order.
    Empirical(Vec<f64>),
}

/// A shape of a tail closer to nothing than this is none: the tail is exponential.
const STRAIGHT: f64 = 1e-12;

impl Law {
    /// Checks a law and the most that its values are held to, so that no draw has to.
    pub(super) fn check(&self, at_most: Option<f64>) -> Result<(), InvalidLaw> {
        self.check_parameters()?;
        if at_most.is_some_and(|most| !(most.is_finite() && most > 0.0)) {
            return Err(InvalidLaw::OutOfRange("`at_most` must be above 0"));
        }
        if at_most.is_none() && !self.mean().is_finite() {
            return Err(InvalidLaw::EndlessMean);
        }
        Ok(())
    }

    fn check_parameters(&self) -> Result<(), InvalidLaw> {
        let above_zero = |what, value: f64| {
            let good = value.is_finite() && value > 0.0;
            if good { Ok(()) } else { Err(InvalidLaw::OutOfRange(what)) }
        };
        match *self {
            Self::Fixed(value) => {
                let good = value.is_finite() && value >= 0.0;
                if good { Ok(()) } else { Err(InvalidLaw::OutOfRange("the value must be 0 or more")) }
            }
            Self::Lognormal { median, sigma } => {
                above_zero("the median must be above 0", median)?;
                above_zero("sigma must be above 0", sigma)
            }
            Self::Gamma { shape, scale } | Self::Weibull { shape, scale } => {
                above_zero("the shape must be above 0", shape)?;
                above_zero("the scale must be above 0", scale)
            }
            Self::Pareto { minimum, alpha } => {
                above_zero("the least value must be above 0", minimum)?;
                above_zero("alpha must be above 0", alpha)
            }
            Self::Tail { ref body, threshold, scale, shape } => {
                body.check_parameters()?;
                above_zero("the threshold must be above 0", threshold)?;
                above_zero("the tail's scale must be above 0", scale)?;
                if matches!(**body, Self::Tail { .. }) || !shape.is_finite() {
                    return Err(InvalidLaw::OutOfRange(
                        "the tail must have a finite shape and no tail of its own",
                    ));
                }
                let under = body.cdf(threshold);
                let inside = under > 0.0 && under < 1.0;
                if inside {
                    Ok(())
                } else {
                    Err(InvalidLaw::OutOfRange(
                        "the tail must begin where some values of the law lie below and some above",
                    ))
                }
            }
            Self::Triangular { minimum, mode, maximum } | Self::Pert { minimum, mode, maximum } => {
                let order = minimum >= 0.0 && minimum <= mode && mode <= maximum && minimum < maximum;
                let good = order && maximum.is_finite();
                if good { Ok(()) } else { Err(InvalidLaw::Order) }
            }
            Self::Empirical(ref past) => {
                let good = !past.is_empty()
                    && past.is_sorted()
                    && past.iter().all(|value| value.is_finite() && *value >= 0.0);
                if good {
                    Ok(())
                } else {
                    Err(InvalidLaw::OutOfRange("past values must be 0 or more, and there must be one"))
                }
            }
        }
    }

    /// Returns the value that a share `u` of all, from 0 to 1, does not pass.
    #[must_use]
    #[inline]
    pub fn quantile(&self, u: f64) -> f64 {
        match self {
            Self::Fixed(value) => *value,
            Self::Lognormal { median, sigma } => median * exp(sigma * normal::quantile(u)),
            Self::Gamma { shape, scale } => scale * Gamma::of_shape(*shape).quantile(u),
            Self::Weibull { shape, scale } => scale * libm::pow(-libm::log1p(-u), 1.0 / shape),
            Self::Pareto { minimum, alpha } => minimum * libm::pow(1.0 - u, -1.0 / alpha),
            Self::Tail { body, threshold, scale, shape } => {
                let under = body.cdf(*threshold);
                if u < under {
                    return body.quantile(u);
                }
                let beyond = libm::log((1.0 - under) / (1.0 - u));
                let growth =
                    if shape.abs() < STRAIGHT { beyond } else { libm::expm1(shape * beyond) / shape };
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
            Self::Pert { minimum, maximum, .. } => {
                minimum + (maximum - minimum) * self.beta().map_or(f64::NAN, |law| law.inverse_cdf(u))
            }
            Self::Empirical(past) => past[((u * past.len() as f64) as usize).min(past.len() - 1)],
        }
    }
}

impl Law {
    /// Turns draws from 0 to 1 into values, each as [`Law::quantile`] does.
    pub fn quantiles(&self, draws: &mut [f64]) {
        match *self {
            Self::Fixed(value) => draws.fill(value),
            Self::Empirical(ref values) if values.len() == 1 => draws.fill(values[0]),
            Self::Lognormal { median, sigma } => wide(Lognormal { draws, median, sigma }),
            Self::Gamma { shape, scale } => {
                let law = Gamma::of_shape(shape);
                draws.iter_mut().for_each(|draw| *draw = scale * law.quantile(*draw));
            }
            _ => draws.iter_mut().for_each(|draw| *draw = self.quantile(*draw)),
        }
    }
}

/// Draws that become lognormal numbers.
struct Lognormal<'d> {
    draws: &'d mut [f64],
    median: f64,
    sigma: f64,
}

impl Columns for Lognormal<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        normal::quantiles(self.draws);
        for draw in self.draws {
            *draw = self.median * exp(self.sigma * *draw);
        }
    }
}

/// A law that says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvalidLaw {
    /// A parameter is out of its range: what it must be.
    OutOfRange(&'static str),
    /// Least, most frequent and largest are not in this order.
    Order,
    /// Quantiles do not rise.
    Quantiles,
    /// The mean is endless, and values are held to nothing.
    EndlessMean,
}

impl fmt::Display for InvalidLaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OutOfRange(what) => write!(f, "{what}"),
            Self::Order => write!(f, "least, most frequent and largest value are not in this order"),
            Self::Quantiles => write!(f, "quantiles do not rise: more must lie below a larger value"),
            Self::EndlessMean => {
                write!(f, "the mean is endless, so that no figure of a year would ever settle")
            }
        }
    }
}

impl std::error::Error for InvalidLaw {}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use statrs::distribution::{LogNormal, Pareto, Triangular, Weibull};

    /// One law of each kind, and tails of each shape.
    pub(in crate::peril) fn of_each_kind() -> Vec<Law> {
        let tail = |body: Law, shape| {
            let body = Box::new(body);
            Law::Tail { body, threshold: 24.0, scale: 10.0, shape }
        };
        let lognormal = Law::Lognormal { median: 6.0, sigma: 1.2 };
        let past = Law::Empirical(vec![1.0, 2.0, 2.0, 8.0, 127.5]);
        vec![
            Law::Fixed(6.5),
            lognormal.clone(),
            Law::Gamma { shape: 0.6, scale: 9.0 },
            Law::Gamma { shape: 3.0, scale: 2.0 },
            Law::Weibull { shape: 0.7, scale: 5.0 },
            Law::Weibull { shape: 2.0, scale: 5.0 },
            Law::Pareto { minimum: 2.0, alpha: 3.5 },
            tail(lognormal.clone(), 0.3),
            tail(lognormal.clone(), 0.0),
            tail(lognormal, -0.4),
            tail(past.clone(), 0.2),
            Law::Triangular { minimum: 1.0, mode: 4.0, maximum: 48.0 },
            Law::Triangular { minimum: 0.0, mode: 0.0, maximum: 2.0 },
            Law::Pert { minimum: 1.0, mode: 4.0, maximum: 48.0 },
            past,
        ]
    }

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
    fn a_column_of_draws_has_the_value_of_each() {
        for law in of_each_kind() {
            let mut column: Vec<f64> = (1..700).map(|step| f64::from(step) / 700.0).collect();
            let each: Vec<f64> = column.iter().map(|draw| law.quantile(*draw)).collect();
            law.quantiles(&mut column);
            assert_eq!(column, each, "{law:?}");
        }
    }

    #[test]
    fn a_tail_begins_where_the_body_ends() {
        let body = Box::new(Law::Lognormal { median: 6.0, sigma: 1.0 });
        let under = body.cdf(24.0);
        let law = Law::Tail { body, threshold: 24.0, scale: 10.0, shape: 0.3 };
        assert!((law.quantile(under - 1e-9) - 24.0).abs() < 1e-5);
        assert!((law.quantile(under + 1e-9) - 24.0).abs() < 1e-5);
        assert!(law.quantile(0.999) > 24.0);
    }

    #[test]
    fn past_values_are_each_as_likely() {
        let law = Law::Empirical(vec![1.0, 2.0, 8.0, 127.5]);
        assert_eq!([0.1, 0.3, 0.6, 0.9].map(|u| law.quantile(u)), [1.0, 2.0, 8.0, 127.5]);
    }

    #[test]
    fn refuses_parameters_that_are_out_of_range() {
        let body = || Box::new(Law::Lognormal { median: 6.0, sigma: 1.0 });
        let tail = |body, threshold, scale| Law::Tail { body, threshold, scale, shape: 0.1 };
        let nested = Box::new(tail(body(), 24.0, 10.0));
        for (law, because) in [
            (Law::Fixed(-1.0), "below zero"),
            (Law::Lognormal { median: 6.0, sigma: f64::NAN }, "no number"),
            (Law::Gamma { shape: 0.0, scale: 1.0 }, "no shape"),
            (Law::Pareto { minimum: 0.0, alpha: 2.0 }, "no least value"),
            (Law::Empirical(vec![]), "nothing is past"),
            (Law::Empirical(vec![2.0, 1.0]), "not in order"),
            (Law::Pert { minimum: 6.0, mode: 4.0, maximum: 48.0 }, "not in order"),
            (tail(body(), 24.0, 0.0), "no scale"),
            (tail(nested, 48.0, 1.0), "a tail of a tail"),
            (tail(Box::new(Law::Fixed(30.0)), 24.0, 1.0), "no body below the threshold"),
        ] {
            assert!(law.check(Some(1e3)).is_err(), "{law:?}: {because}");
        }
        assert!(of_each_kind().iter().all(|law| law.check(None).is_ok()));
        assert_eq!(
            Law::Fixed(1.0).check(Some(0.0)),
            Err(InvalidLaw::OutOfRange("`at_most` must be above 0"))
        );
    }

    #[test]
    fn an_endless_mean_needs_a_most() {
        let body = Box::new(Law::Lognormal { median: 6.0, sigma: 1.0 });
        for law in [
            Law::Pareto { minimum: 1.0, alpha: 1.0 },
            Law::Tail { body, threshold: 24.0, scale: 1.0, shape: 1.0 },
            Law::Lognormal { median: 1.0, sigma: 60.0 },
        ] {
            assert_eq!(law.check(None), Err(InvalidLaw::EndlessMean), "{law:?}");
            assert_eq!(law.check(Some(168.0)), Ok(()), "{law:?}");
        }
    }
}
