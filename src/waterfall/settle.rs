//! Settling: recoveries held to the loss, and then to what they are worth.

use super::{FromSupplier, Recovery};
use crate::hedge::Settlement;
use crate::quantity::Money;
use crate::reason::{Reason, Retained};
use crate::recovery::{Haircut, Quality};
use crate::scenario::Scenario;

/// What is expected to be lost of each recovery.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Haircuts {
    /// Of each cover's payment.
    pub covers: Vec<Haircut>,
    /// Of each payout.
    pub payouts: Vec<Haircut>,
    /// Of each hedge that pays us.
    pub hedges: Vec<Haircut>,
    /// Of what each supplier pays us.
    pub third_party: Vec<Haircut>,
    /// Of what each annual cover pays.
    pub annual: Vec<Haircut>,
}

impl Haircuts {
    /// Returns what is lost of all recoveries together.
    #[must_use]
    pub fn total(&self) -> Haircut {
        let mut total = Haircut::default();
        let paid = self.covers.iter().chain(&self.payouts).chain(&self.hedges);
        for haircut in paid.chain(&self.third_party).chain(&self.annual) {
            total.add(haircut);
        }
        total
    }
}

/// Lets payers give up what together they pay above the loss, as the scenario's
/// rule has it; what a cover gives up is kept under its reason.
pub(super) fn hold_to_loss(
    scenario: &Scenario,
    loss: Money,
    covers: &mut [Recovery],
    (payouts, hedges): (&mut [Money], &mut [Settlement]),
    third_party: Money,
    retained: &mut Retained,
) {
    let layers: Vec<Vec<Money>> = covers.iter().map(Recovery::by_layer).collect();
    let settled = hedges.iter().map(|hedge| hedge.payoff);
    let on_index: Vec<Money> = payouts.iter().copied().chain(settled).collect();
    let reductions = scenario.over_recovery.reductions(loss, &layers.concat(), &on_index, third_party);
    let mut given = reductions.indemnity.into_iter();
    for (cover, layers) in covers.iter_mut().zip(layers) {
        let given: Vec<Money> = given.by_ref().take(layers.len()).collect();
        cover.given_up = given.iter().copied().sum();
        cover.paid -= cover.given_up;
        retained[Reason::OverRecovery] += cover.given_up;
        if let Some(tower) = &mut cover.tower {
            for (layer, given) in tower.layers.iter_mut().zip(given) {
                layer.paid -= given;
            }
        }
    }
    let mut given = reductions.hedges.into_iter();
    for (payout, given) in payouts.iter_mut().zip(given.by_ref()) {
        *payout -= given;
    }
    for (hedge, given) in hedges.iter_mut().zip(given) {
        hedge.given_up = given;
        hedge.payoff -= given;
    }
}

/// Works out what is expected to be lost of each recovery.
pub(super) fn haircuts(
    scenario: &Scenario,
    covers: &[Recovery],
    payouts: &[Money],
    hedges: &[Settlement],
    suppliers: &[FromSupplier],
    annual: &[Money],
) -> Haircuts {
    let programme = &scenario.recovery_quality;
    let of = |own: Option<&Quality>, whole: bool, recovery: Money| {
        let whole = whole.then_some(&programme.quality);
        own.or(whole).map_or(Haircut::default(), |quality| quality.haircut(recovery))
    };
    let policies = scenario.covers.iter().zip(covers);
    let parametrics = scenario.parametrics.iter().zip(payouts);
    let hedges = scenario.hedges.iter().zip(hedges);
    let liable = scenario.suppliers.iter().zip(suppliers);
    Haircuts {
        covers: policies
            .map(|(policy, cover)| of(policy.terms.quality.as_ref(), programme.of_covers, cover.paid))
            .collect(),
        payouts: parametrics
            .map(|(cover, paid)| of(cover.terms.quality.as_ref(), programme.of_hedges, *paid))
            .collect(),
        hedges: hedges
            .map(|(hedge, settled)| {
                of(hedge.terms.quality.as_ref(), programme.of_hedges, settled.payoff.positive())
            })
            .collect(),
        third_party: liable
            .map(|(supplier, from)| {
                of(supplier.terms.quality.as_ref(), programme.of_suppliers, from.received())
            })
            .collect(),
        annual: annual.iter().map(|paid| of(None, programme.of_covers, *paid)).collect(),
    }
}
