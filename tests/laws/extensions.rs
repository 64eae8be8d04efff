//! Extensions, make-up, hours clause and other insurance, once more and slowly.

use netloss::cover::{
    Contributor, HoursClause, IncreasedCost, OtherInsurance, ProfitSaved, Reputation, TurnoverSaved,
    contribute,
};
use netloss::mitigation::{Allocation as MakeUp, DailyShortfall};
use netloss::tower::TowerResponse;

use super::*;

fn whole(most: i32) -> impl Strategy<Value = f64> {
    (0..=most).prop_map(f64::from)
}

fn clause() -> impl Strategy<Value = OtherInsurance> {
    select(OtherInsurance::ALL.map(|(_, clause)| clause).to_vec())
}

/// Pays a cost won by won, for as long as the wording lets it.
fn won_by_won(cost: f64, insured_part: f64, saved: f64, additional: f64) -> (f64, f64) {
    let (mut payable, mut more) = (0.0, 0.0);
    for won in 0..cost as i64 {
        let part = insured_part.min((saved - payable).max(0.0));
        payable += part;
        let left = won as f64 + 1.0 - payable;
        more = left.min(additional).max(0.0);
    }
    (payable, more)
}

/// Each way to begin windows at outages, no two of which overlap: the most recovered.
fn best_of_all(starts: &[f64], window: f64, recovery: &dyn Fn(&[usize]) -> f64) -> f64 {
    let count = starts.len();
    let mut best = f64::NEG_INFINITY;
    'choices: for choice in 0..1_u32 << count {
        let mut owner: Vec<Option<usize>> = vec![None; count];
        for first in (0..count).filter(|outage| choice >> outage & 1 == 1) {
            for outage in (first..count).filter(|outage| starts[*outage] < starts[first] + window) {
                if owner[outage].is_some() {
                    continue 'choices;
                }
                owner[outage] = Some(first);
            }
        }
        let mut recovered = 0.0;
        for first in 0..count {
            let mine: Vec<usize> = (0..count).filter(|outage| owner[*outage] == Some(first)).collect();
            recovered += if mine.is_empty() { 0.0 } else { recovery(&mine) };
            recovered += if owner[first].is_none() { recovery(&[first]) } else { 0.0 };
        }
        best = best.max(recovered);
    }
    best
}

/// What each of several covers pays, by the words of the clauses.
fn by_the_words(loss: f64, covers: &[(OtherInsurance, f64, f64)]) -> Vec<f64> {
    let excess = |clause| clause == OtherInsurance::Excess;
    let all_excess = covers.iter().all(|(clause, ..)| excess(*clause));
    let is_first = |clause| all_excess || !excess(clause);
    let by_limits = |group: &[usize]| group.iter().any(|at| covers[*at].0 == OtherInsurance::ByLimits);
    let mut paid = vec![0.0; covers.len()];
    let mut left = loss;
    for first in [true, false] {
        let group: Vec<usize> = (0..covers.len()).filter(|at| is_first(covers[*at].0) == first).collect();
        let weight = |at: usize| if by_limits(&group) { covers[at].2 } else { covers[at].1 };
        let all: f64 = group.iter().map(|at| weight(*at)).sum();
        for at in &group {
            let part = if all > 0.0 { weight(*at) / all } else { 0.0 };
            paid[*at] = covers[*at].1.min(left * part);
        }
        left -= group.iter().map(|at| paid[*at]).sum::<f64>();
    }
    paid
}

proptest! {
    #![proptest_config(cases(4000))]

    #[test]
    fn increased_cost_is_paid_won_by_won(
        cost in whole(200),
        saved in whole(300),
        rate in proportion(),
        insured in proportion(),
        additional in whole(50),
    ) {
        let profit = ProfitSaved { rate: share(rate), turnover: TurnoverSaved::Stated(Money(saved)) };
        let terms =
            IncreasedCost { saved: profit, insured_part: share(insured), additional: Money(additional) };
        let answer = terms.answer(Money(cost), Money::ZERO);
        let (payable, more) = won_by_won(cost, insured, rate * saved, additional);
        same("payable", answer.payable.0, payable, cost)?;
        same("additional", answer.additional.0, more, cost)?;
        same("paid or kept", (answer.payable + answer.additional + answer.kept()).0, cost, cost)?;
        at_most("payable beside the saving", answer.payable.0, rate * saved, saved)?;
    }

    #[test]
    fn harm_is_counted_day_by_day(
        expected in whole(200),
        actual in prop::collection::vec(whole(250), 1..20),
        margin in proportion(),
        attribution in proportion(),
        waiting in 0..12_usize,
        more in 1..15_usize,
    ) {
        let days = actual.iter().map(|sales| Money(*sales)).collect();
        let days = DailyShortfall::new(Money(expected), days, share(margin)).unwrap();
        let terms = Reputation::new(waiting, waiting + more, share(attribution)).unwrap();
        let answer = terms.answer(&days, true);
        let (mut covered, mut all) = (0.0, 0.0);
        for (place, sales) in actual.iter().enumerate() {
            let day = place + 1;
            let lost = (expected - sales).max(0.0) * margin;
            all += lost;
            if day > waiting && day <= waiting + more {
                covered += lost * attribution;
            }
        }
        same("covered", answer.covered.0, covered, all)?;
        let kept: f64 = answer.kept().iter().map(|(_, amount)| amount.0).sum();
        same("covered or kept", answer.covered.0 + kept, all, all)?;
        prop_assert_eq!(terms.answer(&days, false).covered, Money::ZERO);
    }

    #[test]
    fn make_up_moves_between_hours_and_never_changes_the_sum(
        by_hour in prop::collection::vec(whole(50), 1..30),
        wait in 0..30_usize,
        made_up in proportion(),
    ) {
        let sum = |hours: &[f64]| hours.iter().sum::<f64>();
        let (inside, after) = by_hour.split_at(wait.min(by_hour.len()));
        let (inside, after) = (sum(inside), sum(after));
        let all = inside + after;
        for (key, allocation) in MakeUp::ALL {
            let left = allocation.left(Money(inside), Money(after), share(made_up));
            let (inside_left, after_left) = (inside * left.inside.get(), after * left.after.get());
            same(key, inside_left + after_left, all * (1.0 - made_up), all)?;
            // Credit goes to the hours of one side until they are all made up.
            match allocation {
                MakeUp::CoveredHoursFirst if after_left > 1e-6 * all => {
                    same("untouched before the wait", inside_left, inside, all)?;
                }
                MakeUp::WaitingHoursFirst if inside_left > 1e-6 * all => {
                    same("untouched after the wait", after_left, after, all)?;
                }
                _ => {}
            }
            if made_up == 0.0 {
                same("nothing made up", inside_left, inside, all)?;
            }
            if made_up == 1.0 {
                same("all made up", inside_left + after_left, 0.0, all)?;
            }
        }
    }

    #[test]
    fn covers_share_a_loss_by_their_words(
        loss in whole(1000),
        covers in prop::collection::vec((clause(), whole(600), whole(600)), 1..5),
    ) {
        // What a cover would pay alone is never more than the loss or its limit.
        let covers: Vec<_> = covers
            .into_iter()
            .map(|(clause, alone, limit)| (clause, alone.min(limit).min(loss), limit))
            .collect();
        let contributors = covers.iter().map(|(clause, alone, limit)| Contributor {
            clause: *clause,
            alone: Money(*alone),
            limit: Some(Money(*limit)),
        });
        let paid = contribute(Money(loss), &contributors.collect::<Vec<_>>());
        let slow = by_the_words(loss, &covers);
        let (mut together, mut alone_all) = (0.0, 0.0);
        for ((paid, slow), (_, alone, _)) in paid.iter().zip(&slow).zip(&covers) {
            same("share", paid.0, *slow, loss)?;
            at_most("paid beside alone", paid.0, *alone, loss)?;
            at_most("nothing below zero", 0.0, paid.0, loss)?;
            together += paid.0;
            alone_all += alone;
        }
        at_most("all together", together, loss, loss)?;
        if covers.iter().all(|(clause, ..)| *clause == OtherInsurance::IndependentLiability) {
            same("all that is owed", together, alone_all.min(loss), loss)?;
        }
    }
}

proptest! {
    #![proptest_config(cases(2000))]

    #[test]
    fn no_other_choice_of_windows_recovers_more(
        gaps in prop::collection::vec((0..60_i32, 0..200_i32), 1..9),
        window in 1..100_i32,
        deductible in whole(200),
        limit in whole(400),
    ) {
        let (mut starts, mut losses, mut now) = (vec![], vec![], 0.0);
        for (gap, loss) in gaps {
            now += f64::from(gap);
            starts.push(now);
            losses.push(f64::from(loss));
        }
        let pays = |loss: f64| (loss - deductible).max(0.0).min(limit);
        let recovery = |outages: &[usize]| pays(outages.iter().map(|at| losses[*at]).sum());
        let clause = HoursClause::new(Hours(f64::from(window))).unwrap();
        let hours: Vec<Hours> = starts.iter().map(|start| Hours(*start)).collect();
        let occurrences =
            clause.occurrences(&hours, |outages| Money(recovery(&outages.collect::<Vec<_>>())));
        let mut next = 0;
        let mut recovered = 0.0;
        for outages in occurrences {
            prop_assert_eq!(outages.start, next, "each outage once, in order");
            prop_assert!(starts[outages.end - 1] < starts[outages.start] + f64::from(window));
            next = outages.end;
            recovered += recovery(&outages.collect::<Vec<_>>());
        }
        prop_assert_eq!(next, starts.len());
        same("recovered", recovered, best_of_all(&starts, f64::from(window), &recovery), recovered)?;
    }
}

proptest! {
    #![proptest_config(cases(1000))]

    #[test]
    fn covers_that_share_pay_no_more_than_the_loss(
        (business, duration) in outage(Shape::Any),
        clauses in prop::collection::vec(prop::option::of(clause()), 8),
        allocation in select(MakeUp::ALL.map(|(_, allocation)| allocation).to_vec()),
    ) {
        let mut scenario = scenario(&business, &[duration]);
        for (policy, clause) in scenario.covers.iter_mut().zip(clauses) {
            policy.terms.cover.other_insurance = clause;
            policy.terms.cover.make_up = allocation;
        }
        let waterfall = Waterfall::new(&scenario, hours(duration));
        let scale = waterfall.gross.0.max(waterfall.economic_loss.0);
        let recovered: f64 = waterfall.covers.iter().map(|cover| cover.paid.0).sum();
        at_most("recovered", recovered, waterfall.economic_loss.0, scale)?;
        let kept: f64 = waterfall.retained.iter().map(|(_, amount)| amount.0).sum();
        same("paid or kept", recovered + kept, waterfall.economic_loss.0, scale)?;
        for (reason, amount) in waterfall.retained.iter() {
            at_most(reason.key(), 0.0, amount.0, scale)?;
        }
        for (cover, policy) in waterfall.covers.iter().zip(&scenario.covers) {
            let response = &cover.response;
            let presented: f64 = response.presented.iter().map(|amount| amount.0).sum();
            let covered: f64 = response.covered.iter().map(|amount| amount.0).sum();
            same("covered or kept", covered + response.retained.total().0, presented, scale)?;
            at_most("paid", cover.tower.as_ref().map_or(covered, |tower| TowerResponse::paid(tower).0), covered, scale)?;
            if let Some(limit) = policy.terms.cover.occurrence_limit {
                at_most("limit", covered, limit.0, scale)?;
            }
        }
    }
}
