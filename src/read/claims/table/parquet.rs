//! Claims from Parquet, one group of rows after another.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use polars::prelude::{Column, DataFrame, DataType, ParquetReader, PolarsError, SerReader, TimeUnit};

use super::{push_text, push_time};
use crate::read::value::Fault;

/// The most rows that are held at a time.
const TOGETHER: usize = 1 << 18;

/// A table as the text of a CSV file, made while it is read.
pub struct Parquet {
    path: PathBuf,
    /// Rows that are yet to be read, as stretches of no more than are held at a time.
    stretches: Vec<(usize, usize)>,
    text: Vec<u8>,
    given: usize,
}

impl Parquet {
    /// Opens a table.
    ///
    /// # Errors
    ///
    /// Refuses what is no Parquet, and a column that no cell of a claim can be.
    pub fn open(path: &Path) -> Result<Self, Fault> {
        let unreadable = |error: String| Fault::new(error, "name a Parquet file with a row for each claim");
        let file = File::open(path).map_err(|error| unreadable(error.to_string()))?;
        let mut reader = ParquetReader::new(file);
        let metadata = reader.get_metadata().map_err(|error| unreadable(error.to_string()))?;
        let mut stretches = Vec::new();
        let mut from = 0;
        for group in &metadata.row_groups {
            let end = from + group.num_rows();
            for start in (from..end).step_by(TOGETHER) {
                stretches.push((start, TOGETHER.min(end - start)));
            }
            from = end;
        }
        stretches.reverse();
        let mut table = Self { path: path.to_owned(), stretches, text: Vec::new(), given: 0 };
        let first = table.frame(0, 1).map_err(|error| unreadable(error.to_string()))?;
        for column in first.columns() {
            kind(column.dtype()).map_err(|what| {
                let message = format!("column {:?} holds {what}", column.name().as_str());
                Fault::new(message, "store numbers, text, days, or local times without a zone")
            })?;
        }
        for (place, column) in first.columns().iter().enumerate() {
            if place > 0 {
                table.text.push(b',');
            }
            push_text(column.name().as_str(), &mut table.text);
        }
        table.text.push(b'\n');
        Ok(table)
    }

    fn frame(&self, from: usize, rows: usize) -> Result<DataFrame, PolarsError> {
        let file = File::open(&self.path).map_err(PolarsError::from)?;
        ParquetReader::new(file).with_slice(Some((from, rows))).finish()
    }

    /// Writes the next rows as text; nothing where there are none.
    fn more(&mut self) -> Result<bool, PolarsError> {
        let Some((from, rows)) = self.stretches.pop() else { return Ok(false) };
        let frame = self.frame(from, rows)?;
        let columns = frame.columns().iter().map(Cells::of).collect::<Result<Vec<_>, _>>()?;
        self.text.clear();
        self.given = 0;
        for row in 0..frame.height() {
            for (place, cells) in columns.iter().enumerate() {
                if place > 0 {
                    self.text.push(b',');
                }
                cells.push(row, &mut self.text);
            }
            // A row of one empty cell would be no row.
            if columns.len() == 1 && self.text.last().is_none_or(|byte| *byte == b'\n') {
                self.text.extend_from_slice(b"\"\"");
            }
            self.text.push(b'\n');
        }
        Ok(true)
    }
}

impl Read for Parquet {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.given == self.text.len() {
            if !self.more().map_err(|error| io::Error::other(error.to_string()))? {
                return Ok(0);
            }
        }
        let taken = (&self.text[self.given..]).read(into)?;
        self.given += taken;
        Ok(taken)
    }
}

#[derive(Clone, Copy)]
enum Kind {
    Whole,
    Number,
    Text,
    Time,
    Day,
}

fn kind(dtype: &DataType) -> Result<Kind, String> {
    match dtype {
        DataType::String => Ok(Kind::Text),
        DataType::Datetime(_, None) => Ok(Kind::Time),
        DataType::Datetime(_, Some(zone)) => Err(format!("times of the zone {zone}")),
        DataType::Date => Ok(Kind::Day),
        DataType::Float32 | DataType::Float64 => Ok(Kind::Number),
        whole if whole.is_integer() => Ok(Kind::Whole),
        other => Err(other.to_string()),
    }
}

/// The cells of a column; nothing where none is given.
enum Cells {
    Whole(Vec<Option<i64>>),
    Number(Vec<Option<f64>>),
    Text(Column),
    Time(Vec<Option<i64>>, bool),
}

impl Cells {
    fn of(column: &Column) -> Result<Self, PolarsError> {
        let kind = kind(column.dtype()).map_err(|what| PolarsError::ComputeError(what.into()))?;
        let wholes = |column: &Column| -> Result<Vec<Option<i64>>, PolarsError> {
            Ok(column.cast(&DataType::Int64)?.i64()?.iter().collect())
        };
        Ok(match kind {
            Kind::Whole => Self::Whole(wholes(column)?),
            Kind::Number => Self::Number(column.cast(&DataType::Float64)?.f64()?.iter().collect()),
            Kind::Text => Self::Text(column.rechunk()),
            Kind::Time => {
                Self::Time(wholes(&column.cast(&DataType::Datetime(TimeUnit::Microseconds, None))?)?, false)
            }
            Kind::Day => {
                let days = column
                    .cast(&DataType::Int32)?
                    .i32()?
                    .iter()
                    .map(|day| Some(i64::from(day?) * 86_400_000_000))
                    .collect();
                Self::Time(days, true)
            }
        })
    }

    fn push(&self, row: usize, out: &mut Vec<u8>) {
        use std::io::Write;
        // Writing to memory never fails.
        match self {
            Self::Whole(cells) => {
                if let Some(number) = cells[row] {
                    let _ = write!(out, "{number}");
                }
            }
            Self::Number(cells) => {
                if let Some(number) = cells[row] {
                    let _ = write!(out, "{number}");
                }
            }
            Self::Text(column) => {
                if let Some(text) = column.str().ok().and_then(|texts| texts.get(row)) {
                    push_text(text, out);
                }
            }
            Self::Time(cells, day_alone) => {
                if let Some(instant) =
                    cells[row].and_then(|micros| Timestamp::from_microsecond(micros).ok())
                {
                    push_time(TimeZone::UTC.to_datetime(instant), *day_alone, out);
                }
            }
        }
    }
}
