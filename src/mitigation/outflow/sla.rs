//! Penalties owed to customers under service-level agreements.

use crate::outage::UptimeTiers;
use crate::quantity::{Hours, Money, Share};
use crate::term::term;

term! {
    /// By the hour the same head is an outflow `per_hour` with a `most`.
    pub const SLA_PENALTY: Term = {
        key: "sla_penalty",
        korean: "고객 SLA 배상",
        english: "SLA penalty payable",
        file_key: "outflow.sla",
        unit: "money",
        formula: "uptime = 1 - downtime / month\npenalty = min(credit of the lowest tier missed, cap) * fees",
        order: "outflow, after saved costs",
        source: "service-level agreements of cloud providers, tiers of monthly uptime (AWS Compute SLA)",
    };
}

/// What uptime tiers owe to customers for one outage.
///
/// # Formula
///
/// ```text
/// owed(downtime) = min(credit(downtime), cap) · fees
/// penalty        = owed(used + D) - owed(used)
/// ```
///
/// `used` is downtime of the same month before this outage: what it owes is owed
/// already. An outage that runs into another month is counted in one.
///
/// # Order
///
/// An outflow, after saved costs.
///
/// # Source
///
/// Uptime tiers as cloud providers state them for a month (AWS Compute SLA).
///
/// # Example
///
/// Ten hours down in a month of 30 days leave 98.61 %: a quarter of fees of 1,500.
///
/// ```
/// use netloss::mitigation::SlaPenalty;
/// use netloss::outage::{UptimeTier, UptimeTiers};
/// use netloss::quantity::{Hours, Money, Share};
/// let share = |number| Share::new(number).unwrap();
/// let tier = |below, credit| UptimeTier { below: share(below), credit: share(credit) };
/// let tiers = UptimeTiers::new(Hours(720.0), vec![tier(0.999, 0.1), tier(0.99, 0.25)])?;
/// let penalty = SlaPenalty { tiers, fees: Money(1500.0), cap: share(0.3), used: Hours(0.0) };
/// assert_eq!(penalty.of(Hours(10.0)), Money(375.0));
/// # Ok::<(), netloss::outage::UptimeError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct SlaPenalty {
    /// The tiers of the contract.
    pub tiers: UptimeTiers,
    /// Fees of a month, of the customers affected.
    pub fees: Money,
    /// The most that is owed, as a share of these fees.
    pub cap: Share,
    /// Downtime of the month before this outage.
    pub used: Hours,
}

impl SlaPenalty {
    /// Returns what an outage of `duration` adds to what the month owes.
    #[must_use]
    pub fn of(&self, duration: Hours) -> Money {
        self.owed(self.used + duration) - self.owed(self.used)
    }

    fn owed(&self, downtime: Hours) -> Money {
        let credit = self.tiers.credit(downtime);
        self.fees * if credit > self.cap { self.cap } else { credit }
    }

    /// Returns the durations at which another tier is missed.
    pub fn turns(&self) -> impl Iterator<Item = Hours> + '_ {
        self.tiers.downtimes().map(|allowed| allowed - self.used)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outage::UptimeTier;

    #[test]
    fn a_tier_is_missed_once_its_downtime_is_passed() {
        let share = |number| Share::new(number).unwrap();
        let tier = |below, credit| UptimeTier { below: share(below), credit: share(credit) };
        let tiers = vec![tier(0.999, 0.1), tier(0.99, 0.25), tier(0.95, 1.0)];
        let tiers = UptimeTiers::new(Hours(720.0), tiers).unwrap();
        for (hours, used, owed, because) in [
            (0.72, 0.0, 0.0, "99.9 % is just kept"),
            (0.73, 0.0, 150.0, "and missed"),
            (7.2, 0.0, 150.0, "99 % is just kept"),
            (10.0, 0.0, 375.0, "a quarter"),
            (40.0, 0.0, 450.0, "all of it would be owed, and 30 % is the cap"),
            (3.0, 5.0, 225.0, "five hours have cost 150 already; eight miss 99 %"),
            (800.0, 0.0, 450.0, "a month cannot be down for longer than it is"),
        ] {
            let penalty = SlaPenalty {
                tiers: tiers.clone(),
                fees: Money(1500.0),
                cap: share(0.3),
                used: Hours(used),
            };
            assert!((penalty.of(Hours(hours)).0 - owed).abs() < 1e-9, "{because}");
        }
    }
}
