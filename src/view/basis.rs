//! Basis view: as a table, as JSON, and in the words of an explanation.

use std::collections::BTreeMap;

use serde::Serialize;

use super::number::percent;
use super::report::Page;
use super::table::{Column, draw};
use super::words::Word;
use crate::panel::{self, BasisView, OnIndex};
use crate::quantity::Money;
use crate::scenario::Scenario;

/// A payer held against the loss.
#[derive(Serialize)]
pub(super) struct Measured {
    hours: Vec<f64>,
    probabilities: Vec<f64>,
    losses: Vec<f64>,
    payouts: Vec<f64>,
    expected_loss: f64,
    expected_payout: f64,
    mean_shortfall: f64,
    mean_overpay: f64,
    rmse: f64,
    correlation: Option<f64>,
    false_negative_share: Option<f64>,
    false_positive_share: Option<f64>,
    variance_reduction: Option<f64>,
    expectile_loss: Option<f64>,
    hedge_ratio: Option<f64>,
    r_squared: Option<f64>,
    offset_of_totals: Option<f64>,
    offset_of_changes: Option<f64>,
    contracts: Option<f64>,
}

/// The name under which all payers together stand.
const ALL: &str = "all";

/// Every payer held against the loss, under its name; all of them together as `all`.
pub(super) fn measured(scenario: &Scenario) -> BTreeMap<String, Measured> {
    let views = panel::basis(scenario);
    views.iter().map(|view| (id(scenario, view).to_owned(), of(scenario, view))).collect()
}

fn of(scenario: &Scenario, view: &BasisView) -> Measured {
    let outages = scenario.basis.iter().flat_map(|basis| basis.outages());
    let (risk, ratio) = (view.risk, view.ratio);
    Measured {
        hours: outages.map(|(hours, _)| hours.0).collect(),
        probabilities: view.outcomes.iter().map(|outcome| outcome.probability).collect(),
        losses: view.outcomes.iter().map(|outcome| outcome.loss.0).collect(),
        payouts: view.outcomes.iter().map(|outcome| outcome.payout.0).collect(),
        expected_loss: risk.expected_loss.0,
        expected_payout: risk.expected_payout.0,
        mean_shortfall: risk.mean_shortfall.0,
        mean_overpay: risk.mean_overpay.0,
        rmse: risk.rmse.0,
        correlation: risk.correlation,
        false_negative_share: risk.false_negative_share,
        false_positive_share: risk.false_positive_share,
        variance_reduction: risk.variance_reduction,
        expectile_loss: risk.expectile_loss,
        hedge_ratio: ratio.ratio,
        r_squared: ratio.r_squared,
        offset_of_totals: ratio.offset_of_totals,
        offset_of_changes: ratio.offset_of_changes,
        contracts: contracts(scenario, view),
    }
}

/// Returns how many contracts are best held, where that is asked for.
pub(super) fn contracts(scenario: &Scenario, view: &BasisView) -> Option<f64> {
    let (exposure, size) = scenario.basis.as_ref()?.contracts?;
    view.ratio.contracts(exposure, size)
}

fn id<'s>(scenario: &'s Scenario, view: &BasisView) -> &'s str {
    match view.of {
        Some(OnIndex::Parametric(place)) => &scenario.parametrics[place].id,
        Some(OnIndex::Hedge(place)) => &scenario.hedges[place].id,
        None => ALL,
    }
}

/// The payers that are held against the loss, one a row.
pub(super) fn table(page: &Page<'_>) -> String {
    let views = panel::basis(page.scenario);
    if views.is_empty() {
        return String::new();
    }
    let together = page.say(Word::Together);
    let name = |view: &BasisView| match view.of {
        Some(OnIndex::Parametric(place)) => page.label(&page.scenario.parametrics[place].label),
        Some(OnIndex::Hedge(place)) => page.label(&page.scenario.hedges[place].label),
        None => together,
    };
    let names = Column::words(page.say(Word::Hedge), views.iter().map(|view| name(view).to_owned()));
    let amounts = |word: Word, amount: &dyn Fn(&BasisView) -> Money| {
        Column::numbers(page.say(word), views.iter().map(|view| page.show(amount(view)))).kept()
    };
    let not_defined = page.say(Word::NotDefined);
    let figures = |word: Word, figure: &dyn Fn(&BasisView) -> Option<String>| {
        let cell = |view| figure(view).unwrap_or_else(|| not_defined.to_owned());
        Column::numbers(page.say(word), views.iter().map(cell))
    };
    let share = |share: Option<f64>| share.map(percent_of_tenths);
    let mut columns = vec![
        amounts(Word::ExpectedLoss, &|view| view.risk.expected_loss),
        amounts(Word::ExpectedPayout, &|view| view.risk.expected_payout),
        amounts(Word::Shortfall, &|view| view.risk.mean_shortfall),
        amounts(Word::Overpaid, &|view| view.risk.mean_overpay),
        amounts(Word::Rmse, &|view| view.risk.rmse),
        figures(Word::Correlation, &|view| view.risk.correlation.map(|figure| format!("{figure:.3}"))),
        figures(Word::VarianceRemoved, &|view| share(view.risk.variance_reduction)),
    ];
    let asked = page.scenario.basis.as_ref().map(|basis| basis.asked).unwrap_or_default();
    if asked.false_negative_above.is_some() {
        columns.push(figures(Word::FalseNegatives, &|view| share(view.risk.false_negative_share)));
    }
    if asked.false_positive_up_to.is_some() {
        columns.push(figures(Word::FalsePositives, &|view| share(view.risk.false_positive_share)));
    }
    columns.push(figures(Word::HedgeRatio, &|view| view.ratio.ratio.map(|ratio| format!("{ratio:.3}"))));
    columns.push(figures(Word::BestVarianceRemoved, &|view| share(view.ratio.r_squared)));
    columns.push(figures(Word::OffsetOfTotals, &|view| share(view.ratio.offset_of_totals)));
    columns.push(figures(Word::OffsetOfChanges, &|view| share(view.ratio.offset_of_changes)));
    if page.scenario.basis.as_ref().is_some_and(|basis| basis.contracts.is_some()) {
        let held = |view: &BasisView| contracts(page.scenario, view).map(|held| format!("{held}"));
        columns.push(figures(Word::Contracts, &held));
    }
    page.titled(Word::BasisView, draw(&names, &columns, page.width))
}

/// A share to a tenth of a percent: `90.2%`.
pub(super) fn percent_of_tenths(share: f64) -> String {
    percent((share * 1e3).round() / 1e3)
}
