//! The simulation as JSON: English keys, amounts unrounded in the main unit.

use serde_json::{Map, Value, json};

use super::Shown;
use crate::quantity::Hours;
use crate::risk::{
    Chance, CostOfRisk, Distribution, Estimate, Measure, PayerKind, Tolerable, quantiles_of,
};

/// Writes a simulation as JSON.
#[must_use]
pub fn json(shown: &Shown<'_>) -> String {
    let Shown { subject, summary, .. } = shown;
    let curve = |measure| summary.get(measure).map_or(Value::Null, distribution);
    let payers = |kind| of_kind(shown, kind);
    let retained: Map<String, Value> =
        summary.retained.iter().map(|(reason, kept)| (reason.key().to_owned(), estimate(*kept))).collect();
    let [without, with] = summary.cost_of_risk(shown.cost_of_capital).map(cost_of_risk);
    let mut document = json!({
        "schema": "netloss.simulate/1",
        "years": summary.years,
        "seed": subject.seed,
        "stratified": subject.stratified,
        "currency": subject.currency,
        "pricing": if subject.needs_waterfall.is_some() { "by outage" } else { "by column" },
        "gross": curve(Measure::Gross),
        "net": curve(Measure::Net),
        "worst_gross": curve(Measure::WorstGross),
        "worst_net": curve(Measure::WorstNet),
        "exceedance": exceedance(shown),
        "recovery_above_loss": curve(Measure::AboveLoss),
        "covers": payers(PayerKind::Cover),
        "payouts": payers(PayerKind::Payout),
        "hedges": payers(PayerKind::Hedge),
        "suppliers": payers(PayerKind::Supplier),
        "annual_covers": payers(PayerKind::Annual),
        "retained": retained,
        "programme_cost": estimate(summary.mean(Measure::Cost)),
        "cost_of_risk": {
            "cost_of_capital": shown.cost_of_capital.map(crate::quantity::Share::get),
            "revenue": subject.revenue.0,
            "without_programme": without,
            "with_programme": with,
        },
    });
    let mut add = |key: &str, value: Value| document[key] = value;
    if let Some(reason) = &subject.needs_waterfall {
        add("priced_by_outage_for", json!(reason));
    }
    if let Some(appetite) = appetite(shown) {
        add("appetite", appetite);
    }
    if let Some(asked) = shown.stopped_before {
        add("stopped_before", json!(asked));
    }
    if !shown.exact.is_empty() {
        let means = shown.exact.iter().map(|mean| {
            let figures = json!({
                "exact": mean.exact.0,
                "bound": mean.bound.0,
                "mean": mean.drawn.value.0,
                "se": mean.drawn.error.0,
                "deviation": mean.deviation(),
            });
            (mean.name.clone(), figures)
        });
        add("exact", Value::Object(means.collect()));
    }
    if !shown.not_exact.is_empty() {
        add("not_exact", super::exact::reasons(&shown.not_exact));
    }
    format!("{document:#}\n")
}

fn estimate(estimate: Estimate) -> Value {
    json!({ "mean": estimate.value.0, "se": estimate.error.0 })
}

fn of_kind(shown: &Shown<'_>, kind: PayerKind) -> Value {
    let Shown { subject, summary, .. } = shown;
    let one = |(place, payer): (usize, &crate::risk::Payer)| {
        let measure = kind.measure(place);
        let mean = summary.mean(measure);
        let mut one = match (kind, summary.get(measure)) {
            (PayerKind::Cover, Some(years)) => distribution(years),
            _ => estimate(mean),
        };
        chance(&mut one, "attaching", summary.chance(measure));
        if kind != PayerKind::Supplier {
            one["premium"] = json!(payer.premium.0);
            if payer.premium.0 > 0.0 {
                one["loss_ratio"] = json!(mean.value.0 / payer.premium.0);
                one["multiple"] = json!(payer.premium.0 / mean.value.0);
            }
        }
        if kind == PayerKind::Cover && payer.layers.is_empty() {
            chance(&mut one, "exhausting", summary.chance(Measure::Exhausted(place)));
        }
        if !payer.layers.is_empty() {
            let layers = payer.layers.iter().enumerate().map(|(at, id)| {
                let mut layer = estimate(summary.mean(Measure::Layer(place, at)));
                chance(&mut layer, "attaching", summary.chance(Measure::Layer(place, at)));
                chance(&mut layer, "exhausting", summary.chance(Measure::LayerExhausted(place, at)));
                (id.clone(), layer)
            });
            one["layers"] = Value::Object(layers.collect());
        }
        (payer.id.clone(), one)
    };
    Value::Object(subject.of_kind(kind).enumerate().map(one).collect())
}

fn chance(of: &mut Value, key: &str, chance: Chance) {
    of[key] = json!({ "probability": chance.share, "se": chance.error });
}

fn distribution(of: &Distribution) -> Value {
    let at = |figure: fn(&Distribution, f64) -> Estimate| -> Vec<(String, Estimate)> {
        quantiles_of(of.years()).map(|(p, _)| (level(p), figure(of, p))).collect()
    };
    let (at_risk, beyond) = (at(Distribution::value_at_risk), at(Distribution::tail_value_at_risk));
    let table = |figures: &[(String, Estimate)], part: fn(&Estimate) -> f64| -> Map<String, Value> {
        figures.iter().map(|(level, figure)| (level.clone(), json!(part(figure)))).collect()
    };
    json!({
        "mean": of.mean().value.0,
        "se": of.mean().error.0,
        "sd": of.deviation().0,
        "probability": of.chance_above_zero().share,
        "var": table(&at_risk, |figure| figure.value.0),
        "var_se": table(&at_risk, |figure| figure.error.0),
        "tvar": table(&beyond, |figure| figure.value.0),
        "tvar_se": table(&beyond, |figure| figure.error.0),
    })
}

/// Writes a share of years as a key: `99.5`.
pub(super) fn level(p: f64) -> String {
    ((p * 1e6).round() / 1e4).to_string()
}

/// Both exceedance curves by return period: of the year's total, and of its worst
/// outage.
fn exceedance(shown: &Shown<'_>) -> Value {
    let curve = |measure| -> Map<String, Value> {
        let Some(years) = shown.summary.get(measure) else { return Map::new() };
        let at = |(p, period): (f64, u32)| (period.to_string(), json!(years.value_at_risk(p).value.0));
        quantiles_of(years.years()).map(at).collect()
    };
    json!({
        "aggregate": { "gross": curve(Measure::Gross), "net": curve(Measure::Net) },
        "occurrence": { "gross": curve(Measure::WorstGross), "net": curve(Measure::WorstNet) },
    })
}

fn cost_of_risk(of: CostOfRisk) -> Value {
    json!({
        "retained": of.retained.0,
        "programme": of.programme.0,
        "capital": of.capital.0,
        "total": of.total().0,
    })
}

fn appetite(shown: &Shown<'_>) -> Option<Value> {
    let amount = shown.subject.appetite?;
    let passing = |measure| {
        let chance = shown.summary.get(measure)?.passing(amount.0)?;
        Some(json!({ "probability": chance.share, "se": chance.error, "years": 1.0 / chance.share }))
    };
    let mut appetite = json!({
        "amount": amount.0,
        "gross": passing(Measure::Gross),
        "net": passing(Measure::Net),
    });
    if let Some([gross, net]) = shown.tolerable {
        let hours = |of: Tolerable| {
            let hours = |hours: Option<Hours>| hours.map(|hours| hours.0);
            json!({ "soonest": hours(of.soonest), "median": hours(of.median), "latest": hours(of.latest) })
        };
        appetite["hours_until_passed"] = json!({ "gross": hours(gross), "net": hours(net) });
    }
    Some(appetite)
}
