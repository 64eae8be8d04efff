//! Total cost of risk: what risk costs in a year, with the programme and without.

use super::{Measure, Summary};
use crate::quantity::{Money, Share};

/// What risk costs in a mean year.
///
/// # Formula
///
/// ```text
/// total   = retained + programme + capital
/// capital = i · (TVaR₉₉ - mean)      of the loss that is borne
/// ```
///
/// Without the programme the gross loss is retained and the programme costs
/// nothing. The charge for capital is an assumption of whoever states its rate.
///
/// # Source
///
/// Marsh, economic cost of risk; cost-of-capital method on the tail mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CostOfRisk {
    /// Mean loss that is borne, recoveries off.
    pub retained: Money,
    /// What the programme costs.
    pub programme: Money,
    /// What the capital behind the loss costs; nothing where no rate is stated.
    pub capital: Money,
}

impl CostOfRisk {
    /// Returns all of it.
    #[must_use]
    pub fn total(&self) -> Money {
        self.retained + self.programme + self.capital
    }
}

impl Summary {
    /// Returns the cost of risk without the programme, and with it, at a rate for the
    /// capital behind the loss.
    #[must_use]
    pub fn cost_of_risk(&self, rate: Option<Share>) -> [CostOfRisk; 2] {
        const TAIL: f64 = 0.99;
        let capital = |measure| {
            let beyond = |years: &super::Distribution| years.tail_value_at_risk(TAIL).value;
            let tail = self.get(measure).map_or(Money::ZERO, beyond);
            rate.map_or(Money::ZERO, |rate| (tail - self.mean(measure).value).positive() * rate)
        };
        let (gross, cost) = (self.mean(Measure::Gross).value, self.mean(Measure::Cost).value);
        [
            CostOfRisk { retained: gross, programme: Money::ZERO, capital: capital(Measure::Gross) },
            CostOfRisk {
                retained: self.mean(Measure::Net).value - cost,
                programme: cost,
                capital: capital(Measure::Net),
            },
        ]
    }
}
