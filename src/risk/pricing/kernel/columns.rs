//! Columns: what is done to whole columns of outages and years.

use crate::reason::Reason;
use crate::risk::{Events, Losses};
use crate::wide::wide;

/// Declares a loop over columns by what it works on.
macro_rules! columns {
    ($(#[$doc:meta])* $name:ident { $($field:ident: $kind:ty),* } = $run:expr) => {
        $(#[$doc])*
        pub(super) struct $name<'c> { $(pub(super) $field: $kind),* }

        impl crate::wide::Columns for $name<'_> {
            type Output = ();

            #[inline(always)]
            fn run(self) {
                let Self { $($field),* } = self;
                $run
            }
        }
    };
}

pub(super) use columns;

/// Adds each outage's amount to its year.
pub(super) fn add_to_years(events: &Events, amounts: &[f64], years: &mut [f64]) {
    for (amount, year) in amounts.iter().zip(&events.slots) {
        years[*year as usize] += amount;
    }
}

/// The same, and puts the worst outage of each year beside it: nothing where all left a
/// gain.
pub(super) fn add_to_years_with_worst(events: &Events, amounts: &[f64], years: [&mut [f64]; 2]) {
    let [sums, worst] = years;
    for (amount, year) in amounts.iter().zip(&events.slots) {
        let year = *year as usize;
        sums[year] += amount;
        worst[year] = worst[year].max(*amount);
    }
}

/// Adds a column up, batch of years by batch of years.
pub(super) fn sum(events: &Events, column: &[f64], sums: &mut Vec<f64>) {
    sums.resize(events.batches.len(), 0.0);
    wide(Sums { ends: &events.batches, column, sums });
}

pub(super) fn keep(losses: &mut Losses, reason: Reason, sums: &[f64], sign: f64) {
    for (retained, sum) in losses.retained.iter_mut().zip(sums) {
        retained[reason as usize] += sign * sum;
    }
}

columns!(Add { to: &'c mut [f64], column: &'c [f64] } =
    to.iter_mut().zip(column).for_each(|(to, amount)| *to += amount));

columns!(Scale { column: &'c [f64], by: &'c [f64], into: &'c mut [f64] } =
for ((into, amount), by) in into.iter_mut().zip(column).zip(by) {
    *into = amount * by;
});

columns!(
/// What the amounts between one end and the next come to.
Sums { ends: &'c [u32], column: &'c [f64], sums: &'c mut [f64] } = {
    let mut from = 0;
    for (sum, until) in sums.iter_mut().zip(ends) {
        let until = *until as usize;
        *sum = of_amounts(&column[from..until]);
        from = until;
    }
});

/// Adds up in eight lanes: the order is the same on every machine.
#[inline(always)]
fn of_amounts(amounts: &[f64]) -> f64 {
    const LANES: usize = 8;
    let mut lanes = [0.0; LANES];
    let chunks = amounts.chunks_exact(LANES);
    let rest: f64 = chunks.remainder().iter().sum();
    for chunk in chunks {
        for (lane, amount) in lanes.iter_mut().zip(chunk) {
            *lane += amount;
        }
    }
    lanes.iter().sum::<f64>() + rest
}
