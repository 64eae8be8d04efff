//! Claims preparation: what it costs to prove a loss.

use crate::mitigation::Fee;
use crate::quantity::Money;
use crate::term::term;

term! {
    pub const CLAIMS_PREPARATION: Term = {
        key: "claims_preparation",
        korean: "보험금 청구 준비비용",
        english: "Claims preparation costs",
        file_key: "cover.claims_preparation",
        unit: "money",
        formula: "min(Σ fees of the kinds named, sublimit)",
        order: "With the additions; the deductible passes it by unless the wording says otherwise",
        source: "Ahli Asuransi, Professional fees clause; Coalition, Proof of loss preparation costs",
    };
}

/// How a cover answers for the cost of preparing the claim.
///
/// # Formula
///
/// ```text
/// payable = min(Σ fees of the kinds named, sublimit)
/// ```
///
/// # Order of application
///
/// With the additions to lost profit; the sublimit of the head comes with the
/// others, and the deductible passes it by unless the wording says otherwise.
///
/// # Source
///
/// Professional fees clauses and proof-of-loss preparation cover: auditors and
/// accountants, not the negotiation of the claim nor its litigation; whether the
/// insured's own staff counts differs (Ahli Asuransi, "Professional fees clause";
/// Coalition, "Proof of loss preparation costs").
#[derive(Clone, Debug, PartialEq)]
pub struct ClaimsPreparation {
    /// Kinds of fee that are paid.
    pub pays_for: Vec<Fee>,
    /// Whether the deductible comes off them.
    pub deductible_applies: bool,
}

impl ClaimsPreparation {
    /// Returns the fees that are of no kind named: they stay with the insured.
    #[must_use]
    pub fn not_paid(&self, fees: &[(Fee, Money)]) -> Money {
        let other = fees.iter().filter(|(fee, _)| !self.pays_for.contains(fee));
        other.map(|(_, amount)| *amount).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fees_of_other_kinds_stay_with_the_insured() {
        let fees =
            [(Fee::Preparing, Money(18.0)), (Fee::Negotiating, Money(7.0)), (Fee::OwnStaff, Money(4.0))];
        for (pays_for, kept) in [
            (vec![Fee::Preparing], 11.0),
            (vec![Fee::Preparing, Fee::OwnStaff], 7.0),
            (Fee::ALL.map(|(_, fee)| fee).to_vec(), 0.0),
        ] {
            let terms = ClaimsPreparation { pays_for, deductible_applies: false };
            assert_eq!(terms.not_paid(&fees), Money(kept), "{terms:?}");
        }
    }
}
