//! A claim: a loss on its way through the terms of one cover.

use super::deductible::Deducted;
use super::period_limit::{Capped, PeriodReached};
use super::{ByHead, Cover, CoverYear, Extended, InsuredProfit, Joined, Measured, Run, Step};
use super::{aggregate, deductible, indemnity_period, insured_share, occurrence_limit, period_limit};
use super::{contribution, extension, sublimit, wait};
use crate::mitigation::Head;
use crate::quantity::{Hours, Money};
use crate::reason::{Reason, Retained};
use crate::spans::Spans;

/// A loss on its way through the terms.
#[derive(Clone)]
pub(super) struct Claim<'a> {
    pub(super) measured: &'a Measured<'a>,
    pub(super) insured: InsuredProfit<'a>,
    /// What the cover was asked for, by its own measure.
    pub(super) opened: ByHead,
    pub(super) heads: ByHead,
    /// Hours of the outage whose lost profit is still claimed, of each line.
    pub(super) hours: Vec<Spans>,
    /// Lines that wait together, each with the runs of their outage.
    pub(super) waits: Vec<wait::Group>,
    pub(super) inside_waiting_period: Money,
    pub(super) credited: Money,
    /// How lost profit is counted once limits of periods have cut it.
    pub(super) capped: Option<Capped>,
    /// Which hours, days and months lost more than their limit.
    pub(super) periods_reached: Vec<PeriodReached>,
    /// Which of them did inside the waiting period.
    pub(super) periods_reached_in_wait: Vec<PeriodReached>,
    /// What each head with a sublimit claimed just before it.
    pub(super) before_sublimit: ByHead,
    /// What the deductible took, once it has.
    pub(super) deducted: Option<Deducted>,
    /// What the occurrence limit took.
    pub(super) above_limit: Money,
    /// How an hours clause joined the outage with others.
    pub(super) joined: Option<Joined>,
    pub(super) retained: Retained,
    pub(super) year: CoverYear,
    pub(super) extended: Extended,
}

impl<'a> Claim<'a> {
    pub(super) fn open(measured: &'a Measured<'a>, cover: &Cover, year: CoverYear) -> Self {
        let insured = InsuredProfit::new(measured.profits.clone(), cover.measure, measured.duration)
            .with_overtime(cover.overtime);
        // An hour that a line is back early is an hour of the outage all the same.
        let ends = insured.ends().max(measured.duration);
        let hours = vec![Spans::one(Hours::ZERO, ends); insured.lines().len()];
        let (mut heads, mut retained) = (ByHead::default(), Retained::default());
        heads[Head::LostProfit as usize] = insured.total();
        retained[Reason::PolicyMeasure] = insured.our_own() - insured.total();
        for (head, amount) in &measured.outflows {
            heads[*head as usize] += *amount;
        }
        let waits = wait::groups(measured, &cover.clock);
        Self {
            measured,
            insured: insured.make_up_from(cover.make_up, wait_of_lines(&waits, cover)),
            opened: heads,
            heads,
            hours,
            waits,
            inside_waiting_period: Money::ZERO,
            credited: Money::ZERO,
            capped: None,
            periods_reached: vec![],
            periods_reached_in_wait: vec![],
            before_sublimit: ByHead::default(),
            deducted: None,
            above_limit: Money::ZERO,
            joined: None,
            retained,
            year,
            extended: Extended::default(),
        }
    }

    pub(super) fn take(&mut self, step: Step, cover: &Cover) {
        match step {
            Step::Trigger if !cover.perils.include(self.measured.cause) => {
                self.refuse(Reason::ExcludedPeril);
            }
            Step::Trigger => {
                extension::test(self, &cover.extensions);
                if let Some(wait) = cover.waiting_period
                    && !self.waits.iter().flat_map(|group| &group.runs).any(|run| wait.met(run))
                {
                    self.refuse(Reason::WaitingPeriod);
                }
            }
            Step::IndemnityPeriod => {
                indemnity_period::cut(self, cover);
                extension::end_of_closure(self, &cover.extensions);
            }
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
            Step::Sublimit => {
                sublimit::cut(self, &cover.sublimits);
                extension::limit(self);
            }
            Step::PeriodLimit => period_limit::cut(self, cover.period_limits),
            Step::GreaterOfOnLostProfit => deductible::take_from_lost_profit(self, cover),
            Step::Deductible => {
                extension::beside_deductible(self, cover, |claim| deductible::take(claim, cover));
            }
            Step::SublimitAfterDeductible => sublimit::cut_what_is_left(self, &cover.sublimits),
            Step::InsuredShare => insured_share::keep(self, cover.insured_share, &cover.no_share),
            Step::OccurrenceLimit => occurrence_limit::cut(self, cover),
            Step::Additions => {
                extension::admit(self, &cover.extensions);
                self.credit();
            }
            Step::Contribution => contribution::take(self),
            Step::AggregateDeductible => aggregate::absorb(self, cover.aggregate_deductible),
            Step::AggregateLimit => aggregate::cut(self, cover.aggregate_limit),
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
        self.keep_from(reason, amount, |_| true);
    }

    /// Keeps an amount of the sum of some heads with the insured, each of them
    /// giving in proportion to what it still claims.
    pub(super) fn keep_from(&mut self, reason: Reason, amount: Money, gives: impl Fn(Head) -> bool) {
        let total = self.total_of(&gives);
        let (left, remaining) = (total - amount, amount.part_of(total).rest());
        let mut largest: Option<usize> = None;
        for (place, (_, head)) in Head::ALL.into_iter().enumerate() {
            if gives(head) {
                self.heads[place] = self.heads[place] * remaining;
                if largest.is_none_or(|largest| self.heads[place] > self.heads[largest]) {
                    largest = Some(place);
                }
            }
        }
        let Some(largest) = largest else { return };
        // What rounding took or gave goes to the largest head: the sum is exact.
        let rounding = left - self.total_of(&gives);
        self.heads[largest] += rounding;
        self.retained[reason] += amount;
    }

    /// Returns what some heads still claim.
    pub(super) fn total_of(&self, counts: impl Fn(Head) -> bool) -> Money {
        let heads = Head::ALL.into_iter().zip(self.heads);
        heads.filter(|((_, head), _)| counts(*head)).map(|(_, amount)| amount).sum()
    }

    /// Returns the profit lost in stretches of the outage, given for each line, as
    /// far as it is still counted.
    pub(super) fn profit(&self, hours: &[Spans]) -> Money {
        match &self.capped {
            Some(capped) => capped.profit(&self.insured, hours),
            None => self.insured.within(hours),
        }
    }

    /// Trims the hours whose lost profit is claimed, line by line, and keeps the
    /// rest with the insured. What is left is measured again, so that no hours
    /// leave nothing.
    pub(super) fn trim(&mut self, to: impl Fn(usize) -> Spans, reason: Reason) {
        for line in 0..self.hours.len() {
            self.hours[line] = self.hours[line].and(&to(line));
        }
        let (before, left) = (*self.lost_profit(), self.profit(&self.hours));
        *self.lost_profit() = left.min(before);
        self.retained[reason] += before - left.min(before);
    }

    /// Keeps an amount of lost profit alone with the insured.
    pub(super) fn keep_profit(&mut self, reason: Reason, amount: Money) {
        self.keep_head(Head::LostProfit, reason, amount);
    }

    /// Keeps an amount of one head with the insured.
    pub(super) fn keep_head(&mut self, head: Head, reason: Reason, amount: Money) {
        let claimed = &mut self.heads[head as usize];
        let amount = amount.min(*claimed);
        *claimed -= amount;
        self.retained[reason] += amount;
    }
}

/// Returns for each line the moment at which its wait is over; none where it has none.
fn wait_of_lines(waits: &[wait::Group], cover: &Cover) -> Vec<Hours> {
    let mut of_lines = vec![Hours::ZERO; waits.iter().map(|group| group.lines.len()).sum()];
    for group in waits {
        for line in &group.lines {
            let over = cover.waiting_period.and_then(|wait| group.first_over(wait));
            of_lines[*line] = over.unwrap_or(Hours::ZERO);
        }
    }
    of_lines
}
