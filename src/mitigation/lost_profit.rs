//! Lost profit: lost revenue less what is made up later and what stops costing.

use super::Recapture;
use crate::loss::LostRevenue;
use crate::quantity::{Hours, Money, Share};

/// Profit that one line loses in one outage, over any interval of it.
///
/// # Formula
///
/// With `v` the rate of costs that stop with the sales:
///
/// ```text
/// recaptured    = factor(D) · lost revenue
/// saved         = v · (lost revenue - recaptured)
/// between(a, b) = (1 - factor(D)) · (1 - v) · lost revenue between(a, b)
/// ```
///
/// Sales made up later shrink each lost hour by the same factor (pro rata), so
/// the hours that a waiting period removes are measured net of them.
#[derive(Clone, Debug)]
pub struct LostProfit<'a> {
    lost_revenue: LostRevenue<'a>,
    recaptured: Share,
    saved_cost_rate: Share,
}

impl<'a> LostProfit<'a> {
    /// Applies a line's recapture and saved costs to what it lost.
    #[must_use]
    pub fn new(
        lost_revenue: LostRevenue<'a>,
        recapture: Recapture,
        saved_cost_rate: Share,
        duration: Hours,
    ) -> Self {
        Self { lost_revenue, recaptured: recapture.after(duration), saved_cost_rate }
    }

    /// Returns the lost revenue that the profit is part of.
    #[must_use]
    pub fn lost_revenue(&self) -> &LostRevenue<'a> {
        &self.lost_revenue
    }

    /// Returns the share of lost revenue that is made up later.
    #[must_use]
    pub fn recaptured_share(&self) -> Share {
        self.recaptured
    }

    /// Returns the revenue made up later.
    #[must_use]
    pub fn recaptured(&self) -> Money {
        self.lost_revenue.total() * self.recaptured
    }

    /// Returns the costs that stop with the sales that stay lost.
    #[must_use]
    pub fn saved(&self) -> Money {
        (self.lost_revenue.total() - self.recaptured()) * self.saved_cost_rate
    }

    /// Returns the sales lost in `[from, to)` and not made up later, before any cost
    /// is saved.
    #[must_use]
    pub fn lost_sales_between(&self, from: Hours, to: Hours) -> Money {
        self.lost_revenue.between(from, to) * self.recaptured.rest()
    }

    /// Returns the profit lost in `[from, to)`, hours after the outage's start.
    #[must_use]
    pub fn between(&self, from: Hours, to: Hours) -> Money {
        self.lost_revenue.between(from, to) * self.recaptured.rest() * self.saved_cost_rate.rest()
    }

    /// Returns all the profit lost.
    #[must_use]
    pub fn total(&self) -> Money {
        self.lost_revenue.total() - self.recaptured() - self.saved()
    }
}
