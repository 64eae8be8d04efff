//! Third party: what a supplier pays for its fault, and who may keep it.

use crate::mitigation::Head;
use crate::quantity::{Money, Share};
use crate::term::term;

term! {
    /// The loss that counts is that of the heads which the contract does not
    /// exclude, less the service credits already given.
    pub const LIABILITY_CAP: Term = {
        key: "liability_cap",
        korean: "책임한도",
        english: "Supplier's liability cap",
        file_key: "supplier.liability",
        unit: "money",
        formula: "claim = min(cap, fault share · claimable loss)\nnet   = (success · claim - legal cost)⁺",
        order: "after covers, towers and hedges, before the annual covers",
        source: "cloud contracts compared in Are the limits on liability reasonable?; model clauses on limitation of liability",
    };
}

term! {
    /// With a waiver of subrogation the insurers' part is not claimed. Insurers
    /// share theirs from the last payer to the first: the top layer is made good
    /// before the one below it.
    pub const SUBROGATION: Term = {
        key: "subrogation",
        korean: "구상",
        english: "Subrogation",
        file_key: "supplier.liability.split",
        unit: "money",
        formula: "made_whole     ours = min(net, uninsured loss)\npro_rata       ours = net · uninsured / (uninsured + insured)\ninsurer_first  ours = (net - insured)⁺\ncontract       ours = net · our part",
        order: "on the net recovery from a supplier",
        source: "McConnaughey and Fultz, Insurer, insured and priority in recovery; Connecticut Supreme Court on the made-whole doctrine, 2014",
    };
}

/// What a supplier can be held to for an outage that it caused.
#[derive(Clone, Debug, PartialEq)]
pub struct Liability {
    /// Heads of our loss for which it answers: contracts often exclude lost profit.
    pub heads: Vec<Head>,
    /// Its part in the fault.
    pub fault_share: Share,
    /// Most that it owes; none is endless.
    pub cap: Option<Money>,
    /// Chance that the claim succeeds.
    pub success: Share,
    /// What it costs to claim, won or lost.
    pub legal_cost: Money,
    /// How what comes in is shared between us and the insurers.
    pub split: Split,
    /// Whether the insurers waived their right to it.
    pub subrogation_waived: bool,
}

/// How a recovery is shared between the insured and the insurers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Split {
    /// We come first, up to the loss that no insurance paid.
    MadeWhole,
    /// In proportion to what each bore.
    ProRata,
    /// The insurers come first, up to what they paid.
    InsurerFirst,
    /// As the policy says.
    Contract {
        /// Our part.
        ours: Share,
    },
}

impl Split {
    /// Returns the word for it in a scenario file.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::MadeWhole => "made_whole",
            Self::ProRata => "pro_rata",
            Self::InsurerFirst => "insurer_first",
            Self::Contract { .. } => "contract",
        }
    }
}

/// A claim on a supplier, from the loss to whose money it is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Claim {
    /// The loss for which the supplier answers.
    pub claimable: Money,
    /// What is claimed of it, within the cap.
    pub claimed: Money,
    /// What is expected to come in after its cost; nothing where it is not pursued.
    pub net: Money,
    /// Whether it is worth pursuing.
    pub pursued: bool,
    /// Our part.
    pub ours: Money,
    /// The insurers' part: no money of ours.
    pub insurers: Money,
}

impl Liability {
    /// Works out a claim.
    ///
    /// `claimable` is the loss under the named heads, `uninsured` the loss that no
    /// insurance paid, `insured` what insurance did pay.
    ///
    /// # Formula
    ///
    /// ```text
    /// claim = min(cap, fault share · claimable)
    /// net   = (success · claim - legal cost)⁺       a claim that costs more is not pursued
    ///
    /// made_whole     ours = min(net, uninsured), insurers min(rest, insured)
    /// pro_rata       ours = net · uninsured / (uninsured + insured)
    /// insurer_first  insurers = min(net, insured), ours the rest
    /// contract       ours = net · our part
    /// ```
    ///
    /// What is left when both are made good is ours. Where the insurers waived
    /// their right, their part is not claimed.
    ///
    /// # Example
    ///
    /// Of a loss of 900 insurers paid 500. The supplier's fault is 60%, its cap
    /// 400, success 80%, cost 40: 280 come in, and 400 of ours were uninsured.
    ///
    /// ```
    /// use netloss::mitigation::Head;
    /// use netloss::quantity::{Money, Share};
    /// use netloss::recovery::{Liability, Split};
    /// let liability = Liability {
    ///     heads: vec![Head::LostProfit],
    ///     fault_share: Share::new(0.6).unwrap(),
    ///     cap: Some(Money(400.0)),
    ///     success: Share::new(0.8).unwrap(),
    ///     legal_cost: Money(40.0),
    ///     split: Split::MadeWhole,
    ///     subrogation_waived: false,
    /// };
    /// let claim = liability.claim(Money(900.0), Money(400.0), Money(500.0));
    /// assert_eq!((claim.claimed, claim.net), (Money(400.0), Money(280.0)));
    /// assert_eq!((claim.ours, claim.insurers), (Money(280.0), Money(0.0)));
    /// ```
    #[must_use]
    pub fn claim(&self, claimable: Money, uninsured: Money, insured: Money) -> Claim {
        let claimed = (claimable * self.fault_share).at_most(self.cap);
        let expected = claimed * self.success - self.legal_cost;
        let net = expected.positive();
        let insurers = match self.split {
            Split::MadeWhole => (net - uninsured).positive().min(insured),
            Split::ProRata => net * insured.part_of(uninsured + insured),
            Split::InsurerFirst => net.min(insured),
            Split::Contract { ours } => net * ours.rest(),
        };
        let ours = net - insurers;
        let insurers = if self.subrogation_waived { Money::ZERO } else { insurers };
        Claim { claimable, claimed, net, pursued: expected > Money::ZERO, ours, insurers }
    }
}

/// Shares the insurers' part out among layers, the last payer first.
///
/// `paid` holds what each layer paid, from the lowest up. What is above all that
/// they paid goes to nobody.
#[must_use]
pub fn top_down(insurers: Money, paid: &[Money]) -> Vec<Money> {
    let mut left = insurers;
    let mut shares = vec![Money::ZERO; paid.len()];
    for (share, paid) in shares.iter_mut().zip(paid).rev() {
        *share = left.min(*paid);
        left -= *share;
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(number: f64) -> Share {
        Share::new(number).unwrap()
    }

    fn liability(split: Split) -> Liability {
        Liability {
            heads: vec![Head::LostProfit],
            fault_share: share(0.6),
            cap: Some(Money(400.0)),
            success: share(0.8),
            legal_cost: Money(40.0),
            split,
            subrogation_waived: false,
        }
    }

    fn split(liability: &Liability, loss: f64, insured: f64) -> (f64, f64) {
        let claim = liability.claim(Money(loss), Money(loss - insured), Money(insured));
        (claim.ours.0, claim.insurers.0)
    }

    #[test]
    fn one_recovery_under_each_split() {
        let waived = |split| Liability { subrogation_waived: true, ..liability(split) };
        for (liability, insured, ours, insurers, because) in [
            (liability(Split::MadeWhole), 500.0, 280.0, 0.0, "400 of ours were uninsured"),
            (liability(Split::MadeWhole), 700.0, 200.0, 80.0, "we first, up to 200"),
            (liability(Split::ProRata), 500.0, 280.0 * 4.0 / 9.0, 280.0 * 5.0 / 9.0, "as each bore"),
            (liability(Split::InsurerFirst), 500.0, 0.0, 280.0, "they first, up to 500"),
            (liability(Split::InsurerFirst), 100.0, 180.0, 100.0, "they first, up to 100"),
            (liability(Split::Contract { ours: share(0.25) }), 500.0, 70.0, 210.0, "as agreed"),
            (waived(Split::ProRata), 500.0, 280.0 * 4.0 / 9.0, 0.0, "they waived theirs"),
        ] {
            let got = split(&liability, 900.0, insured);
            assert!((got.0 - ours).abs() < 1e-9 && (got.1 - insurers).abs() < 1e-9, "{got:?}: {because}");
        }
    }

    #[test]
    fn a_claim_that_costs_more_than_it_brings_is_not_pursued() {
        let dear = Liability { legal_cost: Money(320.0), ..liability(Split::MadeWhole) };
        let claim = dear.claim(Money(900.0), Money(400.0), Money(500.0));
        assert!(!claim.pursued);
        assert_eq!((claim.claimed, claim.net, claim.ours), (Money(400.0), Money::ZERO, Money::ZERO));
    }

    #[test]
    fn the_top_layer_is_made_good_first() {
        let paid = [200.0, 300.0, 50.0].map(Money);
        assert_eq!(top_down(Money(120.0), &paid), [0.0, 70.0, 50.0].map(Money));
        assert_eq!(top_down(Money(900.0), &paid), paid);
    }
}
