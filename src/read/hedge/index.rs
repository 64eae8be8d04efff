//! Key `index`: what a hedge measures.

use super::super::lines::line_place;
use super::super::scenario::Context;
use super::super::section::{At, Section, nearest};
use super::super::value::Shares;
use super::keys_of;
use crate::hedge::{Counting, Gap, Index, Log, LossMeasure, Monitor, Rounding, Run, Service, Weights};
use crate::profile::{Level, Profile, WeekShape};
use crate::quantity::{Hours, MoneyPerHour, Share};

/// The indices that are said in a word.
const WORDS: [(&str, Index); 3] = [
    ("outage_hours", Index::OutageHours),
    ("economic_loss", Index::Loss(LossMeasure::Economic)),
    ("after_covers", Index::Loss(LossMeasure::AfterCovers)),
];

/// Reads `index`; nothing where it is missing or at fault.
pub(super) fn index(section: &mut Section<'_>, context: &Context<'_>) -> Option<Index> {
    let read = section.value_or_section::<String, _>(
        "index",
        "what is measured: \"outage_hours\", \"economic_loss\", \"after_covers\", or a section that says more",
        |word| Some(Err(word)),
        |part| measured(part, context).map(Ok),
    )?;
    let At { value: word, span } = match read {
        Ok(index) => return Some(index),
        Err(word) => word,
    };
    let known = WORDS.into_iter().find(|(name, _)| *name == word);
    if known.is_none() {
        let mend = match nearest(&word, WORDS.iter().map(|(name, _)| *name)) {
            Some(near) => format!("did you mean {near:?}?"),
            None => "write index = { measure = \"hours_below\", … } for an index of service".to_owned(),
        };
        section.error(span, format!("index {word:?} is not known"), mend);
    }
    known.map(|(_, index)| index)
}

const MEASURES: [&str; 4] = ["hours_below", "equivalent_hours", "recorded", "sampled"];
const MONITORED: [&str; 5] = ["min_run", "merge_gap", "gap", "counting", "rounding"];
const KEYS: [&str; 14] = [
    "below",
    "line",
    "shares",
    "weights",
    "weights_of_day",
    "runs",
    "blind",
    "fallback",
    "samples",
    "min_run",
    "merge_gap",
    "gap",
    "counting",
    "rounding",
];

fn measured(section: &mut Section<'_>, context: &Context<'_>) -> Option<Index> {
    let measure =
        section.choice("measure", true, "how downtime is measured", &MEASURES.map(|name| (name, name)));
    let below = section.optional::<Share>("below", "level of service below which an hour counts");
    let service = service(section, context);
    let weights = weights(section, context);
    let runs = runs(section, "runs", "runs of downtime that were recorded, in order");
    let blind = self::runs(section, "blind", "stretches in which the monitor saw nothing");
    let fallback = self::runs(section, "fallback", "runs that the second source recorded");
    let samples = section.optional::<Vec<f64>>("samples", "level of service in each minute, 0 to 1");
    let monitor = monitor(section);

    let measure = measure?.value;
    let form = format!("measure = {measure:?}");
    let (needs, may): (&[&str], Vec<&str>) = match measure {
        "hours_below" => (&["below"], [&["line", "shares"], &MONITORED[..]].concat()),
        "equivalent_hours" => (&[], vec!["line", "shares", "weights", "weights_of_day"]),
        "recorded" => (&["runs"], [&["blind", "fallback"], &MONITORED[..]].concat()),
        _ => (&["samples", "below"], MONITORED.to_vec()),
    };
    if !keys_of(section, &form, needs, &may, &KEYS) {
        return None;
    }
    if section.has("blind") != section.has("fallback") {
        let mend = "give `blind` and `fallback` together, or leave both out";
        section.error(section.head(), "a monitor that is blind needs a fallback, and no other does", mend);
        return None;
    }
    if context.several && ["recorded", "sampled"].contains(&measure) {
        let mend = "measure the service of a line, or project the outage alone";
        section.error(section.head(), "a record speaks of one outage, and the file has several", mend);
        return None;
    }
    match measure {
        "hours_below" => {
            Some(Index::HoursBelow { service: service?, below: below?.value, monitor: monitor? })
        }
        "equivalent_hours" => Some(Index::EquivalentHours { service: service?, weights: weights? }),
        "recorded" => match Log::new(&runs?, &blind?, &fallback?) {
            Ok(log) => Some(Index::Measured { log, monitor: monitor? }),
            Err(error) => {
                section.error_at(
                    "runs",
                    error.to_string(),
                    "list the runs in order, each ending after it begins",
                );
                None
            }
        },
        _ => {
            let minute = Hours(1.0 / 60.0);
            let log = Log::of_samples(&samples?.value, minute, below?.value.get());
            Some(Index::Measured { log, monitor: monitor? })
        }
    }
}

/// Reads whose service is measured: one line, or a mean of several by their shares.
fn service(section: &mut Section<'_>, context: &Context<'_>) -> Option<Service> {
    let line =
        section.optional::<String>("line", "line whose service is measured; the only one unless said");
    let shares =
        section.optional::<Shares>("shares", "lines whose service is measured, with their weights");
    match (line, shares) {
        (Some(line), None) => line_place(section, &line, context).map(Service::of_line),
        (None, Some(At { value: Shares(shares), span })) => {
            let place = |(name, share): (String, Share)| {
                Some((line_place(section, &At { value: name, span: span.clone() }, context)?, share))
            };
            let lines: Option<Vec<_>> = shares.into_iter().map(place).collect();
            let service = Service::new(lines?);
            if service.is_none() {
                section.error(span, "the shares do not add up to the whole", "let them add up to 100%");
            }
            service
        }
        (Some(line), Some(_)) => {
            section.error(line.span, "`line` and `shares` both say what is measured", "keep one of them");
            None
        }
        (None, None) => {
            let needed = !["runs", "samples"].iter().any(|key| section.has(key));
            if needed && context.lines.len() > 1 {
                let mend =
                    format!("give `line`, or `shares`; lines of this file: {}", context.lines.join(", "));
                section.error(section.head(), "it is not said whose service is measured", mend);
                return None;
            }
            Some(Service::of_line(0))
        }
    }
}

/// Reads the weights of hours; nothing within where all hours weigh the same.
fn weights(section: &mut Section<'_>, context: &Context<'_>) -> Option<Option<Weights>> {
    let of_outage =
        section.optional::<Vec<f64>>("weights", "weight of each hour of the outage, the first hour first");
    let of_day = section.optional::<Vec<f64>>("weights_of_day", "24 weights, 00:00 first");
    match (of_outage, of_day) {
        (None, None) => Some(None),
        (Some(At { value, span }), None) => {
            if (value.len() as f64) < context.longest.0 {
                let message = format!(
                    "{} weights do not reach to the longest outage of {} h",
                    value.len(),
                    context.longest.0
                );
                section.error(span, message, "give a weight for each hour of it");
                return None;
            }
            let hours = value.into_iter().map(MoneyPerHour).collect();
            weighted(section, Profile::new(hours), Weights::OfOutage)
        }
        (None, Some(At { value, span })) => match WeekShape::of_day(&value) {
            Ok(shape) => {
                let profile = shape.over(context.calendar?, Level::AsGiven);
                weighted(section, profile, Weights::OfClock)
            }
            Err(error) => {
                section.error(span, error.to_string(), "list 24 numbers of 0 or more");
                None
            }
        },
        (Some(weights), Some(_)) => {
            let mend = "keep one of them";
            section.error(weights.span, "`weights` and `weights_of_day` both weigh the hours", mend);
            None
        }
    }
}

fn weighted<E: std::fmt::Display>(
    section: &Section<'_>,
    profile: Result<Profile, E>,
    weights: fn(Profile) -> Weights,
) -> Option<Option<Weights>> {
    match profile {
        Ok(profile) => Some(Some(weights(profile))),
        Err(error) => {
            section.error_at("weights", error.to_string(), "list numbers of 0 or more");
            None
        }
    }
}

fn runs(section: &mut Section<'_>, key: &'static str, meaning: &'static str) -> Option<Vec<Run>> {
    let runs = section.sections(key, meaning, |run| {
        let from = run.required::<Hours>("from", "when it begins, so long after the outage's start");
        let to = run.required::<Hours>("to", "when it ends");
        Some(Run { from: from?.value, to: to?.value })
    });
    (runs.len() == section.length(key)).then(|| runs.into_iter().map(|run| run.value).collect())
}

fn monitor(section: &mut Section<'_>) -> Option<Monitor> {
    let min_run =
        section.optional::<Hours>("min_run", "runs shorter than this are dropped; none unless said");
    let merge_gap =
        section.optional::<Hours>("merge_gap", "runs less than this apart are one; none unless said");
    let gaps = [("counted", Gap::Counted), ("not_counted", Gap::NotCounted)];
    let gap = section.choice("gap", false, "what the time between joined runs is", &gaps);
    let countings = [("sum", Counting::Sum), ("longest", Counting::Longest)];
    let counting = section.choice("counting", false, "which runs count; their sum unless said", &countings);
    let roundings = [("none", Rounding::None), ("down", Rounding::Down), ("up", Rounding::Up)];
    let rounding =
        section.choice("rounding", false, "what becomes of part hours; none unless said", &roundings);
    let merge = match (merge_gap, gap) {
        (None, None) => None,
        (Some(merge_gap), Some(gap)) => Some((merge_gap.value, gap.value)),
        _ => {
            let mend = "give merge_gap = \"10m\" and gap = \"counted\" or \"not_counted\", or neither";
            section.error(section.head(), "`merge_gap` and `gap` need one another", mend);
            return None;
        }
    };
    let min_run = min_run.map_or(Hours::ZERO, |at| at.value);
    let counting = counting.map(|at| at.value).unwrap_or_default();
    // Lengths of a file are finite and not negative.
    Monitor::new(min_run, merge, counting, rounding.map(|at| at.value).unwrap_or_default()).ok()
}
