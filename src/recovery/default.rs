//! Default: a payer that fails before it has paid.

use std::fmt;

use crate::quantity::{Money, Share};
use crate::term::term;

term! {
    /// A loss given default below 50% needs a reliable basis.
    pub const COUNTERPARTY_DEFAULT: Term = {
        key: "counterparty_default",
        korean: "거래상대방 부도",
        english: "Counterparty default haircut",
        file_key: "recovery_quality.default",
        unit: "money",
        formula: "PD over T years = 1 - (1 - PD)^T\nhaircut         = recovery · PD over T years · LGD · (1 - collateralised share)",
        order: "second of the haircuts, on what a dispute leaves",
        source: "Prudential Regulation Authority, Rulebook, Technical Provisions 24, counterparty default adjustment; EIOPA, Q&A 3212",
    };
}

/// The chance that a payer fails, and what is lost if it does.
///
/// # Formula
///
/// ```text
/// PD_T    = 1 - (1 - PD)^T
/// haircut = R · PD_T · LGD · (1 - collateralised share)
/// ```
///
/// # Example
///
/// A payer that fails once in 200 years, owing for a year and a quarter, with
/// half of it lost: 1.79 of 574.
///
/// ```
/// use netloss::quantity::{Money, Share};
/// use netloss::recovery::CounterpartyDefault;
/// let share = |number| Share::new(number).unwrap();
/// let default = CounterpartyDefault::new(share(0.005), 1.25, share(0.5), Share::NONE)?;
/// assert!((default.haircut(Money(574.0)).0 - 1.792_627_502).abs() < 1e-9);
/// # Ok::<(), netloss::recovery::InvalidYears>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CounterpartyDefault {
    chance: Share,
    years: f64,
    loss_given_default: Share,
    collateralised: Share,
}

impl CounterpartyDefault {
    /// Checks how long the payer owes.
    ///
    /// # Errors
    ///
    /// Refuses years that are negative or not a number.
    pub fn new(
        chance: Share,
        years: f64,
        loss_given_default: Share,
        collateralised: Share,
    ) -> Result<Self, InvalidYears> {
        if years.is_finite() && years >= 0.0 {
            Ok(Self { chance, years, loss_given_default, collateralised })
        } else {
            Err(InvalidYears(years))
        }
    }

    /// Returns the chance that the payer fails before it has paid.
    #[must_use]
    pub fn cumulative(self) -> Share {
        Share::new(1.0 - libm::pow(self.chance.rest().get(), self.years)).unwrap_or(Share::ALL)
    }

    /// Returns what is expected to be lost of a recovery.
    #[must_use]
    pub fn haircut(self, recovery: Money) -> Money {
        recovery * self.cumulative() * self.loss_given_default * self.collateralised.rest()
    }

    /// Returns the chance of a year.
    #[must_use]
    pub fn chance(self) -> Share {
        self.chance
    }

    /// Returns for how many years the payer owes.
    #[must_use]
    pub fn years(self) -> f64 {
        self.years
    }

    /// Returns the part that is lost when it fails.
    #[must_use]
    pub fn loss_given_default(self) -> Share {
        self.loss_given_default
    }

    /// Returns the part that is secured.
    #[must_use]
    pub fn collateralised(self) -> Share {
        self.collateralised
    }
}

/// Years that are no length of time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InvalidYears(f64);

impl fmt::Display for InvalidYears {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a payer cannot owe for {} years", self.0)
    }
}

impl std::error::Error for InvalidYears {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_secured_is_not_lost() {
        let share = |number| Share::new(number).unwrap();
        for (years, secured, haircut, because) in [
            (0.0, 0.0, 0.0, "paid at once"),
            (1.0, 0.0, 2.5, "half of 1 in 100"),
            (2.0, 0.0, 4.975, "two years of it"),
            (1.0, 0.8, 0.5, "a fifth is open"),
            (1.0, 1.0, 0.0, "all is secured"),
        ] {
            let default = CounterpartyDefault::new(share(0.01), years, share(0.5), share(secured));
            let got = default.unwrap().haircut(Money(500.0)).0;
            assert!((got - haircut).abs() < 1e-9, "{got}: {because}");
        }
        for years in [-1.0, f64::NAN, f64::INFINITY] {
            assert!(CounterpartyDefault::new(Share::ALL, years, Share::ALL, Share::NONE).is_err());
        }
    }
}
