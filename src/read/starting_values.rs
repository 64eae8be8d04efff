//! Starting values: published factors and shapes that a scenario takes by name.

use std::sync::LazyLock;

use serde::Deserialize;

use super::value::parse_duration;
use crate::loss::{Band, Banded};
use crate::quantity::{Hours, Share};
use crate::scenario::Label;

/// A word in both languages, as the bundled files write it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    ko: String,
    en: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Factors {
    source: String,
    caution: Words,
    factor: Vec<Class>,
}

/// A class of occupancy and its recapture factor.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Class {
    class: String,
    label: Words,
    factor: f64,
}

/// A bundled recapture factor.
#[derive(Clone, Copy, Debug)]
pub(super) struct RecaptureFactor {
    class: &'static Class,
    all: &'static Factors,
}

impl RecaptureFactor {
    /// Returns the factor.
    pub fn factor(self) -> Share {
        Share::new(self.class.factor).unwrap_or(Share::NONE)
    }

    /// Returns the key of its source.
    pub fn source(self) -> &'static str {
        &self.all.source
    }

    /// Returns what must be said wherever it is used.
    pub fn caution(self) -> Label {
        let Class { class, label, factor } = self.class;
        let caution = &self.all.caution;
        Label {
            ko: format!("이연 회복 {factor} ({class} {}): {}", label.ko, caution.ko),
            en: format!("Recapture {factor} ({class}, {}): {}", label.en, caution.en),
        }
    }
}

fn factors() -> &'static Factors {
    static READ: LazyLock<Factors> = LazyLock::new(|| {
        toml::from_str(include_str!("../../data/recapture-hazus.toml")).expect("bundled recapture factors")
    });
    &READ
}

/// Returns a bundled recapture factor, such as `hazus:COM1`.
pub(super) fn recapture_factor(name: &str) -> Option<RecaptureFactor> {
    let all = factors();
    let class = all.factor.iter().find(|class| name == format!("hazus:{}", class.class))?;
    Some(RecaptureFactor { class, all })
}

/// Returns the names of all bundled recapture factors.
pub(super) fn recapture_names() -> Vec<String> {
    factors().factor.iter().map(|class| format!("hazus:{}", class.class)).collect()
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Functions {
    function: Vec<Function>,
}

/// A bundled damage function.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Function {
    id: String,
    #[serde(rename = "label")]
    _label: Words,
    money: String,
    unit: String,
    source: String,
    bands: Vec<Row>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    from: String,
    constant: f64,
    slope: f64,
    offset: String,
}

impl Function {
    /// Returns the currency in which it counts.
    pub fn money(&self) -> &str {
        &self.money
    }

    /// Returns what it counts by.
    pub fn unit(&self) -> &str {
        &self.unit
    }

    /// Returns the key of its source.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Returns its bands.
    ///
    /// # Panics
    ///
    /// If the bundled figures make none, which a test would have found.
    pub fn bands(&self) -> Banded {
        let hours = |text: &str| parse_duration(text).unwrap_or(Hours::ZERO);
        let band = |row: &Row| Band {
            from: hours(&row.from),
            constant: row.constant,
            slope: row.slope,
            offset: hours(&row.offset),
        };
        Banded::new(self.bands.iter().map(band).collect()).expect("bundled damage function")
    }
}

fn functions() -> &'static [Function] {
    static READ: LazyLock<Functions> = LazyLock::new(|| {
        toml::from_str(include_str!("../../data/damage-functions.toml")).expect("bundled damage functions")
    });
    &READ.function
}

/// Returns a bundled damage function, such as `kile:trade`.
pub(super) fn damage_function(name: &str) -> Option<&'static Function> {
    functions().iter().find(|function| function.id == name)
}

/// Returns the names of all bundled damage functions.
pub(super) fn damage_names() -> Vec<String> {
    functions().iter().map(|function| function.id.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::library;

    #[test]
    fn every_factor_is_a_share_and_cites_a_known_source() {
        assert_eq!(recapture_names().len(), 28);
        for name in recapture_names() {
            let factor = recapture_factor(&name).unwrap();
            assert_eq!(factor.factor().get(), factor.class.factor, "{name}");
            assert!(library::sources().contains_key(factor.source()));
        }
        assert_eq!(recapture_factor("hazus:COM1").unwrap().factor().get(), 0.87);
        assert!(recapture_factor("COM1").is_none());
    }

    #[test]
    fn the_published_functions_come_to_their_worked_figures() {
        for name in damage_names() {
            assert!(library::sources().contains_key(damage_function(&name).unwrap().source()), "{name}");
        }
        for (name, hours, cost) in [
            ("kile:trade", 0.5, 112.15),
            ("kile:trade", 2.0, 287.1),
            ("kile:trade", 6.0, 751.6),
            ("kile:trade", 10.0, 1238.8),
            ("kile:industry", 5.0, 420.6),
            ("kile:public", 0.01, 7.0),
        ] {
            let bands = damage_function(name).unwrap().bands();
            assert!((bands.of(Hours(hours)) - cost).abs() < 1e-9, "{name} {hours}");
        }
    }
}
