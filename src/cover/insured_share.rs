//! Insured's share: the part of each loss that the insured keeps.
//!
//! # Formula
//!
//! ```text
//! x' = (1 - k) · x
//! ```
//!
//! It comes after the deductible and before the limit. Not to be taken for the
//! average clause, which cuts a loss because the sum insured was too low.

use super::Claim;
use crate::quantity::Share;
use crate::reason::Reason;

pub(super) fn keep(claim: &mut Claim<'_>, share: Share) {
    claim.keep(Reason::InsuredShare, claim.total() * share);
}
