//! Cover: one policy on one occurrence.
//!
//! A cover takes the loss of the heads that it names and passes it through its
//! terms in its [`Order`]. Each term has a file of its own, and each file says its
//! formula. The orders stand in one place, `order.rs`.
//!
//! # To add a term, by the example of the insured's share
//!
//! A term touches its own file, the one list that holds the order, and its cases.
//! What else it needs is a line in each place that names all terms of a cover, and
//! the compiler asks for those: they are matches without a rest.
//!
//! 1. **Its file**, `insured_share.rs`: the rule as one function of a claim. A
//!    claim says what is still claimed, and is told what stays with us and why.
//!
//!    ```text
//!    pub(super) fn keep(claim: &mut Claim<'_>, share: Share, no_share: &[Head]) {
//!        let bears = |head: Head| !no_share.contains(&head);
//!        let borne = claim.total_of(bears) * share;
//!        claim.keep_from(Reason::InsuredShare, borne, bears);
//!    }
//!    ```
//!
//!    Beside it stands its entry of the reference (`term!`): names, unit, formula,
//!    order and source. Documentation and `netloss terms` are both made of it. A
//!    term with parameters that can be wrong has a type with a checked constructor.
//! 2. **The order**, `order.rs`: a variant of [`Step`] with its key, and its place in
//!    each [`Order`]. `Claim::take` hands the step to the function above. A term that
//!    keeps loss for a new cause has a `Reason` of its own.
//! 3. **Its cases**: a page in `tests/cases` with a row for each sentence of the rule;
//!    a file in `tests/cli/faults` for what can be said wrongly; and the same rule
//!    once more, slowly, in `tests/laws/twin`.
//!
//! The key in a scenario file is read in `read/cover/`, and the JSON Schema follows
//! from that. Its sentence in `explain` stands in `view/explain/`, its words in
//! `view/words.rs`. Where it turns the curve, `projection/turn.rs` says so.

mod aggregate;
mod claim;
mod average;
mod clock;
mod contribution;
mod deductible;
mod extension;
mod hours_clause;
mod indemnity_period;
mod insured_profit;
mod insured_share;
mod joined;
mod measure;
mod occurrence_limit;
mod order;
mod period_limit;
mod rate_of_gross_profit;
mod sublimit;
mod wait;
mod waiting_period;
mod year;

use crate::mitigation::{Allocation, Head, LostProfit};
use crate::outage::{Cause, Days, Outage, Perils};
use crate::quantity::{Hours, Money, Share};
use crate::reason::{Reason, Retained};
use crate::spans::Spans;

use claim::Claim;

pub use aggregate::{AGGREGATE_DEDUCTIBLE, AGGREGATE_LIMIT, AggregateDeductible, within_year};
pub use average::{AVERAGE, Average, Basis, DECLARED_LIMIT, ValueAtRisk};
pub use clock::{Clock, Counts, Restarts, Run, WAITING_CLOCK};
pub use contribution::{Contributor, OTHER_INSURANCE, OtherInsurance, contribute};
pub use deductible::{
    AVERAGE_DAILY_VALUE, DEDUCTIBLE, DISAPPEARING_DEDUCTIBLE, FRANCHISE, PERCENTAGE_DEDUCTIBLE,
};
pub use deductible::{DailyAverage, Deducted, Deductible, InvalidDeductible, PercentageOf, Suffered};
pub use extension::*;
pub use hours_clause::{HOURS_CLAUSE, HoursClause, InvalidHoursClause};
pub use indemnity_period::{
    EXTENDED_PERIOD, INDEMNITY_PERIOD, IndemnityPeriod, InvalidIndemnityPeriod, MAXIMUM_PERIOD, RunsFrom,
};
pub use insured_profit::{Bridge, InsuredProfit};
pub use insured_share::{INSURED_SHARE, share_borne};
pub use joined::{Joined, OutageClaim};
pub use measure::{Form, GROSS_EARNINGS_FORM, GROSS_PROFIT_FORM, Measure, Savings};
pub use occurrence_limit::{OCCURRENCE_LIMIT, above_limit};
pub use order::{ORDER, Order, Step};
pub use period_limit::{DAILY_LIMIT, HOURLY_LIMIT, MONTHLY_LIMIT, Period, PeriodLimits, PeriodReached};
pub use rate_of_gross_profit::{Books, InvalidRate, RATE_OF_GROSS_PROFIT, RateOfGrossProfit, sum_insured};
pub use sublimit::{SUBLIMIT, Sublimit, Sublimits};
pub use waiting_period::{InvalidWait, Reading, WAITING_PERIOD, WaitingPeriod};
pub use year::CoverYear;

/// Amounts of loss by head.
pub type ByHead = [Money; Head::COUNT];

/// The terms of one policy, as far as they apply to each occurrence.
#[derive(Clone, Debug, PartialEq)]
pub struct Cover {
    /// Heads of loss that the cover names.
    pub heads: Vec<Head>,
    /// Lines whose lost profit it covers, by their place in the scenario.
    pub lines: Vec<usize>,
    /// Causes to which it answers.
    pub perils: Perils,
    /// What the policy counts as lost profit; ours where it does not say.
    pub measure: Option<Measure>,
    /// Days on which it is in force; none is always.
    pub period: Option<Days>,
    /// Hours before it responds, with their reading.
    pub waiting_period: Option<WaitingPeriod>,
    /// Which hours of the outage count against the waiting period.
    pub clock: Clock,
    /// Span for which loss is covered; none is endless.
    pub indemnity_period: Option<IndemnityPeriod>,
    /// How long lost profit is covered after operations are restored, whatever
    /// the indemnity period says.
    pub extended_period: Option<Hours>,
    /// The longest time for which lost profit is covered in place of average.
    pub maximum_period: Option<Hours>,
    /// What a sum insured that is too low does to a loss.
    pub average: Option<Average>,
    /// Within how many hours outages of one cause are one occurrence.
    pub hours_clause: Option<HoursClause>,
    /// Most for an hour, a day and a month of lost profit.
    pub period_limits: PeriodLimits,
    /// Most for one head; none is endless.
    pub sublimits: Sublimits,
    /// What the insured bears first, once per occurrence.
    pub deductible: Deductible,
    /// Part of the rest that the insured keeps.
    pub insured_share: Share,
    /// Heads of which the insured keeps no share.
    pub no_share: Vec<Head>,
    /// Most for one occurrence; none is endless.
    pub occurrence_limit: Option<Money>,
    /// Whether what the deductible takes comes off the occurrence limit too.
    pub deductible_erodes_limit: bool,
    /// What the insured bears over the year.
    pub aggregate_deductible: Option<AggregateDeductible>,
    /// Most for the year; none is endless.
    pub aggregate_limit: Option<Money>,
    /// What it answers for beside profit lost under its own perils.
    pub extensions: Extensions,
    /// Which lost hours the sales made up later are taken from.
    pub make_up: Allocation,
    /// Whether what making up costs is part of the loss that it measures.
    pub overtime: bool,
    /// What it says of other insurance; where it says nothing, the first cover that
    /// names a loss answers alone.
    pub other_insurance: Option<OtherInsurance>,
    /// Order in which the terms apply.
    pub order: Order,
}

impl Cover {
    /// Returns whether the cover is in force at the start of an outage.
    #[must_use]
    pub fn in_force(&self, outage: &Outage) -> bool {
        self.period.is_none_or(|period| period.holds(outage.start_local.date()))
    }

    /// A cover of lost profit against every peril, without any other term and, so
    /// far, without a line.
    #[must_use]
    pub fn plain() -> Self {
        Self {
            heads: vec![Head::LostProfit],
            lines: vec![],
            perils: Perils::Any,
            measure: None,
            period: None,
            waiting_period: None,
            clock: Clock::default(),
            indemnity_period: None,
            extended_period: None,
            maximum_period: None,
            average: None,
            hours_clause: None,
            period_limits: PeriodLimits::NONE,
            sublimits: [None; Head::COUNT],
            deductible: Deductible::NONE,
            insured_share: Share::NONE,
            no_share: vec![],
            occurrence_limit: None,
            deductible_erodes_limit: false,
            aggregate_deductible: None,
            aggregate_limit: None,
            extensions: Extensions::default(),
            make_up: Allocation::ProRata,
            overtime: false,
            other_insurance: None,
            order: Order::Standard,
        }
    }
}

/// What a cover sees of an outage: the loss that is presented to it.
#[derive(Clone, Debug)]
pub struct Measured<'a> {
    /// How long the outage lasted.
    pub duration: Hours,
    /// When it started, in hours from the calendar's origin.
    pub start: Hours,
    /// The time for which service was out.
    pub interruptions: Spans,
    /// Why it happened, where that is stated.
    pub cause: Option<Cause>,
    /// Lost profit of each line that the cover names, hour by hour.
    pub profits: Vec<&'a LostProfit<'a>>,
    /// The provider on which each of them depends, where one is named.
    pub providers: Vec<Option<&'a str>>,
    /// Outflows under the heads that it names.
    pub outflows: Vec<(Head, Money)>,
    /// Suppliers' credits that inure to the insured loss.
    pub credit: Money,
    /// What extensions see beside.
    pub additional: Additional<'a>,
    /// What this cover pays of each head, where others answer for the same loss.
    pub contribution: Option<ByHead>,
}

/// What a cover answers to a loss, with the value after each step.
#[derive(Clone, Debug)]
pub struct Response {
    /// The loss presented, by head.
    pub presented: ByHead,
    /// The same loss by the policy's own measure.
    pub insured: ByHead,
    /// Both forms in the figures of this outage, where the policy has a measure.
    pub bridge: Option<Bridge>,
    /// The runs of the outage, each with its own wait.
    pub runs: Vec<Run>,
    /// Part of the loss that the sum insured is up to.
    pub average: Share,
    /// Suppliers' credits taken off the covered profit.
    pub credited: Money,
    /// The sum still covered after each step of the cover's order.
    pub after: Vec<(Step, Money)>,
    /// Profit lost inside the waiting period, whatever the reading does with it.
    pub inside_waiting_period: Money,
    /// What each head still claims just before average.
    pub before_average: ByHead,
    /// Which hours, days and months lost more than their limit.
    pub periods_reached: Vec<PeriodReached>,
    /// Which of them did inside the waiting period.
    pub periods_reached_in_wait: Vec<PeriodReached>,
    /// What the deductible came to.
    pub deducted: Deducted,
    /// What the occurrence limit took.
    pub above_limit: Money,
    /// How an hours clause joined the outage with others, where there is one.
    pub joined: Option<Joined>,
    /// What each head with a sublimit claims just before it.
    pub before_sublimit: ByHead,
    /// What it would pay of each head if no other cover answered.
    pub alone: ByHead,
    /// What its terms keep before other covers are asked.
    pub kept_alone: Retained,
    /// What its terms keep of the part that it pays.
    pub kept_of_part: Retained,
    /// What its extensions did.
    pub extended: Extended,
    /// The covered loss, by head: what the tower or the carrier is asked to pay.
    pub covered: ByHead,
    /// The loss that the terms leave with the insured, by reason.
    pub retained: Retained,
    /// What the cover has left for the rest of its year.
    pub year: CoverYear,
}

impl Response {
    /// Returns the sum still covered after a step.
    #[must_use]
    pub fn after(&self, step: Step) -> Money {
        let after = self.after.iter().find(|(other, _)| *other == step);
        after.map_or(Money::ZERO, |(_, amount)| *amount)
    }

    /// Returns the covered loss.
    #[must_use]
    pub fn total(&self) -> Money {
        self.covered.iter().copied().sum()
    }
}

impl Cover {
    /// Passes a loss through the terms in the cover's order.
    ///
    /// `year` is what earlier losses of the policy year have left behind. The
    /// result satisfies `presented = covered + retained + credited`, and what is
    /// covered is zero or more.
    #[must_use]
    pub fn respond(&self, measured: &Measured<'_>, year: &CoverYear) -> Response {
        let mut claim = Claim::open(measured, self, year.clone());
        let mut presented = claim.opened;
        let mut alone = claim.opened;
        let (mut kept_alone, mut before_part) = (Retained::default(), Retained::default());
        presented[Head::LostProfit as usize] += claim.retained[Reason::PolicyMeasure];
        let mut before_average = claim.opened;
        let mut after = Vec::with_capacity(self.order.steps().len());
        for &step in self.order.steps() {
            if step == Step::Average {
                before_average = claim.heads;
            } else if step == Step::Contribution {
                alone = claim.heads;
                kept_alone = claim.retained;
            }
            match self.hours_clause.filter(|_| step.is_of_occurrence()) {
                Some(clause) => after.push((step, joined::take(&mut claim, self, clause, step))),
                None => {
                    claim.take(step, self);
                    after.push((step, claim.total()));
                }
            }
            if step == Step::Contribution {
                before_part = claim.retained;
            }
        }
        claim.year.covered += claim.total();
        Response {
            presented,
            insured: claim.opened,
            credited: claim.credited,
            bridge: claim.insured.bridge(),
            runs: claim.runs(),
            average: self.average.map_or(Share::ALL, |clause| clause.factor(self.indemnity_length())),
            after,
            inside_waiting_period: claim.inside_waiting_period,
            before_average,
            periods_reached: claim.periods_reached,
            periods_reached_in_wait: claim.periods_reached_in_wait,
            deducted: claim.deducted.unwrap_or_default(),
            above_limit: claim.above_limit,
            joined: claim.joined,
            before_sublimit: claim.before_sublimit,
            alone,
            kept_alone,
            kept_of_part: claim.retained.since(&before_part),
            extended: claim.extended,
            covered: claim.heads,
            retained: claim.retained,
            year: claim.year,
        }
    }

    /// Returns the length of the indemnity period, where there is one.
    #[must_use]
    pub fn indemnity_length(&self) -> Option<Hours> {
        self.indemnity_period.map(IndemnityPeriod::length)
    }
}
