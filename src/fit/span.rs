//! Span: the time over which outages were observed, year by year.

use std::fmt;

use jiff::ToSpan;
use jiff::civil::{Date, DateTime, date};

use super::pace::Year;

/// From when to when outages were observed, by local clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first moment.
    pub from: DateTime,
    /// The moment after the last.
    pub until: DateTime,
    /// Whether somebody says so; otherwise it runs from the first outage to the last.
    pub stated: bool,
}

/// A span that ends before it begins, or beyond all calendars.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidSpan(Date, Date);

impl fmt::Display for InvalidSpan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "nothing is observed from {} to {}", self.0, self.1)
    }
}

impl std::error::Error for InvalidSpan {}

impl Span {
    /// A span of whole days, the last among them.
    ///
    /// # Errors
    ///
    /// Refuses a last day before the first.
    pub fn days(from: Date, to: Date) -> Result<Self, InvalidSpan> {
        let after = to.checked_add(1.day()).ok().filter(|_| from <= to).ok_or(InvalidSpan(from, to))?;
        Ok(Self { from: from.into(), until: after.into(), stated: true })
    }

    /// The span from the first of some outages to the last.
    ///
    /// It begins and ends with an outage because nobody says how long it was quiet
    /// before and after: the outage that opens it is no outage within it, so that `n`
    /// outages are `n - 1` in this time.
    #[must_use]
    pub fn of_starts(starts: &[DateTime]) -> Option<Self> {
        let (from, until) = starts.iter().min().zip(starts.iter().max())?;
        Some(Self { from: *from, until: *until, stated: false })
    }

    /// Returns whether a moment lies in the span.
    #[must_use]
    pub fn holds(&self, moment: DateTime) -> bool {
        self.from <= moment && (moment < self.until || !self.stated && moment == self.until)
    }

    /// Returns the calendar years of the span, each with the part that was observed and
    /// the outages that began in it.
    #[must_use]
    pub fn years(&self, starts: &[DateTime]) -> Vec<Year> {
        let mut counted = starts.to_vec();
        counted.sort_unstable();
        if !self.stated && !counted.is_empty() {
            counted.remove(0);
        }
        let one = |year: i16| {
            let begin = date(year, 1, 1).at(0, 0, 0, 0);
            // A year ends with its last second: the calendar may have no next one.
            let end = date(year, 12, 31).at(23, 59, 59, 0);
            let length = seconds(begin, end) + 1.0;
            let last_second = if self.until > end { 1.0 } else { 0.0 };
            let observed = seconds(self.from.max(begin), self.until.min(end)) + last_second;
            let outages = counted.iter().filter(|start| start.year() == year).count() as u32;
            Year { year, observed: (observed / length).clamp(0.0, 1.0), outages }
        };
        let years = (self.from.year()..=self.until.year()).map(one);
        years.filter(|year| year.observed > 0.0 || year.outages > 0).collect()
    }
}

fn seconds(from: DateTime, to: DateTime) -> f64 {
    to.duration_since(from).as_secs_f64()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_years_are_whole_whether_or_not_they_leap() {
        let span = Span::days(date(2023, 1, 1), date(2025, 12, 31)).unwrap();
        let starts = [date(2023, 5, 1), date(2025, 1, 1), date(2025, 12, 31)].map(DateTime::from);
        let found: Vec<_> = span.years(&starts).iter().map(|y| (y.year, y.observed, y.outages)).collect();
        assert_eq!(found, [(2023, 1.0, 1), (2024, 1.0, 0), (2025, 1.0, 2)]);
        assert!(starts.iter().all(|start| span.holds(*start)));
        assert!(!span.holds(date(2026, 1, 1).into()));
        assert!(Span::days(date(2023, 1, 2), date(2023, 1, 1)).is_err());
    }

    #[test]
    fn parts_of_years_are_parts() {
        let span = Span::days(date(2024, 7, 1), date(2025, 1, 31)).unwrap();
        let parts: Vec<f64> = span.years(&[]).iter().map(|year| year.observed).collect();
        assert_eq!(parts, [184.0 / 366.0, 31.0 / 365.0]);
    }

    #[test]
    fn the_outage_that_opens_a_span_is_none_of_it() {
        let starts = [date(2024, 1, 1), date(2022, 1, 1), date(2023, 1, 1)].map(DateTime::from);
        let span = Span::of_starts(&starts).unwrap();
        let years = span.years(&starts);
        assert_eq!(years.iter().map(|year| year.outages).collect::<Vec<_>>(), [0, 1, 1]);
        assert_eq!(years.iter().map(|year| year.observed).sum::<f64>(), 2.0);
        assert!(starts.iter().all(|start| span.holds(*start)));
    }
}
