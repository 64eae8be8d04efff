//! Functions of the gamma law that `libm` has not, with the same last bit everywhere.

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

/// Natural logarithm of the share of a gamma law of scale 1 that lies above `y`.
///
/// # Formula
///
/// `Q(k, y) = Γ(k, y) / Γ(k)`: by the power series of `P = 1 - Q` below `k + 1`, by
/// Legendre's continued fraction above it.
///
/// # Source
///
/// Press, Teukolsky, Vetterling and Flannery, Numerical Recipes, section 6.2.
pub(super) fn ln_gamma_above(shape: f64, y: f64) -> f64 {
    if y <= 0.0 {
        return 0.0;
    }
    let ln_front = shape * libm::log(y) - y - libm::lgamma(shape);
    if y < shape + 1.0 {
        return libm::log1p(-libm::exp(ln_front) * series(shape, y));
    }
    ln_front + libm::log(fraction(shape, y))
}

fn series(shape: f64, y: f64) -> f64 {
    let (mut term, mut sum, mut n) = (1.0 / shape, 1.0 / shape, shape);
    for _ in 0..MOST_TERMS {
        n += 1.0;
        term *= y / n;
        sum += term;
        if term < sum * f64::EPSILON {
            break;
        }
    }
    sum
}

fn fraction(shape: f64, y: f64) -> f64 {
    // Lentz's rule: a denominator of nothing is moved off nothing.
    const TINY: f64 = 1e-300;
    let off_zero = |x: f64| if x.abs() < TINY { TINY } else { x };
    let mut b = y + 1.0 - shape;
    let (mut c, mut d) = (1.0 / TINY, 1.0 / off_zero(b));
    let mut whole = d;
    for n in 1..=MOST_TERMS {
        let n = f64::from(n);
        let a = -n * (n - shape);
        b += 2.0;
        d = 1.0 / off_zero(a * d + b);
        c = off_zero(b + a / c);
        let step = c * d;
        whole *= step;
        if (step - 1.0).abs() < f64::EPSILON {
            break;
        }
    }
    whole
}

/// Terms after which series and fraction have long settled: some multiples of the
/// square root of the largest shape that a fit reaches.
const MOST_TERMS: u32 = 20_000;

/// Returns the `y` above which a gamma law of scale 1 has a share `above`.
///
/// Newton's steps on the logarithm of the share, held between two bounds that close in.
///
/// # Source
///
/// The first guess is that of Wilson and Hilferty (1931); for small shapes the
/// leading term of the power series.
pub(super) fn gamma_exceeded_by(shape: f64, above: f64, normal: f64) -> f64 {
    let ninth = 1.0 / (9.0 * shape);
    let cube = 1.0 - ninth + normal * ninth.sqrt();
    let leading = || libm::exp((libm::log1p(-above) + libm::lgamma(shape + 1.0)) / shape);
    let guess = if cube > 0.3 { shape * cube * cube * cube } else { leading() };
    let (mut low, mut high) = (0.0, f64::INFINITY);
    let mut y = guess.clamp(f64::MIN_POSITIVE, 1e6 * (1.0 + shape));
    let target = libm::log(above);
    for _ in 0..100 {
        let found = ln_gamma_above(shape, y);
        let off = found - target;
        if off > 0.0 {
            low = y
        } else {
            high = y
        }
        // The slope of ln Q in ln y.
        let slope = -libm::exp(shape * libm::log(y) - y - libm::lgamma(shape) - found);
        let next = y * libm::exp((-off / slope).clamp(-4.0, 4.0));
        let next = match (next > low && next < high, high.is_finite()) {
            (true, _) => next,
            (false, true) => f64::midpoint(low, high),
            (false, false) => 2.0 * y,
        };
        if (next - y).abs() <= 1e-13 * y {
            return next;
        }
        y = next;
    }
    y
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::peril::normal;
    use statrs::function::gamma;

    #[test]
    fn functions_are_those_of_a_library() {
        for shape in [0.05, 0.5, 1.0, 3.7, 40.0, 900.0] {
            let (ours, theirs) = (digamma(shape), gamma::digamma(shape));
            assert!((ours - theirs).abs() < 1e-12 * theirs.abs().max(1.0), "ψ({shape}): {ours}, {theirs}");
            for part in [0.01, 0.3, 0.9, 1.0, 1.1, 2.0, 3.0] {
                let (ours, theirs) =
                    (libm::exp(ln_gamma_above(shape, part * shape)), gamma::gamma_ur(shape, part * shape));
                assert!(
                    (ours - theirs).abs() < 1e-11 * theirs.max(1e-3),
                    "Q({shape}, {part}): {ours}, {theirs}"
                );
            }
        }
    }

    #[test]
    fn far_out_the_logarithm_goes_on_where_the_share_is_nothing() {
        // Q(1, y) = e^-y.
        assert!((ln_gamma_above(1.0, 2_000.0) + 2_000.0).abs() < 1e-9);
    }

    #[test]
    fn the_inverse_leads_back() {
        for shape in [0.05, 0.3, 1.0, 2.5, 80.0] {
            for above in [1e-9, 1e-3, 0.2, 0.5, 0.9, 0.999] {
                let y = gamma_exceeded_by(shape, above, -normal::quantile(above));
                let back = libm::exp(ln_gamma_above(shape, y));
                assert!((back - above).abs() < 1e-10 * above, "{shape}, {above}: {y} gives {back}");
            }
        }
    }
}
