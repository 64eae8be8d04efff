//! Hours clause over the outages of a year, once more and slowly.

use netloss::cover::{Additional, CoverYear, HoursClause, Measured, Response};
use netloss::spans::Spans;

use super::*;

/// An outage: hours since the one before, whether its cause is the other of two,
/// and two amounts claimed.
type Drawn = (u32, bool, [u32; 2]);

const HEADS: [Head; 2] = [Head::ExtraExpense, Head::ClaimsPreparation];
const CAUSES: [Cause; 2] = [Cause::SystemFailure, Cause::UtilityFailure];

fn pays(claimed: [f64; 2], cover: &Cover) -> f64 {
    let Deductible::Straight(deductible) = cover.deductible else { unreachable!() };
    let sublimit = cover.sublimits[HEADS[0] as usize].map_or(f64::INFINITY, |sublimit| sublimit.most.0);
    let limit = cover.occurrence_limit.map_or(f64::INFINITY, |limit| limit.0);
    let sum = claimed[0].min(sublimit) + claimed[1];
    ((sum - deductible.0).max(0.0) * (1.0 - cover.insured_share.get())).min(limit)
}

/// Tries, from the first outage on, its own occurrence and its window.
fn best(outages: &[(f64, [f64; 2])], window: f64, cover: &Cover) -> f64 {
    let Some((start, claimed)) = outages.first() else { return 0.0 };
    let alone = pays(*claimed, cover) + best(&outages[1..], window, cover);
    let (inside, outside): (Vec<_>, Vec<_>) =
        outages.iter().copied().partition(|(other, _)| *other < start + window);
    let sum = inside.iter().fold([0.0; 2], |sum, (_, it)| [sum[0] + it[0], sum[1] + it[1]]);
    alone.max(pays(sum, cover) + best(&outside, window, cover))
}

fn respond(cover: &Cover, start: f64, cause: Cause, claimed: [f64; 2], year: &CoverYear) -> Response {
    let measured = Measured {
        duration: Hours(1.0),
        start: Hours(start),
        interruptions: Spans::one(Hours::ZERO, Hours(1.0)),
        cause: Some(cause),
        profits: vec![],
        providers: vec![],
        outflows: HEADS.into_iter().zip(claimed.map(Money)).collect(),
        credit: Money::ZERO,
        additional: Additional::default(),
        contribution: None,
    };
    cover.respond(&measured, year)
}

proptest! {
    #![proptest_config(cases(3000))]

    #[test]
    fn outages_of_a_year_recover_what_the_best_windows_do(
        drawn in prop::collection::vec((0..60_u32, any::<bool>(), [0..200_u32, 0..200_u32]), 1..9_usize),
        window in 1..100_u32,
        deductible in 0..250_u32,
        share in 0..50_u32,
        limit in prop::option::of(1..500_u32),
        sublimit in prop::option::of(0..300_u32),
        limit_first in any::<bool>(),
    ) {
        let drawn: Vec<Drawn> = drawn;
        let mut cover = Cover {
            heads: HEADS.to_vec(),
            hours_clause: Some(HoursClause::new(Hours(f64::from(window))).unwrap()),
            deductible: Deductible::Straight(Money(f64::from(deductible))),
            insured_share: Share::new(f64::from(share) / 100.0).unwrap(),
            occurrence_limit: limit.map(|limit| Money(f64::from(limit))),
            ..Cover::plain()
        };
        cover.sublimits[HEADS[0] as usize] = sublimit.map(|most| Sublimit::of(Money(f64::from(most))));
        if limit_first && limit.is_none() {
            cover.order = Order::LimitFirst;
        }
        let (mut year, mut start, mut given) = (CoverYear::default(), 0.0, [0.0; 2]);
        let mut happened: [Vec<(f64, [f64; 2])>; 2] = [vec![], vec![]];
        for (gap, other, claimed) in drawn {
            start += f64::from(gap);
            let (of_cause, claimed) = (usize::from(other), claimed.map(f64::from));
            let response = respond(&cover, start, CAUSES[of_cause], claimed, &year);
            let covered: f64 = response.covered.iter().map(|amount| amount.0).sum();
            let presented = claimed[0] + claimed[1];
            same("covered or kept", covered + response.retained.total().0, presented, presented)?;
            at_most("not below nothing", 0.0, covered, presented)?;
            for (head, claimed) in HEADS.into_iter().zip(claimed) {
                at_most("a head", response.covered[head as usize].0, claimed, presented)?;
                at_most("a head is not below nothing", 0.0, response.covered[head as usize].0, presented)?;
            }
            given[of_cause] += covered;
            happened[of_cause].push((start, claimed));
            let all = best(&happened[of_cause], f64::from(window), &cover);
            same("the year so far", given[of_cause], all, all)?;
            let (before, steps) = (presented, &response.after);
            let at_end = steps.last().map_or(before, |(_, amount)| amount.0);
            same("the last step", at_end, covered, presented)?;
            year = response.year;
        }
    }

    #[test]
    fn a_window_that_holds_one_outage_changes_nothing(
        claims in prop::collection::vec([0..200_u32, 0..200_u32], 1..6),
        deductible in 0..250_u32,
        limit in 1..500_u32,
        aggregate in 1..900_u32,
    ) {
        let cover = Cover {
            heads: HEADS.to_vec(),
            deductible: Deductible::Straight(Money(f64::from(deductible))),
            occurrence_limit: Some(Money(f64::from(limit))),
            aggregate_limit: Some(Money(f64::from(aggregate))),
            ..Cover::plain()
        };
        let apart = Cover { hours_clause: Some(HoursClause::new(Hours(24.0)).unwrap()), ..cover.clone() };
        let mut years = [CoverYear::default(), CoverYear::default()];
        for (place, claimed) in claims.into_iter().enumerate() {
            let (start, claimed) = (24.0 * place as f64, claimed.map(f64::from));
            let [plain, alone] = [(&cover, 0), (&apart, 1)]
                .map(|(cover, at)| respond(cover, start, CAUSES[0], claimed, &years[at]));
            let scale = claimed[0] + claimed[1];
            for ((_, plain), (_, alone)) in plain.after.iter().zip(&alone.after) {
                same("each step", alone.0, plain.0, scale)?;
            }
            for (reason, amount) in plain.retained.iter() {
                same(reason.key(), alone.retained[reason].0, amount.0, scale)?;
            }
            prop_assert!(plain.year.claimed.is_empty(), "without the clause nothing is remembered");
            years = [plain.year, alone.year];
        }
    }
}
