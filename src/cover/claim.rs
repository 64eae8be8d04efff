//! A claim: a loss on its way through the terms of one cover.

use super::{ByHead, Cover, CoverYear, InsuredProfit, Measured, Run, Step};
use super::{deductible, indemnity_period, insured_share, occurrence_limit, sublimit, wait};
use crate::mitigation::Head;
use crate::quantity::{Hours, Money};
use crate::reason::{Reason, Retained};
use crate::spans::Spans;

/// A loss on its way through the terms.
pub(super) struct Claim<'a> {
    pub(super) measured: &'a Measured<'a>,
    pub(super) insured: InsuredProfit<'a>,
    pub(super) heads: ByHead,
    /// Hours of the outage whose lost profit is still claimed, of each line.
    pub(super) hours: Vec<Spans>,
    /// Lines that wait together, each with the runs of their outage.
    pub(super) waits: Vec<wait::Group>,
    pub(super) inside_waiting_period: Money,
    pub(super) credited: Money,
    pub(super) retained: Retained,
    pub(super) year: CoverYear,
}

impl<'a> Claim<'a> {
    pub(super) fn open(measured: &'a Measured<'a>, cover: &Cover, year: CoverYear) -> Self {
        let insured = InsuredProfit::new(measured.profits.clone(), cover.measure, measured.duration);
        let hours = vec![Spans::one(Hours::ZERO, insured.ends()); insured.lines().len()];
        let (mut heads, mut retained) = (ByHead::default(), Retained::default());
        heads[Head::LostProfit as usize] = insured.total();
        retained[Reason::PolicyMeasure] = insured.our_own() - insured.total();
        for (head, amount) in &measured.outflows {
            heads[*head as usize] += *amount;
        }
        let waits = wait::groups(measured, &cover.clock);
        let (inside_waiting_period, credited) = (Money::ZERO, Money::ZERO);
        Self { measured, insured, heads, hours, waits, inside_waiting_period, credited, retained, year }
    }

    pub(super) fn take(&mut self, step: Step, cover: &Cover) {
        match step {
            Step::Trigger if !cover.perils.include(self.measured.cause) => {
                self.refuse(Reason::ExcludedPeril);
            }
            Step::Trigger => {
                if let Some(wait) = cover.waiting_period
                    && !self.waits.iter().flat_map(|group| &group.runs).any(|run| wait.met(run))
                {
                    self.refuse(Reason::WaitingPeriod);
                }
            }
            Step::IndemnityPeriod => indemnity_period::cut(self, cover),
            Step::WaitingPeriod => {
                if let Some(wait) = cover.waiting_period {
                    wait::cut(self, wait);
                }
            }
            Step::Average => {
                if let Some(average) = cover.average {
                    average.cut(self, cover.indemnity_length());
                }
            }
            Step::Sublimit => sublimit::cut(self, &cover.sublimits),
            Step::Deductible => deductible::take(self, cover.deductible, cover.waiting_period),
            Step::InsuredShare => insured_share::keep(self, cover.insured_share),
            Step::OccurrenceLimit => occurrence_limit::cut(self, cover.occurrence_limit),
            Step::Additions => self.credit(),
            Step::PeriodLimit | Step::Contribution | Step::AggregateDeductible | Step::AggregateLimit => {}
        }
    }

    /// Returns every run of the outage, in order of the groups.
    pub(super) fn runs(&self) -> Vec<Run> {
        self.waits.iter().flat_map(|group| group.runs.iter().cloned()).collect()
    }

    /// Takes suppliers' credits off the profit that is still covered.
    fn credit(&mut self) {
        let credited = self.measured.credit.min(*self.lost_profit());
        *self.lost_profit() -= credited;
        self.credited = credited;
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
        self.hours.fill(Spans::NONE);
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

    /// Trims the hours whose lost profit is claimed, line by line, and keeps the
    /// rest with the insured. What is left is measured again, so that no hours
    /// leave nothing.
    pub(super) fn trim(&mut self, to: impl Fn(usize) -> Spans, reason: Reason) {
        for line in 0..self.hours.len() {
            self.hours[line] = self.hours[line].and(&to(line));
        }
        let (before, left) = (*self.lost_profit(), self.insured.within(&self.hours));
        *self.lost_profit() = left.min(before);
        self.retained[reason] += before - left.min(before);
    }

    /// Keeps an amount of lost profit alone with the insured.
    pub(super) fn keep_profit(&mut self, reason: Reason, amount: Money) {
        let amount = amount.min(*self.lost_profit());
        *self.lost_profit() -= amount;
        self.retained[reason] += amount;
    }
}
