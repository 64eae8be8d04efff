//! Outflows: costs that the outage causes beside the profit it takes.

use crate::quantity::{Hours, Money, MoneyPerHour, Share};
use crate::steps::Steps;

/// The kind of loss that a cover names, and under which each amount falls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Head {
    /// Profit lost with the sales.
    LostProfit,
    /// Cost of keeping the service going or getting it back.
    ExtraExpense,
    /// Cost of telling customers, press and authorities.
    Communication,
    /// Penalties and credits owed under service-level agreements.
    SlaPenalty,
    /// Fees given back.
    Refund,
    /// Goodwill beyond any duty.
    Goodwill,
    /// Compensation of customers and merchants for their own loss.
    Compensation,
    /// Fines of a regulator.
    Fine,
    /// Future profit lost with customers who leave.
    Churn,
    /// Anything else.
    Other,
}

impl Head {
    /// How many heads there are.
    pub const COUNT: usize = 10;

    /// Every head, under the name that it has in a scenario file.
    pub const ALL: [(&'static str, Self); Self::COUNT] = [
        ("lost_profit", Self::LostProfit),
        ("extra_expense", Self::ExtraExpense),
        ("communication", Self::Communication),
        ("sla_penalty", Self::SlaPenalty),
        ("refund", Self::Refund),
        ("goodwill", Self::Goodwill),
        ("compensation", Self::Compensation),
        ("fine", Self::Fine),
        ("churn", Self::Churn),
        ("other", Self::Other),
    ];

    /// Returns the head's name in a scenario file.
    #[must_use]
    pub fn key(self) -> &'static str {
        Self::ALL[self as usize].0
    }
}

/// A cost that the outage causes, and the head under which a cover may answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Outflow {
    /// Kind of loss.
    pub head: Head,
    /// How much, for an outage of any duration.
    pub amount: Amount,
}

/// How much an outflow comes to.
#[derive(Clone, Debug, PartialEq)]
pub enum Amount {
    /// The same for every outage.
    Fixed(Money),
    /// So much an hour, from `after` on: `rate · (D - after)⁺`.
    PerHour {
        /// Money an hour.
        rate: MoneyPerHour,
        /// Hours that pass before it starts.
        after: Hours,
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
}

impl Outflow {
    /// Returns the outflow of an outage of `duration`; none without an outage.
    ///
    /// `lost_revenue` holds each line's lost revenue, in the scenario's order.
    #[must_use]
    pub fn of(&self, duration: Hours, lost_revenue: &[Money]) -> Money {
        if duration <= Hours::ZERO {
            return Money::ZERO;
        }
        match &self.amount {
            Amount::Fixed(amount) => *amount,
            Amount::PerHour { rate, after } => *rate * (duration - *after).positive(),
            Amount::ShareOfLostRevenue { share, lines } => {
                lines.iter().map(|&line| lost_revenue[line]).sum::<Money>() * *share
            }
            Amount::Tiered(steps) => steps.reached(duration),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_of_outflow_by_duration() {
        let per_hour = Amount::PerHour { rate: MoneyPerHour(10.0), after: Hours(4.0) };
        let share = Amount::ShareOfLostRevenue { share: Share::new(0.25).unwrap(), lines: vec![0, 2] };
        for (amount, hours, expected, because) in [
            (Amount::Fixed(Money(30.0)), 0.0, 0.0, "without an outage nothing is owed"),
            (Amount::Fixed(Money(30.0)), 0.1, 30.0, "a fixed cost comes with any outage"),
            (per_hour.clone(), 4.0, 0.0, "the hours before it starts are free"),
            (per_hour, 6.5, 25.0, "part hours count pro rata"),
            (share, 1.0, 30.0, "only the named lines count"),
        ] {
            let outflow = Outflow { head: Head::Other, amount };
            let lost = [Money(100.0), Money(1000.0), Money(20.0)];
            assert_eq!(outflow.of(Hours(hours), &lost), Money(expected), "{because}");
        }
    }

    #[test]
    fn heads_stand_in_the_order_of_their_list() {
        for (place, (key, head)) in Head::ALL.into_iter().enumerate() {
            assert_eq!((head as usize, head.key()), (place, key));
        }
    }
}
