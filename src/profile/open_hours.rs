//! Open hours: the hours of the week in which a business trades, on a calendar.

use std::fmt;

use super::{Calendar, HOURS_OF_WEEK};
use crate::quantity::Hours;
use crate::spans::Spans;

const HOUR: u16 = 60;
const DAY: u16 = 24 * HOUR;
const WEEK: u16 = HOURS_OF_WEEK as u16 * HOUR;

/// Minutes of the week in which a business is open, Monday 00:00 first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OpenWeek(Vec<(u16, u16)>);

impl OpenWeek {
    /// Checks opening times, each with its day (0 is Monday) and its first and
    /// last minute of that day. One that ends before it begins runs past midnight.
    ///
    /// # Errors
    ///
    /// Refuses a minute that no day has, and a week that is never open.
    pub fn new(times: impl IntoIterator<Item = (u8, u16, u16)>) -> Result<Self, OpenHoursError> {
        let mut open = Vec::new();
        for (day, opens, closes) in times {
            if day > 6 || opens >= DAY || closes > DAY {
                return Err(OpenHoursError::NoSuchTime { day, opens, closes });
            }
            let from = u16::from(day) * DAY + opens;
            let to = u16::from(day) * DAY + closes + if closes <= opens { DAY } else { 0 };
            open.push((from, to.min(WEEK)));
            if to > WEEK {
                open.push((0, to - WEEK));
            }
        }
        if open.is_empty() { Err(OpenHoursError::NeverOpen) } else { Ok(Self(open)) }
    }

    /// Lays the week over a calendar.
    #[must_use]
    pub fn over(&self, calendar: &Calendar) -> OpenHours {
        let parts = |hour: &u8| -> Vec<(f64, f64)> {
            let begins = u16::from(*hour) * HOUR;
            let inside = |minute: u16| f64::from(minute.clamp(begins, begins + HOUR) - begins) / 60.0;
            self.0.iter().map(|(from, to)| (inside(*from), inside(*to))).collect()
        };
        let of_week: Vec<_> = (0..HOURS_OF_WEEK as u8).map(|hour| parts(&hour)).collect();
        let hours = calendar.hours_of_week();
        let open = hours.iter().enumerate().flat_map(|(elapsed, hour)| {
            let at = move |part: f64| Hours(elapsed as f64 + part);
            of_week[usize::from(*hour)].iter().map(move |(from, to)| (at(*from), at(*to)))
        });
        OpenHours { open: Spans::of(open), length: Hours(hours.len() as f64) }
    }
}

/// Open hours on the axis of a calendar, which starts again past its last hour.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenHours {
    open: Spans,
    length: Hours,
}

impl OpenHours {
    /// Returns the open time in `[from, to)` of the calendar, in hours after `from`.
    #[must_use]
    pub fn after(&self, from: Hours, to: Hours) -> Spans {
        let mut found = Vec::new();
        let mut lap = Hours((from.0 / self.length.0).floor() * self.length.0);
        while lap < to {
            let inside = self.open.within(from - lap, to - lap);
            found.extend(inside.iter().map(|(a, b)| (a + lap - from, b + lap - from)));
            lap += self.length;
        }
        Spans::of(found)
    }
}

/// Opening times that no week has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenHoursError {
    /// There is no such day, or no such minute in it.
    NoSuchTime {
        /// Day of the week, 0 is Monday.
        day: u8,
        /// Minute at which it opens.
        opens: u16,
        /// Minute at which it closes.
        closes: u16,
    },
    /// No day has an open hour.
    NeverOpen,
}

impl fmt::Display for OpenHoursError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSuchTime { day, opens, closes } => {
                let clock = |minute: &u16| format!("{:02}:{:02}", minute / HOUR, minute % HOUR);
                let (opens, closes) = (clock(opens), clock(closes));
                write!(f, "day {} of the week cannot open at {opens} and close at {closes}", day + 1)
            }
            Self::NeverOpen => write!(f, "the business is never open"),
        }
    }
}

impl std::error::Error for OpenHoursError {}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2024 begins on a Monday.
    fn over_2024(times: &[(u8, u16, u16)]) -> OpenHours {
        OpenWeek::new(times.iter().copied()).unwrap().over(&Calendar::new("UTC", 2024).unwrap())
    }

    #[test]
    fn open_hours_are_counted_from_any_moment() {
        let office: Vec<_> = (0..5).map(|day| (day, 9 * 60, 18 * 60)).collect();
        let open = over_2024(&office);
        for (from, to, hours, because) in [
            (0.0, 24.0, 9.0, "a Monday"),
            (0.0, 168.0, 45.0, "a week"),
            (10.5, 20.0, 7.5, "from half past ten"),
            (5.0 * 24.0, 7.0 * 24.0, 0.0, "a weekend"),
        ] {
            assert_eq!(open.after(Hours(from), Hours(to)).length(), Hours(hours), "{because}");
        }
        let friday_evening = Hours(4.0 * 24.0 + 16.0);
        let three_hours = open.after(friday_evening, friday_evening + Hours(100.0)).moment(Hours(3.0));
        assert_eq!(three_hours, Some(Hours(66.0)), "two on Friday, one on Monday from nine");
    }

    #[test]
    fn a_bar_closes_after_midnight() {
        let open = over_2024(&[(6, 18 * 60, 2 * 60)]);
        assert_eq!(
            open.after(Hours(0.0), Hours(168.0)).length(),
            Hours(8.0),
            "Sunday night ends on Monday"
        );
        assert_eq!(open.after(Hours(1.0), Hours(24.0)).length(), Hours(1.0), "and the week starts again");
    }

    #[test]
    fn past_its_end_a_calendar_starts_again() {
        let open = over_2024(&[(0, 0, 12 * 60)]);
        let years = Calendar::new("UTC", 2024).unwrap().hours_of_week().len() as f64;
        assert_eq!(open.after(Hours(years), Hours(years + 24.0)).length(), Hours(12.0));
    }

    #[test]
    fn refuses_a_week_that_is_never_open() {
        assert_eq!(OpenWeek::new([]), Err(OpenHoursError::NeverOpen));
        assert!(OpenWeek::new([(7, 0, 60)]).is_err());
        assert!(OpenWeek::new([(0, 0, 24 * 60 + 1)]).is_err());
    }
}
