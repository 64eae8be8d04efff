//! Values as people write them: amounts, durations, shares, words.

mod finance;
mod text;

pub use finance::{Day, MoneyOrShare, Ratio};
pub use text::{parse_duration, parse_money, parse_share};

use std::ops::Range;

use toml::de::{DeArray, DeValue};

use crate::quantity::{Hours, Money, Share};
use crate::scenario::Label;

/// What is wrong with a value, and how to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub mend: String,
    /// The part of the value that is at fault, where that is smaller than all.
    pub span: Option<Range<usize>>,
}

impl Fault {
    /// A fault with its mend.
    pub fn new(message: impl Into<String>, mend: impl Into<String>) -> Self {
        Self { message: message.into(), mend: mend.into(), span: None }
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}; {}", self.message, self.mend)
    }
}

/// The kind of a value, for messages and for the JSON Schema.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    Text,
    TextList,
    Label,
    LabelList,
    Flag,
    /// The version of the format.
    Version,
    Count,
    Money,
    MoneyOrNone,
    Duration,
    Hours,
    DurationOrNone,
    /// A duration or an amount, by what an index reads.
    Strike,
    DurationList,
    /// Durations, or a file of them.
    DurationsOrFile,
    MoneyOrShare,
    Share,
    Ratio,
    Number,
    Day,
    MoneyOrLoss,
    Opening,
    Part,
    Parts,
    NumberList,
    Signed,
    SignedList,
    Factor,
    LocalTime,
    Choice(Vec<&'static str>),
    ChoiceList(Vec<&'static str>),
    Shares,
    Until,
    /// A plain value, or a section that says more.
    Either(Box<Kind>, Vec<super::section::Key>),
    Section(Vec<super::section::Key>),
    Sections(Vec<super::section::Key>),
    /// One section, or a list of such as have more to say.
    OneOrSeveral(Vec<super::section::Key>, Vec<super::section::Key>),
    Map(Vec<super::section::Key>),
}

/// A value that a scenario file can hold.
pub trait Value: Sized {
    /// Its kind.
    const KIND: Kind;
    /// Reads it.
    fn read(value: &DeValue<'_>) -> Result<Self, Fault>;
    /// Returns it in home money, of which one foreign unit is `rate`; what holds no
    /// amount stays as it is.
    #[must_use]
    fn at_rate(self, _rate: f64) -> Self {
        self
    }
}

fn wrong_type(value: &DeValue<'_>, expected: &str, example: &str) -> Fault {
    Fault::new(format!("expected {expected}, found {}", describe(value)), format!("write {example}"))
}

fn describe(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => format!("the text {text:?}"),
        DeValue::Integer(number) => format!("the number {number}"),
        DeValue::Float(number) => format!("the number {number}"),
        DeValue::Boolean(flag) => format!("{flag}"),
        DeValue::Datetime(time) => format!("the time {time}"),
        DeValue::Array(_) => "a list".into(),
        DeValue::Table(_) => "a table".into(),
    }
}

/// Amounts beyond this are not exact to the unit.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Refuses an amount that is not finite or not exact to the unit.
fn exact(number: f64, text: &str) -> Result<f64, Fault> {
    if number.is_nan() || text.contains("inf") {
        Err(Fault::new(format!("{text} is not a number to reckon with"), "give a finite number"))
    } else if number.abs() > EXACT {
        let mend = "give less than 9,007,199,254,740,992; is the unit right?";
        Err(Fault::new(format!("{text} is too large to be exact"), mend))
    } else {
        Ok(number)
    }
}

/// Returns a TOML number that is finite.
fn number(value: &DeValue<'_>) -> Option<Result<f64, Fault>> {
    let (text, number) = match value {
        DeValue::Integer(digits) => {
            let number = i128::from_str_radix(&digits.as_str().replace('_', ""), digits.radix());
            (digits.to_string(), number.map_or(f64::INFINITY, |number| number as f64))
        }
        DeValue::Float(digits) => {
            (digits.to_string(), digits.as_str().replace('_', "").parse().unwrap_or(f64::NAN))
        }
        _ => return None,
    };
    Some(exact(number, &text))
}

fn not_negative(number: f64, what: &str) -> Result<f64, Fault> {
    if number >= 0.0 {
        Ok(number)
    } else {
        Err(Fault::new(format!("{what} is {number}; it cannot be negative"), "give 0 or more"))
    }
}

impl Value for String {
    const KIND: Kind = Kind::Text;
    fn read(value: &DeValue<'_>) -> Result<Self, Fault> {
        match value.as_str() {
            Some(text) if !text.trim().is_empty() => Ok(text.to_owned()),
            Some(_) => Err(Fault::new("the text is empty", "write a word, or leave the key out")),
            None => Err(wrong_type(value, "text", "\"…\"")),
        }
    }
}

impl Value for bool {
    const KIND: Kind = Kind::Flag;
    fn read(value: &DeValue<'_>) -> Result<Self, Fault> {
        value.as_bool().ok_or_else(|| wrong_type(value, "true or false", "true or false"))
    }
}

fn whole(value: &DeValue<'_>) -> Result<u32, Fault> {
    let count = value.as_integer().and_then(|n| n.as_str().replace('_', "").parse().ok());
    count.ok_or_else(|| wrong_type(value, "a whole number", "a whole number such as 1"))
}

impl Value for u32 {
    const KIND: Kind = Kind::Count;
    fn read(value: &DeValue<'_>) -> Result<Self, Fault> {
        whole(value)
    }
}

/// The version of the format in which a file is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Version(pub u32);

impl Value for Version {
    const KIND: Kind = Kind::Version;
    fn read(value: &DeValue<'_>) -> Result<Self, Fault> {
        whole(value).map(Self)
    }
}

impl Value for f64 {
    const KIND: Kind = Kind::Number;
    fn read(value: &DeValue<'_>) -> Result<Self, Fault> {
        let read =
            number(value).unwrap_or_else(|| Err(wrong_type(value, "a number", "a number such as 5")));
        not_negative(read?, "the number")
    }
}

impl Value for Label {
    const KIND: Kind = Kind::Label;
    fn read(value: &DeValue<'_>) -> Result<Self, Fault> {
        let example = "\"…\" or { ko = \"…\", en = \"…\" }";
        match value {
            DeValue::String(text) => Ok(Label::same(text)),
            DeValue::Table(table) => {
                let word = |key: &str| table.get(key).and_then(|word| word.get_ref().as_str());
                match (word("ko"), word("en"), table.len()) {
                    (Some(ko), Some(en), 2) => Ok(Label { ko: ko.into(), en: en.into() }),
                    _ => Err(Fault::new(
                        "a label needs ko and en, and nothing else",
                        format!("write {example}"),
                    )),
                }
            }
            _ => Err(wrong_type(value, "a label", example)),
        }
    }
}

/// An amount of the books that is below zero for a loss.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MoneyOrLoss(pub Money);

impl Value for MoneyOrLoss {
    const KIND: Kind = Kind::MoneyOrLoss;
    fn read(value: &DeValue<'_>) -> Result<Self, Fault> {
        let amount = match value {
            DeValue::String(text) => exact(parse_money(text)?, &format!("{text:?}"))?,
            other => number(other)
                .unwrap_or_else(|| Err(wrong_type(other, "an amount", "500_000_000 or \"-5억\"")))?,
        };
        Ok(Self(Money(amount)))
    }
    fn at_rate(self, rate: f64) -> Self {
        Self(Money(self.0.0 * rate))
    }
}

impl Value for Money {
    const KIND: Kind = Kind::Money;
    fn read(value: &DeValue<'_>) -> Result<Self, Fault> {
        let amount = match value {
            DeValue::String(text) => exact(parse_money(text)?, &format!("{text:?}"))?,
            other => number(other)
                .unwrap_or_else(|| Err(wrong_type(other, "an amount", "500_000_000 or \"5억\"")))?,
        };
        not_negative(amount, "the amount").map(Money)
    }
    fn at_rate(self, rate: f64) -> Self {
        Self(self.0 * rate)
    }
}

/// An amount, or the word `none` for no limit at all.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MoneyOrNone(pub Option<Money>);

impl Value for MoneyOrNone {
    const KIND: Kind = Kind::MoneyOrNone;
    fn read(value: &DeValue<'_>) -> Result<Self, Fault> {
        if value.as_str() == Some("none") {
            Ok(Self(None))
        } else {
            Money::read(value).map(|m| Self(Some(m)))
        }
    }
    fn at_rate(self, rate: f64) -> Self {
        Self(self.0.map(|amount| amount.at_rate(rate)))
    }
}

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

/// A level of an index: hours, or an amount.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Strike {
    Hours(Hours),
    Amount(Money),
}

impl Value for Strike {
    const KIND: Kind = Kind::Strike;
    fn read(value: &DeValue<'_>) -> Result<Self, Fault> {
        let hours = value.as_str().and_then(|text| parse_duration(text).ok());
        match hours {
            Some(hours) => Ok(Self::Hours(hours)),
            None => Money::read(value).map(Self::Amount).map_err(|fault| Fault {
                mend: "write hours, such as \"8h\", or an amount, such as 500_000_000".into(),
                ..fault
            }),
        }
    }
}

impl Value for Share {
    const KIND: Kind = Kind::Share;
    fn read(value: &DeValue<'_>) -> Result<Self, Fault> {
        match value {
            DeValue::String(text) => parse_share(text),
            other => {
                let number =
                    number(other).unwrap_or_else(|| Err(wrong_type(other, "a share", "\"10%\" or 0.1")))?;
                text::share(number, &number.to_string())
            }
        }
    }
}

/// Reads each element of a list, and finds the first fault with its place.
fn each<T>(
    value: &DeValue<'_>,
    what: &str,
    example: &str,
    read: impl Fn(&DeValue<'_>) -> Result<T, Fault>,
) -> Result<Vec<T>, Fault> {
    let list: &DeArray<'_> = value.as_array().ok_or_else(|| wrong_type(value, what, example))?;
    let at = |item: &toml::Spanned<DeValue<'_>>| {
        read(item.get_ref()).map_err(|fault| Fault { span: Some(item.span()), ..fault })
    };
    list.iter().map(at).collect()
}

impl Value for Vec<String> {
    const KIND: Kind = Kind::TextList;
    fn read(value: &DeValue<'_>) -> Result<Self, Fault> {
        each(value, "a list of words", "[\"…\", \"…\"]", String::read)
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

impl Value for Vec<Label> {
    const KIND: Kind = Kind::LabelList;
    fn read(value: &DeValue<'_>) -> Result<Self, Fault> {
        each(value, "a list of labels", "[\"…\", { ko = \"…\", en = \"…\" }]", Label::read)
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

/// A plain number of 0 or more, under a key that names its unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Number(pub f64);

impl Value for Number {
    const KIND: Kind = Kind::Number;
    fn read(value: &DeValue<'_>) -> Result<Self, Fault> {
        let number =
            number(value).unwrap_or_else(|| Err(wrong_type(value, "a number", "a number such as 12")));
        not_negative(number?, "the number").map(Self)
    }
}

impl Value for Vec<f64> {
    const KIND: Kind = Kind::NumberList;
    fn read(value: &DeValue<'_>) -> Result<Self, Fault> {
        each(value, "a list of numbers", "[1, 2, 3]", |item| {
            number(item).unwrap_or_else(|| Err(wrong_type(item, "a number", "a number")))
        })
    }
}

/// A coefficient, which may be below zero.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Signed(pub f64);

impl Value for Signed {
    const KIND: Kind = Kind::Signed;
    fn read(value: &DeValue<'_>) -> Result<Self, Fault> {
        number(value)
            .unwrap_or_else(|| Err(wrong_type(value, "a number", "a number such as -0.5")))
            .map(Self)
    }
}

impl Value for Vec<Signed> {
    const KIND: Kind = Kind::SignedList;
    fn read(value: &DeValue<'_>) -> Result<Self, Fault> {
        each(value, "a list of numbers", "[0.5, 0.1, 0]", Signed::read)
    }
}

/// A share of lost revenue, or the name of a bundled one.
#[derive(Clone, Debug, PartialEq)]
pub enum Factor {
    Share(Share),
    Bundled(String),
}

impl Value for Factor {
    const KIND: Kind = Kind::Factor;
    fn read(value: &DeValue<'_>) -> Result<Self, Fault> {
        match value.as_str() {
            Some(name) if name.contains(':') => Ok(Self::Bundled(name.trim().to_owned())),
            _ => Share::read(value).map(Self::Share),
        }
    }
}

/// One word or several.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Words(pub Vec<String>);

impl Value for Words {
    const KIND: Kind = Kind::TextList;
    fn read(value: &DeValue<'_>) -> Result<Self, Fault> {
        match value {
            DeValue::String(_) => String::read(value).map(|word| Self(vec![word])),
            _ => Vec::read(value).map(Self),
        }
    }
}

/// Shares under names of the writer's own, in the file's order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shares(pub Vec<(String, Share)>);

impl Value for Shares {
    const KIND: Kind = Kind::Shares;
    fn read(value: &DeValue<'_>) -> Result<Self, Fault> {
        let example = "{ \"Insurer A\" = \"60%\", \"Insurer B\" = \"40%\" }";
        let table =
            value.as_table().ok_or_else(|| wrong_type(value, "names with their shares", example))?;
        let read = |(name, share): (&toml::Spanned<_>, &toml::Spanned<DeValue<'_>>)| {
            let name: &std::borrow::Cow<'_, str> = name.get_ref();
            let at = |fault| Fault { span: Some(share.span()), ..fault };
            Ok((name.to_string(), Share::read(share.get_ref()).map_err(at)?))
        };
        table.iter().map(read).collect::<Result<_, _>>().map(Self)
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

/// Parts of an amount, which may be more than all of it: `"125%"`.
#[derive(Clone, Debug, PartialEq)]
pub struct Parts(pub Vec<f64>);

impl Value for Parts {
    const KIND: Kind = Kind::Parts;
    fn read(value: &DeValue<'_>) -> Result<Self, Fault> {
        each(value, "a list of parts", "[\"100%\"]", |item| Part::read(item).map(|part| part.0)).map(Self)
    }
}

/// A part of an amount, which may be more than all of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part(pub f64);

impl Value for Part {
    const KIND: Kind = Kind::Part;
    fn read(value: &DeValue<'_>) -> Result<Self, Fault> {
        let percent = value.as_str().and_then(|text| text.trim().strip_suffix('%'));
        let Some(digits) = percent else { return Share::read(value).map(|share| Self(share.get())) };
        match digits.trim().parse::<f64>() {
            Ok(number) if number.is_finite() && number >= 0.0 => Ok(Self(number / 100.0)),
            _ => Err(Fault::new(format!("{digits:?}% is not a part of an amount"), "write \"105%\"")),
        }
    }
}
