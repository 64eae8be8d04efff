//! Sublimit: the most that a cover pays for one head of loss.

use super::Claim;
use crate::mitigation::Head;
use crate::quantity::Money;
use crate::reason::Reason;
use crate::term::term;

term! {
    pub const SUBLIMIT: Term = {
        key: "sublimit",
        korean: "담보별 보상한도",
        english: "Sublimit",
        file_key: "cover.sublimits",
        unit: "money",
        formula: "head paid = min(head, sublimit)",
        order: "Before the deductible, or after it where it is net of it; within the occurrence limit, or in addition to it",
        source: "Cyber and property wordings; Risk and Business Magazine, 2017",
    };
}

/// The most that a cover pays for one head of loss.
///
/// # Formula
///
/// ```text
/// head' = min(head, sublimit)
/// ```
///
/// Part of the occurrence limit, unless it says that it comes in addition. Before
/// the deductible, unless it says that it is net of it.
///
/// # Source
///
/// Sublimits of cyber and property forms, which most often stand within the limit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sublimit {
    /// The most.
    pub most: Money,
    /// Whether it comes on top of the occurrence limit.
    pub in_addition: bool,
    /// Whether the deductible comes off before it cuts.
    pub net_of_deductible: bool,
}

impl Sublimit {
    /// A sublimit within the occurrence limit, which cuts before the deductible.
    #[must_use]
    pub fn of(most: Money) -> Self {
        Self { most, in_addition: false, net_of_deductible: false }
    }
}

/// The sublimit of each head that has one.
pub type Sublimits = [Option<Sublimit>; Head::COUNT];

/// Cuts the heads whose sublimit does not wait for the deductible, or all of them
/// where the order has taken that already.
pub(super) fn cut(claim: &mut Claim<'_>, sublimits: &Sublimits) {
    let deducted = claim.deducted.is_some();
    each(claim, sublimits, |sublimit| deducted || !sublimit.net_of_deductible);
}

/// Cuts the heads whose sublimit comes after the deductible.
pub(super) fn cut_what_is_left(claim: &mut Claim<'_>, sublimits: &Sublimits) {
    each(claim, sublimits, |sublimit| sublimit.net_of_deductible);
}

fn each(claim: &mut Claim<'_>, sublimits: &Sublimits, cuts: impl Fn(&Sublimit) -> bool) {
    for (place, sublimit) in sublimits.iter().enumerate() {
        if let Some(sublimit) = sublimit.filter(&cuts) {
            let claimed = claim.heads[place];
            claim.before_sublimit[place] = claimed;
            claim.heads[place] = claimed.min(sublimit.most);
            claim.retained[Reason::Sublimit] += claimed - claim.heads[place];
        }
    }
}
