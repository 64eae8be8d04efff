//! `netloss compensate --estimate`

use std::io::Read;
use std::path::Path;

use super::{Arguments, Format};
use crate::cli::error::Error;
use crate::cli::output::stdout;
use crate::cli::schemes;
use crate::read::{self, library, population::population};
use crate::scheme::lab::{Group, Lacking, estimate};
use crate::scheme::{Assessor, Scheme};
use crate::view::{self, compensation::estimate as page};

/// Largest population: far above any that people write.
const MOST_BYTES: u64 = 16 * 1024 * 1024;

/// Draws, where nothing is said.
const DRAWS: u32 = 1000;

pub fn run(arguments: &Arguments, name: &str, colour: bool) -> Result<(), Error> {
    refuse_what_is_for_claims(arguments)?;
    let scheme = schemes::open(&arguments.scheme, colour)?.scheme;
    if scheme.measure.as_ref().is_some_and(|measure| measure.per_day) {
        let message = format!("error: {} pays for a mean day's loss, and no outage has one", scheme.id);
        return Err(Error::Input(format!("{message}\n  hint: name a scheme that pays for an outage")));
    }
    let text = text(name)?;
    let groups = population(name, &text, &scheme).map_err(|faults| {
        let one = |fault: &read::Fault| {
            format!("error: {}\n  hint: {}", view::clean(&fault.message), view::clean(&fault.mend))
        };
        Error::Input(faults.iter().map(one).collect::<Vec<_>>().join("\n"))
    })?;
    // Without records there are no columns that could be missing.
    let assessor = Assessor::new(&scheme, &[]).map_err(|unfit| super::not_on_record(name, &unfit))?;
    let draws = arguments.draws.unwrap_or(DRAWS);
    let estimate = estimate(&assessor, &groups, draws, arguments.seed)
        .map_err(|lacking| lacks(name, &scheme, &groups, &lacking))?;
    let estimated = page::Estimated {
        scheme: &scheme,
        population: name,
        groups: &groups,
        estimate: &estimate,
        draws: (draws, arguments.seed),
    };
    let text = match arguments.format {
        Format::Table => page::page(&estimated, arguments.lang.into()),
        Format::Json => page::json(&estimated),
        Format::Outflow => page::outflow(&estimated),
    };
    stdout(text.as_bytes())
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
        (!arguments.compare_schemes.is_empty(), "--compare-schemes works claims out again"),
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
    let one = |lacking: &Lacking| {
        let why = view::compensation::words::reason(lacking.reason, view::Language::En);
        let (name, row) = (view::clean(name), lacking.group + 1);
        let group = view::clean(&groups[lacking.group].industry);
        let hint = "fill that column: class, margin, fee, annual_sales";
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
    let file = std::fs::File::open(Path::new(name));
    let read = file.and_then(|file| file.take(MOST_BYTES + 1).read_to_end(&mut bytes));
    read.map_err(|error| Error::file(name, &error, "name a CSV file with a row for each group"))?;
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
