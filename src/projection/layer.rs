//! Turns of towers and of annual covers: what a loss, or a year, has to come to for
//! each of their terms to act.

use super::KinkCause;
use super::turn::{Subject, Turn};
use crate::annual;
use crate::quantity::Money;
use crate::scenario::Scenario;
use crate::tower::{Tower, TowerResponse};
use crate::waterfall::Waterfall;

/// Returns, in an order that never changes, whether each term of a tower has
/// reached its amount.
pub(super) fn turns(tower: &Tower, response: &TowerResponse, loss: Money) -> Vec<(KinkCause, bool)> {
    // Only a retention that applies can be used up; the flag stays where it is none.
    let applies = response.retention > Money::ZERO || loss <= Money::ZERO;
    let mut turns = vec![(KinkCause::RetentionUsed, applies && loss > tower.retention())];
    let above = loss - response.retention;
    for (place, (layer, part)) in tower.layers().iter().zip(&response.layers).enumerate() {
        let followed = part.in_layer - part.not_followed;
        let (attached, exhausted) = match &layer.terms().exclusion {
            None => {
                let ends = part.width.map(|width| part.attaches + width);
                (above > part.attaches, ends.is_some_and(|ends| above > ends))
            }
            // What a layer follows may end while the loss goes on.
            Some(_) => {
                let full = |width: Money| width > Money::ZERO && followed.0 >= width.0 * (1.0 - 1e-12);
                (followed > Money::ZERO, part.width.is_some_and(full))
            }
        };
        turns.push((KinkCause::LayerAttached(place), attached));
        turns.push((KinkCause::LayerUnfollowed(place), part.not_followed > Money::ZERO));
        if let Some(corridor) = layer.terms().corridor {
            let left = corridor.to().is_some_and(|to| followed > to);
            turns.push((KinkCause::CorridorEntered(place), followed > corridor.from()));
            turns.push((KinkCause::CorridorLeft(place), left));
        }
        turns.push((KinkCause::LayerExhausted(place), exhausted));
    }
    turns
}

/// Returns, in an order that never changes, whether the premium for reinstating a
/// tower's layers has turned.
pub(super) fn reinstatement_turns(tower: &Tower, response: &TowerResponse) -> Vec<(KinkCause, bool)> {
    let mut turns = Vec::new();
    for (place, (layer, part)) in tower.layers().iter().zip(&response.layers).enumerate() {
        let (Some(terms), Some(limit)) = (&layer.terms().reinstatements, layer.limit()) else { continue };
        let used = response.year.used(place);
        let tranches = terms.tranches().len();
        turns.push((KinkCause::ReinstatementStarts(place), part.reinstated > Money::ZERO));
        for tranche in 1..=tranches {
            let cause = if tranche == tranches {
                KinkCause::ReinstatementUsed(place)
            } else {
                KinkCause::ReinstatementStep(place)
            };
            turns.push((cause, used.0 > limit.0 * tranche as f64));
        }
    }
    turns
}

/// Returns, in an order that never changes, whether the year has come to where
/// annual covers begin and end to pay.
pub(super) fn annual_turns(scenario: &Scenario, waterfall: &Waterfall<'_>) -> Vec<(Turn, bool)> {
    let terms = scenario.annuals.iter().map(|annual| &annual.terms.annual);
    let measured = annual::paid(terms, &waterfall.year);
    let mut turns = Vec::new();
    for (place, (annual, (measured, _))) in scenario.annuals.iter().zip(measured).enumerate() {
        let (span, subject) = (annual.terms.annual.span(), Subject::Annual(place));
        let ends = span.limit().map(|limit| span.attachment() + limit);
        turns.push(((KinkCause::AnnualAttached, subject), measured > span.attachment()));
        turns.push(((KinkCause::AnnualExhausted, subject), ends.is_some_and(|ends| measured > ends)));
    }
    turns
}
