//! Claims from Parquet, one group of rows after another.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use polars::prelude::{
    Column, DataFrame, DataType, ParquetReader, PolarsError, SerReader, StringChunked, TimeUnit,
};

use super::push_text;
use crate::read::claims::cells::Cell;
use crate::read::claims::{Chunk, Encoding, Heads, Place, Unreadable};
use crate::read::parquet::open;
use crate::read::value::Fault;

/// The most rows that are read at a time: a group of most writers.
const TOGETHER: usize = 1 << 19;

/// Rows of a piece.
const ROWS: usize = 1 << 14;

/// A file as stretches of rows that are read one after another.
struct Stretches {
    path: PathBuf,
    /// Those that are yet to be read, the next one last: first row, and rows.
    left: Vec<(usize, usize)>,
    /// All rows.
    rows: usize,
}

impl Stretches {
    /// Opens a file; also returns the names of its columns.
    fn open(path: &Path) -> Result<(Self, Vec<String>), Fault> {
        let unreadable = |error: String| Fault::new(error, "name a Parquet file with a row for each claim");
        let mut reader = open(path)?;
        let metadata = reader.get_metadata().map_err(|error| unreadable(error.to_string()))?;
        let (mut left, mut rows) = (Vec::new(), 0);
        for group in &metadata.row_groups {
            let end = rows + group.num_rows();
            // Parts of about the same size: to read a part costs about as much as its group.
            let parts = group.num_rows().div_ceil(TOGETHER).max(1);
            let part = group.num_rows().div_ceil(parts).max(1);
            left.extend((rows..end).step_by(part).map(|from| (from, part.min(end - from))));
            rows = end;
        }
        left.reverse();
        let stretches = Self { path: path.to_owned(), left, rows };
        let first = stretches.frame(0, 1).map_err(|error| unreadable(error.to_string()))?;
        for column in first.columns() {
            kind(column.dtype()).map_err(|what| {
                let message = format!("column {:?} holds {what}", column.name().as_str());
                Fault::new(message, "store numbers, text, days, or local times without a zone")
            })?;
        }
        let names = first.columns().iter().map(|column| column.name().to_string()).collect();
        Ok((stretches, names))
    }

    fn frame(&self, from: usize, rows: usize) -> Result<DataFrame, PolarsError> {
        let file = File::open(&self.path).map_err(PolarsError::from)?;
        ParquetReader::new(file).with_slice(Some((from, rows))).finish()
    }

    /// Reads the next stretch; nothing at the end.
    fn next(&mut self) -> io::Result<Option<DataFrame>> {
        let Some((from, rows)) = self.left.pop() else { return Ok(None) };
        self.frame(from, rows).map(Some).map_err(|error| io::Error::other(error.to_string()))
    }

    /// Goes on behind so many rows.
    fn pass(&mut self, rows: usize) {
        while let Some((from, count)) = self.left.pop_if(|(from, _)| *from < rows) {
            if from + count > rows {
                self.left.push((rows, from + count - rows));
            }
        }
    }
}

/// A table in pieces of whole rows, as [`crate::read::claims::Chunks`] are those of a text.
/// Places in it count rows where those of a text count bytes.
pub struct Table {
    stretches: Stretches,
    heads: Heads,
    /// Rows that were read and are in no piece yet.
    ahead: DataFrame,
    at: Place,
}

impl Table {
    /// Opens a table and reads its head.
    ///
    /// # Errors
    ///
    /// Refuses what is no Parquet, a column that no cell of a claim can be, and every fault of
    /// the head.
    pub fn open(path: &Path, pass_over: bool) -> Result<Self, Unreadable> {
        let (stretches, names) = Stretches::open(path).map_err(|fault| Unreadable::Head(vec![fault]))?;
        let heads = Heads::read(names.iter().map(String::as_str), pass_over).map_err(Unreadable::Head)?;
        // Text of a table is UTF-8, whatever it says.
        let at = Place { encoding: Encoding::Utf8, lines: 1, ..Place::default() };
        Ok(Self { stretches, heads, ahead: DataFrame::empty(), at })
    }

    /// Returns what each column holds.
    pub fn heads(&self) -> &Heads {
        &self.heads
    }

    /// Returns how many rows it has.
    pub fn rows(&self) -> u64 {
        self.stretches.rows as u64
    }

    /// Returns where the next piece begins.
    pub fn at(&self) -> Place {
        self.at
    }

    /// Goes on at a place that an earlier piece has ended at.
    pub fn go_on(&mut self, at: Place) {
        self.stretches.pass(at.rows as usize);
        (self.ahead, self.at) = (DataFrame::empty(), at);
    }

    /// Returns the next piece, or nothing at the end.
    ///
    /// # Errors
    ///
    /// Whatever keeps the file from being read.
    pub fn piece(&mut self) -> io::Result<Option<Chunk>> {
        while self.ahead.height() == 0 {
            match self.stretches.next()? {
                Some(frame) => self.ahead = frame,
                None => return Ok(None),
            }
        }
        let frame = self.ahead.slice(0, ROWS);
        self.ahead = self.ahead.slice(ROWS as i64, usize::MAX);
        let slice = Slice::of(&frame).map_err(|error| io::Error::other(error.to_string()))?;
        let (from, rows) = (self.at, slice.rows as u64);
        self.at =
            Place { bytes: from.bytes + rows, rows: from.rows + rows, lines: from.lines + rows, ..from };
        Ok(Some(Chunk::of_table(slice, from, self.at)))
    }
}

/// A table as the text of a CSV file, made while it is read.
pub struct Parquet {
    stretches: Stretches,
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
        let (stretches, names) = Stretches::open(path)?;
        let mut text = Vec::new();
        for (place, name) in names.iter().enumerate() {
            if place > 0 {
                text.push(b',');
            }
            push_text(name, &mut text);
        }
        text.push(b'\n');
        Ok(Self { stretches, text, given: 0 })
    }

    /// Writes the next rows as text; nothing where there are none.
    fn more(&mut self) -> io::Result<bool> {
        let Some(frame) = self.stretches.next()? else { return Ok(false) };
        let slice = Slice::of(&frame).map_err(|error| io::Error::other(error.to_string()))?;
        self.text.clear();
        self.given = 0;
        let mut cell = String::new();
        for row in 0..slice.rows {
            for place in 0..slice.columns.len() {
                if place > 0 {
                    self.text.push(b',');
                }
                cell.clear();
                slice.cell(row, place).write(&mut cell);
                push_text(&cell, &mut self.text);
            }
            // A row of one empty cell would be no row.
            if slice.columns.len() == 1 && cell.is_empty() {
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
            if !self.more()? {
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
        DataType::String | DataType::Categorical(..) | DataType::Enum(..) => Ok(Kind::Text),
        // A column without any cell has no kind either.
        DataType::Null => Ok(Kind::Whole),
        DataType::Datetime(_, None) => Ok(Kind::Time),
        DataType::Datetime(_, Some(zone)) => Err(format!("times of the zone {zone}")),
        DataType::Date => Ok(Kind::Day),
        DataType::Float32 | DataType::Float64 => Ok(Kind::Number),
        whole if whole.is_integer() => Ok(Kind::Whole),
        other => Err(other.to_string()),
    }
}

/// Some rows of a table, column by column.
#[derive(Clone, Debug)]
pub struct Slice {
    columns: Vec<Cells>,
    rows: usize,
}

/// The cells of a column; nothing where none is given.
#[derive(Clone, Debug)]
enum Cells {
    Whole(Vec<Option<i64>>),
    Number(Vec<Option<f64>>),
    Text(StringChunked),
    /// Seconds, and whether they are days.
    Time(Vec<Option<i64>>, bool),
}

impl Slice {
    fn of(frame: &DataFrame) -> Result<Self, PolarsError> {
        let columns = frame.columns().iter().map(Cells::of).collect::<Result<_, _>>()?;
        Ok(Self { columns, rows: frame.height() })
    }

    /// Returns how many rows there are.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Returns the cell of a row in a column.
    #[inline]
    pub fn cell(&self, row: usize, place: usize) -> Cell<'_> {
        match &self.columns[place] {
            Cells::Whole(cells) => cells[row].map_or(Cell::Nothing, Cell::Whole),
            Cells::Number(cells) => cells[row].map_or(Cell::Nothing, Cell::Number),
            Cells::Text(cells) => cells.get(row).map_or(Cell::Nothing, Cell::Text),
            Cells::Time(cells, day_alone) => {
                cells[row].map_or(Cell::Nothing, |seconds| Cell::Time(seconds, *day_alone))
            }
        }
    }
}

/// Returns whether some number is beyond 63 binary digits.
fn beyond_words(column: &Column) -> bool {
    let most = column.u64().ok().and_then(|cells| cells.iter().flatten().max());
    most.is_some_and(|most| i64::try_from(most).is_err())
}

impl Cells {
    fn of(column: &Column) -> Result<Self, PolarsError> {
        let kind = kind(column.dtype()).map_err(|what| PolarsError::ComputeError(what.into()))?;
        let each = |cells: &Column, of: fn(i64) -> i64| -> Result<Vec<Option<i64>>, PolarsError> {
            Ok(cells.cast(&DataType::Int64)?.i64()?.iter().map(|cell| cell.map(of)).collect())
        };
        Ok(match kind {
            // What no signed word holds may still be a name, and must be neither missing nor another.
            Kind::Whole if beyond_words(column) => {
                Self::Text(column.cast(&DataType::String)?.rechunk().str()?.clone())
            }
            Kind::Whole => Self::Whole(each(column, |cell| cell)?),
            Kind::Number if *column.dtype() == DataType::Float32 => {
                // The shortest decimal form is that of the narrow number.
                let wide = |cell: f32| cell.to_string().parse().unwrap_or(f64::NAN);
                Self::Number(column.f32()?.iter().map(|cell| cell.map(wide)).collect())
            }
            Kind::Number => Self::Number(column.f64()?.iter().collect()),
            Kind::Text => Self::Text(column.cast(&DataType::String)?.rechunk().str()?.clone()),
            Kind::Time => {
                let micros = column.cast(&DataType::Datetime(TimeUnit::Microseconds, None))?;
                Self::Time(each(&micros, |micros| micros.div_euclid(1_000_000))?, false)
            }
            Kind::Day => {
                let days = column.cast(&DataType::Int32)?;
                Self::Time(each(&days, |days| days * 86_400)?, true)
            }
        })
    }
}
