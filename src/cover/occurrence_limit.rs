//! Occurrence limit: the most that a cover pays for one event.
//!
//! # Formula
//!
//! ```text
//! x' = min(x, limit)        head' = head · x' / x
//! ```
//!
//! `x` is the sum of the heads whose sublimits are part of the limit; a head whose
//! sublimit comes in addition to it is neither counted nor cut. Where the deductible
//! erodes the limit, what it took comes off the limit first.
//!
//! # Source
//!
//! Limits in property and casualty forms stand above the deductible; a self-insured
//! retention often erodes them.

use super::{Claim, Cover};
use crate::mitigation::Head;
use crate::quantity::Money;
use crate::reason::Reason;
use crate::term::term;

term! {
    pub const OCCURRENCE_LIMIT: Term = {
        key: "occurrence_limit",
        korean: "1사고당 보상한도",
        english: "Occurrence limit",
        file_key: "cover.occurrence_limit",
        unit: "money",
        formula: "paid = min(x, L)        head paid = head · paid / x",
        order: "After the insured's share and before the aggregates",
        source: "Property and casualty wordings; the split by head is in proportion",
    };
}

/// Returns the part of an amount that is above the limit.
#[must_use]
#[inline(always)]
pub fn above_limit(amount: Money, limit: Money) -> Money {
    amount - amount.min(limit)
}

pub(super) fn cut(claim: &mut Claim<'_>, cover: &Cover) {
    let Some(limit) = cover.occurrence_limit else { return };
    let eroded = claim.deducted.filter(|_| cover.deductible_erodes_limit);
    let eroded = eroded.map_or(Money::ZERO, |deducted| deducted.taken);
    let counts = |head: Head| !cover.sublimits[head as usize].is_some_and(|it| it.in_addition);
    let total = claim.total_of(counts);
    let above = above_limit(total, (limit - eroded).positive());
    claim.above_limit = above;
    claim.keep_from(Reason::AboveLimit, above, counts);
}
