//! Laws through quantiles that somebody gives.

use super::{InvalidLaw, Law};
use crate::peril::normal;

/// A share of values, and the value that this share does not pass.
pub type Quantile = (f64, f64);

impl Law {
    /// A lognormal law through two of its quantiles, or as near as it gets to more.
    ///
    /// # Formula
    ///
    /// ```text
    /// ln x = ln m + σ · Φ⁻¹(p)        least squares over the quantiles (p, x)
    /// ```
    ///
    /// Two quantiles lie on the line; of three or more none need to.
    ///
    /// # Errors
    ///
    /// Refuses fewer than two quantiles, and such as do not rise.
    pub fn lognormal_through(quantiles: &[Quantile]) -> Result<Self, InvalidLaw> {
        let (level, slope) = line(quantiles, normal::quantile)?;
        Ok(Self::Lognormal { median: libm::exp(level), sigma: slope })
    }

    /// A Weibull law through two of its quantiles, or as near as it gets to more.
    ///
    /// # Formula
    ///
    /// ```text
    /// ln x = ln s + 1/k · ln(-ln(1 - p))        least squares over the quantiles (p, x)
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Law::lognormal_through`].
    pub fn weibull_through(quantiles: &[Quantile]) -> Result<Self, InvalidLaw> {
        let (level, slope) = line(quantiles, |p| libm::log(-libm::log1p(-p)))?;
        Ok(Self::Weibull { shape: 1.0 / slope, scale: libm::exp(level) })
    }

    /// Returns the quantile that the law misses by most, with the value that the law
    /// has in its place, as a part of the one given.
    #[must_use]
    pub fn farthest_from(&self, quantiles: &[Quantile]) -> Option<(Quantile, f64)> {
        let missed = quantiles.iter().map(|(p, x)| ((*p, *x), self.quantile(*p) / x));
        missed.max_by(|(_, one), (_, other)| libm::log(*one).abs().total_cmp(&libm::log(*other).abs()))
    }
}

/// Level and slope of the line through the logarithms of quantiles over their scores.
fn line(quantiles: &[Quantile], score: impl Fn(f64) -> f64) -> Result<(f64, f64), InvalidLaw> {
    let inside = |(p, x): &Quantile| *p > 0.0 && *p < 1.0 && *x > 0.0 && x.is_finite();
    let rise = |pair: &[Quantile]| pair[0].0 < pair[1].0 && pair[0].1 < pair[1].1;
    if quantiles.len() < 2 || !quantiles.iter().all(inside) || !quantiles.windows(2).all(rise) {
        return Err(InvalidLaw::Quantiles);
    }
    let points = || quantiles.iter().map(|(p, x)| (score(*p), libm::log(*x)));
    let number = quantiles.len() as f64;
    let (scores, logs) = points().fold((0.0, 0.0), |(z, y), point| (z + point.0, y + point.1));
    let (score, log) = (scores / number, logs / number);
    let spread = |of: fn((f64, f64)) -> f64| points().map(|(z, y)| of((z - score, y - log))).sum::<f64>();
    let slope = spread(|(z, y)| z * y) / spread(|(z, _)| z * z);
    Ok((log - slope * score, slope))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_law_through_two_quantiles_passes_through_both() {
        for given in [[(0.5, 6.0), (0.95, 48.0)], [(0.1, 0.5), (0.9, 30.0)]] {
            for law in [Law::lognormal_through(&given), Law::weibull_through(&given)] {
                let law = law.unwrap();
                for (p, x) in given {
                    assert!((law.quantile(p) - x).abs() < 1e-9, "{law:?} at {p}");
                }
            }
        }
    }

    #[test]
    fn quantiles_of_a_law_give_it_back_however_many_there_are() {
        let lognormal = Law::Lognormal { median: 6.0, sigma: 1.2 };
        let weibull = Law::Weibull { shape: 0.7, scale: 5.0 };
        let of = |law: &Law| [0.05, 0.25, 0.5, 0.75, 0.99].map(|p| (p, law.quantile(p)));
        let Law::Lognormal { median, sigma } = Law::lognormal_through(&of(&lognormal)).unwrap() else {
            panic!("a lognormal law was asked for")
        };
        assert!((median - 6.0).abs() < 1e-9 && (sigma - 1.2).abs() < 1e-9);
        let Law::Weibull { shape, scale } = Law::weibull_through(&of(&weibull)).unwrap() else {
            panic!("a Weibull law was asked for")
        };
        assert!((shape - 0.7).abs() < 1e-9 && (scale - 5.0).abs() < 1e-9);
    }

    #[test]
    fn a_law_that_cannot_pass_three_quantiles_tells_the_one_it_misses_most() {
        // On normal scores -1.2816, 0 and 1.2816 the mean of the logarithms is the level.
        let given = [(0.1, 1.0), (0.5, 2.0), (0.9, 32.0)];
        let law = Law::lognormal_through(&given).unwrap();
        let Law::Lognormal { median, .. } = law else { panic!("a lognormal law was asked for") };
        assert!((median - 4.0).abs() < 1e-9);
        let ((p, x), part) = law.farthest_from(&given).unwrap();
        assert_eq!((p, x), (0.5, 2.0));
        assert!((part - 2.0).abs() < 1e-9, "the law has 4 where 2 is given");
    }

    #[test]
    fn refuses_quantiles_that_do_not_rise() {
        for given in [
            vec![(0.5, 6.0)],
            vec![(0.95, 6.0), (0.5, 48.0)],
            vec![(0.5, 6.0), (0.95, 6.0)],
            vec![(0.5, 0.0), (0.95, 6.0)],
            vec![(0.5, 2.0), (0.9, 1.0), (0.95, 6.0)],
        ] {
            assert_eq!(Law::lognormal_through(&given), Err(InvalidLaw::Quantiles), "{given:?}");
            assert_eq!(Law::weibull_through(&given), Err(InvalidLaw::Quantiles), "{given:?}");
        }
    }
}
