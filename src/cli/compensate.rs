//! `netloss compensate`

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::Lang;
use super::error::Error;
use super::output::{Draft, stdout};
use super::schemes::{self, Opened};
use super::simulate::number;
use crate::read::claims::{Claims, Encoding, Field, Heads, Reject, Row, Unreadable};
use crate::scheme::lab::{Change, Cliffs, Sample, Spread};
use crate::scheme::{
    Assessment, Assessor, Claim, Flag, Flags, Reason, Register, Scheme, Status, Step, Totals, Unfit,
    business_number_fits,
};
use crate::view::compensation::{self, Batch, Lab, Unchecked, rows};
use crate::view::{self, Language};

/// What each merchant is paid under a scheme, to the won, and what that comes to
#[derive(Debug, Args)]
#[command(
    after_help = "CLAIMS.csv has a row for each merchant: id, and what the scheme asks for, such as\n\
    usual_sales and outage_sales, loss, outage, fee, margin; sales of days under\n\
    headings such as 2022-10-15. Headings may be Korean (접수번호, 평소매출, 장애매출).\n\
    Rows in = paid + nothing due + review + rejected, always.\n\n\
    Examples:\n  \
    netloss compensate claims.csv --scheme kakao-1015-2022\n  \
    netloss compensate claims.csv --scheme kakao-1015-2022 -o paid.csv --lang ko\n  \
    netloss compensate claims.csv --scheme kakao-1015-2022 --sample 20 --cliffs\n  \
    netloss compensate claims.csv --scheme my-scheme.toml --format json"
)]
pub struct Arguments {
    /// Claims, or `-` for stdin: CSV in UTF-8 or CP949
    #[arg(value_name = "CLAIMS.csv")]
    claims: String,
    /// Scheme, by its id (`netloss schemes`) or by the path of its file
    #[arg(long, value_name = "ID|FILE")]
    scheme: String,
    /// Write a row for each claim to this CSV file [default: totals alone]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write rejected rows to this CSV file [default: FILE of -o with .rejected.csv]
    #[arg(long, value_name = "FILE", requires = "output")]
    rejected: Option<PathBuf>,
    /// Overwrite files where they exist
    #[arg(long, requires = "output")]
    force: bool,
    /// Begin CSV files with a mark by which Excel knows UTF-8
    #[arg(long, requires = "output")]
    excel_csv: bool,
    /// What to do with columns whose heading is not known
    #[arg(long, value_name = "WHAT", default_value = "refuse")]
    other_columns: Others,
    /// The same claims under other schemes too: cost, who gets more and who less
    #[arg(long, value_name = "ID|FILE,…", value_delimiter = ',')]
    compare_schemes: Vec<String>,
    /// Where a won more of loss makes a leap, and an even rule of the same budget
    #[arg(long)]
    cliffs: bool,
    /// Draw so many claims to audit, some of each end and band
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    sample: Option<u32>,
    /// Which claims are drawn: the same seed draws the same ones
    #[arg(long, value_name = "NUMBER", default_value = "1", value_parser = number)]
    seed: u64,
    /// Exit with 4 where rows were rejected
    #[arg(long)]
    strict: bool,
    /// Form of the totals on stdout
    #[arg(long, value_name = "FORM", default_value = "table")]
    format: Format,
    /// Language of the totals
    #[arg(long, value_name = "LANG", default_value = "en")]
    lang: Lang,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Others {
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
    let scheme = schemes::open(&arguments.scheme, colour)?.scheme;
    let others = arguments.compare_schemes.iter().map(|name| schemes::open(name, colour));
    let others: Vec<Opened> = others.collect::<Result<_, _>>()?;
    let files = Files::begin(arguments)?;
    let name = shown(&arguments.claims);
    let input = open(&arguments.claims)?;
    let mut claims = Claims::new(input, &scheme, arguments.other_columns == Others::Ignore)
        .map_err(|error| unreadable(name, error))?;
    let assessor =
        Assessor::new(&scheme, &claims.heads().calendar).map_err(|unfit| not_on_record(name, &unfit))?;
    let mut sink = Sink::new(files, arguments.excel_csv)?;
    let calendar = claims.heads().calendar.clone();
    let mut bench = Bench {
        spread: Spread::default(),
        others: vec![],
        cliffs: arguments.cliffs.then(|| Cliffs::new(&scheme)),
        sample: arguments.sample.map(|size| Sample::new(size as usize, arguments.seed)),
    };
    for opened in &others {
        let assessor = Assessor::new(&opened.scheme, &calendar);
        bench.others.push((assessor.map_err(|unfit| not_on_record(name, &unfit))?, Change::default()));
    }
    let totals = work(name, &mut claims, &assessor, &mut bench, &mut sink)?;
    let drawn = bench.sample.map(Sample::finish);
    let lab = Lab {
        spread: Some(&bench.spread),
        others: bench.others.iter().map(|(assessor, change)| (assessor.scheme(), change)).collect(),
        cliffs: bench.cliffs.as_ref(),
        sample: drawn
            .as_deref()
            .map(|drawn| (arguments.sample.unwrap_or_default() as usize, arguments.seed, drawn)),
    };
    let batch = Batch {
        scheme: &scheme,
        claims: name,
        totals: &totals,
        encoding: encoding(claims.encoding()),
        passed_over: &claims.heads().passed_over,
        unchecked: unchecked(&scheme, claims.heads()),
        lab,
    };
    let text = match arguments.format {
        Format::Json => compensation::json(&batch),
        Format::Outflow => compensation::outflow(&batch),
        Format::Table => compensation::page(&batch, Language::from(arguments.lang)),
    };
    let rejected = totals.all.with(Status::Rejected);
    sink.keep(rejected > 0)?;
    stdout(text.as_bytes())?;
    if arguments.strict && rejected > 0 {
        let hint = "the file of rejected rows tells each with its reason; -o FILE writes it";
        return Err(Error::Warnings(format!("warning: {rejected} rows were rejected\n  hint: {hint}")));
    }
    Ok(())
}

fn shown(name: &str) -> &str {
    if name == "-" { "<stdin>" } else { name }
}

/// Opens a file of claims, or stdin.
pub fn open(name: &str) -> Result<Box<dyn BufRead>, Error> {
    if name == "-" {
        return Ok(Box::new(BufReader::new(std::io::stdin())));
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

/// Raises the flags of a claim against all before it.
pub fn flags(
    row: &Row,
    scheme: &Scheme,
    claim: &Claim<'_>,
    register: &mut Register,
) -> (Flags, Option<u64>) {
    let mut flags = Flags::default();
    if row.business.is_some_and(|digits| !business_number_fits(&digits)) {
        flags.raise(Flag::CheckDigit);
    }
    let (from, to) = row.outage_from_to;
    if !scheme.event.allows(claim.outage, from, to) {
        flags.raise(Flag::Hours);
    }
    let first = register.enter(&row.marks(), row.number, &mut flags);
    (flags, first)
}

/// What else is asked of each claim.
struct Bench<'b> {
    spread: Spread,
    others: Vec<(Assessor<'b>, Change)>,
    cliffs: Option<Cliffs>,
    sample: Option<Sample>,
}

impl Bench<'_> {
    fn add(&mut self, row: &Row, held: bool, told: &Assessment) {
        if !self.others.is_empty() && told.reason.status() == Status::Paid {
            self.spread.add(told.amount);
        }
        for (assessor, change) in &mut self.others {
            let claim = Claim { held, ..row.claim_under(assessor.scheme()) };
            change.add(told, &assessor.assess(&claim, &mut ()));
        }
        if let Some(cliffs) = &mut self.cliffs {
            cliffs.add(told);
        }
        if let Some(sample) = &mut self.sample {
            sample.pass(told, row.number, &row.id);
        }
    }
}

fn work(
    name: &str,
    claims: &mut Claims<'_, Box<dyn BufRead>>,
    assessor: &Assessor<'_>,
    bench: &mut Bench<'_>,
    sink: &mut Sink,
) -> Result<Totals, Error> {
    let scheme = assessor.scheme();
    let (mut totals, mut register) = (Totals::default(), Register::default());
    let (mut row, mut steps) = (Row::default(), Vec::<Step>::new());
    loop {
        let read = claims.next(&mut row);
        let read = read.map_err(|error| Error::file(name, &error, "read the file again"))?;
        match read {
            None => return Ok(totals),
            Some(Err(reject)) => {
                totals.reject(reject.why.key());
                sink.reject(&row, &reject)?;
            }
            Some(Ok(())) => {
                let claim = row.claim();
                let (flags, first) = flags(&row, scheme, &claim, &mut register);
                steps.clear();
                let told = assessor.assess(&Claim { held: flags.hold(), ..claim }, &mut steps);
                if told.reason == Reason::OutOfRange {
                    totals.reject(told.reason.key());
                    sink.out_of_range(&row)?;
                    continue;
                }
                bench.add(&row, flags.hold(), &told);
                totals.add(&told, flags, [&row.industry, &row.region, &row.service]);
                sink.row(&rows::cells(&row.id, &told, &scheme.rules, &steps, flags, first, row.number))?;
            }
        }
    }
}

/// The two files that a run writes, begun before any work.
struct Files {
    rows: Draft,
    rejected: Draft,
}

impl Files {
    fn begin(arguments: &Arguments) -> Result<Option<Self>, Error> {
        let Some(output) = &arguments.output else { return Ok(None) };
        let beside = || output.with_extension("rejected.csv");
        let rejected = arguments.rejected.clone().unwrap_or_else(beside);
        if rejected == *output {
            return Err(Error::usage(
                "-o and --rejected name the same file",
                "give each a name of its own",
            ));
        }
        let rows = Draft::create(output, arguments.force)?;
        Ok(Some(Self { rows, rejected: Draft::create(&rejected, arguments.force)? }))
    }
}

/// Where rows go: to two files, or nowhere.
struct Sink {
    files: Option<(csv::Writer<BufWriter<File>>, csv::Writer<BufWriter<File>>, Files)>,
}

impl Sink {
    fn new(files: Option<Files>, mark: bool) -> Result<Self, Error> {
        let Some(mut files) = files else { return Ok(Self { files: None }) };
        let writer = |draft: &mut Draft, head: &[&str]| -> Result<_, Error> {
            let file = draft.draft().as_file().try_clone().map_err(failed)?;
            let mut buffered = BufWriter::with_capacity(1 << 16, file);
            if mark {
                buffered.write_all(b"\xef\xbb\xbf").map_err(failed)?;
            }
            let mut writer = csv::Writer::from_writer(buffered);
            writer.write_record(head).map_err(not_written)?;
            Ok(writer)
        };
        let rows = writer(&mut files.rows, &rows::HEAD)?;
        let rejected = writer(&mut files.rejected, &rows::REJECTS)?;
        Ok(Self { files: Some((rows, rejected, files)) })
    }

    fn row(&mut self, cells: &[String]) -> Result<(), Error> {
        match &mut self.files {
            Some((rows, ..)) => rows.write_record(cells).map_err(not_written),
            None => Ok(()),
        }
    }

    fn reject(&mut self, row: &Row, reject: &Reject) -> Result<(), Error> {
        let day = reject.day.map(|day| day.to_string());
        let column =
            day.unwrap_or_else(|| reject.field.map_or_else(String::new, |field| field.key().into()));
        let (message, mend) = reject.why.words();
        self.rejected(row, [reject.why.key(), &column, &reject.value, message, mend])
    }

    fn out_of_range(&mut self, row: &Row) -> Result<(), Error> {
        let (message, mend) =
            ("the arithmetic leaves the range in which it is exact", "look at its figures");
        self.rejected(row, [Reason::OutOfRange.key(), "", "", message, mend])
    }

    fn rejected(&mut self, row: &Row, told: [&str; 5]) -> Result<(), Error> {
        let Some((_, rejected, _)) = &mut self.files else { return Ok(()) };
        let [why, column, value, message, mend] = told;
        // A spreadsheet would take what begins so for a formula.
        let tame = |text: &str| {
            let text = view::clean(text);
            if text.starts_with(['=', '+', '-', '@', '\t']) { format!("'{text}") } else { text }
        };
        let id: String = row.id.chars().take(64).collect();
        let (number, line) = (row.number.to_string(), row.line.to_string());
        let cells = [&number, &line, &tame(&id), why, column, &tame(value), message, mend];
        rejected.write_record(cells).map_err(not_written)
    }

    /// Puts the files in their places; that of rejected rows only where there are any.
    fn keep(self, any_rejected: bool) -> Result<(), Error> {
        let Some((rows, rejected, files)) = self.files else { return Ok(()) };
        for writer in [rows, rejected] {
            let flushed = writer.into_inner().map_err(|error| failed(error.into_error()))?;
            flushed.into_inner().map_err(|error| failed(error.into_error()))?;
        }
        if any_rejected {
            files.rejected.keep()?;
        }
        files.rows.keep()
    }
}

fn failed(error: std::io::Error) -> Error {
    Error::file("the file of -o", &error, "name a folder that exists and can be written")
}

fn not_written(error: csv::Error) -> Error {
    failed(error.into())
}
