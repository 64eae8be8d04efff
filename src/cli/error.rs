//! What a command can fail of, its message and its exit code.

use std::fmt;

use crate::view::clean;

/// Exit codes: public interface.
pub mod exit {
    /// Done.
    pub const DONE: u8 = 0;
    /// A fault of this program.
    pub const INTERNAL: u8 = 1;
    /// The command line is wrong.
    pub const USAGE: u8 = 2;
    /// A file has faults.
    pub const INPUT: u8 = 3;
    /// There are warnings, and they were to count.
    pub const WARNINGS: u8 = 4;
    /// A file could not be read or written.
    pub const FILES: u8 = 5;
    /// The run was stopped (Ctrl-C).
    pub const INTERRUPTED: u8 = 130;
}

/// Why a command did not do what it was asked.
#[derive(Debug)]
pub enum Error {
    /// The command line asks for what cannot be.
    Usage {
        /// What is wrong.
        message: String,
        /// What to type instead.
        hint: String,
    },
    /// A file has faults; its findings, ready to print.
    Input(String),
    /// A file has warnings, and they were to count; ready to print.
    Warnings(String),
    /// The run was stopped; how far it came.
    Interrupted(String),
    /// A file could not be read or written.
    File {
        /// Which file, and what went wrong.
        message: String,
        /// What to do.
        hint: String,
    },
}

impl Error {
    pub(super) fn usage(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Usage { message: message.into(), hint: hint.into() }
    }

    pub(super) fn file(name: &str, error: &std::io::Error, hint: impl Into<String>) -> Self {
        // The number of a system's error says nothing to a reader.
        let error = error.to_string();
        let error = error.split(" (os error").next().unwrap_or_default();
        Self::File { message: clean(&format!("{name}: {error}")), hint: hint.into() }
    }

    /// Returns the exit code.
    #[must_use]
    pub fn code(&self) -> u8 {
        match self {
            Self::Usage { .. } => exit::USAGE,
            Self::Input(_) => exit::INPUT,
            Self::Warnings(_) => exit::WARNINGS,
            Self::File { .. } => exit::FILES,
            Self::Interrupted(_) => exit::INTERRUPTED,
        }
    }

    pub(super) fn print(&self) {
        use std::io::Write;
        let text = self.to_string();
        if !text.is_empty() {
            let _ = writeln!(std::io::stderr(), "{text}");
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage { message, hint } | Self::File { message, hint } => {
                write!(f, "error: {message}\n  hint: {hint}")
            }
            Self::Input(text) | Self::Warnings(text) => write!(f, "{text}"),
            Self::Interrupted(how_far) => write!(f, "{how_far}"),
        }
    }
}

impl std::error::Error for Error {}
