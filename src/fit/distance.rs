//! Distance: how far a history lies from a law, and how far one drawn from it would.

use super::curve::{Curve, Family};
use super::likelihood::estimate;
use super::sample::Sample;

/// How far the durations of a history lie from a law, by two measures.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Distances {
    /// Kolmogorov and Smirnov: the widest gap between the two shares.
    pub kolmogorov_smirnov: f64,
    /// Anderson and Darling: every gap, those in the tails weighted most.
    pub anderson_darling: f64,
}

/// Distances, and the probability of one at least as large where the law is true.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Goodness {
    /// Of the history.
    pub distances: Distances,
    /// p-value of each.
    pub probability: Distances,
}

impl Distances {
    /// Measures a sample against a law.
    ///
    /// # Formula
    ///
    /// With `u₁ ≤ … ≤ uₙ` the shares of the law under each duration:
    ///
    /// ```text
    /// D  = max of i/n - uᵢ and uᵢ - (i - 1)/n
    /// A² = -n - (1/n) Σ (2i - 1)(ln uᵢ + ln(1 - u₍ₙ₊₁₋ᵢ₎))
    /// ```
    ///
    /// Where outages are reported from a length on, a share is of those that reach it.
    /// A Pareto law that begins at the shortest outage is measured on the others: the
    /// shortest is at a distance of nothing by its making.
    ///
    /// # Source
    ///
    /// D'Agostino and Stephens, Goodness-of-Fit Techniques (1986), section 4.2.
    pub(super) fn of(sample: &Sample, curve: Curve) -> Self {
        let from_shortest = curve.family == Family::Pareto && sample.threshold().is_none();
        let hours = &sample.hours()[usize::from(from_shortest)..];
        let n = hours.len() as f64;
        let reported = sample.threshold().map_or(0.0, |least| curve.ln_above(least));
        // Records are rounded. A duration at the very start of the law has no share
        // under it, whose logarithm has no bound: it is moved in by half a step.
        let above = |x: f64| {
            let ln = curve.ln_above(x) - reported;
            if ln < 0.0 { ln } else { libm::log1p(-0.5 / n) }
        };
        let ln_above: Vec<f64> = hours.iter().map(|x| above(*x)).collect();
        let (mut widest, mut weighted) = (0.0_f64, 0.0);
        for (place, ln) in ln_above.iter().enumerate() {
            let (rank, under) = (place as f64, -libm::expm1(*ln));
            widest = widest.max((rank + 1.0) / n - under).max(under - rank / n);
            weighted += (2.0 * rank + 1.0) * (libm::log(under) + ln_above[hours.len() - 1 - place]);
        }
        Self { kolmogorov_smirnov: widest, anderson_darling: -n - weighted / n }
    }
}

/// Compares a history's distances with those of histories drawn from the law itself,
/// each with a law fitted to it anew: parameters that were fitted to a history always
/// lie closer to it than the true ones, and a table of p-values would not know.
///
/// # Formula
///
/// `p = (1 + number of drawn histories at least as far)/(1 + number drawn)`
///
/// # Source
///
/// Stute, González Manteiga and Presedo Quindimil, "Bootstrap based goodness-of-fit
/// tests", Metrika 40 (1993).
pub(super) fn goodness(
    sample: &Sample,
    curve: Curve,
    resamples: u32,
    draw: &mut impl FnMut() -> f64,
) -> Goodness {
    let distances = Distances::of(sample, curve);
    let least = sample.threshold();
    let (mut farther_ks, mut farther_ad) = (1_u32, 1_u32);
    for _ in 0..resamples {
        let hours = sample.hours().iter().map(|_| curve.exceeded_by(draw(), least));
        // Rounding may put a duration at the threshold just below it.
        let hours = hours.map(|hours| least.map_or(hours, |least| hours.max(least))).collect();
        let drawn = Sample::drawn(hours, least);
        let far = Distances::of(&drawn, estimate(&drawn, curve.family).curve);
        farther_ks += u32::from(far.kolmogorov_smirnov >= distances.kolmogorov_smirnov);
        farther_ad += u32::from(far.anderson_darling >= distances.anderson_darling);
    }
    let share = |farther: u32| f64::from(farther) / f64::from(resamples + 1);
    let probability =
        Distances { kolmogorov_smirnov: share(farther_ks), anderson_darling: share(farther_ad) };
    Goodness { distances, probability }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::Hours;

    #[test]
    fn distances_worked_by_hand() {
        // A Weibull law of shape 1 and scale 1: u = 1 - e^-x, here 0.25, 0.5 and 0.9.
        let hours = [0.75_f64, 0.5, 0.1].map(|above| Hours(-libm::log(above)));
        let sample = Sample::new(&hours, None).unwrap();
        let curve = Curve { family: Family::Weibull, parameters: [1.0, 1.0] };
        let found = Distances::of(&sample, curve);
        // Gaps: 1/3 - 0.25, 0.25; 2/3 - 0.5, 0.5 - 1/3; 1 - 0.9, 0.9 - 2/3.
        assert!((found.kolmogorov_smirnov - 0.25).abs() < 1e-12);
        let sum = libm::log(0.25 * 0.1) + 3.0 * libm::log(0.5 * 0.5) + 5.0 * libm::log(0.9 * 0.75);
        assert!((found.anderson_darling - (-3.0 - sum / 3.0)).abs() < 1e-12);
    }

    #[test]
    fn a_duration_at_the_threshold_is_no_endless_distance() {
        let hours = [1.0, 1.0, 2.0, 5.0].map(Hours);
        let sample = Sample::new(&hours, Some(Hours(1.0))).unwrap();
        for family in Family::ALL {
            let found = Distances::of(&sample, estimate(&sample, family).curve);
            assert!(found.anderson_darling.is_finite(), "{family:?}: {found:?}");
        }
    }
}
