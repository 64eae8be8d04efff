//! Tail: how the longest outages go on, by measures that assume no law of the rest.

use super::information::standard_errors;
use super::root;
use super::sample::Sample;
use crate::quantity::Hours;

/// A figure and its standard error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figure {
    /// The figure.
    pub value: f64,
    /// Its standard error; none where there is no regular one.
    pub error: Option<f64>,
}

/// How much longer outages last that have lasted for some time already.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MeanExcess {
    /// They have lasted for so long.
    pub over: Hours,
    /// Number of outages that went on.
    pub outages: usize,
    /// How much longer they lasted, in the mean, with its standard error in hours.
    pub mean: Figure,
}

/// Outages below this number show no tail.
pub const FEWEST_FOR_TAIL: usize = 30;

/// Fewer outages than this make no mean excess.
const FEWEST_ABOVE: usize = 5;

/// The tail above a threshold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tail {
    /// Where it begins.
    pub threshold: Hours,
    /// Number of outages above it.
    pub outages: usize,
    /// Tail index α of Hill: moments from α on are endless.
    pub hill: Figure,
    /// Scale β of the generalised Pareto law, in hours.
    pub scale: Figure,
    /// Its shape ξ: above 0 the tail is heavy, from 1 on its mean is endless.
    pub shape: Figure,
}

/// Shapes of a generalised Pareto law among which a fit is looked for; below the
/// first, its likelihood has no regular maximum.
const SHAPES: [f64; 2] = [-0.5, 3.0];

/// Returns the mean excess over nothing and over the durations that half, three
/// quarters and nine tenths of the outages do not pass.
///
/// # Formula
///
/// `e(d) = mean of x - d over all x > d`; level for the exponential law, rising for a
/// heavier tail.
///
/// # Source
///
/// Klugman, Panjer and Willmot, Loss Models, section 3.1.
#[must_use]
pub fn mean_excess(sample: &Sample) -> Vec<MeanExcess> {
    let hours = sample.hours();
    let start = sample.threshold().unwrap_or(0.0);
    let place = |share: f64| hours[(share * hours.len() as f64) as usize];
    let mut over = vec![start];
    over.extend([0.5, 0.75, 0.9].map(place));
    over.dedup();
    let one = |over: f64| {
        let longer: Vec<f64> = hours.iter().filter(|x| **x > over).map(|x| x - over).collect();
        let n = longer.len() as f64;
        let mean = longer.iter().sum::<f64>() / n;
        let spread = longer.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0);
        let mean = Figure { value: mean, error: Some((spread / n).sqrt()) };
        MeanExcess { over: Hours(over), outages: longer.len(), mean }
    };
    over.into_iter().map(one).filter(|excess| excess.outages >= FEWEST_ABOVE).collect()
}

impl Tail {
    /// Fits the tail of the longest fifth, ten at least.
    ///
    /// Returns none for fewer than [`FEWEST_FOR_TAIL`] outages, and where the longest
    /// have all one length.
    ///
    /// # Formula
    ///
    /// ```text
    /// Hill   α = 1 / mean of ln(x/u),                        s.e. α/√k
    /// tail   density (1/β)(1 + ξy/β)^(-1/ξ - 1), y = x - u,  by maximum likelihood
    /// ```
    ///
    /// # Source
    ///
    /// Hill, Annals of Statistics 3 (1975); McNeil, Frey and Embrechts, Quantitative
    /// Risk Management, section 5.2.
    #[must_use]
    pub fn of(sample: &Sample) -> Option<Self> {
        let hours = sample.hours();
        if hours.len() < FEWEST_FOR_TAIL {
            return None;
        }
        let most = (hours.len() / 5).max(10);
        let threshold = hours[hours.len() - most - 1];
        let above: Vec<f64> = hours.iter().filter(|x| **x > threshold).copied().collect();
        let n = above.len() as f64;
        let excess: Vec<f64> = above.iter().map(|x| x - threshold).collect();
        if excess.first() == excess.last() {
            return None;
        }
        let alpha = n / above.iter().map(|x| libm::log(x / threshold)).sum::<f64>();
        let (shape, scale) = generalised_pareto(&excess);
        let errors = (shape > SHAPES[0] && shape < SHAPES[1])
            .then(|| standard_errors(|[shape, scale]| ln_likelihood(&excess, shape, scale), [shape, scale]))
            .flatten();
        Some(Self {
            threshold: Hours(threshold),
            outages: above.len(),
            hill: Figure { value: alpha, error: Some(alpha / n.sqrt()) },
            scale: Figure { value: scale, error: errors.map(|errors| errors[1]) },
            shape: Figure { value: shape, error: errors.map(|errors| errors[0]) },
        })
    }

    /// Returns whether the tail is heavier than an exponential one (`Some(true)`),
    /// lighter (`Some(false)`), or neither beyond 1.64 standard errors.
    #[must_use]
    pub fn heavy(&self) -> Option<bool> {
        let far = self.shape.value.abs() > 1.64 * self.shape.error?;
        far.then_some(self.shape.value > 0.0)
    }
}

fn ln_likelihood(excess: &[f64], shape: f64, scale: f64) -> f64 {
    let n = excess.len() as f64;
    if shape.abs() < 1e-9 {
        return -n * libm::log(scale) - excess.iter().sum::<f64>() / scale;
    }
    let sum: f64 = excess.iter().map(|y| libm::log1p(shape * y / scale)).sum();
    -n * libm::log(scale) - (1.0 + 1.0 / shape) * sum
}

/// Returns shape and scale of the greatest likelihood: the scale by its equation for
/// each shape, the shape by search, since its own equation may have several roots.
fn generalised_pareto(excess: &[f64]) -> (f64, f64) {
    let n = excess.len() as f64;
    let longest = excess.iter().fold(0.0_f64, |longest, y| longest.max(*y));
    let scale = |shape: f64| {
        let off = |beta: f64| {
            excess.iter().map(|y| (1.0 + shape) * y / (beta + shape * y)).sum::<f64>() / n - 1.0
        };
        let (mut low, mut high) = ((-shape * longest).max(0.0) * (1.0 + 1e-12) + 1e-12 * longest, longest);
        while off(high) > 0.0 {
            (low, high) = (high, 2.0 * high);
        }
        root::between(off, low, high)
    };
    let height = |shape: f64| ln_likelihood(excess, shape, scale(shape));
    const STEPS: u32 = 70;
    let width = (SHAPES[1] - SHAPES[0]) / f64::from(STEPS);
    let grid = (0..=STEPS).map(|step| SHAPES[0] + width * f64::from(step));
    let best = grid.max_by(|a, b| height(*a).total_cmp(&height(*b))).unwrap_or(0.0);
    let (mut low, mut high) = ((best - width).max(SHAPES[0]), (best + width).min(SHAPES[1]));
    for _ in 0..80 {
        let (left, right) = (low + (high - low) * 0.382, low + (high - low) * 0.618);
        if height(left) < height(right) { low = left } else { high = right }
    }
    // At an end of the search the shape is the end itself.
    let middle = f64::midpoint(low, high);
    let shape = SHAPES.into_iter().find(|end| (middle - end).abs() < 1e-6).unwrap_or(middle);
    (shape, scale(shape))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(number: u32, quantile: impl Fn(f64) -> f64) -> Sample {
        let at = |place: u32| quantile((f64::from(place) + 0.5) / f64::from(number));
        Sample::new(&(0..number).map(|place| Hours(at(place))).collect::<Vec<_>>(), None).unwrap()
    }

    #[test]
    fn recovers_the_tail_that_was_put_in() {
        for xi in [-0.3, 0.2, 0.5, 0.9] {
            let heavy = sample(10_000, |u| 2.0 + 6.0 / xi * (libm::pow(1.0 - u, -xi) - 1.0));
            let tail = Tail::of(&heavy).unwrap();
            assert_eq!(tail.outages, 2_000);
            assert!((tail.shape.value - xi).abs() < 0.02, "{xi}: {tail:?}");
            assert_eq!(tail.heavy(), Some(xi > 0.0));
            // The excess over u has scale 6 + ξ(u - 2).
            let scale = 6.0 + xi * (tail.threshold.0 - 2.0);
            assert!((tail.scale.value / scale - 1.0).abs() < 0.02, "{xi}: {tail:?}, {scale}");
        }
    }

    #[test]
    fn hill_finds_the_index_of_a_pareto_law() {
        let tail = Tail::of(&sample(10_000, |u| libm::pow(1.0 - u, -1.0 / 1.5))).unwrap();
        assert!((tail.hill.value - 1.5).abs() < 0.02, "{tail:?}");
        assert!((tail.shape.value - 1.0 / 1.5).abs() < 0.02, "{tail:?}");
        assert!((tail.hill.error.unwrap() - tail.hill.value / 2_000_f64.sqrt()).abs() < 1e-12);
    }

    #[test]
    fn errors_of_the_tail_are_those_of_the_theory() {
        // s.e. of ξ is (1 + ξ)/√n: Smith, Biometrika 72 (1985).
        let tail = Tail::of(&sample(10_000, |u| (libm::pow(1.0 - u, -0.5) - 1.0) / 0.5)).unwrap();
        let theory = (1.0 + tail.shape.value) / f64::from(2_000).sqrt();
        assert!((tail.shape.error.unwrap() / theory - 1.0).abs() < 0.03, "{tail:?}, {theory}");
    }

    #[test]
    fn the_exponential_law_forgets_how_long_an_outage_has_lasted() {
        let excesses = mean_excess(&sample(100_000, |u| -5.0 * libm::log1p(-u)));
        assert_eq!(excesses.len(), 4);
        for excess in excesses {
            assert!((excess.mean.value - 5.0).abs() < 0.01, "{excess:?}");
        }
    }

    #[test]
    fn few_outages_have_no_tail() {
        assert_eq!(Tail::of(&sample(29, |u| 1.0 / (1.0 - u))), None);
    }
}
