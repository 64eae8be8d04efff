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
        }
    }
}

/// Under the readings that deduct time, the insured keeps the profit of the waiting period.
pub(super) fn deduct_time(cover: &Cover, duration: Minutes, claim: &mut Claim, retained: &mut Amounts) {
    let Some(wait) = cover.wait else { return };
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
}
