//! Rows into sums: each row is added to its hour, or told with what is wrong with it.

use std::borrow::Cow;
use std::collections::HashMap;

use encoding_rs::EUC_KR;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::amount::{self, BookUnit};
use super::header::Named;
use super::moment::{Clock, DateOrder, Moment, Moments};
use super::seen::Seen;
use crate::profile::build::{Cells, Day, Exact, Grain};
use crate::read::value::Fault;

/// The encoding of a file without a mark, until it shows another.
pub const UTF8: &str = "UTF-8";

/// The encoding in which Korean spreadsheets save CSV.
pub const CP949: &str = "CP949";

/// How sales are to be read.
#[derive(Clone, Debug)]
pub struct Ask {
    /// Where the business is; quarters of Seoul need no such thing.
    pub zone: Option<TimeZone>,
    /// Columns that are named.
    pub named: Named,
    /// The unit of the amounts, where it is said.
    pub unit: Option<BookUnit>,
    /// The order of a date of three short numbers.
    pub order: Option<DateOrder>,
    /// Whether an hour column names hours by their end, 1 to 24.
    pub hour_ends: bool,
    /// Whether amounts below zero are left out; else they are netted where they stand.
    pub without_refunds: bool,
    /// Whether rows at fault are left out; else they are refused.
    pub without_bad_rows: bool,
    /// Whether rows that stand there twice are left out; else they are kept.
    pub without_duplicates: bool,
}

/// A value of a row, as its file has it.
#[derive(Clone, Copy, Debug)]
pub enum Value<'v> {
    /// Nothing.
    Empty,
    /// Text, in UTF-8 or CP949.
    Text(&'v [u8]),
    /// A number.
    Number(f64),
    /// A local time; at midnight it may be a date alone.
    Local(DateTime),
    /// An instant.
    Instant(Timestamp),
    /// What a spreadsheet could not work out.
    Broken(&'v str),
}

/// A row of a file.
#[derive(Clone, Copy, Debug)]
pub struct Row<'v> {
    /// Its number for messages.
    pub number: u64,
    /// How many fields it has.
    pub width: usize,
    /// The values asked for, in the order asked.
    pub values: &'v [Value<'v>],
    /// A fingerprint of all that it holds.
    pub print: u64,
    /// Whether there is nothing in it at all.
    pub blank: bool,
}

/// A row by the place of its file and its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowAt(u64);

impl RowAt {
    const FILES: u32 = 40;

    fn new(file: usize, number: u64) -> Self {
        Self((file as u64) << Self::FILES | number)
    }
}

/// What one business line sold.
#[derive(Clone, Debug, Default)]
pub struct LineSales {
    /// Its name in the line column; empty where there is none.
    pub name: String,
    /// Its sums by hour.
    pub cells: Cells,
    /// Its rows.
    pub rows: u64,
    /// Rows below zero, and their sum.
    pub refunds: (u64, Exact),
}

/// A file that was read.
#[derive(Clone, Debug)]
pub struct FileRead {
    /// Its name.
    pub name: String,
    /// Its encoding or format.
    pub form: &'static str,
    /// Rows above the headings.
    pub above: usize,
    /// The headings used: time, hour, amount, line.
    pub columns: Vec<String>,
    /// The unit of its amounts, and whether it was said anywhere.
    pub unit: (BookUnit, bool),
    /// Rows in it.
    pub rows: u64,
}

/// All that was read.
#[derive(Clone, Debug, Default)]
pub struct Sales {
    /// The lines, in the order in which they appear.
    pub lines: Vec<LineSales>,
    /// The files.
    pub files: Vec<FileRead>,
    /// Rows that count.
    pub used: u64,
    /// Rows at fault that were left out, and the first of them.
    pub rejected: (u64, Vec<Fault>),
    /// Refunds that were left out.
    pub refunds_left_out: u64,
    /// Rows that stand there again in every field, and the first of them.
    pub duplicates: (u64, Option<RowAt>),
    /// Whether such rows were left out.
    pub dropped: bool,
    /// Whether every row was compared with all rows before it.
    pub compared_all: bool,
    /// Rows with a date alone, at midnight, at other full hours, and at other times.
    pub times: Times,
    /// The first row with a date alone, and the first with a time of day after midnight.
    pub first: [Option<RowAt>; 2],
    /// The first rows that share an hour of a line with a row before, each with that one.
    pub again: Vec<(RowAt, RowAt)>,
}

/// How many rows have which kind of time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Times {
    /// A date without a time.
    pub dates: u64,
    /// A date of a spreadsheet, which may have been meant as midnight.
    pub maybe_dates: u64,
    /// 00:00, as it is written.
    pub midnights: u64,
    /// Another full hour.
    pub full: u64,
    /// Any other time.
    pub other: u64,
}

/// Faults beyond this are not worth telling.
pub const MOST_FAULTS: usize = 20;

/// Lines beyond this are no business lines.
const MOST_LINES: usize = 64;

/// Takes rows in.
#[derive(Debug)]
pub struct Intake<'a> {
    ask: &'a Ask,
    zone: TimeZone,
    moments: Moments,
    seen: Seen,
    factor: i128,
    places: HashMap<Vec<u8>, usize>,
    last: Option<(Vec<u8>, usize)>,
    width: usize,
    /// Whether the file names business lines.
    lines: bool,
    /// Whether the file is in CP949, and whether it has shown to be in UTF-8.
    cp949: bool,
    utf8: bool,
    faults: Vec<Fault>,
    /// What was taken in so far.
    pub sales: Sales,
}

impl<'a> Intake<'a> {
    /// Starts with nothing, for times on the clocks of a zone.
    #[must_use]
    pub fn new(ask: &'a Ask, zone: TimeZone) -> Self {
        Self {
            ask,
            moments: Moments::new(zone.clone(), ask.order),
            zone,
            seen: Seen::default(),
            factor: 1,
            places: HashMap::new(),
            last: None,
            width: 0,
            lines: false,
            cp949: false,
            utf8: false,
            faults: vec![],
            sales: Sales::default(),
        }
    }

    /// Begins a file whose rows have so many fields, and name business lines or not.
    pub fn begin(&mut self, file: FileRead, width: usize, lines: bool) {
        self.lines = lines;
        self.factor = i128::from(file.unit.0.factor);
        self.width = width;
        self.cp949 = file.form == CP949;
        self.utf8 = file.form != CP949 && file.form != UTF8;
        self.sales.files.push(file);
    }

    /// Ends a file.
    pub fn end(&mut self) {
        if self.cp949
            && let Some(file) = self.sales.files.last_mut()
            && file.form == UTF8
        {
            file.form = CP949;
        }
    }

    /// Returns all that was taken in.
    ///
    /// # Errors
    ///
    /// Returns the faults of all rows.
    pub fn finish(mut self) -> Result<Sales, Vec<Fault>> {
        self.sales.compared_all = self.seen.all();
        self.sales.dropped = self.ask.without_duplicates;
        if self.faults.is_empty() { Ok(self.sales) } else { Err(self.faults) }
    }

    /// Takes a row of time, amount, hour and line, and tells whether to go on.
    pub fn take(&mut self, row: Row<'_>) -> bool {
        if row.blank {
            return true;
        }
        if let Some(file) = self.sales.files.last_mut() {
            file.rows += 1;
        }
        match self.add(row) {
            Ok(()) => true,
            Err(fault) => self.reject(row.number, fault),
        }
    }

    fn reject(&mut self, number: u64, fault: Fault) -> bool {
        let name = self.sales.files.last().map_or("", |file| &file.name);
        let fault = Fault::new(format!("{name}:{number}: {}", fault.message), fault.mend);
        if self.ask.without_bad_rows {
            self.sales.rejected.0 += 1;
            if self.sales.rejected.1.len() < MOST_FAULTS {
                self.sales.rejected.1.push(fault);
            }
            return true;
        }
        self.faults.push(fault);
        if self.faults.len() < MOST_FAULTS {
            return true;
        }
        let message = format!("{name}: reading stopped after {MOST_FAULTS} rows at fault");
        self.faults.push(Fault::new(message, "mend these, or leave such rows out: --bad-rows leave-out"));
        false
    }

    fn add(&mut self, row: Row<'_>) -> Result<(), Fault> {
        if row.width != self.width {
            return Err(Fault::new(
                format!("the row has {} fields, and the head has {}", row.width, self.width),
                "put amounts with commas in quotes, and give every row the same columns",
            ));
        }
        let [time, amount, hour, line] = row.values else { return Err(Fault::new("no row", "")) };
        let amount = Exact(self.amount(*amount)?.0 * self.factor);
        let (moment, maybe) = self.moment(*time, *hour)?;
        let line = self.line(*line)?;
        let at = RowAt::new(self.sales.files.len().saturating_sub(1), row.number);
        if self.seen.again(row.print) {
            self.sales.duplicates.0 += 1;
            self.sales.duplicates.1 = self.sales.duplicates.1.or(Some(at));
            if self.ask.without_duplicates {
                return Ok(());
            }
        }
        let sales = &mut self.sales.lines[line];
        sales.rows += 1;
        if amount.0 < 0 {
            sales.refunds.0 += 1;
            sales.refunds.1 += amount;
            if self.ask.without_refunds {
                self.sales.refunds_left_out += 1;
                return Ok(());
            }
        }
        let before = sales.cells.add(moment.day, moment.clock.map_or(0, |clock| clock.hour), amount, at.0);
        if let Some(first) = before.filter(|_| self.sales.again.len() < MOST_FAULTS) {
            self.sales.again.push((RowAt(first), at));
        }
        match moment.clock {
            None => self.sales.first[0] = self.sales.first[0].or(Some(at)),
            Some(Clock { hour: 0, full: true }) => {}
            Some(_) => self.sales.first[1] = self.sales.first[1].or(Some(at)),
        }
        let times = &mut self.sales.times;
        *match (moment.clock, maybe) {
            (None, _) => &mut times.dates,
            (Some(Clock { hour: 0, full: true }), true) => &mut times.maybe_dates,
            (Some(Clock { hour: 0, full: true }), false) => &mut times.midnights,
            (Some(Clock { full: true, .. }), _) => &mut times.full,
            (Some(_), _) => &mut times.other,
        } += 1;
        self.sales.used += 1;
        Ok(())
    }

    fn amount(&mut self, value: Value<'_>) -> Result<Exact, Fault> {
        match value {
            Value::Text(bytes) => match amount::plain(bytes) {
                Some(amount) => Ok(amount),
                None => amount::amount(&self.decode(bytes)?),
            },
            Value::Number(number) => amount::of_number(number).ok_or_else(|| {
                Fault::new(
                    format!("{number} is no amount that is exact"),
                    "is the column right, and its unit?",
                )
            }),
            Value::Empty => amount::amount(""),
            Value::Broken(error) => Err(Fault::new(
                format!("the amount is {error}, which the spreadsheet could not work out"),
                "mend the formula, or drop the row",
            )),
            Value::Local(_) | Value::Instant(_) => {
                Err(Fault::new("the amount is a date", "is the column right? See --amount-column"))
            }
        }
    }

    /// Returns the moment of a row, and whether its midnight may be a date alone.
    fn moment(&mut self, time: Value<'_>, hour: Value<'_>) -> Result<(Moment, bool), Fault> {
        let (moment, maybe) = match time {
            Value::Text(bytes) => match self.moments.plain(bytes) {
                Some(moment) => (moment, false),
                None => {
                    let text = self.decode(bytes)?.into_owned();
                    (self.moments.read(&text)?, false)
                }
            },
            Value::Local(local) => (self.within(local)?, true),
            Value::Instant(instant) => (self.within(self.zone.to_datetime(instant))?, false),
            Value::Number(number) if number.fract() == 0.0 && (1.9e7..2.2e7).contains(&number) => {
                (self.moments.read(&format!("{number}"))?, false)
            }
            Value::Number(number) => {
                return Err(Fault::new(
                    format!("{number} is not a date"),
                    "format the column as a date, or write 20221015",
                ));
            }
            Value::Empty => return self.moments.read("").map(|moment| (moment, false)),
            Value::Broken(error) => {
                let message = format!("the date is {error}, which the spreadsheet could not work out");
                return Err(Fault::new(message, "mend the formula, or drop the row"));
            }
        };
        let apart = match hour {
            Value::Empty => return Ok((moment, maybe)),
            Value::Text(bytes) => {
                let text = self.decode(bytes)?;
                if self.ask.hour_ends { Moments::hour_ending(&text)? } else { Moments::hour(&text)? }
            }
            // A clock time of a spreadsheet is a part of a day.
            Value::Number(part) if part > 0.0 && part < 1.0 => {
                let minutes = (part * 24.0 * 60.0).round() as u32;
                Clock { hour: (minutes / 60).min(23) as u8, full: minutes.is_multiple_of(60) }
            }
            Value::Number(number) => {
                let text = format!("{number}");
                if self.ask.hour_ends { Moments::hour_ending(&text)? } else { Moments::hour(&text)? }
            }
            Value::Local(local) => Moment::of(local).clock.unwrap_or(Clock { hour: 0, full: true }),
            Value::Instant(_) | Value::Broken(_) => {
                return Err(Fault::new("the hour is no hour of the day", "write 0 to 23"));
            }
        };
        match moment.clock.filter(|clock| !(maybe && clock.hour == 0 && clock.full)) {
            Some(clock) if clock.hour != apart.hour => Err(Fault::new(
                format!("the time says {:02} h and the hour {:02} h", clock.hour, apart.hour),
                "keep the one that is right",
            )),
            Some(_) => Ok((moment, false)),
            None => Ok((Moment { clock: Some(apart), ..moment }, false)),
        }
    }

    fn within(&self, local: DateTime) -> Result<Moment, Fault> {
        let moment = Moment::of(local);
        let fault = || {
            Fault::new(
                format!("{} is not between 1990 and 2099", local.date()),
                "mend the year, or drop the row",
            )
        };
        (Day::FIRST..=Day::LAST).contains(&moment.day).then_some(moment).ok_or_else(fault)
    }

    fn line(&mut self, value: Value<'_>) -> Result<usize, Fault> {
        let number;
        let bytes = match value {
            _ if !self.lines => &[],
            Value::Text(bytes) => bytes.trim_ascii(),
            Value::Number(of) => {
                number = format!("{of}");
                number.as_bytes()
            }
            _ => &[],
        };
        if self.lines && bytes.is_empty() {
            return Err(Fault::new("the row names no business line", "name it, or drop the row"));
        }
        if let Some((known, place)) = &self.last
            && known == bytes
        {
            return Ok(*place);
        }
        let place = match self.places.get(bytes) {
            Some(place) => *place,
            None => {
                let name = self.decode(bytes)?.trim().to_owned();
                let known = self.sales.lines.iter().position(|line| line.name == name);
                let place = known.unwrap_or(self.sales.lines.len());
                if place == MOST_LINES {
                    return Err(Fault::new(
                        format!("there are more than {MOST_LINES} business lines"),
                        "is the column right? See --line-column",
                    ));
                }
                if known.is_none() {
                    self.sales.lines.push(LineSales { name, ..LineSales::default() });
                }
                self.places.insert(bytes.to_owned(), place);
                place
            }
        };
        self.last = Some((bytes.to_owned(), place));
        Ok(place)
    }

    /// Decodes a field as the file is written: a file that was in UTF-8 so far and has a
    /// field that is not turns out to be in CP949, unless it has shown its UTF-8.
    fn decode<'b>(&mut self, bytes: &'b [u8]) -> Result<Cow<'b, str>, Fault> {
        if bytes.is_ascii() {
            return decode(bytes, false);
        }
        if !self.cp949 && !self.utf8 {
            self.cp949 = std::str::from_utf8(bytes).is_err();
            self.utf8 = !self.cp949;
        }
        decode(bytes, self.cp949)
    }
}

/// Decodes a field of a file in UTF-8, or in CP949.
///
/// Two bytes of CP949 can be a letter of UTF-8 (화 is ȭ), so that it is the file that
/// has an encoding, and not the field.
///
/// # Errors
///
/// Refuses what is not in the encoding of the file.
pub fn decode(bytes: &[u8], cp949: bool) -> Result<Cow<'_, str>, Fault> {
    let text = match cp949 {
        true => EUC_KR.decode_without_bom_handling_and_without_replacement(bytes),
        false => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
    };
    text.ok_or_else(|| {
        let shown = String::from_utf8_lossy(bytes);
        let message = match cp949 {
            true => format!("{shown:?} is neither UTF-8 nor CP949"),
            false => format!("{shown:?} is not UTF-8, as what stands before it is"),
        };
        Fault::new(message, "save the file as UTF-8 CSV")
    })
}

impl Value<'_> {
    /// Returns whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(bytes) => bytes.trim_ascii().is_empty(),
            _ => false,
        }
    }
}

impl Sales {
    /// Writes where a row stands: `sales.csv:12`.
    #[must_use]
    pub fn place(&self, row: RowAt) -> String {
        let file = self.files.get((row.0 >> RowAt::FILES) as usize);
        let number = row.0 & ((1 << RowAt::FILES) - 1);
        format!("{}:{number}", file.map_or("", |file| &file.name))
    }

    /// Writes where the row stands whose number a cell holds.
    #[must_use]
    pub fn place_of(&self, first: u64) -> String {
        self.place(RowAt(first))
    }

    /// Returns how many rows the files have.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.files.iter().map(|file| file.rows).sum()
    }

    /// Tells what a row is, by the times that rows have.
    ///
    /// # Errors
    ///
    /// Refuses times that can be read in two ways, and totals of which two are of the same hour.
    pub fn grain(&self, asked: Option<Grain>) -> Result<Grain, Vec<Fault>> {
        let Times { dates, maybe_dates, midnights, full, other } = self.times;
        let timed = full + other;
        let refused = |message: String, mend: &str| Err(vec![Fault::new(message, mend)]);
        let grain = match asked {
            Some(Grain::Day) if timed > 0 => {
                let message = format!("{timed} rows have a time of day, and so are no totals of days");
                return refused(message, "leave --grain out");
            }
            Some(Grain::Hour) if other > 0 => {
                let message = format!("{other} rows are not at a full hour, and so are no totals of hours");
                return refused(message, "leave --grain out, or say --grain sale");
            }
            Some(Grain::Sale | Grain::Hour) if dates > 0 => {
                let message = format!("{dates} rows have a date and no time of day");
                return refused(message, "give the times, or leave --grain out: they are totals of days");
            }
            Some(asked) => asked,
            None if dates > 0 && timed > 0 => {
                let [date, time] = self.first.map(|row| row.map_or(String::new(), |row| self.place(row)));
                let message = format!(
                    "{date} has a date alone, and {time} a time of day; so have {dates} rows and {timed}"
                );
                return refused(message, "give all rows a time of day, or none");
            }
            None if timed > 0 && other == 0 => Grain::Hour,
            None if timed > 0 => Grain::Sale,
            None if midnights > 0 => {
                return refused(
                    "every row is at 00:00: is it the total of a day, or were times lost?".to_owned(),
                    "where rows are totals of days, add --grain day",
                );
            }
            None if dates + maybe_dates > 0 => Grain::Day,
            None => return refused("there is no row with a sale".to_owned(), "is it the right file?"),
        };
        if grain == Grain::Sale || self.again.is_empty() {
            return Ok(grain);
        }
        let what = if grain == Grain::Day { "day" } else { "hour" };
        let twice = |(first, second): &(RowAt, RowAt)| {
            let mend = "keep one total for each; with a column of business lines add --line-column; where \
                        rows are sales, add --grain sale";
            let (first, second) = (self.place(*first), self.place(*second));
            Fault::new(format!("{second}: the {what} of {first} stands here again"), mend)
        };
        Err(self.again.iter().map(twice).collect())
    }
}
