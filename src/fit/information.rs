//! Information: how sharply the likelihood peaks, and so how far off a parameter may be.

/// Returns the standard errors of two parameters at the top of a likelihood, or none
/// where the top is flat.
///
/// # Formula
///
/// The roots of the diagonal of `J⁻¹`, with `J` the observed information: the second
/// derivatives of the log-likelihood with the sign turned, by central differences.
///
/// # Source
///
/// Klugman, Panjer and Willmot, Loss Models, section 13.3; Efron and Hinkley,
/// Biometrika 65 (1978), for the observed rather than the expected information.
pub(super) fn standard_errors(likelihood: impl Fn([f64; 2]) -> f64, at: [f64; 2]) -> Option<[f64; 2]> {
    let highest = likelihood(at);
    let step = |along: fn(f64) -> [f64; 2], parameter: f64| {
        // At this step the error of rounding and that of the formula are both near
        // 1e-6, unless the hill is so narrow that the step leaves its top.
        let mut step = 1e-3 * parameter.abs();
        let on_top = |step: f64| {
            let [first, second] = along(step);
            highest - likelihood([at[0] + first, at[1] + second]) < 0.1
        };
        while !on_top(step) && step > 1e-12 * parameter.abs() {
            step *= 0.25;
        }
        step
    };
    let (h, k) = (step(|step| [step, 0.0], at[0]), step(|step| [0.0, step], at[1]));
    let l = |i: f64, j: f64| likelihood([at[0] + i * h, at[1] + j * k]);
    let top = 2.0 * highest;
    let first = (top - l(1.0, 0.0) - l(-1.0, 0.0)) / (h * h);
    let second = (top - l(0.0, 1.0) - l(0.0, -1.0)) / (k * k);
    let both = -(l(1.0, 1.0) - l(1.0, -1.0) - l(-1.0, 1.0) + l(-1.0, -1.0)) / (4.0 * h * k);
    let determinant = first * second - both * both;
    let peaks = first > 0.0 && second > 0.0 && determinant > 1e-9 * first * second;
    peaks.then(|| [second, first].map(|across| (across / determinant).sqrt()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_of_a_known_hill() {
        // J = [[4, 1], [1, 2]], whose inverse is [[2, -1], [-1, 4]]/7.
        let hill = |[x, y]: [f64; 2]| {
            let (x, y) = (x - 3.0, y - 5.0);
            -0.5 * (4.0 * x * x + 2.0 * x * y + 2.0 * y * y)
        };
        let [first, second] = standard_errors(hill, [3.0, 5.0]).unwrap();
        assert!((first - (2.0_f64 / 7.0).sqrt()).abs() < 1e-6);
        assert!((second - (4.0_f64 / 7.0).sqrt()).abs() < 1e-6);
        let narrow = |[x, y]: [f64; 2]| hill([3.0 + 1e6 * (x - 3.0), y]);
        let [first, second] = standard_errors(narrow, [3.0, 5.0]).unwrap();
        assert!((1e6 * first - (2.0_f64 / 7.0).sqrt()).abs() < 1e-4);
        assert!((second - (4.0_f64 / 7.0).sqrt()).abs() < 1e-4);
        assert_eq!(standard_errors(|[x, y]| -(x + y - 2.0) * (x + y - 2.0), [1.0, 1.0]), None);
    }
}
