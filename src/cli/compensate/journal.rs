//! Journal: how far a long run has come, so that one that was killed goes on.
//!
//! It stands beside the output and names the files that grow there. A run that goes on
//! cuts them off where the journal says, and ends with the same bytes as one that was
//! never stopped.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use crate::cli::error::Error;
use crate::read::claims::{Encoding, Place};
use crate::scheme::{Groups, Ids, Run, Tally, Totals};

/// The version of the format of journals.
const SCHEMA: &str = "netloss.journal/1";

/// What makes a run the same run: its words are told where they differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Each thing that must not change, with its name.
    pub parts: Vec<(&'static str, String)>,
}

impl Identity {
    /// Digests bytes in letters.
    pub fn digest(bytes: &[u8]) -> String {
        Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
    }
}

/// How far a run has come.
#[derive(Clone, Debug)]
pub struct State {
    /// The place in the claims.
    pub at: Place,
    /// Each file that grows, with its bytes.
    pub drafts: [(PathBuf, u64); 2],
    /// What the rows come to.
    pub totals: Totals,
    /// Names so far, where they are few enough to be told; the claims are read again if not.
    pub ids: Option<Vec<Run>>,
}

/// The journal of one output.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
}

impl Journal {
    /// Names the journal of an output.
    pub fn of(output: &Path) -> Self {
        let mut name = output.as_os_str().to_owned();
        name.push(".journal");
        Self { path: name.into() }
    }

    fn name(&self) -> String {
        crate::view::clean(&self.path.display().to_string())
    }

    /// Returns whether an earlier run left one.
    pub fn is_there(&self) -> bool {
        self.path.exists()
    }

    /// Says that an earlier run left one, and what to do.
    pub fn in_the_way(&self) -> Error {
        let message = format!("{}: an earlier run was stopped and left its journal", self.name());
        Error::File { message, hint: "go on with it by --resume, or begin anew with --force".into() }
    }

    /// Removes the journal and, where the run has not ended, what it names.
    pub fn remove(&self, with_drafts: bool) {
        if with_drafts && let Some((_, state)) = self.parsed() {
            for (draft, _) in state.drafts {
                let _ = std::fs::remove_file(draft);
            }
        }
        let _ = std::fs::remove_file(&self.path);
    }

    fn parsed(&self) -> Option<(Vec<(String, String)>, State)> {
        let value: Value = serde_json::from_slice(&std::fs::read(&self.path).ok()?).ok()?;
        read(&value)
    }

    /// Reads how far the run had come.
    ///
    /// # Errors
    ///
    /// Refuses a journal that cannot be read, and one of another run.
    pub fn read(&self, identity: &Identity) -> Result<State, Error> {
        let refuse = |message: String, hint: &str| Error::File {
            message: format!("{}: {message}", self.name()),
            hint: hint.into(),
        };
        let Some((parts, state)) = self.parsed() else {
            return Err(refuse("this is no journal that can be read".into(), "begin anew with --force"));
        };
        for ((name, now), (_, then)) in identity.parts.iter().zip(&parts) {
            if now != then {
                let message = format!("{name} changed since the run was stopped");
                return Err(refuse(
                    message,
                    "put back what it was, or begin anew with --force, without --resume",
                ));
            }
        }
        Ok(state)
    }

    /// Writes how far the run has come; the journal is the old one or the new one, whole.
    ///
    /// # Errors
    ///
    /// Tells why it cannot be written.
    pub fn write(&self, identity: &Identity, state: &State) -> Result<(), Error> {
        let write = || -> std::io::Result<()> {
            let folder = self.path.parent().filter(|folder| !folder.as_os_str().is_empty());
            let mut draft = tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
            draft.write_all(format!("{}\n", written(identity, state)).as_bytes())?;
            draft.as_file().sync_data()?;
            draft.persist(&self.path).map_err(|error| error.error)?;
            Ok(())
        };
        write().map_err(|error| Error::file(&self.name(), &error, "name a folder that can be written"))
    }
}

fn written(identity: &Identity, state: &State) -> Value {
    let parts: Vec<_> = identity.parts.iter().map(|(name, value)| json!([name, value])).collect();
    let drafts: Vec<_> =
        state.drafts.iter().map(|(path, bytes)| json!([path.to_string_lossy(), bytes])).collect();
    let ids = state.ids.as_ref().map(|runs| -> Vec<Value> {
        runs.iter().map(|run| json!([run.prefix, run.width, run.from, run.to])).collect()
    });
    let encoding = match state.at.encoding {
        Encoding::Ascii => "ascii",
        Encoding::Utf8 => "utf-8",
        Encoding::Cp949 => "cp949",
    };
    let totals = &state.totals;
    let bands: Vec<_> =
        totals.bands.iter().map(|((rule, band), tally)| json!([rule, band, figures(tally)])).collect();
    let groups: Vec<_> = totals
        .groups
        .iter()
        .map(|groups| {
            let named: Vec<_> =
                groups.named.iter().map(|(word, tally)| json!([word, figures(tally)])).collect();
            json!({ "named": named, "others": figures(&groups.others) })
        })
        .collect();
    let rejects: Map<String, Value> =
        totals.rejects.iter().map(|(why, count)| (why.to_string(), json!(count))).collect();
    json!({
        "schema": SCHEMA,
        "of": parts,
        "drafts": drafts,
        "at": { "bytes": state.at.bytes, "rows": state.at.rows, "lines": state.at.lines, "encoding": encoding },
        "ids": ids,
        "totals": {
            "all": figures(&totals.all), "bands": bands, "groups": groups, "flags": totals.flags,
            "rejects": rejects,
        },
    })
}

/// Figures as text: a sum may be beyond the numbers of JSON's readers.
fn figures(tally: &Tally) -> Value {
    tally.figures().map(|figure| figure.to_string()).collect::<Vec<_>>().join(" ").into()
}

fn read(value: &Value) -> Option<(Vec<(String, String)>, State)> {
    if value["schema"] != SCHEMA {
        return None;
    }
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let parts = value["of"].as_array()?.iter().map(|part| Some((text(&part[0])?, text(&part[1])?)));
    let parts = parts.collect::<Option<Vec<_>>>()?;
    let draft = |value: &Value| Some((PathBuf::from(value[0].as_str()?), value[1].as_u64()?));
    let drafts = [draft(&value["drafts"][0])?, draft(&value["drafts"][1])?];
    let at = &value["at"];
    let encoding = match at["encoding"].as_str()? {
        "ascii" => Encoding::Ascii,
        "utf-8" => Encoding::Utf8,
        "cp949" => Encoding::Cp949,
        _ => return None,
    };
    let number = |name: &str| at[name].as_u64();
    let at = Place { bytes: number("bytes")?, rows: number("rows")?, lines: number("lines")?, encoding };
    let run = |run: &Value| {
        let width = u8::try_from(run[1].as_u64()?).ok()?;
        Some(Run { prefix: text(&run[0])?, width, from: run[2].as_u64()?, to: run[3].as_u64()? })
    };
    let ids = match &value["ids"] {
        Value::Null => None,
        runs => Some(runs.as_array()?.iter().map(run).collect::<Option<Vec<_>>>()?),
    };
    Some((parts, State { at, drafts, totals: totals(&value["totals"])?, ids }))
}

fn tally(value: &Value) -> Option<Tally> {
    let figures = value.as_str()?.split(' ').map(|figure| figure.parse().ok());
    Tally::of_figures(&figures.collect::<Option<Vec<_>>>()?)
}

fn totals(value: &Value) -> Option<Totals> {
    let mut totals = Totals { all: tally(&value["all"])?, ..Totals::default() };
    let small = |value: &Value| value.as_u64().and_then(|number| u8::try_from(number).ok());
    for band in value["bands"].as_array()? {
        let place = if band[1].is_null() { None } else { Some(small(&band[1])?) };
        totals.bands.insert((small(&band[0])?, place), tally(&band[2])?);
    }
    for (groups, value) in totals.groups.iter_mut().zip(value["groups"].as_array()?) {
        let named = value["named"].as_array()?.iter();
        let named = named.map(|group| Some((group[0].as_str()?.to_owned(), tally(&group[1])?)));
        *groups = Groups { named: named.collect::<Option<_>>()?, others: tally(&value["others"])? };
    }
    for (count, value) in totals.flags.iter_mut().zip(value["flags"].as_array()?) {
        *count = value.as_u64()?;
    }
    for (why, count) in value["rejects"].as_object()? {
        totals.rejects.insert(Cow::Owned(why.clone()), count.as_u64()?);
    }
    Some(totals)
}

/// Returns the names of a state, or those of nobody.
pub fn ids(state: &State) -> Option<Ids> {
    state.ids.as_deref().map(Ids::of_runs)
}
