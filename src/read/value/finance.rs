//! Values of money markets: ratios, rates, days, terms in months.

use jiff::civil::Date;
use toml::de::DeValue;

use super::{Fault, Kind, Value, not_negative, number, wrong_type};
use crate::quantity::{Money, Months, Share};

/// A load on losses: a number, or a quotient such as `"100/70"`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ratio(pub f64);

impl Value for Ratio {
    const KIND: Kind = Kind::Ratio;
    fn read(value: &DeValue<'_>) -> Result<Self, Fault> {
        let example = "\"100/70\" or 1.25";
        let Some(text) = value.as_str() else {
            let plain = number(value).unwrap_or_else(|| Err(wrong_type(value, "a ratio", example)))?;
            return not_negative(plain, "the ratio").map(Self);
        };
        let parts: Option<Vec<f64>> = text.split('/').map(|part| part.trim().parse().ok()).collect();
        match parts.as_deref() {
            Some([over, under])
                if over.is_finite() && *over >= 0.0 && under.is_finite() && *under > 0.0 =>
            {
                Ok(Self(over / under))
            }
            _ => Err(Fault::new(format!("{text:?} is not a ratio"), format!("write {example}"))),
        }
    }
}

/// An amount, or a part of a base that stands beside it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum MoneyOrShare {
    Money(Money),
    Share(Share),
}

impl Value for MoneyOrShare {
    const KIND: Kind = Kind::MoneyOrShare;
    fn read(value: &DeValue<'_>) -> Result<Self, Fault> {
        match value.as_str() {
            Some(text) if text.contains('%') => Share::read(value).map(Self::Share),
            _ => Money::read(value).map(Self::Money),
        }
    }
    fn at_rate(self, rate: f64) -> Self {
        match self {
            Self::Money(amount) => Self::Money(amount.at_rate(rate)),
            Self::Share(_) => self,
        }
    }
}

impl Value for Months {
    const KIND: Kind = Kind::Number;
    fn read(value: &DeValue<'_>) -> Result<Self, Fault> {
        let example = "a number of months such as 9";
        let read = number(value).unwrap_or_else(|| Err(wrong_type(value, "a number of months", example)));
        not_negative(read?, "the number of months").map(Self)
    }
}

/// A day, without an hour.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Day(pub Date);

impl Value for Day {
    const KIND: Kind = Kind::Day;
    fn read(value: &DeValue<'_>) -> Result<Self, Fault> {
        let example = "\"2026-01-31\"";
        let text = match value {
            DeValue::String(text) => text.trim().to_owned(),
            DeValue::Datetime(day) => day.to_string(),
            other => return Err(wrong_type(other, "a day", example)),
        };
        let day = Some(text.as_str()).filter(|text| text.len() == 10).and_then(|text| text.parse().ok());
        day.map(Self)
            .ok_or_else(|| Fault::new(format!("{text:?} is not a day"), format!("write {example}")))
    }
}
