//! Catastrophe bond: principal that investors lose, and the sponsor keeps.

use super::call_spread::StrikesError;
use super::index::Level;
use crate::quantity::{Money, Share};
use crate::term::term;

term! {
    /// Written for the sponsor: the reduction is its recovery.
    pub const CAT_BOND: Term = {
        key: "cat_bond",
        korean: "대재해채권",
        english: "Catastrophe bond",
        file_key: "hedge.kind",
        unit: "money",
        formula: "reduction = principal · clamp((X - A) / (E - A), 0, 1)\ncost      = principal · spread, a year\ncoupon    = principal · (collateral yield + spread), a year, of the investors",
        order: "Beside the hedges, on a loss after covers or on an index; what an earlier outage took is gone",
        source: "Lecture on catastrophe bonds (price over expected loss); Beazley closes 144A cyber catastrophe bond, CIR Magazine (2024-01-02)",
    };
}

/// A bond whose principal is reduced by what the index reads between two levels.
///
/// # Formula
///
/// With `X` the sponsor's loss or an index, `A` the attachment and `E` the
/// exhaustion:
///
/// ```text
/// reduction = principal · clamp((X - A) / (E - A), 0, 1)
/// cost of a year    = principal · spread
/// investors' coupon = principal · (collateral yield + spread)
/// ```
///
/// The principal is held as collateral, so the sponsor bears no default of the
/// payer. What one event has taken is gone for the next.
///
/// # Source
///
/// Lecture on catastrophe bonds (price over expected loss). Cyber bonds placed so
/// far attach per occurrence to the loss of their sponsor: Beazley's `PoleStar` Re
/// 2024-1 at 500 to 800 million dollars (CIR Magazine, 2024-01-02).
///
/// # Example
///
/// ```
/// use netloss::hedge::{CatBond, Level};
/// use netloss::quantity::{Money, Share};
/// let rate = |percent: f64| Share::new(percent / 100.0).unwrap();
/// let bond = CatBond::new(Money(300.0), Level(500.0), Level(800.0), rate(13.0), rate(5.0))?;
/// assert_eq!(bond.reduction(Level(650.0)), Money(150.0));
/// assert!((bond.coupon().0 - 54.0).abs() < 1e-12);
/// # Ok::<(), netloss::hedge::StrikesError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CatBond {
    principal: Money,
    attachment: Level,
    exhaustion: Level,
    spread: Share,
    collateral_yield: Share,
}

impl CatBond {
    /// Checks a bond once.
    ///
    /// # Errors
    ///
    /// Refuses an exhaustion that is not above the attachment.
    pub fn new(
        principal: Money,
        attachment: Level,
        exhaustion: Level,
        spread: Share,
        collateral_yield: Share,
    ) -> Result<Self, StrikesError> {
        if attachment < exhaustion {
            Ok(Self { principal, attachment, exhaustion, spread, collateral_yield })
        } else {
            Err(StrikesError { lower: attachment, upper: exhaustion })
        }
    }

    /// Returns the principal.
    #[must_use]
    pub fn principal(&self) -> Money {
        self.principal
    }

    /// Returns the level from which principal is reduced.
    #[must_use]
    pub fn attachment(&self) -> Level {
        self.attachment
    }

    /// Returns the level at which no principal is left.
    #[must_use]
    pub fn exhaustion(&self) -> Level {
        self.exhaustion
    }

    /// Returns the part of the way from attachment to exhaustion that is gone.
    #[must_use]
    pub fn reduced_share(&self, level: Level) -> Share {
        let (above, width) = (level.0 - self.attachment.0, self.exhaustion.0 - self.attachment.0);
        Share::new((above / width).clamp(0.0, 1.0)).unwrap_or(Share::NONE)
    }

    /// Returns the principal that the sponsor keeps.
    #[must_use]
    pub fn reduction(&self, level: Level) -> Money {
        self.principal * self.reduced_share(level)
    }

    /// Returns what the bond costs its sponsor in a year.
    #[must_use]
    pub fn cost_of_year(&self) -> Money {
        self.principal * self.spread
    }

    /// Returns what investors earn in a year without a reduction.
    #[must_use]
    pub fn coupon(&self) -> Money {
        self.principal * self.collateral_yield + self.cost_of_year()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bond(principal: f64) -> CatBond {
        let rate = |percent: f64| Share::new(percent / 100.0).unwrap();
        CatBond::new(Money(principal), Level(500.0), Level(800.0), rate(13.0), rate(5.0)).unwrap()
    }

    #[test]
    fn three_hundred_from_500_to_800() {
        for (loss, reduction, because) in [
            (400.0, 0.0, "below the attachment"),
            (500.0, 0.0, "just at it"),
            (650.0, 150.0, "half of the way"),
            (800.0, 300.0, "all of it"),
            (2000.0, 300.0, "and no more than all"),
        ] {
            assert_eq!(bond(300.0).reduction(Level(loss)), Money(reduction), "{because}");
        }
        assert_eq!(bond(140.0).reduction(Level(650.0)), Money(70.0), "140 placed of a layer of 300");
        assert_eq!(bond(300.0).cost_of_year(), Money(39.0));
        assert_eq!(bond(300.0).coupon(), Money(54.0));
    }

    #[test]
    fn refuses_an_exhaustion_below_the_attachment() {
        assert!(CatBond::new(Money(1.0), Level(8.0), Level(8.0), Share::NONE, Share::NONE).is_err());
    }
}
