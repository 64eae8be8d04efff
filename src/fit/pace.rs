//! Pace: how many outages a year brings, and whether they come in clusters.

use super::tail::Figure;

/// A calendar year, or the part of one that was observed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Year {
    /// The year.
    pub year: i16,
    /// How much of it was observed, from 0 to 1.
    pub observed: f64,
    /// How many outages began in that time.
    pub outages: u32,
}

/// How many outages a year brings.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pace {
    /// Years that were observed, with their parts.
    pub years: f64,
    /// Outages of these years.
    pub outages: u32,
    /// Mean of a year; the error is that of outages that do not know of one another.
    pub mean: Figure,
    /// What two years or more tell of clusters.
    pub clusters: Option<Clusters>,
}

/// Whether outages come in clusters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Clusters {
    /// Variance of the number of a year.
    pub variance: f64,
    /// Index of dispersion: 1 where outages do not know of one another.
    pub index: f64,
    /// Probability of an index at least as high where they do not.
    pub probability: f64,
    /// Standard error of the mean of a year with clusters; none where the variance is
    /// not above the mean.
    pub mean_error: Option<f64>,
}

impl Clusters {
    /// Returns whether clusters are there beyond what chance explains: at one in twenty.
    #[must_use]
    pub fn plain(&self) -> bool {
        self.mean_error.is_some() && self.probability < 0.05
    }
}

impl Pace {
    /// Counts, year by year. Returns none where nothing was observed, or no outage.
    ///
    /// # Formula
    ///
    /// With `nᵢ` outages in a part `eᵢ` of `k` years, `N` and `T` their sums:
    ///
    /// ```text
    /// poisson             m = N/T, s.e. √N/T
    /// index               X²/(k - 1), X² = Σ (nᵢ - m·eᵢ)²/(m·eᵢ); its p-value from N
    ///                     outages that are spread over T by chance
    /// negative binomial   variance m + m²/r,
    ///                     1/r = (k/(k - 1)·Σ (nᵢ - m·eᵢ)² - N) / Σ (m·eᵢ)²
    /// ```
    ///
    /// For whole years the variance is that of the counts.
    ///
    /// # Source
    ///
    /// Klugman, Panjer and Willmot, Loss Models, sections 6.3 and 14.2; the test is
    /// Fisher's index of dispersion, by resampling, since counts of a few years are
    /// too low for a χ² law.
    #[must_use]
    pub fn of(counts: &[Year], resamples: u32, draw: &mut impl FnMut() -> f64) -> Option<Self> {
        let years: f64 = counts.iter().map(|year| year.observed).sum();
        let outages: u32 = counts.iter().map(|year| year.outages).sum();
        if !(years > 0.0 && outages > 0) {
            return None;
        }
        let mean = f64::from(outages) / years;
        let seen: Vec<(f64, u32)> =
            counts.iter().filter(|year| year.observed > 0.0).map(|y| (y.observed, y.outages)).collect();
        Some(Self {
            years,
            outages,
            mean: Figure { value: mean, error: Some(f64::from(outages).sqrt() / years) },
            clusters: (seen.len() > 1).then(|| clusters(&seen, mean, years, resamples, draw)),
        })
    }
}

fn clusters(
    seen: &[(f64, u32)],
    mean: f64,
    years: f64,
    resamples: u32,
    draw: &mut impl FnMut() -> f64,
) -> Clusters {
    let outages: u32 = seen.iter().map(|(_, number)| number).sum();
    let squares = |counts: &[u32]| -> f64 {
        let off = |(count, (part, _)): (&u32, &(f64, u32))| {
            let expected = mean * part;
            (f64::from(*count) - expected) * (f64::from(*count) - expected) / expected
        };
        counts.iter().zip(seen).map(off).sum()
    };
    let counts: Vec<u32> = seen.iter().map(|(_, number)| *number).collect();
    let found = squares(&counts);
    let mut until = 0.0;
    let ends: Vec<f64> = seen
        .iter()
        .map(|(part, _)| {
            until += part / years;
            until
        })
        .collect();
    let mut farther = 1_u32;
    let mut drawn = vec![0; seen.len()];
    for _ in 0..resamples {
        drawn.fill(0);
        for _ in 0..outages {
            let at = draw();
            drawn[ends.partition_point(|end| *end <= at).min(seen.len() - 1)] += 1;
        }
        // Counts are whole: the same index may come out a last bit lower.
        farther += u32::from(squares(&drawn) >= found - 1e-9 * found);
    }
    let free = seen.len() as f64 - 1.0;
    let off: f64 = seen
        .iter()
        .map(|(part, number)| {
            let off = f64::from(*number) - mean * part;
            off * off
        })
        .sum();
    let expected: f64 = seen.iter().map(|(part, _)| mean * mean * part * part).sum();
    let clustering = (seen.len() as f64 / free * off - f64::from(outages)) / expected;
    let mean_error =
        (clustering > 0.0).then(|| (f64::from(outages) + clustering * expected).sqrt() / years);
    Clusters {
        variance: (mean + mean * mean * clustering).max(0.0),
        index: found / free,
        probability: f64::from(farther) / f64::from(resamples + 1),
        mean_error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn years(counts: &[u32]) -> Vec<Year> {
        let year = |(place, outages): (usize, &u32)| Year {
            year: 2020 + place as i16,
            observed: 1.0,
            outages: *outages,
        };
        counts.iter().enumerate().map(year).collect()
    }

    /// Evenly spread numbers from 0 to 1 that never come back (Weyl's sequence).
    fn even() -> impl FnMut() -> f64 {
        let mut at = 0.5;
        move || {
            at = (at + 0.618_033_988_749_894_9) % 1.0;
            at
        }
    }

    #[test]
    fn for_whole_years_the_variance_is_that_of_the_counts() {
        let counts = [4, 9, 2, 17, 1, 3];
        let pace = Pace::of(&years(&counts), 199, &mut even()).unwrap();
        let clusters = pace.clusters.unwrap();
        // Mean 6, squares 4 + 9 + 16 + 121 + 25 + 9 = 184, of five degrees of freedom.
        assert_eq!((pace.mean.value, pace.years), (6.0, 6.0));
        assert!((clusters.variance - 36.8).abs() < 1e-9, "{clusters:?}");
        assert!((clusters.index - 36.8 / 6.0).abs() < 1e-9);
        assert!((pace.mean.error.unwrap() - 1.0).abs() < 1e-12);
        assert!((clusters.mean_error.unwrap() - (36.8_f64 / 6.0).sqrt()).abs() < 1e-9);
        assert!(clusters.plain());
    }

    #[test]
    fn even_years_have_no_clusters() {
        let clusters = Pace::of(&years(&[5, 6, 5, 4]), 199, &mut even()).unwrap().clusters.unwrap();
        assert!(clusters.mean_error.is_none() && !clusters.plain());
        assert!(clusters.probability > 0.5 && clusters.index < 1.0);
    }

    #[test]
    fn part_years_count_for_their_part() {
        let mut counts = years(&[2, 4]);
        counts[0].observed = 0.5;
        let pace = Pace::of(&counts, 9, &mut even()).unwrap();
        assert_eq!((pace.mean.value, pace.years), (4.0, 1.5));
        assert!(pace.clusters.unwrap().index < 1e-12);
        counts.truncate(1);
        assert_eq!(Pace::of(&counts, 9, &mut even()).unwrap().clusters, None, "one year has no spread");
        counts[0].observed = 0.0;
        assert_eq!(Pace::of(&counts, 9, &mut even()), None);
    }
}
