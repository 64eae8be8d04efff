//! Dates and times as Korean books write them.

use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone};

use super::amount::narrow;
use crate::profile::build::Day;
use crate::read::value::Fault;

/// In which order a date of three short numbers stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    /// Year, month, day; a year of two digits is of this century.
    Ymd,
    /// Month, day, year.
    Mdy,
    /// Day, month, year.
    Dmy,
}

/// The hour of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// The hour, 0 to 23.
    pub hour: u8,
    /// Whether the time is the full hour.
    pub full: bool,
}

/// The time of a row, on local clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The day.
    pub day: Day,
    /// The hour; none where a date stands alone.
    pub clock: Option<Clock>,
}

impl Moment {
    /// Returns the moment of a local time.
    pub fn of(local: DateTime) -> Self {
        let full = local.minute() == 0 && local.second() == 0 && local.subsec_nanosecond() == 0;
        let clock = Some(Clock { hour: local.hour() as u8, full });
        Self { day: Day::of(local.date()), clock }
    }
}

/// Reads moments of one place, and remembers the day that it read last.
#[derive(Clone, Debug)]
pub struct Moments {
    zone: TimeZone,
    order: Option<DateOrder>,
    last: Option<([u8; 10], Day)>,
}

impl Moments {
    /// For local times of a zone.
    pub fn new(zone: TimeZone, order: Option<DateOrder>) -> Self {
        Self { zone, order, last: None }
    }

    /// Reads `2022-10-15 15:30` and its like, by far the most frequent form; nothing
    /// where there is anything else.
    pub fn plain(&mut self, text: &[u8]) -> Option<Moment> {
        let (date, time) = text.split_first_chunk::<10>()?;
        let day = match self.last {
            Some((known, day)) if known == *date => day,
            _ => {
                let day = in_range(iso(date)?)?;
                self.last = Some((*date, day));
                day
            }
        };
        let clock = match time {
            [] => None,
            [b' ' | b'T', h1, h2, b':', m1, m2, seconds @ ..] => {
                let (hour, minute) = (two(*h1, *h2)?, two(*m1, *m2)?);
                let second = match seconds {
                    [] => 0,
                    [b':', s1, s2] => two(*s1, *s2)?,
                    _ => return None,
                };
                if hour > 23 || minute > 59 || second > 59 {
                    return None;
                }
                Some(Clock { hour, full: minute == 0 && second == 0 })
            }
            _ => return None,
        };
        Some(Moment { day, clock })
    }

    /// Reads a date or a time in any form that is known.
    ///
    /// # Errors
    ///
    /// Refuses what is no date, and a date that could be two.
    pub fn read(&mut self, text: &str) -> Result<Moment, Fault> {
        if let Some(moment) = self.plain(text.trim().as_bytes()) {
            return Ok(moment);
        }
        let mut scan = Scan::new(text);
        if scan.rest.is_empty() {
            return Err(Fault::new("the date is empty", "give each row its date, or drop the row"));
        }
        let date = scan.date(self.order)?;
        scan.skip(['T', ',']);
        let Some((local, offset)) = scan.time(date)? else {
            return Ok(Moment { day: in_range(date).ok_or_else(|| out_of_range(date))?, clock: None });
        };
        let local = match offset {
            None => local,
            Some(offset) => {
                let instant = offset.to_timestamp(local).map_err(|_| scan.fault())?;
                self.zone.to_datetime(instant)
            }
        };
        in_range(local.date()).ok_or_else(|| out_of_range(local.date()))?;
        Ok(Moment::of(local))
    }

    /// Reads the hour of a column of its own: `15`, `15시`, `15:30`, `15~16시`, `오후 3시`.
    ///
    /// # Errors
    ///
    /// Refuses what is no hour, and hour 24, which may be that before or that after midnight.
    pub fn hour(text: &str) -> Result<Clock, Fault> {
        let mut scan = Scan::new(text);
        let fault = || {
            let mend = "write 0 to 23, 15시, 15:30 or 15~16";
            Fault::new(format!("{:?} is not an hour of the day", text.trim()), mend)
        };
        let (hour, _) = scan.number().filter(|(_, digits)| *digits <= 2).ok_or_else(fault)?;
        scan.skip(['시']);
        let mut full = true;
        if scan.skip([':']) {
            let (minute, _) = scan.number().filter(|(minute, _)| *minute < 60).ok_or_else(fault)?;
            full = minute == 0;
            while scan.skip([':', '.']) {
                full &= scan.number().ok_or_else(fault)?.0 == 0;
            }
        } else if let Some((minute, _)) = scan.number() {
            full = minute == 0 && scan.skip(['분']);
        }
        if scan.skip(['~', '-', '∼']) {
            let (to, _) = scan.number().ok_or_else(fault)?;
            while scan.skip([':', '시']) {
                scan.number();
            }
            if to != hour + 1 {
                return Err(Fault::new(
                    format!("{:?} is longer than an hour", text.trim()),
                    "give a row for each hour; bands of the day are read in Seoul's layout alone",
                ));
            }
        }
        if hour == 24 && scan.rest.is_empty() {
            return Err(Fault::new(
                "hour 24: is it the hour before midnight or after it?",
                "where 1 is the hour from 00:00 to 01:00, add --hour-ends; else write 0",
            ));
        }
        let hour =
            scan.of_half(hour).filter(|hour| *hour < 24 && scan.rest.is_empty()).ok_or_else(fault)?;
        Ok(Clock { hour: hour as u8, full })
    }

    /// Reads an hour that is named by its end, 1 to 24, and returns its beginning.
    ///
    /// # Errors
    ///
    /// Refuses what is not one of them.
    pub fn hour_ending(text: &str) -> Result<Clock, Fault> {
        let digits = text.trim().trim_end_matches('시').trim_end_matches(":00");
        let number = digits.parse::<u8>().ok().filter(|hour| (1..=24).contains(hour));
        let fault = || Fault::new(format!("{text:?} is not an hour from 1 to 24"), "leave --hour-ends out");
        Ok(Clock { hour: number.ok_or_else(fault)? - 1, full: true })
    }
}

/// Returns the day, where it is one that is kept.
fn in_range(date: Date) -> Option<Day> {
    let range = Day::FIRST..=Day::LAST;
    Some(Day::of(date)).filter(|day| range.contains(day))
}

fn out_of_range(date: Date) -> Fault {
    Fault::new(format!("{date} is not between 1990 and 2099"), "mend the year, or drop the row")
}

fn two(tens: u8, ones: u8) -> Option<u8> {
    (tens.is_ascii_digit() && ones.is_ascii_digit()).then(|| (tens - b'0') * 10 + ones - b'0')
}

fn iso(date: &[u8; 10]) -> Option<Date> {
    let [c1, c2, y1, y2, b'-', m1, m2, b'-', d1, d2] = *date else { return None };
    let year = i16::from(two(c1, c2)?) * 100 + i16::from(two(y1, y2)?);
    Date::new(year, two(m1, m2)? as i8, two(d1, d2)? as i8).ok()
}

/// A text that is read from left to right, without white space and wide characters.
struct Scan<'t> {
    text: &'t str,
    rest: String,
    /// Before noon or after it, where that is said.
    afternoon: Option<bool>,
}

impl<'t> Scan<'t> {
    fn new(text: &'t str) -> Self {
        let spaced = text.trim().chars().map(|c| if c.is_whitespace() { ' ' } else { c });
        let mut rest: String = spaced.filter_map(|c| if c == ' ' { Some(c) } else { narrow(c) }).collect();
        let mut afternoon = None;
        for (word, after) in [("오전", false), ("오후", true), ("AM", false), ("PM", true)] {
            let upper = rest.to_uppercase();
            if let Some(at) = upper.find(word).filter(|_| upper.len() == rest.len()) {
                rest.replace_range(at..at + word.len(), " ");
                afternoon = Some(after);
                break;
            }
        }
        Self { text, rest: rest.trim().to_owned(), afternoon }
    }

    fn fault(&self) -> Fault {
        let text = self.text.trim();
        let total = ["합계", "총계", "소계", "계", "total", "sum"];
        if total.contains(&text.to_lowercase().as_str()) {
            let mend = "drop the row of totals, or add --bad-rows leave-out";
            return Fault::new(format!("{text:?} stands where a date should: a row of totals?"), mend);
        }
        let mend = "write 2022-10-15 15:30, 2022.10.15, 20221015 or 2022년 10월 15일 오후 3시";
        Fault::new(format!("{text:?} is not a date"), mend)
    }

    /// Takes a whole number off, with how many digits it has.
    fn number(&mut self) -> Option<(u64, usize)> {
        self.blank();
        let end = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        let number = self.rest[..end].parse().ok()?;
        self.rest.drain(..end);
        Some((number, end))
    }

    fn blank(&mut self) {
        let blank = self.rest.len() - self.rest.trim_start().len();
        self.rest.drain(..blank);
    }

    /// Takes one of some characters off, and tells whether it was there.
    fn skip<const N: usize>(&mut self, characters: [char; N]) -> bool {
        self.blank();
        match self.rest.chars().next().filter(|c| characters.contains(c)) {
            Some(c) => {
                self.rest.drain(..c.len_utf8());
                self.blank();
                true
            }
            None => false,
        }
    }

    fn date(&mut self, order: Option<DateOrder>) -> Result<Date, Fault> {
        let (first, digits) = self.number().ok_or_else(|| self.fault())?;
        let parts = |number: u64| (number / 10_000, number / 100 % 100, number % 100);
        if digits >= 8 && !self.rest.starts_with(['-', '.', '/', '년']) {
            // 20221015, with hours, minutes and seconds behind it where they are there.
            let behind = digits - 8;
            if ![0, 2, 4, 6].contains(&behind) {
                return Err(self.fault());
            }
            let tail = 10_u64.pow(behind as u32);
            let (year, month, day) = parts(first / tail);
            let time = format!("{:0width$}", first % tail, width = behind);
            let clock: Vec<&str> =
                time.as_bytes().chunks(2).filter_map(|two| std::str::from_utf8(two).ok()).collect();
            if behind > 0 {
                let clock = if behind == 2 { format!("{}:00", clock[0]) } else { clock.join(":") };
                self.rest.insert_str(0, &clock);
            }
            return self.checked(year, month, day);
        }
        let parted = self.skip(['-', '.', '/', '년']);
        let (second, third) = match (parted, self.number()) {
            (true, Some((second, _))) if self.skip(['-', '.', '/', '월']) => (second, self.number()),
            _ => return Err(self.serial(first, digits)),
        };
        let Some((third, _)) = third else { return Err(self.fault()) };
        self.skip(['일', '.']);
        if digits == 4 {
            return self.checked(first, second, third);
        }
        let century = |year: u64| if year < 100 { 2000 + year } else { year };
        match order {
            Some(DateOrder::Ymd) => self.checked(century(first), second, third),
            Some(DateOrder::Mdy) => self.checked(century(third), first, second),
            Some(DateOrder::Dmy) => self.checked(century(third), second, first),
            None => {
                let mend = "say which of the numbers is which: --date-order ymd, mdy or dmy";
                Err(Fault::new(format!("{:?} can be more than one day", self.text.trim()), mend))
            }
        }
    }

    /// Why a number alone is no date.
    fn serial(&self, number: u64, digits: usize) -> Fault {
        let serial = digits == 5 && self.text.trim().bytes().all(|b| b.is_ascii_digit() || b == b'.');
        match serial {
            true => Fault::new(
                format!("{number} is the number of a day in a spreadsheet, not a date"),
                "format the column as a date and save again, or give the xlsx file itself",
            ),
            false => self.fault(),
        }
    }

    fn checked(&self, year: u64, month: u64, day: u64) -> Result<Date, Fault> {
        let whole = |number: u64| i8::try_from(number).ok();
        let date = i16::try_from(year).ok().zip(whole(month).zip(whole(day)));
        let date = date.and_then(|(year, (month, day))| Date::new(year, month, day).ok());
        date.ok_or_else(|| {
            let message = format!("{:?} is a day that no calendar has", self.text.trim());
            Fault::new(message, "mend the date, or drop the row")
        })
    }

    /// Reads what stands behind a date: a clock time and an offset.
    fn time(&mut self, date: Date) -> Result<Option<(DateTime, Option<Offset>)>, Fault> {
        self.weekday();
        if self.rest.is_empty() {
            return if self.afternoon.is_none() { Ok(None) } else { Err(self.fault()) };
        }
        let (hour, _) = self.number().filter(|(_, digits)| *digits <= 2).ok_or_else(|| self.fault())?;
        if !self.skip([':', '시']) {
            return Err(self.fault());
        }
        let minute = self.number().map_or(0, |(minute, _)| minute);
        let (mut second, mut part) = (0, 0);
        if self.skip([':', '분']) {
            second = self.number().map_or(0, |(second, _)| second);
            self.skip(['초']);
            if self.skip(['.']) {
                part = self.number().map_or(0, |(part, _)| part);
            }
        }
        let offset = self.offset()?;
        let midnight = (hour, minute, second) == (24, 0, 0) && self.afternoon.is_none();
        let (date, hour) = match midnight {
            true => (date.tomorrow().map_err(|_| self.fault())?, 0),
            false => (date, self.of_half(hour).ok_or_else(|| self.fault())?),
        };
        let whole = |number: u64| i8::try_from(number).unwrap_or(i8::MAX);
        let time = jiff::civil::Time::new(whole(hour), whole(minute), whole(second), i32::from(part > 0));
        let time = time.map_err(|_| self.fault())?;
        if self.rest.is_empty() { Ok(Some((date.to_datetime(time), offset))) } else { Err(self.fault()) }
    }

    /// Takes the name of the weekday off, in brackets or not, which a date needs not have.
    fn weekday(&mut self) {
        for day in ["월", "화", "수", "목", "금", "토", "일"] {
            for named in [format!("({day})"), format!("{day}요일")] {
                if let Some(rest) = self.rest.trim_start().strip_prefix(&named) {
                    self.rest = rest.trim_start().to_owned();
                    return;
                }
            }
        }
    }

    /// Returns an hour of 24 out of one of the half of a day that is said.
    fn of_half(&self, hour: u64) -> Option<u64> {
        match (self.afternoon, hour) {
            (None, hour) => Some(hour),
            (Some(false), 12) => Some(0),
            (Some(true), 12) => Some(12),
            (Some(after), 0..=11) => Some(hour + if after { 12 } else { 0 }),
            _ => None,
        }
    }

    fn offset(&mut self) -> Result<Option<Offset>, Fault> {
        if self.skip(['Z', 'z']) {
            return Ok(Some(Offset::UTC));
        }
        let east = self.skip(['+']);
        if !east && !self.skip(['-']) {
            return Ok(None);
        }
        let (hours, minutes) = match self.number() {
            Some((hours, 1 | 2)) => {
                self.skip([':']);
                (hours, self.number().map_or(0, |(minutes, _)| minutes))
            }
            Some((both, 4)) => (both / 100, both % 100),
            _ => return Err(self.fault()),
        };
        let seconds = (hours * 3600 + minutes * 60) as i32;
        let offset = Offset::from_seconds(if east { seconds } else { -seconds });
        offset.map(Some).map_err(|_| self.fault())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn moments(order: Option<DateOrder>) -> Moments {
        Moments::new(TimeZone::get("Asia/Seoul").unwrap(), order)
    }

    #[test]
    fn dates_and_times_as_koreans_write_them() {
        let saturday = Day::of(date(2022, 10, 15));
        for (text, clock) in [
            ("2022-10-15 15:30", Some((15, false))),
            ("2022-10-15T15:00:00", Some((15, true))),
            ("2022-10-15 15:00:00.250", Some((15, false))),
            ("2022-10-15", None),
            ("2022.10.15", None),
            ("2022. 10. 15.", None),
            ("2022/10/15 9:05", Some((9, false))),
            ("2022-1-1", None),
            ("20221015", None),
            ("2022101515", Some((15, true))),
            ("202210151530", Some((15, false))),
            ("20221015153000", Some((15, false))),
            ("20221015 15:30", Some((15, false))),
            ("2022년 10월 15일", None),
            ("2022년 10월 15일 오후 3시", Some((15, true))),
            ("2022년 10월 15일 오후 3시 30분", Some((15, false))),
            ("2022-10-15 오후 3:30:00", Some((15, false))),
            ("2022-10-15 오전 12:30", Some((0, false))),
            ("2022-10-15 오후 12:30", Some((12, false))),
            ("2022-10-15 3:30 pm", Some((15, false))),
            ("2022.10.15(토) 15:30", Some((15, false))),
            ("２０２２-10-15", None),
            ("2022-10-14T22:30:00Z", Some((7, false))),
            ("2022-10-15T15:30+09:00", Some((15, false))),
            ("2022-10-15T01:30:00-0500", Some((15, false))),
            ("2022-10-14 24:00", Some((0, true))),
        ] {
            let read = moments(None).read(text).unwrap_or_else(|fault| panic!("{text}: {fault}"));
            let expected = if text == "2022-1-1" { Day::of(date(2022, 1, 1)) } else { saturday };
            assert_eq!(read.day, expected, "{text}");
            assert_eq!(read.clock.map(|clock| (clock.hour, clock.full)), clock, "{text}");
        }
    }

    #[test]
    fn a_date_that_can_be_two_is_refused_until_its_order_is_said() {
        let fault = moments(None).read("01/02/2022").unwrap_err();
        assert!(fault.message.contains("more than one day") && fault.mend.contains("--date-order"));
        for (text, order, expected) in [
            ("01/02/2022", DateOrder::Mdy, date(2022, 1, 2)),
            ("01/02/2022", DateOrder::Dmy, date(2022, 2, 1)),
            ("22.10.15", DateOrder::Ymd, date(2022, 10, 15)),
            ("22-10-15 15:30", DateOrder::Ymd, date(2022, 10, 15)),
        ] {
            assert_eq!(moments(Some(order)).read(text).unwrap().day, Day::of(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_refused_with_its_reason() {
        for (text, said) in [
            ("", "empty"),
            ("yesterday", "not a date"),
            ("합계", "row of totals"),
            ("2022-02-30", "no calendar has"),
            ("2022-13-01", "no calendar has"),
            ("44849", "a day in a spreadsheet"),
            ("44849.64", "a day in a spreadsheet"),
            ("2022-10-15 25:00", "not a date"),
            ("2022-10-15 오후 13:00", "not a date"),
            ("2022-10", "not a date"),
            ("1022-10-15", "between 1990 and 2099"),
            ("2022-10-15 15:30 tomorrow", "not a date"),
        ] {
            let fault = moments(None).read(text).unwrap_err();
            assert!(fault.message.contains(said), "{text}: {}", fault.message);
        }
    }

    #[test]
    fn hours_in_a_column_of_their_own() {
        for (text, hour, full) in [
            ("0", 0, true),
            ("09", 9, true),
            ("15시", 15, true),
            ("15:00", 15, true),
            ("15:30", 15, false),
            ("15:30:00", 15, false),
            ("15~16", 15, true),
            ("15시~16시", 15, true),
            ("15:00~16:00", 15, true),
            ("오후 3시", 15, true),
        ] {
            assert_eq!(Moments::hour(text).unwrap(), Clock { hour, full }, "{text}");
        }
        for (text, said) in
            [("24", "before midnight"), ("25", "not an hour"), ("noon", "not an hour"), ("11~14", "longer")]
        {
            assert!(Moments::hour(text).unwrap_err().message.contains(said), "{text}");
        }
        assert_eq!(Moments::hour_ending("24시").unwrap().hour, 23);
        assert!(Moments::hour_ending("0").is_err());
    }
}
