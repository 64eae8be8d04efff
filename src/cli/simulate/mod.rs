//! `netloss simulate`

mod exact;
pub mod ord;
pub mod sink;
mod study;
pub mod workers;

use std::io::{IsTerminal, Write};
use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Lang;
use super::error::Error;
use super::output::To;
use super::source::Source;
use crate::quantity::{Money, Share};
use crate::read::{Overrides, Reading, parse_money, parse_share};
use crate::risk::{BLOCK, Exposure, Part, Pricing, Simulation, Subject, Tolerable, blocks};
use crate::scenario::Scenario;
use crate::view::simulation::ord::About;
use crate::view::simulation::{Shown, json, page};
use exact::Means;
use ord::{Folder, Form};
pub use study::append;
use study::{Study, Tables};

/// Losses of many drawn years, with and without the programme
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    netloss simulate my.toml\n  \
    netloss simulate my.toml --years 1_000_000 --seed 7 --format json\n  \
    netloss simulate my.toml --ord results\n  \
    netloss simulate my.toml --exact\n  \
    netloss simulate my.toml --until 0.5% --appetite 50억\n  \
    netloss simulate my.toml --years 16_000_000 --shard 3/16 -o part-3.csv\n  \
    netloss merge part-*.csv")]
pub struct Arguments {
    /// Scenario file with a [[peril]], `-` for stdin, or the name of a bundled scenario
    scenario: String,
    /// Years to draw [default: 100_000]
    #[arg(long, value_name = "NUMBER", value_parser = number)]
    years: Option<u64>,
    /// Draw until the means of loss and of net loss have a standard error of this share of
    /// them, 100_000_000 years at most unless --years says so
    #[arg(long, value_name = "SHARE", value_parser = share, conflicts_with = "ord")]
    until: Option<Share>,
    /// Which years are drawn: the same seed draws the same years
    #[arg(long, value_name = "NUMBER", default_value = "1", value_parser = number)]
    seed: u64,
    /// Spread draws evenly over each block of 16,384 years: means are known far better,
    /// and their errors are told by how blocks differ; years are rounded up to blocks
    #[arg(long, conflicts_with = "until")]
    stratified: bool,
    /// Threads [default: one for each processor]; the result does not depend on them
    #[arg(long, value_name = "NUMBER", value_parser = at_least_one)]
    threads: Option<NonZeroUsize>,
    /// Draw only this part of the years, such as 3/16, and write them to -o FILE for `merge`
    #[arg(long, value_name = "PART", requires = "output", conflicts_with_all = ["until", "ep", "ord", "year_loss"])]
    shard: Option<Shard>,
    /// Draw no year: work out the laws of the loss, of each cover and of each payout by
    /// integration, as far as the programme allows
    #[arg(long, conflicts_with_all = [
        "years", "until", "seed", "threads", "shard", "stratified", "check_exact", "year_loss", "event_loss",
        "appetite", "cost_of_capital", "ep", "ord",
    ])]
    exact: bool,
    /// Set means that are found by integration beside those drawn
    #[arg(long, conflicts_with = "shard")]
    check_exact: bool,
    #[command(flatten)]
    shown: ShownWith,
    /// Write the loss of each year to this .csv or .parquet file
    #[arg(long, value_name = "FILE")]
    year_loss: Option<PathBuf>,
    /// Write the loss of each outage to this .csv or .parquet file
    #[arg(long, value_name = "FILE")]
    event_loss: Option<PathBuf>,
}

/// How a result is shown, whether it was drawn or merged.
#[derive(Debug, Args)]
pub struct ShownWith {
    /// Tell how often a year passes this amount, and after how many hours one outage does
    #[arg(long, value_name = "AMOUNT", value_parser = money)]
    appetite: Option<Money>,
    /// Charge the capital behind the worst years at this rate a year
    #[arg(long, value_name = "RATE", value_parser = share)]
    cost_of_capital: Option<Share>,
    /// Write both exceedance curves to this .csv or .parquet file
    #[arg(long, value_name = "FILE")]
    ep: Option<PathBuf>,
    /// Write the tables of Open Results Data, for catastrophe-model users, into this folder:
    /// exceedance, average and, drawn and not merged, each outage; before recoveries and net
    #[arg(long, value_name = "FOLDER")]
    ord: Option<PathBuf>,
    /// Form of these tables
    #[arg(long, value_name = "FORM", default_value = "csv", requires = "ord")]
    ord_format: Form,
    /// Form of the result; json holds unrounded amounts in the main unit
    #[arg(long, value_name = "FORM", default_value = "table")]
    format: Format,
    /// Language of tables
    #[arg(long, value_name = "LANG", default_value = "en")]
    lang: Lang,
    /// Write to this file instead of stdout; it appears whole or not at all
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Overwrite files that exist
    #[arg(long)]
    force: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Table,
    Json,
}

/// A part of the years: which, of how many.
#[derive(Clone, Copy, Debug)]
struct Shard(u64, u64);

impl std::str::FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts =
            text.split_once('/').and_then(|(shard, of)| Some((shard.parse().ok()?, of.parse().ok()?)));
        match parts {
            Some((shard, of)) if shard >= 1 && shard <= of => Ok(Self(shard, of)),
            _ => Err("write which part of how many, from 1/16 to 16/16".into()),
        }
    }
}

/// Reads a whole number, which may be written with `_` between its digits.
pub(super) fn number(text: &str) -> Result<u64, String> {
    let plain = text.replace('_', "");
    let good = plain.parse::<u64>().ok().filter(|_| plain.bytes().all(|byte| byte.is_ascii_digit()));
    good.ok_or_else(|| "write a whole number, such as 1_000_000".into())
}

pub(super) fn at_least_one(text: &str) -> Result<NonZeroUsize, String> {
    text.parse().map_err(|_| "write a whole number, 1 or more".into())
}

fn share(text: &str) -> Result<Share, String> {
    parse_share(text).map_err(|fault| fault.to_string())
}

fn money(text: &str) -> Result<Money, String> {
    parse_money(text).map(Money).map_err(|fault| fault.to_string())
}

/// Blocks that a stratified run has at least: fewer say nothing of their error.
const STRATIFIED: u64 = 8;

/// Years that are drawn, unless `--years` says otherwise.
const YEARS: u64 = 100_000;

/// Years that `--until` draws at most, unless `--years` says so.
const MOST: u64 = 100_000_000;

pub fn run(arguments: &Arguments, colour: bool) -> Result<(), Error> {
    let source = Source::open(Some(&arguments.scenario))?;
    let reading = source.scenario(&Overrides::default(), false, colour)?;
    let Reading { scenario: Some(scenario), .. } = &reading else {
        return Err(Error::Input("the scenario cannot be used".into()));
    };
    let Some(simulation) = Simulation::new(scenario, arguments.seed) else {
        let message = "error: the scenario has no [[peril]], so that nothing can be drawn\n  \
            hint: say how often service stops and for how long:\n  \
            [[peril]]\n  id = \"outage\"\n  frequency = { poisson = 0.5 }\n  \
            duration = { lognormal = { median = \"6h\", p95 = \"48h\" } }\n  start = \"any_moment\"";
        return Err(Error::Input(message.into()));
    };
    if arguments.exact {
        return exact::run(scenario, &arguments.shown);
    }
    if arguments.years == Some(0) {
        return Err(Error::usage("no year is to be drawn", "give --years 100_000"));
    }
    let simulation = if arguments.stratified { simulation.stratified() } else { simulation };
    let pricing = Pricing::new(scenario, &simulation);
    let subject = Subject {
        seed: arguments.seed,
        stratified: arguments.stratified,
        appetite: arguments.shown.appetite,
        needs_waterfall: pricing.needs_waterfall().map(ToString::to_string),
        ..Subject::of(scenario)
    };
    let unless_said = if arguments.until.is_some() { MOST } else { YEARS };
    let most = arguments.years.unwrap_or(unless_said);
    // A block with fewer years has other strata, and could not be set beside the others.
    let most = if arguments.stratified { blocks(most).max(STRATIFIED) * BLOCK } else { most };
    let threads = arguments.threads.or_else(|| std::thread::available_parallelism().ok());
    let study = Study {
        subject: &subject,
        part: arguments.shard.map_or(Part::whole(most), |Shard(shard, of)| Part { years: most, shard, of }),
        until: arguments.until,
        threads: threads.map_or(1, NonZeroUsize::get),
    };
    let means = arguments.check_exact.then(|| Means::of(scenario)).transpose()?;
    workers::listen();
    let force = arguments.shown.force;
    if arguments.shard.is_some() {
        let part = arguments.shown.output.as_deref();
        let tables = Tables::open(scenario, None, arguments.event_loss.as_deref(), part, force)?;
        return study.write(&simulation, &pricing, tables);
    }
    let tables = Tables::open(
        scenario,
        arguments.year_loss.as_deref(),
        arguments.event_loss.as_deref(),
        None,
        force,
    )?;
    let ord = arguments.shown.ord(Some(About {
        year: simulation.year().clone(),
        exposure: Exposure::of(scenario),
        periods: most,
    }))?;
    let drawn = study.draw(&simulation, &pricing, tables.with_ord(ord))?;
    let tolerable = arguments.shown.appetite.map(|appetite| tolerable(scenario, appetite));
    let (exact, not_exact) = means.map(|means| means.beside(&subject, &drawn.summary)).unwrap_or_default();
    let shown = Shown {
        subject: &subject,
        summary: &drawn.summary,
        stopped_before: drawn.stopped.then_some(most),
        cost_of_capital: arguments.shown.cost_of_capital,
        tolerable,
        exact,
        not_exact,
    };
    if let Some(folder) = drawn.ord {
        folder.finish(&shown)?;
    }
    arguments.shown.show(&shown)?;
    if drawn.stopped {
        let years = drawn.summary.years;
        return Err(Error::Interrupted(format!(
            "stopped after {years} of {most} years; no table was written"
        )));
    }
    Ok(())
}

fn tolerable(scenario: &Scenario, appetite: Money) -> [Tolerable; 2] {
    [false, true].map(|of_net| Tolerable::of(scenario, appetite, of_net))
}

impl ShownWith {
    /// Returns the amount whose passing is counted.
    pub fn appetite(&self) -> Option<Money> {
        self.appetite
    }

    /// Returns what a year of capital costs.
    pub fn cost_of_capital(&self) -> Option<Share> {
        self.cost_of_capital
    }

    /// Returns whether files that exist are replaced.
    pub fn force(&self) -> bool {
        self.force
    }

    /// Opens the folder of Open Results Data, where it is asked for.
    pub fn ord(&self, about: Option<About>) -> Result<Option<Folder>, Error> {
        let create = |path: &PathBuf| Folder::create(path, self.ord_format, self.force, about);
        self.ord.as_ref().map(create).transpose()
    }

    /// Writes a result, and its exceedance curves where they are asked for.
    pub fn show(&self, shown: &Shown<'_>) -> Result<(), Error> {
        if let Some(path) = self.ep.as_ref().filter(|_| shown.stopped_before.is_none()) {
            let mut table = sink::Sink::create(path, self.force)?;
            table.push(crate::view::simulation::tables::exceedance(shown))?;
            table.finish()?;
        }
        let text = match self.format {
            Format::Json => json(shown),
            Format::Table => page(shown, self.lang.into()),
        };
        To::named(self.output.clone(), self.force).write(text.as_bytes())
    }
}

/// Notes on stderr, for people: nothing where stderr is no terminal.
pub fn for_people() -> bool {
    std::io::stderr().is_terminal()
}

/// Writes a note to stderr.
pub fn note(text: &str) {
    let _ = writeln!(std::io::stderr(), "note: {text}");
}
