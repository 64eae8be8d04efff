//! Order of application: which term acts before which.
//!
//! The same terms in another order pay another amount, and wordings differ. An
//! order is a list of steps and nothing else; the output names the one in use.

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
    /// The deductible comes off the sum of the heads.
    Deductible,
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
            Self::Deductible => "deductible",
            Self::InsuredShare => "insured_share",
            Self::OccurrenceLimit => "occurrence_limit",
            Self::Contribution => "contribution",
            Self::AggregateDeductible => "aggregate_deductible",
            Self::AggregateLimit => "aggregate_limit",
        }
    }
}

/// The order in which a cover's terms apply, by name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Time before money: the vector of lost hours is trimmed before any amount is.
    #[default]
    Standard,
}

impl Order {
    /// Every order, under the name that it has in a scenario file.
    pub const ALL: [(&'static str, Self); 1] = [("standard", Self::Standard)];

    /// Returns the order's name in a scenario file.
    #[must_use]
    pub fn key(self) -> &'static str {
        Self::ALL[self as usize].0
    }

    /// Returns its steps, first to last.
    #[must_use]
    pub fn steps(self) -> &'static [Step] {
        match self {
            Self::Standard => &[
                Step::Trigger,
                Step::IndemnityPeriod,
                Step::PeriodLimit,
                Step::WaitingPeriod,
                Step::Additions,
                Step::Average,
                Step::Sublimit,
                Step::Deductible,
                Step::InsuredShare,
                Step::OccurrenceLimit,
                Step::Contribution,
                Step::AggregateDeductible,
                Step::AggregateLimit,
            ],
        }
    }
}
