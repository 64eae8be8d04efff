//! Reinstatement: a layer's limit made whole again after a loss, for a premium.

use std::fmt;

use crate::quantity::{Money, Share};
use crate::term::term;

term! {
    /// The first tranche is used before the second is begun. What the last tranche
    /// does not reach is not reinstated: the layer pays no more than its limit and
    /// its tranches together. A tranche at 0 is free.
    pub const REINSTATEMENT: Term = {
        key: "reinstatement",
        korean: "한도 복원",
        english: "Reinstatement of limit",
        file_key: "cover.layer.reinstatements",
        unit: "money",
        formula: "reinstated r = min(paid, n·L - reinstated before), split at multiples of L into rₖ\npremium = Σ premium of the layer · rₖ / L · pctₖ · time · placed share\ntime = 1 as to amount; days left / days of the year as to amount and time\nlimit left = limit left before - paid + r",
        order: "in the tower, on what a layer pays in full; the premium is charged with the programme's cost",
        source: "CII study text M97 Reinsurance, reinstatement premium; premium adjustment pro rata as to amount and as to time",
    };
}

/// What a reinstatement is charged in proportion to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProRata {
    /// The amount reinstated.
    Amount,
    /// The amount reinstated, and the part of the year that is left.
    AmountAndTime,
}

impl ProRata {
    /// Each, under the name that it has in a scenario file.
    pub const ALL: [(&'static str, Self); 2] =
        [("amount", Self::Amount), ("amount_and_time", Self::AmountAndTime)];
}

/// The tranches in which a layer's limit comes back.
///
/// # Example
///
/// One reinstatement at 100% of a premium of 45 for a limit of 300. A loss of
/// 200 costs 30 as to amount; after 250 more only 100 is left to reinstate.
///
/// ```
/// use netloss::quantity::{Money, Share};
/// use netloss::tower::{ProRata, Reinstatements};
/// let once = Reinstatements::new(vec![1.0], Money(45.0), ProRata::Amount)?;
/// let limit = Money(300.0);
/// assert_eq!(once.premium(limit, Money(0.0), Money(200.0), Share::ALL), Money(30.0));
/// assert_eq!(once.reinstated(limit, Money(450.0)) - once.reinstated(limit, Money(200.0)), Money(100.0));
/// # Ok::<(), netloss::tower::ReinstatementError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Reinstatements {
    tranches: Vec<f64>,
    layer_premium: Money,
    pro_rata: ProRata,
}

impl Reinstatements {
    /// Checks the tranches once: the part of the layer's premium that each costs,
    /// which may be more than all of it.
    ///
    /// # Errors
    ///
    /// Refuses no tranche at all, and a part or a premium below nothing.
    pub fn new(
        tranches: Vec<f64>,
        layer_premium: Money,
        pro_rata: ProRata,
    ) -> Result<Self, ReinstatementError> {
        if tranches.is_empty() {
            return Err(ReinstatementError::None);
        }
        let sound = |amount: f64| amount.is_finite() && amount >= 0.0;
        if !tranches.iter().copied().all(sound) || !sound(layer_premium.0) {
            return Err(ReinstatementError::NotAnAmount);
        }
        Ok(Self { tranches, layer_premium, pro_rata })
    }

    /// Returns the part of the layer's premium that each tranche costs, in order.
    #[must_use]
    pub fn tranches(&self) -> &[f64] {
        &self.tranches
    }

    /// Returns the premium of all of the layer, from which tranches are counted.
    #[must_use]
    pub fn layer_premium(&self) -> Money {
        self.layer_premium
    }

    /// Returns what the premium is in proportion to.
    #[must_use]
    pub fn pro_rata(&self) -> ProRata {
        self.pro_rata
    }

    /// Returns whether all of the limit comes back for nothing.
    #[must_use]
    pub fn are_free(&self) -> bool {
        self.layer_premium == Money::ZERO || self.tranches.iter().all(|part| *part == 0.0)
    }

    /// Returns the most that the layer pays in the year: its limit and every tranche.
    #[must_use]
    pub fn most(&self, limit: Money) -> Money {
        Money(limit.0 * (self.tranches.len() as f64 + 1.0))
    }

    /// Returns what has been reinstated once the layer has paid so much in the year.
    #[must_use]
    pub fn reinstated(&self, limit: Money, paid: Money) -> Money {
        paid.min(Money(limit.0 * self.tranches.len() as f64))
    }

    /// Returns the premium for a loss that takes what the layer has paid in the
    /// year from `before` to `after`. `time_left` is the part of the year still to
    /// come; all amounts are those of the whole layer.
    #[must_use]
    pub fn premium(&self, limit: Money, before: Money, after: Money, time_left: Share) -> Money {
        let time = match self.pro_rata {
            ProRata::Amount => Share::ALL,
            ProRata::AmountAndTime => time_left,
        };
        (self.accrued(limit, after) - self.accrued(limit, before)) * time
    }

    /// The premium of everything reinstated so far, were it all at the year's start.
    fn accrued(&self, limit: Money, paid: Money) -> Money {
        let tranches = self.tranches.iter().enumerate().map(|(place, part)| {
            let reached = (paid.0 - limit.0 * place as f64).clamp(0.0, limit.0);
            if limit.0 > 0.0 { reached / limit.0 * part } else { 0.0 }
        });
        Money(self.layer_premium.0 * tranches.sum::<f64>())
    }
}

/// Reinstatements that no layer can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReinstatementError {
    /// There is no tranche.
    None,
    /// A part or the premium is negative or not a number.
    NotAnAmount,
}

impl fmt::Display for ReinstatementError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "there is no reinstatement in the list",
            Self::NotAnAmount => "a reinstatement costs 0 or more, and so does the layer",
        })
    }
}

impl std::error::Error for ReinstatementError {}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: Money = Money(300.0);

    fn once(tranches: &[f64], pro_rata: ProRata) -> Reinstatements {
        Reinstatements::new(tranches.to_vec(), Money(45.0), pro_rata).unwrap()
    }

    #[test]
    fn a_tranche_is_charged_for_what_it_brings_back() {
        for (tranches, before, after, premium, because) in [
            (&[1.0][..], 0.0, 200.0, 30.0, "200 of 300 at 45"),
            (&[1.0], 200.0, 450.0, 15.0, "only 100 is left to reinstate"),
            (&[1.0], 300.0, 600.0, 0.0, "the last limit does not come back"),
            (&[0.0, 1.0], 0.0, 200.0, 0.0, "the first comes back free"),
            (&[0.0, 1.0], 200.0, 400.0, 15.0, "100 of the second tranche is charged"),
            (&[0.0, 1.0], 0.0, 600.0, 45.0, "no more than each tranche in full"),
            (&[1.25], 0.0, 300.0, 56.25, "a tranche may cost more than the layer did"),
        ] {
            let terms = once(tranches, ProRata::Amount);
            let got = terms.premium(LIMIT, Money(before), Money(after), Share::ALL);
            assert!((got.0 - premium).abs() < 1e-12, "{because}: {}", got.0);
        }
    }

    #[test]
    fn as_to_time_only_the_rest_of_the_year_is_charged() {
        let left = Share::new(275.0 / 365.0).unwrap();
        let premium = once(&[1.0], ProRata::AmountAndTime).premium(LIMIT, Money(0.0), Money(200.0), left);
        assert!((premium.0 - 22.602_739_726).abs() < 1e-9, "{}", premium.0);
        let premium = once(&[1.0], ProRata::Amount).premium(LIMIT, Money(0.0), Money(200.0), left);
        assert_eq!(premium, Money(30.0));
    }

    #[test]
    fn it_follows_the_adjusted_premium() {
        let limit = Money(100_000.0);
        for (premium, due) in [(10_000.0, 5_000.0), (12_000.0, 6_000.0)] {
            let terms = Reinstatements::new(vec![1.0], Money(premium), ProRata::Amount).unwrap();
            assert_eq!(terms.premium(limit, Money(0.0), Money(50_000.0), Share::ALL), Money(due));
        }
    }

    #[test]
    fn refuses_what_is_no_reinstatement() {
        let refused = |tranches, premium| Reinstatements::new(tranches, Money(premium), ProRata::Amount);
        assert_eq!(refused(vec![], 45.0).unwrap_err(), ReinstatementError::None);
        assert_eq!(refused(vec![-1.0], 45.0).unwrap_err(), ReinstatementError::NotAnAmount);
        assert_eq!(refused(vec![1.0], f64::NAN).unwrap_err(), ReinstatementError::NotAnAmount);
    }
}
