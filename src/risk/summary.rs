//! Summary: the tallies of a simulation, block by block, and what they come to.

use super::{Distribution, Estimate, Measure, Simulation, Tally};
use crate::quantity::Money;

/// Years that are drawn and tallied together.
const BLOCK: u64 = 16_384;
/// The most frequent quantile that is asked for: one year in ten.
const LEAST: f64 = 0.9;

/// From which amount on a year is kept in full, for each measure; none keeps all.
#[derive(Clone, Debug)]
pub struct Keep(Vec<f64>);

/// What a block of years adds to each measure.
pub type Tallies = Vec<Tally>;

/// What a simulation comes to.
#[derive(Clone, Debug)]
pub struct Summary {
    /// How many years were drawn.
    pub years: u64,
    /// What each year was measured by.
    pub measures: Vec<Measure>,
    /// The distribution of each measure.
    pub distributions: Vec<Distribution>,
}

impl Simulation<'_> {
    /// Returns how many blocks hold so many years.
    #[must_use]
    pub fn blocks(years: u64) -> u64 {
        years.div_ceil(BLOCK)
    }

    /// Suggests what to keep, from the first block of years.
    #[must_use]
    pub fn keep(&self, years: u64) -> Keep {
        if years <= 4 * BLOCK {
            return Keep(vec![f64::NEG_INFINITY; self.measures().len()]);
        }
        let threshold = |mut amounts: Vec<f64>| {
            // A margin of a fifth: the first block is a sample.
            let place = (amounts.len() as f64 * (1.0 - 1.2 * (1.0 - LEAST))) as usize;
            let (_, at, _) = amounts.select_nth_unstable_by(place, f64::total_cmp);
            // Amounts that tie with the threshold are kept.
            at.next_down()
        };
        Keep(self.block(0, BLOCK as usize).into_iter().map(threshold).collect())
    }

    /// Draws a block and tallies it.
    #[must_use]
    pub fn tally(&self, block: u64, years: u64, keep: &Keep) -> Tallies {
        let first = block * BLOCK;
        let amounts = self.block(first, (years - first).min(BLOCK) as usize);
        let tally = |(amounts, threshold): (&Vec<f64>, &f64)| {
            let mut tally = Tally::above(*threshold);
            tally.add(amounts);
            tally
        };
        amounts.iter().zip(&keep.0).map(tally).collect()
    }
}

impl Summary {
    /// Puts blocks together, in their order.
    ///
    /// # Errors
    ///
    /// Where too few years were kept for the quantiles: what to keep instead.
    pub fn of(simulation: &Simulation<'_>, blocks: impl Iterator<Item = Tallies>) -> Result<Self, Keep> {
        let measures = simulation.measures().to_vec();
        let mut whole: Option<Tallies> = None;
        for block in blocks {
            match &mut whole {
                None => whole = Some(block),
                Some(whole) => whole.iter_mut().zip(block).for_each(|(whole, block)| whole.append(block)),
            }
        }
        let whole = whole.unwrap_or_default();
        let years = whole.first().map_or(0, Tally::years);
        let distributions: Option<Vec<Distribution>> =
            whole.into_iter().map(|tally| tally.finish(LEAST)).collect();
        let all = || Keep(vec![f64::NEG_INFINITY; measures.len()]);
        let distributions = distributions.ok_or_else(all)?;
        Ok(Self { years, measures, distributions })
    }

    /// Returns the distribution of a measure.
    #[must_use]
    pub fn get(&self, measure: Measure) -> Option<&Distribution> {
        let place = self.measures.iter().position(|other| *other == measure)?;
        self.distributions.get(place)
    }

    /// Returns the mean of a measure in a year.
    #[must_use]
    pub fn mean(&self, measure: Measure) -> Estimate {
        let nothing = Estimate { value: Money::ZERO, error: Money::ZERO };
        self.get(measure).map_or(nothing, Distribution::mean)
    }
}
