//! Covers: the amounts at which their terms turn the curve, and the hours, days and
//! months that begin anew.

use super::turn::{KinkCause, Subject, Turn};
use crate::cover::{
    AggregateDeductible, Average, Cover, Deductible, Extended, Order, PeriodReached, Reading, Response,
    Step, WaitingPeriod,
};
use crate::mitigation::Head;
use crate::quantity::{Hours, Money};
use crate::reason::Reason;
use crate::scenario::Scenario;

/// Returns, in an order that never changes, whether each term of a cover that counts
/// money has reached its amount.
pub(super) fn money_turns(
    scenario: &Scenario,
    cover: &Cover,
    response: &Response,
) -> Vec<(KinkCause, bool)> {
    let mut turns = period_flags(scenario, cover, response);
    let sublimits = Head::ALL.into_iter().zip(response.before_sublimit).zip(cover.sublimits);
    turns.extend(sublimits.map(|(((_, head), claimed), sublimit)| {
        (KinkCause::SublimitReached(head), sublimit.is_some_and(|sublimit| claimed > sublimit.most))
    }));
    let declared = cover.average.and_then(Average::limit);
    let profit = response.before_average[Head::LostProfit as usize];
    turns.push((KinkCause::DeclarationReached, declared.is_some_and(|most| profit > most)));
    let kept = |reason: Reason| response.retained[reason] > Money::ZERO;
    let extended = &response.extended;
    turns.extend(extension_turns(extended));
    let late = response.retained[Reason::IndemnityPeriod] > extended.reputation.after_period;
    turns.push((KinkCause::IndemnityPeriodOver, late));
    turns.push((KinkCause::OtherInsuranceShares, kept(Reason::OtherInsurance)));
    let greater_of = cover.waiting_period.is_some_and(|wait| wait.reading() == Reading::GreaterOf);
    turns.extend(deductible_turns(cover, response, greater_of));
    let starts = if cover.deductible == Deductible::NONE && !greater_of {
        KinkCause::CoverStarts
    } else {
        KinkCause::DeductibleUsed
    };
    turns.push((starts, response.after(Step::Deductible) > Money::ZERO));
    turns.push((KinkCause::LimitExhausted, response.above_limit > Money::ZERO));
    if let Some(AggregateDeductible::Absorb(_)) = cover.aggregate_deductible {
        let used = response.after(Step::AggregateDeductible) > Money::ZERO;
        turns.push((KinkCause::AggregateDeductibleUsed, used));
    }
    turns.push((KinkCause::AggregateLimitExhausted, kept(Reason::AggregateLimit)));
    // Last: another window uses deductible and limit otherwise, and tells why.
    if cover.hours_clause.is_some() {
        let others = response.joined.as_ref().map_or(0, |joined| joined.with.len());
        let flags = (0..scenario.earlier.len()).map(|place| place < others);
        turns.extend(flags.map(|flag| (KinkCause::WindowMoves, flag)));
    }
    turns
}

fn extension_turns(extended: &Extended) -> [(KinkCause, bool); 3] {
    let measure = extended.increased_cost;
    let dear = measure.is_some_and(|answer| answer.payable >= answer.economic_limit);
    let dear = dear || extended.extra_expense.beyond_saving > Money::ZERO;
    let used_up = measure.is_some_and(|answer| answer.kept() > Money::ZERO);
    let above = extended.limit.is_some_and(|limit| extended.before_limit > limit);
    [
        (KinkCause::EconomicLimitReached, dear),
        (KinkCause::AdditionalUsedUp, used_up),
        (KinkCause::ExtensionLimit, above),
    ]
}

fn deductible_turns(cover: &Cover, response: &Response, greater_of: bool) -> Vec<(KinkCause, bool)> {
    let (deducted, deductible) = (response.deducted, cover.deductible);
    let by_head = matches!(deductible, Deductible::PerHead(_));
    let profit = Head::LostProfit as usize;
    let due = match deductible {
        Deductible::PerHead(own) => own[profit],
        _ => deducted.due,
    };
    let outgrows = greater_of && response.inside_waiting_period > due;
    let mut turns = vec![(KinkCause::WaitingLossOutgrows, outgrows)];
    turns.extend(deductible.turns().into_iter().map(|at| (KinkCause::DeductibleBends, deducted.on > at)));
    turns.push((KinkCause::DeductibleBends, deducted.due < deducted.own));
    turns.push((KinkCause::DeductibleBends, deducted.due > deducted.own));
    for (place, (_, head)) in Head::ALL.into_iter().enumerate() {
        if let Deductible::LargestOfHeads(_) = deductible {
            turns.push((KinkCause::DeductibleBends, response.presented[place] > Money::ZERO));
        }
        // Where heads bear on their own, each uses up what it bears by itself.
        let alone = head == Head::LostProfit && cover.order == Order::GreaterOfOnLostProfitOnly;
        if by_head || alone {
            turns.push((KinkCause::DeductibleUsed, deducted.left[place] > Money::ZERO));
        }
    }
    turns
}

/// Returns whether each hour, day and month has reached its limit, as many of them
/// for every duration.
fn period_flags(scenario: &Scenario, cover: &Cover, response: &Response) -> Vec<(KinkCause, bool)> {
    let ramp = cover.lines.iter().map(|line| scenario.lines[*line].terms.path.ramp_up());
    let end = scenario.longest() + ramp.fold(Hours::ZERO, Hours::max) + Hours(1.0);
    let wait = cover.waiting_period.map_or(Hours::ZERO, WaitingPeriod::hours);
    let mut turns = Vec::new();
    for period in cover.period_limits.periods() {
        let mut flags = |told: &[PeriodReached], end: Hours| {
            let mut flags = vec![false; period.number_to(end)];
            for it in told.iter().filter(|it| it.period == period) {
                if let Some(flag) = flags.get_mut(it.place) {
                    *flag = it.reached;
                }
            }
            turns.extend(flags.into_iter().map(|flag| (KinkCause::PeriodLimit(period), flag)));
        };
        flags(&response.periods_reached, end);
        flags(&response.periods_reached_in_wait, wait);
    }
    turns
}

/// Returns the durations at which an hour, a day or a month with a limit begins: for
/// the outage itself, or for a stage that stretches with it.
pub(super) fn period_turns(scenario: &Scenario, until: Hours) -> Vec<(Hours, Turn)> {
    let mut turns = Vec::new();
    for (place, policy) in scenario.covers.iter().enumerate() {
        let cover = &policy.terms.cover;
        for period in cover.period_limits.periods() {
            let turn = (KinkCause::PeriodLimit(period), Subject::Cover(place));
            for begins in (1..=period.number_to(until)).map(|n| Hours(n as f64 * period.length().0)) {
                let paths = cover.lines.iter().map(|line| &scenario.lines[*line].terms.path);
                let passed = paths.flat_map(|path| path.passes(begins)).chain([begins]);
                turns.extend(passed.map(|at| (at, turn)));
            }
        }
    }
    turns.retain(|(at, _)| *at > Hours::ZERO && *at <= until);
    turns
}
