//! Views: numbers into words, tables, charts and files.
//!
//! The only place that rounds, and the only one that knows text and language.

mod basis;
mod chart;
mod clock;
pub mod compensation;
pub mod csv;
pub mod events;
pub mod explain;
mod figure;
pub mod findings;
pub mod fit;
pub mod json;
pub mod mask;
mod measures;
pub mod number;
#[cfg(feature = "batch")]
pub mod parquet;
pub mod replay;
pub mod report;
pub mod scenarios;
pub mod simulation;
pub mod statement;
pub mod sources;
mod table;
mod panels;
mod prices;
pub mod profile;
pub mod terms;
mod words;

pub use words::Language;

pub use table::clean;

use crate::projection::Subject;
use crate::scenario::Scenario;

/// Returns the clause of a subject, where the scenario states one.
fn clause(scenario: &Scenario, subject: Subject) -> Option<&str> {
    match subject {
        Subject::Line(line) => scenario.lines[line].clause.as_deref(),
        Subject::Outflow(outflow) => scenario.outflows[outflow].clause.as_deref(),
        Subject::Cover(cover) => scenario.covers[cover].clause.as_deref(),
        Subject::Parametric(cover) => scenario.parametrics[cover].clause.as_deref(),
        Subject::Hedge(hedge) => scenario.hedges[hedge].clause.as_deref(),
        Subject::Annual(annual) => scenario.annuals[annual].clause.as_deref(),
        Subject::Supplier(supplier) => scenario.suppliers[supplier].clause.as_deref(),
        Subject::Price(of) => prices::clause(scenario, of),
    }
}

/// Returns the name of a subject in the scenario file.
fn id(scenario: &Scenario, subject: Subject) -> &str {
    match subject {
        Subject::Line(line) => &scenario.lines[line].id,
        Subject::Outflow(outflow) => &scenario.outflows[outflow].id,
        Subject::Cover(cover) => &scenario.covers[cover].id,
        Subject::Parametric(cover) => &scenario.parametrics[cover].id,
        Subject::Hedge(hedge) => &scenario.hedges[hedge].id,
        Subject::Annual(annual) => &scenario.annuals[annual].id,
        Subject::Supplier(supplier) => &scenario.suppliers[supplier].id,
        Subject::Price(of) => prices::id(scenario, of),
    }
}
