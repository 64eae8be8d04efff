//! What the days of a business can tell apart.

use super::estimate::DayOfSales;
use crate::profile::rhythm::{WEEKS_OF_YEAR, month_of, week_of};

/// By which parts of the year the season is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeasonBy {
    /// Not at all.
    None,
    /// By months.
    Months,
    /// By weeks of seven days from 1 January on.
    Weeks,
}

/// How turnover moves over the years.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Growing {
    /// It is taken to stand still.
    Not,
    /// It is estimated.
    Estimated,
    /// It grows by this part a year.
    Given(f64),
}

/// What is to be estimated.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Question {
    /// The season.
    pub season: SeasonBy,
    /// The trend.
    pub growing: Growing,
}

/// Days without which a season cannot be told.
const YEAR: i32 = 365;

/// A part of the year that no ordinary day falls into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unseen {
    /// By which parts the season was to be told.
    pub by: SeasonBy,
    /// Which part, counted from 0.
    pub part: usize,
}

impl Question {
    /// Chooses what the days can answer, where it is not said.
    ///
    /// # Order
    ///
    /// 1. Under 365 days there is no season: a part of a year tells nothing of the rest.
    /// 2. Under 730 days there is no trend unless one is given: every part of the year
    ///    has then been seen once, and what grew cannot be told from what is seasonal.
    /// 3. From 730 days on both are estimated.
    ///
    /// # Errors
    ///
    /// Refuses a season that is asked for by parts of which one was never seen.
    pub fn choose(
        days: &[DayOfSales],
        season: Option<SeasonBy>,
        growth: Option<f64>,
    ) -> Result<Self, Unseen> {
        let span = match (days.first(), days.last()) {
            (Some(first), Some(last)) => super::Day::of(last.date).0 - super::Day::of(first.date).0 + 1,
            _ => 0,
        };
        let growing = match growth {
            Some(per_year) => Growing::Given(per_year),
            None if span >= 2 * YEAR => Growing::Estimated,
            None => Growing::Not,
        };
        let season = match season {
            Some(by) => unseen(days, by).map_or(Ok(by), |part| Err(Unseen { by, part }))?,
            None if span >= YEAR && unseen(days, SeasonBy::Months).is_none() => SeasonBy::Months,
            None => SeasonBy::None,
        };
        Ok(Self { season, growing })
    }
}

impl SeasonBy {
    /// Returns how many parts the year has.
    #[must_use]
    pub fn parts(self) -> usize {
        match self {
            Self::None => 1,
            Self::Months => 12,
            Self::Weeks => WEEKS_OF_YEAR,
        }
    }

    /// Returns the part of a day, counted from 0.
    #[must_use]
    pub fn part(self, day: jiff::civil::Date) -> usize {
        match self {
            Self::None => 0,
            Self::Months => month_of(day),
            Self::Weeks => week_of(day),
        }
    }

    /// Returns how many of the 365 days of a year fall into a part.
    #[must_use]
    pub fn days(self, part: usize) -> f64 {
        const MONTHS: [f64; 12] = [31., 28., 31., 30., 31., 30., 31., 31., 30., 31., 30., 31.];
        match self {
            Self::None => 365.0,
            Self::Months => MONTHS[part],
            Self::Weeks if part == WEEKS_OF_YEAR - 1 => 8.0,
            Self::Weeks => 7.0,
        }
    }
}

fn unseen(days: &[DayOfSales], by: SeasonBy) -> Option<usize> {
    let mut seen = vec![false; by.parts()];
    days.iter().filter(|day| day.kind.is_none()).for_each(|day| seen[by.part(day.date)] = true);
    seen.iter().position(|seen| !seen)
}
