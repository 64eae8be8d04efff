//! Insured's share: the part of each loss that the insured keeps.
//!
//! # Formula
//!
//! ```text
//! x' = (1 - k) · x        of the heads that bear a share
//! x' = x                  of the others
//! ```
//!
//! It comes after the deductible and before the limit. Not to be taken for the
//! average clause, which cuts a loss because the sum insured was too low.

use super::Claim;
use crate::mitigation::Head;
use crate::quantity::{Money, Share};
use crate::reason::Reason;
use crate::term::term;

term! {
    pub const INSURED_SHARE: Term = {
        key: "insured_share",
        korean: "공동부담비율",
        english: "Insured's share",
        file_key: "cover.insured_share",
        unit: "share of the loss",
        formula: "paid = (1 - k) · x   of the heads that bear a share",
        order: "After the deductible and before the limit",
        source: "Klugman, Panjer and Willmot, Loss Models, chapter 8",
    };
}

/// Returns the insured's part of an amount.
#[must_use]
#[inline(always)]
pub fn share_borne(amount: Money, share: Share) -> Money {
    amount * share
}

pub(super) fn keep(claim: &mut Claim<'_>, share: Share, no_share: &[Head]) {
    let bears = |head: Head| !no_share.contains(&head);
    let borne = share_borne(claim.total_of(bears), share);
    claim.keep_from(Reason::InsuredShare, borne, bears);
}
