//! Sales of a business, as finance teams have them: sales, or totals of hours or days,
//! in CSV, xlsx or Parquet, under Korean or English headings.
//!
//! ```text
//! file ─▶ Table ─▶ header ─▶ Intake ─▶ Sales
//!         rows     which     amount,    exact sums by line and hour,
//!                  column    moment     and what stood in the way
//! ```
//!
//! Rows are read one by one and kept nowhere: memory grows with the years and lines
//! that they cover, not with their number.

pub mod amount;
pub mod build;
mod csv;
pub mod header;
mod intake;
pub mod moment;
#[cfg(feature = "batch")]
mod parquet;
mod seen;
mod seoul;
#[cfg(feature = "xlsx")]
mod xlsx;

pub use intake::{Ask, FileRead, LineSales, Row, RowAt, Sales, Times, Value};
pub use seoul::{Seoul, Trade};

use std::fs::File;
use std::io::{self, Read};

use jiff::tz::TimeZone;

use self::amount::{BOOK_UNITS, BookUnit};
use self::intake::Intake;
use crate::read::value::Fault;

/// Headings of a file, and what was found on the way to them.
#[derive(Clone, Debug, Default)]
pub struct Head {
    /// The headings.
    pub names: Vec<String>,
    /// Rows above them.
    pub above: Vec<String>,
    /// Encoding or format.
    pub form: &'static str,
}

/// A file with headings and rows.
pub trait Table {
    /// Returns its headings.
    fn head(&self) -> &Head;

    /// Gives each row with the values of some columns to `take`, until that has enough.
    ///
    /// # Errors
    ///
    /// Refuses a file that breaks off.
    fn each(
        self: Box<Self>,
        columns: &[Option<usize>],
        take: &mut dyn FnMut(Row<'_>) -> bool,
    ) -> Result<(), Fault>;
}

/// What was in the files.
#[derive(Debug)]
pub enum Found {
    /// Sales by time.
    Sales(Sales),
    /// Quarters of Seoul's commercial areas.
    Seoul(Seoul),
}

/// Why files could not be read.
#[derive(Debug)]
pub enum Unread {
    /// A file could not be opened.
    File(String, io::Error),
    /// It is not said on whose clocks the times are.
    NoZone,
    /// Files have faults.
    Faults(Vec<Fault>),
}

impl From<Fault> for Unread {
    fn from(fault: Fault) -> Self {
        Self::Faults(vec![fault])
    }
}

/// Reads files of sales, all of them together.
///
/// # Errors
///
/// Returns every fault of every file, up to twenty rows of each.
pub fn read(files: &[String], ask: &Ask, sheet: Option<&str>, areas: &[String]) -> Result<Found, Unread> {
    let zone = ask.zone.clone();
    let (mut intake, mut seoul, mut faults) =
        (Intake::new(ask, zone.clone().unwrap_or(TimeZone::UTC)), Seoul::default(), Vec::new());
    let (mut plain, mut quarters) = (false, false);
    for name in files {
        let table = match open(name, ask, sheet) {
            Ok(table) => table,
            Err(Unread::Faults(found)) => {
                faults.extend(found.into_iter().map(|fault| of_file(name, fault)));
                continue;
            }
            Err(unread) => return Err(unread),
        };
        let read = if seoul::is_head(&table.head().names) {
            quarters = true;
            seoul.read(table, name, areas)
        } else if zone.is_none() {
            return Err(Unread::NoZone);
        } else {
            plain = true;
            sales(&mut intake, name, table, ask)
        };
        if let Err(found) = read {
            faults.extend(found.into_iter().map(|fault| of_file(name, fault)));
        }
    }
    if plain && quarters {
        let message = "some files hold quarters of Seoul's commercial areas, and others do not";
        faults.push(Fault::new(message, "build a profile of each kind by itself"));
    }
    let sales = intake.finish();
    match sales {
        Err(found) => faults.extend(found),
        Ok(sales) if faults.is_empty() => {
            return Ok(if quarters { Found::Seoul(seoul) } else { Found::Sales(sales) });
        }
        Ok(_) => {}
    }
    Err(Unread::Faults(faults))
}

/// Puts the file's name before a fault that does not have it.
fn of_file(name: &str, fault: Fault) -> Fault {
    if fault.message.starts_with(name) {
        return fault;
    }
    Fault { message: format!("{name}: {}", fault.message), ..fault }
}

fn sales(intake: &mut Intake<'_>, name: &str, table: Box<dyn Table>, ask: &Ask) -> Result<(), Vec<Fault>> {
    let head = table.head().clone();
    let columns = header::find(&head.names, &ask.named)?;
    let unit = unit(&head, &columns, ask).map_err(|fault| vec![fault])?;
    let shown = |column: Option<usize>| column.map(|column| head.names[column].clone());
    let used = [Some(columns.time), columns.hour, Some(columns.amount), columns.line];
    intake.begin(
        FileRead {
            name: name.to_owned(),
            form: head.form,
            above: head.above.len(),
            columns: used.into_iter().filter_map(shown).collect(),
            unit: (unit.unwrap_or(BOOK_UNITS[0]), unit.is_some()),
            rows: 0,
        },
        head.names.len(),
        columns.line.is_some(),
    );
    let wanted = [Some(columns.time), Some(columns.amount), columns.hour, columns.line];
    let read = table.each(&wanted, &mut |row| intake.take(row));
    intake.end();
    read.map_err(|fault| vec![fault])
}

/// Returns the unit of a file: of the option, of the heading, or of the rows above it.
fn unit(head: &Head, columns: &header::Columns, ask: &Ask) -> Result<Option<BookUnit>, Fault> {
    let above = head.above.iter().find(|row| row.contains("단위"));
    let above = match above.and_then(|row| row.find("단위").map(|at| &row[at..])) {
        Some(said) => {
            let end = said.find([')', ']', '）']).unwrap_or(said.len());
            header::unit(&format!("({})", &said[..end]))?
        }
        None => None,
    };
    let mut said = [
        (ask.unit, "--unit".to_owned()),
        (columns.unit, format!("the heading {:?}", head.names[columns.amount])),
        (above, "the row above the headings".to_owned()),
    ]
    .into_iter()
    .filter_map(|(unit, by)| Some((unit?, by)));
    let Some((unit, by)) = said.next() else { return Ok(None) };
    match said.find(|(other, _)| *other != unit) {
        None => Ok(Some(unit)),
        Some((other, other_by)) => Err(Fault::new(
            format!("{by} says {}, and {other_by} says {}", unit.name, other.name),
            format!("leave --unit out where {} is right, or mend the heading", other.name),
        )),
    }
}

/// Opens a file by what it begins with.
fn open(name: &str, ask: &Ask, sheet: Option<&str>) -> Result<Box<dyn Table>, Unread> {
    let is_head = |row: &[String]| header::is_head(row, &ask.named) || seoul::is_head(row);
    if name == "-" {
        return Ok(Box::new(csv::Csv::open(Box::new(io::stdin()), &is_head)?));
    }
    let failed = |error: io::Error| Unread::File(name.to_owned(), error);
    let mut file = File::open(name).map_err(failed)?;
    if file.metadata().map_err(failed)?.is_dir() {
        return Err(failed(io::Error::from(io::ErrorKind::IsADirectory)));
    }
    let mut magic = Vec::new();
    (&mut file).take(4).read_to_end(&mut magic).map_err(failed)?;
    match magic.as_slice() {
        b"PK\x03\x04" => workbook(name, sheet, &is_head),
        b"PAR1" => parquet(name),
        b"\xd0\xcf\x11\xe0" => {
            let mend = "save it as xlsx or as CSV; where it has a password, take that off";
            Err(Fault::new("this is a workbook of the old format, or a locked one", mend).into())
        }
        _ => {
            let start = io::Cursor::new(magic).chain(file);
            Ok(Box::new(csv::Csv::open(Box::new(start), &is_head)?))
        }
    }
}

#[cfg(feature = "xlsx")]
fn workbook(
    name: &str,
    sheet: Option<&str>,
    is_head: &dyn Fn(&[String]) -> bool,
) -> Result<Box<dyn Table>, Unread> {
    Ok(Box::new(xlsx::Workbook::open(name, sheet, is_head)?))
}

#[cfg(not(feature = "xlsx"))]
fn workbook(_: &str, _: Option<&str>, _: &dyn Fn(&[String]) -> bool) -> Result<Box<dyn Table>, Unread> {
    let mend = "build with the feature `xlsx`, or save it as CSV";
    Err(Fault::new("this build reads no workbooks", mend).into())
}

#[cfg(feature = "batch")]
fn parquet(name: &str) -> Result<Box<dyn Table>, Unread> {
    Ok(Box::new(parquet::Parquet::open(name)?))
}

#[cfg(not(feature = "batch"))]
fn parquet(_: &str) -> Result<Box<dyn Table>, Unread> {
    let mend = "build with `cargo build --release --features batch`, or give a CSV file";
    Err(Fault::new("this build reads no Parquet", mend).into())
}
