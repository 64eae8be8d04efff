//! `netloss events`

use std::ops::RangeInclusive;

use clap::{Args, ValueEnum};

use super::Lang;
use super::error::Error;
use super::output::To;
use crate::outage::Cause;
use crate::quantity::Hours;
use crate::read::events::{self, Event};
use crate::read::{nearest, parse_duration};
use crate::scenario::Label;
use crate::view;

/// Outages of the past, with every figure published of them
#[derive(Debug, Args)]
#[command(
    after_help = "Figures that disagree are all kept. What is worked out by us says \"ours\" and how.\n\n\
    Examples:\n  \
    netloss events\n  \
    netloss events delta-2024\n  \
    netloss events --cause security_failure --year 2024..2025\n  \
    netloss events 화재 --lang ko"
)]
pub struct Arguments {
    /// One event by its name, or words to look for in all of them
    words: Vec<String>,
    /// Only events of a company whose name holds this
    #[arg(long, value_name = "NAME")]
    company: Option<String>,
    /// Only events of this cause, such as dependent_system_failure
    #[arg(long, value_name = "CAUSE", value_parser = parse_cause)]
    cause: Option<Cause>,
    /// Only events of these years, such as 2022 or 2014..2025
    #[arg(long, value_name = "YEARS", value_parser = parse_years)]
    year: Option<Years>,
    /// Only events of this country, as two letters such as KR
    #[arg(long, value_name = "COUNTRY")]
    country: Option<String>,
    /// Only events that are known to have lasted so long, such as 12h or 3d
    #[arg(long, value_name = "DURATION", value_parser = parse_hours)]
    min_hours: Option<Hours>,
    /// Form of the result
    #[arg(long, value_name = "FORM", default_value = "table")]
    format: Format,
    /// Language of headings and labels
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
}

#[derive(Clone, Debug)]
struct Years(RangeInclusive<i16>);

fn parse_years(text: &str) -> Result<Years, String> {
    let (first, last) = text.split_once("..").unwrap_or((text, text));
    let year = |text: &str| text.trim_start_matches('=').parse::<i16>().ok();
    match (year(first), year(last)) {
        (Some(first), Some(last)) if first <= last => Ok(Years(first..=last)),
        (Some(_), Some(_)) => Err("the first year comes after the last".into()),
        _ => Err("write a year such as 2022, or both ends: 2014..2025".into()),
    }
}

fn parse_cause(text: &str) -> Result<Cause, String> {
    let known = Cause::ALL.into_iter().find(|(key, _)| *key == text).map(|(_, cause)| cause);
    known.ok_or_else(|| format!("give one of {}", Cause::ALL.map(|(key, _)| key).join(", ")))
}

fn parse_hours(text: &str) -> Result<Hours, String> {
    // A bare number is hours: the option says so.
    let text = if text.parse::<f64>().is_ok() { format!("{text}h") } else { text.to_owned() };
    parse_duration(&text).map_err(|fault| fault.to_string())
}

impl Arguments {
    fn takes(&self, event: &Event) -> bool {
        let word = |word: &String| {
            holds(&event.name, word)
                || holds(&event.company, word)
                || event.id.contains(&word.to_lowercase())
                || holds(&event.note, word)
        };
        self.words.iter().all(word) && self.matches(event)
    }

    /// Returns whether an event is one of those that the options leave.
    fn matches(&self, event: &Event) -> bool {
        self.company.as_ref().is_none_or(|name| holds(&event.company, name))
            && self.cause.is_none_or(|cause| cause == event.cause)
            && self.country.as_ref().is_none_or(|country| country.eq_ignore_ascii_case(&event.country))
            && self
                .year
                .as_ref()
                .is_none_or(|Years(years)| event.year().is_some_and(|year| years.contains(&year)))
            && self.min_hours.is_none_or(|least| event.longest().is_some_and(|hours| hours >= least))
    }
}

fn holds(label: &Label, word: &str) -> bool {
    let word = word.to_lowercase();
    [&label.en, &label.ko].into_iter().any(|text| text.to_lowercase().contains(&word))
}

pub fn run(arguments: &Arguments) -> Result<(), Error> {
    let language = arguments.lang.into();
    let one = match arguments.words.as_slice() {
        [name] => events::event(name).filter(|event| arguments.matches(event)),
        _ => None,
    };
    let chosen: Vec<&Event> = match one {
        Some(event) => vec![event],
        None => events::events().iter().filter(|event| arguments.takes(event)).collect(),
    };
    if chosen.is_empty() {
        return Err(none(arguments));
    }
    let text = match (arguments.format, one) {
        (Format::Json, _) => view::events::json(&chosen),
        (Format::Csv, _) => view::events::csv(&chosen),
        (Format::Table, Some(event)) => view::events::one(event, language),
        (Format::Table, None) => view::events::list(&chosen, language),
    };
    arguments.to.write(text.as_bytes())
}

fn none(arguments: &Arguments) -> Error {
    let words = arguments.words.join(" ");
    if words.is_empty() {
        return Error::usage("no event is like that", "ask for less; `netloss events` lists them all");
    }
    if events::event(&words).is_some() {
        let hint = "leave the other options out to see it";
        return Error::usage(format!("{words} is not like what the options ask for"), hint);
    }
    let Error::Usage { hint, .. } = unknown(&words) else { return unknown(&words) };
    Error::usage(format!("no event is called {words:?}, or tells of it"), hint)
}

/// There is no event of that name.
pub fn unknown(name: &str) -> Error {
    let hint = match nearest(name, events::events().iter().map(|event| event.id.as_str())) {
        Some(near) => format!("did you mean {near:?}?"),
        None => "`netloss events` lists them".to_owned(),
    };
    Error::usage(format!("there is no event {name:?}"), hint)
}
