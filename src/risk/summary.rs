//! Summary: the tallies of a simulation, block by block, and what they come to.

use super::batches::Batches;
use super::{Chance, Distribution, Estimate, Keep, Losses, Measure, Tally};
use crate::quantity::Money;
use crate::reason::Reason;

/// Years that are drawn and tallied together.
pub const BLOCK: u64 = 16_384;

/// Returns how many blocks hold so many years.
#[must_use]
pub fn blocks(years: u64) -> u64 {
    years.div_ceil(BLOCK)
}

/// Returns how many of a run's first blocks say what is worth keeping of those after
/// them; all of them where it has few.
#[must_use]
pub fn pilot_blocks(blocks: u64) -> u64 {
    (blocks / 64).clamp(2, 8).min(blocks)
}

/// Returns the first year of a block, and how many it has of all.
#[must_use]
pub fn of_block(block: u64, years: u64) -> (u64, usize) {
    let first = block * BLOCK;
    (first, (years - first).min(BLOCK) as usize)
}

/// What is kept of each measure.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule(Vec<Keep>);

impl Rule {
    /// Keeps every year; `level` is the amount whose passing is counted.
    #[must_use]
    pub fn all(measures: &[Measure], level: Option<Money>) -> Self {
        Self::by(measures, |place| Keep::all(&levels(measures[place], level)))
    }

    /// Keeps what lies about the quantiles, as the first blocks suggest.
    #[must_use]
    pub fn about(pilot: &[Losses], measures: &[Measure], level: Option<Money>) -> Self {
        Self::by(measures, |place| {
            let sample = pilot.iter().flat_map(|losses| &losses.columns[place]).copied().collect();
            let idle_years = pilot.iter().map(|losses| losses.idle_years() as usize).sum();
            let idle = pilot.first().map_or(0.0, |losses| losses.idle[place]);
            Keep::about_quantiles(sample, (idle, idle_years), &levels(measures[place], level))
        })
    }

    fn by(measures: &[Measure], tail: impl Fn(usize) -> Keep) -> Self {
        let rule = |(place, measure): (usize, &Measure)| {
            if measure.has_tail() { tail(place) } else { Keep::moments() }
        };
        Self(measures.iter().enumerate().map(rule).collect())
    }
}

fn levels(measure: Measure, level: Option<Money>) -> Vec<f64> {
    let asked = matches!(measure, Measure::Gross | Measure::Net);
    level.filter(|_| asked).map(|level| level.0).into_iter().collect()
}

/// What blocks of years add to each measure, and what they leave with us by reason.
#[derive(Clone, Debug, PartialEq)]
pub struct Tallies {
    of: Vec<Tally>,
    retained: Batches,
}

impl Tallies {
    /// Tallies a block.
    #[must_use]
    pub fn of(losses: &Losses, rule: &Rule) -> Self {
        let mut tallies =
            Self { of: rule.0.iter().map(Tally::new).collect(), retained: Batches::default() };
        tallies.add(losses);
        tallies
    }

    /// Takes in the block that follows.
    pub fn add(&mut self, losses: &Losses) {
        let columns = losses.columns.iter().zip(&losses.idle);
        for (tally, (column, idle)) in self.of.iter_mut().zip(columns) {
            tally.add(column, *idle, losses.idle_years());
        }
        self.retained.add(&losses.retained);
    }

    /// Returns the larger of the relative standard errors of mean loss and mean net loss
    /// so far.
    #[must_use]
    pub fn relative_error(&self) -> f64 {
        let of = |place: usize| self.of.get(place).map_or(f64::INFINITY, Tally::relative_error);
        // The first two measures of every list are loss and net loss.
        of(0).max(of(1))
    }

    /// Makes room for so many blocks like those so far.
    pub(super) fn make_room(&mut self, blocks: usize) {
        self.of.iter_mut().for_each(|tally| tally.make_room(blocks));
    }

    /// Takes the measures from a place on away into tallies of their own, so that each can
    /// be put to its end by itself ([`Summary::append`]).
    #[must_use]
    pub fn split_off(&mut self, place: usize) -> Self {
        Self { of: self.of.split_off(place), retained: Batches::default() }
    }

    /// Puts in order what was kept so far: done for each stretch of years by itself, it
    /// leaves less to do at the end.
    pub fn settle(&mut self) {
        self.of.iter_mut().for_each(Tally::settle);
    }

    /// Takes in the blocks that follow.
    pub fn append(&mut self, next: Self) {
        self.of.iter_mut().zip(next.of).for_each(|(tally, next)| tally.append(next));
        self.retained.append(&next.retained);
    }
}

/// What a simulation comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// How many years were drawn.
    pub years: u64,
    /// What each year was measured by.
    pub measures: Vec<Measure>,
    /// The distribution of each measure.
    pub distributions: Vec<Distribution>,
    /// Loss of a year that stays with us, by reason, covers and payouts aside.
    pub retained: Vec<(Reason, Estimate)>,
}

impl Summary {
    /// Puts the tallies of all blocks to their end.
    ///
    /// Returns nothing where too few years were kept for the quantiles: then every
    /// year is to be kept.
    #[must_use]
    pub fn new(measures: &[Measure], tallies: Tallies) -> Option<Self> {
        let years = tallies.of.first().map_or(0, Tally::years);
        let distributions: Option<Vec<Distribution>> = tallies.of.into_iter().map(Tally::finish).collect();
        let distributions = distributions?;
        let means = tallies.retained.means(years);
        let retained = Reason::ALL.iter().map(|(_, reason)| (*reason, means[*reason as usize]));
        // What rounding leaves of a reason is no retained loss.
        let all = distributions.first().map_or(0.0, |gross| gross.mean().value.0);
        let counts = |(_, kept): &(Reason, Estimate)| kept.value.0.abs() > 1e-9 * all;
        Some(Self {
            years,
            measures: measures.to_vec(),
            distributions,
            retained: retained.filter(counts).collect(),
        })
    }

    /// Takes in the measures that follow, of the same years ([`Tallies::split_off`]).
    pub fn append(&mut self, next: Self) {
        self.measures.extend(next.measures);
        self.distributions.extend(next.distributions);
    }

    /// The same years, drawn by stratified blocks: errors of means are told by how
    /// blocks differ.
    #[must_use]
    pub fn by_blocks(self) -> Self {
        let distributions = self.distributions.into_iter().map(Distribution::by_blocks).collect();
        Self { distributions, ..self }
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

    /// Returns the share of years in which a measure is above zero.
    #[must_use]
    pub fn chance(&self, measure: Measure) -> Chance {
        let never = Chance { share: 0.0, error: 0.0 };
        self.get(measure).map_or(never, Distribution::chance_above_zero)
    }
}
