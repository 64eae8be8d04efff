//! Rhythm of years: a week, how the seasons change it, and days that stand out.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Calendar, Level, Profile, ProfileError, WeekShape};
use crate::quantity::{Money, MoneyPerHour};

/// Weeks of a season by weeks. The last one has eight days, nine in a leap year.
pub const WEEKS_OF_YEAR: usize = 52;

/// How much more or less than its ordinary week each part of the year brings.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Season {
    /// The year has no season.
    #[default]
    None,
    /// A factor for each month, January first.
    Months([f64; 12]),
    /// A factor for each seven days from 1 January on.
    Weeks(Box<[f64; WEEKS_OF_YEAR]>),
}

impl Season {
    /// Returns the factor of a day.
    #[must_use]
    pub fn on(&self, day: Date) -> f64 {
        match self {
            Self::None => 1.0,
            Self::Months(factors) => factors[month_of(day)],
            Self::Weeks(factors) => factors[week_of(day)],
        }
    }
}

/// Returns the place of a day's month, January 0.
#[must_use]
pub fn month_of(day: Date) -> usize {
    day.month() as usize - 1
}

/// Returns the place of a day's week: seven days each from 1 January on, the days
/// left at the end of the year with the last.
#[must_use]
pub fn week_of(day: Date) -> usize {
    ((day.day_of_year() as usize - 1) / 7).min(WEEKS_OF_YEAR - 1)
}

/// A week that changes with the season and on named days.
///
/// # Formula
///
/// ```text
/// rate(t) = scale · week(hour of the week of t) · season(day of t) · day(day of t)
/// ```
///
/// `day` is 1 but on a day that is named. The scale brings the first year of the
/// calendar to its total, or a week with factors of 1 to the total of a week.
///
/// # Example
///
/// A shop that brings twice as much in December, and nothing on 1 January:
///
/// ```
/// use std::collections::BTreeMap;
/// use jiff::civil::date;
/// use netloss::profile::{Calendar, Level, Rhythm, Season, WeekShape};
/// use netloss::quantity::Hours;
/// let mut months = [1.0; 12];
/// months[11] = 2.0;
/// let days = BTreeMap::from([(date(2022, 1, 1), 0.0)]);
/// let shop = Rhythm { week: WeekShape::flat(10.0), season: Season::Months(months), days };
/// let profile = shop.over(&Calendar::new("Asia/Seoul", 2022)?, Level::AsGiven).unwrap();
/// assert_eq!(profile.revenue(Hours(0.0), Hours(48.0)).0, 240.0);
/// assert_eq!(profile.rate(Hours(8759.0)).0, 20.0);
/// # Ok::<(), netloss::profile::CalendarError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Rhythm {
    /// The ordinary week.
    pub week: WeekShape,
    /// The season.
    pub season: Season,
    /// Days that bring more or less than their weekday in their season, with factors.
    pub days: BTreeMap<Date, f64>,
}

impl Rhythm {
    /// A week that is the same all the year.
    #[must_use]
    pub fn of(week: WeekShape) -> Self {
        Self { week, season: Season::None, days: BTreeMap::new() }
    }

    /// Lays the rhythm over a calendar at a level.
    ///
    /// # Errors
    ///
    /// Refuses factors and a level that make an hour negative or infinite.
    pub fn over(&self, calendar: &Calendar, level: Level) -> Result<Profile, ProfileError> {
        if self.season == Season::None && self.days.is_empty() {
            return self.week.over(calendar, level);
        }
        let factor = |day: Date| self.season.on(day) * self.days.get(&day).copied().unwrap_or(1.0);
        let mut last: Option<(Date, f64)> = None;
        let mut on = |day: Date| match last {
            Some((known, factor)) if known == day => factor,
            _ => last.insert((day, factor(day))).1,
        };
        let weights = self.week.weights();
        let hours = calendar.hours_of_week().iter().zip(calendar.dates());
        let rates: Vec<f64> = hours.map(|(hour, day)| weights[usize::from(*hour)] * on(day)).collect();
        let scale = match level {
            Level::AsGiven => 1.0,
            Level::PerWeek(Money(total)) => total / weights.iter().sum::<f64>(),
            Level::PerYear(Money(total)) => total / rates[..calendar.first_year()].iter().sum::<f64>(),
        };
        Profile::new(rates.into_iter().map(|rate| MoneyPerHour(rate * scale)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::Hours;
    use jiff::civil::date;

    fn week() -> WeekShape {
        WeekShape::of_week(&(1..=168).map(f64::from).collect::<Vec<_>>()).unwrap()
    }

    #[test]
    fn a_year_with_seasons_and_holidays_adds_up_to_its_total_in_leap_years_too() {
        let season = Season::Weeks(Box::new(std::array::from_fn(|week| 0.5 + week as f64 / 52.0)));
        for year in [2022, 2024] {
            let days = BTreeMap::from([(date(year, 2, 28), 3.0), (date(year + 1, 1, 1), 0.0)]);
            let rhythm = Rhythm { week: week(), season: season.clone(), days };
            let calendar = Calendar::new("America/New_York", year).unwrap();
            let profile = rhythm.over(&calendar, Level::PerYear(Money(1e12))).unwrap();
            let year = Hours(calendar.first_year() as f64);
            assert!((profile.revenue(Hours(0.0), year).0 - 1e12).abs() < 1e-2);
            assert_eq!(profile.revenue(year, year + Hours(24.0)).0, 0.0, "1 January is closed");
        }
    }

    #[test]
    fn without_season_and_days_it_is_the_week() {
        let calendar = Calendar::new("Asia/Seoul", 2024).unwrap();
        let plain = week().over(&calendar, Level::PerWeek(Money(700.0))).unwrap();
        let rhythm = Rhythm { season: Season::Months([1.0; 12]), ..Rhythm::of(week()) };
        let same = rhythm.over(&calendar, Level::PerWeek(Money(700.0))).unwrap();
        for at in [0.0, 1400.5, 8790.25] {
            let (from, to) = (Hours(at), Hours(at + 100.0));
            assert!((plain.revenue(from, to).0 - same.revenue(from, to).0).abs() < 1e-9);
        }
    }

    #[test]
    fn the_days_left_over_at_the_end_of_a_year_belong_to_its_last_week() {
        for (day, week) in
            [((1, 1), 0), ((1, 7), 0), ((1, 8), 1), ((2, 29), 8), ((12, 23), 51), ((12, 31), 51)]
        {
            assert_eq!(week_of(date(2024, day.0, day.1)), week, "{day:?}");
        }
    }
}
