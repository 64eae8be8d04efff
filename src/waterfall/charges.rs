//! Charges: what each part of the programme costs, and what of it is the event's.

use super::{Recovery, Waterfall};
use crate::annual::{self, Claims, Needed, PolicyYear};
use crate::cost::{Costs, Kind, Liquidity, Need};
use crate::hedge::Settlement;
use crate::quantity::Money;
use crate::scenario::{Plan, Scenario};
use crate::tower::TowerResponse;

/// What a part of the programme costs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Charge {
    /// Which part.
    pub of: Priced,
    /// What it costs, by kind.
    pub costs: Costs,
    /// What it costs in a year without any loss.
    pub quiet: Costs,
}

/// A part of the programme that has a price, by place in the scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Priced {
    /// An indemnity cover.
    Cover(usize),
    /// A parametric cover.
    Parametric(usize),
    /// A hedge that is no insurance.
    Hedge(usize),
    /// A cover of the policy year as a whole.
    Annual(usize),
    /// A reserve fund.
    Reserve(usize),
    /// A credit line.
    CreditLine(usize),
    /// A measure of the plan.
    Measure(usize),
}

impl Waterfall<'_> {
    /// Returns whether all that the event is charged is premium and nothing else.
    #[must_use]
    pub fn is_plain_premium(&self) -> bool {
        self.charges.iter().all(|charge| charge.costs.total() == charge.costs[Kind::Premium])
    }

    /// Returns with what money all losses of the year so far are met.
    #[must_use]
    pub fn met_in_year(&self, scenario: &Scenario) -> Option<Liquidity> {
        liquidity(scenario, &self.year)
    }

    /// Charges the event with its cost, and tells with what money its loss is met.
    pub(super) fn charge(&mut self, scenario: &Scenario, opening: &PolicyYear) {
        // The need stands opening any cost: interest is paid long after the outage.
        let retained = self.net_by_lines().positive();
        if let Some(cash) = scenario.cash {
            let need = match cash.need {
                Need::EconomicLoss => self.economic_loss,
                Need::Retained => retained,
            };
            let Needed { cash: so_far, retained: kept } = opening.needed;
            self.year.needed = Needed { cash: so_far + need, retained: kept + retained };
        }
        let (then, now) = (liquidity(scenario, opening), liquidity(scenario, &self.year));
        let quiet =
            of_year(scenario, &PolicyYear::default(), liquidity(scenario, &PolicyYear::default()).as_ref());
        let first = of_year(scenario, opening, then.as_ref());
        let last = of_year(scenario, &self.year, now.as_ref());
        self.charges = quiet
            .into_iter()
            .zip(first.iter().zip(&last))
            .map(|(quiet, (first, last))| {
                let is_first = opening.outages == 0;
                let costs =
                    scenario.premium_counted.of_event(is_first, quiet.costs, &first.costs, &last.costs);
                Charge { costs, ..quiet }
            })
            .collect();
        self.programme_cost = self.charges.iter().map(|charge| charge.costs.total()).sum();
        self.liquidity = now.zip(then).map(|(now, then)| now.since(&then));
    }
}

/// Returns what the whole programme costs in a policy year that came to this state.
#[must_use]
pub fn cost_of(scenario: &Scenario, year: &PolicyYear) -> Money {
    let charges = of_year(scenario, year, liquidity(scenario, year).as_ref());
    charges.iter().map(|charge| charge.costs.total()).sum()
}

/// Returns what each part costs in a policy year that came to this state.
fn of_year(scenario: &Scenario, year: &PolicyYear, met: Option<&Liquidity>) -> Vec<Charge> {
    let charge = |of, costs| Charge { of, costs, quiet: costs };
    let covers = scenario.covers.iter().enumerate();
    let covers = covers.map(|(place, policy)| {
        let mut costs = policy.terms.premium.costs(year.claims(place));
        if let Some(tower) = &policy.terms.tower {
            let captive = tower.captive_cost();
            costs[Kind::CaptiveExpenses] = captive.expenses;
            costs[Kind::FrontingFee] = captive.fronting_fee;
        }
        charge(Priced::Cover(place), costs)
    });
    let parametrics = scenario.parametrics.iter().enumerate();
    let parametrics = parametrics.map(|(place, hedge)| {
        charge(Priced::Parametric(place), hedge.terms.premium.costs(year.payout(place)))
    });
    let hedges = scenario.hedges.iter().enumerate();
    let hedges = hedges
        .map(|(place, hedge)| charge(Priced::Hedge(place), hedge.terms.premium.costs(year.settled(place))));
    let paid = annual::paid(scenario.annuals.iter().map(|annual| &annual.terms.annual), year);
    let annuals = scenario.annuals.iter().zip(paid).enumerate();
    let annuals = annuals.map(|(place, (annual, (_, paid)))| {
        let claims = Claims { paid, reinstatement: Money::ZERO };
        charge(Priced::Annual(place), annual.terms.premium.costs(claims))
    });
    let reserves = scenario.reserves.iter().enumerate();
    let reserves = reserves.map(|(place, fund)| charge(Priced::Reserve(place), fund.terms.costs()));
    let lines = scenario.credit_lines.iter().enumerate();
    let lines = lines.map(|(place, line)| {
        let drawn = met.and_then(|met| met.drawn.get(place).copied()).unwrap_or_default();
        charge(Priced::CreditLine(place), line.terms.costs(drawn))
    });
    let measures = scenario.plan.iter().flat_map(Plan::in_force);
    let measures = measures.map(|(place, measure)| {
        let mut costs = Costs::default();
        costs[Kind::Upkeep] = measure.terms.upkeep;
        costs[Kind::FalseAlarms] = measure.terms.false_alarms.cost();
        charge(Priced::Measure(place), costs)
    });
    covers
        .chain(parametrics)
        .chain(hedges)
        .chain(annuals)
        .chain(reserves)
        .chain(lines)
        .chain(measures)
        .collect()
}

/// Returns with what money all losses of a year so far were met.
fn liquidity(scenario: &Scenario, year: &PolicyYear) -> Option<Liquidity> {
    let at_hand = scenario.cash?.at_hand;
    let reserves = scenario.reserves.iter().map(|fund| &fund.terms);
    let lines = scenario.credit_lines.iter().map(|line| &line.terms);
    Some(Liquidity::meet(year.needed, at_hand, reserves, lines))
}

/// Returns what each cover's carriers have paid once they have paid this loss.
pub(super) fn claims(opening: &PolicyYear, covers: &[Recovery]) -> Vec<Claims> {
    let add = |(place, recovery): (usize, &Recovery)| {
        let Claims { paid, reinstatement } = opening.claims(place);
        let due = recovery.tower.as_ref().map_or(Money::ZERO, TowerResponse::reinstatement_premium);
        Claims { paid: paid + recovery.paid, reinstatement: reinstatement + due }
    };
    covers.iter().enumerate().map(add).collect()
}

/// Returns what each hedge has paid once it has settled at this.
pub(super) fn settled(opening: &PolicyYear, hedges: &[Settlement]) -> Vec<Money> {
    let add = |(place, hedge): (usize, &Settlement)| opening.settled(place).paid + hedge.payoff.positive();
    hedges.iter().enumerate().map(add).collect()
}

/// Returns what each parametric cover has paid once it has paid this.
pub(super) fn payouts(opening: &PolicyYear, payouts: &[Money]) -> Vec<Money> {
    payouts.iter().enumerate().map(|(place, paid)| opening.payout(place).paid + *paid).collect()
}
