//! Simulation against figures that were found another way.
//!
//! The scenario has an hour-of-week profile, a time deductible with a share, a limit
//! and an annual limit, and a payout by the full hour. Its figures were worked out
//! without a simulation: the means in closed form, the quantiles by Fourier inversion
//! of the law of one outage, piece by piece between the hours.

#![cfg(feature = "cli")]

use std::path::Path;

use netloss::cover::Cover;
use netloss::quantity::{Hours, Money, Share};
use netloss::read::{Overrides, read};
use netloss::risk::{
    Desk, Distribution, Estimate, Events, Kernel, Losses, Measure, Pilot, Pricing, Rule, Scratch,
    Simulation, Store, Summary, Tallies, blocks, of_block,
};
use netloss::scenario::Scenario;

fn scenario() -> Scenario {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/simulation");
    let text = std::fs::read_to_string(folder.join("hour_of_week.toml")).unwrap();
    let reading = read(&text, Some(&folder), &Overrides::default());
    reading.scenario.unwrap_or_else(|| panic!("{:?}", reading.findings))
}

fn losses(pricing: &Pricing<'_>, simulation: &Simulation<'_>, first: u64, years: usize) -> Losses {
    let (mut events, mut losses) = (Events::default(), Losses::default());
    simulation.draw(first, years, &mut events);
    pricing.price(&events, &mut losses, &mut Scratch::default());
    losses
}

fn summary(scenario: &Scenario, seed: u64, years: u64) -> Summary {
    let simulation = Simulation::new(scenario, seed).unwrap();
    let pricing = Pricing::new(scenario, &simulation);
    let rule = Rule::all(pricing.measures(), None);
    let tallies = (0..blocks(years)).map(|block| {
        let (first, years) = of_block(block, years);
        Tallies::of(&losses(&pricing, &simulation, first, years), &rule)
    });
    Summary::new(pricing.measures(), tallies.reduce(append).unwrap()).unwrap()
}

/// The figures of the scenario, each as it was drawn and as it is.
fn figures(years: &Summary) -> Vec<(&'static str, Estimate, f64)> {
    let of = |measure| years.get(measure).unwrap();
    let at_risk = |measure, p| Distribution::value_at_risk(of(measure), p);
    let beyond = |measure, p| Distribution::tail_value_at_risk(of(measure), p);
    vec![
        ("mean gross", years.mean(Measure::Gross), 591_676.76),
        ("mean of the cover", years.mean(Measure::Cover(0)), 276_795.73),
        ("mean of the payout", years.mean(Measure::Payout(0)), 325_621.25),
        ("mean net", years.mean(Measure::Net), 289_259.78),
        ("gross, 1 year in 20", at_risk(Measure::Gross, 0.95), 2_680_827.42),
        ("gross, 1 year in 100", at_risk(Measure::Gross, 0.99), 5_983_187.77),
        ("gross, 1 year in 200", at_risk(Measure::Gross, 0.995), 7_951_522.81),
        ("gross beyond 1 in 20", beyond(Measure::Gross, 0.95), 4_931_141.30),
        ("gross beyond 1 in 100", beyond(Measure::Gross, 0.99), 9_543_447.92),
        ("gross beyond 1 in 200", beyond(Measure::Gross, 0.995), 12_265_977.91),
        ("net, 1 year in 20", at_risk(Measure::Net, 0.95), 995_353.94),
        ("net, 1 year in 100", at_risk(Measure::Net, 0.99), 1_465_701.54),
        ("net, 1 year in 200", at_risk(Measure::Net, 0.995), 1_751_520.48),
        ("net beyond 1 in 20", beyond(Measure::Net, 0.95), 1_588_214.79),
        ("net beyond 1 in 100", beyond(Measure::Net, 0.99), 3_335_983.60),
        ("net beyond 1 in 200", beyond(Measure::Net, 0.995), 5_090_459.59),
    ]
}

fn standard_errors(estimate: Estimate, exact: f64) -> f64 {
    (estimate.value.0 - exact) / estimate.error.0
}

#[test]
fn a_million_years_lie_about_the_exact_figures() {
    let years = summary(&scenario(), 2, 1_000_000);
    for (what, estimate, exact) in figures(&years) {
        let off = standard_errors(estimate, exact);
        assert!(off.abs() < 3.0, "{what}: {} is {off:.1} standard errors off {exact}", estimate.value.0);
        assert!(estimate.error.0 < 0.03 * exact, "{what}: an error of {}", estimate.error.0);
    }
}

/// A scenario with one term a hundredth off, by the name of the term.
fn perturbed() -> Vec<(&'static str, Scenario)> {
    let of_cover = |change: fn(&mut Cover)| {
        let mut scenario = scenario();
        change(&mut scenario.covers[0].terms.cover);
        scenario
    };
    let of_payout = |text: &str| {
        let mut scenario = scenario();
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/simulation/hour_of_week.toml");
        let file = std::fs::read_to_string(folder).unwrap();
        let changed = file.replace("per_hour = 250_000", text);
        assert_ne!(file, changed);
        scenario.parametrics = read(&changed, None, &Overrides::default()).scenario.unwrap().parametrics;
        scenario
    };
    let wait = |hours: f64| {
        use netloss::cover::{Reading, WaitingPeriod};
        use netloss::quantity::Met;
        WaitingPeriod::new(Hours(hours), Reading::TimeDeductible, Met::MoreThan).unwrap()
    };
    let mut longer_wait = scenario();
    longer_wait.covers[0].terms.cover.waiting_period = Some(wait(8.08));
    vec![
        ("the waiting period", longer_wait),
        ("the share", of_cover(|cover| cover.insured_share = Share::new(0.101).unwrap())),
        ("the limit", of_cover(|cover| cover.occurrence_limit = Some(Money(4_950_000.0)))),
        ("the payout of an hour", of_payout("per_hour = 252_500")),
    ]
}

#[test]
fn a_term_that_is_a_hundredth_off_is_found_out() {
    // On the same draws the difference that a term makes has next to no error: added to
    // the exact mean it says where the mean of the wrong programme lies.
    const YEARS: u64 = 400_000;
    let right = summary(&scenario(), 5, YEARS);
    for (what, wrong) in perturbed() {
        let wrong = summary(&wrong, 5, YEARS);
        let moved = (wrong.mean(Measure::Net).value - right.mean(Measure::Net).value).0;
        let error_of_all_years = 15.0;
        assert!(moved.abs() > 3.0 * error_of_all_years, "{what} moves the mean by {moved} and is not seen");
    }
    // What is lost on a sale a hundredth off is found without such help.
    let mut margin = scenario();
    margin.lines[0].terms.saved_cost_rate = Share::new(0.404).unwrap();
    let years = summary(&margin, 2, 3_000_000);
    let off = standard_errors(years.mean(Measure::Gross), 591_676.76);
    assert!(off.abs() > 3.0, "saved costs that are a hundredth too high are {off:.1} standard errors off");
}

#[test]
fn the_annual_limit_binds_in_one_year_of_57_000_and_is_seen_in_the_tail() {
    const YEARS: usize = 3_000_000;
    const LIMIT: f64 = 10_000_000.0;
    const WORST: usize = YEARS / 200;
    let with = scenario();
    let mut without = scenario();
    without.covers[0].terms.cover.aggregate_limit = None;
    let columns = |scenario: &Scenario| {
        let simulation = Simulation::new(scenario, 11).unwrap();
        let pricing = Pricing::new(scenario, &simulation);
        let place = |measure| pricing.measures().iter().position(|other| *other == measure).unwrap();
        let losses = losses(&pricing, &simulation, 0, YEARS);
        [Measure::Net, Measure::Cover(0)].map(|measure| losses.all_years(place(measure)))
    };
    let ([net, paid], [net_without, paid_without]) = (columns(&with), columns(&without));
    // By hand: what the cover would pay in a year, cut to the limit.
    let excess: Vec<f64> = paid_without.iter().map(|paid| (paid - LIMIT).max(0.0)).collect();
    for year in 0..YEARS {
        let (cut, whole) = (paid[year], paid_without[year]);
        assert!((cut - whole.min(LIMIT)).abs() < 1e-6, "year {year}: {cut} of {whole}");
        let more = net[year] - net_without[year];
        assert!((more - excess[year]).abs() < 1e-6, "year {year}: {more} for {}", excess[year]);
    }
    let binds = excess.iter().filter(|excess| **excess > 0.0).count() as f64;
    let expected = YEARS as f64 * 1.7519e-5;
    assert!((binds - expected).abs() < 3.0 * expected.sqrt(), "it binds in {binds} years");
    let tail = |mut net: Vec<f64>| {
        net.sort_unstable_by(|one, other| other.total_cmp(one));
        net[..WORST].iter().sum::<f64>() / WORST as f64
    };
    let moved = tail(net.clone()) - tail(net_without);
    let error = excess.iter().map(|excess| excess * excess).sum::<f64>().sqrt() / WORST as f64;
    assert!((moved - 1_429.0).abs() < 3.0 * error, "the limit moves the tail by {moved} ±{error}");
    let years = summary(&with, 11, YEARS as u64);
    let reported = years.get(Measure::Net).unwrap().tail_value_at_risk(0.995).value.0;
    assert!((reported - tail(net)).abs() < 1e-3, "{reported} is the tail of those years");
}

#[test]
fn columns_come_to_what_waterfalls_come_to() {
    let scenario = scenario();
    let simulation = Simulation::new(&scenario, 3).unwrap();
    assert!(Kernel::new(&scenario, simulation.year()).is_ok());
    let by_column = losses(&Pricing::new(&scenario, &simulation), &simulation, 0, 5_000);
    let by_outage = Pricing::by_waterfalls(&scenario, simulation.year().clone());
    let by_outage = losses(&by_outage, &simulation, 0, 5_000);
    for (measure, (column, outage)) in Pricing::new(&scenario, &simulation)
        .measures()
        .iter()
        .zip(by_column.columns.iter().zip(&by_outage.columns))
    {
        for (year, (column, outage)) in column.iter().zip(outage).enumerate() {
            assert!((column - outage).abs() < 1e-6, "{measure:?} of year {year}: {column} and {outage}");
        }
    }
    for (column, outage) in by_column.retained.iter().zip(&by_outage.retained) {
        assert!(column.iter().zip(outage).all(|(column, outage)| (column - outage).abs() < 1e-3));
    }
}

#[test]
fn a_changed_programme_is_priced_on_the_years_that_are_there() {
    const YEARS: u64 = 300_000;
    let scenario = scenario();
    let simulation = Simulation::new(&scenario, 4).unwrap();
    let store = Store::draw(&simulation, YEARS);
    let mut changed = scenario.clone();
    changed.covers[0].terms.cover.occurrence_limit = Some(Money(2_000_000.0));
    for programme in [&scenario, &changed] {
        let (stored, drawn) = (
            store.summary(&Pricing::new(programme, &simulation), None).unwrap(),
            summary(programme, 4, YEARS),
        );
        for measure in [Measure::Gross, Measure::Net, Measure::WorstNet, Measure::Cover(0)] {
            let (stored, drawn) = (stored.get(measure).unwrap(), drawn.get(measure).unwrap());
            for p in [0.9, 0.99, 0.999] {
                assert_eq!(stored.value_at_risk(p), drawn.value_at_risk(p), "{measure:?} at {p}");
            }
            assert_eq!(
                (stored.mean(), stored.deviation()),
                (drawn.mean(), drawn.deviation()),
                "{measure:?}"
            );
        }
    }
}

#[test]
fn however_stored_years_are_shared_out_they_come_to_the_same() {
    let scenario = scenario();
    let simulation = Simulation::new(&scenario, 5).unwrap();
    let store = Store::draw(&simulation, 200_000);
    let pricing = Pricing::new(&scenario, &simulation);
    let measures = pricing.measures();
    let mut desk = Desk::default();
    let pilot = Pilot::new(store.losses(&pricing, store.first(), &mut desk), measures, None);
    let whole = store.summary(&pricing, None).unwrap();
    assert_eq!(store.first(), 0..2, "the third part begins after the pilot");
    for ends in [vec![13], vec![1, 13], vec![1, 6, 13]] {
        let mut from = 0;
        let parts = ends.into_iter().map(|end| {
            let part = store.tallies(&pricing, &pilot, from..end, &mut desk).unwrap();
            from = end;
            part
        });
        let mut first = parts.reduce(append).unwrap();
        // Measures are put to their end apart from one another as well.
        let last = first.split_off(3);
        let mut summary = Summary::new(&measures[..3], first).unwrap();
        summary.append(Summary::new(&measures[3..], last).unwrap());
        assert_eq!(summary, whole);
    }
}

fn append(mut whole: Tallies, next: Tallies) -> Tallies {
    whole.append(next);
    whole
}

#[test]
fn a_year_is_the_same_whoever_draws_it_and_when() {
    let scenario = scenario();
    let simulation = Simulation::new(&scenario, 7).unwrap();
    let pricing = Pricing::new(&scenario, &simulation);
    let whole = losses(&pricing, &simulation, 0, 300);
    for (first, years) in [(0, 100), (101, 149), (250, 50)] {
        let part = losses(&pricing, &simulation, first, years);
        for measure in 0..whole.columns.len() {
            let (all, first) = (whole.all_years(measure), first as usize);
            assert_eq!(all[first..first + years], part.all_years(measure));
        }
    }
    let other = Simulation::new(&scenario, 8).unwrap();
    assert_ne!(whole, losses(&pricing, &other, 0, 300), "another seed draws other years");
}

#[test]
fn the_worst_outage_is_never_worse_than_its_year() {
    let scenario = scenario();
    let simulation = Simulation::new(&scenario, 3).unwrap();
    let pricing = Pricing::new(&scenario, &simulation);
    let block = losses(&pricing, &simulation, 0, 5_000);
    let column = |measure| {
        let place = pricing.measures().iter().position(|other| *other == measure).unwrap();
        &block.columns[place]
    };
    let (year, worst) = (column(Measure::Gross), column(Measure::WorstGross));
    assert!(year.iter().zip(worst).all(|(year, worst)| worst <= &(year + 1e-6)));
    assert!(year.iter().zip(worst).any(|(year, worst)| *worst < year - 1.0), "some years have several");
}

#[test]
fn without_a_peril_nothing_is_drawn() {
    let mut scenario = scenario();
    scenario.perils.clear();
    assert!(Simulation::new(&scenario, 1).is_none());
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
