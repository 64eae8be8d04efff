//! Cells: a row of a table that is no text. What a cell says is what the same cell of a CSV
//! file says; figures and times that need no reading are taken as they are.

use std::fmt::Write;

use super::heads::{Field, Heads, Holds};
use super::reject::{Reject, Why};
use super::row::{Outages, Row, agree, is_control, named, told};
use super::values::take;
use crate::scheme::{Moment, NO_RECORD, Rate, Scheme, Won};

/// A cell of a table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell<'c> {
    /// Nothing is given.
    Nothing,
    /// A whole number.
    Whole(i64),
    /// Any number; its shortest decimal form is what it says.
    Number(f64),
    /// Text.
    Text(&'c str),
    /// A local time in seconds since the start of 1970, and whether it is a day alone.
    Time(i64, bool),
}

/// Millionths of one: as fine as rates are kept.
const MILLION: f64 = 1_000_000.0;

impl Cell<'_> {
    /// Adds what a CSV file would have in its place.
    pub fn write(self, into: &mut String) {
        // Writing to memory never fails.
        let _ = match self {
            Cell::Nothing => Ok(()),
            Cell::Whole(number) => write!(into, "{number}"),
            Cell::Number(number) => write!(into, "{number}"),
            Cell::Text(text) => into.write_str(text),
            Cell::Time(seconds, day_alone) => match jiff::Timestamp::from_second(seconds) {
                Ok(instant) => {
                    let time = jiff::tz::Offset::UTC.to_datetime(instant);
                    if day_alone { write!(into, "{}", time.date()) } else { write!(into, "{time}") }
                }
                Err(_) => write!(into, "{seconds}"),
            },
        };
    }

    /// Returns a whole amount that is not below zero, as it is.
    #[inline]
    fn amount(self) -> Option<Won> {
        let won = match self {
            Cell::Whole(number) => number,
            Cell::Number(number) if number == number.trunc() && number.abs() < MILLION * MILLION => {
                number as i64
            }
            _ => return None,
        };
        (0..=Won::MOST.0).contains(&won).then_some(Won(won))
    }

    /// Returns a part of one that is not below zero, as it is, where its shortest decimal form
    /// has no more than six decimals.
    #[inline]
    fn part(self) -> Option<Rate> {
        let Cell::Number(number) = self else { return None };
        if !(0.0..=1.0).contains(&number) {
            return None;
        }
        let parts = (number * MILLION + 0.5) as u32;
        // Of all decimals of up to 15 digits only one is read as this number.
        (f64::from(parts) / MILLION == number).then(|| Rate::decimal(parts, 6))
    }
}

/// Reads a row as a claim.
///
/// # Errors
///
/// Says why it is none.
pub fn read<'c>(
    cells: impl Fn(usize) -> Cell<'c>,
    heads: &Heads,
    scheme: &Scheme,
    row: &mut Row,
) -> Result<(), Reject> {
    row.clear();
    row.sales.resize(heads.calendar.len(), NO_RECORD);
    let mut text = String::new();
    if let Some(place) = heads.columns.iter().position(|holds| *holds == Holds::Field(Field::Id)) {
        match cells(place) {
            Cell::Text(id) => row.id.push_str(id.trim()),
            other => other.write(&mut row.id),
        }
    }
    let (mut outages, mut empty) = (Outages::default(), true);
    for (place, holds) in heads.columns.iter().enumerate() {
        let cell = cells(place);
        empty &= matches!(cell, Cell::Nothing);
        if as_it_is(cell, *holds, row) {
            continue;
        }
        let text = match cell {
            Cell::Text(text) => text,
            other => {
                text.clear();
                other.write(&mut text);
                text.as_str()
            }
        };
        empty &= text.trim().is_empty();
        if text.bytes().any(is_control) {
            return Err(Reject::row(Why::Control));
        }
        let bytes = text.as_bytes();
        let text = text.trim();
        let read = match *holds {
            Holds::Field(field) if text.is_empty() && field != Field::Papers => Ok(()),
            Holds::Field(field) => take(field, text, scheme, row, &mut outages),
            Holds::Sales(_) | Holds::Nothing if text.is_empty() => Ok(()),
            Holds::Sales(day) => row.take_sales(day, text),
            Holds::Nothing => Ok(()),
        };
        if let Err(reject) = told(read, bytes, heads, *holds, text) {
            // What no text has is told before what a figure is not, as it is of a CSV file.
            let control = |place| matches!(cells(place), Cell::Text(text) if text.bytes().any(is_control));
            let control = (place..heads.columns.len()).any(control);
            return Err(if control { Reject::row(Why::Control) } else { reject });
        }
    }
    if empty {
        return Err(Reject::row(Why::Empty));
    }
    named(row)?;
    agree(row, outages, scheme)
}

/// Takes a cell into a row where it needs no reading, and returns whether it did.
#[inline]
fn as_it_is(cell: Cell<'_>, holds: Holds, row: &mut Row) -> bool {
    let field = match holds {
        Holds::Field(field) => field,
        Holds::Sales(day) => {
            return cell.amount().map(|sales| row.sales[day] = sales.0).is_some();
        }
        Holds::Nothing => return false,
    };
    let amount = match field {
        // The name was read before all else, and no whole number is that of a person.
        Field::Id => return matches!(cell, Cell::Whole(_)),
        Field::UsualSales => &mut row.usual,
        Field::OutageSales => &mut row.outage_sales,
        Field::Loss => &mut row.loss,
        Field::Fee => &mut row.rest.fee,
        Field::AnnualSales => &mut row.rest.annual_sales,
        Field::Assessed => &mut row.rest.assessed,
        Field::Margin | Field::FixedCosts | Field::PlatformShare | Field::Substitution => {
            let rate = match field {
                Field::Margin => &mut row.rest.margin,
                Field::FixedCosts => &mut row.rest.fixed_costs,
                Field::PlatformShare => &mut row.rest.platform_share,
                _ => &mut row.rest.substitution,
            };
            return cell.part().map(|part| *rate = Some(part)).is_some();
        }
        Field::OutageStart | Field::OutageEnd => {
            let Cell::Time(seconds, _) = cell else { return false };
            let time = match field {
                Field::OutageStart => &mut row.outage_from_to.0,
                _ => &mut row.outage_from_to.1,
            };
            *time = Moment::from_second(seconds);
            return time.is_some();
        }
        _ => return false,
    };
    cell.amount().map(|won| *amount = Some(won)).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::claims::Claims;
    use crate::read::claims::table::push_text;
    use crate::read::scheme::{SchemeReading, scheme};

    const NAMES: &str = "id,usual_sales,outage_sales,loss,margin,platform_share,outage_start,\
                         outage_end,region,industry,2022-10-15,received,days,business_number";

    /// A few cells of each kind, most of them at some edge.
    const CELLS: [Cell<'static>; 40] = [
        Cell::Nothing,
        Cell::Whole(0),
        Cell::Whole(1),
        Cell::Whole(-5),
        Cell::Whole(1_234_567),
        Cell::Whole(Won::MOST.0),
        Cell::Whole(Won::MOST.0 + 1),
        Cell::Whole(-Won::MOST.0 - 1),
        Cell::Whole(i64::MAX),
        Cell::Whole(i64::MIN),
        Cell::Whole(1_234_567_891),
        Cell::Number(0.0),
        Cell::Number(-0.0),
        Cell::Number(1.0),
        Cell::Number(0.185),
        Cell::Number(0.5987),
        Cell::Number(-0.05),
        Cell::Number(0.1 + 0.2),
        Cell::Number(0.123_456_7),
        Cell::Number(0.000_001),
        Cell::Number(0.000_000_4),
        Cell::Number(18.5),
        Cell::Number(250_000.0),
        Cell::Number(250_000.5),
        Cell::Number(1e15),
        Cell::Number(1e300),
        Cell::Number(f64::NAN),
        Cell::Number(f64::NEG_INFINITY),
        Cell::Text(""),
        Cell::Text("  "),
        Cell::Text(" M-1 "),
        Cell::Text("서울, 강남"),
        Cell::Text("say \"no\""),
        Cell::Text("900101-1234567"),
        Cell::Text("bell\u{7}"),
        Cell::Text("80%"),
        Cell::Time(1_665_815_400, false),
        Cell::Time(1_665_815_459, false),
        Cell::Time(1_665_792_000, true),
        Cell::Time(-1, false),
    ];

    #[test]
    fn a_row_of_a_table_says_what_the_same_row_of_a_csv_file_says() {
        let text = include_str!("../../../benches/scenarios/merchants.toml");
        let SchemeReading { scheme, .. } = scheme(text);
        let scheme = scheme.expect("a scheme");
        let columns = NAMES.split(',').count();
        let mut state = 1_u64;
        let mut draw = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize
        };
        // Rows with one cell at an edge, so that the rest does not hide what it does, and any.
        let usual = |place: usize| match place {
            0 => Cell::Text("M-1"),
            1 => Cell::Whole(5_000_000),
            4 | 5 => Cell::Number(0.25),
            6 => Cell::Time(1_665_815_400, false),
            7 => Cell::Time(1_665_900_000, false),
            9 => Cell::Text("cafe"),
            _ => Cell::Nothing,
        };
        let mut table: Vec<Vec<Cell<'_>>> = Vec::new();
        for place in 0..columns {
            for cell in CELLS {
                table.push(
                    (0..columns).map(|other| if other == place { cell } else { usual(other) }).collect(),
                );
            }
        }
        for _ in 0..5_000 {
            let any = |place: usize, chance: usize| {
                if chance.is_multiple_of(12) { CELLS[chance / 12 % CELLS.len()] } else { usual(place) }
            };
            table.push((0..columns).map(|place| any(place, draw())).collect());
        }
        let heads = Heads::read(NAMES.split(','), false).expect("headings");
        let (mut row, mut read_in) = (Row::default(), 0);
        for cells in &table {
            let mut text = NAMES.as_bytes().to_vec();
            for (place, cell) in cells.iter().enumerate() {
                text.push(if place == 0 { b'\n' } else { b',' });
                let mut written = String::new();
                cell.write(&mut written);
                push_text(&written, &mut text);
            }
            let mut claims = Claims::new(text.as_slice(), &scheme, false).expect("headings");
            let mut expected = Row::default();
            let read_as_text = claims.next(&mut expected).expect("text").expect("a row");
            let found = read(|place| cells[place], &heads, &scheme, &mut row);
            (row.number, row.line) = (1, 2);
            assert_eq!(found, read_as_text, "{cells:?}");
            if found.is_ok() {
                read_in += 1;
                assert_eq!(row, expected, "{cells:?}");
            }
        }
        assert!(read_in > 500, "{read_in} rows were claims");
    }
}
