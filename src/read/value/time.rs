//! Values of time: durations, lists of them, moments and clock times.

use toml::de::DeValue;

use super::text::{self, parse_duration};
use super::{Fault, Kind, Value, describe, each, not_negative, number, wrong_type};
use crate::quantity::Hours;

impl Value for Hours {
    const KIND: Kind = Kind::Duration;
    fn read(value: &DeValue<'_>) -> Result<Self, Fault> {
        match value {
            DeValue::String(text) => parse_duration(text),
            DeValue::Integer(_) | DeValue::Float(_) => {
                let text = describe(value);
                let digits = text.trim_start_matches("the number ");
                Err(Fault::new(
                    format!("{text} has no unit of time"),
                    format!("write \"{digits}h\" for hours or \"{digits}d\" for days"),
                ))
            }
            other => Err(wrong_type(other, "a duration", "\"12h\", \"3d\" or \"127h30m\"")),
        }
    }
}

/// A duration under a key that names its unit, `hours`: a bare number will do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HoursOfKey(pub Hours);

impl Value for HoursOfKey {
    const KIND: Kind = Kind::Hours;
    fn read(value: &DeValue<'_>) -> Result<Self, Fault> {
        match number(value) {
            Some(hours) => not_negative(hours?, "the number of hours").map(|hours| Self(Hours(hours))),
            None => Hours::read(value).map(Self),
        }
    }
}

/// A duration, or the word `none` for no end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HoursOrNone(pub Option<Hours>);

impl Value for HoursOrNone {
    const KIND: Kind = Kind::DurationOrNone;
    fn read(value: &DeValue<'_>) -> Result<Self, Fault> {
        if value.as_str() == Some("none") {
            Ok(Self(None))
        } else {
            Hours::read(value).map(|h| Self(Some(h)))
        }
    }
}

/// Durations of past outages: in a list, or in a file.
#[derive(Clone, Debug, PartialEq)]
pub enum Past {
    /// They stand here.
    Listed(Vec<Hours>),
    /// They stand in a file of this name.
    File(String),
}

impl Value for Past {
    const KIND: Kind = Kind::DurationsOrFile;
    fn read(value: &DeValue<'_>) -> Result<Self, Fault> {
        if value.is_str() {
            return String::read(value).map(Self::File);
        }
        let example = "[\"4h\", \"12h 30m\"] or the name of a file, \"outages.csv\"";
        each(value, "durations or a file of them", example, Hours::read).map(Self::Listed)
    }
}

/// Durations to project: each above nothing and at most a leap year.
#[derive(Clone, Debug, PartialEq)]
pub struct Ladder(pub Vec<Hours>);

/// The longest outage that can be projected: a leap year.
pub const LONGEST: Hours = Hours(366.0 * 24.0);

impl Value for Ladder {
    const KIND: Kind = Kind::DurationList;
    fn read(value: &DeValue<'_>) -> Result<Self, Fault> {
        let durations = each(value, "a list of durations", "[\"4h\", \"24h\", \"127h30m\"]", |item| {
            let hours = Hours::read(item)?;
            if hours > Hours::ZERO && hours <= LONGEST {
                return Ok(hours);
            }
            let message = format!("an outage of {} cannot be projected", describe(item));
            Err(Fault::new(message.replace("the text ", ""), "give more than 0 and at most 366 days"))
        })?;
        if durations.is_empty() {
            return Err(Fault::new(
                "there is no duration to project",
                "give at least one, such as [\"24h\"]",
            ));
        }
        Ok(Self(durations))
    }
}

/// A moment of the outage, or its end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Until {
    After(Hours),
    End,
}

impl Value for Until {
    const KIND: Kind = Kind::Until;
    fn read(value: &DeValue<'_>) -> Result<Self, Fault> {
        if value.as_str() == Some("end") { Ok(Self::End) } else { Hours::read(value).map(Self::After) }
    }
}

/// Opening times of a day, in minutes of it: pairs of an opening and a closing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Opening(pub Vec<(u16, u16)>);

impl Value for Opening {
    const KIND: Kind = Kind::Opening;
    fn read(value: &DeValue<'_>) -> Result<Self, Fault> {
        let example = "[\"09:00\", \"18:00\"]";
        let times = each(value, "a list of clock times", example, |item| match item.as_str() {
            Some(text) => text::parse_clock(text),
            None => Err(wrong_type(item, "a clock time", "\"09:00\"")),
        })?;
        if times.is_empty() || times.len() % 2 == 1 {
            return Err(Fault::new("each opening needs its closing", format!("write {example}")));
        }
        Ok(Self(times.chunks(2).map(|pair| (pair[0], pair[1])).collect()))
    }
}

/// A local time, with or without an offset from UTC.
#[derive(Clone, Debug, PartialEq)]
pub struct LocalTime(pub String);

impl Value for LocalTime {
    const KIND: Kind = Kind::LocalTime;
    fn read(value: &DeValue<'_>) -> Result<Self, Fault> {
        match value {
            DeValue::String(text) => Ok(Self(text.trim().to_owned())),
            DeValue::Datetime(time) => Ok(Self(time.to_string())),
            other => Err(wrong_type(other, "a local time", "\"2022-10-15T15:30\"")),
        }
    }
}
