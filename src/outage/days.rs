//! Days: a run of local days between two dates, such as a policy year.

use std::fmt;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::quantity::Share;

/// Local days from a first to a last, both within.
///
/// # Example
///
/// A policy year of 365 days. Sixty days after its first, 305 of them are left.
///
/// ```
/// use jiff::civil::date;
/// use netloss::outage::Days;
/// let year = Days::year(date(2026, 1, 1))?;
/// assert_eq!((year.last(), year.length()), (date(2026, 12, 31), 365));
/// assert_eq!(year.left_on(date(2026, 3, 2)).get(), 305.0 / 365.0);
/// # Ok::<(), netloss::outage::DaysError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    first: Date,
    last: Date,
}

impl Days {
    /// Checks a period once.
    ///
    /// # Errors
    ///
    /// Refuses one that ends before it begins.
    pub fn new(first: Date, last: Date) -> Result<Self, DaysError> {
        if first <= last { Ok(Self { first, last }) } else { Err(DaysError::Backwards { first, last }) }
    }

    /// Returns the year that begins on a day, up to the day before it comes round
    /// again: 365 days, or 366 where a leap day falls within.
    ///
    /// # Errors
    ///
    /// Refuses a day whose year the calendar does not hold.
    pub fn year(first: Date) -> Result<Self, DaysError> {
        let again = first.checked_add(1.year()).and_then(|again| again.yesterday());
        again.map_or(Err(DaysError::OutOfRange(first)), |last| Self::new(first, last))
    }

    /// Returns the first day.
    #[must_use]
    pub fn first(self) -> Date {
        self.first
    }

    /// Returns the last day.
    #[must_use]
    pub fn last(self) -> Date {
        self.last
    }

    /// Returns how many days it holds.
    #[must_use]
    pub fn length(self) -> i64 {
        days(self.first, self.last) + 1
    }

    /// Returns whether a day is within.
    #[must_use]
    pub fn holds(self, day: Date) -> bool {
        (self.first..=self.last).contains(&day)
    }

    /// Returns the part of the period that is left on a day, that day among it.
    #[must_use]
    pub fn left_on(self, day: Date) -> Share {
        let left = days(day, self.last) + 1;
        Share::new((left as f64 / self.length() as f64).clamp(0.0, 1.0)).unwrap_or_default()
    }
}

fn days(from: Date, to: Date) -> i64 {
    i64::from(from.until(to).map_or(0, |span| span.get_days()))
}

/// Days that are no run of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DaysError {
    /// It ends before it begins.
    Backwards {
        /// The day on which it begins.
        first: Date,
        /// The day on which it ends.
        last: Date,
    },
    /// The calendar ends within it.
    OutOfRange(Date),
}

impl fmt::Display for DaysError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Backwards { first, last } => write!(f, "{last} is before {first}"),
            Self::OutOfRange(first) => write!(f, "no calendar holds the year from {first}"),
        }
    }
}

impl std::error::Error for DaysError {}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_year_with_a_leap_day_has_366_days_wherever_it_begins() {
        for (first, last, days) in [
            (date(2026, 1, 1), date(2026, 12, 31), 365),
            (date(2024, 1, 1), date(2024, 12, 31), 366),
            (date(2023, 7, 1), date(2024, 6, 30), 366),
            (date(2024, 2, 29), date(2025, 2, 27), 365),
        ] {
            let year = Days::year(first).unwrap();
            assert_eq!((year.last(), year.length()), (last, days), "{first}");
        }
    }

    #[test]
    fn what_is_left_falls_from_all_of_it_to_a_last_day() {
        let year = Days::year(date(2026, 1, 1)).unwrap();
        for (day, left, because) in [
            (date(2026, 1, 1), 365.0, "the first day has all of it"),
            (date(2026, 9, 8), 115.0, "250 days on"),
            (date(2026, 12, 31), 1.0, "the last day is left"),
            (date(2027, 1, 1), 0.0, "nothing is left afterwards"),
        ] {
            assert_eq!(year.left_on(day).get(), left / 365.0, "{because}");
        }
        assert!(year.holds(date(2026, 12, 31)) && !year.holds(date(2027, 1, 1)));
        assert!(Days::new(date(2026, 2, 1), date(2026, 1, 1)).is_err());
    }
}
