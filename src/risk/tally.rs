//! Tally: yearly amounts as they come in, block by block.
//!
//! Of all amounts the moments are kept. Of the worst ones only those are kept in
//! full among which a quantile will lie; a first stretch of years says where that
//! is. So quantiles and tail means are those of every year drawn, and a hundred
//! million years need little more memory than one.

use super::distribution::{Distribution, Kept, Moments};
use super::keep::{Keep, QUANTILES};
use crate::wide::{Columns, wide};

/// Yearly amounts of one measure so far.
#[derive(Clone, Debug, PartialEq)]
pub struct Tally {
    keep: Keep,
    moments: Moments,
    kept: Vec<Kept>,
    passed: Vec<u64>,
    /// What years without an outage come to, and how many years came to that.
    idle: (f64, u64),
}

impl Tally {
    /// An empty tally.
    #[must_use]
    pub fn new(keep: &Keep) -> Self {
        let kept = vec![Kept::default(); keep.bounds.len()];
        let passed = vec![0; keep.levels.len()];
        Self { keep: keep.clone(), moments: Moments::default(), kept, passed, idle: (0.0, 0) }
    }

    /// Returns how many years it has taken in.
    #[must_use]
    pub fn years(&self) -> u64 {
        self.moments.years
    }

    /// Returns the standard error of the mean so far as a share of the mean.
    #[must_use]
    pub fn relative_error(&self) -> f64 {
        let mean = self.moments.mean();
        mean.error.0 / mean.value.0.abs()
    }

    /// Takes in a block of years: the amounts of some, and how many others all come to
    /// `idle`. Of amounts that tie with that, only their number is kept.
    pub fn add(&mut self, years: &[f64], idle: f64, idle_years: u64) {
        let Powers { sum, squares, above_zero } = wide(AddUp { years });
        let mut block = Moments { years: years.len() as u64, above_zero, ..Moments::default() };
        block.sum.add(sum);
        block.squares.add(squares);
        if idle_years > 0 {
            block.add_times(idle, idle_years);
        }
        self.moments.add_block(&block);
        debug_assert!(self.idle.1 == 0 || self.idle.0 == idle, "idle years are all alike");
        self.idle = (idle, self.idle.1 + idle_years + wide(Alike { years, amount: idle }));
        for (passed, level) in self.passed.iter_mut().zip(&self.keep.levels) {
            *passed += years.iter().filter(|amount| **amount > *level).count() as u64;
            *passed += if idle > *level { idle_years } else { 0 };
        }
        self.keep_some(years, idle);
    }

    /// Keeps the amounts that lie in a stretch, and the sums of those in the gaps.
    fn keep_some(&mut self, years: &[f64], idle: f64) {
        let Some((lowest, rest)) = self.keep.bounds.split_first() else { return };
        let (mut picked, mut places, mut pick) = ([0.0; PICKED], [0; PICKED], [false; PICKED]);
        let mut inside = [(0.0, 0); PICKED];
        let mut sums = [Sums::default(); PLACES];
        for years in years.chunks(PICKED) {
            // Most amounts lie below all that is kept; the others are picked out first,
            // and of those the ones that are kept in full. Nothing here asks which: a
            // guess would be wrong too often.
            wide(Pick { years, lowest: *lowest, idle, pick: &mut pick });
            let mut count = 0;
            for (amount, pick) in years.iter().zip(&pick) {
                picked[count % PICKED] = *amount;
                count += usize::from(*pick);
            }
            wide(Places { amounts: &picked, count, bounds: rest, places: &mut places });
            let mut kept = 0;
            for (amount, place) in picked.iter().zip(&places).take(count) {
                let place = *place as usize % PLACES;
                sums[place].add(*amount);
                inside[kept] = (*amount, place);
                // A stretch and the gap after it take turns.
                kept += usize::from(place.is_multiple_of(2));
            }
            for (amount, place) in &inside[..kept] {
                self.kept[*place].amounts.push(*amount);
            }
        }
        for (gap, kept) in sums.iter().zip(&mut self.kept).skip(1).step_by(2) {
            kept.add_gap(gap.count, gap.sum, gap.squares);
        }
    }

    /// Takes in the tally of the years that follow, kept by the same rule.
    pub fn append(&mut self, next: Self) {
        if next.idle.1 > 0 {
            self.idle = (next.idle.0, self.idle.1 + next.idle.1);
        }
        self.moments.append(&next.moments);
        for (kept, next) in self.kept.iter_mut().zip(next.kept) {
            kept.append(next);
        }
        for (passed, next) in self.passed.iter_mut().zip(next.passed) {
            *passed += next;
        }
    }

    /// Makes room for so many blocks like those so far.
    pub(super) fn make_room(&mut self, blocks: usize) {
        for kept in &mut self.kept {
            let amounts = &mut kept.amounts;
            amounts.reserve(amounts.len() * blocks * 9 / 8);
        }
    }

    /// Puts in order what was kept so far.
    pub fn settle(&mut self) {
        self.kept.iter_mut().for_each(Kept::sort);
    }

    /// Returns the distribution; nothing where a quantile, or its error, lies among
    /// amounts that were not kept.
    #[must_use]
    pub fn finish(self) -> Option<Distribution> {
        let levels = self.keep.levels.into_iter().zip(self.passed).collect();
        let tail = !self.keep.bounds.is_empty();
        let mut kept = self.kept;
        let (amount, years) = self.idle;
        // Below the first bound nothing is kept, and a stretch follows each bound.
        let passed = self.keep.bounds.iter().filter(|bound| amount > **bound).count();
        if let Some(stretch) = passed.checked_sub(1).and_then(|place| kept.get_mut(place)) {
            stretch.add_alike(amount, years, passed % 2 == 1);
        }
        let distribution = Distribution::new(self.moments, kept, levels);
        let known = |(p, _): &(f64, u32)| distribution.knows(*p);
        (!tail || QUANTILES.iter().all(known)).then_some(distribution)
    }
}

/// Amounts that are picked out together.
const PICKED: usize = 1024;
/// Stretches, and the gaps after them: two for each quantile at most.
const PLACES: usize = 2 * QUANTILES.len();

/// Amounts of a block in a stretch or a gap: their number and sums alone.
#[derive(Clone, Copy, Default)]
struct Sums {
    count: u64,
    sum: f64,
    squares: f64,
}

impl Sums {
    #[inline]
    fn add(&mut self, amount: f64) {
        self.count += 1;
        self.sum += amount;
        self.squares += amount * amount;
    }
}

/// Amounts that a loop takes together.
const LANES: usize = 8;

/// Finds the amounts above the lowest that is kept, those of idle years aside.
struct Pick<'c> {
    years: &'c [f64],
    lowest: f64,
    idle: f64,
    pick: &'c mut [bool; PICKED],
}

impl Columns for Pick<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        for (pick, amount) in self.pick.iter_mut().zip(self.years) {
            *pick = (*amount > self.lowest) & (*amount != self.idle);
        }
    }
}

/// Finds how many bounds each amount lies above; the last few places of a group are
/// filled with anything.
struct Places<'c> {
    amounts: &'c [f64; PICKED],
    count: usize,
    bounds: &'c [f64],
    places: &'c mut [u64; PICKED],
}

impl Columns for Places<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { amounts, count, bounds, places } = self;
        let (amounts, _) = amounts.as_chunks::<LANES>();
        let (places, _) = places.as_chunks_mut::<LANES>();
        for (amounts, into) in amounts.iter().zip(places).take(count.div_ceil(LANES)) {
            let mut places = [0; LANES];
            for bound in bounds {
                for (place, amount) in places.iter_mut().zip(amounts) {
                    *place += u64::from(amount > bound);
                }
            }
            *into = places;
        }
    }
}

/// Sum, squares and number above zero of a column of amounts.
struct Powers {
    sum: f64,
    squares: f64,
    above_zero: u64,
}

struct AddUp<'c> {
    years: &'c [f64],
}

impl Columns for AddUp<'_> {
    type Output = Powers;

    /// Adds up amounts, squares and years with an amount in eight lanes, so that the
    /// order is the same on every machine.
    #[inline(always)]
    fn run(self) -> Powers {
        let (mut sums, mut squares, mut above) = ([0.0; LANES], [0.0; LANES], [0; LANES]);
        // One kind of sum after the other, or the compiler makes no wide loop of it.
        let mut add = |years: &[f64; LANES]| {
            sums.iter_mut().zip(years).for_each(|(sum, amount)| *sum += amount);
            squares.iter_mut().zip(years).for_each(|(square, amount)| *square += amount * amount);
            above.iter_mut().zip(years).for_each(|(above, amount)| *above += u64::from(*amount > 0.0));
        };
        let (chunks, rest) = self.years.as_chunks();
        chunks.iter().for_each(&mut add);
        let mut last = [0.0; LANES];
        last[..rest.len()].copy_from_slice(rest);
        add(&last);
        Powers { sum: sums.iter().sum(), squares: squares.iter().sum(), above_zero: above.iter().sum() }
    }
}

/// Counts the years that come to an amount.
struct Alike<'c> {
    years: &'c [f64],
    amount: f64,
}

impl Columns for Alike<'_> {
    type Output = u64;

    #[inline(always)]
    fn run(self) -> u64 {
        let Self { years, amount } = self;
        years.iter().map(|year| u64::from(*year == amount)).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::Money;

    /// An amount that no year comes to.
    const NONE: f64 = -1.0;

    /// Amounts of many years without any order among them, with ties at zero and at a
    /// limit.
    fn years(number: u64) -> Vec<f64> {
        let mixed = (0..number).map(|year| (year.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40) as f64);
        mixed.map(|mixed| ((mixed - 8e6).max(0.0) * 1.5).min(1.2e7)).collect()
    }

    #[test]
    fn what_is_kept_changes_no_figure() {
        let years = years(300_000);
        let of = |keep: &Keep| {
            let mut tally = Tally::new(keep);
            tally.add(&years, 0.0, 0);
            tally.finish().unwrap()
        };
        let (all, some) = (
            of(&Keep::all(&[9e6])),
            of(&Keep::about_quantiles(years[..50_000].to_vec(), (0.0, 0), &[9e6])),
        );
        assert_eq!(all.mean(), some.mean());
        assert_eq!(all.passing(9e6), some.passing(9e6));
        for (p, _) in QUANTILES {
            assert_eq!(all.value_at_risk(p), some.value_at_risk(p), "{p}");
            let (all, some) = (all.tail_value_at_risk(p), some.tail_value_at_risk(p));
            assert!((all.value.0 - some.value.0).abs() < 1e-6, "{p}: {all:?} {some:?}");
            assert!((all.error.0 - some.error.0).abs() < 1e-3, "{p}: {all:?} {some:?}");
        }
    }

    #[test]
    fn blocks_add_up_to_the_whole() {
        let years = years(10_000);
        let (mut whole, mut first, mut second) =
            (Tally::new(&Keep::all(&[])), Tally::new(&Keep::all(&[])), Tally::new(&Keep::all(&[])));
        whole.add(&years, 0.0, 0);
        first.add(&years[..4_000], 0.0, 0);
        second.add(&years[4_000..], 0.0, 0);
        first.append(second);
        let (whole, parts) = (whole.finish().unwrap(), first.finish().unwrap());
        assert_eq!(whole.tail_value_at_risk(0.99), parts.tail_value_at_risk(0.99));
        assert!((whole.mean().value.0 - parts.mean().value.0).abs() < 1e-6);
    }

    #[test]
    fn years_that_are_alike_count_as_if_each_had_been_added() {
        let years = years(50_000);
        for alike in [0.0, 2e6, 9.5e6, 1.2e7, 2e7] {
            let (keep, all) = (Keep::about_quantiles(years.clone(), (0.0, 0), &[9e6]), Keep::all(&[9e6]));
            for keep in [keep, all] {
                let (mut one_by_one, mut at_once) = (Tally::new(&keep), Tally::new(&keep));
                one_by_one.add(&years, NONE, 0);
                one_by_one.add(&[alike; 700], NONE, 0);
                at_once.add(&years, alike, 700);
                let (Some(one_by_one), Some(at_once)) = (one_by_one.finish(), at_once.finish()) else {
                    continue;
                };
                assert_eq!(one_by_one.passing(9e6), at_once.passing(9e6));
                for (p, _) in QUANTILES {
                    assert_eq!(one_by_one.value_at_risk(p), at_once.value_at_risk(p), "{alike} at {p}");
                    let tails = [&one_by_one, &at_once].map(|years| years.tail_value_at_risk(p).value.0);
                    assert!((tails[0] - tails[1]).abs() < 1e-6, "{alike} at {p}: {tails:?}");
                }
            }
        }
    }

    #[test]
    fn of_years_that_are_alike_the_number_says_what_is_worth_keeping() {
        let years = years(20_000);
        for (alike, number) in [(0.0, 40_000), (2e6, 500), (9.5e6, 700), (1.2e7, 9_000), (2e7, 40_000)] {
            let mut one_by_one = years.clone();
            one_by_one.extend(std::iter::repeat_n(alike, number));
            let one_by_one = Keep::about_quantiles(one_by_one, (NONE, 0), &[9e6]);
            assert_eq!(
                Keep::about_quantiles(years.clone(), (alike, number), &[9e6]),
                one_by_one,
                "{alike}"
            );
        }
    }

    #[test]
    fn says_when_too_little_was_kept() {
        let years = years(10_000);
        let high = Keep { bounds: vec![1.1e7, f64::INFINITY], levels: vec![] };
        let mut tally = Tally::new(&high);
        tally.add(&years, 0.0, 0);
        assert!(tally.finish().is_none());
    }

    #[test]
    fn moments_alone_keep_no_amount() {
        let mut tally = Tally::new(&Keep::moments());
        tally.add(&[0.0, 40.0, 120.0], 0.0, 0);
        let years = tally.finish().unwrap();
        assert!((years.mean().value.0 - 160.0 / 3.0).abs() < 1e-12);
        assert_eq!(years.value_at_risk(0.9).value, Money::ZERO, "it knows of no quantile");
    }
}
