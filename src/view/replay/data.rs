//! Replays as JSON, `netloss.replay/1`, and as CSV: amounts unrounded.

use serde_json::{Value, json};

use super::{Row, TESTS, rows, summary};
use crate::read::replay::{Factor, NotReplayed, Replayed, Test};
use crate::replay::{Measure, REPRODUCED_WITHIN, Reported, Summary};
use crate::view::figure::key;

fn test_key(test: Test) -> &'static str {
    match test {
        Test::Forecast => "forecast",
        Test::Profile => "profile",
        Test::Arithmetic => "arithmetic",
    }
}

/// The ends of what was reported; none where a side is open.
fn ends(reported: Reported) -> (Option<f64>, Option<f64>) {
    match reported {
        Reported::Figure(figure) => (Some(figure), Some(figure)),
        Reported::Range(low, high) => (Some(low), Some(high)),
        Reported::AtLeast(low) => (Some(low), None),
        Reported::AtMost(high) => (None, Some(high)),
    }
}

fn unit<'r>(row: &Row<'r>) -> &'r str {
    if row.figure.is_money() { &row.replayed.scenario().currency } else { "share" }
}

/// Writes summaries, cases with their inputs, and comparisons.
#[must_use]
pub fn json(replayed: &[Replayed<'_>], left: &[NotReplayed]) -> String {
    let summaries: serde_json::Map<String, Value> = TESTS
        .into_iter()
        .map(|test| (test_key(test).to_owned(), summed(&summary(replayed, test))))
        .collect();
    let cases: Vec<Value> = replayed.iter().map(case).collect();
    let left: Vec<Value> = left
        .iter()
        .map(|left| json!({ "event": left.event, "ko": left.reason.ko, "en": left.reason.en }))
        .collect();
    let document = json!({
        "schema": "netloss.replay/1",
        "reproduced_within": REPRODUCED_WITHIN,
        "summary": summaries, "cases": cases, "not_replayed": left,
    });
    format!("{document:#}\n")
}

fn summed(summary: &Summary) -> Value {
    json!({
        "of": summary.of, "reproduced": summary.reproduced, "within": summary.within,
        "missed": summary.missed, "with_single_figure": summary.with_single_figure,
        "median_error": summary.median_error, "largest_error": summary.largest_error,
    })
}

fn case(replayed: &Replayed<'_>) -> Value {
    let case = replayed.case;
    let traced = case.traced();
    let inputs = traced.iter().map(|traced| {
        json!({
            "key": traced.input.key, "value": traced.used,
            "times": factors(&traced.input.times), "over": factors(&traced.input.over),
        })
    });
    let inputs: Vec<Value> = inputs.collect();
    let compared: Vec<Value> = rows(std::slice::from_ref(replayed)).map(|row| compared(&row)).collect();
    json!({
        "case": case.id, "event": case.event, "ko": case.name.ko, "en": case.name.en,
        "bundled_scenario": case.bundled, "inputs": inputs, "assumed": case.assumed,
        "compared": compared,
    })
}

fn factors(factors: &[Factor]) -> Vec<Value> {
    let factor = |factor: &Factor| match factor {
        Factor::Number(number) => json!(number),
        Factor::Figure(name) => json!(name),
    };
    factors.iter().map(factor).collect()
}

fn compared(row: &Row<'_>) -> Value {
    let (low, high) = ends(row.comparison.reported);
    let reason = row.asked.reason();
    json!({
        "figure": row.figure.id, "of": row.asked.measure().map(Measure::key),
        "hours": row.asked.at(row.replayed.scenario()).0, "test": test_key(row.asked.test),
        "unit": unit(row), "ours": row.comparison.ours, "reported": low, "reported_to": high,
        "said_by": row.figure.said_by, "confidence": row.figure.confidence, "source": row.figure.source,
        "error": row.comparison.error, "relative_error": row.comparison.relative,
        "verdict": row.comparison.verdict.key(),
        "reason": reason.map(|reason| json!({ "ko": reason.ko, "en": reason.en })),
    })
}

/// Writes one row for each comparison.
///
/// # Panics
///
/// Never: memory takes every byte.
#[must_use]
pub fn csv(replayed: &[Replayed<'_>]) -> String {
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    let head = [
        "event",
        "case",
        "test",
        "of",
        "hours",
        "unit",
        "ours",
        "reported",
        "reported_to",
        "figure",
        "said_by",
        "confidence",
        "source",
        "error",
        "relative_error",
        "verdict",
        "reason",
    ];
    writer.write_record(head).expect("memory");
    let number = |number: Option<f64>| number.map_or_else(String::new, |number| number.to_string());
    for row in rows(replayed) {
        let (low, high) = ends(row.comparison.reported);
        let cells = [
            row.replayed.case.event.clone(),
            row.replayed.case.id.clone(),
            test_key(row.asked.test).to_owned(),
            row.asked.measure().map_or("", Measure::key).to_owned(),
            row.asked.at(row.replayed.scenario()).0.to_string(),
            unit(&row).to_owned(),
            row.comparison.ours.to_string(),
            number(low),
            number(high),
            row.figure.id.clone(),
            key(&row.figure.said_by),
            row.figure.confidence.clone(),
            row.figure.source.clone(),
            row.comparison.error.to_string(),
            number(row.comparison.relative),
            row.comparison.verdict.key().to_owned(),
            row.asked.reason().map_or_else(String::new, |reason| reason.en),
        ];
        writer.write_record(cells).expect("memory");
    }
    String::from_utf8(writer.into_inner().expect("memory")).expect("text")
}
