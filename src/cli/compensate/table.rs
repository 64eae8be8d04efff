//! Claims in tables that are no text.

use std::io::BufRead;

use crate::cli::error::Error;
use crate::read::claims::Source;

/// Opens a Parquet file in pieces of its columns.
#[cfg(feature = "batch")]
pub fn pieces(name: &str, pass_over: bool) -> Result<Source<super::Input>, Error> {
    let table = crate::read::claims::table::Table::open(name.as_ref(), pass_over);
    table.map(Source::Table).map_err(|error| super::unreadable(name, error))
}

/// Says how a program is built that reads Parquet.
#[cfg(not(feature = "batch"))]
pub fn pieces(_: &str, _: bool) -> Result<Source<super::Input>, Error> {
    Err(needs_batch())
}

/// Opens a Parquet file as text.
#[cfg(feature = "batch")]
pub fn parquet(name: &str) -> Result<Box<dyn BufRead + Send>, Error> {
    let table =
        crate::read::claims::table::Parquet::open(name.as_ref()).map_err(|fault| refused(name, &fault))?;
    Ok(Box::new(std::io::BufReader::with_capacity(1 << 16, table)))
}

/// Says how a program is built that reads Parquet.
#[cfg(not(feature = "batch"))]
pub fn parquet(_: &str) -> Result<Box<dyn BufRead + Send>, Error> {
    Err(needs_batch())
}

#[cfg(not(feature = "batch"))]
fn needs_batch() -> Error {
    Error::usage(
        "this build reads no Parquet",
        "give the claims as .csv, or build with Parquet: cargo build --release --features batch",
    )
}

/// Opens the first sheet of a workbook, and tells which it is.
#[cfg(feature = "xlsx")]
pub fn workbook(name: &str) -> Result<Box<dyn BufRead + Send>, Error> {
    let read = crate::read::claims::table::workbook(name.as_ref());
    let (text, sheet) = read.map_err(|fault| refused(name, &fault))?;
    let sheet = crate::view::clean(&sheet);
    crate::cli::simulate::note(&format!(
        "claims are those of the sheet {sheet:?}, values as they were saved"
    ));
    Ok(Box::new(std::io::Cursor::new(text)))
}

/// Says how a program is built that reads workbooks.
#[cfg(not(feature = "xlsx"))]
pub fn workbook(_: &str) -> Result<Box<dyn BufRead + Send>, Error> {
    Err(Error::usage(
        "this build reads no workbooks",
        "save the sheet as .csv, or build with xlsx: cargo build --release --features xlsx",
    ))
}

#[cfg(any(feature = "batch", feature = "xlsx"))]
fn refused(name: &str, fault: &crate::read::Fault) -> Error {
    let name = crate::view::clean(name);
    Error::Input(format!(
        "error: {name}: {}\n  hint: {}",
        crate::view::clean(&fault.message),
        crate::view::clean(&fault.mend)
    ))
}
