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
use crate::quantity::Share;
use crate::reason::Reason;

pub(super) fn keep(claim: &mut Claim<'_>, share: Share, no_share: &[Head]) {
    let bears = |head: Head| !no_share.contains(&head);
    let borne = claim.total_of(bears) * share;
    claim.keep_from(Reason::InsuredShare, borne, bears);
}
