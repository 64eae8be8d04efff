//! Limit of a period: the most that one hour, one day or one month may cost the cover.

use super::{Claim, InsuredProfit};
use crate::quantity::{Hours, Money, MoneyPerHour, Share};
use crate::reason::Reason;
use crate::spans::Spans;
use crate::term::term;

term! {
    pub const HOURLY_LIMIT: Term = {
        key: "hourly_limit",
        korean: "시간당 보상한도",
        english: "Hourly limit of indemnity",
        file_key: "cover.hourly_limit",
        unit: "money an hour",
        formula: "counted of an hour = min(lost, limit · part of the hour)",
        order: "After the indemnity period and before the waiting period",
        source: "Cloud-downtime covers, which sell a sum insured for each hour",
    };
}

term! {
    pub const DAILY_LIMIT: Term = {
        key: "daily_limit",
        korean: "일 보상한도",
        english: "Daily limit of indemnity",
        file_key: "cover.daily_limit",
        unit: "money a day",
        formula: "counted of 24 hours = min(sum of the hours, limit)",
        order: "After the hourly limit",
        source: "Fixed-sum business interruption covers",
    };
}

term! {
    pub const MONTHLY_LIMIT: Term = {
        key: "monthly_limit",
        korean: "월 보상한도",
        english: "Monthly limit of indemnity",
        file_key: "cover.monthly_limit",
        unit: "money in 30 days",
        formula: "counted of 30 days = min(sum of the days, share · limit)",
        order: "After the daily limit, in place of average",
        source: "ISO business income form, monthly limit of indemnity; in Korea the monthly-limit clause",
    };
}

/// A stretch of the outage with a limit of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// An hour, counted from the outage's first moment.
    Hour,
    /// Twenty-four such hours.
    Day,
    /// Thirty such days.
    Month,
}

impl Period {
    /// Every period, from the shortest.
    pub const ALL: [(&'static str, Self); 3] =
        [("hourly_limit", Self::Hour), ("daily_limit", Self::Day), ("monthly_limit", Self::Month)];

    /// Returns the name of its limit in a scenario file and in output.
    #[must_use]
    pub fn key(self) -> &'static str {
        Self::ALL[self as usize].0
    }

    /// Returns how long it lasts.
    #[must_use]
    pub fn length(self) -> Hours {
        match self {
            Self::Hour => Hours(1.0),
            Self::Day => Hours(24.0),
            Self::Month => Hours(720.0),
        }
    }

    /// Returns how many of them a stretch touches.
    #[must_use]
    pub fn number_to(self, end: Hours) -> usize {
        (end.0 / self.length().0).ceil().max(0.0) as usize
    }
}

/// The most that an hour, a day and a month of the outage may cost the cover.
///
/// # Formula
///
/// Periods are counted from the outage's first moment, not by the clock on the
/// wall. Of the loss `R` of a period up to a moment of it, the cover counts
///
/// ```text
/// hour    min(R, limit · part of the hour that has passed)
/// day     min(sum of its hours so far, limit)
/// month   min(sum of its days so far, limit)
/// ```
///
/// A day and a month have their whole limit even where the outage ends inside
/// them. What is counted between two moments is what was counted by the later,
/// less what was counted by the earlier.
///
/// # Order of application
///
/// Before the waiting period, so that waiting hours are taken off as capped; the
/// order `caps_after_waiting` turns the two round.
///
/// # Source
///
/// Sum insured an hour: cloud-downtime covers. Monthly limit of indemnity: ISO
/// business income form, which counts consecutive 30-day periods; in Korea the
/// monthly-limit clause (월정액 보상조항).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PeriodLimits {
    /// Most for an hour; a part of one has that part of it.
    pub hour: Option<MoneyPerHour>,
    /// Most for 24 hours.
    pub day: Option<Money>,
    /// Most for 30 days.
    pub month: Option<Money>,
}

/// Whether one period has reached its limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PeriodReached {
    /// Which kind of period.
    pub period: Period,
    /// Which of them, counted from 0.
    pub place: usize,
    /// Whether it lost more than its limit.
    pub reached: bool,
}

impl PeriodLimits {
    /// No period has a limit.
    pub const NONE: Self = Self { hour: None, day: None, month: None };

    /// Returns the kinds of period that have a limit, from the shortest.
    pub fn periods(self) -> impl Iterator<Item = Period> {
        let limited = move |period: &Period| match period {
            Period::Hour => self.hour.is_some(),
            Period::Day => self.day.is_some(),
            Period::Month => self.month.is_some(),
        };
        Period::ALL.into_iter().map(|(_, period)| period).filter(limited)
    }

    /// Returns the most for a stretch of one period.
    #[must_use]
    pub fn most(self, period: Period, stretch: Hours) -> Option<Money> {
        match period {
            Period::Hour => self.hour.map(|rate| rate * stretch),
            Period::Day => self.day,
            Period::Month => self.month,
        }
    }

    /// Returns what the limits let through of a loss until a moment, and which
    /// periods have reached theirs. `time` tells how much of a stretch the cover
    /// looks at, and `lost` what is lost in it.
    pub fn within(
        self,
        until: Hours,
        time: impl Fn(Hours, Hours) -> Hours,
        lost: impl Fn(Hours, Hours) -> Money,
    ) -> (Money, Vec<PeriodReached>) {
        let mut count = Count { limits: self, time, lost, reached: Vec::new() };
        let counted = count.stretch(&[Period::Month, Period::Day, Period::Hour], Hours::ZERO, until);
        (counted, count.reached)
    }
}

/// Counts the loss of stretches period by period, the longest outermost.
struct Count<T, L> {
    limits: PeriodLimits,
    time: T,
    lost: L,
    reached: Vec<PeriodReached>,
}

impl<T: Fn(Hours, Hours) -> Hours, L: Fn(Hours, Hours) -> Money> Count<T, L> {
    fn stretch(&mut self, periods: &[Period], from: Hours, to: Hours) -> Money {
        let Some((&period, shorter)) = periods.split_first() else { return (self.lost)(from, to) };
        if self.limits.most(period, Hours::ZERO).is_none() {
            return self.stretch(shorter, from, to);
        }
        let length = period.length().0;
        let first = (from.0 / length).floor().max(0.0) as usize;
        let mut counted = Money::ZERO;
        for place in first..period.number_to(to) {
            let begins = Hours(place as f64 * length).max(from);
            let ends = Hours((place + 1) as f64 * length).min(to);
            if begins < ends {
                let loss = self.stretch(shorter, begins, ends);
                let within = loss.at_most(self.limits.most(period, (self.time)(begins, ends)));
                self.reached.push(PeriodReached { period, place, reached: loss > within });
                counted += within;
            }
        }
        counted
    }
}

/// Lost profit as limits of periods count it.
#[derive(Clone, Debug)]
pub(super) struct Capped {
    limits: PeriodLimits,
    /// The hours that were claimed when the limits cut them, of each line.
    hours: Vec<Spans>,
    /// The hours in which any line claimed.
    time: Spans,
    /// Part of each hour that an average wait had left.
    part: Share,
}

impl Capped {
    /// Returns the profit lost in stretches, given for each line: what the limits
    /// let through while they pass, of it the part of the lines that claim.
    pub(super) fn profit(&self, insured: &InsuredProfit<'_>, hours: &[Spans]) -> Money {
        let mut cuts: Vec<Hours> =
            hours.iter().flat_map(|spans| spans.iter().flat_map(|(from, to)| [from, to])).collect();
        cuts.sort_by(|a, b| a.0.total_cmp(&b.0));
        cuts.dedup();
        let between = |cut: &[Hours]| {
            let (from, to) = (cut[0], cut[1]);
            let within = |hours: &[Spans]| -> Vec<Spans> {
                hours.iter().map(|spans| spans.within(from, to)).collect()
            };
            let claimed = insured.within(&within(hours)).part_of(insured.within(&within(&self.hours)));
            if claimed == Share::NONE {
                return Money::ZERO;
            }
            let by_end = self.by(insured, to).0;
            let counted = if from > Hours::ZERO { by_end - self.by(insured, from).0 } else { by_end };
            counted * claimed
        };
        cuts.windows(2).map(between).sum()
    }

    /// Returns what is counted by a moment, and which periods have reached their limit.
    pub(super) fn by(&self, insured: &InsuredProfit<'_>, moment: Hours) -> (Money, Vec<PeriodReached>) {
        let lost = |from: Hours, to: Hours| {
            let of_line = |(line, spans): (usize, &Spans)| -> Money {
                spans.within(from, to).iter().map(|(from, to)| insured.of_line(line, from, to)).sum()
            };
            self.hours.iter().enumerate().map(of_line).sum::<Money>() * self.part
        };
        self.limits.within(moment, |from, to| self.time.within(from, to).length(), lost)
    }
}

/// Cuts lost profit hour by hour, day by day and month by month.
pub(super) fn cut(claim: &mut Claim<'_>, limits: PeriodLimits) {
    if limits == PeriodLimits::NONE {
        return;
    }
    let before = *claim.lost_profit();
    let part = before.part_of(claim.insured.within(&claim.hours));
    let time = claim.hours.iter().fold(Spans::NONE, |all, spans| all.or(spans));
    let until = time.ends();
    let capped = Capped { limits, hours: claim.hours.clone(), time, part };
    let (counted, reached) = capped.by(&claim.insured, until);
    let counted = counted.min(before);
    *claim.lost_profit() = counted;
    claim.retained[Reason::PeriodLimit] += before - counted;
    claim.periods_reached = reached;
    claim.capped = Some(capped);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What passes the limits of a loss that is told hour by hour.
    fn within(limits: PeriodLimits, hours: &[f64], from: f64, to: f64) -> f64 {
        let lost = |from: Hours, to: Hours| {
            let of_hour = |(hour, rate): (usize, &f64)| {
                let (begins, ends) = (hour as f64, hour as f64 + 1.0);
                rate * (to.0.min(ends) - from.0.max(begins)).max(0.0)
            };
            Money(hours.iter().enumerate().map(of_hour).sum())
        };
        let claimed = Spans::one(Hours(from), Hours(to));
        let time = |from, to| claimed.within(from, to).length();
        let lost = |from, to| claimed.within(from, to).iter().map(|(from, to)| lost(from, to)).sum();
        limits.within(Hours(to), time, lost).0.0
    }

    const EVENING: [f64; 8] = [22.0, 26.0, 32.0, 40.0, 44.0, 38.0, 26.0, 14.0];

    #[test]
    fn an_hour_pays_no_more_than_its_limit() {
        let hourly = PeriodLimits { hour: Some(MoneyPerHour(25.0)), ..PeriodLimits::NONE };
        for (from, to, paid, because) in [
            (0.0, 8.0, 186.0, "six hours are cut to 25"),
            (0.0, 1.5, 34.5, "half an hour has half the limit"),
            (0.5, 1.5, 23.5, "at both ends"),
            (7.0, 7.5, 7.0, "an hour below the limit is not cut"),
            (3.0, 3.0, 0.0, "no time, no loss"),
        ] {
            assert!((within(hourly, &EVENING, from, to) - paid).abs() < 1e-9, "{because}");
        }
    }

    #[test]
    fn a_day_pays_no_more_than_its_limit_and_the_next_begins_anew() {
        let daily = PeriodLimits { day: Some(Money(60.0)), ..PeriodLimits::NONE };
        let flat = [10.0; 48];
        for (to, paid) in [(3.0, 30.0), (6.0, 60.0), (24.0, 60.0), (27.0, 90.0), (48.0, 120.0)] {
            assert!((within(daily, &flat, 0.0, to) - paid).abs() < 1e-9, "to {to}");
        }
    }

    #[test]
    fn thirty_days_pay_no_more_than_a_month() {
        let monthly = PeriodLimits { month: Some(Money(300.0)), ..PeriodLimits::NONE };
        let losses: Vec<f64> =
            [400.0, 200.0, 300.0].iter().flat_map(|month| [month / 720.0; 720]).collect();
        for (to, paid) in [(720.0, 300.0), (1440.0, 500.0), (2160.0, 800.0)] {
            assert!((within(monthly, &losses, 0.0, to) - paid).abs() < 1e-6, "to {to}");
        }
    }

    #[test]
    fn hours_are_cut_before_the_day_is() {
        let both = PeriodLimits { hour: Some(MoneyPerHour(25.0)), day: Some(Money(100.0)), month: None };
        assert!((within(both, &EVENING, 0.0, 3.0) - 72.0).abs() < 1e-9);
        assert!((within(both, &EVENING, 0.0, 8.0) - 100.0).abs() < 1e-9);
    }
}
