//! Basis view: what hedges on an index pay, held against the loss.

use crate::hedge::{BasisRisk, HedgeRatio, Outcome, Seen};
use crate::quantity::{Hours, Money, Share};
use crate::scenario::Scenario;
use crate::waterfall::Waterfall;
use crate::year::Year;

/// A payer held against the loss.
#[derive(Clone, Debug, PartialEq)]
pub struct BasisView {
    /// The payer: a parametric cover or a hedge; none for all of them together.
    pub of: Option<OnIndex>,
    /// What each outage brings.
    pub outcomes: Vec<Outcome>,
    /// How far payouts stay from losses.
    pub risk: BasisRisk,
    /// How much of it is best held.
    pub ratio: HedgeRatio,
}

/// A payer on an index, by its place in the scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnIndex {
    /// A parametric cover.
    Parametric(usize),
    /// A hedge that is no insurance.
    Hedge(usize),
}

/// Returns each parametric cover and each hedge held against the loss, and all of
/// them together where there are several; nothing where the scenario asks for none.
#[must_use]
pub fn basis(scenario: &Scenario) -> Vec<BasisView> {
    let Some(basis) = &scenario.basis else { return vec![] };
    let year = Year::new(scenario);
    let waterfalls: Vec<_> = basis.outages().iter().map(|(hours, _)| year.last(*hours)).collect();
    let view = |of: Option<OnIndex>, paid: &dyn Fn(&Waterfall<'_>) -> Money| {
        let outcome = |(waterfall, (_, probability)): (&Waterfall<'_>, &(Hours, Share))| Outcome {
            probability: probability.get(),
            loss: waterfall.seen().loss(basis.measure),
            payout: paid(waterfall),
        };
        let outcomes: Vec<_> = waterfalls.iter().zip(basis.outages()).map(outcome).collect();
        let (risk, ratio) = (BasisRisk::of(&outcomes, basis.asked), HedgeRatio::of(&outcomes));
        BasisView { of, outcomes, risk, ratio }
    };
    let parametrics = (0..scenario.parametrics.len())
        .map(|place| view(Some(OnIndex::Parametric(place)), &|waterfall| waterfall.payouts[place]));
    let hedges = (0..scenario.hedges.len())
        .map(|place| view(Some(OnIndex::Hedge(place)), &|waterfall| waterfall.hedges[place].payoff));
    let mut views: Vec<_> = parametrics.chain(hedges).collect();
    if views.len() > 1 {
        views.push(view(None, &|waterfall| waterfall.paid_out() - waterfall.paid_on_hedges()));
    }
    views
}
