//! What comes from suppliers, and what recoveries are worth, as JSON.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Amounts;
use crate::attribution::Borne;
use crate::quantity::Money;
use crate::recovery::Haircut;
use crate::scenario::Scenario;
use crate::waterfall::Waterfall;

/// What comes from a supplier, from its uptime to our part of a claim.
#[derive(Serialize)]
pub(super) struct FromSupplier {
    /// Uptime of the month, where the contract measures it.
    uptime: Option<f64>,
    /// The credit owed, claimed or not.
    credit_owed: f64,
    /// What the credit is worth to us.
    credit: f64,
    claimable: f64,
    claimed: f64,
    /// What the claim is expected to bring, after its cost.
    net: f64,
    pursued: bool,
    ours: f64,
    insurers: f64,
}

pub(super) fn suppliers(scenario: &Scenario, row: &Waterfall<'_>) -> BTreeMap<String, FromSupplier> {
    let suppliers = scenario.suppliers.iter().zip(&row.suppliers);
    let one = suppliers.map(|(terms, from)| {
        let credit = terms.terms.credit.as_ref();
        let claim = from.claim.unwrap_or_default();
        let told = FromSupplier {
            uptime: credit.map(|credit| credit.uptime(row.duration, from.earlier).get()),
            credit_owed: from.owed.0,
            credit: from.credit.0,
            claimable: claim.claimable.0,
            claimed: claim.claimed.0,
            net: claim.net.0,
            pursued: claim.pursued,
            ours: claim.ours.0,
            insurers: claim.insurers.0,
        };
        (terms.id.clone(), told)
    });
    one.collect()
}

/// What suppliers owe the insurers, by cover, and by layer where it has a tower.
pub(super) fn subrogation(scenario: &Scenario, row: &Waterfall<'_>) -> BTreeMap<String, Amounts> {
    let covers = scenario.covers.iter().zip(&row.subrogation);
    let one = covers.map(|(policy, shares)| {
        let layers = policy.terms.tower.iter().flat_map(|tower| tower.layers());
        let names = layers.map(|layer| layer.id().to_owned()).chain(["insurer".to_owned()]);
        (policy.id.clone(), names.zip(shares.iter().map(|share| share.0.into())).collect())
    });
    one.filter(|_| !scenario.suppliers.is_empty()).collect()
}

/// What each payer is expected to fall short by, and why.
pub(super) fn haircut(scenario: &Scenario, row: &Waterfall<'_>) -> BTreeMap<String, Amounts> {
    let covers = scenario.covers.iter().map(|part| &part.id).zip(&row.haircut.covers);
    let payouts = scenario.parametrics.iter().map(|part| &part.id).zip(&row.haircut.payouts);
    let hedges = scenario.hedges.iter().map(|part| &part.id).zip(&row.haircut.hedges);
    let suppliers = scenario.suppliers.iter().map(|part| &part.id).zip(&row.haircut.third_party);
    let all = covers.chain(payouts).chain(hedges).chain(suppliers);
    let told = all.filter(|(_, haircut)| **haircut != Haircut::default());
    told.map(|(id, Haircut { dispute, default, time })| {
        let amounts = [("dispute", dispute), ("counterparty_default", default), ("time_value", time)];
        (id.clone(), amounts.into_iter().map(|(key, amount)| (key.to_owned(), amount.0.into())).collect())
    })
    .collect()
}

/// What each payer bears: over every order where that was worked out, and
/// otherwise what it pays.
pub(super) fn borne(scenario: &Scenario, row: &Waterfall<'_>, borne: Option<&Borne>) -> Amounts {
    let paid = || {
        let covers = row.covers.iter().map(|cover| cover.paid);
        let hedges = row.hedges.iter().map(|hedge| hedge.payoff);
        covers.chain(row.payouts.iter().copied()).chain(hedges).collect()
    };
    let parts: Vec<Money> = borne.map_or_else(paid, |borne| borne.all().collect());
    let ids = scenario.covers.iter().map(|part| &part.id);
    let ids = ids.chain(scenario.parametrics.iter().map(|part| &part.id));
    let ids = ids.chain(scenario.hedges.iter().map(|part| &part.id));
    ids.zip(parts).map(|(id, part)| (id.clone(), part.0.into())).collect()
}
