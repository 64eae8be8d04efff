//! Damage functions: what an interruption costs a customer, by its duration.
//!
//! Where no hourly revenue is known, a published function of the duration stands
//! in its place: piecewise straight (KILE), a power law, a two-part model, or a
//! table.

mod banded;
mod two_part;

use crate::quantity::{Hours, Money};
use crate::term::term;

pub use banded::{Band, Banded, BandedError};
pub use two_part::{Effect, TwoPart};

term! {
    pub const DAMAGE: Term = {
        key: "damage",
        korean: "중단 피해함수",
        english: "Customer damage function",
        file_key: "line.damage",
        unit: "money",
        formula: "bands: c + m * (h - o)\npower law: a * D^b\ntwo-part: Phi(x'a) * exp(x'b)\ntable: straight between points\ntimes the units, and what one of the function's money is worth",
        order: "in place of revenue, recapture and saved costs of a line, or as an outflow",
        source: "Norwegian regulation of energy not supplied (KILE), FOR-1999-03-11-302, section 9-2; interruption cost estimates of Lawrence Berkeley National Laboratory (two-part regression)",
    };
}

/// What an interruption of a duration costs.
///
/// # Formula
///
/// ```text
/// damage(D) = units · worth · f(D)
/// ```
///
/// `units` is what the function counts by (kW, customers, sites), and `worth` what
/// one of its money is in the scenario's currency. As a line, the loss of an
/// interval is what the damage grows by in it.
///
/// # Order
///
/// In place of revenue, recapture and saved costs, or as an outflow.
///
/// # Source
///
/// Shapes of interruption cost come from electricity. Their amounts are those of
/// power outages: for an outage of a service take the shape, and set the level
/// yourself.
#[derive(Clone, Debug, PartialEq)]
pub struct Damage {
    /// The function.
    pub function: DamageFunction,
    /// How many of what the function counts by.
    pub units: f64,
    /// What one of the function's money is worth.
    pub worth: f64,
}

/// A function of duration.
#[derive(Clone, Debug, PartialEq)]
pub enum DamageFunction {
    /// Straight in bands of duration; a table is a case of it.
    Banded(Banded),
    /// `a · D^b`.
    Power {
        /// Cost of one hour.
        one_hour: f64,
        /// Exponent.
        exponent: f64,
    },
    /// A chance of any cost, times what it then is.
    TwoPart(TwoPart),
}

impl Damage {
    /// Returns the damage of an interruption of `duration`.
    ///
    /// ```
    /// use netloss::loss::{Damage, DamageFunction};
    /// use netloss::quantity::{Hours, Money};
    /// let function = DamageFunction::Power { one_hour: 100.0, exponent: 0.5 };
    /// let damage = Damage { function, units: 2.0, worth: 1.0 };
    /// assert_eq!(damage.of(Hours(9.0)), Money(600.0));
    /// ```
    #[must_use]
    pub fn of(&self, duration: Hours) -> Money {
        if duration <= Hours::ZERO {
            return Money::ZERO;
        }
        let one = match &self.function {
            DamageFunction::Banded(bands) => bands.of(duration),
            DamageFunction::Power { one_hour, exponent } => one_hour * libm::pow(duration.0, *exponent),
            DamageFunction::TwoPart(model) => model.of(duration),
        };
        Money(one * self.units * self.worth)
    }

    /// Returns the damage that an interruption of `duration` adds in `[from, to)`.
    ///
    /// Bands whose published ends are rounded may fall by a trifle where one gives
    /// way to the next: nothing is added there.
    #[must_use]
    pub fn between(&self, from: Hours, to: Hours, duration: Hours) -> Money {
        (self.of(to.min(duration)) - self.of(from.min(duration))).positive()
    }

    /// Returns the durations at which the function turns.
    pub fn turns(&self) -> impl Iterator<Item = Hours> + '_ {
        let bands = match &self.function {
            DamageFunction::Banded(bands) => Some(bands),
            DamageFunction::Power { .. } | DamageFunction::TwoPart(_) => None,
        };
        bands.into_iter().flat_map(Banded::turns)
    }

    /// Returns the longest interruption for which the function is stated, where it says.
    #[must_use]
    pub fn stated_to(&self) -> Option<Hours> {
        match &self.function {
            DamageFunction::TwoPart(model) => Some(model.stated_to),
            DamageFunction::Banded(bands) => bands.stated_to(),
            DamageFunction::Power { .. } => None,
        }
    }

    /// Returns whether the damage never falls while an interruption of up to
    /// `duration` goes on, roundings of published bands aside.
    #[must_use]
    pub fn never_falls(&self, duration: Hours) -> bool {
        const PIECES: i32 = 2000;
        let mut most = 0.0_f64;
        (1..=PIECES).all(|piece| {
            let now = self.of(Hours(duration.0 * f64::from(piece) / f64::from(PIECES))).0;
            most = most.max(now);
            now >= most * 0.998
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_an_interruption_add_up_to_it() {
        let function = DamageFunction::Power { one_hour: 100.0, exponent: 0.8 };
        let damage = Damage { function, units: 3.0, worth: 0.5 };
        let cuts = [0.0, 0.3, 2.0, 7.5, 8.0, 20.0];
        let parts: Money =
            cuts.windows(2).map(|cut| damage.between(Hours(cut[0]), Hours(cut[1]), Hours(8.0))).sum();
        assert!((parts.0 - damage.of(Hours(8.0)).0).abs() < 1e-9);
        assert!(damage.never_falls(Hours(72.0)));
    }
}
