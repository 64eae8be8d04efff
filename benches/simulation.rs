//! Parts of the simulation, timed one by one: `cargo bench`.
//!
//! Nothing here passes or fails by its time. Whole runs, beside other programs on
//! the same work, are measured by `benches/peers/run.py`.

use divan::{Bencher, black_box, counter::ItemsCount};
use netloss::peril::{Frequency, Law};
use netloss::risk::{Dimension, Draws};

const YEARS: u64 = 100_000;

fn main() {
    divan::main();
}

/// The floor of the work "hour of week": as many numbers as it draws, and nothing
/// done with them.
#[divan::bench]
fn draws_alone(bencher: Bencher<'_, '_>) {
    let counts = Frequency::poisson(0.8).expect("a mean above zero").counts();
    let draws = Draws::new(1);
    bencher.counter(ItemsCount::new(YEARS)).bench_local(|| {
        let mut sum = 0.0;
        for year in 0..black_box(YEARS) {
            let [count, _] = draws.pair(year, 0, Dimension::Count);
            for event in 0..counts.of(count) {
                let [duration, start] = draws.pair(year, event, Dimension::Event);
                sum += duration + start;
            }
        }
        sum
    });
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
