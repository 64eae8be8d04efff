//! Cliffs: where one won more of loss changes an amount by a leap, who stands near it,
//! and an even rule that costs as much.

use crate::scheme::{Assessment, Due, End, Exact, Form, Mode, Rate, Reason, Scheme, Won};

/// An edge between two bands of a loss.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cliff {
    /// The place of the rule.
    pub rule: u8,
    /// The place of the band below.
    pub band: u8,
    /// The edge.
    pub at: End,
    /// What is due below.
    pub below: Due,
    /// What is due above.
    pub above: Due,
    /// Claims within a twentieth of the edge below it.
    pub near_below: u64,
    /// Claims within a twentieth of the edge above it.
    pub near_above: u64,
}

impl Cliff {
    /// Returns by how much the amount leaps; for a review or a formula by the least of it.
    #[must_use]
    pub fn leap(&self) -> Won {
        let least = |due| match due {
            Due::Amount(amount) => amount.0,
            Due::Review { at_least } => at_least.0,
            Due::OfLoss { at_least, .. } => at_least.map_or(0, |least| least.0),
        };
        Won(least(self.above) - least(self.below))
    }
}

/// A rule without a leap that costs no more than bands do, and nearly as much.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Even {
    /// The part of a loss that it pays, to a millionth.
    pub rate: Rate,
    /// What it pays in all.
    pub total: i128,
    /// Claims that get more by it.
    pub more: u64,
    /// Claims that get less by it.
    pub less: u64,
}

/// The cliffs of a scheme, among the claims of a file.
#[derive(Clone, Debug, Default)]
pub struct Cliffs {
    /// Loss in whole won, dropped below, and amount of each claim paid by a band.
    paid: Vec<(i64, i64)>,
    /// Each edge.
    pub cliffs: Vec<Cliff>,
}

impl Cliffs {
    /// Finds the edges of a scheme's bands of a loss.
    #[must_use]
    pub fn new(scheme: &Scheme) -> Self {
        let mut cliffs = Vec::new();
        for (rule, found) in scheme.rules.iter().enumerate() {
            let Form::OnLoss(bands) = &found.form else { continue };
            for (band, pair) in bands.windows(2).enumerate() {
                let Some(at) = pair[0].to else { continue };
                cliffs.push(Cliff {
                    rule: rule as u8,
                    band: band as u8,
                    at,
                    below: pair[0].due,
                    above: pair[1].due,
                    near_below: 0,
                    near_above: 0,
                });
            }
        }
        Self { paid: Vec::new(), cliffs }
    }

    /// Counts a claim.
    pub fn add(&mut self, told: &Assessment) {
        let (Some(rule), Some(band), Some(loss)) = (told.rule, told.band, told.loss) else { return };
        for cliff in self.cliffs.iter_mut().filter(|cliff| cliff.rule == rule) {
            let width = cliff.at.at / 20;
            let near = |from, to| loss.against(Won(from)).is_ge() && loss.against(Won(to)).is_le();
            if band <= cliff.band && near(cliff.at.at - width, cliff.at.at) {
                cliff.near_below += 1;
            } else if band > cliff.band && near(cliff.at.at, cliff.at.at + width) {
                cliff.near_above += 1;
            }
        }
        let banded = self.cliffs.iter().any(|cliff| cliff.rule == rule);
        if banded
            && told.reason == Reason::Paid
            && let Some(loss) = loss.rounded(Mode::Down, Won(1))
        {
            self.paid.push((loss.0, told.amount.0));
        }
    }

    /// Returns the even rule of the same budget: one part of every loss that a band pays.
    ///
    /// # Formula
    ///
    /// ```text
    /// rate = ⌊10⁶ × Σ paid / Σ loss⌋ / 10⁶,  pays ⌊rate × loss⌋
    /// ```
    #[must_use]
    pub fn even(&self) -> Option<Even> {
        let losses: i128 = self.paid.iter().map(|(loss, _)| i128::from(*loss)).sum();
        let total: i128 = self.paid.iter().map(|(_, amount)| i128::from(*amount)).sum();
        if losses <= 0 {
            return None;
        }
        let rate = Rate::new(i64::try_from(total * 1_000_000 / losses).ok()?, 1_000_000)?;
        let mut even = Even { rate, total: 0, more: 0, less: 0 };
        for (loss, amount) in &self.paid {
            let due = Exact::from(Won(*loss)).times(rate)?.rounded(Mode::Down, Won(1))?;
            even.total += i128::from(due.0);
            even.more += u64::from(due.0 > *amount);
            even.less += u64::from(due.0 < *amount);
        }
        Some(even)
    }

    /// Returns what the bands pay in all, to those whom a band pays.
    #[must_use]
    pub fn total(&self) -> i128 {
        self.paid.iter().map(|(_, amount)| i128::from(*amount)).sum()
    }
}
