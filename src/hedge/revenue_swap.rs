//! Revenue swap: a fixed revenue against an agreed index of revenue.

use crate::quantity::{Money, Share};
use crate::term::term;

term! {
    pub const REVENUE_SWAP: Term = {
        key: "revenue_swap",
        korean: "매출 스왑",
        english: "Revenue swap",
        file_key: "hedge.kind",
        unit: "money",
        formula: "payoff = q · (fixed - proxy)",
        order: "Beside the other hedges, on the revenue of its period alone",
        source: "Our own reading; no public contract text was found",
    };
}

/// A share of revenue, exchanged for a fixed amount over a period.
///
/// # Formula
///
/// ```text
/// payoff = q · (fixed - proxy)
/// ```
///
/// Above the fixed amount the swap costs: it gives the upside away. The proxy is
/// an index, so it may part from one's own revenue.
///
/// # Source
///
/// Our own reading of a swap on revenue; no public contract text was found.
///
/// # Example
///
/// ```
/// use netloss::hedge::RevenueSwap;
/// use netloss::quantity::{Money, Share};
/// let swap = RevenueSwap { notional: Share::new(0.3).unwrap(), fixed: Money(1360.8) };
/// assert!((swap.payoff(Money(480.8)).0 - 264.0).abs() < 1e-9);
/// assert!((swap.payoff(Money(1500.0)).0 + 41.76).abs() < 1e-9);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RevenueSwap {
    /// Share of revenue that is exchanged.
    pub notional: Share,
    /// The fixed revenue of the period.
    pub fixed: Money,
}

impl RevenueSwap {
    /// Returns what is paid for a proxy revenue; below zero it is a cost.
    #[must_use]
    pub fn payoff(&self, proxy: Money) -> Money {
        (self.fixed - proxy) * self.notional
    }
}
