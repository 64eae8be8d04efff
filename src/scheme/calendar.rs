//! Calendar: which column of a record is which day, and which columns a baseline reads.

use std::ops::RangeInclusive;

use jiff::ToSpan;
use jiff::civil::Date;

use super::baseline::{Baseline, Dates};
use super::claim::NO_RECORD;
use super::exact::Won;

/// A column of sales on record: one day, or seven from a day on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its first day.
    pub from: Date,
    /// Whether it holds the seven days from there.
    pub week: bool,
}

/// The most weeks that a baseline looks at.
pub const MOST_WEEKS: usize = 64;

/// A stretch of days as places of columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Its first day.
    pub from: Date,
    /// The columns that tile it.
    pub columns: Vec<usize>,
}

impl Stretch {
    /// Returns the sales of all its days; nothing where one of them is not on record.
    #[must_use]
    #[inline]
    pub fn total(&self, sales: &[i64]) -> Option<Won> {
        let mut sum = 0_i64;
        for column in &self.columns {
            match *sales.get(*column)? {
                NO_RECORD => return None,
                day => sum = sum.checked_add(day)?,
            }
        }
        Some(Won(sum))
    }
}

/// What a baseline reads from records of a calendar, worked out once for all claims.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Windows {
    /// The outage.
    pub outage: Stretch,
    /// Whole weeks that may be usual ones, in order of time.
    pub weeks: Vec<Stretch>,
    /// For each column of the outage those of the same weekday.
    pub same_weekday: Vec<Vec<usize>>,
    /// The same days of the year before, where they are on record.
    pub last_year: Option<Stretch>,
}

/// Why a calendar cannot serve a baseline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// A day of the outage has no column.
    Outage(Date),
    /// No whole week of usual sales has its columns.
    Weeks,
    /// The year before has no columns.
    LastYear(Date),
}

impl Windows {
    /// Finds what a baseline reads.
    ///
    /// # Errors
    ///
    /// Says which days have no column.
    pub fn new(baseline: Baseline, dates: &Dates, calendar: &[Column]) -> Result<Self, Unfit> {
        let outage = tile(calendar, &dates.outage).map_err(Unfit::Outage)?;
        let weeks = weeks(dates, calendar);
        let before = shift(&dates.outage, -364);
        let last_year = tile(calendar, &before).ok();
        let same = |place: &usize| same_weekday(dates, calendar, calendar[*place]);
        let same_weekday: Vec<_> = outage.columns.iter().map(same).collect();
        match baseline {
            Baseline::BestWeek | Baseline::MedianOfWeeks(_) if weeks.is_empty() => Err(Unfit::Weeks),
            Baseline::MeanOfSameWeekday if same_weekday.iter().any(Vec::is_empty) => Err(Unfit::Weeks),
            Baseline::SameWeekLastYear if last_year.is_none() => Err(Unfit::LastYear(*before.start())),
            _ => Ok(Self { outage, weeks, same_weekday, last_year }),
        }
    }
}

/// Whole weeks inside the window that do not touch the outage.
fn weeks(dates: &Dates, calendar: &[Column]) -> Vec<Stretch> {
    let mut found = Vec::new();
    let mut from = *dates.window.start();
    while from.weekday() != dates.week_from {
        match from.checked_add(1.day()) {
            Ok(next) => from = next,
            Err(_) => return found,
        }
    }
    while found.len() < MOST_WEEKS {
        let week = days_from(from, 7);
        if week.end() > dates.window.end() || week.end() == week.start() {
            break;
        }
        let apart = week.end() < dates.outage.start() || week.start() > dates.outage.end();
        if apart && let Ok(stretch) = tile(calendar, &week) {
            found.push(stretch);
        }
        match from.checked_add(7.days()) {
            Ok(next) => from = next,
            Err(_) => break,
        }
    }
    found
}

fn same_weekday(dates: &Dates, calendar: &[Column], of: Column) -> Vec<usize> {
    let usual = |column: &Column| {
        let days = days_from(column.from, if column.week { 7 } else { 1 });
        let inside = dates.window.contains(days.start()) && dates.window.contains(days.end());
        let apart = days.end() < dates.outage.start() || days.start() > dates.outage.end();
        inside && apart && column.week == of.week && column.from.weekday() == of.from.weekday()
    };
    calendar.iter().enumerate().filter(|(_, column)| usual(column)).map(|(place, _)| place).collect()
}

/// Finds columns that hold each day of a stretch once, or tells the first day without.
fn tile(calendar: &[Column], days: &RangeInclusive<Date>) -> Result<Stretch, Date> {
    let mut columns = Vec::new();
    let mut at = *days.start();
    while at <= *days.end() {
        let holds = |column: &&(usize, &Column)| {
            column.1.from == at && (!column.1.week || days_from(at, 7).end() <= days.end())
        };
        let place = calendar.iter().enumerate().collect::<Vec<_>>().iter().find(holds).map(|found| found.0);
        let place = place.ok_or(at)?;
        columns.push(place);
        at = at.checked_add(if calendar[place].week { 7.days() } else { 1.day() }).map_err(|_| at)?;
    }
    Ok(Stretch { from: *days.start(), columns })
}

fn days_from(from: Date, days: i64) -> RangeInclusive<Date> {
    from..=from.checked_add((days - 1).days()).unwrap_or(from)
}

fn shift(days: &RangeInclusive<Date>, by: i64) -> RangeInclusive<Date> {
    let moved = |day: Date| day.checked_add(by.days()).unwrap_or(day);
    moved(*days.start())..=moved(*days.end())
}
