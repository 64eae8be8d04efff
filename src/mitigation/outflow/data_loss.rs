//! Data loss: work that is done again after a failover.

use crate::quantity::{Hours, Money, Share};
use crate::term::term;

term! {
    pub const DATA_LOSS: Term = {
        key: "data_loss",
        korean: "데이터 유실 재작업",
        english: "Rework of lost data",
        file_key: "outflow.data_loss",
        unit: "money, as expected",
        formula: "rework = RPO hours * transactions an hour * cost of each, where the spare takes over",
        order: "outflow under extra expense, after saved costs",
        source: "recovery point objective: ISO 22301; the cost of rework is a choice made here",
    };
}

/// Transactions lost with a failover, each to be done again.
///
/// # Formula
///
/// ```text
/// rework = recovery point (h) · transactions an hour · cost of each
///        · chance that the spare takes over unprepared
/// ```
///
/// # Order
///
/// An outflow, after saved costs. An outage that is over before the spare takes
/// over loses no data; nor does a switch that was prepared.
///
/// # Source
///
/// The recovery point objective is a term of ISO 22301.
///
/// # Example
///
/// Half an hour of 2,000 transactions at 0.02 each is 20.
///
/// ```
/// use netloss::mitigation::DataLoss;
/// use netloss::quantity::{Hours, Money, Share};
/// let loss = DataLoss { line: 0, point: Hours(0.5), transactions: 2000.0, rework: Money(0.02) };
/// assert_eq!(loss.of(Share::ALL), Money(20.0));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DataLoss {
    /// The line whose spare takes over, by its place in the scenario.
    pub line: usize,
    /// How much data is lost, in hours of work: the recovery point objective.
    pub point: Hours,
    /// Transactions in an hour.
    pub transactions: f64,
    /// Cost of doing one again.
    pub rework: Money,
}

impl DataLoss {
    /// Returns the cost, of a spare that takes over with a chance.
    #[must_use]
    pub fn of(&self, failed_over: Share) -> Money {
        Money(self.point.0 * self.transactions * self.rework.0) * failed_over
    }
}
