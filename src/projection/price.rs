//! Prices that turn: premium that follows losses, and lines that are drawn.

use super::layer;
use super::turn::{KinkCause, Subject, Turn};
use crate::annual::Claims;
use crate::cost::Premium;
use crate::quantity::Money;
use crate::scenario::Scenario;
use crate::waterfall::{Priced, Waterfall};

/// Returns, in an order that never changes, whether each price has turned.
pub(super) fn price_turns(scenario: &Scenario, waterfall: &Waterfall<'_>) -> Vec<(Turn, bool)> {
    let mut turns = Vec::new();
    let year = &waterfall.year;
    for (place, policy) in scenario.covers.iter().enumerate() {
        premium_turns(&policy.terms.premium, year.claims(place), Priced::Cover(place), &mut turns);
        let subject = Subject::Price(Priced::Cover(place));
        let response = waterfall.covers[place].tower.as_ref();
        if let (Some(tower), Some(response)) = (&policy.terms.tower, response) {
            let of_tower = layer::reinstatement_turns(tower, response).into_iter();
            turns.extend(of_tower.map(|(cause, reached)| ((cause, subject), reached)));
        }
    }
    for (place, hedge) in scenario.parametrics.iter().enumerate() {
        premium_turns(&hedge.terms.premium, year.payout(place), Priced::Parametric(place), &mut turns);
    }
    for (place, hedge) in scenario.hedges.iter().enumerate() {
        premium_turns(&hedge.terms.premium, year.settled(place), Priced::Hedge(place), &mut turns);
    }
    if let Some(met) = waterfall.met_in_year(scenario) {
        for (place, drawn) in met.drawn.iter().enumerate() {
            let subject = Subject::Price(Priced::CreditLine(place));
            let later: Money = met.drawn[place + 1..].iter().copied().sum();
            let more = later + met.gap_left > Money::ZERO;
            // A fund that is used up passes on what it paid of each further hour.
            for (fund, used) in scenario.reserves.iter().zip(&met.from_reserves) {
                turns.push(((KinkCause::FundUsed, subject), *used >= fund.terms.balance()));
            }
            turns.push(((KinkCause::LineDrawn, subject), *drawn > Money::ZERO));
            turns.push(((KinkCause::LineUsed, subject), *drawn > Money::ZERO && more));
        }
    }
    turns
}

fn premium_turns(premium: &Premium, claims: Claims, of: Priced, turns: &mut Vec<(Turn, bool)>) {
    let subject = Subject::Price(of);
    let Claims { paid, .. } = claims;
    if let Some(swing) = premium.swing {
        let loaded = swing.loaded(paid);
        turns.push(((KinkCause::PremiumSwings, subject), loaded > swing.minimum()));
        turns.push(((KinkCause::PremiumAtMost, subject), loaded > swing.maximum()));
    }
    if premium.profit_commission.is_some() {
        turns.push(((KinkCause::CommissionStarts, subject), paid > Money::ZERO));
        let gone = premium.commission_turns().into_iter();
        turns.extend(gone.map(|at| ((KinkCause::CommissionGone, subject), paid > at)));
    }
    // Last, so that a moment which turns both is told by the one that jumps.
    if let Some(bonus) = premium.no_claims_bonus {
        turns.push(((KinkCause::BonusLost, subject), bonus.is_lost(paid)));
    }
}

/// Returns what a part of the programme costs the event.
pub(super) fn cost(waterfall: &Waterfall<'_>, of: Priced) -> Money {
    let charge = waterfall.charges.iter().find(|charge| charge.of == of);
    charge.map_or(Money::ZERO, |charge| charge.costs.total())
}
