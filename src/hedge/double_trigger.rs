//! Double trigger: a payout on an index that also needs a loss.

use super::index::LossMeasure;
use crate::quantity::{Met, Money};
use crate::term::term;

term! {
    /// Only here does a parametric payout look at the loss.
    pub const DOUBLE_TRIGGER: Term = {
        key: "double_trigger",
        korean: "이중 트리거",
        english: "Double trigger",
        file_key: "parametric.only_if",
        unit: "money",
        formula: "payout = min(limit, scheduled amount or loss) · 1{I ≥ K and loss ≥ X}",
        order: "After the covers and their towers, as it needs the loss that they leave",
        source: "Rough Notes, Double trigger contracts",
    };
}

/// A loss that an outage must bring before a parametric cover pays.
///
/// # Formula
///
/// ```text
/// payout = scheduled(I) · 1{loss ≥ X}
/// ```
///
/// Both conditions must hold in the same event. The wording says which loss is
/// measured, and whether reaching the amount is enough.
///
/// # Source
///
/// Rough Notes, Double trigger contracts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LossTrigger {
    /// Which loss.
    pub measure: LossMeasure,
    /// How much of it.
    pub threshold: Money,
    /// How the threshold is met.
    pub met: Met,
}

impl LossTrigger {
    /// Returns whether a loss meets the trigger.
    #[must_use]
    pub fn is_met(&self, loss: Money) -> bool {
        self.met.by_amount(loss, self.threshold)
    }
}
