//! Annual: what the losses of a policy year leave to one another.
//!
//! The state of a year is an argument and a result. What is settled by the year as
//! a whole (stop loss, basket, premium that follows losses) is a function of that
//! state, and an outage is given the difference that it makes: what the function
//! gives after it, less what it gave before.

use crate::cover::CoverYear;
use crate::quantity::Money;
use crate::tower::TowerYear;

/// What the carriers of a cover have paid in a policy year, as its premium needs it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Claims {
    /// All that they paid.
    pub paid: Money,
    /// Premium for the limit that was restored.
    pub reinstatement: Money,
}

/// What the losses of a policy year asked of our own money.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Needed {
    /// What had to be met in cash.
    pub cash: Money,
    /// What was retained, of which a reserve fund may be used.
    pub retained: Money,
}

/// A policy year so far; empty before its first outage.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PolicyYear {
    /// How many outages it has seen.
    pub outages: usize,
    /// What each cover has left, in the scenario's order.
    pub covers: Vec<CoverYear>,
    /// What each cover's tower has left.
    pub towers: Vec<TowerYear>,
    /// What all recoveries have left with the insured, annual covers aside.
    pub retained: Money,
    /// What each cover's carriers have paid.
    pub claims: Vec<Claims>,
    /// What each parametric cover has paid.
    pub payouts: Vec<Money>,
    /// What each hedge has paid us.
    pub hedges: Vec<Money>,
    /// What was asked of our own money.
    pub needed: Needed,
}

impl PolicyYear {
    /// Returns what a cover has left.
    #[must_use]
    pub fn cover(&self, place: usize) -> CoverYear {
        self.covers.get(place).copied().unwrap_or_default()
    }

    /// Returns what a cover's carriers have paid.
    #[must_use]
    pub fn claims(&self, place: usize) -> Claims {
        self.claims.get(place).copied().unwrap_or_default()
    }

    /// Returns what a parametric cover has paid, in the form that a premium needs.
    #[must_use]
    pub fn payout(&self, place: usize) -> Claims {
        let paid = self.payouts.get(place).copied().unwrap_or_default();
        Claims { paid, reinstatement: Money::ZERO }
    }

    /// Returns what a cover's tower has left.
    #[must_use]
    pub fn tower(&self, place: usize) -> TowerYear {
        self.towers.get(place).cloned().unwrap_or_default()
    }

    /// Returns what a hedge has paid us, in the form that a premium needs.
    #[must_use]
    pub fn settled(&self, place: usize) -> Claims {
        let paid = self.hedges.get(place).copied().unwrap_or_default();
        Claims { paid, reinstatement: Money::ZERO }
    }
}
