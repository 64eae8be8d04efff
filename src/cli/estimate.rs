//! `netloss estimate`

use std::io::Read;
use std::path::Path;

use clap::{Args, ValueEnum};

use super::Lang;
use super::error::Error;
use super::output::To;
use super::schemes;
use super::simulate::number;
use crate::read::{self, library, population::population};
use crate::scheme::lab::{Group, Lacking, estimate};
use crate::scheme::{Assessor, Scheme};
use crate::view::{self, compensation::estimate as page};

/// What a scheme will cost before anybody has claimed, with its range
#[derive(Debug, Args)]
#[command(
    after_help = "POPULATION.csv has a row for each group of businesses. Columns, English or Korean:\n\
    industry, businesses, annual_sales (mean, won), spread (deviation over the mean),\n\
    outage_start, outage_end (local time), platform_share, substitution, claim_rate;\n\
    where they apply: service, profile (flat, or a bundled shape of the week), class,\n\
    margin (with labour and rent where the scheme counts them), fee; assumed (columns\n\
    whose figures are assumed) and source. Shares and outage_end may be ranges:\n\
    30%~50%, 2022-10-16T08:00~2022-10-16T14:00.\n\n\
    Bundled, of merchants who reported in October 2022: kakao-2022-final,\n\
    kakao-2022-first (weights of two waves of reports, which are kept apart).\n\n\
    Examples:\n  \
    netloss estimate kakao-2022-final --scheme kakao-1015-2022\n  \
    netloss estimate population.csv --scheme my-scheme.toml --lang ko\n  \
    netloss estimate population.csv --scheme my-scheme.toml --format outflow"
)]
pub struct Arguments {
    /// Population: CSV in UTF-8 or CP949, or the name of a bundled one
    #[arg(value_name = "POPULATION.csv")]
    population: String,
    /// Scheme, by its id (`netloss schemes`) or by the path of its file
    #[arg(long, value_name = "ID|FILE")]
    scheme: String,
    /// How often to draw from the ranges
    #[arg(long, value_name = "NUMBER", default_value = "1000", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    draws: u32,
    /// Which draws: the same seed draws the same ones
    #[arg(long, value_name = "NUMBER", default_value = "1", value_parser = number)]
    seed: u64,
    /// Form of the result
    #[arg(long, value_name = "FORM", default_value = "table")]
    format: Format,
    /// Language of the page
    #[arg(long, value_name = "LANG", default_value = "en")]
    lang: Lang,
    #[command(flatten)]
    to: To,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Table,
    Json,
    /// An [[outflow]] to paste into a scenario file
    Outflow,
}

/// Largest population: far above any that people write.
const MOST_BYTES: u64 = 16 * 1024 * 1024;

pub fn run(arguments: &Arguments, colour: bool) -> Result<(), Error> {
    let scheme = schemes::open(&arguments.scheme, colour)?.scheme;
    let name = arguments.population.as_str();
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
    let assessor =
        Assessor::new(&scheme, &[]).map_err(|unfit| super::compensate::not_on_record(name, &unfit))?;
    let estimate = estimate(&assessor, &groups, arguments.draws, arguments.seed)
        .map_err(|lacking| lacks(name, &scheme, &groups, &lacking))?;
    let estimated = page::Estimated {
        scheme: &scheme,
        population: name,
        groups: &groups,
        estimate: &estimate,
        draws: (arguments.draws, arguments.seed),
    };
    let text = match arguments.format {
        Format::Table => page::page(&estimated, arguments.lang.into()),
        Format::Json => page::json(&estimated),
        Format::Outflow => page::outflow(&estimated),
    };
    arguments.to.write(text.as_bytes())
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
