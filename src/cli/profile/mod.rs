//! `netloss profile`

mod build;
mod show;

use clap::{Args, Subcommand};

use super::Error;

/// Shapes of revenue: build one from sales, draw one, list those that are bundled
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a profile of sales: week, seasons, holidays and trend
    Build(Box<build::Arguments>),
    /// Draw a bundled shape or a profile file
    Show(show::Show),
    /// List the bundled shapes
    List(show::List),
}

pub fn run(arguments: &Arguments, colour: bool) -> Result<(), Error> {
    match &arguments.command {
        Command::Build(arguments) => build::run(arguments, colour),
        Command::Show(arguments) => show::run(arguments, colour),
        Command::List(arguments) => show::list(arguments),
    }
}
