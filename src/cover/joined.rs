//! Joining: outages that an hours clause makes one occurrence of a cover.
//!
//! What the outages of a year recover together is a function of what each of them
//! claimed. An outage is given the difference that it makes: what the function
//! gives with it, less what it gave without. The windows may fall otherwise once
//! the outage is known, for the insured chooses them over the outages there are.

use super::deductible::Deducted;
use super::{ByHead, Claim, Cover, HoursClause, Step};
use crate::mitigation::Head;
use crate::outage::Cause;
use crate::quantity::{Hours, Money};
use crate::reason::Retained;

/// What an outage claimed before the terms of an occurrence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OutageClaim {
    /// When it started, in hours from the calendar's origin.
    pub start: Hours,
    /// Why it happened.
    pub cause: Option<Cause>,
    /// What it claimed, by head.
    pub heads: ByHead,
}

/// How an hours clause joined an outage with those before it.
///
/// # Formula
///
/// With `F` what the outages of one cause recover under the best windows, before
/// the terms of the year:
///
/// ```text
/// given = F(outages up to this one) - F(outages before it)
/// ```
///
/// which is never below zero and never above what the outage claims.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Joined {
    /// When the other outages of the same occurrence started.
    pub with: Vec<Hours>,
    /// What the outages of the cause recover with this one.
    pub recovered: Money,
    /// What they recovered without it.
    pub before: Money,
    /// What each step leaves of this outage's claim.
    after: Vec<(Step, Money)>,
}

/// What outages recover as the occurrences that are best for the insured.
struct Settled {
    after: Vec<(Step, Money)>,
    retained: Retained,
    above_limit: Money,
    /// The starts of the last occurrence, and what its deductible came to.
    last: Vec<Hours>,
    deducted: Option<Deducted>,
}

/// Takes a step of an occurrence, and returns what it leaves of this outage's claim.
///
/// The first such step lets all of them act, for the windows depend on them all.
pub(super) fn take(claim: &mut Claim<'_>, cover: &Cover, clause: HoursClause, step: Step) -> Money {
    if claim.joined.is_none() {
        let joined = join(claim, cover, clause);
        claim.joined = Some(joined);
    }
    let after = claim.joined.iter().flat_map(|joined| &joined.after);
    after.clone().find(|(other, _)| *other == step).map_or(Money::ZERO, |(_, amount)| *amount)
}

fn join(claim: &mut Claim<'_>, cover: &Cover, clause: HoursClause) -> Joined {
    let this = OutageClaim { start: claim.measured.start, cause: claim.measured.cause, heads: claim.heads };
    let total = claim.total();
    if total <= Money::ZERO {
        return Joined::default();
    }
    let of_cause = claim.year.claimed.iter().filter(|other| other.cause == this.cause);
    let mut outages: Vec<OutageClaim> = of_cause.copied().collect();
    let before = settle(claim, cover, clause, &outages);
    outages.push(this);
    let with = settle(claim, cover, clause, &outages);

    let steps = with.after.iter().zip(&before.after);
    let after: Vec<_> = steps.map(|((step, with), (_, before))| (*step, *with - *before)).collect();
    let [recovered, earlier] = [&with, &before].map(|settled| left(&settled.after));
    for (reason, amount) in with.retained.iter() {
        claim.retained[reason] += amount - before.retained[reason];
    }
    // Each head is given its part of what this outage adds, within its own sublimit.
    let cut = |place: usize| {
        let most = cover.sublimits[place].map_or(this.heads[place], |sublimit| sublimit.most);
        this.heads[place].min(most)
    };
    let within: Money = (0..Head::COUNT).map(cut).sum();
    let part = (recovered - earlier).part_of(within);
    let mut largest = 0;
    for place in 0..Head::COUNT {
        claim.heads[place] = cut(place) * part;
        if claim.heads[place] > claim.heads[largest] {
            largest = place;
        }
    }
    // What rounding took or gave goes to the largest head: the sum is exact.
    let rounding = recovered - earlier - claim.total();
    claim.heads[largest] += rounding;
    claim.before_sublimit = this.heads;
    claim.deducted = with.deducted;
    claim.above_limit = with.above_limit - before.above_limit;
    claim.year.claimed.push(this);
    let mut others = with.last;
    others.pop();
    Joined { with: others, recovered, before: earlier, after }
}

/// Settles outages of one cause, in order of time, as the best occurrences.
fn settle(claim: &Claim<'_>, cover: &Cover, clause: HoursClause, outages: &[OutageClaim]) -> Settled {
    let starts: Vec<Hours> = outages.iter().map(|outage| outage.start).collect();
    let as_one = |outages: &[OutageClaim]| {
        let mut one = claim.clone();
        one.retained = Retained::default();
        one.heads = ByHead::default();
        for outage in outages {
            for (sum, amount) in one.heads.iter_mut().zip(outage.heads) {
                *sum += amount;
            }
        }
        let mut after = vec![];
        for &step in cover.order.steps().iter().filter(|step| step.is_of_occurrence()) {
            one.take(step, cover);
            after.push((step, one.total()));
        }
        (one, after)
    };
    let occurrences = clause.occurrences(&starts, |range| as_one(&outages[range]).0.total());
    let steps = cover.order.steps().iter().filter(|step| step.is_of_occurrence());
    let mut settled = Settled {
        after: steps.map(|step| (*step, Money::ZERO)).collect(),
        retained: Retained::default(),
        above_limit: Money::ZERO,
        last: vec![],
        deducted: None,
    };
    for range in occurrences {
        let (one, after) = as_one(&outages[range.clone()]);
        for (sum, (_, amount)) in settled.after.iter_mut().zip(after) {
            sum.1 += amount;
        }
        settled.retained.add(&one.retained);
        settled.above_limit += one.above_limit;
        settled.last = starts[range].to_vec();
        settled.deducted = one.deducted;
    }
    settled
}

fn left(after: &[(Step, Money)]) -> Money {
    after.last().map_or(Money::ZERO, |(_, amount)| *amount)
}
