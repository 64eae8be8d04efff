//! What each measure of the plan is worth: net loss without it, less net loss with it.

use crate::quantity::{Hours, Money};
use crate::scenario::Scenario;
use crate::waterfall::Waterfall;
use crate::year::Year;

/// What leaving out a measure changes, by duration.
#[derive(Clone, Debug, PartialEq)]
pub struct Worth {
    /// The measure, by its place in the plan; nothing for all of them together.
    pub measure: Option<usize>,
    /// One row for each duration of the scenario, in its order.
    pub rows: Vec<WorthRow>,
}

/// What leaving out a measure changes in one outage.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WorthRow {
    /// How long the outage lasted.
    pub duration: Hours,
    /// Net loss with all measures in force.
    pub net: Money,
    /// Net loss without this one.
    pub without: Money,
    /// What the measure costs: upkeep and premium that the event is charged, and
    /// what it costs in the outage.
    pub cost: Money,
}

impl WorthRow {
    /// Returns what the measure is worth after its cost; below zero where it costs
    /// more than it saves.
    #[must_use]
    pub fn worth(&self) -> Money {
        self.without - self.net
    }

    /// Returns what it saves before its cost.
    #[must_use]
    pub fn saves(&self) -> Money {
        self.worth() + self.cost
    }
}

/// Returns what each measure in force is worth, one after the other, and what all
/// of them are worth together; nothing without a plan.
///
/// Measures help one another and stand in for one another, so the parts do not add
/// up to the whole.
#[must_use]
pub fn worth(scenario: &Scenario) -> Vec<Worth> {
    let Some(plan) = &scenario.plan else { return vec![] };
    let nets = |scenario: &Scenario| -> Vec<(Money, Money)> {
        let year = Year::new(scenario);
        let priced = |duration: &Hours| {
            let waterfall: Waterfall<'_> = year.last(*duration);
            let of_events: Money = scenario
                .plan
                .iter()
                .flat_map(|plan| plan.in_force())
                .map(|(_, it)| it.terms.of_event)
                .sum();
            (waterfall.net, waterfall.programme_cost + of_events)
        };
        scenario.durations.iter().map(priced).collect()
    };
    let with = nets(scenario);
    let against = |measure: Option<usize>| {
        let other = scenario.without(|place| measure.is_none_or(|one| one == place));
        let without = nets(&other);
        let rows = scenario.durations.iter().enumerate().map(|(place, duration)| {
            let ((net, cost), (without, cost_without)) = (with[place], without[place]);
            WorthRow { duration: *duration, net, without, cost: cost - cost_without }
        });
        Worth { measure, rows: rows.collect() }
    };
    let each = plan.in_force().map(|(place, _)| Some(place));
    each.chain([None]).map(against).collect()
}
