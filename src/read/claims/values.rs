//! Values: what a field of a claim says, once it is text.

use super::super::exact::{Wrong, parse_amount, parse_margin, parse_number, parse_part, parse_won};
use super::super::value::parse_duration;
use super::heads::Field;
use super::reject::Why;
use super::row::{Outages, Row};
use super::time::{local_time, time};
use crate::scheme::{Rate, Scheme};

/// Takes the text of a field into a row.
pub fn take(
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

pub fn class(text: &str, scheme: &Scheme) -> Result<Option<u8>, Why> {
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

/// Returns whether a field holds `YYMMDD-GNNNNNN` of a person.
pub fn holds_resident_number(bytes: &[u8]) -> bool {
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
