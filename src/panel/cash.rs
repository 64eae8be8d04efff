//! Cash view: with what money a loss is met, and what is missing.

use crate::cost::Liquidity;
use crate::outage::Outage;
use crate::quantity::{Money, Share};
use crate::scenario::Scenario;
use crate::waterfall::Waterfall;

/// What one outage asks of our money.
#[derive(Clone, Debug, PartialEq)]
pub struct CashView {
    /// What is needed, and from where it comes.
    pub met: Liquidity,
    /// What each reserve fund holds afterwards.
    pub left_in_reserves: Vec<Money>,
    /// What is missing where every line that can be blocked is; none where no line can.
    pub gap_if_blocked: Option<Money>,
    /// Premium that falls due on the day of the outage or later.
    pub instalments_due: Money,
}

/// Returns the cash view of an outage; nothing where the scenario states no cash.
#[must_use]
pub fn cash(scenario: &Scenario, outage: &Outage, waterfall: &Waterfall<'_>) -> Option<CashView> {
    let met = waterfall.liquidity.clone()?;
    let whole_year = waterfall.year.needed;
    let funds = || scenario.reserves.iter().map(|fund| &fund.terms);
    let sure =
        || scenario.credit_lines.iter().map(|line| &line.terms).filter(|line| line.blocked == Share::NONE);
    let at_hand = scenario.cash?.at_hand;
    let all_met = Liquidity::meet(whole_year, at_hand, funds(), sure());
    let left_in_reserves =
        funds().zip(&all_met.from_reserves).map(|(fund, used)| fund.balance() - *used).collect();
    let gap_if_blocked = (sure().count() < scenario.credit_lines.len()).then_some(all_met.gap_left);
    let day = outage.start_local.date();
    let covers = scenario.covers.iter().map(|cover| &cover.terms.premium);
    let prices = covers.chain(scenario.parametrics.iter().map(|hedge| &hedge.terms.premium));
    let due = prices.filter_map(|premium| Some(premium.instalments.as_ref()?.due_from(day)));
    Some(CashView { met, left_in_reserves, gap_if_blocked, instalments_due: due.sum() })
}
