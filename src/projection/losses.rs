//! Turns of what is lost before anybody pays: charges that reach the profit,
//! customers who leave beyond those who would anyway, and queues by the hour.

use super::turn::{KinkCause, Subject, Turn};
use crate::mitigation::Amount;
use crate::quantity::{Hours, Money, TOLERANCE};
use crate::scenario::Scenario;
use crate::waterfall::Waterfall;

/// Returns, in an order that never changes, whether each amount has been reached.
pub(super) fn money_turns(scenario: &Scenario, waterfall: &Waterfall<'_>) -> Vec<(Turn, bool)> {
    let duration = waterfall.duration;
    let mut turns = Vec::new();
    for (place, (line, lost)) in scenario.lines.iter().zip(&waterfall.lines).enumerate() {
        let capped = line.terms.discontinued.of(duration) > lost.by_hours();
        turns.push(((KinkCause::ChargesCapped, Subject::Line(place)), capped));
    }
    for (place, outflow) in scenario.outflows.iter().enumerate() {
        if let Amount::Churn(churn) = &outflow.terms.amount {
            let leave = churn.leaving(duration).lost > 0.0;
            turns.push(((KinkCause::OutflowStarts, Subject::Outflow(place)), leave));
        }
    }
    turns
}

/// Returns in how many hours the queue of a line is served after an outage of
/// `duration`, and one more where some still wait in vain.
pub(super) fn queue_hours(scenario: &Scenario, line: usize, duration: Hours) -> usize {
    let lost = scenario.lost_profit(line, &scenario.outage, duration);
    lost.served().map_or(0, |served| {
        let in_vain = served.left() > Money(served.waited.0 * TOLERANCE);
        served.hours + usize::from(in_vain)
    })
}
