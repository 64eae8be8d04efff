//! Transform: the law of a sum of many amounts, by Fourier transforms.

use realfft::RealFftPlanner;
use realfft::num_complex::Complex64;

use crate::peril::Frequency;

/// How much of the grid's end wraps around to its beginning: e^-14 of it.
const TILT: f64 = 14.0;

/// Returns the masses of the year's total on a grid, where each frequency comes with
/// the masses of one amount on the same grid.
///
/// # Formula
///
/// With `φ` the transform of the masses `f_j` of one amount, tilted to `f_j e^(-θj)`,
/// and `P` the generating function of a frequency:
///
/// ```text
/// g_j e^(-θj) = inverse transform of Π P(φ)
/// ```
///
/// Sums beyond the grid wrap around, and the tilt makes them smaller by `e^(-θn)`;
/// it makes the rounding errors of a transform larger by no more than `e^(θj)`.
/// Masses beyond the grid may be missing: what they would change lies beyond it too.
///
/// # Source
///
/// Grübel and Hermesmeier, Computation of compound distributions I: aliasing errors
/// and exponential tilting, ASTIN Bulletin 29 (1999).
pub(super) fn compound(perils: &[(Frequency, Vec<f64>)], points: usize) -> Vec<f64> {
    let mut planner = RealFftPlanner::<f64>::new();
    let forward = planner.plan_fft_forward(points);
    let back = planner.plan_fft_inverse(points);
    let theta = TILT / points as f64;
    let tilted = |masses: &[f64], sign: f64| -> Vec<f64> {
        masses.iter().enumerate().map(|(j, mass)| mass * libm::exp(sign * theta * j as f64)).collect()
    };
    let mut total = vec![Complex64::new(1.0, 0.0); points / 2 + 1];
    for (frequency, masses) in perils {
        let mut masses = tilted(masses, -1.0);
        let mut transform = forward.make_output_vec();
        forward.process(&mut masses, &mut transform).expect("vectors of the plan's own length");
        for (total, value) in total.iter_mut().zip(transform) {
            *total *= frequency.generating(value);
        }
    }
    // Both ends of the transform of real numbers are real: rounding says otherwise.
    total[0].im = 0.0;
    total[points / 2].im = 0.0;
    let mut year = back.make_output_vec();
    back.process(&mut total, &mut year).expect("vectors of the plan's own length");
    let mut year = tilted(&year, 1.0);
    year.iter_mut().for_each(|mass| *mass /= points as f64);
    year
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The recursion of Panjer, slow and obvious: `a` and `b` of
    /// `P(n) = (a + b/n) P(n - 1)`, and the probability of no amount at all.
    fn recursion(a: f64, b: f64, start: f64, masses: &[f64]) -> Vec<f64> {
        let mut year = vec![start];
        for j in 1..masses.len() {
            let terms = (1..=j).map(|k| (a + b * k as f64 / j as f64) * masses[k] * year[j - k]);
            year.push(terms.sum::<f64>() / (1.0 - a * masses[0]));
        }
        year
    }

    /// Amounts from nothing to 40 steps, with an atom at the top.
    fn masses(points: usize) -> Vec<f64> {
        let mut masses = vec![0.0; points];
        for (j, mass) in masses.iter_mut().enumerate().take(40) {
            *mass = 0.02 * (1.0 - j as f64 / 50.0);
        }
        masses[40] = 1.0 - masses.iter().sum::<f64>();
        masses
    }

    #[test]
    fn agrees_with_the_recursion_of_panjer() {
        let (points, used) = (2048, 1500);
        let f = masses(points);
        let poisson = Frequency::poisson(3.0).unwrap();
        let of_poisson = recursion(0.0, 3.0, libm::exp(3.0 * (f[0] - 1.0)), &f);
        let binomial = Frequency::negative_binomial(3.0, 7.5).unwrap();
        // r = 2, p = 0.4: a = 1 - p, b = (r - 1)(1 - p).
        let of_binomial = recursion(0.6, 0.6, (0.4 / (1.0 - 0.6 * f[0])).powi(2), &f);
        for (frequency, expected) in [(poisson, of_poisson), (binomial, of_binomial)] {
            let found = compound(&[(frequency, f.clone())], points);
            for j in 0..used {
                assert!((found[j] - expected[j]).abs() < 1e-13, "{frequency:?} at {j}: {}", found[j]);
            }
        }
    }

    #[test]
    fn two_perils_are_two_sums_added() {
        let f = masses(1024);
        let all = compound(&[(Frequency::poisson(2.0).unwrap(), f.clone())], 1024);
        let half = Frequency::poisson(1.0).unwrap();
        let halves = compound(&[(half, f.clone()), (half, f)], 1024);
        assert!((0..512).all(|j| (all[j] - halves[j]).abs() < 1e-13));
    }

    #[test]
    fn what_passes_the_grid_does_not_come_back() {
        // 10 amounts of 40 steps at most, on a grid of 256: most years pass its end.
        let (long, short) = (1024, 256);
        let often = Frequency::poisson(10.0).unwrap();
        let whole = compound(&[(often, masses(long))], long);
        let cut = compound(&[(often, masses(short))], short);
        let off = (0..short).map(|j| (whole[j] - cut[j]).abs()).fold(0.0, f64::max);
        assert!(off < 1e-8, "{off}");
    }
}
