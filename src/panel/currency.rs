//! Currency view: what a forward makes of foreign money.

use crate::quantity::Share;
use crate::scenario::{CurrencyHedge, Flow, Scenario};

/// Foreign money with its forward and without.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CurrencyView {
    /// The forward rate.
    pub forward: f64,
    /// What it lies above the spot.
    pub points: f64,
    /// Home money with the hedge.
    pub hedged: f64,
    /// Home money without it.
    pub unhedged: f64,
    /// What the hedge gains; below zero it loses.
    pub gain: f64,
}

/// Returns the currency view of each forward.
///
/// A hedge of money that we receive gains what it receives more, and one of a
/// premium gains what it pays less.
#[must_use]
pub fn currency(scenario: &Scenario) -> Vec<CurrencyView> {
    let view = |hedge: &CurrencyHedge| {
        let with = |part| hedge.forward.hedged(hedge.amount, part, hedge.spot_then);
        let (hedged, unhedged) = (with(hedge.hedged), with(Share::NONE));
        let gain = match hedge.flow {
            Flow::Claim => hedged - unhedged,
            Flow::Premium => unhedged - hedged,
        };
        CurrencyView {
            forward: hedge.forward.rate(),
            points: hedge.forward.points(),
            hedged,
            unhedged,
            gain,
        }
    };
    scenario.currency_hedges.iter().map(|hedge| view(&hedge.terms)).collect()
}
