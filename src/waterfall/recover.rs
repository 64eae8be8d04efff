//! Presenting: which covers are asked for which loss.

use super::Recovery;
use super::shared::{self, Asked, Shared};
use crate::annual::PolicyYear;
use crate::cover::{Additional, ByHead, Cover, Measured, Response, WaitingPeriod};
use crate::mitigation::{Amount, Head, LostProfit, OfLine, Outflow};
use crate::outage::Outage;
use crate::quantity::{Hours, Money, Share};
use crate::reason::{Reason, Retained};
use crate::scenario::Scenario;
use crate::tower::TowerResponse;

/// What an outage brings before the covers.
pub(super) struct Presented<'p> {
    pub scenario: &'p Scenario,
    pub outage: &'p Outage,
    pub duration: Hours,
    pub lines: &'p [LostProfit<'p>],
    pub outflows: &'p [Money],
    /// Suppliers' credits that inure to the insured loss.
    pub credited: Money,
}

/// The covers that are asked for each line and for each outflow.
struct Owners {
    lines: Vec<Vec<usize>>,
    outflows: Vec<Vec<usize>>,
}

/// Presents each loss to the covers that answer for it, and returns what they
/// answer with what they leave with the insured, towers aside.
///
/// A loss goes to the first cover in the file that names its head and line and
/// answers to the cause; failing that, to the first that names it at all, which
/// then refuses the peril. A cover that is not in force is asked for nothing.
/// Where the cover that is asked has a clause on other insurance, every cover that
/// has one and answers for the loss is asked as well. A loss that no cover names,
/// or that none may answer for, is kept as not covered. Charges that stop are
/// outside the measure of a policy, which has savings of its own.
pub(super) fn recover(presented: &Presented<'_>, year: &PolicyYear) -> (Vec<Recovery>, Retained) {
    let Presented { scenario, outage, lines, outflows, .. } = presented;
    let time_left = scenario.policy_year.map_or(Share::ALL, |year| year.left_on(outage.start_local.date()));
    let owners = presented.owners();
    let respond = |place: usize, contribution| {
        let cover = &scenario.covers[place].terms.cover;
        cover.respond(&presented.to(cover, place, &owners, contribution), &year.cover(place))
    };
    let mut responses: Vec<Response> =
        (0..scenario.covers.len()).map(|place| respond(place, None)).collect();

    let profits = owners.lines.iter().zip(lines.iter());
    let profits = profits.map(|(owners, line)| (Head::LostProfit, owners, line.measured()));
    let flows = owners.outflows.iter().zip(&scenario.outflows).zip(outflows.iter());
    let flows = flows.map(|((owners, flow), amount)| (flow.terms.head, owners, *amount));
    let losses: Vec<Asked<'_>> = profits.chain(flows).collect();
    let shared = Shared::new(scenario, &losses, &responses);
    if let Some(shared) = &shared {
        for (place, response) in responses.iter_mut().enumerate() {
            if let Some(paid) = shared.paid_by(place) {
                *response = respond(place, Some(paid));
            }
        }
    }

    let mut retained = shared::retained(shared.as_ref(), &responses);
    let bare = losses.iter().filter(|(_, owners, _)| owners.is_empty());
    retained[Reason::NotCovered] += bare.map(|(_, _, amount)| *amount).sum();
    for (owners, line) in owners.lines.iter().zip(lines.iter()) {
        let reason = if owners.is_empty() { Reason::NotCovered } else { Reason::PolicyMeasure };
        retained[reason] -= line.discontinued();
    }
    let placed = responses.into_iter().zip(&scenario.covers).enumerate();
    let covers = placed.map(|(place, (response, policy))| {
        let tower = policy.terms.tower.as_ref();
        let tower = tower.map(|tower| tower.respond(&response.covered, &year.tower(place), time_left));
        let paid = tower.as_ref().map_or(response.total(), TowerResponse::paid);
        Recovery { response, tower, given_up: Money::ZERO, paid }
    });
    (covers.collect(), retained)
}

impl<'p> Presented<'p> {
    fn owners(&self) -> Owners {
        let lines = (0..self.lines.len()).map(|line| {
            self.named(|cover| cover.heads.contains(&Head::LostProfit) && cover.lines.contains(&line))
        });
        let outflows = self.scenario.outflows.iter().map(|outflow| {
            let Outflow { head, insurable, .. } = &outflow.terms;
            self.named(|cover| *insurable && cover.heads.contains(head))
        });
        Owners { lines: lines.collect(), outflows: outflows.collect() }
    }

    /// Returns the covers that answer for a loss which `names` picks out.
    fn named(&self, names: impl Fn(&Cover) -> bool) -> Vec<usize> {
        let covers = || self.scenario.covers.iter().map(|policy| &policy.terms.cover);
        let names = |cover: &Cover| cover.in_force(self.outage) && names(cover);
        let answers = |cover: &Cover| names(cover) && cover.perils.include(self.outage.cause);
        let Some(first) = covers().position(answers).or_else(|| covers().position(&names)) else {
            return vec![];
        };
        let shares = |cover: &Cover| cover.other_insurance.is_some() && answers(cover);
        if !covers().nth(first).is_some_and(shares) {
            return vec![first];
        }
        covers().enumerate().filter(|(_, cover)| shares(cover)).map(|(place, _)| place).collect()
    }

    /// Measures the loss that a cover is asked for.
    fn to(
        &self,
        cover: &Cover,
        place: usize,
        owners: &Owners,
        contribution: Option<ByHead>,
    ) -> Measured<'p> {
        let asked = |owners: &[Vec<usize>]| -> Vec<usize> {
            (0..owners.len()).filter(|at| owners[*at].contains(&place)).collect()
        };
        let (lines, flows) = (asked(&owners.lines), asked(&owners.outflows));
        // A credit goes with the profit for which it is given, once for all who share it.
        let part = |line: &usize| self.lines[*line].total().0 / owners.lines[*line].len() as f64;
        let insured = Money(lines.iter().map(part).sum());
        let profit: Money = self.lines.iter().map(LostProfit::total).sum();
        Measured {
            duration: self.duration,
            start: self.outage.start,
            interruptions: self.outage.interruptions.dark(self.duration),
            cause: self.outage.cause,
            profits: lines.iter().map(|line| &self.lines[*line]).collect(),
            providers: lines
                .iter()
                .map(|line| self.scenario.lines[*line].terms.provider.as_deref())
                .collect(),
            outflows: flows
                .iter()
                .map(|flow| (self.scenario.outflows[*flow].terms.head, self.outflows[*flow]))
                .collect(),
            credit: self.credited * insured.part_of(profit),
            additional: self.additional(cover, &lines, &flows),
            contribution,
        }
    }

    /// Tells what the extensions of a cover see of its lines and outflows.
    fn additional(&self, cover: &Cover, lines: &[usize], flows: &[usize]) -> Additional<'p> {
        let flows =
            || flows.iter().map(|flow| (&self.scenario.outflows[*flow].terms, self.outflows[*flow]));
        let measures = lines.iter().filter_map(|line| {
            let without = self.scenario.without_measure(*line, self.outage, self.duration)?;
            Some((self.lines[*line].lost_revenue(), without))
        });
        let shortfalls = flows().filter_map(|(flow, _)| match &flow.amount {
            Amount::Daily(days) => Some(days),
            _ => None,
        });
        let fees = flows().filter(|(flow, _)| flow.head == Head::ClaimsPreparation);
        let expenses = flows().filter(|(flow, _)| flow.head == Head::ExtraExpense).map(|(flow, _)| flow);
        let wait = cover.waiting_period.filter(|_| cover.extensions.extra_expense.waits);
        Additional {
            circumstances: Some(&self.outage.circumstances),
            measures: if cover.extensions.counts_saving() { measures.collect() } else { vec![] },
            expense_by_wait: wait.map_or(Money::ZERO, |wait| self.spent_by(wait, expenses)),
            shortfalls: shortfalls.collect(),
            fees: fees.map(|(flow, amount)| (flow.fee, amount)).collect(),
        }
    }

    /// Returns what was spent by the end of a waiting period: what an outage of just
    /// its length would have cost.
    fn spent_by<'o>(&self, wait: WaitingPeriod, expenses: impl Iterator<Item = &'o Outflow>) -> Money {
        let wait = wait.hours().min(self.duration);
        let of_line = |(line, lost): (usize, &LostProfit<'_>)| OfLine {
            lost_revenue: lost.lost_revenue().between(Hours::ZERO, wait),
            failed_over: self.scenario.fails_over(line, self.outage, wait),
        };
        let lines: Vec<OfLine> = self.lines.iter().enumerate().map(of_line).collect();
        expenses.map(|flow| flow.of(wait, &lines)).sum()
    }
}
