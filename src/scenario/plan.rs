//! The plan of a scenario: its measures, and the scenario without some of them.

use std::sync::Arc;

use super::{Named, Scenario};
use crate::measure::Measure;
use crate::mitigation::{Amount, Outflow};
use crate::quantity::Money;

/// The measures of a scenario, and which of them are in force.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Every measure of the file, in its order.
    pub measures: Vec<Named<Measure>>,
    /// Whether each of them is in force.
    pub in_force: Vec<bool>,
    /// The scenario before any measure changes it.
    bare: Arc<Scenario>,
}

impl Plan {
    /// Returns the measures in force, each with its place.
    pub fn in_force(&self) -> impl Iterator<Item = (usize, &Named<Measure>)> {
        self.measures.iter().enumerate().filter(|(place, _)| self.in_force[*place])
    }
}

impl Scenario {
    /// Returns the scenario with measures, all of them in force.
    #[must_use]
    pub fn with_measures(self, measures: Vec<Named<Measure>>) -> Self {
        if measures.is_empty() {
            return self;
        }
        let in_force = vec![true; measures.len()];
        Self::under(Plan { measures, in_force, bare: Arc::new(self) })
    }

    /// Returns the scenario without the measures that `left_out` picks by place.
    ///
    /// Pure: the same measures left out give the same scenario, and a measure that
    /// is left out leaves no trace. Without the transfer of risk nobody is insured
    /// and nothing is hedged.
    #[must_use]
    pub fn without(&self, left_out: impl Fn(usize) -> bool) -> Self {
        let Some(plan) = &self.plan else { return self.clone() };
        let mut plan = plan.clone();
        for (place, in_force) in plan.in_force.iter_mut().enumerate() {
            *in_force &= !left_out(place);
        }
        Self::under(plan)
    }

    fn under(plan: Plan) -> Self {
        let mut scenario = Self::clone(&plan.bare);
        for (_, measure) in plan.in_force() {
            scenario.take(measure);
        }
        let transfer = |(measure, in_force): (&Named<Measure>, &bool)| measure.terms.transfers && !in_force;
        if plan.measures.iter().zip(&plan.in_force).any(transfer) {
            scenario.transfer_nothing();
        }
        scenario.plan = Some(plan);
        scenario
    }

    fn take(&mut self, measure: &Named<Measure>) {
        let Measure { lines, way, recapture, outflows, communication, part, of_event, .. } = &measure.terms;
        for line in lines {
            let line = &mut self.lines[*line].terms;
            if let Ok(path) = way.of(&line.path) {
                line.path = path;
            }
            line.recapture = recapture.unwrap_or(line.recapture);
        }
        for outflow in outflows {
            if let Amount::Churn(churn) = &mut self.outflows[*outflow].terms.amount {
                churn.communication = communication.or(churn.communication);
            }
        }
        if *of_event > Money::ZERO {
            let Named { id, label, clause, sources, assumption, .. } = measure.clone();
            let terms = Outflow::new(part.head(), Amount::Fixed(*of_event));
            self.outflows.push(Named { id, label, clause, sources, assumption, terms });
        }
    }

    fn transfer_nothing(&mut self) {
        self.covers.clear();
        self.parametrics.clear();
        self.hedges.clear();
        self.annuals.clear();
        self.equity_puts.clear();
        self.currency_hedges.clear();
    }
}
