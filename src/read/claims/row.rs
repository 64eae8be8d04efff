//! Rows: one claim out of the fields of a record.

use super::super::exact::parse_amount;
use super::encoding::Encoding;
use super::heads::{Field, Heads, Holds};
use super::lines::Fields;
use super::reject::{Reject, Why};
use super::values::{class, holds_resident_number, take};
use crate::scheme::{Claim, Moment, NO_RECORD, Rate, Sales, Scheme, Won};

/// One claim as its row gives it; the texts and figures are written over by the next.
#[derive(Clone, Debug, Default, PartialEq)]
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
    pub(super) hours: Option<u8>,
    /// The part of a week's sales that falls into the outage by those hours.
    part: Option<Rate>,
    /// Everything else, with sales unknown.
    pub(super) rest: Claim<'static>,
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

    /// Takes the text of a day's sales.
    pub(super) fn take_sales(&mut self, day: usize, text: &str) -> Result<(), Why> {
        self.sales[day] = parse_amount(text).map_err(Why::Figure)?.0;
        Ok(())
    }

    pub(super) fn clear(&mut self) {
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
            Holds::Sales(day) => (row.take_sales(*day, text), false),
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
pub(super) fn told(
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
    if !fields.is_text() && fields.all().iter().copied().any(is_control) {
        return Err(Reject::row(Why::Control));
    }
    Ok(())
}

/// Returns whether no text has this byte.
pub(super) fn is_control(byte: u8) -> bool {
    byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r') || byte == 0x7f
}

pub(super) fn named(row: &Row) -> Result<(), Reject> {
    if row.id.is_empty() {
        return Err(Reject::row(Why::NoId));
    }
    if matches!(row.id.as_str(), "합계" | "총합계" | "총계" | "소계" | "누계" | "total" | "Total" | "TOTAL")
    {
        return Err(Reject::row(Why::Total));
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
    Ok(())
}

/// How long the service was away, in as many columns as tell it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Outages {
    told: Option<i64>,
    differ: bool,
}

impl Outages {
    pub(super) fn tell(&mut self, seconds: i64) {
        self.differ |= self.told.is_some_and(|told| told != seconds);
        self.told = Some(seconds);
    }
}

pub(super) fn agree(row: &mut Row, mut outages: Outages, scheme: &Scheme) -> Result<(), Reject> {
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
