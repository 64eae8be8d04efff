//! Sample: whom to audit, drawn at random from each stratum, the same for the same seed.

use std::collections::{BTreeMap, BinaryHeap};

use crate::risk::{Dimension, Draws};
use crate::scheme::{Assessment, Status};

/// Claims that are alike: of one end, one rule and one band.
pub type Stratum = (Status, Option<u8>, Option<u8>);

/// A claim that was drawn.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Drawn {
    /// Its place among all draws of the stratum: the order in which they come.
    lot: u64,
    /// Its row.
    pub row: u64,
    /// Its name.
    pub id: String,
    /// What it is paid.
    pub amount: i64,
}

/// A stratum that was looked at, and the claims that were drawn from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layer {
    /// What its claims have in common.
    pub stratum: Stratum,
    /// How many claims it has.
    pub claims: u64,
    /// Those drawn, by row.
    pub drawn: Vec<Drawn>,
}

/// A stratified sample that is drawn while claims pass.
#[derive(Debug)]
pub struct Sample {
    size: usize,
    draws: Draws,
    pools: BTreeMap<Stratum, Pool>,
}

/// The claims of a stratum so far, as far as they may be drawn.
#[derive(Debug, Default)]
struct Pool {
    claims: u64,
    worth: i128,
    drawn: BinaryHeap<Drawn>,
}

impl Sample {
    /// Begins a sample of so many claims.
    #[must_use]
    pub fn new(size: usize, seed: u64) -> Self {
        Self { size, draws: Draws::new(seed), pools: BTreeMap::new() }
    }

    /// Lets a claim pass, which may be drawn. Its chance depends on seed and row alone.
    pub fn pass(&mut self, told: &Assessment, row: u64, id: &str) {
        let pool = self.pools.entry((told.reason.status(), told.rule, told.band)).or_default();
        pool.claims += 1;
        pool.worth += i128::from(told.amount.0) + i128::from(told.pending.0);
        let [draw, _] = self.draws.pair(row, 0, Dimension::Event);
        let lot = (draw * (1_u64 << 53) as f64) as u64;
        let last = pool.drawn.peek().map(|last| (last.lot, last.row));
        if pool.drawn.len() < self.size || last.is_some_and(|last| (lot, row) < last) {
            pool.drawn.push(Drawn { lot, row, id: id.to_owned(), amount: told.amount.0 });
            if pool.drawn.len() > self.size {
                pool.drawn.pop();
            }
        }
    }

    /// Returns strata in order, each with the claims drawn from it.
    ///
    /// Each stratum has one claim at the least, as far as the sample goes; the others go
    /// to strata by what they are worth (largest remainder), and none beyond its claims.
    #[must_use]
    pub fn finish(self) -> Vec<Layer> {
        let pools: Vec<_> = self.pools.into_iter().collect();
        let mut wanted: Vec<usize> = (0..pools.len()).map(|place| usize::from(place < self.size)).collect();
        let worth: i128 = pools.iter().map(|(_, pool)| pool.worth).sum();
        for _ in pools.len()..self.size {
            // The stratum furthest below its share of the sample is next.
            let short = |place: usize| {
                let share = if worth > 0 { pools[place].1.worth * self.size as i128 } else { 1 };
                share - wanted[place] as i128 * worth.max(1)
            };
            let room = |place: &usize| wanted[*place] < pools[*place].1.drawn.len();
            let order = |place: &usize| (short(*place), std::cmp::Reverse(*place));
            let Some(next) = (0..pools.len()).filter(room).max_by_key(order) else { break };
            wanted[next] += 1;
        }
        let layer = |((stratum, pool), wanted): ((Stratum, Pool), usize)| {
            let mut drawn: Vec<_> = pool.drawn.into_sorted_vec().into_iter().take(wanted).collect();
            drawn.sort_by_key(|drawn| drawn.row);
            Layer { stratum, claims: pool.claims, drawn }
        };
        pools.into_iter().zip(wanted).map(layer).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scheme::{Reason, Won};

    fn drawn(seed: u64, order: impl Iterator<Item = u64>) -> Vec<(u64, Vec<u64>)> {
        let mut sample = Sample::new(20, seed);
        for row in order {
            let (reason, amount, band) = match row % 10 {
                0 => (Reason::NoLoss, 0, None),
                1..=6 => (Reason::Paid, 30_000, Some(0)),
                _ => (Reason::Paid, 50_000, Some(1)),
            };
            let (amount, pending) = (Won(amount), Won::ZERO);
            let told = Assessment { amount, reason, pending, rule: Some(0), band, loss: None };
            sample.pass(&told, row, "A");
        }
        let rows = |layer: &Layer| layer.drawn.iter().map(|drawn| drawn.row).collect();
        sample.finish().iter().map(|layer| (layer.claims, rows(layer))).collect()
    }

    #[test]
    fn a_seed_draws_the_same_claims_in_whatever_order_they_pass() {
        let sample = drawn(7, 0..1_000);
        assert_eq!(sample, drawn(7, (0..1_000).rev()));
        assert_ne!(sample, drawn(8, 0..1_000));
        let sizes: Vec<_> = sample.iter().map(|(count, rows)| (*count, rows.len())).collect();
        // 18m and 15m won: 10.9 and 9.1 of twenty, of which one goes to those without a loss.
        assert_eq!(sizes, [(600, 10), (300, 9), (100, 1)]);
    }

    #[test]
    fn a_sample_beyond_all_claims_is_all_of_them() {
        let sample = drawn(7, 0..10);
        assert_eq!(sample.iter().map(|(_, rows)| rows.len()).sum::<usize>(), 10);
    }
}
