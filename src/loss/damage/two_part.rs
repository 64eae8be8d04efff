//! Two-part damage: a chance that an interruption costs anything, times what it
//! then costs.

use crate::quantity::{Hours, Share};

/// A probit for whether there is a cost, and a log-linear model for how much.
///
/// # Formula
///
/// ```text
/// f(D) = Φ(a₀ + a₁·D + a₂·D² + Σ aᵢ) · e^(b₀ + b₁·D + b₂·D² + Σ bᵢ)
/// ```
///
/// The sums are over effects that do not change with duration: size of customer,
/// season, time of day, trade.
///
/// # Source
///
/// Interruption cost estimates of Lawrence Berkeley National Laboratory have this
/// form, for interruptions of up to 24 hours. Coefficients are the reader's own.
///
/// # Example
///
/// ```
/// use netloss::loss::TwoPart;
/// use netloss::quantity::Hours;
/// let model = TwoPart {
///     chance: [0.0, 0.1, 0.0], log_cost: [4.0, 0.1, -0.00375], effects: vec![], stated_to: Hours(24.0),
/// };
/// assert!((model.chance(Hours(4.0)).get() - 0.655_421_742).abs() < 1e-9);
/// assert!((model.of(Hours(4.0)) - 50.275_789_028).abs() < 1e-6);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct TwoPart {
    /// Constant, slope and curvature of the probit.
    pub chance: [f64; 3],
    /// Constant, slope and curvature of the logarithm of the cost.
    pub log_cost: [f64; 3],
    /// What else is known of the customer.
    pub effects: Vec<Effect>,
    /// The longest interruption for which the model was estimated.
    pub stated_to: Hours,
}

/// A trait of the customer, the season or the hour.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// Its name.
    pub name: String,
    /// What it adds to the probit.
    pub chance: f64,
    /// What it adds to the logarithm of the cost.
    pub log_cost: f64,
}

impl TwoPart {
    /// Returns the chance that an interruption costs anything.
    #[must_use]
    pub fn chance(&self, duration: Hours) -> Share {
        let effects: f64 = self.effects.iter().map(|effect| effect.chance).sum();
        let normal =
            0.5 * libm::erfc(-(at(self.chance, duration) + effects) * std::f64::consts::FRAC_1_SQRT_2);
        Share::new(normal).unwrap_or(Share::NONE)
    }

    /// Returns what it costs if it costs anything.
    #[must_use]
    pub fn cost(&self, duration: Hours) -> f64 {
        let effects: f64 = self.effects.iter().map(|effect| effect.log_cost).sum();
        libm::exp(at(self.log_cost, duration) + effects)
    }

    /// Returns the cost that is expected.
    #[must_use]
    pub fn of(&self, duration: Hours) -> f64 {
        self.chance(duration).get() * self.cost(duration)
    }
}

fn at([constant, slope, curvature]: [f64; 3], Hours(hours): Hours) -> f64 {
    constant + slope * hours + curvature * hours * hours
}
