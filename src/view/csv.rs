//! The projection as a table of plain numbers: one row for each duration.

use crate::projection::Projection;
use crate::scenario::Scenario;

/// A projection as columns of numbers, for CSV and Parquet.
#[must_use]
pub fn columns(scenario: &Scenario, projection: &Projection<'_>) -> Vec<(String, Vec<f64>)> {
    let rows = &projection.rows;
    let mut columns: Vec<(String, Vec<f64>)> = Vec::new();
    let mut column = |name: String, cells: Vec<f64>| columns.push((name, cells));
    column("hours".into(), rows.iter().map(|row| row.duration.0).collect());
    column("gross".into(), rows.iter().map(|row| row.gross.0).collect());
    column("recaptured".into(), rows.iter().map(|row| row.recaptured.0).collect());
    column("saved".into(), rows.iter().map(|row| row.saved.0).collect());
    for (place, outflow) in scenario.outflows.iter().enumerate() {
        column(format!("outflow.{}", outflow.id), rows.iter().map(|row| row.outflows[place].0).collect());
    }
    for (place, supplier) in scenario.suppliers.iter().enumerate() {
        column(format!("credit.{}", supplier.id), rows.iter().map(|row| row.credits[place].0).collect());
    }
    column("economic_loss".into(), rows.iter().map(|row| row.economic_loss.0).collect());
    for (place, policy) in scenario.covers.iter().enumerate() {
        column(
            format!("recovery.{}", policy.id),
            rows.iter().map(|row| row.covers[place].paid.0).collect(),
        );
    }
    for (place, hedge) in scenario.parametrics.iter().enumerate() {
        column(format!("payout.{}", hedge.id), rows.iter().map(|row| row.payouts[place].0).collect());
    }
    for (place, hedge) in scenario.hedges.iter().enumerate() {
        let settled = rows.iter().map(|row| row.hedges[place].payoff.0).collect();
        column(format!("hedge.{}", hedge.id), settled);
    }
    for (place, supplier) in scenario.suppliers.iter().enumerate() {
        column(
            format!("third_party.{}", supplier.id),
            rows.iter().map(|row| row.third_party[place].0).collect(),
        );
    }
    for (place, annual) in scenario.annuals.iter().enumerate() {
        column(format!("annual.{}", annual.id), rows.iter().map(|row| row.annual[place].0).collect());
    }
    column("haircuts".into(), rows.iter().map(|row| row.haircuts().0).collect());
    column("programme_cost".into(), rows.iter().map(|row| row.programme_cost.0).collect());
    column("net".into(), rows.iter().map(|row| row.net.0).collect());
    for (key, reason) in crate::reason::Reason::ALL {
        column(format!("retained.{key}"), rows.iter().map(|row| row.retained[reason].0).collect());
    }
    column("retained.met_by_credits".into(), rows.iter().map(|row| 0.0 - row.met.credits.0).collect());
    column("retained.met_by_payouts".into(), rows.iter().map(|row| 0.0 - row.met.payouts.0).collect());
    let third_party = rows.iter().map(|row| 0.0 - row.met.third_party.0);
    column("retained.met_by_third_party".into(), third_party.collect());
    let annual = rows.iter().map(|row| 0.0 - row.met.annual.0);
    column("retained.met_by_annual_covers".into(), annual.collect());
    column("retained.paid_on_hedges".into(), rows.iter().map(|row| row.paid_on_hedges().0).collect());
    column(
        "retained.recovery_above_loss".into(),
        rows.iter().map(|row| 0.0 - row.recovery_above_loss.0).collect(),
    );
    columns
}

/// Writes a projection as CSV, amounts unrounded in the main unit.
///
/// # Panics
///
/// Never: memory takes every byte.
#[must_use]
pub fn write(scenario: &Scenario, projection: &Projection<'_>) -> String {
    let columns = columns(scenario, projection);
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    writer.write_record(columns.iter().map(|(name, _)| name)).expect("memory");
    for row in 0..projection.rows.len() {
        let cells = columns.iter().map(|(_, cells)| cells[row].to_string());
        writer.write_record(cells).expect("memory");
    }
    String::from_utf8(writer.into_inner().expect("memory")).expect("numbers")
}
