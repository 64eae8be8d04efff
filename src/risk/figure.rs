//! Figure: a number that was worked out and not drawn.

use crate::quantity::Money;

/// An amount worked out by integration, and how far its arithmetic may be off.
///
/// The error is no standard error: nothing is left to chance. It is what a coarser
/// computation of the same amount differs by, and bounds the error in practice.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Figure {
    /// The amount.
    pub value: Money,
    /// What it may be off by.
    pub error: Money,
}
