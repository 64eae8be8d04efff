//! Generating function: a law of counts as a function of a complex number.

use realfft::num_complex::Complex64;

use super::{Frequency, Kind};

impl Frequency {
    /// Returns the variance of the number in a year.
    #[must_use]
    pub fn variance(self) -> f64 {
        match self.0 {
            Kind::Poisson { mean } => mean,
            Kind::NegativeBinomial { variance, .. } => variance,
            Kind::Fixed(_) => 0.0,
            Kind::Bernoulli { probability } => probability * (1.0 - probability),
        }
    }

    /// Returns `E[z^N]`, for a complex number no larger than 1.
    ///
    /// # Formula
    ///
    /// ```text
    /// poisson             e^(λ(z - 1))
    /// negative_binomial   (p / (1 - (1 - p) z))^r,   r = m²/(v - m), p = m/v
    /// fixed               zⁿ
    /// bernoulli           1 - p + p z
    /// ```
    ///
    /// # Source
    ///
    /// Klugman, Panjer and Willmot, Loss Models, appendix B.
    #[must_use]
    pub fn generating(self, z: Complex64) -> Complex64 {
        match self.0 {
            Kind::Poisson { mean } => exp((z - 1.0) * mean),
            Kind::NegativeBinomial { mean, variance } => {
                let (r, p) = (mean * mean / (variance - mean), mean / variance);
                let rest = (1.0 - z * (1.0 - p)) / p;
                // The real part is above zero, so that the logarithm has one branch.
                let size = 0.5 * libm::log(rest.norm_sqr());
                exp(Complex64::new(size, libm::atan2(rest.im, rest.re)) * -r)
            }
            Kind::Fixed(number) => z.powu(number),
            Kind::Bernoulli { probability } => 1.0 + (z - 1.0) * probability,
        }
    }
}

/// `e^z`, with the same last bit on every machine.
fn exp(z: Complex64) -> Complex64 {
    let (sin, cos) = libm::sincos(z.im);
    Complex64::new(cos, sin) * libm::exp(z.re)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Probabilities are the coefficients of the generating function; a circle of
    /// points brings them back.
    fn probabilities(frequency: Frequency) -> Vec<f64> {
        const POINTS: usize = 64;
        let on_circle = |k: usize| {
            let (sin, cos) = libm::sincos(std::f64::consts::TAU * k as f64 / POINTS as f64);
            Complex64::new(cos, sin)
        };
        let values: Vec<Complex64> = (0..POINTS).map(|k| frequency.generating(on_circle(k))).collect();
        let coefficient = |n: usize| {
            let terms = values.iter().enumerate();
            terms.map(|(k, value)| value * on_circle(k * n % POINTS).conj()).sum::<Complex64>().re
                / POINTS as f64
        };
        (0..8).map(coefficient).collect()
    }

    #[test]
    fn holds_the_probabilities_of_each_law() {
        let binomial = Frequency::negative_binomial(1.5, 4.0).unwrap();
        // r = 0.9, p = 0.375: P(0) = p^r, P(n + 1) = P(n) (n + r)/(n + 1) (1 - p).
        let mut expected = vec![0.375_f64.powf(0.9)];
        for n in 0..7 {
            let n = f64::from(n);
            expected.push(expected[n as usize] * (n + 0.9) / (n + 1.0) * 0.625);
        }
        let poisson = |n: i32| (-0.8_f64).exp() * 0.8_f64.powi(n) / f64::from((1..=n).product::<i32>());
        let only = |place: usize, share: f64| {
            (0..8).map(|n| if n == place { share } else { 0.0 }).collect::<Vec<f64>>()
        };
        let mut rare = only(1, 0.3);
        rare[0] = 0.7;
        for (frequency, expected) in [
            (Frequency::poisson(0.8).unwrap(), (0..8).map(poisson).collect()),
            (binomial, expected),
            (Frequency::fixed(3), only(3, 1.0)),
            (Frequency::bernoulli(0.3).unwrap(), rare),
        ] {
            for (found, expected) in probabilities(frequency).iter().zip(&expected) {
                assert!((found - expected).abs() < 1e-9, "{frequency:?}: {found} against {expected}");
            }
        }
    }
}
