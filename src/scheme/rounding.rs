//! Rounding: where a scheme rounds, to which unit, and which way; once.

use super::exact::{Exact, Mode, Won};

/// What is rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// The loss, before the rule that turns it into an amount.
    Loss,
    /// What is paid, after floor and cap.
    Payment,
}

/// The one rounding of a scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rounding {
    /// Which way.
    pub mode: Mode,
    /// To multiples of what, above zero.
    pub unit: Won,
    /// What is rounded.
    pub at: Level,
}

impl Rounding {
    /// Rounds to this unit; nothing where the result cannot be held.
    #[must_use]
    #[inline]
    pub fn apply(self, amount: Exact) -> Option<Won> {
        amount.rounded(self.mode, self.unit)
    }
}
