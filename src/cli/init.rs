//! `netloss init`

use std::path::PathBuf;

use clap::Args;

use super::error::Error;
use super::output;
use crate::read::library::STARTER;

/// Write a commented scenario to start from
#[derive(Debug, Args)]
pub struct Arguments {
    /// File to write, or `-` for stdout
    #[arg(default_value = "scenario.toml")]
    file: PathBuf,
    /// Overwrite the file where it exists
    #[arg(long)]
    force: bool,
}

pub fn run(arguments: &Arguments) -> Result<(), Error> {
    if arguments.file.as_os_str() == "-" {
        return output::stdout(STARTER.as_bytes());
    }
    output::file(&arguments.file, STARTER.as_bytes(), arguments.force)
}
