//! Order of application: which term acts before which.
//!
//! The same terms in another order pay another amount, and wordings differ. An
//! order is a list of steps and nothing else; the output names the one in use.

use crate::term::term;

term! {
    pub const ORDER: Term = {
        key: "order",
        korean: "적용 순서",
        english: "Order of terms",
        file_key: "cover.order",
        unit: "a word",
        formula: "standard                trigger, indemnity period, period limits, waiting period, additions, average,\n                        sublimits, deductible, share, occurrence limit, aggregates\nded_first               the deductible before average and sublimits\nlimit_first             the occurrence limit before the deductible\nshare_last              the share after all other terms\ngreater_of_on_bi_only   greater of deductible and waiting loss off lost profit alone\ncaps_after_waiting      the waiting period before period limits",
        order: "It is the order of all terms of a cover",
        source: "Property, casualty and self-insured retention forms, which differ in it",
    };
}

/// A term of a cover, as a step in the order of application.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Peril and waiting-period tests: if one fails the cover pays nothing.
    Trigger,
    /// Lost profit after the indemnity period falls away.
    IndemnityPeriod,
    /// Lost profit of an hour, a day or a month is cut to what such a span pays.
    PeriodLimit,
    /// Lost profit inside a time deductible falls away.
    WaitingPeriod,
    /// Costs that the cover takes in beside lost profit are admitted.
    Additions,
    /// Under-insurance cuts the loss in proportion.
    Average,
    /// Each head is cut to its sublimit.
    Sublimit,
    /// The larger of the deductible and the loss inside the waiting period comes
    /// off lost profit alone, under the reading that takes the greater of them.
    GreaterOfOnLostProfit,
    /// The deductible comes off the sum of the heads.
    Deductible,
    /// Heads whose sublimit follows the deductible are cut to it.
    SublimitAfterDeductible,
    /// The insured keeps a share.
    InsuredShare,
    /// The sum is cut to the limit of one occurrence.
    OccurrenceLimit,
    /// Other insurance for the same loss takes its part.
    Contribution,
    /// The year's first amounts stay with the insured.
    AggregateDeductible,
    /// The sum is cut to what is left of the year's limit.
    AggregateLimit,
}

impl Step {
    /// Returns whether it counts the money of an occurrence as a whole.
    #[must_use]
    pub fn is_of_occurrence(self) -> bool {
        matches!(
            self,
            Self::Sublimit
                | Self::GreaterOfOnLostProfit
                | Self::Deductible
                | Self::SublimitAfterDeductible
                | Self::InsuredShare
                | Self::OccurrenceLimit
        )
    }

    /// Returns the step's name in output.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Trigger => "trigger",
            Self::IndemnityPeriod => "indemnity_period",
            Self::PeriodLimit => "period_limit",
            Self::WaitingPeriod => "waiting_period",
            Self::Additions => "additions",
            Self::Average => "average",
            Self::Sublimit => "sublimit",
            Self::GreaterOfOnLostProfit => "greater_of_on_lost_profit",
            Self::Deductible => "deductible",
            Self::SublimitAfterDeductible => "sublimit_after_deductible",
            Self::InsuredShare => "insured_share",
            Self::OccurrenceLimit => "occurrence_limit",
            Self::Contribution => "contribution",
            Self::AggregateDeductible => "aggregate_deductible",
            Self::AggregateLimit => "aggregate_limit",
        }
    }
}

/// The order in which a cover's terms apply, by name.
///
/// # Example
///
/// Lost profit of 367.5 under a deductible of 50, a share of 10% and a limit of 300
/// comes to 285.75 where the limit is last, and to 225 where it is first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Time before money, and the deductible before share and limit.
    #[default]
    Standard,
    /// The deductible comes off before average and sublimits cut the loss.
    DeductibleFirst,
    /// The occurrence limit cuts the loss before the deductible comes off.
    LimitFirst,
    /// The insured's share is of what is left when all other terms have cut.
    ShareLast,
    /// Where the greater of deductible and waiting loss is taken, it comes off lost
    /// profit alone.
    GreaterOfOnLostProfitOnly,
    /// The waiting period takes its hours before their limits cut them.
    CapsAfterWaiting,
}

impl Order {
    /// Every order, under the name that it has in a scenario file.
    pub const ALL: [(&'static str, Self); 6] = [
        ("standard", Self::Standard),
        ("ded_first", Self::DeductibleFirst),
        ("limit_first", Self::LimitFirst),
        ("share_last", Self::ShareLast),
        ("greater_of_on_bi_only", Self::GreaterOfOnLostProfitOnly),
        ("caps_after_waiting", Self::CapsAfterWaiting),
    ];

    /// Returns the order's name in a scenario file.
    #[must_use]
    pub fn key(self) -> &'static str {
        Self::ALL[self as usize].0
    }

    /// Returns its steps, first to last.
    #[must_use]
    pub fn steps(self) -> &'static [Step] {
        use Step::*;
        match self {
            Self::Standard => &[
                Trigger,
                IndemnityPeriod,
                PeriodLimit,
                WaitingPeriod,
                Additions,
                Average,
                Sublimit,
                Deductible,
                SublimitAfterDeductible,
                InsuredShare,
                OccurrenceLimit,
                Contribution,
                AggregateDeductible,
                AggregateLimit,
            ],
            Self::DeductibleFirst => &[
                Trigger,
                IndemnityPeriod,
                PeriodLimit,
                WaitingPeriod,
                Additions,
                Deductible,
                Average,
                Sublimit,
                InsuredShare,
                OccurrenceLimit,
                Contribution,
                AggregateDeductible,
                AggregateLimit,
            ],
            Self::LimitFirst => &[
                Trigger,
                IndemnityPeriod,
                PeriodLimit,
                WaitingPeriod,
                Additions,
                Average,
                Sublimit,
                OccurrenceLimit,
                Deductible,
                SublimitAfterDeductible,
                InsuredShare,
                Contribution,
                AggregateDeductible,
                AggregateLimit,
            ],
            Self::ShareLast => &[
                Trigger,
                IndemnityPeriod,
                PeriodLimit,
                WaitingPeriod,
                Additions,
                Average,
                Sublimit,
                Deductible,
                SublimitAfterDeductible,
                OccurrenceLimit,
                Contribution,
                AggregateDeductible,
                AggregateLimit,
                InsuredShare,
            ],
            Self::GreaterOfOnLostProfitOnly => &[
                Trigger,
                IndemnityPeriod,
                PeriodLimit,
                WaitingPeriod,
                Additions,
                Average,
                Sublimit,
                GreaterOfOnLostProfit,
                Deductible,
                SublimitAfterDeductible,
                InsuredShare,
                OccurrenceLimit,
                Contribution,
                AggregateDeductible,
                AggregateLimit,
            ],
            Self::CapsAfterWaiting => &[
                Trigger,
                IndemnityPeriod,
                WaitingPeriod,
                PeriodLimit,
                Additions,
                Average,
                Sublimit,
                Deductible,
                SublimitAfterDeductible,
                InsuredShare,
                OccurrenceLimit,
                Contribution,
                AggregateDeductible,
                AggregateLimit,
            ],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_stand_in_the_order_of_their_list() {
        for (place, (key, order)) in Order::ALL.into_iter().enumerate() {
            assert_eq!((order as usize, order.key()), (place, key));
        }
    }

    #[test]
    fn an_order_moves_steps_and_drops_none() {
        let moved = [Step::GreaterOfOnLostProfit, Step::SublimitAfterDeductible];
        for (key, order) in Order::ALL {
            let steps = order.steps();
            for step in Order::Standard.steps() {
                let times = steps.iter().filter(|other| *other == step).count();
                assert!(times == 1 || moved.contains(step), "{key} has {step:?} {times} times");
            }
        }
    }
}
