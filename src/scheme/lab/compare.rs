//! Comparison: who gets more and who less where another scheme takes the place of one.

use std::collections::BTreeMap;

use crate::scheme::{Assessment, Status, Tally, Won};

/// Amounts paid, each with how many claims it is paid to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spread {
    counts: BTreeMap<i64, u64>,
    paid: u64,
}

impl Spread {
    /// Counts an amount.
    pub fn add(&mut self, amount: Won) {
        *self.counts.entry(amount.0).or_default() += 1;
        self.paid += 1;
    }

    /// Returns the least amount that so many percent of the claims do not pass; nothing
    /// where nothing is paid.
    #[must_use]
    pub fn percentile(&self, percent: u8) -> Option<Won> {
        let wanted = (u128::from(self.paid) * u128::from(percent)).div_ceil(100).max(1);
        let mut passed = 0_u128;
        self.counts.iter().find_map(|(amount, count)| {
            passed += u128::from(*count);
            (passed >= wanted).then_some(Won(*amount))
        })
    }
}

/// What changes where a scheme takes the place of another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// What claims come to under it.
    pub tally: Tally,
    /// What is paid to each.
    pub spread: Spread,
    /// Who gets more, and how much more in all.
    pub more: (u64, i128),
    /// Who gets less, and how much less in all.
    pub less: (u64, i128),
    /// Who gets the same.
    pub same: u64,
}

impl Change {
    /// Counts a claim, before and after; a claim that waits counts as what it would be.
    pub fn add(&mut self, before: &Assessment, after: &Assessment) {
        self.tally.add(after);
        if after.reason.status() == Status::Paid {
            self.spread.add(after.amount);
        }
        let worth = |told: &Assessment| i128::from(told.amount.0) + i128::from(told.pending.0);
        let change = worth(after) - worth(before);
        match change {
            0 => self.same += 1,
            gain if gain > 0 => self.more = (self.more.0 + 1, self.more.1 + gain),
            loss => self.less = (self.less.0 + 1, self.less.1 - loss),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scheme::Reason;

    #[test]
    fn every_claim_gets_more_or_less_or_the_same() {
        let told = |amount, pending| Assessment {
            amount: Won(amount),
            reason: if pending > 0 { Reason::Individual } else { Reason::Paid },
            pending: Won(pending),
            rule: None,
            band: None,
            loss: None,
        };
        let mut change = Change::default();
        for (before, after) in [
            (told(30, 0), told(50, 0)),
            (told(50, 0), told(50, 0)),
            (told(50, 0), told(10, 0)),
            (told(40, 0), told(0, 50)),
        ] {
            change.add(&before, &after);
        }
        assert_eq!((change.more, change.less, change.same), ((2, 30), (1, 40), 1));
        assert_eq!(change.tally.total(), 110);
        let percentiles = [0, 33, 34, 50, 90, 100].map(|percent| change.spread.percentile(percent));
        assert_eq!(percentiles, [10, 10, 50, 50, 50, 50].map(|won| Some(Won(won))));
        assert_eq!(Spread::default().percentile(50), None);
    }
}
