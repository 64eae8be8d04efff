//! What each measure of the plan is worth, as tables and as JSON.

use std::collections::BTreeMap;

use serde::Serialize;

use super::report::Page;
use super::table::{Column, draw};
use super::words::Word;
use crate::projection::{Worth, WorthRow, worth};
use crate::quantity::Money;
use crate::scenario::Scenario;

/// The name under which all measures together stand.
const ALL: &str = "all";

/// Net loss with all measures and without each of them, and what each is worth.
pub(super) fn tables(page: &Page<'_>) -> String {
    let worths = worth(page.scenario);
    let Some(plan) = page.scenario.plan.as_ref().filter(|_| worths.len() > 1) else {
        return left_out(page);
    };
    let name = |worth: &Worth| match worth.measure {
        Some(place) => page.label(&plan.measures[place].label).to_owned(),
        None => page.say(Word::AllMeasures).to_owned(),
    };
    let column = |heading: &str, worth: &Worth, amount: &dyn Fn(&WorthRow) -> Money| {
        Column::numbers(heading, worth.rows.iter().map(|row| page.show(amount(row)))).kept()
    };
    // All measures together are told only where there are several.
    let told: Vec<&Worth> = worths.iter().filter(|it| it.measure.is_some() || worths.len() > 2).collect();
    let without = page.say(Word::Without);
    let mut nets = vec![column(page.say(Word::WithMeasures), told[0], &|row| row.net)];
    nets.extend(told.iter().map(|it| column(&format!("{without} {}", name(it)), it, &|row| row.without)));
    let of_each = |amount: &dyn Fn(&WorthRow) -> Money| -> Vec<Column> {
        told.iter().map(|it| column(&name(it), it, amount)).collect()
    };
    let table =
        |title: Word, columns: &[Column]| page.titled(title, draw(&page.durations(), columns, page.width));
    let tables = [
        left_out(page),
        table(Word::NetWithoutMeasures, &nets),
        table(Word::WorthOfMeasures, &of_each(&WorthRow::worth)),
        // Where no measure costs anything, a table of nothing says nothing.
        if told.iter().all(|it| it.rows.iter().all(|row| row.cost == Money::ZERO)) {
            String::new()
        } else {
            table(Word::CostOfMeasures, &of_each(&|row| row.cost))
        },
    ];
    tables.into_iter().filter(|table| !table.is_empty()).collect::<Vec<_>>().join("\n\n")
}

/// Says which measures are left out; nothing where none is.
fn left_out(page: &Page<'_>) -> String {
    let Some(plan) = &page.scenario.plan else { return String::new() };
    let left = plan.measures.iter().zip(&plan.in_force).filter(|(_, in_force)| !**in_force);
    let names: Vec<&str> = left.map(|(measure, _)| page.label(&measure.label)).collect();
    if names.is_empty() {
        return String::new();
    }
    format!("{}: {}", page.say(Word::LeftOut), names.join(", "))
}

/// A measure in JSON.
#[derive(Serialize)]
pub(super) struct Told<'d> {
    id: &'d str,
    part: &'static str,
    in_force: bool,
    cost: f64,
    cost_of_event: f64,
    false_alarms: f64,
}

/// What a measure changes in one row.
#[derive(Serialize)]
pub(super) struct Amounts {
    net_without: f64,
    worth: f64,
    cost: f64,
    saves: f64,
}

/// Every measure of the plan.
pub(super) fn told(scenario: &Scenario) -> Vec<Told<'_>> {
    let plan = scenario.plan.iter();
    let measures = plan.flat_map(|plan| plan.measures.iter().zip(&plan.in_force));
    let told = measures.map(|(measure, in_force)| Told {
        id: &measure.id,
        part: measure.terms.part.key(),
        in_force: *in_force,
        cost: measure.terms.upkeep.0,
        cost_of_event: measure.terms.of_event.0,
        false_alarms: measure.terms.false_alarms.cost().0,
    });
    told.collect()
}

/// What each measure in force is worth in each row.
pub(super) fn rows(scenario: &Scenario) -> Vec<BTreeMap<String, Amounts>> {
    let mut rows: Vec<BTreeMap<String, Amounts>> =
        scenario.durations.iter().map(|_| BTreeMap::new()).collect();
    let Some(plan) = &scenario.plan else { return rows };
    for worth in worth(scenario) {
        let name = worth.measure.map_or(ALL, |place| plan.measures[place].id.as_str());
        for (row, told) in worth.rows.iter().zip(&mut rows) {
            let amounts = Amounts {
                net_without: row.without.0,
                worth: row.worth().0,
                cost: row.cost.0,
                saves: row.saves().0,
            };
            told.insert(name.to_owned(), amounts);
        }
    }
    rows
}
