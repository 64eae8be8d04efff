//! Simulation against figures that were found another way.
//!
//! The scenario has an hour-of-week profile, a time deductible with a share and a
//! limit, and a payout by the full hour. Its figures were worked out without a
//! simulation: the means in closed form, the quantiles by Fourier inversion of the
//! law of one outage, piece by piece between the hours.

#![cfg(feature = "cli")]

use std::path::Path;

use netloss::read::{Overrides, read};
use netloss::risk::{Distribution, Estimate, Measure, Simulation, Summary};
use netloss::scenario::Scenario;

fn scenario() -> Scenario {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/simulation");
    let text = std::fs::read_to_string(folder.join("hour_of_week.toml")).unwrap();
    let reading = read(&text, Some(&folder), &Overrides::default());
    reading.scenario.unwrap_or_else(|| panic!("{:?}", reading.findings))
}

fn summary(scenario: &Scenario, seed: u64, years: u64) -> Summary {
    let simulation = Simulation::new(scenario, seed).unwrap();
    let keep = simulation.keep(years);
    let blocks = (0..Simulation::blocks(years)).map(|block| simulation.tally(block, years, &keep));
    Summary::of(&simulation, blocks).unwrap()
}

#[test]
fn a_hundred_thousand_years_lie_about_the_exact_figures() {
    let scenario = scenario();
    let years = summary(&scenario, 1, 100_000);
    let of = |measure| years.get(measure).unwrap();
    let at_risk = |measure, p| Distribution::value_at_risk(of(measure), p);
    let beyond = |measure, p| Distribution::tail_value_at_risk(of(measure), p);
    let found: [(&str, Estimate, f64); 12] = [
        ("mean gross", years.mean(Measure::Gross), 591_676.76),
        ("mean of the cover", years.mean(Measure::Cover(0)), 276_795.73),
        ("mean of the payout", years.mean(Measure::Payout(0)), 325_621.25),
        ("mean net", years.mean(Measure::Net), 289_259.78),
        ("gross, 1 year in 20", at_risk(Measure::Gross, 0.95), 2_680_827.42),
        ("gross, 1 year in 100", at_risk(Measure::Gross, 0.99), 5_983_187.77),
        ("gross beyond 1 in 20", beyond(Measure::Gross, 0.95), 4_931_141.30),
        ("gross beyond 1 in 100", beyond(Measure::Gross, 0.99), 9_543_447.92),
        ("net, 1 year in 20", at_risk(Measure::Net, 0.95), 995_353.94),
        ("net, 1 year in 100", at_risk(Measure::Net, 0.99), 1_465_701.54),
        ("net beyond 1 in 20", beyond(Measure::Net, 0.95), 1_588_214.79),
        ("net beyond 1 in 100", beyond(Measure::Net, 0.99), 3_335_983.60),
    ];
    for (what, estimate, exact) in found {
        let off = (estimate.value.0 - exact) / estimate.error.0;
        assert!(off.abs() < 4.5, "{what}: {} is {off:.1} standard errors off {exact}", estimate.value.0);
        assert!(estimate.error.0 < 0.06 * exact, "{what}: an error of {}", estimate.error.0);
    }
}

#[test]
fn a_mean_year_is_frequency_times_severity_of_each_line_that_is_hit() {
    let day = |night: u32, rest: u32| {
        let hours: Vec<String> =
            (0..24).map(|hour| (if hour < 6 { night } else { rest }).to_string()).collect();
        hours.join(", ")
    };
    let text = format!(
        r#"format = 1
name = "Changes are made at night"
currency = "KRW"
timezone = "Asia/Seoul"
outage = {{ start = "2026-01-01T00:00", durations = ["1h"] }}
[[line]]
id = "shop"
revenue = {{ hours_of_day = [{}] }}
[[line]]
id = "taxi"
revenue = {{ per_hour = 100 }}
[[peril]]
id = "change"
frequency = {{ poisson = 2 }}
duration = {{ fixed = "1h" }}
start = {{ hours_of_week = [{}], moment = "full_hour" }}
severity = {{ gamma = {{ shape = 2, scale = 0.4 }} }}
hits = {{ shop = "100%", taxi = "40%" }}
hits_together = 0.5
"#,
        day(10, 40),
        vec![day(3, 1); 7].join(", "),
    );
    let reading = read(&text, None, &Overrides::default());
    let scenario = reading.scenario.unwrap_or_else(|| panic!("{:?}", reading.findings));
    let mean = summary(&scenario, 1, 100_000).mean(Measure::Gross);
    // Half of the outages start in the six hours of night, for their weight of three.
    let (shop, taxi) = (0.5 * 10.0 + 0.5 * 40.0, 0.4 * 100.0);
    let exact = 2.0 * (2.0 * 0.4) * (shop + taxi);
    let off = (mean.value.0 - exact) / mean.error.0;
    assert!(off.abs() < 4.5, "{} is {off:.1} standard errors off {exact}", mean.value.0);
}

#[test]
fn a_year_is_the_same_whoever_draws_it_and_when() {
    let scenario = scenario();
    let simulation = Simulation::new(&scenario, 7).unwrap();
    let whole = simulation.block(0, 300);
    for (first, years) in [(0, 100), (100, 150), (250, 50)] {
        let part = simulation.block(first, years);
        for (all, some) in whole.iter().zip(&part) {
            let first = first as usize;
            assert_eq!(all[first..first + years].to_vec(), *some);
        }
    }
    let other = Simulation::new(&scenario, 8).unwrap().block(0, 300);
    assert_ne!(whole, other, "another seed draws other years");
}

#[test]
fn the_worst_outage_is_never_worse_than_its_year() {
    let scenario = scenario();
    let simulation = Simulation::new(&scenario, 3).unwrap();
    let block = simulation.block(0, 5_000);
    let place = |measure| simulation.measures().iter().position(|other| *other == measure).unwrap();
    let (year, worst) = (&block[place(Measure::Gross)], &block[place(Measure::WorstGross)]);
    assert!(year.iter().zip(worst).all(|(year, worst)| worst <= &(year + 1e-6)));
    assert!(year.iter().zip(worst).any(|(year, worst)| *worst < year - 1.0), "some years have several");
}

#[test]
fn without_a_peril_nothing_is_drawn() {
    let mut scenario = scenario();
    scenario.perils.clear();
    assert!(Simulation::new(&scenario, 1).is_none());
}
