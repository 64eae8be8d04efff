//! Local days as a business had them: which hours count, and what they brought.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use super::cells::{Cells, Day};
use super::estimate::DayOfSales;
use crate::profile::WeekShape;
use crate::profile::shape::HOURS_OF_WEEK;

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grain {
    /// A sale: an hour without a row, on a day with one, brought nothing.
    Sale,
    /// The total of an hour.
    Hour,
    /// The total of a day.
    Day,
}

/// What a day without a row is, or an hour where rows are totals of hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Empty {
    /// Nothing was sold.
    Closed,
    /// The row is missing: the time is left out.
    Gap,
}

/// How days are laid out.
#[derive(Clone, Debug)]
pub struct Lay<'a> {
    /// Where the business is.
    pub zone: &'a TimeZone,
    /// What a row is.
    pub grain: Grain,
    /// What time without a row is, where that is said.
    pub empty: Option<Empty>,
    /// Days that do not count, such as those of an outage.
    pub left_out: &'a [RangeInclusive<Date>],
    /// How totals of days run through the hours.
    pub split: Option<&'a WeekShape>,
    /// The kind of each named day, as a place in a list.
    pub kinds: &'a BTreeMap<Date, usize>,
}

/// Days as they were laid out, and what was found on the way.
#[derive(Clone, Debug, Default)]
pub struct Laid {
    /// Days that count, in order.
    pub days: Vec<DayOfSales>,
    /// Days without a row, between the first and the last one.
    pub empty_days: Vec<Date>,
    /// Hours without a row where each should have one, on days that have others.
    pub empty_hours: usize,
    /// Days that were left out and had rows.
    pub left_out: usize,
    /// Rows in hours that clocks were set forward over: day, hour, number of the row.
    pub skipped: Vec<(Date, u8, u64)>,
    /// Hours that clocks showed twice.
    pub repeated: usize,
}

/// What time without rows means is not said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsaid {
    /// Days without a row.
    pub days: Vec<Date>,
    /// Hours without a row, on days that have others.
    pub hours: usize,
    /// The first such hour.
    pub first: Option<(Date, u8)>,
}

/// Lays out the days from the first row to the last.
///
/// # Errors
///
/// Refuses time without rows where it is not said what it is.
pub fn days_of_sales(cells: &Cells, lay: &Lay<'_>) -> Result<Laid, Unsaid> {
    let mut laid = Laid::default();
    let held: BTreeMap<Day, _> = cells.days().collect();
    let (Some(first), Some(last)) = (held.keys().next(), held.keys().next_back()) else {
        return Ok(laid);
    };
    let mut first_empty = None;
    let outside = |date: &Date| lay.left_out.iter().any(|range| range.contains(date));
    for day in (first.0..=last.0).map(Day) {
        let date = day.date();
        let row = held.get(&day);
        if outside(&date) {
            laid.left_out += usize::from(row.is_some());
            continue;
        }
        let mut hours = lengths(date, lay.zone);
        laid.repeated += hours.iter().filter(|length| **length > 1.0).count();
        let mut amounts = [0.0; 24];
        match row {
            None => {
                laid.empty_days.push(date);
                if lay.empty == Some(Empty::Gap) {
                    continue;
                }
            }
            Some(cells) if lay.grain == Grain::Day => {
                let total: f64 = cells.iter().map(|cell| cell.sum.money().0).sum();
                amounts = split(total, day.weekday(), &hours, lay.split);
            }
            Some(cells) => {
                for (hour, cell) in cells.iter().enumerate() {
                    amounts[hour] = cell.sum.money().0;
                    if cell.rows > 0 && hours[hour] == 0.0 {
                        laid.skipped.push((date, hour as u8, cell.first));
                    }
                    if cell.rows == 0 && hours[hour] > 0.0 && lay.grain == Grain::Hour {
                        laid.empty_hours += 1;
                        first_empty = first_empty.or(Some((date, hour as u8)));
                        if lay.empty == Some(Empty::Gap) {
                            hours[hour] = 0.0;
                        }
                    }
                }
            }
        }
        let kind = lay.kinds.get(&date).copied();
        laid.days.push(DayOfSales { date, amounts, hours, kind });
    }
    if lay.empty.is_none() && (!laid.empty_days.is_empty() || laid.empty_hours > 0) {
        return Err(Unsaid { days: laid.empty_days, hours: laid.empty_hours, first: first_empty });
    }
    Ok(laid)
}

/// Spreads the total of a day over its hours as a shape has them.
fn split(total: f64, weekday: usize, hours: &[f64; 24], shape: Option<&WeekShape>) -> [f64; 24] {
    let flat = [1.0; HOURS_OF_WEEK];
    let weights = shape.map_or(&flat, WeekShape::weights);
    let parts: [f64; 24] = std::array::from_fn(|hour| weights[weekday * 24 + hour] * hours[hour]);
    let sum: f64 = parts.iter().sum();
    parts.map(|part| if sum > 0.0 { total * part / sum } else { total / 24.0 })
}

/// Returns how long local clocks show each hour of a day: 1 but where they are changed.
fn lengths(date: Date, zone: &TimeZone) -> [f64; 24] {
    let begins = |date: Date| date.to_zoned(zone.clone()).map(|zoned| zoned.timestamp());
    let (Ok(from), Ok(to)) = (begins(date), date.tomorrow().and_then(begins)) else { return [1.0; 24] };
    if to.as_second() - from.as_second() == 24 * 3600 && steady(from, to, zone) {
        return [1.0; 24];
    }
    let mut hours = [0.0; 24];
    let mut at = from;
    while at < to {
        hours[zone.to_datetime(at).hour() as usize] += QUARTER;
        at += 15.minutes();
    }
    hours
}

/// Clocks are changed by whole quarters of an hour.
const QUARTER: f64 = 0.25;

fn steady(from: Timestamp, to: Timestamp, zone: &TimeZone) -> bool {
    zone.to_offset(from) == zone.to_offset(to)
}

#[cfg(test)]
mod tests {
    use super::super::cells::Exact;
    use super::*;
    use jiff::civil::date;

    fn lay<'a>(zone: &'a TimeZone, grain: Grain, kinds: &'a BTreeMap<Date, usize>) -> Lay<'a> {
        Lay { zone, grain, empty: None, left_out: &[], split: None, kinds }
    }

    #[test]
    fn clock_changes_make_hours_of_none_and_of_two() {
        let zone = TimeZone::get("America/New_York").unwrap();
        let (spring, autumn) = (lengths(date(2024, 3, 10), &zone), lengths(date(2024, 11, 3), &zone));
        assert_eq!((spring[2], spring.iter().sum::<f64>()), (0.0, 23.0));
        assert_eq!((autumn[1], autumn.iter().sum::<f64>()), (2.0, 25.0));
        let zone = TimeZone::get("Australia/Lord_Howe").unwrap();
        assert_eq!(lengths(date(2024, 10, 6), &zone)[2], 0.5, "half an hour is skipped");
        let mut cells = Cells::default();
        cells.add(Day::of(date(2024, 3, 10)), 2, Exact::whole(5), 7);
        let new_york = TimeZone::get("America/New_York").unwrap();
        let laid = days_of_sales(&cells, &lay(&new_york, Grain::Sale, &BTreeMap::new())).unwrap();
        assert_eq!(laid.skipped, [(date(2024, 3, 10), 2, 7)], "a sale at a time that never came");
    }

    #[test]
    fn time_without_rows_is_nothing_or_not_known_but_never_guessed() {
        let (zone, kinds) = (TimeZone::get("Asia/Seoul").unwrap(), BTreeMap::new());
        let mut cells = Cells::default();
        for day in [1, 3] {
            cells.add(Day::of(date(2022, 1, day)), 9, Exact::whole(24), 1);
        }
        let mut lay = lay(&zone, Grain::Sale, &kinds);
        let unsaid = days_of_sales(&cells, &lay).unwrap_err();
        assert_eq!((unsaid.days, unsaid.hours), (vec![date(2022, 1, 2)], 0));
        lay.empty = Some(Empty::Closed);
        assert_eq!(days_of_sales(&cells, &lay).unwrap().days.len(), 3);
        lay.empty = Some(Empty::Gap);
        assert_eq!(days_of_sales(&cells, &lay).unwrap().days.len(), 2);
        lay.grain = Grain::Hour;
        let laid = days_of_sales(&cells, &lay).unwrap();
        assert_eq!((laid.empty_hours, laid.days[0].hours.iter().sum::<f64>()), (46, 1.0));
        let gone = [date(2022, 1, 1)..=date(2022, 1, 2)];
        lay.left_out = &gone;
        let laid = days_of_sales(&cells, &lay).unwrap();
        assert_eq!((laid.days.len(), laid.left_out), (1, 1));
    }

    #[test]
    fn the_total_of_a_day_runs_as_the_shape_says() {
        let mut weights = [0.0; 168];
        weights[5 * 24 + 10] = 1.0;
        weights[5 * 24 + 11] = 3.0;
        let shape = WeekShape::of_week(&weights).unwrap();
        let saturday = split(100.0, 5, &[1.0; 24], Some(&shape));
        assert_eq!((saturday[10], saturday[11]), (25.0, 75.0));
        assert!((split(24.0, 0, &[1.0; 24], Some(&shape)).iter().sum::<f64>() - 24.0).abs() < 1e-12);
    }
}
