//! Claims from a workbook: the values of its first sheet that is shown, no formula run.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use calamine::{DataRef, Reader, SheetVisible, Xlsx, XlsxError, open_workbook};
use jiff::civil::DateTime;

use super::{push_text, push_time};
use crate::read::value::Fault;

/// Texts of a workbook beyond this, unpacked, are no texts of claims.
const MOST_TEXT: u64 = 256 * 1024 * 1024;

/// Columns that a sheet of claims does not reach.
const MOST_COLUMNS: u32 = 1_000;

/// Reads a workbook as the text of a CSV file, and names the sheet that it took.
///
/// # Errors
///
/// Refuses what is no workbook, and one too large to be one of claims.
pub fn workbook(path: &Path) -> Result<(Vec<u8>, String), Fault> {
    bounded(path)?;
    let mut book: Xlsx<BufReader<File>> = open_workbook(path).map_err(|error: XlsxError| broken(&error))?;
    let shown = book.sheets_metadata().iter().find(|sheet| sheet.visible == SheetVisible::Visible);
    let sheet = shown.map(|sheet| sheet.name.clone());
    let sheet = sheet.ok_or_else(|| Fault::new("no sheet is shown", "show the sheet with the claims"))?;
    let mut reader = book.worksheet_cells_reader(&sheet).map_err(|error| broken(&error))?;
    let (mut text, mut at) = (Vec::new(), None);
    let (mut columns, mut column) = (0, 0);
    let mut end = |text: &mut Vec<u8>, column: u32| {
        // Cells that are empty at the end of a row are not in the file.
        columns = if columns == 0 { column } else { columns };
        text.extend(std::iter::repeat_n(b',', columns.saturating_sub(column) as usize));
        text.push(b'\n');
    };
    while let Some(cell) = reader.next_cell().map_err(|error| broken(&error))? {
        let (row, place) = cell.get_position();
        if matches!(cell.get_value(), DataRef::Empty) || place >= MOST_COLUMNS {
            continue;
        }
        if at != Some(row) {
            if let Some(before) = at {
                end(&mut text, column);
                // A row without a cell is a line too, so that lines are those of the sheet.
                text.extend(std::iter::repeat_n(b'\n', row.saturating_sub(before + 1) as usize));
            }
            (at, column) = (Some(row), 0);
        }
        text.extend(std::iter::repeat_n(b',', place.saturating_sub(column) as usize));
        column = place;
        push(cell.get_value(), &mut text);
        if text.len() as u64 > MOST_TEXT {
            return Err(Fault::new("the sheet is too large for a workbook of claims", "save it as CSV"));
        }
    }
    if at.is_some() {
        end(&mut text, column);
    }
    Ok((text, sheet))
}

fn push(value: &DataRef<'_>, out: &mut Vec<u8>) {
    match value {
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            push_text(text, out)
        }
        DataRef::SharedString(text) => push_text(text, out),
        DataRef::Float(number) => out.extend_from_slice(number.to_string().as_bytes()),
        DataRef::Int(number) => out.extend_from_slice(number.to_string().as_bytes()),
        DataRef::Bool(flag) => out.extend_from_slice(flag.to_string().as_bytes()),
        DataRef::Error(error) => push_text(&error.to_string(), out),
        DataRef::DateTime(time) => {
            let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
            let small = |number: u8| i8::try_from(number).unwrap_or(i8::MAX);
            let year = i16::try_from(year).unwrap_or(i16::MAX);
            let local =
                DateTime::new(year, small(month), small(day), small(hour), small(minute), small(second), 0);
            match local {
                Ok(local) => push_time(local, hour == 0 && minute == 0 && second == 0, out),
                Err(_) => out.extend_from_slice(time.as_f64().to_string().as_bytes()),
            }
        }
        DataRef::Empty => {}
    }
}

/// Refuses a workbook whose texts are too many: what its directory says of sizes may be
/// wrong, so that they are unpacked once, as far as the limit.
fn bounded(path: &Path) -> Result<(), Fault> {
    let broken = |error: String| Fault::new(error, "save it as xlsx again, or as CSV");
    let file = File::open(path).map_err(|error| broken(error.to_string()))?;
    let none = |_| broken("this is no workbook, or not all of one".into());
    let mut parts = zip::ZipArchive::new(BufReader::new(file)).map_err(none)?;
    for name in ["xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"] {
        let Ok(part) = parts.by_name(name) else { continue };
        let mut part = std::io::Read::take(part, MOST_TEXT + 1);
        let read =
            std::io::copy(&mut part, &mut std::io::sink()).map_err(|error| broken(error.to_string()))?;
        if read > MOST_TEXT {
            let message = format!("{name} of the workbook is larger than {MOST_TEXT} bytes unpacked");
            return Err(Fault::new(message, "save the sheet of the claims as CSV"));
        }
    }
    Ok(())
}

fn broken(error: &XlsxError) -> Fault {
    Fault::new(error.to_string(), "save it as xlsx again, or as CSV")
}
