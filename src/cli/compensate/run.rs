//! Run: every piece of a file worked out, counted and written, from the start or from
//! where an earlier run was stopped.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, UNIX_EPOCH};

use indicatif::HumanCount;

use super::files::Files;
use super::job::{Before, Bench, Body, Job, Keys};
use super::journal::{self, Identity, Journal, State};
use super::pool::in_order;
use super::progress::Progress;
use super::{Arguments, Others, ending, shown, threads};
use crate::cli::error::Error;
use crate::cli::simulate::workers::{listen, stopped};
use crate::cli::typed::again;
use crate::read::claims::{Chunk, Encoding, Place, Row, Source};
use crate::scheme::Totals;

/// What a run came to; its files are complete, and have yet to be put in their places.
pub struct Done {
    pub totals: Totals,
    pub encoding: Encoding,
    pub files: Option<Files>,
    pub journal: Option<Journal>,
}

type Input = Box<dyn BufRead + Send>;

/// Works all pieces out.
pub fn run<'j>(
    (arguments, claims): (&Arguments, &str),
    scheme: &str,
    mut source: Source<Input>,
    job: &Job<'j>,
    bench: &mut Bench<'j>,
) -> Result<Done, Error> {
    let name = shown(claims);
    let path = Path::new(claims);
    let size = path.metadata().ok().filter(|found| found.is_file()).map(|found| found.len());
    let size = size.filter(|_| claims != "-");
    let paths = paths(arguments)?;
    // What is asked beside the amounts is counted from the start, and stands in no journal.
    let sheet = ["xlsx", "xlsm"].contains(&ending(claims).as_str());
    let goes_on = size.is_some() && !sheet && !bench.asks();
    let into_text = |[rows, _]: &&[PathBuf; 2]| ending(&rows.to_string_lossy()) != "parquet";
    let journal = paths.as_ref().filter(into_text).filter(|_| goes_on).map(|[rows, _]| Journal::of(rows));
    let identity = match &journal {
        Some(_) => identity(arguments, scheme, path)?,
        None => Identity { parts: vec![] },
    };
    let went = match &journal {
        Some(journal) if journal.is_there() && arguments.resume => Some(journal.read(&identity)?),
        Some(journal) if journal.is_there() && arguments.force => {
            journal.remove(true);
            None
        }
        Some(journal) if journal.is_there() => return Err(journal.in_the_way()),
        _ => None,
    };
    if arguments.resume && journal.is_none() {
        let message = "--resume goes on from a .csv or .parquet file to a .csv file alone";
        let hint = "leave out --resume: stdin, .xlsx, --compare-schemes, --cliffs and --sample begin anew";
        return Err(Error::usage(message, hint));
    }
    let files = match (&paths, &went) {
        (None, _) => None,
        (Some(paths), None) => {
            Some(Files::begin(paths, &arguments.columns(), arguments.force, arguments.excel_csv)?)
        }
        (Some(paths), Some(state)) => Some(Files::go_on(paths, state, arguments.force)?),
    };
    let mut work = Work {
        job,
        bench,
        before: Before::default(),
        row: Row::default(),
        totals: went.as_ref().map(|state| state.totals.clone()).unwrap_or_default(),
        files,
        known: went.as_ref().map_or(0, |state| state.at.bytes),
        at: source.at(),
    };
    if let Some(state) = &went {
        // Marks stand in no journal: where there are any, rows before are read again.
        if let Some(ids) = journal::ids(state).filter(|_| !job.marks()) {
            work.before = Before::with(ids);
            source.go_on(|at| input_at(path, name, at), state.at)?;
            (work.known, work.at) = (0, state.at);
        }
    }
    listen();
    let known = work.known;
    let all = !work.bench.asks();
    let size = source.rows().or(size.filter(|_| !sheet));
    let progress = Progress::new(size, work.at);
    let mut last = Instant::now();
    let every = Duration::from_secs(arguments.journal);
    let taken = in_order(
        threads(arguments),
        &mut source,
        |row, chunk| job.alone(chunk, row, all && chunk.to.bytes > known),
        |chunk, (keys, body)| -> Result<bool, Failure> {
            work.take(&chunk, &keys, body)?;
            progress.at(work.at);
            if let Some(journal) = &journal
                && last.elapsed() >= every
                && work.at.bytes > work.known
            {
                work.note(journal, &identity)?;
                last = Instant::now();
            }
            Ok(stopped())
        },
    );
    progress.end();
    match taken {
        Err(failure) => {
            // What an entry of the journal names stays, so that the run can go on.
            if let (Some(files), true) = (work.files, journal.is_some_and(|journal| journal.is_there())) {
                files.leave()?;
            }
            return Err(match failure {
                Failure::Read(error) => Error::file(name, &error, "read the file again"),
                Failure::Told(error) => error,
            });
        }
        Ok(()) if stopped() => return Err(work.stop(journal, &identity, size)),
        Ok(()) => {}
    }
    let Work { totals, files, at, .. } = work;
    Ok(Done { totals, encoding: at.encoding, files, journal })
}

enum Failure {
    Read(io::Error),
    Told(Error),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Read(error)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Told(error)
    }
}

/// What the calling thread does with each piece, in order.
struct Work<'w, 'j> {
    job: &'w Job<'j>,
    bench: &'w mut Bench<'j>,
    before: Before,
    row: Row,
    totals: Totals,
    files: Option<Files>,
    /// Bytes of the claims whose rows were written by an earlier run.
    known: u64,
    at: Place,
}

impl Work<'_, '_> {
    fn take(&mut self, chunk: &Chunk, keys: &Keys, body: Option<Body>) -> Result<(), Error> {
        let hits = self.before.enter(keys);
        self.at = chunk.to;
        if chunk.to.bytes <= self.known {
            return Ok(());
        }
        let body = match body {
            Some(body) if hits.is_empty() => body,
            _ => self.job.among(chunk, &mut self.row, &hits, self.bench),
        };
        self.totals.merge(&body.totals);
        self.files.as_mut().map_or(Ok(()), |files| files.add(body))
    }

    fn note(&self, journal: &Journal, identity: &Identity) -> Result<(), Error> {
        let Some(files) = &self.files else { return Ok(()) };
        let (drafts, totals, ids) = (files.safe()?, self.totals.clone(), self.before.ids.runs());
        journal.write(identity, &State { at: self.at, drafts, totals, ids })
    }

    fn stop(self, journal: Option<Journal>, identity: &Identity, size: Option<u64>) -> Error {
        let percent =
            size.map_or_else(String::new, |size| format!(" ({}%)", 100 * self.at.bytes / size.max(1)));
        let rows = format!("stopped after {} rows{percent}", HumanCount(self.at.rows));
        let Some(journal) = journal else {
            return Error::Interrupted(format!("{rows}; nothing was written"));
        };
        let noted = if self.at.bytes > self.known { self.note(&journal, identity) } else { Ok(()) };
        let left = noted.and_then(|()| self.files.map_or(Ok(()), Files::leave));
        match left {
            Ok(()) => Error::Interrupted(format!("{rows}; to go on from there:\n  {}", again("--resume"))),
            Err(error) => error,
        }
    }
}

/// Names the two files that a run writes.
pub fn paths(arguments: &Arguments) -> Result<Option<[PathBuf; 2]>, Error> {
    let Some(output) = &arguments.output else { return Ok(None) };
    let beside = || output.with_extension("rejected.csv");
    let rejected = arguments.rejected.clone().unwrap_or_else(beside);
    let ends = |path: &Path| ending(&path.to_string_lossy());
    if ends(output) == "parquet" && arguments.excel_csv {
        return Err(Error::usage("--excel-csv marks a CSV file", "leave it out, or end -o with .csv"));
    }
    for (option, path) in [("-o", output), ("--rejected", &rejected)] {
        let name = crate::view::clean(&path.display().to_string());
        if name == "-" {
            let message = format!("{option} names a file: stdout has the totals");
            return Err(Error::usage(message, "end its name with .csv"));
        }
        if ["xlsx", "xlsm", "xls", "ods"].contains(&ends(path).as_str()) {
            let message = format!("{option} writes CSV or Parquet, and {name} would be no workbook");
            return Err(Error::usage(message, "end it with .csv; with --excel-csv Excel reads its Hangul"));
        }
        // Under --force it would be lost.
        let schemes = [&arguments.scheme].into_iter().chain(&arguments.compare_schemes);
        let read = arguments.claims.iter().map(|claims| ("claims", claims));
        for (what, read) in read.chain(schemes.map(|scheme| ("scheme", scheme))) {
            if same_file(path, Path::new(read)) {
                let message = format!("{option} names {name}, which is the file of the {what}");
                return Err(Error::usage(message, "give it a name of its own"));
            }
        }
    }
    if rejected == *output || same_file(&rejected, output) {
        return Err(Error::usage("-o and --rejected name the same file", "give each a name of its own"));
    }
    Ok(Some([output.clone(), rejected]))
}

fn same_file(one: &Path, other: &Path) -> bool {
    matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
}

/// Bytes by which the beginning of a file is known again.
const HEAD: u64 = 1 << 16;

fn identity(arguments: &Arguments, scheme: &str, path: &Path) -> Result<Identity, Error> {
    let name = path.to_string_lossy();
    let read = || -> io::Result<_> {
        let file = File::open(path)?;
        let found = file.metadata()?;
        let changed = found.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos();
        let mut head = Vec::new();
        file.take(HEAD).read_to_end(&mut head)?;
        Ok((found.len(), changed, Identity::digest(&head)))
    };
    let (size, changed, head) =
        read().map_err(|error| Error::file(&name, &error, "read the file again"))?;
    let rejected = arguments.rejected.as_ref().map(|path| path.display().to_string());
    let other = arguments.other_columns == Some(Others::Ignore);
    let columns = arguments.columns().iter().map(|column| column.key()).collect::<Vec<_>>().join(",");
    Ok(Identity {
        parts: vec![
            ("the version of this program", env!("CARGO_PKG_VERSION").into()),
            ("the scheme", Identity::digest(scheme.as_bytes())),
            ("the file of claims", format!("{size} {changed} {head}")),
            ("the command", format!("{other} {} {rejected:?} {columns}", arguments.excel_csv)),
        ],
    })
}

fn input_at(path: &Path, name: &str, at: Place) -> Result<Input, Error> {
    let open = || -> io::Result<Input> {
        let mut file = File::open(path)?;
        file.seek(SeekFrom::Start(at.bytes))?;
        Ok(Box::new(BufReader::with_capacity(1 << 16, file)))
    };
    open().map_err(|error| Error::file(name, &error, "read the file again"))
}
