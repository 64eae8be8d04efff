//! Claims: a CSV file of merchants, row by row, in flat memory.
//!
//! Each row is a claim or a [`Reject`] with its own reason, and none is lost.

mod breaks;
#[cfg(feature = "batch")]
mod cells;
mod chunk;
mod encoding;
mod heads;
mod lines;
mod reject;
mod row;
mod source;
pub mod table;
mod time;
mod values;

use std::io::{self, BufRead};

pub use chunk::{Chunk, Chunks, Place};
pub use encoding::Encoding;
pub use heads::{FIELDS, Field, Heads, Holds};
pub use reject::{Reject, Why};
pub use row::Row;
pub use source::Source;

use super::value::Fault;
use crate::scheme::{Ids, Marks, Scheme, digest};
use lines::{Fields, Line, Lines, Record};

/// The claims of a file, one after another.
pub struct Claims<'s, R> {
    lines: Lines<R>,
    record: Record,
    scheme: &'s Scheme,
    heads: Heads,
    encoding: Encoding,
    ids: Ids,
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
    pub fn new(input: R, scheme: &'s Scheme, pass_over: bool) -> Result<Self, Unreadable> {
        let Head { lines, heads, encoding, .. } = Head::read(input, pass_over)?;
        Ok(Self { lines, record: Record::default(), scheme, heads, encoding, ids: Ids::default(), rows: 0 })
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
        let read = take(line, self.record.fields(), &self.heads, self.scheme, &mut self.encoding, row);
        (row.number, row.line) = (self.rows, self.record.line);
        Ok(Some(
            read.and_then(
                |()| {
                    if self.ids.enter(&row.id) { Ok(()) } else { Err(Reject::row(Why::SameId)) }
                },
            ),
        ))
    }
}

/// What a line of a file comes to, but for what other lines say.
fn take(
    line: Line,
    fields: Fields<'_>,
    heads: &Heads,
    scheme: &Scheme,
    encoding: &mut Encoding,
    row: &mut Row,
) -> Result<(), Reject> {
    let read = match line {
        Line::OpenQuote => Err(Reject::row(Why::OpenQuote)),
        Line::TooLong => Err(Reject::row(Why::TooLong)),
        Line::Record => match encoding.learn(fields) {
            Ok(()) => row::read(fields, heads, scheme, *encoding, row),
            Err(why) => Err(Reject::row(why)),
        },
    };
    if let Err(Reject { why: Why::OpenQuote | Why::TooLong | Why::Encoding, .. }) = read {
        row.id.clear();
    }
    read
}

/// The head of a file, and the lines that follow it.
struct Head<R> {
    lines: Lines<R>,
    heads: Heads,
    encoding: Encoding,
    /// Bytes up to the end of the head.
    bytes: u64,
}

impl<R: BufRead> Head<R> {
    fn read(mut input: R, pass_over: bool) -> Result<Self, Unreadable> {
        let start = input.fill_buf()?;
        if start.starts_with(b"\xff\xfe") || start.starts_with(b"\xfe\xff") {
            let fault = Fault::new("the file is in UTF-16", "save it as CSV in UTF-8");
            return Err(Unreadable::Head(vec![fault]));
        }
        if start.starts_with(b"PK\x03\x04") {
            let mend = "end its name with .xlsx, or save the sheet as CSV";
            let fault = Fault::new("the file is a workbook or an archive", mend);
            return Err(Unreadable::Head(vec![fault]));
        }
        for (mark, what) in [(&b"\xd0\xcf\x11\xe0"[..], "a workbook of the old format"), (b"%PDF", "a PDF")]
        {
            if start.starts_with(mark) {
                let fault = Fault::new(format!("the file is {what}"), "save the table as .xlsx or CSV");
                return Err(Unreadable::Head(vec![fault]));
            }
        }
        let mark = if start.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        input.consume(mark);
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
        if encoding.learn(record.fields()).is_err() {
            return Err(head("the headings are neither UTF-8 nor CP949", "save the file as UTF-8"));
        }
        let mut names = Vec::new();
        for bytes in record.fields().each() {
            let mut name = String::new();
            names.push(encoding.decode(bytes, &mut name).to_owned());
        }
        if names.len() == 1 && names[0].contains([';', '\t']) {
            return Err(head("the columns are not parted by commas", "save the file with commas"));
        }
        let heads = Heads::read(names.iter().map(String::as_str), pass_over).map_err(Unreadable::Head)?;
        let bytes = lines.taken() + mark as u64;
        Ok(Self { lines, heads, encoding, bytes })
    }
}

impl Row {
    /// Returns what tells the claim apart from others.
    #[must_use]
    pub fn marks(&self) -> Marks {
        let text = |kind, text: &str| Some(digest(kind, text.as_bytes())).filter(|_| !text.is_empty());
        let sales = match (self.usual, self.outage_sales) {
            // Nobody's sales fall from nothing to nothing by copying.
            (Some(usual), Some(outage)) if usual.0 > 0 => {
                Some(digest("sales", &[usual.0.to_le_bytes(), outage.0.to_le_bytes()].concat()))
            }
            _ if self.claim().sales != crate::scheme::Sales::Unknown
                && self.sales.iter().any(|day| *day > 0) =>
            {
                let bytes: Vec<u8> = self.sales.iter().flat_map(|day| day.to_le_bytes()).collect();
                Some(digest("records", &bytes))
            }
            _ => None,
        };
        Marks {
            business: self.business.map(|digits| digest("business", &digits)),
            account: text("account", &self.account),
            papers: text("papers", &self.papers_hash),
            sales,
        }
    }
}
