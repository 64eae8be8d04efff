//! The gamma law, with the same last bit on every machine.

use super::elementary::{exp, ln};
use super::normal;

/// A gamma law of scale 1, with what does not change from one value to the next.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Gamma {
    shape: f64,
    ln_whole: f64,
}

/// From this shape on the logarithms of a density's factors are so large that their
/// difference would lose digits.
const LARGE: f64 = 1e3;

/// Terms after which series and fraction have long settled: some multiples of the
/// square root of any shape that makes a law.
const MOST_TERMS: u32 = 1_000_000;

impl Gamma {
    pub fn of_shape(shape: f64) -> Self {
        Self { shape, ln_whole: libm::lgamma(shape) }
    }

    /// Returns the share of values that do not pass `y`.
    ///
    /// # Formula
    ///
    /// `P(k, y) = 1 - Q(k, y)`, with `Q(k, y) = Γ(k, y)/Γ(k)`: by the power series of P
    /// below `k + 1`, by Legendre's continued fraction of Q above it.
    ///
    /// # Source
    ///
    /// Press, Teukolsky, Vetterling and Flannery, Numerical Recipes, section 6.2.
    pub fn below(self, y: f64) -> f64 {
        if y <= 0.0 {
            0.0
        } else if y < self.shape + 1.0 {
            libm::exp(self.ln_front(y)) * series(self.shape, y)
        } else {
            -libm::expm1(self.ln_above(y))
        }
    }

    /// Returns the natural logarithm of the share of values that lie above `y`.
    pub fn ln_above(self, y: f64) -> f64 {
        if y <= 0.0 {
            0.0
        } else if y == f64::INFINITY {
            f64::NEG_INFINITY
        } else if y < self.shape + 1.0 {
            libm::log1p(-libm::exp(self.ln_front(y)) * series(self.shape, y))
        } else {
            self.ln_front(y) + libm::log(fraction(self.shape, y))
        }
    }

    /// The logarithm of `y` times the density: `k·ln y - y - ln Γ(k)`.
    fn ln_front(self, y: f64) -> f64 {
        let k = self.shape;
        if k < LARGE {
            return k * libm::log(y) - y - self.ln_whole;
        }
        // Stirling's series of ln Γ, its large terms taken together with the others.
        let off = y / k - 1.0;
        let correction = (1.0 / 12.0 - 1.0 / (360.0 * k * k)) / k;
        k * (libm::log1p(off) - off) + 0.5 * libm::log(k / std::f64::consts::TAU) - correction
    }

    /// Returns the value that a share `u` of all does not pass.
    pub fn quantile(self, u: f64) -> f64 {
        self.between(u, 1.0 - u)
    }

    /// Returns the value that a share of all passes.
    pub fn exceeded_by(self, share: f64) -> f64 {
        self.between(1.0 - share, share)
    }

    /// The value with these shares below and above, of which the smaller one counts.
    ///
    /// # Formula
    ///
    /// Halley's steps in `x = ln y` on the logarithm of the share, which is concave in x
    /// on either side. With `s` its slope, the second derivative is `s·(k - y - s)`.
    fn between(self, below: f64, above: f64) -> f64 {
        if below <= 0.0 || above <= 0.0 {
            return if below <= 0.0 { 0.0 } else { f64::INFINITY };
        }
        let lower = below <= above;
        let target = ln(below.min(above));
        let mut x = self.guess(below, above);
        for _ in 0..MOST_STEPS {
            let y = exp(x);
            let (share, slope) = if lower { self.lower_side(y) } else { self.upper_side(y) };
            let newton = (share - target) / slope;
            let bend = self.shape - y - slope;
            let step = (newton / (1.0 - 0.5 * newton * bend).clamp(0.5, 2.0)).clamp(-4.0, 4.0);
            x -= step;
            // What is left after a step is of the order of its cube.
            if step.abs() * bend.abs().max(1.0) < 1e-5 {
                break;
            }
        }
        exp(x)
    }

    /// The logarithm of the share below, and its slope in ln y.
    fn lower_side(self, y: f64) -> (f64, f64) {
        let front = self.ln_front(y);
        if y < self.shape + 1.0 {
            let sum = series(self.shape, y);
            return (front + ln(sum), 1.0 / sum);
        }
        let front = exp(front);
        let below = 1.0 - front * fraction(self.shape, y);
        (ln(below), front / below)
    }

    /// The logarithm of the share above, and its slope in ln y.
    fn upper_side(self, y: f64) -> (f64, f64) {
        let front = self.ln_front(y);
        if y >= self.shape + 1.0 {
            let whole = fraction(self.shape, y);
            return (front + ln(whole), -1.0 / whole);
        }
        let front = exp(front);
        let above = 1.0 - front * series(self.shape, y);
        (ln(above), -front / above)
    }

    /// The logarithm of a value near the one that is looked for.
    ///
    /// # Source
    ///
    /// Wilson and Hilferty (1931); up to a shape of 1, and far down, the leading terms,
    /// as in Numerical Recipes, section 6.2.1.
    fn guess(self, below: f64, above: f64) -> f64 {
        let k = self.shape;
        if k <= 1.0 {
            let turn = 1.0 - k * (0.253 + 0.12 * k);
            return if below < turn { ln(below / turn) / k } else { ln(1.0 - ln(above / (1.0 - turn))) };
        }
        let normal = if below <= above { normal::quantile(below) } else { -normal::quantile(above) };
        let ninth = 1.0 / (9.0 * k);
        let cube = 1.0 - ninth + normal * ninth.sqrt();
        if cube > 0.3 { ln(k) + 3.0 * ln(cube) } else { (ln(below) + self.ln_whole + ln(k)) / k }
    }
}

/// Steps after which the inverse has long settled: three are usual.
const MOST_STEPS: u32 = 60;

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

#[cfg(test)]
mod tests {
    use super::*;
    use statrs::function::gamma;

    #[test]
    fn shares_are_those_of_a_library() {
        for shape in [0.05, 0.5, 1.0, 3.7, 40.0, 900.0, 1100.0] {
            let law = Gamma::of_shape(shape);
            for part in [0.01, 0.3, 0.9, 1.0, 1.1, 2.0, 3.0] {
                let y = part * shape;
                for (ours, theirs) in [
                    (law.below(y), gamma::gamma_lr(shape, y)),
                    (libm::exp(law.ln_above(y)), gamma::gamma_ur(shape, y)),
                ] {
                    assert!(
                        (ours - theirs).abs() < 1e-11 * theirs.max(1e-3),
                        "{shape}, {part}: {ours}, {theirs}"
                    );
                }
            }
        }
    }

    #[test]
    fn far_out_the_logarithm_goes_on_where_the_share_is_nothing() {
        // Q(1, y) = e^-y.
        assert!((Gamma::of_shape(1.0).ln_above(2_000.0) + 2_000.0).abs() < 1e-9);
    }

    #[test]
    fn the_inverse_leads_back_from_either_end() {
        for shape in [0.02, 0.05, 0.3, 0.99, 1.0, 1.01, 2.5, 12.0, 80.0, 999.0, 1001.0, 1e5] {
            let law = Gamma::of_shape(shape);
            for share in [1e-15, 1e-9, 1e-4, 0.02, 0.2, 0.4, 0.499, 0.5] {
                let (low, high) = (law.quantile(share), law.exceeded_by(share));
                let within = 1e-12 * shape.max(30.0).sqrt() * share;
                assert!(low <= high, "{shape}, {share}: {low} above {high}");
                let back = libm::exp(law.ln_above(high));
                assert!((back - share).abs() < within, "{shape}, {share}: {high} gives {back}");
                // What is too small for a number is held to the least.
                if low > 1e-300 {
                    let back = law.below(low);
                    assert!((back - share).abs() < within, "{shape}, {share}: {low} gives {back}");
                }
            }
        }
    }

    #[test]
    fn a_library_has_the_share_of_each_quantile_below_it() {
        for shape in [0.4, 0.9, 1.2, 6.0, 70.0] {
            for u in (1..400).map(|step| f64::from(step) / 400.0) {
                let y = Gamma::of_shape(shape).quantile(u);
                let theirs = gamma::gamma_lr(shape, y);
                assert!((theirs - u).abs() < 2e-12 * u, "{shape}, {u}: {y} has {theirs}");
            }
        }
    }

    #[test]
    fn a_larger_draw_has_a_larger_value() {
        for shape in [0.3, 1.7, 25.0] {
            let law = Gamma::of_shape(shape);
            let values: Vec<f64> =
                (1..20_000).map(|step| law.quantile(f64::from(step) / 20_000.0)).collect();
            assert!(values.is_sorted_by(|a, b| a < b), "{shape}");
        }
    }
}
