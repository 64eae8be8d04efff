//! `netloss merge`

use std::path::PathBuf;

use clap::Args;

use super::error::Error;
use super::simulate::ShownWith;
use super::simulate::append;
use super::simulate::sink::Sink;
use crate::read::Fault;
use crate::read::years::{Opened, blocks, open, whole};
use crate::risk::{Losses, Measure, Rule, Subject, Summary, Tallies, pilot_blocks};
use crate::view::simulation::{Shown, tables};

/// Put the shards of a simulation together
///
/// The result is that of one run, to the last byte.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  \
    netloss merge part-*.csv --format json")]
pub struct Arguments {
    /// Files that `simulate --shard` wrote, all parts of one run
    #[arg(required = true, value_name = "PART")]
    parts: Vec<PathBuf>,
    #[command(flatten)]
    shown: ShownWith,
    /// Write the loss of each year to this .csv or .parquet file
    #[arg(long, value_name = "FILE")]
    year_loss: Option<PathBuf>,
}

pub fn run(arguments: &Arguments) -> Result<(), Error> {
    let parts = read(&arguments.parts)?;
    let years = parts[0].part.years;
    let subject = Subject { appetite: arguments.shown.appetite(), ..parts[0].subject.clone() };
    let create = |path: &PathBuf| Sink::create(path, arguments.shown.force());
    let mut table = arguments.year_loss.as_ref().map(create).transpose()?;
    let ord = arguments.shown.ord(None)?;
    let of_subject = subject.measures();
    let before_cost = ord.is_some().then_some(Measure::NetBeforeCost);
    let measures: Vec<Measure> = of_subject.iter().copied().chain(before_cost).collect();
    let every = || Rule::all(&measures, subject.appetite);
    let all = crate::risk::blocks(years);
    let wanted = pilot_blocks(all);
    let mut rule = (all <= wanted).then(every);
    let (mut pilot, mut whole): (Vec<Losses>, Option<Tallies>) = (vec![], None);
    let mut write = true;
    let summary = loop {
        for part in &parts {
            blocks(part, |first, mut losses| -> Result<(), Failed> {
                if before_cost.is_some() {
                    losses.with_net_before_cost(&of_subject);
                }
                if let Some(table) = table.as_mut().filter(|_| write) {
                    table.push(tables::years(&subject, first, &losses))?;
                }
                if let Some(rule) = &rule {
                    append(&mut whole, Tallies::of(&losses, rule));
                    return Ok(());
                }
                pilot.push(losses);
                if pilot.len() as u64 == wanted {
                    let about = Rule::about(&pilot, &measures, subject.appetite);
                    pilot.drain(..).for_each(|losses| append(&mut whole, Tallies::of(&losses, &about)));
                    rule = Some(about);
                }
                Ok(())
            })
            .map_err(|failed| failed.of(part.path()))?;
        }
        write = false;
        match whole.take().and_then(|whole| Summary::new(&measures, whole)) {
            Some(summary) => break summary,
            // Too few years lay where the first blocks suggested: once more, and keep all.
            None => rule = Some(every()),
        }
    };
    let summary = if subject.stratified { summary.by_blocks() } else { summary };
    if let Some(table) = table {
        table.finish()?;
    }
    let shown = Shown {
        subject: &subject,
        summary: &summary,
        stopped_before: None,
        cost_of_capital: arguments.shown.cost_of_capital(),
        tolerable: None,
        exact: vec![],
        not_exact: vec![],
    };
    if let Some(folder) = ord {
        folder.finish(&shown)?;
    }
    arguments.shown.show(&shown)
}

/// Opens all parts and puts them in order; tells all that is wrong with them.
fn read(paths: &[PathBuf]) -> Result<Vec<Opened>, Error> {
    let (mut parts, mut faults) = (Vec::new(), Vec::new());
    for path in paths {
        match open(path) {
            Ok(opened) => parts.push(opened),
            Err(fault) => faults.push(message(Some(path), &fault)),
        }
    }
    if faults.is_empty() {
        match whole(parts) {
            Ok(parts) => return Ok(parts),
            Err(wrong) => faults.extend(wrong.iter().map(|fault| message(None, fault))),
        }
    }
    Err(Error::Input(faults.join("\n")))
}

fn message(path: Option<&PathBuf>, fault: &Fault) -> String {
    let name = path.map(|path| format!("{}: ", path.display())).unwrap_or_default();
    crate::view::clean(&format!("error: {name}{}", fault.message)) + "\n  hint: " + &fault.mend
}

/// What can go wrong while a part is read.
enum Failed {
    Fault(Fault),
    Error(Error),
}

impl From<Fault> for Failed {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

impl Failed {
    fn of(self, path: &PathBuf) -> Error {
        match self {
            Self::Fault(fault) => Error::Input(message(Some(path), &fault)),
            Self::Error(error) => error,
        }
    }
}
