//! Exact: what a year costs on average, worked out and not drawn.
//!
//! As long as outages leave nothing to one another, the mean of a year is the mean of
//! one outage times their number. The mean of one outage is an integral over its start
//! and its duration of what the programme makes of it.

mod amounts;
mod outages;
mod partial;
mod starts;
mod state;
mod stretch;
mod year;

pub use year::{Refused, year};

use super::{Figure, Measure};
use crate::quantity::Money;
use crate::scenario::Scenario;
use partial::Durations;

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
/// cover and payout; nothing where the scenario has no peril or no line.
///
/// # Formula
///
/// ```text
/// mean of a year = Σ over perils  E[N] · ∫∫ amount(start, duration) dF(duration) dstart
/// ```
///
/// The inner integral runs over stretches of durations on which the amount is
/// straight, `a + b·d`, and is exact there: `a ∫ dF + b ∫ d dF`, both from the law of
/// durations in closed form. Turns and jumps are found by cutting. Starts with the
/// same revenue ahead of them are run once. Where any moment may be a start, each hour
/// has three, by the rule of Gauss and Legendre.
///
/// # Source
///
/// Wald's equation: Klugman, Panjer and Willmot, Loss Models, section 9.3.
#[must_use]
pub fn means(scenario: &Scenario) -> Option<Vec<Mean>> {
    if scenario.lines.is_empty() || scenario.perils.is_empty() {
        return None;
    }
    let mut measures = vec![Measure::Gross, Measure::AboveLoss];
    measures.extend((0..scenario.covers.len()).map(Measure::Cover));
    measures.extend((0..scenario.parametrics.len()).map(Measure::Payout));
    let mut figures = vec![Figure::default(); measures.len()];
    for peril in &scenario.perils {
        let peril = &peril.terms;
        let durations = Durations::new(&peril.duration);
        let mut sums = vec![0.0; measures.len()];
        let errors = outages::stretches(scenario, peril, &durations, &measures, |stretch| {
            for (measure, sum) in sums.iter_mut().enumerate() {
                *sum += stretch.mean(measure);
            }
        });
        let often = peril.frequency.mean();
        for (figure, (sum, error)) in figures.iter_mut().zip(sums.iter().zip(errors)) {
            figure.value += Money(often * sum);
            figure.error += Money(often * error);
        }
    }
    let mean = |(measure, figure): (Measure, Figure)| Mean {
        measure,
        figure,
        before_year: state::carries(scenario, measure),
    };
    Some(measures.into_iter().zip(figures).map(mean).collect())
}
