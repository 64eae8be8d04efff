//! Job: what is done with each piece of a file of claims.

use crate::read::claims::{Chunk, Field, Heads, Reject, Row, Why};
use crate::scheme::lab::{Change, Cliffs, Sample, Spread};
use crate::scheme::{
    Assessment, Assessor, Claim, Few, Flag, Flags, Ids, Marks, Names, Reason, Register, Scheme, Status,
    Totals, business_number_fits,
};
use crate::view;
use crate::view::compensation::columns::Columns;
use crate::view::compensation::lines::Lines;
use crate::view::compensation::rows::{Cells, Column, Course};

/// What a piece has that rows of others may have too.
#[derive(Debug, Default)]
pub struct Keys {
    /// Names of its claims, in order.
    names: Names,
    /// Marks of those that have any, with their place among its claims and their row.
    marks: Vec<(u32, u64, Marks)>,
}

/// Rows of the file of claims.
#[derive(Debug, Default)]
pub enum Rows {
    /// None are written.
    #[default]
    Nothing,
    /// As lines of CSV.
    Lines(Lines),
    /// As columns of Parquet.
    Columns(Columns),
}

/// How rows are written.
pub struct Writes {
    /// These columns, in this order.
    pub columns: Vec<Column>,
    /// Whether as lines of text.
    pub as_text: bool,
}

/// What a piece comes to.
#[derive(Debug, Default)]
pub struct Body {
    /// Rows of the file of claims.
    pub rows: Rows,
    /// Lines of the file of rejected rows.
    pub rejected: Vec<u8>,
    /// What its rows come to.
    pub totals: Totals,
    few: Few,
}

/// What a claim has in common with one before it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hit {
    place: u32,
    same_id: bool,
    flags: Flags,
    first: Option<u64>,
}

/// All that was seen before.
#[derive(Debug, Default)]
pub struct Before {
    /// Names.
    pub ids: Ids,
    register: Register,
}

impl Before {
    /// Begins with names that are known.
    pub fn with(ids: Ids) -> Self {
        Self { ids, register: Register::default() }
    }

    /// Enters a piece, and returns which of its claims have something in common with
    /// others, in order.
    pub fn enter(&mut self, keys: &Keys) -> Vec<Hit> {
        let mut again = vec![];
        self.ids.enter_all(&keys.names, &mut again);
        let hit = |place: u32| Hit { place, same_id: true, ..Hit::default() };
        let mut hits: Vec<Hit> = again.iter().copied().map(hit).collect();
        for (place, row, marks) in &keys.marks {
            // A row of a name that stood before is no claim.
            if again.binary_search(place).is_ok() {
                continue;
            }
            let mut flags = Flags::default();
            let first = self.register.enter(marks, *row, &mut flags);
            if first.is_some() {
                hits.push(Hit { place: *place, same_id: false, flags, first });
            }
        }
        hits.sort_by_key(|hit| hit.place);
        hits
    }
}

/// What else is asked of each claim.
pub struct Bench<'b> {
    pub spread: Spread,
    pub others: Vec<(Assessor<'b>, Change)>,
    pub cliffs: Option<Cliffs>,
    pub sample: Option<Sample>,
}

impl Bench<'_> {
    /// Returns whether anything is asked.
    pub fn asks(&self) -> bool {
        !self.others.is_empty() || self.cliffs.is_some() || self.sample.is_some()
    }

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

/// How rows become amounts.
pub struct Job<'j> {
    /// What each column holds.
    pub heads: Heads,
    /// The scheme, made ready.
    pub assessor: &'j Assessor<'j>,
    /// How rows are written, where they are.
    pub writes: Option<Writes>,
    /// Whether claims say their industry, region and service.
    says: [bool; 3],
    /// Whether claims say when they came.
    dated: bool,
}

impl<'j> Job<'j> {
    /// Makes ready what is done with each piece.
    pub fn new(heads: Heads, assessor: &'j Assessor<'j>, writes: Option<Writes>) -> Self {
        let says = [Field::Industry, Field::Region, Field::Service].map(|field| heads.has(field));
        let dated = heads.has(Field::Received);
        Self { heads, assessor, writes, says, dated }
    }

    fn body(&self, rows: u64) -> Body {
        /// About as many bytes as a cell takes.
        const CELL: usize = 8;
        let rows = match &self.writes {
            None => Rows::Nothing,
            Some(Writes { columns, as_text: true }) => {
                Rows::Lines(Lines::for_bytes(CELL * columns.len() * rows as usize))
            }
            Some(Writes { columns, as_text: false }) => Rows::Columns(Columns::new(columns, rows as usize)),
        };
        Body { rows, ..Body::default() }
    }

    /// Returns whether claims have more than their names by which they are told apart.
    pub fn marks(&self) -> bool {
        let marks = [Field::Business, Field::Account, Field::PapersHash, Field::OutageSales];
        marks.into_iter().any(|field| self.heads.has(field)) || !self.heads.calendar.is_empty()
    }

    /// Reads a piece for what others may have too, and works it out as if none had.
    pub fn alone(&self, chunk: &Chunk, row: &mut Row, worked_out: bool) -> (Keys, Option<Body>) {
        let (mut keys, mut body) = (Keys::default(), worked_out.then(|| self.body(chunk.rows())));
        let marked = self.marks();
        let mut place = 0;
        chunk.each(&self.heads, self.assessor.scheme(), row, |row, read| {
            if read.is_ok() {
                keys.names.push(&row.id);
                let marks = if marked { row.marks() } else { Marks::default() };
                if !marks.is_empty() {
                    keys.marks.push((place, row.number, marks));
                }
                place += 1;
            }
            if let Some(body) = &mut body {
                self.add(body, row, read, None, None);
            }
        });
        if let Some(body) = &mut body {
            body.totals.take_in(&mut body.few);
        }
        (keys, body)
    }

    /// Works a piece out, of which some claims have something in common with others.
    pub fn among(&self, chunk: &Chunk, row: &mut Row, hits: &[Hit], bench: &mut Bench<'_>) -> Body {
        let (mut body, mut hits, mut place) = (self.body(chunk.rows()), hits.iter().peekable(), 0);
        chunk.each(&self.heads, self.assessor.scheme(), row, |row, read| {
            let hit = hits.next_if(|hit| read.is_ok() && hit.place == place);
            place += u32::from(read.is_ok());
            self.add(&mut body, row, read, hit, Some(&mut *bench));
        });
        body.totals.take_in(&mut body.few);
        body
    }

    fn add(
        &self,
        body: &mut Body,
        row: &Row,
        read: Result<(), Reject>,
        hit: Option<&Hit>,
        bench: Option<&mut Bench<'_>>,
    ) {
        let same_id = hit.is_some_and(|hit| hit.same_id);
        if let Err(reject) =
            read.and_then(|()| if same_id { Err(Reject::row(Why::SameId)) } else { Ok(()) })
        {
            body.totals.reject(reject.why.key());
            if self.writes.is_some() {
                refused(row, &reject, &mut body.rejected);
            }
            return;
        }
        let scheme = self.assessor.scheme();
        let mut claim = row.claim();
        let mut flags = own_flags(row, scheme, &claim);
        flags.raise_all(hit.map_or_else(Flags::default, |hit| hit.flags));
        claim.held = flags.hold();
        claim.undated = self.dated && claim.received.is_none();
        let mut course = Course::default();
        let told = self.assessor.assess(&claim, &mut course);
        if told.reason == Reason::OutOfRange {
            body.totals.reject(told.reason.key());
            if self.writes.is_some() {
                out_of_range(row, &mut body.rejected);
            }
            return;
        }
        if let Some(bench) = bench {
            bench.add(row, flags.hold(), &told);
        }
        let words = [&row.industry, &row.region, &row.service];
        let words: [Option<&str>; 3] =
            std::array::from_fn(|kind| self.says[kind].then_some(words[kind].as_str()));
        body.totals.add(&told, flags, words, &mut body.few);
        if let Some(Writes { columns, .. }) = &self.writes {
            let first = hit.and_then(|hit| hit.first);
            let words = words.map(Option::unwrap_or_default);
            let cells = Cells { id: &row.id, words, told: &told, course, flags, first, row: row.number };
            match &mut body.rows {
                Rows::Nothing => {}
                Rows::Lines(lines) => cells.csv(columns, &scheme.rules, lines),
                Rows::Columns(table) => table.add(&cells, &scheme.rules),
            }
        }
    }
}

/// Raises the flags of a claim by itself.
fn own_flags(row: &Row, scheme: &Scheme, claim: &Claim<'_>) -> Flags {
    let mut flags = Flags::default();
    if row.business.is_some_and(|digits| !business_number_fits(&digits)) {
        flags.raise(Flag::CheckDigit);
    }
    let (from, to) = row.outage_from_to;
    if !scheme.event.allows(claim.outage, from, to) {
        flags.raise(Flag::Hours);
    }
    flags
}

/// Raises the flags of a claim against all before it.
pub fn flags(
    row: &Row,
    scheme: &Scheme,
    claim: &Claim<'_>,
    register: &mut Register,
) -> (Flags, Option<u64>) {
    let mut flags = own_flags(row, scheme, claim);
    let first = register.enter(&row.marks(), row.number, &mut flags);
    (flags, first)
}

fn refused(row: &Row, reject: &Reject, out: &mut Vec<u8>) {
    let day = reject.day.map(|day| day.to_string());
    let column = day.unwrap_or_else(|| reject.field.map_or_else(String::new, |field| field.key().into()));
    let (message, mend) = reject.why.words();
    rejected(row, [reject.why.key(), &column, &reject.value, message, mend], out);
}

fn out_of_range(row: &Row, out: &mut Vec<u8>) {
    let (message, mend) = ("the arithmetic leaves the range in which it is exact", "look at its figures");
    rejected(row, [Reason::OutOfRange.key(), "", "", message, mend], out);
}

fn rejected(row: &Row, told: [&str; 5], out: &mut Vec<u8>) {
    let [why, column, value, message, mend] = told;
    // A spreadsheet would take what begins so for a formula.
    let tame = |text: &str| {
        let text = view::clean(text);
        if text.starts_with(['=', '+', '-', '@', '\t']) { format!("'{text}") } else { text }
    };
    let id: String = row.id.chars().take(64).collect();
    let (number, line) = (row.number.to_string(), row.line.to_string());
    let cells = [&number, &line, &tame(&id), why, column, &tame(value), message, mend];
    let mut writer = csv::WriterBuilder::new().buffer_capacity(512).from_writer(out);
    // Writing to memory never fails.
    let _ = writer.write_record(cells);
}
