//! Store: outages drawn once, to price many programmes on.
//!
//! What a change of terms is worth is then known to far less than the error of
//! either programme: both are priced on the same years.

use std::ops::Range;

use super::summary::{blocks, of_block, pilot_blocks};
use super::{Events, Losses, Measure, Pricing, Rule, Scratch, Simulation, Summary, Tallies};
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

    /// Returns the first blocks, which say what is worth keeping of all; none where every
    /// year is kept.
    #[must_use]
    pub fn first(&self) -> Range<usize> {
        let pilot = pilot_blocks(self.blocks.len() as u64) as usize;
        0..if pilot < self.blocks.len() { pilot } else { 0 }
    }

    /// Prices some blocks, and returns what each of them comes to.
    #[must_use]
    pub fn losses(&self, pricing: &Pricing<'_>, blocks: Range<usize>, desk: &mut Desk) -> Vec<Losses> {
        let price = |events: &Events| {
            let mut losses = Losses::default();
            pricing.price(events, &mut losses, &mut desk.scratch);
            losses
        };
        self.blocks[blocks].iter().map(price).collect()
    }

    /// Prices some blocks, one after the other; parts that follow one another are put
    /// together with [`Tallies::append`]. Nothing where there is no block.
    ///
    /// The pilot is what the first blocks come to under the same programme.
    #[must_use]
    pub fn tallies(
        &self,
        pricing: &Pricing<'_>,
        pilot: &Pilot,
        blocks: Range<usize>,
        desk: &mut Desk,
    ) -> Option<Tallies> {
        let mut whole: Option<Tallies> = None;
        for block in blocks.clone() {
            let losses = pilot.losses.get(block).unwrap_or_else(|| {
                pricing.price(&self.blocks[block], &mut desk.losses, &mut desk.scratch);
                &desk.losses
            });
            match &mut whole {
                None => {
                    let mut first = Tallies::of(losses, &pilot.rule);
                    first.make_room(blocks.len());
                    whole = Some(first);
                }
                Some(whole) => whole.add(losses),
            }
        }
        whole.iter_mut().for_each(Tallies::settle);
        whole
    }

    /// Prices a programme on all years.
    #[must_use]
    pub fn summary(&self, pricing: &Pricing<'_>, level: Option<Money>) -> Option<Summary> {
        let mut desk = Desk::default();
        let measures = pricing.measures();
        let summary = |losses: Vec<Losses>, desk: &mut Desk| {
            let pilot = Pilot::new(losses, measures, level);
            Summary::new(measures, self.tallies(pricing, &pilot, 0..self.blocks.len(), desk)?)
        };
        let first = self.losses(pricing, self.first(), &mut desk);
        summary(first, &mut desk)
            // Too few years lay where the first blocks suggested: once more, and keep all.
            .or_else(|| summary(vec![], &mut desk))
    }
}

/// The first blocks of a store under a programme: what they come to, and what they say
/// is worth keeping of all.
#[derive(Clone, Debug)]
pub struct Pilot {
    losses: Vec<Losses>,
    rule: Rule,
}

impl Pilot {
    /// Reads the first blocks; without any, every year is kept. `level` is the amount
    /// whose passing is counted.
    #[must_use]
    pub fn new(losses: Vec<Losses>, measures: &[Measure], level: Option<Money>) -> Self {
        let rule = match losses[..] {
            [] => Rule::all(measures, level),
            _ => Rule::about(&losses, measures, level),
        };
        Self { losses, rule }
    }
}
