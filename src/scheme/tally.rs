//! Tally: how many claims, of which reason, and how much.

use super::assess::Assessment;
use super::reason::{Reason, Status};

const REASONS: usize = Reason::ALL.len();

/// Claims counted by reason, and what is paid in all; tallies add up in any order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    counts: [u64; REASONS],
    amounts: [i128; REASONS],
    pending: i128,
    unread: u64,
}

impl Default for Tally {
    fn default() -> Self {
        Self { counts: [0; REASONS], amounts: [0; REASONS], pending: 0, unread: 0 }
    }
}

impl Tally {
    /// Counts a claim.
    #[inline]
    pub fn add(&mut self, assessment: &Assessment) {
        let place = assessment.reason as usize;
        self.counts[place] += 1;
        self.amounts[place] += i128::from(assessment.amount.0);
        self.pending += i128::from(assessment.pending.0);
    }

    /// Counts a row that is no claim.
    pub fn reject(&mut self) {
        self.unread += 1;
    }

    /// Adds what another part has counted.
    pub fn merge(&mut self, other: &Self) {
        for place in 0..REASONS {
            self.counts[place] += other.counts[place];
            self.amounts[place] += other.amounts[place];
        }
        self.pending += other.pending;
        self.unread += other.unread;
    }

    /// Returns how many rows went in.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.counts.iter().sum::<u64>() + self.unread
    }

    /// Returns how many claims have a reason.
    #[must_use]
    pub fn of(&self, reason: Reason) -> u64 {
        self.counts[reason as usize]
    }

    /// Returns what is paid for a reason.
    #[must_use]
    pub fn amount_of(&self, reason: Reason) -> i128 {
        self.amounts[reason as usize]
    }

    /// Returns how many rows came to a status. The four come to [`Self::rows`].
    #[must_use]
    pub fn with(&self, status: Status) -> u64 {
        let read = Reason::ALL.into_iter().filter(|reason| reason.status() == status);
        let read: u64 = read.map(|reason| self.of(reason)).sum();
        if status == Status::Rejected { read + self.unread } else { read }
    }

    /// Returns what would be paid to all who wait, as far as it is known: for a loss that
    /// a person assesses it is the least.
    #[must_use]
    pub fn pending(&self) -> i128 {
        self.pending
    }

    /// Returns the tally as plain numbers, for a file that is read by [`Self::of_figures`].
    pub fn figures(&self) -> impl Iterator<Item = i128> + '_ {
        let counts = self.counts.iter().copied().map(i128::from);
        counts.chain(self.amounts).chain([self.pending, self.unread.into()])
    }

    /// Takes a tally from its plain numbers; nothing where they are those of no tally.
    #[must_use]
    pub fn of_figures(figures: &[i128]) -> Option<Self> {
        let (counts, rest) = figures.split_at_checked(REASONS)?;
        let (amounts, rest) = rest.split_at_checked(REASONS)?;
        let [pending, unread] = *rest else { return None };
        let mut tally = Self { pending, unread: unread.try_into().ok()?, ..Self::default() };
        for (count, figure) in tally.counts.iter_mut().zip(counts) {
            *count = u64::try_from(*figure).ok()?;
        }
        tally.amounts.copy_from_slice(amounts);
        Some(tally)
    }

    /// Returns what is paid in all.
    #[must_use]
    pub fn total(&self) -> i128 {
        self.amounts.iter().sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scheme::Won;

    #[test]
    fn a_thousand_million_large_payments_add_up_exactly() {
        let assessment = Assessment {
            amount: Won(9_999_999_999),
            reason: Reason::Paid,
            pending: Won::ZERO,
            rule: None,
            band: None,
            loss: None,
        };
        let mut tally = Tally::default();
        tally.add(&assessment);
        for _ in 0..30 {
            let half = tally;
            tally.merge(&half);
        }
        assert_eq!(tally.total(), 9_999_999_999 << 30, "beyond 64 binary digits");
        assert!(i64::try_from(tally.total()).is_err());
        assert_eq!(tally.rows(), 1 << 30);
    }

    #[test]
    fn the_four_ends_of_a_row_come_to_all_rows() {
        let mut tally = Tally::default();
        for reason in Reason::ALL {
            let pending = Won::ZERO;
            tally.add(&Assessment { amount: pending, reason, pending, rule: None, band: None, loss: None });
        }
        tally.reject();
        let ends: u64 = Status::ALL.into_iter().map(|status| tally.with(status)).sum();
        let rows = Reason::ALL.len() as u64 + 1;
        assert_eq!((ends, tally.rows()), (rows, rows));
    }
}
