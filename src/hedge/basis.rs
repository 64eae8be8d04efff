//! Basis risk: how far payouts on an index stay from the loss that they are for.

use std::fmt;

use super::index::LossMeasure;
use crate::quantity::{Hours, Money, Share, TOLERANCE};
use crate::term::term;

term! {
    /// A report beside the net loss, and no part of it.
    pub const BASIS_RISK: Term = {
        key: "basis_risk",
        korean: "베이시스 리스크",
        english: "Basis risk",
        file_key: "basis",
        unit: "money, or share",
        formula: "shortfall  E[(L - P)⁺]          overpayment  E[(P - L)⁺]\nRMSE       √E[(L - P)²]\nfalse negative  P(P = 0 | L > x)\nfalse positive  P(P > 0 | L ≤ y)\nvariance removed  1 - Var(L - P) / Var(L)\nexpectile loss    E[τ·((L - P)⁺)² + (1 - τ)·((P - L)⁺)²]",
        order: "A report after the hedges; it changes no amount",
        source: "Maier and Scherer, Expectiles as basis risk-optimal payment schemes (2025); Descartes, What is basis risk; PwC in The Insurer, Parametric insurance: basis risk and mitigation strategies",
    };
}

/// An outage that may come: its loss, what a hedge pays, and how likely it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outcome {
    /// Its probability among all outcomes.
    pub probability: f64,
    /// The loss that the hedge is for.
    pub loss: Money,
    /// What the hedge pays; below zero it costs.
    pub payout: Money,
}

/// How far payouts stay from losses.
///
/// Nothing stands where a measure is not defined: a variance is zero, no outcome
/// lies on its side of a threshold, or the threshold was not asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct BasisRisk {
    /// Expected loss.
    pub expected_loss: Money,
    /// Expected payout.
    pub expected_payout: Money,
    /// Expected part of the loss that is not paid.
    pub mean_shortfall: Money,
    /// Expected part of the payout that no loss stands behind.
    pub mean_overpay: Money,
    /// Root of the expected square of the difference.
    pub rmse: Money,
    /// Correlation of loss and payout.
    pub correlation: Option<f64>,
    /// Part of the losses above a threshold for which nothing is paid.
    pub false_negative_share: Option<f64>,
    /// Part of the losses up to a threshold for which something is paid.
    pub false_positive_share: Option<f64>,
    /// Part of the variance of the loss that the payout removes.
    pub variance_reduction: Option<f64>,
    /// Expected square of the difference, short and over weighted apart.
    pub expectile_loss: Option<f64>,
}

/// What is asked of a report on basis risk.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Asked {
    /// Loss above which an outage without payout is a false negative.
    pub false_negative_above: Option<Money>,
    /// Loss up to which an outage with a payout is a false positive.
    pub false_positive_up_to: Option<Money>,
    /// Weight of a shortfall in the expectile loss; an overpayment has the rest.
    pub tau: Option<Share>,
}

impl BasisRisk {
    /// Measures outcomes whose probabilities add up to one.
    ///
    /// # Formula
    ///
    /// As [`BASIS_RISK`], with each expectation weighted by probability.
    ///
    /// # Example
    ///
    /// ```
    /// use netloss::hedge::{Asked, BasisRisk, Outcome};
    /// use netloss::quantity::Money;
    /// let outcome = |loss, paid| Outcome { probability: 0.5, loss: Money(loss), payout: Money(paid) };
    /// let risk = BasisRisk::of(&[outcome(20.0, 0.0), outcome(60.0, 100.0)], Asked::default());
    /// assert_eq!((risk.mean_shortfall, risk.mean_overpay), (Money(10.0), Money(20.0)));
    /// ```
    #[must_use]
    pub fn of(outcomes: &[Outcome], asked: Asked) -> Self {
        let mean = |of: &dyn Fn(&Outcome) -> f64| -> f64 {
            outcomes.iter().map(|outcome| outcome.probability * of(outcome)).sum()
        };
        let (loss, paid) = (mean(&|o| o.loss.0), mean(&|o| o.payout.0));
        let of_loss = variance(outcomes, &|o| o.loss.0);
        let of_payout = variance(outcomes, &|o| o.payout.0);
        let of_rest = variance(outcomes, &|o| (o.loss - o.payout).0);
        let covariance = mean(&|o| (o.loss.0 - loss) * (o.payout.0 - paid));
        let over = |part: f64, whole: f64| (whole > 0.0).then(|| part / whole);
        let share = |of: &dyn Fn(&Outcome) -> bool, among: &dyn Fn(&Outcome) -> bool| {
            let among_all = mean(&|o| f64::from(among(o)));
            over(mean(&|o| f64::from(among(o) && of(o))), among_all)
        };
        let short = |o: &Outcome| (o.loss - o.payout).positive().0;
        let over_paid = |o: &Outcome| (o.payout - o.loss).positive().0;
        Self {
            expected_loss: Money(loss),
            expected_payout: Money(paid),
            mean_shortfall: Money(mean(&short)),
            mean_overpay: Money(mean(&over_paid)),
            rmse: Money(mean(&|o| (o.loss - o.payout).0.powi(2)).sqrt()),
            correlation: over(covariance, (of_loss * of_payout).sqrt()),
            false_negative_share: asked
                .false_negative_above
                .and_then(|above| share(&|o| o.payout <= Money::ZERO, &|o| o.loss > above)),
            false_positive_share: asked
                .false_positive_up_to
                .and_then(|up_to| share(&|o| o.payout > Money::ZERO, &|o| o.loss <= up_to)),
            variance_reduction: over(of_loss - of_rest, of_loss),
            expectile_loss: asked.tau.map(|tau| {
                let (tau, rest) = (tau.get(), tau.rest().get());
                mean(&|o| tau * short(o).powi(2) + rest * over_paid(o).powi(2))
            }),
        }
    }
}

/// Returns the variance of a figure over outcomes; what is no more than rounding of
/// its mean square is nothing.
pub(super) fn variance(outcomes: &[Outcome], figure: &dyn Fn(&Outcome) -> f64) -> f64 {
    let mean = |of: &dyn Fn(&Outcome) -> f64| -> f64 {
        outcomes.iter().map(|outcome| outcome.probability * of(outcome)).sum()
    };
    let middle = mean(figure);
    let variance = mean(&|outcome| (figure(outcome) - middle).powi(2));
    if variance > 1e-12 * mean(&|outcome| figure(outcome).powi(2)) { variance } else { 0.0 }
}

/// Outages with their probabilities, over which hedges are held against losses.
#[derive(Clone, Debug, PartialEq)]
pub struct Basis {
    outages: Vec<(Hours, Share)>,
    /// The loss that payouts are for.
    pub measure: LossMeasure,
    /// Which measures are asked for beside the others.
    pub asked: Asked,
    /// Exposure and size of a contract, where contracts are to be counted.
    pub contracts: Option<(f64, f64)>,
}

impl Basis {
    /// Checks outages and probabilities once.
    ///
    /// # Errors
    ///
    /// Refuses probabilities that do not add up to the whole.
    pub fn new(
        outages: Vec<(Hours, Share)>,
        measure: LossMeasure,
        asked: Asked,
        contracts: Option<(f64, f64)>,
    ) -> Result<Self, InvalidBasis> {
        let whole: f64 = outages.iter().map(|(_, probability)| probability.get()).sum();
        if (whole - 1.0).abs() <= TOLERANCE {
            Ok(Self { outages, measure, asked, contracts })
        } else {
            Err(InvalidBasis(whole))
        }
    }

    /// Returns how long the longest outage lasts.
    #[must_use]
    pub fn longest(&self) -> Hours {
        self.outages.iter().map(|(lasts, _)| *lasts).fold(Hours::ZERO, Hours::max)
    }

    /// Returns the outages with their probabilities.
    #[must_use]
    pub fn outages(&self) -> &[(Hours, Share)] {
        &self.outages
    }
}

/// Probabilities that are no whole.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InvalidBasis(f64);

impl fmt::Display for InvalidBasis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let percent = (self.0 * 1e8).round() / 1e6;
        write!(f, "the probabilities add up to {percent}%, and one of the outages must come")
    }
}

impl std::error::Error for InvalidBasis {}

#[cfg(test)]
mod tests {
    use super::*;

    fn even(losses: &[f64], payouts: &[f64]) -> Vec<Outcome> {
        let probability = 1.0 / losses.len() as f64;
        let outcome =
            |(loss, paid): (&f64, &f64)| Outcome { probability, loss: Money(*loss), payout: Money(*paid) };
        losses.iter().zip(payouts).map(outcome).collect()
    }

    #[test]
    fn six_losses_and_their_payouts() {
        let losses = [20.0, 60.0, 150.0, 260.0, 420.0, 700.0];
        let asked = Asked {
            false_negative_above: Some(Money(50.0)),
            false_positive_up_to: Some(Money(150.0)),
            tau: Share::new(0.75),
        };
        let risk = BasisRisk::of(&even(&losses, &[0.0, 0.0, 100.0, 250.0, 250.0, 500.0]), asked);
        for (measure, expected, what) in [
            (risk.mean_shortfall.0, 85.0, "shortfall"),
            (risk.mean_overpay.0, 0.0, "overpayment"),
            (risk.rmse.0, 112.175_457_803, "rmse"),
            (risk.correlation.unwrap(), 0.977_309_582, "correlation"),
            (risk.false_negative_share.unwrap(), 0.2, "one of five losses above 50 is not paid"),
            (risk.false_positive_share.unwrap(), 1.0 / 3.0, "one of three up to 150 is"),
            (risk.variance_reduction.unwrap(), 0.902_125_932, "variance"),
            (risk.expectile_loss.unwrap(), 0.75 * 112.175_457_803_f64.powi(2), "nothing is overpaid"),
        ] {
            assert!((measure - expected).abs() < 1e-6, "{what}: {measure}");
        }
    }

    #[test]
    fn a_measure_without_a_base_is_not_defined() {
        let risk = BasisRisk::of(&even(&[50.0, 50.0], &[0.0, 10.0]), Asked::default());
        assert_eq!((risk.correlation, risk.variance_reduction), (None, None), "the loss does not vary");
        let asked = Asked { false_negative_above: Some(Money(100.0)), ..Asked::default() };
        let risk = BasisRisk::of(&even(&[50.0, 60.0], &[0.0, 10.0]), asked);
        assert_eq!(risk.false_negative_share, None, "no loss is above 100");
    }

    #[test]
    fn refuses_probabilities_that_are_no_whole() {
        let outages = vec![(Hours(1.0), Share::new(0.35).unwrap()), (Hours(2.0), Share::new(0.6).unwrap())];
        let refused = Basis::new(outages, LossMeasure::Economic, Asked::default(), None).unwrap_err();
        assert!(refused.to_string().contains("95%"), "{refused}");
    }
}
