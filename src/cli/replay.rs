//! `netloss replay`

use clap::{Args, ValueEnum};

use super::Lang;
use super::error::Error;
use super::events::unknown;
use super::output::To;
use crate::read::replay::{Case, Replayed, cases, not_replayed};
use crate::read::{events, nearest};
use crate::view;

/// Events of the past, projected and held against what was reported
#[derive(Debug, Args)]
#[command(after_help = "Nothing is fitted: a miss is shown as a miss, with the reason.\n\n\
    Examples:\n  \
    netloss replay\n  \
    netloss replay --event kakao-2022 --lang ko\n  \
    netloss replay --event facebook-rate\n  \
    netloss replay --scenario kakao-flat | netloss project -")]
pub struct Arguments {
    /// One event, or one case of it, walked from inputs to number
    #[arg(long, value_name = "NAME")]
    event: Option<String>,
    /// Print the scenario of a case, to be projected, explained or changed
    #[arg(long, value_name = "CASE", conflicts_with_all = ["event", "format"])]
    scenario: Option<String>,
    /// Form of the result
    #[arg(long, value_name = "FORM", default_value = "table")]
    format: Format,
    /// Language of tables
    #[arg(long, value_name = "LANG", default_value = "en")]
    lang: Lang,
    #[command(flatten)]
    to: To,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Table,
    Json,
    Csv,
    Markdown,
}

pub fn run(arguments: &Arguments) -> Result<(), Error> {
    if let Some(name) = &arguments.scenario {
        let case = cases().iter().find(|case| case.id == *name).ok_or_else(|| no_case(name))?;
        return arguments.to.write(case.scenario.as_bytes());
    }
    let chosen: Vec<&Case> = match &arguments.event {
        None => cases().iter().collect(),
        Some(name) => named(name)?,
    };
    let replayed = chosen.into_iter().map(Case::replay).collect::<Result<Vec<Replayed<'_>>, _>>();
    let replayed = replayed.map_err(Error::Input)?;
    let left = if arguments.event.is_none() { not_replayed() } else { vec![] };
    let language = arguments.lang.into();
    let text = match arguments.format {
        Format::Json => view::replay::json(&replayed, &left),
        Format::Csv => view::replay::csv(&replayed),
        Format::Markdown => view::replay::markdown(&replayed, &left),
        Format::Table if arguments.event.is_some() => view::replay::walk(&replayed, language),
        Format::Table => view::replay::table(&replayed, &left, language),
    };
    arguments.to.write(text.as_bytes())
}

/// The cases of an event, or the one case of that name.
fn named(name: &str) -> Result<Vec<&'static Case>, Error> {
    let found: Vec<&Case> = cases().iter().filter(|case| case.event == name || case.id == name).collect();
    if !found.is_empty() {
        return Ok(found);
    }
    if let Some(left) = not_replayed().into_iter().find(|left| left.event == name) {
        let hint = format!("`netloss events {name}` shows what was published");
        return Err(Error::usage(format!("{name} cannot be replayed: {}", left.reason.en), hint));
    }
    let event = nearest(name, events::events().iter().map(|event| event.id.as_str()));
    if event.is_some() { Err(unknown(name)) } else { Err(no_case(name)) }
}

fn no_case(name: &str) -> Error {
    let hint = match nearest(name, cases().iter().map(|case| case.id.as_str())) {
        Some(near) => format!("did you mean {near:?}?"),
        None => "`netloss replay` lists them".to_owned(),
    };
    Error::usage(format!("there is no case {name:?}"), hint)
}
