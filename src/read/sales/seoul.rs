//! Quarters of Seoul's commercial areas, in the layout of its open data.

use std::collections::{BTreeMap, HashSet};

use super::Table;
use super::amount;
use super::header::bare;
use super::intake::{CP949, MOST_FAULTS, Row, Value, decode};
use super::seen;
use crate::profile::build::{Exact, Quarter};
use crate::read::value::Fault;

/// Headings of one field: those of the interface and those of the file.
type Names = &'static [&'static str];

const QUARTER: Names = &["stdryyqucd", "기준년분기코드"];
const YEAR: Names = &["stdryycd", "기준년코드"];
const NUMBER: Names = &["stdrqucd", "기준분기코드"];
const TRADE: Names = &["svcindutycd", "서비스업종코드"];
const TRADE_NAME: Names = &["svcindutycdnm", "서비스업종코드명"];
const AREA: Names = &["trdarcd", "상권코드", "adstrdcd", "행정동코드", "signgucd", "자치구코드"];
const AREA_NAME: Names =
    &["trdarcdnm", "상권코드명", "adstrdcdnm", "행정동코드명", "signgucdnm", "자치구코드명"];
const TOTAL: Names = &["thsmonselngamt", "당월매출금액", "분기당매출금액"];
const DAYS: [Names; 7] = [
    &["monselngamt", "월요일매출금액"],
    &["tuesselngamt", "tueselngamt", "화요일매출금액"],
    &["wedselngamt", "수요일매출금액"],
    &["thurselngamt", "thuselngamt", "thursselngamt", "목요일매출금액"],
    &["friselngamt", "금요일매출금액"],
    &["satselngamt", "토요일매출금액"],
    &["sunselngamt", "일요일매출금액"],
];
const BANDS: [Names; 6] = [
    &["tmzon0006selngamt", "시간대0006매출금액"],
    &["tmzon0611selngamt", "시간대0611매출금액"],
    &["tmzon1114selngamt", "시간대1114매출금액"],
    &["tmzon1417selngamt", "시간대1417매출금액"],
    &["tmzon1721selngamt", "시간대1721매출금액"],
    &["tmzon2124selngamt", "시간대2124매출금액"],
];

/// What a trade sold, by quarter.
#[derive(Clone, Debug, Default)]
pub struct Trade {
    /// Its code, such as CS100001.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its quarters.
    pub quarters: Vec<Quarter>,
    /// Rows of it: one for each area and quarter.
    pub rows: u64,
}

/// What the files hold.
#[derive(Clone, Debug, Default)]
pub struct Seoul {
    /// Trades by code.
    pub trades: BTreeMap<String, Trade>,
    /// Rows read.
    pub rows: u64,
    /// Rows of areas that were not asked for.
    pub other_areas: u64,
    /// The files, each with its encoding.
    pub files: Vec<(String, &'static str)>,
    seen: HashSet<u64>,
    /// Whether the file that is being read is in CP949.
    cp949: bool,
}

/// Tells whether headings are those of the layout.
#[must_use]
pub fn is_head(head: &[String]) -> bool {
    BANDS.iter().chain(&DAYS).filter(|names| place(head, names).is_some()).count() >= 7
}

fn place(head: &[String], names: Names) -> Option<usize> {
    head.iter().position(|heading| names.contains(&bare(heading).as_str()))
}

/// Where the fields are in a row of values.
const FIELDS: usize = 8;

impl Seoul {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// Returns every column that is missing, and the first rows at fault.
    pub fn read(&mut self, table: Box<dyn Table>, file: &str, areas: &[String]) -> Result<(), Vec<Fault>> {
        let head = table.head().clone();
        let of = |names: Names| place(&head.names, names);
        let mut faults = Vec::new();
        let mut need = |names: Names| {
            let found = of(names);
            if found.is_none() {
                let upper: Vec<String> = names.iter().map(|name| name.to_uppercase()).collect();
                let message = format!("no column {}, without which there is no week", upper.join(" or "));
                faults.push(Fault::new(message, "give the file as it was published"));
            }
            found
        };
        let (year, number) = (of(YEAR), of(NUMBER));
        let quarter = if year.is_some() && number.is_some() { of(QUARTER) } else { need(QUARTER) };
        let (code, total) = (need(TRADE), need(TOTAL));
        let days = DAYS.map(&mut need);
        let bands = BANDS.map(&mut need);
        if !faults.is_empty() {
            return Err(faults);
        }
        let mut columns = vec![quarter, year, number, code, of(TRADE_NAME), of(AREA), of(AREA_NAME), total];
        columns.extend(days);
        columns.extend(bands);
        self.files.push((file.to_owned(), head.form));
        self.cp949 = head.form == CP949;
        let width = head.names.len();
        table
            .each(&columns, &mut |row| {
                if row.blank {
                    return true;
                }
                self.rows += 1;
                if let Err(fault) = self.row(row, width, areas) {
                    faults.push(Fault {
                        message: format!("{file}:{}: {}", row.number, fault.message),
                        ..fault
                    });
                }
                faults.len() < MOST_FAULTS
            })
            .map_err(|fault| vec![fault])?;
        if faults.is_empty() { Ok(()) } else { Err(faults) }
    }

    fn row(&mut self, row: Row<'_>, width: usize, areas: &[String]) -> Result<(), Fault> {
        if row.width != width {
            let message = format!("the row has {} fields, and the head has {width}", row.width);
            return Err(Fault::new(message, "give the file as it was published"));
        }
        let text = |place: usize| text(row.values[place], self.cp949);
        let (area, area_name) = (text(5)?, text(6)?);
        if !areas.is_empty() && !areas.iter().any(|asked| *asked == area || *asked == area_name) {
            self.other_areas += 1;
            return Ok(());
        }
        let (year, number) = quarter(&text(0)?, &text(1)?, &text(2)?)?;
        let (code, name) = (text(3)?, text(4)?);
        if code.is_empty() {
            return Err(Fault::new("the row names no trade", "give the file as it was published"));
        }
        let key = [year.to_string(), number.to_string(), code.clone(), area, area_name];
        if !self.seen.insert(seen::print(key.iter().map(String::as_bytes))) {
            let message = format!("quarter {number} of {year} of {code} stands here again for this area");
            return Err(Fault::new(message, "give each file once"));
        }
        let amounts: Vec<Exact> =
            row.values[FIELDS - 1..].iter().map(|value| amount_of(*value)).collect::<Result<_, _>>()?;
        let trade =
            self.trades.entry(code.clone()).or_insert_with(|| Trade { code, name, ..Trade::default() });
        trade.rows += 1;
        let at = trade.quarters.iter().position(|held| (held.year, held.quarter) == (year, number));
        let at = at.unwrap_or_else(|| {
            trade.quarters.push(Quarter { year, quarter: number, ..Quarter::default() });
            trade.quarters.len() - 1
        });
        let held = &mut trade.quarters[at];
        held.total += amounts[0];
        held.days.iter_mut().zip(&amounts[1..8]).for_each(|(day, amount)| *day += *amount);
        held.bands.iter_mut().zip(&amounts[8..]).for_each(|(band, amount)| *band += *amount);
        Ok(())
    }

    /// Returns the trades that are asked for, by code or name; where none is and there is
    /// one, that one.
    ///
    /// # Errors
    ///
    /// Refuses a trade that is not there, and none at all where there are several.
    pub fn chosen(&self, asked: &[String]) -> Result<Vec<&Trade>, Vec<Fault>> {
        let shown = |trade: &Trade| format!("{} {}", trade.code, trade.name).trim().to_owned();
        let known = || {
            let all: Vec<String> = self.trades.values().map(shown).collect();
            let more = if all.len() > 10 { format!(" and {} more", all.len() - 10) } else { String::new() };
            format!("{}{more}", all[..all.len().min(10)].join(", "))
        };
        if asked.is_empty() {
            return match self.trades.values().collect::<Vec<_>>() {
                one if one.len() == 1 => Ok(one),
                none if none.is_empty() => {
                    Err(vec![Fault::new("no row is left", "is the area right? See --area")])
                }
                several => Err(vec![Fault::new(
                    format!("the files hold {} trades: {}", several.len(), known()),
                    "choose one or more: --trade CODE or NAME",
                )]),
            };
        }
        let mut faults = Vec::new();
        let found = asked.iter().filter_map(|asked| {
            let found = self.trades.values().find(|trade| [&trade.code, &trade.name].contains(&asked));
            if found.is_none() {
                let names = self.trades.values().map(|trade| trade.name.as_str());
                let mend = match crate::read::section::nearest(asked, names) {
                    Some(near) => format!("did you mean {near:?}?"),
                    None => format!("known: {}", known()),
                };
                faults.push(Fault::new(format!("there is no trade {asked:?}"), mend));
            }
            found
        });
        let found: Vec<&Trade> = found.collect();
        if faults.is_empty() { Ok(found) } else { Err(faults) }
    }
}

fn text(value: Value<'_>, cp949: bool) -> Result<String, Fault> {
    match value {
        Value::Text(bytes) => Ok(decode(bytes, cp949)?.trim().to_owned()),
        Value::Number(number) => Ok(format!("{number}")),
        _ => Ok(String::new()),
    }
}

fn amount_of(value: Value<'_>) -> Result<Exact, Fault> {
    match value {
        Value::Text(bytes) => {
            amount::plain(bytes).map_or_else(|| amount::amount(&decode(bytes, false)?), Ok)
        }
        Value::Number(number) => {
            amount::of_number(number).ok_or_else(|| Fault::new(format!("{number} is no amount"), "mend it"))
        }
        _ => Err(Fault::new("an amount is empty", "give the file as it was published")),
    }
}

/// Reads `20221`, or a year and a number.
fn quarter(both: &str, year: &str, number: &str) -> Result<(i16, u8), Fault> {
    let (year, number) =
        if both.is_empty() { (year, number) } else { both.split_at_checked(4).unwrap_or((both, "")) };
    let read = year.parse::<i16>().ok().zip(number.parse::<u8>().ok());
    read.filter(|(year, number)| (1990..2100).contains(year) && (1..=4).contains(number)).ok_or_else(|| {
        Fault::new(
            format!("{year}{number} is no quarter"),
            "write the year and a number from 1 to 4: 20221",
        )
    })
}
