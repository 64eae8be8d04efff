//! Reasons: why a part of the loss stays with us. Every won has one.

use std::ops::{Index, IndexMut};

use crate::quantity::Money;

/// Why a part of the economic loss is borne by the insured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// No cover names this head of loss on this line.
    NotCovered,
    /// The cover does not answer to the outage's cause.
    ExcludedPeril,
    /// The loss fell inside the waiting period, or the period was not met.
    WaitingPeriod,
    /// The loss fell after the indemnity period.
    IndemnityPeriod,
    /// The loss of one head is above its sublimit.
    Sublimit,
    /// The deductible.
    Deductible,
    /// The insured's share of each loss.
    InsuredShare,
    /// The loss is above the limit, or above the top of the tower.
    AboveLimit,
    /// The loss falls between two layers.
    LayerGap,
    /// The part of a layer that no carrier took.
    UnplacedShare,
}

impl Reason {
    /// How many reasons there are.
    pub const COUNT: usize = 10;

    /// Every reason, under the name that it has in output, in order of application.
    pub const ALL: [(&'static str, Self); Self::COUNT] = [
        ("not_covered", Self::NotCovered),
        ("excluded_peril", Self::ExcludedPeril),
        ("waiting_period", Self::WaitingPeriod),
        ("indemnity_period", Self::IndemnityPeriod),
        ("sublimit", Self::Sublimit),
        ("deductible", Self::Deductible),
        ("insured_share", Self::InsuredShare),
        ("above_limit", Self::AboveLimit),
        ("layer_gap", Self::LayerGap),
        ("unplaced_share", Self::UnplacedShare),
    ];

    /// Returns the reason's name in output.
    #[must_use]
    pub fn key(self) -> &'static str {
        Self::ALL[self as usize].0
    }
}

/// Amounts of loss that stay with the insured, by reason.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Retained([Money; Reason::COUNT]);

impl Retained {
    /// Returns all that is retained.
    #[must_use]
    pub fn total(&self) -> Money {
        self.0.iter().copied().sum()
    }

    /// Returns each reason with its amount, in order of application.
    pub fn iter(&self) -> impl Iterator<Item = (Reason, Money)> + '_ {
        Reason::ALL.iter().map(|(_, reason)| (*reason, self[*reason]))
    }

    /// Adds what another part of the programme retains.
    pub fn add(&mut self, other: &Self) {
        for (mine, theirs) in self.0.iter_mut().zip(other.0) {
            *mine += theirs;
        }
    }
}

impl Index<Reason> for Retained {
    type Output = Money;
    fn index(&self, reason: Reason) -> &Money {
        &self.0[reason as usize]
    }
}

impl IndexMut<Reason> for Retained {
    fn index_mut(&mut self, reason: Reason) -> &mut Money {
        &mut self.0[reason as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_stand_in_the_order_of_their_list() {
        for (place, (key, reason)) in Reason::ALL.into_iter().enumerate() {
            assert_eq!((reason as usize, reason.key()), (place, key));
        }
    }
}
