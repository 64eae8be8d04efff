//! Kinks and dead zones: none is missed, and none is invented.

use super::*;

/// A step on which every stage ends on a whole minute.
pub(crate) const STEP: Minutes = 4;

/// Two moments, in minutes, that only rounding holds apart.
pub(crate) const BESIDE: f64 = 1e-3;

/// The last step that is surely before a moment.
pub(crate) fn step_before(at: f64) -> Minutes {
    ((at - BESIDE) / STEP as f64).floor() as Minutes * STEP
}

/// The first step that is surely after a moment.
pub(crate) fn step_after(at: f64) -> Minutes {
    ((at + BESIDE) / STEP as f64).ceil() as Minutes * STEP
}

/// Durations, in minutes, at which the curve may turn although no term turns it.
///
/// A break-point turns the curve where it passes the hours of the profile.
pub(crate) fn turns_of_lines(business: &Business, until: Minutes) -> Vec<f64> {
    let mut turns = Vec::new();
    let mut passes = |quarters: i64, minutes: Minutes| {
        if quarters > 0 {
            turns.push((4 * minutes) as f64 / quarters as f64);
        }
    };
    for line in &business.lines {
        let into_hour = (business.starts - line.first_hour).rem_euclid(60);
        let hours: Vec<Minutes> = (0..=until / 60 + 1).map(|hour| hour * 60 - into_hour).collect();
        hours.iter().for_each(|hour| passes(4, *hour));
        for stage in &line.stages {
            passes(4 - stage.quarters, stage.minutes);
            for at in &hours {
                passes(if stage.quarters < 4 { stage.quarters } else { 0 }, at - stage.minutes);
            }
        }
    }
    turns
}

/// The moments between which net loss runs straight, from 0 to `until`.
pub(crate) fn corners(business: &Business, projection: &Projection<'_>, until: Minutes) -> Vec<f64> {
    let mut corners = turns_of_lines(business, until);
    corners.extend(projection.kinks.iter().map(|kink| kink.at.0 * 60.0));
    corners.extend([0.0, until as f64]);
    corners.retain(|at| (0.0..=until as f64).contains(at));
    corners.sort_by(f64::total_cmp);
    corners
}

/// Prices three durations between each two corners: on a straight piece the
/// middle one is the mean of the outer ones.
pub(crate) fn no_kink_missed(business: &Business, until: Minutes) -> Result<(), TestCaseError> {
    let scenario = scenario(business, &[until]);
    let projection = Projection::new(&scenario);
    for piece in corners(business, &projection, until).windows(2) {
        let (from, to) = (step_after(piece[0]), step_before(piece[1]));
        let half = (to - from) / STEP / 2 * STEP;
        if half <= 0 {
            continue;
        }
        let (middle, to) = (from + half, from + 2 * half);
        let [first, middle, last] = [from, middle, to].map(|at| twin::price(business, at));
        let bend = first.net - 2.0 * middle.net + last.net;
        let scale = last.economic_loss + last.payouts.iter().sum::<f64>();
        prop_assert!(
            bend.abs() <= 4.0 * slack(scale),
            "net loss bends by {bend} between minutes {from} and {to}, and no kink says why"
        );
    }
    Ok(())
}

/// Measures slopes and jump of the twin's net loss around each kink of a cover
/// that stands alone.
pub(crate) fn kinks_are_there(business: &Business, until: Minutes) -> Result<(), TestCaseError> {
    let scenario = scenario(business, &[until]);
    let projection = Projection::new(&scenario);
    let corners = corners(business, &projection, until);
    let in_hours = |minutes: f64| minutes / 60.0;
    for kink in &projection.kinks {
        let at = kink.at.0 * 60.0;
        let (left, right) = (step_before(at), step_after(at));
        let (first, last) = (left - STEP, right + STEP);
        let nearby = first as f64 - BESIDE..=last as f64 + BESIDE;
        let alone = corners.iter().all(|other| (other - at).abs() < BESIDE || !nearby.contains(other));
        let of_a_cover = matches!(kink.subject, Subject::Cover(_) | Subject::Parametric(_));
        if !of_a_cover || !alone || first <= 0 || last >= until {
            continue;
        }
        let [first, left_side, right_side, last] =
            [first, left, right, last].map(|at| twin::price(business, at));
        let step = in_hours(STEP as f64);
        let before = (left_side.net - first.net) / step;
        let after = (last.net - right_side.net) / step;
        let straight_on = before * in_hours(at - left as f64) + after * in_hours(right as f64 - at);
        let jump = right_side.net - left_side.net - straight_on;

        let scale = last.economic_loss + last.payouts.iter().sum::<f64>();
        let near = |one: f64, other: f64| (one - other).abs() <= 1e-3 + 1e-6 * scale;
        prop_assert!(near(before, kink.slope_before.0), "slope before {kink:?} is {before}");
        prop_assert!(near(after, kink.slope_after.0), "slope after {kink:?} is {after}");
        prop_assert!(near(jump, kink.jump.0), "jump at {kink:?} is {jump}");
        let turns = (after - before).abs() > slack(scale) || jump.abs() > slack(scale);
        prop_assert!(turns, "nothing turns at {kink:?}");
    }
    Ok(())
}

/// Asks the twin what is paid inside the dead zones and outside them.
///
/// A threshold itself may belong to either side, so durations on one are left out.
pub(crate) fn dead_zones_are_dead(
    business: &Business,
    until: Minutes,
    parts: &[f64],
) -> Result<(), TestCaseError> {
    let scenario = scenario(business, &[until]);
    let zones = Projection::new(&scenario).dead_zones;
    let mut edges = moments(business);
    edges.push(0);
    for part in parts {
        let duration = (until as f64 * part) as Minutes / STEP * STEP;
        let at = hours(duration).0;
        let on_an_edge =
            |(from, to): &(Hours, Hours)| [from.0, to.0].iter().any(|it| (it - at).abs() < 1e-6);
        if edges.contains(&duration) || zones.iter().any(on_an_edge) {
            continue;
        }
        let priced = twin::price(business, duration);
        let (lost, slack) = (priced.economic_loss, slack(priced.economic_loss));
        let covers: f64 = priced.answers.iter().map(|answer| answer.paid).sum();
        let pays = covers + priced.payouts.iter().sum::<f64>();
        if zones.iter().any(|(from, to)| (from.0..to.0).contains(&at)) {
            prop_assert!(pays <= slack, "{pays} is paid at minute {duration}, inside {zones:?}");
            prop_assert!(lost > 0.0, "nothing is lost at minute {duration}, inside {zones:?}");
        } else if lost > slack {
            prop_assert!(pays > 0.0, "nothing is paid at minute {duration}, outside {zones:?}");
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(1000))]

    #[test]
    fn no_kink_is_missed(business in business(Shape::Straight), until in 6..48_i64) {
        no_kink_missed(&business, until * 60)?;
    }

    #[test]
    fn a_reported_kink_is_there(business in business(Shape::Straight), until in 6..48_i64) {
        kinks_are_there(&business, until * 60)?;
    }

    #[test]
    fn nothing_pays_inside_dead_zones_and_something_outside(
        business in business(Shape::Any),
        until in 6..48_i64,
        parts in prop::collection::vec(0.0..=1.0, 24),
    ) {
        dead_zones_are_dead(&business, until * 60, &parts)?;
    }
}
