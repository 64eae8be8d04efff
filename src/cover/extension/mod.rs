//! Extensions: what a cover answers for beside profit lost under its own perils.
//!
//! Some ask about the outage before anything is counted: which provider failed,
//! where, whether something was damaged. Others take in a cost beside the lost
//! profit and say how much of it.

mod access;
mod claims_preparation;
mod dependent;
mod extra_expense;
mod increased_cost;
mod reputation;
mod utility;

use super::Cover;
use super::claim::Claim;
use crate::loss::LostRevenue;
use crate::mitigation::{DailyShortfall, Fee, Head};
use crate::outage::{Cause, Circumstances, PlaceFault};
use crate::quantity::{Hours, Money};
use crate::reason::Reason;
use crate::spans::Spans;

pub use access::{Access, DENIAL_OF_ACCESS, InvalidAccess};
pub use claims_preparation::{CLAIMS_PREPARATION, ClaimsPreparation};
pub use dependent::{DEPENDENT, ProviderSchedule, Scheduled, Unnamed};
pub use extra_expense::{EXTRA_EXPENSE, ExtraExpense, ExtraExpenseAnswer};
pub use increased_cost::{
    ADDITIONAL_INCREASED_COST, INCREASED_COST, IncreasedCost, IncreasedCostAnswer, ProfitSaved,
    TurnoverSaved,
};
pub use reputation::{InvalidReputation, REPUTATION, Reputation, ReputationAnswer};
pub use utility::{SERVICE_INTERRUPTION, Utility};

/// The extensions of a cover; those that it does not have are none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extensions {
    /// Providers whose outage it answers for.
    pub dependent: Option<ProviderSchedule>,
    /// What it asks of the failure of a utility.
    pub utility: Option<Utility>,
    /// What it asks of premises that nobody may enter.
    pub access: Option<Access>,
    /// How it pays for increased cost of working.
    pub increased_cost: Option<IncreasedCost>,
    /// How it pays for extra expense.
    pub extra_expense: ExtraExpense,
    /// How it pays for days of fewer sales after the outage.
    pub reputation: Option<Reputation>,
    /// How it pays for work on the claim.
    pub claims_preparation: Option<ClaimsPreparation>,
}

/// What extensions see of an outage, beside what every term sees.
#[derive(Clone, Debug, Default)]
pub struct Additional<'a> {
    /// Facts of the outage.
    pub circumstances: Option<&'a Circumstances>,
    /// Lines on which a measure kept turnover: what is lost with it, and without.
    pub measures: Vec<(&'a LostRevenue<'a>, LostRevenue<'a>)>,
    /// Extra expense that was spent by the end of the waiting period.
    pub expense_by_wait: Money,
    /// Days of fewer sales after the outage.
    pub shortfalls: Vec<&'a DailyShortfall>,
    /// Fees for work on the claim.
    pub fees: Vec<(Fee, Money)>,
}

impl Additional<'_> {
    /// Returns the turnover that measures kept by a moment of the outage.
    fn turnover_saved(&self, until: Hours) -> Money {
        let saved = |(with, without): &(&LostRevenue<'_>, LostRevenue<'_>)| {
            without.between(Hours::ZERO, until) - with.between(Hours::ZERO, until)
        };
        self.measures.iter().map(saved).sum::<Money>().positive()
    }
}

/// What the extensions of a cover did with a loss.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Extended {
    /// Why an extension refused the outage.
    pub refusal: Option<Refusal>,
    /// Most that the extension pays of this outage; none is endless.
    pub limit: Option<Money>,
    /// The sum of all heads just before that limit.
    pub before_limit: Money,
    /// What became of increased cost of working.
    pub increased_cost: Option<IncreasedCostAnswer>,
    /// What became of extra expense.
    pub extra_expense: ExtraExpenseAnswer,
    /// What became of days of fewer sales.
    pub reputation: ReputationAnswer,
    /// Fees of kinds that the cover does not pay.
    pub fees_not_paid: Money,
    /// What the deductible passes by.
    pub beside_deductible: Money,
}

/// Why an extension refuses an outage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The provider that failed is not covered.
    Provider,
    /// The place is not what the wording asks for.
    Place(PlaceFault),
    /// Access was not barred for long enough.
    ClosureTooShort,
}

impl Refusal {
    /// Returns the reason for which the loss stays with the insured.
    #[must_use]
    pub fn reason(self) -> Reason {
        match self {
            Self::Provider => Reason::ProviderNotNamed,
            Self::Place(_) => Reason::ExcludedPeril,
            Self::ClosureTooShort => Reason::WaitingPeriod,
        }
    }
}

impl Extensions {
    /// Returns the schedule of providers, where it is what the cause asks for.
    #[must_use]
    pub fn dependent(&self, cause: Option<Cause>) -> Option<&ProviderSchedule> {
        self.dependent.as_ref().filter(|_| cause.is_some_and(Cause::is_of_provider))
    }

    /// Returns the terms on a failed utility, where that is the cause.
    #[must_use]
    pub fn utility(&self, cause: Option<Cause>) -> Option<Utility> {
        self.utility.filter(|_| cause == Some(Cause::UtilityFailure))
    }

    /// Returns the terms on barred access, where that is the cause.
    #[must_use]
    pub fn access(&self, cause: Option<Cause>) -> Option<Access> {
        self.access.filter(|_| cause == Some(Cause::DenialOfAccess))
    }

    /// Returns whether a measure is paid by what the lines' paths say that it saved.
    #[must_use]
    pub fn counts_saving(&self) -> bool {
        let asked = [self.increased_cost.map(|terms| terms.saved), self.extra_expense.economic_cap];
        asked.into_iter().flatten().any(|saved| saved.turnover == TurnoverSaved::ByPaths)
    }

    /// Asks the extensions about an outage: why they refuse it, or else the most
    /// that they pay.
    fn ask(
        &self,
        cause: Option<Cause>,
        facts: &Circumstances,
        lasted: Hours,
    ) -> Result<Option<Money>, Refusal> {
        if let Some(schedule) = self.dependent(cause) {
            return match schedule.of(facts) {
                Scheduled::Named(limit) | Scheduled::Unnamed(limit) => Ok(limit),
                Scheduled::NotCovered => Err(Refusal::Provider),
            };
        }
        if let Some(utility) = self.utility(cause) {
            return utility
                .place
                .fault(facts)
                .map_or(Ok(utility.limit), |fault| Err(Refusal::Place(fault)));
        }
        if let Some(access) = self.access(cause) {
            if let Some(fault) = access.place.fault(facts) {
                return Err(Refusal::Place(fault));
            }
            return if access.long_enough(lasted) {
                Ok(access.limit)
            } else {
                Err(Refusal::ClosureTooShort)
            };
        }
        Ok(None)
    }
}

/// Asks the extensions whether they answer for the outage at all.
pub(super) fn test(claim: &mut Claim<'_>, extensions: &Extensions) {
    let measured = claim.measured;
    let nothing = Circumstances::default();
    let facts = measured.additional.circumstances.unwrap_or(&nothing);
    match extensions.ask(measured.cause, facts, measured.duration) {
        Ok(limit) => claim.extended.limit = limit,
        Err(refusal) => {
            claim.extended.refusal = Some(refusal);
            claim.refuse(refusal.reason());
        }
    }
}

/// Ends the span of a closure for which loss is counted.
pub(super) fn end_of_closure(claim: &mut Claim<'_>, extensions: &Extensions) {
    if let Some(access) = extensions.access(claim.measured.cause) {
        claim.trim(|_| Spans::one(Hours::ZERO, access.most()), Reason::IndemnityPeriod);
    }
}

/// Admits what the cover takes in beside lost profit.
pub(super) fn admit(claim: &mut Claim<'_>, extensions: &Extensions) {
    let additional = &claim.measured.additional;
    let until = claim.waits.iter().map(|group| group.ends).fold(Hours::ZERO, Hours::max);
    let saved = additional.turnover_saved(until);

    let cost = claim.heads[Head::IncreasedCost as usize];
    if let Some(terms) = extensions.increased_cost
        && cost > Money::ZERO
    {
        let answer = terms.answer(cost, saved);
        claim.extended.increased_cost = Some(answer);
        claim.keep_head(Head::IncreasedCost, Reason::EconomicLimit, answer.kept());
    }

    let spent = claim.heads[Head::ExtraExpense as usize];
    let answer = extensions.extra_expense.answer(spent, additional.expense_by_wait, saved);
    claim.extended.extra_expense = answer;
    claim.keep_head(Head::ExtraExpense, Reason::WaitingPeriod, answer.inside_wait);
    claim.keep_head(Head::ExtraExpense, Reason::EconomicLimit, answer.beyond_saving);

    if let Some(terms) = extensions.reputation
        && claim.heads[Head::Reputation as usize] > Money::ZERO
    {
        let publicity = additional.circumstances.and_then(|facts| facts.adverse_publicity);
        let mut answer = ReputationAnswer::default();
        for days in &additional.shortfalls {
            answer = answer.and(terms.answer(days, publicity == Some(true)));
        }
        claim.extended.reputation = answer;
        for (reason, amount) in answer.kept() {
            claim.keep_head(Head::Reputation, reason, amount);
        }
    }

    if let Some(terms) = &extensions.claims_preparation
        && claim.heads[Head::ClaimsPreparation as usize] > Money::ZERO
    {
        let not_paid = terms.not_paid(&additional.fees);
        claim.extended.fees_not_paid = not_paid;
        claim.keep_head(Head::ClaimsPreparation, Reason::NotCovered, not_paid);
    }
}

/// Cuts all heads together to what the extension pays.
pub(super) fn limit(claim: &mut Claim<'_>) {
    claim.extended.before_limit = claim.total();
    if let Some(limit) = claim.extended.limit {
        claim.keep(Reason::Sublimit, (claim.total() - limit).positive());
    }
}

/// Takes the deductible off the heads that bear it.
pub(super) fn beside_deductible(claim: &mut Claim<'_>, cover: &Cover, take: impl FnOnce(&mut Claim<'_>)) {
    let terms = &cover.extensions.claims_preparation;
    let head = Head::ClaimsPreparation as usize;
    let free = terms.as_ref().is_some_and(|terms| !terms.deductible_applies);
    let aside = if free { std::mem::take(&mut claim.heads[head]) } else { Money::ZERO };
    claim.extended.beside_deductible = aside;
    take(claim);
    claim.heads[head] += aside;
}
