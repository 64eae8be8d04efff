//! Part: which years of a run a shard holds.

/// The column of a part that tells what is retained by reason.
pub const RETAINED: &str = "retained";
/// The column of a part that tells of which run it is a part.
pub const RUN: &str = "run";
/// The column with the number of the year.
pub const YEAR: &str = "year";
/// The column that tells whether a year has an outage: 1 or 0.
pub const ACTIVE: &str = "has_outage";

use super::summary::blocks;
use std::ops::Range;

/// Which years of a run a shard holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Years of the whole run.
    pub years: u64,
    /// Which shard it is, counted from 1.
    pub shard: u64,
    /// Of how many.
    pub of: u64,
}

impl Part {
    /// The run as a whole.
    #[must_use]
    pub fn whole(years: u64) -> Self {
        Self { years, shard: 1, of: 1 }
    }

    /// Returns the blocks that the shard holds: each block is in one shard.
    #[must_use]
    pub fn blocks(self) -> Range<u64> {
        let until = |shard: u64| {
            let share = u128::from(blocks(self.years)) * u128::from(shard) / u128::from(self.of);
            share as u64
        };
        until(self.shard - 1)..until(self.shard)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_block_is_in_one_shard() {
        for (years, of) in [(1, 3), (1_000_000, 16), (100_000, 7), (20_000_000, 1)] {
            let shards: Vec<_> = (1..=of).map(|shard| Part { years, shard, of }.blocks()).collect();
            assert_eq!((shards[0].start, shards[shards.len() - 1].end), (0, blocks(years)));
            assert!(shards.windows(2).all(|pair| pair[0].end == pair[1].start), "{years} in {of}");
        }
    }
}
