//! Parts of the simulation, timed one by one: `cargo bench`.
//!
//! Nothing here passes or fails by its time. Whole runs, beside other programs on
//! the same work, are measured by `benches/peers/run.py`.

use divan::{Bencher, black_box, counter::ItemsCount};
use netloss::peril::Frequency;
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
