//! Exponential and logarithm without a branch, so that a loop over a column of
//! numbers runs many of them at once, and with the same last bit on every machine.

const LN2_HIGH: f64 = 6.931_471_803_691_238e-1;
const LN2_LOW: f64 = 1.908_214_929_270_587_7e-10;

/// Returns eˣ, with a relative error below 2.3e-16.
///
/// Where that is too small or too large for a number, `x` is held to [-708, 709].
///
/// # Formula
///
/// ```text
/// x = k·ln 2 + r,  |r| ≤ ln 2 / 2        eˣ = 2ᵏ · Σ rⁿ/n!,  n ≤ 13
/// ```
#[must_use]
#[inline(always)]
pub fn exp(x: f64) -> f64 {
    // Adding this leaves a number's whole part in its last bits.
    const WHOLE: f64 = 6_755_399_441_055_744.0;
    const ONE: u64 = 0x3FF0_0000_0000_0000;
    let x = x.clamp(-708.0, 709.0);
    let shifted = x * std::f64::consts::LOG2_E + WHOLE;
    let k = shifted - WHOLE;
    let r = (x - k * LN2_HIGH) - k * LN2_LOW;
    let series = INVERSE_FACTORIALS.iter().fold(0.0, |sum, inverse| sum * r + inverse);
    let mantissa = 1.0 + (r + r * r * series);
    mantissa * f64::from_bits((shifted.to_bits() << 52).wrapping_add(ONE))
}

/// 1/13! to 1/2!.
const INVERSE_FACTORIALS: [f64; 12] = [
    1.0 / 6_227_020_800.0,
    1.0 / 479_001_600.0,
    1.0 / 39_916_800.0,
    1.0 / 3_628_800.0,
    1.0 / 362_880.0,
    1.0 / 40_320.0,
    1.0 / 5_040.0,
    1.0 / 720.0,
    1.0 / 120.0,
    1.0 / 24.0,
    1.0 / 6.0,
    0.5,
];

/// Returns the natural logarithm of a number above 2.3e-308.
///
/// # Formula
///
/// With `x = 2ᵏ·m`, `√½ ≤ m < √2`, `f = m - 1` and `s = f/(2 + f)`:
///
/// ```text
/// ln x = k·ln 2 + f - f²/2 + s·(f²/2 + R(s²))
/// ```
///
/// # Source
///
/// The method and the coefficients of R are those of FDLIBM, `e_log.c` (Sun
/// Microsystems, 1993), without its branches for special cases.
#[must_use]
#[inline(always)]
pub fn ln(x: f64) -> f64 {
    const ROOT_HALF: u64 = 0x3FE6_A09E_667F_3BCD;
    let bits = x.to_bits();
    let above = bits.wrapping_sub(ROOT_HALF);
    let k = f64::from((above as i64 >> 52) as i32);
    let m = f64::from_bits(bits.wrapping_sub(above & 0xFFF0_0000_0000_0000));
    let f = m - 1.0;
    let s = f / (2.0 + f);
    let z = s * s;
    let w = z * z;
    let even =
        w * (0.399_999_999_994_094_2 + w * (0.222_221_984_321_497_84 + w * 0.153_138_376_992_093_73));
    let odd = z
        * (0.666_666_666_666_673_5
            + w * (0.285_714_287_436_623_9 + w * (0.181_835_721_616_180_5 + w * 0.147_981_986_051_165_86)));
    let half_square = 0.5 * f * f;
    k * LN2_HIGH - ((half_square - (s * (half_square + (odd + even)) + k * LN2_LOW)) - f)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_agree_with_a_library_to_the_last_bit_or_two() {
        for step in 0..400_000 {
            let x = -700.0 + f64::from(step) * 0.0035;
            let (ours, theirs) = (exp(x), libm::exp(x));
            assert!((ours - theirs).abs() <= 2.3e-16 * theirs, "e^{x}: {ours} against {theirs}");
            assert_eq!(ln(theirs), libm::log(theirs), "ln of {theirs}");
        }
        assert_eq!((exp(0.0), ln(1.0)), (1.0, 0.0));
    }

    #[test]
    fn what_no_number_can_hold_is_held_to_what_one_can() {
        assert!(exp(1e6).is_finite() && exp(-1e6) > 0.0);
    }
}
