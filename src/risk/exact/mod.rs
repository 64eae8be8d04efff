//! Exact: what a year costs, worked out and not drawn.
//!
//! As long as outages leave nothing to one another, the mean of a year is the mean of
//! one outage times their number, and the law of a year follows from the law of one
//! outage. The mean of one outage is an integral over its start, its duration, its
//! severity and the lines that it hits of what the programme makes of it.

mod amounts;
mod cutter;
mod fresh;
mod nodes;
mod outages;
mod refused;
mod spread;
mod starts;
mod state;
mod stretch;
mod year;

pub use refused::Refused;
pub use year::{Law, year};

use super::simulation::Year;
use super::{Figure, Measure};
use crate::quantity::Money;
use crate::scenario::Scenario;
use outages::Outages;

/// The mean of one measure in a year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mean {
    /// What is measured.
    pub measure: Measure,
    /// Its mean, and what the integration may be off by.
    pub figure: Figure,
    /// Whether an outage of the year may find less of it than the one before: the
    /// figure is then that of outages which each have a year of their own.
    pub before_year: bool,
}

/// Works out the mean of the economic loss, of what is paid above it, and of each
/// cover and payout.
///
/// # Formula
///
/// ```text
/// mean of a year = Σ over perils  E[N] · Σ over sets of lines  P(set) ·
///                  ∫∫∫ amount(start, duration, severity, set) dF(duration) dG(severity) dstart
/// ```
///
/// Where a severity is given, the integral runs over stretches of durations on which the
/// amount is straight, `a + b·d`, and is exact there: `a ∫ dF + b ∫ d dF`, both from the
/// law of durations in closed form. Where an outage lasts one of a few durations, it runs
/// over stretches of severities instead. Turns and jumps are found by cutting. Where both
/// laws have a density, severities are gone through in steps that are exact for what is
/// straight in the severity, and a rougher rule tells the error. Starts with the same
/// revenue ahead of them are run once. Where any moment of an hour may be a start, the
/// hour has three, by the rule of Gauss and Legendre.
///
/// # Source
///
/// Wald's equation: Klugman, Panjer and Willmot, Loss Models, section 9.3.
///
/// # Errors
///
/// Refuses a scenario without a peril or a line, and a peril with too many lines that
/// may be hit or not.
pub fn means(scenario: &Scenario) -> Result<Vec<Mean>, Refused> {
    if scenario.lines.is_empty() || scenario.perils.is_empty() {
        return Err(Refused::NoPeril);
    }
    let mut measures = vec![Measure::Gross, Measure::AboveLoss];
    measures.extend((0..scenario.covers.len()).map(Measure::Cover));
    measures.extend((0..scenario.parametrics.len()).map(Measure::Payout));
    let mut figures = vec![Figure::default(); measures.len()];
    let year = Year::of(scenario);
    for (place, peril) in scenario.perils.iter().enumerate() {
        let outages = Outages::new(scenario, place)?;
        let mut sums = vec![[0.0; 2]; measures.len()];
        let errors = outages.stretches(scenario, &year, &measures, true, |stretch| {
            for (measure, sum) in sums.iter_mut().enumerate() {
                let mean = stretch.mean(measure);
                sum.iter_mut().zip(stretch.weights).for_each(|(sum, weight)| *sum += weight * mean);
            }
        });
        let often = peril.terms.frequency.mean();
        for (figure, ([fine, rough], error)) in figures.iter_mut().zip(sums.iter().zip(errors)) {
            let of_steps = if outages.has_steps() { (fine - rough).abs() } else { 0.0 };
            figure.value += Money(often * fine);
            figure.error += Money(often * (error + of_steps));
        }
    }
    let mean = |(measure, figure): (Measure, Figure)| Mean {
        measure,
        figure,
        before_year: state::carries(scenario, measure),
    };
    Ok(measures.into_iter().zip(figures).map(mean).collect())
}
