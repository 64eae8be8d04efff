//! Drawn years priced column by column come to what they come to outage by outage,
//! each with its whole waterfall.

use std::cell::RefCell;
use std::collections::BTreeMap;

pub(crate) use netloss::risk::{Events, Losses, Measure, Pricing, Scratch, Simulation};
use netloss::tower::{Counted, LayerTerms, ProRata, Reinstatements};
use proptest::test_runner::TestRunner;

use super::*;

/// A business, what strikes it, and the years that are drawn.
#[derive(Clone, Debug)]
struct Drawn {
    business: Business,
    perils: Vec<PlainPeril>,
    /// Whether all perils have the business's own cause.
    one_cause: bool,
    /// Of each parametric cover whether steps add up, and its limit of the year.
    payouts: Vec<(bool, Option<f64>)>,
    /// What each cover's tower says, if it has one.
    towers: Vec<OfTower>,
    seed: u64,
    first: u64,
    years: usize,
}

/// What a tower says beside its layers and their shares.
#[derive(Clone, Debug)]
struct OfTower {
    /// As a part of the lowest layer.
    retention: f64,
    /// What each layer has in a year.
    years: Vec<OfYear>,
}

#[derive(Clone, Copy, Debug)]
enum OfYear {
    Endless,
    /// So many times the limit.
    Aggregate(f64),
    /// So many reinstatements, at a part of the premium.
    Reinstated(usize, f64),
}

fn of_tower() -> impl Strategy<Value = OfTower> {
    let year = prop_oneof![
        4 => Just(OfYear::Endless),
        2 => (0.1..3.0).prop_map(OfYear::Aggregate),
        2 => (1..3_usize).prop_map(|times| OfYear::Reinstated(times, 0.0)),
    ];
    let years = prop::collection::vec(year, 4);
    let paid = prop::bool::weighted(0.05);
    (prop_oneof![Just(0.0), proportion()], years, paid).prop_map(|(retention, mut years, paid)| {
        if paid {
            years[0] = OfYear::Reinstated(1, 0.5);
        }
        OfTower { retention, years }
    })
}

fn to_tower_of_years(tower: &Tower, says: &OfTower) -> Tower {
    let layers = tower.layers().iter().zip(&says.years).map(|(layer, year)| {
        let limit = layer.limit().unwrap_or(layer.attachment() + Money(98_765.4));
        let terms = match *year {
            OfYear::Aggregate(times) => {
                LayerTerms { aggregate: Some(Money(limit.0 * times)), ..LayerTerms::default() }
            }
            OfYear::Reinstated(times, part) if layer.limit().is_some() => {
                let tranches = vec![part; times];
                let terms = Reinstatements::new(tranches, Money(4_321.0), ProRata::Amount).unwrap();
                LayerTerms { reinstatements: Some(terms), ..LayerTerms::default() }
            }
            OfYear::Endless | OfYear::Reinstated(..) => LayerTerms::default(),
        };
        layer.clone().under(terms).unwrap()
    });
    let lowest = tower.layers()[0].limit().unwrap_or_default();
    let retention = Money(lowest.0 * says.retention);
    Tower::new(layers.collect()).unwrap().above(retention, Counted::AboveRetention).unwrap()
}

fn drawn() -> impl Strategy<Value = Drawn> {
    let fades = prop::collection::vec(line(Shape::Any).prop_map(|line| line.fade), 3);
    let business = (business(Shape::Straight), fades, prop::bool::weighted(0.9)).prop_map(
        |(mut business, fades, plain)| {
            for (line, fade) in business.lines.iter_mut().zip(fades) {
                line.fade = fade;
            }
            for cover in &mut business.covers {
                // A broken amount: at a round one a rounding may tell the two ways apart.
                times_cover(cover, 0.987_654_321);
                if plain {
                    make_plain(cover);
                }
            }
            business
        },
    );
    let payouts = prop::collection::vec((any::<bool>(), prop::option::of(amount(900_000.0))), 2);
    let years = prop_oneof![19 => 20..60_usize, 1 => Just(1_100)];
    let perils = prop::collection::vec(peril(), 1..=3);
    let (one_cause, towers) = (prop::bool::weighted(0.7), prop::collection::vec(of_tower(), 3));
    let draws = (any::<u64>(), 0..1_000_000_u64, years);
    (business, perils, one_cause, payouts, towers, draws).prop_map(
        |(business, perils, one_cause, payouts, towers, (seed, first, years))| Drawn {
            business,
            perils,
            one_cause,
            payouts,
            towers,
            seed,
            first,
            years,
        },
    )
}

/// Leaves a cover with terms that columns know.
fn make_plain(cover: &mut twin::Cover) {
    use twin::Deductible::{AverageDays, LargestOfHeads, PerHead, Straight};
    cover.heads = vec!["lost_profit"];
    (cover.sublimits, cover.no_share) = (vec![], vec![]);
    cover.most_in = twin::MostIn { hour: None, day: None, month: None };
    cover.erodes = false;
    if let Some(wait) = &mut cover.wait
        && matches!(wait.reading, twin::Reading::GreaterOf)
    {
        wait.reading = twin::Reading::Cumulative;
    }
    if matches!(cover.deductible, PerHead(_) | LargestOfHeads(_) | AverageDays { .. }) {
        cover.deductible = Straight(98_765.4);
    }
    if let twin::AggregateDeductible::CapOnRetentions { amount, .. } = cover.aggregate_deductible {
        cover.aggregate_deductible = twin::AggregateDeductible::Absorb(amount);
    }
}

impl Drawn {
    fn scenario(&self) -> Scenario {
        let mut scenario = scenario(&self.business, &[60]);
        scenario.perils = each(&self.perils, |peril| peril.of(&self.business, self.one_cause));
        for (policy, says) in scenario.covers.iter_mut().zip(&self.towers) {
            policy.terms.tower = policy.terms.tower.as_ref().map(|tower| to_tower_of_years(tower, says));
        }
        for (policy, (added, annual)) in scenario.parametrics.iter_mut().zip(&self.payouts) {
            let parametric = &mut policy.terms.parametric;
            parametric.annual_limit = annual.map(Money);
            if let (true, Schedule::Steps(steps)) = (added, &parametric.schedule) {
                parametric.schedule = Schedule::AddedSteps(steps.clone());
            }
        }
        scenario
    }
}

/// The losses of drawn years, with those of each outage.
fn price(pricing: &Pricing<'_>, events: &Events) -> Losses {
    let mut losses = Losses { outages: Some(vec![]), ..Losses::default() };
    // What an earlier block has left in the columns must not be seen.
    let (mut scratch, mut before) = (Scratch::default(), Losses::default());
    pricing.price(events, &mut before, &mut scratch);
    pricing.price(events, &mut losses, &mut scratch);
    losses
}

/// Holds both ways to price a scenario's years together.
pub(crate) fn both_ways(
    scenario: &Scenario,
    seed: u64,
    first: u64,
    years: usize,
) -> Result<Option<(Events, Losses)>, TestCaseError> {
    let simulation = Simulation::new(scenario, seed).unwrap();
    let pricing = Pricing::new(scenario, &simulation);
    if pricing.needs_waterfall().is_some() {
        return Ok(None);
    }
    let mut events = Events::default();
    simulation.draw(first, years, &mut events);
    let columns = price(&pricing, &events);
    let waterfalls = price(&Pricing::by_waterfalls(scenario, simulation.year().clone()), &events);
    come_to_the_same(pricing.measures(), &events, &columns, &waterfalls)?;
    Ok(Some((events, columns)))
}

fn come_to_the_same(
    measures: &[Measure],
    events: &Events,
    columns: &Losses,
    waterfalls: &Losses,
) -> Result<(), TestCaseError> {
    prop_assert_eq!(columns.columns.len(), waterfalls.columns.len());
    let years = |losses: &Losses| -> Vec<Vec<f64>> {
        (0..losses.columns.len()).map(|place| losses.all_years(place)).collect()
    };
    let (of_columns, of_waterfalls) = (years(columns), years(waterfalls));
    let largest = |year: usize| of_waterfalls.iter().map(|column| column[year].abs()).fold(0.0, f64::max);
    let largest: Vec<f64> = (0..events.years()).map(largest).collect();
    for (measure, (column, other)) in measures.iter().zip(of_columns.iter().zip(&of_waterfalls)) {
        prop_assert_eq!(column.len(), other.len());
        for (year, (amount, other)) in column.iter().zip(other).enumerate() {
            same(&format!("{measure:?} of year {year}"), *amount, *other, largest[year])?;
        }
    }
    let all: f64 = largest.iter().sum();
    prop_assert_eq!(columns.retained.len(), waterfalls.retained.len());
    for (retained, others) in columns.retained.iter().zip(&waterfalls.retained) {
        for (name, reason) in Reason::ALL {
            same(name, retained[reason as usize], others[reason as usize], all)?;
        }
    }
    let (of_columns, of_waterfalls) = (columns.outages.as_ref(), waterfalls.outages.as_ref());
    let (of_columns, of_waterfalls) = (of_columns.unwrap(), of_waterfalls.unwrap());
    prop_assert_eq!(of_columns.len(), of_waterfalls.len());
    for (place, (column, other)) in of_columns.iter().zip(of_waterfalls).enumerate() {
        prop_assert_eq!((column.len(), other.len()), (events.outages(), events.outages()));
        for (year, outages) in events.active() {
            for outage in outages {
                let what = format!("column {place} of outage {outage}");
                same(&what, column[outage], other[outage], largest[year])?;
            }
        }
    }
    Ok(())
}

/// How many of the cases that were priced in columns had what.
type Reached = BTreeMap<String, u32>;

/// The cover that answers for a line, whatever the cause.
fn asked_for(scenario: &Scenario, line: usize) -> Option<usize> {
    let names = |policy: &Named<Policy>| {
        policy.terms.cover.lines.contains(&line) && policy.terms.cover.perils == Perils::Any
    };
    scenario.covers.iter().position(names)
}

fn note(reached: &mut Reached, scenario: &Scenario, events: &Events, losses: &Losses) {
    let mut had: Vec<String> = vec!["a case".into()];
    for (name, reason) in Reason::ALL {
        let kept = losses.retained.iter().any(|retained| retained[reason as usize] > 1.0);
        had.extend(kept.then(|| name.to_owned()));
    }
    for policy in &scenario.covers {
        let cover = &policy.terms.cover;
        had.push(cover.order.key().into());
        had.extend(cover.waiting_period.map(|wait| wait.reading().key().to_owned()));
        had.extend(cover.waiting_period.map(|wait| format!("{:?}", wait.how_met())));
        had.extend(cover.indemnity_period.map(|period| format!("{:?}", period.runs_from())));
        let layers = policy.terms.tower.iter().flat_map(|tower| tower.layers());
        let annual: Vec<bool> = layers.map(|layer| layer.annual_most().is_some()).collect();
        had.extend((!annual.is_empty()).then(|| "a tower".to_owned()));
        had.extend(annual.contains(&true).then(|| "a layer's year".to_owned()));
        let form = format!("{:?}", cover.deductible);
        had.extend(form.split([' ', '(']).next().map(str::to_owned));
    }
    for policy in &scenario.parametrics {
        let form = format!("{:?}", policy.terms.parametric.schedule);
        had.extend(form.split(['(', ' ']).next().map(str::to_owned));
        let whole = matches!(&policy.terms.parametric.schedule, Schedule::PerHour(it) if it.whole_hours());
        had.extend(whole.then(|| "whole hours".to_owned()));
        had.extend(policy.terms.parametric.annual_limit.map(|_| "a payout's year".to_owned()));
    }
    for line in &scenario.lines {
        had.extend((line.terms.recapture.fade != Fade::None).then(|| "a fade".to_owned()));
        had.extend((line.terms.path.stages().len() > 1).then(|| "stages".to_owned()));
    }
    let asked = |place| (0..scenario.lines.len()).any(|line| asked_for(scenario, line) == Some(place));
    let share = (0..scenario.covers.len()).filter(|place| asked(*place)).count() > 1;
    had.extend(share.then(|| "covers that share the lines".to_owned()));
    had.extend((!scenario.outflows.is_empty()).then(|| "outflows".to_owned()));
    had.extend((scenario.perils.len() > 1).then(|| "several perils".to_owned()));
    let even = scenario.perils.iter().all(|peril| peril.terms.strikes_evenly());
    had.extend((!even).then(|| "uneven strikes".to_owned()));
    let busy = events.active().any(|(_, outages)| outages.len() > 1);
    had.extend(busy.then(|| "several outages in a year".to_owned()));
    had.sort();
    had.dedup();
    for what in had {
        *reached.entry(what).or_default() += 1;
    }
}

/// What has to be reached, by how many cases of a thousand at least.
const LEAST: &[(&str, u32)] = &[
    ("a case", 750),
    ("several outages in a year", 455),
    ("several perils", 340),
    ("uneven strikes", 430),
    ("covers that share the lines", 35),
    ("not_covered", 410),
    ("excluded_peril", 75),
    ("outflows", 400),
    ("stages", 225),
    ("a fade", 440),
    ("waiting_period", 175),
    ("time_deductible", 105),
    ("cumulative", 185),
    ("qualifying", 110),
    ("qualifying_then_money", 115),
    ("MoreThan", 220),
    ("AtLeast", 240),
    ("indemnity_period", 80),
    ("Outage", 180),
    ("EndOfWaiting", 145),
    ("a tower", 230),
    ("a layer's year", 175),
    ("layer_gap", 10),
    ("layer_exhausted", 10),
    ("unplaced_share", 45),
    ("deductible", 170),
    ("Straight", 325),
    ("Franchise", 60),
    ("Disappearing", 60),
    ("Percentage", 55),
    ("insured_share", 80),
    ("above_limit", 50),
    ("aggregate_deductible", 25),
    ("aggregate_limit", 10),
    ("standard", 305),
    ("ded_first", 45),
    ("limit_first", 45),
    ("share_last", 50),
    ("greater_of_on_bi_only", 45),
    ("caps_after_waiting", 45),
    ("Steps", 120),
    ("AddedSteps", 125),
    ("PerHour", 210),
    ("whole hours", 110),
    ("a payout's year", 225),
];

#[test]
fn columns_come_to_what_waterfalls_come_to() {
    const CASES: u32 = 800;
    let (reached, tried) = (RefCell::new(Reached::new()), RefCell::new(0));
    let law = |drawn: Drawn| {
        *tried.borrow_mut() += 1;
        let scenario = drawn.scenario();
        let priced = both_ways(&scenario, drawn.seed, drawn.first, drawn.years)?;
        if let Some((events, losses)) = priced {
            note(&mut reached.borrow_mut(), &scenario, &events, &losses);
        }
        Ok(())
    };
    if let Err(error) = TestRunner::new(cases(CASES)).run(&drawn(), law) {
        panic!("{error}");
    }
    let (reached, tried) = (reached.into_inner(), tried.into_inner());
    // A few cases say nothing of what many reach.
    for (what, least) in LEAST.iter().filter(|_| tried >= CASES) {
        let cases = reached.get(*what).copied().unwrap_or_default();
        assert!(
            cases * 1000 >= least * tried,
            "{what}: {cases} of {tried} cases, {least} in 1,000 at least"
        );
    }
}
