//! Where a scenario comes from: a file, stdin, or the bundled library.

use std::io::Read;
use std::path::{Path, PathBuf};

use super::error::Error;
use crate::read::{Overrides, Reading, Severity, library, nearest};
use crate::view::findings;

/// Largest scenario file: far above any that people write.
const MOST_BYTES: u64 = 16 * 1024 * 1024;

/// The text of a scenario and where it came from.
#[derive(Debug)]
pub struct Source {
    /// Its name in messages.
    pub name: String,
    /// Its text.
    pub text: String,
    folder: Option<PathBuf>,
}

impl Source {
    /// Opens a file, `-` for stdin, or a bundled scenario by its name.
    pub fn open(name: Option<&str>) -> Result<Self, Error> {
        let name = name.unwrap_or(library::DEFAULT_SCENARIO);
        if name == "-" {
            let mut bytes = Vec::new();
            let read = std::io::stdin().take(MOST_BYTES + 1).read_to_end(&mut bytes);
            read.map_err(|error| Error::file("stdin", &error, "pipe a scenario in, or name its file"))?;
            if bytes.len() as u64 > MOST_BYTES {
                return Err(Self::too_large("stdin"));
            }
            return Self::decode("<stdin>", bytes, None);
        }
        let path = Path::new(name);
        if !path.exists()
            && let Some(text) = library::scenario(name)
        {
            return Ok(Self { name: format!("{name}.toml"), text: text.to_owned(), folder: None });
        }
        let hint = match nearest(name, library::SCENARIOS.into_iter().map(|(name, _)| name)) {
            Some(near) => format!("did you mean {near}? `netloss scenarios` lists the bundled scenarios"),
            None => "name a scenario file, or one of the bundled scenarios that `netloss scenarios` lists"
                .into(),
        };
        let size = std::fs::metadata(path).map_err(|error| Error::file(name, &error, &hint))?.len();
        if size > MOST_BYTES {
            return Err(Self::too_large(name));
        }
        let bytes = std::fs::read(path).map_err(|error| Error::file(name, &error, &hint))?;
        Self::decode(name, bytes, path.parent().map(Path::to_owned))
    }

    fn too_large(name: &str) -> Error {
        let message = format!("{name}: more than {MOST_BYTES} bytes are too many for a scenario");
        Error::File { message, hint: "give hourly series in files of their own".into() }
    }

    fn decode(name: &str, bytes: Vec<u8>, folder: Option<PathBuf>) -> Result<Self, Error> {
        match String::from_utf8(bytes) {
            Ok(text) => {
                let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
                Ok(Self { name: name.to_owned(), text, folder })
            }
            Err(error) => {
                let byte = error.utf8_error().valid_up_to();
                let line = error.as_bytes()[..byte].iter().filter(|byte| **byte == b'\n').count() + 1;
                Err(Error::Input(format!(
                    "error: {name}:{line}: byte {} is not UTF-8\n  hint: save the file as UTF-8",
                    byte + 1
                )))
            }
        }
    }

    /// Reads the scenario and whatever is wrong with it.
    pub fn read(&self, overrides: &Overrides) -> Reading {
        crate::read::read(&self.text, self.folder.as_deref(), overrides)
    }

    /// Reads a scenario that can be used; warnings go to stderr.
    pub fn scenario(&self, overrides: &Overrides, strict: bool, colour: bool) -> Result<Reading, Error> {
        let reading = self.read(overrides);
        if reading.findings.is_empty() {
            return Ok(reading);
        }
        let text = findings::text(&reading.findings, &self.name, &self.text, colour);
        if reading.findings.iter().any(|finding| finding.severity == Severity::Error) {
            return Err(Error::Input(text));
        }
        if strict {
            return Err(Error::Warnings(text));
        }
        use std::io::Write;
        let _ = writeln!(std::io::stderr(), "{text}");
        Ok(reading)
    }
}
