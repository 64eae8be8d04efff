//! Replay cases: an event, a scenario made of its published inputs, and the figures
//! that the result is held against.

mod trace;

use std::sync::LazyLock;

use serde::Deserialize;

use super::events::{self, Figure};
use super::value::parse_duration;
use super::{Overrides, Reading, library, read};
use crate::quantity::Hours;
use crate::replay::{Comparison, Measure, replay};
use crate::scenario::{Label, Scenario};

pub use trace::Traced;

const FILES: [&str; 15] = [
    include_str!("../../../data/replay/samsung-sds-2014.toml"),
    include_str!("../../../data/replay/ba-2017.toml"),
    include_str!("../../../data/replay/maersk-2017.toml"),
    include_str!("../../../data/replay/kt-ahyeon-2018.toml"),
    include_str!("../../../data/replay/ovh-2021.toml"),
    include_str!("../../../data/replay/facebook-2021.toml"),
    include_str!("../../../data/replay/kt-2021.toml"),
    include_str!("../../../data/replay/rogers-2022.toml"),
    include_str!("../../../data/replay/kakao-2022.toml"),
    include_str!("../../../data/replay/southwest-2022.toml"),
    include_str!("../../../data/replay/cdk-2024.toml"),
    include_str!("../../../data/replay/delta-2024.toml"),
    include_str!("../../../data/replay/marks-spencer-2025.toml"),
    include_str!("../../../data/replay/jlr-2025.toml"),
    include_str!("../../../data/replay/aws-2025.toml"),
];

/// What a comparison can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Test {
    /// The reported figure was itself reckoned from such inputs: agreement shows that
    /// the engine does the same sum, and no foresight.
    Arithmetic,
    /// The figure was found without these inputs: agreement would be foresight.
    Forecast,
    /// A part of a day that was lost, against what a shape of the week has in those
    /// hours: a test of the shape, and of no amount.
    Profile,
}

/// One factor of an input: a number, or a figure of the event (`event/figure` of
/// another, `figure.up_to` for the upper end of a range).
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Factor {
    /// A number, of hours or days for the most part.
    Number(f64),
    /// A figure.
    Figure(String),
}

/// Where one value of the scenario comes from.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    /// Path of the value in the scenario: `line.ads.revenue.per_hour`.
    pub key: String,
    /// Factors multiplied.
    pub times: Vec<Factor>,
    /// Factors divided by.
    #[serde(default)]
    pub over: Vec<Factor>,
}

/// A figure that the result is held against.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// Its name.
    pub figure: String,
    #[serde(rename = "of")]
    measure: String,
    /// What agreement would show.
    pub test: Test,
    at: Option<String>,
    reason: Option<Said>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Said {
    ko: String,
    en: String,
}

impl Said {
    fn label(&self) -> Label {
        Label { ko: self.ko.clone(), en: self.en.clone() }
    }
}

/// A case as its file has it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    id: String,
    name: Said,
    scenario: Option<String>,
    bundled: Option<String>,
    #[serde(default)]
    inputs: Vec<Input>,
    #[serde(default)]
    assumed: Vec<String>,
    compared: Vec<Asked>,
}

/// One replay of an event.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// The event that it replays.
    pub event: String,
    /// Its name on the command line.
    pub id: String,
    /// Its name for people.
    pub name: Label,
    /// The scenario, format 1.
    pub scenario: String,
    /// The bundled scenario that this is, where it is one.
    pub bundled: Option<String>,
    /// Values of the scenario that come from published figures.
    pub inputs: Vec<Input>,
    /// Paths of those that are assumptions of ours.
    pub assumed: Vec<String>,
    /// What the result is held against.
    pub asked: Vec<Asked>,
}

/// A case that was projected, with each of its comparisons.
#[derive(Debug)]
pub struct Replayed<'c> {
    /// The case.
    pub case: &'c Case,
    /// What was read of its scenario.
    pub reading: Reading,
    /// Our number beside the reported one, in the order of `asked`.
    pub comparisons: Vec<Comparison>,
}

impl Replayed<'_> {
    /// Returns the scenario.
    ///
    /// # Panics
    ///
    /// Never: a case whose scenario cannot be read is not projected.
    #[must_use]
    pub fn scenario(&self) -> &Scenario {
        self.reading.scenario.as_ref().expect("a replayed case has a scenario")
    }
}

impl Asked {
    /// Returns what is read off the projection.
    #[must_use]
    pub fn measure(&self) -> Option<Measure> {
        Measure::ALL.into_iter().find(|(key, _)| *key == self.measure).map(|(_, measure)| measure)
    }

    /// Returns the duration that it is read off at: the last of the scenario, unless said.
    #[must_use]
    pub fn at(&self, scenario: &Scenario) -> Hours {
        let said = self.at.as_deref().and_then(|text| parse_duration(text).ok());
        said.or_else(|| scenario.durations.last().copied()).unwrap_or(Hours::ZERO)
    }

    /// Returns why ours is what it is, where that is told.
    #[must_use]
    pub fn reason(&self) -> Option<Label> {
        self.reason.as_ref().map(Said::label)
    }
}

impl Case {
    /// Returns a figure by its name in this case.
    #[must_use]
    pub fn figure(&self, name: &str) -> Option<&'static Figure> {
        events::figure(&self.event, name)
    }

    /// Projects the scenario and holds it against what was reported.
    ///
    /// # Errors
    ///
    /// A scenario that cannot be read, or a comparison that names no figure or measure.
    pub fn replay(&self) -> Result<Replayed<'_>, String> {
        let reading = read(&self.scenario, None, &Overrides::default());
        let Some(scenario) = &reading.scenario else {
            let first = reading.findings.first().map_or("", |finding| finding.message.as_str());
            return Err(format!("{}: {first}", self.id));
        };
        let asked = self.asked.iter().map(|asked| {
            let figure = self.figure(&asked.figure);
            let figure = figure.ok_or_else(|| format!("{}: no figure {:?}", self.id, asked.figure))?;
            let measure = asked.measure();
            let measure = measure.ok_or_else(|| format!("{}: no measure {:?}", self.id, asked.measure))?;
            Ok((measure, asked.at(scenario), figure.reported()))
        });
        let asked: Vec<_> = asked.collect::<Result<_, String>>()?;
        let comparisons = replay(scenario, &asked);
        Ok(Replayed { case: self, reading, comparisons })
    }
}

/// Reads the cases of one file.
///
/// # Errors
///
/// What is wrong with the file, in the words of the TOML reader.
pub fn cases_of(text: &str) -> Result<Vec<Case>, String> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct File {
        event: String,
        case: Vec<Written>,
    }
    let File { event, case: cases } = toml::from_str(text).map_err(|error| error.to_string())?;
    let case = |written: Written| {
        let Written { id, name, scenario, bundled, inputs, assumed, compared } = written;
        let library = bundled.as_deref().and_then(library::scenario).map(str::to_owned);
        let scenario = scenario.or(library).ok_or_else(|| format!("{id} has no scenario"))?;
        let (event, name, asked) = (event.clone(), name.label(), compared);
        Ok(Case { event, id, name, scenario, bundled, inputs, assumed, asked })
    };
    cases.into_iter().map(case).collect()
}

/// Returns every bundled case, by event in order of time.
///
/// # Panics
///
/// If a bundled file is at fault, which a test would have found.
#[must_use]
pub fn cases() -> &'static [Case] {
    static CASES: LazyLock<Vec<Case>> = LazyLock::new(|| {
        let read = |text: &&str| cases_of(text).unwrap_or_else(|error| panic!("bundled case: {error}"));
        FILES.iter().flat_map(read).collect()
    });
    &CASES
}

/// An event that cannot be replayed.
#[derive(Clone, Debug, PartialEq)]
pub struct NotReplayed {
    /// The event.
    pub event: String,
    /// Why not.
    pub reason: Label,
}

/// Returns every event that has no case, with the reason.
///
/// # Panics
///
/// As [`cases`].
#[must_use]
pub fn not_replayed() -> Vec<NotReplayed> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct File {
        event: Vec<Left>,
    }
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Left {
        id: String,
        reason: Said,
    }
    let text = include_str!("../../../data/replay/not-replayed.toml");
    let File { event } = toml::from_str(text).expect("bundled list");
    event.into_iter().map(|left| NotReplayed { event: left.id, reason: left.reason.label() }).collect()
}
