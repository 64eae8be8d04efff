//! Pricing: what drawn outages cost under a programme.
//!
//! Programmes whose terms need no more than an amount are priced column by column
//! ([`Kernel`]); all others outage by outage, each with its whole waterfall. Both
//! call the same terms and come to the same amounts, up to rounding.

mod claim;
mod curve;
mod kernel;
mod waterfalls;

pub use kernel::{Kernel, NeedsWaterfall};

use super::simulation::Year;
use super::{Events, Losses, Measure, Simulation, Subject};
use crate::scenario::Scenario;
use waterfalls::Waterfalls;

/// A programme, ready to price outages.
#[derive(Clone, Debug)]
pub struct Pricing<'s> {
    measures: Vec<Measure>,
    way: Way<'s>,
}

#[derive(Clone, Debug)]
enum Way<'s> {
    Columns(Box<Kernel<'s>>),
    Waterfalls(Waterfalls<'s>, NeedsWaterfall),
}

/// Columns that pricing works in; kept, so that no block has to ask for memory.
#[derive(Clone, Debug, Default)]
pub struct Scratch(kernel::Scratch);

impl<'s> Pricing<'s> {
    /// Prepares a scenario's programme for the years of a simulation.
    #[must_use]
    pub fn new(scenario: &'s Scenario, simulation: &Simulation<'_>) -> Self {
        let way = match Kernel::new(scenario, simulation.year()) {
            Ok(kernel) => Way::Columns(Box::new(kernel)),
            Err(reason) => Way::Waterfalls(Waterfalls::new(scenario, simulation.year().clone()), reason),
        };
        Self { measures: Subject::of(scenario).measures(), way }
    }

    /// Prepares it to price each outage with its whole waterfall, whatever its terms.
    #[must_use]
    pub fn by_waterfalls(scenario: &'s Scenario, year: Year) -> Self {
        let way = Way::Waterfalls(Waterfalls::new(scenario, year), NeedsWaterfall::asked_for());
        Self { measures: Subject::of(scenario).measures(), way }
    }

    /// Returns what each year is measured by, in the order of the columns.
    #[must_use]
    pub fn measures(&self) -> &[Measure] {
        &self.measures
    }

    fn payers(&self) -> usize {
        let pays = |measure: &&Measure| measure.is_payer();
        self.measures.iter().filter(pays).count()
    }

    /// Returns why outages are priced one by one, where they are.
    #[must_use]
    pub fn needs_waterfall(&self) -> Option<&NeedsWaterfall> {
        match &self.way {
            Way::Columns(_) => None,
            Way::Waterfalls(_, reason) => Some(reason),
        }
    }

    /// Prices the outages of a stretch of years; of each outage as well, where `losses`
    /// has columns for that.
    pub fn price(&self, events: &Events, losses: &mut Losses, scratch: &mut Scratch) {
        losses.clear(self.measures.len(), events);
        if let Some(outages) = &mut losses.outages {
            outages.resize_with(2 + self.payers(), Vec::new);
        }
        match &self.way {
            Way::Columns(kernel) => kernel.price(events, losses, &mut scratch.0),
            Way::Waterfalls(waterfalls, _) => waterfalls.price(&self.measures, events, losses),
        }
    }
}
