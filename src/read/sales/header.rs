//! Headings of sales: which column is which.

use super::amount::BookUnit;
use crate::read::section::nearest;
use crate::read::value::Fault;

/// What a column can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A date, with or without a time.
    Time,
    /// The hour or the clock time beside a date.
    Hour,
    /// What was sold.
    Amount,
    /// The business line.
    Line,
}

/// Headings under which a date or a time is looked for.
pub const TIMES: [&str; 40] = [
    "거래일시",
    "거래일자",
    "거래일",
    "결제일시",
    "결제일자",
    "결제일",
    "승인일시",
    "승인일자",
    "승인일",
    "주문일시",
    "주문일자",
    "주문일",
    "판매일시",
    "판매일자",
    "판매일",
    "매출일시",
    "매출일자",
    "매출일",
    "영업일자",
    "영업일",
    "기준일시",
    "기준일자",
    "기준일",
    "일시",
    "일자",
    "날짜",
    "시각",
    "date",
    "datetime",
    "timestamp",
    "time",
    "createdat",
    "paidat",
    "orderedat",
    "orderdate",
    "transactiondate",
    "transactiontime",
    "salesdate",
    "saledate",
    "businessdate",
];

/// Headings under which the hour is looked for, beside a date.
pub const HOURS: [&str; 13] = [
    "시간",
    "시간대",
    "시",
    "거래시간",
    "거래시각",
    "결제시간",
    "결제시각",
    "승인시간",
    "승인시각",
    "주문시간",
    "판매시간",
    "hour",
    "hourofday",
];

/// Headings under which the amount is looked for.
pub const AMOUNTS: [&str; 27] = [
    "매출액",
    "매출금액",
    "매출",
    "금액",
    "거래금액",
    "거래액",
    "결제금액",
    "결제액",
    "승인금액",
    "판매금액",
    "판매액",
    "주문금액",
    "순매출",
    "순매출액",
    "실매출액",
    "실매출",
    "amount",
    "sales",
    "revenue",
    "turnover",
    "netsales",
    "grosssales",
    "salesamount",
    "netamount",
    "paidamount",
    "transactionamount",
    "value",
];

/// Headings under which the business line is looked for.
pub const LINES: [&str; 11] = [
    "사업부",
    "사업부문",
    "사업",
    "부문",
    "서비스",
    "라인",
    "line",
    "businessline",
    "service",
    "segment",
    "businessunit",
];

/// Columns that the command line names.
#[derive(Clone, Debug, Default)]
pub struct Named {
    /// Heading of the date or time.
    pub time: Option<String>,
    /// Heading of the hour.
    pub hour: Option<String>,
    /// Heading of the amount.
    pub amount: Option<String>,
    /// Heading of the business line.
    pub line: Option<String>,
}

/// Where the columns of a file stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    /// The date or time.
    pub time: usize,
    /// The hour, where it stands apart.
    pub hour: Option<usize>,
    /// The amount.
    pub amount: usize,
    /// The business line.
    pub line: Option<usize>,
    /// The unit that the heading of the amount names.
    pub unit: Option<BookUnit>,
}

/// A heading without white space, marks, case and what stands in brackets.
#[must_use]
pub fn bare(heading: &str) -> String {
    let open = heading.find(['(', '[', '（']).unwrap_or(heading.len());
    let named = if open == 0 { heading } else { &heading[..open] };
    named.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase()
}

/// Returns the unit that a heading names in brackets: `매출(천원)`, `금액 (단위: 백만원)`.
///
/// # Errors
///
/// Refuses a unit that is not known, for nothing could be reckoned with.
pub fn unit(heading: &str) -> Result<Option<BookUnit>, Fault> {
    let open = |c: char| matches!(c, '(' | '[' | '（');
    let Some((_, inside)) = heading.split_once(open) else { return Ok(None) };
    let inside = inside.trim_end_matches([')', ']', '）', ' ']);
    let said = inside.trim().strip_prefix("단위");
    let name = said.unwrap_or(inside).trim_start_matches([':', '：', ' ']);
    match BookUnit::named(name) {
        None if said.is_some() || name.ends_with('원') => Err(Fault::new(
            format!("{heading:?} names a unit that is not known, {name:?}"),
            "write 원, 천원, 만원, 백만원 or 억원 in the heading",
        )),
        unit => Ok(unit),
    }
}

/// Finds the columns among the headings of a file.
///
/// # Errors
///
/// Returns every column that is missing, there twice, or named and not there.
pub fn find(head: &[String], named: &Named) -> Result<Columns, Vec<Fault>> {
    let mut faults = Vec::new();
    let time = one(head, Role::Time, named.time.as_deref(), true, &mut faults);
    let hour = one(head, Role::Hour, named.hour.as_deref(), false, &mut faults);
    let amount = one(head, Role::Amount, named.amount.as_deref(), true, &mut faults);
    let line = one(head, Role::Line, named.line.as_deref(), false, &mut faults);
    let unit = amount.map_or(Ok(None), |at| unit(&head[at]));
    match (time, amount, unit) {
        (Some(time), Some(amount), Ok(unit)) if faults.is_empty() => {
            Ok(Columns { time, hour, amount, line, unit })
        }
        (_, _, unit) => {
            faults.extend(unit.err());
            Err(faults)
        }
    }
}

/// Tells whether a row has the headings of a time and of an amount, well told or not.
#[must_use]
pub fn is_head(row: &[String], named: &Named) -> bool {
    let has = |role, given: Option<&str>| !places(row, role, given).is_empty();
    has(Role::Time, named.time.as_deref()) && has(Role::Amount, named.amount.as_deref())
}

fn places(head: &[String], role: Role, given: Option<&str>) -> Vec<usize> {
    let is = |heading: &String| match given {
        Some(name) => heading.trim() == name.trim() || bare(heading) == bare(name),
        None => role.names().contains(&bare(heading).as_str()),
    };
    (0..head.len()).filter(|place| is(&head[*place])).collect()
}

fn one(
    head: &[String],
    role: Role,
    given: Option<&str>,
    required: bool,
    faults: &mut Vec<Fault>,
) -> Option<usize> {
    let found = places(head, role, given);
    let option = role.option();
    match found[..] {
        [place] => Some(place),
        [] if given.is_none() && !required => None,
        [] => {
            let wanted = given.map_or_else(|| role.what().to_owned(), |name| format!("{name:?}"));
            let columns = head.iter().map(String::as_str).filter(|name| !name.is_empty());
            let columns = columns.collect::<Vec<_>>().join(", ");
            faults.push(Fault::new(
                format!("no column for {wanted}; the columns are: {columns}"),
                role.suggest(head, given),
            ));
            None
        }
        _ => {
            let names: Vec<&str> = found.iter().map(|place| head[*place].trim()).collect();
            let message = format!("{} stands in more than one column: {}", role.what(), names.join(", "));
            faults.push(Fault::new(message, format!("say which: {option} {:?}", names[0])));
            None
        }
    }
}

impl Role {
    fn names(self) -> &'static [&'static str] {
        match self {
            Self::Time => &TIMES,
            Self::Hour => &HOURS,
            Self::Amount => &AMOUNTS,
            Self::Line => &LINES,
        }
    }

    fn what(self) -> &'static str {
        match self {
            Self::Time => "the date or time",
            Self::Hour => "the hour",
            Self::Amount => "the amount",
            Self::Line => "the business line",
        }
    }

    fn option(self) -> &'static str {
        match self {
            Self::Time => "--time-column",
            Self::Hour => "--hour-column",
            Self::Amount => "--amount-column",
            Self::Line => "--line-column",
        }
    }

    /// What to write in place of a column that was not found.
    fn suggest(self, head: &[String], given: Option<&str>) -> String {
        if let Some(name) = given {
            return match nearest(name, head.iter().map(String::as_str)) {
                Some(near) => format!("did you mean {near:?}?"),
                None => format!("name a heading of the file after {}", self.option()),
            };
        }
        let near = head.iter().find_map(|heading| {
            let name = nearest(&bare(heading), self.names().iter().copied())?;
            Some((heading.trim(), name))
        });
        match near {
            Some((heading, name)) => {
                format!("did you mean {name} by {heading:?}? Then add {} {heading:?}", self.option())
            }
            None => format!("name it: {} HEADING, or head it {}", self.option(), self.names()[0]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    fn plain(time: usize, amount: usize) -> Columns {
        Columns { time, hour: None, amount, line: None, unit: None }
    }

    #[test]
    fn headings_as_korean_and_english_books_have_them() {
        let found = |names: &[&str]| find(&head(names), &Named::default()).unwrap();
        assert_eq!(found(&["거래일시", "금액"]), plain(0, 1));
        assert_eq!(found(&["No.", "Order Date", "Net_Sales"]), plain(1, 2));
        assert_eq!(found(&[" 결제 일자 ", "결제금액"]), plain(0, 1));
        let parted = found(&["영업일", "시간대", "매출액 (단위: 천원)", "사업부"]);
        assert_eq!((parted.hour, parted.line), (Some(1), Some(3)));
        assert_eq!(parted.unit.map(|unit| unit.factor), Some(1_000));
        assert_eq!(found(&["date", "매출(부가세포함)"]).unit, None, "no unit stands in the brackets");
    }

    #[test]
    fn a_heading_that_is_not_known_or_there_twice_is_told_with_its_mend() {
        let told = |names: &[&str], named: &Named| {
            let faults = find(&head(names), named).unwrap_err();
            faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
        };
        let none = Named::default();
        let both = told(&["거래읽시", "가격"], &none);
        assert!(both.contains("did you mean 거래일시 by \"거래읽시\"?"), "{both}");
        assert!(both.contains("no column for the amount"), "{both}");
        let twice = told(&["주문일시", "결제일시", "금액"], &none);
        assert!(twice.contains("more than one column") && twice.contains("--time-column"), "{twice}");
        let named = Named { amount: Some("매출합게".into()), ..Named::default() };
        assert!(told(&["date", "매출합계"], &named).contains("did you mean \"매출합계\"?"));
        assert!(told(&["date", "매출(만불원)"], &none).contains("unit that is not known"));
        let named = Named { amount: Some("합계".into()), ..Named::default() };
        assert_eq!(find(&head(&["date", "합계", "금액"]), &named), Ok(plain(0, 1)));
    }
}
