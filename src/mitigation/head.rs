//! Heads of loss: the kinds that a cover names.

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
    /// Cost of a measure that keeps turnover which would have been lost.
    IncreasedCost,
    /// Profit that stays away, day after day, once service is back.
    Reputation,
    /// Fees for work on the claim.
    ClaimsPreparation,
    /// Anything else.
    Other,
}

impl Head {
    /// How many heads there are.
    pub const COUNT: usize = 13;

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
        ("increased_cost", Self::IncreasedCost),
        ("reputation", Self::Reputation),
        ("claims_preparation", Self::ClaimsPreparation),
        ("other", Self::Other),
    ];

    /// Returns the head's name in a scenario file.
    #[must_use]
    pub fn key(self) -> &'static str {
        Self::ALL[self as usize].0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_stand_in_the_order_of_their_list() {
        for (place, (key, head)) in Head::ALL.into_iter().enumerate() {
            assert_eq!((head as usize, head.key()), (place, key));
        }
    }
}
