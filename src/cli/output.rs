//! Output: to stdout, or to a file that appears whole or not at all.

use std::io::{self, Seek, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use super::error::Error;

/// Where a result goes.
#[derive(Clone, Debug, Args)]
pub struct To {
    /// Write to this file instead of stdout; it appears whole or not at all
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Overwrite FILE where it exists
    #[arg(long, requires = "output")]
    force: bool,
}

impl To {
    /// Returns whether the result goes to stdout.
    pub fn stdout(&self) -> bool {
        self.output.as_ref().is_none_or(|path| path.as_os_str() == "-")
    }

    /// To that file, or to stdout.
    pub fn named(output: Option<PathBuf>, force: bool) -> Self {
        Self { output, force }
    }

    /// Writes a result.
    pub fn write(&self, bytes: &[u8]) -> Result<(), Error> {
        match &self.output {
            Some(path) if path.as_os_str() != "-" => file(path, bytes, self.force),
            _ => stdout(bytes),
        }
    }
}

/// Writes to stdout; a reader that has gone away is no fault.
pub fn stdout(bytes: &[u8]) -> Result<(), Error> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Error::file("stdout", &error, "write to a file with -o FILE"))
        }
        _ => Ok(()),
    }
}

/// Writes a file beside its name and moves it there when it is complete.
///
/// A link is followed, and what is no ordinary file (a device, a pipe) is written
/// to as it stands.
pub fn file(path: &Path, bytes: &[u8], force: bool) -> Result<(), Error> {
    let target = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    if target.metadata().is_ok_and(|found| !found.is_file() && !found.is_dir()) {
        let name = crate::view::clean(&path.display().to_string());
        return std::fs::write(target, bytes).map_err(|error| failed(&name, &error));
    }
    let mut draft = Draft::create(path, force)?;
    draft.draft().write_all(bytes).map_err(|error| failed(&draft.name, &error))?;
    draft.keep()
}

fn failed(name: &str, error: &io::Error) -> Error {
    Error::file(name, error, "name a folder that exists and can be written")
}

/// A file that is written beside its name; dropped, it leaves no trace.
#[derive(Debug)]
pub struct Draft {
    draft: tempfile::NamedTempFile,
    target: PathBuf,
    name: String,
    force: bool,
}

impl Draft {
    /// Begins a file, so that one that stands in the way is told of before any work.
    pub fn create(path: &Path, force: bool) -> Result<Self, Error> {
        let name = crate::view::clean(&path.display().to_string());
        let target = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        if target.exists() && !force {
            return Err(exists(&name));
        }
        let folder = match target.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let draft =
            tempfile::Builder::new().prefix(&beginning(&target)).suffix(".part").tempfile_in(folder);
        let draft = draft.map_err(|error| failed(&name, &error))?;
        Ok(Self { draft, target, name, force })
    }

    /// Goes on with a draft that an earlier run left, after so many of its bytes.
    pub fn go_on(path: &Path, draft: &Path, bytes: u64, force: bool) -> Result<Self, Error> {
        let name = crate::view::clean(&path.display().to_string());
        let target = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        if target.exists() && !force {
            return Err(exists(&name));
        }
        let open = || -> io::Result<tempfile::NamedTempFile> {
            let mut file = std::fs::OpenOptions::new().read(true).write(true).open(draft)?;
            let found = file.metadata()?;
            if !found.is_file() || found.len() < bytes {
                return Err(io::Error::other("it is shorter than its journal says"));
            }
            file.set_len(bytes)?;
            file.seek(io::SeekFrom::End(0))?;
            Ok(tempfile::NamedTempFile::from_parts(file, tempfile::TempPath::try_from_path(draft)?))
        };
        let draft = open().map_err(|error| {
            Error::file(&draft.display().to_string(), &error, "begin anew with --force, without --resume")
        })?;
        Ok(Self { draft, target, name, force })
    }

    /// Returns where it stands while it is written.
    pub fn draft_path(&self) -> &Path {
        self.draft.path()
    }

    /// Waits until what was written is safe on disk.
    pub fn sync(&self) -> io::Result<()> {
        self.draft.as_file().sync_data()
    }

    /// Leaves the draft where it stands, for a run that goes on with it.
    pub fn leave(self) -> Result<(), Error> {
        self.draft.keep().map(|_| ()).map_err(|error| failed(&self.name, &error.error))
    }

    /// Returns where to write.
    pub fn draft(&mut self) -> &mut tempfile::NamedTempFile {
        &mut self.draft
    }

    /// Returns where the file is to be.
    pub fn path(&self) -> &Path {
        &self.target
    }

    /// Returns another handle of the same file.
    #[cfg(feature = "batch")]
    pub fn file(&self) -> io::Result<std::fs::File> {
        self.draft.as_file().try_clone()
    }

    /// Puts the file in its place.
    pub fn keep(self) -> Result<(), Error> {
        let Self { mut draft, target, name, force } = self;
        let fail = |error: io::Error| failed(&name, &error);
        draft.flush().and_then(|()| draft.as_file().sync_all()).map_err(fail)?;
        readable(&draft).map_err(fail)?;
        let moved = if force { draft.persist(&target) } else { draft.persist_noclobber(&target) };
        match moved {
            Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => Err(exists(&name)),
            Err(error) => Err(fail(error.error)),
            Ok(_) => {
                // The name is safe on disk only once its folder is.
                let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty());
                let folder = folder.unwrap_or(Path::new("."));
                let _ = std::fs::File::open(folder).and_then(|folder| folder.sync_all());
                let _ = writeln!(io::stderr(), "wrote {name}");
                Ok(())
            }
        }
    }
}

/// Returns how the name of a draft begins, so that one left behind says what it was to be.
fn beginning(target: &Path) -> std::ffi::OsString {
    let mut beginning = std::ffi::OsString::from(".");
    // With the letters that make it unlike others, a long name would be too long.
    if let Some(name) = target.file_name().filter(|name| name.len() <= 200) {
        beginning.push(name);
        beginning.push(".");
    }
    beginning
}

fn exists(name: &str) -> Error {
    Error::File { message: format!("{name}: the file exists"), hint: "add --force to replace it".into() }
}

/// Gives a draft the mode that an ordinary file has, not that of a secret one.
#[cfg(unix)]
fn readable(draft: &tempfile::NamedTempFile) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    draft.as_file().set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable(_: &tempfile::NamedTempFile) -> io::Result<()> {
    Ok(())
}
