//! Chunks: a file of any size in pieces of whole rows, each of which can be read alone.
//!
//! Where the pieces are cut depends on the file alone, and a piece knows all that rows
//! before it say about its own: the number of rows and lines, and the encoding.

use std::collections::VecDeque;
use std::io::{self, BufRead};

use memchr::{memchr, memchr_iter, memrchr};

use super::breaks::Breaks;
#[cfg(feature = "batch")]
use super::cells;
use super::encoding::Encoding;
use super::heads::Heads;
use super::lines::{Fields, LONGEST, Line, Lines, Record};
use super::reject::Reject;
use super::row::Row;
#[cfg(feature = "batch")]
use super::table::Slice;
use super::{Head, Unreadable, take};
use crate::scheme::Scheme;

/// Bytes of a piece, as far as rows allow.
const BYTES: usize = 1 << 18;

/// A place between two rows of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Bytes before it.
    pub bytes: u64,
    /// Rows before it, the head not counted.
    pub rows: u64,
    /// Lines before it.
    pub lines: u64,
    /// The encoding, as far as rows before it tell.
    pub encoding: Encoding,
}

/// Some rows of a file.
#[derive(Clone, Debug)]
pub struct Chunk {
    rows: Rows,
    /// Where it begins.
    pub from: Place,
    /// Where it ends.
    pub to: Place,
}

#[derive(Clone, Debug)]
enum Rows {
    Text(Text),
    #[cfg(feature = "batch")]
    Table(Slice),
}

/// Rows as lines of text.
#[derive(Clone, Debug)]
struct Text {
    bytes: Vec<u8>,
    /// Whether its fields end at commas and its rows at the ends of lines, and nowhere else.
    plain: bool,
    from: Place,
}

/// The pieces of a file, one after another.
pub struct Chunks<R> {
    input: R,
    heads: Heads,
    /// Bytes that were read and are in no piece yet.
    ahead: Vec<u8>,
    /// How many of them stand behind the last end of a line.
    open: usize,
    /// Bytes of lines too long to be kept, each with the place among those ahead.
    dropped: VecDeque<(usize, u64)>,
    at: Place,
    ended: bool,
    target: usize,
}

impl<R: BufRead> Chunks<R> {
    /// Reads the head of a file.
    ///
    /// # Errors
    ///
    /// As [`super::Claims::new`].
    pub fn new(input: R, pass_over: bool) -> Result<Self, Unreadable> {
        let Head { lines, heads, encoding, bytes } = Head::read(input, pass_over)?;
        let (ahead, before) = lines.waiting();
        let at = Place { bytes: bytes - ahead.len() as u64, rows: 0, lines: before, encoding };
        let (input, open) = (lines.into_input(), open(&ahead));
        Ok(Self { input, heads, ahead, open, dropped: VecDeque::new(), at, ended: false, target: BYTES })
    }

    /// The same, in pieces of about so many bytes.
    #[must_use]
    pub fn of_bytes(self, target: usize) -> Self {
        Self { target, ..self }
    }

    /// Returns what each column holds.
    pub fn heads(&self) -> &Heads {
        &self.heads
    }

    /// Returns where the next piece begins.
    pub fn at(&self) -> Place {
        self.at
    }

    /// Goes on at a place that an earlier piece has ended at; the input stands there.
    pub fn go_on(&mut self, input: R, at: Place) {
        (self.input, self.at, self.open, self.ended) = (input, at, 0, false);
        self.ahead.clear();
        self.dropped.clear();
    }

    /// Returns the next piece, or nothing at the end.
    ///
    /// # Errors
    ///
    /// Whatever keeps the file from being read.
    pub fn piece(&mut self) -> io::Result<Option<Chunk>> {
        let mut target = self.target;
        loop {
            self.read(target)?;
            if self.ahead.is_empty() {
                return Ok(None);
            }
            if let Some(chunk) = self.cut() {
                return Ok(Some(chunk));
            }
            // A quoted field may go on for some lines, and each of them may be long.
            target = 2 * self.ahead.len().max(target);
        }
    }

    /// Reads on until so many bytes are there, with the end of a line among them.
    fn read(&mut self, target: usize) -> io::Result<()> {
        while !self.ended && (self.ahead.len() < target || self.open == self.ahead.len()) {
            let more = match self.input.fill_buf() {
                Ok(more) => more,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            let taken = more.len();
            if taken == 0 {
                self.ended = true;
                break;
            }
            // How much is taken at a time must not tell, or a run that goes on would cut
            // elsewhere: as much as is wanted, and of a line without an end up to its end.
            let taken = match target.checked_sub(self.ahead.len()) {
                Some(wanted) if wanted > 0 => taken.min(wanted),
                _ => memchr(b'\n', more).map_or(taken, |end| end + 1),
            };
            // Of a line that is too long no more is kept than tells so.
            let line = memchr(b'\n', &more[..taken]).unwrap_or(taken);
            let room = (LONGEST + 1).saturating_sub(self.open);
            let taken = if room > 0 && line > room { room } else { taken };
            let more = &more[..taken];
            let cut = if room == 0 { line } else { 0 };
            if cut > 0 {
                match self.dropped.back_mut() {
                    Some((place, dropped)) if *place == self.ahead.len() => *dropped += cut as u64,
                    _ => self.dropped.push_back((self.ahead.len(), cut as u64)),
                }
            }
            self.ahead.extend_from_slice(&more[cut..]);
            let more = &more[cut..];
            self.open = if memchr(b'\n', more).is_some() { open(more) } else { self.open + more.len() };
            self.input.consume(taken);
        }
        Ok(())
    }

    /// Cuts off as many whole rows as are there; nothing where more has to be read.
    fn cut(&mut self) -> Option<Chunk> {
        let whole = if self.ended { self.ahead.len() } else { self.ahead.len() - self.open };
        if whole == 0 {
            return None;
        }
        let from = self.at;
        let (end, rows, lines, plain) = match plain(&self.ahead[..whole]) {
            Some((rows, lines)) => (whole, rows, lines, true),
            None => {
                let (end, rows, lines) = quoted(&self.ahead[..whole], self.ended)?;
                (end, rows, lines, false)
            }
        };
        let mut rest = Vec::with_capacity(self.target + (1 << 17));
        rest.extend_from_slice(&self.ahead[end..]);
        let mut bytes = std::mem::replace(&mut self.ahead, rest);
        bytes.truncate(end);
        let mut dropped = 0;
        while let Some((_, more)) = self.dropped.pop_front_if(|(place, _)| *place < end || self.ended) {
            dropped += more;
        }
        self.dropped.iter_mut().for_each(|(place, _)| *place -= end);
        let to = Place {
            bytes: from.bytes + end as u64 + dropped,
            rows: from.rows + rows,
            lines: from.lines + lines,
            encoding: from.encoding,
        };
        let (mut to, text) = (to, Text { bytes, plain, from });
        if from.encoding == Encoding::Ascii && !text.bytes.is_ascii() {
            to.encoding = text.learnt();
        }
        self.at = to;
        Some(Chunk { rows: Rows::Text(text), from, to })
    }
}

/// Counts bytes behind the last end of a line.
fn open(bytes: &[u8]) -> usize {
    bytes.len() - memrchr(b'\n', bytes).map_or(0, |end| end + 1)
}

/// Counts rows and lines where no field is quoted and no row ends within a line.
fn plain(bytes: &[u8]) -> Option<(u64, u64)> {
    // A mark of UTF-8 where files were joined is taken off with care, as quotes are.
    let marked = || memchr::memmem::find(bytes, b"\xef\xbb\xbf").is_some();
    if bytes.len() >= LONGEST || memchr(b'"', bytes).is_some() || marked() {
        return None;
    }
    let returns = memchr(b'\r', bytes).is_some();
    if returns && memchr_iter(b'\r', bytes).any(|at| bytes.get(at + 1) != Some(&b'\n')) {
        return None;
    }
    let open = bytes.last().is_some_and(|byte| *byte != b'\n');
    let lines = memchr_iter(b'\n', bytes).count() as u64 + u64::from(open);
    let blank = |at: usize| {
        at == 0
            || bytes[at - 1] == b'\n'
            || at > 1 && bytes[at - 2..at] == *b"\n\r"
            || at == 1 && bytes[0] == b'\r'
    };
    let blanks = if returns || memchr::memmem::find(bytes, b"\n\n").is_some() || bytes[0] == b'\n' {
        memchr_iter(b'\n', bytes).filter(|at| blank(*at)).count() as u64
    } else {
        0
    };
    Some((lines - blanks, lines))
}

/// Reads rows, and returns up to where they are certain whatever follows, how many they
/// are, and on how many lines they stand.
fn quoted(bytes: &[u8], ended: bool) -> Option<(usize, u64, u64)> {
    let (mut lines, mut record) = (Lines::new(bytes), Record::default());
    let (mut rows, mut certain) = (0, None);
    // Reading from memory never fails.
    while let Ok(Some(line)) = lines.next(&mut record) {
        rows += 1;
        let end = lines.taken() as usize;
        // A quote that is open where the bytes end may be closed behind them, and then what
        // follows it is no row of its own.
        if line == Line::OpenQuote && end == bytes.len() && !ended {
            break;
        }
        if !lines.waits() {
            certain = Some((end, rows, lines.waiting().1));
        }
    }
    if ended { Some((bytes.len(), rows, lines.waiting().1)) } else { certain }
}

impl Chunk {
    /// Takes rows of a table.
    #[cfg(feature = "batch")]
    pub(super) fn of_table(slice: Slice, from: Place, to: Place) -> Self {
        Self { rows: Rows::Table(slice), from, to }
    }

    /// Returns how many rows it has.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.to.rows - self.from.rows
    }

    /// Reads each row: a claim, or a row that is none. Whether its name stands in another
    /// row too is not told.
    pub fn each(
        &self,
        heads: &Heads,
        scheme: &Scheme,
        row: &mut Row,
        mut see: impl FnMut(&Row, Result<(), Reject>),
    ) {
        let mut number = self.from.rows;
        match &self.rows {
            Rows::Text(text) => {
                let mut encoding = self.from.encoding;
                text.lines(|line, fields, at| {
                    number += 1;
                    let read = take(line, fields, heads, scheme, &mut encoding, row);
                    (row.number, row.line) = (number, at);
                    see(row, read);
                    true
                });
            }
            #[cfg(feature = "batch")]
            Rows::Table(slice) => {
                for at in 0..slice.rows() {
                    number += 1;
                    let read = cells::read(|place| slice.cell(at, place), heads, scheme, row);
                    // The headings are the first line, as they are of a CSV file.
                    (row.number, row.line) = (number, number + 1);
                    see(row, read);
                }
            }
        }
    }
}

impl Text {
    /// Returns the encoding, as far as its rows tell.
    fn learnt(&self) -> Encoding {
        let mut encoding = self.from.encoding;
        self.lines(|line, fields, _| {
            if line == Line::Record {
                // A row in no encoding teaches nothing, and is told when it is read.
                let _ = encoding.learn(fields);
            }
            encoding == Encoding::Ascii
        });
        encoding
    }

    /// Returns its bytes, where all of them are text in the encoding that holds before it
    /// and after it, and none is a control character.
    fn text(&self) -> Option<&str> {
        // Without a way out in the middle, so that many bytes are looked at together.
        let control = self.bytes.iter().fold(false, |found, byte| {
            found | (*byte < b' ' && *byte != b'\t' && *byte != b'\n' && *byte != b'\r') | (*byte == 0x7f)
        });
        let settled = self.from.encoding == Encoding::Utf8 || self.bytes.is_ascii();
        let text = std::str::from_utf8(&self.bytes).ok();
        text.filter(|_| !control && settled)
    }

    /// Shows each row with the number of its line, until enough is seen.
    fn lines(&self, mut see: impl FnMut(Line, Fields<'_>, u64) -> bool) {
        if !self.plain {
            let (mut lines, mut record) =
                (Lines::after(self.bytes.as_slice(), self.from.lines), Record::default());
            while let Ok(Some(line)) = lines.next(&mut record) {
                if !see(line, record.fields(), record.line) {
                    return;
                }
            }
            return;
        }
        let (mut begin, mut line, mut ends) = (0, self.from.lines, Vec::with_capacity(32));
        let text = self.text();
        let mut row = |begin: usize, end: usize, ends: &mut Vec<usize>, line: u64| {
            let bytes = &self.bytes[begin..end];
            let bytes = bytes.strip_suffix(b"\r").unwrap_or(bytes);
            ends.push(bytes.len());
            let text = text.and_then(|text| text.get(begin..begin + bytes.len()));
            let more = bytes.is_empty() || see(Line::Record, Fields::of_line(bytes, ends, text), line);
            ends.clear();
            more
        };
        for at in Breaks::new(&self.bytes) {
            if self.bytes[at] == b',' {
                ends.push(at - begin);
                continue;
            }
            line += 1;
            if !row(begin, at, &mut ends, line) {
                return;
            }
            begin = at + 1;
        }
        if begin < self.bytes.len() {
            row(begin, self.bytes.len(), &mut ends, line + 1);
        }
    }
}
