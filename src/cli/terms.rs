//! `netloss terms`

use clap::{Args, ValueEnum};

use super::Lang;
use super::error::Error;
use super::output::To;
use crate::read::nearest;
use crate::term::Term;
use crate::terms;
use crate::view;

/// Every term with its formula, unit, order and names
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    netloss terms\n  \
    netloss terms waiting_period\n  \
    netloss terms 대기기간 --lang ko")]
pub struct Arguments {
    /// One term, by its key or by one of its names [default: all]
    name: Option<String>,
    /// Form of the reference
    #[arg(long, value_name = "FORM", default_value = "text")]
    format: Format,
    /// Language of the headings
    #[arg(long, value_name = "LANG", default_value = "en")]
    lang: Lang,
    #[command(flatten)]
    to: To,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Text,
    Json,
    Markdown,
}

pub fn run(arguments: &Arguments) -> Result<(), Error> {
    let chosen: Vec<&Term> = match &arguments.name {
        None => terms::ALL.iter().collect(),
        Some(name) => vec![terms::named(name).ok_or_else(|| unknown(name))?],
    };
    let language = arguments.lang.into();
    let text = match arguments.format {
        Format::Json => view::terms::json(&chosen),
        Format::Markdown => view::terms::markdown(&chosen),
        Format::Text if arguments.name.is_some() => view::terms::one(chosen[0], language),
        Format::Text => view::terms::list(&chosen, language),
    };
    arguments.to.write(text.as_bytes())
}

fn unknown(name: &str) -> Error {
    let hint = match nearest(name, terms::ALL.iter().map(|term| term.key)) {
        Some(near) => format!("did you mean {near:?}?"),
        None => "`netloss terms` lists them".to_owned(),
    };
    Error::usage(format!("there is no term {name:?}"), hint)
}
