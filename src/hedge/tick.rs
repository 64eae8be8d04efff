//! Tick: an index-based schedule, so much for each unit above a strike.

use super::index::Level;
use crate::quantity::Money;
use crate::term::term;

term! {
    /// The index may weigh its hours.
    pub const INDEX_COVER: Term = {
        key: "index_cover",
        korean: "지수형 담보",
        english: "Index cover",
        file_key: "parametric.pays.tick",
        unit: "money",
        formula: "I      = ∫ w(t) · (1 - s(t)) dt\npayout = min(cap, tick · (I - K)⁺)",
        order: "After the index is measured; before the limits of event and year",
        source: "Introduction to weather derivatives, part II; Riskwolf, example policy wordings",
    };
}

/// So much for each unit of the index above a strike, up to a cap.
///
/// # Formula
///
/// ```text
/// payout = min(cap, tick · (I - K)⁺)
/// ```
///
/// # Source
///
/// Index covers of weather and cloud downtime: a strike, a tick, a limit
/// (Introduction to weather derivatives, part II; Riskwolf, example wordings).
///
/// # Example
///
/// ```
/// use netloss::hedge::{Level, Tick};
/// use netloss::quantity::Money;
/// let cover = Tick { tick: Money(60.0), strike: Level(2.0), cap: Some(Money(200.0)) };
/// assert_eq!(cover.payout(Level(4.75)), Money(165.0));
/// assert_eq!(cover.payout(Level(6.0)), Money(200.0));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tick {
    /// Money for each unit of the index.
    pub tick: Money,
    /// The level from which it pays.
    pub strike: Level,
    /// Most that it pays; none is endless.
    pub cap: Option<Money>,
}

impl Tick {
    /// Returns what is paid when the index reads `level`.
    #[must_use]
    pub fn payout(&self, level: Level) -> Money {
        self.uncapped(level).at_most(self.cap)
    }

    /// Returns what would be paid without the cap.
    #[must_use]
    pub fn uncapped(&self, level: Level) -> Money {
        Money(self.tick.0 * (level.0 - self.strike.0).max(0.0))
    }
}
