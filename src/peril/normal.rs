//! Quantile of the standard normal distribution, and its inverse.

use super::elementary::ln;

/// Returns the `x` below which a standard normal number lies with probability `p`.
///
/// Relative error below 1e-15 for `p` in (1e-300, 1); the function is monotone, so
/// that the same draw moves every distribution in the same direction.
///
/// # Source
///
/// Wichura, "Algorithm AS 241: the percentage points of the normal distribution",
/// Applied Statistics 37 (1988), routine PPND16.
#[must_use]
#[inline]
pub fn quantile(p: f64) -> f64 {
    if in_middle(p) { middle(p) } else { tail(p) }
}

/// Returns the probability that a standard normal number lies below `z`.
#[must_use]
pub fn below(z: f64) -> f64 {
    0.5 * libm::erfc(-z * std::f64::consts::FRAC_1_SQRT_2)
}

/// Turns probabilities into quantiles, each as [`quantile`] does.
///
/// Five in six lie in the middle and are turned together. The others are picked
/// out, turned together, and put back.
#[inline(always)]
pub fn quantiles(column: &mut [f64]) {
    const CHUNK: usize = 512;
    let (mut places, mut tails) = ([0_u32; CHUNK], [0.5; CHUNK]);
    for chunk in column.chunks_mut(CHUNK) {
        let mut picked = 0;
        for (place, p) in chunk.iter().enumerate() {
            places[picked % CHUNK] = place as u32;
            tails[picked % CHUNK] = *p;
            picked += usize::from(!in_middle(*p));
        }
        let mut far = false;
        for p in &mut tails[..picked] {
            far |= from_end(*p) < FAR_FROM;
            *p = near(*p);
        }
        if far {
            for (tail, place) in tails.iter_mut().zip(&places[..picked]) {
                *tail = self::tail(chunk[*place as usize]);
            }
        }
        for p in &mut *chunk {
            *p = middle(*p);
        }
        for (tail, place) in tails.iter().zip(&places[..picked]) {
            chunk[*place as usize] = *tail;
        }
    }
}

/// The tail probability from which on the approximation near the middle fails: e^-25.
const FAR_FROM: f64 = 1.388_794_386_496_402e-11;

#[inline(always)]
fn in_middle(p: f64) -> bool {
    (p - 0.5).abs() <= 0.425
}

#[inline(always)]
fn from_end(p: f64) -> f64 {
    if p < 0.5 { p } else { 1.0 - p }
}

#[inline(always)]
fn middle(p: f64) -> f64 {
    let from_middle = p - 0.5;
    from_middle * ratio(0.180_625 - from_middle * from_middle, &MIDDLE)
}

#[inline(always)]
fn near(p: f64) -> f64 {
    let r = (-ln(from_end(p))).sqrt();
    ratio(r - 1.6, &NEAR).copysign(p - 0.5)
}

fn tail(p: f64) -> f64 {
    if from_end(p) >= FAR_FROM {
        return near(p);
    }
    let r = (-ln(from_end(p))).sqrt();
    ratio(r - 5.0, &FAR).copysign(p - 0.5)
}

/// Coefficients of a numerator and a denominator, lowest power first.
struct Ratio {
    above: [f64; 8],
    below: [f64; 8],
}

#[inline(always)]
fn ratio(r: f64, of: &Ratio) -> f64 {
    let polynomial = |c: &[f64; 8]| {
        ((((((c[7] * r + c[6]) * r + c[5]) * r + c[4]) * r + c[3]) * r + c[2]) * r + c[1]) * r + c[0]
    };
    polynomial(&of.above) / polynomial(&of.below)
}

const MIDDLE: Ratio = Ratio {
    above: [
        3.387_132_872_796_366_5,
        133.141_667_891_784_38,
        1_971.590_950_306_551_3,
        13_731.693_765_509_46,
        45_921.953_931_549_87,
        67_265.770_927_008_7,
        33_430.575_583_588_13,
        2_509.080_928_730_122_7,
    ],
    below: [
        1.0,
        42.313_330_701_600_91,
        687.187_007_492_057_9,
        5_394.196_021_424_751,
        21_213.794_301_586_597,
        39_307.895_800_092_71,
        28_729.085_735_721_943,
        5_226.495_278_852_854,
    ],
};

const NEAR: Ratio = Ratio {
    above: [
        1.423_437_110_749_683_5,
        4.630_337_846_156_546,
        5.769_497_221_460_691,
        3.647_848_324_763_204_5,
        1.270_458_252_452_368_4,
        0.241_780_725_177_450_6,
        0.022_723_844_989_269_184,
        7.745_450_142_783_414e-4,
    ],
    below: [
        1.0,
        2.053_191_626_637_759,
        1.676_384_830_183_803_8,
        0.689_767_334_985_1,
        0.148_103_976_427_480_08,
        0.015_198_666_563_616_457,
        5.475_938_084_995_345e-4,
        1.050_750_071_644_416_9e-9,
    ],
};

const FAR: Ratio = Ratio {
    above: [
        6.657_904_643_501_103,
        5.463_784_911_164_114,
        1.784_826_539_917_291_3,
        0.296_560_571_828_504_87,
        0.026_532_189_526_576_124,
        0.001_242_660_947_388_078_4,
        2.711_555_568_743_487_6e-5,
        2.010_334_399_292_288_1e-7,
    ],
    below: [
        1.0,
        0.599_832_206_555_887_9,
        0.136_929_880_922_735_8,
        0.014_875_361_290_850_615,
        7.868_691_311_456_133e-4,
        1.846_318_317_510_054_8e-5,
        1.421_511_758_316_446e-7,
        2.044_263_103_389_939_8e-15,
    ],
};

#[cfg(test)]
mod tests {
    use super::*;
    use statrs::distribution::{ContinuousCDF, Normal};

    #[test]
    fn agrees_with_a_library_from_tail_to_tail() {
        let normal = Normal::standard();
        let tails = (1..=300).map(|power| 10_f64.powi(-power));
        let middle = (1..1000).map(|step| f64::from(step) / 1000.0);
        for p in tails.chain(middle) {
            let (ours, theirs) = (quantile(p), normal.inverse_cdf(p));
            assert!(
                (ours - theirs).abs() <= 2e-14 * theirs.abs().max(1e-3),
                "{p}: {ours} against {theirs}"
            );
        }
    }

    #[test]
    fn a_column_has_the_quantiles_of_its_numbers() {
        let mut column: Vec<f64> = (1..5000).map(|step| f64::from(step) / 5000.0).collect();
        column.extend([1e-300, 1e-16, 1e-12, 0.5 * (0.5_f64).powi(52), 1.0 - 0.5_f64.powi(53)]);
        let each: Vec<f64> = column.iter().map(|p| quantile(*p)).collect();
        quantiles(&mut column);
        assert_eq!(column, each);
    }

    #[test]
    fn is_monotone_where_its_branches_meet() {
        for edge in [0.075, 0.925, libm::exp(-25.0)] {
            let step = edge.min(1.0 - edge) * 1e-9;
            assert!(quantile(edge - step) < quantile(edge + step), "{edge}");
        }
    }
}
