//! Terms of a cover that count time.

use super::*;

/// A waiting period.
#[derive(Clone, Copy, Debug)]
pub struct Wait {
    pub minutes: Minutes,
    pub reading: Reading,
    pub at_least: bool,
}

/// What becomes of the minutes of a waiting period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    TimeDeductible,
    ProRata,
    Qualifying,
    GreaterOf,
    Cumulative,
    QualifyingThenMoney,
}

/// An indemnity period.
#[derive(Clone, Copy, Debug)]
pub struct Indemnity {
    pub minutes: Minutes,
    pub from_end_of_wait: bool,
}

/// The minute at which the indemnity period ends, where there is one.
pub(super) fn indemnity_ends(cover: &Cover) -> Option<Minutes> {
    let period = cover.indemnity?;
    let wait = cover.wait.map_or(0, |wait| wait.minutes);
    Some(if period.from_end_of_wait { period.minutes + wait } else { period.minutes })
}

/// Profit lost after the indemnity period is not covered.
pub(super) fn end_with_indemnity_period(cover: &Cover, claim: &mut Claim, retained: &mut Amounts) {
    let Some(ends) = indemnity_ends(cover) else { return };
    for (minute, profit) in claim.profit_by_minute.iter_mut().enumerate() {
        if minute as Minutes >= ends {
            keep(retained, "indemnity_period", *profit);
            *profit = 0.0;
            claim.counts[minute] = false;
        }
    }
}

/// Under the readings that deduct time, the insured keeps the profit of the waiting
/// period. Says what was lost inside it, kept or not.
pub(super) fn deduct_time(
    cover: &Cover,
    duration: Minutes,
    claim: &mut Claim,
    retained: &mut Amounts,
) -> f64 {
    let Some(wait) = cover.wait else { return 0.0 };
    let inside = claim.profit_by_minute.iter().take(wait.minutes as usize).sum();
    let span = indemnity_ends(cover).map_or(duration, |ends| ends.min(duration));
    for (minute, profit) in claim.profit_by_minute.iter_mut().enumerate() {
        let part = match wait.reading {
            // What was really lost in those minutes ...
            Reading::TimeDeductible | Reading::Cumulative if (minute as Minutes) < wait.minutes => 1.0,
            Reading::TimeDeductible | Reading::Cumulative => 0.0,
            // ... or as large a part of every minute as the wait is of the covered span.
            Reading::ProRata => (wait.minutes as f64 / span.max(1) as f64).min(1.0),
            Reading::Qualifying | Reading::GreaterOf | Reading::QualifyingThenMoney => 0.0,
        };
        keep(retained, "waiting_period", *profit * part);
        *profit -= *profit * part;
    }
    let counts = |minute: usize| match wait.reading {
        Reading::TimeDeductible | Reading::Cumulative => minute as Minutes >= wait.minutes,
        _ => true,
    };
    claim.counts =
        (0..claim.profit_by_minute.len()).map(|minute| claim.counts[minute] && counts(minute)).collect();
    inside
}

/// Most for an hour, a day and a month of the outage.
#[derive(Clone, Copy, Debug, Default)]
pub struct MostIn {
    pub hour: Option<f64>,
    pub day: Option<f64>,
    pub month: Option<f64>,
}

/// Lets each minute add to its hour, its day and its month until they are full.
///
/// An hour fills up to as much of its limit as it has minutes that still count.
pub(super) fn cut_by_period(most: &MostIn, claim: &mut Claim, retained: &mut Amounts) {
    if let Some(most) = most.hour {
        let fills = |counted: usize| most * counted as f64 / 60.0;
        fill_periods(60, fills, claim, retained);
    }
    if let Some(most) = most.day {
        fill_periods(24 * 60, |_| most, claim, retained);
    }
    if let Some(most) = most.month {
        fill_periods(30 * 24 * 60, |_| most, claim, retained);
    }
}

fn fill_periods(minutes: usize, most: impl Fn(usize) -> f64, claim: &mut Claim, retained: &mut Amounts) {
    let (mut lost, mut paid, mut counted) = (0.0, 0.0, 0);
    for minute in 0..claim.profit_by_minute.len() {
        if minute % minutes == 0 {
            (lost, paid, counted) = (0.0, 0.0, 0);
        }
        counted += usize::from(claim.counts[minute]);
        lost += claim.profit_by_minute[minute];
        let paid_by_now = f64::min(lost, most(counted));
        keep(retained, "period_limit", claim.profit_by_minute[minute] - (paid_by_now - paid));
        claim.profit_by_minute[minute] = paid_by_now - paid;
        paid = paid_by_now;
    }
}
