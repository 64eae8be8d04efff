//! Dispute: what a claim on a payer is expected to come to.

use std::fmt;

use crate::quantity::{Money, Share, TOLERANCE};
use crate::term::term;

term! {
    /// Layers that follow the form of the one below share its outcome.
    pub const DISPUTE: Term = {
        key: "dispute",
        korean: "분쟁·지급확률",
        english: "Dispute haircut",
        file_key: "recovery_quality.dispute",
        unit: "money",
        formula: "haircut = recovery · (1 - Σ chanceᵢ · paidᵢ)",
        order: "first of the haircuts on a recovery",
        source: "the project's own model",
    };
}

/// An outcome of a claim.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outcome {
    /// How likely it is.
    pub chance: Share,
    /// Part of the recovery that is then paid.
    pub paid: Share,
}

/// The outcomes of a claim, with their chances.
///
/// # Formula
///
/// ```text
/// expected = R · Σ chanceᵢ · paidᵢ
/// haircut  = R - expected
/// ```
///
/// # Example
///
/// 70% in full, 20% at 60%, 10% nothing: of 700, 574 are expected.
///
/// ```
/// use netloss::quantity::{Money, Share};
/// use netloss::recovery::{Dispute, Outcome};
/// let outcome = |chance, paid| Outcome {
///     chance: Share::new(chance).unwrap(),
///     paid: Share::new(paid).unwrap(),
/// };
/// let dispute = Dispute::new(vec![outcome(0.7, 1.0), outcome(0.2, 0.6), outcome(0.1, 0.0)])?;
/// assert!((dispute.haircut(Money(700.0)).0 - 126.0).abs() < 1e-9);
/// # Ok::<(), netloss::recovery::InvalidDispute>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Dispute(Vec<Outcome>);

impl Dispute {
    /// Checks that the outcomes are all there are.
    ///
    /// # Errors
    ///
    /// Refuses chances that do not come to 100%.
    pub fn new(outcomes: Vec<Outcome>) -> Result<Self, InvalidDispute> {
        let chances: f64 = outcomes.iter().map(|outcome| outcome.chance.get()).sum();
        if (chances - 1.0).abs() <= TOLERANCE { Ok(Self(outcomes)) } else { Err(InvalidDispute(chances)) }
    }

    /// Returns the part of a recovery that is expected to be paid.
    #[must_use]
    pub fn expected(&self) -> Share {
        let expected: f64 = self.0.iter().map(|outcome| (outcome.chance * outcome.paid).get()).sum();
        Share::new(expected.min(1.0)).unwrap_or(Share::ALL)
    }

    /// Returns what is expected to be lost of a recovery.
    #[must_use]
    pub fn haircut(&self, recovery: Money) -> Money {
        recovery - recovery * self.expected()
    }

    /// Returns the part that is paid in the outcome into which a draw falls.
    ///
    /// One draw, from 0 to 1, decides a claim and every layer that follows it.
    #[must_use]
    pub fn drawn(&self, draw: Share) -> Share {
        let mut above = 0.0;
        let into = self.0.iter().find(|outcome| {
            above += outcome.chance.get();
            draw.get() < above
        });
        into.or(self.0.last()).map_or(Share::ALL, |outcome| outcome.paid)
    }

    /// Returns the outcomes.
    #[must_use]
    pub fn outcomes(&self) -> &[Outcome] {
        &self.0
    }
}

/// Chances that are not those of all outcomes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InvalidDispute(f64);

impl fmt::Display for InvalidDispute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the chances come to {}%", (self.0 * 1e6).round() / 1e4)
    }
}

impl std::error::Error for InvalidDispute {}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(number: f64) -> Share {
        Share::new(number).unwrap()
    }

    fn outcomes(list: &[(f64, f64)]) -> Vec<Outcome> {
        list.iter().map(|(chance, paid)| Outcome { chance: share(*chance), paid: share(*paid) }).collect()
    }

    #[test]
    fn a_draw_falls_into_one_outcome() {
        let dispute = Dispute::new(outcomes(&[(0.7, 1.0), (0.2, 0.6), (0.1, 0.0)])).unwrap();
        for (draw, paid) in [(0.0, 1.0), (0.69, 1.0), (0.7, 0.6), (0.89, 0.6), (0.95, 0.0), (1.0, 0.0)] {
            assert_eq!(dispute.drawn(share(draw)), share(paid), "{draw}");
        }
    }

    #[test]
    fn refuses_chances_that_leave_something_out() {
        let refused = Dispute::new(outcomes(&[(0.7, 1.0), (0.2, 0.6)])).unwrap_err();
        assert_eq!(refused.to_string(), "the chances come to 90%");
        assert!(Dispute::new(outcomes(&[(0.7, 1.0), (0.4, 0.6)])).is_err());
        assert!(Dispute::new(vec![]).is_err());
    }
}
