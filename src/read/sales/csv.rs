//! Sales in CSV, row by row: a file of any length takes the same memory.

use std::borrow::Cow;
use std::io::{Cursor, Read};

use csv::{ByteRecord, Reader, ReaderBuilder};

use super::intake::{CP949, Row, UTF8, Value, decode};
use super::seen;
use super::{Head, Table};
use crate::read::value::Fault;

/// What parts columns, in the order in which it is tried.
const DELIMITERS: [u8; 4] = [b',', b'\t', b';', b'|'];

/// How much of a file is looked at for its headings.
const LOOK: usize = 64 * 1024;

/// Rows among which the headings are looked for.
const ROWS: usize = 20;

/// A field beyond this is no field.
const WIDEST: usize = 1024 * 1024;

/// A CSV file of which the headings have been found.
pub struct Csv {
    rows: Reader<Box<dyn Read>>,
    head: Head,
}

impl Csv {
    /// Opens a file and finds its headings, by a test of what headings are.
    ///
    /// # Errors
    ///
    /// Refuses a file that cannot be read, is empty or in UTF-16.
    pub fn open(mut file: Box<dyn Read>, is_head: &dyn Fn(&[String]) -> bool) -> Result<Self, Fault> {
        let mut start = Vec::new();
        let looked = (&mut file).take(LOOK as u64).read_to_end(&mut start);
        looked.map_err(|error| Fault::new(error.to_string(), "name a file that can be read"))?;
        if start.starts_with(b"\xff\xfe") || start.starts_with(b"\xfe\xff") {
            let mend = "save it as CSV UTF-8, or as xlsx";
            return Err(Fault::new("the file is in UTF-16", mend));
        }
        let marked = start.starts_with(b"\xef\xbb\xbf");
        if marked {
            start.drain(..3);
        }
        if start.trim_ascii().is_empty() {
            return Err(Fault::new("the file is empty", "give headings, such as 거래일시,금액, and rows"));
        }
        // A row that the look cuts in two is none.
        let last = start.iter().rposition(|byte| *byte == b'\n').map_or(start.len(), |at| at + 1);
        let whole = if start.len() < LOOK - 3 { start.len() } else { last };
        let heads = DELIMITERS.map(|by| (by, first_rows(&start[..whole], by)));
        let found = heads.iter().find_map(|(by, rows)| {
            let at = rows.iter().position(|row| is_head(row))?;
            Some((*by, at, rows))
        });
        let widest = |rows: &[Vec<String>]| rows.first().map_or(0, Vec::len);
        let (by, at, rows) = found.unwrap_or_else(|| {
            // No headings are known: tell of the first row as the delimiter parts it best.
            let (by, rows) = heads.iter().rev().max_by_key(|(_, rows)| widest(rows)).expect("four");
            (*by, 0, rows)
        });
        let head = Head {
            names: rows.get(at).cloned().unwrap_or_default(),
            above: rows[..at.min(rows.len())].iter().map(|row| row.join(" ")).collect(),
            form: match std::str::from_utf8(&start[..whole]) {
                Err(_) => CP949,
                Ok(_) if marked => "UTF-8 with BOM",
                Ok(_) => UTF8,
            },
        };
        let mut rows = reader(by, Box::new(Cursor::new(start).chain(file)) as Box<dyn Read>);
        let mut skipped = ByteRecord::new();
        for _ in 0..=at {
            rows.read_byte_record(&mut skipped).map_err(|error| broken(&error))?;
        }
        Ok(Self { rows, head })
    }
}

fn reader<R: Read>(by: u8, source: R) -> Reader<R> {
    ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(by)
        .buffer_capacity(1 << 20)
        .from_reader(source)
}

fn first_rows(start: &[u8], by: u8) -> Vec<Vec<String>> {
    let cp949 = std::str::from_utf8(start).is_err();
    let text = |field: &[u8]| {
        decode(field, cp949).map_or_else(|_| String::from_utf8_lossy(field).into_owned(), Cow::into_owned)
    };
    let mut rows = reader(by, start);
    let rows = rows.byte_records().take(ROWS).filter_map(Result::ok);
    rows.map(|row| row.iter().map(text).map(|field| field.trim().to_owned()).collect()).collect()
}

fn broken(error: &csv::Error) -> Fault {
    Fault::new(error.to_string(), "save the file as CSV again")
}

impl Table for Csv {
    fn head(&self) -> &Head {
        &self.head
    }

    fn each(
        mut self: Box<Self>,
        columns: &[Option<usize>],
        take: &mut dyn FnMut(Row<'_>) -> bool,
    ) -> Result<(), Fault> {
        let mut record = ByteRecord::new();
        while self.rows.read_byte_record(&mut record).map_err(|error| broken(&error))? {
            let number = record.position().map_or(0, csv::Position::line);
            if record.as_slice().len() > WIDEST {
                let message = format!("the row of line {number} is longer than {WIDEST} bytes");
                return Err(Fault::new(message, "is a quote left open before it?"));
            }
            let field = |column: &Option<usize>| match column.and_then(|column| record.get(column)) {
                Some(bytes) => Value::Text(bytes),
                None => Value::Empty,
            };
            let print = seen::print(record.iter());
            let (few, many);
            let values: &[Value<'_>] = match columns {
                [a, b, c, d] => {
                    few = [field(a), field(b), field(c), field(d)];
                    &few
                }
                more => {
                    many = more.iter().map(field).collect::<Vec<_>>();
                    &many
                }
            };
            let blank = record.iter().all(|field| field.trim_ascii().is_empty());
            if !take(Row { number, width: record.len(), values, print, blank }) {
                return Ok(());
            }
        }
        Ok(())
    }
}
