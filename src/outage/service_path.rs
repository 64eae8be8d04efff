//! Service path: the share of a line that is lost, from the outage's first
//! moment until all is back.

use std::fmt;

use super::failover::cap;
use super::{EarlyWarning, Failover, RampUp};
use crate::quantity::{Hours, Share, TOLERANCE};
use crate::term::term;

term! {
    pub const SERVICE_PATH: Term = {
        key: "service_path",
        korean: "서비스 수준·복구 곡선",
        english: "Service path",
        file_key: "line.stages",
        unit: "share of the line that is lost",
        formula: "lost(t) runs straight between break-points t = min(share * D + offset, D)\nlost revenue = dependency * integral of revenue(t) * lost(t)",
        order: "before any revenue is counted",
        source: "a choice made here; Kakao 2022 was back in stages between 10 and 127.5 hours",
    };
}

/// A moment after the outage's start that is affine in the outage's duration.
///
/// # Formula
///
/// ```text
/// τ(D) = min(share·D + offset, D)
/// ```
///
/// A restoration that keeps its clock has `share` 0; one that stretches with the
/// outage has `offset` 0; the end of the outage is share 1, offset 0. An outage
/// that ends earlier ends every stage with it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BreakPoint {
    share: Share,
    offset: Hours,
}

impl BreakPoint {
    /// The end of the outage.
    pub const END: Self = Self { share: Share::ALL, offset: Hours::ZERO };

    /// A moment that keeps its clock: so many hours after the start.
    #[must_use]
    pub fn after(offset: Hours) -> Self {
        Self { share: Share::NONE, offset }
    }

    /// A moment that stretches with the outage: this share of its duration,
    /// and `offset` more.
    #[must_use]
    pub fn at_share(share: Share, offset: Hours) -> Self {
        Self { share, offset }
    }

    /// Returns the moment, in hours after the start, for an outage of `duration`.
    #[must_use]
    pub fn at(self, duration: Hours) -> Hours {
        self.planned(duration).min(duration)
    }

    /// Returns the moment as it would come if the outage did not end before it.
    fn planned(self, duration: Hours) -> Hours {
        duration * self.share + self.offset
    }

    /// Returns the outages in which this moment, and `later` hours after it, falls
    /// on `time`: where a path that stretches with the outage meets a given hour.
    #[must_use]
    pub fn meets(self, time: Hours, later: Hours) -> Option<Hours> {
        let share = self.share.get();
        (share > 0.0).then(|| Hours((time - later - self.offset).0 / share))
    }

    /// Returns the shortest outage that lives to see this moment: `offset / (1 - share)`.
    ///
    /// Nothing for the end of the outage, which every outage sees.
    #[must_use]
    pub fn first_reached_at(self) -> Option<Hours> {
        let rest = self.share.rest().get();
        (rest > 0.0 && self.offset > Hours::ZERO).then(|| Hours(self.offset.0 / rest))
    }

    /// Returns the moment that lies a part of the way to another.
    fn towards(self, other: Self, part: Share) -> Self {
        let between = |from: f64, to: f64| from + (to - from) * part.get();
        Self {
            share: Share::new(between(self.share.get(), other.share.get())).unwrap_or(self.share),
            offset: Hours(between(self.offset.0, other.offset.0)),
        }
    }

    /// Returns the duration in which two moments fall together, where one of them
    /// stretches more than the other.
    fn meets_with(self, other: Self) -> Option<Hours> {
        let faster = self.share.get() - other.share.get();
        let together = (other.offset - self.offset).0 / faster;
        (faster != 0.0 && together > 0.0).then_some(Hours(together))
    }
}

/// A part of the outage over which the lost share runs straight.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stage {
    /// When the stage ends and the next begins.
    pub until: BreakPoint,
    /// Share of the line that is lost at the stage's first moment.
    pub lost_from: Share,
    /// Share of the line that is lost at its last.
    pub lost_to: Share,
}

/// The share of a line that is lost through time, for an outage of any duration.
///
/// Stages follow one another from the start; after the last, service is back,
/// at once or along a ramp that starts where the last stage stopped.
///
/// # Example
///
/// A failover that takes 40 minutes and then carries 60 % of the traffic:
///
/// ```
/// use netloss::outage::{BreakPoint, ServicePath, Stage};
/// use netloss::quantity::{Hours, Share};
/// let share = |x| Share::new(x).unwrap();
/// let path = ServicePath::new(
///     vec![
///         Stage { until: BreakPoint::after(Hours(2.0 / 3.0)), lost_from: share(1.0), lost_to: share(1.0) },
///         Stage { until: BreakPoint::END, lost_from: share(0.4), lost_to: share(0.4) },
///     ],
///     Hours(0.0),
/// )?;
/// let lost: f64 = path.segments(Hours(8.0)).map(|s| (s.to.0 - s.from.0) * s.lost_from.get()).sum();
/// assert!((lost - (2.0 / 3.0 + 0.4 * (8.0 - 2.0 / 3.0))).abs() < 1e-12);
/// # Ok::<(), netloss::outage::PathError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct ServicePath {
    stages: Vec<Stage>,
    ramp_up: RampUp,
    failover: Option<Failover>,
    early_warning: Option<EarlyWarning>,
}

/// One way that an outage may run, and how likely it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Course {
    /// Its chance; those of all courses add up to one.
    pub chance: Share,
    /// Its straight stretches, in order.
    pub segments: Vec<Segment>,
    /// What made it.
    pub way: Way,
}

/// What makes a course of an outage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Nothing: the stages run as they are.
    Unhelped,
    /// A spare took over.
    FailedOver,
    /// A warning came in time, and all was prepared.
    Warned,
}

/// A stretch of one outage over which the lost share runs straight.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Segment {
    /// First moment, in hours after the outage's start.
    pub from: Hours,
    /// Last moment.
    pub to: Hours,
    /// Share lost at the first moment.
    pub lost_from: Share,
    /// Share lost at the last moment.
    pub lost_to: Share,
}

impl ServicePath {
    /// Everything is lost from the start to the end of the outage.
    #[must_use]
    pub fn total() -> Self {
        Self::restored(BreakPoint::END)
    }

    /// Everything is lost until `until`, and nothing after.
    #[must_use]
    pub fn restored(until: BreakPoint) -> Self {
        let stage = Stage { until, lost_from: Share::ALL, lost_to: Share::ALL };
        Self { stages: vec![stage], ramp_up: RampUp::NONE, failover: None, early_warning: None }
    }

    /// Checks stages in their order, with a ramp after the last.
    ///
    /// # Errors
    ///
    /// Refuses a path without stages, a stage that never ends after the one in
    /// front of it, and a ramp of negative or endless length.
    pub fn new(stages: Vec<Stage>, ramp_up: impl Into<RampUp>) -> Result<Self, PathError> {
        let ramp_up = ramp_up.into();
        if stages.is_empty() {
            return Err(PathError::NoStage);
        }
        let backwards = stages.windows(2).position(|pair| {
            let (first, next) = (pair[0].until, pair[1].until);
            first.share == Share::ALL || next.share <= first.share && next.offset <= first.offset
        });
        if let Some(stage) = backwards {
            return Err(PathError::Backwards { stage: stage + 1 });
        }
        if let RampUp::Straight(length) = ramp_up
            && !(length.0.is_finite() && length.0 >= 0.0)
        {
            return Err(PathError::Ramp(length));
        }
        Ok(Self { stages, ramp_up, failover: None, early_warning: None })
    }

    /// Returns the same path with a ramp after its last stage.
    ///
    /// # Errors
    ///
    /// As [`ServicePath::new`].
    pub fn with_ramp_up(self, ramp_up: impl Into<RampUp>) -> Result<Self, PathError> {
        let Self { failover, early_warning, .. } = self;
        Ok(Self { failover, early_warning, ..Self::new(self.stages, ramp_up)? })
    }

    /// Returns the same path with a spare that takes over.
    #[must_use]
    pub fn with_failover(self, failover: Failover) -> Self {
        Self { failover: Some(failover), ..self }
    }

    /// Returns the same path with a warning ahead of the outage.
    #[must_use]
    pub fn with_early_warning(self, warning: EarlyWarning) -> Self {
        Self { early_warning: Some(warning), ..self }
    }

    /// Returns the spare that takes over, where there is one.
    #[must_use]
    pub fn failover(&self) -> Option<Failover> {
        self.failover
    }

    /// Returns the warning ahead of the outage, where there is one.
    #[must_use]
    pub fn early_warning(&self) -> Option<EarlyWarning> {
        self.early_warning
    }

    /// Returns the chance that the spare takes over in an outage of `duration`,
    /// unprepared.
    #[must_use]
    pub fn fails_over(&self, duration: Hours) -> Share {
        let unwarned = self.early_warning.map_or(Share::ALL, |warning| warning.prepared().rest());
        self.failover.map_or(Share::NONE, |failover| failover.takes_over(duration) * unwarned)
    }

    /// Returns the stages in their order.
    #[must_use]
    pub fn stages(&self) -> &[Stage] {
        &self.stages
    }

    /// Returns every moment of the path that may move with the outage: the end of
    /// each stage, and where a sloped stage falls below what a spare leaves.
    #[must_use]
    pub fn moments(&self) -> Vec<BreakPoint> {
        let mut moments: Vec<BreakPoint> = self.stages.iter().map(|stage| stage.until).collect();
        let spares = [
            self.failover.map(|failover| failover.carries),
            self.early_warning.map(|warning| warning.carries),
        ];
        for most in spares.into_iter().flatten().map(Share::rest) {
            let mut from = BreakPoint::after(Hours::ZERO);
            for stage in &self.stages {
                moments.extend(stage.passes(most).map(|part| from.towards(stage.until, part)));
                from = stage.until;
            }
        }
        moments
    }

    /// Returns the outages in which a moment of the path, or the end of the ramp,
    /// falls on a moment of the outage, where it moves with the outage's duration.
    pub fn passes(&self, moment: Hours) -> impl Iterator<Item = Hours> + '_ {
        let longest = self.ramp_up.longest();
        let moves = move |at: BreakPoint, later| at.meets(moment, later).filter(|at| *at > Hours::ZERO);
        self.moments()
            .into_iter()
            .flat_map(move |at| [moves(at, Hours::ZERO), moves(at, longest)])
            .flatten()
    }

    /// Returns how long the ramp after the last stage takes at most.
    #[must_use]
    pub fn ramp_up(&self) -> Hours {
        self.ramp_up.longest()
    }

    /// Returns how sales return after the last stage.
    #[must_use]
    pub fn ramp(&self) -> &RampUp {
        &self.ramp_up
    }

    /// Returns when the last stage of an outage of `duration` ends: service is back,
    /// and a ramp-up begins.
    #[must_use]
    pub fn restored_at(&self, duration: Hours) -> Hours {
        self.stages.iter().map(|stage| stage.until.at(duration)).fold(Hours::ZERO, Hours::max)
    }

    /// Returns the durations from which on the path runs another way: where an
    /// outage first lives to see a stage end, and where one stage overtakes
    /// another. Each comes with whether it is the last stage that ends.
    #[must_use]
    pub fn turns(&self) -> Vec<(Hours, bool)> {
        let mut turns = Vec::new();
        for (place, stage) in self.stages.iter().enumerate() {
            let last = place + 1 == self.stages.len();
            turns.extend(stage.until.first_reached_at().map(|at| (at, last)));
            let earlier = self.stages[..place].iter();
            turns.extend(
                earlier.filter_map(|earlier| Some((stage.until.meets_with(earlier.until)?, false))),
            );
        }
        turns
    }

    /// Returns the shortest outages that live to see a line lost again after it was
    /// back.
    pub fn restarts(&self) -> impl Iterator<Item = Hours> + '_ {
        let again = self.stages.windows(2).filter(|pair| {
            pair[0].lost_to == Share::NONE
                && (pair[1].lost_from > Share::NONE || pair[1].lost_to > Share::NONE)
        });
        again.filter_map(|pair| pair[0].until.first_reached_at())
    }

    /// Returns the straight stretches of an outage of `duration`, in order, if
    /// nothing takes over.
    ///
    /// A sloped stage that the outage's end cuts short stops at the level it has
    /// reached by then, and the ramp-up starts from that level.
    pub fn segments(&self, duration: Hours) -> impl Iterator<Item = Segment> + use<> {
        self.with_ramp(self.staged(duration)).into_iter()
    }

    /// Returns the ways that an outage of `duration` may run, each with its chance.
    ///
    /// What is lost is expected to be the mean of them.
    #[must_use]
    pub fn courses(&self, duration: Hours) -> Vec<Course> {
        let staged = self.staged(duration);
        let prepared = self.early_warning.map_or(Share::NONE, |warning| warning.prepared());
        let failed_over = self.fails_over(duration);
        let mut courses = Vec::new();
        let mut course = |chance: f64, way, segments: Vec<Segment>| {
            // What rounding leaves of a chance is none.
            if let Some(chance) = Share::new(chance.clamp(0.0, 1.0)).filter(|it| it.get() > TOLERANCE) {
                courses.push(Course { chance, segments: self.with_ramp(segments), way });
            }
        };
        if let Some(warning) = self.early_warning {
            course(prepared.get(), Way::Warned, cap(&staged, Hours::ZERO, warning.carries.rest()));
        }
        if let Some(failover) = self.failover {
            course(
                failed_over.get(),
                Way::FailedOver,
                cap(&staged, failover.after, failover.carries.rest()),
            );
        }
        course(1.0 - prepared.get() - failed_over.get(), Way::Unhelped, staged);
        courses
    }

    /// Returns the mean of all courses: the share that is expected to be lost.
    #[must_use]
    pub fn expected(&self, duration: Hours) -> Vec<Segment> {
        let mut courses = self.courses(duration);
        if courses.len() == 1 {
            return courses.remove(0).segments;
        }
        let mut cuts: Vec<f64> = vec![];
        for segment in courses.iter().flat_map(|course| &course.segments) {
            cuts.extend([segment.from.0, segment.to.0]);
        }
        cuts.sort_by(f64::total_cmp);
        cuts.dedup_by(|b, a| *b - *a <= TOLERANCE);
        let mean = |at: f64, inside: f64| {
            let lost = |course: &Course| course.chance.get() * course.lost(at, inside);
            Share::new(courses.iter().map(lost).sum::<f64>().clamp(0.0, 1.0)).unwrap_or(Share::NONE)
        };
        let pieces = cuts.windows(2).map(|cut| {
            let inside = f64::midpoint(cut[0], cut[1]);
            let (lost_from, lost_to) = (mean(cut[0], inside), mean(cut[1], inside));
            Segment { from: Hours(cut[0]), to: Hours(cut[1]), lost_from, lost_to }
        });
        pieces.collect()
    }

    /// The stages of an outage of `duration`, one after the other.
    fn staged(&self, duration: Hours) -> Vec<Segment> {
        let mut from = Hours::ZERO;
        let mut segments = Vec::with_capacity(self.stages.len() + 1);
        for stage in &self.stages {
            let planned = stage.until.planned(duration);
            let to = planned.min(duration);
            // A stage as short as a rounding is none.
            if to.0 - from.0 <= TOLERANCE {
                continue;
            }
            let lost_to = stage.level((to.0 - from.0) / (planned.0 - from.0));
            segments.push(Segment { from, to, lost_from: stage.lost_from, lost_to });
            from = to;
        }
        segments
    }

    fn with_ramp(&self, mut segments: Vec<Segment>) -> Vec<Segment> {
        if let Some(Segment { to, lost_to, .. }) = segments.last().copied() {
            self.ramp_up.segments(to, lost_to, &mut segments);
        }
        segments
    }
}

impl Course {
    /// Returns the share lost at a moment, on the stretch that holds another.
    fn lost(&self, at: f64, inside: f64) -> f64 {
        let holds = |segment: &&Segment| segment.from.0 <= inside && inside < segment.to.0;
        self.segments.iter().find(holds).map_or(0.0, |segment| {
            let part = (at - segment.from.0) / (segment.to.0 - segment.from.0);
            segment.lost_from.get() + (segment.lost_to.get() - segment.lost_from.get()) * part
        })
    }
}

impl Stage {
    /// Returns the part of the stage after which its lost share passes a level.
    fn passes(&self, level: Share) -> Option<Share> {
        let (first, last) = (self.lost_from.get() - level.get(), self.lost_to.get() - level.get());
        if first * last < 0.0 { Share::new(first / (first - last)) } else { None }
    }

    /// Returns the share lost once this part of the stage has passed.
    fn level(&self, passed: f64) -> Share {
        let (from, to) = (self.lost_from.get(), self.lost_to.get());
        Share::new((from + (to - from) * passed).clamp(0.0, 1.0)).unwrap_or(self.lost_to)
    }
}

/// Stages that make no path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PathError {
    /// There is no stage.
    NoStage,
    /// A stage never ends after the one in front of it.
    Backwards {
        /// Which stage, counted from 0.
        stage: usize,
    },
    /// The ramp has no length that time could have.
    Ramp(Hours),
}

impl fmt::Display for PathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoStage => write!(f, "a service path needs at least one stage"),
            Self::Backwards { stage } => {
                write!(f, "stage {} never ends after stage {stage}; put stages in order of time", stage + 1)
            }
            Self::Ramp(Hours(hours)) => write!(f, "ramp-up is {hours} hours; give 0 or more"),
        }
    }
}

impl std::error::Error for PathError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(proportion: f64) -> Share {
        Share::new(proportion).unwrap()
    }

    fn lost_hours(path: &ServicePath, duration: f64) -> f64 {
        path.segments(Hours(duration))
            .map(|s| (s.to.0 - s.from.0) * (s.lost_from.get() + s.lost_to.get()) / 2.0)
            .sum()
    }

    #[test]
    fn a_restoration_that_keeps_its_clock_ends_with_a_shorter_outage() {
        let path = ServicePath::restored(BreakPoint::after(Hours(30.0)));
        for (duration, lost, because) in [
            (8.0, 8.0, "the outage is over before the line's own restoration"),
            (30.0, 30.0, "both end together"),
            (127.5, 30.0, "the line is back while others are dark"),
        ] {
            assert_eq!(lost_hours(&path, duration), lost, "{because}");
        }
        assert_eq!(path.stages()[0].until.first_reached_at(), Some(Hours(30.0)));
    }

    #[test]
    fn a_staged_restoration_can_stretch_with_the_outage() {
        let stage = |until, lost| Stage { until, lost_from: share(lost), lost_to: share(lost) };
        let half = BreakPoint::at_share(share(0.5), Hours::ZERO);
        let path = ServicePath::new(vec![stage(half, 1.0), stage(BreakPoint::END, 0.5)], Hours::ZERO);
        let path = path.unwrap();
        assert_eq!(lost_hours(&path, 8.0), 6.0);
        assert_eq!(lost_hours(&path, 80.0), 60.0);
        assert_eq!(half.first_reached_at(), None, "it moves with every outage");
    }

    #[test]
    fn a_slope_cut_short_ends_at_the_level_it_reached_and_ramps_up_from_there() {
        let slope =
            Stage { until: BreakPoint::after(Hours(10.0)), lost_from: share(1.0), lost_to: share(0.2) };
        let path = ServicePath::new(vec![slope], Hours(4.0)).unwrap();
        let segments: Vec<_> = path.segments(Hours(5.0)).collect();
        assert_eq!(segments.len(), 2);
        assert!((segments[0].lost_to.get() - 0.6).abs() < 1e-12);
        assert_eq!(segments[1].lost_from, segments[0].lost_to);
        assert_eq!((segments[1].from, segments[1].to), (Hours(5.0), Hours(9.0)));
    }

    #[test]
    fn no_outage_loses_nothing() {
        let path = ServicePath::total().with_ramp_up(Hours(6.0)).unwrap();
        assert_eq!(path.segments(Hours::ZERO).count(), 0);
    }

    #[test]
    fn refuses_stages_out_of_order() {
        let stage = |hours| Stage {
            until: BreakPoint::after(Hours(hours)),
            lost_from: Share::ALL,
            lost_to: Share::ALL,
        };
        let refused = ServicePath::new(vec![stage(8.0), stage(4.0)], Hours::ZERO).unwrap_err();
        assert!(refused.to_string().contains("stage 2 never ends after stage 1"), "{refused}");
        assert_eq!(ServicePath::new(vec![], Hours::ZERO), Err(PathError::NoStage));
        assert!(ServicePath::total().with_ramp_up(Hours(-1.0)).is_err());
    }
}
