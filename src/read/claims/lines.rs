//! Records of a CSV file, one after another, none of them lost to a stray quote.

use std::collections::VecDeque;
use std::io::{self, BufRead, Read};

use csv_core::{ReadRecordResult, Reader};

/// The longest line: far above any claim.
pub const LONGEST: usize = 1 << 20;

/// Lines over which a quoted field may run.
const MOST_LINES: usize = 8;

/// The fields of one record: bytes, and where each field ends among them.
#[derive(Clone, Copy, Debug)]
pub struct Fields<'r> {
    bytes: &'r [u8],
    ends: &'r [usize],
    /// Bytes between one field and the next.
    between: usize,
    /// The same bytes, where they are known to be text in the file's encoding, and none of
    /// them a control character.
    text: Option<&'r str>,
}

impl<'r> Fields<'r> {
    /// Takes a line whose fields end at its commas and at its own end.
    pub fn of_line(bytes: &'r [u8], ends: &'r [usize], text: Option<&'r str>) -> Self {
        Self { bytes, ends, between: 1, text }
    }

    /// Returns whether it is known to be text in the file's encoding.
    #[inline]
    pub fn is_text(&self) -> bool {
        self.text.is_some()
    }

    /// Returns a field as text, where it is known to be such.
    #[inline]
    pub fn text(&self, place: usize) -> Option<&'r str> {
        let from = if place == 0 { 0 } else { self.ends.get(place - 1)? + self.between };
        self.text?.get(from..*self.ends.get(place)?)
    }

    /// Returns how many fields it has.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Returns a field.
    #[inline]
    pub fn get(&self, place: usize) -> Option<&'r [u8]> {
        let from = if place == 0 { 0 } else { self.ends.get(place - 1)? + self.between };
        self.bytes.get(from..*self.ends.get(place)?)
    }

    /// Returns each field.
    pub fn each(&self) -> impl Iterator<Item = &'r [u8]> {
        let fields = *self;
        (0..self.len()).filter_map(move |place| fields.get(place))
    }

    /// Returns all its bytes, with or without what parts its fields.
    pub fn all(&self) -> &'r [u8] {
        &self.bytes[..self.ends.last().copied().unwrap_or_default()]
    }
}

/// One record of a file, its quotes taken off.
#[derive(Debug, Default)]
pub struct Record {
    bytes: Vec<u8>,
    ends: Vec<usize>,
    fields: usize,
    /// The line on which it begins, from 1.
    pub line: u64,
}

impl Record {
    /// Returns its fields.
    pub fn fields(&self) -> Fields<'_> {
        Fields { bytes: &self.bytes, ends: &self.ends[..self.fields], between: 0, text: None }
    }
}

/// What a line came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// A record.
    Record,
    /// A quote that is never closed; the next line begins anew.
    OpenQuote,
    /// More bytes than any claim has.
    TooLong,
}

/// The lines of a file.
pub struct Lines<R> {
    input: R,
    /// Lines to read again, each with its number and whether it is too long to be kept.
    waiting: VecDeque<(u64, Vec<u8>, bool)>,
    read: u64,
    taken: u64,
    reader: Reader,
}

impl<R: BufRead> Lines<R> {
    /// Begins at the first line.
    pub fn new(input: R) -> Self {
        Self::after(input, 0)
    }

    /// Begins after so many lines.
    pub fn after(input: R, lines: u64) -> Self {
        Self { input, waiting: VecDeque::new(), read: lines, taken: 0, reader: Reader::new() }
    }

    /// Returns how many bytes were taken from the input, those to be read again among them.
    pub fn taken(&self) -> u64 {
        self.taken
    }

    /// Returns whether a line waits to be read again.
    pub fn waits(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// Returns the input.
    pub fn into_input(self) -> R {
        self.input
    }

    /// Returns the bytes that are to be read again, and how many lines stand before them.
    pub fn waiting(&self) -> (Vec<u8>, u64) {
        let bytes = self.waiting.iter().flat_map(|(_, bytes, _)| bytes).copied().collect();
        (bytes, self.waiting.front().map_or(self.read, |(line, ..)| line - 1))
    }

    /// Reads the next record; nothing at the end. Empty lines are no records.
    ///
    /// # Errors
    ///
    /// Whatever keeps the file from being read.
    pub fn next(&mut self, record: &mut Record) -> io::Result<Option<Line>> {
        let (mut bytes, mut output, mut ends) = (Vec::new(), 0, 0);
        loop {
            match self.line(&mut bytes)? {
                None => return Ok(None),
                Some((line, true)) => {
                    record.line = line;
                    record.fields = 0;
                    return Ok(Some(Line::TooLong));
                }
                Some((line, false)) => record.line = line,
            }
            if bytes.iter().any(|byte| !matches!(byte, b'\r' | b'\n')) {
                break;
            }
        }
        self.reader.reset();
        let (first, mut ended) = (record.line, false);
        let mut more: Vec<(u64, Vec<u8>, bool)> = Vec::new();
        loop {
            let mut at = 0;
            loop {
                if record.bytes.len() < output + bytes.len() + 1 {
                    record.bytes.resize(2 * (output + bytes.len() + 1), 0);
                }
                if record.ends.len() < ends + bytes.len() + 1 {
                    record.ends.resize(2 * (ends + bytes.len() + 1), 0);
                }
                let (result, taken, written, ended) = self.reader.read_record(
                    &bytes[at..],
                    &mut record.bytes[output..],
                    &mut record.ends[ends..],
                );
                at += taken;
                output += written;
                ends += ended;
                match result {
                    ReadRecordResult::Record => {
                        record.fields = ends;
                        // A quote amid a field is no quote: what follows it is read again.
                        if at < bytes.len() && !bytes[at..].iter().all(|b| matches!(b, b'\r' | b'\n')) {
                            let line = more.last().map_or(first, |last| last.0);
                            self.waiting.push_front((line, bytes[at..].to_vec(), false));
                        }
                        return Ok(Some(Line::Record));
                    }
                    ReadRecordResult::End => return Ok(None),
                    ReadRecordResult::InputEmpty => break,
                    ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => {}
                }
            }
            let mut next = Vec::new();
            let found = if more.len() + 1 < MOST_LINES { self.line(&mut next)? } else { None };
            match found {
                Some((line, false)) => {
                    more.push((line, next.clone(), false));
                    bytes = next;
                }
                // The end of a file ends its last record, but for an open quote.
                None if !ended && !bytes.ends_with(b"\n") => {
                    ended = true;
                    bytes = b"\n".to_vec();
                }
                other => {
                    more.extend(other.map(|(line, long)| (line, Vec::new(), long)));
                    for line in more.into_iter().rev() {
                        self.waiting.push_front(line);
                    }
                    record.line = first;
                    record.fields = 0;
                    return Ok(Some(Line::OpenQuote));
                }
            }
        }
    }

    /// Takes the next line, and whether it is too long to be kept.
    fn line(&mut self, into: &mut Vec<u8>) -> io::Result<Option<(u64, bool)>> {
        into.clear();
        if let Some((line, bytes, long)) = self.waiting.pop_front() {
            *into = bytes;
            return Ok(Some((line, long)));
        }
        let taken = (&mut self.input).take(LONGEST as u64).read_until(b'\n', into)?;
        if taken == 0 {
            return Ok(None);
        }
        (self.read, self.taken) = (self.read + 1, self.taken + taken as u64);
        let long = taken == LONGEST && !into.ends_with(b"\n");
        if long {
            let mut rest = Vec::new();
            loop {
                let more = (&mut self.input).take(LONGEST as u64).read_until(b'\n', &mut rest)?;
                self.taken += more as u64;
                if more == 0 || rest.ends_with(b"\n") {
                    break;
                }
                rest.clear();
            }
        }
        Ok(Some((self.read, long)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(u64, Line, Vec<String>)> {
        let (mut lines, mut record) = (Lines::new(text.as_bytes()), Record::default());
        let mut found = Vec::new();
        while let Some(line) = lines.next(&mut record).unwrap() {
            let field = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
            found.push((record.line, line, record.fields().each().map(field).collect()));
        }
        found
    }

    fn row(line: u64, fields: &[&str]) -> (u64, Line, Vec<String>) {
        (line, Line::Record, fields.iter().map(|field| (*field).to_owned()).collect())
    }

    #[test]
    fn records_with_the_line_that_an_editor_shows() {
        let text = "id,loss\r\n\r\nA,\"1,000\"\nB,\"two\nlines\"\nC,3";
        let expected = [
            row(1, &["id", "loss"]),
            row(3, &["A", "1,000"]),
            row(4, &["B", "two\nlines"]),
            row(6, &["C", "3"]),
        ];
        assert_eq!(read(text), expected);
        assert_eq!(read(""), []);
        assert_eq!(read("\n\n"), []);
    }

    #[test]
    fn a_quote_that_is_never_closed_costs_its_own_row_alone() {
        let tail: String = (0..20).map(|n| format!("R{n},1\n")).collect();
        let found = read(&format!("A,\"oops\n{tail}"));
        assert_eq!(found[0], (1, Line::OpenQuote, vec![]));
        assert_eq!(found.len(), 21);
        assert_eq!(found[20], row(21, &["R19", "1"]));
        assert_eq!(read("A,\"oops"), [(1, Line::OpenQuote, vec![])]);
        assert_eq!(read("A,\"oops\nB,1"), [(1, Line::OpenQuote, vec![]), row(2, &["B", "1"])]);
    }

    #[test]
    fn a_quote_amid_a_field_is_part_of_it() {
        assert_eq!(read("A,12\" pizza\nB,2\n"), [row(1, &["A", "12\" pizza"]), row(2, &["B", "2"])]);
        assert_eq!(read("A,12\" pizza"), [row(1, &["A", "12\" pizza"])]);
    }

    #[test]
    fn a_line_beyond_any_claim_is_told_and_passed_over() {
        let text = format!("A,{}\nB,2\n", "9".repeat(3 * LONGEST));
        assert_eq!(read(&text), [(1, Line::TooLong, vec![]), row(2, &["B", "2"])]);
        let found = read(&format!("Z,\"open\n{text}"));
        let expected = [(1, Line::OpenQuote, vec![]), (2, Line::TooLong, vec![]), row(3, &["B", "2"])];
        assert_eq!(found, expected, "a quote that runs into it loses neither");
    }
}
