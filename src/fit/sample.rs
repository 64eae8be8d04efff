//! Sample: the durations that a law is fitted to.

use std::fmt;

use crate::quantity::Hours;

/// Durations of past outages, in order, all of them at or above what is reported.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    hours: Vec<f64>,
    at_least: Option<f64>,
}

/// Fewer outages than this say nothing of a law.
pub const FEWEST: usize = 3;

impl Sample {
    /// Durations, and the length from which on an outage is reported at all.
    ///
    /// # Errors
    ///
    /// Refuses fewer than [`FEWEST`] durations, what is not above zero, what is below
    /// the least that is reported, and durations that are all the same.
    pub fn new(durations: &[Hours], at_least: Option<Hours>) -> Result<Self, InvalidSample> {
        let above_zero = |hours: &f64| hours.is_finite() && *hours > 0.0;
        let mut hours: Vec<f64> = durations.iter().map(|hours| hours.0).collect();
        let at_least = at_least.map(|least| least.0);
        if let Some(bad) = hours.iter().chain(&at_least).find(|hours| !above_zero(hours)) {
            return Err(InvalidSample::NotAboveZero(Hours(*bad)));
        }
        hours.sort_by(f64::total_cmp);
        let Some((shortest, longest)) = hours.first().zip(hours.last()).filter(|_| hours.len() >= FEWEST)
        else {
            return Err(InvalidSample::TooFew(hours.len()));
        };
        if at_least.is_some_and(|least| *shortest < least) {
            return Err(InvalidSample::NotReported(Hours(*shortest)));
        }
        if shortest == longest {
            return Err(InvalidSample::AllTheSame(Hours(*shortest)));
        }
        Ok(Self { hours, at_least })
    }

    /// Durations that were drawn from a law: never refused, though they may say nothing.
    pub(super) fn drawn(mut hours: Vec<f64>, at_least: Option<f64>) -> Self {
        hours.sort_by(f64::total_cmp);
        Self { hours, at_least }
    }

    /// Returns the durations in hours, the shortest first.
    #[must_use]
    pub fn hours(&self) -> &[f64] {
        &self.hours
    }

    /// Returns the least duration that is reported.
    #[must_use]
    pub fn at_least(&self) -> Option<Hours> {
        self.at_least.map(Hours)
    }

    /// Returns the median.
    #[must_use]
    pub fn median(&self) -> Hours {
        let middle = self.hours.len() / 2;
        let even = self.hours.len().is_multiple_of(2);
        Hours(if even {
            f64::midpoint(self.hours[middle - 1], self.hours[middle])
        } else {
            self.hours[middle]
        })
    }

    /// Returns the mean of a function of the durations.
    pub(super) fn mean(&self, of: impl Fn(f64) -> f64) -> f64 {
        self.hours.iter().map(|hours| of(*hours)).sum::<f64>() / self.hours.len() as f64
    }

    pub(super) fn shortest(&self) -> f64 {
        self.hours[0]
    }

    pub(super) fn longest(&self) -> f64 {
        self.hours[self.hours.len() - 1]
    }

    pub(super) fn threshold(&self) -> Option<f64> {
        self.at_least
    }
}

/// Durations to which no law can be fitted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum InvalidSample {
    /// So many, and no more.
    TooFew(usize),
    /// An outage that lasts nothing, or less.
    NotAboveZero(Hours),
    /// An outage shorter than what is reported.
    NotReported(Hours),
    /// Every outage lasts as long as every other.
    AllTheSame(Hours),
}

impl fmt::Display for InvalidSample {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooFew(1) => write!(f, "one outage says nothing of a law"),
            Self::TooFew(number) => write!(f, "{number} outages say nothing of a law"),
            Self::NotAboveZero(hours) => write!(f, "an outage of {} h", hours.0),
            Self::NotReported(hours) => write!(f, "an outage of {} h is below what is reported", hours.0),
            Self::AllTheSame(hours) => write!(f, "every outage lasts {} h: there is no spread", hours.0),
        }
    }
}

impl std::error::Error for InvalidSample {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_that_say_nothing_are_refused() {
        let new = |hours: &[f64], least: Option<f64>| {
            let hours: Vec<Hours> = hours.iter().copied().map(Hours).collect();
            Sample::new(&hours, least.map(Hours))
        };
        assert_eq!(new(&[4.0, 2.0], None), Err(InvalidSample::TooFew(2)));
        assert_eq!(new(&[4.0, 0.0, 1.0], None), Err(InvalidSample::NotAboveZero(Hours(0.0))));
        assert!(new(&[4.0, f64::NAN, 1.0], None).is_err());
        assert_eq!(new(&[4.0, 0.5, 1.0], Some(1.0)), Err(InvalidSample::NotReported(Hours(0.5))));
        assert_eq!(new(&[4.0, 4.0, 4.0], None), Err(InvalidSample::AllTheSame(Hours(4.0))));
        let good = new(&[4.0, 1.0, 2.0, 9.0], Some(1.0)).unwrap();
        assert_eq!((good.hours(), good.median()), (&[1.0, 2.0, 4.0, 9.0][..], Hours(3.0)));
    }
}
