//! Days that stand out: public holidays and special days, bundled or of a file.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::encoding::decode;
use super::rows;
use super::value::Fault;

/// Korean public holidays from 2010 to 2030, with substitute and extraordinary ones.
pub const KOREAN_HOLIDAYS: &str = include_str!("../../data/kr-holidays.csv");

/// Korean days of gifts from 2010 to 2030: a choice of ours.
pub const KOREAN_SPECIAL_DAYS: &str = include_str!("../../data/kr-special-days.csv");

/// Headings of the date.
const DATES: [&str; 4] = ["date", "날짜", "일자", "day"];

/// Headings of the kind, under which days count together.
const KINDS: [&str; 6] = ["kind", "name", "종류", "구분", "이름", "명칭"];

/// Days by date, each with its kind; the names of the kinds in order of their first day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NamedDays {
    /// Kinds.
    pub kinds: Vec<String>,
    /// The kind of each day, as a place among the kinds.
    pub days: BTreeMap<Date, usize>,
}

impl NamedDays {
    /// Reads a table of days, `date,kind`.
    ///
    /// # Errors
    ///
    /// Returns every fault of the table, up to twenty.
    pub fn read(name: &str, bytes: &[u8]) -> Result<Self, Vec<Fault>> {
        let text = decode(bytes).map_err(|line| {
            vec![Fault::new(format!("{name} line {line}: neither UTF-8 nor CP949"), "save it as UTF-8 CSV")]
        })?;
        let head = "give a head, date,kind, and a row for each day";
        let read = rows::read(name, text.as_bytes(), head, [&DATES, &KINDS], |_, [date, kind]| {
            let date = date
                .parse::<Date>()
                .map_err(|_| Fault::new(format!("{date:?} is not a day"), "write 2022-09-10"))?;
            if kind.is_empty() {
                return Err(Fault::new("the day has no name", "name its kind, such as 추석"));
            }
            Ok((date, kind.to_owned()))
        })?;
        let mut named = Self::default();
        let mut faults = Vec::new();
        for (date, kind) in read {
            let place = named.place(kind);
            if named.days.insert(date, place).is_some() {
                faults.push(Fault::new(
                    format!("{name}: {date} stands there twice"),
                    "keep one kind for a day",
                ));
            }
        }
        if faults.is_empty() { Ok(named) } else { Err(faults) }
    }

    fn place(&mut self, kind: String) -> usize {
        self.kinds.iter().position(|known| *known == kind).unwrap_or_else(|| {
            self.kinds.push(kind);
            self.kinds.len() - 1
        })
    }

    /// Adds other days; a day that is there keeps its kind.
    #[must_use]
    pub fn or(mut self, other: &Self) -> Self {
        for (date, kind) in &other.days {
            if !self.days.contains_key(date) {
                let place = self.place(other.kinds[*kind].clone());
                self.days.insert(*date, place);
            }
        }
        self
    }

    /// Returns the days of a kind.
    pub fn of(&self, kind: usize) -> impl Iterator<Item = Date> + '_ {
        self.days.iter().filter(move |(_, of)| **of == kind).map(|(date, _)| *date)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn korean_holidays_have_their_lunar_and_substitute_days() {
        let days = NamedDays::read("kr", KOREAN_HOLIDAYS.as_bytes()).unwrap();
        let kind = |date| days.days.get(&date).map(|kind| days.kinds[*kind].as_str());
        for (day, expected) in [
            (date(2022, 1, 31), Some("설날")),
            (date(2022, 9, 12), Some("추석")),
            (date(2022, 10, 10), Some("한글날")),
            (date(2022, 10, 15), None),
            (date(2023, 5, 29), Some("부처님오신날")),
            (date(2023, 10, 2), Some("임시공휴일")),
            (date(2024, 4, 10), Some("선거일")),
            (date(2025, 10, 8), Some("추석")),
            (date(2026, 2, 17), Some("설날")),
        ] {
            assert_eq!(kind(day), expected, "{day}");
        }
        for year in 2010..=2030 {
            for lunar in ["설날", "추석"] {
                let of_year = days
                    .days
                    .iter()
                    .filter(|(date, kind)| date.year() == year && days.kinds[**kind] == lunar);
                assert!((3..=4).contains(&of_year.count()), "{lunar} {year}");
            }
        }
    }

    #[test]
    fn a_day_keeps_its_first_kind() {
        let read = |text: &str| NamedDays::read("days.csv", text.as_bytes());
        let own = read("날짜,이름\n2022-11-11,창립일\n").unwrap();
        let both = own.or(&NamedDays::read("kr", KOREAN_SPECIAL_DAYS.as_bytes()).unwrap());
        assert_eq!(both.kinds[both.days[&date(2022, 11, 11)]], "창립일");
        assert_eq!(both.kinds[both.days[&date(2023, 11, 11)]], "빼빼로데이");
        for (text, said) in [
            ("date,kind\n2022-13-01,x\n", "not a day"),
            ("date,kind\n2022-01-01,x\n2022-01-01,y\n", "twice"),
            ("date,kind\n2022-01-01,\n", "no name"),
            ("day\n2022-01-01\n", "no column"),
        ] {
            let faults = read(text).unwrap_err();
            assert!(faults[0].message.contains(said), "{text}: {}", faults[0].message);
        }
    }
}
