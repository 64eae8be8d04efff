//! Keep: which yearly amounts are kept in full.
//!
//! Those among which a quantile will lie, as a first stretch of years says. A quantile
//! that lies elsewhere all the same is noticed ([`Tally::finish`]), and then all are kept.
//!
//! [`Tally::finish`]: super::Tally::finish

use super::distribution::by_keys;

/// Shares of years that a quantile does not pass, and the return period of each.
pub const QUANTILES: [(f64, u32); 8] = [
    (0.9, 10),
    (0.95, 20),
    (0.98, 50),
    (0.99, 100),
    (0.995, 200),
    (0.996, 250),
    (0.998, 500),
    (0.999, 1_000),
];

/// Returns the quantiles that so many years say something about: at least five of them
/// lie beyond.
pub fn quantiles_of(years: u64) -> impl Iterator<Item = (f64, u32)> {
    QUANTILES.into_iter().filter(move |(_, period)| 5 * u64::from(*period) <= years)
}

/// Stretches of amounts that are kept in full, and levels whose passing is counted.
#[derive(Clone, Debug, PartialEq)]
pub struct Keep {
    /// Where each stretch begins and ends, in order: an amount lies in it if it is
    /// above the first and not above the second.
    pub(super) bounds: Vec<f64>,
    /// Amounts whose passing is counted.
    pub(super) levels: Vec<f64>,
}

impl Keep {
    /// Keeps every amount.
    #[must_use]
    pub fn all(levels: &[f64]) -> Self {
        Self { bounds: vec![f64::NEG_INFINITY, f64::INFINITY], levels: levels.to_vec() }
    }

    /// Keeps moments alone.
    #[must_use]
    pub fn moments() -> Self {
        Self { bounds: vec![], levels: vec![] }
    }

    /// Keeps the amounts about each quantile, judged by the amounts of a sample: five
    /// standard deviations of the sample's own rank to either side.
    ///
    /// `sample` holds the amounts of some years; so many others all come to `idle`.
    #[must_use]
    pub fn about_quantiles(mut sample: Vec<f64>, (idle, idle_years): (f64, usize), levels: &[f64]) -> Self {
        let all = sample.len() + idle_years;
        let years = all as f64;
        let lowest = QUANTILES.iter().map(|(p, _)| p - margin(*p, years)).fold(1.0, f64::min);
        let place = |p: f64| (p * years) as usize;
        let from = place(lowest.max(0.0));
        if from >= all {
            return Self::all(levels);
        }
        // Only the largest are looked at: of years that are alike no more than that many.
        let largest = all - from;
        sample.extend(std::iter::repeat_n(idle, idle_years.min(largest)));
        let below = sample.len() - largest;
        by_keys(&mut sample, |sample| {
            sample.select_nth_unstable(below);
            sample[below..].sort_unstable();
        });
        let largest = &sample[below..];
        let at = |p: f64| largest.get(place(p).saturating_sub(from)).copied().unwrap_or(f64::INFINITY);
        let mut bounds: Vec<f64> = Vec::new();
        for (p, _) in QUANTILES {
            let margin = margin(p, years);
            // Amounts that tie with the bound are inside.
            let (low, high) = (at(p - margin).next_down(), at(p + margin));
            match bounds.last_mut() {
                Some(last) if low <= *last => *last = last.max(high),
                _ => bounds.extend([low, high]),
            }
        }
        Self { bounds, levels: levels.to_vec() }
    }
}

fn margin(p: f64, years: f64) -> f64 {
    5.0 * (p * (1.0 - p) / years).sqrt()
}
