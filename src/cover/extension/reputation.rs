//! Reputational harm: profit that stays away after bad publicity.

use std::fmt;

use crate::mitigation::DailyShortfall;
use crate::quantity::{Money, Share};
use crate::reason::Reason;
use crate::term::term;

term! {
    pub const REPUTATION: Term = {
        key: "reputational_harm",
        korean: "평판손해 담보",
        english: "Reputational harm",
        file_key: "cover.reputation",
        unit: "money",
        formula: "attribution · Σ (expected - actual)⁺ · margin over the days after waiting and within the period",
        order: "With the additions, before sublimits",
        source: "CFC, Business interrupted, part three (2018); Insurance Business, on brokers and reputational harm",
    };
}

/// How a cover answers for days of fewer sales after the outage.
///
/// # Formula
///
/// ```text
/// covered = attribution · Σ profit lost on days d with waiting < d ≤ period
/// ```
///
/// Days count from 1, the first after restoration; the sublimit of the head comes
/// later, with the others. Without adverse publicity nothing is covered.
///
/// # Order of application
///
/// With the additions to lost profit. The wait of the outage's hours does not
/// touch it: it has days of its own.
///
/// # Source
///
/// CFC, "Business interrupted, part three", 2018; Insurance Business, on brokers
/// and reputational harm. Churned customers whose profit falls inside the period
/// are the same money: count them once.
///
/// # Example
///
/// Ten days at 70, 72, 76, … of an expected 100, a margin of 60 %, two days of
/// waiting, and 70 % put down to the outage.
///
/// ```
/// use netloss::cover::Reputation;
/// use netloss::mitigation::DailyShortfall;
/// use netloss::quantity::{Money, Share};
/// let share = |x| Share::new(x).unwrap();
/// let actual = [70, 72, 76, 80, 84, 88, 92, 96, 98, 100].map(|sales| Money(f64::from(sales)));
/// let days = DailyShortfall::new(Money(100.0), actual.to_vec(), share(0.6))?;
/// let answer = Reputation::new(2, 10, share(0.7))?.answer(&days, true);
/// assert!((answer.covered.0 - 36.12).abs() < 1e-9);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reputation {
    waiting_days: usize,
    period_days: usize,
    attribution: Share,
}

/// What becomes of a daily shortfall.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ReputationAnswer {
    /// Profit lost on the days of waiting.
    pub inside_wait: Money,
    /// Profit lost after the period.
    pub after_period: Money,
    /// Profit lost for other causes than the outage.
    pub not_attributed: Money,
    /// The rest.
    pub covered: Money,
    /// Profit lost without adverse publicity.
    pub without_publicity: Money,
}

impl ReputationAnswer {
    /// Returns this and another answer together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            inside_wait: self.inside_wait + other.inside_wait,
            after_period: self.after_period + other.after_period,
            not_attributed: self.not_attributed + other.not_attributed,
            covered: self.covered + other.covered,
            without_publicity: self.without_publicity + other.without_publicity,
        }
    }

    /// Returns what stays with the insured, by reason.
    #[must_use]
    pub fn kept(self) -> [(Reason, Money); 4] {
        [
            (Reason::ExcludedPeril, self.without_publicity),
            (Reason::WaitingPeriod, self.inside_wait),
            (Reason::IndemnityPeriod, self.after_period),
            (Reason::NotAttributed, self.not_attributed),
        ]
    }
}

impl Reputation {
    /// Checks the days once.
    ///
    /// # Errors
    ///
    /// Refuses a period that is over before the wait is.
    pub fn new(
        waiting_days: usize,
        period_days: usize,
        attribution: Share,
    ) -> Result<Self, InvalidReputation> {
        if period_days > waiting_days {
            Ok(Self { waiting_days, period_days, attribution })
        } else {
            Err(InvalidReputation { waiting_days, period_days })
        }
    }

    /// Returns the days that pass before cover responds.
    #[must_use]
    pub fn waiting_days(self) -> usize {
        self.waiting_days
    }

    /// Returns the last day that counts.
    #[must_use]
    pub fn period_days(self) -> usize {
        self.period_days
    }

    /// Returns the part that is put down to the outage.
    #[must_use]
    pub fn attribution(self) -> Share {
        self.attribution
    }

    /// Returns what becomes of a shortfall, after adverse publicity or without.
    #[must_use]
    pub fn answer(self, days: &DailyShortfall, publicity: bool) -> ReputationAnswer {
        if !publicity {
            return ReputationAnswer { without_publicity: days.total(), ..ReputationAnswer::default() };
        }
        let within = days.between(self.waiting_days, self.period_days);
        let covered = within * self.attribution;
        ReputationAnswer {
            inside_wait: days.between(0, self.waiting_days),
            after_period: days.between(self.period_days, days.days()),
            not_attributed: within - covered,
            covered,
            without_publicity: Money::ZERO,
        }
    }
}

/// Days that no cover can state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidReputation {
    waiting_days: usize,
    period_days: usize,
}

impl fmt::Display for InvalidReputation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (wait, period) = (self.waiting_days, self.period_days);
        write!(f, "the period of {period} days is over before the wait of {wait} days is")
    }
}

impl std::error::Error for InvalidReputation {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_falls_before_the_period_in_it_or_after_it() {
        let actual = [70.0, 80.0, 90.0, 95.0].map(Money).to_vec();
        let days = DailyShortfall::new(Money(100.0), actual, Share::ALL).unwrap();
        let half = Share::new(0.5).unwrap();
        for (wait, period, parts, because) in [
            (0, 4, (0.0, 0.0, 32.5, 32.5), "all days count"),
            (1, 3, (30.0, 5.0, 15.0, 15.0), "the second and the third"),
            (1, 99, (30.0, 0.0, 17.5, 17.5), "a period longer than the harm"),
            (4, 5, (65.0, 0.0, 0.0, 0.0), "the harm is over inside the wait"),
        ] {
            let answer = Reputation::new(wait, period, half).unwrap().answer(&days, true);
            let got =
                (answer.inside_wait.0, answer.after_period.0, answer.not_attributed.0, answer.covered.0);
            assert_eq!(got, parts, "{because}");
        }
    }

    #[test]
    fn refuses_a_period_inside_the_wait() {
        assert!(Reputation::new(3, 3, Share::ALL).is_err());
    }
}
