//! Files: what a run writes, whole or not at all, and where it goes on after a stop.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::ending;
use super::job::Body;
use super::journal::State;
use crate::cli::error::Error;
use crate::cli::output::Draft;
use crate::cli::simulate::sink::Sink;
use crate::frame::{Cells, Frame};
use crate::view::compensation::rows;

/// The two files of a run: claims, and rejected rows.
pub struct Files {
    drafts: [Draft; 2],
    bytes: [u64; 2],
    /// Claims in columns, where they go into Parquet; the first draft stays empty then.
    columns: Option<Sink>,
}

impl Files {
    /// Begins both with their headings.
    pub fn begin(paths: &[PathBuf; 2], force: bool, mark: bool) -> Result<Self, Error> {
        let [rows, rejected] = paths;
        let drafts = [Draft::create(rows, force)?, Draft::create(rejected, force)?];
        // A table in columns has a draft of its own, and no text beside it.
        let columns = (ending(&rows.to_string_lossy()) == "parquet")
            .then(|| Sink::create(rows, force))
            .transpose()?;
        let mut files = Self { drafts, bytes: [0, 0], columns };
        for (place, head) in [&rows::HEAD[..], &rows::REJECTS[..]].into_iter().enumerate() {
            let mark = if mark { "\u{feff}" } else { "" };
            files.write(place, format!("{mark}{}\n", head.join(",")).as_bytes())?;
        }
        Ok(files)
    }

    /// Goes on with both where an earlier run stopped.
    pub fn go_on(paths: &[PathBuf; 2], state: &State, force: bool) -> Result<Self, Error> {
        let draft = |place: usize| {
            let (draft, bytes) = &state.drafts[place];
            Draft::go_on(&paths[place], draft, *bytes, force)
        };
        let drafts = [draft(0)?, draft(1)?];
        Ok(Self { drafts, bytes: [state.drafts[0].1, state.drafts[1].1], columns: None })
    }

    /// Adds the lines of a piece.
    pub fn add(&mut self, body: &Body) -> Result<(), Error> {
        match &mut self.columns {
            Some(columns) => columns.push(frame(body.rows.as_bytes()))?,
            None => self.write(0, body.rows.as_bytes())?,
        }
        self.write(1, &body.rejected)
    }

    fn write(&mut self, place: usize, bytes: &[u8]) -> Result<(), Error> {
        self.bytes[place] += bytes.len() as u64;
        self.drafts[place].draft().as_file_mut().write_all(bytes).map_err(|error| failed(&error))
    }

    /// Returns where both stand, safe on disk.
    pub fn safe(&self) -> Result<[(PathBuf, u64); 2], Error> {
        let at = |place: usize| {
            let draft: &Draft = &self.drafts[place];
            draft.sync().map_err(|error| failed(&error))?;
            let path: &Path = draft.draft_path();
            Ok((std::path::absolute(path).unwrap_or_else(|_| path.to_owned()), self.bytes[place]))
        };
        Ok([at(0)?, at(1)?])
    }

    /// Leaves both where they are, for a run that goes on.
    pub fn leave(self) -> Result<(), Error> {
        let [rows, rejected] = self.drafts;
        rows.leave()?;
        rejected.leave()
    }

    /// Puts both in their places; that of rejected rows where there are any, or where one of
    /// an earlier run would tell of rows that are no longer rejected.
    pub fn keep(self, any_rejected: bool) -> Result<(), Error> {
        let [rows, rejected] = self.drafts;
        if any_rejected || rejected.path().exists() {
            rejected.keep()?;
        }
        match self.columns {
            Some(columns) => columns.finish(),
            None => rows.keep(),
        }
    }
}

/// Returns lines of claims as columns: what is paid, rule, band and row as whole numbers
/// (0 where there is none), other amounts as numbers (none where there is none), and text.
fn frame(lines: &[u8]) -> Frame {
    let mut cells: [Vec<&str>; rows::HEAD.len()] = std::array::from_fn(|_| Vec::new());
    // What a row writes is text, and none of its cells is quoted.
    for line in std::str::from_utf8(lines).unwrap_or_default().lines() {
        for (column, cell) in cells.iter_mut().zip(line.split(',')) {
            column.push(cell);
        }
    }
    let mut frame = Frame::default();
    for (name, cells) in rows::HEAD.into_iter().zip(cells) {
        let cells = cells.into_iter();
        let cells = match name {
            "amount" | "rule" | "band" | "same_as_row" | "row" => {
                Cells::Integers(cells.map(|cell| cell.parse().unwrap_or_default()).collect())
            }
            "usual_sales" | "outage_sales" | "loss" | "due" | "before_rounding" => {
                Cells::Numbers(cells.map(|cell| cell.parse().unwrap_or(f64::NAN)).collect())
            }
            _ => Cells::Texts(cells.map(str::to_owned).collect()),
        };
        frame.column(name, cells);
    }
    frame
}

fn failed(error: &std::io::Error) -> Error {
    Error::file("the file of -o", error, "name a folder that exists and can be written")
}
