//! Sales in Parquet, row group by row group: one group is in memory at a time.

use std::fs::File;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use polars::prelude::{Column, DataType, ParquetReader, PolarsError, SerReader, TimeUnit};

use super::intake::{Row, Value};
use super::seen;
use super::{Head, Table, Unread};
use crate::read::value::Fault;

/// Rows of a row group that are read at once; a larger group is read in parts.
const AT_ONCE: usize = 4_000_000;

/// A Parquet file of which the columns are known.
pub struct Parquet {
    name: String,
    head: Head,
    /// How many rows each part has.
    parts: Vec<usize>,
}

impl Parquet {
    /// Opens a file and reads its columns and row groups.
    ///
    /// # Errors
    ///
    /// Refuses a file that cannot be read, and one that is no Parquet.
    pub fn open(name: &str) -> Result<Self, Unread> {
        // A file that cannot be opened is told as such, and not as a fault of its columns.
        File::open(name).map_err(|error| Unread::File(name.to_owned(), error))?;
        let mut reader = crate::read::parquet::open(name.as_ref())?;
        let schema = reader.schema().map_err(|error| broken(&error))?;
        let names = schema.iter_names().map(|name| name.to_string()).collect();
        let metadata = reader.get_metadata().map_err(|error| broken(&error))?;
        let parts = metadata.row_groups.iter().flat_map(|group| {
            let rows = group.num_rows();
            (0..rows).step_by(AT_ONCE).map(move |from| AT_ONCE.min(rows - from))
        });
        let parts = parts.collect();
        Ok(Self { name: name.to_owned(), head: Head { names, above: vec![], form: "Parquet" }, parts })
    }
}

fn broken(error: &PolarsError) -> Fault {
    Fault::new(error.to_string(), "store it as Parquet with columns of time and amount, or give CSV")
}

/// The values of a column.
enum Cells {
    Texts(Vec<Option<String>>),
    Numbers(Vec<Option<f64>>),
    /// Microseconds since 1970, on local clocks or in UTC.
    Times(Vec<Option<i64>>, bool),
}

impl Cells {
    fn of(column: &Column) -> Result<Self, PolarsError> {
        match column.dtype() {
            DataType::Datetime(_, zone) => {
                let micros = column.cast(&DataType::Datetime(TimeUnit::Microseconds, zone.clone()))?;
                let micros = micros.cast(&DataType::Int64)?;
                Ok(Self::Times(micros.i64()?.iter().collect(), zone.is_some()))
            }
            kind if kind.is_primitive_numeric() => {
                let numbers = column.cast(&DataType::Float64)?;
                Ok(Self::Numbers(numbers.f64()?.iter().collect()))
            }
            _ => {
                let texts = column.cast(&DataType::String)?;
                Ok(Self::Texts(texts.str()?.iter().map(|text| text.map(str::to_owned)).collect()))
            }
        }
    }

    fn at(&self, row: usize) -> Value<'_> {
        match self {
            Self::Texts(texts) => {
                texts[row].as_ref().map_or(Value::Empty, |text| Value::Text(text.as_bytes()))
            }
            Self::Numbers(numbers) => numbers[row].map_or(Value::Empty, Value::Number),
            Self::Times(micros, zoned) => {
                let instant = micros[row].and_then(|micros| Timestamp::from_microsecond(micros).ok());
                match instant {
                    None => Value::Empty,
                    Some(instant) if *zoned => Value::Instant(instant),
                    Some(instant) => Value::Local(TimeZone::UTC.to_datetime(instant)),
                }
            }
        }
    }

    /// Returns what stands for the value in a fingerprint.
    fn bits(&self, row: usize) -> [u8; 8] {
        match self {
            Self::Texts(texts) => seen::print(texts[row].iter().map(String::as_bytes)).to_le_bytes(),
            Self::Numbers(numbers) => numbers[row].unwrap_or(f64::NAN).to_bits().to_le_bytes(),
            Self::Times(micros, _) => micros[row].unwrap_or(i64::MIN).to_le_bytes(),
        }
    }
}

impl Table for Parquet {
    fn head(&self) -> &Head {
        &self.head
    }

    fn each(
        self: Box<Self>,
        columns: &[Option<usize>],
        take: &mut dyn FnMut(Row<'_>) -> bool,
    ) -> Result<(), Fault> {
        let width = self.head.names.len();
        // Of all columns: rows that differ in any of them are not the same.
        let name = |place: usize| self.head.names[place].as_str();
        let mut from = 0;
        for rows in &self.parts {
            let file = File::open(&self.name)
                .map_err(|error| Fault::new(error.to_string(), "name a file that can be read"))?;
            let table = ParquetReader::new(file).with_slice(Some((from, *rows))).finish();
            let table = table.map_err(|error| broken(&error))?;
            let cells: Result<Vec<Cells>, PolarsError> =
                (0..width).map(|place| Cells::of(table.column(name(place))?)).collect();
            let cells = cells.map_err(|error| broken(&error))?;
            for row in 0..table.height() {
                let value =
                    |column: &Option<usize>| column.map_or(Value::Empty, |place| cells[place].at(row));
                let values: Vec<Value<'_>> = columns.iter().map(value).collect();
                let bits: Vec<[u8; 8]> = cells.iter().map(|cells| cells.bits(row)).collect();
                let print = seen::print(bits.iter().map(<[u8; 8]>::as_slice));
                let blank = values.iter().all(Value::is_empty);
                let number = (from + row + 1) as u64;
                if !take(Row { number, width, values: &values, print, blank }) {
                    return Ok(());
                }
            }
            from += rows;
        }
        Ok(())
    }
}
