//! Figures of an estimate, each with how far the days lie from it and their number.

use jiff::civil::Date;

/// A figure, how far what it stands for is spread, and out of how many days or hours.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Figure {
    /// The figure.
    pub value: f64,
    /// Standard deviation of the single days or hours; none out of one.
    pub spread: Option<f64>,
    /// Standard error of the figure.
    pub error: Option<f64>,
    /// How many days or hours it is made of.
    pub count: usize,
}

impl Figure {
    /// The ratio of sums, with the spread of the single ratios.
    ///
    /// # Formula
    ///
    /// Of pairs `(y, f)`, what was brought and what stands for one unit:
    ///
    /// ```text
    /// value  = Σ y / Σ f
    /// spread = √( Σ f·(y/f - value)² / Σ f · n/(n - 1) )
    /// error  = spread · √(Σ f²) / Σ f
    /// ```
    pub(super) fn of(pairs: impl Iterator<Item = (f64, f64)> + Clone) -> Option<Self> {
        let (mut brought, mut units, mut squares, mut count) = (0.0, 0.0, 0.0, 0);
        for (y, f) in pairs.clone() {
            brought += y;
            units += f;
            squares += f * f;
            count += 1;
        }
        if count == 0 || units <= 0.0 {
            return None;
        }
        let value = brought / units;
        let apart: f64 =
            pairs.map(|(y, f)| if f > 0.0 { (y / f - value) * (y - value * f) } else { 0.0 }).sum();
        let n = count as f64;
        let spread = (count > 1).then(|| (apart / units * n / (n - 1.0)).sqrt());
        Some(Self { value, spread, error: spread.map(|spread| spread * squares.sqrt() / units), count })
    }

    /// The same in another unit.
    pub(super) fn times(self, factor: f64) -> Self {
        let scaled = |of: Option<f64>| of.map(|of| of * factor);
        Self {
            value: self.value * factor,
            spread: scaled(self.spread),
            error: scaled(self.error),
            count: self.count,
        }
    }
}

/// How turnover moves from year to year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Growth {
    /// Part by which a year brings more than the one before: 0.08 is 8 %.
    pub per_year: f64,
    /// Its standard error; none where it was given.
    pub error: Option<f64>,
}

/// A day that lies far from what its weekday brings in its season.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outlier {
    /// Which day.
    pub date: Date,
    /// What it brought.
    pub brought: f64,
    /// What such a day brings.
    pub expected: f64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ratio_of_sums_with_the_spread_of_its_parts() {
        let pairs = [(8.0, 1.0), (12.0, 1.0), (20.0, 2.0)];
        let figure = Figure::of(pairs.into_iter()).unwrap();
        assert_eq!((figure.value, figure.count), (10.0, 3));
        // (1·4 + 1·4 + 2·0) / 4 · 3/2 = 3
        assert!((figure.spread.unwrap() - 3f64.sqrt()).abs() < 1e-12);
        assert!((figure.error.unwrap() - (3.0f64 * 6.0).sqrt() / 4.0).abs() < 1e-12);
        assert_eq!(Figure::of([(5.0, 1.0)].into_iter()).unwrap().spread, None, "one day has no spread");
        assert_eq!(Figure::of([(5.0, 0.0)].into_iter()), None);
    }
}
