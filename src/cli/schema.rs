//! `netloss schema`

use clap::{Args, ValueEnum};

use super::error::Error;
use super::output::To;
use crate::read::schema;

/// Print the JSON Schema of scenario files, or of compensation schemes
#[derive(Debug, Args)]
pub struct Arguments {
    /// Of which files
    #[arg(long, value_name = "KIND", default_value = "scenario")]
    of: Of,
    #[command(flatten)]
    to: To,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Of {
    Scenario,
    Scheme,
}

pub fn run(arguments: &Arguments) -> Result<(), Error> {
    let schema = match arguments.of {
        Of::Scenario => schema::scenario(),
        Of::Scheme => schema::scheme(),
    };
    arguments.to.write(format!("{schema:#}\n").as_bytes())
}
