//! `netloss compensate`

mod estimate;
mod files;
mod job;
mod journal;
mod lacking;
mod pool;
mod progress;
mod run;
mod table;

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::Lang;
use super::error::Error;
use super::output::stdout;
use super::schemes::{self, Opened};
use super::simulate::{at_least_one, number};
use crate::read::claims::{Chunks, Encoding, Field, Heads, Source, Unreadable};
use crate::scheme::lab::{Change, Cliffs, Sample, Spread};
use crate::scheme::{Assessor, Scheme, Status, Unfit};
use crate::view::compensation::rows::Column;
use crate::view::compensation::{self, Audit, Batch, Lab, Unchecked};
use crate::view::{self, Language};
use job::{Bench, Job, Writes};

pub use job::flags;

/// What each merchant is paid under a scheme, to the won, and what that comes to; before
/// anybody has claimed, what it will cost, with its range
#[derive(Debug, Args)]
#[command(
    override_usage = "netloss compensate [OPTIONS] --scheme <ID|FILE> <CLAIMS.csv>\n       \
    netloss compensate [OPTIONS] --scheme <ID|FILE> --estimate <POPULATION>",
    after_help = "CLAIMS.csv has a row for each merchant: id, and what the scheme asks for, such\n\
    as usual_sales and outage_sales, loss, outage, fee, margin; sales of days under\n\
    headings such as 2022-10-15. Headings may be Korean (접수번호, 평소매출, 장애매출).\n\
    Rows in = paid + nothing due + review + rejected, always.\n\n\
    POPULATION has a row for each group of businesses. Columns, English or Korean:\n\
    industry, businesses, annual_sales (mean, won), spread (deviation over the\n\
    mean), outage_start, outage_end (local time), platform_share, substitution,\n\
    claim_rate; where they apply: service, profile (flat, or a bundled shape of\n\
    the week), class, margin (with labour and rent where the scheme counts them),\n\
    fee; assumed (columns whose figures are assumed) and source. Businesses,\n\
    annual_sales, shares and outage_end may be ranges: 4000~5000, 30%~50%,\n\
    2022-10-16T08:00~2022-10-16T14:00. Bundled, of merchants who reported in October\n\
    2022: kakao-2022-final, kakao-2022-first (weights of two waves of reports, which\n\
    are kept apart).\n\n\
    Examples:\n  \
    netloss compensate claims.csv --scheme kakao-1015-2022\n  \
    netloss compensate claims.csv --scheme kakao-1015-2022 -o paid.csv --lang ko\n  \
    netloss compensate claims.csv --scheme kakao-1015-2022 --sample 20 --cliffs\n  \
    netloss compensate claims.csv --scheme my-scheme.toml --format json\n  \
    netloss compensate millions.csv --scheme my-scheme.toml -o paid.csv --resume\n  \
    netloss compensate --estimate kakao-2022-final --scheme kakao-1015-2022"
)]
pub struct Arguments {
    /// Claims, or `-` for stdin: CSV in UTF-8 or CP949, .xlsx, or .parquet where it is built in
    #[arg(value_name = "CLAIMS.csv", required_unless_present = "estimate")]
    claims: Option<String>,
    /// Instead of claims: what the scheme will cost a population of merchants, P10 to P90, from
    /// a CSV file with a row for each group, or a bundled one such as kakao-2022-final
    #[arg(long, value_name = "POPULATION")]
    estimate: Option<String>,
    /// Scheme, by its id (`netloss schemes`) or by the path of its file
    #[arg(long, value_name = "ID|FILE")]
    scheme: String,
    /// Write a row for each claim to this .csv or .parquet file [default: totals alone]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write rejected rows to this CSV file [default: FILE of -o with .rejected.csv]
    #[arg(long, value_name = "FILE", requires = "output", conflicts_with = "estimate")]
    rejected: Option<PathBuf>,
    /// Overwrite files where they exist, and begin anew where a run was stopped
    #[arg(long, requires = "output", conflicts_with = "estimate")]
    force: bool,
    /// Go on where a run of the same command was stopped, or begin where none was
    #[arg(long, requires = "output", conflicts_with = "estimate")]
    resume: bool,
    /// Seconds between two entries of the journal beside -o, by which --resume goes on
    #[arg(long, value_name = "NUMBER", default_value = "1", requires = "output", conflicts_with = "estimate", value_parser = number)]
    journal: u64,
    /// Threads [default: one for each processor]; the result does not depend on them
    #[arg(long, value_name = "NUMBER", value_parser = at_least_one)]
    threads: Option<NonZeroUsize>,
    /// Write these columns, such as id,amount,loss,industry [default: all but industry, region
    /// and service]
    #[arg(long, value_name = "NAME,…", value_delimiter = ',', requires = "output", value_parser = column)]
    columns: Option<Vec<Column>>,
    /// Begin CSV files with a mark by which Excel knows UTF-8
    #[arg(long, requires = "output", conflicts_with = "estimate")]
    excel_csv: bool,
    /// What to do with columns whose heading is not known [default: refuse]
    #[arg(long, value_name = "WHAT")]
    other_columns: Option<Others>,
    /// The same claims, or the same population, under other schemes too: cost, who gets more and
    /// who less
    #[arg(long, value_name = "ID|FILE,…", value_delimiter = ',')]
    compare_schemes: Vec<String>,
    /// Where a won more of loss makes a leap, and an even rule of the same budget
    #[arg(long)]
    cliffs: bool,
    /// Draw so many claims to audit, some of each end and band
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    sample: Option<u32>,
    /// How often --estimate draws from the ranges [default: 1000]
    #[arg(long, value_name = "NUMBER", requires = "estimate", value_parser = clap::value_parser!(u32).range(100..=100_000))]
    draws: Option<u32>,
    /// What is drawn by --sample or --estimate: the same seed draws the same
    #[arg(long, value_name = "NUMBER", default_value = "1", value_parser = number)]
    seed: u64,
    /// Exit with 4 where rows were rejected, or no claim could be worked out
    #[arg(long)]
    strict: bool,
    /// Form of what is told on stdout
    #[arg(long, value_name = "FORM", default_value = "table")]
    format: Format,
    /// Language of what is told on stdout
    #[arg(long, value_name = "LANG", default_value = "en")]
    lang: Lang,
}

/// What to do with columns whose heading is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Others {
    Refuse,
    Ignore,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Table,
    Json,
    /// An [[outflow]] to paste into a scenario file
    Outflow,
}

pub fn run(arguments: &Arguments, colour: bool) -> Result<(), Error> {
    if let Some(population) = &arguments.estimate {
        return estimate::run(arguments, population, colour);
    }
    let opened = schemes::open(&arguments.scheme, colour)?;
    let scheme = &opened.scheme;
    let others = arguments.compare_schemes.iter().map(|name| schemes::open(name, colour));
    let others: Vec<Opened> = others.collect::<Result<_, _>>()?;
    let columns = arguments.columns();
    if let Some(twice) = (1..columns.len()).find(|at| columns[..*at].contains(&columns[*at])) {
        let message = format!("--columns names {} twice", columns[twice].key());
        return Err(Error::usage(message, "name each column once"));
    }
    let claims = arguments.claims.as_deref().unwrap_or("-");
    let name = shown(claims);
    let pass_over = arguments.other_columns == Some(Others::Ignore);
    let source = source(claims, pass_over)?;
    let heads = source.heads().clone();
    let ready =
        |scheme| Assessor::new(scheme, &heads.calendar).map_err(|unfit| not_on_record(name, &unfit));
    let assessor = ready(scheme)?;
    let mut bench = Bench {
        spread: Spread::default(),
        others: vec![],
        cliffs: arguments.cliffs.then(|| Cliffs::new(scheme)),
        sample: arguments.sample.map(|size| Sample::new(size as usize, arguments.seed)),
    };
    for opened in &others {
        bench.others.push((ready(&opened.scheme)?, Change::default()));
    }
    let writes = arguments
        .output
        .as_ref()
        .map(|output| Writes { columns, as_text: ending(&output.to_string_lossy()) != "parquet" });
    let job = Job::new(heads.clone(), &assessor, writes);
    let done = run::run((arguments, claims), &opened.text, source, &job, &mut bench)?;
    let totals = &done.totals;
    let drawn = bench.sample.map(Sample::finish);
    let lab = Lab {
        spread: Some(&bench.spread),
        others: bench.others.iter().map(|(assessor, change)| (assessor.scheme(), change)).collect(),
        cliffs: bench.cliffs.as_ref(),
        sample: drawn.as_deref().zip(arguments.sample).map(|(layers, size)| Audit {
            size: size as usize,
            seed: arguments.seed,
            layers,
        }),
    };
    let batch = Batch {
        scheme,
        claims: name,
        totals,
        encoding: encoding(done.encoding),
        passed_over: &heads.passed_over,
        unchecked: unchecked(scheme, &heads),
        lab,
    };
    let text = match arguments.format {
        Format::Json => compensation::json(&batch),
        Format::Outflow => compensation::outflow(&batch),
        Format::Table => compensation::page(&batch, Language::from(arguments.lang)),
    };
    let rejected = totals.all.with(Status::Rejected);
    if let Some(files) = done.files {
        files.keep(rejected > 0)?;
    }
    if let Some(journal) = done.journal {
        journal.remove(false);
    }
    stdout(text.as_bytes())?;
    warn(arguments, &batch)
}

/// Warns of what nobody may have meant; under --strict that is a failure, and so are rejected
/// rows.
fn warn(arguments: &Arguments, batch: &Batch<'_>) -> Result<(), Error> {
    let Batch { scheme, totals, .. } = batch;
    let rejected = totals.all.with(Status::Rejected);
    let mut warnings = vec![];
    if totals.all.rows() == 0 {
        warnings.push(format!("{} has a head, and no claim below it", view::clean(batch.claims)));
    }
    if let Some(reason) = lacking::of_all(totals) {
        let why = compensation::words::reason(reason, Language::En);
        let hint = lacking::hint(reason, scheme);
        warnings.push(format!("no claim could be worked out: {why}\n  hint: {hint}"));
    }
    if arguments.strict && rejected > 0 {
        let hint = match run::paths(arguments)? {
            Some([_, path]) => {
                format!("{} tells each with its reason", view::clean(&path.display().to_string()))
            }
            None => "-o FILE writes each with its reason beside FILE".into(),
        };
        warnings.push(format!("{} rejected\n  hint: {hint}", of_rows(rejected)));
    }
    if warnings.is_empty() {
        return Ok(());
    }
    let text = warnings.iter().map(|it| format!("warning: {it}")).collect::<Vec<_>>().join("\n");
    if arguments.strict {
        return Err(Error::Warnings(text));
    }
    let _ = writeln!(std::io::stderr(), "{text}");
    Ok(())
}

fn of_rows(rows: u64) -> String {
    if rows == 1 { "1 row was".into() } else { format!("{rows} rows were") }
}

impl Arguments {
    /// Returns the columns that are written.
    fn columns(&self) -> Vec<Column> {
        self.columns.clone().unwrap_or_else(|| Column::usual().to_vec())
    }
}

fn column(name: &str) -> Result<Column, String> {
    let found = Column::ALL.into_iter().find(|column| column.key() == name.trim());
    found.ok_or_else(|| format!("the columns are {}", Column::ALL.map(Column::key).join(", ")))
}

fn threads(arguments: &Arguments) -> usize {
    let threads = arguments.threads.or_else(|| std::thread::available_parallelism().ok());
    threads.map_or(1, NonZeroUsize::get)
}

fn shown(name: &str) -> &str {
    if name == "-" { "<stdin>" } else { name }
}

/// Returns what stands behind the last point of a name, in small letters.
fn ending(name: &str) -> String {
    Path::new(name).extension().map(|end| end.to_string_lossy().to_lowercase()).unwrap_or_default()
}

type Input = Box<dyn BufRead + Send>;

/// Opens a file of claims, or stdin, to be read in pieces.
fn source(name: &str, pass_over: bool) -> Result<Source<Input>, Error> {
    if ending(name) == "parquet" {
        return table::pieces(name, pass_over);
    }
    let chunks = Chunks::new(open(name)?, pass_over);
    Ok(Source::Text(chunks.map_err(|error| unreadable(shown(name), error))?))
}

/// Opens a file of claims, or stdin, as text.
pub fn open(name: &str) -> Result<Input, Error> {
    if name == "-" {
        return Ok(Box::new(BufReader::new(std::io::stdin())));
    }
    match ending(name).as_str() {
        "parquet" => return table::parquet(name),
        "xlsx" | "xlsm" => return table::workbook(name),
        _ => {}
    }
    let file = File::open(Path::new(name));
    let file =
        file.map_err(|error| Error::file(name, &error, "name a CSV file with a row for each claim"))?;
    Ok(Box::new(BufReader::with_capacity(1 << 16, file)))
}

/// Tells why a file of claims cannot be read.
pub fn unreadable(name: &str, error: Unreadable) -> Error {
    match error {
        Unreadable::Io(error) => Error::file(name, &error, "name a CSV file with a row for each claim"),
        Unreadable::Head(faults) => {
            let name = view::clean(name);
            let one = |fault: &crate::read::Fault| {
                format!(
                    "error: {name}: {}\n  hint: {}",
                    view::clean(&fault.message),
                    view::clean(&fault.mend)
                )
            };
            Error::Input(faults.iter().map(one).collect::<Vec<_>>().join("\n"))
        }
    }
}

/// Tells which days have no column.
pub fn not_on_record(name: &str, unfit: &Unfit) -> Error {
    let (message, hint) = match unfit {
        Unfit::Outage(day) => (
            format!("no column has the sales of {day}, a day of the outage"),
            "give every day of it a column",
        ),
        Unfit::Weeks => (
            "no whole week of usual sales has its columns".into(),
            "give every day of at least one week a column",
        ),
        Unfit::LastYear(day) => (
            format!("the year before is not on record: no column has the sales of {day}"),
            "give every day of it a column",
        ),
    };
    Error::Input(format!("error: {}: {message}\n  hint: {hint}", view::clean(name)))
}

fn encoding(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Ascii | Encoding::Utf8 => "utf-8",
        Encoding::Cp949 => "cp949",
    }
}

fn unchecked(scheme: &Scheme, heads: &Heads) -> Vec<Unchecked> {
    let needs = [
        (Unchecked::Papers, Field::Papers, !scheme.papers.is_empty()),
        (Unchecked::Received, Field::Received, scheme.period.is_some()),
        (Unchecked::Business, Field::Business, true),
        (Unchecked::Account, Field::Account, true),
        (Unchecked::PapersHash, Field::PapersHash, true),
    ];
    let missing = needs.into_iter().filter(|(_, field, asked)| *asked && !heads.has(*field));
    missing.map(|(what, ..)| what).collect()
}
