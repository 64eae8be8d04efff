//! Recovery: what comes in from others, and what it is worth.
//!
//! A supplier gives credits and answers for its fault; every payer may dispute,
//! fail, or pay late. A recovery is reduced in one order: dispute, default, time.

mod default;
mod dispute;
mod over_recovery;
mod supplier_credit;
mod third_party;
mod time_value;

pub use default::{COUNTERPARTY_DEFAULT, CounterpartyDefault, InvalidYears};
pub use dispute::{DISPUTE, Dispute, InvalidDispute, Outcome};
pub use over_recovery::{OVER_RECOVERY, OverRecovery, Reductions};
pub use supplier_credit::{Inures, PaidAs, SUPPLIER_CREDIT, ServiceCredit};
pub use third_party::{Claim, LIABILITY_CAP, Liability, SUBROGATION, Split, top_down};
pub use time_value::{Instalment, InvalidPayments, Payments, TIME_VALUE};

use crate::outage::Perils;
use crate::quantity::Money;

/// A supplier whose failure can be the outage: what it gives back and answers for.
#[derive(Clone, Debug, PartialEq)]
pub struct Supplier {
    /// Causes of an outage that are its failure.
    pub perils: Perils,
    /// Its service credit.
    pub credit: Option<ServiceCredit>,
    /// What it can be held to beside.
    pub liability: Option<Liability>,
    /// Whether the credit is all that it owes.
    pub sole_remedy: bool,
    /// How good its money is, where that is said for it alone.
    pub quality: Option<Quality>,
}

impl Supplier {
    /// Returns what the supplier can be held to beside its credit.
    #[must_use]
    pub fn liability(&self) -> Option<&Liability> {
        self.liability.as_ref().filter(|_| !(self.sole_remedy && self.credit.is_some()))
    }
}

/// How good a payer's money is: whether it disputes, fails or pays late.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Quality {
    /// What disputes leave.
    pub dispute: Option<Dispute>,
    /// Whether it fails.
    pub default: Option<CounterpartyDefault>,
    /// When it pays.
    pub payments: Option<Payments>,
}

/// What is expected to be lost of a recovery, by cause.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Haircut {
    /// To a dispute.
    pub dispute: Money,
    /// To a payer that fails.
    pub default: Money,
    /// To waiting.
    pub time: Money,
}

impl Haircut {
    /// Returns all of it.
    #[must_use]
    pub fn total(&self) -> Money {
        self.dispute + self.default + self.time
    }

    /// Adds that of another recovery.
    pub fn add(&mut self, other: &Self) {
        self.dispute += other.dispute;
        self.default += other.default;
        self.time += other.time;
    }
}

impl Quality {
    /// Returns what is expected to be lost of a recovery.
    ///
    /// # Formula
    ///
    /// ```text
    /// dispute = haircut of R
    /// default = haircut of R - dispute
    /// time    = haircut of R - dispute - default
    /// ```
    ///
    /// A hedge that costs money is no recovery: nothing is taken from it.
    #[must_use]
    pub fn haircut(&self, recovery: Money) -> Haircut {
        let recovery = recovery.positive();
        let dispute = self.dispute.as_ref().map_or(Money::ZERO, |dispute| dispute.haircut(recovery));
        let undisputed = recovery - dispute;
        let default = self.default.map_or(Money::ZERO, |default| default.haircut(undisputed));
        let paid = undisputed - default;
        let time = self.payments.as_ref().map_or(Money::ZERO, |payments| payments.haircut(paid));
        Haircut { dispute, default, time }
    }
}

/// The recoveries for which one quality is stated.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ProgrammeQuality {
    /// The quality.
    pub quality: Quality,
    /// Whether it holds for the covers.
    pub of_covers: bool,
    /// Whether it holds for the hedges.
    pub of_hedges: bool,
    /// Whether it holds for the suppliers.
    pub of_suppliers: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::Share;

    #[test]
    fn a_recovery_is_disputed_then_fails_then_waits() {
        let share = |number| Share::new(number).unwrap();
        let part = |month, part| Instalment { month, part: share(part) };
        let outcome = Outcome { chance: Share::ALL, paid: share(0.92) };
        let quality = Quality {
            dispute: Some(Dispute::new(vec![outcome]).unwrap()),
            default: Some(CounterpartyDefault::new(share(0.006), 1.0, share(0.5), Share::NONE).unwrap()),
            payments: Some(Payments::new(share(0.06), vec![part(4.0, 0.4), part(14.0, 0.6)]).unwrap()),
        };
        let late = Payments::new(share(0.06), vec![part(36.0, 1.0)]).unwrap();
        let supplier = Quality { payments: Some(late), ..Quality::default() };
        let haircut = quality.haircut(Money(363.264_030_75));
        let all = haircut.total() + supplier.haircut(Money(90.0)).total();
        assert!((haircut.dispute.0 - 29.061_122_46).abs() < 1e-9);
        assert!((all.0 - 60.200_709_017).abs() < 1e-8, "{all}");
        assert_eq!(quality.haircut(Money(-20.0)), Haircut::default());
    }
}
