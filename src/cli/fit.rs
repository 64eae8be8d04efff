//! `netloss fit`

use std::io::Read;
use std::path::Path;

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::Lang;
use super::error::Error;
use super::output::To;
use super::simulate::number;
use crate::fit::{Family, InvalidSample, Question, Span, Study};
use crate::quantity::Hours;
use crate::read;
use crate::risk::{Dimension, Draws};
use crate::view;

/// Laws of how long and how often, from a history of outages
#[derive(Debug, Args)]
#[command(after_help = "OUTAGES.csv has a row for each outage: start (2022-10-15 or 2022-10-15T15:30)\n\
    and hours (4.5, 4h 30m, 4시간 30분) or end. Headings may be 시작, 시간, 종료.\n\n\
    Examples:\n  \
    netloss fit outages.csv --from 2016-01-01 --to 2025-12-31\n  \
    netloss fit outages.csv --from 2016-01-01 --to 2025-12-31 --at-least 1h\n  \
    netloss fit outages.csv --law lognormal --format json")]
pub struct Arguments {
    /// History of outages, or `-` for stdin: CSV in UTF-8 or CP949
    #[arg(value_name = "OUTAGES.csv")]
    history: String,
    /// First day observed, such as 2016-01-01 [default: of the first outage]
    #[arg(long, value_name = "DATE", requires = "to", value_parser = date)]
    from: Option<Date>,
    /// Last day observed [default: of the last outage, which overstates how often]
    #[arg(long, value_name = "DATE", requires = "from", value_parser = date)]
    to: Option<Date>,
    /// Shorter outages are not reported, such as 1h or 30m: those of the file are left
    /// out, and the laws are fitted as cut off there
    #[arg(long, value_name = "DURATION", value_parser = least)]
    at_least: Option<Hours>,
    /// Law of the duration to fit
    #[arg(long, value_name = "LAW", default_value = "all")]
    law: Law,
    /// Histories to draw from each law for its p-value
    #[arg(long, value_name = "NUMBER", default_value = "999", value_parser = resamples)]
    resamples: u32,
    /// Which histories are drawn: the same seed draws the same ones
    #[arg(long, value_name = "NUMBER", default_value = "1", value_parser = number)]
    seed: u64,
    /// Form of the result; json holds unrounded figures, times in hours
    #[arg(long, value_name = "FORM", default_value = "table")]
    format: Format,
    /// Language of the page
    #[arg(long, value_name = "LANG", default_value = "en")]
    lang: Lang,
    #[command(flatten)]
    to_file: To,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Table,
    Json,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Law {
    Lognormal,
    Weibull,
    Gamma,
    Pareto,
    All,
}

impl Law {
    fn families(self) -> &'static [Family] {
        match self {
            Self::Lognormal => &[Family::Lognormal],
            Self::Weibull => &[Family::Weibull],
            Self::Gamma => &[Family::Gamma],
            Self::Pareto => &[Family::Pareto],
            Self::All => &Family::ALL,
        }
    }
}

fn date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "write a date, such as 2016-01-01".into())
}

fn least(text: &str) -> Result<Hours, String> {
    let good = read::parse_duration(text).ok().filter(|hours| *hours > Hours::ZERO);
    good.ok_or_else(|| "write a duration above 0, such as 1h or 30m".into())
}

fn resamples(text: &str) -> Result<u32, String> {
    let good = number(text).ok().filter(|number| (19..=99_999).contains(number));
    good.map(|number| number as u32).ok_or_else(|| "write a whole number from 19 to 99_999".into())
}

/// Largest history: far above any that people keep.
const MOST_BYTES: u64 = 16 * 1024 * 1024;

pub fn run(arguments: &Arguments, colour: bool) -> Result<(), Error> {
    let span = arguments.from.zip(arguments.to).map(|(from, to)| Span::days(from, to)).transpose();
    let span = span.map_err(|error| Error::usage(error.to_string(), "give --from a day before --to"))?;
    let (name, bytes) = open(&arguments.history)?;
    let text = read::encoding::decode(&bytes).map_err(|line| {
        let name = view::clean(name);
        Error::Input(format!(
            "error: {name}:{line}: neither UTF-8 nor CP949\n  hint: save the file as UTF-8"
        ))
    })?;
    let records = read::history(&text, span)
        .map_err(|findings| Error::Input(view::findings::text(&findings, name, &text, colour)))?;
    let families = arguments.law.families();
    let question =
        Question { span, at_least: arguments.at_least, families, resamples: arguments.resamples };
    let study = Study::new(&records, question, |stream| numbers(arguments.seed, stream))
        .map_err(|error| refused(name, error))?;
    if study.best().is_none() {
        return Err(Error::Input(format!(
            "error: {}: the law has no best fit: above the least duration reported, the tail is too heavy\n  \
             hint: take --law pareto, or --law all",
            view::clean(name)
        )));
    }
    let text = match arguments.format {
        Format::Json => view::fit::json(&study, arguments.seed),
        Format::Table => view::fit::page(&study, arguments.lang.into()),
    };
    arguments.to_file.write(text.as_bytes())
}

fn refused(name: &str, error: InvalidSample) -> Error {
    let hint = match error {
        InvalidSample::AllTheSame(_) => "a law needs durations that differ; are they rounded too far?",
        _ => {
            "give three outages at the least; from eight on they begin to tell, from thirty on of the tail"
        }
    };
    Error::Input(format!("error: {}: {error}\n  hint: {hint}", view::clean(name)))
}

/// Opens a file, or stdin, and returns its name and what it holds.
fn open(name: &str) -> Result<(&str, Vec<u8>), Error> {
    let too_large = |name: &str| Error::File {
        message: format!("{}: more than {MOST_BYTES} bytes are too many for a history", view::clean(name)),
        hint: "give a row for each outage, and no other data".into(),
    };
    let mut bytes = Vec::new();
    let (name, read) = if name == "-" {
        ("<stdin>", std::io::stdin().take(MOST_BYTES + 1).read_to_end(&mut bytes))
    } else {
        let file = std::fs::File::open(Path::new(name));
        (name, file.and_then(|file| file.take(MOST_BYTES + 1).read_to_end(&mut bytes)))
    };
    read.map_err(|error| Error::file(name, &error, "name a CSV file with a row for each outage"))?;
    if bytes.len() as u64 > MOST_BYTES { Err(too_large(name)) } else { Ok((name, bytes)) }
}

/// Returns the numbers of a stream, one after another.
fn numbers(seed: u64, stream: u32) -> impl FnMut() -> f64 {
    let draws = Draws::new(seed);
    let (mut at, mut spare) = (0, None);
    move || {
        spare.take().unwrap_or_else(|| {
            let [first, second] = draws.pair(at, stream, Dimension::Event);
            at += 1;
            spare = Some(second);
            first
        })
    }
}
