//! Outflows: costs that the outage causes beside the profit it takes.
//!
//! # To add a form
//!
//! 1. Write its file here: the type, its formula and source, and `of`.
//! 2. Give it a variant of [`Amount`], and say when it turns in [`Amount::turns`].
//! 3. Read its key in `read/outflow/`, explain it in `view/explain/outflow.rs`.

mod churn;
mod communication;
mod data_loss;
mod fine;
mod lifetime;
mod refund;
mod sla;

use super::{DailyShortfall, Fee, Head};
use crate::loss::Damage;
use crate::quantity::{Hours, Met, Money, MoneyPerHour, Share};
use crate::steps::Steps;

pub use churn::{CHURN, Churn, ChurnCurve, ChurnError, Leaving};
pub use communication::{COMMUNICATION, Communication};
pub use data_loss::{DATA_LOSS, DataLoss};
pub use fine::{FINE, Fine};
pub use lifetime::{LIFETIME_VALUE, LifetimeError, LifetimeValue};
pub use refund::{GOODWILL, Goodwill, REFUND, Refund};
pub use sla::{SLA_PENALTY, SlaPenalty};

/// A cost that the outage causes, and the head under which a cover may answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Outflow {
    /// Kind of loss.
    pub head: Head,
    /// How much, for an outage of any duration.
    pub amount: Amount,
    /// Whether a cover may answer for it at all.
    pub insurable: bool,
    /// What would have been spent anyway: of an amount, or of each hour.
    pub normal: Money,
    /// What a fee for work on the claim is paid for.
    pub fee: Fee,
}

/// How much an outflow comes to.
#[derive(Clone, Debug, PartialEq)]
pub enum Amount {
    /// The same for every outage.
    Fixed(Money),
    /// So much an hour, from `after` on: `min(most, rate · (D - after)⁺)`.
    PerHour {
        /// Money an hour.
        rate: MoneyPerHour,
        /// Hours that pass before it starts.
        after: Hours,
        /// The most that it comes to.
        most: Option<Money>,
    },
    /// A share of revenue lost, before any is made up, on the lines named.
    ShareOfLostRevenue {
        /// The share.
        share: Share,
        /// Lines counted, by their place in the scenario.
        lines: Vec<usize>,
    },
    /// The amount of the highest step reached; steps do not add up.
    Tiered(Steps),
    /// What uptime tiers owe to customers.
    Sla(SlaPenalty),
    /// Fees given back.
    Refund(Refund),
    /// A gift to those who take it up.
    Goodwill(Goodwill),
    /// A fine, as far as it is expected.
    Fine(Fine),
    /// Customers who leave, at what they would still have brought.
    Churn(Churn),
    /// Work done again after a failover.
    DataLoss(DataLoss),
    /// What a damage function says.
    Damage(Damage),
    /// Profit that days after the outage bring less, whatever it lasted.
    Daily(DailyShortfall),
}

/// What an outflow may depend on, beside the outage's duration: of each line.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct OfLine {
    /// Revenue lost, before any is made up.
    pub lost_revenue: Money,
    /// Chance that a spare has taken over unprepared.
    pub failed_over: Share,
}

/// A duration from which something is owed, where it is not owed from the first
/// minute.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Threshold {
    /// The duration.
    pub at: Hours,
    /// How it is met.
    pub met: Met,
}

impl Threshold {
    /// Returns whether an outage of `duration` meets a threshold, where there is one.
    #[must_use]
    pub fn passed(threshold: Option<Self>, duration: Hours) -> bool {
        threshold.is_none_or(|threshold| threshold.met.by(duration, threshold.at))
    }
}

/// How an outflow turns at a duration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bend {
    /// It starts to grow.
    Starts,
    /// It grows at another rate.
    Turns,
    /// It takes a step.
    Step,
    /// It stops growing.
    Capped,
}

impl Outflow {
    /// An outflow for which a cover may answer.
    #[must_use]
    pub fn new(head: Head, amount: Amount) -> Self {
        Self { head, amount, insurable: true, normal: Money::ZERO, fee: Fee::default() }
    }

    /// Returns the outflow of an outage of `duration`; none without an outage.
    ///
    /// `lines` holds what is known of each line, in the scenario's order.
    #[must_use]
    pub fn of(&self, duration: Hours, lines: &[OfLine]) -> Money {
        if duration <= Hours::ZERO {
            return Money::ZERO;
        }
        match &self.amount {
            Amount::Fixed(amount) => (*amount - self.normal).positive(),
            Amount::PerHour { rate, after, most } => {
                let beyond = (*rate - MoneyPerHour(self.normal.0)).positive();
                (beyond * (duration - *after).positive()).at_most(*most)
            }
            Amount::ShareOfLostRevenue { share, lines: counted } => {
                counted.iter().map(|&line| lines[line].lost_revenue).sum::<Money>() * *share
            }
            Amount::Tiered(steps) => steps.reached(duration),
            Amount::Sla(penalty) => penalty.of(duration),
            Amount::Refund(refund) => refund.of(duration),
            Amount::Goodwill(goodwill) => goodwill.of(duration),
            Amount::Fine(fine) => fine.of(duration),
            Amount::Churn(churn) => churn.of(duration),
            Amount::DataLoss(loss) => loss.of(lines[loss.line].failed_over),
            Amount::Damage(damage) => damage.of(duration),
            Amount::Daily(days) => days.total(),
        }
    }
}

impl Amount {
    /// Returns the durations at which the amount turns by the clock.
    #[must_use]
    pub fn turns(&self) -> Vec<(Hours, Bend)> {
        let step = |threshold: &Option<Threshold>| {
            threshold.iter().map(|threshold| (threshold.at, Bend::Step)).collect()
        };
        match self {
            Self::Fixed(_) | Self::ShareOfLostRevenue { .. } | Self::DataLoss(_) | Self::Daily(_) => vec![],
            Self::PerHour { rate, after, most } => {
                let capped = most.filter(|_| rate.0 > 0.0).map(|most| *after + Hours(most.0 / rate.0));
                let capped = capped.map(|at| (at, Bend::Capped));
                [(*after, Bend::Starts)].into_iter().chain(capped).collect()
            }
            Self::Tiered(steps) => steps.durations().map(|at| (at, Bend::Step)).collect(),
            Self::Sla(penalty) => penalty.turns().map(|at| (at, Bend::Step)).collect(),
            Self::Refund(refund) => step(&refund.from),
            Self::Goodwill(goodwill) => step(&goodwill.from),
            Self::Fine(fine) => step(&fine.from),
            Self::Churn(churn) => churn.turns().map(|at| (at, Bend::Turns)).collect(),
            Self::Damage(damage) => damage.turns().map(|at| (at, Bend::Turns)).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_of_outflow_by_duration() {
        let per_hour = |most: Option<f64>| Amount::PerHour {
            rate: MoneyPerHour(10.0),
            after: Hours(4.0),
            most: most.map(Money),
        };
        let share = Amount::ShareOfLostRevenue { share: Share::new(0.25).unwrap(), lines: vec![0, 2] };
        for (amount, hours, expected, because) in [
            (Amount::Fixed(Money(30.0)), 0.0, 0.0, "without an outage nothing is owed"),
            (Amount::Fixed(Money(30.0)), 0.1, 30.0, "a fixed cost comes with any outage"),
            (per_hour(None), 4.0, 0.0, "the hours before it starts are free"),
            (per_hour(None), 6.5, 25.0, "part hours count pro rata"),
            (per_hour(Some(20.0)), 6.5, 20.0, "no more than the most"),
            (share, 1.0, 30.0, "only the named lines count"),
        ] {
            let outflow = Outflow::new(Head::Other, amount);
            let lost = |amount| OfLine { lost_revenue: Money(amount), ..OfLine::default() };
            let lost = [100.0, 1000.0, 20.0].map(lost);
            assert_eq!(outflow.of(Hours(hours), &lost), Money(expected), "{because}");
        }
        assert_eq!(
            per_hour(Some(20.0)).turns(),
            [(Hours(4.0), Bend::Starts), (Hours(6.0), Bend::Capped)],
            "it starts, and after two hours it is capped"
        );
    }
}
