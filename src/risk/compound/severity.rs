//! Severity: the law of the amount of one outage, as a compound law needs it.

/// An amount that comes with a probability of its own.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Atom {
    /// The amount.
    pub amount: f64,
    /// Its probability.
    pub share: f64,
}

/// An amount beyond all amounts: what still counts there has no end.
const ENDLESS: f64 = 1e100;

/// The law of the amount of one outage: atoms, and a rest that is spread out.
///
/// Amounts are zero or more.
pub trait Severity {
    /// Returns the amounts that have a probability of their own, nothing among them.
    fn atoms(&self) -> Vec<Atom>;

    /// Returns the mean.
    fn mean(&self) -> f64;

    /// Returns the mean of the square; endless for some laws.
    fn square(&self) -> f64;

    /// Returns an amount that no more than a `share` of outages pass.
    fn reach(&self, share: f64) -> f64;

    /// Puts the rest on a grid of so many `points`, `step` apart, from 0 on. What
    /// lies beyond the grid is left out.
    ///
    /// # Formula
    ///
    /// Each amount goes to the two points around it, the nearer the more, so that
    /// the mean of each cell stays:
    ///
    /// ```text
    /// m_j = ∫ max(0, 1 - |x - j·step| / step) dF(x)
    /// ```
    ///
    /// # Source
    ///
    /// Klugman, Panjer and Willmot, Loss Models, section 9.6.5.2: the method of local
    /// moment matching, with one moment.
    fn spread(&self, step: f64, points: usize) -> Vec<f64>;
}

/// So much in excess of so much of an amount with a known survival function.
#[derive(Clone, Debug)]
pub struct Layer<S> {
    survival: S,
    attachment: f64,
    limit: f64,
    mean: f64,
    square: f64,
}

impl<S: Fn(f64) -> f64> Layer<S> {
    /// Lays a layer over an amount of which `survival` gives the probability to be
    /// larger. No limit is endless.
    ///
    /// The survival function has to be continuous, and the mean finite. The square
    /// of an amount with a heavy tail may be endless.
    #[must_use]
    pub fn new(survival: S, attachment: f64, limit: Option<f64>) -> Self {
        let limit = limit.unwrap_or(f64::INFINITY);
        let mut layer = Self { survival, attachment, limit, mean: 0.0, square: 0.0 };
        [layer.mean, layer.square] = layer.moments();
        layer
    }

    /// The probability that the layer pays more than an amount within its limit.
    fn above(&self, amount: f64) -> f64 {
        (self.survival)(self.attachment + amount)
    }

    /// Mean and mean square: `∫ P(X > x) dx` and `∫ 2x P(X > x) dx`.
    fn moments(&self) -> [f64; 2] {
        let (mut mean, mut square) = (0.0, 0.0);
        let mut from = 0.0;
        let mut to = self.scale() * 1e-6;
        while from < self.limit && from < ENDLESS {
            let end = to.min(self.limit);
            let part = integral(from, end, |x| self.above(x));
            let part_of_square = integral(from, end, |x| 2.0 * x * self.above(x));
            mean += part;
            square += part_of_square;
            // A heavy tail goes on for long, and each stretch still counts.
            if part_of_square < 1e-18 * square && part < 1e-18 * mean {
                return [mean, square];
            }
            (from, to) = (end, to * 1.25);
        }
        [mean, if self.limit.is_finite() { square } else { f64::INFINITY }]
    }

    /// A size of the amounts, from which a search for others can start.
    fn scale(&self) -> f64 {
        if self.limit.is_finite() { self.limit } else { self.attachment.max(1.0) }
    }
}

impl<S: Fn(f64) -> f64> Severity for Layer<S> {
    fn atoms(&self) -> Vec<Atom> {
        let nothing = Atom { amount: 0.0, share: 1.0 - self.above(0.0) };
        let full = self.limit.is_finite();
        let all = full.then(|| Atom { amount: self.limit, share: self.above(self.limit) });
        [Some(nothing), all].into_iter().flatten().collect()
    }

    fn mean(&self) -> f64 {
        self.mean
    }

    fn square(&self) -> f64 {
        self.square
    }

    fn reach(&self, share: f64) -> f64 {
        let mut reach = self.scale();
        if self.limit.is_finite() {
            return reach;
        }
        while self.above(reach) > share && reach < ENDLESS {
            reach *= 1.1;
        }
        reach
    }

    fn spread(&self, step: f64, points: usize) -> Vec<f64> {
        let mut masses = vec![0.0; points];
        let mut above = self.above(0.0);
        for place in 0..points - 1 {
            let from = place as f64 * step;
            let to = (from + step).min(self.limit);
            if to <= from {
                break;
            }
            let beyond = self.above(to);
            let to_right = (integral(from, to, |x| self.above(x)) - (to - from) * beyond) / step;
            masses[place] += above - beyond - to_right;
            masses[place + 1] += to_right;
            above = beyond;
        }
        masses
    }
}

/// `∫ f dx` from `a` to `b` by the rule of Gauss and Legendre with five points.
fn integral(a: f64, b: f64, f: impl Fn(f64) -> f64) -> f64 {
    const NODES: [(f64, f64); 3] = [
        (0.0, 0.568_888_888_888_888_9),
        (0.538_469_310_105_683_1, 0.478_628_670_499_366_47),
        (0.906_179_845_938_664, 0.236_926_885_056_189_08),
    ];
    let (middle, half) = (f64::midpoint(a, b), 0.5 * (b - a));
    let pair = |(node, weight): (f64, f64)| {
        let (left, right) = (middle - half * node, middle + half * node);
        if node == 0.0 { weight * f(middle) } else { weight * (f(left) + f(right)) }
    };
    half * NODES.into_iter().map(pair).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exponential(x: f64) -> f64 {
        libm::exp(-x / 100.0)
    }

    #[test]
    fn a_layer_of_an_exponential_loss_in_closed_form() {
        // 150 in excess of 50 of a loss with mean 100.
        let layer = Layer::new(exponential, 50.0, Some(150.0));
        let [nothing, all] = layer.atoms()[..] else { panic!("{:?}", layer.atoms()) };
        assert!((nothing.share - (1.0 - exponential(50.0))).abs() < 1e-15);
        assert!((all.share - exponential(200.0)).abs() < 1e-15);
        let mean = 100.0 * (exponential(50.0) - exponential(200.0));
        assert!((layer.mean() - mean).abs() < 1e-10 * mean);
        let whole = Layer::new(exponential, 0.0, None);
        assert!((whole.mean() - 100.0).abs() < 1e-9 && (whole.square() - 20_000.0).abs() < 1e-7);
    }

    #[test]
    fn a_heavy_tail_has_a_mean_and_no_square() {
        let pareto = Layer::new(|x: f64| libm::pow(x.max(1.0), -1.5), 0.0, None);
        assert!((pareto.mean() - 3.0).abs() < 1e-3, "{}", pareto.mean());
        assert_eq!(pareto.square(), f64::INFINITY);
    }

    #[test]
    fn a_grid_keeps_mass_and_mean() {
        let layer = Layer::new(exponential, 50.0, Some(150.0));
        for step in [1.0, 7.0, 30.0] {
            let masses = layer.spread(step, 200);
            let spread = exponential(50.0) - exponential(200.0);
            assert!((masses.iter().sum::<f64>() - spread).abs() < 1e-12, "{step}");
            let of_atoms = 150.0 * exponential(200.0);
            let of_grid: f64 = masses.iter().zip(0..).map(|(mass, j)| mass * f64::from(j) * step).sum();
            assert!((of_grid + of_atoms - layer.mean()).abs() < 1e-9, "{step}");
        }
    }
}
