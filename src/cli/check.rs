//! `netloss check`

use clap::{Args, ValueEnum};

use super::error::Error;
use super::output;
use super::source::Source;
use crate::read::{Overrides, Severity};
use crate::view::{clean, findings};

/// Tell every fault of a scenario file
#[derive(Debug, Args)]
#[command(after_help = "Silent and 0 where nothing is wrong. Findings go to stdout.")]
pub struct Arguments {
    /// Scenario file, `-` for stdin, or the name of a bundled scenario
    scenario: String,
    /// Form of the findings
    #[arg(long, value_name = "FORM", default_value = "text")]
    format: Format,
    /// Warnings are faults
    #[arg(long)]
    strict: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Text,
    Json,
}

pub fn run(arguments: &Arguments, colour: bool) -> Result<(), Error> {
    let source = Source::open(Some(&arguments.scenario))?;
    let reading = source.read(&Overrides::default());
    let count = |severity| reading.findings.iter().filter(|finding| finding.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    match arguments.format {
        Format::Json => {
            output::stdout(findings::json(&reading.findings, &source.name, &source.text).as_bytes())?
        }
        Format::Text if errors + warnings > 0 => {
            let text = findings::text(&reading.findings, &source.name, &source.text, colour);
            let count = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
            let (errors, warnings) = (count(errors, "error"), count(warnings, "warning"));
            let total = format!("\n\n{}: {errors}, {warnings}\n", clean(&source.name));
            output::stdout((text + &total).as_bytes())?;
        }
        Format::Text => {}
    }
    match (errors, warnings) {
        (0, 0) => Ok(()),
        (0, _) if !arguments.strict => Ok(()),
        (0, _) => Err(Error::Warnings(String::new())),
        _ => Err(Error::Input(String::new())),
    }
}
