//! A claim: a loss on its way through the terms of one cover.

use super::{ByHead, Cover, CoverYear, Measured, Step, WaitingPeriod};
use super::{deductible, insured_share, occurrence_limit, sublimit};
use crate::mitigation::Head;
use crate::quantity::{Hours, Money};
use crate::reason::{Reason, Retained};

/// A loss on its way through the terms.
pub(super) struct Claim<'a> {
    pub(super) measured: &'a Measured<'a>,
    pub(super) heads: ByHead,
    /// Hours of the outage whose lost profit is still claimed.
    pub(super) window: (Hours, Hours),
    /// Hours over which a pro-rata wait takes its average: of the outage, or of
    /// the indemnity period where that ends first.
    pub(super) span: Hours,
    pub(super) inside_waiting_period: Money,
    pub(super) retained: Retained,
    pub(super) year: CoverYear,
}

impl<'a> Claim<'a> {
    pub(super) fn open(measured: &'a Measured<'a>, year: CoverYear) -> Self {
        let window = (Hours::ZERO, measured.ends());
        let mut heads = ByHead::default();
        heads[Head::LostProfit as usize] = measured.profit(window.0, window.1);
        for (head, amount) in &measured.outflows {
            heads[*head as usize] += *amount;
        }
        let (inside_waiting_period, retained) = (Money::ZERO, Retained::default());
        let span = measured.duration;
        Self { measured, heads, window, span, inside_waiting_period, retained, year }
    }

    pub(super) fn take(&mut self, step: Step, cover: &Cover) {
        match step {
            Step::Trigger if !cover.perils.include(self.measured.cause) => {
                self.refuse(Reason::ExcludedPeril);
            }
            Step::Trigger => {
                if let Some(wait) = cover.waiting_period
                    && !wait.met(self.measured.duration)
                {
                    self.refuse(Reason::WaitingPeriod);
                }
            }
            Step::IndemnityPeriod => {
                if let Some(period) = cover.indemnity_period {
                    let wait = cover.waiting_period.map_or(Hours::ZERO, WaitingPeriod::hours);
                    period.cut(self, wait);
                }
            }
            Step::WaitingPeriod => {
                if let Some(wait) = cover.waiting_period {
                    wait.cut(self);
                }
            }
            Step::Sublimit => sublimit::cut(self, &cover.sublimits),
            Step::Deductible => deductible::take(self, cover.deductible, cover.waiting_period),
            Step::InsuredShare => insured_share::keep(self, cover.insured_share),
            Step::OccurrenceLimit => occurrence_limit::cut(self, cover.occurrence_limit),
            Step::PeriodLimit
            | Step::Additions
            | Step::Average
            | Step::Contribution
            | Step::AggregateDeductible
            | Step::AggregateLimit => {}
        }
    }

    pub(super) fn total(&self) -> Money {
        self.heads.iter().copied().sum()
    }

    pub(super) fn lost_profit(&mut self) -> &mut Money {
        &mut self.heads[Head::LostProfit as usize]
    }

    /// Keeps the whole claim with the insured.
    pub(super) fn refuse(&mut self, reason: Reason) {
        self.keep(reason, self.total());
        self.window = (Hours::ZERO, Hours::ZERO);
        self.heads = ByHead::default();
    }

    /// Keeps an amount of the sum with the insured, each head giving in
    /// proportion to what it still claims.
    pub(super) fn keep(&mut self, reason: Reason, amount: Money) {
        let total = self.total();
        let (left, remaining) = (total - amount, amount.part_of(total).rest());
        let mut largest = 0;
        for place in 0..self.heads.len() {
            self.heads[place] = self.heads[place] * remaining;
            if self.heads[place] > self.heads[largest] {
                largest = place;
            }
        }
        // What rounding took or gave goes to the largest head: the sum is exact.
        let rounding = left - self.total();
        self.heads[largest] += rounding;
        self.retained[reason] += amount;
    }

    /// Trims the hours whose lost profit is claimed, and keeps the rest with the
    /// insured. What is left is measured again, so that no hours leave nothing.
    pub(super) fn trim(&mut self, window: (Hours, Hours), reason: Reason) {
        let before = *self.lost_profit();
        let left = if window.0 < window.1 { self.measured.profit(window.0, window.1) } else { Money::ZERO };
        *self.lost_profit() = left.min(before);
        self.retained[reason] += before - left.min(before);
        self.window = window;
    }

    /// Keeps an amount of lost profit alone with the insured.
    pub(super) fn keep_profit(&mut self, reason: Reason, amount: Money) {
        let amount = amount.min(*self.lost_profit());
        *self.lost_profit() -= amount;
        self.retained[reason] += amount;
    }
}
