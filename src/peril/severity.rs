//! Severity: how hard an outage of a peril hits.

use super::{InvalidLaw, Law};

/// The law of the factor by which an outage takes more or less of each line than the
/// line's own path: a number without a unit, 1 being the path itself.
///
/// # Formula
///
/// ```text
/// Q(u) = min(law's Q(u), at most)
/// ```
///
/// # Source
///
/// That loss is frequency times severity, each with a law of its own, is the collective
/// risk model: Klugman, Panjer and Willmot, Loss Models, chapter 9. That severity is a
/// factor on the service path is a choice made here.
#[derive(Clone, Debug, PartialEq)]
pub struct Severity {
    law: Law,
    at_most: Option<f64>,
}

impl Severity {
    /// Checks a law of factors once, and the largest where there is one.
    ///
    /// # Errors
    ///
    /// Refuses parameters that are out of the law's range, and a law whose mean is
    /// endless where no largest factor is given.
    pub fn new(law: Law, at_most: Option<f64>) -> Result<Self, InvalidLaw> {
        law.check(at_most)?;
        Ok(Self { law, at_most })
    }

    /// Returns the factor that a share `u` of outages, from 0 to 1, does not pass.
    #[must_use]
    #[inline]
    pub fn quantile(&self, u: f64) -> f64 {
        let factor = self.law.quantile(u);
        self.at_most.map_or(factor, |most| factor.min(most))
    }

    /// Turns draws from 0 to 1 into factors, each as [`Severity::quantile`] does.
    pub fn quantiles(&self, draws: &mut [f64]) {
        self.law.quantiles(draws);
        if let Some(most) = self.at_most {
            draws.iter_mut().for_each(|factor| *factor = factor.min(most));
        }
    }

    /// Returns whether every outage runs along the lines' own paths.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.law == Law::Fixed(1.0)
    }

    /// Returns the share of outages that are no harder.
    #[must_use]
    pub fn cdf(&self, factor: f64) -> f64 {
        let all = self.at_most.is_some_and(|most| factor >= most);
        if all { 1.0 } else { self.law.cdf(factor) }
    }

    /// Returns the mean factor.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.at_most.map_or_else(|| self.law.mean(), |most| self.law.mean_up_to(most))
    }

    /// Returns the law.
    #[must_use]
    pub fn law(&self) -> &Law {
        &self.law
    }

    /// Returns the largest factor, where there is one.
    #[must_use]
    pub fn at_most(&self) -> Option<f64> {
        self.at_most
    }
}

/// Every outage takes each line along its own path.
impl Default for Severity {
    fn default() -> Self {
        Self { law: Law::Fixed(1.0), at_most: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_outages_may_take_nothing() {
        let severity = Severity::new(Law::Empirical(vec![0.0, 0.5, 1.0, 1.5]), Some(1.2)).unwrap();
        assert_eq!([0.1, 0.9].map(|u| severity.quantile(u)), [0.0, 1.2]);
        assert_eq!((severity.cdf(0.0), severity.cdf(1.2)), (0.25, 1.0));
        assert!((severity.mean() - 2.7 / 4.0).abs() < 1e-12);
    }

    #[test]
    fn a_mean_without_end_needs_a_largest_factor() {
        let law = Law::Pareto { minimum: 0.5, alpha: 0.9 };
        assert_eq!(Severity::new(law.clone(), None), Err(InvalidLaw::EndlessMean));
        assert!(Severity::new(law, Some(3.0)).unwrap().mean() < 3.0);
    }

    #[test]
    fn unless_said_an_outage_is_as_hard_as_each_lines_path() {
        let severity = Severity::default();
        assert_eq!((severity.quantile(0.01), severity.quantile(0.99), severity.mean()), (1.0, 1.0, 1.0));
    }
}
