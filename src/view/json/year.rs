//! The policy year as JSON: its outages in date order, and what each leaves.

use serde::Serialize;

use super::{Amounts, tower};
use crate::outage::{Cause, Outage};
use crate::projection::Projection;
use crate::quantity::Money;
use crate::scenario::Scenario;
use crate::waterfall::Waterfall;

#[derive(Serialize)]
pub(super) struct Year {
    /// First day of the policy year.
    starts: Option<String>,
    days: Option<i64>,
    /// Each outage in date order; the last, which is projected, for each duration.
    outages: Vec<Event>,
}

#[derive(Serialize)]
struct Event {
    id: String,
    start: String,
    cause: Option<&'static str>,
    hours: f64,
    gross: f64,
    economic_loss: f64,
    recoveries: Amounts,
    /// What each layer takes and has left, by cover and layer.
    tower: tower::Parts,
    reinstatement_premium: f64,
    payouts: f64,
    third_party: f64,
    annual: f64,
    programme_cost: f64,
    net: f64,
    /// The year with this outage and those before it.
    so_far: SoFar,
}

#[derive(Clone, Copy, Default, Serialize)]
struct SoFar {
    gross: f64,
    economic_loss: f64,
    recovered: f64,
    payouts: f64,
    third_party: f64,
    annual: f64,
    programme_cost: f64,
    reinstatement_premium: f64,
    net: f64,
}

/// Returns the year, where the scenario states one.
pub(super) fn year(scenario: &Scenario, projection: &Projection<'_>) -> Option<Year> {
    if scenario.policy_year.is_none() && scenario.earlier.is_empty() {
        return None;
    }
    let mut before = SoFar::default();
    let mut outages = Vec::new();
    for (outage, row) in projection.year.outages() {
        before = before.with(row);
        outages.push(event(scenario, outage, row, before));
    }
    let last = projection.rows.iter().map(|row| event(scenario, &scenario.outage, row, before.with(row)));
    outages.extend(last);
    let period = scenario.policy_year;
    Some(Year {
        starts: period.map(|year| year.first().to_string()),
        days: period.map(crate::outage::Days::length),
        outages,
    })
}

fn event(scenario: &Scenario, outage: &Outage, row: &Waterfall<'_>, so_far: SoFar) -> Event {
    let covers = scenario.covers.iter().zip(&row.covers);
    Event {
        id: outage.id.clone(),
        start: outage.start_local.to_string(),
        cause: outage.cause.map(Cause::key),
        hours: row.duration.0,
        gross: row.gross.0,
        economic_loss: row.economic_loss.0,
        recoveries: covers.map(|(policy, cover)| (policy.id.clone(), cover.paid.0.into())).collect(),
        tower: tower::parts(scenario, row),
        reinstatement_premium: row.reinstatement_premium().0,
        payouts: row.paid_out().0,
        third_party: sum(&row.third_party),
        annual: sum(&row.annual),
        programme_cost: row.programme_cost.0,
        net: row.net.0,
        so_far,
    }
}

impl SoFar {
    fn with(self, row: &Waterfall<'_>) -> Self {
        Self {
            gross: self.gross + row.gross.0,
            economic_loss: self.economic_loss + row.economic_loss.0,
            recovered: self.recovered + row.recovered().0,
            payouts: self.payouts + row.paid_out().0,
            third_party: self.third_party + sum(&row.third_party),
            annual: self.annual + sum(&row.annual),
            programme_cost: self.programme_cost + row.programme_cost.0,
            reinstatement_premium: self.reinstatement_premium + row.reinstatement_premium().0,
            net: self.net + row.net.0,
        }
    }
}

/// Adds amounts up: no amounts are nothing, and not less than nothing.
fn sum(amounts: &[Money]) -> f64 {
    amounts.iter().copied().sum::<Money>().0
}
