//! Shape of a week: how revenue spreads over its 168 hours.

use std::fmt;

use super::{Calendar, Profile, ProfileError};
use crate::quantity::{Money, MoneyPerHour};

/// Hours in a week.
pub const HOURS_OF_WEEK: usize = 168;

/// A weight for each hour of the week, Monday 00:00 first.
#[derive(Clone, Debug, PartialEq)]
pub struct WeekShape([f64; HOURS_OF_WEEK]);

/// What the weights of a shape add up to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Level {
    /// The weights are money per hour as they stand.
    AsGiven,
    /// The week brings this much in all.
    PerWeek(Money),
    /// The calendar's first year brings this much in all.
    PerYear(Money),
}

impl WeekShape {
    /// The same in every hour.
    #[must_use]
    pub fn flat(weight: f64) -> Self {
        Self([weight; HOURS_OF_WEEK])
    }

    /// Checks 168 weights, Monday 00:00 first.
    ///
    /// # Errors
    ///
    /// Refuses another count, a weight that is negative or not finite, and
    /// weights that are all zero.
    pub fn of_week(weights: &[f64]) -> Result<Self, ShapeError> {
        let weights: [f64; HOURS_OF_WEEK] = weights
            .try_into()
            .map_err(|_| ShapeError::Count { expected: HOURS_OF_WEEK, given: weights.len() })?;
        if let Some(hour) = weights.iter().position(|w| !(w.is_finite() && *w >= 0.0)) {
            return Err(ShapeError::NotAWeight { hour, weight: weights[hour] });
        }
        if weights.iter().sum::<f64>() <= 0.0 {
            return Err(ShapeError::AllZero);
        }
        Ok(Self(weights))
    }

    /// Repeats 24 weights, 00:00 first, on each day of the week.
    ///
    /// # Errors
    ///
    /// As [`WeekShape::of_week`].
    pub fn of_day(weights: &[f64]) -> Result<Self, ShapeError> {
        if weights.len() != 24 {
            return Err(ShapeError::Count { expected: 24, given: weights.len() });
        }
        Self::of_week(&weights.repeat(7))
    }

    /// Spreads day weights, Monday first, over hour weights, 00:00 first.
    ///
    /// # Formula
    ///
    /// ```text
    /// weight(day, hour) = days[day] / Σ days × hours[hour] / Σ hours
    /// ```
    ///
    /// That each day has the same course of hours is an assumption: published
    /// figures give days and hours apart.
    ///
    /// # Errors
    ///
    /// As [`WeekShape::of_week`].
    pub fn of_days_and_hours(days: &[f64; 7], hours: &[f64; 24]) -> Result<Self, ShapeError> {
        let (day_sum, hour_sum) = (days.iter().sum::<f64>(), hours.iter().sum::<f64>());
        let weights: Vec<f64> = days
            .iter()
            .flat_map(|day| hours.iter().map(move |hour| day / day_sum * (hour / hour_sum)))
            .collect();
        Self::of_week(&weights)
    }

    /// Returns the weights, Monday 00:00 first.
    #[must_use]
    pub fn weights(&self) -> &[f64; HOURS_OF_WEEK] {
        &self.0
    }

    /// Lays the shape over a calendar at a level.
    ///
    /// # Errors
    ///
    /// Refuses a level that makes an hour infinite.
    pub fn over(&self, calendar: &Calendar, level: Level) -> Result<Profile, ProfileError> {
        let weight = |hour: &u8| self.0[usize::from(*hour)];
        let hours = calendar.hours_of_week();
        let scale = match level {
            Level::AsGiven => 1.0,
            Level::PerWeek(Money(total)) => total / self.0.iter().sum::<f64>(),
            Level::PerYear(Money(total)) => {
                total / hours[..calendar.first_year()].iter().map(weight).sum::<f64>()
            }
        };
        Profile::new(hours.iter().map(|hour| MoneyPerHour(weight(hour) * scale)).collect())
    }
}

/// Weights that make no shape.
#[derive(Clone, Debug, PartialEq)]
pub enum ShapeError {
    /// The list is too short or too long.
    Count {
        /// How many weights there should be.
        expected: usize,
        /// How many there are.
        given: usize,
    },
    /// A weight is negative or not a number.
    NotAWeight {
        /// Which hour of the week, counted from 0.
        hour: usize,
        /// Its weight.
        weight: f64,
    },
    /// No hour has any weight.
    AllZero,
}

impl fmt::Display for ShapeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Count { expected, given } => write!(f, "needs {expected} numbers, has {given}"),
            Self::NotAWeight { hour, weight } => {
                write!(f, "number {} is {weight}; give 0 or more", hour + 1)
            }
            Self::AllZero => write!(f, "every hour is 0; at least one must bring revenue"),
        }
    }
}

impl std::error::Error for ShapeError {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::Hours;

    #[test]
    fn a_year_adds_up_to_its_total_in_leap_years_too() {
        let shape = WeekShape::of_week(&(1..=168).map(f64::from).collect::<Vec<_>>()).unwrap();
        for year in [2022, 2024] {
            let calendar = Calendar::new("Asia/Seoul", year).unwrap();
            let profile = shape.over(&calendar, Level::PerYear(Money(1e12))).unwrap();
            let hours = calendar.first_year() as f64;
            assert!((profile.revenue(Hours(0.0), Hours(hours)).0 - 1e12).abs() < 1e-2);
        }
    }

    #[test]
    fn a_week_adds_up_to_its_total() {
        let shape = WeekShape::of_days_and_hours(&[1.0, 1.0, 1.0, 1.0, 2.0, 3.0, 1.0], &{
            let mut hours = [0.5; 24];
            hours[12] = 4.0;
            hours
        })
        .unwrap();
        let calendar = Calendar::new("Asia/Seoul", 2022).unwrap();
        let profile = shape.over(&calendar, Level::PerWeek(Money(700.0))).unwrap();
        for start in [0.0, 33.25, 8700.0] {
            let week = profile.revenue(Hours(start), Hours(start + 168.0));
            assert!((week.0 - 700.0).abs() < 1e-9, "any seven days make a week");
        }
    }

    #[test]
    fn refuses_lists_that_are_no_week() {
        assert_eq!(WeekShape::of_day(&[1.0; 23]).unwrap_err().to_string(), "needs 24 numbers, has 23");
        assert_eq!(WeekShape::of_day(&[0.0; 24]).unwrap_err(), ShapeError::AllZero);
        let mut week = [1.0; 168];
        week[5] = f64::NAN;
        assert!(WeekShape::of_week(&week).unwrap_err().to_string().contains("number 6"));
    }
}
