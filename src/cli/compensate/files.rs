//! Files: what a run writes, whole or not at all, and where it goes on after a stop.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::ending;
use super::job::{Body, Rows};
use super::journal::State;
use crate::cli::error::Error;
use crate::cli::output::Draft;
use crate::cli::simulate::sink::Sink;
use crate::view::compensation::rows::{Column, REJECTS};

/// The two files of a run: claims, and rejected rows.
pub struct Files {
    drafts: [Draft; 2],
    bytes: [u64; 2],
    /// Claims in columns, where they go into Parquet; the first draft stays empty then.
    columns: Option<Sink>,
}

impl Files {
    /// Begins both with their headings.
    pub fn begin(paths: &[PathBuf; 2], columns: &[Column], force: bool, mark: bool) -> Result<Self, Error> {
        let [rows, rejected] = paths;
        let drafts = [Draft::create(rows, force)?, Draft::create(rejected, force)?];
        // A table in columns has a draft of its own, and no text beside it.
        let sink = (ending(&rows.to_string_lossy()) == "parquet").then(|| Sink::create(rows, force));
        let mut files = Self { drafts, bytes: [0, 0], columns: sink.transpose()? };
        let head = columns.iter().map(|column| column.key()).collect::<Vec<_>>().join(",");
        for (place, head) in [head, REJECTS.join(",")].into_iter().enumerate() {
            let mark = if mark { "\u{feff}" } else { "" };
            files.write(place, format!("{mark}{head}\n").as_bytes())?;
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

    /// Adds the rows of a piece.
    pub fn add(&mut self, body: Body) -> Result<(), Error> {
        match (body.rows, &mut self.columns) {
            (Rows::Columns(rows), Some(sink)) => sink.push(rows.into_frame())?,
            (Rows::Lines(rows), _) => self.write(0, rows.as_bytes())?,
            _ => {}
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

fn failed(error: &std::io::Error) -> Error {
    Error::file("the file of -o", error, "name a folder that exists and can be written")
}
