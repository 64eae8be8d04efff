//! Headings of a claims file, in Korean or in English.

use jiff::civil::Date;

use super::super::section::nearest;
use super::super::value::Fault;
use crate::scheme::Column;

/// A column that claims may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// Name of the claim.
    Id,
    /// Name of the claimant, kept out of every result but the statement.
    Name,
    /// Business number.
    Business,
    /// Account.
    Account,
    /// Digest of the papers.
    PapersHash,
    /// Papers handed in.
    Papers,
    /// Class of the claimant.
    Class,
    /// Industry.
    Industry,
    /// Region.
    Region,
    /// Service that failed.
    Service,
    /// Usual sales.
    UsualSales,
    /// Sales of the outage.
    OutageSales,
    /// Loss of sales.
    Loss,
    /// How long the service was away.
    Outage,
    /// How many hours.
    OutageHours,
    /// How many days.
    OutageDays,
    /// When it went away.
    OutageStart,
    /// When it came back.
    OutageEnd,
    /// How long it was away in the month.
    OutageOfMonth,
    /// Fee of a month.
    Fee,
    /// Sales of a year.
    AnnualSales,
    /// Operating margin.
    Margin,
    /// Labour and rent that go on.
    FixedCosts,
    /// Part of sales through the platform.
    PlatformShare,
    /// Part of those kept by other ways to order.
    Substitution,
    /// Days for which the loss counts.
    Days,
    /// When the claim came.
    Received,
    /// What a person assessed.
    Assessed,
}

impl Field {
    /// Returns whether any text stands in its cells.
    #[must_use]
    #[inline]
    pub fn is_text(self) -> bool {
        use Field::{Account, Class, Id, Industry, Name, PapersHash, Region, Service};
        matches!(self, Id | Name | Account | PapersHash | Class | Industry | Region | Service)
    }
}

/// Each column with its headings, its own name first.
pub const FIELDS: [(Field, &[&str]); 28] = [
    (Field::Id, &["id", "claim", "claim id", "receipt", "접수번호", "신청번호", "번호", "아이디"]),
    (Field::Name, &["name", "merchant", "applicant", "상호", "신청인", "성명", "이름", "업체명", "대표자"]),
    (
        Field::Business,
        &["business number", "brn", "business no", "registration number", "사업자등록번호", "사업자번호"],
    ),
    (Field::Account, &["account", "bank account", "계좌", "계좌번호"]),
    (
        Field::PapersHash,
        &["papers hash", "capture hash", "evidence hash", "증빙해시", "서류해시", "캡처해시"],
    ),
    (Field::Papers, &["papers", "documents", "evidence", "제출서류", "서류", "구비서류"]),
    (Field::Class, &["class", "customer class", "구분", "고객구분", "대상"]),
    (Field::Industry, &["industry", "trade", "sector", "업종"]),
    (Field::Region, &["region", "area", "지역", "시도"]),
    (Field::Service, &["service", "서비스", "이용서비스", "이용 서비스"]),
    (
        Field::UsualSales,
        &[
            "usual sales",
            "baseline sales",
            "normal sales",
            "weekly sales",
            "평소매출",
            "평소 매출",
            "기준매출",
            "평소주간매출",
        ],
    ),
    (
        Field::OutageSales,
        &[
            "outage sales",
            "sales during the outage",
            "장애매출",
            "장애 매출",
            "장애기간매출",
            "장애주간매출",
        ],
    ),
    (
        Field::Loss,
        &["loss", "sales loss", "lost sales", "손실", "매출손실", "매출 손실", "손실액", "매출손실액"],
    ),
    (Field::Outage, &["outage", "duration", "장애", "장애기간", "장애 기간", "장애지속시간"]),
    (Field::OutageHours, &["outage hours", "hours", "장애시간", "장애 시간"]),
    (Field::OutageDays, &["outage days", "장애일수", "장애 일수"]),
    (Field::OutageStart, &["outage start", "start", "장애시작", "장애 시작", "시작"]),
    (Field::OutageEnd, &["outage end", "end", "장애종료", "장애 종료", "종료"]),
    (
        Field::OutageOfMonth,
        &["outage of month", "month outage", "월누적장애", "월 누적 장애", "누적장애시간"],
    ),
    (Field::Fee, &["fee", "monthly fee", "월요금", "월 요금", "이용요금", "월이용료"]),
    (Field::AnnualSales, &["annual sales", "yearly sales", "연매출", "연 매출", "연간매출"]),
    (Field::Margin, &["margin", "operating margin", "영업이익률"]),
    (
        Field::FixedCosts,
        &[
            "fixed costs",
            "labour and rent",
            "labor and rent",
            "고정비율",
            "인건비임차료비중",
            "인건비·임차료 비중",
        ],
    ),
    (
        Field::PlatformShare,
        &["platform share", "dependence", "플랫폼비중", "플랫폼 비중", "의존도", "카카오의존도"],
    ),
    (Field::Substitution, &["substitution", "substituted", "대체율", "대체비율"]),
    (Field::Days, &["days", "days of measures", "이행일수", "일수", "방역조치이행일수"]),
    (Field::Received, &["received", "received on", "접수일", "신청일"]),
    (Field::Assessed, &["assessed", "assessed amount", "심사액", "심사금액", "인정액"]),
];

impl Field {
    /// Returns its own name.
    #[must_use]
    pub fn key(self) -> &'static str {
        FIELDS.iter().find(|(field, _)| *field == self).map_or("", |(_, names)| names[0])
    }

    /// Returns whether it tells who somebody is.
    #[must_use]
    pub fn is_personal(self) -> bool {
        matches!(self, Self::Name | Self::Business | Self::Account | Self::PapersHash)
    }
}

/// What a column of a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// A field of each claim.
    Field(Field),
    /// Sales of the day at this place of the calendar.
    Sales(usize),
    /// What is passed over.
    Nothing,
}

/// What each column of a file holds.
#[derive(Clone, Debug, Default)]
pub struct Heads {
    /// The same, column by column.
    pub columns: Vec<Holds>,
    /// The columns of sales on record, in the order of the file.
    pub calendar: Vec<Column>,
    /// Headings that were passed over.
    pub passed_over: Vec<String>,
}

impl Heads {
    /// Reads headings; `pass_over` says whether unknown ones are no fault.
    ///
    /// # Errors
    ///
    /// Tells every heading that is unknown or there twice.
    pub fn read<'n>(names: impl Iterator<Item = &'n str>, pass_over: bool) -> Result<Self, Vec<Fault>> {
        let (mut heads, mut faults) = (Self::default(), Vec::new());
        for (place, name) in names.enumerate() {
            let number = place + 1;
            let plain = plain(name);
            if let Some(column) = dated(&plain) {
                if heads.calendar.contains(&column) {
                    let message = format!("column {number}: the sales of {} are there twice", column.from);
                    faults.push(Fault::new(message, "leave one of them out"));
                }
                heads.columns.push(Holds::Sales(heads.calendar.len()));
                heads.calendar.push(column);
                continue;
            }
            let field = field(&plain);
            match field {
                Some(field) if heads.has(field) => {
                    let message =
                        format!("column {number}: {name:?} is a second column of {:?}", field.key());
                    faults.push(Fault::new(message, "leave one of them out"));
                }
                Some(_) => {}
                None if pass_over => heads.passed_over.push(name.trim().to_owned()),
                None => faults.push(unknown(number, name, &plain)),
            }
            heads.columns.push(field.map_or(Holds::Nothing, Holds::Field));
        }
        if heads.calendar.is_empty() && !FIELDS.iter().any(|(field, _)| heads.has(*field)) {
            // A title stands above the table, or the file is something else.
            let mend = "begin the file with the row of its headings, such as id or 접수번호; take out what \
                        stands above it";
            return Err(vec![Fault::new("the first row has no heading that is known", mend)]);
        }
        if faults.is_empty() && !heads.has(Field::Id) {
            let mend = "head the column that names each claim with id or 접수번호";
            faults.push(Fault::new("no column names the claims", mend));
        }
        if faults.is_empty() { Ok(heads) } else { Err(faults) }
    }

    /// Returns whether a field has a column.
    #[must_use]
    pub fn has(&self, field: Field) -> bool {
        self.columns.contains(&Holds::Field(field))
    }
}

fn unknown(number: usize, name: &str, plain: &str) -> Fault {
    let known = FIELDS.iter().flat_map(|(_, names)| names.iter().copied());
    let mend = match nearest(plain, known) {
        Some(near) => format!("did you mean {near:?}? Or pass over it with --other-columns ignore"),
        None if plain.is_empty() => "head each column, or pass over it with --other-columns ignore".into(),
        None => "sales of a day are headed 2022-10-15, of a week: week 2022-10-15; \
                 pass over others with --other-columns ignore"
            .into(),
    };
    Fault::new(format!("column {number}: the heading {:?} is not known", name.trim()), mend)
}

/// Writes a heading as the table has it: small letters, one space between words, and
/// no unit in brackets.
fn plain(name: &str) -> String {
    let name = name.split_once('(').map_or(name, |(before, _)| before);
    let lower = name.trim().trim_start_matches('\u{feff}').to_lowercase().replace(['_', '-', '\n'], " ");
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn field(plain: &str) -> Option<Field> {
    let tight = plain.replace(' ', "");
    let same = |known: &&str| *known == plain || known.replace(' ', "") == tight;
    FIELDS.iter().find(|(_, names)| names.iter().any(same)).map(|(field, _)| *field)
}

/// Reads `2022 10 15`, `sales 2022 10 15`, `week 2022 10 15` and their Korean forms.
fn dated(plain: &str) -> Option<Column> {
    let (week, rest) = ["week ", "주간 "]
        .iter()
        .find_map(|word| plain.strip_prefix(word).map(|rest| (true, rest)))
        .or_else(|| {
            ["sales ", "매출 ", "일매출 "]
                .iter()
                .find_map(|word| plain.strip_prefix(word).map(|rest| (false, rest)))
        })
        .unwrap_or((false, plain));
    let parts: Vec<&str> =
        rest.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let others = rest.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '.' | '/'));
    let [year, month, day] = parts.as_slice() else { return None };
    if !others || year.len() != 4 {
        return None;
    }
    let from = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
    Some(Column { from, week })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heads(names: &[&str]) -> Result<Heads, Vec<Fault>> {
        Heads::read(names.iter().copied(), false)
    }

    #[test]
    fn headings_in_two_languages_with_and_without_spaces() {
        let read = heads(&["\u{feff}접수번호", "평소매출(원)", "Outage Sales", "사업자 등록 번호", "업종"])
            .unwrap();
        let expected = [Field::Id, Field::UsualSales, Field::OutageSales, Field::Business, Field::Industry];
        assert_eq!(read.columns, expected.map(Holds::Field));
    }

    #[test]
    fn sales_of_days_and_of_weeks() {
        let read = heads(&["id", "2022-10-15", "매출 2022. 10. 16.", "week_2022-09-03", "주간 2022/9/10"])
            .unwrap();
        let days: Vec<_> =
            read.calendar.iter().map(|column| (column.from.to_string(), column.week)).collect();
        let expected =
            [("2022-10-15", false), ("2022-10-16", false), ("2022-09-03", true), ("2022-09-10", true)];
        assert_eq!(days, expected.map(|(day, week)| (day.to_owned(), week)));
        let sales = [0, 1, 2, 3].map(Holds::Sales);
        assert_eq!(read.columns, [&[Holds::Field(Field::Id)], &sales[..]].concat());
    }

    #[test]
    fn what_is_unknown_is_told_with_the_nearest_that_is_not() {
        let faults =
            heads(&["id", "usual sale", "장애매출액", "2022-13-01", "loss", "매출손실"]).unwrap_err();
        let said: Vec<_> = faults.iter().map(|fault| fault.to_string()).collect();
        assert!(said[0].contains("column 2") && said[0].contains("\"usual sales\""), "{said:?}");
        assert!(said[1].contains("장애매출"), "{said:?}");
        assert!(said[2].contains("column 4"), "{said:?}");
        assert!(said[3].contains("second column of \"loss\""), "{said:?}");
        let faults = heads(&["loss"]).unwrap_err();
        assert!(faults[0].message.contains("names the claims"));
    }

    #[test]
    fn no_heading_stands_for_two_fields() {
        let mut all: Vec<String> =
            FIELDS.iter().flat_map(|(_, names)| names.iter().map(|name| name.replace(' ', ""))).collect();
        all.sort_unstable();
        let before = all.len();
        all.dedup();
        // "이용 서비스" and its like stand twice for one field, with a space and without.
        let doubled = FIELDS.iter().map(|(_, names)| {
            let mut tight: Vec<_> = names.iter().map(|name| name.replace(' ', "")).collect();
            tight.sort_unstable();
            let all = tight.len();
            tight.dedup();
            all - tight.len()
        });
        assert_eq!(before - all.len(), doubled.sum::<usize>());
    }
}
