//! Rows: one claim out of the fields of a record.

use encoding_rs::EUC_KR;
use jiff::civil::{Date, DateTime};

use super::super::exact::{Wrong, parse_amount, parse_margin, parse_number, parse_part, parse_won};
use super::super::value::parse_duration;
use super::heads::{Field, Heads, Holds};
use super::lines::Fields;
use super::reject::{Reject, Why};
use crate::scheme::{Claim, Moment, NO_RECORD, Rate, Sales, Scheme, Won};

/// One claim as its row gives it; the texts and figures are written over by the next.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// Its place among the rows below the head, from 1.
    pub number: u64,
    /// The line on which it stands.
    pub line: u64,
    /// Name of the claim.
    pub id: String,
    /// Name of the claimant.
    pub name: String,
    /// Digits of the business number.
    pub business: Option<[u8; 10]>,
    /// Account, digits and letters alone.
    pub account: String,
    /// Digest of the papers.
    pub papers_hash: String,
    /// Class of the claimant.
    pub class: String,
    /// Industry.
    pub industry: String,
    /// Region.
    pub region: String,
    /// Service that failed.
    pub service: String,
    /// Usual sales.
    pub usual: Option<Won>,
    /// Sales of the outage.
    pub outage_sales: Option<Won>,
    /// Loss of sales.
    pub loss: Option<Won>,
    /// When the service went away, and when it came back.
    pub outage_from_to: (Option<Moment>, Option<Moment>),
    /// Sales of each column of the calendar.
    pub sales: Vec<i64>,
    /// The place of the industry's hours, where the scheme models losses from them.
    hours: Option<u8>,
    /// The part of a week's sales that falls into the outage by those hours.
    part: Option<Rate>,
    /// Everything else, with sales unknown.
    rest: Claim<'static>,
}

impl Row {
    /// Returns the figures that a scheme looks at.
    #[must_use]
    pub fn claim(&self) -> Claim<'_> {
        let recorded = self.sales.iter().any(|day| *day != NO_RECORD);
        let sales = match (self.usual, self.outage_sales, self.loss) {
            (Some(week), None, None) if self.part.is_some() => {
                Sales::Modelled { week, part: self.part.unwrap_or(Rate::ONE) }
            }
            _ if recorded => Sales::Records(&self.sales),
            (Some(usual), Some(outage), _) => Sales::Pair { usual, outage },
            (_, _, Some(loss)) => Sales::Loss(loss),
            _ => Sales::Unknown,
        };
        Claim { sales, outage_from: self.outage_from_to.0, ..self.rest }
    }

    /// Returns the same figures for another scheme, whose papers and period nobody
    /// looked at.
    #[must_use]
    pub fn claim_under(&self, scheme: &Scheme) -> Claim<'_> {
        Claim {
            class: class(&self.class, scheme).ok().flatten(),
            industry: scheme.industry(&self.industry.to_lowercase()),
            papers: None,
            received: None,
            assessed: None,
            ..self.claim()
        }
    }

    fn clear(&mut self) {
        for text in [
            &mut self.id,
            &mut self.name,
            &mut self.account,
            &mut self.papers_hash,
            &mut self.class,
            &mut self.industry,
            &mut self.region,
            &mut self.service,
        ] {
            text.clear();
        }
        (self.business, self.usual, self.outage_sales, self.loss) = (None, None, None, None);
        (self.outage_from_to, self.hours, self.part) = ((None, None), None, None);
        self.sales.clear();
        self.rest = Claim::default();
    }
}

/// In what a file is written; the first letter beyond ASCII decides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// Nothing but ASCII so far.
    #[default]
    Ascii,
    /// UTF-8.
    Utf8,
    /// CP949, in which Korean spreadsheets save CSV.
    Cp949,
}

impl Encoding {
    /// Learns from a record, or refuses it.
    pub fn learn(&mut self, fields: Fields<'_>) -> Result<(), Why> {
        if fields.is_text() || fields.all().is_ascii() {
            return Ok(());
        }
        let utf8 = fields.each().all(|bytes| std::str::from_utf8(bytes).is_ok());
        let reads = |bytes| EUC_KR.decode_without_bom_handling_and_without_replacement(bytes).is_some();
        let korean = || fields.each().all(reads);
        match self {
            Self::Ascii if utf8 => *self = Self::Utf8,
            Self::Ascii if korean() => *self = Self::Cp949,
            Self::Utf8 if utf8 => {}
            Self::Cp949 if korean() => {}
            _ => return Err(Why::Encoding),
        }
        Ok(())
    }

    /// Returns a field as text, by way of `other` where it is none as it stands; a record
    /// that was learnt from has no field that is none at all.
    #[inline]
    pub fn decode<'t>(self, bytes: &'t [u8], other: &'t mut String) -> &'t str {
        match (self, std::str::from_utf8(bytes)) {
            (Self::Cp949, _) if !bytes.is_ascii() => {
                *other = EUC_KR.decode_without_bom_handling(bytes).0.into_owned();
                other.trim()
            }
            (_, Ok(text)) => text.trim(),
            (_, Err(_)) => {
                *other = String::from_utf8_lossy(bytes).into_owned();
                other.trim()
            }
        }
    }
}

/// Reads a record as a claim.
///
/// # Errors
///
/// Says why it is none.
pub fn read(
    fields: Fields<'_>,
    heads: &Heads,
    scheme: &Scheme,
    encoding: Encoding,
    row: &mut Row,
) -> Result<(), Reject> {
    row.clear();
    row.sales.resize(heads.calendar.len(), NO_RECORD);
    let mut other = String::new();
    if let Some(place) = heads.columns.iter().position(|holds| *holds == Holds::Field(Field::Id)) {
        row.id.push_str(field_text(fields, place, encoding, &mut other));
    }
    shape(fields, heads)?;
    let mut outages = Outages::default();
    for (place, holds) in heads.columns.iter().enumerate() {
        let text = field_text(fields, place, encoding, &mut other);
        let (read, any) = match holds {
            Holds::Field(field) if text.is_empty() && *field != Field::Papers => continue,
            Holds::Field(field) => (take(*field, text, scheme, row, &mut outages), field.is_text()),
            Holds::Sales(_) if text.is_empty() => continue,
            Holds::Sales(day) => {
                let sales = parse_amount(text).map_err(Why::Figure);
                (sales.map(|sales| row.sales[*day] = sales.0), false)
            }
            Holds::Nothing => (Ok(()), true),
        };
        // A figure or a time that was read has no such number in it.
        if any || read.is_err() {
            told(read, fields.get(place).unwrap_or_default(), heads, *holds, text)?;
        }
    }
    named(row)?;
    agree(row, outages, scheme)
}

/// Refuses a field in which the number of a person stands, or that could not be read.
fn told(
    read: Result<(), Why>,
    bytes: &[u8],
    heads: &Heads,
    holds: Holds,
    text: &str,
) -> Result<(), Reject> {
    if holds_resident_number(bytes) {
        return Err(Reject::row(Why::ResidentNumber));
    }
    read.map_err(|why| match holds {
        Holds::Field(field) => Reject::field(why, field, text),
        Holds::Sales(day) => {
            Reject { day: Some(heads.calendar[day].from), value: text.to_owned(), ..Reject::row(why) }
        }
        Holds::Nothing => Reject::row(why),
    })
}

/// Returns a field as text without the spaces around it.
#[inline]
fn field_text<'t>(fields: Fields<'t>, place: usize, encoding: Encoding, other: &'t mut String) -> &'t str {
    let Some(text) = fields.text(place) else {
        return encoding.decode(fields.get(place).unwrap_or_default(), other);
    };
    let inner = |byte: Option<&u8>| byte.is_some_and(|byte| *byte > b' ' && byte.is_ascii());
    let bytes = text.as_bytes();
    if inner(bytes.first()) && inner(bytes.last()) { text } else { text.trim() }
}

fn shape(fields: Fields<'_>, heads: &Heads) -> Result<(), Reject> {
    if fields.each().all(|bytes| bytes.iter().all(u8::is_ascii_whitespace)) {
        return Err(Reject::row(Why::Empty));
    }
    if fields.len() < heads.columns.len() {
        return Err(Reject::row(Why::FieldMissing));
    }
    if fields.len() > heads.columns.len() {
        return Err(Reject::row(Why::FieldTooMany));
    }
    let control = |byte: &u8| *byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r') || *byte == 0x7f;
    if !fields.is_text() && fields.all().iter().any(control) {
        return Err(Reject::row(Why::Control));
    }
    Ok(())
}

fn named(row: &Row) -> Result<(), Reject> {
    if row.id.is_empty() {
        return Err(Reject::row(Why::NoId));
    }
    let simple = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'/');
    if row.id.len() <= 64 && row.id.as_bytes()[0].is_ascii_alphanumeric() && row.id.bytes().all(simple) {
        return Ok(());
    }
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
    let starts = row.id.starts_with(|c: char| c.is_alphanumeric());
    if !starts || row.id.chars().count() > 64 || !row.id.chars().all(plain) {
        return Err(Reject::row(Why::BadId));
    }
    if matches!(row.id.as_str(), "합계" | "총합계" | "총계" | "소계" | "누계" | "total" | "Total" | "TOTAL")
    {
        return Err(Reject::row(Why::Total));
    }
    Ok(())
}

#[derive(Clone, Copy, Debug, Default)]
struct Outages {
    told: Option<i64>,
    differ: bool,
}

impl Outages {
    fn tell(&mut self, seconds: i64) {
        self.differ |= self.told.is_some_and(|told| told != seconds);
        self.told = Some(seconds);
    }
}

fn agree(row: &mut Row, mut outages: Outages, scheme: &Scheme) -> Result<(), Reject> {
    if let (Some(from), Some(to)) = row.outage_from_to {
        let seconds = to.seconds_since(from);
        if seconds < 0 {
            return Err(Reject::row(Why::EndBeforeStart));
        }
        outages.tell(seconds);
    }
    // Who does not say when is taken to have been without service throughout.
    let whole = (scheme.event.from, scheme.event.to);
    let silent = row.outage_from_to == (None, None) && outages.told.is_none();
    if let (Some(from), Some(to)) = if silent { whole } else { row.outage_from_to } {
        let hours = row.hours.and_then(|place| scheme.industry_hours.get(usize::from(place)));
        row.part = hours.and_then(|hours| hours.part(from, to));
    }
    if outages.differ {
        return Err(Reject::row(Why::TwoOutages));
    }
    row.rest.outage = outages.told;
    match (row.usual, row.outage_sales, row.loss) {
        (Some(usual), Some(outage), Some(loss)) if usual.0 - outage.0 != loss.0 => {
            Err(Reject::row(Why::TwoLosses))
        }
        _ => Ok(()),
    }
}

fn take(
    field: Field,
    text: &str,
    scheme: &Scheme,
    row: &mut Row,
    outages: &mut Outages,
) -> Result<(), Why> {
    let amount = || parse_amount(text).map_err(Why::Figure);
    let part = || parse_part(text).map_err(Why::Figure);
    match field {
        // The name was read before all else, so that whatever is refused can be found.
        Field::Id => {}
        Field::Name => row.name.push_str(text),
        Field::Business => row.business = Some(business(text)?),
        Field::Account => row.account.extend(text.chars().filter(|c| c.is_alphanumeric())),
        Field::PapersHash => row.papers_hash.push_str(&text.to_ascii_lowercase()),
        Field::Papers => row.rest.papers = Some(papers(text, scheme)?),
        Field::Class => {
            row.class.push_str(text);
            row.rest.class = class(text, scheme)?;
        }
        Field::Industry => {
            row.industry.push_str(text);
            if !scheme.sizes.is_empty() {
                row.rest.industry = scheme.industry(&text.to_lowercase());
            }
            row.hours = scheme.hours_of(text);
        }
        Field::Region => row.region.push_str(text),
        Field::Service => row.service.push_str(text),
        Field::UsualSales => row.usual = Some(amount()?),
        Field::OutageSales => row.outage_sales = Some(amount()?),
        Field::Loss => row.loss = Some(parse_won(text).map_err(Why::Figure)?),
        Field::Outage => outages.tell(duration(text)?),
        Field::OutageHours => outages.tell(counted(text, 3_600)?),
        Field::OutageDays => outages.tell(counted(text, 86_400)?),
        Field::OutageStart => row.outage_from_to.0 = Some(time(text)?),
        Field::OutageEnd => row.outage_from_to.1 = Some(time(text)?),
        Field::OutageOfMonth => row.rest.outage_of_month = Some(duration(text)?),
        Field::Fee => row.rest.fee = Some(amount()?),
        Field::AnnualSales => row.rest.annual_sales = Some(amount()?),
        Field::Margin => row.rest.margin = Some(parse_margin(text).map_err(Why::Figure)?),
        Field::FixedCosts => row.rest.fixed_costs = Some(part()?),
        Field::PlatformShare => row.rest.platform_share = Some(part()?),
        Field::Substitution => row.rest.substitution = Some(part()?),
        Field::Days => {
            let days = text.trim_end_matches('일').trim().parse().ok().filter(|days| *days <= 366);
            row.rest.days = Some(days.ok_or(Why::Days)?);
        }
        Field::Received => row.rest.received = Some(local_time(text)?.date()),
        Field::Assessed => row.rest.assessed = Some(amount()?),
    }
    Ok(())
}

fn business(text: &str) -> Result<[u8; 10], Why> {
    let mut digits = [0; 10];
    let mut found = 0;
    for c in text.chars().filter(|c| !matches!(c, '-' | ' ')) {
        let digit = c.to_digit(10).ok_or(Why::Business)?;
        *digits.get_mut(found).ok_or(Why::Business)? = digit as u8;
        found += 1;
    }
    if found == 10 { Ok(digits) } else { Err(Why::Business) }
}

fn class(text: &str, scheme: &Scheme) -> Result<Option<u8>, Why> {
    if scheme.classes.is_empty() {
        return Ok(None);
    }
    let same = |name: &str| name.eq_ignore_ascii_case(text);
    let found = scheme
        .classes
        .iter()
        .position(|class| same(&class.id) || same(&class.name.ko) || same(&class.name.en));
    found.map(|place| Some(place as u8)).ok_or(Why::Class)
}

/// Reads `1,2,4`, `①②④`, names of papers, or `all`.
fn papers(text: &str, scheme: &Scheme) -> Result<u32, Why> {
    let known = scheme.papers.len();
    if ["all", "전부", "모두"].contains(&text.to_ascii_lowercase().as_str()) {
        return Ok((1 << known) - 1);
    }
    let mut bits = 0;
    let mut word = String::new();
    let mut tell = |word: &mut String| {
        if !word.is_empty() {
            let place = match word.parse::<usize>() {
                Ok(number) if (1..=known).contains(&number) => Some(number - 1),
                Ok(_) => None,
                Err(_) => scheme
                    .papers
                    .iter()
                    .position(|paper| paper.id == *word || paper.name.ko.replace(' ', "") == *word),
            };
            bits |= 1_u32 << place.ok_or(Why::Paper)?;
            word.clear();
        }
        Ok(())
    };
    for c in text.chars() {
        match c {
            '①'..='⑳' => {
                tell(&mut word)?;
                word = (u32::from(c) - u32::from('①') + 1).to_string();
                tell(&mut word)?;
            }
            ',' | ';' | '/' | '+' | ' ' | '·' | '|' => tell(&mut word)?,
            c => word.push(c),
        }
    }
    tell(&mut word)?;
    Ok(bits)
}

/// The longest outage: a leap year.
const LONGEST: i64 = 366 * 86_400;

fn duration(text: &str) -> Result<i64, Why> {
    if text.starts_with(['-', '△']) {
        return Err(Why::Figure(Wrong::Negative));
    }
    if text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
        return Err(Why::NoUnit);
    }
    let hours = parse_duration(text).map_err(|_| Why::Duration)?;
    let seconds = (hours.0 * 3600.0).round();
    if seconds <= LONGEST as f64 { Ok(seconds as i64) } else { Err(Why::Duration) }
}

/// Reads a number of hours or days, to the nearest second.
fn counted(text: &str, of: i64) -> Result<i64, Why> {
    let number = text.trim_end_matches("시간").trim_end_matches(['h', '일', 'd']).trim();
    let (rate, percent): (Rate, bool) = parse_number(number).map_err(Why::Figure)?;
    if rate.is_negative() {
        return Err(Why::Figure(Wrong::Negative));
    }
    let seconds = (i128::from(rate.parts()) * i128::from(of) * 2 + i128::from(rate.of()))
        / (2 * i128::from(rate.of()));
    match i64::try_from(seconds) {
        Ok(seconds) if seconds <= LONGEST && !percent => Ok(seconds),
        _ => Err(Why::Duration),
    }
}

/// Reads a day, or a day with its time.
fn time(text: &str) -> Result<Moment, Why> {
    Moment::of(local_time(text)?).ok_or(Why::Day)
}

fn local_time(text: &str) -> Result<DateTime, Why> {
    if let Some(time) = plain_time(text.as_bytes()) {
        return Ok(time);
    }
    if let Ok(time) = text.parse::<DateTime>() {
        return Ok(time);
    }
    let parts: Vec<&str> =
        text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let eight;
    let parts = match parts.as_slice() {
        [whole] if whole.len() == 8 => {
            eight = [&whole[..4], &whole[4..6], &whole[6..]];
            &eight[..]
        }
        parts => parts,
    };
    let number =
        |place: usize| parts.get(place).map_or(Ok(0), |part| part.parse::<i8>().map_err(|_| Why::Day));
    if !(3..=6).contains(&parts.len()) || parts[0].len() != 4 {
        return Err(Why::Day);
    }
    let year = parts[0].parse().map_err(|_| Why::Day)?;
    let day = Date::new(year, number(1)?, number(2)?).map_err(|_| Why::Day)?;
    let time = jiff::civil::Time::new(number(3)?, number(4)?, number(5)?, 0).map_err(|_| Why::Day)?;
    Ok(day.to_datetime(time))
}

/// Reads `2022-10-15T15:30`, with seconds or without; whatever else is a time is read
/// elsewhere.
#[inline]
fn plain_time(text: &[u8]) -> Option<DateTime> {
    let (day, rest) = text.split_first_chunk()?;
    let (time, seconds) = rest.split_first_chunk()?;
    let (day, time) = (Eight::of(day, b"0000-00-"), Eight::of(time, b"00T00:00"));
    // A space stands for the T as well.
    let time = if time.byte(2) == b'T' ^ b' ' { Eight(time.0 & !(0xff << 16)) } else { time };
    if !(day.fits(b"9999-99-") && time.fits(b"99T99:99")) {
        return None;
    }
    let second = match *seconds {
        [] => 0,
        [b':', tens @ b'0'..=b'5', ones @ b'0'..=b'9'] => (10 * (tens - b'0') + ones - b'0') as i8,
        _ => return None,
    };
    let year = 100 * i16::from(day.two(0)) + i16::from(day.two(2));
    DateTime::new(year, day.two(5), time.two(0), time.two(3), time.two(6), second, 0).ok()
}

/// Eight characters less those of a pattern: digits become their values, and marks zero.
#[derive(Clone, Copy)]
struct Eight(u64);

impl Eight {
    #[inline]
    fn of(text: &[u8; 8], pattern: &[u8; 8]) -> Self {
        Self(u64::from_le_bytes(*text) ^ u64::from_le_bytes(*pattern))
    }

    #[inline]
    fn byte(self, place: u32) -> u8 {
        (self.0 >> (8 * place)) as u8
    }

    /// Returns whether digits stand at each 9 of a pattern and its marks elsewhere.
    #[inline]
    fn fits(self, pattern: &[u8; 8]) -> bool {
        let most = pattern.map(|byte| if byte == b'9' { 9 } else { 0 });
        let over = u64::from_le_bytes(most.map(|most| 0x7f - most));
        const HIGH: u64 = 0x8080_8080_8080_8080;
        // What is above the most reaches the highest bit of its byte.
        (self.0 | ((self.0 & !HIGH) + over)) & HIGH == 0
    }

    /// Returns the number of two digits.
    #[inline]
    fn two(self, place: u32) -> i8 {
        (10 * self.byte(place) + self.byte(place + 1)) as i8
    }
}

/// Returns whether a field holds `YYMMDD-GNNNNNN` of a person.
fn holds_resident_number(bytes: &[u8]) -> bool {
    bytes.len() >= 14
        && memchr::memchr(b'-', &bytes[6..]).is_some()
        && bytes.windows(14).enumerate().any(|(at, window)| {
            let digit = |place: usize| window[place].is_ascii_digit();
            let two = |place: usize| (window[place] - b'0') * 10 + window[place + 1] - b'0';
            window[6] == b'-'
                && (0..14).all(|place| place == 6 || digit(place))
                && (1..=12).contains(&two(2))
                && (1..=31).contains(&two(4))
                && (b'1'..=b'8').contains(&window[7])
                && !(at > 0 && bytes[at - 1].is_ascii_digit())
                && !bytes.get(at + 14).is_some_and(u8::is_ascii_digit)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plain_form_of_a_time_is_read_as_any_other_is() {
        let fits = ["2022-10-15T15:30", "2022-10-15 15:30", "2024-02-29T23:59", "2022-10-15T15:30:59"];
        for text in fits {
            assert_eq!(plain_time(text.as_bytes()), text.parse().ok(), "{text}");
        }
        // Each character in turn replaced by each other one.
        for text in fits {
            for place in 0..text.len() {
                for byte in 0..=0x7f_u8 {
                    let mut other = text.as_bytes().to_vec();
                    other[place] = byte;
                    let other = String::from_utf8(other).unwrap();
                    let known = |text: &str| text.parse::<DateTime>().ok();
                    if let Some(time) = plain_time(other.as_bytes()) {
                        assert_eq!(Some(time), known(&other), "{other}");
                    } else if byte.is_ascii_digit() {
                        assert_eq!(known(&other), None, "{other}");
                    }
                }
            }
        }
        for text in ["", "2022-10-15", "2022-10-15T15:3", "2022-10-15T15:30:", "2022-10-15T15:30:600"] {
            assert_eq!(plain_time(text.as_bytes()), None, "{text}");
        }
    }
}
