//! Projection: waterfalls over a ladder of durations, and where they turn.

mod kink;
mod losses;
mod covers;
mod payer_turn;
mod suppliers;
mod layer;
mod price;
mod turn;
mod worth;

pub use kink::Kink;
pub use turn::{KinkCause, Subject};
pub use worth::{Worth, WorthRow, worth};

use crate::attribution::{Borne, TooManyPayers, by_shapley};
use crate::quantity::{Hours, Money};
use crate::scenario::Scenario;
use crate::waterfall::Waterfall;
use crate::year::Year;

/// Net loss by duration, with each turn of the curve named by its clause.
#[derive(Clone, Debug)]
pub struct Projection<'s> {
    /// The policy year before the outage that is projected.
    pub year: Year<'s>,
    /// One waterfall for each duration of the scenario, in its order.
    pub rows: Vec<Waterfall<'s>>,
    /// Durations at which the net loss turns or jumps, in order.
    pub kinks: Vec<Kink>,
    /// Durations for which nothing pays although something is lost.
    pub dead_zones: Vec<(Hours, Hours)>,
    /// Durations over which the net loss falls while the outage goes on.
    pub falls: Vec<Fall>,
    /// What each payer bears of each row, over every order; where that is asked for.
    pub borne: Option<Vec<Borne>>,
}

/// A stretch of durations over which net loss falls: covers together pay more
/// for another hour than it costs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fall {
    /// Where it begins.
    pub from: Hours,
    /// Where it ends; the same moment where a payment comes at once.
    pub to: Hours,
    /// By how much net loss falls.
    pub by: Money,
}

impl<'s> Projection<'s> {
    /// Projects a scenario over its ladder.
    #[must_use]
    pub fn new(scenario: &'s Scenario) -> Self {
        let year = Year::new(scenario);
        let rows = scenario.durations.iter().map(|hours| year.last(*hours)).collect();
        let curve = kink::Curve::new(scenario, &year, scenario.longest());
        let kinks = curve.kinks();
        let (dead_zones, falls) = (curve.dead_zones(), curve.falls(&kinks));
        Self { year, rows, kinks, dead_zones, falls, borne: None }
    }

    /// Adds what each payer bears over every order in which they could come.
    ///
    /// # Errors
    ///
    /// Refuses more payers than orders can be counted for.
    pub fn over_every_order(self, scenario: &'s Scenario) -> Result<Self, TooManyPayers> {
        let borne = by_shapley(scenario, &scenario.durations, &self.year.opening)?;
        Ok(Self { borne: Some(borne), ..self })
    }
}
