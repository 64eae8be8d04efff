//! Clock: which hours of an outage count against the waiting period.

use crate::profile::OpenHours;
use crate::quantity::{Hours, Share, TOLERANCE};
use crate::spans::Spans;
use crate::term::term;

term! {
    /// On the calendar clock of one unbroken outage the wait is met where the outage
    /// lasts longer, and over at its last hour.
    pub const WAITING_CLOCK: Term = {
        key: "waiting_clock",
        korean: "대기기간 계산",
        english: "Clock of the waiting period",
        file_key: "cover.waiting_period.clock",
        unit: "hours",
        formula: "counted = the run (its dark hours only, where they add up)\n          ∩ hours after notice ∩ open hours ∩ hours below the service level\nmet     = |counted| > W, or ≥ W by the wording\nover    = the moment at which W hours of counted have passed",
        order: "First of all terms; a run that does not meet its wait keeps its loss",
        source: "Cyber and property wordings: hours from the interruption or from its discovery, business hours, and outages that add up",
    };
}

/// Which hours of the day count.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Counts {
    /// Every hour from the first impairment.
    #[default]
    EveryHour,
    /// Only hours in which the business is open.
    OpenHours(OpenHours),
    /// Only hours in which a line of the cover would have sold something.
    TradingHours,
}

/// What becomes of an outage that ends and starts again.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Restarts {
    /// Each stretch waits for itself, unless the gap before it is shorter than
    /// this: then it goes on with the one before, gap and all.
    Apart {
        /// The gap.
        merge_gap: Hours,
    },
    /// Dark hours add up over stretches that lie no further apart than this.
    AddUp {
        /// The longest gap.
        within: Hours,
    },
}

/// Which hours of an outage count against the waiting period.
///
/// # Formula
///
/// A run is a stretch of the outage with all that is merged to it. The time that
/// counts in it is
///
/// ```text
/// counted = the run (its dark hours only, where they add up)
///           ∩ hours after notice ∩ open hours ∩ hours below the service level
/// met     = |counted| > W, or ≥ W by the wording
/// over    = the moment at which W hours of `counted` have passed
/// ```
///
/// On the calendar clock of one unbroken outage that is `D > W` and hour `W`.
///
/// # Order of application
///
/// The test comes first of all terms. A time deductible then removes what is lost
/// in a run before its wait is over, and all of a run that does not meet it.
///
/// # Source
///
/// Cyber and property wordings: hours from the interruption or from its
/// discovery, business hours, and outages that add up are all on the market.
#[derive(Clone, Debug, PartialEq)]
pub struct Clock {
    /// Which hours of the day count.
    pub counts: Counts,
    /// Hours that pass before somebody notices or gives notice.
    pub notice_after: Hours,
    /// Only time with a service level below this counts; all time unless said.
    pub service_below: Option<Share>,
    /// What becomes of restarts.
    pub restarts: Restarts,
    /// Whether each provider's lines wait for themselves.
    pub per_provider: bool,
}

impl Default for Clock {
    fn default() -> Self {
        Self {
            counts: Counts::EveryHour,
            notice_after: Hours::ZERO,
            service_below: None,
            restarts: Restarts::Apart { merge_gap: Hours::ZERO },
            per_provider: false,
        }
    }
}

/// A stretch of an outage that waits for itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// Its first moment.
    pub from: Hours,
    /// The first moment of the next one: what is lost until then is its loss.
    pub until: Hours,
    /// The time in it that counts.
    pub counted: Spans,
}

impl Clock {
    /// Cuts the dark hours of an outage into runs, in order.
    ///
    /// `open` and `below` hold the time in which the business is open and the
    /// service level too low, where the clock asks for them.
    #[must_use]
    pub fn runs(&self, dark: &Spans, open: Option<&Spans>, below: Option<&Spans>) -> Vec<Run> {
        let mut groups: Vec<Vec<(Hours, Hours)>> = Vec::new();
        for stretch in dark.iter() {
            match groups.last_mut() {
                Some(group) if self.joins(stretch.0 - group[group.len() - 1].1) => group.push(stretch),
                _ => groups.push(vec![stretch]),
            }
        }
        let starts: Vec<Hours> = groups.iter().map(|group| group[0].0).collect();
        let next = starts.iter().skip(1).copied().chain([Hours(f64::INFINITY)]);
        let runs = groups.into_iter().zip(next).map(|(group, until)| {
            let (from, to) = (group[0].0, group[group.len() - 1].1);
            let time = match self.restarts {
                Restarts::Apart { .. } => Spans::one(from, to),
                Restarts::AddUp { .. } => Spans::of(group),
            };
            let noticed = time.within(from + self.notice_after, to);
            let counted = [open, below].into_iter().flatten().fold(noticed, |time, only| time.and(only));
            Run { from, until, counted }
        });
        runs.collect()
    }

    /// Returns whether a stretch goes on with the one before, after this gap.
    fn joins(&self, gap: Hours) -> bool {
        match self.restarts {
            Restarts::Apart { merge_gap } => gap.0 < merge_gap.0 - TOLERANCE,
            Restarts::AddUp { within } => gap.0 <= within.0 + TOLERANCE,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spans(stretches: &[(f64, f64)]) -> Spans {
        Spans::of(stretches.iter().map(|(from, to)| (Hours(*from), Hours(*to))))
    }

    fn apart(merge_gap: f64) -> Clock {
        Clock { restarts: Restarts::Apart { merge_gap: Hours(merge_gap) }, ..Clock::default() }
    }

    #[test]
    fn three_business_hours_are_over_at_hour_six() {
        let open = spans(&[(3.0, 8.0)]);
        let business = Clock { counts: Counts::TradingHours, ..Clock::default() };
        let on_the_clock = |clock: &Clock, open: Option<&Spans>| {
            clock.runs(&spans(&[(0.0, 10.0)]), open, None)[0].counted.moment(Hours(3.0))
        };
        assert_eq!(on_the_clock(&business, Some(&open)), Some(Hours(6.0)));
        assert_eq!(on_the_clock(&Clock::default(), None), Some(Hours(3.0)));
    }

    #[test]
    fn a_clock_that_starts_with_notice_is_over_so_much_later() {
        let noticed = Clock { notice_after: Hours(2.5), ..Clock::default() };
        let run = &noticed.runs(&spans(&[(0.0, 10.0)]), None, None)[0];
        assert_eq!(run.counted.length(), Hours(7.5));
        assert_eq!(run.counted.moment(Hours(4.0)), Some(Hours(6.5)));
    }

    #[test]
    fn restarts_are_merged_added_up_or_kept_apart() {
        let dark = spans(&[(0.0, 3.0), (5.0, 9.0), (20.0, 22.0)]);
        let add_up =
            |within| Clock { restarts: Restarts::AddUp { within: Hours(within) }, ..Clock::default() };
        for (clock, counted, because) in [
            (apart(0.0), vec![3.0, 4.0, 2.0], "each for itself"),
            (apart(2.0), vec![3.0, 4.0, 2.0], "a gap of 2 h is not shorter than 2 h"),
            (apart(2.5), vec![9.0, 2.0], "the gap counts with the two around it"),
            (add_up(2.0), vec![7.0, 2.0], "only dark hours count, within 2 h of each other"),
            (add_up(24.0), vec![9.0], "all of them within a day"),
        ] {
            let runs = clock.runs(&dark, None, None);
            let lengths: Vec<f64> = runs.iter().map(|run| run.counted.length().0).collect();
            assert_eq!(lengths, counted, "{because}");
            assert_eq!(runs.last().unwrap().until, Hours(f64::INFINITY), "no loss without a run");
            assert!(runs.windows(2).all(|pair| pair[0].until == pair[1].from), "one after the other");
        }
    }

    #[test]
    fn only_time_below_the_service_level_counts() {
        let clock = Clock { service_below: Share::new(0.5), ..Clock::default() };
        let below = spans(&[(0.0, 5.0), (8.0, 12.0)]);
        let run = &clock.runs(&spans(&[(0.0, 12.0)]), None, Some(&below))[0];
        assert_eq!(run.counted.length(), Hours(9.0));
        assert_eq!(run.counted.moment(Hours(8.0)), Some(Hours(11.0)));
    }
}
