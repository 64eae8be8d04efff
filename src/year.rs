//! Year: the outages of a policy year, one after the other.
//!
//! Each outage meets what those before it have left of aggregates, layers and
//! reinstatements. The state goes in as an argument and comes out as a result, so
//! the last outage can be projected for any duration on the same opening state.

use crate::annual::PolicyYear;
use crate::outage::Outage;
use crate::quantity::Hours;
use crate::scenario::Scenario;
use crate::waterfall::Waterfall;

/// The outages before the one that is projected, and what they leave.
#[derive(Clone, Debug)]
pub struct Year<'s> {
    scenario: &'s Scenario,
    /// The waterfall of each earlier outage, in date order.
    pub earlier: Vec<Waterfall<'s>>,
    /// What they leave to the outage that is projected.
    pub opening: PolicyYear,
}

impl<'s> Year<'s> {
    /// Runs the earlier outages of a scenario through its policy year.
    #[must_use]
    pub fn new(scenario: &'s Scenario) -> Self {
        let mut opening = PolicyYear::default();
        let mut earlier = Vec::with_capacity(scenario.earlier.len());
        for past in &scenario.earlier {
            let waterfall = Waterfall::after(scenario, &past.outage, past.duration, &opening);
            opening = waterfall.year.clone();
            earlier.push(waterfall);
        }
        Self { scenario, earlier, opening }
    }

    /// Returns the waterfall of the projected outage, were it of this duration.
    #[must_use]
    pub fn last(&self, duration: Hours) -> Waterfall<'s> {
        Waterfall::after(self.scenario, &self.scenario.outage, duration, &self.opening)
    }

    /// Returns each earlier outage with its waterfall.
    pub fn outages(&self) -> impl Iterator<Item = (&'s Outage, &Waterfall<'s>)> {
        self.scenario.earlier.iter().map(|past| &past.outage).zip(&self.earlier)
    }
}
