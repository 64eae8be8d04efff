//! Year: the law of a year's total of one measure, from the law of one outage.

use std::fmt;

use super::amounts::{Collector, OneOutage};
use super::outages;
use super::partial::Durations;
use super::state;
use crate::cover::{AggregateDeductible, Cover, Order};
use crate::peril::Frequency;
use crate::quantity::Share;
use crate::risk::Measure;
use crate::risk::compound::{self, Compound, OfYear, Severity};
use crate::scenario::Scenario;

/// Works out the law of a year's total of a measure.
///
/// Of what a cover leaves from one outage to the next, an aggregate deductible that
/// absorbs and an aggregate limit are terms of the total alone, and are applied to it.
///
/// # Errors
///
/// Refuses a scenario without a peril or a line, a measure that is no sum of outages,
/// and terms by which an outage finds less than the one before.
pub fn year(scenario: &Scenario, measure: Measure) -> Result<Compound, Refused> {
    if scenario.lines.is_empty() || scenario.perils.is_empty() {
        return Err(Refused::NoPeril);
    }
    let (scenario, terms) = match measure {
        Measure::Gross | Measure::Payout(_) | Measure::AboveLoss => (scenario.clone(), OfYear::default()),
        Measure::Cover(place) => without_aggregates(scenario, place)?,
        Measure::Net | Measure::WorstGross | Measure::WorstNet => return Err(Refused::NoSum),
    };
    if state::carries(&scenario, measure) {
        return Err(Refused::State);
    }
    let perils = scenario.perils.iter().map(|peril| &peril.terms);
    let durations: Vec<Durations<'_>> =
        perils.clone().map(|peril| Durations::new(&peril.duration)).collect();
    let laws: Vec<(Frequency, OneOutage<'_>)> = perils
        .zip(&durations)
        .map(|(peril, durations)| {
            let mut collector = Collector::new();
            outages::stretches(&scenario, peril, durations, &[measure], |stretch| {
                collector.add(&stretch, 0);
            });
            (peril.frequency, collector.finish(durations))
        })
        .collect();
    let laws: Vec<(Frequency, &dyn Severity)> =
        laws.iter().map(|(frequency, law)| (*frequency, law as &dyn Severity)).collect();
    Ok(compound::year(&laws, terms))
}

/// The scenario with the aggregates of a cover taken off, and as terms of its total.
fn without_aggregates(scenario: &Scenario, place: usize) -> Result<(Scenario, OfYear), Refused> {
    let mut scenario = scenario.clone();
    let policy = &mut scenario.covers[place].terms;
    let tower = policy.tower.is_some();
    let cover: &mut Cover = &mut policy.cover;
    let deductible = match cover.aggregate_deductible {
        None => None,
        Some(AggregateDeductible::Absorb(amount)) => Some(amount),
        Some(AggregateDeductible::CapOnRetentions { .. }) => return Err(Refused::State),
    };
    // Only what nothing follows is a term of the total.
    let last = cover.order != Order::ShareLast || cover.insured_share == Share::NONE;
    if (deductible.is_some() || cover.aggregate_limit.is_some()) && (tower || !last) {
        return Err(Refused::State);
    }
    let terms = OfYear { deductible: deductible.unwrap_or_default(), limit: cover.aggregate_limit };
    (cover.aggregate_deductible, cover.aggregate_limit) = (None, None);
    Ok((scenario, terms))
}

/// A law that cannot be worked out without a simulation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// There is no peril, or no line.
    NoPeril,
    /// The measure is no sum of what outages come to.
    NoSum,
    /// An outage finds less than the one before, by another term than an aggregate.
    State,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoPeril => "the scenario has no peril or no line",
            Self::NoSum => "it is no sum of what outages come to",
            Self::State => "an outage finds other terms than the one before",
        })
    }
}

impl std::error::Error for Refused {}
