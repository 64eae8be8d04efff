//! What is worked out against what can be known another way.
//!
//! Means and laws that were found by integration are held against slow sums over all
//! starts and durations, and against figures that were worked out elsewhere.

#![cfg(feature = "cli")]

use std::path::Path;

use netloss::cover::{AggregateDeductible, HoursClause};
use netloss::peril::{Duration, Law, Moment, Severity, Start};
use netloss::profile::{Profile, WeekShape};
use netloss::quantity::{Hours, Money};
use netloss::read::{Overrides, read};
use netloss::risk::exact::{self, Mean, Refused};
use netloss::risk::{
    Events, Figure, Losses, Measure, Pricing, Rule, Scratch, Simulation, Summary, Tallies, blocks, of_block,
};
use netloss::scenario::Scenario;

fn file(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/simulation");
    std::fs::read_to_string(folder.join(name)).unwrap()
}

fn scenario(text: &str) -> Scenario {
    let reading = read(text, None, &Overrides::default());
    reading.scenario.unwrap_or_else(|| panic!("{:?}", reading.findings))
}

/// The hour-of-week scenario, in which each hour of the week starts as many outages: a
/// year has one day more than whole weeks, here a Sunday, and counts it less.
fn hour_of_week(moment: Moment) -> Scenario {
    let mut scenario = scenario(&file("hour_of_week.toml"));
    let weights: Vec<f64> = (0..168).map(|hour| if hour < 6 * 24 { 53.0 } else { 52.0 }).collect();
    scenario.perils[0].terms.start = Start::weekly(WeekShape::of_week(&weights).unwrap(), moment);
    scenario
}

/// Mean revenue of an hour.
const RATE: f64 = 100_000.0;

fn of(means: &[Mean], measure: Measure) -> Figure {
    means.iter().find(|mean| mean.measure == measure).unwrap().figure
}

/// The density's part below a duration, and its part of the mean: a lognormal law with
/// a median of 6 h and a sigma of 1.2.
fn lognormal(hours: f64) -> [f64; 2] {
    let normal = |z: f64| 0.5 * libm::erfc(-z / 2.0_f64.sqrt());
    let z = libm::log(hours / 6.0) / 1.2;
    [normal(z), 6.0 * libm::exp(0.72) * normal(z - 1.2)]
}

/// Mean payment of the cover over all starts of a week: hour by hour, revenue runs straight, so
/// that within an hour the payment is straight but for the hour that meets the limit.
fn mean_of_cover(profile: &Profile, starts: impl Iterator<Item = f64> + Clone) -> f64 {
    let mut sum = 0.0;
    let number = starts.clone().count() as f64;
    for start in starts {
        let (mut paid, mut hour) = (0.0, 8.0);
        while paid < 5e6 && hour < 2_000.0 {
            // To the next full hour of the day.
            let until = (start + hour + 1e-9).floor() + 1.0 - start;
            let rate = 0.9 * 0.6 * profile.rate(Hours(start + f64::midpoint(hour, until))).0;
            let end = until.min(hour + (5e6 - paid) / rate);
            let [from, to] = [hour, end].map(lognormal);
            sum += (paid - rate * hour) * (to[0] - from[0]) + rate * (to[1] - from[1]);
            paid += rate * (end - hour);
            hour = end;
        }
        sum += paid * (1.0 - lognormal(hour)[0]);
    }
    sum / number
}

#[test]
fn means_of_the_hour_of_week_scenario_to_a_millionth() {
    let scenario = hour_of_week(Moment::FullHour);
    let means = exact::means(&scenario).unwrap();
    // Over whole weeks every duration loses the mean revenue: the rate, and the law's mean.
    let gross = 0.8 * 0.6 * RATE * 6.0 * libm::exp(0.72);
    let full_hours = (13..=20).map(|hour| 1.0 - lognormal(f64::from(hour))[0]);
    let payout = 0.8 * 250_000.0 * full_hours.sum::<f64>();
    let cover = 0.8 * mean_of_cover(&scenario.lines[0].terms.profile, (0..168).map(f64::from));
    for (measure, expected) in
        [(Measure::Gross, gross), (Measure::Payout(0), payout), (Measure::Cover(0), cover)]
    {
        let figure = of(&means, measure);
        let off = (figure.value.0 - expected).abs() / expected;
        println!("{measure:?}: {} ± {} is {off:.1e} off {expected}", figure.value.0, figure.error.0);
        assert!(off < 1e-6, "{measure:?}: {} against {expected}", figure.value.0);
        assert!(figure.error.0 < 1e-5 * expected, "{measure:?}: an error of {}", figure.error.0);
    }
    // The cover has a limit of the year, which is a term of the total.
    assert!(
        means
            .iter()
            .all(|mean| mean.before_year != matches!(mean.measure, Measure::Gross | Measure::Payout(_)))
    );
    let of_year = exact::year(&scenario, Measure::Cover(0)).unwrap().mean();
    assert!((of_year.value.0 / 276_795.73 - 1.0).abs() < 1e-7, "{of_year:?}");
}

#[test]
fn the_law_of_a_years_loss_in_the_hour_of_week_scenario() {
    let scenario = hour_of_week(Moment::FullHour);
    let law = exact::year(&scenario, Measure::Gross).unwrap();
    // Worked out for a year of whole weeks, on other grids.
    for (what, found, expected) in [
        ("VaR 95", law.value_at_risk(0.95), 2_680_827.42),
        ("VaR 99", law.value_at_risk(0.99), 5_983_187.77),
        ("VaR 99.5", law.value_at_risk(0.995), 7_951_522.81),
        ("TVaR 95", law.tail_value_at_risk(0.95), 4_931_141.30),
        ("TVaR 99", law.tail_value_at_risk(0.99), 9_543_447.92),
        ("TVaR 99.5", law.tail_value_at_risk(0.995), 12_265_977.91),
        ("deviation", Some(law.deviation()), 1_366_777.0),
    ] {
        let figure = found.unwrap();
        let off = (figure.value.0 - expected) / expected;
        println!("{what}: {} ± {} is {off:.1e} off", figure.value.0, figure.error.0);
        assert!(off.abs() < 3e-6, "{what}: {} against {expected}", figure.value.0);
        assert!(figure.error.0 < 1e-4 * expected, "{what}: an error of {}", figure.error.0);
    }
    let payout = exact::year(&scenario, Measure::Payout(0)).unwrap();
    assert!((payout.mean().value.0 - 325_621.253_4).abs() < 1e-3, "{:?}", payout.mean());
    assert!((payout.deviation().value.0 - 768_495.0).abs() < 1.0, "{:?}", payout.deviation());
    // Its steps are atoms, and so is each quantile.
    let at_risk = payout.value_at_risk(0.95).unwrap();
    assert_eq!((at_risk.value.0 % 250_000.0, at_risk.error), (0.0, Money::ZERO));
    assert_eq!(exact::year(&scenario, Measure::Net).unwrap_err(), Refused::NoSum);
}

/// A flat line of 1 an hour, so that an outage costs its hours: 0.8 lognormal losses a
/// year, 5m in excess of 250,000 of each, up to 10m a year.
const EXCESS: &str = r#"
format = 1
name = "An excess layer on a lognormal loss"
currency = "XTS"
timezone = "UTC"
outage = { start = "2023-01-01T00:00", durations = ["6h"] }
line = [{ id = "all", saved_cost_rate = "0%", revenue = { per_hour = 1 } }]
[[cover]]
id = "excess"
heads = ["lost_profit"]
perils = ["any"]
deductible = 250_000
occurrence_limit = 5_000_000
aggregate_limit = 10_000_000
premium = 0
[[peril]]
id = "loss"
frequency = { poisson = 0.8 }
duration = { lognormal = { median = "162754.79141900392h", sigma = 1.5 } }
start = "full_hour"
"#;

#[test]
fn an_excess_layer_through_a_scenario() {
    let scenario = scenario(EXCESS);
    let mean = exact::means(&scenario).unwrap().into_iter().find(|mean| mean.measure == Measure::Cover(0));
    let mean = mean.unwrap();
    println!("mean {:?}", mean);
    assert!(mean.before_year, "the limit of the year is left out");
    assert!((mean.figure.value.0 - 238_553.483_5).abs() < 1e-3, "{:?}", mean.figure);
    let law = exact::year(&scenario, Measure::Cover(0)).unwrap();
    for (what, found, expected, within) in [
        ("mean", Some(law.mean()), 238_540.790_6, 2e-3),
        ("deviation", Some(law.deviation()), 743_331.332, 0.01),
        ("VaR 99", law.value_at_risk(0.99), 4_659_426.616, 0.05),
        ("TVaR 99", law.tail_value_at_risk(0.99), 5_215_711.677, 0.05),
        ("VaR 99.5", law.value_at_risk(0.995), 5_000_000.0, 1e-3),
        ("TVaR 99.5", law.tail_value_at_risk(0.995), 5_470_570.951, 0.05),
    ] {
        let figure = found.unwrap();
        let off = figure.value.0 - expected;
        println!("{what}: {} ± {} is {off:.1e} off", figure.value.0, figure.error.0);
        assert!(off.abs() < within, "{what}: {} against {expected}", figure.value.0);
    }
    let gross = exact::year(&scenario, Measure::Gross).unwrap();
    let at_risk = gross.value_at_risk(0.99).unwrap();
    println!("gross {at_risk:?} {:?}", gross.mean());
    assert!((at_risk.value.0 - 5_059_240.0).abs() < 1.0, "{at_risk:?}");
    assert!((gross.mean().value.0 - 401_056.04).abs() < 0.01, "{:?}", gross.mean());
    let exceeded = law.exceedance(Money(4_659_426.616)).unwrap();
    assert!((exceeded - 0.01).abs() < 1e-8);
}

#[test]
fn a_heavy_tail_is_carried_on_without_end() {
    let law = "{ pareto = { minimum = \"2h\", alpha = 1.5 } }";
    let text = EXCESS.replace("{ lognormal = { median = \"162754.79141900392h\", sigma = 1.5 } }", law);
    let scenario = scenario(&text.replace("250_000", "10").replace("5_000_000", "90"));
    let means = exact::means(&scenario).unwrap();
    // α m / (α - 1), and ∫ (2/x)^1.5 dx from 10 to 100.
    let gross = of(&means, Measure::Gross);
    assert!((gross.value.0 - 0.8 * 6.0).abs() < 1e-8, "{gross:?}");
    let cover = of(&means, Measure::Cover(0));
    let exact = 0.8 * 2.0 * 2.0_f64.powf(1.5) * (10.0_f64.powf(-0.5) - 0.1);
    assert!((cover.value.0 - exact).abs() < 1e-8, "{cover:?} against {exact}");
    assert_eq!(exact::year(&scenario, Measure::Gross).unwrap().deviation().value, Money(f64::INFINITY));
}

#[test]
fn starts_at_any_moment() {
    let scenario = hour_of_week(Moment::Any);
    let means = exact::means(&scenario).unwrap();
    let gross = 0.8 * 0.6 * RATE * 6.0 * libm::exp(0.72);
    // The middle of each half of an hour, in place of three moments of each hour.
    let moments = (0..2 * 168).map(|half| (f64::from(half) + 0.5) / 2.0);
    let cover = 0.8 * mean_of_cover(&scenario.lines[0].terms.profile, moments);
    for (measure, expected, within) in [
        (Measure::Gross, gross, 1e-6),
        (Measure::Cover(0), cover, 5e-6),
        (Measure::Payout(0), 325_621.253_4, 1e-9),
    ] {
        let figure = of(&means, measure);
        let off = (figure.value.0 - expected).abs() / expected;
        println!("{measure:?}: {} ± {} is {off:.1e} off {expected}", figure.value.0, figure.error.0);
        assert!(off < within, "{measure:?}: {} against {expected}", figure.value.0);
    }
}

#[test]
fn past_outages_and_a_longest_one_are_met_exactly() {
    let mut scenario = scenario(&EXCESS.replace("250_000", "10").replace("5_000_000", "90"));
    let past = Law::Empirical(vec![2.0, 10.0, 20.0, 300.0]);
    let law = Law::Triangular { minimum: 0.0, mode: 40.0, maximum: 40.0 };
    // 0.8 · ¼ · (2 + 10 + 20 + 300), and 0 + 0 + 10 + 90 of them; then a rising density
    // t/800, of which a quarter lies below 20 h and all the rest stops there.
    let capped =
        (8_000.0 / 2_400.0 + 0.75 * 20.0, (8_000.0 - 1_000.0) / 2_400.0 - 10.0 * 300.0 / 1_600.0 + 7.5);
    for (law, most, (gross, cover)) in
        [(past, None, (332.0 / 4.0, 100.0 / 4.0)), (law, Some(Hours(20.0)), capped)]
    {
        scenario.perils[0].terms.duration = Duration::new(law, most).unwrap();
        let means = exact::means(&scenario).unwrap();
        for (measure, expected) in [(Measure::Gross, 0.8 * gross), (Measure::Cover(0), 0.8 * cover)] {
            let found = of(&means, measure).value.0;
            assert!(
                (found - expected).abs() < 1e-8,
                "{measure:?} under {most:?}: {found} against {expected}"
            );
        }
        let law = exact::year(&scenario, Measure::Gross).unwrap();
        assert!((law.mean().value.0 - 0.8 * gross).abs() < 1e-8);
    }
}

#[test]
fn drawn_means_lie_about_those_of_severity_hits_and_weekly_starts() {
    const YEARS: u64 = 100_000;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/exact.in");
    let scenario = scenario(&std::fs::read_to_string(folder.join("shop.toml")).unwrap());
    let simulation = Simulation::new(&scenario, 3).unwrap();
    let pricing = Pricing::new(&scenario, &simulation);
    let rule = Rule::all(pricing.measures(), None);
    let (mut events, mut losses) = (Events::default(), Losses::default());
    let tallies = (0..blocks(YEARS)).map(|block| {
        let (first, years) = of_block(block, YEARS);
        simulation.draw(first, years, &mut events);
        pricing.price(&events, &mut losses, &mut Scratch::default());
        Tallies::of(&losses, &rule)
    });
    let whole = tallies.reduce(|mut whole, next| {
        whole.append(next);
        whole
    });
    let years = Summary::new(pricing.measures(), whole.unwrap()).unwrap();
    for Mean { measure, figure, before_year } in exact::means(&scenario).unwrap() {
        let drawn = years.mean(measure);
        let off = (drawn.value - figure.value).0 / drawn.error.0;
        assert!(
            !before_year && off.abs() < 4.5,
            "{measure:?}: {drawn:?} is {off:.1} errors off {figure:?}"
        );
        assert!(figure.error.0 < 0.2 * drawn.error.0, "{measure:?}: {figure:?} is to tell {drawn:?} right");
    }
    // Too many cases for a law: severities, durations and lines all vary.
    assert_eq!(exact::year(&scenario, Measure::Gross).unwrap_err(), Refused::Cases);
}

#[test]
fn a_law_of_severity_and_duration_has_their_moments() {
    let mut scenario = scenario(&EXCESS.replace("250_000", "10").replace("5_000_000", "90"));
    let peril = &mut scenario.perils[0].terms;
    peril.duration = Duration::new(Law::Gamma { shape: 2.0, scale: 8.0 }, None).unwrap();
    peril.severity = Severity::new(Law::Lognormal { median: 1.0, sigma: 0.4 }, None).unwrap();
    let law = exact::year(&scenario, Measure::Gross).unwrap();
    // Flat revenue of 1: the product of both, 0.8 a year.
    let (mean, square) = (16.0 * libm::exp(0.08), 384.0 * libm::exp(0.32));
    let (found, deviation) = (law.mean(), law.deviation());
    assert!((found.value.0 - 0.8 * mean).abs() < 1e-6, "{found:?}");
    let exact = (0.8 * square).sqrt();
    assert!((deviation.value.0 - exact).abs() < 1e-5 * exact, "{deviation:?} against {exact}");
    // 20 million years were drawn: 90.395 ± 0.048, and beyond it 112.90 ± 0.07.
    for (found, drawn, error) in [
        (law.value_at_risk(0.99).unwrap(), 90.395, 0.048),
        (law.tail_value_at_risk(0.99).unwrap(), 112.90, 0.073),
    ] {
        assert!((found.value.0 - drawn).abs() < 3.0 * error, "{found:?} against {drawn}");
        assert!(found.error.0 < 1e-3 * drawn, "{found:?}");
    }
}

#[test]
fn a_year_that_outages_share_by_other_terms_is_refused() {
    let given = scenario(EXCESS);
    let mut joined = given.clone();
    joined.covers[0].terms.cover.hours_clause = HoursClause::new(Hours(72.0)).ok();
    assert_eq!(exact::year(&joined, Measure::Cover(0)).unwrap_err(), Refused::State);
    let mut capped = given.clone();
    capped.covers[0].terms.cover.aggregate_deductible = Some(AggregateDeductible::CapOnRetentions {
        amount: Money(500_000.0),
        maintenance: Money(1_000.0),
    });
    assert_eq!(exact::year(&capped, Measure::Cover(0)).unwrap_err(), Refused::State);
    let mut calm = given;
    calm.perils.clear();
    assert_eq!(exact::year(&calm, Measure::Gross).unwrap_err(), Refused::NoPeril);
    assert_eq!(exact::means(&calm).unwrap_err(), Refused::NoPeril);
}
