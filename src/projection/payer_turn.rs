//! Turns of parametric covers and hedges: by the clock of their schedule or index,
//! and where what they read crosses a level.

use super::turn::{KinkCause, Subject, Turn};
use crate::hedge::{Bend, Contract, Hedge, Index, IndustryLoss, Parametric, Schedule};
use crate::quantity::{Hours, TOLERANCE};
use crate::scenario::Scenario;
use crate::waterfall::Waterfall;

/// Returns the durations that schedules and indices name by the clock.
pub(super) fn clock_turns(scenario: &Scenario, until: Hours) -> Vec<(Hours, Turn)> {
    let mut turns = Vec::new();
    for (place, policy) in scenario.parametrics.iter().enumerate() {
        let (cover, subject) = (&policy.terms.parametric, Subject::Parametric(place));
        let by_clock = scheduled(cover, until).into_iter().chain(indexed(scenario, &cover.index));
        turns.extend(by_clock.map(|(at, cause)| (at, (cause, subject))));
    }
    for (place, position) in scenario.hedges.iter().enumerate() {
        let (hedge, subject) = (&position.terms.hedge, Subject::Hedge(place));
        let by_clock = contracted(hedge).into_iter().chain(indexed(scenario, &hedge.index));
        turns.extend(by_clock.map(|(at, cause)| (at, (cause, subject))));
    }
    turns
}

/// Returns the turns of a schedule on the hours of outage: its clock is the outage's.
fn scheduled(cover: &Parametric, until: Hours) -> Vec<(Hours, KinkCause)> {
    let Index::OutageHours = cover.index else { return vec![] };
    match &cover.schedule {
        Schedule::Steps(steps) | Schedule::AddedSteps(steps) => {
            steps.durations().map(|at| (at, KinkCause::PayoutStep)).collect()
        }
        Schedule::PerHour(hourly) if hourly.whole_hours() => {
            let last = hourly.to().map_or(until, |to| to.min(until));
            let hours = ((last - hourly.from()).positive().0 + TOLERANCE).floor() as usize;
            let at = |hour: usize| hourly.from() + Hours(hour as f64);
            (1..=hours).map(|hour| (at(hour), KinkCause::PayoutStep)).collect()
        }
        Schedule::PerHour(hourly) => {
            let ends = hourly.to().map(|to| (to, KinkCause::PayoutEnds));
            [(hourly.from(), KinkCause::PayoutStarts)].into_iter().chain(ends).collect()
        }
        Schedule::Tick(tick) => vec![(Hours(tick.strike.0), KinkCause::PayoutStarts)],
        Schedule::Loss { at, .. } => vec![(*at, KinkCause::PayoutStep)],
    }
}

/// Returns the durations at which the industry's loss takes a step.
fn contracted(hedge: &Hedge) -> Vec<(Hours, KinkCause)> {
    match &hedge.contract {
        Contract::Warranty(warranty) => match warranty.industry() {
            IndustryLoss::Steps(steps) => steps.durations().map(|at| (at, KinkCause::TriggerMet)).collect(),
            IndustryLoss::Fixed(_) | IndustryLoss::PerHour(_) => vec![],
        },
        _ => vec![],
    }
}

/// Returns the durations at which the index itself takes another course.
fn indexed(scenario: &Scenario, index: &Index) -> Vec<(Hours, KinkCause)> {
    let paths = || index.lines().into_iter().map(|line| &scenario.lines[line].terms.path);
    let of_paths = paths().flat_map(|path| path.turns().into_iter().map(|(at, _)| at));
    let period = if let Index::Revenue { period, .. } = index { Some(*period) } else { None };
    let passed = period.into_iter().flat_map(|period| paths().flat_map(move |path| path.passes(period)));
    let turns = index.clock_turns().into_iter().chain(of_paths).chain(passed);
    turns.map(|at| (at, KinkCause::IndexTurns)).collect()
}

/// Returns, in an order that never changes, whether each level is crossed.
pub(super) fn level_turns(scenario: &Scenario, waterfall: &Waterfall<'_>) -> Vec<(Turn, bool)> {
    let seen = waterfall.seen();
    let mut turns = Vec::new();
    for (place, policy) in scenario.parametrics.iter().enumerate() {
        let subject = Subject::Parametric(place);
        let marks = policy.terms.parametric.marks(&seen).into_iter();
        turns.extend(marks.map(|(bend, crossed)| ((of_payout(bend), subject), crossed)));
        let cut = waterfall.parametrics[place].cut_by_year.0 > 0.0;
        turns.push(((KinkCause::PayoutLimit, subject), cut));
    }
    for (place, position) in scenario.hedges.iter().enumerate() {
        let subject = Subject::Hedge(place);
        let marks = position.terms.hedge.marks(&seen).into_iter();
        turns.extend(marks.map(|(bend, crossed)| ((of_hedge(bend), subject), crossed)));
        let cut = waterfall.hedges[place].cut_by_year.0 > 0.0;
        turns.push(((KinkCause::HedgeLimit, subject), cut));
    }
    turns
}

fn of_payout(bend: Bend) -> KinkCause {
    match bend {
        Bend::Starts => KinkCause::PayoutStarts,
        Bend::Step => KinkCause::PayoutStep,
        Bend::Ends => KinkCause::PayoutEnds,
        Bend::Limit => KinkCause::PayoutLimit,
        Bend::TriggerMet => KinkCause::TriggerMet,
        Bend::Index | Bend::FloorLeft => KinkCause::IndexTurns,
    }
}

fn of_hedge(bend: Bend) -> KinkCause {
    match bend {
        Bend::Starts => KinkCause::HedgeStarts,
        Bend::Ends => KinkCause::HedgeEnds,
        Bend::Limit => KinkCause::HedgeLimit,
        Bend::FloorLeft => KinkCause::FloorLeft,
        Bend::Step => KinkCause::HedgeStep,
        Bend::TriggerMet => KinkCause::TriggerMet,
        Bend::Index => KinkCause::IndexTurns,
    }
}
