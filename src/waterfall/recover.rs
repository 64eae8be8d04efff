//! Presenting: which cover is asked for which loss.

use super::Recovery;
use crate::annual::PolicyYear;
use crate::cover::{Cover, Measured};
use crate::mitigation::{Head, LostProfit, Outflow};
use crate::outage::Outage;
use crate::quantity::{Hours, Money};
use crate::reason::{Reason, Retained};
use crate::scenario::Scenario;
use crate::tower::TowerResponse;

/// Presents each loss to the one cover that answers for it.
///
/// A loss goes to the first cover in the file that names its head and line and
/// answers to the cause; failing that, to the first that names it at all, which
/// then refuses the peril. A loss that no cover names, or that none may answer for,
/// is kept as not covered. What a line's profit owes to no hour of the outage is
/// outside the measure of a policy.
pub(super) fn recover(
    scenario: &Scenario,
    outage: &Outage,
    duration: Hours,
    year: &PolicyYear,
    lines: &[LostProfit<'_>],
    outflows: &[Money],
    credited: Money,
) -> (Vec<Recovery>, Retained) {
    let line_owner = |line: usize| {
        owner(scenario, outage, |cover| {
            cover.heads.contains(&Head::LostProfit) && cover.lines.contains(&line)
        })
    };
    let outflow_owner = |outflow: usize| {
        let Outflow { head, insurable, .. } = &scenario.outflows[outflow].terms;
        owner(scenario, outage, |cover| *insurable && cover.heads.contains(head))
    };
    let line_owners: Vec<_> = (0..lines.len()).map(line_owner).collect();
    let outflow_owners: Vec<_> = (0..outflows.len()).map(outflow_owner).collect();

    let profit: Money = lines.iter().map(LostProfit::total).sum();
    let covers = scenario.covers.iter().enumerate().map(|(place, policy)| {
        let mine = |owner: &Option<usize>| *owner == Some(place);
        let profits: Vec<_> =
            lines.iter().zip(&line_owners).filter(|(_, o)| mine(o)).map(|(l, _)| l).collect();
        // A credit goes with the profit for which it is given.
        let insured: Money = profits.iter().map(|line| line.total()).sum();
        let presented = Measured {
            duration,
            start: outage.start,
            interruptions: outage.interruptions.dark(duration),
            cause: outage.cause,
            profits,
            providers: line_owners
                .iter()
                .zip(&scenario.lines)
                .filter(|(owner, _)| mine(owner))
                .map(|(_, line)| line.terms.provider.as_deref())
                .collect(),
            outflows: outflows
                .iter()
                .zip(&outflow_owners)
                .zip(&scenario.outflows)
                .filter(|((_, owner), _)| mine(owner))
                .map(|((amount, _), outflow)| (outflow.terms.head, *amount))
                .collect(),
            credit: credited * insured.part_of(profit),
        };
        let response = policy.terms.cover.respond(&presented, &year.cover(place));
        let tower = policy.terms.tower.as_ref();
        let tower = tower.map(|tower| tower.respond(&response.covered, &year.tower(place)));
        let paid = tower.as_ref().map_or(response.total(), TowerResponse::paid);
        Recovery { response, tower, given_up: Money::ZERO, paid }
    });
    let covers = covers.collect();

    let mut retained = Retained::default();
    let bare_lines = lines.iter().zip(&line_owners).filter(|(_, o)| o.is_none()).map(|(l, _)| l.total());
    let bare_outflows =
        outflows.iter().zip(&outflow_owners).filter(|(_, o)| o.is_none()).map(|(amount, _)| *amount);
    retained[Reason::NotCovered] = bare_lines.chain(bare_outflows).sum();
    let owned = lines.iter().zip(&line_owners).filter(|(_, owner)| owner.is_some());
    retained[Reason::PolicyMeasure] += owned.map(|(line, _)| line.of_no_hour()).sum();
    (covers, retained)
}

/// Returns the cover that answers for a loss which `names` picks out.
fn owner(scenario: &Scenario, outage: &Outage, names: impl Fn(&Cover) -> bool) -> Option<usize> {
    let covers = || scenario.covers.iter().map(|policy| &policy.terms.cover);
    let answers = |cover: &Cover| names(cover) && cover.perils.include(outage.cause);
    covers().position(answers).or_else(|| covers().position(&names))
}
