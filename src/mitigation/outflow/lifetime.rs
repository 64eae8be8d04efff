//! Lifetime value: what a customer who leaves would still have brought.

use std::fmt;

use crate::quantity::{Money, Share};
use crate::term::term;

term! {
    pub const LIFETIME_VALUE: Term = {
        key: "lifetime_value",
        korean: "잔존 고객생애가치",
        english: "Residual lifetime value",
        file_key: "outflow.churn.value",
        unit: "money for each customer",
        formula: "residual = m * r / (1 + d - r)\nwith this period = m * (1 + d) / (1 + d - r)",
        order: "after the customers who leave",
        source: "Fader and Hardie, What's Wrong With This CLV Formula? (2012)",
    };
}

/// What a customer is expected to bring from now on.
///
/// # Formula
///
/// With margin `m` and retention `r` of a period, and discount rate `d`:
///
/// ```text
/// residual         = m · r / (1 + d - r)          from the next renewal on
/// with this period = m · (1 + d) / (1 + d - r)    this period's margin as well
/// ```
///
/// The residual is the default: this period's margin is in lost revenue already.
///
/// # Order
///
/// After the customers who leave.
///
/// # Source
///
/// Fader and Hardie, *What's Wrong With This CLV Formula?*
///
/// # Errors
///
/// Refuses a retention that is not below 1 + d: the sum would never end.
///
/// # Example
///
/// A margin of 24, retention 85 %, discount 10 %: 81.60 from the next renewal on.
///
/// ```
/// use netloss::mitigation::LifetimeValue;
/// use netloss::quantity::{Money, Share};
/// let value = LifetimeValue::new(Money(24.0), Share::new(0.85).unwrap(), Share::new(0.1).unwrap())?;
/// assert!((value.residual().0 - 81.6).abs() < 1e-9);
/// assert!((value.with_this_period().0 - 105.6).abs() < 1e-9);
/// # Ok::<(), netloss::mitigation::LifetimeError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LifetimeValue {
    margin: Money,
    retention: Share,
    discount: Share,
}

impl LifetimeValue {
    /// Checks the figures of a customer once.
    ///
    /// # Errors
    ///
    /// Refuses a customer who stays for ever at no discount.
    pub fn new(margin: Money, retention: Share, discount: Share) -> Result<Self, LifetimeError> {
        if retention.get() < 1.0 + discount.get() {
            Ok(Self { margin, retention, discount })
        } else {
            Err(LifetimeError)
        }
    }

    /// Returns what a customer brings from the next renewal on.
    #[must_use]
    pub fn residual(self) -> Money {
        Money(self.margin.0 * self.retention.get() / self.remaining())
    }

    /// Returns what a customer brings, this period's margin among it.
    #[must_use]
    pub fn with_this_period(self) -> Money {
        Money(self.margin.0 * (1.0 + self.discount.get()) / self.remaining())
    }

    fn remaining(self) -> f64 {
        1.0 + self.discount.get() - self.retention.get()
    }
}

/// A customer who stays for ever at no discount is worth no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LifetimeError;

impl fmt::Display for LifetimeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a customer who always stays, at no discount, is worth no end of money")
    }
}

impl std::error::Error for LifetimeError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_a_customer_who_stays_for_ever() {
        assert_eq!(LifetimeValue::new(Money(24.0), Share::ALL, Share::NONE), Err(LifetimeError));
        assert!(LifetimeValue::new(Money(24.0), Share::ALL, Share::new(0.05).unwrap()).is_ok());
    }
}
