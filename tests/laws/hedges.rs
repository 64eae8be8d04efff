//! Indices, hedges and basis risk, once more and slowly.

use netloss::annual::PolicyYear;
use netloss::hedge::{
    Asked, BasisRisk, CallSpread, Cap, CatBond, Collar, Contract, Counting, Gap, Hedge, HedgeRatio, Index,
    IndustryLoss, IndustryLossWarranty, Level, Log, LossMeasure, LossTrigger, Monitor, Outcome,
    RevenueSwap, Rounding, Run, Service, SoldFloor, Swap, Tick, WarrantyForm,
};
use netloss::scenario::HedgePosition;

use super::found::one_line;
use super::*;

/// A rule of counting in plain words: shortest run, gap to join and whether it
/// counts, whether the longest run alone, and how hours are rounded.
#[derive(Clone, Copy, Debug)]
struct Rule {
    min_run: Minutes,
    gap: Option<(Minutes, bool)>,
    longest: bool,
    rounding: i8,
}

fn rule() -> impl Strategy<Value = Rule> {
    let gap = prop::option::of((1..240_i64, any::<bool>()));
    (prop_oneof![Just(0), 0..120_i64], gap, any::<bool>(), -1..=1_i8)
        .prop_map(|(min_run, gap, longest, rounding)| Rule { min_run, gap, longest, rounding })
}

fn to_monitor(rule: Rule) -> Monitor {
    let gap =
        rule.gap.map(|(gap, counts)| (hours(gap), if counts { Gap::Counted } else { Gap::NotCounted }));
    let counting = if rule.longest { Counting::Longest } else { Counting::Sum };
    let rounding = match rule.rounding {
        -1 => Rounding::Down,
        0 => Rounding::None,
        _ => Rounding::Up,
    };
    Monitor::new(hours(rule.min_run), gap, counting, rounding).unwrap()
}

/// Counts the minutes that are down, one after the other.
fn count(rule: Rule, down: &[bool]) -> f64 {
    // Runs as first and last minute.
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (minute, _) in down.iter().enumerate().filter(|(_, down)| **down) {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == minute => *last = minute,
            _ => runs.push((minute, minute)),
        }
    }
    runs.retain(|(first, last)| (last - first + 1) as Minutes >= rule.min_run);
    let mut counted: Vec<usize> = Vec::new();
    let mut end = 0;
    for (first, last) in runs {
        let minutes = last - first + 1;
        match (rule.gap, counted.last_mut()) {
            (Some((most, counts)), Some(before)) if ((first - end) as Minutes) < most => {
                *before += minutes + if counts { first - end } else { 0 };
            }
            _ => counted.push(minutes),
        }
        end = last + 1;
    }
    let minutes: usize =
        if rule.longest { counted.into_iter().max().unwrap_or(0) } else { counted.iter().sum() };
    match rule.rounding {
        -1 => (minutes / 60) as f64,
        0 => minutes as f64 / 60.0,
        _ => minutes.div_ceil(60) as f64,
    }
}

/// Weights in fortieths that come to the whole, one for each line.
fn weights(lines: usize, parts: &[usize]) -> Vec<f64> {
    let mut left = 40;
    let mut weights = Vec::new();
    for line in 0..lines {
        let part = if line + 1 == lines { left } else { parts[line % parts.len()].min(left) };
        weights.push(part as f64 / 40.0);
        left -= part;
    }
    weights
}

/// Share lost of the mean of all lines, in the middle of each minute.
fn lost_by_minute(business: &Business, weights: &[f64], duration: Minutes) -> Vec<f64> {
    let ramp = business.lines.iter().map(|line| line.ramp_up).max().unwrap_or(0);
    let lost = |minute: Minutes| {
        let at = minute as f64 + 0.5;
        let lines = business.lines.iter().zip(weights);
        lines.map(|(line, weight)| weight * twin::lost_share(line, duration, at)).sum()
    };
    (0..duration + ramp).map(lost).collect()
}

fn service(weights: &[f64]) -> Service {
    Service::new(weights.iter().enumerate().map(|(line, weight)| (line, share(*weight))).collect()).unwrap()
}

/// A form of hedge on some index, in plain words.
#[derive(Clone, Debug)]
enum Form {
    CallSpread(f64, f64, f64),
    Swap(f64, f64),
    Cap(f64, f64),
    SoldFloor(f64, f64),
    Collar(f64, f64, f64),
    CatBond(f64, f64, f64),
}

fn form() -> impl Strategy<Value = Form> {
    let (tick, low, more) = (amount(50_000.0), 0.0..40.0_f64, 0.25..20.0_f64);
    (0..6, tick, low, more).prop_map(|(kind, tick, low, more)| match kind {
        0 => Form::CallSpread(tick, low, low + more),
        1 => Form::Swap(tick, low),
        2 => Form::Cap(tick, low),
        3 => Form::SoldFloor(tick, low),
        4 => Form::Collar(tick, low, low + more),
        _ => Form::CatBond(tick, low, low + more),
    })
}

/// What a form pays, said in one sentence each.
fn pays(form: &Form, level: f64) -> f64 {
    match *form {
        Form::CallSpread(tick, low, high) => {
            if level <= low {
                0.0
            } else if level >= high {
                tick * (high - low)
            } else {
                tick * (level - low)
            }
        }
        Form::Swap(tick, strike) => tick * (level - strike),
        Form::Cap(tick, strike) => {
            if level > strike {
                tick * (level - strike)
            } else {
                0.0
            }
        }
        Form::SoldFloor(tick, strike) => {
            if level < strike {
                tick * (level - strike)
            } else {
                0.0
            }
        }
        Form::Collar(tick, floor, cap) => {
            pays(&Form::Cap(tick, cap), level) + pays(&Form::SoldFloor(tick, floor), level)
        }
        Form::CatBond(principal, from, to) => {
            if level <= from {
                0.0
            } else if level >= to {
                principal
            } else {
                principal * (level - from) / (to - from)
            }
        }
    }
}

/// A form whose levels are stretched by `unit`, for an index of another size.
fn to_contract(form: &Form, unit: f64) -> Contract {
    let (money, level) = (|tick: f64| Money(tick / unit), |hours: f64| Level(hours * unit));
    match *form {
        Form::CallSpread(tick, low, high) => {
            Contract::CallSpread(CallSpread::new(money(tick), level(low), level(high)).unwrap())
        }
        Form::Swap(tick, strike) => Contract::Swap(Swap { tick: money(tick), strike: level(strike) }),
        Form::Cap(tick, strike) => Contract::Cap(Cap { tick: money(tick), strike: level(strike) }),
        Form::SoldFloor(tick, strike) => {
            Contract::SoldFloor(SoldFloor { tick: money(tick), strike: level(strike) })
        }
        Form::Collar(tick, floor, cap) => {
            Contract::Collar(Collar::new(money(tick), level(floor), level(cap)).unwrap())
        }
        Form::CatBond(principal, from, to) => {
            let (spread, collateral) = (Share::NONE, Share::NONE);
            let bond = CatBond::new(Money(principal), level(from), level(to), spread, collateral);
            Contract::CatBond(bond.unwrap())
        }
    }
}

fn position(index: Index, contract: Contract) -> Named<HedgePosition> {
    let hedge = Hedge { index, contract };
    named(0, HedgePosition { hedge, quality: None, premium: Money::ZERO.into(), stated_in: None })
}

/// A level of service that no line of round shares stops at.
fn threshold() -> impl Strategy<Value = f64> {
    (0..20_i32).prop_map(|part| (f64::from(part) + 0.437) / 20.0)
}

proptest! {
    #![proptest_config(cases(1_500))]

    #[test]
    fn runs_are_counted_minute_by_minute(
        rule in rule(), lengths in prop::collection::vec(1..200_usize, 0..12), first in any::<bool>(),
    ) {
        let mut down = Vec::new();
        for (place, length) in lengths.iter().enumerate() {
            down.extend(vec![(place % 2 == 0) == first; *length]);
        }
        let mut runs: Vec<Run> = Vec::new();
        let mut at = 0;
        for (place, length) in lengths.iter().enumerate() {
            if (place % 2 == 0) == first {
                runs.push(Run { from: hours(at), to: hours(at + *length as i64) });
            }
            at += *length as i64;
        }
        same("hours", to_monitor(rule).counted(&runs).0, count(rule, &down), 1.0)?;
    }

    #[test]
    fn service_is_measured_minute_by_minute(
        (business, duration) in outage(Shape::Straight),
        below in threshold(),
        parts in prop::collection::vec(0..40_usize, 4),
        rule in rule(),
    ) {
        let weights = weights(business.lines.len(), &parts);
        let lost = lost_by_minute(&business, &weights, duration);
        // Levels that only rounding holds from the threshold are left to the unit tests.
        prop_assume!(lost.iter().all(|lost| (1.0 - lost - below).abs() > 1e-6));
        let down: Vec<bool> = lost.iter().map(|lost| 1.0 - lost < below).collect();
        let service = service(&weights);
        let hours_below = Index::HoursBelow {
            service: service.clone(), below: share(below), monitor: to_monitor(rule),
        };
        let lost_hours = Index::EquivalentHours { service, weights: None };
        // A ramp crosses the threshold inside a minute.
        let straight = business.lines.iter().all(|line| line.ramp_up == 0);
        read(&business, duration, |waterfall| {
            let seen = waterfall.seen();
            if straight {
                same("hours below", hours_below.read(&seen).0, count(rule, &down), 1.0)?;
            }
            same("lost hours", lost_hours.read(&seen).0, lost.iter().sum::<f64>() / 60.0, 100.0)
        })?;
    }

    #[test]
    fn each_form_pays_what_its_sentence_says(form in form(), level in -5.0..80.0_f64) {
        let paid = to_contract(&form, 1.0).payoff(Hours(level.max(0.0)), Level(level)).0;
        same("payoff", paid, pays(&form, level), 1e7)?;
    }

    #[test]
    fn a_warranty_needs_both_losses(
        (limit, trigger, more, own_trigger) in (amount(1e6), amount(1e6), amount(1e6), amount(1e5)),
        (industry, own, at_least) in (0.0..3e6_f64, 0.0..3e5_f64, any::<bool>()),
        on_the_trigger in any::<bool>(),
        kind in 0..3,
    ) {
        let industry = if on_the_trigger { trigger } else { industry };
        let reached = |loss: f64, trigger: f64| if at_least { loss >= trigger } else { loss > trigger };
        let (industry_met, own_met) = (reached(industry, trigger), reached(own, own_trigger));
        let (form, expected) = match kind {
            0 => (WarrantyForm::Binary, if industry_met && own_met { limit } else { 0.0 }),
            1 => {
                let above = if own > own_trigger { own - own_trigger } else { 0.0 };
                let paid = if above > limit { limit } else { above };
                (WarrantyForm::Indemnity, if industry_met { paid } else { 0.0 })
            }
            _ => {
                let full = trigger + more;
                let way = if industry >= full { 1.0 } else { (industry - trigger) / more };
                let paid = if industry > trigger && own_met { limit * way } else { 0.0 };
                (WarrantyForm::ProRata(Money(full)), paid)
            }
        };
        let warranty = IndustryLossWarranty::new(
            Money(limit), Money(trigger), Money(own_trigger), met(at_least), form,
            IndustryLoss::Fixed(Money(industry)),
        );
        same("warranty", warranty.unwrap().payoff(Hours(8.0), Money(own)).0, expected, 1e6)?;
    }

    #[test]
    fn hedges_stand_in_both_reckonings_and_a_cost_has_its_line(
        (business, duration) in outage(Shape::Any),
        forms in prop::collection::vec(form(), 1..5),
        on_loss in any::<bool>(),
    ) {
        let plain = twin::price(&business, duration);
        let hours_of_it = duration as f64 / 60.0;
        let lost = plain.economic_loss;
        let index = || if on_loss { Index::Loss(LossMeasure::Economic) } else { Index::OutageHours };
        let unit = if on_loss { 10_000.0 } else { 1.0 };
        let hedged = Scenario {
            hedges: forms.iter().map(|form| position(index(), to_contract(form, unit))).collect(),
            ..scenario(&business, &[duration])
        };
        let waterfall = Waterfall::new(&hedged, hours(duration));
        let level = if on_loss { lost / unit } else { hours_of_it };
        let (mut received, mut paid) = (0.0, 0.0);
        for form in &forms {
            let payoff = pays(form, level);
            if payoff > 0.0 { received += payoff } else { paid -= payoff }
        }
        let scale = plain.gross.max(lost).max(received).max(paid) + plain.payouts.iter().sum::<f64>();
        same("received", waterfall.paid_out().0, received + plain.payouts.iter().sum::<f64>(), scale)?;
        same("paid", waterfall.paid_on_hedges().0, paid, scale)?;
        same("net", waterfall.net.0, plain.net - received + paid, scale)?;
        same("by reason", waterfall.net_by_reason().0, waterfall.net.0, scale)?;
        let covers: f64 = plain.answers.iter().map(|answer| answer.paid).sum();
        same("covers pay the same", waterfall.recovered().0, covers, scale)?;
    }

    #[test]
    fn what_is_paid_on_an_index_does_not_look_at_the_loss(
        (business, duration) in outage(Shape::Any),
        form in form(),
        (at, paid, trigger) in (0..100_i64, amount(1e6), amount(1e6)),
        k in 0.0..5.0_f64,
    ) {
        let service = Service::of_line(0);
        let steps = Steps::new(vec![(Hours(at as f64), Money(paid))], Met::AtLeast).unwrap();
        let below = Index::HoursBelow { service: service.clone(), below: share(0.5), monitor: Monitor::PLAIN };
        let parametric = Parametric { index: below, ..Parametric::on_hours(Schedule::Steps(steps), None) };
        let lost_hours = Index::EquivalentHours { service, weights: None };
        let only_if = LossTrigger {
            measure: LossMeasure::Economic, threshold: Money(trigger), met: Met::AtLeast,
        };
        let policy = |parametric: Parametric| ParametricPolicy {
            parametric, quality: None, premium: Money::ZERO.into(), stated_in: None,
        };
        let of = |business: &Business, only_if: Option<LossTrigger>| Scenario {
            parametrics: vec![named(0, policy(Parametric { only_if, ..parametric.clone() }))],
            hedges: vec![position(lost_hours.clone(), to_contract(&form, 1.0))],
            ..scenario(business, &[duration])
        };
        let price = |scenario: &Scenario| {
            let waterfall = Waterfall::new(scenario, hours(duration));
            (waterfall.payouts[0], waterfall.hedges[0], waterfall.economic_loss)
        };
        let (one, other) = (price(&of(&business, None)), price(&of(&times(&business, k), None)));
        prop_assert_eq!((one.0, one.1), (other.0, other.1));
        // A double trigger looks at it, and at nothing else of it but whether it is reached.
        let both = price(&of(&business, Some(only_if)));
        let expected = if both.2.0 >= trigger - 1e-9 { one.0 } else { Money::ZERO };
        prop_assert_eq!(both.0, expected);
    }

    #[test]
    fn what_the_year_has_had_is_gone(
        outages in prop::collection::vec((1..60_i64, 0..5_u8), 1..6),
        (rate, limit, principal) in (amount(1e4), amount(1e5), amount(1e6)),
    ) {
        let business = one_line();
        let hourly = PerHour::new(MoneyPerHour(rate), Hours(2.0), None, false).unwrap();
        let cover = Parametric {
            annual_limit: Some(Money(limit)), ..Parametric::on_hours(Schedule::PerHour(hourly), None)
        };
        let bond = Form::CatBond(principal, 10.0, 40.0);
        let policy = ParametricPolicy {
            parametric: cover, quality: None, premium: Money::ZERO.into(), stated_in: None,
        };
        let scenario = Scenario {
            parametrics: vec![named(0, policy)],
            hedges: vec![position(Index::OutageHours, to_contract(&bond, 1.0))],
            ..scenario(&business, &[60])
        };
        let mut year = PolicyYear::default();
        let (mut left, mut bond_left) = (limit, principal);
        for (length, _) in outages {
            let waterfall = Waterfall::after(&scenario, &scenario.outage, Hours(length as f64), &year);
            let paid = (rate * (length - 2).max(0) as f64).min(left);
            let reduced = pays(&bond, length as f64).min(bond_left);
            same("hourly", waterfall.payouts[0].0, paid, limit)?;
            same("bond", waterfall.hedges[0].payoff.0, reduced, principal)?;
            (left, bond_left) = (left - paid, bond_left - reduced);
            year = waterfall.year;
        }
    }

    #[test]
    fn basis_risk_is_that_of_a_crowd(
        crowd in prop::collection::vec((1..9_u32, 0..20_u32, 0..20_u32), 1..8),
        (above, up_to, tau) in (0..20_u32, 0..20_u32, 0..=20_u32),
    ) {
        // Each outcome stands as many times as it is likely, and means are plain means.
        let all: u32 = crowd.iter().map(|(times, ..)| times).sum();
        let outcomes: Vec<Outcome> = crowd.iter().map(|(times, loss, paid)| Outcome {
            probability: f64::from(*times) / f64::from(all),
            loss: Money(f64::from(*loss)),
            payout: Money(f64::from(*paid)),
        }).collect();
        let mut people = Vec::new();
        for (times, loss, paid) in &crowd {
            people.extend(vec![(f64::from(*loss), f64::from(*paid)); *times as usize]);
        }
        let n = people.len() as f64;
        let (mut short, mut over, mut square, mut weighted) = (0.0, 0.0, 0.0, 0.0);
        let (mut unpaid, mut large, mut needless, mut small) = (0.0, 0.0, 0.0, 0.0);
        let weight = f64::from(tau) / 20.0;
        for (loss, paid) in &people {
            if loss > paid {
                short += loss - paid;
                weighted += weight * (loss - paid) * (loss - paid);
            } else {
                over += paid - loss;
                weighted += (1.0 - weight) * (paid - loss) * (paid - loss);
            }
            square += (loss - paid) * (loss - paid);
            if *loss > f64::from(above) {
                large += 1.0;
                if *paid == 0.0 { unpaid += 1.0; }
            }
            if *loss <= f64::from(up_to) {
                small += 1.0;
                if *paid > 0.0 { needless += 1.0; }
            }
        }
        let mean = |of: fn(&(f64, f64)) -> f64| people.iter().map(of).sum::<f64>() / n;
        let (loss, paid) = (mean(|it| it.0), mean(|it| it.1));
        let spread = |of: fn(&(f64, f64)) -> f64| {
            let middle = mean(of);
            people.iter().map(|it| (of(it) - middle) * (of(it) - middle)).sum::<f64>() / n
        };
        let (of_loss, of_paid, of_rest) = (spread(|it| it.0), spread(|it| it.1), spread(|it| it.0 - it.1));
        let together = people.iter().map(|it| (it.0 - loss) * (it.1 - paid)).sum::<f64>() / n;

        let asked = Asked {
            false_negative_above: Some(Money(f64::from(above))),
            false_positive_up_to: Some(Money(f64::from(up_to))),
            tau: Some(share(weight)),
        };
        let (risk, ratio) = (BasisRisk::of(&outcomes, asked), HedgeRatio::of(&outcomes));
        same("short", risk.mean_shortfall.0, short / n, 20.0)?;
        same("over", risk.mean_overpay.0, over / n, 20.0)?;
        same("rmse", risk.rmse.0, (square / n).sqrt(), 20.0)?;
        same("expectile", risk.expectile_loss.unwrap(), weighted / n, 400.0)?;
        prop_assert_eq!(risk.false_negative_share.is_some(), large > 0.0);
        prop_assert_eq!(risk.false_positive_share.is_some(), small > 0.0);
        same("unpaid", risk.false_negative_share.unwrap_or(0.0), if large > 0.0 { unpaid / large } else { 0.0 }, 1.0)?;
        same("needless", risk.false_positive_share.unwrap_or(0.0), if small > 0.0 { needless / small } else { 0.0 }, 1.0)?;
        // A variance that is a rounding is left to the unit tests.
        if of_loss > 1e-9 {
            same("removed", risk.variance_reduction.unwrap(), 1.0 - of_rest / of_loss, 400.0)?;
        }
        if of_loss > 1e-9 && of_paid > 1e-9 {
            let correlation = together / (of_loss * of_paid).sqrt();
            same("correlation", risk.correlation.unwrap(), correlation, 1.0)?;
            same("ratio", ratio.ratio.unwrap(), together / of_paid, 400.0)?;
            same("squared", ratio.r_squared.unwrap(), correlation * correlation, 1.0)?;
            // At the best ratio no less variance is removed than at the one that is held.
            let held = 1.0 - of_rest / of_loss;
            at_most("removed", held, ratio.r_squared.unwrap(), 400.0)?;
        }
    }

    #[test]
    fn a_revenue_swap_and_its_proxy_come_to_the_fixed_amount(
        (business, duration) in outage(Shape::Any), fixed in amount(1e6), period in 1..100_i64,
    ) {
        let lines: Vec<usize> = (0..business.lines.len()).collect();
        let swap = Contract::RevenueSwap(RevenueSwap { notional: Share::ALL, fixed: Money(fixed) });
        let index = Index::Revenue { lines, period: Hours(period as f64) };
        let hedged = Scenario {
            hedges: vec![position(index, swap)],
            ..scenario(&business, &[duration])
        };
        let mut proxy = 0.0;
        for line in &business.lines {
            for minute in 0..period * 60 {
                let hour = (business.starts - line.first_hour + minute).div_euclid(60);
                let normal = line.revenue[hour.rem_euclid(line.revenue.len() as i64) as usize] / 60.0;
                let lost = twin::lost_share(line, duration, minute as f64 + 0.5) * line.dependency;
                proxy += normal * (1.0 - lost);
            }
        }
        let settled = Waterfall::new(&hedged, hours(duration)).hedges[0];
        same("proxy", settled.level.0, proxy, proxy)?;
        same("payoff", settled.payoff.0, fixed - proxy, proxy.max(fixed))?;
    }
}

proptest! {
    #![proptest_config(cases(150))]

    /// The search for kinks sees where an index crosses the levels of a hedge.
    #[test]
    fn no_kink_of_a_hedge_is_missed(
        business in business(Shape::Straight),
        until in 6..18_i64,
        forms in prop::collection::vec((form(), 0..5), 1..3),
        lengths in prop::collection::vec(1..150_i64, 1..9),
        (below, rule) in (threshold(), rule()),
        (strike, cap) in (0.0..20.0_f64, amount(1e5)),
    ) {
        let until = until * 60;
        let of_line = Service::of_line(0);
        // A ramp would leave the threshold along a curve of its own.
        prop_assume!(business.lines.iter().all(|line| line.ramp_up == 0));
        let mut at = 0;
        let mut runs = Vec::new();
        for (place, length) in lengths.iter().enumerate() {
            if place % 2 == 0 {
                runs.push(Run { from: hours(at), to: hours(at + length) });
            }
            at += length;
        }
        let log = Log::new(&runs, &[], &[]).unwrap();
        let index = |kind: &i32| match kind {
            0 => Index::OutageHours,
            1 => Index::EquivalentHours { service: of_line.clone(), weights: None },
            2 => Index::HoursBelow {
                service: of_line.clone(), below: share(below), monitor: to_monitor(rule),
            },
            3 => Index::Loss(LossMeasure::AfterCovers),
            _ => Index::Measured { log: log.clone(), monitor: to_monitor(rule) },
        };
        let unit = |kind: &i32| if *kind == 3 { 10_000.0 } else { 1.0 };
        let tick = Tick { tick: Money(1_000.0), strike: Level(strike), cap: Some(Money(cap)) };
        let policy = ParametricPolicy {
            parametric: Parametric { index: index(&1), ..Parametric::on_hours(Schedule::Tick(tick), None) },
            quality: None, premium: Money::ZERO.into(), stated_in: None,
        };
        let mut hedged = scenario(&business, &[until]);
        hedged.parametrics.push(named(99, policy));
        hedged.hedges = forms.iter().map(|(form, kind)| {
            position(index(kind), to_contract(form, unit(kind)))
        }).collect();
        let projection = Projection::new(&hedged);
        for piece in corners(&business, &projection, until).windows(2) {
            let (from, to) = (step_after(piece[0]), step_before(piece[1]));
            let half = (to - from) / STEP / 2 * STEP;
            if half <= 0 {
                continue;
            }
            let moments = [from, from + half, from + 2 * half];
            let [first, middle, last] = moments.map(|at| Waterfall::new(&hedged, hours(at)));
            let bend = first.net.0 - 2.0 * middle.net.0 + last.net.0;
            let scale = last.economic_loss.0 + last.paid_out().0 + last.paid_on_hedges().0;
            prop_assert!(
                bend.abs() <= 4.0 * slack(scale),
                "net loss bends by {bend} between minutes {from} and {to}, and no kink says why"
            );
        }
    }
}
