//! Extensions, make-up, hours clause and other insurance, once more and slowly.

use netloss::cover::{
    Access, Additional, ClaimsPreparation, Contributor, CoverYear, Extensions, ExtraExpense, HoursClause,
    IncreasedCost, Measured, OtherInsurance, ProfitSaved, ProviderSchedule, Reputation, Response,
    TurnoverSaved, Unnamed, Utility, contribute,
};
use netloss::loss::LostRevenue;
use netloss::mitigation::{Allocation as MakeUp, DailyShortfall, Fee, LostProfit};
use netloss::outage::PlaceTest;
use netloss::spans::Spans;
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
                let sublimits = policy.terms.cover.sublimits.iter().flatten();
                let beside: f64 = sublimits.filter(|it| it.in_addition).map(|it| it.most.0).sum();
                at_most("limit", covered, limit.0 + beside, scale)?;
            }
        }
    }
}

/// The loss of a cover that insures a shop of these hourly sales, all of them dark.
fn covered(
    by_hour: &[f64],
    cover: Cover,
    cause: Cause,
    facts: &Circumstances,
    outflows: Vec<(Head, Money)>,
    (expense_by_wait, fees): (f64, Vec<(Fee, Money)>),
) -> Response {
    let duration = Hours(by_hour.len() as f64);
    let profile = Profile::new(by_hour.iter().map(|rate| MoneyPerHour(*rate)).collect()).unwrap();
    let dark = Stage { until: BreakPoint::END, lost_from: Share::ALL, lost_to: Share::ALL };
    let path = ServicePath::new(vec![dark], Hours::ZERO).unwrap();
    let lost = LostRevenue::new(&profile, Hours::ZERO, Share::ALL, &path, duration);
    let lost = LostProfit::new(lost, Recapture::even(Share::NONE), Share::NONE, duration);
    let measured = Measured {
        duration,
        start: Hours::ZERO,
        interruptions: Spans::one(Hours::ZERO, duration),
        cause: Some(cause),
        profits: vec![&lost],
        providers: vec![None],
        outflows,
        credit: Money::ZERO,
        additional: Additional {
            circumstances: Some(facts),
            expense_by_wait: Money(expense_by_wait),
            fees,
            ..Additional::default()
        },
        contribution: None,
    };
    cover.respond(&measured, &CoverYear::default())
}

fn facts() -> impl Strategy<Value = Circumstances> {
    let provider = prop::option::of(select(vec!["cloud", "cards", "post"]));
    let distance = prop::option::of(whole(12));
    (provider, prop::option::of(any::<bool>()), distance, prop::option::of(any::<bool>())).prop_map(
        |(provider, damage, distance_km, overhead_line)| Circumstances {
            provider: provider.map(str::to_owned),
            damage,
            distance_km,
            overhead_line,
            adverse_publicity: None,
        },
    )
}

fn asked_of_place() -> impl Strategy<Value = PlaceTest> {
    (any::<bool>(), prop::option::of(whole(12)), any::<bool>()).prop_map(
        |(needs_damage, within_km, no_overhead_line)| PlaceTest {
            needs_damage,
            within_km,
            no_overhead_line,
        },
    )
}

/// Whether the place is what the wording asks for, question by question.
fn right_place(asked: PlaceTest, facts: &Circumstances) -> bool {
    let mut right = true;
    if asked.needs_damage {
        right = facts.damage == Some(true);
    }
    if let Some(within) = asked.within_km {
        right = match facts.distance_km {
            Some(distance) if distance <= within => right,
            _ => false,
        };
    }
    if asked.no_overhead_line && facts.overhead_line == Some(true) {
        right = false;
    }
    right
}

proptest! {
    #![proptest_config(cases(4000))]

    #[test]
    fn failures_elsewhere_are_answered_hour_by_hour(
        by_hour in prop::collection::vec(whole(50), 1..48),
        facts in facts(),
        place in asked_of_place(),
        limit in prop::option::of(whole(600)),
        unnamed in prop::option::of(prop::option::of(whole(300))),
        (minimum, more) in (0..30_i32, 1..30_i32),
        at_least in any::<bool>(),
    ) {
        let limit_of = |limit: Option<f64>, loss: f64| limit.map_or(loss, |most| loss.min(most));
        let all: f64 = by_hour.iter().sum();
        let hours = by_hour.len() as i32;
        let most = minimum + more;

        let named = vec!["cloud".to_owned(), "cards".to_owned()];
        let is_named = facts.provider.as_ref().is_some_and(|provider| provider != "post");
        let provider = match (is_named, unnamed) {
            (true, _) => limit_of(limit, all),
            (false, Some(limit)) => limit_of(limit, all),
            (false, None) => 0.0,
        };
        let right = right_place(place, &facts);
        let utility = if right { limit_of(limit, all) } else { 0.0 };
        let barred: f64 = by_hour.iter().take(most as usize).sum();
        let long_enough = if at_least { hours >= minimum } else { hours > minimum };
        let access = if right && long_enough { limit_of(limit, barred) } else { 0.0 };

        let limit = limit.map(Money);
        let unnamed = unnamed.map_or(Unnamed::NotCovered, |limit| Unnamed::Covered(limit.map(Money)));
        let closure = Access::new(Hours(f64::from(minimum)), met(at_least), Hours(f64::from(most))).unwrap();
        let extensions = Extensions {
            dependent: Some(ProviderSchedule { named, named_limit: limit, unnamed }),
            utility: Some(Utility { place, limit }),
            access: Some(closure.at(place, limit)),
            ..Extensions::default()
        };
        for (key, expected) in [
            ("dependent_system_failure", provider),
            ("utility_failure", utility),
            ("denial_of_access", access),
            ("system_failure", all),
        ] {
            let cover = Cover { lines: vec![0], extensions: extensions.clone(), ..Cover::plain() };
            let response = covered(&by_hour, cover, cause(key), &facts, vec![], (0.0, vec![]));
            same(key, response.total().0, expected, all)?;
            same("covered or kept", (response.total() + response.retained.total()).0, all, all)?;
        }
    }

    #[test]
    fn expense_and_fees_are_added_won_by_won(
        by_hour in prop::collection::vec(whole(50), 1..24),
        (spent, by_wait, saved) in (whole(200), whole(200), whole(300)),
        (caps, waits, applies) in (any::<bool>(), any::<bool>(), any::<bool>()),
        rate in proportion(),
        fees in prop::collection::vec((select(Fee::ALL.map(|(_, fee)| fee).to_vec()), whole(40)), 0..5),
        pays_for in subsequence(Fee::ALL.map(|(_, fee)| fee).to_vec(), 1..=3),
        (deductible, most_fees, most_expense) in (whole(300), whole(60), whole(150)),
    ) {
        let by_wait = by_wait.min(spent);
        let mut expense: f64 = 0.0;
        for won in 0..spent as i64 {
            // What falls into the wait is spent first; the rest has to pay for itself.
            let waited = waits && won < by_wait as i64;
            let room = if caps { rate * saved - expense } else { 1.0 };
            expense += if waited { 0.0 } else { room.clamp(0.0, 1.0) };
        }
        let mut paid_fees = 0.0;
        for (fee, amount) in &fees {
            paid_fees += if pays_for.contains(fee) { *amount } else { 0.0 };
        }
        let (expense, paid_fees) = (expense.min(most_expense), paid_fees.min(most_fees));
        let profit: f64 = by_hour.iter().sum();
        let expected = if applies {
            (profit + expense + paid_fees - deductible).max(0.0)
        } else {
            (profit + expense - deductible).max(0.0) + paid_fees
        };

        let turnover = TurnoverSaved::Stated(Money(saved));
        let economic_cap = caps.then_some(ProfitSaved { rate: share(rate), turnover });
        let mut sublimits = [None; Head::COUNT];
        sublimits[Head::ExtraExpense as usize] = Some(Sublimit::of(Money(most_expense)));
        sublimits[Head::ClaimsPreparation as usize] = Some(Sublimit::of(Money(most_fees)));
        let cover = Cover {
            heads: vec![Head::LostProfit, Head::ExtraExpense, Head::ClaimsPreparation],
            lines: vec![0],
            deductible: Deductible::Straight(Money(deductible)),
            sublimits,
            extensions: Extensions {
                extra_expense: ExtraExpense { economic_cap, waits },
                claims_preparation: Some(ClaimsPreparation { pays_for, deductible_applies: applies }),
                ..Extensions::default()
            },
            ..Cover::plain()
        };
        let all_fees: f64 = fees.iter().map(|(_, amount)| amount).sum();
        let outflows =
            vec![(Head::ExtraExpense, Money(spent)), (Head::ClaimsPreparation, Money(all_fees))];
        let fees = fees.into_iter().map(|(fee, amount)| (fee, Money(amount))).collect();
        let nothing = Circumstances::default();
        let beside = (if waits { by_wait } else { 0.0 }, fees);
        let response = covered(&by_hour, cover, cause("system_failure"), &nothing, outflows, beside);
        let presented = profit + spent + all_fees;
        same("covered", response.total().0, expected, presented)?;
        same("covered or kept", (response.total() + response.retained.total()).0, presented, presented)?;
    }
}
