//! Values that are parts of something: shares, and parts that may be more than all of it.

use toml::de::DeValue;

use super::text::{self, parse_share};
use super::{Fault, Kind, Value, each, number, wrong_type};
use crate::quantity::Share;

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
