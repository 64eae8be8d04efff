//! Sublimit: the most that a cover pays for one head of loss.
//!
//! # Formula
//!
//! ```text
//! head' = min(head, sublimit)
//! ```
//!
//! Sublimits are part of the occurrence limit, not in addition to it. They come
//! before the deductible.

use super::Claim;
use crate::mitigation::Head;
use crate::quantity::Money;
use crate::reason::Reason;

pub(super) fn cut(claim: &mut Claim<'_>, sublimits: &[Option<Money>; Head::COUNT]) {
    for (head, sublimit) in claim.heads.iter_mut().zip(sublimits) {
        let within = head.at_most(*sublimit);
        claim.retained[Reason::Sublimit] += *head - within;
        *head = within;
    }
}
