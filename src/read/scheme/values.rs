//! Values of a scheme: whole won, exact rates, days, seconds.

use std::ops::RangeInclusive;

use jiff::civil::Date;
use toml::de::DeValue;

use super::super::exact::{Wrong, parse_amount, parse_number};
use super::super::section::{At, Section};
use super::super::value::{Day, Fault, Kind, Value};
use crate::quantity::{Hours, Met};
use crate::scheme::{Edge, End, Rate, Won};

/// Returns the digits of a number or the text of a string.
fn text(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.trim().to_owned()),
        DeValue::Integer(digits) if digits.radix() == 10 => Some(digits.as_str().replace('_', "")),
        DeValue::Float(digits) => Some(digits.as_str().replace('_', "")),
        _ => None,
    }
}

fn fault(text: &str, wrong: Wrong) -> Fault {
    let (message, mend) = wrong.words();
    Fault::new(format!("{text:?} {message}"), mend)
}

impl Value for Won {
    const KIND: Kind = Kind::Money;
    fn read(value: &DeValue<'_>) -> Result<Self, Fault> {
        let text =
            text(value).ok_or_else(|| Fault::new("expected an amount", "write 50_000 or \"5만\""))?;
        parse_amount(&text).map_err(|wrong| fault(&text, wrong))
    }
}

/// A factor above nothing, as its decimal digits say.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Times(pub Rate);

impl Value for Times {
    const KIND: Kind = Kind::Number;
    fn read(value: &DeValue<'_>) -> Result<Self, Fault> {
        let text = text(value).ok_or_else(|| Fault::new("expected a number", "write 10 or 0.8"))?;
        times(&text).map(Self)
    }
}

pub fn times(text: &str) -> Result<Rate, Fault> {
    let (rate, _) = parse_number(text).map_err(|wrong| fault(text, wrong))?;
    if rate.parts() > 0 {
        Ok(rate)
    } else {
        Err(Fault::new(format!("{text:?} leaves nothing to pay"), "give a number above 0"))
    }
}

/// Days of the calendar, both ends included.
pub fn days(section: &mut Section<'_>) -> Option<RangeInclusive<Date>> {
    let from = section.required::<Day>("from", "first day, such as \"2022-10-15\"");
    let to = section.required::<Day>("to", "last day, which counts too");
    let (from, to) = (from?, to?);
    if from.value.0 > to.value.0 {
        section.error(
            to.span,
            format!("{} is before {}", to.value.0, from.value.0),
            "put the days in order",
        );
        return None;
    }
    Some(from.value.0..=to.value.0)
}

/// An end under `up_to` or `below`; nothing where neither is given.
pub fn end<T: Value>(section: &mut Section<'_>, at: impl Fn(T) -> i64) -> Option<End> {
    let up_to = section.optional::<T>("up_to", "the band holds this and less (이하)");
    let below = section.optional::<T>("below", "the band holds less than this (미만)");
    if let (Some(_), Some(below)) = (&up_to, &below) {
        section.error(
            below.span.clone(),
            "a band ends at `up_to` or `below`, not at both",
            "leave one out",
        );
    }
    let end = |edge| move |found: At<T>| (found.value, edge);
    let (value, edge) = up_to.map(end(Edge::UpTo)).or_else(|| below.map(end(Edge::Below)))?;
    Some(End { at: at(value), edge })
}

/// A threshold under `more_than` or `at_least`, in seconds.
pub fn threshold(section: &mut Section<'_>) -> Option<(Met, i64)> {
    let more = section.optional::<Hours>("more_than", "longer than this (초과)");
    let least = section.optional::<Hours>("at_least", "this long or longer (이상)");
    match (more, least) {
        (Some(more), None) => Some((Met::MoreThan, seconds(more.value))),
        (None, Some(least)) => Some((Met::AtLeast, seconds(least.value))),
        _ => {
            let mend = "write { at_least = \"2h\" } or { more_than = \"3h\" }";
            section.error(section.head(), "a threshold is `more_than` or `at_least`, one of them", mend);
            None
        }
    }
}

/// Returns a duration in whole seconds.
pub fn seconds(hours: Hours) -> i64 {
    (hours.0 * 3600.0).round() as i64
}
