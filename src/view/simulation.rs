//! A simulation as a page of text and as JSON, `netloss.simulate/1`.

use serde_json::{Map, Value, json};

use super::Language;
use super::number::Unit;
use super::table::{Column, draw};
use crate::quantity::Money;
use crate::risk::{Distribution, Estimate, Measure, Summary};
use crate::scenario::Scenario;

/// Shares of years that a quantile does not pass, and the return period of each.
const QUANTILES: [(f64, &str); 6] =
    [(0.9, "10"), (0.95, "20"), (0.98, "50"), (0.99, "100"), (0.995, "200"), (0.999, "1000")];

/// Writes a simulation as JSON.
#[must_use]
pub fn json(scenario: &Scenario, summary: &Summary) -> String {
    let curve = |measure| summary.get(measure).map_or(Value::Null, distribution);
    let means = |of: &dyn Fn(usize) -> Measure, ids: Vec<&str>| -> Map<String, Value> {
        let mean = |(place, id): (usize, &str)| (id.to_owned(), estimate(summary.mean(of(place))));
        ids.into_iter().enumerate().map(mean).collect()
    };
    let covers = scenario.covers.iter().map(|cover| cover.id.as_str()).collect();
    let payouts = scenario.parametrics.iter().map(|hedge| hedge.id.as_str()).collect();
    let document = json!({
        "schema": "netloss.simulate/1",
        "years": summary.years,
        "currency": scenario.currency,
        "gross": curve(Measure::Gross),
        "net": curve(Measure::Net),
        "worst_gross": curve(Measure::WorstGross),
        "worst_net": curve(Measure::WorstNet),
        "recovery_above_loss": curve(Measure::AboveLoss),
        "covers": means(&Measure::Cover, covers),
        "payouts": means(&Measure::Payout, payouts),
    });
    format!("{document:#}\n")
}

fn estimate(estimate: Estimate) -> Value {
    json!({ "mean": estimate.value.0, "se": estimate.error.0 })
}

fn distribution(of: &Distribution) -> Value {
    let table = |figure: &dyn Fn(f64) -> f64| -> Map<String, Value> {
        QUANTILES.iter().map(|(p, _)| (percent(*p), json!(figure(*p)))).collect()
    };
    json!({
        "mean": of.mean().value.0,
        "se": of.mean().error.0,
        "sd": of.deviation().0,
        "probability": of.share_above_zero(),
        "var": table(&|p| of.value_at_risk(p).value.0),
        "var_se": table(&|p| of.value_at_risk(p).error.0),
        "tvar": table(&|p| of.tail_value_at_risk(p).value.0),
        "tvar_se": table(&|p| of.tail_value_at_risk(p).error.0),
    })
}

fn percent(p: f64) -> String {
    ((p * 1e6).round() / 1e4).to_string()
}

/// Writes a simulation as a page.
#[must_use]
pub fn page(scenario: &Scenario, summary: &Summary, language: Language) -> String {
    let curve = |measure| summary.get(measure).expect("always measured");
    let (gross, net) = (curve(Measure::Gross), curve(Measure::Net));
    let unit = Unit::auto(gross.mean().value, &scenario.currency, language).finer();
    let show = |amount: Money| unit.show(amount, language);
    let with_error = |estimate: Estimate| format!("{} ±{}", show(estimate.value), show(estimate.error));
    let periods = QUANTILES.iter().map(|(_, period)| match language {
        Language::Ko => format!("{period}년에 한 번"),
        Language::En => format!("1 year in {period}"),
    });
    let column = |heading: &str, figure: &dyn Fn(f64) -> Estimate| {
        Column::numbers(heading, QUANTILES.iter().map(|(p, _)| with_error(figure(*p))))
    };
    let table = draw(
        &Column::words(language.of("빈도", "Frequency"), periods),
        &[
            column(language.of("연간 손실", "Loss of a year"), &|p| gross.value_at_risk(p)),
            column(language.of("연간 순손실", "Net of a year"), &|p| net.value_at_risk(p)),
            column(language.of("그 이상 평균 손실", "Mean beyond"), &|p| {
                gross.tail_value_at_risk(p)
            }),
            column(language.of("그 이상 평균 순손실", "Net mean beyond"), &|p| {
                net.tail_value_at_risk(p)
            }),
        ],
        80,
    );
    let years = summary.years;
    let mean = |word: &str, estimate: Estimate| format!("{word}: {}", with_error(estimate));
    let mut lines = vec![
        format!("{} · {}", language.label(&scenario.name), unit.title(&scenario.currency, language)),
        match language {
            Language::Ko => format!("{years}년을 추출, ± 표준오차"),
            Language::En => format!("{years} years drawn, ± standard error"),
        },
        mean(language.of("연평균 손실", "Mean loss of a year"), gross.mean()),
        mean(language.of("연평균 순손실", "Mean net loss of a year"), net.mean()),
    ];
    for (place, cover) in scenario.covers.iter().enumerate() {
        lines.push(mean(&cover.id, summary.mean(Measure::Cover(place))));
    }
    for (place, hedge) in scenario.parametrics.iter().enumerate() {
        lines.push(mean(&hedge.id, summary.mean(Measure::Payout(place))));
    }
    format!("{}\n\n{table}\n", lines.join("\n"))
}
