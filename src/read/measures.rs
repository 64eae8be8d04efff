//! Section `[[measure]]`.

use super::outflow::communication;
use super::path::{self, PathKeys};
use super::recapture::recapture;
use super::scenario::{Context, Heading};
use super::section::{At, Section};
use super::value::Number;
use crate::measure::{FalseAlarms, Measure, Part, WayChange};
use crate::mitigation::{Amount, Outflow};
use crate::quantity::Money;
use crate::scenario::{Line, Named};

pub(super) fn measure(
    section: &mut Section<'_>,
    context: &Context<'_>,
    lines: &[At<Named<Line>>],
    outflows: &[At<Named<Outflow>>],
) -> Option<Named<Measure>> {
    let heading = Heading::read(section, context);
    let part = section.choice("part", true, "the part of the plan to which it belongs", &Part::ALL);
    let upkeep = section.required::<Money>("cost", "what it costs a year; 0 where it is not to be counted");
    let of_event =
        section.optional::<Money>("cost_of_event", "what it costs in an outage; nothing unless said");
    let false_alarms = section.section("false_alarms", false, "warnings that nothing follows", |part| {
        let a_year = part.required::<Number>("a_year", "how many a year is expected to bring");
        let each = part.required::<Money>("each", "cost of each");
        Some(FalseAlarms { a_year: a_year?.value.0, each: each?.value })
    });
    let named = section.optional::<Vec<String>>("lines", "lines that it changes; all unless said");
    let keys = path::keys(section);
    let made = recapture(section);
    let of_outflows =
        section.optional::<Vec<String>>("outflows", "churn that its notice softens; all of it unless said");
    let notice = section.section("communication", false, "a notice that keeps customers", communication);

    let transfers = part.as_ref().is_some_and(|part| part.value == Part::FinancialRiskTransfer);
    let changes_lines = ["restored", "stages", "ramp_up", "failover", "early_warning", "recapture"];
    let of_lines = changes_lines.into_iter().any(|key| section.has(key));
    let of_customers = section.has("communication");
    if !of_lines && !of_customers && !transfers {
        let mend = format!("say what it changes: {}, communication", changes_lines.join(", "));
        section.error(section.head(), "the measure changes nothing", mend);
    }
    for (key, beside, because) in [
        ("lines", of_lines, "a change of lines"),
        ("outflows", of_customers, "`communication`"),
        ("false_alarms", section.has("early_warning"), "`early_warning`"),
    ] {
        if section.has(key) && !beside {
            let message = format!("`{key}` says nothing without {because}");
            section.error_at(key, message, format!("leave `{key}` out"));
        }
    }
    let lines = match named {
        Some(_) => super::lines::lines_named(section, named, context),
        None => lines
            .iter()
            .enumerate()
            .filter(|(_, line)| line.value.terms.damage.is_none())
            .map(|(place, _)| place)
            .collect(),
    };
    let outflows = churn(section, of_outflows, of_customers, outflows);
    let PathKeys { stages, ramp_up, failover, early_warning } = keys?;
    let recapture = match made {
        None if section.has("recapture") => return None,
        made => made.map(|made| made.recapture),
    };
    let communication = match notice {
        Some(None) => return None,
        notice => notice.flatten(),
    };
    Some(heading?.over(Measure {
        part: part?.value,
        upkeep: upkeep?.value,
        of_event: of_event.map_or(Money::ZERO, |at| at.value),
        false_alarms: false_alarms.flatten().unwrap_or_default(),
        lines,
        way: WayChange { stages, ramp_up, failover, early_warning },
        recapture,
        outflows,
        communication,
        transfers,
    }))
}

/// Returns the places of the outflows whose customers a notice keeps.
fn churn(
    section: &Section<'_>,
    named: Option<At<Vec<String>>>,
    wanted: bool,
    outflows: &[At<Named<Outflow>>],
) -> Vec<usize> {
    let leaves = |outflow: &At<Named<Outflow>>| matches!(outflow.value.terms.amount, Amount::Churn(_));
    let places = outflows.iter().enumerate().filter(|(_, outflow)| leaves(outflow));
    let Some(At { value: names, span }) = named else {
        let places: Vec<usize> = places.map(|(place, _)| place).collect();
        if wanted && places.is_empty() {
            let mend = "add an [[outflow]] with `churn`, whose customers it keeps";
            section.error_at("communication", "there is nobody who leaves, and so nobody to keep", mend);
        }
        return places;
    };
    let ids: Vec<&str> = places.clone().map(|(_, outflow)| outflow.value.id.as_str()).collect();
    let place = |name: &String| {
        let place = places.clone().find(|(_, outflow)| outflow.value.id == *name);
        if place.is_none() {
            let mend = match super::nearest(name, ids.iter().copied()) {
                Some(near) => format!("did you mean {near:?}?"),
                None => format!("outflows with `churn`: {}", ids.join(", ")),
            };
            section.error(span.clone(), format!("there is no churn {name:?}"), mend);
        }
        place.map(|(place, _)| place)
    };
    names.iter().filter_map(place).collect()
}

/// Notes measures under names of others, and data that no failover could lose.
pub(super) fn compare(
    section: &Section<'_>,
    lines: &[At<Named<Line>>],
    outflows: &[At<Named<Outflow>>],
    measures: &[At<Named<Measure>>],
) {
    for At { value: measure, span } in measures {
        if outflows.iter().any(|outflow| outflow.value.id == measure.id) {
            let message = format!("id {:?} names an outflow and a measure", measure.id);
            section.error(span.clone(), message, "give each a name of its own");
        }
    }
    for At { value: outflow, span } in outflows {
        let Amount::DataLoss(loss) = &outflow.terms.amount else { continue };
        let Some(line) = lines.get(loss.line) else { continue };
        let brought = |measure: &At<Named<Measure>>| {
            let Measure { lines, way, .. } = &measure.value.terms;
            lines.contains(&loss.line) && way.failover.is_some()
        };
        if line.value.terms.path.failover().is_none() && !measures.iter().any(brought) {
            let message = format!("line {:?} has no failover that could lose data", line.value.id);
            section.error(span.clone(), message, "give the line a `failover`, or leave the outflow out");
        }
    }
}
