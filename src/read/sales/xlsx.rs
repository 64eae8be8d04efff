//! Sales in xlsx, cell by cell: cached values alone, of one sheet.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use calamine::{DataRef, ExcelDateTime, Reader, SheetVisible, Xlsx, XlsxCellReader, open_workbook};
use jiff::civil::DateTime;

use super::intake::{Row, Value};
use super::seen;
use super::{Head, Table};
use crate::read::value::Fault;

type Book = Xlsx<BufReader<File>>;

/// Rows among which the headings are looked for.
const ROWS: usize = 20;

/// Texts of a workbook beyond this, unpacked, are no texts of sales.
const MOST_TEXT: u64 = 256 * 1024 * 1024;

/// Files that a workbook of sales does not reach.
const MOST_PARTS: usize = 10_000;

/// Columns that a sheet of sales does not reach.
const MOST_COLUMNS: u32 = 1_000;

/// A workbook of which the sheet and its headings have been found.
pub struct Workbook {
    book: Book,
    sheet: String,
    head: Head,
    /// The row of the headings.
    at: u32,
}

impl Workbook {
    /// Opens a workbook and finds the sheet with headings.
    ///
    /// # Errors
    ///
    /// Refuses what is no workbook or too large to be one of sales, a sheet that is not
    /// there, and several that could be meant.
    pub fn open(
        name: &str,
        sheet: Option<&str>,
        is_head: &dyn Fn(&[String]) -> bool,
    ) -> Result<Self, Fault> {
        bounded(Path::new(name))?;
        let mut book: Book = open_workbook(name).map_err(|error: calamine::XlsxError| broken(&error))?;
        let metadata = book.sheets_metadata();
        let seen = metadata.iter().filter(|sheet| sheet.visible == SheetVisible::Visible);
        let visible: Vec<String> = seen.map(|sheet| sheet.name.clone()).collect();
        let all: Vec<String> = metadata.iter().map(|sheet| sheet.name.clone()).collect();
        let chosen: Vec<String> = match sheet {
            None => visible,
            Some(sheet) if all.iter().any(|known| known == sheet) => vec![sheet.to_owned()],
            Some(sheet) => {
                let mend = format!("sheets of the workbook: {}", all.join(", "));
                return Err(Fault::new(format!("there is no sheet {sheet:?}"), mend));
            }
        };
        let mut found = Vec::new();
        let mut first = None;
        for sheet in chosen {
            let rows = first_rows(&mut book, &sheet)?;
            if let Some(place) = rows.iter().position(|(_, row)| is_head(row)) {
                found.push((sheet, rows, place));
            } else if first.is_none() && !rows.is_empty() {
                first = Some((sheet, rows, 0));
            }
        }
        if found.len() > 1 {
            let names = found.iter().map(|(sheet, ..)| sheet.as_str()).collect::<Vec<_>>().join(", ");
            let message = format!("several sheets hold sales: {names}");
            return Err(Fault::new(message, format!("say which: --sheet {:?}", found[0].0)));
        }
        let Some((sheet, rows, place)) = found.pop().or(first) else {
            return Err(Fault::new("no sheet that is shown has a row", "is it the right file?"));
        };
        let above = rows[..place].iter().map(|(_, row)| row.join(" ")).collect();
        let (at, names) = rows[place].clone();
        Ok(Self { book, sheet, head: Head { names, above, form: "xlsx" }, at })
    }
}

/// Refuses a workbook that grows out of all proportion when it is unpacked.
fn bounded(path: &Path) -> Result<(), Fault> {
    let broken = |error: String| Fault::new(error, "save it as xlsx again, or as CSV");
    let file = File::open(path).map_err(|error| broken(error.to_string()))?;
    let mut parts =
        zip::ZipArchive::new(BufReader::new(file)).map_err(|error| broken(error.to_string()))?;
    let large = |what: String| Fault::new(what, "give the sheet with the sales alone, or save it as CSV");
    if parts.len() > MOST_PARTS {
        return Err(large(format!("the workbook has {} parts", parts.len())));
    }
    // What the directory says of sizes may be wrong: unpack, and stop where it is too much.
    for name in ["xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"] {
        let Ok(part) = parts.by_name(name) else { continue };
        let read = std::io::copy(&mut part.take(MOST_TEXT + 1), &mut std::io::sink());
        if read.map_err(|error| broken(error.to_string()))? > MOST_TEXT {
            return Err(large(format!("{name} of the workbook is larger than {MOST_TEXT} bytes unpacked")));
        }
    }
    Ok(())
}

fn broken(error: &calamine::XlsxError) -> Fault {
    Fault::new(error.to_string(), "save it as xlsx again, or as CSV")
}

/// A cell: its column from 0 on, and its value.
type Cell<'v> = (u32, DataRef<'v>);

/// Goes through the rows of a sheet, each with its number from 0 on.
fn rows(
    reader: &mut XlsxCellReader<'_, BufReader<File>>,
    take: &mut dyn FnMut(u32, &[Cell<'_>]) -> bool,
) -> Result<(), Fault> {
    let (mut row, mut at) = (Vec::new(), 0);
    while let Some(cell) = reader.next_cell().map_err(|error| broken(&error))? {
        let (number, column) = cell.get_position();
        if number != at && !row.is_empty() {
            if !take(at, &row) {
                return Ok(());
            }
            row.clear();
        }
        at = number;
        if column < MOST_COLUMNS {
            row.push((column, cell.get_value().clone()));
        }
    }
    if !row.is_empty() {
        take(at, &row);
    }
    Ok(())
}

fn first_rows(book: &mut Book, sheet: &str) -> Result<Vec<(u32, Vec<String>)>, Fault> {
    let mut found = Vec::new();
    let mut reader = book.worksheet_cells_reader(sheet).map_err(|error| broken(&error))?;
    rows(&mut reader, &mut |number, cells| {
        let mut row = Vec::new();
        for (column, value) in cells {
            row.resize(*column as usize + 1, String::new());
            row[*column as usize] = shown(value).trim().to_owned();
        }
        if row.iter().any(|text| !text.is_empty()) {
            found.push((number, row));
        }
        found.len() < ROWS
    })?;
    Ok(found)
}

fn shown(value: &DataRef<'_>) -> String {
    match value {
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Int(number) => number.to_string(),
        DataRef::DateTime(time) => time.as_f64().to_string(),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Bool(flag) => flag.to_string(),
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}

impl Table for Workbook {
    fn head(&self) -> &Head {
        &self.head
    }

    fn each(
        mut self: Box<Self>,
        columns: &[Option<usize>],
        take: &mut dyn FnMut(Row<'_>) -> bool,
    ) -> Result<(), Fault> {
        let (head, width) = (self.at, self.head.names.len());
        let mut reader = self.book.worksheet_cells_reader(&self.sheet).map_err(|error| broken(&error))?;
        rows(&mut reader, &mut |number, cells| {
            if number <= head {
                return true;
            }
            let texts: Vec<String> = cells.iter().map(|(_, value)| shown(value)).collect();
            let fields = cells.iter().zip(&texts).flat_map(|((column, _), text)| {
                [COLUMNS[*column as usize % COLUMNS.len()], text.as_bytes()]
            });
            let print = seen::print(fields);
            let blank = texts.iter().all(|text| text.trim().is_empty());
            let field = |column: &Option<usize>| {
                let place =
                    column.and_then(|column| cells.iter().position(|(at, _)| *at as usize == column));
                place.map_or(Value::Empty, |place| value(&cells[place].1, &texts[place]))
            };
            let values: Vec<Value<'_>> = columns.iter().map(field).collect();
            take(Row { number: u64::from(number) + 1, width, values: &values, print, blank })
        })
    }
}

/// Marks of columns in a fingerprint, so that a cell that moves makes another row.
const COLUMNS: [&[u8]; 8] = [b"0", b"1", b"2", b"3", b"4", b"5", b"6", b"7"];

fn value<'v>(value: &DataRef<'v>, text: &'v str) -> Value<'v> {
    match value {
        DataRef::Float(number) => Value::Number(*number),
        DataRef::Int(number) => Value::Number(*number as f64),
        DataRef::DateTime(time) => moment(time),
        DataRef::Error(_) => Value::Broken(text),
        DataRef::Empty => Value::Empty,
        _ => Value::Text(text.as_bytes()),
    }
}

/// A serial number of a spreadsheet as a local time; below 1 it is a time of day alone.
fn moment<'v>(time: &ExcelDateTime) -> Value<'v> {
    let serial = time.as_f64();
    if (0.0..1.0).contains(&serial) {
        return Value::Number(serial);
    }
    let (year, month, day, hour, minute, second, milli) = time.to_ymd_hms_milli();
    let local = DateTime::new(
        year as i16,
        month as i8,
        day as i8,
        hour as i8,
        minute as i8,
        second as i8,
        i32::from(milli) * 1_000_000,
    );
    // A serial number holds a minute only nearly.
    let to_the_second = jiff::civil::DateTimeRound::new().smallest(jiff::Unit::Second);
    match local.and_then(|local| local.round(to_the_second)) {
        Ok(local) => Value::Local(local),
        Err(_) => Value::Number(serial),
    }
}
