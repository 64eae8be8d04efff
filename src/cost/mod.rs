//! Cost: what the programme itself costs, and how much of it one event bears.
//!
//! Every cost is a function of the state of the policy year: premium of the
//! claims paid so far, interest of the line drawn so far. So an event's cost is
//! what it changes, beside its part of what a year without any loss costs.
//!
//! Liquidity stands here as well, for its price: a credit line and a reserve
//! fund pay for a loss earlier, they never make it smaller.

mod allocation;
mod bonus;
mod carry;
mod credit_line;
mod liquidity;
mod premium;
mod reserve;
mod swing;

use std::ops::{Index, IndexMut};

pub use allocation::{ALLOCATION, Allocation, ExpectedEvents, InvalidAllocation};
pub use bonus::{NO_CLAIMS_BONUS, NoClaimsBonus, PROFIT_COMMISSION, ProfitCommission};
pub use carry::{CARRY, Carry};
pub use credit_line::{CREDIT_LINE, CreditLine, InvalidCreditLine};
pub use liquidity::{CASH_VIEW, Cash, Liquidity, Need};
pub use premium::{INSTALMENTS, Instalment, Instalments, InvalidInstalments, PREMIUM, Premium};
pub use reserve::{InvalidReserve, RESERVE, Reserve};
pub use swing::{InvalidSwing, SWING, Swing};

use crate::quantity::Money;

/// What a cost is paid for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Premium, as agreed or as deposited.
    Premium,
    /// What the losses of the year add to the premium, or take from it.
    Swing,
    /// Premium for limit that is restored after a loss.
    Reinstatement,
    /// What it costs the group to run its captive.
    CaptiveExpenses,
    /// Fee of the insurer that fronts for a captive.
    FrontingFee,
    /// Tax on premium.
    Tax,
    /// Fees beside the premium.
    Fee,
    /// Premium given back for a year without claims; below zero.
    NoClaimsBonus,
    /// Part of the insurer's profit that is given back; below zero.
    ProfitCommission,
    /// What it costs to hold collateral.
    Collateral,
    /// Renewing a hedge before its end.
    Roll,
    /// Fees for a commitment.
    Commitment,
    /// Fee for opening a credit line.
    FrontEndFee,
    /// Fee for the part of a credit line that is not drawn.
    StandbyFee,
    /// Interest on the part that is drawn.
    Interest,
    /// What the money of a reserve fund would have earned elsewhere.
    OpportunityCost,
    /// Having a measure ready, all year.
    Upkeep,
    /// Warnings that nothing follows.
    FalseAlarms,
}

impl Kind {
    /// How many kinds there are.
    pub const COUNT: usize = 18;

    /// Every kind, under the name that it has in output.
    pub const ALL: [(&'static str, Self); Self::COUNT] = [
        ("premium", Self::Premium),
        ("swing", Self::Swing),
        ("reinstatement", Self::Reinstatement),
        ("captive_expenses", Self::CaptiveExpenses),
        ("fronting_fee", Self::FrontingFee),
        ("tax", Self::Tax),
        ("fee", Self::Fee),
        ("no_claims_bonus", Self::NoClaimsBonus),
        ("profit_commission", Self::ProfitCommission),
        ("collateral", Self::Collateral),
        ("roll", Self::Roll),
        ("commitment", Self::Commitment),
        ("front_end_fee", Self::FrontEndFee),
        ("standby_fee", Self::StandbyFee),
        ("interest", Self::Interest),
        ("opportunity_cost", Self::OpportunityCost),
        ("upkeep", Self::Upkeep),
        ("false_alarms", Self::FalseAlarms),
    ];

    /// Returns the kind's name in output.
    #[must_use]
    pub fn key(self) -> &'static str {
        Self::ALL[self as usize].0
    }
}

/// Costs by kind; what is given back stands below zero.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Costs([Money; Kind::COUNT]);

impl Costs {
    /// Returns the sum over all kinds.
    #[must_use]
    pub fn total(&self) -> Money {
        self.0.iter().copied().sum()
    }

    /// Returns each kind with its amount.
    pub fn iter(&self) -> impl Iterator<Item = (Kind, Money)> + '_ {
        Kind::ALL.iter().map(|(_, kind)| (*kind, self[*kind]))
    }

    /// Returns the costs with each amount passed through `change`.
    #[must_use]
    fn map(self, change: impl Fn(Kind, Money) -> Money) -> Self {
        let mut changed = Self::default();
        for (kind, amount) in self.iter() {
            changed[kind] = change(kind, amount);
        }
        changed
    }

    /// Adds other costs, kind by kind.
    #[must_use]
    pub fn plus(self, other: &Self) -> Self {
        self.map(|kind, amount| amount + other[kind])
    }

    /// Takes other costs away, kind by kind.
    #[must_use]
    pub fn minus(self, other: &Self) -> Self {
        self.map(|kind, amount| amount - other[kind])
    }
}

impl Index<Kind> for Costs {
    type Output = Money;
    fn index(&self, kind: Kind) -> &Money {
        &self.0[kind as usize]
    }
}

impl IndexMut<Kind> for Costs {
    fn index_mut(&mut self, kind: Kind) -> &mut Money {
        &mut self.0[kind as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_stand_in_the_order_of_their_list() {
        for (place, (key, kind)) in Kind::ALL.into_iter().enumerate() {
            assert_eq!((kind as usize, kind.key()), (place, key));
        }
    }
}
