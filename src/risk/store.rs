//! Store: outages drawn once, to price many programmes on.
//!
//! What a change of terms is worth is then known to far less than the error of
//! either programme: both are priced on the same years.

use std::ops::Range;

use super::summary::{blocks, of_block, pilot_blocks};
use super::{Events, Losses, Pricing, Rule, Scratch, Simulation, Summary, Tallies};
use crate::quantity::Money;

/// The outages of a run, block by block.
#[derive(Clone, Debug, PartialEq)]
pub struct Store {
    years: u64,
    blocks: Vec<Events>,
}

/// Columns that a programme is priced in; kept, so that no block has to ask for memory.
#[derive(Clone, Debug, Default)]
pub struct Desk {
    losses: Losses,
    scratch: Scratch,
}

impl Store {
    /// Draws so many years.
    #[must_use]
    pub fn draw(simulation: &Simulation<'_>, years: u64) -> Self {
        let block = |block: u64| {
            let mut events = Events::default();
            let (first, years) = of_block(block, years);
            simulation.draw(first, years, &mut events);
            events.settle();
            events
        };
        Self { years, blocks: (0..blocks(years)).map(block).collect() }
    }

    /// Returns how many years there are.
    #[must_use]
    pub fn years(&self) -> u64 {
        self.years
    }

    /// Returns how many outages there are.
    #[must_use]
    pub fn outages(&self) -> usize {
        self.blocks.iter().map(Events::outages).sum()
    }

    /// Returns how many blocks of years there are.
    #[must_use]
    pub fn blocks(&self) -> usize {
        self.blocks.len()
    }

    /// Says what is to be kept of the years of a programme, as the first blocks suggest.
    #[must_use]
    pub fn rule(&self, pricing: &Pricing<'_>, level: Option<Money>, desk: &mut Desk) -> Rule {
        let pilot = pilot_blocks(self.blocks.len() as u64) as usize;
        if pilot >= self.blocks.len() {
            return Rule::all(pricing.measures(), level);
        }
        let price = |events: &Events| {
            pricing.price(events, &mut desk.losses, &mut desk.scratch);
            desk.losses.clone()
        };
        let losses: Vec<Losses> = self.blocks[..pilot].iter().map(price).collect();
        Rule::about(&losses, pricing.measures(), level)
    }

    /// Prices some blocks, one after the other; parts that follow one another are put
    /// together with [`Tallies::append`]. Nothing where there is no block.
    #[must_use]
    pub fn tallies(
        &self,
        pricing: &Pricing<'_>,
        rule: &Rule,
        blocks: Range<usize>,
        desk: &mut Desk,
    ) -> Option<Tallies> {
        let mut whole: Option<Tallies> = None;
        for events in &self.blocks[blocks] {
            pricing.price(events, &mut desk.losses, &mut desk.scratch);
            match &mut whole {
                None => whole = Some(Tallies::of(&desk.losses, rule)),
                Some(whole) => whole.add(&desk.losses),
            }
        }
        whole.iter_mut().for_each(Tallies::settle);
        whole
    }

    /// Prices a programme on all years.
    #[must_use]
    pub fn summary(&self, pricing: &Pricing<'_>, level: Option<Money>) -> Option<Summary> {
        let mut desk = Desk::default();
        let all = 0..self.blocks.len();
        let rule = self.rule(pricing, level, &mut desk);
        let summary = |rule: &Rule, desk: &mut Desk| {
            Summary::new(pricing.measures(), self.tallies(pricing, rule, all.clone(), desk)?)
        };
        summary(&rule, &mut desk)
            // Too few years lay where the first blocks suggested: once more, and keep all.
            .or_else(|| summary(&Rule::all(pricing.measures(), level), &mut desk))
    }
}
