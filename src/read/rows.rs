//! Rows: a CSV file by the headings of its columns, each fault with its line.

use std::path::{Path, PathBuf};

use super::value::Fault;

/// A file beyond this holds something else.
const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// How many faults of one file are told.
const MOST_FAULTS: usize = 20;

/// Finds a file from the scenario's folder. The words say what it should hold, and how
/// to make it smaller.
///
/// # Errors
///
/// Refuses a file that cannot be read, and one that is too large.
pub fn locate(
    name: &str,
    folder: Option<&Path>,
    (holds, mend): (&str, &str),
) -> Result<PathBuf, Vec<Fault>> {
    let path = folder.map_or_else(|| Path::new(name).to_owned(), |folder| folder.join(name));
    let size = std::fs::metadata(&path).map_err(|error| unreadable(name, &error))?.len();
    if size > MOST_BYTES {
        return Err(vec![Fault::new(format!("{name}: {size} bytes are too many for {holds}"), mend)]);
    }
    Ok(path)
}

/// Reads the whole file that was found.
///
/// # Errors
///
/// Refuses a file that cannot be read.
pub fn bytes(name: &str, path: &Path) -> Result<Vec<u8>, Vec<Fault>> {
    std::fs::read(path).map_err(|error| unreadable(name, &error))
}

fn unreadable(name: &str, error: &std::io::Error) -> Vec<Fault> {
    let mend = "name a file that can be read, from the scenario's folder";
    vec![Fault::new(format!("{name}: {error}"), mend)]
}

/// Reads each row of a CSV file, given by its line and its fields under the headings
/// that are looked for; `head` tells what to do where there is no heading at all.
///
/// # Errors
///
/// Returns every fault of the file, up to twenty.
pub fn read<T, const COLUMNS: usize>(
    name: &str,
    bytes: &[u8],
    head: &str,
    columns: [&[&str]; COLUMNS],
    row: impl Fn(usize, [&str; COLUMNS]) -> Result<T, Fault>,
) -> Result<Vec<T>, Vec<Fault>> {
    let each = |line: usize, cells: [&str; COLUMNS]| row(line, cells).map_err(|fault| vec![fault]);
    read_each(name, bytes, head, (columns, COLUMNS), each)
}

/// As [`read`], where a row may have several faults, and where only so many of the
/// columns have to be there; the others are blank where they are not.
///
/// # Errors
///
/// As [`read`].
pub fn read_each<T, const COLUMNS: usize>(
    name: &str,
    bytes: &[u8],
    head: &str,
    (columns, needed): ([&[&str]; COLUMNS], usize),
    row: impl Fn(usize, [&str; COLUMNS]) -> Result<T, Vec<Fault>>,
) -> Result<Vec<T>, Vec<Fault>> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(bytes);
    let headers = reader.headers().map_err(|error| vec![shape_fault(name, &error)])?.clone();
    if headers.is_empty() {
        return Err(vec![Fault::new(format!("{name} is empty"), head)]);
    }
    if headers.len() == 1 && headers[0].contains(';') {
        return Err(vec![Fault::new(format!("{name} parts its columns by ;"), "save it with commas")]);
    }
    let mut places = [usize::MAX; COLUMNS];
    let mut missing = Vec::new();
    for (number, (place, names)) in places.iter_mut().zip(columns).enumerate() {
        let found = headers.iter().position(|header| names.contains(&header.to_lowercase().as_str()));
        match found {
            Some(found) => *place = found,
            None if number >= needed => {}
            None => {
                let given = headers.iter().collect::<Vec<_>>().join(", ");
                missing.push(Fault::new(
                    format!("{name}: no column {:?}; the columns are: {given}", names[0]),
                    format!("head the column with one of {}", names.join(", ")),
                ));
            }
        }
    }
    if !missing.is_empty() {
        return Err(missing);
    }
    let (mut rows, mut faults) = (Vec::new(), Vec::new());
    for record in reader.records() {
        let read = record.map_err(|error| vec![shape_fault(name, &error)]).and_then(|record| {
            let number = record.position().map_or(0, |place| place.line() as usize);
            let placed =
                |fault: Fault| Fault::new(format!("{name} line {number}: {}", fault.message), fault.mend);
            row(number, places.map(|place| record.get(place).unwrap_or_default()))
                .map_err(|faults| faults.into_iter().map(placed).collect())
        });
        match read {
            Ok(read) => rows.push(read),
            Err(of_row) => faults.extend(of_row),
        }
        if faults.len() >= MOST_FAULTS {
            break;
        }
    }
    if faults.is_empty() { Ok(rows) } else { Err(few(name, faults)) }
}

fn shape_fault(name: &str, error: &csv::Error) -> Fault {
    let message = match error.kind() {
        csv::ErrorKind::UnequalLengths { pos, expected_len, len } => {
            let line = pos.as_ref().map_or(0, |place| place.line());
            format!("{name} line {line} has {len} fields, and the head has {expected_len}")
        }
        csv::ErrorKind::Utf8 { pos, .. } => {
            let line = pos.as_ref().map_or(0, |place| place.line());
            format!("{name} line {line} is not UTF-8")
        }
        _ => format!("{name}: {error}"),
    };
    Fault::new(
        message,
        "save as CSV in UTF-8, with the same columns in each row and amounts without commas or in quotes",
    )
}

/// Keeps as many faults as a reader can mend at once, and says that there are more.
pub fn few(name: &str, mut faults: Vec<Fault>) -> Vec<Fault> {
    if faults.len() >= MOST_FAULTS {
        faults.truncate(MOST_FAULTS);
        faults.push(Fault::new(
            format!("{name}: reading stopped after {MOST_FAULTS} faults"),
            "mend these and check again",
        ));
    }
    faults
}
