//! Puts on our own shares: they pay when an outage takes the share price down.

use std::fmt;

use crate::quantity::{Met, Money};
use crate::term::term;

term! {
    pub const EQUITY_PUT: Term = {
        key: "equity_put",
        korean: "자사주 풋",
        english: "Put on our own shares",
        file_key: "equity_put",
        unit: "money of market value",
        formula: "put               N · (K - S)⁺\nput_spread        N · ((K - S)⁺ - (lower - S)⁺)\ncatastrophe_put   N · (K - S)⁺ where the loss is more than the trigger, else 0",
        order: "Beside the net loss, in the view of market value, with its own premium",
        source: "IRMI, glossary, Catastrophe equity put",
    };
}

/// A right to sell our own shares at a price.
///
/// # Formula
///
/// For `N` shares, strike `K`, share price `S` and a loss
///
/// ```text
/// put               N · (K - S)⁺
/// put spread        N · ((K - S)⁺ - (lower - S)⁺),   K > lower
/// catastrophe put   N · (K - S)⁺ where the loss is more than the trigger, else 0
/// ```
///
/// The holder of a catastrophe put issues shares at `K`: it raises `N · K` of
/// capital and dilutes. None of the three is income of the business that was
/// dark, so they stand beside the net loss, in the view of market value.
///
/// # Source
///
/// IRMI, glossary, "Catastrophe equity put"; Lin, Chang and Powers on pricing
/// such puts.
///
/// # Example
///
/// A million shares at 42,000 after the outage, struck at 50,000 and 45,000.
///
/// ```
/// use netloss::hedge::EquityPut;
/// use netloss::quantity::Money;
/// let (strike, now, loss) = (Money(50_000.0), Money(42_000.0), Money(0.0));
/// let put = EquityPut::put(1e6, strike)?;
/// assert_eq!(put.payoff(now, loss), Money(8e9));
/// let spread = EquityPut::spread(1e6, strike, Money(45_000.0))?;
/// assert_eq!(spread.payoff(now, loss), Money(5e9));
/// # Ok::<(), netloss::hedge::InvalidEquityPut>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EquityPut {
    shares: f64,
    strike: Money,
    kind: EquityKind,
}

/// What a put on shares asks for beside the price.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum EquityKind {
    /// Nothing.
    Put,
    /// A second put is sold at a lower strike.
    Spread {
        /// The lower strike.
        lower: Money,
    },
    /// The loss must be more than a trigger.
    Catastrophe {
        /// The trigger.
        trigger: Money,
    },
}

impl EquityPut {
    /// A plain put.
    ///
    /// # Errors
    ///
    /// Refuses a number of shares or a strike that is not above zero.
    pub fn put(shares: f64, strike: Money) -> Result<Self, InvalidEquityPut> {
        if !(shares.is_finite() && shares > 0.0) {
            Err(InvalidEquityPut::Shares(shares))
        } else if !(strike.0.is_finite() && strike > Money::ZERO) {
            Err(InvalidEquityPut::Strike(strike))
        } else {
            Ok(Self { shares, strike, kind: EquityKind::Put })
        }
    }

    /// A put bought at one strike and sold at a lower one.
    ///
    /// # Errors
    ///
    /// Refuses what [`put`](Self::put) refuses, and a lower strike that is not below.
    pub fn spread(shares: f64, strike: Money, lower: Money) -> Result<Self, InvalidEquityPut> {
        let put = Self::put(shares, strike)?;
        if lower < strike {
            Ok(Self { kind: EquityKind::Spread { lower }, ..put })
        } else {
            Err(InvalidEquityPut::Spread { strike, lower })
        }
    }

    /// A put that needs a loss as well.
    ///
    /// # Errors
    ///
    /// Refuses what [`put`](Self::put) refuses.
    pub fn catastrophe(shares: f64, strike: Money, trigger: Money) -> Result<Self, InvalidEquityPut> {
        Ok(Self { kind: EquityKind::Catastrophe { trigger }, ..Self::put(shares, strike)? })
    }

    /// Returns how many shares it is for.
    #[must_use]
    pub fn shares(&self) -> f64 {
        self.shares
    }

    /// Returns the price at which they can be sold.
    #[must_use]
    pub fn strike(&self) -> Money {
        self.strike
    }

    /// Returns what it asks for beside the price.
    #[must_use]
    pub fn kind(&self) -> EquityKind {
        self.kind
    }

    /// Returns whether a loss lets it be exercised, whatever the price.
    #[must_use]
    pub fn triggered(&self, loss: Money) -> bool {
        match self.kind {
            EquityKind::Put | EquityKind::Spread { .. } => true,
            EquityKind::Catastrophe { trigger } => Met::MoreThan.by_amount(loss, trigger),
        }
    }

    /// Returns what it pays at a share price and a loss.
    #[must_use]
    pub fn payoff(&self, price: Money, loss: Money) -> Money {
        let below = |strike: Money| Money((strike - price).positive().0 * self.shares);
        match self.kind {
            _ if !self.triggered(loss) => Money::ZERO,
            EquityKind::Spread { lower } => below(self.strike) - below(lower),
            EquityKind::Put | EquityKind::Catastrophe { .. } => below(self.strike),
        }
    }

    /// Returns the capital that shares issued under it raise.
    #[must_use]
    pub fn capital_raised(&self, price: Money, loss: Money) -> Money {
        match self.kind {
            EquityKind::Catastrophe { .. } if self.payoff(price, loss) > Money::ZERO => {
                Money(self.strike.0 * self.shares)
            }
            _ => Money::ZERO,
        }
    }
}

/// A put that no bank can write.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum InvalidEquityPut {
    /// It is for no shares.
    Shares(f64),
    /// It is struck at nothing.
    Strike(Money),
    /// The strikes stand the wrong way round.
    Spread {
        /// The strike of the put that is bought.
        strike: Money,
        /// The strike of the put that is sold.
        lower: Money,
    },
}

impl fmt::Display for InvalidEquityPut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shares(shares) => write!(f, "a put on {shares} shares never pays"),
            Self::Strike(strike) => write!(f, "a put struck at {strike} never pays"),
            Self::Spread { strike, lower } => {
                write!(
                    f,
                    "the put that is sold, at {lower}, is not below the one that is bought, at {strike}"
                )
            }
        }
    }
}

impl std::error::Error for InvalidEquityPut {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn puts_pay_below_their_strike() {
        let strike = Money(48_000.0);
        let put = EquityPut::put(80_000.0, strike).unwrap();
        let spread = EquityPut::spread(80_000.0, strike, Money(44_000.0)).unwrap();
        let catastrophe = EquityPut::catastrophe(80_000.0, strike, Money(7e8)).unwrap();
        for (option, price, loss, payoff, because) in [
            (put, 43_500.0, 0.0, 3.6e8, "4,500 on each of 80,000 shares"),
            (put, 48_000.0, 0.0, 0.0, "at the strike nothing is gained"),
            (spread, 45_000.0, 0.0, 2.4e8, "above the lower strike it pays as a put"),
            (spread, 43_500.0, 0.0, 3.2e8, "below it no more is gained"),
            (catastrophe, 43_500.0, 9e8, 3.6e8, "price and loss are both met"),
            (catastrophe, 43_500.0, 7e8, 0.0, "a loss that just reaches the trigger is not more"),
            (catastrophe, 49_000.0, 9e8, 0.0, "the price is above the strike"),
        ] {
            assert_eq!(option.payoff(Money(price), Money(loss)), Money(payoff), "{because}");
        }
        assert_eq!(catastrophe.capital_raised(Money(43_500.0), Money(9e8)), Money(3.84e9));
        assert_eq!(put.capital_raised(Money(43_500.0), Money(9e8)), Money::ZERO);
    }

    #[test]
    fn refuses_puts_that_never_pay() {
        let spread = |shares, strike, lower| EquityPut::spread(shares, Money(strike), Money(lower));
        for (shares, strike, lower, said) in [
            (0.0, 48_000.0, 44_000.0, "0 shares"),
            (f64::NAN, 48_000.0, 44_000.0, "NaN shares"),
            (1.0, 0.0, 0.0, "struck at 0"),
            (1.0, 44_000.0, 44_000.0, "not below"),
        ] {
            assert!(spread(shares, strike, lower).unwrap_err().to_string().contains(said));
        }
    }
}
