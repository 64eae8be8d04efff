//! Year: the law of a year's total of one measure, from the law of one outage.

use super::amounts::{Collector, OneOutage};
use super::outages::Outages;
use super::{Refused, state};
use crate::cover::{AggregateDeductible, Cover, Order};
use crate::peril::Frequency;
use crate::quantity::{Money, Share};
use crate::risk::compound::{self, Compound, OfYear, Severity};
use crate::risk::simulation::Year;
use crate::risk::{Figure, Measure};
use crate::scenario::Scenario;

/// The law of a year's total of one measure.
///
/// Each figure comes with what its arithmetic may be off by: on the grid, in the
/// integration, and in the steps by which severities were gone through.
#[derive(Clone, Debug)]
pub struct Law {
    fine: Compound,
    /// The law by the rougher rule for severities, where there are steps.
    rough: Option<Compound>,
    /// What integration and layout may be off by, as a part of each figure.
    off: f64,
}

/// What the straight densities that amounts are laid out by may be off by, as a part.
const STRIDES: f64 = 1e-8;

/// Works out the law of a year's total of a measure.
///
/// Of what a payer leaves from one outage to the next, an aggregate deductible that
/// absorbs and a limit of the year are terms of the total alone, and are applied to it.
///
/// # Errors
///
/// Refuses a scenario without a peril or a line, a measure that is no sum of outages,
/// terms by which an outage finds less than the one before, and a peril with too many
/// lines that may be hit or not, or too many cases of severities and lines.
pub fn year(scenario: &Scenario, measure: Measure) -> Result<Law, Refused> {
    if scenario.lines.is_empty() || scenario.perils.is_empty() {
        return Err(Refused::NoPeril);
    }
    let (scenario, terms) = match measure {
        Measure::Gross | Measure::AboveLoss => (scenario.clone(), OfYear::default()),
        Measure::Cover(place) => without_aggregates(scenario, place)?,
        Measure::Payout(place) => {
            let mut scenario = scenario.clone();
            let limit = scenario.parametrics[place].terms.parametric.annual_limit.take();
            (scenario, OfYear { limit, ..OfYear::default() })
        }
        _ => return Err(Refused::NoSum),
    };
    if state::carries(&scenario, measure) {
        return Err(Refused::State);
    }
    let of = Year::of(&scenario);
    let perils = 0..scenario.perils.len();
    let outages: Vec<Outages<'_>> =
        perils.map(|peril| Outages::new(&scenario, peril)).collect::<Result<_, _>>()?;
    if outages.iter().any(Outages::has_many_cases) {
        return Err(Refused::Cases);
    }
    let (mut fine, mut rough) = (Vec::new(), Vec::new());
    let (mut mean, mut error) = (0.0, 0.0);
    for (peril, outages) in scenario.perils.iter().zip(&outages) {
        let mut collectors = [0, 1].map(Collector::new);
        let errors = outages.stretches(&scenario, &of, &[measure], false, |stretch| {
            collectors.iter_mut().for_each(|collector| collector.add(stretch, 0));
        });
        let frequency = peril.terms.frequency;
        let [of_fine, of_rough] = collectors.map(|collector| collector.finish(outages));
        mean += frequency.mean() * of_fine.mean();
        error += frequency.mean() * errors.iter().sum::<f64>();
        fine.push((frequency, of_fine));
        rough.push((frequency, of_rough));
    }
    let compound = |laws: &[(Frequency, OneOutage<'_>)]| {
        let laws: Vec<(Frequency, &dyn Severity)> =
            laws.iter().map(|(frequency, law)| (*frequency, law as &dyn Severity)).collect();
        compound::year(&laws, terms)
    };
    Ok(Law {
        fine: compound(&fine),
        rough: outages.iter().any(Outages::has_steps).then(|| compound(&rough)),
        off: STRIDES + if mean > 0.0 { error / mean } else { 0.0 },
    })
}

impl Law {
    /// Adds what integration and steps may be off by to what the grid is off by. A
    /// quantile that is an atom is off by nothing.
    fn figure(&self, of: impl Fn(&Compound) -> Option<Figure>) -> Option<Figure> {
        let Figure { value, error } = of(&self.fine)?;
        let rough = self.rough.as_ref().and_then(of).map_or(value, |figure| figure.value);
        let of_steps = if rough == value { Money::ZERO } else { Money((value - rough).0.abs()) };
        let of_integration = if error > Money::ZERO { Money(value.0 * self.off) } else { Money::ZERO };
        Some(Figure { value, error: error + of_steps + of_integration })
    }

    /// Returns the mean.
    #[must_use]
    pub fn mean(&self) -> Figure {
        self.figure(|law| Some(law.mean())).unwrap_or_default()
    }

    /// Returns the standard deviation; endless where one outage has no limit and a
    /// heavy tail.
    #[must_use]
    pub fn deviation(&self) -> Figure {
        self.figure(|law| Some(law.deviation())).unwrap_or_default()
    }

    /// Returns the amount that a share `p` of years does not pass; nothing where it
    /// lies beyond the grid, which holds all but about one year in a million.
    #[must_use]
    pub fn value_at_risk(&self, p: f64) -> Option<Figure> {
        self.figure(|law| law.value_at_risk(p))
    }

    /// Returns the mean of the worst share `1 - p` of years; nothing as
    /// [`Law::value_at_risk`].
    #[must_use]
    pub fn tail_value_at_risk(&self, p: f64) -> Option<Figure> {
        self.figure(|law| law.tail_value_at_risk(p))
    }

    /// Returns the probability that a year comes to more than an amount; nothing where
    /// the amount lies beyond the grid.
    #[must_use]
    pub fn exceedance(&self, amount: Money) -> Option<f64> {
        self.fine.exceedance(amount)
    }
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
