//! Simulation: policy years drawn one by one, each run through the programme.

use super::{Dimension, Draws};
use crate::annual::PolicyYear;
use crate::outage::{Outage, Struck};
use crate::peril::{Counts, Starts};
use crate::quantity::Hours;
use crate::scenario::Scenario;
use crate::waterfall::{Waterfall, cost_of};

/// An outage as it was drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Drawn {
    /// Which peril strikes, by its place in the scenario.
    pub peril: usize,
    /// When, in hours after the first moment of the year.
    pub start: Hours,
    /// For how long.
    pub duration: Hours,
    /// How hard it hits, and which lines.
    pub struck: Struck,
}

/// What a year is measured by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Economic loss of all outages.
    Gross,
    /// Net loss of all outages, with the programme's cost.
    Net,
    /// Economic loss of the worst outage.
    WorstGross,
    /// Net loss of the worst outage, without the programme's cost.
    WorstNet,
    /// What all covers and payouts bring beyond the loss that was left.
    AboveLoss,
    /// What a cover pays.
    Cover(usize),
    /// What a parametric cover pays.
    Payout(usize),
}

/// Years of a scenario, ready to be drawn.
#[derive(Clone, Debug)]
pub struct Simulation<'s> {
    scenario: &'s Scenario,
    draws: Draws,
    counts: Vec<Counts>,
    starts: Vec<Starts>,
    measures: Vec<Measure>,
    /// First moment of the drawn year, on the calendar.
    first: Hours,
}

/// Amounts of a block of years: one list for each measure.
pub type Block = Vec<Vec<f64>>;

impl<'s> Simulation<'s> {
    /// Prepares a scenario for drawing; nothing where it has no peril or no line.
    #[must_use]
    pub fn new(scenario: &'s Scenario, seed: u64) -> Option<Self> {
        let line = &scenario.lines.first()?.terms;
        if scenario.perils.is_empty() {
            return None;
        }
        let year = scenario.hours_of_week(line.origin, line.profile.length().0 as usize);
        let mut measures =
            vec![Measure::Gross, Measure::Net, Measure::WorstGross, Measure::WorstNet, Measure::AboveLoss];
        measures.extend((0..scenario.covers.len()).map(Measure::Cover));
        measures.extend((0..scenario.parametrics.len()).map(Measure::Payout));
        Some(Self {
            scenario,
            draws: Draws::new(seed),
            counts: scenario.perils.iter().map(|peril| peril.terms.frequency.counts()).collect(),
            starts: scenario.perils.iter().map(|peril| peril.terms.start.over(&year)).collect(),
            measures,
            first: line.origin,
        })
    }

    /// Returns what each year is measured by, in the order of a block.
    #[must_use]
    pub fn measures(&self) -> &[Measure] {
        &self.measures
    }

    /// Draws the outages of a year, in order of time.
    pub fn draw(&self, year: u64, outages: &mut Vec<Drawn>) {
        outages.clear();
        for (place, (peril, counts)) in self.scenario.perils.iter().zip(&self.counts).enumerate() {
            let event = |nth: u32| (place as u32) << 20 | nth;
            let [count, _] = self.draws.pair(year, event(0), Dimension::Count);
            for nth in 0..counts.of(count) {
                let [duration, start] = self.draws.pair(year, event(nth), Dimension::Event);
                let [severity, common] = self.draws.pair(year, event(nth), Dimension::Outcome);
                let own = |line| self.draws.of_line(year, event(nth), line);
                outages.push(Drawn {
                    peril: place,
                    start: self.starts[place].of(start),
                    duration: peril.terms.duration.quantile(duration),
                    struck: peril.terms.struck(severity, common, own),
                });
            }
        }
        outages.sort_by(|a, b| a.start.0.total_cmp(&b.start.0));
    }

    /// Draws the years `first..first + years` and runs each through the programme.
    #[must_use]
    pub fn block(&self, first: u64, years: usize) -> Block {
        let mut block: Block = vec![vec![0.0; years]; self.measures.len()];
        let mut outages = Vec::new();
        for place in 0..years {
            self.draw(first + place as u64, &mut outages);
            self.run(&outages, place, &mut block);
        }
        block
    }

    fn run(&self, outages: &[Drawn], place: usize, block: &mut Block) {
        let mut year = PolicyYear::default();
        for drawn in outages {
            let outage = Outage {
                start: self.first + drawn.start,
                struck: drawn.struck,
                cause: self.scenario.perils[drawn.peril].terms.cause,
                ..self.scenario.outage.clone()
            };
            let waterfall = Waterfall::after(self.scenario, &outage, drawn.duration, &year);
            let net = waterfall.net - waterfall.programme_cost;
            for (measure, amounts) in self.measures.iter().zip(block.iter_mut()) {
                let amount = &mut amounts[place];
                match *measure {
                    Measure::Gross => *amount += waterfall.economic_loss.0,
                    Measure::Net => *amount += net.0,
                    Measure::WorstGross => *amount = amount.max(waterfall.economic_loss.0),
                    Measure::WorstNet => *amount = amount.max(net.0),
                    Measure::AboveLoss => *amount += waterfall.recovery_above_loss.0,
                    Measure::Cover(cover) => *amount += waterfall.covers[cover].paid.0,
                    Measure::Payout(hedge) => *amount += waterfall.payouts[hedge].0,
                }
            }
            year = waterfall.year;
        }
        let cost = cost_of(self.scenario, &year);
        let net = self.measures.iter().position(|measure| *measure == Measure::Net);
        if let Some(net) = net {
            block[net][place] += cost.0;
        }
    }
}
