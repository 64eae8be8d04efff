//! Sinks: tables that are written while they grow, and appear whole or not at all.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::cli::error::Error;
use crate::cli::output::Draft;
use crate::frame::Frame;

/// Rows that are written together: a row group of a Parquet file.
const GROUP: usize = 262_144;

/// A table on its way into a file.
pub struct Sink {
    path: PathBuf,
    waiting: Frame,
    form: Form,
}

enum Form {
    Csv {
        writer: Box<csv::Writer<BufWriter<Draft>>>,
        begun: bool,
    },
    #[cfg(feature = "batch")]
    Parquet {
        draft: Draft,
        writer: Option<Box<polars::io::parquet::write::BatchedWriter<std::fs::File>>>,
    },
}

impl Sink {
    /// Opens a table; the end of its name tells its form.
    pub fn create(path: &Path, force: bool) -> Result<Self, Error> {
        let form = match path.extension().and_then(|end| end.to_str()) {
            Some("csv") => {
                let draft = BufWriter::with_capacity(1 << 16, Draft::create(path, force)?);
                Form::Csv { writer: Box::new(csv::Writer::from_writer(draft)), begun: false }
            }
            #[cfg(feature = "batch")]
            Some("parquet") => Form::Parquet { draft: Draft::create(path, force)?, writer: None },
            #[cfg(not(feature = "batch"))]
            Some("parquet") => return Err(needs_batch()),
            _ => {
                return Err(Error::usage(
                    format!("{}: a table is .csv or .parquet", path.display()),
                    "end the name of the file with one of them",
                ));
            }
        };
        Ok(Self { path: path.to_owned(), waiting: Frame::default(), form })
    }

    /// Takes in rows.
    pub fn push(&mut self, rows: Frame) -> Result<(), Error> {
        self.waiting.append(rows);
        if self.waiting.rows() >= GROUP { self.flush() } else { Ok(()) }
    }

    /// Puts the table in its place.
    pub fn finish(self) -> Result<(), Error> {
        self.close()?.keep()
    }

    /// Writes what waits; the file is complete, and has yet to be put in its place.
    pub fn close(mut self) -> Result<Draft, Error> {
        self.flush()?;
        let path = self.path;
        match self.form {
            Form::Csv { writer, .. } => {
                let buffered = writer.into_inner().map_err(|error| fail(&path, error.error()))?;
                buffered.into_inner().map_err(|error| fail(&path, error.error()))
            }
            #[cfg(feature = "batch")]
            Form::Parquet { draft, writer } => {
                if let Some(writer) = writer {
                    writer.finish().map_err(|error| polars_fail(&path, &error))?;
                }
                Ok(draft)
            }
        }
    }

    fn flush(&mut self) -> Result<(), Error> {
        let rows = std::mem::take(&mut self.waiting);
        if rows.columns.is_empty() {
            return Ok(());
        }
        match &mut self.form {
            Form::Csv { writer, begun } => {
                let mut write = || -> Result<(), csv::Error> {
                    if !std::mem::replace(begun, true) {
                        writer.write_record(rows.names())?;
                    }
                    for row in 0..rows.rows() {
                        for cell in rows.row(row) {
                            writer.write_field(cell)?;
                        }
                        writer.write_record(None::<&[u8]>)?;
                    }
                    Ok(())
                };
                write().map_err(|error| fail(&self.path, &io::Error::from(error)))
            }
            #[cfg(feature = "batch")]
            Form::Parquet { draft, writer } => {
                let write = || -> Result<(), polars::prelude::PolarsError> {
                    let frame = rows.into_polars()?;
                    if writer.is_none() {
                        let file = draft.file()?;
                        let batched = polars::prelude::ParquetWriter::new(file).batched(frame.schema())?;
                        *writer = Some(Box::new(batched));
                    }
                    writer.as_mut().expect("just opened").write_batch(&frame)
                };
                write().map_err(|error| polars_fail(&self.path, &error))
            }
        }
    }
}

fn fail(path: &Path, error: &io::Error) -> Error {
    Error::file(&path.display().to_string(), error, "see that the disk has room, and write elsewhere")
}

#[cfg(feature = "batch")]
fn polars_fail(path: &Path, error: &polars::prelude::PolarsError) -> Error {
    fail(path, &io::Error::other(error.to_string()))
}

/// Says how a program is built that reads and writes Parquet.
#[cfg(not(feature = "batch"))]
pub fn needs_batch() -> Error {
    Error::usage(
        "this build writes no Parquet",
        "write .csv, or build with Parquet: cargo build --release --features batch",
    )
}

impl Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.draft().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.draft().flush()
    }
}
