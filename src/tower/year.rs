//! What a tower carries from one loss of the policy year to the next.

use super::{Layer, LayerLoss};
use crate::quantity::Money;

/// A tower's year so far; empty before its first loss.
///
/// What a layer has left, and what has been reinstated, follows from what it has
/// used: nothing else is kept, so nothing can disagree.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TowerYear {
    /// What of each layer's amount for the year is used, placed or not.
    pub used: Vec<Money>,
    /// What the carriers of each layer have paid.
    pub paid: Vec<Money>,
    /// Premium that has fallen due for reinstatement of each layer.
    pub reinstatement_premium: Vec<Money>,
}

impl TowerYear {
    /// Returns what a layer has used.
    #[must_use]
    pub fn used(&self, layer: usize) -> Money {
        self.used.get(layer).copied().unwrap_or_default()
    }

    /// Returns the premium that has fallen due for reinstatement of all layers.
    #[must_use]
    pub fn reinstatement_premium(&self) -> Money {
        self.reinstatement_premium.iter().copied().sum()
    }

    /// Returns the same year with room for so many layers.
    pub(super) fn of(&self, layers: usize) -> Self {
        let mut year = self.clone();
        for amounts in [&mut year.used, &mut year.paid, &mut year.reinstatement_premium] {
            amounts.resize(layers, Money::ZERO);
        }
        year
    }

    /// Notes what a layer takes of a loss.
    pub(super) fn add(&mut self, place: usize, layer: &Layer, part: &LayerLoss) {
        self.used[place] += layer.uses(part.whole, part.corridor);
        self.paid[place] += part.paid + part.within_group;
        self.reinstatement_premium[place] += part.reinstatement_premium;
    }
}
