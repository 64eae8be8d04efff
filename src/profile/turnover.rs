//! Turnover as it would have been: earlier figures brought to the time of the loss.

use std::fmt;

use super::Profile;
use crate::quantity::{Hours, Money, MoneyPerHour};
use crate::term::term;

term! {
    /// It is the baseline of every hour: what would have been sold but for the event.
    pub const STANDARD_TURNOVER: Term = {
        key: "standard_turnover",
        korean: "표준매출액",
        english: "Standard turnover",
        file_key: "line.revenue.trend",
        unit: "money, of a period or of 12 months",
        formula: "standard turnover = turnover of the same period last year · trend · special\nannual turnover   = turnover of the 12 months before the event · trend\nnew business      = turnover since it opened · period / time since it opened",
        order: "First: it makes the revenue by the hour, and the value at risk of the average clause",
        source: "UK business interruption wordings: standard turnover, annual turnover, the other circumstances clause and the new business clause",
    };
}

/// Hours of a policy year: 12 months of 730 hours.
pub const YEAR: Hours = Hours(8_760.0);

/// A factor by which turnover differs from an earlier figure: 1.08 is 8 % more.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Trend(f64);

impl Trend {
    /// As it was.
    pub const NONE: Self = Self(1.0);

    /// Checks a factor; below 1 the business shrinks.
    ///
    /// # Errors
    ///
    /// Refuses a factor that is not above zero or not finite.
    pub fn new(factor: f64) -> Result<Self, TurnoverError> {
        if factor.is_finite() && factor > 0.0 {
            Ok(Self(factor))
        } else {
            Err(TurnoverError::Trend(factor))
        }
    }

    /// Returns the factor.
    #[must_use]
    pub fn get(self) -> f64 {
        self.0
    }
}

/// What the books say about an earlier time, from which a turnover is worked out.
///
/// # Formula
///
/// ```text
/// standard turnover = turnover of the same period last year · trend · special
/// annual turnover   = turnover of the 12 months before the event · trend
/// new business      = turnover since it opened · period / time since it opened
/// ```
///
/// Both figures show what would have happened but for the event.
///
/// # Source
///
/// UK business interruption wordings: definitions of standard and annual
/// turnover with the "other circumstances" clause, and the new-business clause.
///
/// # Example
///
/// 1,200 in the same weeks of last year, 8 % of growth and a holiday that adds 5 %:
///
/// ```
/// use netloss::profile::{Trend, Turnover};
/// use netloss::quantity::{Hours, Money};
/// let last_year = Turnover::LastYear(Money(1200.0));
/// let special = Trend::new(1.05)?;
/// let standard = last_year.over(Hours(336.0), Trend::new(1.08)?, special);
/// assert!((standard.0 - 1360.8).abs() < 1e-9);
/// # Ok::<(), netloss::profile::TurnoverError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Turnover {
    /// Of the same period a year before.
    LastYear(Money),
    /// Of a business younger than a year, since it opened.
    SinceOpening {
        /// What it turned over.
        turnover: Money,
        /// How long it has been open.
        open_for: Hours,
    },
}

impl Turnover {
    /// Checks the figures of a business younger than a year.
    ///
    /// # Errors
    ///
    /// Refuses one that has been open for no time, or for a year and more: its
    /// own last year is then the better figure.
    pub fn since_opening(turnover: Money, open_for: Hours) -> Result<Self, TurnoverError> {
        if open_for.0 > 0.0 && open_for < YEAR {
            Ok(Self::SinceOpening { turnover, open_for })
        } else {
            Err(TurnoverError::OpenFor(open_for))
        }
    }

    /// Returns the turnover of a period of this length, with its trend and what
    /// is special in it.
    #[must_use]
    pub fn over(self, period: Hours, trend: Trend, special: Trend) -> Money {
        let earlier = match self {
            Self::LastYear(turnover) => turnover,
            Self::SinceOpening { turnover, open_for } => Money(turnover.0 * period.0 / open_for.0),
        };
        Money(earlier.0 * trend.0 * special.0)
    }

    /// Returns the annual turnover: of the twelve months, with their trend.
    #[must_use]
    pub fn annual(self, trend: Trend) -> Money {
        self.over(YEAR, trend, Trend::NONE)
    }
}

/// Days on which a business brings more or less than usual.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Special {
    /// First moment, on the axis of the profile.
    pub from: Hours,
    /// The moment they end.
    pub to: Hours,
    /// How much more or less.
    pub factor: Trend,
}

impl Profile {
    /// Returns the profile with a trend on every hour and what is special on some.
    ///
    /// An hour that is special in part is weighed by its parts.
    ///
    /// # Errors
    ///
    /// Refuses factors that make an hour infinite.
    pub fn adjusted(&self, trend: Trend, specials: &[Special]) -> Result<Self, super::ProfileError> {
        let hours = 0..self.length().0 as usize;
        let rate = |hour: usize| {
            let begins = hour as f64;
            let of_special = specials.iter().map(|special| {
                let inside = (special.to.0.min(begins + 1.0) - special.from.0.max(begins)).max(0.0);
                1.0 + (special.factor.0 - 1.0) * inside
            });
            MoneyPerHour(self.rate(Hours(begins)).0 * trend.0 * of_special.product::<f64>())
        };
        Self::new(hours.map(rate).collect())
    }
}

/// Figures from which no turnover can be worked out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum TurnoverError {
    /// The factor is not above zero.
    Trend(f64),
    /// The business is not younger than a year, or not open yet.
    OpenFor(Hours),
}

impl fmt::Display for TurnoverError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Trend(factor) => write!(f, "a trend of {factor} leaves no turnover; give more than 0"),
            Self::OpenFor(hours) => {
                let days = hours.0 / 24.0;
                write!(f, "a business open for {days} days is not new: a new one is younger than 365")
            }
        }
    }
}

impl std::error::Error for TurnoverError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn earlier_figures_are_brought_to_the_time_of_the_loss() {
        let trend = |factor| Trend::new(factor).unwrap();
        let new = Turnover::since_opening(Money(4000.0), Hours(2000.0)).unwrap();
        for (turnover, expected, because) in [
            (Turnover::LastYear(Money(11_111.11)).annual(trend(1.08)), 11_999.998_8, "with 8 % of growth"),
            (Turnover::LastYear(Money(500.0)).annual(Trend::NONE), 500.0, "a trend already in the figure"),
            (new.over(Hours(500.0), Trend::NONE, Trend::NONE), 1000.0, "a quarter of its time so far"),
            (new.annual(trend(0.5)), 8760.0, "a year at half the pace"),
        ] {
            assert!((turnover.0 - expected).abs() < 1e-9, "{because}");
        }
    }

    #[test]
    fn a_special_day_counts_for_the_part_of_an_hour_that_is_in_it() {
        let profile = Profile::new(vec![MoneyPerHour(100.0); 4]).unwrap();
        let special = Special { from: Hours(1.5), to: Hours(3.0), factor: Trend::new(1.2).unwrap() };
        let adjusted = profile.adjusted(Trend::new(1.1).unwrap(), &[special]).unwrap();
        for (hour, rate) in [(0.0, 110.0), (1.0, 121.0), (2.0, 132.0), (3.0, 110.0)] {
            assert!((adjusted.rate(Hours(hour)).0 - rate).abs() < 1e-9, "hour {hour}");
        }
    }

    #[test]
    fn refuses_what_is_no_trend_and_no_new_business() {
        for wrong in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(Trend::new(wrong).is_err(), "{wrong}");
        }
        for wrong in [0.0, 8760.0] {
            assert!(Turnover::since_opening(Money(1.0), Hours(wrong)).is_err(), "{wrong}");
        }
    }
}
