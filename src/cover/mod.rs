//! Cover: one policy on one occurrence.
//!
//! A cover takes the loss of the heads that it names and passes it through its
//! terms in a fixed order. Each term has a file of its own, and each file says
//! its formula. The order stands in one place, [`STANDARD`].
//!
//! # To add a term
//!
//! 1. Write its file: the type with its formula and source, a checked
//!    constructor, and `impl` of what it takes from a `Claim`.
//! 2. Give it a [`Step`], put the step into [`STANDARD`], and let
//!    `Claim::take` call it. If it keeps loss for a new cause, give it a
//!    [`Reason`].
//! 3. Read its key in `read/covers.rs`; the JSON Schema follows from that.
//! 4. Write a row in `tests/cases` for each sentence of its rule, and the same
//!    rule once more, slowly, in `tests/laws/twin.rs`.

mod deductible;
mod indemnity_period;
mod insured_share;
mod occurrence_limit;
mod sublimit;
mod waiting_period;

use crate::mitigation::{Head, LostProfit};
use crate::outage::{Cause, Perils};
use crate::quantity::{Hours, Money, Share};
use crate::reason::{Reason, Retained};

pub use deductible::{Deductible, InvalidDeductible};
pub use indemnity_period::{IndemnityPeriod, InvalidIndemnityPeriod, RunsFrom};
pub use waiting_period::{InvalidWait, Reading, WaitingPeriod};

/// Amounts of loss by head.
pub type ByHead = [Money; Head::COUNT];

/// The terms of one policy, as far as they apply to each occurrence.
#[derive(Clone, Debug, PartialEq)]
pub struct Cover {
    /// Heads of loss that the cover names.
    pub heads: Vec<Head>,
    /// Lines whose lost profit it covers, by their place in the scenario.
    pub lines: Vec<usize>,
    /// Causes to which it answers.
    pub perils: Perils,
    /// Hours before it responds, with their reading.
    pub waiting_period: Option<WaitingPeriod>,
    /// Span for which loss is covered; none is endless.
    pub indemnity_period: Option<IndemnityPeriod>,
    /// Most for one head; none is endless.
    pub sublimits: [Option<Money>; Head::COUNT],
    /// What the insured bears first, once per occurrence.
    pub deductible: Deductible,
    /// Part of the rest that the insured keeps.
    pub insured_share: Share,
    /// Most for one occurrence; none is endless.
    pub occurrence_limit: Option<Money>,
}

/// What a cover sees of an outage: the loss that is presented to it.
#[derive(Clone, Debug)]
pub struct Measured<'a> {
    /// How long the outage lasted.
    pub duration: Hours,
    /// Why it happened, where that is stated.
    pub cause: Option<Cause>,
    /// Lost profit of each line that the cover names, hour by hour.
    pub profits: Vec<&'a LostProfit<'a>>,
    /// Outflows under the heads that it names.
    pub outflows: Vec<(Head, Money)>,
}

impl Measured<'_> {
    /// Returns the profit lost in `[from, to)` over all lines presented.
    fn profit(&self, from: Hours, to: Hours) -> Money {
        self.profits.iter().map(|line| line.between(from, to)).sum()
    }

    /// Returns when the last profit is lost.
    fn ends(&self) -> Hours {
        self.profits.iter().map(|line| line.lost_revenue().ends()).fold(Hours::ZERO, Hours::max)
    }
}

/// A term of a cover, as a step in the order of application.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Peril and waiting-period tests: if one fails the cover pays nothing.
    Trigger,
    /// Lost profit after the indemnity period falls away.
    IndemnityPeriod,
    /// Lost profit inside a time deductible falls away.
    WaitingPeriod,
    /// Each head is cut to its sublimit.
    Sublimit,
    /// The deductible comes off the sum of the heads.
    Deductible,
    /// The insured keeps a share.
    InsuredShare,
    /// The sum is cut to the limit of one occurrence.
    OccurrenceLimit,
}

/// The standard order of application.
///
/// Time before money: the vector of lost hours is trimmed before any amount is.
pub const STANDARD: [Step; 7] = [
    Step::Trigger,
    Step::IndemnityPeriod,
    Step::WaitingPeriod,
    Step::Sublimit,
    Step::Deductible,
    Step::InsuredShare,
    Step::OccurrenceLimit,
];

impl Step {
    /// Returns the step's name in output.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Trigger => "trigger",
            Self::IndemnityPeriod => "indemnity_period",
            Self::WaitingPeriod => "waiting_period",
            Self::Sublimit => "sublimit",
            Self::Deductible => "deductible",
            Self::InsuredShare => "insured_share",
            Self::OccurrenceLimit => "occurrence_limit",
        }
    }
}

/// What a cover answers to a loss, with the value after each step.
#[derive(Clone, Debug)]
pub struct Response {
    /// The loss presented, by head.
    pub presented: ByHead,
    /// The sum still covered after each step of [`STANDARD`].
    pub after: [Money; STANDARD.len()],
    /// Profit lost inside the waiting period, whatever the reading does with it.
    pub inside_waiting_period: Money,
    /// What each head still claims just before its sublimit.
    pub before_sublimit: ByHead,
    /// The covered loss, by head: what the tower or the carrier is asked to pay.
    pub covered: ByHead,
    /// The loss that the terms leave with the insured, by reason.
    pub retained: Retained,
}

impl Response {
    /// Returns the sum still covered after a step.
    #[must_use]
    pub fn after(&self, step: Step) -> Money {
        let place = STANDARD.into_iter().position(|other| other == step);
        place.map_or(Money::ZERO, |place| self.after[place])
    }

    /// Returns the covered loss.
    #[must_use]
    pub fn total(&self) -> Money {
        self.covered.iter().copied().sum()
    }
}

impl Cover {
    /// Passes a loss through the terms in the [`STANDARD`] order.
    ///
    /// The result satisfies `presented = covered + retained`, and every amount
    /// of it is zero or more.
    #[must_use]
    pub fn respond(&self, measured: &Measured<'_>) -> Response {
        let mut claim = Claim::open(measured);
        let mut response = Response {
            presented: claim.heads,
            after: [Money::ZERO; STANDARD.len()],
            inside_waiting_period: Money::ZERO,
            before_sublimit: claim.heads,
            covered: claim.heads,
            retained: Retained::default(),
        };
        for (place, step) in STANDARD.into_iter().enumerate() {
            if step == Step::Sublimit {
                response.before_sublimit = claim.heads;
            }
            claim.take(step, self);
            response.after[place] = claim.total();
        }
        response.inside_waiting_period = claim.inside_waiting_period;
        response.covered = claim.heads;
        response.retained = claim.retained;
        response
    }
}

/// A loss on its way through the terms.
struct Claim<'a> {
    measured: &'a Measured<'a>,
    heads: ByHead,
    /// Hours of the outage whose lost profit is still claimed.
    window: (Hours, Hours),
    /// Hours over which a pro-rata wait takes its average: of the outage, or of
    /// the indemnity period where that ends first.
    span: Hours,
    inside_waiting_period: Money,
    retained: Retained,
}

impl<'a> Claim<'a> {
    fn open(measured: &'a Measured<'a>) -> Self {
        let window = (Hours::ZERO, measured.ends());
        let mut heads = ByHead::default();
        heads[Head::LostProfit as usize] = measured.profit(window.0, window.1);
        for (head, amount) in &measured.outflows {
            heads[*head as usize] += *amount;
        }
        let (inside_waiting_period, retained) = (Money::ZERO, Retained::default());
        Self { measured, heads, window, span: measured.duration, inside_waiting_period, retained }
    }

    fn take(&mut self, step: Step, cover: &Cover) {
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
        }
    }

    fn total(&self) -> Money {
        self.heads.iter().copied().sum()
    }

    fn lost_profit(&mut self) -> &mut Money {
        &mut self.heads[Head::LostProfit as usize]
    }

    /// Keeps the whole claim with the insured.
    fn refuse(&mut self, reason: Reason) {
        self.keep(reason, self.total());
        self.window = (Hours::ZERO, Hours::ZERO);
        self.heads = ByHead::default();
    }

    /// Keeps an amount of the sum with the insured, each head giving in
    /// proportion to what it still claims.
    fn keep(&mut self, reason: Reason, amount: Money) {
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
    fn trim(&mut self, window: (Hours, Hours), reason: Reason) {
        let before = *self.lost_profit();
        let left = if window.0 < window.1 { self.measured.profit(window.0, window.1) } else { Money::ZERO };
        *self.lost_profit() = left.min(before);
        self.retained[reason] += before - left.min(before);
        self.window = window;
    }

    /// Keeps an amount of lost profit alone with the insured.
    fn keep_profit(&mut self, reason: Reason, amount: Money) {
        let amount = amount.min(*self.lost_profit());
        *self.lost_profit() -= amount;
        self.retained[reason] += amount;
    }
}
