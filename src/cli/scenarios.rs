//! `netloss scenarios`

use clap::{Args, ValueEnum};

use super::Lang;
use super::error::Error;
use super::output::To;
use crate::read::{Overrides, Reading, library, nearest, read};
use crate::view::scenarios::{self, Bundled};

/// The bundled scenarios: what each answers, and what in it is an assumption
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    netloss scenarios\n  \
    netloss scenarios samsung-sds-2014 --lang ko\n  \
    netloss scenarios delta-2024 --format toml > my.toml")]
pub struct Arguments {
    /// One scenario in full, with every source [default: a list of all]
    name: Option<String>,
    /// Form of the result; toml is the scenario file itself
    #[arg(long, value_name = "FORM", default_value = "table")]
    format: Format,
    /// Language of the words
    #[arg(long, value_name = "LANG", default_value = "en")]
    lang: Lang,
    /// Columns of the text
    #[arg(long, value_name = "COLUMNS", default_value = "80", value_parser = clap::value_parser!(u16).range(40..=400))]
    width: u16,
    #[command(flatten)]
    to: To,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Table,
    Json,
    Toml,
}

pub fn run(arguments: &Arguments) -> Result<(), Error> {
    let chosen: Vec<(&'static str, &'static str)> = match &arguments.name {
        None => library::SCENARIOS.to_vec(),
        Some(name) => {
            let known = library::SCENARIOS.iter().find(|(known, _)| known == name);
            vec![*known.ok_or_else(|| unknown(name))?]
        }
    };
    if matches!(arguments.format, Format::Toml) {
        let [(_, text)] = chosen.as_slice() else {
            let hint = "name it: netloss scenarios NAME --format toml";
            return Err(Error::usage("only one scenario can be written as a file", hint));
        };
        return arguments.to.write(text.as_bytes());
    }
    let read =
        |(name, text): &(&'static str, &'static str)| (*name, read(text, None, &Overrides::default()));
    let readings: Vec<(&str, Reading)> = chosen.iter().map(read).collect();
    let bundled: Vec<Bundled<'_>> = readings
        .iter()
        .filter_map(|(name, reading)| {
            let Reading { scenario, sources, .. } = reading;
            Some(Bundled { name, scenario: scenario.as_ref()?, own: sources })
        })
        .collect();
    let (language, width) = (arguments.lang.into(), usize::from(arguments.width));
    let text = match (arguments.format, arguments.name.is_some()) {
        (Format::Json, _) => scenarios::json(&bundled),
        (_, true) => scenarios::one(bundled[0], language, width),
        (_, false) => scenarios::list(&bundled, language, width),
    };
    arguments.to.write(text.as_bytes())
}

fn unknown(name: &str) -> Error {
    let hint = match nearest(name, library::SCENARIOS.iter().map(|(name, _)| *name)) {
        Some(near) => format!("did you mean {near}?"),
        None => "`netloss scenarios` lists them".to_owned(),
    };
    Error::usage(format!("no bundled scenario is called {name:?}"), hint)
}
