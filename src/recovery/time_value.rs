//! Time value: what is lost because a recovery comes later than the loss.

use std::fmt;

use crate::quantity::{Money, Share, TOLERANCE};
use crate::term::term;

term! {
    /// An interim payment is an instalment before the final one.
    pub const TIME_VALUE: Term = {
        key: "time_value",
        korean: "화폐의 시간가치·가지급",
        english: "Time value of payout delay",
        file_key: "recovery_quality.payments",
        unit: "money",
        formula: "present value = Σ recovery · partᵢ / (1 + rate)^(monthᵢ / 12)\nhaircut       = recovery - present value",
        order: "last of the haircuts, on what a dispute and a default leave",
        source: "Key Ledgers, How long do BI claims take; Paragon, How long does a cyber extortion claim take",
    };
}

/// A part of a recovery and when it comes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Instalment {
    /// Months from the loss.
    pub month: f64,
    /// Part of the recovery.
    pub part: Share,
}

/// When a recovery is paid, and what waiting costs a year.
///
/// # Formula
///
/// ```text
/// PV        = Σ R · partᵢ / (1 + r)^(mᵢ / 12)
/// time cost = R - PV
/// ```
///
/// # Example
///
/// 40% after three months and the rest after fifteen, at 6% a year: 700 are worth
/// 666.45.
///
/// ```
/// use netloss::quantity::{Money, Share};
/// use netloss::recovery::{Instalment, Payments};
/// let part = |month, part| Instalment { month, part: Share::new(part).unwrap() };
/// let payments = Payments::new(Share::new(0.06).unwrap(), vec![part(3.0, 0.4), part(15.0, 0.6)])?;
/// assert!((payments.haircut(Money(700.0)).0 - 33.552_926_738).abs() < 1e-9);
/// # Ok::<(), netloss::recovery::InvalidPayments>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Payments {
    rate: Share,
    instalments: Vec<Instalment>,
}

impl Payments {
    /// Checks that the instalments make up the whole.
    ///
    /// # Errors
    ///
    /// Refuses a month before the loss or not a number, instalments out of order,
    /// and parts that do not come to 100%.
    pub fn new(rate: Share, instalments: Vec<Instalment>) -> Result<Self, InvalidPayments> {
        for (place, instalment) in instalments.iter().enumerate() {
            let after = if place == 0 { 0.0 } else { instalments[place - 1].month };
            if !(instalment.month.is_finite() && instalment.month >= after) {
                return Err(InvalidPayments::Month { place, month: instalment.month });
            }
        }
        let parts: f64 = instalments.iter().map(|instalment| instalment.part.get()).sum();
        if (parts - 1.0).abs() <= TOLERANCE {
            Ok(Self { rate, instalments })
        } else {
            Err(InvalidPayments::Parts(parts))
        }
    }

    /// Returns what a recovery is worth on the day of the loss.
    #[must_use]
    pub fn present_value(&self, recovery: Money) -> Money {
        let growth = 1.0 + self.rate.get();
        let worth = |instalment: &Instalment| {
            Money((recovery * instalment.part).0 / libm::pow(growth, instalment.month / 12.0))
        };
        self.instalments.iter().map(worth).sum()
    }

    /// Returns what is lost of a recovery by waiting for it.
    #[must_use]
    pub fn haircut(&self, recovery: Money) -> Money {
        (recovery - self.present_value(recovery)).positive()
    }

    /// Returns what waiting costs a year.
    #[must_use]
    pub fn rate(&self) -> Share {
        self.rate
    }

    /// Returns the instalments, in order of time.
    #[must_use]
    pub fn instalments(&self) -> &[Instalment] {
        &self.instalments
    }
}

/// Payments that do not make up a recovery.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum InvalidPayments {
    /// An instalment comes before the loss, or before the one before it.
    Month {
        /// Which one, counted from 0.
        place: usize,
        /// Its month.
        month: f64,
    },
    /// The parts do not come to the whole.
    Parts(f64),
}

impl fmt::Display for InvalidPayments {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Month { place: 0, month } => write!(f, "the first payment comes in month {month}"),
            Self::Month { place, month } => {
                write!(f, "payment {}, of month {month}, comes before the one before it", place + 1)
            }
            Self::Parts(parts) => write!(f, "the payments come to {}%", (parts * 1e6).round() / 1e4),
        }
    }
}

impl std::error::Error for InvalidPayments {}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(number: f64) -> Share {
        Share::new(number).unwrap()
    }

    fn payments(rate: f64, list: &[(f64, f64)]) -> Result<Payments, InvalidPayments> {
        let part = |(month, part): &(f64, f64)| Instalment { month: *month, part: share(*part) };
        Payments::new(share(rate), list.iter().map(part).collect())
    }

    #[test]
    fn an_award_after_nine_years() {
        let award = payments(0.05, &[(108.0, 1.0)]).unwrap();
        assert!((award.present_value(Money(283.8)).0 - 182.940_010_423).abs() < 1e-8);
        let at_once = payments(0.05, &[(0.0, 1.0)]).unwrap();
        assert_eq!(at_once.haircut(Money(283.8)), Money::ZERO);
    }

    #[test]
    fn refuses_payments_that_are_not_the_whole() {
        assert_eq!(payments(0.06, &[(3.0, 0.4)]), Err(InvalidPayments::Parts(0.4)));
        assert_eq!(payments(0.06, &[]), Err(InvalidPayments::Parts(0.0)));
        for months in [[(-1.0, 0.5), (3.0, 0.5)], [(15.0, 0.5), (3.0, 0.5)], [(f64::NAN, 0.5), (3.0, 0.5)]]
        {
            assert!(matches!(payments(0.06, &months), Err(InvalidPayments::Month { .. })));
        }
    }
}
