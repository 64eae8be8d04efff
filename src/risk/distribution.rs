//! Distribution: the yearly amounts of a simulation, and what their tail says.

use crate::quantity::Money;

/// Yearly amounts as they come in: moments of all of them, and the largest ones.
///
/// The largest amounts are kept in full, so that quantiles and tail means are
/// those of every year drawn and not of a histogram. What is kept is decided by a
/// threshold, which a first stretch of years suggests.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    years: u64,
    above_zero: u64,
    sum: Exact,
    squares: Exact,
    threshold: f64,
    largest: Vec<f64>,
}

/// A running sum and what rounding took from it (Neumaier).
#[derive(Clone, Copy, Debug, Default)]
struct Exact {
    sum: f64,
    lost: f64,
}

impl Exact {
    #[inline]
    fn add(&mut self, term: f64) {
        let sum = self.sum + term;
        self.lost +=
            if self.sum.abs() >= term.abs() { (self.sum - sum) + term } else { (term - sum) + self.sum };
        self.sum = sum;
    }

    fn get(self) -> f64 {
        self.sum + self.lost
    }
}

impl Tally {
    /// An empty tally that keeps amounts above a threshold.
    #[must_use]
    pub fn above(threshold: f64) -> Self {
        Self { threshold, ..Self::default() }
    }

    /// Returns how many years it has taken in.
    #[must_use]
    pub fn years(&self) -> u64 {
        self.years
    }

    /// Takes in the amounts of a block of years.
    pub fn add(&mut self, years: &[f64]) {
        let (mut sum, mut squares) = (0.0, 0.0);
        for &amount in years {
            sum += amount;
            squares += amount * amount;
            self.above_zero += u64::from(amount > 0.0);
            if amount > self.threshold {
                self.largest.push(amount);
            }
        }
        self.sum.add(sum);
        self.squares.add(squares);
        self.years += years.len() as u64;
    }

    /// Takes in the tally of the years that follow.
    pub fn append(&mut self, mut next: Self) {
        self.years += next.years;
        self.above_zero += next.above_zero;
        self.sum.add(next.sum.get());
        self.squares.add(next.squares.get());
        self.largest.append(&mut next.largest);
    }

    /// Returns the distribution; nothing where too little was kept for `least`, the
    /// smallest share of years that a quantile will be asked for.
    #[must_use]
    pub fn finish(mut self, least: f64) -> Option<Distribution> {
        let wanted = self.years - rank(least, self.years) + 1;
        if (self.largest.len() as u64) < wanted {
            return None;
        }
        self.largest.sort_unstable_by(f64::total_cmp);
        let years = self.years as f64;
        let mean = self.sum.get() / years;
        let variance = (self.squares.get() / years - mean * mean).max(0.0);
        Some(Distribution {
            years: self.years,
            above_zero: self.above_zero,
            mean,
            deviation: variance.sqrt(),
            largest: self.largest,
        })
    }
}

/// The place, counted from 1, of the quantile `p` among `years` amounts in order.
fn rank(p: f64, years: u64) -> u64 {
    ((p * years as f64 - 1e-9).ceil() as u64).clamp(1, years)
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
#[derive(Clone, Debug)]
pub struct Distribution {
    years: u64,
    above_zero: u64,
    mean: f64,
    deviation: f64,
    /// The largest amounts, in order.
    largest: Vec<f64>,
}

/// A figure with its standard error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The figure.
    pub value: Money,
    /// Its standard error.
    pub error: Money,
}

impl Distribution {
    /// Returns how many years it is made of.
    #[must_use]
    pub fn years(&self) -> u64 {
        self.years
    }

    /// Returns the mean of a year.
    #[must_use]
    pub fn mean(&self) -> Estimate {
        Estimate { value: Money(self.mean), error: Money(self.deviation / (self.years as f64).sqrt()) }
    }

    /// Returns the standard deviation of a year, over all years drawn.
    #[must_use]
    pub fn deviation(&self) -> Money {
        Money(self.deviation)
    }

    /// Returns the share of years with an amount above zero.
    #[must_use]
    pub fn share_above_zero(&self) -> f64 {
        self.above_zero as f64 / self.years as f64
    }

    /// Returns the amount that a share `p` of years does not pass.
    ///
    /// The error is half the distance between the amounts one standard deviation of
    /// their rank below and above.
    #[must_use]
    pub fn value_at_risk(&self, p: f64) -> Estimate {
        let spread = (self.years as f64 * p * (1.0 - p)).sqrt().ceil() as u64;
        let at = rank(p, self.years);
        let (low, high) = (self.nth(at.saturating_sub(spread).max(1)), self.nth(at + spread));
        Estimate { value: Money(self.nth(at)), error: Money((high - low) / 2.0) }
    }

    /// Returns the mean of the worst `1 - p` of years.
    ///
    /// The error is that of a mean over the years above, and of the threshold.
    #[must_use]
    pub fn tail_value_at_risk(&self, p: f64) -> Estimate {
        let (n, at) = (self.years as f64, self.nth(rank(p, self.years)));
        let above = &self.largest[self.largest.partition_point(|amount| *amount <= at)..];
        let (count, sum) = (above.len() as f64, above.iter().sum::<f64>());
        let mean = (sum / n + at * (1.0 - p - count / n)) / (1.0 - p);
        let squares: f64 = above.iter().map(|amount| (amount - mean).powi(2)).sum();
        let tied = n * (1.0 - p) - count;
        let variance = (squares + tied * (at - mean).powi(2)) / (n * (1.0 - p));
        let error = ((variance + p * (mean - at).powi(2)) / (n * (1.0 - p))).sqrt();
        Estimate { value: Money(mean), error: Money(error) }
    }

    /// Returns the share of years above an amount, as far as years were kept.
    #[must_use]
    pub fn exceedance(&self, amount: Money) -> f64 {
        let above = self.largest.len() - self.largest.partition_point(|kept| *kept <= amount.0);
        above as f64 / self.years as f64
    }

    /// The nth amount in order, counted from 1; the smallest that was kept, where
    /// it was not.
    fn nth(&self, place: u64) -> f64 {
        let missing = self.years - self.largest.len() as u64;
        let kept = place.min(self.years).saturating_sub(missing + 1) as usize;
        self.largest.get(kept).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(years: &[f64]) -> Distribution {
        let mut tally = Tally::above(-1.0);
        tally.add(years);
        tally.finish(0.0).unwrap()
    }

    const YEARS: [f64; 10] = [0.0, 0.0, 40.0, 0.0, 120.0, 15.0, 0.0, 300.0, 60.0, 0.0];

    #[test]
    fn ten_years_by_hand() {
        let years = of(&YEARS);
        assert_eq!(years.mean().value, Money(53.5));
        assert!((years.deviation().0 - 90.112_429_6).abs() < 1e-6);
        for (p, at_risk, tail) in [(0.8, 60.0, 210.0), (0.85, 120.0, 240.0), (0.9, 120.0, 300.0)] {
            assert_eq!(years.value_at_risk(p).value, Money(at_risk), "{p}");
            assert!((years.tail_value_at_risk(p).value.0 - tail).abs() < 1e-9, "{p}");
        }
        assert_eq!(years.exceedance(Money(50.0)), 0.3);
        assert_eq!(years.share_above_zero(), 0.5);
    }

    #[test]
    fn blocks_add_up_to_the_whole() {
        let mut first = Tally::above(-1.0);
        first.add(&YEARS[..3]);
        let mut second = Tally::above(-1.0);
        second.add(&YEARS[3..]);
        first.append(second);
        let (parts, whole) = (first.finish(0.0).unwrap(), of(&YEARS));
        assert_eq!(parts.mean(), whole.mean());
        assert_eq!(parts.tail_value_at_risk(0.9), whole.tail_value_at_risk(0.9));
    }

    #[test]
    fn says_when_too_little_was_kept() {
        let mut tally = Tally::above(100.0);
        tally.add(&YEARS);
        assert!(tally.clone().finish(0.8).is_none());
        assert_eq!(tally.finish(0.9).unwrap().value_at_risk(0.9).value, Money(120.0));
    }
}
