//! Annual: what the losses of a policy year leave to one another.
//!
//! The state of a year is an argument and a result. What is settled by the year as
//! a whole (stop loss, basket, premium that follows losses) is a function of that
//! state, and an outage is given the difference that it makes: what the function
//! gives after it, less what it gave before.

mod basket;
mod stop_loss;

pub use basket::BASKET;
pub use stop_loss::{Measure, STOP_LOSS, Span, SpanError};

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
    /// What each cover and its tower have left with the insured.
    pub kept: Vec<Money>,
}

/// A cover of the year as a whole: what it measures, and so much in excess of so
/// much of it.
#[derive(Clone, Debug, PartialEq)]
pub enum Annual {
    /// What several covers, by their places, leave with the insured.
    Basket(Vec<usize>, Span),
    /// All that is still retained, baskets paid.
    StopLoss(Span),
}

impl Annual {
    /// Returns the stretch of the year's amount that it pays.
    #[must_use]
    pub fn span(&self) -> Span {
        match self {
            Self::Basket(_, span) | Self::StopLoss(span) => *span,
        }
    }

    /// Returns the amount of the year that it measures, where baskets have paid
    /// `paid_by_baskets`.
    #[must_use]
    pub fn measured(&self, year: &PolicyYear, paid_by_baskets: Money) -> Money {
        match self {
            Self::Basket(covers, _) => {
                covers.iter().map(|cover| year.kept.get(*cover).copied().unwrap_or_default()).sum()
            }
            Self::StopLoss(_) => (year.retained - paid_by_baskets).positive(),
        }
    }
}

/// What annual covers have paid in a year that came to a state: the amount that
/// each measures, and what it pays of it.
#[must_use]
pub fn paid<'a>(annuals: impl Iterator<Item = &'a Annual>, year: &PolicyYear) -> Vec<(Money, Money)> {
    let annuals: Vec<&Annual> = annuals.collect();
    let baskets = annuals.iter().filter(|annual| matches!(annual, Annual::Basket(..)));
    let by_baskets: Money =
        baskets.map(|basket| basket.span().paid(basket.measured(year, Money::ZERO))).sum();
    let each = annuals.iter().map(|annual| {
        let measured = annual.measured(year, by_baskets);
        (measured, annual.span().paid(measured))
    });
    each.collect()
}

impl PolicyYear {
    /// Returns what a cover has left.
    #[must_use]
    pub fn cover(&self, place: usize) -> CoverYear {
        self.covers.get(place).cloned().unwrap_or_default()
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
