//! What holds for every loss, whoever pays for it.

use super::*;

/// The same business with every amount of money `k` times as large.
pub(crate) fn times(business: &Business, k: f64) -> Business {
    let of_steps = |steps: &mut twin::Steps| steps.steps.iter_mut().for_each(|(_, amount)| *amount *= k);
    let mut large = business.clone();
    large.lines.iter_mut().flat_map(|line| &mut line.revenue).for_each(|rate| *rate *= k);
    for outflow in &mut large.outflows {
        match &mut outflow.amount {
            twin::Amount::Fixed(money) | twin::Amount::PerHour { rate: money, .. } => *money *= k,
            twin::Amount::ShareOfLostRevenue { .. } => {}
            twin::Amount::Tiered(steps) => of_steps(steps),
        }
    }
    large.covers.iter_mut().for_each(|cover| times_cover(cover, k));
    for hedge in &mut large.parametrics {
        hedge.premium *= k;
        hedge.limit.iter_mut().for_each(|limit| *limit *= k);
        match &mut hedge.pays {
            twin::Pays::Steps(steps) => of_steps(steps),
            twin::Pays::PerHour { rate, .. } => *rate *= k,
        }
    }
    large
}

/// Makes every amount of a cover `k` times as large.
pub(crate) fn times_cover(cover: &mut twin::Cover, k: f64) {
    cover.deductible = cover.deductible.map(|amount| amount * k);
    cover.premium *= k;
    cover.limit.iter_mut().for_each(|limit| *limit *= k);
    cover.sublimits.iter_mut().for_each(|sublimit| sublimit.most *= k);
    let most = &mut cover.most_in;
    for limit in [&mut most.hour, &mut most.day, &mut most.month, &mut cover.aggregate_limit] {
        limit.iter_mut().for_each(|limit| *limit *= k);
    }
    match &mut cover.aggregate_deductible {
        twin::AggregateDeductible::None => {}
        twin::AggregateDeductible::Absorb(amount) => *amount *= k,
        twin::AggregateDeductible::CapOnRetentions { amount, maintenance } => {
            *amount *= k;
            *maintenance *= k;
        }
    }
    for layer in cover.tower.iter_mut().flatten() {
        layer.from *= k;
        layer.width.iter_mut().for_each(|width| *width *= k);
    }
}

/// The same line on a path that only ever gets better.
pub(crate) fn getting_better(mut line: twin::Line) -> twin::Line {
    let mut level = 1.0_f64;
    for stage in &mut line.stages {
        stage.lost.0 = level.min(stage.lost.0);
        stage.lost.1 = stage.lost.0.min(stage.lost.1);
        level = stage.lost.1;
    }
    // A ramp is the longer way back from a stage that stopped early.
    if line.stages.len() > 1 || level < line.stages[0].lost.0 {
        line.ramp_up = 0;
    }
    line
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn results_are_as_large_as_the_money_they_are_made_of(
        (business, duration) in outage(Shape::Any),
        k in prop_oneof![Just(1e-3), Just(7.0), Just(1e6), 0.01..100.0],
    ) {
        let read_off = |waterfall: &Waterfall<'_>| {
            let mut amounts = vec![waterfall.gross.0, waterfall.economic_loss.0, waterfall.net.0];
            amounts.extend(waterfall.retained.iter().map(|(_, amount)| amount.0));
            amounts.extend(waterfall.covers.iter().map(|cover| cover.paid.0));
            amounts.extend(waterfall.payouts.iter().map(|payout| payout.0));
            amounts
        };
        let large = read(&times(&business, k), duration, read_off);
        let scale = scale_of(&business, duration) * k;
        let ones = read(&business, duration, read_off);
        for (place, (one, k_times)) in ones.into_iter().zip(large).enumerate() {
            same(&format!("amount {place}"), one * k, k_times, scale.max(k_times.abs()))?;
        }
    }

    #[test]
    fn a_longer_outage_loses_no_less(
        (mut business, one) in outage(Shape::Any),
        more in clock(48),
    ) {
        business.lines = business.lines.into_iter().map(getting_better).collect();
        let other = whole_minutes(&business, one + more);
        let (shorter, longer) = (scenario(&business, &[one]), scenario(&business, &[other]));
        for place in 0..business.lines.len() {
            let lost = shorter.lost_profit(place, &shorter.outage, hours(one)).lost_revenue().total().0;
            let longer = longer.lost_profit(place, &longer.outage, hours(other)).lost_revenue().total().0;
            at_most("lost in less time", lost, longer, longer)?;
        }
    }

    #[test]
    fn cutting_an_interval_in_two_changes_nothing(
        (business, duration) in outage(Shape::Any),
        cuts in prop::collection::vec(0.0..=1.2, 3),
    ) {
        let scenario = scenario(&business, &[duration]);
        for place in 0..scenario.lines.len() {
            let profit = scenario.lost_profit(place, &scenario.outage, hours(duration));
            let ends = profit.lost_revenue().ends();
            let mut cuts: Vec<f64> = cuts.iter().map(|part| part * ends.0).collect();
            cuts.sort_by(f64::total_cmp);
            let between = |from: f64, to: f64| profit.between(Hours(from), Hours(to)).0;
            let parts = between(cuts[0], cuts[1]) + between(cuts[1], cuts[2]);
            same("two parts", parts, between(cuts[0], cuts[2]), profit.total().0)?;
            same("the whole", between(0.0, ends.0), profit.total().0, profit.total().0)?;
            let normally = |from: f64, to: f64| profit.lost_revenue().normally(Hours(from), Hours(to)).0;
            let whole = normally(cuts[0], cuts[2]);
            same("normal revenue", normally(cuts[0], cuts[1]) + normally(cuts[1], cuts[2]), whole, whole)?;
        }
    }

    #[test]
    fn an_outage_twice_as_hard_is_one_of_lines_that_bring_twice_as_much(
        (business, duration) in outage(Shape::Any),
        severity in prop_oneof![Just(0.0), Just(1.0), 0.0..3.0],
        hit in any::<u64>(),
    ) {
        let struck = Struck::new(severity, hit).unwrap();
        let mut brings = business.clone();
        for (place, line) in brings.lines.iter_mut().enumerate() {
            line.revenue.iter_mut().for_each(|rate| *rate *= struck.factor(place));
        }
        let usual = scenario(&business, &[duration]);
        let outage = Outage { struck, ..usual.outage.clone() };
        let waterfall = Waterfall::after(&usual, &outage, hours(duration), &PolicyYear::default());
        let amounts = |waterfall: &Waterfall<'_>| {
            [waterfall.gross, waterfall.recaptured, waterfall.saved, waterfall.economic_loss]
        };
        let scale = scale_of(&business, duration) * severity.max(1.0);
        for (one, other) in amounts(&waterfall).into_iter().zip(read(&brings, duration, amounts)) {
            same("an amount", one.0, other.0, scale)?;
        }
        for (place, line) in waterfall.lines.iter().enumerate() {
            let dark = line.lost_revenue().dark().length();
            prop_assert!(struck.factor(place) > 0.0 || dark == Hours::ZERO, "a spared line is dark");
        }
    }

    #[test]
    fn what_is_made_up_is_not_lost((mut business, duration) in outage(Shape::Any), all in any::<bool>()) {
        for line in &mut business.lines {
            (line.recapture, line.fade) = (if all { 1.0 } else { 0.0 }, twin::Fade::None);
        }
        read(&business, duration, |waterfall| {
            let profit: f64 = waterfall.lines.iter().map(|line| line.total().0).sum();
            let (gross, saved) = (waterfall.gross.0, waterfall.saved.0);
            let (made_up, lost) = if all { (gross, 0.0) } else { (0.0, gross - saved) };
            same("made up", waterfall.recaptured.0, made_up, gross)?;
            same("lost profit", profit, lost, gross)
        })?;
    }

    #[test]
    fn a_parametric_cover_does_not_look_at_the_loss(
        (business, duration) in outage(Shape::Any),
        other in business(Shape::Any),
    ) {
        let duration = whole_minutes(&other, duration);
        let payouts = |business: &Business| read(business, duration, |waterfall| waterfall.payouts.clone());
        let elsewhere = Business { parametrics: business.parametrics.clone(), ..other };
        prop_assert_eq!(payouts(&business), payouts(&elsewhere));
    }
}
