//! What random search has found, kept so that it stays found.

use super::*;

/// One line of 1,000 an hour, all of it down from the first minute to the last.
pub(crate) fn one_line() -> Business {
    let line = twin::Line {
        revenue: vec![1000.0; 24],
        first_hour: 0,
        dependency: 1.0,
        stages: vec![stage(4, 0, 1.0)],
        ramp_up: 0,
        recapture: 0.0,
        fade: twin::Fade::None,
        saved: 0.0,
    };
    Business {
        starts: 0,
        cause: None,
        lines: vec![line],
        outflows: vec![],
        covers: vec![],
        parametrics: vec![],
        premium_counts: false,
    }
}

/// A flat stage.
pub(crate) fn stage(quarters: i64, minutes: Minutes, lost: f64) -> twin::Stage {
    twin::Stage { quarters, minutes, lost: (lost, lost) }
}

/// A cover of these heads and of nothing but its wait.
pub(crate) fn plain_cover(heads: &[&'static str], wait: Option<(Minutes, twin::Reading)>) -> twin::Cover {
    twin::Cover {
        heads: heads.to_vec(),
        wait: wait.map(|(minutes, reading)| twin::Wait { minutes, reading, at_least: false }),
        ..twin::Cover::plain()
    }
}

#[test]
fn an_interval_may_end_a_rounding_before_the_profile_starts_again() {
    // 35.8 h - 47 h + 11.2 h is not quite 0.
    let mut business = one_line();
    (business.starts, business.lines[0].first_hour) = (2148, 2820);
    business.lines[0].revenue = vec![1000.0; HOURS_OF_WEEK];
    business.covers = vec![plain_cover(&["lost_profit"], None)];
    business.covers[0].indemnity = Some(twin::Indemnity { minutes: 672, from_end_of_wait: false });
    agree(&business, 720).unwrap();
}

#[test]
fn a_stage_that_would_begin_as_the_outage_ends_never_begins() {
    // A quarter of 368 minutes and 276 more are 368, give or take a rounding.
    let mut business = one_line();
    business.lines[0].stages = vec![stage(1, 276, 0.0), stage(0, 372, 1.0)];
    business.lines[0].ramp_up = 60;
    agree(&business, 368).unwrap();
}

#[test]
fn layers_of_broken_amounts_stand_on_one_another() {
    // 0.1 and 0.2 are a rounding more than 0.3.
    let mut business = one_line();
    let layer = |from, width| twin::Layer { from, width: Some(width), shares: vec![1.0] };
    business.covers = vec![plain_cover(&["lost_profit"], None)];
    business.covers[0].tower = Some(vec![layer(0.0, 0.1), layer(0.1, 0.2), layer(0.3, 0.4)]);
    agree(&business, 60).unwrap();
}

#[test]
fn the_last_whole_hour_of_a_window_is_a_step_too() {
    // From 5.4 h to 16.4 h are eleven hours, give or take a rounding.
    let mut business = one_line();
    let pays = twin::Pays::PerHour { rate: 400.0, from: 324, to: Some(984), whole_hours: true };
    business.parametrics = vec![twin::Parametric { pays, limit: None, premium: 0.0 }];
    no_kink_missed(&business, 17 * 60).unwrap();
}

#[test]
fn a_loss_inside_the_wait_that_outgrows_the_deductible_is_a_kink() {
    // The first half of the outage is worse: at 13.5 h the loss of the first 8 h reaches 7,000.
    let mut business = one_line();
    business.lines[0].stages = vec![stage(2, 0, 1.0), stage(4, 0, 0.2)];
    business.covers = vec![plain_cover(&["lost_profit"], Some((480, twin::Reading::GreaterOf)))];
    business.covers[0].deductible = twin::Deductible::Straight(7000.0);
    no_kink_missed(&business, 24 * 60).unwrap();
}

#[test]
fn without_lost_revenue_a_rounding_is_no_jump() {
    // The cover meets the outflow in full; an hourly payout keeps the net loss falling.
    let mut business = one_line();
    business.lines[0].dependency = 0.0;
    let steps = twin::Steps { steps: vec![(120, 100.3)], at_least: false };
    business.outflows = vec![twin::Outflow { head: "fine", amount: twin::Amount::Tiered(steps) }];
    business.covers = vec![plain_cover(&["fine"], None)];
    let pays = twin::Pays::PerHour { rate: 400.7, from: 0, to: None, whole_hours: false };
    business.parametrics = vec![twin::Parametric { pays, limit: None, premium: 0.1 }];
    kinks_are_there(&business, 360).unwrap();
}

#[test]
fn a_dead_zone_begins_when_something_is_lost() {
    // Nothing is lost for four hours, and from the sixth on the cover pays.
    let mut business = one_line();
    business.lines[0].revenue = [0.0, 1000.0].map(|rate| [rate; 4]).concat();
    let wait = (360, twin::Reading::TimeDeductible);
    business.covers = vec![plain_cover(&["lost_profit"], Some(wait))];
    let parts: Vec<f64> = (0..24).map(|part| f64::from(part) / 24.0).collect();
    dead_zones_are_dead(&business, 8 * 60, &parts).unwrap();
}

#[test]
fn what_rounding_leaves_of_a_claim_is_no_payment() {
    // The wait is longer than the indemnity period: the cover can never pay.
    let mut business = one_line();
    business.lines[0].saved = 0.283_509_891_496_457_17;
    business.covers = vec![plain_cover(&["lost_profit"], Some((60, twin::Reading::TimeDeductible)))];
    business.covers[0].indemnity = Some(twin::Indemnity { minutes: 12, from_end_of_wait: false });
    let parts: Vec<f64> = (0..90).map(|part| f64::from(part) / 90.0).collect();
    dead_zones_are_dead(&business, 6 * 60, &parts).unwrap();
}

#[test]
fn a_loss_that_comes_and_goes_within_an_hour_has_its_dead_zones() {
    // Only the last quarter is lost, and it passes through an hour of no revenue.
    let mut business = one_line();
    business.lines[0].revenue = [&[1000.0; 9][..], &[0.0; 1], &[1000.0; 14]].concat();
    business.lines[0].stages = vec![stage(3, 0, 0.0), stage(3, 44, 1.0)];
    business.covers = vec![plain_cover(&["lost_profit"], None)];
    business.covers[0].deductible = twin::Deductible::Straight(400.0);
    let parts: Vec<f64> = (0..360).map(|part| f64::from(part) / 360.0).collect();
    dead_zones_are_dead(&business, 24 * 60, &parts).unwrap();
}
