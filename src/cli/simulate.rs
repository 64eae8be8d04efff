//! `netloss simulate`

use std::num::NonZeroUsize;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use clap::{Args, ValueEnum};

use super::Lang;
use super::error::Error;
use super::output::To;
use super::source::Source;
use crate::read::{Overrides, Reading};
use crate::risk::{Simulation, Summary, Tallies};
use crate::view::simulation;

/// Losses of many drawn years, with and without the programme
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    netloss simulate my.toml\n  \
    netloss simulate my.toml --years 1_000_000 --seed 7 --format json")]
pub struct Arguments {
    /// Scenario file with a [[peril]], `-` for stdin, or the name of a bundled scenario
    scenario: String,
    /// Years to draw
    #[arg(long, value_name = "NUMBER", default_value = "100_000", value_parser = number)]
    years: u64,
    /// Which years are drawn: the same seed draws the same years
    #[arg(long, value_name = "NUMBER", default_value = "1", value_parser = number)]
    seed: u64,
    /// Threads [default: one for each processor]; the result does not depend on them
    #[arg(long, value_name = "NUMBER")]
    threads: Option<NonZeroUsize>,
    /// Form of the result; json holds unrounded amounts in the main unit
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
}

/// Reads a whole number, which may be written with `_` between its digits.
pub(super) fn number(text: &str) -> Result<u64, String> {
    let plain = text.replace('_', "");
    let good = plain.parse::<u64>().ok().filter(|_| plain.bytes().all(|byte| byte.is_ascii_digit()));
    good.ok_or_else(|| "write a whole number, such as 1_000_000".into())
}

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
    if arguments.years == 0 {
        return Err(Error::usage("no year is to be drawn", "give --years 100_000"));
    }
    let summary = draw(&simulation, arguments.years, arguments.threads);
    let text = match arguments.format {
        Format::Json => simulation::json(scenario, &summary),
        Format::Table => simulation::page(scenario, &summary, arguments.lang.into()),
    };
    arguments.to.write(text.as_bytes())
}

/// Draws all years on several threads. Blocks are the same whoever draws them, and
/// are put together in their order, so that threads change nothing.
fn draw(simulation: &Simulation<'_>, years: u64, threads: Option<NonZeroUsize>) -> Summary {
    let threads =
        threads.or_else(|| std::thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get);
    let mut rule = simulation.keep(years);
    loop {
        let blocks = Simulation::blocks(years);
        let next = AtomicU64::new(0);
        let done: Mutex<Vec<(u64, Tallies)>> = Mutex::new(Vec::new());
        std::thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| {
                    loop {
                        let block = next.fetch_add(1, Ordering::Relaxed);
                        if block >= blocks {
                            break;
                        }
                        let tallies = simulation.tally(block, years, &rule);
                        done.lock().expect("no thread panics").push((block, tallies));
                    }
                });
            }
        });
        let mut done = done.into_inner().expect("no thread panics");
        done.sort_by_key(|(block, _)| *block);
        let tallies = done.into_iter().map(|(_, tallies)| tallies);
        match Summary::of(simulation, tallies) {
            Ok(summary) => return summary,
            // Too few years lay above the threshold that the first block suggested.
            Err(lower) => rule = lower,
        }
    }
}
