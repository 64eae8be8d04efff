//! Findings: what is wrong in a file, where, and how to mend it.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The file cannot be used.
    Error,
    /// The file can be used, and probably does not say what was meant.
    Warning,
}

/// A fault of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// Where it is, in bytes from the start of the file.
    pub span: Range<usize>,
    /// What is wrong, with the value that is.
    pub message: String,
    /// How to mend it.
    pub mend: String,
}

/// A line and a column, both counted from 1; columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Line.
    pub line: usize,
    /// Column.
    pub column: usize,
}

impl Place {
    /// Returns the place of a byte of `text`.
    #[must_use]
    pub fn of(text: &str, byte: usize) -> Self {
        let before = &text[..text.floor_char_boundary(byte)];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = before.matches('\n').count() + 1;
        Self { line, column: before[line_start..].chars().count() + 1 }
    }
}

/// Where in the file each value was read, by its path: `cover.primary.deductible`.
pub type Places = BTreeMap<String, Place>;

/// Collects every finding of one file, and the place of every value.
#[derive(Debug)]
pub struct Findings<'a> {
    text: &'a str,
    found: RefCell<Vec<Finding>>,
    places: RefCell<Places>,
}

impl<'a> Findings<'a> {
    /// Starts with nothing found in `text`.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        Self { text, found: RefCell::default(), places: RefCell::default() }
    }

    /// Notes a fault that keeps the file from being used.
    pub fn error(&self, span: Range<usize>, message: impl Into<String>, mend: impl Into<String>) {
        self.note(Severity::Error, span, message.into(), mend.into());
    }

    /// Notes what is probably not meant.
    pub fn warning(&self, span: Range<usize>, message: impl Into<String>, mend: impl Into<String>) {
        self.note(Severity::Warning, span, message.into(), mend.into());
    }

    fn note(&self, severity: Severity, span: Range<usize>, message: String, mend: String) {
        self.found.borrow_mut().push(Finding { severity, span, message, mend });
    }

    pub(super) fn remember(&self, path: String, span: &Range<usize>) {
        self.places.borrow_mut().insert(path, Place::of(self.text, span.start));
    }

    /// Returns whether an error was found so far.
    #[must_use]
    pub fn any_error(&self) -> bool {
        self.found.borrow().iter().any(|finding| finding.severity == Severity::Error)
    }

    /// Returns all findings in the order of the file, and all places.
    #[must_use]
    pub fn finish(self) -> (Vec<Finding>, Places) {
        let mut found = self.found.into_inner();
        found.sort_by_key(|finding| (finding.span.start, finding.severity));
        found.dedup();
        (found, self.places.into_inner())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_not_bytes() {
        let text = "name = \"선물하기\" x\nlimit = 3";
        assert_eq!(Place::of(text, text.find('x').unwrap()), Place { line: 1, column: 15 });
        assert_eq!(Place::of(text, text.find("limit").unwrap()), Place { line: 2, column: 1 });
        assert_eq!(Place::of(text, text.len()), Place { line: 2, column: 10 });
    }
}
