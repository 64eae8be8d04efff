//! The quantities that everything else is made of, each a type of its own.
//!
//! Arithmetic is allowed only where it means something: a rate times hours is
//! money, money times a share is money, and money times money does not compile.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul, Neg, Sub, SubAssign};

/// Slack for a comparison at a threshold, in hours or in the money unit.
pub const TOLERANCE: f64 = 1e-9;

/// What adding up may do to an amount, as a part of it: an outage of an hour is told
/// from its year to so many digits.
const ROUNDING: f64 = 1e-11;

/// Elapsed hours, counted from a stated origin (most often the outage's start).
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct Hours(pub f64);

/// A term of money or credit, in months of a twelfth of a year.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct Months(pub f64);

impl Months {
    /// No time.
    pub const ZERO: Self = Self(0.0);

    /// Returns the term in years.
    #[must_use]
    pub fn years(self) -> f64 {
        self.0 / 12.0
    }
}

/// An amount in the main unit of the scenario's one currency, unrounded.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct Money(pub f64);

/// Money accruing in each hour.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct MoneyPerHour(pub f64);

/// A proportion from 0 to 1. `"12%"` exists only in a file and in print.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct Share(f64);

macro_rules! additive {
    ($($quantity:ident),*) => {$(
        impl $quantity {
            /// Nothing of this quantity.
            pub const ZERO: Self = Self(0.0);

            /// Returns the smaller of the two.
            #[must_use]
            pub fn min(self, other: Self) -> Self {
                Self(self.0.min(other.0))
            }

            /// Returns the larger of the two.
            #[must_use]
            pub fn max(self, other: Self) -> Self {
                Self(self.0.max(other.0))
            }

            /// Returns what is above zero, and zero otherwise.
            #[must_use]
            pub fn positive(self) -> Self {
                self.max(Self::ZERO)
            }
        }
        impl Add for $quantity {
            type Output = Self;
            fn add(self, other: Self) -> Self {
                Self(self.0 + other.0)
            }
        }
        impl Sub for $quantity {
            type Output = Self;
            fn sub(self, other: Self) -> Self {
                Self(self.0 - other.0)
            }
        }
        impl Neg for $quantity {
            type Output = Self;
            fn neg(self) -> Self {
                Self(-self.0)
            }
        }
        impl AddAssign for $quantity {
            fn add_assign(&mut self, other: Self) {
                self.0 += other.0;
            }
        }
        impl SubAssign for $quantity {
            fn sub_assign(&mut self, other: Self) {
                self.0 -= other.0;
            }
        }
        impl Sum for $quantity {
            fn sum<I: Iterator<Item = Self>>(items: I) -> Self {
                items.fold(Self::ZERO, Add::add)
            }
        }
        impl Mul<Share> for $quantity {
            type Output = Self;
            fn mul(self, share: Share) -> Self {
                Self(self.0 * share.0)
            }
        }
    )*};
}
additive!(Hours, Money, MoneyPerHour);

impl Mul<Hours> for MoneyPerHour {
    type Output = Money;
    fn mul(self, hours: Hours) -> Money {
        Money(self.0 * hours.0)
    }
}

impl Money {
    /// Returns the amount, or the limit where there is one and it is smaller.
    #[must_use]
    pub fn at_most(self, limit: Option<Money>) -> Money {
        limit.map_or(self, |limit| self.min(limit))
    }

    /// Returns this amount as a part of `whole`, 0 where `whole` is nothing.
    #[must_use]
    pub fn part_of(self, whole: Money) -> Share {
        if whole.0 > 0.0 { Share((self.0 / whole.0).clamp(0.0, 1.0)) } else { Share::NONE }
    }
}

/// An amount in full, with separators: `3,000,000,000`.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.0.abs().to_string();
        let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
        let mut grouped = String::new();
        for (place, digit) in whole.chars().enumerate() {
            if place > 0 && (whole.len() - place).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        write!(f, "{}{grouped}{rest}", if self.0 < 0.0 { "-" } else { "" })
    }
}

/// A proportion in percent: `12.5%`.
impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}%", (self.0 * 1e6).round() / 1e4)
    }
}

impl Share {
    /// Nothing: 0.
    pub const NONE: Self = Self(0.0);
    /// All of it: 1.
    pub const ALL: Self = Self(1.0);

    /// Checks a proportion once, so that no later stage has to.
    ///
    /// Returns nothing for a number outside 0 to 1 or not a number.
    #[must_use]
    pub fn new(proportion: f64) -> Option<Self> {
        (0.0..=1.0).contains(&proportion).then_some(Self(proportion))
    }

    /// Returns the proportion as a number from 0 to 1.
    #[must_use]
    pub fn get(self) -> f64 {
        self.0
    }

    /// Returns what is left of one: `1 - self`.
    #[must_use]
    pub fn rest(self) -> Self {
        Self(1.0 - self.0)
    }
}

impl Mul for Share {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        Self(self.0 * other.0)
    }
}

/// How a threshold is met: wordings differ on the very moment of reaching it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Met {
    /// The threshold must be passed: "more than 8 hours".
    MoreThan,
    /// Reaching the threshold is enough: "at least 8 hours".
    AtLeast,
}

impl Met {
    /// Returns whether `value` meets `threshold`, with [`TOLERANCE`] for slack.
    ///
    /// ```
    /// use netloss::quantity::{Hours, Met};
    /// assert!(!Met::MoreThan.by(Hours(8.0), Hours(8.0)));
    /// assert!(Met::AtLeast.by(Hours(8.0), Hours(8.0)));
    /// ```
    #[must_use]
    pub fn by(self, value: Hours, threshold: Hours) -> bool {
        match self {
            Self::MoreThan => value.0 > threshold.0 + TOLERANCE,
            Self::AtLeast => value.0 >= threshold.0 - TOLERANCE,
        }
    }

    /// Returns whether an amount meets a threshold, with [`TOLERANCE`] for slack, or
    /// as much as rounding does to a large amount.
    ///
    /// ```
    /// use netloss::quantity::{Met, Money};
    /// let (reached, threshold) = (Money(3e9 - 1e-6), Money(3e9));
    /// assert!(Met::AtLeast.by_amount(reached, threshold));
    /// assert!(!Met::AtLeast.by_amount(threshold - Money(1.0), threshold));
    /// ```
    #[must_use]
    #[inline]
    pub fn by_amount(self, value: Money, threshold: Money) -> bool {
        let slack = TOLERANCE.max(ROUNDING * threshold.0.abs());
        match self {
            Self::MoreThan => value.0 > threshold.0 + slack,
            Self::AtLeast => value.0 >= threshold.0 - slack,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_refused_outside_its_range() {
        for wrong in [-0.01, 1.01, f64::NAN, f64::INFINITY] {
            assert_eq!(Share::new(wrong), None, "{wrong}");
        }
        assert_eq!(Share::new(0.25).map(Share::rest), Share::new(0.75));
    }

    #[test]
    fn amounts_and_shares_print_as_people_write_them() {
        assert_eq!(Money(-3_000_000_000.0).to_string(), "-3,000,000,000");
        assert_eq!(Money(1234.5).to_string(), "1,234.5");
        assert_eq!(Share(0.125).to_string(), "12.5%");
    }

    #[test]
    fn an_absent_limit_never_cuts_and_a_limit_of_nothing_always_does() {
        assert_eq!(Money(5.0).at_most(None), Money(5.0));
        assert_eq!(Money(5.0).at_most(Some(Money(0.0))), Money(0.0));
    }
}
