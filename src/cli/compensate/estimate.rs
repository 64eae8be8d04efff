//! `netloss compensate --estimate`

use std::io::Read;
use std::panic::resume_unwind;
use std::path::Path;

use super::{Arguments, Format, lacking};
use crate::cli::error::Error;
use crate::cli::output::stdout;
use crate::cli::schemes::{self, Opened};
use crate::read::{self, library, population::population};
use crate::scheme::lab::{Estimate, Group, Lacking, Places, price};
use crate::scheme::{Assessor, Scheme};
use crate::view;
use crate::view::compensation::estimate::{self as page, Estimated};

/// Largest population: far above any that people write.
const MOST_BYTES: u64 = 16 * 1024 * 1024;

/// Draws, where nothing is said.
const DRAWS: u32 = 1000;

pub fn run(arguments: &Arguments, name: &str, colour: bool) -> Result<(), Error> {
    refuse_what_is_for_claims(arguments)?;
    let schemes = [&arguments.scheme].into_iter().chain(&arguments.compare_schemes);
    let schemes = schemes.map(|name| schemes::open(name, colour)).collect::<Result<Vec<Opened>, _>>()?;
    let text = text(name)?;
    let name = super::shown(name);
    let asked = schemes.iter().map(|Opened { scheme, .. }| asked(name, &text, scheme));
    let asked = asked.collect::<Result<Vec<_>, _>>()?;
    let draws = (arguments.draws.unwrap_or(DRAWS), arguments.seed);
    let places = Places::draw(draws.0, draws.1);
    let each: Vec<(&Assessor<'_>, &Group)> = asked
        .iter()
        .flat_map(|(assessor, groups)| groups.iter().map(move |group| (assessor, group)))
        .collect();
    let priced =
        on_threads(super::threads(arguments), &each, |(assessor, group)| price(assessor, group, &places));
    let mut priced = priced.into_iter();
    let mut estimates = asked.iter().map(|(assessor, groups)| {
        let scheme = assessor.scheme();
        let estimate = Estimate::of(priced.by_ref().take(groups.len()).collect());
        Ok((scheme, estimate.map_err(|lacking| lacks(name, scheme, groups, &lacking))?))
    });
    // A command line names at least one scheme.
    let Some((scheme, estimate)) = estimates.next().transpose()? else { return Ok(()) };
    let others = estimates.collect::<Result<_, Error>>()?;
    let groups = &asked[0].1;
    let estimated = Estimated { scheme, population: name, groups, estimate: &estimate, draws, others };
    let text = match arguments.format {
        Format::Table => page::page(&estimated, arguments.lang.into()),
        Format::Json => page::json(&estimated),
        Format::Outflow => page::outflow(&estimated),
    };
    stdout(text.as_bytes())
}

/// Reads a population for a scheme, and makes the scheme ready.
fn asked<'s>(name: &str, text: &str, scheme: &'s Scheme) -> Result<(Assessor<'s>, Vec<Group>), Error> {
    if scheme.measure.as_ref().is_some_and(|measure| measure.per_day) {
        let message = format!("error: {} pays for a mean day's loss, and no outage has one", scheme.id);
        return Err(Error::Input(format!("{message}\n  hint: name a scheme that pays for an outage")));
    }
    let groups = population(name, text, scheme).map_err(|faults| {
        let one = |fault: &read::Fault| {
            format!("error: {}\n  hint: {}", view::clean(&fault.message), view::clean(&fault.mend))
        };
        Error::Input(faults.iter().map(one).collect::<Vec<_>>().join("\n"))
    })?;
    // Without records there are no columns that could be missing.
    let assessor = Assessor::new(scheme, &[]).map_err(|unfit| super::not_on_record(name, &unfit))?;
    Ok((assessor, groups))
}

/// Works on each of some things on several threads, and returns the results in their order.
fn on_threads<'t, T: Sync, R: Send>(
    threads: usize,
    things: &'t [T],
    work: impl Fn(&'t T) -> R + Sync,
) -> Vec<R> {
    let each = things.len().div_ceil(threads).max(1);
    let work = &work;
    std::thread::scope(|scope| {
        let part = |things: &'t [T]| scope.spawn(move || things.iter().map(work).collect::<Vec<R>>());
        let parts: Vec<_> = things.chunks(each).map(part).collect();
        parts.into_iter().flat_map(|part| part.join().unwrap_or_else(|it| resume_unwind(it))).collect()
    })
}

/// Refuses options that ask for something of claims, all in one message.
fn refuse_what_is_for_claims(arguments: &Arguments) -> Result<(), Error> {
    if let Some(claims) = &arguments.claims {
        let message = format!("{} has claims, and --estimate asks what they will be", view::clean(claims));
        return Err(Error::usage(message, "name the claims or the population, not both"));
    }
    let given = [
        (arguments.output.is_some(), "-o writes a row for each claim"),
        (arguments.other_columns.is_some(), "--other-columns is about columns of claims"),
        (arguments.cliffs, "--cliffs counts claims beside each edge"),
        (arguments.sample.is_some(), "--sample draws claims to audit"),
        (arguments.strict, "--strict counts rejected rows of claims"),
    ];
    let given: Vec<&str> = given.iter().filter(|(given, _)| *given).map(|(_, what)| *what).collect();
    if given.is_empty() {
        return Ok(());
    }
    let message = format!("--estimate has no claims yet: {}", given.join("; "));
    Err(Error::usage(message, "leave that out; the page goes to stdout, and > FILE keeps it"))
}

/// Tells which groups lack a figure that the scheme asks for.
fn lacks(name: &str, scheme: &Scheme, groups: &[Group], lacking: &[Lacking]) -> Error {
    let one = |it: &Lacking| {
        let why = view::compensation::words::reason(it.reason, view::Language::En);
        let (name, row) = (view::clean(name), it.group + 1);
        let group = view::clean(&groups[it.group].industry);
        let hint = lacking::hint(it.reason, scheme);
        format!(
            "error: {name}: group {row}, {group}, cannot be priced under {}: {why}\n  hint: {hint}",
            scheme.id
        )
    };
    Error::Input(lacking.iter().map(one).collect::<Vec<_>>().join("\n"))
}

/// Reads a population file, or a bundled one where no file has its name.
fn text(name: &str) -> Result<String, Error> {
    if let Some(bundled) = library::population(name).filter(|_| !Path::new(name).exists()) {
        return Ok(bundled.to_owned());
    }
    let mut bytes = Vec::new();
    let input: std::io::Result<Box<dyn Read>> = match name {
        "-" => Ok(Box::new(std::io::stdin())),
        _ => std::fs::File::open(Path::new(name)).map(|file| Box::new(file) as Box<dyn Read>),
    };
    let read = input.and_then(|input| input.take(MOST_BYTES + 1).read_to_end(&mut bytes));
    read.map_err(|error| unreadable(name, &error))?;
    if bytes.starts_with(b"PK\x03\x04") {
        let name = view::clean(name);
        let message = format!("error: {name}: a population is read from CSV, and this is a workbook");
        return Err(Error::Input(format!("{message}\n  hint: save the sheet as CSV")));
    }
    if bytes.len() as u64 > MOST_BYTES {
        let message =
            format!("{}: more than {MOST_BYTES} bytes are too many for a population", view::clean(name));
        return Err(Error::File {
            message,
            hint: "give a row for each group of businesses, not for each".into(),
        });
    }
    read::encoding::decode(&bytes).map_err(|line| {
        let name = view::clean(name);
        Error::Input(format!(
            "error: {name}:{line}: neither UTF-8 nor CP949\n  hint: save the file as UTF-8"
        ))
    })
}

fn unreadable(name: &str, error: &std::io::Error) -> Error {
    let known = library::POPULATIONS.map(|(name, _)| name);
    let bundled = known.join(", ");
    if error.kind() != std::io::ErrorKind::NotFound {
        return Error::file(name, error, "name a CSV file with a row for each group");
    }
    let hint = match read::nearest(name, known.into_iter()) {
        Some(near) => format!("did you mean {near}? Bundled are {bundled}"),
        None => format!("name a CSV file with a row for each group, or a bundled one: {bundled}"),
    };
    let message = format!("{}: no file and no bundled population has this name", view::clean(name));
    Error::File { message, hint }
}
