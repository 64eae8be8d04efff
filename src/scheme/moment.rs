//! Moments: local times as whole seconds, compared and subtracted in one step.

use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;

/// Seconds of a week.
pub const WEEK: i64 = 7 * 86_400;

/// A local time to the second: seconds since the start of 1970 by the same clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(i64);

impl Moment {
    /// Takes a local time, what is below a second dropped; nothing at the very ends of the
    /// calendar.
    ///
    /// ```
    /// use netloss::scheme::Moment;
    /// let time = jiff::civil::datetime(2022, 10, 15, 15, 30, 0, 0);
    /// assert_eq!(Moment::of(time).unwrap().time(), time);
    /// ```
    #[must_use]
    #[inline]
    pub fn of(time: DateTime) -> Option<Self> {
        // Without an offset a local time is an instant, and needs no time zone.
        let instant = Offset::UTC.to_timestamp(time).ok()?;
        // Before 1970 parts of a second count backwards.
        Some(Self(instant.as_second() - i64::from(instant.subsec_nanosecond() < 0)))
    }

    /// Takes seconds since the start of 1970 by the same clock; nothing beyond the calendar.
    #[must_use]
    #[inline]
    pub fn from_second(second: i64) -> Option<Self> {
        jiff::Timestamp::from_second(second).ok().map(|_| Self(second))
    }

    /// Returns the seconds from another moment on; below zero where that is later.
    #[must_use]
    #[inline]
    pub fn seconds_since(self, other: Self) -> i64 {
        self.0 - other.0
    }

    /// Returns the seconds since Monday 00:00 of its week.
    #[must_use]
    #[inline]
    pub fn second_of_week(self) -> i64 {
        // The first of January 1970 was a Thursday.
        (self.0 + 3 * 86_400).rem_euclid(WEEK)
    }

    /// Returns the local time.
    #[must_use]
    pub fn time(self) -> DateTime {
        let instant = jiff::Timestamp::from_second(self.0).expect("it came from a local time");
        Offset::UTC.to_datetime(instant)
    }

    /// Returns the day.
    #[must_use]
    pub fn date(self) -> Date {
        self.time().date()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_begins_on_monday_before_and_after_1970() {
        for year in [1950, 1969, 1970, 2022, 2100] {
            for day in 1..=31 {
                let time = jiff::civil::datetime(year, 3, day, 1, 2, 3, 4);
                let moment = Moment::of(time).unwrap();
                let weekday = i64::from(time.weekday().to_monday_zero_offset());
                assert_eq!(moment.second_of_week(), weekday * 86_400 + 3_723);
                assert_eq!(moment.date(), time.date());
            }
        }
        assert_eq!(Moment::of(DateTime::MAX), None);
        assert_eq!(Moment::of(DateTime::MIN), None);
    }
}
