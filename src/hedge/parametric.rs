//! Parametric: insurance that pays by a schedule on an index, whatever was lost.

use super::contract::Bend;
use super::double_trigger::LossTrigger;
use super::index::{Index, Level, LossMeasure, Seen};
use super::per_hour::PerHour;
use super::tick::Tick;
use crate::quantity::{Hours, Met, Money};
use crate::steps::Steps;
use crate::term::term;

term! {
    /// A binary cover is a schedule of one step.
    pub const BINARY_TRIGGER: Term = {
        key: "binary_trigger",
        korean: "정액 트리거",
        english: "Binary trigger",
        file_key: "parametric.pays.amount",
        unit: "money",
        formula: "payout = amount · 1{I ≥ at}     or 1{I > at} where the wording says more than",
        order: "After the index is measured; before the limits of event and year",
        source: "Riskwolf, example policy wordings; Phoenix Re, Understanding industry loss warranties",
    };
}

term! {
    /// Whether steps add up is a matter of wording.
    pub const STEPPED_TRIGGER: Term = {
        key: "stepped_trigger",
        korean: "단계형 트리거",
        english: "Stepped trigger",
        file_key: "parametric.pays.steps",
        unit: "money",
        formula: "payout = amount of the highest step reached\nadditive: payout = amounts of all steps reached",
        order: "After the index is measured; before the limits of event and year",
        source: "ktools, calculation rules 27 to 31 for step policies",
    };
}

/// A parametric cover.
#[derive(Clone, Debug)]
pub struct Parametric {
    /// What it measures.
    pub index: Index,
    /// What it pays on that.
    pub schedule: Schedule,
    /// A loss that must have come as well; none where the index is enough.
    pub only_if: Option<LossTrigger>,
    /// Most for one event; none is endless.
    pub limit: Option<Money>,
    /// Most for the policy year; none is endless.
    pub annual_limit: Option<Money>,
}

/// What a parametric cover pays by what its index reads.
#[derive(Clone, Debug, PartialEq)]
pub enum Schedule {
    /// The amount of the highest step reached; a binary cover has one step.
    Steps(Steps),
    /// The amounts of all steps reached, together.
    AddedSteps(Steps),
    /// So much an hour between two moments.
    PerHour(PerHour),
    /// So much for each unit of the index above a strike.
    Tick(Tick),
    /// The loss itself, once the index reaches a number of hours.
    Loss {
        /// Hours to be reached.
        at: Hours,
        /// How they are reached.
        met: Met,
        /// Which loss is paid.
        measure: LossMeasure,
    },
}

/// What a parametric cover answers to an outage.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Payout {
    /// What the index reads.
    pub level: Level,
    /// What the schedule gives.
    pub scheduled: Money,
    /// Whether the loss meets its trigger, where there is one.
    pub triggered: bool,
    /// What the year's limit takes of it.
    pub cut_by_year: Money,
    /// What is paid.
    pub paid: Money,
}

impl Parametric {
    /// A cover on the hours of outage, with a limit for one event at most.
    #[must_use]
    pub fn on_hours(schedule: Schedule, limit: Option<Money>) -> Self {
        Self { index: Index::OutageHours, schedule, only_if: None, limit, annual_limit: None }
    }

    /// Returns what is paid for an outage, after what the year has had.
    ///
    /// # Formula
    ///
    /// ```text
    /// event  = min(limit, schedule(I)) · 1{loss meets its trigger}
    /// payout = min(event, annual limit - paid in the year so far)
    /// ```
    #[must_use]
    pub fn respond(&self, seen: &dyn Seen, paid_in_year: Money) -> Payout {
        let level = self.index.read(seen);
        let scheduled = self.schedule.pays(level, seen);
        let triggered = self.only_if.is_none_or(|trigger| trigger.is_met(seen.loss(trigger.measure)));
        let event = if triggered { scheduled.at_most(self.limit) } else { Money::ZERO };
        let left = self.annual_limit.map(|limit| (limit - paid_in_year).positive());
        let paid = event.at_most(left);
        Payout { level, scheduled, triggered, cut_by_year: event - paid, paid }
    }

    /// Returns whether any part of the cover depends on how much is lost.
    #[must_use]
    pub fn follows_the_loss(&self) -> bool {
        self.only_if.is_some() || matches!(self.schedule, Schedule::Loss { .. })
    }

    /// Returns marks that change wherever the payout turns, beside the turns that
    /// its clock tells: always as many, in the same order.
    #[must_use]
    pub fn marks(&self, seen: &dyn Seen) -> Vec<(Bend, bool)> {
        let level = self.index.read(seen);
        let mut marks = match self.index {
            Index::OutageHours => vec![],
            _ => self.schedule.marks(level),
        };
        let scheduled = self.schedule.pays(level, seen);
        marks.push((Bend::Limit, self.limit.is_some_and(|limit| scheduled > limit)));
        if let Some(trigger) = self.only_if {
            marks.push((Bend::TriggerMet, trigger.is_met(seen.loss(trigger.measure))));
        }
        if let Schedule::Tick(tick) = self.schedule {
            marks.push((Bend::Limit, tick.cap.is_some_and(|cap| tick.uncapped(level) > cap)));
        }
        marks.extend(self.index.marks(seen));
        marks
    }
}

impl Schedule {
    /// Returns what the schedule gives where the index reads `level`.
    #[must_use]
    pub fn pays(&self, level: Level, seen: &dyn Seen) -> Money {
        let hours = Hours(level.0);
        match self {
            Self::Loss { at, met, measure } if met.by(hours, *at) => seen.loss(*measure).positive(),
            Self::Loss { .. } => Money::ZERO,
            _ => self.pays_by(level),
        }
    }

    /// Returns what the schedule gives where the index reads `level`, if that does not
    /// depend on the loss; otherwise nothing.
    #[must_use]
    pub fn pays_by(&self, level: Level) -> Money {
        let hours = Hours(level.0);
        match self {
            Self::Steps(steps) => steps.reached(hours),
            Self::AddedSteps(steps) => steps.added(hours),
            Self::PerHour(per_hour) => per_hour.pay(hours),
            Self::Tick(tick) => tick.payout(level),
            Self::Loss { .. } => Money::ZERO,
        }
    }

    fn marks(&self, level: Level) -> Vec<(Bend, bool)> {
        let hours = Hours(level.0);
        match self {
            Self::Steps(steps) | Self::AddedSteps(steps) => {
                steps.durations().map(|at| (Bend::Step, steps.met().by(hours, at))).collect()
            }
            Self::PerHour(hourly) if hourly.whole_hours() => {
                // The two last binary digits of the whole hours change with each.
                let whole = hourly.paid_hours(hours).0 as u64;
                vec![(Bend::Step, whole & 1 > 0), (Bend::Step, whole & 2 > 0)]
            }
            Self::PerHour(hourly) => vec![
                (Bend::Starts, hours > hourly.from()),
                (Bend::Ends, hourly.to().is_some_and(|to| hours > to)),
            ],
            Self::Tick(tick) => vec![(Bend::Starts, level > tick.strike)],
            Self::Loss { at, met, .. } => vec![(Bend::Step, met.by(hours, *at))],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outage::Segment;

    /// An outage of which nothing is known but its hours and its loss.
    struct Outage(f64, f64);

    impl Seen for Outage {
        fn start(&self) -> Hours {
            Hours::ZERO
        }
        fn duration(&self) -> Hours {
            Hours(self.0)
        }
        fn services(&self) -> Vec<&[Segment]> {
            vec![]
        }
        fn revenue(&self, _: usize, _: Hours) -> Money {
            Money::ZERO
        }
        fn loss(&self, _: LossMeasure) -> Money {
            Money(self.1)
        }
    }

    #[test]
    fn both_triggers_in_the_same_event() {
        let measure = LossMeasure::AfterCovers;
        let schedule = Schedule::Loss { at: Hours(6.0), met: Met::AtLeast, measure };
        let only_if = Some(LossTrigger { measure, threshold: Money(200.0), met: Met::AtLeast });
        let cover = Parametric { only_if, ..Parametric::on_hours(schedule, Some(Money(300.0))) };
        for (hours, loss, paid, because) in [
            (8.0, 150.0, 0.0, "the loss is too small"),
            (5.0, 400.0, 0.0, "the outage is too short"),
            (8.0, 400.0, 300.0, "both are met: the loss, up to the limit"),
            (8.0, 250.0, 250.0, "the loss itself below the limit"),
            (6.0, 200.0, 200.0, "reaching both is enough"),
        ] {
            assert_eq!(cover.respond(&Outage(hours, loss), Money::ZERO).paid, Money(paid), "{because}");
        }
    }

    #[test]
    fn the_year_pays_no_more_than_its_limit() {
        let steps = Steps::new(vec![(Hours(6.0), Money(500.0))], Met::AtLeast).unwrap();
        let cover = Parametric {
            annual_limit: Some(Money(800.0)),
            ..Parametric::on_hours(Schedule::Steps(steps), None)
        };
        for (before, paid) in [(0.0, 500.0), (500.0, 300.0), (800.0, 0.0), (900.0, 0.0)] {
            assert_eq!(cover.respond(&Outage(8.0, 0.0), Money(before)).paid, Money(paid));
        }
    }
}
