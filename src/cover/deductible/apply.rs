//! Taking the deductible off a claim: which heads bear it, beside which other term.

use super::{Deducted, Deductible, Suffered};
use crate::cover::aggregate::AggregateDeductible;
use crate::cover::claim::Claim;
use crate::cover::{Cover, Reading};
use crate::mitigation::Head;
use crate::quantity::{Hours, Money};
use crate::reason::Reason;

/// Takes the deductible off the sum of the heads, unless an earlier step has.
pub(in crate::cover) fn take(claim: &mut Claim<'_>, cover: &Cover) {
    if claim.deducted.is_some() {
        return;
    }
    match cover.deductible {
        Deductible::PerHead(own) => take_per_head(claim, &own, greater_of(cover)),
        _ => take_once(claim, cover, |_| true),
    }
}

/// Takes the greater of deductible and waiting loss off lost profit alone.
///
/// Heads with deductibles of their own never share one, so that they are left to
/// the step of the deductible.
pub(in crate::cover) fn take_from_lost_profit(claim: &mut Claim<'_>, cover: &Cover) {
    if greater_of(cover) && !matches!(cover.deductible, Deductible::PerHead(_)) {
        take_once(claim, cover, |head| head == Head::LostProfit);
    }
}

fn greater_of(cover: &Cover) -> bool {
    cover.waiting_period.is_some_and(|wait| wait.reading() == Reading::GreaterOf)
}

fn take_once(claim: &mut Claim<'_>, cover: &Cover, bears: impl Fn(Head) -> bool) {
    let loss = claim.total_of(&bears);
    let duration = claim.measured.duration;
    let normal_profit = claim.insured.normally(Hours::ZERO, duration);
    let own = cover.deductible.of(&Suffered { loss, presented: claim.opened, normal_profit, duration });
    let capped =
        cover.aggregate_deductible.filter(|it| matches!(it, AggregateDeductible::CapOnRetentions { .. }));
    let due = capped.map_or(own, |cap| cap.of_occurrence(own, &claim.year).min(loss));
    let (reason, taken) = if greater_of(cover) && claim.inside_waiting_period > due {
        (Reason::WaitingPeriod, claim.inside_waiting_period.min(loss))
    } else {
        if capped.is_some() {
            claim.year.borne += due;
        }
        (Reason::Deductible, due)
    };
    claim.keep_from(reason, taken, bears);
    claim.deducted = Some(Deducted { on: loss, own, due, taken, left: claim.heads });
}

fn take_per_head(claim: &mut Claim<'_>, own: &[Money; Head::COUNT], greater_of: bool) {
    let on = claim.total();
    let (mut due, mut taken) = (Money::ZERO, Money::ZERO);
    for (place, (_, head)) in Head::ALL.into_iter().enumerate() {
        let claimed = claim.heads[place];
        let borne = own[place].min(claimed);
        due += borne;
        let waits = greater_of && head == Head::LostProfit && claim.inside_waiting_period > borne;
        let (reason, borne) = if waits {
            (Reason::WaitingPeriod, claim.inside_waiting_period.min(claimed))
        } else {
            (Reason::Deductible, borne)
        };
        claim.heads[place] = claimed - borne;
        claim.retained[reason] += borne;
        taken += borne;
    }
    claim.deducted = Some(Deducted { on, own: due, due, taken, left: claim.heads });
}
