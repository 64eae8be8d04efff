//! Profile files: the rhythms of business lines, as `netloss profile build` writes them.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::Date;
use toml::de::DeTable;

use super::finding::{Finding, Findings, Place};
use super::section::{At, Key, Section};
use super::value::{Fault, Number, Signed, Version};
use crate::profile::{HOURS_OF_WEEK, Rhythm, Season, WEEKS_OF_YEAR, WeekShape};
use crate::scenario::Label;

/// Version of the format.
pub const FORMAT: u32 = 1;

/// A file beyond this is no profile.
const MOST_BYTES: u64 = 16 * 1024 * 1024;

/// A profile of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Made {
    /// Its name in the file.
    pub id: String,
    /// Its name for people.
    pub label: Label,
    /// IANA zone on whose clocks it runs.
    pub timezone: String,
    /// From what it was made, in words.
    pub made_from: Option<String>,
    /// The bundled shape that spreads days over hours, where days are all that is known.
    pub hours_from: Option<String>,
    /// Week, season and named days.
    pub rhythm: Rhythm,
    /// Standard deviation of each hour from week to week.
    pub spread: Option<Vec<f64>>,
    /// How many weeks each hour was seen in.
    pub count: Option<Vec<f64>>,
    /// Growth a year that was taken out.
    pub growth: Option<f64>,
    /// Named days.
    pub days: Vec<NamedDay>,
}

/// Days of one kind.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedDay {
    /// The kind.
    pub name: String,
    /// What they bring over what their weekday brings in its season.
    pub factor: f64,
    /// Standard deviation of single days.
    pub spread: Option<f64>,
    /// How many days it is made of.
    pub count: u32,
    /// When they come.
    pub dates: Vec<Date>,
}

/// Reads the profiles of a file.
///
/// # Errors
///
/// Returns every finding of the file.
pub fn profiles(text: &str) -> Result<Vec<Made>, Vec<Finding>> {
    let findings = Findings::new(text);
    let (table, faults) = DeTable::parse_recoverable(text);
    for fault in &faults {
        let mend = "mend the TOML first; text stands in quotes, and a key once in its table";
        findings.error(fault.span().unwrap_or(0..0), fault.message().trim().to_owned(), mend);
    }
    let mut section = Section::file(table.get_ref(), &findings);
    let made = file(&mut section);
    section.refuse_unknown_keys();
    if made.is_empty() && !findings.any_error() {
        section.error(0..0, "the file holds no profile", "begin one with [[profile]]");
    }
    if findings.any_error() { Err(findings.finish().0) } else { Ok(made) }
}

/// Returns the keys of a profile file.
pub(super) fn keys() -> Vec<Key> {
    Section::describe(file)
}

/// Reads the profile that a scenario names: `taxi.toml`, or `lines.toml#taxi`.
///
/// # Errors
///
/// Returns the faults of the file, each with its line.
pub(super) fn named(name: &str, folder: Option<&Path>) -> Result<Made, Vec<Fault>> {
    let (file, id) = name.rsplit_once('#').map_or((name, None), |(file, id)| (file, Some(id)));
    let path = folder.map_or_else(|| Path::new(file).to_owned(), |folder| folder.join(file));
    let unreadable = |error: std::io::Error| {
        let mend = "name a profile file, from the scenario's folder; `netloss profile build` makes one";
        vec![Fault::new(format!("{file}: {error}"), mend)]
    };
    if std::fs::metadata(&path).map_err(unreadable)?.len() > MOST_BYTES {
        return Err(vec![Fault::new(
            format!("{file} is too large for a profile"),
            "is it the right file?",
        )]);
    }
    let text = std::fs::read_to_string(&path).map_err(unreadable)?;
    let made = profiles(&text).map_err(|findings| {
        let fault = |finding: Finding| {
            let Place { line, .. } = Place::of(&text, finding.span.start);
            Fault::new(format!("{file} line {line}: {}", finding.message), finding.mend)
        };
        findings.into_iter().map(fault).collect::<Vec<_>>()
    })?;
    let ids = made.iter().map(|made| made.id.as_str()).collect::<Vec<_>>().join(", ");
    let several = made.len() > 1;
    match id {
        None if several => Err(vec![Fault::new(
            format!("{file} holds several profiles: {ids}"),
            format!("name one of them: shape = \"{file}#{}\"", made[0].id),
        )]),
        None => made.into_iter().next().ok_or_else(Vec::new),
        Some(id) => {
            let found = made.into_iter().find(|made| made.id == id);
            found.ok_or_else(|| {
                vec![Fault::new(format!("{file} holds no profile {id:?}"), format!("it holds: {ids}"))]
            })
        }
    }
}

fn file(section: &mut Section<'_>) -> Vec<Made> {
    let format = section.required::<Version>("format", "version of this file's format: 1");
    if let Some(At { value: Version(value), span }) = format
        && value != FORMAT
    {
        section.error(span, format!("format {value} is not known"), "this program reads format = 1");
    }
    let made = section.sections("profile", "the rhythm of a business line", profile);
    made.into_iter().map(|at| at.value).collect()
}

fn profile(section: &mut Section<'_>) -> Option<Made> {
    let id = section.required::<String>("id", "name of the profile");
    let label = section.optional::<Label>("label", "name for people; the id unless said");
    let timezone = section.required::<String>("timezone", "IANA time zone on whose clocks it runs");
    let made_from = section.optional::<String>("made_from", "from what it was made, in words");
    let hours_from = section.optional::<String>(
        "hours_from",
        "bundled shape that spreads days over hours, where days are all that is known",
    );
    let growth = section.optional::<Signed>("growth", "growth a year that was taken out: 0.08 is 8%");
    section.optional::<Number>("hour", "money that an average hour brought, in the middle of the data");
    let hours = section.required::<Vec<f64>>(
        "hours",
        "weight of each hour of the ordinary week, Monday 00:00 first; 1 is the average",
    );
    let spread =
        section.optional::<Vec<f64>>("spread", "standard deviation of each weight from week to week");
    let count = section.optional::<Vec<f64>>("count", "how many weeks each hour was seen in");
    let months = section.optional::<Vec<f64>>("months", "factor of each month, January first");
    let weeks =
        section.optional::<Vec<f64>>("weeks", "factor of each seven days from 1 January on; 52 of them");
    let days = section.sections("day", "days that bring more or less than their weekday", named_day);
    let complete = days.len() == section.length("day");

    let list = |name: &str, list: Option<At<Vec<f64>>>, length: usize| match list {
        None => Some(None),
        Some(At { value, span }) => {
            let sound = value.iter().all(|number| *number >= 0.0);
            if value.len() == length && sound {
                return Some(Some(value));
            }
            let message = match value.len() == length {
                true => format!("`{name}` holds a number below zero"),
                false => format!("`{name}` needs {length} numbers, has {}", value.len()),
            };
            section.error(span, message, "write numbers of 0 or more");
            None
        }
    };
    let spread = list("spread", spread, HOURS_OF_WEEK);
    let count = list("count", count, HOURS_OF_WEEK);
    let (months, weeks) = (list("months", months, 12), list("weeks", weeks, WEEKS_OF_YEAR));
    let hours = hours?;
    let week = match WeekShape::of_week(&hours.value) {
        Ok(week) => week,
        Err(error) => {
            section.error(hours.span, format!("`hours`: {error}"), "give 168 numbers of 0 or more");
            return None;
        }
    };
    let season = match (months?, weeks?) {
        (Some(_), Some(_)) => {
            section.error_at("weeks", "the season is given by months and by weeks", "keep one of them");
            return None;
        }
        (Some(months), None) => Season::Months(months.try_into().ok()?),
        (None, Some(weeks)) => Season::Weeks(Box::new(weeks.try_into().ok()?)),
        (None, None) => Season::None,
    };
    let days: Vec<NamedDay> = days.into_iter().map(|at| at.value).collect();
    let mut factors = BTreeMap::new();
    for (date, factor) in days.iter().flat_map(|day| day.dates.iter().map(|date| (*date, day.factor))) {
        if factors.insert(date, factor).is_some() {
            section.error_at("day", format!("{date} has two names"), "keep one name for a day");
        }
    }
    let id = id?;
    let label = label.map_or_else(|| Label::same(&id.value), |at| at.value);
    complete.then_some(())?;
    Some(Made {
        id: id.value,
        label,
        timezone: timezone?.value,
        made_from: made_from.map(|at| at.value),
        hours_from: hours_from.map(|at| at.value),
        rhythm: Rhythm { week, season, days: factors },
        spread: spread?,
        count: count?,
        growth: growth.map(|at| at.value.0),
        days,
    })
}

fn named_day(section: &mut Section<'_>) -> Option<NamedDay> {
    let name = section.required::<String>("name", "their name");
    let factor = section
        .required::<Number>("factor", "what they bring, over what their weekday brings in its season");
    let spread = section.optional::<Number>("spread", "standard deviation of single days");
    let count = section.optional::<u32>("count", "how many days it is made of");
    let dates = section.required::<Vec<String>>("dates", "when they come")?;
    let read: Option<Vec<Date>> = dates.value.iter().map(|date| date.parse().ok()).collect();
    if read.is_none() {
        section.error(dates.span, "`dates` holds what is no day", "write [\"2026-02-17\", …]");
    }
    Some(NamedDay {
        name: name?.value,
        factor: factor?.value.0,
        spread: spread.map(|at| at.value.0),
        count: count.map_or(0, |at| at.value),
        dates: read?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file_of(more: &str) -> String {
        let hours = ["1"; 168].join(", ");
        format!(
            "format = 1\n[[profile]]\nid = \"shop\"\ntimezone = \"Asia/Seoul\"\nhours = [{hours}]\n{more}"
        )
    }

    fn told(text: &str) -> String {
        let findings = profiles(text).unwrap_err();
        findings.into_iter().map(|finding| finding.message).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_week_a_season_and_named_days() {
        let season = format!("months = [{}]\n", ["1.5"; 12].join(", "));
        let day = "[[profile.day]]\nname = \"추석\"\nfactor = 0.4\ndates = [\"2022-09-10\"]\n";
        let made = &profiles(&file_of(&format!("{season}{day}"))).unwrap()[0];
        assert_eq!(made.rhythm.season, Season::Months([1.5; 12]));
        assert_eq!(made.rhythm.days.values().copied().collect::<Vec<_>>(), [0.4]);
        assert_eq!(made.label.ko, "shop");
    }

    #[test]
    fn the_schema_is_closed_and_every_fault_is_told() {
        for (more, said) in [
            ("month = [1]\n", "unknown key `month`"),
            ("months = [1, 2]\n", "needs 12 numbers, has 2"),
            ("spread = [-1]\n", "needs 168 numbers"),
            ("[[profile.day]]\nname = \"x\"\nfactor = 1\ndates = [\"soon\"]\n", "no day"),
            ("[[profile.day]]\nname = \"x\"\nfactor = -1\ndates = []\n", "negative"),
        ] {
            assert!(told(&file_of(more)).contains(said), "{more}: {}", told(&file_of(more)));
        }
        assert!(told("format = 1\n").contains("no profile"));
        assert!(told("format = 2\n[[profile]]\n").contains("format 2 is not known"));
    }
}
