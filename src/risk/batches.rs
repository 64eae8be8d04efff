//! Batches: what stays with us by reason, from sums of batches of years.

use super::Estimate;
use super::distribution::Exact;
use super::losses::BATCH;
use crate::quantity::Money;
use crate::reason::Reason;

/// Batches below this many tell nothing of an error.
const FEW: f64 = 10.0;

/// Sums over batches of years, by reason.
///
/// # Formula
///
/// Of `m` batches of [`BATCH`] years that come to `b`, in `n` years:
///
/// ```text
/// mean of a year   Σ b / n
/// its error        √((Σ b² - (Σ b)² / m) / ((m - 1) · m)) / BATCH
/// ```
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Batches {
    number: u64,
    sums: [Exact; Reason::COUNT],
    squares: [Exact; Reason::COUNT],
}

impl Default for Batches {
    fn default() -> Self {
        let nothing = [Exact::default(); Reason::COUNT];
        Self { number: 0, sums: nothing, squares: nothing }
    }
}

impl Batches {
    /// Takes in the batches of a block.
    pub(super) fn add(&mut self, batches: &[[f64; Reason::COUNT]]) {
        let (mut sums, mut squares) = ([0.0; Reason::COUNT], [0.0; Reason::COUNT]);
        for batch in batches {
            for ((sum, square), amount) in sums.iter_mut().zip(&mut squares).zip(batch) {
                *sum += amount;
                *square += amount * amount;
            }
        }
        self.number += batches.len() as u64;
        self.sums.iter_mut().zip(sums).for_each(|(all, sum)| all.add(sum));
        self.squares.iter_mut().zip(squares).for_each(|(all, square)| all.add(square));
    }

    /// Takes in the batches that follow.
    pub(super) fn append(&mut self, next: &Self) {
        self.number += next.number;
        self.sums.iter_mut().zip(next.sums).for_each(|(all, next)| all.append(next));
        self.squares.iter_mut().zip(next.squares).for_each(|(all, next)| all.append(next));
    }

    /// Returns the mean of a year, by reason; its error is unknown where there are too few
    /// batches to tell.
    pub(super) fn means(&self, years: u64) -> [Estimate; Reason::COUNT] {
        let number = self.number as f64;
        std::array::from_fn(|reason| {
            let (sum, squares) = (self.sums[reason].get(), self.squares[reason].get());
            let spread = (squares - sum * sum / number).max(0.0);
            let error = (spread / (number - 1.0) / number).sqrt() / BATCH as f64;
            Estimate {
                value: Money(sum / years as f64),
                error: Money(if number < FEW { f64::NAN } else { error }),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twelve_batches_by_hand() {
        let mut batches = Batches::default();
        let batch = |amount: f64| {
            let mut batch = [0.0; Reason::COUNT];
            batch[Reason::WaitingPeriod as usize] = amount;
            batch
        };
        let (mut first, mut second) = (Batches::default(), Batches::default());
        first.add(&[256.0, 128.0, 0.0, 128.0].map(batch));
        second.add(&[128.0; 8].map(batch));
        batches.append(&first);
        assert!(batches.means(512)[Reason::WaitingPeriod as usize].error.0.is_nan(), "four are too few");
        batches.append(&second);
        let mean = batches.means(12 * BATCH as u64)[Reason::WaitingPeriod as usize];
        assert_eq!(mean.value, Money(1.0));
        // Two of twelve are 128 off: √(2 · 128² / 11 / 12) / 128.
        assert!((mean.error.0 - (2.0_f64 / 132.0).sqrt()).abs() < 1e-12, "{mean:?}");
    }
}
