//! Sales, once read, into profiles: what is not said is asked for, never assumed.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::amount::BookUnit;
use super::intake::{LineSales, MOST_FAULTS, Sales};
use crate::profile::build::{
    Day, Empty, Estimate, EstimateError, Exact, Figure, Grain, Laid, Lay, Question, Reconciliation,
    SeasonBy, Suspicion, Unsaid, days_of_sales, estimate, reconcile,
};
use crate::read::holidays::NamedDays;
use crate::read::value::Fault;
use crate::read::{library, nearest};

/// How profiles are to be made of sales.
#[derive(Clone, Debug)]
pub struct Choices {
    /// Where the business is.
    pub zone: TimeZone,
    /// What a row is, where it is said.
    pub grain: Option<Grain>,
    /// What time without rows is, where it is said.
    pub empty: Option<Empty>,
    /// Days that do not count.
    pub left_out: Vec<RangeInclusive<Date>>,
    /// The bundled shape that spreads totals of days over hours.
    pub hours_from: Option<String>,
    /// Days that stand out.
    pub named: NamedDays,
    /// The season, where it is said.
    pub season: Option<SeasonBy>,
    /// Growth a year, where it is said.
    pub growth: Option<f64>,
    /// What the books say of a year, or of the one year that there is.
    pub annual: Vec<(Option<i16>, Exact)>,
}

/// The profile of a line.
#[derive(Clone, Debug)]
pub struct BuiltLine {
    /// Its name; empty where the file has no lines.
    pub name: String,
    /// Its rows.
    pub rows: u64,
    /// Rows below zero, and their sum.
    pub refunds: (u64, Exact),
    /// Its exact sum.
    pub sum: Exact,
    /// The first and the last day that count.
    pub span: (Date, Date),
    /// What was found when the days were laid out; the days themselves are gone.
    pub laid: Laid,
    /// What was found.
    pub estimate: Estimate,
    /// The week with an average hour of 1.
    pub week: Vec<Figure>,
    /// Money that an average hour brought.
    pub hour: f64,
}

/// A year of the rows.
#[derive(Clone, Debug)]
pub struct YearOfRows {
    /// Which.
    pub year: i16,
    /// Its exact sum, of all lines.
    pub sum: Exact,
    /// From the first row to the last, in days.
    pub days: i32,
    /// Days that the year has.
    pub of: i32,
    /// The books, where they were given.
    pub books: Option<Reconciliation>,
}

/// All that was built, and on what.
#[derive(Clone, Debug)]
pub struct Built {
    /// What a row was taken for.
    pub grain: Grain,
    /// The choices.
    pub choices: Choices,
    /// The profiles.
    pub lines: Vec<BuiltLine>,
    /// The years.
    pub years: Vec<YearOfRows>,
}

/// Builds a profile for each line.
///
/// # Errors
///
/// Returns everything that stands in the way, of all lines.
pub fn build(sales: &Sales, choices: Choices) -> Result<Built, Vec<Fault>> {
    let grain = sales.grain(choices.grain)?;
    let mut faults = Vec::new();
    let split = split(grain, choices.hours_from.as_deref()).unwrap_or_else(|fault| {
        faults.push(fault);
        None
    });
    let years = years(sales, &choices.annual).unwrap_or_else(|found| {
        faults.extend(found);
        vec![]
    });
    faults.extend(wrong_units(sales, &years));
    let mut lines = Vec::new();
    for line in &sales.lines {
        let lay = Lay {
            zone: &choices.zone,
            grain,
            empty: choices.empty,
            left_out: &choices.left_out,
            split: split.as_ref(),
            kinds: &choices.named.days,
        };
        match line_of(sales, line, &lay, &choices) {
            Ok(built) => lines.push(built),
            Err(found) => faults.extend(found.into_iter().map(|fault| of_line(line, fault))),
        }
    }
    if faults.is_empty() { Ok(Built { grain, choices, lines, years }) } else { Err(faults) }
}

fn of_line(line: &LineSales, fault: Fault) -> Fault {
    if line.name.is_empty() {
        return fault;
    }
    Fault { message: format!("{}: {}", line.name, fault.message), ..fault }
}

fn split(grain: Grain, hours_from: Option<&str>) -> Result<Option<crate::profile::WeekShape>, Fault> {
    let known = || format!("known: {}", library::shape_names().collect::<Vec<_>>().join(", "));
    match (grain, hours_from) {
        (Grain::Day, None) => Err(Fault::new(
            "the rows are totals of days: how a day runs through its hours is not in them",
            format!("name a bundled shape whose hours they take: --hours-from NAME; {}", known()),
        )),
        (Grain::Day, Some(name)) => match library::shape(name) {
            Some(shape) => Ok(Some(shape.week())),
            None => {
                let mend = match nearest(name, library::shape_names()) {
                    Some(near) => format!("did you mean {near:?}?"),
                    None => known(),
                };
                Err(Fault::new(format!("there is no bundled shape {name:?}"), mend))
            }
        },
        (_, Some(_)) => {
            let message = "the rows have hours of their own, and --hours-from gives others";
            Err(Fault::new(message, "leave --hours-from out"))
        }
        (_, None) => Ok(None),
    }
}

fn line_of(
    sales: &Sales,
    line: &LineSales,
    lay: &Lay<'_>,
    choices: &Choices,
) -> Result<BuiltLine, Vec<Fault>> {
    let one = |message: String, mend: &str| vec![Fault::new(message, mend)];
    let mut laid = days_of_sales(&line.cells, lay).map_err(|unsaid| vec![unsaid_empty(&unsaid)])?;
    if !laid.skipped.is_empty() {
        let fault = |(date, hour, row): &(Date, u8, u64)| {
            let place = sales.place_of(*row);
            let message =
                format!("{place}: {date} {hour:02} h never came: clocks were set forward over it");
            Fault::new(message, "is --timezone that of the rows? Write offsets where they are in another")
        };
        return Err(laid.skipped.iter().take(MOST_FAULTS).map(fault).collect());
    }
    let question = Question::choose(&laid.days, choices.season, choices.growth).map_err(|unseen| {
        let part = if unseen.by == SeasonBy::Months { "month" } else { "week" };
        let message = format!("no ordinary day falls into {part} {} of the year", unseen.part + 1);
        one(message, "leave --season out, or give rows of a whole year")
    })?;
    let kinds = choices.named.kinds.len();
    let found = estimate(&laid.days, question, kinds).map_err(|error| {
        let mend = match &error {
            EstimateError::NegativeHour { .. } | EstimateError::NegativePart { .. } => {
                "leave refunds out with --refunds leave-out, or book them at the hour of the sale"
            }
            EstimateError::HourNeverSeen { .. } => {
                "give a whole week of ordinary days at least, holidays apart"
            }
            EstimateError::NegativeKind { .. } => "leave refunds out with --refunds leave-out",
            EstimateError::NoDay => "give days that are no holidays",
            EstimateError::NotSettled => "leave the season out with --season none, or give --growth",
        };
        one(error.to_string(), mend)
    })?;
    let (week, hour) = found.relative().map_err(|_| {
        one("nothing was sold on any ordinary day".to_owned(), "is the amount column right?")
    })?;
    let span = match (laid.days.first(), laid.days.last()) {
        (Some(first), Some(last)) => (first.date, last.date),
        _ => (found.middle, found.middle),
    };
    laid.days.clear();
    let LineSales { name, rows, refunds, .. } = line;
    let sum = line.cells.sum(|_| true);
    let name = name.clone();
    Ok(BuiltLine { name, rows: *rows, refunds: *refunds, sum, span, laid, estimate: found, week, hour })
}

fn unsaid_empty(unsaid: &Unsaid) -> Fault {
    let mend =
        "say what that is: --empty closed where nothing was sold, --empty gap where rows are missing";
    let days = unsaid.days.len();
    let named = unsaid.days.iter().take(5).map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let more = if days > 5 { ", …" } else { "" };
    let s = |n: usize| if n == 1 { "" } else { "s" };
    let message = match (days, unsaid.hours, unsaid.first) {
        (0, hours, Some((date, hour))) => {
            format!("{hours} hour{} without a row, the first {date} {hour:02} h", s(hours))
        }
        (_, 0, _) | (_, _, None) => format!("{days} day{} without a row: {named}{more}", s(days)),
        (_, hours, Some(_)) => {
            format!("{days} day{} without a row ({named}{more}), and {hours} hours on other days", s(days))
        }
    };
    Fault::new(message, mend)
}

fn years(sales: &Sales, annual: &[(Option<i16>, Exact)]) -> Result<Vec<YearOfRows>, Vec<Fault>> {
    let mut days: BTreeSet<Day> = BTreeSet::new();
    let mut sums: BTreeMap<i16, Exact> = BTreeMap::new();
    for (day, cells) in sales.lines.iter().flat_map(|line| line.cells.days()) {
        days.insert(day);
        let sum = sums.entry(day.date().year()).or_default();
        cells.iter().for_each(|cell| *sum += cell.sum);
    }
    let (Some(first), Some(last)) = (days.first(), days.last()) else { return Ok(vec![]) };
    let known = || sums.keys().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let mut faults = Vec::new();
    let mut books: BTreeMap<i16, Exact> = BTreeMap::new();
    for (year, amount) in annual {
        let year = match (year, sums.len()) {
            (Some(year), _) => *year,
            (None, 1) => *sums.keys().next().unwrap_or(&0),
            (None, _) => {
                let message = format!("the rows are of several years ({}): which is {amount}?", known());
                faults.push(Fault::new(
                    message,
                    format!("write the year: --annual {}={amount}", first.date().year()),
                ));
                continue;
            }
        };
        if !sums.contains_key(&year) {
            let message = format!("no row is of {year}");
            faults.push(Fault::new(message, format!("the rows are of {}", known())));
        } else if books.insert(year, *amount).is_some() {
            faults.push(Fault::new(format!("--annual is given twice for {year}"), "keep one"));
        }
    }
    let year = |(year, sum): (&i16, &Exact)| {
        let begins = |year: i16| Day::of(Date::new(year, 1, 1).unwrap_or(Date::ZERO)).0;
        let (from, to) = (begins(*year), begins(*year + 1));
        let days = (last.0 + 1).min(to) - first.0.max(from);
        let of = to - from;
        let covered = f64::from(days) / f64::from(of);
        let books = books.get(year).map(|books| reconcile(*sum, *books, covered));
        YearOfRows { year: *year, sum: *sum, days, of, books }
    };
    if faults.is_empty() { Ok(sums.iter().map(year).collect()) } else { Err(faults) }
}

/// Tells of rows or books in another unit, which no one would want to go on with.
fn wrong_units(sales: &Sales, years: &[YearOfRows]) -> Vec<Fault> {
    let unit = sales.files.first().map_or(1, |file| file.unit.0.factor);
    let fault = |year: &YearOfRows| {
        let Reconciliation { rows, books, suspicion, .. } = year.books?;
        let said = format!("{}: the rows add up to {rows}, and the books say {books}", year.year);
        let name = |factor: u32| BookUnit::of(factor).map_or("", |unit| unit.name);
        match suspicion? {
            Suspicion::RowsIn(times) => {
                let message = format!("{said}: about {} times as much", Exact::whole(times.into()));
                let meant = unit.checked_mul(times).and_then(BookUnit::of);
                Some(Fault::new(
                    message,
                    match meant {
                        Some(meant) => format!(
                            "the rows look like {} read as {}: add --unit {}; else mend --annual",
                            meant.name,
                            name(unit),
                            meant.name
                        ),
                        None => "is the amount column right, and --annual?".to_owned(),
                    },
                ))
            }
            Suspicion::BooksIn(times) => {
                let message = format!("{said}: about 1/{} of it", Exact::whole(times.into()));
                let full = Exact(books.0 * i128::from(times));
                let mend = format!(
                    "the total looks like {}: give it in full, --annual {}={full}; else mend --unit",
                    name(times),
                    year.year
                );
                Some(Fault::new(message, mend))
            }
            Suspicion::TaxInBooks | Suspicion::TaxInRows => None,
        }
    };
    years.iter().filter_map(fault).collect()
}
