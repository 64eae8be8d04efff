//! Turns: the terms that can turn the curve, and the durations or amounts at
//! which they do.

use super::{covers, layer, payer_turn, price, suppliers};
use crate::cover::{Cover, Period, Response};
use crate::loss::Damage;
use crate::mitigation::{Amount, Bend, Fade, Head};
use crate::outage::ServicePath;
use crate::quantity::{Hours, Money, MoneyPerHour, TOLERANCE};
use crate::scenario::Scenario;
use crate::waterfall::{Priced, Waterfall};

/// What turns the curve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KinkCause {
    /// A line moves to its next stage of restoration.
    RestorationStep,
    /// A line is back.
    LineRestored,
    /// No lost sale of the line is made up any more.
    RecaptureGone,
    /// A spare takes over.
    FailoverTakesOver,
    /// Charges of a line stop.
    ChargesStop,
    /// The charges that stop are no more than the profit there is.
    ChargesCapped,
    /// A damage function moves to its next band.
    DamageBand,
    /// The queue of sales that wait needs another hour.
    QueueHour,
    /// An outflow starts to grow.
    OutflowStarts,
    /// An outflow grows at another rate.
    OutflowBends,
    /// An outflow takes its next step.
    OutflowStep,
    /// An outflow comes to its most.
    OutflowCapped,
    /// The waiting period is over.
    WaitingPeriodOver,
    /// Service goes out again, and the cover waits anew.
    WaitBeginsAnew,
    /// A stage that stretches with the outage comes to end after the waiting period.
    RestorationPassesWait,
    /// A stage that stretches with the outage comes to end after the indemnity period.
    RestorationPassesIndemnity,
    /// The cover starts to pay: it has no deductible.
    CoverStarts,
    /// The loss inside the waiting period outgrows the deductible, or falls below
    /// it again, where the greater of them is taken.
    WaitingLossOutgrows,
    /// An hours clause joins the outage with others of the year than before.
    WindowMoves,
    /// The deductible starts to grow with the loss, stops growing, or is gone.
    DeductibleBends,
    /// The deductible is used up.
    DeductibleUsed,
    /// A head reaches its sublimit.
    SublimitReached(Head),
    /// Lost profit reaches the limit that goes with a declaration.
    DeclarationReached,
    /// An hour, a day or a month reaches its limit, or one that does not begins.
    PeriodLimit(Period),
    /// Access has been barred for long enough.
    MinimumClosure,
    /// A line would have moved to its next stage without the measure that was taken.
    MeasureStep,
    /// A measure costs as much as it saves.
    EconomicLimitReached,
    /// The sublimit of additional increased cost is used up.
    AdditionalUsedUp,
    /// The limit of an extension is used up.
    ExtensionLimit,
    /// Several covers together would pay more than the loss, and share it.
    OtherInsuranceShares,
    /// The occurrence limit is used up.
    LimitExhausted,
    /// The aggregate deductible of the year is used up.
    AggregateDeductibleUsed,
    /// The aggregate limit of the year is used up.
    AggregateLimitExhausted,
    /// The indemnity period is over.
    IndemnityPeriodOver,
    /// The retention below the layers is used up.
    RetentionUsed,
    /// A layer starts to pay.
    LayerAttached(usize),
    /// A layer is used up.
    LayerExhausted(usize),
    /// The next tier of a supplier's uptime is missed.
    CreditTier,
    /// A claim on a supplier comes to be worth its cost.
    ClaimPursued,
    /// A supplier owes no more than its cap.
    LiabilityCap,
    /// We are made whole: what a supplier pays beyond goes to the insurers.
    MadeWhole,
    /// A cover starts to give up what others have paid.
    GivesUp,
    /// The loss reaches the band of a layer of which the insured keeps a part.
    CorridorEntered(usize),
    /// The loss leaves that band.
    CorridorLeft(usize),
    /// Loss that a layer does not follow falls within it.
    LayerUnfollowed(usize),
    /// A layer's limit is reinstated for premium.
    ReinstatementStarts(usize),
    /// The next reinstatement of a layer is begun.
    ReinstatementStep(usize),
    /// No more of a layer's limit is reinstated.
    ReinstatementUsed(usize),
    /// The year comes to where an annual cover attaches.
    AnnualAttached,
    /// An annual cover is used up.
    AnnualExhausted,
    /// A parametric cover starts to pay.
    PayoutStarts,
    /// A parametric cover pays its next step.
    PayoutStep,
    /// A parametric cover adds no more hours.
    PayoutEnds,
    /// A parametric cover reaches its limit.
    PayoutLimit,
    /// What an index measures takes another course.
    IndexTurns,
    /// A loss, ours or the industry's, comes to meet its trigger.
    TriggerMet,
    /// A hedge starts to pay.
    HedgeStarts,
    /// A hedge pays its next whole hour.
    HedgeStep,
    /// A hedge pays no more for another unit of its index.
    HedgeEnds,
    /// A hedge reaches its limit.
    HedgeLimit,
    /// The index leaves a sold floor, which costs no more.
    FloorLeft,
    /// Premium starts to follow the losses.
    PremiumSwings,
    /// Premium has swung to its most.
    PremiumAtMost,
    /// A claim is paid that loses the bonus.
    BonusLost,
    /// Claims start to take from the profit that is shared.
    CommissionStarts,
    /// Profit that is shared is used up, or comes up again.
    CommissionGone,
    /// A reserve fund is used up, and a credit line is drawn in its place.
    FundUsed,
    /// A credit line starts to be drawn, or stops.
    LineDrawn,
    /// A credit line is drawn as far as it goes.
    LineUsed,
}

impl KinkCause {
    /// Returns whether the term counts money, or hours of another term: one that
    /// counts hours of its own tells the turn better.
    pub(super) fn is_of_money(self) -> bool {
        matches!(
            self,
            Self::WaitBeginsAnew
                | Self::RestorationPassesWait
                | Self::RestorationPassesIndemnity
                | Self::CoverStarts
                | Self::WaitingLossOutgrows
                | Self::WindowMoves
                | Self::DeductibleBends
                | Self::DeductibleUsed
                | Self::SublimitReached(_)
                | Self::DeclarationReached
                | Self::PeriodLimit(_)
                | Self::EconomicLimitReached
                | Self::AdditionalUsedUp
                | Self::ExtensionLimit
                | Self::OtherInsuranceShares
                | Self::LimitExhausted
                | Self::AggregateDeductibleUsed
                | Self::AggregateLimitExhausted
                | Self::IndemnityPeriodOver
                | Self::LayerAttached(_)
                | Self::LayerExhausted(_)
                | Self::ClaimPursued
                | Self::LiabilityCap
                | Self::MadeWhole
                | Self::GivesUp
                | Self::RetentionUsed
                | Self::CorridorEntered(_)
                | Self::CorridorLeft(_)
                | Self::LayerUnfollowed(_)
                | Self::ReinstatementStarts(_)
                | Self::ReinstatementStep(_)
                | Self::ReinstatementUsed(_)
                | Self::AnnualAttached
                | Self::AnnualExhausted
                | Self::PayoutLimit
                | Self::IndexTurns
                | Self::HedgeLimit
                | Self::PremiumSwings
                | Self::PremiumAtMost
                | Self::BonusLost
                | Self::CommissionStarts
                | Self::CommissionGone
                | Self::FundUsed
                | Self::LineDrawn
                | Self::LineUsed
        )
    }

    /// Returns whether it is no more than that a layer begins.
    pub(super) fn is_attachment(self) -> bool {
        matches!(self, Self::LayerAttached(_))
    }

    /// Returns the place of the layer whose term it is, where it is that of one.
    #[must_use]
    pub fn layer(self) -> Option<usize> {
        match self {
            Self::LayerAttached(layer)
            | Self::LayerExhausted(layer)
            | Self::CorridorEntered(layer)
            | Self::CorridorLeft(layer)
            | Self::LayerUnfollowed(layer)
            | Self::ReinstatementStarts(layer)
            | Self::ReinstatementStep(layer)
            | Self::ReinstatementUsed(layer) => Some(layer),
            _ => None,
        }
    }

    /// Returns the cause's name in output.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::RestorationStep => "restoration_step",
            Self::LineRestored => "line_restored",
            Self::RecaptureGone => "recapture_gone",
            Self::FailoverTakesOver => "failover_takes_over",
            Self::ChargesStop => "charges_stop",
            Self::ChargesCapped => "charges_capped",
            Self::DamageBand => "damage_band",
            Self::QueueHour => "queue_needs_another_hour",
            Self::OutflowStarts => "outflow_starts",
            Self::OutflowBends => "outflow_bends",
            Self::OutflowStep => "outflow_step",
            Self::OutflowCapped => "outflow_capped",
            Self::WaitingPeriodOver => "waiting_period_over",
            Self::WaitBeginsAnew => "wait_begins_anew",
            Self::RestorationPassesWait => "restoration_passes_waiting_period",
            Self::RestorationPassesIndemnity => "restoration_passes_indemnity_period",
            Self::CoverStarts => "cover_starts",
            Self::WaitingLossOutgrows => "waiting_loss_outgrows_deductible",
            Self::WindowMoves => "window_moves",
            Self::DeductibleBends => "deductible_bends",
            Self::DeductibleUsed => "deductible_used",
            Self::SublimitReached(_) => "sublimit_reached",
            Self::DeclarationReached => "declaration_reached",
            Self::PeriodLimit(period) => period.key(),
            Self::MinimumClosure => "minimum_closure",
            Self::MeasureStep => "measure_step",
            Self::EconomicLimitReached => "economic_limit_reached",
            Self::AdditionalUsedUp => "additional_used_up",
            Self::ExtensionLimit => "extension_limit_reached",
            Self::OtherInsuranceShares => "other_insurance_shares",
            Self::LimitExhausted => "limit_exhausted",
            Self::AggregateDeductibleUsed => "aggregate_deductible_used",
            Self::AggregateLimitExhausted => "aggregate_limit_exhausted",
            Self::IndemnityPeriodOver => "indemnity_period_over",
            Self::RetentionUsed => "retention_used",
            Self::LayerAttached(_) => "layer_attached",
            Self::LayerExhausted(_) => "layer_exhausted",
            Self::CreditTier => "credit_tier",
            Self::ClaimPursued => "claim_pursued",
            Self::LiabilityCap => "liability_cap",
            Self::MadeWhole => "made_whole",
            Self::GivesUp => "gives_up",
            Self::CorridorEntered(_) => "corridor_entered",
            Self::CorridorLeft(_) => "corridor_left",
            Self::LayerUnfollowed(_) => "layer_unfollowed",
            Self::ReinstatementStarts(_) => "reinstatement_starts",
            Self::ReinstatementStep(_) => "reinstatement_step",
            Self::ReinstatementUsed(_) => "reinstatement_used",
            Self::AnnualAttached => "annual_attached",
            Self::AnnualExhausted => "annual_exhausted",
            Self::PayoutStarts => "parametric_starts",
            Self::PayoutStep => "parametric_step",
            Self::PayoutEnds => "parametric_ends",
            Self::PayoutLimit => "parametric_limit",
            Self::IndexTurns => "index_turns",
            Self::TriggerMet => "trigger_met",
            Self::HedgeStarts => "hedge_starts",
            Self::HedgeStep => "hedge_step",
            Self::HedgeEnds => "hedge_ends",
            Self::HedgeLimit => "hedge_limit",
            Self::FloorLeft => "floor_left",
            Self::PremiumSwings => "premium_swings",
            Self::PremiumAtMost => "premium_at_most",
            Self::BonusLost => "bonus_lost",
            Self::CommissionStarts => "commission_starts_to_fall",
            Self::CommissionGone => "commission_gone",
            Self::FundUsed => "reserve_used",
            Self::LineDrawn => "credit_line_drawn",
            Self::LineUsed => "credit_line_used",
        }
    }
}

/// Whose term it is, by place in the scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A business line.
    Line(usize),
    /// An outflow.
    Outflow(usize),
    /// An indemnity cover.
    Cover(usize),
    /// A parametric cover.
    Parametric(usize),
    /// A hedge that is no insurance.
    Hedge(usize),
    /// A supplier.
    Supplier(usize),
    /// A cover of the policy year as a whole.
    Annual(usize),
    /// The price of a part of the programme.
    Price(Priced),
}

/// A term and whose it is.
pub(super) type Turn = (KinkCause, Subject);

/// Returns the durations, above zero and up to `until`, that terms name by the clock.
pub(super) fn clock_turns(scenario: &Scenario, until: Hours) -> Vec<(Hours, Turn)> {
    let mut turns = Vec::new();
    for (place, line) in scenario.lines.iter().enumerate() {
        let subject = Subject::Line(place);
        for (at, last) in line.terms.path.turns() {
            let cause = if last { KinkCause::LineRestored } else { KinkCause::RestorationStep };
            turns.push((at, (cause, subject)));
        }
        if let Fade::Linear(gone) = line.terms.recapture.fade {
            turns.push((gone, (KinkCause::RecaptureGone, subject)));
        }
        let spare = line.terms.path.failover().map(|failover| failover.after);
        turns.extend(spare.map(|at| (at, (KinkCause::FailoverTakesOver, subject))));
        let charges = line.terms.discontinued;
        let stops = (charges.per_hour > MoneyPerHour::ZERO).then_some(charges.after);
        turns.extend(stops.map(|at| (at, (KinkCause::ChargesStop, subject))));
        let bands = line.terms.damage.iter().flat_map(Damage::turns);
        turns.extend(bands.map(|at| (at, (KinkCause::DamageBand, subject))));
    }
    for (place, outflow) in scenario.outflows.iter().enumerate() {
        let subject = Subject::Outflow(place);
        if let Amount::DataLoss(loss) = &outflow.terms.amount
            && let Some(failover) = scenario.lines[loss.line].terms.path.failover()
        {
            turns.push((failover.after, (KinkCause::OutflowStep, subject)));
        }
        turns.extend(outflow.terms.amount.turns().into_iter().map(|(at, bend)| {
            let cause = match bend {
                Bend::Starts => KinkCause::OutflowStarts,
                Bend::Turns => KinkCause::OutflowBends,
                Bend::Step => KinkCause::OutflowStep,
                Bend::Capped => KinkCause::OutflowCapped,
            };
            (at, (cause, subject))
        }));
    }
    for (place, policy) in scenario.covers.iter().enumerate() {
        let (cover, subject) = (&policy.terms.cover, Subject::Cover(place));
        if let Some(access) = cover.extensions.access(scenario.outage.cause) {
            turns.push((access.minimum(), (KinkCause::MinimumClosure, subject)));
        }
        if cover.extensions.counts_saving() {
            let without =
                cover.lines.iter().filter_map(|line| scenario.lines[*line].terms.without_measure.as_ref());
            let steps = without.flat_map(ServicePath::turns);
            turns.extend(steps.map(|(at, _)| (at, (KinkCause::MeasureStep, subject))));
        }
        let waits = wait_ends(scenario, place, until);
        turns.extend(waits.iter().map(|over| (*over, (KinkCause::WaitingPeriodOver, subject))));
        if cover.waiting_period.is_some() && !scenario.counts_the_outage(cover) {
            let stages = cover.lines.iter().flat_map(|line| scenario.lines[*line].terms.path.restarts());
            let anew = scenario.outage.interruptions.restarts().chain(stages);
            turns.extend(anew.map(|at| (at, (KinkCause::WaitBeginsAnew, subject))));
        }
        let first = waits.first().copied().unwrap_or(Hours::ZERO);
        let ends = cover.indemnity_period.map(|period| period.ends(first));
        if cover.extended_period.is_some() {
            turns.extend(ends.map(|ends| (ends, (KinkCause::IndemnityPeriodOver, subject))));
        }
        let waits_pass = waits.iter().map(|over| (*over, KinkCause::RestorationPassesWait));
        let moments = waits_pass.chain(ends.map(|ends| (ends, KinkCause::RestorationPassesIndemnity)));
        for (moment, cause) in moments {
            let paths = cover.lines.iter().map(|line| &scenario.lines[*line].terms.path);
            // The outage itself passes the wait: that is told as the wait's end.
            let passed = paths.flat_map(|path| path.passes(moment)).filter(|at| !waits.contains(at));
            turns.extend(passed.map(|at| (at, (cause, subject))));
        }
    }
    turns.extend(payer_turn::clock_turns(scenario, until));
    turns.extend(suppliers::clock_turns(scenario));
    turns.retain(|(at, _)| *at > Hours::ZERO && *at <= until);
    // Lines that come back together are one turn of a cover.
    turns.sort_by(|(a, _), (b, _)| a.0.total_cmp(&b.0));
    let mut once: Vec<(Hours, Turn)> = Vec::with_capacity(turns.len());
    for (at, turn) in turns {
        let together = |(other, _): &&(Hours, Turn)| (at - *other).0 <= TOLERANCE;
        if !once.iter().rev().take_while(together).any(|(_, told)| *told == turn) {
            once.push((at, turn));
        }
    }
    once
}

/// Returns the moments at which a cover's waits are over, first to last.
///
/// On another clock than that of the outage they are those of the longest outage:
/// a shorter one has met those that it has passed.
fn wait_ends(scenario: &Scenario, place: usize, until: Hours) -> Vec<Hours> {
    let cover = &scenario.covers[place].terms.cover;
    let Some(wait) = cover.waiting_period else { return vec![] };
    if scenario.counts_the_outage(cover) {
        return vec![wait.hours()];
    }
    let longest = Waterfall::new(scenario, until);
    let runs = &longest.covers[place].response.runs;
    let mut overs: Vec<Hours> = runs.iter().filter(|run| wait.met(run)).map(|run| wait.over(run)).collect();
    overs.sort_by(|a, b| a.0.total_cmp(&b.0));
    overs.dedup();
    overs
}

/// Returns whether so many of a cover's waits are over, of all that there can be.
fn waits_over(scenario: &Scenario, cover: &Cover, response: &Response) -> Vec<(KinkCause, bool)> {
    let Some(wait) = cover.waiting_period.filter(|_| !scenario.counts_the_outage(cover)) else {
        return vec![];
    };
    let most = scenario.outage.interruptions.count()
        + scenario.lines.iter().map(|line| line.terms.path.stages().len()).sum::<usize>();
    let over = response.runs.iter().filter(|run| wait.met(run)).count();
    (0..most).map(|run| (KinkCause::WaitingPeriodOver, over > run)).collect()
}

/// Returns, in an order that never changes, whether each term that counts money
/// has reached its amount.
pub(super) fn money_turns(scenario: &Scenario, waterfall: &Waterfall<'_>) -> Vec<(Turn, bool)> {
    let mut turns = Vec::new();
    for (place, (policy, recovery)) in scenario.covers.iter().zip(&waterfall.covers).enumerate() {
        let subject = Subject::Cover(place);
        let of_cover = covers::money_turns(scenario, &policy.terms.cover, &recovery.response);
        let of_cover =
            of_cover.into_iter().chain(waits_over(scenario, &policy.terms.cover, &recovery.response));
        turns.extend(of_cover.map(|(cause, reached)| ((cause, subject), reached)));
        if let Some(tower) = &policy.terms.tower {
            let of_tower = recovery
                .tower
                .iter()
                .flat_map(|response| layer::turns(tower, response, recovery.response.total()));
            turns.extend(of_tower.map(|(cause, reached)| ((cause, subject), reached)));
        }
    }
    turns.extend(super::losses::money_turns(scenario, waterfall));
    turns.extend(payer_turn::level_turns(scenario, waterfall));
    turns.extend(suppliers::money_turns(scenario, waterfall));
    turns.extend(price::price_turns(scenario, waterfall));
    turns.extend(layer::annual_turns(scenario, waterfall));
    turns
}

/// Returns the amount that a subject itself adds to or takes from the net loss.
///
/// A line takes its lost profit, and what others charge as a share of its revenue.
pub(super) fn own_amount(scenario: &Scenario, waterfall: &Waterfall<'_>, subject: Subject) -> Money {
    match subject {
        Subject::Line(line) => {
            let lost = &waterfall.lines[line];
            let charged = scenario.outflows.iter().map(|outflow| match &outflow.terms.amount {
                Amount::ShareOfLostRevenue { share, lines } if lines.contains(&line) => {
                    lost.lost_revenue().total() * *share
                }
                _ => Money::ZERO,
            });
            lost.total() + charged.sum()
        }
        Subject::Outflow(outflow) => waterfall.outflows[outflow],
        Subject::Cover(cover) => waterfall.covers[cover].paid,
        Subject::Parametric(cover) => waterfall.payouts[cover],
        Subject::Hedge(hedge) => waterfall.hedges[hedge].payoff,
        Subject::Annual(annual) => waterfall.annual[annual],
        Subject::Supplier(supplier) => waterfall.credits[supplier] + waterfall.third_party[supplier],
        Subject::Price(of) => price::cost(waterfall, of),
    }
}
