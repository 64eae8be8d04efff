//! Histories: past outages, one in each row of a CSV file.

use std::collections::BTreeMap;
use std::ops::Range;

use csv::StringRecord;
use jiff::civil::DateTime;
use jiff::fmt::temporal::Pieces;
use jiff::tz::Offset;

use super::finding::{Finding, Findings, Place};
use super::section::nearest;
use super::value::{Fault, parse_duration};
use crate::fit::{Record, Span};
use crate::quantity::Hours;

/// Headings under which the beginning of an outage is looked for.
const START: [&str; 9] =
    ["start", "started", "begin", "시작", "시작일시", "시작시각", "발생", "발생일시", "발생시각"];

/// Headings under which its length is looked for.
const HOURS: [&str; 7] = ["hours", "duration", "lasted", "시간", "지속", "지속시간", "장애시간"];

/// Headings under which its end is looked for.
const END: [&str; 9] =
    ["end", "ended", "restored", "종료", "종료일시", "종료시각", "복구", "복구일시", "복구시각"];

/// Faults of one file beyond this are not worth telling.
const MOST_FAULTS: usize = 100;

/// Two ways to give a length may differ by a rounded minute, in hours.
const ROUNDED: f64 = 1.0 / 60.0 + 1e-9;

/// Reads a history. A span that is stated holds every outage.
///
/// # Errors
///
/// Returns every fault of the file, up to a hundred, each with its row.
pub fn history(text: &str, span: Option<Span>) -> Result<Vec<Record>, Vec<Finding>> {
    let findings = Findings::new(text);
    let mut reader =
        csv::ReaderBuilder::new().trim(csv::Trim::All).flexible(true).from_reader(text.as_bytes());
    let head = reader.headers().cloned().unwrap_or_default();
    let Some(columns) = Columns::find(&head, text, &findings) else {
        return Err(findings.finish().0);
    };
    let mut records = Vec::new();
    let mut first: BTreeMap<(DateTime, u64), usize> = BTreeMap::new();
    let mut faults = 0;
    for row in reader.records() {
        // Text in memory can be read, and rows may have any length.
        let Ok(row) = row else { continue };
        if row.iter().all(str::is_empty) {
            continue;
        }
        let line = line_of(text, row.position().map_or(0, |place| place.byte() as usize));
        let read = columns.record(&row, head.len()).and_then(|record| {
            outside(record, span)?;
            match first.insert((record.start, record.lasts.0.to_bits()), line.start) {
                Some(byte) => Err(Fault::new(
                    format!("the outage of line {} stands here again", Place::of(text, byte).line),
                    "keep one row for each outage",
                )),
                None => Ok(record),
            }
        });
        match read {
            Ok(record) => records.push(record),
            Err(fault) if faults < MOST_FAULTS => {
                faults += 1;
                findings.error(line, fault.message, fault.mend);
            }
            Err(_) => {
                let message = format!("reading stopped after {MOST_FAULTS} faults");
                findings.error(line, message, "mend these and read again");
                break;
            }
        }
    }
    if findings.any_error() { Err(findings.finish().0) } else { Ok(records) }
}

/// Where in the file a row stands; blank lines before it are none of it.
fn line_of(text: &str, byte: usize) -> Range<usize> {
    let byte = text.floor_char_boundary(byte);
    let start = byte + text[byte..].len() - text[byte..].trim_start_matches(['\r', '\n']).len();
    let end = text[start..].find(['\r', '\n']).map_or(text.len(), |end| start + end);
    start..end
}

fn outside(record: Record, span: Option<Span>) -> Result<(), Fault> {
    match span {
        Some(span) if !span.holds(record.start) => {
            let side = if record.start < span.from { "before" } else { "after" };
            Err(Fault::new(
                format!("the outage begins {side} the time that was observed"),
                "drop the row, or widen --from and --to",
            ))
        }
        _ => Ok(()),
    }
}

/// The columns of a file.
struct Columns {
    start: usize,
    hours: Option<usize>,
    end: Option<usize>,
}

impl Columns {
    fn find(head: &StringRecord, text: &str, findings: &Findings<'_>) -> Option<Self> {
        let line = line_of(text, 0);
        if head.iter().all(str::is_empty) {
            findings.error(
                line,
                "the file is empty",
                "give a head, start,hours, and a row for each outage",
            );
            return None;
        }
        if head.len() == 1 && head[0].contains([';', '\t']) {
            let message = "the columns are not parted by commas";
            findings.error(line, message, "save the file as CSV with commas");
            return None;
        }
        let named = |names: &[&str]| -> Vec<usize> {
            let known = |header: &str| names.contains(&header.to_lowercase().as_str());
            head.iter().enumerate().filter(|(_, header)| known(header)).map(|(place, _)| place).collect()
        };
        let (start, hours, end) = (named(&START), named(&HOURS), named(&END));
        for (key, columns) in [("start", &start), ("hours", &hours), ("end", &end)] {
            if let [first, second, ..] = columns[..] {
                let message = format!("columns {:?} and {:?} both say {key}", &head[first], &head[second]);
                findings.error(line.clone(), message, "keep one of them");
            }
        }
        let missing = |what: &str, names: &[&str], mend: &str| {
            let known = |header: &&str| {
                let header = header.to_lowercase();
                [&START[..], &HOURS, &END].concat().contains(&header.as_str())
            };
            let meant = head
                .iter()
                .filter(|header| !known(header))
                .find_map(|header| Some((header, nearest(&header.to_lowercase(), names.iter().copied())?)));
            let mend = match meant {
                Some((header, name)) => format!("did you mean {name} by {header:?}?"),
                None => mend.to_owned(),
            };
            let given = head.iter().collect::<Vec<_>>().join(", ");
            findings.error(line.clone(), format!("no column {what}; the columns are: {given}"), mend);
        };
        if start.is_empty() {
            missing("start", &START, "head the column start or 시작");
        }
        if hours.is_empty() && end.is_empty() {
            missing(
                "hours, and none end",
                &[&HOURS[..], &END].concat(),
                "head a column hours or 시간, end or 종료",
            );
        }
        let (hours, end) = (hours.first().copied(), end.first().copied());
        let start = *start.first().filter(|_| !findings.any_error())?;
        Some(Self { start, hours, end })
    }

    fn record(&self, row: &StringRecord, width: usize) -> Result<Record, Fault> {
        if row.len() != width {
            return Err(Fault::new(
                format!("{} fields, where the head has {width}", row.len()),
                "give every row the same columns; put a text with a comma in quotes",
            ));
        }
        let field =
            |column: Option<usize>| column.map(|column| &row[column]).filter(|text| !text.is_empty());
        let start = moment(field(Some(self.start)).unwrap_or_default())?;
        let said = field(self.hours).map(hours).transpose()?;
        let by_clock = field(self.end).map(|text| start.until(&moment(text)?)).transpose()?;
        let lasts = match (said, by_clock) {
            (Some(said), Some(by_clock)) if (said - by_clock).abs() > ROUNDED => {
                return Err(Fault::new(
                    format!("{said} h are given, and {by_clock} h lie between start and end"),
                    "keep the one that is right, and leave the other empty",
                ));
            }
            (Some(hours), _) | (None, Some(hours)) => Hours(hours),
            (None, None) => {
                return Err(Fault::new("how long the outage lasted is not said", "give hours or an end"));
            }
        };
        Ok(Record { start: start.local, lasts })
    }
}

/// Reads a length in hours, as a number or with units.
fn hours(text: &str) -> Result<f64, Fault> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let number = text.parse().ok().filter(|_| plain).or_else(|| parse_duration(text).ok().map(|h| h.0));
    match number {
        Some(hours) if hours > 0.0 && f64::is_finite(hours) => Ok(hours),
        Some(hours) => Err(Fault::new(format!("an outage of {hours} h"), "give a length above 0")),
        None => Err(Fault::new(
            format!("{text:?} is no length of an outage"),
            "write hours, such as 4.5, or units, such as 4h 30m or 4시간 30분",
        )),
    }
}

/// A moment as the file tells it.
struct Moment<'t> {
    text: &'t str,
    local: DateTime,
    offset: Option<Offset>,
    /// A date alone.
    day: bool,
}

fn moment(text: &str) -> Result<Moment<'_>, Fault> {
    let pieces = Pieces::parse(text).map_err(|_| {
        Fault::new(format!("{text:?} is no date and no time"), "write 2022-10-15 or 2022-10-15T15:30")
    })?;
    let local = pieces.date().to_datetime(pieces.time().unwrap_or_default());
    Ok(Moment { text, local, offset: pieces.to_numeric_offset(), day: pieces.time().is_none() })
}

impl Moment<'_> {
    /// Returns the hours from this moment to an end: by offsets where both have one,
    /// by the clock on the wall where none has.
    fn until(&self, end: &Moment<'_>) -> Result<f64, Fault> {
        if let Some(day) = [self, end].into_iter().find(|moment| moment.day) {
            return Err(Fault::new(
                format!("{:?} has no time of day, so that no hours can be counted", day.text),
                "write 2022-10-15T15:30, or give the hours",
            ));
        }
        let passed = end.local.duration_since(self.local).as_secs_f64();
        let shift = match (self.offset, end.offset) {
            (Some(start), Some(end)) => f64::from(start.seconds() - end.seconds()),
            (None, None) => 0.0,
            _ => {
                return Err(Fault::new(
                    "one of start and end has an offset, the other has none",
                    "write an offset, such as +09:00, to both or to none",
                ));
            }
        };
        let hours = (passed + shift) / 3600.0;
        if hours > 0.0 {
            return Ok(hours);
        }
        let message = format!("the end {} is not after the start {}", end.text, self.text);
        Err(Fault::new(message, "mend the one that is wrong"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn lengths(text: &str) -> Vec<f64> {
        history(text, None).unwrap().iter().map(|record| record.lasts.0).collect()
    }

    fn told(text: &str) -> Vec<String> {
        history(text, None).unwrap_err().into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn lengths_as_people_write_them() {
        let text = "Start,Note,Hours\n2022-10-15T15:30,a,127.5\n2022-10-16,b,4h 30m\n\n2022-10-17,c,127시간 30분\n,,\n";
        assert_eq!(lengths(text), [127.5, 4.5, 127.5]);
        let korean = "시작,종료\n2022-10-15 15:30,2022-10-20 23:00\n";
        assert_eq!(lengths(korean), [127.5]);
        // Clocks go back between the two: only the offsets know of the 25th hour.
        let offsets = "start,end\n2024-11-03T00:00-04:00,2024-11-04T00:00-05:00\n";
        assert_eq!(lengths(offsets), [25.0]);
        let both =
            "start,hours,end\n2024-01-01T00:00,1.48,2024-01-01T01:29\n2024-01-02T00:00,,2024-01-02T03:00\n";
        assert_eq!(lengths(both), [1.48, 3.0]);
    }

    #[test]
    fn every_bad_row_is_told_with_its_place() {
        let text = "start,hours\nyesterday,1\n2022-01-02,0\n2022-01-03,4:30\n2022-01-04\n2022-01-05,2\n2022-01-05,2\n";
        let found = history(text, None).unwrap_err();
        let places: Vec<usize> =
            found.iter().map(|finding| Place::of(text, finding.span.start).line).collect();
        assert_eq!(places, [2, 3, 4, 5, 7], "{found:?}");
    }

    #[test]
    fn a_column_that_is_misspelt_is_suggested() {
        let found = history("strat,hours\n", None).unwrap_err();
        assert_eq!(found[0].mend, "did you mean start by \"strat\"?");
        let found = history("start,huors\n", None).unwrap_err();
        assert_eq!(found[0].mend, "did you mean hours by \"huors\"?");
        assert_eq!(told("start,시작,hours\n").len(), 1);
        assert_eq!(told("").len(), 1);
    }

    #[test]
    fn a_stated_span_holds_every_outage() {
        let span = Span::days(date(2022, 1, 1), date(2022, 12, 31)).unwrap();
        let text = "start,hours\n2021-12-31T23:59,1\n2022-12-31T23:59,1\n2023-01-01,1\n";
        assert_eq!(history(text, Some(span)).unwrap_err().len(), 2);
    }
}
