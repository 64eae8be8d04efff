//! Reasons: why a part of the loss stays with us. Every won has one.

use std::ops::{Index, IndexMut};

use crate::quantity::Money;

/// Declares the reasons in the order in which terms apply, each with its key.
macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident = $key:literal,)*) => {
        /// Why a part of the economic loss is borne by the insured.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Reason {
            $($(#[$doc])* $name,)*
        }

        impl Reason {
            /// Every reason, under the name that it has in output, in order of application.
            pub const ALL: [(&'static str, Self); Self::COUNT] = [$(($key, Self::$name),)*];

            /// How many reasons there are.
            pub const COUNT: usize = [$($key,)*].len();
        }
    };
}

reasons! {
    /// No cover names this head of loss on this line.
    NotCovered = "not_covered",
    /// The cover does not answer to the outage's cause.
    ExcludedPeril = "excluded_peril",
    /// The cover does not name the provider that failed.
    ProviderNotNamed = "provider_not_named",
    /// What the policy measures is not what we lose: less than nothing where it
    /// measures more.
    PolicyMeasure = "policy_measure",
    /// The loss fell inside the waiting period, or the period was not met.
    WaitingPeriod = "waiting_period",
    /// The loss fell after the indemnity period.
    IndemnityPeriod = "indemnity_period",
    /// The loss of an hour, a day or a month is above what such a span pays.
    PeriodLimit = "period_limit",
    /// A measure cost more than the loss that it avoided.
    EconomicLimit = "economic_limit",
    /// The loss is not put down to the event.
    NotAttributed = "not_attributed",
    /// The sum insured was too low for the value at risk.
    Average = "average",
    /// The loss of one head is above its sublimit.
    Sublimit = "sublimit",
    /// The deductible.
    Deductible = "deductible",
    /// The insured's share of each loss.
    InsuredShare = "insured_share",
    /// The loss is above the limit, or above the top of the tower.
    AboveLimit = "above_limit",
    /// Other insurance answers for it as well, and none of the policies pays it.
    OtherInsurance = "other_insurance",
    /// The year's first losses, up to the aggregate deductible.
    AggregateDeductible = "aggregate_deductible",
    /// The year's limit is used up.
    AggregateLimit = "aggregate_limit",
    /// A layer does not follow the form below it on this head.
    NotFollowed = "not_followed",
    /// The loss falls between two layers.
    LayerGap = "layer_gap",
    /// The insured's part of a corridor inside a layer.
    Corridor = "corridor",
    /// Earlier losses of the year have used the layer up.
    LayerExhausted = "layer_exhausted",
    /// A layer of the group's own captive, where the group is looked at as one.
    CaptiveLayer = "captive_layer",
    /// The part of a layer that no carrier took.
    UnplacedShare = "unplaced_share",
    /// What a cover gives up so that all recoveries come to no more than the loss.
    OverRecovery = "over_recovery",
    /// What a dispute is expected to cost of a recovery.
    Dispute = "dispute",
    /// What the default of a payer is expected to cost of a recovery.
    CounterpartyDefault = "counterparty_default",
    /// What waiting for a recovery costs.
    TimeValue = "time_value",
}

impl Reason {
    /// Returns the reason's name in output.
    #[must_use]
    pub fn key(self) -> &'static str {
        Self::ALL[self as usize].0
    }
}

/// Amounts of loss that stay with the insured, by reason.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Retained([Money; Reason::COUNT]);

impl Retained {
    /// Returns all that is retained.
    #[must_use]
    pub fn total(&self) -> Money {
        self.0.iter().copied().sum()
    }

    /// Returns each reason with its amount, in order of application.
    pub fn iter(&self) -> impl Iterator<Item = (Reason, Money)> + '_ {
        Reason::ALL.iter().map(|(_, reason)| (*reason, self[*reason]))
    }

    /// Returns what was retained since an earlier state of the same claim.
    #[must_use]
    pub fn since(mut self, earlier: &Self) -> Self {
        for (now, then) in self.0.iter_mut().zip(earlier.0) {
            *now -= then;
        }
        self
    }

    /// Adds what another part of the programme retains.
    pub fn add(&mut self, other: &Self) {
        for (mine, theirs) in self.0.iter_mut().zip(other.0) {
            *mine += theirs;
        }
    }
}

impl Index<Reason> for Retained {
    type Output = Money;
    fn index(&self, reason: Reason) -> &Money {
        &self.0[reason as usize]
    }
}

impl IndexMut<Reason> for Retained {
    fn index_mut(&mut self, reason: Reason) -> &mut Money {
        &mut self.0[reason as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_stand_in_the_order_of_their_list() {
        for (place, (key, reason)) in Reason::ALL.into_iter().enumerate() {
            assert_eq!((reason as usize, reason.key()), (place, key));
        }
    }
}
