//! Suppliers: what they give back before the covers, and answer for after them.

use super::Recovery;
use crate::cover::ByHead;
use crate::outage::Outage;
use crate::quantity::{Hours, Money};
use crate::recovery::{Claim, Inures, Supplier, top_down};
use crate::scenario::Scenario;

/// What comes from a supplier, or could.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct FromSupplier {
    /// Downtime of the month in the outages before this one.
    pub earlier: Hours,
    /// The credit that the contract owes, claimed or not.
    pub owed: Money,
    /// What the credit is worth to us.
    pub credit: Money,
    /// Whether the credit reduces the insured loss.
    pub inures: bool,
    /// The claim for its fault, where it can be held to one.
    pub claim: Option<Claim>,
}

impl FromSupplier {
    /// Returns the credit that reduces the loss.
    #[must_use]
    pub fn inured(&self) -> Money {
        if self.inures { self.credit } else { Money::ZERO }
    }

    /// Returns what it pays us beside the loss: a separate credit, and our part
    /// of the claim.
    #[must_use]
    pub fn received(&self) -> Money {
        self.credit - self.inured() + self.claim.map_or(Money::ZERO, |claim| claim.ours)
    }
}

/// Returns what each supplier gives back for the month.
pub(super) fn credits(scenario: &Scenario, outage: &Outage, duration: Hours) -> Vec<FromSupplier> {
    let of = |supplier: &Supplier| {
        let credit = supplier.credit.as_ref().filter(|_| supplier.perils.include(outage.cause))?;
        let earlier = scenario.down_earlier(supplier, outage);
        Some(FromSupplier {
            earlier,
            owed: credit.owed(duration, earlier),
            credit: credit.worth(duration, earlier),
            inures: credit.inures == Inures::InsuredLoss,
            claim: None,
        })
    };
    scenario.suppliers.iter().map(|supplier| of(&supplier.terms).unwrap_or_default()).collect()
}

/// Works out the claim on each supplier, in the file's order: what one has made
/// good, the next does not answer for again.
pub(super) fn claim(
    scenario: &Scenario,
    outage: &Outage,
    heads: &ByHead,
    economic_loss: Money,
    covers: &[Recovery],
    suppliers: &mut [FromSupplier],
) {
    let mut insured: Money = covers.iter().map(|cover| cover.paid).sum();
    let separate: Money = suppliers.iter().map(|one| one.credit - one.inured()).sum();
    let mut uninsured = (economic_loss - insured - separate).positive();
    for (terms, from) in scenario.suppliers.iter().zip(suppliers) {
        let liability = terms.terms.liability().filter(|_| terms.terms.perils.include(outage.cause));
        let Some(liability) = liability else { continue };
        let named: Money = liability.heads.iter().map(|head| heads[*head as usize]).sum();
        // A credit already given is set off against the loss that is claimed.
        let claimable = (named - from.credit).positive().min(uninsured + insured);
        let claim = liability.claim(claimable, uninsured, insured);
        uninsured = (uninsured - claim.ours).positive();
        insured = (insured - claim.insurers).positive();
        from.claim = Some(claim);
    }
}

/// Shares the insurers' part out: among covers by what each paid, and within a
/// tower from the top layer down.
pub(super) fn subrogation(suppliers: &[FromSupplier], covers: &[Recovery]) -> Vec<Vec<Money>> {
    let insurers: Money = suppliers.iter().filter_map(|one| Some(one.claim?.insurers)).sum();
    let insured: Money = covers.iter().map(|cover| cover.paid).sum();
    covers.iter().map(|cover| top_down(insurers * cover.paid.part_of(insured), &cover.by_layer())).collect()
}
