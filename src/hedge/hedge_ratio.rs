//! Hedge ratio: how much of a hedge moves least against the loss, and how well.

use super::basis::{Outcome, variance};
use crate::term::term;

term! {
    pub const HEDGE_RATIO: Term = {
        key: "hedge_ratio",
        korean: "헤지비율·헤지효과성",
        english: "Hedge ratio and effectiveness",
        file_key: "basis",
        unit: "ratio",
        formula: "h*   = Cov(L, P) / Var(P)\nR²   = correlation², the variance removed at h*\noffset of totals   ΣP / ΣL\noffset of changes  sum of changes in P / sum of changes in L\ncontracts          h* · exposure / contract size, rounded",
        order: "A report after the hedges; it changes no amount",
        source: "Minimum variance hedge ratio after Ederington and Hull; an offset of 80 to 125 % is the customary test of hedge accounting",
    };
}

/// How much of a hedge is best held against a loss, and how well it then works.
///
/// Nothing stands where a measure is not defined: the payout, or the loss, does
/// not vary, or nothing was lost.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct HedgeRatio {
    /// Size of the hedge, as a multiple of the one held, that leaves least variance.
    pub ratio: Option<f64>,
    /// Part of the variance that is removed at that size.
    pub r_squared: Option<f64>,
    /// All payouts over all losses, as their probabilities weigh them.
    pub offset_of_totals: Option<f64>,
    /// What payouts change from the first outage to the last, over what losses do.
    pub offset_of_changes: Option<f64>,
}

impl HedgeRatio {
    /// Measures outcomes in their order.
    ///
    /// # Formula
    ///
    /// As [`HEDGE_RATIO`].
    ///
    /// # Example
    ///
    /// ```
    /// use netloss::hedge::{HedgeRatio, Outcome};
    /// use netloss::quantity::Money;
    /// let outcome = |loss, paid| Outcome { probability: 0.5, loss: Money(loss), payout: Money(paid) };
    /// let ratio = HedgeRatio::of(&[outcome(0.0, 0.0), outcome(300.0, 200.0)]);
    /// assert_eq!(ratio.ratio, Some(1.5));
    /// assert_eq!(ratio.r_squared, Some(1.0));
    /// ```
    #[must_use]
    pub fn of(outcomes: &[Outcome]) -> Self {
        let mean = |of: &dyn Fn(&Outcome) -> f64| -> f64 {
            outcomes.iter().map(|outcome| outcome.probability * of(outcome)).sum()
        };
        let (loss, paid) = (mean(&|o| o.loss.0), mean(&|o| o.payout.0));
        let covariance = mean(&|o| (o.loss.0 - loss) * (o.payout.0 - paid));
        let of_loss = variance(outcomes, &|o| o.loss.0);
        let of_payout = variance(outcomes, &|o| o.payout.0);
        let over = |part: f64, whole: f64| (whole > 0.0).then(|| part / whole);
        let changes = outcomes.first().zip(outcomes.last()).and_then(|(first, last)| {
            let change = (last.loss - first.loss).0;
            (change != 0.0).then(|| (last.payout - first.payout).0 / change)
        });
        Self {
            ratio: over(covariance, of_payout),
            r_squared: over(covariance * covariance, of_loss * of_payout),
            offset_of_totals: over(paid, loss),
            offset_of_changes: changes,
        }
    }

    /// Returns how many contracts of `size` hedge an exposure, to the nearest whole one.
    #[must_use]
    pub fn contracts(&self, exposure: f64, size: f64) -> Option<f64> {
        self.ratio.filter(|_| size > 0.0).map(|ratio| (ratio * exposure / size).round())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::Money;

    /// The worked example: six losses, each as likely as the others.
    fn six(payouts: [f64; 6]) -> Vec<Outcome> {
        let losses = [20.0, 60.0, 150.0, 260.0, 420.0, 700.0];
        let outcome =
            |(loss, paid)| Outcome { probability: 1.0 / 6.0, loss: Money(loss), payout: Money(paid) };
        losses.into_iter().zip(payouts).map(outcome).collect()
    }

    #[test]
    fn six_losses_and_their_payouts() {
        let ratio = HedgeRatio::of(&six([0.0, 0.0, 100.0, 250.0, 250.0, 500.0]));
        for (measure, expected) in [
            (ratio.ratio, 1.308_181_818),
            (ratio.r_squared, 0.955_134_018),
            (ratio.offset_of_totals, 0.683_229_814),
            (ratio.offset_of_changes, 0.735_294_118),
        ] {
            assert!((measure.unwrap() - expected).abs() < 1e-9, "{measure:?}");
        }
        assert_eq!(ratio.contracts(10.0, 3.0), Some(4.0), "4.36 contracts are four");
    }

    #[test]
    fn a_payout_that_never_varies_has_no_ratio() {
        let ratio = HedgeRatio::of(&six([50.0; 6]));
        assert_eq!((ratio.ratio, ratio.r_squared), (None, None));
        assert!(HedgeRatio::of(&[]).offset_of_totals.is_none());
    }
}
