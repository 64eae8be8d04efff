//! The bundled library: scenarios, shapes of the week, and sources.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::profile::WeekShape;
use crate::scenario::Label;

/// The scenario that a command runs when it is given none.
pub const DEFAULT_SCENARIO: &str = "kakao-2022";

/// A commented scenario to start one's own from.
pub const STARTER: &str = include_str!("../../data/scenarios/starter.toml");

macro_rules! scenarios {
    ($($name:literal),+ $(,)?) => {
        /// Bundled scenarios, by name, in the order in which they are listed.
        pub const SCENARIOS: [(&str, &str); [$($name),+].len()] =
            [$(($name, include_str!(concat!("../../data/scenarios/", $name, ".toml")))),+];
    };
}

scenarios![
    "kakao-2022",
    "kakao-2022-tower",
    "kakao-2022-wide",
    "kakao-2022-narrow",
    "kakao-2022-login",
    "kakao-2022-merchants",
    "kakao-2022-merchants-first",
    "naver-2022",
    "sk-cnc-2022",
    "samsung-sds-2014",
    "morgan-stanley-2001",
    "kt-ahyeon-2018",
    "kt-2021",
    "delta-2024",
    "ovh-2021",
    "ms-2025",
    "aws-2025",
    "starter",
];

/// Bundled compensation schemes, by name.
pub const SCHEMES: [(&str, &str); 13] = [
    ("kakao-1015-2022", include_str!("../../data/schemes/kakao-1015-2022.toml")),
    ("kakao-1015-2022-below", include_str!("../../data/schemes/kakao-1015-2022-below.toml")),
    ("kakao-channel-cash-2022", include_str!("../../data/schemes/kakao-channel-cash-2022.toml")),
    ("kakao-mobility-2022", include_str!("../../data/schemes/kakao-mobility-2022.toml")),
    ("kt-ahyeon-2018", include_str!("../../data/schemes/kt-ahyeon-2018.toml")),
    ("kt-2021", include_str!("../../data/schemes/kt-2021.toml")),
    ("kt-2024", include_str!("../../data/schemes/kt-2024.toml")),
    ("telecom-terms-2022-06", include_str!("../../data/schemes/telecom-terms-2022-06.toml")),
    ("telecom-terms-2022-07", include_str!("../../data/schemes/telecom-terms-2022-07.toml")),
    (
        "telecom-gross-negligence-2023",
        include_str!("../../data/schemes/telecom-gross-negligence-2023.toml"),
    ),
    ("loss-compensation-2021-q3", include_str!("../../data/schemes/loss-compensation-2021-q3.toml")),
    ("loss-compensation-2021-q4", include_str!("../../data/schemes/loss-compensation-2021-q4.toml")),
    ("loss-compensation-2022-q1", include_str!("../../data/schemes/loss-compensation-2022-q1.toml")),
];

/// Bundled populations of merchants, by name.
pub const POPULATIONS: [(&str, &str); 2] = [
    ("kakao-2022-final", include_str!("../../data/populations/kakao-2022-final.csv")),
    ("kakao-2022-first", include_str!("../../data/populations/kakao-2022-first.csv")),
];

macro_rules! shapes {
    ($($name:literal),+ $(,)?) => {
        const SHAPES: [&str; [$($name),+].len()] =
            [$(include_str!(concat!("../../data/profiles/", $name, ".toml"))),+];
    };
}

shapes![
    "kr-online-shopping",
    "kr-taxi",
    "kr-food-service",
    "kr-food-delivery",
    "kr-convenience-store",
    "kr-designated-driver",
    "kr-cafe",
    "kr-department-store",
    "kr-gift-shop",
    "us-restaurant",
];

/// Where a figure comes from.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// What it is called.
    pub title: String,
    /// Who published it.
    pub publisher: Option<String>,
    /// When.
    pub date: Option<String>,
    /// Where it can be read.
    pub url: Option<String>,
    /// official, company, press, survey, analyst or own.
    pub kind: Option<String>,
    /// high, medium or low.
    pub confidence: Option<String>,
}

/// Returns the text of a bundled scenario.
#[must_use]
pub fn scenario(name: &str) -> Option<&'static str> {
    SCENARIOS.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

/// Returns the text of a bundled compensation scheme.
#[must_use]
pub fn scheme(name: &str) -> Option<&'static str> {
    SCHEMES.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

/// Returns the text of a bundled population.
#[must_use]
pub fn population(name: &str) -> Option<&'static str> {
    POPULATIONS.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

/// Returns every bundled source, by key.
///
/// # Panics
///
/// If the bundled file is at fault, which a test would have found.
#[must_use]
pub fn sources() -> &'static BTreeMap<String, Source> {
    #[derive(Deserialize)]
    struct File {
        sources: BTreeMap<String, Source>,
    }
    static SOURCES: LazyLock<BTreeMap<String, Source>> = LazyLock::new(|| {
        let file: File = toml::from_str(include_str!("../../data/sources.toml")).expect("bundled sources");
        file.sources
    });
    &SOURCES
}

/// A bundled shape of the week, as published bands of the day and days.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BundledShape {
    /// Its name in a scenario file.
    pub id: String,
    /// Its name for people.
    pub label: Words,
    /// How bands and days become hours of the week.
    pub rule: String,
    /// What a reader should know of it.
    pub note: Option<String>,
    #[serde(rename = "band")]
    bands: Vec<Band>,
    #[serde(rename = "day")]
    days: Vec<Day>,
}

/// A label as the bundled files write it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    ko: String,
    en: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Band {
    from: usize,
    to: usize,
    share: f64,
    basis: Basis,
    source: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Day {
    #[serde(rename = "day")]
    name: Weekday,
    share: f64,
    basis: Basis,
    source: Option<String>,
}

/// Where a share comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// It is printed in the source.
    Measured,
    /// It is what is left of the day.
    Residual,
    /// It is part of a larger block.
    Split,
    /// It is a choice of ours, which no source printed.
    Assumed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl BundledShape {
    /// Returns its name for people.
    #[must_use]
    pub fn label(&self) -> Label {
        Label { ko: self.label.ko.clone(), en: self.label.en.clone() }
    }

    /// Returns the keys of its sources, each once.
    #[must_use]
    pub fn sources(&self) -> Vec<&str> {
        let bands = self.bands.iter().filter_map(|band| band.source.as_deref());
        let mut keys: Vec<_> =
            bands.chain(self.days.iter().filter_map(|day| day.source.as_deref())).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    /// Returns where the share of each hour of the day comes from.
    #[must_use]
    pub fn basis_of_hours(&self) -> [Basis; 24] {
        let mut hours = [Basis::Split; 24];
        for Band { from, to, basis, .. } in &self.bands {
            hours[*from..*to].fill(*basis);
        }
        hours
    }

    /// Returns where the share of each day comes from, Monday first.
    #[must_use]
    pub fn basis_of_days(&self) -> [Basis; 7] {
        let mut days = [Basis::Split; 7];
        self.days.iter().for_each(|day| days[day.name as usize] = day.basis);
        days
    }

    /// Returns the bands of the day: from, to and where the share comes from.
    pub fn bands(&self) -> impl Iterator<Item = (usize, usize, Basis)> + '_ {
        self.bands.iter().map(|band| (band.from, band.to, band.basis))
    }

    /// Spreads bands evenly over their hours, and days over the week.
    ///
    /// # Panics
    ///
    /// If the bundled figures make no week, which a test would have found.
    #[must_use]
    pub fn week(&self) -> WeekShape {
        let mut hours = [0.0; 24];
        for Band { from, to, share, .. } in &self.bands {
            for hour in &mut hours[*from..*to] {
                *hour += share / (to - from) as f64;
            }
        }
        let mut days = [0.0; 7];
        for Day { name, share, .. } in &self.days {
            days[*name as usize] += share;
        }
        WeekShape::of_days_and_hours(&days, &hours).expect("bundled shape")
    }

    /// Returns the weights of the hours of a week as whole numbers, Monday 00:00 first:
    /// shares of the day to a thousandth, of the week to a ten-thousandth of a percent.
    #[must_use]
    pub fn whole_weights(&self) -> [u64; 168] {
        let widths = || self.bands.iter().map(|band| (band.to - band.from) as u64);
        // The least number that every band's width parts evenly.
        let even = (1..).find(|even| widths().all(|width| even % width == 0)).unwrap_or(1);
        let mut weights = [0; 168];
        for Band { from, to, share, .. } in &self.bands {
            for Day { name, share: of_week, .. } in &self.days {
                let (band, day) = ((share * 1e3).round() as u64, (of_week * 1e4).round() as u64);
                for hour in *from..*to {
                    weights[*name as usize * 24 + hour] += day * band * even / (to - from) as u64;
                }
            }
        }
        weights
    }

    fn flat() -> Self {
        let label = Words { ko: "균등".into(), en: "Even".into() };
        let band = Band { from: 0, to: 24, share: 100.0, basis: Basis::Split, source: None };
        let day = |name| Day { name, share: 100.0 / 7.0, basis: Basis::Split, source: None };
        use Weekday::{Friday, Monday, Saturday, Sunday, Thursday, Tuesday, Wednesday};
        Self {
            id: "flat".into(),
            label,
            rule: "Every hour of the week is the same.".into(),
            note: None,
            bands: vec![band],
            days: [Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday].map(day).into(),
        }
    }
}

fn shapes() -> &'static [BundledShape] {
    static SHAPES_READ: LazyLock<Vec<BundledShape>> = LazyLock::new(|| {
        let read = |text: &&str| toml::from_str(text).expect("bundled shape");
        std::iter::once(BundledShape::flat()).chain(SHAPES.iter().map(read)).collect()
    });
    &SHAPES_READ
}

/// Returns a bundled shape, or `flat`.
#[must_use]
pub fn shape(name: &str) -> Option<&'static BundledShape> {
    shapes().iter().find(|shape| shape.id == name)
}

/// Returns the names of all bundled shapes.
pub fn shape_names() -> impl Iterator<Item = &'static str> {
    shapes().iter().map(|shape| shape.id.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bundled_shape_tiles_the_day_and_the_week_and_cites_known_sources() {
        for shape in shapes() {
            let mut covered = [0; 24];
            for band in &shape.bands {
                covered[band.from..band.to].iter_mut().for_each(|hour| *hour += 1);
            }
            assert_eq!(covered, [1; 24], "{}: each hour in one band", shape.id);
            let days: Vec<_> = shape.days.iter().map(|day| day.name as usize).collect();
            assert_eq!(days, [0, 1, 2, 3, 4, 5, 6], "{}: each day once", shape.id);
            let bands: f64 = shape.bands.iter().map(|band| band.share).sum();
            let week: f64 = shape.days.iter().map(|day| day.share).sum();
            // Whole numbers spread the week as the engine's own do.
            let (whole, hours) = (shape.whole_weights(), shape.week());
            let (all, of_all) = (whole.iter().sum::<u64>(), hours.weights().iter().sum::<f64>());
            for (whole, weight) in whole.iter().zip(hours.weights()) {
                let (one, other) = (*whole as f64 / all as f64, weight / of_all);
                assert!((one - other).abs() < 1e-6, "{}: {one} {other}", shape.id);
            }
            assert!((bands - 100.0).abs() < 0.5 && (week - 100.0).abs() < 0.5, "{}", shape.id);
            for key in shape.sources() {
                assert!(sources().contains_key(key), "{} cites {key}", shape.id);
            }
        }
    }
}
