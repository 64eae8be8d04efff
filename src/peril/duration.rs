//! Duration: how long an outage of a peril lasts.

use super::{InvalidLaw, Law};
use crate::quantity::Hours;

/// The law of an outage's duration, in hours.
///
/// # Formula
///
/// ```text
/// Q(u) = min(law's Q(u), at most)
/// ```
///
/// A law of which the tail is so heavy that its mean is endless needs a longest
/// duration: without one no figure of a year would settle, however many are drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Duration {
    law: Law,
    at_most: Option<Hours>,
}

impl Duration {
    /// Checks a law of hours once, and the longest duration where there is one.
    ///
    /// # Errors
    ///
    /// Refuses parameters that are out of the law's range, an outage of no length, and
    /// a law whose mean is endless where no longest duration is given.
    pub fn new(law: Law, at_most: Option<Hours>) -> Result<Self, InvalidLaw> {
        law.check(at_most.map(|most| most.0))?;
        if law.cdf(0.0) > 0.0 {
            return Err(InvalidLaw::OutOfRange("an outage must last more than 0 hours"));
        }
        Ok(Self { law, at_most })
    }

    /// Returns the duration that a share `u` of outages, from 0 to 1, does not pass.
    #[must_use]
    #[inline]
    pub fn quantile(&self, u: f64) -> Hours {
        let hours = Hours(self.law.quantile(u));
        self.at_most.map_or(hours, |most| hours.min(most))
    }

    /// Turns draws from 0 to 1 into durations in hours, each as [`Duration::quantile`]
    /// does.
    pub fn quantiles(&self, draws: &mut [f64]) {
        self.law.quantiles(draws);
        if let Some(most) = self.at_most {
            draws.iter_mut().for_each(|hours| *hours = hours.min(most.0));
        }
    }

    /// Returns the share of outages that are over by a duration.
    #[must_use]
    pub fn cdf(&self, hours: Hours) -> f64 {
        let all = self.at_most.is_some_and(|most| hours >= most);
        if all { 1.0 } else { self.law.cdf(hours.0) }
    }

    /// Returns the mean duration.
    #[must_use]
    pub fn mean(&self) -> Hours {
        Hours(self.at_most.map_or_else(|| self.law.mean(), |most| self.law.mean_up_to(most.0)))
    }

    /// Returns the law.
    #[must_use]
    pub fn law(&self) -> &Law {
        &self.law
    }

    /// Returns the longest duration, where there is one.
    #[must_use]
    pub fn at_most(&self) -> Option<Hours> {
        self.at_most
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_outage_lasts_longer_than_the_longest() {
        let law = Law::Pareto { minimum: 1.0, alpha: 1.0 };
        assert_eq!(Duration::new(law.clone(), None), Err(InvalidLaw::EndlessMean));
        let held = Duration::new(law, Some(Hours(168.0))).unwrap();
        assert_eq!(held.quantile(1.0 - 1e-12), Hours(168.0));
        assert_eq!((held.cdf(Hours(2.0)), held.cdf(Hours(168.0))), (0.5, 1.0));
        assert_eq!(held.mean(), Hours(1.0 + libm::log(168.0)));
    }

    #[test]
    fn an_outage_has_a_length() {
        assert!(Duration::new(Law::Fixed(0.0), None).is_err());
        assert!(Duration::new(Law::Empirical(vec![0.0, 4.0]), None).is_err());
        assert!(Duration::new(Law::Triangular { minimum: 0.0, mode: 1.0, maximum: 2.0 }, None).is_ok());
    }
}
