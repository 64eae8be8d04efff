//! Values as people write them: amounts, durations, shares, words.

mod finance;
mod money;
mod share;
mod text;
mod time;

pub use finance::{Day, MoneyOrShare, Ratio};
pub use money::{MoneyOrLoss, MoneyOrNone, Strike};
pub use share::{Factor, Part, Parts, Shares};
pub use text::{parse_duration, parse_money, parse_share};
pub use time::{HoursOfKey, HoursOrNone, LONGEST, Ladder, LocalTime, Opening, Past, Until};

use std::ops::Range;

use toml::de::{DeArray, DeValue};

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

impl Value for Vec<Label> {
    const KIND: Kind = Kind::LabelList;
    fn read(value: &DeValue<'_>) -> Result<Self, Fault> {
        each(value, "a list of labels", "[\"…\", { ko = \"…\", en = \"…\" }]", Label::read)
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
