//! Waterfalls: outages priced one by one, in order of time.

use crate::annual::PolicyYear;
use crate::cover::Step;
use crate::outage::Outage;
use crate::quantity::Met;
use crate::reason::{Reason, Retained};
use crate::risk::losses::BATCH;
use crate::risk::simulation::Year;
use crate::risk::{Drawn, Events, Losses, Measure};
use crate::scenario::Scenario;
use crate::waterfall::{Waterfall, cost_of};

/// Runs each outage through the whole programme.
#[derive(Clone, Debug)]
pub(super) struct Waterfalls<'s> {
    scenario: &'s Scenario,
    year: Year,
    looks_at_day: bool,
}

impl<'s> Waterfalls<'s> {
    pub(super) fn new(scenario: &'s Scenario, year: Year) -> Self {
        Self { scenario, year, looks_at_day: looks_at_day(scenario) }
    }

    pub(super) fn price(&self, measures: &[Measure], events: &Events, losses: &mut Losses) {
        let idle = cost_of(self.scenario, &PolicyYear::default()).0;
        for (measure, of_idle) in measures.iter().zip(&mut losses.idle) {
            *of_idle = if matches!(measure, Measure::Net | Measure::Cost) { idle } else { 0.0 };
        }
        for (slot, (year, places)) in events.active().enumerate() {
            let retained = &mut losses.retained[year / BATCH];
            let mut state = PolicyYear::default();
            for place in places {
                let drawn = events.outage(place);
                let outage = self.outage(drawn);
                let waterfall = Waterfall::after(self.scenario, &outage, drawn.duration, &state);
                for (measure, column) in measures.iter().zip(&mut losses.columns) {
                    add(&mut column[slot], *measure, &waterfall);
                }
                keep(retained, &waterfall.retained);
                if let Some(outages) = &mut losses.outages {
                    let payers = measures.iter().filter(|measure| measure.is_payer());
                    let of_outage = [&Measure::Gross, &Measure::Net].into_iter().chain(payers);
                    for (measure, column) in of_outage.zip(outages) {
                        let mut amount = 0.0;
                        add(&mut amount, *measure, &waterfall);
                        column.push(amount);
                    }
                }
                state = waterfall.year;
            }
            let cost = cost_of(self.scenario, &state).0;
            for (measure, column) in measures.iter().zip(&mut losses.columns) {
                if matches!(measure, Measure::Net | Measure::Cost) {
                    column[slot] += cost;
                }
            }
        }
    }

    fn outage(&self, drawn: Drawn) -> Outage {
        let like = &self.scenario.outage;
        Outage {
            start: self.year.first + drawn.start,
            start_local: if self.looks_at_day { self.year.local(drawn.start) } else { like.start_local },
            cause: self.scenario.perils[drawn.peril].terms.cause,
            struck: drawn.struck,
            ..like.clone()
        }
    }
}

/// Returns whether any part of a programme looks at the day of an outage.
pub(in crate::risk) fn looks_at_day(scenario: &Scenario) -> bool {
    let of_days = scenario.covers.iter().any(|policy| policy.terms.cover.period.is_some());
    of_days || scenario.policy_year.is_some() || !scenario.suppliers.is_empty()
}

fn keep(batch: &mut [f64; Reason::COUNT], retained: &Retained) {
    for (reason, amount) in retained.iter() {
        batch[reason as usize] += amount.0;
    }
}

/// Adds what an outage comes to to what its year comes to.
fn add(year: &mut f64, measure: Measure, of: &Waterfall<'_>) {
    let net = || (of.net - of.programme_cost).0;
    let layer =
        |cover: usize, layer: usize| of.covers[cover].tower.as_ref().map(|tower| tower.layers[layer]);
    let flag = |used_up: bool| f64::from(u8::from(used_up));
    match measure {
        Measure::Gross => *year += of.economic_loss.0,
        Measure::Net => *year += net(),
        Measure::WorstGross => *year = year.max(of.economic_loss.0),
        Measure::WorstNet => *year = year.max(net()),
        Measure::AboveLoss => *year += of.recovery_above_loss.0,
        // The cost of a year is known at its end.
        Measure::Cost | Measure::NetBeforeCost => {}
        Measure::Cover(cover) => *year += of.covers[cover].paid.0,
        Measure::Payout(place) => *year += of.payouts[place].0,
        Measure::Hedge(place) => *year += of.hedges[place].payoff.0,
        Measure::Supplier(place) => {
            *year += of.suppliers[place].received().0 + of.suppliers[place].inured().0
        }
        Measure::Annual(place) => *year += of.annual[place].0,
        Measure::Layer(cover, place) => *year += layer(cover, place).map_or(0.0, |layer| layer.paid.0),
        Measure::Exhausted(cover) => {
            let response = &of.covers[cover].response;
            let cuts = |(step, reason): (Step, Reason)| {
                let left = response.after(step);
                Met::MoreThan.by_amount(left + response.retained[reason], left)
            };
            let limits = [
                (Step::OccurrenceLimit, Reason::AboveLimit),
                (Step::AggregateLimit, Reason::AggregateLimit),
            ];
            *year = year.max(flag(limits.into_iter().any(cuts)));
        }
        Measure::LayerExhausted(cover, place) => {
            let full = layer(cover, place).is_some_and(|layer| layer.is_full());
            *year = year.max(flag(full));
        }
    }
}
