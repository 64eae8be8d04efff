//! Daily shortfall: profit that days after the outage bring less than expected.

use std::fmt;

use crate::quantity::{Money, Share};

/// Sales that stay away once service is back, day by day.
///
/// # Formula
///
/// ```text
/// profit lost on day d = (expected - actual_d)⁺ · margin      d = 1, 2, … after restoration
/// ```
///
/// A day above the expected takes nothing back from a day below it.
///
/// # Source
///
/// Reputational harm of cyber wordings: the loss of profit over a stated number
/// of days after adverse publicity (CFC, "Business interrupted, part three", 2018).
#[derive(Clone, Debug, PartialEq)]
pub struct DailyShortfall {
    expected: Money,
    actual: Vec<Money>,
    margin: Share,
}

impl DailyShortfall {
    /// Checks the days once.
    ///
    /// # Errors
    ///
    /// Refuses a list without a day, and amounts that are not 0 or more.
    pub fn new(expected: Money, actual: Vec<Money>, margin: Share) -> Result<Self, InvalidDays> {
        if actual.is_empty() {
            return Err(InvalidDays::None);
        }
        let good = |amount: &Money| amount.0.is_finite() && amount.0 >= 0.0;
        let wrong = actual.iter().chain([&expected]).find(|amount| !good(amount)).copied();
        wrong.map_or(Ok(Self { expected, actual, margin }), |amount| Err(InvalidDays::Amount(amount)))
    }

    /// Returns the sales that a day was expected to bring.
    #[must_use]
    pub fn expected(&self) -> Money {
        self.expected
    }

    /// Returns the part of sales that is profit.
    #[must_use]
    pub fn margin(&self) -> Share {
        self.margin
    }

    /// Returns how many days there are.
    #[must_use]
    pub fn days(&self) -> usize {
        self.actual.len()
    }

    /// Returns the profit lost on the days `[from, to)`, counted from 0.
    #[must_use]
    pub fn between(&self, from: usize, to: usize) -> Money {
        let days = self.actual.iter().take(to).skip(from);
        days.map(|actual| (self.expected - *actual).positive()).sum::<Money>() * self.margin
    }

    /// Returns the profit lost on all days.
    #[must_use]
    pub fn total(&self) -> Money {
        self.between(0, self.days())
    }
}

/// Days that make no shortfall.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum InvalidDays {
    /// There is no day.
    None,
    /// An amount is below zero or not a number.
    Amount(Money),
}

impl fmt::Display for InvalidDays {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => write!(f, "the shortfall names no day"),
            Self::Amount(amount) => write!(f, "{amount} are no sales of a day"),
        }
    }
}

impl std::error::Error for InvalidDays {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_good_day_takes_nothing_back() {
        let actual = [70.0, 72.0, 130.0, 80.0].map(Money).to_vec();
        let days = DailyShortfall::new(Money(100.0), actual, Share::new(0.5).unwrap()).unwrap();
        for (from, to, lost, because) in [
            (0, 2, 29.0, "30 and 28, half of them profit"),
            (2, 3, 0.0, "above the expected"),
            (2, 9, 10.0, "days beyond the list are none"),
            (3, 3, 0.0, "no day"),
        ] {
            assert_eq!(days.between(from, to), Money(lost), "{because}");
        }
        assert_eq!(days.total(), Money(39.0));
    }

    #[test]
    fn refuses_days_that_nobody_can_count() {
        assert!(DailyShortfall::new(Money(1.0), vec![], Share::ALL).is_err());
        assert!(DailyShortfall::new(Money(1.0), vec![Money(f64::NAN)], Share::ALL).is_err());
        assert!(DailyShortfall::new(Money(-1.0), vec![Money(1.0)], Share::ALL).is_err());
    }
}
