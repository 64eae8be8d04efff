//! Deductible: money that the insured bears first, once per occurrence.
//!
//! # Formula
//!
//! ```text
//! straight     x' = (x - d)⁺
//! greater_of   x' = (x - max(d, loss inside the waiting period))⁺
//! ```
//!
//! `x` is the sum of the heads after sublimits; each head gives in proportion
//! to its amount. The limit stands above the deductible, not eroded by it.

use super::{Claim, Reading, WaitingPeriod};
use crate::quantity::Money;
use crate::reason::Reason;

pub(super) fn take(claim: &mut Claim<'_>, deductible: Money, wait: Option<WaitingPeriod>) {
    let greater_of = wait.is_some_and(|wait| wait.reading() == Reading::GreaterOf);
    let inside = claim.inside_waiting_period;
    let (reason, taken) = if greater_of && inside > deductible {
        (Reason::WaitingPeriod, inside)
    } else {
        (Reason::Deductible, deductible)
    };
    claim.keep(reason, taken.min(claim.total()));
}
