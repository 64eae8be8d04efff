//! Claims: a CSV file of merchants, row by row, in flat memory.
//!
//! Each row is a claim or a [`Reject`] with its own reason, and none is lost.

mod heads;
mod lines;
mod reject;
mod row;

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, BufRead};

pub use heads::{FIELDS, Field, Heads};
pub use reject::{Reject, Why};
pub use row::{Encoding, Row};

use super::value::Fault;
use crate::scheme::{Marks, Scheme};
use lines::{Line, Lines, Record};

/// The claims of a file, one after another.
pub struct Claims<'s, R> {
    lines: Lines<R>,
    record: Record,
    scheme: &'s Scheme,
    heads: Heads,
    encoding: Encoding,
    ids: HashSet<u128>,
    rows: u64,
}

/// Why a file of claims cannot be read at all.
#[derive(Debug)]
pub enum Unreadable {
    /// It could not be read.
    Io(io::Error),
    /// Its head is at fault.
    Head(Vec<Fault>),
}

impl From<io::Error> for Unreadable {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl<'s, R: BufRead> Claims<'s, R> {
    /// Reads the head of a file.
    ///
    /// # Errors
    ///
    /// Tells every fault of the head, and a file that could not be read.
    pub fn new(mut input: R, scheme: &'s Scheme, pass_over: bool) -> Result<Self, Unreadable> {
        let start = input.fill_buf()?;
        if start.starts_with(b"\xff\xfe") || start.starts_with(b"\xfe\xff") {
            let fault = Fault::new("the file is in UTF-16", "save it as CSV in UTF-8");
            return Err(Unreadable::Head(vec![fault]));
        }
        if start.starts_with(b"PK\x03\x04") {
            let fault = Fault::new("the file is a workbook or an archive", "save the sheet as CSV");
            return Err(Unreadable::Head(vec![fault]));
        }
        if start.starts_with(b"\xef\xbb\xbf") {
            input.consume(3);
        }
        let (mut lines, mut record) = (Lines::new(input), Record::default());
        let head = |message: &str, mend: &str| Unreadable::Head(vec![Fault::new(message, mend)]);
        match lines.next(&mut record)? {
            None => return Err(head("the file is empty", "begin it with a row of headings")),
            Some(Line::Record) => {}
            Some(_) => {
                return Err(head("the first row is no row of headings", "begin it with a row of headings"));
            }
        }
        let mut encoding = Encoding::default();
        if encoding.learn(record.all()).is_err() {
            return Err(head("the headings are neither UTF-8 nor CP949", "save the file as UTF-8"));
        }
        let mut names = Vec::new();
        for place in 0..record.len() {
            let mut name = String::new();
            encoding.decode(record.get(place).unwrap_or_default(), &mut name);
            names.push(name);
        }
        if names.len() == 1 && names[0].contains([';', '\t']) {
            return Err(head("the columns are not parted by commas", "save the file with commas"));
        }
        let heads = Heads::read(names.iter().map(String::as_str), pass_over).map_err(Unreadable::Head)?;
        Ok(Self { lines, record, scheme, heads, encoding, ids: HashSet::new(), rows: 0 })
    }

    /// Returns what each column holds.
    pub fn heads(&self) -> &Heads {
        &self.heads
    }

    /// Returns in what the file is written, as far as it was read.
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// Reads the next row: a claim, a row that is none, or nothing at the end.
    ///
    /// # Errors
    ///
    /// Whatever keeps the file from being read.
    pub fn next(&mut self, row: &mut Row) -> io::Result<Option<Result<(), Reject>>> {
        let Some(line) = self.lines.next(&mut self.record)? else { return Ok(None) };
        self.rows += 1;
        let read = match line {
            Line::OpenQuote => Err(Reject::row(Why::OpenQuote)),
            Line::TooLong => Err(Reject::row(Why::TooLong)),
            Line::Record => match self.encoding.learn(self.record.all()) {
                Ok(()) => row::read(&self.record, &self.heads, self.scheme, self.encoding, row),
                Err(why) => Err(Reject::row(why)),
            },
        };
        if matches!(line, Line::OpenQuote | Line::TooLong)
            || matches!(read, Err(Reject { why: Why::Encoding, .. }))
        {
            row.id.clear();
        }
        (row.number, row.line) = (self.rows, self.record.line);
        Ok(Some(read.and_then(|()| {
            if self.ids.insert(mark("id", row.id.as_bytes())) {
                Ok(())
            } else {
                Err(Reject::row(Why::SameId))
            }
        })))
    }
}

impl Row {
    /// Returns what tells the claim apart from others.
    #[must_use]
    pub fn marks(&self) -> Marks {
        let text = |kind, text: &str| Some(mark(kind, text.as_bytes())).filter(|_| !text.is_empty());
        let sales = match (self.usual, self.outage_sales) {
            // Nobody's sales fall from nothing to nothing by copying.
            (Some(usual), Some(outage)) if usual.0 > 0 => {
                Some(mark("sales", format!("{} {}", usual.0, outage.0).as_bytes()))
            }
            _ if self.claim().sales != crate::scheme::Sales::Unknown
                && self.sales.iter().any(|day| *day > 0) =>
            {
                let bytes: Vec<u8> = self.sales.iter().flat_map(|day| day.to_le_bytes()).collect();
                Some(mark("records", &bytes))
            }
            _ => None,
        };
        Marks {
            business: self.business.map(|digits| mark("business", &digits)),
            account: text("account", &self.account),
            papers: text("papers", &self.papers_hash),
            sales,
        }
    }
}

/// Digests a text to 128 bits, in which no two of any number of claims are the same.
fn mark(kind: &str, bytes: &[u8]) -> u128 {
    let half = |which: u8| {
        let mut hasher = DefaultHasher::new();
        (which, kind, bytes).hash(&mut hasher);
        u128::from(hasher.finish())
    };
    half(0) << 64 | half(1)
}
