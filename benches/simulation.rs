//! Parts of the simulation, timed one by one: `cargo bench --bench simulation`.
//!
//! Nothing here passes or fails by its time. Whole runs, beside other programs on
//! the same work, are measured by `benches/peers/run.py`.

use std::ops::Range;
use std::path::Path;

use divan::{Bencher, black_box, counter::ItemsCount};
use netloss::peril::Law;
use netloss::quantity::{Money, Share};
use netloss::read::{Overrides, read};
use netloss::risk::{
    Desk, Dimension, Draws, Events, Losses, Measure, Pilot, Pricing, Scratch, Simulation, Store, Summary,
    Tallies,
};
use netloss::scenario::Scenario;

const YEARS: usize = 16_384;
const MILLION: u64 = 1_000_000;

fn main() {
    divan::main();
}

fn scenario() -> Scenario {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/scenarios/hour-of-week.toml");
    let text = std::fs::read_to_string(file).expect("the scenario is part of the repository");
    read(&text, None, &Overrides::default()).scenario.expect("the scenario has no fault")
}

/// The floor: the numbers that a block of years needs, and nothing done with them.
#[divan::bench]
fn draws_alone(bencher: Bencher<'_, '_>) {
    let scenario = scenario();
    let simulation = Simulation::new(&scenario, 1).expect("it has a peril");
    let mut events = Events::default();
    simulation.draw(0, YEARS, &mut events);
    let outages = events.outages();
    let years: Vec<u32> = (0..outages as u32).collect();
    let (nth, draws) = (vec![0; outages], Draws::new(1));
    let (mut counts, mut one, mut two) = (vec![0.0; YEARS], vec![0.0; outages], vec![0.0; outages]);
    bencher.counter(ItemsCount::new(YEARS)).bench_local(|| {
        draws.of_years(0, 0, &mut counts);
        draws.pairs(0, (&years, &nth), Dimension::Event, [&mut one, &mut two]);
        black_box((&counts, &one, &two));
    });
}

/// The outages of a block of years.
#[divan::bench]
fn outages(bencher: Bencher<'_, '_>) {
    let scenario = scenario();
    let simulation = Simulation::new(&scenario, 1).expect("it has a peril");
    let mut events = Events::default();
    bencher.counter(ItemsCount::new(YEARS)).bench_local(|| {
        simulation.draw(0, YEARS, &mut events);
        black_box(&events);
    });
}

/// What they come to, column by column and outage by outage.
#[divan::bench(args = [true, false])]
fn pricing(bencher: Bencher<'_, '_>, by_column: bool) {
    let scenario = scenario();
    let simulation = Simulation::new(&scenario, 1).expect("it has a peril");
    let pricing = if by_column {
        Pricing::new(&scenario, &simulation)
    } else {
        Pricing::by_waterfalls(&scenario, simulation.year().clone())
    };
    let (mut events, mut losses, mut scratch) = (Events::default(), Losses::default(), Scratch::default());
    simulation.draw(0, YEARS, &mut events);
    bencher.counter(ItemsCount::new(YEARS)).bench_local(|| {
        pricing.price(&events, &mut losses, &mut scratch);
        black_box(&losses);
    });
}

/// A changed programme on a million years that are there already, with all figures,
/// on so many threads: what a slider asks for.
#[divan::bench(args = [1, 2])]
fn another_programme(bencher: Bencher<'_, '_>, threads: usize) {
    let scenario = scenario();
    let simulation = Simulation::new(&scenario, 1).expect("it has a peril");
    let store = Store::draw(&simulation, MILLION);
    let mut desks: Vec<Desk> = (0..threads).map(|_| Desk::default()).collect();
    let mut turn = 0;
    bencher.counter(ItemsCount::new(MILLION)).bench_local(|| {
        turn += 1;
        let mut changed = scenario.clone();
        let cover = &mut changed.covers[0].terms.cover;
        cover.insured_share = Share::new(f64::from(turn % 50) / 100.0).expect("a share");
        cover.occurrence_limit = Some(Money(1e6 + 1e5 * f64::from(turn % 60)));
        black_box(on_threads(&store, &Pricing::new(&changed, &simulation), &mut desks))
    });
}

fn on_threads(store: &Store, pricing: &Pricing<'_>, desks: &mut [Desk]) -> Option<Summary> {
    let (measures, threads) = (pricing.measures(), desks.len());
    let first = side_by_side(desks, parts(store.first(), threads), |desk, blocks| {
        store.losses(pricing, blocks, desk)
    });
    let pilot = Pilot::new(first.into_iter().flatten().collect(), measures, None);
    let mut blocks = parts(store.first().end..store.blocks(), threads);
    blocks[0].start = 0;
    let tallies = side_by_side(desks, blocks, |desk, blocks| store.tallies(pricing, &pilot, blocks, desk));
    let mut tallies: Vec<Tallies> = tallies.into_iter().flatten().collect();

    // Now each thread has some years of all measures; from here on it has all years of some.
    // Measures whose worst years are kept come first, and are nearly all of the work.
    let with_tail = measures.iter().rposition(Measure::has_tail)? + 1;
    let mut of_measures = Vec::new();
    let mut rest = measures;
    for part in parts(0..with_tail, threads).into_iter().skip(1).rev() {
        let (before, own) = rest.split_at(part.start);
        let own_tallies: Vec<Tallies> = tallies.iter_mut().map(|it| it.split_off(part.start)).collect();
        of_measures.push((own, own_tallies));
        rest = before;
    }
    of_measures.push((rest, tallies));
    of_measures.reverse();
    let summaries = side_by_side(desks, of_measures, |_, (measures, tallies)| {
        let append = |mut whole: Tallies, next| {
            whole.append(next);
            whole
        };
        Summary::new(measures, tallies.into_iter().reduce(append)?)
    });
    let append = |mut whole: Summary, next| {
        whole.append(next);
        whole
    };
    summaries.into_iter().collect::<Option<Vec<_>>>()?.into_iter().reduce(append)
}

/// Cuts a stretch into so many parts, as even as can be.
fn parts(all: Range<usize>, number: usize) -> Vec<Range<usize>> {
    let from = |part: usize| all.start + all.len() * part / number;
    (0..number).map(|part| from(part)..from(part + 1)).collect()
}

/// Does each piece of work at a desk of its own, the first on this thread.
fn side_by_side<I: Send, T: Send>(
    desks: &mut [Desk],
    pieces: Vec<I>,
    work: impl Fn(&mut Desk, I) -> T + Sync,
) -> Vec<T> {
    let work = &work;
    let mut pieces = desks.iter_mut().zip(pieces);
    let (desk, own) = pieces.next().expect("there is a desk");
    std::thread::scope(|scope| {
        let others: Vec<_> = pieces.map(|(desk, piece)| scope.spawn(move || work(desk, piece))).collect();
        let own = work(desk, own);
        let others = others.into_iter().map(|other| other.join().expect("no thread panics"));
        std::iter::once(own).chain(others).collect()
    })
}

/// Laws without a closed form of their quantiles beside one that has it, each with the
/// shapes that fitted durations have.
#[divan::bench(args = ["lognormal", "gamma 0.6", "gamma 1.2", "gamma 30", "pert", "gamma, tail"])]
fn quantiles(bencher: Bencher<'_, '_>, name: &str) {
    let gamma = |shape| Law::Gamma { shape, scale: 4.0 };
    let law = match name {
        "lognormal" => Law::Lognormal { median: 6.0, sigma: 1.2 },
        "gamma 0.6" => gamma(0.6),
        "gamma 1.2" => gamma(1.2),
        "gamma 30" => gamma(30.0),
        "pert" => Law::Pert { minimum: 1.0, mode: 4.0, maximum: 48.0 },
        _ => Law::Tail { body: Box::new(gamma(1.2)), threshold: 7.0, scale: 3.0, shape: 0.2 },
    };
    let draws: Vec<f64> = (0..10_000).map(|place| (f64::from(place) + 0.5) / 1e4).collect();
    bencher.counter(ItemsCount::new(draws.len())).with_inputs(|| draws.clone()).bench_local_values(
        |mut draws| {
            law.quantiles(&mut draws);
            draws
        },
    );
}
