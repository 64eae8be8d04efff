//! Observing: what hedges see of an outage, and what they pay on it.

use crate::annual::PolicyYear;
use crate::hedge::{LossMeasure, Payout, Seen, Settlement};
use crate::mitigation::LostProfit;
use crate::outage::Segment;
use crate::quantity::{Hours, Money};
use crate::scenario::Scenario;

/// An outage as far as hedges may see it.
pub(super) struct Event<'e> {
    pub start: Hours,
    pub duration: Hours,
    pub lines: &'e [LostProfit<'e>],
    pub economic_loss: Money,
    pub recovered: Money,
}

impl Seen for Event<'_> {
    fn start(&self) -> Hours {
        self.start
    }

    fn duration(&self) -> Hours {
        self.duration
    }

    fn services(&self) -> Vec<&[Segment]> {
        self.lines.iter().map(|line| line.lost_revenue().segments()).collect()
    }

    fn revenue(&self, line: usize, period: Hours) -> Money {
        let line = self.lines[line].lost_revenue();
        // More than the profile's revenue is lost where trade would have been above it.
        (line.normally(Hours::ZERO, period) - line.between(Hours::ZERO, period)).positive()
    }

    fn loss(&self, measure: LossMeasure) -> Money {
        match measure {
            LossMeasure::Economic => self.economic_loss,
            LossMeasure::AfterCovers => self.economic_loss - self.recovered,
        }
    }
}

/// Asks every parametric cover and every hedge, each on its own index: none of
/// them sees what another pays.
pub(super) fn settle(
    scenario: &Scenario,
    seen: &Event<'_>,
    year: &PolicyYear,
) -> (Vec<Payout>, Vec<Settlement>) {
    let covers = scenario.parametrics.iter().enumerate();
    let hedges = scenario.hedges.iter().enumerate();
    let covers = covers.map(|(place, cover)| cover.terms.parametric.respond(seen, year.payout(place).paid));
    let hedges = hedges.map(|(place, hedge)| hedge.terms.hedge.settle(seen, year.settled(place).paid));
    (covers.collect(), hedges.collect())
}
