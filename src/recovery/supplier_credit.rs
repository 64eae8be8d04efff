//! Supplier credit: what a provider gives back of its fee for a bad month.

use crate::outage::UptimeTiers;
use crate::quantity::{Hours, Money, Share};
use crate::term::term;

term! {
    /// The credit has to be claimed: one that nobody claims is worth nothing.
    /// Where it is the sole remedy, the provider owes no damages beside it.
    pub const SUPPLIER_CREDIT: Term = {
        key: "supplier_credit",
        korean: "서비스 크레딧 수취",
        english: "Service credit received",
        file_key: "supplier.credit",
        unit: "money",
        formula: "uptime = 1 - downtime / month\ncredit = min(cap, largest credit of the tiers whose uptime is not kept) · monthly fee\nworth  = credit, or credit · chance of staying where it is set against later bills",
        order: "before the covers where it inures to the insured loss, and with the third-party recoveries where it is separate",
        source: "Amazon Web Services, Compute SLA; Google, Cloud Storage SLA, 2019",
    };
}

/// A provider's credit for a month whose uptime was not kept.
///
/// # Formula
///
/// ```text
/// F(down) = fee · min(cap, credit of the lowest tier that so much downtime misses)
/// owed    = F(downtime of the month with the outage) - F(without it)
/// worth   = 0               where it is not claimed
///           owed            paid in money
///           owed · stays    set against later bills
/// ```
///
/// # Source
///
/// Amazon Web Services, Compute Service Level Agreement; Google, Cloud Storage
/// Service Level Agreement, 2019: tiers of monthly uptime, a credit against later
/// bills, to be asked for, as sole remedy.
#[derive(Clone, Debug, PartialEq)]
pub struct ServiceCredit {
    /// What the provider is paid a month.
    pub monthly_fee: Money,
    /// Tiers of uptime.
    pub tiers: UptimeTiers,
    /// Downtime of the month before the outages that the scenario states.
    pub down_before: Hours,
    /// Most of a month's fee that is given back.
    pub cap: Share,
    /// Whether it is asked for.
    pub claimed: bool,
    /// How it is given.
    pub paid_as: PaidAs,
    /// Whose loss it reduces.
    pub inures: Inures,
}

/// How a credit is given.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PaidAs {
    /// In money.
    Money,
    /// Against later bills: it counts as far as we stay to be billed.
    LaterBills {
        /// Chance that we stay.
        stays: Share,
    },
}

/// Whose loss a credit reduces: policies differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inures {
    /// The loss that the covers measure: the insurer pays less.
    InsuredLoss,
    /// Ours alone: the covers measure the loss without it.
    Separate,
}

impl Inures {
    /// Each word of a scenario file, with what it means.
    pub const ALL: [(&'static str, Self); 2] =
        [("insured_loss", Self::InsuredLoss), ("separate", Self::Separate)];
}

impl ServiceCredit {
    /// Returns the part of the month in which the service ran, where earlier
    /// outages of the same month took so much of it.
    #[must_use]
    pub fn uptime(&self, outage: Hours, earlier: Hours) -> Share {
        self.tiers.uptime(self.down_before + earlier + outage)
    }

    /// Returns what the contract owes for an outage, once it is claimed: what the
    /// month owes with it, less what it owed before.
    #[must_use]
    pub fn owed(&self, outage: Hours, earlier: Hours) -> Money {
        let before = self.down_before + earlier;
        self.of_month(before + outage) - self.of_month(before)
    }

    fn of_month(&self, downtime: Hours) -> Money {
        let credit = self.tiers.credit(downtime);
        self.monthly_fee * if credit > self.cap { self.cap } else { credit }
    }

    /// Returns what the credit is worth to us.
    #[must_use]
    pub fn worth(&self, outage: Hours, earlier: Hours) -> Money {
        match self.paid_as {
            _ if !self.claimed => Money::ZERO,
            PaidAs::Money => self.owed(outage, earlier),
            PaidAs::LaterBills { stays } => self.owed(outage, earlier) * stays,
        }
    }

    /// Returns the outages that just keep each tier; longer ones miss it.
    pub fn turns(&self, earlier: Hours) -> impl Iterator<Item = Hours> + '_ {
        self.tiers.downtimes().map(move |downtime| downtime - self.down_before - earlier)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outage::UptimeTier;

    fn share(number: f64) -> Share {
        Share::new(number).unwrap()
    }

    fn credit() -> ServiceCredit {
        let tier = |below, credit| UptimeTier { below: share(below), credit: share(credit) };
        let tiers = vec![tier(0.9999, 0.1), tier(0.99, 0.3), tier(0.95, 1.0)];
        ServiceCredit {
            monthly_fee: Money(120.0),
            tiers: UptimeTiers::new(Hours(720.0), tiers).unwrap(),
            down_before: Hours::ZERO,
            cap: Share::ALL,
            claimed: true,
            paid_as: PaidAs::Money,
            inures: Inures::Separate,
        }
    }

    #[test]
    fn one_month_under_the_words_of_several_contracts() {
        let whole = credit();
        let capped = ServiceCredit { cap: share(0.5), ..credit() };
        let bills = ServiceCredit { paid_as: PaidAs::LaterBills { stays: share(0.9) }, ..credit() };
        let unclaimed = ServiceCredit { claimed: false, ..credit() };
        let down_before = ServiceCredit { down_before: Hours(7.0), ..credit() };
        let missed_before = ServiceCredit { down_before: Hours(8.0), ..credit() };
        for (credit, minutes, worth, because) in [
            (&whole, 600.0, 36.0, "98.6% misses 99%: 30% of 120"),
            (&whole, 2400.0, 120.0, "94.4% misses 95%: all of it"),
            (&whole, 4.0, 0.0, "99.99% is kept"),
            (&capped, 2400.0, 60.0, "the contract gives back half at most"),
            (&bills, 600.0, 32.4, "worth what we stay to be billed for"),
            (&unclaimed, 600.0, 0.0, "nobody asked"),
            (&down_before, 60.0, 24.0, "with the hours before it misses 99%: 36, and 12 were owed before"),
            (&missed_before, 60.0, 0.0, "99% was missed before"),
            (&down_before, 0.0, 0.0, "without an outage nothing is owed for it"),
        ] {
            let got = credit.worth(Hours(minutes / 60.0), Hours::ZERO).0;
            assert!((got - worth).abs() < 1e-9, "{got} at {minutes} min: {because}");
        }
    }
}
