//! Deductible: money that the insured bears first, once per occurrence.

use std::fmt;

use super::{Claim, Reading, WaitingPeriod};
use crate::quantity::{Met, Money, Share};
use crate::reason::Reason;

/// What the insured bears of a loss before the cover pays.
///
/// # Formula
///
/// For a loss `x`, the sum of the heads after sublimits, the cover goes on with
/// `(x - d)⁺`, where `d` is
///
/// ```text
/// straight        d
/// franchise       x where x does not pass the threshold, 0 where it does
/// disappearing    d                        x ≤ d
///                 d · (U - x) / (U - d)    d < x < U
///                 0                        x ≥ U
/// percentage      clamp(p · x, minimum, maximum)
/// ```
///
/// Under the reading `greater_of` the larger of `d` and the loss inside the
/// waiting period is taken. Each head gives in proportion to its amount, and the
/// limit stands above the deductible, not eroded by it.
///
/// # Source
///
/// Ordinary and franchise deductibles: Klugman, Panjer and Willmot, Loss Models,
/// chapter 8. Disappearing and percentage deductibles: property wordings; the
/// percentage with a least and a most is common in the market's data standards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Deductible {
    /// The same amount of every loss.
    Straight(Money),
    /// All of a loss up to the threshold, nothing of one that passes it.
    Franchise {
        /// The loss that has to be passed.
        threshold: Money,
        /// How it is passed.
        met: Met,
    },
    /// An amount that shrinks as the loss grows, and vanishes.
    Disappearing {
        /// The amount of a small loss.
        amount: Money,
        /// The loss from which on nothing is deducted.
        vanishes_at: Money,
    },
    /// A part of the loss, within bounds.
    Percentage {
        /// The part.
        share: Share,
        /// The least that is deducted.
        minimum: Money,
        /// The most that is deducted; none is endless.
        maximum: Option<Money>,
    },
}

impl Deductible {
    /// Nothing is deducted.
    pub const NONE: Self = Self::Straight(Money::ZERO);

    /// Checks a deductible that vanishes.
    ///
    /// # Errors
    ///
    /// Refuses one that vanishes before it applies.
    pub fn disappearing(amount: Money, vanishes_at: Money) -> Result<Self, InvalidDeductible> {
        if vanishes_at > amount {
            Ok(Self::Disappearing { amount, vanishes_at })
        } else {
            Err(InvalidDeductible::Vanished { amount, vanishes_at })
        }
    }

    /// Checks a percentage within bounds.
    ///
    /// # Errors
    ///
    /// Refuses a maximum below the minimum.
    pub fn percentage(
        share: Share,
        minimum: Money,
        maximum: Option<Money>,
    ) -> Result<Self, InvalidDeductible> {
        match maximum {
            Some(maximum) if maximum < minimum => Err(InvalidDeductible::Bounds { minimum, maximum }),
            _ => Ok(Self::Percentage { share, minimum, maximum }),
        }
    }

    /// Returns what the insured bears of a loss, never more than the loss.
    #[must_use]
    pub fn of(self, loss: Money) -> Money {
        let borne = match self {
            Self::Straight(amount) => amount,
            Self::Franchise { threshold, met } if met.by_amount(loss, threshold) => Money::ZERO,
            Self::Franchise { .. } => loss,
            Self::Disappearing { amount, .. } if loss <= amount => amount,
            Self::Disappearing { amount, vanishes_at } => {
                let left = (vanishes_at - loss).positive().part_of(vanishes_at - amount);
                amount * left
            }
            Self::Percentage { share, minimum, maximum } => (loss * share).max(minimum).at_most(maximum),
        };
        borne.min(loss)
    }

    /// Returns the losses at which the rule runs another way, besides the one at
    /// which the deductible is used up.
    #[must_use]
    pub fn turns(self) -> Vec<Money> {
        match self {
            Self::Straight(_) | Self::Franchise { .. } => vec![],
            Self::Disappearing { vanishes_at, .. } => vec![vanishes_at],
            Self::Percentage { share, minimum, maximum } if share > Share::NONE => {
                let bounds = [Some(minimum), maximum].into_iter().flatten();
                bounds.map(|bound| Money(bound.0 / share.get())).collect()
            }
            Self::Percentage { .. } => vec![],
        }
    }
}

pub(super) fn take(claim: &mut Claim<'_>, deductible: Deductible, wait: Option<WaitingPeriod>) {
    let greater_of = wait.is_some_and(|wait| wait.reading() == Reading::GreaterOf);
    let (inside, borne) = (claim.inside_waiting_period, deductible.of(claim.total()));
    let (reason, taken) = if greater_of && inside > borne {
        (Reason::WaitingPeriod, inside)
    } else {
        (Reason::Deductible, borne)
    };
    claim.keep(reason, taken.min(claim.total()));
}

/// A deductible that no policy can state.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum InvalidDeductible {
    /// It vanishes before it applies.
    Vanished {
        /// Its amount.
        amount: Money,
        /// The loss at which it is to vanish.
        vanishes_at: Money,
    },
    /// Its most is below its least.
    Bounds {
        /// The least.
        minimum: Money,
        /// The most.
        maximum: Money,
    },
}

impl fmt::Display for InvalidDeductible {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Vanished { amount, vanishes_at } => {
                write!(f, "a deductible of {amount} cannot vanish at a loss of {vanishes_at}")
            }
            Self::Bounds { minimum, maximum } => {
                write!(f, "the deductible is at least {minimum} and at most {maximum}")
            }
        }
    }
}

impl std::error::Error for InvalidDeductible {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_ladder_of_losses_through_each_kind() {
        let franchise = |met| Deductible::Franchise { threshold: Money(150.0), met };
        let disappearing = Deductible::disappearing(Money(100.0), Money(500.0)).unwrap();
        let tenth = Share::new(0.1).unwrap();
        let percentage = Deductible::percentage(tenth, Money(25.0), Some(Money(60.0))).unwrap();
        for (deductible, loss, paid, because) in [
            (Deductible::Straight(Money(150.0)), 140.0, 0.0, "below the amount"),
            (Deductible::Straight(Money(150.0)), 410.0, 260.0, "the rest"),
            (franchise(Met::MoreThan), 140.0, 0.0, "below the threshold"),
            (franchise(Met::MoreThan), 150.0, 0.0, "reaching is not passing"),
            (franchise(Met::AtLeast), 150.0, 150.0, "reaching is enough"),
            (franchise(Met::MoreThan), 160.0, 160.0, "all of it, once passed"),
            (disappearing, 80.0, 0.0, "as a straight one below its amount"),
            (disappearing, 100.0, 0.0, "and up to it"),
            (disappearing, 300.0, 250.0, "half way half of it is gone"),
            (disappearing, 500.0, 500.0, "gone"),
            (disappearing, 900.0, 900.0, "and it stays gone"),
            (percentage, 100.0, 75.0, "the least"),
            (percentage, 410.0, 369.0, "a tenth"),
            (percentage, 900.0, 840.0, "the most"),
            (percentage, 10.0, 0.0, "never more than the loss"),
        ] {
            let loss = Money(loss);
            assert!((loss - deductible.of(loss) - Money(paid)).0.abs() < 1e-9, "{deductible:?}: {because}");
        }
    }

    #[test]
    fn a_vanishing_deductible_pays_without_a_jump() {
        let deductible = Deductible::disappearing(Money(100.0), Money(500.0)).unwrap();
        for at in [100.0, 500.0] {
            let [below, above] = [at - 1e-7, at + 1e-7].map(|loss| deductible.of(Money(loss)).0);
            assert!((below - above).abs() < 1e-6, "{at}");
        }
    }

    #[test]
    fn refuses_what_no_policy_can_state() {
        assert!(Deductible::disappearing(Money(100.0), Money(100.0)).is_err());
        assert!(Deductible::percentage(Share::ALL, Money(60.0), Some(Money(25.0))).is_err());
    }
}
