//! Hourly series: a revenue for each hour, from a CSV or Parquet file.
//!
//! Local hours become elapsed hours here: gaps, duplicates and clock changes are
//! settled or refused, never guessed at.

use std::path::Path;

use jiff::Timestamp;
use jiff::civil::DateTime;

use super::rows;
use super::value::{Fault, parse_money};
use crate::profile::{Calendar, Profile};
use crate::quantity::{Hours, MoneyPerHour};

/// A profile from a file, and where it starts on the calendar.
#[derive(Debug)]
pub struct Series {
    pub profile: Profile,
    /// Hours from the calendar's origin to the series' first hour.
    pub origin: Hours,
}

/// One row of a file: the row's number for messages, its time, its revenue.
pub struct Row {
    pub number: usize,
    pub time: Time,
    pub revenue: f64,
}

/// The time of a row, as the file tells it.
pub enum Time {
    /// An instant, from a time with an offset.
    Instant(Timestamp),
    /// What local clocks showed.
    Local(DateTime),
}

/// Headings under which the time is looked for.
pub const TIME_COLUMNS: [&str; 6] = ["time", "hour", "datetime", "timestamp", "시각", "일시"];

/// Headings under which the revenue is looked for.
pub const REVENUE_COLUMNS: [&str; 6] = ["revenue", "sales", "amount", "매출", "매출액", "금액"];

/// Reads a series for an outage at `start` on the calendar, of `longest` hours.
///
/// # Errors
///
/// Returns every fault of the file, up to twenty.
pub fn read(
    name: &str,
    folder: Option<&Path>,
    calendar: &Calendar,
    (start, longest): (Hours, Hours),
) -> Result<Series, Vec<Fault>> {
    let mend = "add up to hours first; a year is 8,760 rows";
    let path = rows::locate(name, folder, ("an hourly series", mend))?;
    let rows = if name.ends_with(".parquet") {
        from_parquet(name, &path)?
    } else {
        from_csv(name, &rows::bytes(name, &path)?)?
    };
    in_order(name, rows, calendar).and_then(|series| covers(name, series, calendar, start, longest))
}

#[cfg(feature = "batch")]
fn from_parquet(name: &str, path: &Path) -> Result<Vec<Row>, Vec<Fault>> {
    super::parquet::hourly(path)
        .map_err(|fault| vec![Fault { message: format!("{name}: {}", fault.message), ..fault }])
}

#[cfg(not(feature = "batch"))]
fn from_parquet(name: &str, _path: &Path) -> Result<Vec<Row>, Vec<Fault>> {
    let message = format!("{name}: this build reads no Parquet");
    Err(vec![Fault::new(
        message,
        "build with `cargo build --release --features batch`, or give a CSV file",
    )])
}

fn from_csv(name: &str, bytes: &[u8]) -> Result<Vec<Row>, Vec<Fault>> {
    let head = "give a head, such as time,revenue, and a row for each hour";
    rows::read(name, bytes, head, [&TIME_COLUMNS, &REVENUE_COLUMNS], |number, [time, revenue]| {
        let time = parse_time(time).ok_or_else(|| {
            Fault::new(
                format!("{time:?} is not a time"),
                "write 2022-10-15T15:00 or 2022-10-15T15:00+09:00",
            )
        })?;
        let revenue = amount(revenue)?;
        if revenue < 0.0 {
            return Err(Fault::new(
                format!("revenue {revenue} is negative"),
                "give 0 or more; net refunds in their own line",
            ));
        }
        Ok(Row { number, time, revenue })
    })
}

/// Reads an amount, as people write it or as a spreadsheet does (`1.5E+06`).
fn amount(text: &str) -> Result<f64, Fault> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit() || b"eE.+-".contains(&byte));
    let number = text.parse().ok().filter(|number: &f64| digits && number.is_finite());
    number.map_or_else(|| parse_money(text), Ok)
}

/// Reads a time such as `2022-10-15T15:00`, `2022-10-15 15:00:00+09:00` or `…Z`.
pub fn parse_time(text: &str) -> Option<Time> {
    let text = text.trim();
    let instant = text.parse().map(Time::Instant);
    // A date alone is no hour.
    instant.or_else(|_| text.parse().map(Time::Local)).ok().filter(|_| text.contains(':'))
}

/// Puts rows on the calendar, one for each elapsed hour.
fn in_order(name: &str, rows: Vec<Row>, calendar: &Calendar) -> Result<Series, Vec<Fault>> {
    let mut hours: Vec<(i64, usize, f64)> = Vec::with_capacity(rows.len());
    let mut faults = Vec::new();
    for Row { number, time, revenue } in rows {
        let elapsed = match time {
            Time::Instant(instant) => Ok(calendar.elapsed(instant)),
            Time::Local(local) => calendar.instant(local).map(|instant| calendar.elapsed(instant)),
        };
        match elapsed {
            Ok(Hours(hour)) if hour.fract() == 0.0 => hours.push((hour as i64, number, revenue)),
            Ok(_) => faults.push(Fault::new(
                format!("{name} line {number}: the time is not a full hour"),
                "give one row for each hour, at its beginning",
            )),
            Err(error) => faults.push(Fault::new(
                format!("{name} line {number}: {error}"),
                "write the offset, or drop the row",
            )),
        }
    }
    hours.sort_by_key(|(hour, number, _)| (*hour, *number));
    let show = |hour: i64| calendar.local(Hours(hour as f64));
    // A row that was refused leaves a gap that is no fault of its own.
    let pairs = if faults.is_empty() { hours.windows(2) } else { [].windows(2) };
    for pair in pairs {
        let ((first, first_row, _), (next, next_row, _)) = (pair[0], pair[1]);
        if next == first {
            faults.push(Fault::new(
                format!("{name} lines {first_row} and {next_row}: {} comes twice", show(first)),
                "keep one row for each hour; at the change to winter time write offsets",
            ));
        } else if next > first + 1 {
            faults.push(Fault::new(
                format!("{name}: {} hours are missing from {} on", next - first - 1, show(first + 1)),
                "give every hour; write 0 where nothing was sold",
            ));
        }
    }
    if !faults.is_empty() {
        return Err(rows::few(name, faults));
    }
    let origin = Hours(hours.first().map_or(0, |hour| hour.0) as f64);
    let rates = hours.into_iter().map(|(.., revenue)| MoneyPerHour(revenue)).collect();
    let profile = Profile::new(rates)
        .map_err(|error| vec![Fault::new(format!("{name}: {error}"), "give one row for each hour")])?;
    Ok(Series { profile, origin })
}

/// Refuses a series that does not hold the whole outage.
fn covers(
    name: &str,
    series: Series,
    calendar: &Calendar,
    start: Hours,
    longest: Hours,
) -> Result<Series, Vec<Fault>> {
    let ends = series.origin + series.profile.length();
    if start < series.origin || start + longest > ends {
        let message = format!(
            "{name} runs from {} to {}, and the outage from {} to {}",
            calendar.local(series.origin),
            calendar.local(ends),
            calendar.local(start),
            calendar.local(start + longest),
        );
        return Err(vec![Fault::new(message, "give hours for the whole outage, or a shape with a total")]);
    }
    Ok(series)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seoul() -> Calendar {
        Calendar::new("Asia/Seoul", 2022).unwrap()
    }

    fn read(csv: &str, calendar: &Calendar) -> Result<Series, Vec<Fault>> {
        in_order("sales.csv", from_csv("sales.csv", csv.as_bytes())?, calendar)
    }

    fn faults(csv: &str, calendar: &Calendar) -> String {
        let faults = read(csv, calendar).unwrap_err();
        faults.iter().map(|fault| fault.message.clone()).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn rows_in_any_order_and_with_offsets_make_one_series() {
        let csv =
            "\u{feff}시각,매출\n2022-01-01T02:00,\"1,500\"\n2022-01-01 00:00,3만\n2021-12-31T16:00Z,₩7\n";
        let series = read(csv, &seoul()).unwrap();
        assert_eq!(series.origin, Hours(0.0));
        assert_eq!(series.profile.revenue(Hours(0.0), Hours(3.0)).0, 31_507.0);
        assert_eq!(series.profile.rate(Hours(1.0)).0, 7.0);
    }

    #[test]
    fn gaps_and_duplicates_are_told_and_not_filled() {
        let gap = "time,revenue\n2022-01-01T00:00,1\n2022-01-01T03:00,1\n";
        assert!(faults(gap, &seoul()).contains("2 hours are missing from 2022-01-01T01:00"));
        let twice = "time,revenue\n2022-01-01T00:00,1\n2022-01-01T00:00,2\n";
        assert!(faults(twice, &seoul()).contains("lines 2 and 3"));
    }

    #[test]
    fn a_clock_change_is_no_gap_and_an_hour_shown_twice_needs_its_offset() {
        let new_york = Calendar::new("America/New_York", 2024).unwrap();
        let spring = "time,revenue\n2024-03-10T01:00,1\n2024-03-10T03:00,1\n";
        assert_eq!(read(spring, &new_york).unwrap().profile.length(), Hours(2.0));
        let autumn = "time,revenue\n2024-11-03T00:00,1\n2024-11-03T01:00,1\n";
        assert!(faults(autumn, &new_york).contains("came twice"));
        let offsets =
            "time,revenue\n2024-11-03T00:00-04:00,1\n2024-11-03T01:00-04:00,1\n2024-11-03T01:00-05:00,1\n";
        assert_eq!(read(offsets, &new_york).unwrap().profile.length(), Hours(3.0));
    }

    #[test]
    fn every_bad_row_is_told_with_its_line() {
        let csv = "time,revenue\n2022-01-01T00:00,3,5oo\n";
        assert!(read(csv, &seoul()).is_err(), "a row of another length");
        let csv = "time,revenue\nyesterday,1\n2022-01-01T00:00,\n2022-01-01T01:00,#N/A\n2022-01-01T02:00,-4\n2022-01-01T03:30,1\n";
        let told = faults(csv, &seoul());
        for line in ["line 2", "line 3", "line 4", "line 5"] {
            assert!(told.contains(line), "{line} in {told}");
        }
        assert!(faults("when,revenue\n", &seoul()).contains("no column \"time\""));
    }

    #[test]
    fn a_series_that_does_not_hold_the_outage_is_refused_with_both_spans() {
        let csv = "time,revenue\n2022-01-01T00:00,1\n2022-01-01T01:00,1\n";
        let refused = covers("s.csv", read(csv, &seoul()).unwrap(), &seoul(), Hours(0.5), Hours(8.0));
        assert!(refused.unwrap_err()[0].message.contains("2022-01-01T08:30"));
    }
}
