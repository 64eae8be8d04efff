//! Distribution: the yearly amounts of a simulation, and what their tail says.

use crate::quantity::Money;

/// A running sum and what rounding took from it (Neumaier). Two are the same if they come
/// to the same, whichever way they came to it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Exact {
    sum: f64,
    lost: f64,
}

impl PartialEq for Exact {
    fn eq(&self, other: &Self) -> bool {
        self.get() == other.get()
    }
}

impl Exact {
    #[inline]
    pub(super) fn add(&mut self, term: f64) {
        let sum = self.sum + term;
        self.lost +=
            if self.sum.abs() >= term.abs() { (self.sum - sum) + term } else { (term - sum) + self.sum };
        self.sum = sum;
    }

    /// Takes in a sum of what follows, with what rounding took from that.
    pub(super) fn append(&mut self, next: Self) {
        self.add(next.sum);
        self.lost += next.lost;
    }

    pub(super) fn get(self) -> f64 {
        self.sum + self.lost
    }
}

/// Sums over all years.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Moments {
    pub(super) years: u64,
    pub(super) above_zero: u64,
    pub(super) sum: Exact,
    pub(super) squares: Exact,
    /// Blocks of years, and the squares of what each comes to.
    pub(super) blocks: u64,
    pub(super) squares_of_blocks: Exact,
}

impl Moments {
    pub(super) fn mean(&self) -> Estimate {
        let n = self.years as f64;
        Estimate { value: Money(self.sum.get() / n), error: Money(self.deviation() / n.sqrt()) }
    }

    /// The mean with an error that counts each block of years as one draw, all blocks
    /// being of a size.
    fn mean_by_blocks(&self) -> Estimate {
        let blocks = self.blocks as f64;
        let of_block = self.sum.get() / blocks;
        let variance = (self.squares_of_blocks.get() / blocks - of_block * of_block).max(0.0);
        let error = (variance / (blocks - 1.0)).sqrt() * blocks / self.years as f64;
        Estimate { error: Money(error), ..self.mean() }
    }

    fn deviation(&self) -> f64 {
        let n = self.years as f64;
        let mean = self.sum.get() / n;
        (self.squares.get() / n - mean * mean).max(0.0).sqrt()
    }

    /// Adds so many years that all come to the same.
    pub(super) fn add_times(&mut self, amount: f64, years: u64) {
        let all = years as f64;
        self.years += years;
        self.above_zero += if amount > 0.0 { years } else { 0 };
        self.sum.add(all * amount);
        self.squares.add(all * amount * amount);
    }

    /// Takes in a block of years, of which nothing else is kept. Blocks put together in
    /// parts come to the same as one after the other.
    pub(super) fn add_block(&mut self, block: &Self) {
        let (sum, squares) = (block.sum.get(), block.squares.get());
        self.years += block.years;
        self.above_zero += block.above_zero;
        self.sum.add(sum);
        self.squares.add(squares);
        self.blocks += 1;
        self.squares_of_blocks.add(sum * sum);
    }

    pub(super) fn append(&mut self, next: &Self) {
        self.years += next.years;
        self.above_zero += next.above_zero;
        self.sum.append(next.sum);
        self.squares.append(next.squares);
        self.blocks += next.blocks;
        self.squares_of_blocks.append(next.squares_of_blocks);
    }
}

/// Amounts of a stretch: each of them, or their number and sums alone.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Kept {
    count: u64,
    sum: Exact,
    squares: Exact,
    pub(super) amounts: Vec<f64>,
    /// An amount that many years come to, and how many.
    alike: (f64, u64),
}

impl Kept {
    /// Takes in years that all come to the same.
    pub(super) fn add_alike(&mut self, amount: f64, years: u64, in_full: bool) {
        if in_full {
            self.alike = (amount, self.alike.1 + years);
        } else {
            let all = years as f64;
            self.count += years;
            self.sum.add(all * amount);
            self.squares.add(all * amount * amount);
        }
    }

    /// The amount at a place in order, counted from 0; nothing where it was not kept.
    fn nth(&self, place: usize) -> Option<f64> {
        let (alike, years) = self.alike;
        let below = self.amounts.partition_point(|amount| *amount < alike);
        match place.checked_sub(below) {
            Some(after) if (after as u64) < years => Some(alike),
            Some(_) => self.amounts.get(place - years as usize).copied(),
            None => self.amounts.get(place).copied(),
        }
    }

    /// Number, sum and sum of squares of what is above an amount, and whether anything
    /// is not.
    fn above(&self, amount: f64) -> (u64, f64, f64, bool) {
        let from = self.amounts.partition_point(|kept| *kept <= amount);
        let above = &self.amounts[from..];
        let (alike, years) = self.alike;
        let alike_above = if alike > amount { years } else { 0 };
        let weight = alike_above as f64;
        (
            self.count + above.len() as u64 + alike_above,
            self.sum.get() + above.iter().sum::<f64>() + weight * alike,
            self.squares.get() + above.iter().map(|kept| kept * kept).sum::<f64>() + weight * alike * alike,
            from > 0 || alike_above < years,
        )
    }

    /// Puts amounts in order that have none.
    pub(super) fn sort(&mut self) {
        by_keys(&mut self.amounts, <[i64]>::sort_unstable);
    }

    /// Puts amounts in order of which long stretches are in order: those are merged.
    fn merge(&mut self) {
        by_keys(&mut self.amounts, <[i64]>::sort);
    }

    /// Takes in amounts of which only number and sums are kept.
    pub(super) fn add_gap(&mut self, count: u64, sum: f64, squares: f64) {
        self.count += count;
        self.sum.add(sum);
        self.squares.add(squares);
    }

    pub(super) fn append(&mut self, mut next: Self) {
        self.count += next.count;
        self.sum.append(next.sum);
        self.squares.append(next.squares);
        self.amounts.append(&mut next.amounts);
    }

    fn len(&self) -> u64 {
        self.count + self.amounts.len() as u64 + self.alike.1
    }
}

/// Orders amounts by their bits, which as whole numbers have the same order: that is
/// faster than by comparing numbers.
pub(super) fn by_keys(amounts: &mut [f64], order: impl FnOnce(&mut [i64])) {
    let keys: &mut [i64] = bytemuck::cast_slice_mut(amounts);
    keys.iter_mut().for_each(|bits| *bits = key(*bits));
    order(keys);
    keys.iter_mut().for_each(|bits| *bits = key(*bits));
}

/// Turns the bits of a number into a whole number of the same order, and back.
fn key(bits: i64) -> i64 {
    bits ^ ((bits >> 63) as u64 >> 1) as i64
}

/// Yearly amounts, each year as likely as another.
///
/// # Formula
///
/// ```text
/// mean        Σ y / n                      deviation   √(Σ y² / n - mean²)
/// VaR_p       the ⌈p·n⌉-th smallest amount
/// TVaR_p      (Σ of amounts above VaR / n + VaR·(1 - p - k/n)) / (1 - p),  k of them above
/// ```
///
/// # Source
///
/// McNeil, Frey and Embrechts, Quantitative Risk Management, chapter 2; the tail
/// mean is continuous where amounts tie.
#[derive(Clone, Debug, PartialEq)]
pub struct Distribution {
    moments: Moments,
    /// Stretches of amounts from the lowest kept on, in order.
    kept: Vec<Kept>,
    /// How many years pass a level, for the levels that were asked for.
    levels: Vec<(f64, u64)>,
    /// Whether the error of the mean is that of blocks of years.
    by_blocks: bool,
}

/// A figure with its standard error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The figure.
    pub value: Money,
    /// Its standard error.
    pub error: Money,
}

/// A share of years with its standard error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Chance {
    /// The share.
    pub share: f64,
    /// Its standard error.
    pub error: f64,
}

impl Chance {
    fn of(count: u64, years: u64) -> Self {
        let share = count as f64 / years as f64;
        Self { share, error: (share * (1.0 - share) / years as f64).sqrt() }
    }
}

impl Distribution {
    pub(super) fn new(moments: Moments, mut kept: Vec<Kept>, levels: Vec<(f64, u64)>) -> Self {
        kept.iter_mut().for_each(Kept::merge);
        Self { moments, kept, levels, by_blocks: false }
    }

    /// The same amounts of years that were drawn by stratified blocks: the error of their
    /// mean is told by how blocks differ. Errors of quantiles and of means beyond stay
    /// those of plain draws, which are larger than theirs.
    #[must_use]
    pub(super) fn by_blocks(self) -> Self {
        Self { by_blocks: true, ..self }
    }

    /// Returns how many years it is made of.
    #[must_use]
    pub fn years(&self) -> u64 {
        self.moments.years
    }

    fn n(&self) -> f64 {
        self.moments.years as f64
    }

    /// Returns the mean of a year.
    #[must_use]
    pub fn mean(&self) -> Estimate {
        if self.by_blocks { self.moments.mean_by_blocks() } else { self.moments.mean() }
    }

    /// Returns the standard deviation of a year, over all years drawn.
    #[must_use]
    pub fn deviation(&self) -> Money {
        Money(self.moments.deviation())
    }

    /// Returns the share of years with an amount above zero.
    #[must_use]
    pub fn chance_above_zero(&self) -> Chance {
        Chance::of(self.moments.above_zero, self.moments.years)
    }

    /// Returns the share of years that pass a level which was asked for.
    #[must_use]
    pub fn passing(&self, level: f64) -> Option<Chance> {
        let (_, count) = self.levels.iter().find(|(asked, _)| *asked == level)?;
        Some(Chance::of(*count, self.moments.years))
    }

    /// Returns the amount that a share `p` of years does not pass.
    ///
    /// The error is half the distance between the amounts one standard deviation of
    /// their rank below and above.
    #[must_use]
    pub fn value_at_risk(&self, p: f64) -> Estimate {
        let [low, at, high] = self.ranks(p).map(|rank| self.nth(rank).unwrap_or_default());
        Estimate { value: Money(at), error: Money((high - low) / 2.0) }
    }

    /// Returns the mean of the worst `1 - p` of years.
    ///
    /// The error is that of a mean over the years above, and of the threshold.
    #[must_use]
    pub fn tail_value_at_risk(&self, p: f64) -> Estimate {
        let (n, at) = (self.n(), self.nth(self.ranks(p)[1]).unwrap_or_default());
        let (count, sum, squares) = self.above(at);
        let mean = (sum / n + at * (1.0 - p - count / n)) / (1.0 - p);
        let spread = (squares - 2.0 * mean * sum + count * mean * mean).max(0.0);
        let tied = n * (1.0 - p) - count;
        let variance = (spread + tied * (at - mean).powi(2)) / (n * (1.0 - p));
        let error = ((variance + p * (mean - at).powi(2)) / (n * (1.0 - p))).sqrt();
        Estimate { value: Money(mean), error: Money(error) }
    }

    /// Returns whether a quantile and its error lie among amounts that were kept.
    pub(super) fn knows(&self, p: f64) -> bool {
        self.ranks(p).into_iter().all(|rank| self.nth(rank).is_some())
    }

    /// The place, counted from 1, of the quantile `p` among all amounts in order, and
    /// the places one standard deviation below and above.
    fn ranks(&self, p: f64) -> [u64; 3] {
        let years = self.moments.years;
        let at = ((p * self.n() - 1e-9).ceil() as u64).clamp(1, years);
        let spread = (self.n() * p * (1.0 - p)).sqrt().ceil() as u64;
        [at.saturating_sub(spread).max(1), at, (at + spread).min(years)]
    }

    /// The amount at a place in order, counted from 1; nothing where it was not kept.
    fn nth(&self, place: u64) -> Option<f64> {
        let mut above = self.moments.years;
        for stretch in self.kept.iter().rev() {
            let below = above - stretch.len();
            if place > below {
                return stretch.nth((place - below - 1) as usize);
            }
            above = below;
        }
        None
    }

    /// Number, sum and sum of squares of the amounts above one that was kept.
    fn above(&self, amount: f64) -> (f64, f64, f64) {
        let (mut count, mut sum, mut squares) = (0, 0.0, 0.0);
        for stretch in self.kept.iter().rev() {
            let (above, its_sum, its_squares, some_below) = stretch.above(amount);
            count += above;
            sum += its_sum;
            squares += its_squares;
            if some_below {
                break;
            }
        }
        (count as f64, sum, squares)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::risk::{Keep, Tally};

    const YEARS: [f64; 10] = [0.0, 0.0, 40.0, 0.0, 120.0, 15.0, 0.0, 300.0, 60.0, 0.0];

    #[test]
    fn ten_years_by_hand() {
        let mut tally = Tally::new(&Keep::all(&[50.0]));
        tally.add(&YEARS, 0.0, 0);
        let years = tally.finish().unwrap();
        assert_eq!(years.mean().value, Money(53.5));
        assert!((years.deviation().0 - 90.112_429_6).abs() < 1e-6);
        for (p, at_risk, tail) in [(0.8, 60.0, 210.0), (0.85, 120.0, 240.0), (0.9, 120.0, 300.0)] {
            assert_eq!(years.value_at_risk(p).value, Money(at_risk), "{p}");
            assert!((years.tail_value_at_risk(p).value.0 - tail).abs() < 1e-9, "{p}");
        }
        assert_eq!(years.passing(50.0).map(|chance| chance.share), Some(0.3));
        assert_eq!(years.passing(60.0), None, "that level was not asked for");
        assert_eq!(years.chance_above_zero().share, 0.5);
    }
}
