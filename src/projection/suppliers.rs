//! Turns of suppliers: a tier missed, a claim worth its cost, a cap reached.

use super::turn::{KinkCause, Subject, Turn};
use crate::quantity::{Hours, Money};
use crate::recovery::Split;
use crate::scenario::Scenario;
use crate::waterfall::Waterfall;

/// Returns the durations at which a supplier misses its next tier of uptime.
pub(super) fn clock_turns(scenario: &Scenario) -> impl Iterator<Item = (Hours, Turn)> + '_ {
    let credits = scenario.suppliers.iter().enumerate().filter_map(|(place, supplier)| {
        let credit = supplier.terms.credit.as_ref()?;
        let earlier = scenario.down_earlier(&supplier.terms, &scenario.outage);
        Some(credit.turns(earlier).map(move |at| (at, (KinkCause::CreditTier, Subject::Supplier(place)))))
    });
    credits.flatten()
}

/// Returns whether each term of a claim, and each cover's giving up, has set in.
pub(super) fn money_turns(scenario: &Scenario, waterfall: &Waterfall<'_>) -> Vec<(Turn, bool)> {
    let mut turns = Vec::new();
    for (place, (terms, from)) in scenario.suppliers.iter().zip(&waterfall.suppliers).enumerate() {
        let (Some(liability), Some(claim)) = (terms.terms.liability(), from.claim) else { continue };
        let capped = liability.cap.is_some_and(|cap| claim.claimable * liability.fault_share > cap);
        let whole = liability.split == Split::MadeWhole && claim.ours < claim.net;
        let subject = Subject::Supplier(place);
        turns.push(((KinkCause::ClaimPursued, subject), claim.pursued));
        turns.push(((KinkCause::LiabilityCap, subject), capped));
        turns.push(((KinkCause::MadeWhole, subject), whole));
    }
    for (place, cover) in waterfall.covers.iter().enumerate() {
        let gives = cover.given_up > Money::ZERO;
        turns.push(((KinkCause::GivesUp, Subject::Cover(place)), gives));
    }
    turns
}
