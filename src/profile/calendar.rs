//! Local years as a row of elapsed hours, each with its place in the week.

use std::fmt;

use jiff::civil::{Date, DateTime};
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{Timestamp, ToSpan};

use super::HOURS_OF_WEEK;
use crate::quantity::Hours;

/// Two local years in one time zone, hour by elapsed hour.
///
/// The year of the outage and the one after it, so that an outage over New Year
/// meets the right days of the week. A clock change makes a local day of 23 or
/// 25 elapsed hours, each under the clock hour in which it starts.
#[derive(Clone, Debug)]
pub struct Calendar {
    zone: TimeZone,
    origin: Timestamp,
    hour_of_week: Vec<u8>,
    first_year: usize,
}

impl Calendar {
    /// Lays out `year` and the year after it in the IANA zone named `zone`.
    ///
    /// # Errors
    ///
    /// Refuses a zone that the time-zone database does not know.
    pub fn new(zone: &str, year: i16) -> Result<Self, CalendarError> {
        let unknown = || CalendarError::UnknownZone(zone.to_owned());
        let zone = TimeZone::get(zone).map_err(|_| unknown())?;
        let begins = |year: i16| -> Result<Timestamp, CalendarError> {
            let first = Date::new(year, 1, 1).map_err(|_| CalendarError::YearOutOfRange(year))?;
            let midnight = first.to_zoned(zone.clone());
            Ok(midnight.map_err(|_| CalendarError::YearOutOfRange(year))?.timestamp())
        };
        let (origin, middle, end) = (begins(year)?, begins(year + 1)?, begins(year + 2)?);
        let hours = |from: Timestamp, to: Timestamp| ((to.as_second() - from.as_second()) / 3600) as usize;
        let hour_of_week = (0..hours(origin, end))
            .scan(Clock::at(origin, &zone), |clock, _| Some(clock.next_hour(&zone)))
            .collect();
        Ok(Self { origin, hour_of_week, first_year: hours(origin, middle), zone })
    }

    /// Returns the hour of the week of each elapsed hour: 0 is Monday 00:00.
    #[must_use]
    pub fn hours_of_week(&self) -> &[u8] {
        &self.hour_of_week
    }

    /// Returns the name of the zone.
    #[must_use]
    pub fn zone(&self) -> &str {
        self.zone.iana_name().unwrap_or_default()
    }

    /// Returns the local day in which each elapsed hour begins.
    pub fn dates(&self) -> impl Iterator<Item = Date> {
        let mut at = self.origin;
        let mut known: Option<(Date, u8)> = None;
        (0..self.hour_of_week.len()).map(move |hour| {
            let day = self.hour_of_week[hour] / 24;
            let date = match known {
                Some((date, same)) if same == day => date,
                _ => self.zone.to_datetime(at).date(),
            };
            known = Some((date, day));
            at += 1.hour();
            date
        })
    }

    /// Returns the hour of the week of each of `hours` elapsed hours from `first` on,
    /// within the calendar's years or not.
    #[must_use]
    pub fn hours_of_week_from(&self, first: Hours, hours: usize) -> Vec<u8> {
        let instant = self.origin.checked_add((first.0.floor() as i64).hours()).unwrap_or(self.origin);
        let clock = Clock::at(instant, &self.zone);
        (0..hours).scan(clock, |clock, _| Some(clock.next_hour(&self.zone))).collect()
    }

    /// Returns how many hours the first year has: 8,760, or 8,784 in a leap year.
    #[must_use]
    pub fn first_year(&self) -> usize {
        self.first_year
    }

    /// Returns the elapsed hours from the calendar's origin to an instant.
    #[must_use]
    pub fn elapsed(&self, instant: Timestamp) -> Hours {
        Hours(instant.duration_since(self.origin).as_secs_f64() / 3600.0)
    }

    /// Returns the elapsed hours from another calendar's origin to this one's.
    #[must_use]
    pub fn hours_since(&self, other: &Self) -> Hours {
        other.elapsed(self.origin)
    }

    /// Returns the instant at which local clocks show `local`.
    ///
    /// # Errors
    ///
    /// Refuses a local time that a clock change skips or shows twice.
    pub fn instant(&self, local: DateTime) -> Result<Timestamp, CalendarError> {
        let ambiguous = self.zone.to_ambiguous_timestamp(local);
        match ambiguous.offset() {
            AmbiguousOffset::Unambiguous { .. } => {
                ambiguous.unambiguous().map_err(|_| CalendarError::YearOutOfRange(local.year()))
            }
            AmbiguousOffset::Gap { .. } => Err(CalendarError::Skipped(local)),
            AmbiguousOffset::Fold { before, after } => {
                Err(CalendarError::ShownTwice { local, offsets: [before, after].map(|o| o.to_string()) })
            }
        }
    }

    /// Returns what local clocks show at an elapsed hour.
    #[must_use]
    pub fn local(&self, elapsed: Hours) -> DateTime {
        let seconds = (elapsed.0 * 3600.0).round() as i64;
        let instant = self.origin.checked_add(seconds.seconds()).unwrap_or(self.origin);
        self.zone.to_datetime(instant)
    }
}

/// Reads a zone's clock hour by hour, asking the zone only once a day.
struct Clock {
    instant: Timestamp,
    hour_of_week: u8,
    sure_for: u8,
}

impl Clock {
    fn at(instant: Timestamp, zone: &TimeZone) -> Self {
        Self { instant, hour_of_week: hour_of_week(zone.to_datetime(instant)), sure_for: 0 }
    }

    fn next_hour(&mut self, zone: &TimeZone) -> u8 {
        const DAY: u8 = 24;
        if self.sure_for == 0 {
            self.hour_of_week = hour_of_week(zone.to_datetime(self.instant));
            let tomorrow = self.instant + 24.hours();
            // The same clock hour a day later means no clock change in between.
            let steady = zone.to_offset(self.instant) == zone.to_offset(tomorrow);
            self.sure_for = if steady { DAY } else { 1 };
        }
        let now = self.hour_of_week;
        self.hour_of_week = (now + 1) % HOURS_OF_WEEK as u8;
        self.sure_for -= 1;
        self.instant += 1.hour();
        now
    }
}

fn hour_of_week(local: DateTime) -> u8 {
    local.weekday().to_monday_zero_offset() as u8 * 24 + local.hour() as u8
}

/// A place or a time that no calendar has.
#[derive(Clone, Debug, PartialEq)]
pub enum CalendarError {
    /// The time-zone database has no zone of this name.
    UnknownZone(String),
    /// The year is outside the range of the time library.
    YearOutOfRange(i16),
    /// Clocks were set forward over this local time.
    Skipped(DateTime),
    /// Clocks were set back over this local time, so that it came twice.
    ShownTwice {
        /// The local time.
        local: DateTime,
        /// The two offsets under which it occurs.
        offsets: [String; 2],
    },
}

impl fmt::Display for CalendarError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownZone(zone) => {
                write!(f, "time zone {zone:?} is not known; give an IANA name such as \"Asia/Seoul\"")
            }
            Self::YearOutOfRange(year) => write!(f, "year {year} is out of range"),
            Self::Skipped(local) => {
                write!(f, "local time {local} never came: clocks were set forward over it")
            }
            Self::ShownTwice { local, offsets: [first, second] } => {
                write!(f, "local time {local} came twice; write {local}{first} or {local}{second}")
            }
        }
    }
}

impl std::error::Error for CalendarError {}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn seoul_2022_starts_on_a_saturday_and_has_8760_hours() {
        let calendar = Calendar::new("Asia/Seoul", 2022).unwrap();
        assert_eq!(calendar.first_year(), 8760);
        assert_eq!(calendar.hours_of_week()[0], 5 * 24);
        let start = calendar.instant(date(2022, 10, 15).at(15, 30, 0, 0)).unwrap();
        let elapsed = calendar.elapsed(start);
        assert_eq!(elapsed, Hours(287.0 * 24.0 + 15.5));
        assert_eq!(calendar.hours_of_week()[elapsed.0 as usize], 5 * 24 + 15);
        assert_eq!(calendar.local(elapsed), date(2022, 10, 15).at(15, 30, 0, 0));
    }

    #[test]
    fn a_leap_year_has_8784_hours_and_the_next_year_goes_on() {
        let calendar = Calendar::new("Asia/Seoul", 2024).unwrap();
        assert_eq!(calendar.first_year(), 8784);
        assert_eq!(calendar.hours_of_week().len(), 8784 + 8760);
        assert_eq!(calendar.hours_of_week()[8784], 2 * 24, "1 January 2025 is a Wednesday");
    }

    #[test]
    fn clock_changes_make_days_of_23_and_25_hours() {
        let calendar = Calendar::new("America/New_York", 2024).unwrap();
        let hours = calendar.hours_of_week();
        let at = |month, day, hour| {
            let local = date(2024, month, day).at(hour, 0, 0, 0);
            calendar.elapsed(calendar.instant(local).unwrap()).0 as usize
        };
        assert_eq!(at(3, 11, 0) - at(3, 10, 0), 23);
        assert_eq!(at(11, 4, 0) - at(11, 3, 0), 25);
        let spring = at(3, 10, 0);
        assert_eq!(&hours[spring..spring + 4], &[144, 145, 147, 148], "02:00 never came");
        let autumn = at(11, 3, 0);
        assert_eq!(&hours[autumn..autumn + 4], &[144, 145, 145, 146], "01:00 came twice");
    }

    #[test]
    fn hours_before_and_after_the_calendar_have_their_place_in_the_week_too() {
        let calendar = Calendar::new("America/New_York", 2024).unwrap();
        let before = Calendar::new("America/New_York", 2023).unwrap();
        let year = calendar.hours_of_week_from(Hours(-8760.0), 3 * 8760);
        assert_eq!(year[..8760], before.hours_of_week()[..8760]);
        assert_eq!(year[8760..], calendar.hours_of_week()[..2 * 8760]);
    }

    #[test]
    fn refuses_times_that_never_came_or_came_twice() {
        let calendar = Calendar::new("America/New_York", 2024).unwrap();
        let skipped = calendar.instant(date(2024, 3, 10).at(2, 30, 0, 0)).unwrap_err();
        assert!(skipped.to_string().contains("never came"));
        let twice = calendar.instant(date(2024, 11, 3).at(1, 30, 0, 0)).unwrap_err();
        assert!(twice.to_string().contains("-04") && twice.to_string().contains("-05"), "{twice}");
        assert!(Calendar::new("Asia/Pangyo", 2022).is_err());
    }
}
