//! Form: whether a layer follows the policy below it on every head of loss.

use crate::cover::ByHead;
use crate::mitigation::Head;
use crate::quantity::Money;
use crate::term::term;

term! {
    /// A layer follows form unless it excludes heads. What a layer does not follow
    /// stays with the insured; no other layer takes it up.
    pub const FOLLOW_FORM: Term = {
        key: "follow_form",
        korean: "원보험 조건 추종",
        english: "Following form and non-concurrency",
        file_key: "cover.layer.excludes",
        unit: "money",
        formula: "all           min(part of the whole loss in the layer, loss on heads it follows)\ncovered_only  part in the layer of the loss on heads it follows",
        order: "in the tower, on what falls within the layer",
        source: "Policyholder Pulse, follow-on policies; LegalClarity, What is excess insurance",
    };
}

/// What counts as loss below a layer that excludes heads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Erosion {
    /// Every loss uses up what lies below.
    All,
    /// Only loss that the layer itself follows.
    CoveredOnly,
}

impl Erosion {
    /// Each, under the name that it has in a scenario file.
    pub const ALL: [(&'static str, Self); 2] = [("all", Self::All), ("covered_only", Self::CoveredOnly)];
}

/// The heads that a layer does not follow, and what erodes the layers below it.
///
/// # Example
///
/// A layer of 300 xs 200 that excludes refunds meets 350 of lost profit and 250
/// of refunds. It pays 300 where all loss erodes the 200, 150 where only lost
/// profit does.
///
/// ```
/// use netloss::mitigation::Head;
/// use netloss::quantity::Money;
/// use netloss::tower::{Erosion, Exclusion};
/// let mut loss = [Money(0.0); Head::COUNT];
/// (loss[Head::LostProfit as usize], loss[Head::Refund as usize]) = (Money(350.0), Money(250.0));
/// let width = |loss: Money| (loss - Money(200.0)).positive().min(Money(300.0));
/// for (erosion, pays) in [(Erosion::All, 300.0), (Erosion::CoveredOnly, 150.0)] {
///     let exclusion = Exclusion { heads: vec![Head::Refund], erosion };
///     assert_eq!(exclusion.followed(&loss, width), Money(pays));
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exclusion {
    /// Heads of loss that the layer does not follow.
    pub heads: Vec<Head>,
    /// What counts as loss below the layer.
    pub erosion: Erosion,
}

impl Exclusion {
    /// Returns the loss on the heads that the layer follows.
    #[must_use]
    pub fn covered(&self, loss: &ByHead) -> Money {
        let heads = Head::ALL.into_iter().zip(loss);
        heads.filter(|((_, head), _)| !self.heads.contains(head)).map(|(_, amount)| *amount).sum()
    }

    /// Returns what the layer follows of a loss, where `part_of` gives the part of
    /// an amount that falls within the layer.
    #[must_use]
    pub fn followed(&self, loss: &ByHead, part_of: impl Fn(Money) -> Money) -> Money {
        let covered = self.covered(loss);
        match self.erosion {
            Erosion::All => part_of(loss.iter().copied().sum()).min(covered),
            Erosion::CoveredOnly => part_of(covered),
        }
    }
}
