//! Digamma function, which `libm` has not, with the same last bit everywhere.

/// Derivative of `ln Γ(x)`, for `x` above 0.
///
/// # Formula
///
/// `ψ(x) = ψ(x + 1) - 1/x` up to 10, and from there the asymptotic series.
///
/// # Source
///
/// Abramowitz and Stegun, 6.3.5 and 6.3.18.
pub(super) fn digamma(x: f64) -> f64 {
    let (mut x, mut below) = (x, 0.0);
    while x < 10.0 {
        below += 1.0 / x;
        x += 1.0;
    }
    let y = 1.0 / (x * x);
    let series =
        y * (1.0 / 12.0 - y * (1.0 / 120.0 - y * (1.0 / 252.0 - y * (1.0 / 240.0 - y * (1.0 / 132.0)))));
    libm::log(x) - 0.5 / x - series - below
}

#[cfg(test)]
mod tests {
    use super::*;
    use statrs::function::gamma;

    #[test]
    fn is_that_of_a_library() {
        for shape in [0.05, 0.5, 1.0, 3.7, 40.0, 900.0] {
            let (ours, theirs) = (digamma(shape), gamma::digamma(shape));
            assert!((ours - theirs).abs() < 1e-12 * theirs.abs().max(1.0), "ψ({shape}): {ours}, {theirs}");
        }
    }
}
