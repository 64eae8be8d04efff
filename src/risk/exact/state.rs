//! State: what one outage of a year leaves to the next.

use crate::hedge::{LossMeasure, Schedule};
use crate::recovery::OverRecovery;
use crate::risk::Measure;
use crate::scenario::{ParametricPolicy, Policy, Scenario};

/// Whether the second outage of a year finds a measure as the first one found it.
pub(super) fn carries(scenario: &Scenario, measure: Measure) -> bool {
    let covers = scenario.covers.iter().any(|cover| of_cover(&cover.terms));
    let payouts = scenario.parametrics.iter().any(|cover| cover.terms.parametric.annual_limit.is_some());
    let hedges = scenario.hedges.iter().any(|hedge| hedge.terms.hedge.contract.paid_once().is_some());
    let annuals = !scenario.annuals.is_empty();
    let any = covers || payouts || hedges || annuals;
    let held_to_loss = scenario.over_recovery != OverRecovery::Report;
    match measure {
        Measure::Gross | Measure::WorstGross => false,
        Measure::Cover(place) => {
            let policy = &scenario.covers[place].terms;
            let shared = policy.cover.other_insurance.is_some() && covers;
            of_cover(policy) || shared || (held_to_loss && any)
        }
        Measure::Payout(place) => {
            let policy = &scenario.parametrics[place].terms;
            let own = policy.parametric.annual_limit.is_some();
            own || (after_covers(policy) && covers) || (held_to_loss && any)
        }
        _ => any,
    }
}

/// Whether a cover or its tower has less for the second outage, or asks less of it.
fn of_cover(policy: &Policy) -> bool {
    let cover = &policy.cover;
    let layers = policy.tower.iter().flat_map(|tower| tower.layers());
    cover.aggregate_deductible.is_some()
        || cover.aggregate_limit.is_some()
        || cover.hours_clause.is_some()
        || layers.into_iter().any(|layer| layer.annual_most().is_some())
}

/// Whether a payout looks at the loss that covers leave.
fn after_covers(policy: &ParametricPolicy) -> bool {
    let parametric = &policy.parametric;
    let measure = |measure| measure == LossMeasure::AfterCovers;
    let scheduled = matches!(parametric.schedule, Schedule::Loss { measure: of, .. } if measure(of));
    let index = matches!(parametric.index, crate::hedge::Index::Loss(of) if measure(of));
    scheduled || index || parametric.only_if.is_some_and(|trigger| measure(trigger.measure))
}
