//! Tables for the terminal: aligned under Hangul, within the width given.

use tabled::builder::Builder;
use tabled::settings::object::{Columns, Rows};
use tabled::settings::style::HorizontalLine;
use tabled::settings::{Alignment, Padding, Style};
use unicode_width::UnicodeWidthStr;

/// A column of a table: its heading and its cells.
#[derive(Clone, Debug)]
pub struct Column {
    heading: String,
    cells: Vec<String>,
    number: bool,
    kept: bool,
}

impl Column {
    /// A column of words, aligned to the left.
    pub fn words(heading: &str, cells: impl IntoIterator<Item = String>) -> Self {
        let clean_lines = |cell: String| cell.lines().map(clean).collect::<Vec<_>>().join("\n");
        Self {
            heading: clean(heading),
            cells: cells.into_iter().map(clean_lines).collect(),
            number: false,
            kept: false,
        }
    }

    /// A column of numbers, aligned to the right.
    pub fn numbers(heading: &str, cells: impl IntoIterator<Item = String>) -> Self {
        Self { number: true, ..Self::words(heading, cells) }
    }

    /// The same column, that stands even where no cell says anything.
    pub fn kept(self) -> Self {
        Self { kept: true, ..self }
    }

    /// Returns whether no cell says anything, and none has to.
    pub fn is_empty(&self) -> bool {
        !self.kept && self.cells.iter().all(|cell| cell == "-" || cell.is_empty())
    }

    /// Returns the columns of the terminal that it takes; none if it says nothing.
    pub fn taken(&self) -> usize {
        if self.is_empty() && !self.heading.is_empty() { 0 } else { self.width() + GUTTER }
    }

    fn width(&self) -> usize {
        let lines = self.cells.iter().flat_map(|cell| cell.lines());
        lines.map(UnicodeWidthStr::width).max().unwrap_or(0).max(longest_word(&self.heading))
    }
}

/// Columns between two in a table.
const GUTTER: usize = 2;

/// Draws columns as one table, or as several under one another where `width`
/// does not hold them. The first column stands in each; columns that say nothing
/// are left out.
pub fn draw(first: &Column, columns: &[Column], width: usize) -> String {
    let columns: Vec<&Column> = columns.iter().filter(|column| !column.is_empty()).collect();
    let needed = split(first, &columns, width).len();
    // As few tables as possible, and then as even in width as possible.
    let even = (1..=width).find(|width| split(first, &columns, *width).len() == needed).unwrap_or(width);
    let tables = split(first, &columns, even);
    let drawn: Vec<String> = tables.iter().map(|columns| one(first, columns, width)).collect();
    drawn.join("\n\n")
}

/// Breaks columns into tables no wider than `width`, where a column allows it.
fn split<'c>(first: &Column, columns: &[&'c Column], width: usize) -> Vec<Vec<&'c Column>> {
    let mut tables: Vec<Vec<&Column>> = vec![vec![]];
    let mut used = first.width();
    for column in columns {
        let more = column.width() + GUTTER;
        if used + more > width && !tables.last().is_some_and(Vec::is_empty) {
            tables.push(vec![]);
            used = first.width();
        }
        used += more;
        if let Some(table) = tables.last_mut() {
            table.push(column);
        }
    }
    tables
}

fn one(first: &Column, columns: &[&Column], width: usize) -> String {
    let mut all = vec![first];
    all.extend(columns);
    // Headings may be as wide as the room that is left allows, evenly.
    let natural: usize = all.iter().map(|column| column.width() + GUTTER).sum();
    let spare = (width + GUTTER).saturating_sub(natural) / all.len();
    let wrapped = |column: &&Column| wrap(&column.heading, column.width() + spare.min(8));
    let headings: Vec<String> = all.iter().map(wrapped).collect();
    let deepest = headings.iter().map(|heading| depth(heading)).max().unwrap_or(1);
    let sunk = headings.iter().map(|heading| {
        let above = deepest - depth(heading);
        format!("{}{heading}", "\n".repeat(above))
    });
    let mut builder = Builder::new();
    builder.push_record(sunk);
    for row in 0..first.cells.len() {
        builder.push_record(all.iter().map(|column| column.cells[row].clone()));
    }
    let mut table = builder.build();
    table.with(Style::empty().horizontals([(1, HorizontalLine::new('─'))])).with(Padding::new(0, 0, 0, 0));
    for (place, column) in all.iter().enumerate() {
        let side = if column.number { Alignment::right() } else { Alignment::left() };
        table.modify(Columns::one(place), side);
        if place > 0 {
            table.modify(Columns::one(place), Padding::new(GUTTER, 0, 0, 0));
        }
    }
    table.modify(Rows::first(), tabled::settings::formatting::AlignmentStrategy::PerLine);
    let drawn = table.to_string();
    drawn.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

/// Breaks text at spaces so that no line is wider than `width`, where words allow.
pub fn wrap(text: &str, width: usize) -> String {
    let mut lines: Vec<String> = vec![String::new()];
    for word in text.split(' ') {
        let line = lines.last_mut().expect("there is always one");
        if line.is_empty() {
            line.push_str(word);
        } else if line.width() + 1 + word.width() <= width {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines.join("\n")
}

/// Writes a text as an item of a list, no wider than `width` where words allow.
pub fn bullet(text: &str, width: usize) -> String {
    let wrapped = wrap(&clean(text), width.saturating_sub(2));
    format!("- {}", wrapped.replace('\n', "\n  "))
}

fn depth(heading: &str) -> usize {
    heading.lines().count().max(1)
}

fn longest_word(text: &str) -> usize {
    text.split(' ').map(UnicodeWidthStr::width).max().unwrap_or(0)
}

/// Takes out characters that would move a terminal's cursor or hide text.
pub fn clean(text: &str) -> String {
    let spaced = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c });
    spaced.filter(|c| !moves_or_hides(*c)).collect()
}

/// Puts a stand-in of the same length in bytes for each such character, so that
/// places in the text stay what they were.
pub fn stand_in(text: &str) -> String {
    let shown = |c: char| match (moves_or_hides(c) && c != '\n' && c != '\t', c.len_utf8()) {
        (false, _) => c,
        (true, 1) => '?',
        (true, 2) => '¿',
        (true, _) => '\u{fffd}',
    };
    text.chars().map(shown).collect()
}

fn moves_or_hides(c: char) -> bool {
    let hides = matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    c.is_control() || hides
}
