//! Frequency: how many outages of a peril a year brings.

mod generating;

use std::fmt;

use statrs::distribution::{Discrete, NegativeBinomial, Poisson};

use crate::wide::{Columns, wide};

/// The law of the number of outages in a year.
///
/// # Formula
///
/// ```text
/// poisson             P(n) = e^(-λ) λⁿ / n!                    mean λ, variance λ
/// negative_binomial   mean m, variance v > m: r = m²/(v - m), p = m/v
/// fixed               n every year
/// bernoulli           one with probability p, otherwise none
/// ```
///
/// # Source
///
/// Klugman, Panjer and Willmot, Loss Models, chapter 6.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frequency(Kind);

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Poisson { mean: f64 },
    NegativeBinomial { mean: f64, variance: f64 },
    Fixed(u32),
    Bernoulli { probability: f64 },
}

/// More outages in a year than this are not drawn.
const MOST: f64 = 10_000.0;

impl Frequency {
    /// Outages that do not know of one another.
    ///
    /// # Errors
    ///
    /// Refuses a mean that is not above 0, or above 10,000.
    pub fn poisson(mean: f64) -> Result<Self, InvalidFrequency> {
        check_mean(mean)?;
        Ok(Self(Kind::Poisson { mean }))
    }

    /// Outages that come in clusters: the variance is above the mean.
    ///
    /// # Errors
    ///
    /// Refuses a mean as [`Frequency::poisson`], and a variance that is not above it.
    pub fn negative_binomial(mean: f64, variance: f64) -> Result<Self, InvalidFrequency> {
        check_mean(mean)?;
        if variance.is_finite() && variance > mean {
            Ok(Self(Kind::NegativeBinomial { mean, variance }))
        } else {
            Err(InvalidFrequency::Variance { mean, variance })
        }
    }

    /// The same number every year.
    #[must_use]
    pub fn fixed(number: u32) -> Self {
        Self(Kind::Fixed(number))
    }

    /// One outage in some years, none in the others.
    ///
    /// # Errors
    ///
    /// Refuses a probability outside 0 to 1.
    pub fn bernoulli(probability: f64) -> Result<Self, InvalidFrequency> {
        if (0.0..=1.0).contains(&probability) {
            Ok(Self(Kind::Bernoulli { probability }))
        } else {
            Err(InvalidFrequency::Probability(probability))
        }
    }

    /// Returns the mean number in a year.
    #[must_use]
    pub fn mean(self) -> f64 {
        match self.0 {
            Kind::Poisson { mean } | Kind::NegativeBinomial { mean, .. } => mean,
            Kind::Fixed(number) => f64::from(number),
            Kind::Bernoulli { probability } => probability,
        }
    }

    /// Lays the law out for drawing.
    #[must_use]
    pub fn counts(self) -> Counts {
        let below = match self.0 {
            Kind::Poisson { mean } => {
                let law = Poisson::new(mean).expect("a mean above 0");
                cumulate(mean, mean, |n| law.pmf(n))
            }
            Kind::NegativeBinomial { mean, variance } => {
                let (r, p) = (mean * mean / (variance - mean), mean / variance);
                let law = NegativeBinomial::new(r, p).expect("a variance above the mean");
                cumulate(mean, variance, |n| law.pmf(n))
            }
            Kind::Fixed(number) => vec![0.0; number as usize],
            Kind::Bernoulli { probability } => vec![1.0 - probability],
        };
        Counts { below }
    }
}

/// Adds probabilities up until what is left cannot be drawn.
fn cumulate(mean: f64, variance: f64, probability: impl Fn(u64) -> f64) -> Vec<f64> {
    let last = (mean + 60.0 * variance.sqrt() + 60.0).ceil() as u64;
    let mut below = Vec::new();
    let mut sum = 0.0;
    for n in 0..=last {
        sum += probability(n);
        if sum >= 1.0 - 1e-16 {
            break;
        }
        below.push(sum);
    }
    below
}

/// A law of counts, laid out for drawing: the probability of at most n, for each n.
#[derive(Clone, Debug, PartialEq)]
pub struct Counts {
    below: Vec<f64>,
}

impl Counts {
    /// Returns the number of a draw from 0 to 1: the quantile of the law.
    #[must_use]
    pub fn of(&self, draw: f64) -> u32 {
        self.below.partition_point(|below| *below <= draw) as u32
    }

    /// Fills a column with the number of each draw, as [`Counts::of`] gives it.
    pub fn fill(&self, draws: &[f64], numbers: &mut [u32]) {
        let mut first = [f64::INFINITY; FEW];
        for (first, below) in first.iter_mut().zip(&self.below) {
            *first = *below;
        }
        wide(Few { first, draws, numbers });
        if self.below.len() > FEW {
            for (number, draw) in numbers.iter_mut().zip(draws).filter(|(number, _)| **number == FEW as u32)
            {
                *number = self.of(*draw);
            }
        }
    }

    /// Returns the most that can be drawn.
    #[must_use]
    pub fn most(&self) -> usize {
        self.below.len()
    }
}

/// Most years have fewer outages: they are counted without a search.
const FEW: usize = 6;

/// Counts how many of the first probabilities a draw passes.
struct Few<'c> {
    first: [f64; FEW],
    draws: &'c [f64],
    numbers: &'c mut [u32],
}

impl Columns for Few<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        for (number, draw) in self.numbers.iter_mut().zip(self.draws) {
            *number = self.first.iter().map(|below| u32::from(below <= draw)).sum();
        }
    }
}

fn check_mean(mean: f64) -> Result<(), InvalidFrequency> {
    let good = mean.is_finite() && mean > 0.0 && mean <= MOST;
    if good { Ok(()) } else { Err(InvalidFrequency::Mean(mean)) }
}

/// A law that says nothing of how often.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum InvalidFrequency {
    /// The mean is not above zero, or beyond all reason.
    Mean(f64),
    /// The variance is not above the mean.
    Variance {
        /// The mean.
        mean: f64,
        /// The variance.
        variance: f64,
    },
    /// The probability is none.
    Probability(f64),
}

impl fmt::Display for InvalidFrequency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mean(mean) => {
                write!(f, "a mean of {mean} outages a year; give more than 0, at most {MOST}")
            }
            Self::Variance { mean, variance } => {
                write!(f, "a variance of {variance} is not above the mean of {mean}")
            }
            Self::Probability(probability) => write!(f, "a probability of {probability}; give 0 to 1"),
        }
    }
}

impl std::error::Error for InvalidFrequency {}

#[cfg(test)]
mod tests {
    use super::*;

    /// Mean and variance of the counts over evenly spread draws.
    fn moments(frequency: Frequency) -> (f64, f64) {
        const DRAWS: u32 = 1_000_000;
        let counts = frequency.counts();
        let draw = |i: u32| f64::from(counts.of((f64::from(i) + 0.5) / f64::from(DRAWS)));
        let mean = (0..DRAWS).map(draw).sum::<f64>() / f64::from(DRAWS);
        let variance = (0..DRAWS).map(|i| (draw(i) - mean).powi(2)).sum::<f64>() / f64::from(DRAWS);
        (mean, variance)
    }

    #[test]
    fn drawn_counts_have_the_moments_of_their_law() {
        for (frequency, mean, variance) in [
            (Frequency::poisson(0.8).unwrap(), 0.8, 0.8),
            (Frequency::poisson(400.0).unwrap(), 400.0, 400.0),
            (Frequency::negative_binomial(2.0, 5.0).unwrap(), 2.0, 5.0),
            (Frequency::fixed(3), 3.0, 0.0),
            (Frequency::bernoulli(0.1).unwrap(), 0.1, 0.09),
        ] {
            let found = moments(frequency);
            assert_eq!(frequency.mean(), mean);
            assert!((found.0 - mean).abs() < 1e-4 * mean.max(1.0), "{frequency:?}: mean {}", found.0);
            assert!((found.1 - variance).abs() < 2e-3 * variance.max(1.0), "{frequency:?}: {}", found.1);
        }
    }

    #[test]
    fn a_column_of_draws_has_the_number_of_each() {
        for frequency in
            [Frequency::poisson(0.8).unwrap(), Frequency::poisson(9.0).unwrap(), Frequency::fixed(7)]
        {
            let counts = frequency.counts();
            let draws: Vec<f64> = (0..10_000).map(|step| (f64::from(step) + 0.5) / 10_000.0).collect();
            let mut numbers = vec![0; draws.len()];
            counts.fill(&draws, &mut numbers);
            assert!(numbers.iter().zip(&draws).all(|(number, draw)| *number == counts.of(*draw)));
        }
    }

    #[test]
    fn refuses_laws_that_say_nothing() {
        assert!(Frequency::poisson(0.0).is_err() && Frequency::poisson(f64::NAN).is_err());
        assert!(Frequency::negative_binomial(2.0, 2.0).is_err());
        assert!(Frequency::bernoulli(1.01).is_err());
    }
}
