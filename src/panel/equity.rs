//! Market value view: what puts on our own shares pay when the price falls.

use crate::annual::Claims;
use crate::cost::Costs;
use crate::hedge::EquityKind;
use crate::quantity::Money;
use crate::scenario::{EquityHedge, Scenario};
use crate::waterfall::Waterfall;

/// A put on our own shares after one outage.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EquityView {
    /// What the shares under it lost of their market value.
    pub market_value_lost: Money,
    /// What the put pays.
    pub payoff: Money,
    /// Capital that shares issued under it raise, with dilution.
    pub capital_raised: Money,
    /// What the put costs: here, and not in the cost of the programme.
    pub costs: Costs,
    /// Whether the loss of this outage lets it be exercised.
    pub triggered: bool,
    /// Whether what it pays is capital and no income.
    pub is_capital: bool,
}

/// Returns the market value view of each put.
#[must_use]
pub fn equity(scenario: &Scenario, waterfall: &Waterfall<'_>) -> Vec<EquityView> {
    let view = |hedge: &EquityHedge| {
        let EquityHedge { put, price_before, price_after, premium, .. } = hedge;
        let loss = waterfall.economic_loss;
        let year = premium.costs(Claims::default());
        EquityView {
            market_value_lost: Money((*price_before - *price_after).0 * put.shares()),
            payoff: put.payoff(*price_after, loss),
            capital_raised: put.capital_raised(*price_after, loss),
            costs: scenario.premium_counted.of_event(waterfall.year.outages == 1, year, &year, &year),
            triggered: put.triggered(loss),
            is_capital: matches!(put.kind(), EquityKind::Catastrophe { .. }),
        }
    };
    scenario.equity_puts.iter().map(|hedge| view(&hedge.terms)).collect()
}
