//! Costs and panels as tables, under those of the net loss.

use super::prices::label;
use super::report::Page;
use super::table::{Column, draw};
use super::words::{self, Word};
use crate::cost::Kind;
use crate::panel;
use crate::quantity::Money;
use crate::waterfall::Waterfall;

impl Page<'_> {
    /// A column of one amount for each duration.
    fn column(&self, heading: &str, amount: impl Fn(&Waterfall<'_>) -> Money) -> Column {
        let rows = self.projection.rows.iter();
        Column::numbers(heading, rows.map(|row| self.show(amount(row))))
    }
}

/// What the programme costs by duration; nothing where all of it is plain premium.
pub(super) fn costs(page: &Page<'_>) -> String {
    let rows = &page.projection.rows;
    let charges = || rows.iter().flat_map(|row| &row.charges);
    let beside =
        |kind: Kind| kind != Kind::Premium && charges().any(|charge| charge.costs[kind] != Money::ZERO);
    if !Kind::ALL.iter().any(|(_, kind)| beside(*kind)) {
        return String::new();
    }
    let first = rows.first().map(|row| row.charges.as_slice()).unwrap_or_default();
    let mut columns = Vec::new();
    for (place, charge) in first.iter().enumerate() {
        for (_, kind) in Kind::ALL {
            let name = page.label(label(page.scenario, charge.of));
            let heading = format!("{name} {}", words::cost(kind, page.language));
            columns.push(page.column(&heading, |row| row.charges[place].costs[kind]));
        }
    }
    page.titled(Word::ProgrammeCosts, draw(&page.durations(), &columns, page.width))
}

/// With what money the loss is met.
pub(super) fn cash(page: &Page<'_>) -> String {
    let views: Option<Vec<_>> = page
        .projection
        .rows
        .iter()
        .map(|row| panel::cash(page.scenario, &page.scenario.outage, row))
        .collect();
    let Some(views) = views else { return String::new() };
    let column = |word: Word, amount: &dyn Fn(&panel::CashView) -> Money| {
        Column::numbers(page.say(word), views.iter().map(|view| page.show(amount(view))))
    };
    let sum = |amounts: &[Money]| amounts.iter().copied().sum::<Money>();
    let mut columns = vec![
        column(Word::Need, &|view| view.met.need),
        column(Word::FromReserves, &|view| sum(&view.met.from_reserves)),
        column(Word::FromCash, &|view| view.met.from_cash),
        column(Word::Gap, &|view| view.met.gap).kept(),
        column(Word::Drawn, &|view| sum(&view.met.drawn)),
        column(Word::GapLeft, &|view| view.met.gap_left).kept(),
    ];
    if views.iter().all(|view| view.gap_if_blocked.is_some()) {
        columns.push(column(Word::GapIfBlocked, &|view| view.gap_if_blocked.unwrap_or_default()).kept());
    }
    columns.push(column(Word::InstalmentsDue, &|view| view.instalments_due));
    page.titled(Word::CashView, draw(&page.durations(), &columns, page.width))
}

/// What puts on our own shares pay.
pub(super) fn equity(page: &Page<'_>) -> String {
    let puts = &page.scenario.equity_puts;
    if puts.is_empty() {
        return String::new();
    }
    let mut columns = Vec::new();
    for (place, put) in puts.iter().enumerate() {
        let view = |row: &Waterfall<'_>| panel::equity(page.scenario, row)[place];
        let heading = |word: Word| format!("{} {}", page.label(&put.label), page.say(word));
        columns.push(page.column(&heading(Word::MarketValueLost), |row| view(row).market_value_lost));
        columns.push(page.column(&heading(Word::Payoff), |row| view(row).payoff).kept());
        columns.push(page.column(&heading(Word::CapitalRaised), |row| view(row).capital_raised));
        columns.push(page.column(&heading(Word::Cost), |row| view(row).costs.total()));
    }
    page.titled(Word::EquityView, draw(&page.durations(), &columns, page.width))
}

/// What forwards make of foreign money.
pub(super) fn currency(page: &Page<'_>) -> String {
    let hedges = &page.scenario.currency_hedges;
    if hedges.is_empty() {
        return String::new();
    }
    let views = panel::currency(page.scenario);
    let name = Column::words(
        page.say(Word::Hedge),
        hedges.iter().map(|hedge| page.label(&hedge.label).to_owned()),
    );
    let amounts =
        hedges.iter().map(|hedge| format!("{} {}", hedge.terms.currency, Money(hedge.terms.amount)));
    let rates = |word: Word, rate: &dyn Fn(&panel::CurrencyView) -> f64| {
        Column::numbers(page.say(word), views.iter().map(|view| format!("{:.2}", rate(view))))
    };
    let money = |word: Word, amount: &dyn Fn(&panel::CurrencyView) -> f64| {
        Column::numbers(page.say(word), views.iter().map(|view| page.show(Money(amount(view)))))
    };
    let columns = [
        Column::numbers(page.say(Word::Amount), amounts),
        rates(Word::Forward, &|view| view.forward),
        rates(Word::ForwardPoints, &|view| view.points),
        money(Word::Hedged, &|view| view.hedged),
        money(Word::Unhedged, &|view| view.unhedged),
        money(Word::Gain, &|view| view.gain),
    ];
    page.titled(Word::CurrencyView, draw(&name, &columns, page.width))
}
