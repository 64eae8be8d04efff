//! Profiles as JSON, `netloss.profile/1`: unrounded; exact sums as text.

use serde_json::{Value, json};

use super::seoul::SeoulTrade;
use crate::profile::Season;
use crate::profile::build::{Empty, Figure, Grain, SeasonBy, Suspicion};
use crate::read::library::{Basis, BundledShape};
use crate::read::profile::Made;
use crate::read::sales::build::{Built, BuiltLine};
use crate::read::sales::{Sales, Seoul};

const SCHEMA: &str = "netloss.profile/1";

fn write(document: &Value) -> String {
    format!("{document:#}\n")
}

fn figure(figure: &Figure) -> Value {
    json!({ "value": figure.value, "spread": figure.spread, "se": figure.error, "count": figure.count })
}

/// Writes a build.
#[must_use]
pub fn built(sales: &Sales, built: &Built) -> String {
    let files = sales.files.iter().map(|file| {
        json!({
            "name": file.name,
            "form": file.form,
            "columns": file.columns,
            "unit": file.unit.0.key,
            "unit_said": file.unit.1,
            "rows_above_headings": file.above,
            "rows": file.rows,
        })
    });
    let years = built.years.iter().map(|year| {
        json!({
            "year": year.year,
            "days": year.days,
            "days_of_year": year.of,
            "rows": plain(year.sum),
            "books": year.books.map(|of| json!({
                "amount": plain(of.books),
                "difference": plain(of.difference),
                "ratio": of.ratio,
                "looks_like": of.suspicion.map(|suspicion| match suspicion {
                    Suspicion::TaxInBooks => "tax_in_books",
                    Suspicion::TaxInRows => "tax_in_rows",
                    Suspicion::RowsIn(_) => "rows_in_a_unit",
                    Suspicion::BooksIn(_) => "books_in_a_unit",
                }),
            })),
        })
    });
    let rejected: Vec<Value> = sales
        .rejected
        .1
        .iter()
        .map(|fault| json!({ "message": fault.message, "mend": fault.mend }))
        .collect();
    write(&json!({
        "schema": SCHEMA,
        "timezone": built.choices.zone.iana_name(),
        "grain": match built.grain { Grain::Sale => "sale", Grain::Hour => "hour", Grain::Day => "day" },
        "hours_from": built.choices.hours_from,
        "rows": {
            "in": sales.rows(),
            "used": sales.used,
            "rejected": sales.rejected.0,
            "refunds_left_out": sales.refunds_left_out,
            "there_twice": sales.duplicates.0,
            "there_twice_left_out": sales.dropped,
            "compared_with_all": sales.compared_all,
            "rejected_first": rejected,
        },
        "files": files.collect::<Vec<_>>(),
        "years": years.collect::<Vec<_>>(),
        "profiles": built.lines.iter().map(|line| one(line, built)).collect::<Vec<_>>(),
    }))
}

/// An exact amount without commas.
fn plain(amount: crate::profile::build::Exact) -> String {
    amount.to_string().replace(',', "")
}

fn one(line: &BuiltLine, built: &Built) -> Value {
    let estimate = &line.estimate;
    let named = &built.choices.named;
    let days = estimate.kinds.iter().enumerate().filter_map(|(kind, of)| {
        let dates: Vec<String> = named.of(kind).map(|date| date.to_string()).collect();
        Some(json!({ "name": named.kinds[kind], "factor": figure(of.as_ref()?), "dates": dates }))
    });
    let outliers = estimate.outliers.iter().map(
        |day| json!({ "date": day.date.to_string(), "brought": day.brought, "expected": day.expected }),
    );
    json!({
        "id": line.name,
        "rows": line.rows,
        "refunds": { "rows": line.refunds.0, "sum": plain(line.refunds.1) },
        "sum": plain(line.sum),
        "from": line.span.0.to_string(),
        "to": line.span.1.to_string(),
        "hour": line.hour,
        "hours": line.week.iter().map(figure).collect::<Vec<_>>(),
        "season": {
            "by": match estimate.question.season {
                SeasonBy::None => "none",
                SeasonBy::Months => "months",
                SeasonBy::Weeks => "weeks",
            },
            "factors": estimate.season.iter().map(figure).collect::<Vec<_>>(),
        },
        "growth": estimate.growth.map(|growth| json!({ "per_year": growth.per_year, "se": growth.error })),
        "middle": estimate.middle.to_string(),
        "named_days": days.collect::<Vec<_>>(),
        "ordinary_days": estimate.ordinary,
        "figures_estimated": estimate.parameters,
        "rounds": estimate.rounds,
        "outliers": outliers.collect::<Vec<_>>(),
        "without_rows": {
            "days": line.laid.empty_days.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "hours": line.laid.empty_hours,
            "taken_as": built.choices.empty.map(|empty| match empty {
                Empty::Closed => "closed",
                Empty::Gap => "gap",
            }),
        },
        "days_left_out": line.laid.left_out,
        "hours_shown_twice": line.laid.repeated,
    })
}

/// Writes trades of Seoul.
#[must_use]
pub fn seoul(seoul: &Seoul, trades: &[SeoulTrade<'_>]) -> String {
    let one = |of: &SeoulTrade<'_>| {
        json!({
            "id": of.trade.code,
            "label": of.trade.name,
            "rows": of.trade.rows,
            "quarters": of.trade.quarters.len(),
            "hours": of.found.week.iter().map(figure).collect::<Vec<_>>(),
            "quarters_of_the_year": of.found.season.map(|season| season.each_ref().map(figure)),
        })
    };
    write(&json!({
        "schema": SCHEMA,
        "timezone": "Asia/Seoul",
        "rows": { "in": seoul.rows, "of_other_areas": seoul.other_areas },
        "profiles": trades.iter().map(one).collect::<Vec<_>>(),
    }))
}

/// Writes a bundled shape.
#[must_use]
pub fn bundled(shape: &BundledShape) -> String {
    let week = shape.week();
    let sum: f64 = week.weights().iter().sum();
    let basis = |basis: Basis| match basis {
        Basis::Measured => "measured",
        Basis::Residual => "residual",
        Basis::Split => "split",
        Basis::Assumed => "assumed",
    };
    let label = shape.label();
    write(&json!({
        "schema": SCHEMA,
        "id": shape.id,
        "label": { "ko": label.ko, "en": label.en },
        "hours": week.weights().iter().map(|weight| weight * 168.0 / sum).collect::<Vec<_>>(),
        "basis_of_hours": shape.basis_of_hours().map(basis),
        "basis_of_days": shape.basis_of_days().map(basis),
        "rule": shape.rule,
        "note": shape.note,
        "sources": shape.sources(),
    }))
}

/// Writes the profiles of a file.
#[must_use]
pub fn made(made: &[&Made]) -> String {
    let one = |made: &&Made| {
        let season = match &made.rhythm.season {
            Season::None => Value::Null,
            Season::Months(factors) => json!({ "months": factors }),
            Season::Weeks(factors) => json!({ "weeks": factors.to_vec() }),
        };
        let days = made.days.iter().map(|day| {
            let dates: Vec<String> = day.dates.iter().map(ToString::to_string).collect();
            json!({ "name": day.name, "factor": day.factor, "spread": day.spread, "count": day.count, "dates": dates })
        });
        json!({
            "id": made.id,
            "label": { "ko": made.label.ko, "en": made.label.en },
            "timezone": made.timezone,
            "made_from": made.made_from,
            "hours_from": made.hours_from,
            "hours": made.rhythm.week.weights().to_vec(),
            "spread": made.spread,
            "count": made.count,
            "season": season,
            "growth": made.growth,
            "named_days": days.collect::<Vec<_>>(),
        })
    };
    write(&json!({ "schema": SCHEMA, "profiles": made.iter().map(one).collect::<Vec<_>>() }))
}
