//! Exposure: the revenue that an outage can reach.

use super::simulation::Year;
use crate::outage::Struck;
use crate::quantity::{Hours, Money};
use crate::scenario::{Line, Scenario};

/// Revenue that a year normally brings, line by line.
#[derive(Clone, Debug, PartialEq)]
pub struct Exposure(Vec<Money>);

impl Exposure {
    /// Reads a scenario.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Self {
        let year = Year::of(scenario);
        let revenue = |line: &Line| {
            let from = (year.first - line.origin).max(Hours::ZERO);
            line.profile.revenue(from, from + year.length)
        };
        Self(scenario.lines.iter().map(|line| revenue(&line.terms)).collect())
    }

    /// Returns the revenue of all lines.
    #[must_use]
    pub fn total(&self) -> Money {
        self.0.iter().copied().sum()
    }

    /// Returns the revenue of the lines that an outage hits, however hard.
    #[must_use]
    pub fn hit(&self, struck: Struck) -> Money {
        self.0.iter().enumerate().filter(|(line, _)| struck.hits(*line)).map(|(_, revenue)| *revenue).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_is_spared_is_not_exposed() {
        let exposure = Exposure([100.0, 30.0, 7.0].map(Money).to_vec());
        for (hit, revenue) in [(Struck::EVERY_LINE, 137.0), (0b101, 107.0), (0, 0.0)] {
            assert_eq!(exposure.hit(Struck::new(0.2, hit).unwrap()), Money(revenue));
        }
        assert_eq!(exposure.total(), Money(137.0));
    }
}
