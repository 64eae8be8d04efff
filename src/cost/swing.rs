//! Swing rating: a premium that follows the year's losses between two bounds.

use std::fmt;

use crate::quantity::Money;
use crate::term::term;

term! {
    pub const SWING: Term = {
        key: "swing",
        korean: "손해율 연동 보험료",
        english: "Swing-rated premium",
        file_key: "cover.premium.swing",
        unit: "money a policy year",
        formula: "premium = clamp(losses · load, minimum, maximum)",
        order: "With the cost of the programme, on what the cover paid in the policy year so far",
        source: "Willis, Alternatives to burning cost rated contracts (2013); Johnson Lambert, Swing-rated reinsurance premium",
    };
}

/// A premium of loaded losses, with a least and a most.
///
/// # Formula
///
/// ```text
/// premium = clamp(losses · load, minimum, maximum)
/// ```
///
/// `losses` are those that the cover paid in the policy year. Between the bounds
/// each unit of loss costs `load` units of premium: at 100/70 the insured pays
/// the loss back and 43 in a hundred on top.
///
/// # Source
///
/// Willis, "Alternatives to burning cost rated contracts" (2013); Johnson
/// Lambert, "Swing-rated reinsurance premium".
///
/// # Example
///
/// Losses of 2,000,000 loaded at 100/70 lie between the bounds.
///
/// ```
/// use netloss::cost::Swing;
/// use netloss::quantity::Money;
/// let swing = Swing::new(100.0 / 70.0, Money(1_000_000.0), Money(5_000_000.0))?;
/// assert!((swing.premium(Money(2_000_000.0)).0 - 2_857_142.857_142_857).abs() < 1e-6);
/// assert_eq!(swing.premium(Money(0.0)), Money(1_000_000.0));
/// assert_eq!(swing.premium(Money(5_000_000.0)), Money(5_000_000.0));
/// # Ok::<(), netloss::cost::InvalidSwing>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Swing {
    load: f64,
    minimum: Money,
    maximum: Money,
}

impl Swing {
    /// Checks a swing rate once.
    ///
    /// # Errors
    ///
    /// Refuses a load that is not above zero, and a maximum below the minimum.
    pub fn new(load: f64, minimum: Money, maximum: Money) -> Result<Self, InvalidSwing> {
        if !(load.is_finite() && load > 0.0) {
            Err(InvalidSwing::Load(load))
        } else if maximum >= minimum {
            Ok(Self { load, minimum, maximum })
        } else {
            Err(InvalidSwing::Bounds { minimum, maximum })
        }
    }

    /// Returns the premium of a year with these losses.
    #[must_use]
    pub fn premium(self, losses: Money) -> Money {
        self.loaded(losses).max(self.minimum).min(self.maximum)
    }

    /// Returns the losses with their load, whatever the bounds say.
    #[must_use]
    pub fn loaded(self, losses: Money) -> Money {
        Money(losses.0 * self.load)
    }

    /// Returns what a unit of loss costs between the bounds.
    #[must_use]
    pub fn load(self) -> f64 {
        self.load
    }

    /// Returns the least premium.
    #[must_use]
    pub fn minimum(self) -> Money {
        self.minimum
    }

    /// Returns the greatest premium.
    #[must_use]
    pub fn maximum(self) -> Money {
        self.maximum
    }
}

/// A swing rate that no treaty can state.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum InvalidSwing {
    /// The load is not above zero.
    Load(f64),
    /// The maximum is below the minimum.
    Bounds {
        /// The least premium.
        minimum: Money,
        /// The greatest premium.
        maximum: Money,
    },
}

impl fmt::Display for InvalidSwing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Load(load) => write!(f, "losses are loaded by {load}; give more than 0"),
            Self::Bounds { minimum, maximum } => {
                write!(f, "the greatest premium of {maximum} is below the least of {minimum}")
            }
        }
    }
}

impl std::error::Error for InvalidSwing {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn premium_swings_between_its_bounds() {
        let swing = Swing::new(1.25, Money(100.0), Money(500.0)).unwrap();
        for (losses, premium, because) in [
            (0.0, 100.0, "no loss costs the least"),
            (80.0, 100.0, "loaded losses just reach the least"),
            (200.0, 250.0, "between the bounds the load alone counts"),
            (400.0, 500.0, "loaded losses just reach the most"),
            (9_000.0, 500.0, "above the most nothing is added"),
        ] {
            assert_eq!(swing.premium(Money(losses)), Money(premium), "{because}");
        }
    }

    #[test]
    fn refuses_a_swing_that_cannot_swing() {
        for (load, minimum, maximum, said) in [
            (0.0, 1.0, 2.0, "more than 0"),
            (f64::NAN, 1.0, 2.0, "NaN"),
            (1.0, 2.0, 1.0, "below the least"),
        ] {
            let refused = Swing::new(load, Money(minimum), Money(maximum)).unwrap_err();
            assert!(refused.to_string().contains(said), "{refused}");
        }
    }
}
