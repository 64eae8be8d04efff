//! Roots of functions that fall: where a likelihood stops rising.

/// Where a function that falls on the positive axis passes through nothing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Root {
    /// Here.
    At(f64),
    /// It is below nothing from the least value on.
    Below,
    /// It is above nothing up to the most.
    Above,
}

/// Looks for the root from `start` in both directions, between `least` and `most`.
pub(super) fn of_falling(f: impl Fn(f64) -> f64, start: f64, [least, most]: [f64; 2]) -> Root {
    let start = start.clamp(least, most);
    let (mut low, mut high) = (start, start);
    if f(start) >= 0.0 {
        while f(high) > 0.0 {
            if high >= most {
                return Root::Above;
            }
            (low, high) = (high, (2.0 * high).min(most));
        }
    } else {
        while f(low) < 0.0 {
            if low <= least {
                return Root::Below;
            }
            (low, high) = ((0.5 * low).max(least), low);
        }
    }
    Root::At(between(f, low, high))
}

/// Returns the root between two values at which `f` has different signs.
///
/// # Source
///
/// The Illinois rule of false position (Dowell and Jarratt, 1971), with a bisection
/// every third step so that a flat function cannot hold it up.
pub(super) fn between(f: impl Fn(f64) -> f64, low: f64, high: f64) -> f64 {
    let (mut a, mut b) = (low, high);
    let (mut fa, mut fb) = (f(a), f(b));
    for step in 0..200 {
        if fa == 0.0 || fb == 0.0 || (b - a).abs() <= 4.0 * f64::EPSILON * a.abs().max(b.abs()) {
            break;
        }
        let secant = b - fb * (b - a) / (fb - fa);
        let inside = secant > a.min(b) && secant < a.max(b);
        let c = if inside && step % 3 != 2 { secant } else { f64::midpoint(a, b) };
        if c == a || c == b {
            break;
        }
        let fc = f(c);
        if (fc > 0.0) == (fb > 0.0) {
            fa *= 0.5;
        } else {
            (a, fa) = (b, fb);
        }
        (b, fb) = (c, fc);
    }
    if fa == 0.0 { a } else { b }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_a_root_on_either_side_of_the_start() {
        for root in [1e-6, 0.3, 1.0, 47.0, 1e5] {
            for f in [|x: f64| -libm::log(x), |x: f64| 1.0 / x - 1.0, |x: f64| 1.0 - x * x * x] {
                let Root::At(found) = of_falling(|x| f(x / root), 1.0, [1e-12, 1e12]) else {
                    panic!("no root at {root}")
                };
                assert!((found - root).abs() < 1e-12 * root, "{found} for {root}");
            }
        }
    }

    #[test]
    fn says_on_which_side_a_root_is_missing() {
        assert_eq!(of_falling(|x| -x, 1.0, [0.01, 100.0]), Root::Below);
        assert_eq!(of_falling(|x| 1.0 / x, 1.0, [0.01, 100.0]), Root::Above);
    }
}
