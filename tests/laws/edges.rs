//! Each term of a year's columns at its edge, worked by hand: one line of 1,000 an hour,
//! outages that begin on the full hour and all last as long.

use netloss::tower::{Counted, LayerTerms, ProRata, Reinstatements};

use super::found::one_line;
use super::twin::AggregateDeductible::{Absorb, None as NothingAbsorbed};
use super::twin::{Deductible::*, Order::*, Reading::*};
use super::*;
use netloss::peril::{Duration, Frequency, Hits, Law, Moment, Peril, Severity, Start};

/// So many outages a year, each of so many hours.
fn strikes(scenario: &mut Scenario, outages: u32, hours: f64, moment: Moment) {
    scenario.perils = vec![named(
        0,
        Peril {
            frequency: Frequency::fixed(outages),
            duration: Duration::new(Law::Fixed(hours), None).unwrap(),
            start: Start::even(moment),
            severity: Severity::default(),
            hits: Hits::every_line(),
            cause: Some(Cause::SystemFailure),
        },
    )];
}

/// What a year comes to by one measure, whichever way and in whichever year.
fn of_year(scenario: &Scenario, measure: Measure, because: &str) -> f64 {
    let priced = both_ways(scenario, 7, 0, 3).unwrap_or_else(|error| panic!("{because}: {error}"));
    let (_, losses) = priced.unwrap_or_else(|| panic!("{because}: needs waterfalls"));
    let simulation = Simulation::new(scenario, 7).unwrap();
    let measures = Pricing::new(scenario, &simulation).measures().to_vec();
    let column = losses.all_years(measures.iter().position(|other| *other == measure).unwrap());
    assert!(column.iter().all(|year| year == &column[0]), "{because}: {column:?}");
    column[0]
}

fn waits(hours: Minutes, reading: twin::Reading, at_least: bool) -> Option<twin::Wait> {
    Some(twin::Wait { minutes: hours * 60, reading, at_least })
}

fn lasts(hours: Minutes, from_end_of_wait: bool) -> Option<twin::Indemnity> {
    Some(twin::Indemnity { minutes: hours * 60, from_end_of_wait })
}

/// A cover, outages of a year and their hours, what it pays, whether a limit is used up.
type Row = (twin::Cover, u32, f64, f64, bool, &'static str);

#[rustfmt::skip]
fn rows() -> Vec<Row> {
    let plain = twin::Cover::plain;
    let wait = |wait, deductible| twin::Cover { wait, deductible: Straight(deductible), ..plain() };
    let period = |wait, indemnity| twin::Cover { wait, indemnity, ..plain() };
    let bears = |deductible| twin::Cover { deductible, ..plain() };
    let limit = |limit| twin::Cover { limit: Some(limit), ..plain() };
    let part = |of, minimum, maximum| bears(Percentage { share: 0.25, of, minimum, maximum });
    let order = |order| twin::Cover {
        deductible: Straight(1_000.0), insured_share: 0.1, limit: Some(9_000.0), order, ..plain()
    };
    let year = |absorbs: f64, most: Option<f64>| twin::Cover {
        aggregate_deductible: if absorbs > 0.0 { Absorb(absorbs) } else { NothingAbsorbed },
        aggregate_limit: most,
        ..plain()
    };
    let named = |cause| twin::Cover { perils: Some(vec![cause]), limit: Some(1.0), ..plain() };
    vec![
        (plain(), 1, 12.0, 12_000.0, false, "all of the loss"),
        (plain(), 0, 12.0, 0.0, false, "a year without an outage"),
        (wait(waits(8, TimeDeductible, true), 0.0), 1, 8.0, 0.0, false, "no hour is left"),
        (wait(waits(8, TimeDeductible, false), 0.0), 1, 12.0, 4_000.0, false, "the hours after the wait"),
        (wait(waits(8, Qualifying, false), 0.0), 1, 8.0, 0.0, false, "reaching is not passing"),
        (wait(waits(8, Qualifying, true), 0.0), 1, 8.0, 8_000.0, false, "reaching is enough"),
        (wait(waits(8, Qualifying, false), 0.0), 1, 8.5, 8_500.0, false, "back to the first minute"),
        (wait(waits(0, Qualifying, false), 0.0), 1, 12.0, 12_000.0, false, "no wait at all"),
        (wait(waits(8, Cumulative, false), 3_000.0), 1, 12.0, 1_000.0, false, "hours, then money"),
        (wait(waits(8, QualifyingThenMoney, true), 3_000.0), 1, 8.0, 5_000.0, false, "money alone"),
        (wait(waits(8, QualifyingThenMoney, false), 3_000.0), 1, 8.0, 0.0, false, "not passed, no money"),
        (period(waits(4, TimeDeductible, false), lasts(10, false)), 1, 12.0, 6_000.0, false, "the wait uses it up"),
        (period(waits(4, TimeDeductible, false), lasts(10, true)), 1, 12.0, 8_000.0, false, "from the end of the wait"),
        (period(waits(4, TimeDeductible, false), lasts(10, true)), 1, 14.0, 10_000.0, false, "just as long"),
        (period(waits(4, TimeDeductible, false), lasts(10, true)), 1, 20.0, 10_000.0, false, "no longer"),
        (period(waits(4, TimeDeductible, false), lasts(3, false)), 1, 12.0, 0.0, false, "over before the wait"),
        (period(waits(4, Qualifying, false), lasts(3, true)), 1, 12.0, 7_000.0, false, "from the first minute on"),
        (period(waits(4, Qualifying, false), lasts(3, false)), 1, 4.0, 0.0, false, "a wait that is not met"),
        (period(None, lasts(10, true)), 1, 12.0, 10_000.0, false, "without a wait from the outage"),
        (bears(Straight(12_000.0)), 1, 12.0, 0.0, false, "all of the loss is borne"),
        (bears(Straight(5_000.0)), 2, 12.0, 14_000.0, false, "once for each outage"),
        (bears(Franchise { threshold: 12_000.0, at_least: false }), 1, 12.0, 0.0, false, "not passed"),
        (bears(Franchise { threshold: 12_000.0, at_least: true }), 1, 12.0, 12_000.0, false, "reached"),
        (bears(Disappearing { amount: 4_000.0, vanishes_at: 12_000.0 }), 1, 4.0, 0.0, false, "all of it"),
        (bears(Disappearing { amount: 4_000.0, vanishes_at: 12_000.0 }), 1, 8.0, 6_000.0, false, "half of it"),
        (bears(Disappearing { amount: 4_000.0, vanishes_at: 12_000.0 }), 1, 12.0, 12_000.0, false, "it is gone"),
        (part(None, 0.0, None), 1, 12.0, 9_000.0, false, "a quarter of the loss"),
        (part(None, 4_000.0, None), 1, 12.0, 8_000.0, false, "the least"),
        (part(None, 0.0, Some(2_000.0)), 1, 12.0, 10_000.0, false, "the most"),
        (part(Some(80_000.0), 0.0, None), 1, 12.0, 0.0, false, "more than the loss"),
        (order(Standard), 1, 12.0, 9_000.0, true, "9,900 cut to the limit"),
        (order(DeductibleFirst), 1, 12.0, 9_000.0, true, "without average the same"),
        (order(GreaterOfOnProfitOnly), 1, 12.0, 9_000.0, true, "without that reading the same"),
        (order(CapsAfterWaiting), 1, 12.0, 9_000.0, true, "without caps the same"),
        (order(LimitFirst), 1, 12.0, 7_200.0, true, "9,000 less 1,000, less a tenth"),
        (order(ShareLast), 1, 12.0, 8_100.0, true, "a tenth of 9,000 at the end"),
        (limit(12_000.0), 1, 12.0, 12_000.0, false, "a limit that is just reached cuts nothing"),
        (limit(11_999.0), 1, 12.0, 11_999.0, true, "one that is passed does"),
        (limit(0.0), 1, 12.0, 0.0, true, "a limit of nothing"),
        (year(20_000.0, None), 1, 12.0, 0.0, false, "the year's first amounts are borne"),
        (year(20_000.0, None), 3, 12.0, 16_000.0, false, "and then no more"),
        (year(0.0, Some(24_000.0)), 2, 12.0, 24_000.0, false, "just what the year has"),
        (year(0.0, Some(24_000.0)), 3, 12.0, 24_000.0, true, "nothing is left for the third"),
        (year(0.0, Some(25_000.0)), 3, 12.0, 25_000.0, true, "a part of the third"),
        (year(0.0, Some(11_000.0)), 1, 12.0, 11_000.0, true, "one outage alone"),
        (year(6_000.0, Some(20_000.0)), 3, 12.0, 20_000.0, true, "30,000 beyond what is borne"),
        (named("system_failure"), 1, 12.0, 1.0, true, "the cause that it names"),
        (named("utility_failure"), 2, 12.0, 0.0, false, "a cause that it does not name"),
    ]
}

#[test]
fn a_cover_at_the_edge_of_each_term() {
    for (cover, outages, hours, paid, used_up, because) in rows() {
        let mut business = one_line();
        business.covers = vec![cover];
        let mut scenario = scenario(&business, &[60]);
        strikes(&mut scenario, outages, hours, Moment::FullHour);
        assert_eq!(of_year(&scenario, Measure::Cover(0), because), paid, "{because}");
        let exhausted = of_year(&scenario, Measure::Exhausted(0), because);
        assert_eq!(exhausted, f64::from(u8::from(used_up)), "{because}");
    }
}

#[test]
fn a_payout_at_the_edge_of_each_term() {
    let steps = |at_least| {
        let steps = vec![(4 * 60, 100.0), (12 * 60, 300.0)];
        twin::Pays::Steps(twin::Steps { steps, at_least })
    };
    let hourly = |whole_hours, to: Option<Minutes>| twin::Pays::PerHour {
        rate: 50.0,
        from: 4 * 60,
        to: to.map(|to| to * 60),
        whole_hours,
    };
    for (pays, added, [limit, annual], outages, hours, paid, because) in [
        (steps(false), false, [None; 2], 1, 12.0, 100.0, "reaching is not passing"),
        (steps(true), false, [None; 2], 1, 12.0, 300.0, "reaching is enough"),
        (steps(true), true, [None; 2], 1, 12.0, 400.0, "both steps"),
        (steps(true), false, [None; 2], 1, 3.0, 0.0, "no step"),
        (hourly(false, Some(10)), false, [None; 2], 1, 12.0, 300.0, "until the exit"),
        (hourly(false, None), false, [None; 2], 1, 11.5, 375.0, "part hours count"),
        (hourly(true, None), false, [None; 2], 1, 11.5, 350.0, "whole hours only"),
        (hourly(true, None), false, [None; 2], 1, 12.0, 400.0, "the last hour is complete"),
        (hourly(false, None), false, [None; 2], 1, 4.0, 0.0, "nothing from nothing on"),
        (steps(true), false, [Some(250.0), None], 2, 12.0, 500.0, "each event to its limit"),
        (steps(true), false, [None, Some(500.0)], 3, 12.0, 500.0, "the year to its limit"),
        (steps(true), false, [Some(250.0), Some(500.0)], 3, 12.0, 500.0, "just used up by two"),
        (hourly(true, None), false, [Some(350.0), Some(600.0)], 2, 12.0, 600.0, "both limits"),
    ] {
        let mut business = one_line();
        business.parametrics = vec![twin::Parametric { pays, limit, premium: 0.0 }];
        let mut scenario = scenario(&business, &[60]);
        let parametric = &mut scenario.parametrics[0].terms.parametric;
        parametric.annual_limit = annual.map(Money);
        if let (true, Schedule::Steps(steps)) = (added, &parametric.schedule) {
            parametric.schedule = Schedule::AddedSteps(steps.clone());
        }
        strikes(&mut scenario, outages, hours, Moment::FullHour);
        assert_eq!(of_year(&scenario, Measure::Payout(0), because), paid, "{because}");
    }
}

/// 4,000 of the first 4,000 above a retention of 1,000; nobody for the next 1,000; four
/// fifths of the 5,000 above those.
fn two_layers(terms: LayerTerms) -> Tower {
    let layer = |limit, from, part| {
        let carriers = vec![Carrier { name: String::new(), share: share(part) }];
        Layer::new(String::new(), Some(Money(limit)), Money(from), carriers).unwrap()
    };
    let excess = layer(5_000.0, 5_000.0, 0.8).under(terms).unwrap();
    let tower = Tower::new(vec![layer(4_000.0, 0.0, 1.0), excess]).unwrap();
    tower.above(Money(1_000.0), Counted::AboveRetention).unwrap()
}

#[test]
fn a_tower_at_the_edge_of_each_layer() {
    let endless = LayerTerms::default;
    let aggregate = |most| LayerTerms { aggregate: Some(Money(most)), ..endless() };
    let twice = || LayerTerms {
        reinstatements: Some(Reinstatements::new(vec![0.0], Money(9.0), ProRata::Amount).unwrap()),
        ..endless()
    };
    for (terms, outages, hours, paid, full, because) in [
        (endless(), 1, 1.0, [0.0, 0.0], [0.0, 0.0], "the retention"),
        (endless(), 1, 4.5, [3_500.0, 0.0], [0.0, 0.0], "a part of the lower layer"),
        (endless(), 1, 5.0, [4_000.0, 0.0], [1.0, 0.0], "just all of it"),
        (endless(), 1, 6.0, [4_000.0, 0.0], [1.0, 0.0], "and all of the gap"),
        (endless(), 1, 8.5, [4_000.0, 2_000.0], [1.0, 0.0], "half of the upper layer"),
        (endless(), 1, 11.0, [4_000.0, 4_000.0], [1.0, 1.0], "just all of both"),
        (endless(), 1, 12.0, [4_000.0, 4_000.0], [1.0, 1.0], "above the top"),
        (endless(), 3, 12.0, [12_000.0, 12_000.0], [1.0, 1.0], "three outages of a year alike"),
        (aggregate(7_500.0), 1, 12.0, [4_000.0, 4_000.0], [1.0, 1.0], "no more than the limit"),
        (aggregate(7_500.0), 2, 12.0, [8_000.0, 6_000.0], [1.0, 1.0], "2,500 are left for the second"),
        (aggregate(7_500.0), 3, 8.5, [12_000.0, 6_000.0], [1.0, 1.0], "used up by the third alone"),
        (aggregate(8_000.0), 3, 8.5, [12_000.0, 6_000.0], [1.0, 0.0], "500 are left at the end"),
        (aggregate(2_000.0), 1, 12.0, [4_000.0, 1_600.0], [1.0, 1.0], "less than the limit from the start"),
        (twice(), 2, 12.0, [8_000.0, 8_000.0], [1.0, 1.0], "the limit comes back once"),
        (twice(), 3, 12.0, [12_000.0, 8_000.0], [1.0, 1.0], "and not a second time"),
    ] {
        let mut business = one_line();
        business.covers = vec![twin::Cover::plain()];
        let mut scenario = scenario(&business, &[60]);
        scenario.covers[0].terms.tower = Some(two_layers(terms));
        strikes(&mut scenario, outages, hours, Moment::FullHour);
        let of_layers = |measure: fn(usize, usize) -> Measure| {
            [0, 1].map(|layer| of_year(&scenario, measure(0, layer), because))
        };
        assert_eq!(of_layers(Measure::Layer), paid, "{because}");
        assert_eq!(of_layers(Measure::LayerExhausted), full, "{because}");
        assert_eq!(of_year(&scenario, Measure::Cover(0), because), paid[0] + paid[1], "{because}");
    }
}

/// The years of one cover of a line of a million an hour whose outages of 12 hours begin
/// at any moment: what is lost in each is a rounding more or less than twelve million.
fn beginning_anywhere(cover: twin::Cover, measure: Measure) -> Vec<f64> {
    let mut business = one_line();
    business.lines[0].revenue = vec![1e6; 24];
    business.covers = vec![cover];
    let mut scenario = scenario(&business, &[60]);
    strikes(&mut scenario, 2, 12.0, Moment::Any);
    let (_, losses) = both_ways(&scenario, 7, 0, 200).unwrap().unwrap();
    let place = |other: &Measure| *other == measure;
    let measures = netloss::risk::Subject::of(&scenario).measures();
    losses.all_years(measures.iter().position(place).unwrap())
}

#[test]
fn a_limit_that_is_just_reached_is_not_used_up_whenever_the_outage_begins() {
    for (limit, aggregate_limit) in [(Some(12e6), None), (None, Some(24e6))] {
        let cover = twin::Cover { limit, aggregate_limit, ..twin::Cover::plain() };
        let exhausted = beginning_anywhere(cover, Measure::Exhausted(0));
        assert!(exhausted.iter().all(|year| *year == 0.0), "{exhausted:?}");
    }
}

#[test]
fn a_franchise_that_is_just_reached_is_reached_whenever_the_outage_begins() {
    for (at_least, paid) in [(false, 0.0), (true, 24e6)] {
        let deductible = Franchise { threshold: 12e6, at_least };
        let cover = twin::Cover { deductible, ..twin::Cover::plain() };
        let years = beginning_anywhere(cover, Measure::Cover(0));
        assert!(years.iter().all(|year| (year - paid).abs() < 1e-3), "{years:?}");
    }
}
