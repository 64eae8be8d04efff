//! `netloss project`

use std::io::Write;

use clap::{Args, ValueEnum};

use super::Lang;
use super::error::Error;
use super::output::To;
use super::source::Source;
use super::typed::{quoted, rung};
use super::without::leave_out;
use crate::projection::Projection;
use crate::quantity::Hours;
use crate::read::{Overrides, Reading, parse_duration};
use crate::view::number::{UNITS, Unit};
use crate::view::{csv, json, report, sources};

/// Net loss by outage duration
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    netloss project\n  \
    netloss project kakao-2022-tower --lang ko\n  \
    netloss project my.toml --durations 4h,24h,3d --start 2026-12-24T18:00\n  \
    netloss project samsung-sds-2014 --sources\n  \
    netloss project my.toml --format json -o result.json")]
pub struct Arguments {
    /// Scenario file, `-` for stdin, or the name of a bundled scenario [default: kakao-2022]
    scenario: Option<String>,
    #[command(flatten)]
    ladder: Ladder,
    /// Form of the result; csv and json hold unrounded amounts in the main unit
    #[arg(long, value_name = "FORM", default_value = "table")]
    format: Format,
    /// Language of tables
    #[arg(long, value_name = "LANG", default_value = "en")]
    lang: Lang,
    /// Unit of amounts in tables: auto, won, cheon, man, baekman, eok, jo, million, billion
    #[arg(long, value_name = "UNIT", default_value = "auto", value_parser = parse_unit, hide_default_value = true)]
    unit: UnitChoice,
    /// Columns of tables
    #[arg(long, value_name = "COLUMNS", default_value = "80", value_parser = clap::value_parser!(u16).range(40..=400))]
    width: u16,
    /// Who bears what among covers and hedges: as asked in the file's order, or over every order
    #[arg(long, value_name = "WAY", default_value = "sequential")]
    attribution: Attribution,
    /// Leave out a measure, or a part of the plan such as early-warning, or all
    #[arg(long, value_name = "MEASURE", value_delimiter = ',')]
    without: Vec<String>,
    /// After the result, the source of every figure and what is an assumption of ours
    #[arg(long)]
    sources: bool,
    /// Warnings are faults
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    to: To,
}

/// How what covers and hedges pay together is shared out among them.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Attribution {
    /// What each pays, asked in the file's order
    Sequential,
    /// The mean of what each adds, over every order of at most 8 of them
    Shapley,
}

/// What replaces the file's own start and durations.
#[derive(Debug, Args)]
pub struct Ladder {
    /// Another start, in local time, such as 2026-12-24T18:00
    #[arg(long, value_name = "TIME", value_parser = parse_start)]
    start: Option<String>,
    /// Other durations, such as 4h,12h,127h30m
    #[arg(long, value_name = "LIST", value_delimiter = ',', value_parser = parse_hours)]
    durations: Option<Vec<Hours>>,
}

impl Ladder {
    /// A ladder of one duration, or the file's own.
    pub fn at(start: Option<String>, duration: Option<Hours>) -> Self {
        Self { start, durations: duration.map(|duration| vec![duration]) }
    }

    /// Returns the overrides for a reader.
    pub fn overrides(&self) -> Overrides {
        Overrides { start: self.start.clone(), durations: self.durations.clone() }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Table,
    Json,
    Csv,
    Parquet,
}

#[derive(Clone, Copy, Debug)]
struct UnitChoice(Option<Unit>);

fn parse_unit(text: &str) -> Result<UnitChoice, String> {
    if text == "auto" {
        return Ok(UnitChoice(None));
    }
    let known = || UNITS.map(|unit| unit.key).join(", ");
    Unit::named(text)
        .map(|unit| UnitChoice(Some(unit)))
        .ok_or_else(|| format!("give auto or one of {}", known()))
}

/// Reads a start of the command line.
pub fn parse_start(text: &str) -> Result<String, String> {
    let text = text.trim().replace(' ', "T");
    let good = text.parse::<jiff::civil::DateTime>().is_ok() || text.parse::<jiff::Timestamp>().is_ok();
    if good { Ok(text) } else { Err("write a local time such as 2022-10-15T15:30".into()) }
}

/// Reads a duration of the command line.
pub fn parse_hours(text: &str) -> Result<Hours, String> {
    const LONGEST: Hours = Hours(366.0 * 24.0);
    let hours = parse_duration(text).map_err(|fault| format!("{}; {}", fault.message, fault.mend))?;
    if hours > Hours::ZERO && hours <= LONGEST {
        Ok(hours)
    } else {
        Err("give more than 0 and at most 366 days".into())
    }
}

pub fn run(arguments: &Arguments, colour: bool) -> Result<(), Error> {
    if matches!(arguments.format, Format::Parquet) && !cfg!(feature = "batch") {
        return Err(Error::usage(
            "this build writes no Parquet",
            "build it with `cargo build --release --features batch`, or use --format csv",
        ));
    }
    if matches!(arguments.format, Format::Parquet) && arguments.to.stdout() {
        return Err(Error::usage("Parquet is no text for a terminal", "write to a file with -o FILE"));
    }
    if arguments.sources && !matches!(arguments.format, Format::Table | Format::Json) {
        return Err(Error::usage(
            "csv and parquet hold amounts alone, and no sources",
            "use --format table or --format json with --sources",
        ));
    }
    let source = Source::open(arguments.scenario.as_deref())?;
    let reading = source.scenario(&arguments.ladder.overrides(), arguments.strict, colour)?;
    let Reading { scenario: Some(scenario), sources, .. } = &reading else {
        return Err(Error::Input("the scenario cannot be used".into()));
    };
    let scenario = &leave_out(scenario, &arguments.without)?;
    let mut projection = Projection::new(scenario);
    if matches!(arguments.attribution, Attribution::Shapley) {
        let hint = "use --attribution sequential";
        projection =
            projection.over_every_order(scenario).map_err(|error| Error::usage(error.to_string(), hint))?;
    }
    let bytes = match arguments.format {
        Format::Json if arguments.sources => {
            json::write_with_sources(scenario, &projection, sources).into_bytes()
        }
        Format::Json => json::write(scenario, &projection).into_bytes(),
        Format::Csv => csv::write(scenario, &projection).into_bytes(),
        Format::Table => {
            let width = usize::from(arguments.width);
            let style = report::Style { language: arguments.lang.into(), unit: arguments.unit.0, width };
            let mut page = report::page(scenario, &projection, style);
            if arguments.sources {
                let sources = sources::section(scenario, sources, style.language, width);
                page.push_str(&format!("\n{sources}"));
            }
            page.into_bytes()
        }
        Format::Parquet => parquet(scenario, &projection)?,
    };
    arguments.to.write(&bytes)?;
    if matches!(arguments.format, Format::Table) && arguments.to.stdout() {
        let name = arguments.scenario.as_deref().unwrap_or(crate::read::library::DEFAULT_SCENARIO);
        let start =
            arguments.ladder.start.as_ref().map_or(String::new(), |start| format!(" --start {start}"));
        if name != "-" {
            let _ = writeln!(
                std::io::stderr(),
                "next: netloss explain {} --at {}{start}",
                quoted(name),
                rung(&scenario.durations)
            );
        }
    }
    Ok(())
}

#[cfg(feature = "batch")]
fn parquet(scenario: &crate::scenario::Scenario, projection: &Projection<'_>) -> Result<Vec<u8>, Error> {
    crate::view::parquet::write(scenario, projection)
        .map_err(|error| Error::File { message: error.to_string(), hint: "use --format csv".into() })
}

#[cfg(not(feature = "batch"))]
fn parquet(_: &crate::scenario::Scenario, _: &Projection<'_>) -> Result<Vec<u8>, Error> {
    unreachable!("refused before the scenario was read")
}
