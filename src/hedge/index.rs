//! Index: what a hedge reads off an outage, and pays on.

use super::contract::Bend;
use super::log::Log;
use super::monitor::{Monitor, Rounding, Run};
use super::service::{Service, Weights};
use crate::outage::Segment;
use crate::quantity::{Hours, Money, Share, TOLERANCE};

/// What an index reads: hours, or money of loss or of revenue.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct Level(pub f64);

impl From<Hours> for Level {
    fn from(hours: Hours) -> Self {
        Self(hours.0)
    }
}

impl From<Money> for Level {
    fn from(amount: Money) -> Self {
        Self(amount.0)
    }
}

/// What a hedge may see of an outage.
pub trait Seen {
    /// Returns when the outage started, on the calendar.
    fn start(&self) -> Hours;
    /// Returns how long the outage lasted.
    fn duration(&self) -> Hours;
    /// Returns the lost service of each line of the scenario, stretch by stretch.
    fn services(&self) -> Vec<&[Segment]>;
    /// Returns the revenue that a line took in the first hours after the start.
    fn revenue(&self, line: usize, period: Hours) -> Money;
    /// Returns the loss, measured in one way.
    fn loss(&self, measure: LossMeasure) -> Money;
}

/// Which loss a term speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LossMeasure {
    /// The economic loss, whatever covers pay.
    Economic,
    /// What the indemnity covers leave of it.
    AfterCovers,
}

impl LossMeasure {
    /// Every measure, under the name that it has in a scenario file.
    pub const ALL: [(&'static str, Self); 2] =
        [("economic_loss", Self::Economic), ("after_covers", Self::AfterCovers)];

    /// Returns the measure's name in a scenario file.
    #[must_use]
    pub fn key(self) -> &'static str {
        Self::ALL[self as usize].0
    }
}

/// What a hedge measures of an outage.
#[derive(Clone, Debug)]
pub enum Index {
    /// How long the outage lasts.
    OutageHours,
    /// The hours for which service is below a level, as a monitor counts them.
    HoursBelow {
        /// Whose service.
        service: Service,
        /// The level.
        below: Share,
        /// The rule of counting.
        monitor: Monitor,
    },
    /// The hours that a monitor recorded, as its rule counts them.
    Measured {
        /// The record.
        log: Log,
        /// The rule of counting.
        monitor: Monitor,
    },
    /// Hours of lost service: an hour at 30 % of service counts for 0.7.
    EquivalentHours {
        /// Whose service.
        service: Service,
        /// Weights of the hours, where they differ.
        weights: Option<Weights>,
    },
    /// The loss itself.
    Loss(LossMeasure),
    /// The revenue of lines in the first hours after the start.
    Revenue {
        /// The lines, by their place in the scenario.
        lines: Vec<usize>,
        /// How many hours.
        period: Hours,
    },
}

impl Index {
    /// Returns what the index reads of an outage.
    ///
    /// # Formula
    ///
    /// With `s(t)` the level of service and `w(t)` the weight of a moment:
    ///
    /// ```text
    /// hours below θ    = ∫ 1{s(t) < θ} dt, counted as the monitor counts
    /// equivalent hours = ∫ w(t) · (1 - s(t)) dt
    /// ```
    ///
    /// Service runs straight between the moments at which it turns, so both are
    /// worked out and not sampled.
    #[must_use]
    pub fn read(&self, seen: &dyn Seen) -> Level {
        match self {
            Self::OutageHours => seen.duration().into(),
            Self::HoursBelow { monitor, .. } | Self::Measured { monitor, .. } => {
                monitor.counted(&self.runs(seen)).into()
            }
            Self::EquivalentHours { service, weights } => {
                service.lost_hours(&seen.services(), weights.as_ref().map(|it| (it, seen.start()))).into()
            }
            Self::Loss(measure) => seen.loss(*measure).into(),
            Self::Revenue { lines, period } => {
                lines.iter().map(|line| seen.revenue(*line, *period)).sum::<Money>().into()
            }
        }
    }

    /// Returns the runs of downtime behind the hours, before any is dropped.
    #[must_use]
    pub fn runs(&self, seen: &dyn Seen) -> Vec<Run> {
        match self {
            Self::HoursBelow { service, below, .. } => service.runs_below(&seen.services(), *below),
            Self::Measured { log, .. } => log.until(seen.duration()),
            _ => vec![],
        }
    }

    /// Returns whether the index reads hours; if not, it reads money.
    #[must_use]
    pub fn is_of_hours(&self) -> bool {
        !matches!(self, Self::Loss(_) | Self::Revenue { .. })
    }

    /// Returns whether the index depends on how much is lost.
    #[must_use]
    pub fn follows_the_loss(&self) -> bool {
        matches!(self, Self::Loss(_))
    }

    /// Returns the lines whose service or revenue is measured.
    #[must_use]
    pub fn lines(&self) -> Vec<usize> {
        match self {
            Self::HoursBelow { service, .. } | Self::EquivalentHours { service, .. } => {
                service.lines().iter().map(|(line, _)| *line).collect()
            }
            Self::Revenue { lines, .. } => lines.clone(),
            Self::OutageHours | Self::Measured { .. } | Self::Loss(_) => vec![],
        }
    }

    /// Returns the durations at which a record, or a period, turns the index.
    #[must_use]
    pub fn clock_turns(&self) -> Vec<Hours> {
        match self {
            Self::Measured { log, monitor } => {
                let turns = |run: &Run| [run.from, run.from + monitor.min_run(), run.to];
                log.runs().iter().flat_map(turns).collect()
            }
            Self::Revenue { period, .. } => vec![*period],
            _ => vec![],
        }
    }

    /// Returns marks of an outage that change wherever the index turns or jumps
    /// beside its clock turns: always as many, in the same order.
    #[must_use]
    pub fn marks(&self, seen: &dyn Seen) -> Vec<(Bend, bool)> {
        /// Runs of one outage that are told apart.
        const RUNS: usize = 16;
        let (Self::HoursBelow { monitor, .. } | Self::Measured { monitor, .. }) = self else {
            return vec![];
        };
        let runs = self.runs(seen);
        let (long, joined) = (monitor.long_enough(&runs).count(), monitor.joined(&runs));
        // Which run is the longest matters where it alone counts.
        let longest = joined.iter().enumerate().max_by(|(_, a), (_, b)| a.1.0.total_cmp(&b.1.0));
        let longest = longest.map_or(0, |(place, _)| place);
        let counts = [runs.len(), long, joined.len(), longest];
        let counted = counts.iter().flat_map(|many| (1..=RUNS).map(move |n| (Bend::Index, *many >= n)));
        let mut marks: Vec<(Bend, bool)> = counted.collect();
        if let Self::HoursBelow { service, below, .. } = self {
            marks.push((Bend::Index, service.is_below(&seen.services(), *below, seen.duration())));
        }
        // The two last binary digits of the whole hours change with every hour.
        let whole = match monitor.rounding() {
            Rounding::None => 0,
            Rounding::Down => (monitor.hours(&runs).0 + TOLERANCE).floor() as u64,
            Rounding::Up => (monitor.hours(&runs).0 - TOLERANCE).ceil().max(0.0) as u64,
        };
        marks.extend([(Bend::Step, whole & 1 > 0), (Bend::Step, whole & 2 > 0)]);
        marks
    }
}
