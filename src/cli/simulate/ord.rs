//! A folder of Open Results Data: all its files appear, or none.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::sink::Sink;
use crate::cli::error::Error;
use crate::cli::output::Draft;
use crate::risk::{Events, Losses};
use crate::view::clean;
use crate::view::simulation::{Shown, ord};

/// The form of the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Form {
    Csv,
    Parquet,
}

impl Form {
    fn end(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Parquet => "parquet",
        }
    }
}

/// A folder on its way.
pub struct Folder {
    form: Form,
    about: Option<ord::About>,
    outages: Vec<(ord::Perspective, Sink)>,
    of_years: Vec<(ord::Perspective, ord::Table, Sink)>,
    read_me: Draft,
    metadata: Draft,
    /// Tables of an earlier run that this one does not write.
    stale: Vec<PathBuf>,
    events: u64,
    // Last: the drafts are gone by the time that it is looked at.
    _made: Made,
}

/// A folder that was made for the files; where none came, it goes again.
struct Made(Option<PathBuf>);

impl Drop for Made {
    fn drop(&mut self) {
        if let Some(path) = &self.0 {
            // A folder with a file in it stays.
            let _ = std::fs::remove_dir(path);
        }
    }
}

impl Folder {
    /// Opens the files; those of outages where it is known what they are `about`.
    pub fn create(path: &Path, form: Form, force: bool, about: Option<ord::About>) -> Result<Self, Error> {
        if let Some(about) = about.as_ref().filter(|about| about.periods > ord::LARGEST) {
            return Err(too_many(&format!("{} years", about.periods)));
        }
        let made = Made(make(path)?.then(|| path.to_owned()));
        let named = |of: ord::Perspective, table: &str, form: Form| {
            path.join(format!("{}.{}", of.file(table), form.end()))
        };
        let (mut outages, mut of_years, mut stale) = (vec![], vec![], vec![]);
        for of in ord::Perspective::ALL {
            if about.is_some() {
                outages.push((of, Sink::create(&named(of, ord::OUTAGES, form), force)?));
            } else {
                stale.push(named(of, ord::OUTAGES, form));
            }
            for (table, view) in ord::OF_YEARS {
                of_years.push((of, view, Sink::create(&named(of, table, form), force)?));
            }
            let tables = ord::OF_YEARS.map(|(table, _)| table).into_iter().chain([ord::OUTAGES]);
            let other = if form == Form::Csv { Form::Parquet } else { Form::Csv };
            stale.extend(tables.map(|table| named(of, table, other)));
        }
        stale.retain(|path| path.exists());
        if let Some(stale) = stale.first().filter(|_| !force) {
            let name = clean(&stale.display().to_string());
            let message = format!("{name}: a table of another run lies in the folder");
            return Err(Error::File {
                message,
                hint: "add --force to replace that run, or name another".into(),
            });
        }
        let text = |name: &str| Draft::create(&path.join(name), force);
        let (read_me, metadata) = (text("README.txt")?, text("metadata.json")?);
        Ok(Self { form, about, outages, of_years, read_me, metadata, stale, events: 0, _made: made })
    }

    /// Takes in the outages of a block.
    pub fn push(&mut self, events: &Events, losses: &Losses) -> Result<(), Error> {
        let Some(about) = &self.about else { return Ok(()) };
        let before = self.events;
        self.events += events.outages() as u64;
        if self.events > ord::LARGEST {
            return Err(too_many(&format!("more than {} outages", ord::LARGEST)));
        }
        for (of, sink) in &mut self.outages {
            sink.push(about.outages(*of, before, events, losses))?;
        }
        Ok(())
    }

    /// Puts all files in their place.
    pub fn finish(mut self, shown: &Shown<'_>) -> Result<(), Error> {
        let by_outage = self.about.is_some();
        let mut drafts = Vec::new();
        for (_, sink) in self.outages {
            drafts.push(sink.close()?);
        }
        for (of, view, mut sink) in self.of_years {
            sink.push(view(of, shown))?;
            drafts.push(sink.close()?);
        }
        write(&mut self.read_me, &ord::read_me(shown, by_outage, self.form.end()))?;
        write(&mut self.metadata, &ord::metadata(shown, by_outage))?;
        drafts.extend([self.metadata, self.read_me]);
        // What wants room on the disk is done: from here on files are only given names.
        for stale in &self.stale {
            std::fs::remove_file(stale).map_err(|error| fail(stale, &error))?;
        }
        drafts.into_iter().try_for_each(Draft::keep)
    }
}

/// Makes the folder where there is none, and returns whether it did.
fn make(path: &Path) -> Result<bool, Error> {
    if path.is_dir() {
        return Ok(false);
    }
    if path.exists() {
        let message =
            format!("{}: it is a file, and a folder is wanted", clean(&path.display().to_string()));
        return Err(Error::File { message, hint: "name a folder that exists, or one to be made".into() });
    }
    std::fs::create_dir(path).map_err(|error| fail(path, &error))?;
    Ok(true)
}

fn write(draft: &mut Draft, text: &str) -> Result<(), Error> {
    let path = draft.path().to_owned();
    draft.draft().write_all(text.as_bytes()).map_err(|error| fail(&path, &error))
}

fn fail(path: &Path, error: &std::io::Error) -> Error {
    Error::file(
        &path.display().to_string(),
        error,
        "name a folder that can be written, on a disk with room",
    )
}

fn too_many(what: &str) -> Error {
    Error::usage(
        format!("{what}: Open Results Data numbers periods and events to {} only", ord::LARGEST),
        "draw fewer years with --ord",
    )
}
