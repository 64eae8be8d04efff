//! Values of money: amounts, amounts that may be none or below zero, and levels of an index.

use toml::de::DeValue;

use super::text::{parse_duration, parse_money};
use super::{Fault, Kind, Value, exact, not_negative, number, wrong_type};
use crate::quantity::{Hours, Money};

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
