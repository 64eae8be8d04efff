//! A simulation as a page of text, as JSON (`netloss.simulate/1`) and as tables,
//! those of Open Results Data among them.

mod chart;
pub mod exact;
mod json;
pub mod ord;
mod page;
pub mod tables;

pub use json::json;
pub use page::page;

use super::number::Unit;
use crate::quantity::{Money, Share};
use crate::risk::exact::Refused;
use crate::risk::{Estimate, Subject, Summary, Tolerable};
use crate::view::Language;

/// What a simulation is shown with.
#[derive(Debug)]
pub struct Shown<'s> {
    /// Whose years they are.
    pub subject: &'s Subject,
    /// What they come to.
    pub summary: &'s Summary,
    /// How many years were asked for, where the run was stopped before.
    pub stopped_before: Option<u64>,
    /// What a year of capital costs, where that is stated.
    pub cost_of_capital: Option<Share>,
    /// Hours until one outage's loss passes the appetite: before recoveries, and net.
    pub tolerable: Option<[Tolerable; 2]>,
    /// Means that were found without a draw, by the name of what they measure.
    pub exact: Vec<ExactMean>,
    /// Means that were asked for and take a draw, and why.
    pub not_exact: Vec<(String, Refused)>,
}

/// A mean that was found by integration, beside the one that was drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct ExactMean {
    /// What it is the mean of: a column of the year table.
    pub name: String,
    /// The mean of a year.
    pub exact: Money,
    /// Bound of its own numerical error.
    pub bound: Money,
    /// The mean of the years drawn.
    pub drawn: Estimate,
}

impl ExactMean {
    /// Returns how many standard errors the drawn mean is off; nothing for two means that
    /// are the same but for rounding, as where every year is alike.
    #[must_use]
    pub fn deviation(&self) -> f64 {
        let off = (self.drawn.value - self.exact).0;
        let rounding = 1e-9 * self.exact.0.abs();
        if off.abs() <= rounding { 0.0 } else { off / self.drawn.error.0 }
    }
}

/// Writes a figure with its standard error, and no digit that the error does not
/// support: two digits of the error.
fn with_error(estimate: Estimate, unit: Unit, language: Language) -> String {
    let Estimate { value, error } = estimate;
    if !(error.0.is_finite() && error.0 > 0.0) {
        return unit.show(value, language);
    }
    let step = 10_f64.powi(libm::log10(error.0).floor() as i32 - 1);
    let unit = unit.to_the(Money(step));
    let round = |amount: Money| Money((amount.0 / step).round() * step);
    format!("{} ±{}", unit.show(round(value), language), unit.show(round(error), language))
}

/// Writes a share of years as people say it: `1 year in 250`, or in percent.
fn percent(share: f64) -> String {
    let percent = share * 100.0;
    if percent == 0.0 || percent >= 9.95 {
        format!("{percent:.1}%")
    } else {
        let digits = (1 - libm::log10(percent).floor() as i32).clamp(0, 6) as usize;
        format!("{percent:.digits$}%")
    }
}
