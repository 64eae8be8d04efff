//! Where the numbers of a case's scenario come from: figures, or assumptions of ours.

use toml::Value;

use super::{Case, Factor, Input};
use crate::quantity::Hours;
use crate::read::value::{parse_duration, parse_money, parse_share};

/// A value of a scenario beside the figures that it is to be made of.
#[derive(Clone, Debug, PartialEq)]
pub struct Traced<'c> {
    /// The input.
    pub input: &'c Input,
    /// What the scenario has there.
    pub used: Option<f64>,
    /// What the figures make.
    pub made: Option<f64>,
}

impl Traced<'_> {
    /// Returns whether the scenario uses what the figures make, to nine digits.
    #[must_use]
    pub fn agrees(&self) -> bool {
        let near = |(used, made): (f64, f64)| (used - made).abs() <= 1e-9 * made.abs().max(1.0);
        self.used.zip(self.made).is_some_and(near)
    }
}

impl Case {
    /// Returns each input with the value that the scenario has and the one that the
    /// figures make.
    #[must_use]
    pub fn traced(&self) -> Vec<Traced<'_>> {
        let inputs = self.inputs.iter();
        inputs.map(|input| Traced { input, used: self.used(&input.key), made: self.made(input) }).collect()
    }

    /// Returns the number that the scenario has at a path: hours, money, or a part of one.
    #[must_use]
    pub fn used(&self, path: &str) -> Option<f64> {
        let file = toml::from_str::<Value>(&self.scenario).ok()?;
        number(at(&file, &path.split('.').collect::<Vec<_>>())?)
    }

    /// Returns a value of the scenario as it is written there, but for numbers.
    #[must_use]
    pub fn written(&self, path: &str) -> Option<String> {
        let file = toml::from_str::<Value>(&self.scenario).ok()?;
        at(&file, &path.split('.').collect::<Vec<_>>())?.as_str().map(str::to_owned)
    }

    /// Returns the paths of numbers in the scenario that are neither traced to a
    /// figure nor called an assumption. Nothing (0) needs no source.
    #[must_use]
    pub fn untraced(&self) -> Vec<String> {
        let mut found = Vec::new();
        if let Ok(file) = toml::from_str::<Value>(&self.scenario) {
            for part in ["outage", "line", "outflow", "cover", "supplier"] {
                if let Some(value) = file.get(part) {
                    numbers(value, part, &mut found);
                }
            }
        }
        let known = |path: &String| {
            self.inputs.iter().any(|input| input.key == *path) || self.assumed.contains(path)
        };
        found.retain(|path| !known(path));
        found
    }

    fn made(&self, input: &Input) -> Option<f64> {
        let product = |factors: &[Factor]| {
            factors.iter().try_fold(1.0, |product, factor| Some(product * self.value(factor)?))
        };
        Some(product(&input.times)? / product(&input.over)?)
    }

    /// Returns the value of a factor.
    #[must_use]
    pub fn value(&self, factor: &Factor) -> Option<f64> {
        match factor {
            Factor::Number(number) => Some(*number),
            Factor::Figure(name) => match name.strip_suffix(".up_to") {
                Some(name) => self.figure(name)?.up_to,
                None => Some(self.figure(name)?.value),
            },
        }
    }
}

/// Finds a value by its path; a part of a list by its id, or by its place.
fn at<'v>(value: &'v Value, path: &[&str]) -> Option<&'v Value> {
    let Some((first, rest)) = path.split_first() else { return Some(value) };
    let next = match value {
        Value::Array(parts) => parts
            .iter()
            .find(|part| part.get("id").and_then(Value::as_str) == Some(first))
            .or_else(|| parts.get(first.parse::<usize>().ok()?))?,
        table => table.get(first)?,
    };
    at(next, rest)
}

/// Reads a value as a number: of hours, of money, or a part of one.
fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Integer(whole) => Some(*whole as f64),
        Value::Float(number) => Some(*number),
        Value::String(text) => {
            let hours = parse_duration(text).map(|Hours(hours)| hours).ok();
            let share = || parse_share(text).map(|share| share.get()).ok();
            hours.or_else(share).or_else(|| parse_money(text).ok())
        }
        _ => None,
    }
}

/// Notes the path of each number that is not 0.
fn numbers(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::Table(table) => {
            for (key, value) in table {
                numbers(value, &format!("{path}.{key}"), found);
            }
        }
        Value::Array(parts) => {
            for (place, part) in parts.iter().enumerate() {
                let id = part.get("id").and_then(Value::as_str);
                let name = id.map_or_else(|| place.to_string(), str::to_owned);
                numbers(part, &format!("{path}.{name}"), found);
            }
        }
        other => {
            if number(other).is_some_and(|number| number != 0.0) {
                found.push(path.to_owned());
            }
        }
    }
}
