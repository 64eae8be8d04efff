//! Prices and panels as JSON, and the names of what has a price.

use std::collections::BTreeMap;

use serde::Serialize;

use super::json::Amounts;
use crate::cost::{Costs, Premium};
use crate::measure::Measure;
use crate::panel;
use crate::projection::Subject;
use crate::quantity::Money;
use crate::scenario::{Label, Named, Scenario};
use crate::waterfall::{Priced, Waterfall};

/// Returns the name of a part that has a price.
pub(super) fn id(scenario: &Scenario, of: Priced) -> &str {
    match of {
        Priced::Cover(place) => &scenario.covers[place].id,
        Priced::Parametric(place) => &scenario.parametrics[place].id,
        Priced::Hedge(place) => &scenario.hedges[place].id,
        Priced::Annual(place) => &scenario.annuals[place].id,
        Priced::Reserve(place) => &scenario.reserves[place].id,
        Priced::CreditLine(place) => &scenario.credit_lines[place].id,
        Priced::Measure(place) => &measure(scenario, place).id,
    }
}

fn measure(scenario: &Scenario, place: usize) -> &Named<Measure> {
    &scenario.plan.as_ref().expect("a measure stands in a plan").measures[place]
}

/// Returns the label of a part that has a price.
pub(super) fn label(scenario: &Scenario, of: Priced) -> &Label {
    match of {
        Priced::Cover(place) => &scenario.covers[place].label,
        Priced::Parametric(place) => &scenario.parametrics[place].label,
        Priced::Hedge(place) => &scenario.hedges[place].label,
        Priced::Annual(place) => &scenario.annuals[place].label,
        Priced::Reserve(place) => &scenario.reserves[place].label,
        Priced::CreditLine(place) => &scenario.credit_lines[place].label,
        Priced::Measure(place) => &measure(scenario, place).label,
    }
}

/// Returns the clause of a part that has a price, where the scenario states one.
pub(super) fn clause(scenario: &Scenario, of: Priced) -> Option<&str> {
    match of {
        Priced::Cover(place) => scenario.covers[place].clause.as_deref(),
        Priced::Parametric(place) => scenario.parametrics[place].clause.as_deref(),
        Priced::Hedge(place) => scenario.hedges[place].clause.as_deref(),
        Priced::Annual(place) => scenario.annuals[place].clause.as_deref(),
        Priced::Reserve(place) => scenario.reserves[place].clause.as_deref(),
        Priced::CreditLine(place) => scenario.credit_lines[place].clause.as_deref(),
        Priced::Measure(place) => measure(scenario, place).clause.as_deref(),
    }
}

pub(super) fn is_cover(subject: Subject) -> bool {
    matches!(
        subject,
        Subject::Cover(_)
            | Subject::Parametric(_)
            | Subject::Hedge(_)
            | Subject::Annual(_)
            | Subject::Price(
                Priced::Cover(_) | Priced::Parametric(_) | Priced::Hedge(_) | Priced::Annual(_)
            )
    )
}

pub(super) fn is_credit_line(subject: Subject) -> bool {
    matches!(subject, Subject::Price(Priced::CreditLine(_)))
}

/// A premium as agreed, with what follows from it.
#[derive(Serialize)]
pub(super) struct Price {
    gross: f64,
    cash_cost: f64,
    brokerage: f64,
    net_to_insurer: f64,
    limit: Option<f64>,
    rate_on_line: Option<f64>,
    payback_years: Option<f64>,
    instalments: Vec<Instalment>,
}

#[derive(Serialize)]
struct Instalment {
    due: String,
    amount: f64,
}

/// Every premium that is paid, under the name of its cover.
pub(super) fn premiums(scenario: &Scenario) -> BTreeMap<&str, Price> {
    let covers = scenario.covers.iter();
    let covers = covers.map(|part| (part.id.as_str(), price(&part.terms.premium, part.terms.limit())));
    let hedges = scenario.parametrics.iter();
    let hedges =
        hedges.map(|part| (part.id.as_str(), price(&part.terms.premium, part.terms.parametric.limit)));
    let positions = scenario.hedges.iter();
    let positions = positions
        .map(|part| (part.id.as_str(), price(&part.terms.premium, part.terms.hedge.contract.paid_once())));
    covers.chain(hedges).chain(positions).filter(|(_, price)| price.gross != 0.0).collect()
}

fn price(premium: &Premium, limit: Option<Money>) -> Price {
    let parts = premium.instalments.iter().flat_map(|parts| parts.parts());
    Price {
        gross: premium.gross.0,
        cash_cost: premium.cash_cost().0,
        brokerage: premium.brokerage().0,
        net_to_insurer: premium.net_to_insurer().0,
        limit: limit.map(|limit| limit.0),
        rate_on_line: limit.and_then(|limit| premium.rate_on_line(limit)),
        payback_years: limit.and_then(|limit| premium.payback(limit)),
        instalments: parts
            .map(|part| Instalment { due: part.due.to_string(), amount: part.amount.0 })
            .collect(),
    }
}

/// What each part of the programme costs, by kind: the kinds that it can have.
pub(super) fn costs(scenario: &Scenario, row: &Waterfall<'_>) -> BTreeMap<String, Amounts> {
    let charges = row.charges.iter().map(|charge| {
        let mut amounts = by_kind(&charge.costs, &charge.quiet);
        amounts.insert("total".to_owned(), charge.costs.total().0.into());
        if let Some(deficit) = carried_forward(scenario, row, charge.of) {
            amounts.insert("deficit_carried_forward".to_owned(), deficit.0.into());
        }
        (id(scenario, charge.of).to_owned(), amounts)
    });
    charges.collect()
}

/// The deficit that a profit commission takes into the next year: no cost of this one.
fn carried_forward(scenario: &Scenario, row: &Waterfall<'_>, of: Priced) -> Option<Money> {
    let (premium, claims) = match of {
        Priced::Cover(place) => (&scenario.covers[place].terms.premium, row.year.claims(place)),
        Priced::Parametric(place) => (&scenario.parametrics[place].terms.premium, row.year.payout(place)),
        Priced::Hedge(place) => (&scenario.hedges[place].terms.premium, row.year.settled(place)),
        Priced::Annual(place) => {
            let terms = scenario.annuals.iter().map(|annual| &annual.terms.annual);
            let (_, paid) = crate::annual::paid(terms, &row.year)[place];
            let claims = crate::annual::Claims { paid, reinstatement: Money::ZERO };
            (&scenario.annuals[place].terms.premium, claims)
        }
        Priced::Reserve(_) | Priced::CreditLine(_) | Priced::Measure(_) => return None,
    };
    let commission = premium.profit_commission?;
    Some(commission.carried_forward(premium.of_year(claims.paid), claims.paid))
}

fn by_kind(costs: &Costs, quiet: &Costs) -> Amounts {
    let said = costs.iter().filter(|(kind, amount)| *amount != Money::ZERO || quiet[*kind] != Money::ZERO);
    said.map(|(kind, amount)| (kind.key().to_owned(), amount.0.into())).collect()
}

/// The views beside the net loss of one outage.
#[derive(Serialize)]
pub(super) struct Panels {
    cash: Option<Cash>,
    equity: BTreeMap<String, Equity>,
    currency: BTreeMap<String, Currency>,
}

#[derive(Serialize)]
struct Cash {
    need: f64,
    from_reserves: Amounts,
    left_in_reserves: Amounts,
    from_cash: f64,
    gap: f64,
    drawn: Amounts,
    gap_left: f64,
    gap_if_blocked: Option<f64>,
    instalments_due: f64,
}

#[derive(Serialize)]
struct Equity {
    market_value_lost: f64,
    payoff: f64,
    capital_raised: f64,
    cost: f64,
    triggered: bool,
}

#[derive(Serialize)]
struct Currency {
    currency: String,
    forward: f64,
    forward_points: f64,
    hedged: f64,
    unhedged: f64,
    gain: f64,
}

pub(super) fn panels(scenario: &Scenario, row: &Waterfall<'_>) -> Panels {
    let funds = |amounts: &[Money]| -> Amounts {
        let pairs = scenario.reserves.iter().zip(amounts);
        pairs.map(|(fund, amount)| (fund.id.clone(), amount.0.into())).collect()
    };
    let cash = panel::cash(scenario, &scenario.outage, row).map(|view| Cash {
        need: view.met.need.0,
        from_reserves: funds(&view.met.from_reserves),
        left_in_reserves: funds(&view.left_in_reserves),
        from_cash: view.met.from_cash.0,
        gap: view.met.gap.0,
        drawn: scenario
            .credit_lines
            .iter()
            .zip(&view.met.drawn)
            .map(|(line, drawn)| (line.id.clone(), drawn.0.into()))
            .collect(),
        gap_left: view.met.gap_left.0,
        gap_if_blocked: view.gap_if_blocked.map(|gap| gap.0),
        instalments_due: view.instalments_due.0,
    });
    let equity =
        panel::equity(scenario, row).into_iter().zip(&scenario.equity_puts).map(|(view, hedge)| {
            let view = Equity {
                market_value_lost: view.market_value_lost.0,
                payoff: view.payoff.0,
                capital_raised: view.capital_raised.0,
                cost: view.costs.total().0,
                triggered: view.triggered,
            };
            (hedge.id.clone(), view)
        });
    let currency =
        panel::currency(scenario).into_iter().zip(&scenario.currency_hedges).map(|(view, hedge)| {
            let view = Currency {
                currency: hedge.terms.currency.clone(),
                forward: view.forward,
                forward_points: view.points,
                hedged: view.hedged,
                unhedged: view.unhedged,
                gain: view.gain,
            };
            (hedge.id.clone(), view)
        });
    Panels { cash, equity: equity.collect(), currency: currency.collect() }
}
