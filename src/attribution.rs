//! Attribution: who bears what, where payers change what one another pay.

use std::fmt;

use crate::annual::PolicyYear;
use crate::cover::Cover;
use crate::hedge::{Cap, Contract, Level};
use crate::outage::Perils;
use crate::quantity::{Hours, Money};
use crate::scenario::Scenario;
use crate::term::term;
use crate::waterfall::Waterfall;

term! {
    /// By default each is given what it pays in the declared order. The other
    /// way gives each the mean of what it adds, over every order of payers.
    pub const ATTRIBUTION: Term = {
        key: "attribution",
        korean: "귀속",
        english: "Attribution among payers",
        file_key: "",
        unit: "money",
        formula: "sequential  what each pays, asked in the file's order\nshapley     Σ |S|! · (n - |S| - 1)! / n! · (v(S with i) - v(S)) over S without i",
        order: "after the waterfall: it shares out what covers and hedges pay together",
        source: "Shapley, A value for n-person games, 1953",
    };
}

/// Most payers whose orders are counted: 8 of them stand in 40,320 orders.
pub const MOST_PAYERS: usize = 8;

/// Shares a sum out among payers by what each adds, over every order in which
/// they could have come.
///
/// `value` returns what the payers that are present pay together.
///
/// # Formula
///
/// With `n` payers `N`, and `v(S)` what the payers of `S` pay together when the
/// others are not there,
///
/// ```text
/// part of i = Σ over S ⊆ N without i of |S|! · (n - |S| - 1)! / n! · (v(S with i) - v(S))
/// ```
///
/// This is the mean, over all `n!` orders, of what `i` adds to those before it.
/// The parts come to `v(N) - v(nobody)`.
///
/// # Source
///
/// Shapley, A value for n-person games, 1953.
///
/// # Example
///
/// Two covers would each pay the whole loss of 90 alone: each bears half of it.
///
/// ```
/// use netloss::attribution::shapley;
/// use netloss::quantity::Money;
/// let pay = |present: &[bool]| if present.contains(&true) { Money(90.0) } else { Money(0.0) };
/// assert_eq!(shapley(2, pay)?, vec![Money(45.0), Money(45.0)]);
/// # Ok::<(), netloss::attribution::TooManyPayers>(())
/// ```
///
/// # Errors
///
/// Refuses more than [`MOST_PAYERS`]: the orders could not all be counted.
pub fn shapley(
    payers: usize,
    mut value: impl FnMut(&[bool]) -> Money,
) -> Result<Vec<Money>, TooManyPayers> {
    if payers > MOST_PAYERS {
        return Err(TooManyPayers(payers));
    }
    let present =
        |group: usize| -> Vec<bool> { (0..payers).map(|payer| group >> payer & 1 == 1).collect() };
    let values: Vec<Money> = (0..1_usize << payers).map(|group| value(&present(group))).collect();
    let orders = |count: usize| (1..=count).map(|factor| factor as f64).product::<f64>();
    let part = |payer: usize| {
        let without = (0..values.len()).filter(|group| group >> payer & 1 == 0);
        let added = without.map(|group| {
            let before = group.count_ones() as usize;
            let weight = orders(before) * orders(payers - before - 1) / orders(payers);
            Money((values[group | 1 << payer] - values[group]).0 * weight)
        });
        added.sum()
    };
    Ok((0..payers).map(part).collect())
}

/// What each payer bears of one outage: an alternative to what each pays.
#[derive(Clone, Debug, PartialEq)]
pub struct Borne {
    /// By each cover.
    pub covers: Vec<Money>,
    /// By each parametric cover.
    pub payouts: Vec<Money>,
    /// By each hedge; below nothing where it costs.
    pub hedges: Vec<Money>,
}

impl Borne {
    /// Returns what each bears, in the order of the scenario.
    pub fn all(&self) -> impl Iterator<Item = Money> + '_ {
        self.covers.iter().chain(&self.payouts).chain(&self.hedges).copied()
    }

    /// Returns what all bear: what they pay together.
    #[must_use]
    pub fn total(&self) -> Money {
        self.all().sum()
    }
}

/// Shares out, by [`shapley`], what covers and hedges pay of outages of these
/// durations, on what the policy year has left them.
///
/// # Errors
///
/// As [`shapley`].
pub fn by_shapley(
    scenario: &Scenario,
    durations: &[Hours],
    opening: &PolicyYear,
) -> Result<Vec<Borne>, TooManyPayers> {
    let covers = scenario.covers.len();
    let on_hours = scenario.parametrics.len();
    let payers = covers + on_hours + scenario.hedges.len();
    if payers > MOST_PAYERS {
        return Err(TooManyPayers(payers));
    }
    let groups = (0..1_usize << payers).map(|group| {
        let alone = only(scenario, |payer| group >> payer & 1 == 1);
        let pays = |hours: &Hours| {
            let waterfall = Waterfall::after(&alone, &alone.outage, *hours, opening);
            waterfall.recovered() + waterfall.paid_out() - waterfall.paid_on_hedges()
        };
        durations.iter().map(pays).collect()
    });
    let groups: Vec<Vec<Money>> = groups.collect();
    let borne = (0..durations.len()).map(|row| {
        let group = |present: &[bool]| {
            present.iter().enumerate().map(|(payer, is)| usize::from(*is) << payer).sum::<usize>()
        };
        let mut parts = shapley(payers, |present| groups[group(present)][row])?;
        let mut payouts = parts.split_off(covers);
        let hedges = payouts.split_off(on_hours);
        Ok(Borne { covers: parts, payouts, hedges })
    });
    borne.collect()
}

/// The scenario with the payers that `present` picks out: one that is not there
/// pays nothing, and keeps its place.
fn only(scenario: &Scenario, present: impl Fn(usize) -> bool) -> Scenario {
    let mut alone = scenario.clone();
    let mut payers = 0..;
    let mut absent = || payers.next().is_some_and(|payer| !present(payer));
    for policy in alone.covers.iter_mut().filter(|_| absent()) {
        policy.terms.cover = Cover { heads: vec![], perils: Perils::Named(vec![]), ..Cover::plain() };
    }
    for policy in alone.parametrics.iter_mut().filter(|_| absent()) {
        policy.terms.parametric.limit = Some(Money::ZERO);
    }
    for position in alone.hedges.iter_mut().filter(|_| absent()) {
        position.terms.hedge.contract = Contract::Cap(Cap { tick: Money::ZERO, strike: Level(0.0) });
    }
    alone
}

/// More payers than orders can be counted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooManyPayers(pub usize);

impl fmt::Display for TooManyPayers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} covers and hedges are more than the {MOST_PAYERS} whose orders are counted", self.0)
    }
}

impl std::error::Error for TooManyPayers {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_bears_the_mean_of_what_it_adds() {
        // A cover pays 70 of 100; an excess pays the rest above it, up to 50.
        let pay = |present: &[bool]| match present {
            [true, true] => Money(100.0),
            [true, false] => Money(70.0),
            [false, true] => Money(50.0),
            _ => Money::ZERO,
        };
        assert_eq!(shapley(2, pay), Ok(vec![Money(60.0), Money(40.0)]));
        assert_eq!(shapley(0, |_| Money::ZERO), Ok(vec![]));
    }

    #[test]
    fn payers_who_leave_one_another_alone_bear_what_they_pay() {
        let own = [5.0, 40.0, 0.0, 7.5];
        let pay = |present: &[bool]| {
            own.iter().zip(present).filter(|(_, is)| **is).map(|(paid, _)| Money(*paid)).sum()
        };
        for (part, own) in shapley(4, pay).unwrap().into_iter().zip(own) {
            assert!((part.0 - own).abs() < 1e-12);
        }
    }

    #[test]
    fn refuses_more_payers_than_it_can_count() {
        let refused = shapley(9, |_| Money::ZERO).unwrap_err();
        assert_eq!(refused.to_string(), "9 covers and hedges are more than the 8 whose orders are counted");
    }
}
