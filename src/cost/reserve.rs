//! Reserve: a fund of our own that waits for the loss.

use std::fmt;

use super::{Costs, Kind};
use crate::quantity::{Money, Share};
use crate::term::term;

term! {
    pub const RESERVE: Term = {
        key: "reserve",
        korean: "자가보험 준비금",
        english: "Self-insurance reserve fund",
        file_key: "reserve",
        unit: "money",
        formula: "balance = opening · (1 + yield) + contribution\nused    = min(balance, loss retained, need)\nopportunity cost = (hurdle - yield) · average balance",
        order: "Used in the cash view, before cash and credit lines; its opportunity cost comes with that of the programme",
        source: "A choice of this program, after the accounts of self-insurance funds",
    };
}

/// A self-insurance fund: money put by, earning its yield until it is needed.
///
/// # Formula
///
/// ```text
/// balance before the loss = opening · (1 + yield) + contribution
/// used                    = min(balance, loss retained)
/// closing                 = balance - used
/// opportunity cost        = (hurdle - yield) · average balance
/// ```
///
/// The contribution comes at the end of the year, so the average balance of the
/// year is its opening unless another is stated. The fund pays for a loss and
/// makes it no smaller; only its opportunity cost is a cost.
///
/// # Source
///
/// A choice of this program, after the accounts of self-insurance funds.
///
/// # Example
///
/// ```
/// use netloss::cost::Reserve;
/// use netloss::quantity::{Money, Share};
/// let share = |part| Share::new(part).unwrap();
/// let fund = Reserve::new(Money(200.0), share(0.03), Money(50.0), share(0.08))?;
/// assert_eq!(fund.balance(), Money(256.0));
/// assert_eq!(fund.used(Money(180.0)), Money(180.0));
/// assert_eq!(fund.closing(Money(180.0)), Money(76.0));
/// assert!((fund.opportunity_cost().0 - 10.0).abs() < 1e-12);
/// # Ok::<(), netloss::cost::InvalidReserve>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reserve {
    opening: Money,
    earned: Share,
    contribution: Money,
    hurdle: Share,
    /// Balance on which the opportunity cost is counted, where it is not the opening.
    pub average: Option<Money>,
}

impl Reserve {
    /// Checks a fund once.
    ///
    /// # Errors
    ///
    /// Refuses a hurdle below the yield: money that earns more than it has to
    /// costs nothing to keep, and the two are most likely exchanged.
    pub fn new(
        opening: Money,
        earned: Share,
        contribution: Money,
        hurdle: Share,
    ) -> Result<Self, InvalidReserve> {
        if hurdle >= earned {
            Ok(Self { opening, earned, contribution, hurdle, average: None })
        } else {
            Err(InvalidReserve { earned, hurdle })
        }
    }

    /// Returns what the fund holds when the loss comes.
    #[must_use]
    pub fn balance(&self) -> Money {
        self.opening + self.opening * self.earned + self.contribution
    }

    /// Returns what it pays of a retained loss.
    #[must_use]
    pub fn used(&self, retained: Money) -> Money {
        retained.positive().min(self.balance())
    }

    /// Returns what it holds after a retained loss.
    #[must_use]
    pub fn closing(&self, retained: Money) -> Money {
        self.balance() - self.used(retained)
    }

    /// Returns the balance on which the opportunity cost is counted.
    #[must_use]
    pub fn average(&self) -> Money {
        self.average.unwrap_or(self.opening)
    }

    /// Returns what a year's return on the money should have been.
    #[must_use]
    pub fn hurdle(&self) -> Share {
        self.hurdle
    }

    /// Returns what the fund earns a year.
    #[must_use]
    pub fn earned(&self) -> Share {
        self.earned
    }

    /// Returns what the money would have earned elsewhere beyond its yield.
    #[must_use]
    pub fn opportunity_cost(&self) -> Money {
        Money(self.average().0 * (self.hurdle.get() - self.earned.get()))
    }

    /// Returns what the fund costs in a year.
    #[must_use]
    pub fn costs(&self) -> Costs {
        let mut costs = Costs::default();
        costs[Kind::OpportunityCost] = self.opportunity_cost();
        costs
    }
}

/// A hurdle below the yield.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InvalidReserve {
    earned: Share,
    hurdle: Share,
}

impl fmt::Display for InvalidReserve {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the hurdle rate of {} is below the yield of {}", self.hurdle, self.earned)
    }
}

impl std::error::Error for InvalidReserve {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fund_pays_until_it_is_empty() {
        let share = |part| Share::new(part).unwrap();
        let fund = Reserve::new(Money(200.0), share(0.03), Money(50.0), share(0.08)).unwrap();
        for (retained, used, closing, because) in [
            (-5.0, 0.0, 256.0, "a gain needs no fund"),
            (180.0, 180.0, 76.0, "the fund holds more than the loss"),
            (256.0, 256.0, 0.0, "the loss just empties it"),
            (900.0, 256.0, 0.0, "what it does not hold it cannot pay"),
        ] {
            assert_eq!(fund.used(Money(retained)), Money(used), "{because}");
            assert_eq!(fund.closing(Money(retained)), Money(closing), "{because}");
        }
        let stated = Reserve { average: Some(Money(100.0)), ..fund };
        assert!((stated.opportunity_cost().0 - 5.0).abs() < 1e-12);
        assert!(Reserve::new(Money(1.0), share(0.08), Money(0.0), share(0.03)).is_err());
    }
}
