//! A wait on a claim: each group of lines waits for the runs of its own outage.

use super::{Claim, Clock, Counts, Measured, Reading, Run, WaitingPeriod};
use crate::quantity::{Hours, Money, Share, TOLERANCE};
use crate::reason::Reason;
use crate::spans::Spans;

const ENDLESS: Hours = Hours(f64::INFINITY);

/// Lines of a cover that wait together.
#[derive(Clone)]
pub(super) struct Group {
    /// Their places among the lines presented.
    pub(super) lines: Vec<usize>,
    /// The runs of their outage, in order.
    pub(super) runs: Vec<Run>,
    /// When the indemnity period ends for them; never, until it is known.
    pub(super) ends: Hours,
}

impl Group {
    /// Returns the moment at which the first wait that is met is over.
    pub(super) fn first_over(&self, wait: WaitingPeriod) -> Option<Hours> {
        self.runs.iter().find(|run| wait.met(run)).map(|run| wait.over(run))
    }
}

/// Lets the lines of a cover wait, together or by provider.
pub(super) fn groups(measured: &Measured<'_>, clock: &Clock) -> Vec<Group> {
    let all: Vec<usize> = (0..measured.profits.len()).collect();
    if !clock.per_provider || all.is_empty() {
        let runs = runs(measured, clock, &all, &measured.interruptions);
        return vec![Group { lines: all, runs, ends: ENDLESS }];
    }
    let mut groups: Vec<Group> = Vec::new();
    for line in all {
        let provider = measured.providers.get(line).copied().flatten();
        let same = |group: &&mut Group| {
            let first = group.lines[0];
            provider.is_some() && measured.providers.get(first).copied().flatten() == provider
        };
        match groups.iter_mut().find(same) {
            Some(group) => group.lines.push(line),
            None => groups.push(Group { lines: vec![line], runs: vec![], ends: ENDLESS }),
        }
    }
    for group in &mut groups {
        let dark = together(&group.lines, |line| measured.profits[line].lost_revenue().dark());
        group.runs = runs(measured, clock, &group.lines, &dark);
    }
    groups
}

fn runs(measured: &Measured<'_>, clock: &Clock, lines: &[usize], dark: &Spans) -> Vec<Run> {
    let lost = |line: usize| measured.profits[line].lost_revenue();
    let open = match &clock.counts {
        Counts::EveryHour => None,
        Counts::OpenHours(open) => Some(open.after(measured.start, measured.start + dark.ends())),
        // Without a line there is nothing to trade in, and every hour counts.
        Counts::TradingHours if lines.is_empty() => None,
        Counts::TradingHours => Some(together(lines, |line| lost(line).trading(Hours::ZERO, dark.ends()))),
    };
    let level = clock.service_below.filter(|_| !lines.is_empty());
    let below = level.map(|level| together(lines, |line| lost(line).service_below(level)));
    clock.runs(dark, open.as_ref(), below.as_ref())
}

/// Puts together the time of several lines.
fn together(lines: &[usize], time: impl Fn(usize) -> Spans) -> Spans {
    lines.iter().fold(Spans::NONE, |all, line| all.or(&time(*line)))
}

/// Measures the loss inside the period and, where the reading is a time
/// deductible, takes it off. A run that does not meet its wait keeps its loss.
pub(super) fn cut(claim: &mut Claim<'_>, wait: WaitingPeriod) {
    let nowhere = vec![Spans::NONE; claim.hours.len()];
    let (mut met, mut inside, mut after) = (nowhere.clone(), nowhere.clone(), nowhere);
    let mut averages = Vec::new();
    for group in &claim.waits {
        for (place, run) in group.runs.iter().enumerate().filter(|(_, run)| wait.met(run)) {
            // What a line loses before its first run is that run's loss as well.
            let from = if place == 0 { Hours::ZERO } else { run.from };
            let over = wait.over(run);
            for line in &group.lines {
                met[*line] = met[*line].or(&Spans::one(from, run.until));
                inside[*line] = inside[*line].or(&Spans::one(from, over));
                after[*line] = after[*line].or(&Spans::one(over, run.until));
            }
            let span = run.counted.within(Hours::ZERO, group.ends).length();
            averages.push((group.lines.clone(), from, run.until, span));
        }
    }
    claim.trim(|line| met[line].clone(), Reason::WaitingPeriod);
    let inside: Vec<Spans> =
        claim.hours.iter().zip(&inside).map(|(hours, inside)| hours.and(inside)).collect();
    claim.inside_waiting_period = claim.profit(&inside).min(*claim.lost_profit());
    if let Some(capped) = &claim.capped {
        let over = inside.iter().map(Spans::ends).fold(Hours::ZERO, Hours::max);
        claim.periods_reached_in_wait = capped.by(&claim.insured, over).1;
    }
    match wait.reading() {
        Reading::TimeDeductible | Reading::Cumulative => {
            claim.trim(|line| after[line].clone(), Reason::WaitingPeriod);
        }
        Reading::TimeDeductibleProRata => {
            let of_run = |(lines, from, until, span): (Vec<usize>, Hours, Hours, Hours)| -> Money {
                let part = Share::new((wait.hours().0 / span.0.max(TOLERANCE)).min(1.0));
                let mut hours = vec![Spans::NONE; claim.hours.len()];
                for line in lines {
                    hours[line] = claim.hours[line].within(from, until);
                }
                claim.profit(&hours) * part.unwrap_or(Share::ALL)
            };
            let average = averages.into_iter().map(of_run).sum();
            claim.keep_profit(Reason::WaitingPeriod, average);
        }
        Reading::Qualifying | Reading::GreaterOf | Reading::QualifyingThenMoney => {}
    }
}
