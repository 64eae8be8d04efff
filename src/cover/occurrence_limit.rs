//! Occurrence limit: the most that a cover pays for one event.
//!
//! # Formula
//!
//! ```text
//! x' = min(x, limit)        head' = head · x' / x
//! ```

use super::Claim;
use crate::quantity::Money;
use crate::reason::Reason;

pub(super) fn cut(claim: &mut Claim<'_>, limit: Option<Money>) {
    let total = claim.total();
    claim.keep(Reason::AboveLimit, total - total.at_most(limit));
}
