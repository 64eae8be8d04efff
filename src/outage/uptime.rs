//! Uptime: what part of a month a service ran, and what the contract owes for it.

use std::fmt;

use crate::quantity::{Hours, Met, Share};

/// Uptime tiers of a month: the lower the uptime, the larger the part of the
/// monthly fee that the provider owes.
///
/// # Formula
///
/// ```text
/// uptime = 1 - downtime / month                          never below 0
/// credit = the largest credit of the tiers whose uptime is not kept
///          (uptime < tier: keeping a tier to the minute costs nothing)
/// ```
///
/// # Example
///
/// 10% of the fee below 99.99%, 30% below 99%, all of it below 95%, in a month
/// of 30 days: ten hours of downtime leave 98.6%, and cost 30% of the fee.
///
/// ```
/// use netloss::outage::{UptimeTier, UptimeTiers};
/// use netloss::quantity::{Hours, Share};
/// let share = |number| Share::new(number).unwrap();
/// let tier = |below, credit| UptimeTier { below: share(below), credit: share(credit) };
/// let tiers = UptimeTiers::new(
///     Hours(720.0),
///     vec![tier(0.9999, 0.1), tier(0.99, 0.3), tier(0.95, 1.0)],
/// )?;
/// assert_eq!(tiers.credit(Hours(10.0)), share(0.3));
/// assert_eq!(tiers.credit(Hours(4.0 / 60.0)), Share::NONE);
/// # Ok::<(), netloss::outage::UptimeError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct UptimeTiers {
    month: Hours,
    tiers: Vec<UptimeTier>,
}

/// A tier of uptime, and what is owed where it is not kept.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct UptimeTier {
    /// The uptime that is promised.
    pub below: Share,
    /// Part of the monthly fee that is owed below it.
    pub credit: Share,
}

impl UptimeTiers {
    /// Checks the tiers of a contract, from the highest uptime down.
    ///
    /// # Errors
    ///
    /// Refuses a month without length, an empty list, and a tier that does not
    /// stand below the one before it or owes no more than that.
    pub fn new(month: Hours, tiers: Vec<UptimeTier>) -> Result<Self, UptimeError> {
        if !(month.0.is_finite() && month > Hours::ZERO) {
            return Err(UptimeError::Month(month));
        }
        if tiers.is_empty() {
            return Err(UptimeError::Empty);
        }
        let falls = |pair: &[UptimeTier]| pair[1].below < pair[0].below && pair[1].credit > pair[0].credit;
        match tiers.windows(2).position(|pair| !falls(pair)) {
            Some(place) => Err(UptimeError::OutOfOrder { tier: place + 1 }),
            None => Ok(Self { month, tiers }),
        }
    }

    /// Returns the part of the month in which the service ran.
    #[must_use]
    pub fn uptime(&self, downtime: Hours) -> Share {
        Share::new((1.0 - downtime.0 / self.month.0).clamp(0.0, 1.0)).unwrap_or(Share::ALL)
    }

    /// Returns the part of the monthly fee that is owed for so much downtime.
    #[must_use]
    pub fn credit(&self, downtime: Hours) -> Share {
        self.missed(downtime).map_or(Share::NONE, |place| self.tiers[place].credit)
    }

    /// Returns the place of the lowest tier that so much downtime misses.
    #[must_use]
    pub fn missed(&self, downtime: Hours) -> Option<usize> {
        self.tiers.iter().rposition(|tier| Met::MoreThan.by(downtime, self.allowed(tier)))
    }

    /// Returns the downtime that each tier allows: passing it misses the tier.
    pub fn downtimes(&self) -> impl Iterator<Item = Hours> + '_ {
        self.tiers.iter().map(|tier| self.allowed(tier))
    }

    /// Returns the tiers, from the highest uptime down.
    #[must_use]
    pub fn tiers(&self) -> &[UptimeTier] {
        &self.tiers
    }

    /// Returns the length of the month.
    #[must_use]
    pub fn month(&self) -> Hours {
        self.month
    }

    fn allowed(&self, tier: &UptimeTier) -> Hours {
        self.month * tier.below.rest()
    }
}

/// Tiers that no contract can state.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum UptimeError {
    /// The month has no length.
    Month(Hours),
    /// There is no tier.
    Empty,
    /// A tier does not go further than the one before it.
    OutOfOrder {
        /// Which tier, counted from 0.
        tier: usize,
    },
}

impl fmt::Display for UptimeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Month(month) => write!(f, "a month of {} h cannot be measured", month.0),
            Self::Empty => write!(f, "at least one tier is needed"),
            Self::OutOfOrder { tier } => {
                let tier = tier + 1;
                write!(f, "tier {tier} does not stand below tier {} and owe more than it", tier - 1)
            }
        }
    }
}

impl std::error::Error for UptimeError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(number: f64) -> Share {
        Share::new(number).unwrap()
    }

    fn tier(below: f64, credit: f64) -> UptimeTier {
        UptimeTier { below: share(below), credit: share(credit) }
    }

    #[test]
    fn a_ladder_of_downtimes_through_the_tiers() {
        let tiers = vec![tier(0.9999, 0.1), tier(0.99, 0.3), tier(0.95, 1.0)];
        let tiers = UptimeTiers::new(Hours(720.0), tiers).unwrap();
        for (minutes, uptime, credit, because) in [
            (4.0, 0.999_907_407_407, 0.0, "99.99% is kept"),
            (4.32, 0.9999, 0.0, "keeping a tier to the second costs nothing"),
            (5.0, 0.999_884_259_259, 0.1, "it is missed"),
            (432.0, 0.99, 0.1, "the second is just kept"),
            (600.0, 0.986_111_111_111, 0.3, "the second is missed: tiers do not add up"),
            (2400.0, 0.944_444_444_444, 1.0, "below all of them"),
            (50_000.0, 0.0, 1.0, "a month cannot be down for longer than it is"),
        ] {
            let down = Hours(minutes / 60.0);
            assert!((tiers.uptime(down).get() - uptime).abs() < 1e-11, "{minutes}: {because}");
            assert_eq!(tiers.credit(down), share(credit), "{minutes}: {because}");
        }
    }

    #[test]
    fn refuses_tiers_that_do_not_fall() {
        let month = Hours(720.0);
        assert_eq!(UptimeTiers::new(month, vec![]), Err(UptimeError::Empty));
        assert!(UptimeTiers::new(Hours::ZERO, vec![tier(0.99, 0.1)]).is_err());
        for second in [tier(0.99, 0.3), tier(0.995, 0.3), tier(0.98, 0.1)] {
            let refused = UptimeTiers::new(month, vec![tier(0.99, 0.1), second]);
            assert_eq!(refused, Err(UptimeError::OutOfOrder { tier: 1 }));
        }
    }
}
