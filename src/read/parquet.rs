//! Hourly series from Parquet, through polars.

use std::fs::File;
use std::path::Path;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use polars::prelude::{
    ArrowDataType, Column, DataFrame, DataType, ParquetReader, PolarsError, SerReader, TimeUnit,
};

use super::hourly::{REVENUE_COLUMNS, Row, TIME_COLUMNS, Time, parse_time};
use super::value::Fault;
use crate::frame::{Cells, Frame};

/// Opens a table, and refuses columns of a kind that cannot be read, before any of them is.
pub(super) fn open(path: &Path) -> Result<ParquetReader<File>, Fault> {
    let unreadable = |error: String| Fault::new(error, "name a Parquet file that can be read");
    let file = File::open(path).map_err(|error| unreadable(error.to_string()))?;
    let mut reader = ParquetReader::new(file);
    let schema = reader.schema().map_err(|error| unreadable(error.to_string()))?;
    for (name, field) in schema.iter() {
        use ArrowDataType as Kind;
        let what = match field.dtype {
            Kind::Decimal(..) | Kind::Decimal32(..) | Kind::Decimal64(..) | Kind::Decimal256(..) => {
                "decimals"
            }
            Kind::Time32(_) | Kind::Time64(_) | Kind::Duration(_) | Kind::Interval(_) => {
                "times without a day"
            }
            Kind::Binary | Kind::LargeBinary | Kind::BinaryView | Kind::FixedSizeBinary(_) => "bytes",
            Kind::List(_) | Kind::LargeList(_) | Kind::FixedSizeList(..) | Kind::Map(..) => "lists",
            Kind::Struct(_) | Kind::Union(_) => "records",
            _ => continue,
        };
        let message = format!("column {:?} holds {what}", name.as_str());
        return Err(Fault::new(
            message,
            "store amounts as whole numbers, and else numbers, text, days or times",
        ));
    }
    Ok(reader)
}

/// Reads the rows of an hourly series.
///
/// A time column holds text, local times without a zone, or instants with one.
pub fn hourly(path: &Path) -> Result<Vec<Row>, Fault> {
    let frame = open(path)?.finish().map_err(|error| unreadable(&error))?;
    let times = times(column(&frame, &TIME_COLUMNS)?)?;
    let amounts = column(&frame, &REVENUE_COLUMNS)?;
    if !amounts.dtype().is_primitive_numeric() {
        return Err(Fault::new(
            format!("revenue is a column of {}", amounts.dtype()),
            "store revenue as numbers",
        ));
    }
    let amounts = amounts.cast(&DataType::Float64).map_err(|error| unreadable(&error))?;
    let amounts = amounts.f64().map_err(|error| unreadable(&error))?;
    times
        .into_iter()
        .zip(amounts.iter())
        .enumerate()
        .map(|(row, (time, revenue))| {
            let number = row + 1;
            let time = time.ok_or_else(|| row_fault(number, "the time is empty or no time"))?;
            match revenue {
                Some(revenue) if revenue.is_finite() && revenue >= 0.0 => Ok(Row { number, time, revenue }),
                Some(revenue) => Err(row_fault(number, &format!("revenue is {revenue}"))),
                None => Err(row_fault(number, "revenue is empty")),
            }
        })
        .collect()
}

/// Reads a table in frames of so many rows, until `take` has enough.
pub(super) fn frames<E: From<Fault>>(
    path: &Path,
    rows: usize,
    take: &mut dyn FnMut(Frame) -> Result<bool, E>,
) -> Result<(), E> {
    /// Frames that are read together: a row group of what we write.
    const TOGETHER: usize = 16;
    let fault = |error: String| Fault::new(error, "name a table that can be read");
    for from in (0..).step_by(TOGETHER * rows) {
        let file = File::open(path).map_err(|error| fault(error.to_string()))?;
        let table = ParquetReader::new(file).with_slice(Some((from, TOGETHER * rows))).finish();
        let table = table.map_err(|error| fault(error.to_string()))?;
        for first in (0..table.height()).step_by(rows) {
            let frame =
                frame(&table.slice(first as i64, rows)).map_err(|error| fault(error.to_string()))?;
            if !take(frame)? {
                return Ok(());
            }
        }
        if table.height() < TOGETHER * rows {
            break;
        }
    }
    Ok(())
}

fn frame(table: &DataFrame) -> Result<Frame, PolarsError> {
    let mut frame = Frame::default();
    for column in table.columns() {
        let cells = match column.dtype() {
            DataType::UInt64 => {
                Cells::Integers(column.u64()?.iter().map(Option::unwrap_or_default).collect())
            }
            DataType::String => {
                let texts = column.str()?.iter();
                Cells::Texts(texts.map(Option::unwrap_or_default).collect())
            }
            _ => {
                let numbers = column.cast(&DataType::Float64)?;
                Cells::Numbers(numbers.f64()?.iter().map(|number| number.unwrap_or(f64::NAN)).collect())
            }
        };
        frame.column(column.name().as_str(), cells);
    }
    Ok(frame)
}

fn unreadable(error: &PolarsError) -> Fault {
    Fault::new(error.to_string(), "store the series as Parquet with columns time and revenue")
}

fn row_fault(number: usize, message: &str) -> Fault {
    Fault::new(format!("row {number}: {message}"), "give each hour its time and a revenue of 0 or more")
}

fn column<'f>(frame: &'f DataFrame, names: &[&str]) -> Result<&'f Column, Fault> {
    let found =
        frame.columns().iter().find(|column| names.contains(&column.name().to_lowercase().as_str()));
    found.ok_or_else(|| {
        let given: Vec<&str> = frame.columns().iter().map(|column| column.name().as_str()).collect();
        let message = format!("no column {:?}; the columns are: {}", names[0], given.join(", "));
        Fault::new(message, format!("name the column one of {}", names.join(", ")))
    })
}

fn times(column: &Column) -> Result<Vec<Option<Time>>, Fault> {
    match column.dtype() {
        DataType::String => {
            let texts = column.str().map_err(|error| unreadable(&error))?;
            Ok(texts.iter().map(|text| text.and_then(parse_time)).collect())
        }
        DataType::Datetime(_, zone) => {
            let zoned = zone.is_some();
            let micros = column
                .cast(&DataType::Datetime(TimeUnit::Microseconds, zone.clone()))
                .and_then(|column| column.cast(&DataType::Int64))
                .map_err(|error| unreadable(&error))?;
            let micros = micros.i64().map_err(|error| unreadable(&error))?;
            let time = |micros: Option<i64>| {
                let instant = Timestamp::from_microsecond(micros?).ok()?;
                Some(if zoned {
                    Time::Instant(instant)
                } else {
                    Time::Local(TimeZone::UTC.to_datetime(instant))
                })
            };
            Ok(micros.iter().map(time).collect())
        }
        other => Err(Fault::new(
            format!("time is a column of {other}"),
            "store time as text or as date and time",
        )),
    }
}
