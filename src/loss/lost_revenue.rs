//! Lost revenue of one line in one outage, over any interval of it.

use super::Damage;
use crate::outage::{Segment, ServicePath, Struck};
use crate::profile::Profile;
use crate::quantity::{Hours, Money, Share};
use crate::spans::Spans;
use crate::term::term;

term! {
    /// Time is trimmed before it is priced: the revenue of the actual hours is lost,
    /// and never an average of them.
    pub const LOST_REVENUE: Term = {
        key: "lost_revenue",
        korean: "상실매출",
        english: "Lost revenue",
        file_key: "line.revenue",
        unit: "money",
        formula: "lost = ∫ dependency · revenue rate(t) · share lost(t) dt   over the outage",
        order: "first of all: every other amount begins from it",
        source: "Hourly sales are what loss adjusters ask for; RGL, Do waiting periods work in cyber claims?",
    };
}

/// Revenue that one line loses in one outage.
///
/// # Formula
///
/// With `B` the profile, `s₀` the start on the profile's axis, `dep` the share of
/// the line that depends on the failed service and `lost(τ)` the service path:
///
/// ```text
/// between(a, b) = dep · ∫ₐᵇ B(s₀ + τ) · lost(τ) dτ
/// ```
///
/// `lost` is straight between break-points, so each stretch needs only the
/// profile's integral and first moment. Time is trimmed first and priced after.
/// Where a spare may take over, or a warning come in time, `lost` is the mean of
/// the courses that the outage may run, each with its chance. How hard the outage
/// strikes multiplies it all, [`Struck`].
///
/// # Source
///
/// Adjusters ask for hourly sales because the day's average misprices the hours
/// that a waiting period removes.
#[derive(Clone, Debug)]
pub struct LostRevenue<'a> {
    normal: Normal<'a>,
    /// As struck: a milder outage takes less of the service.
    segments: Vec<Segment>,
    restored: Hours,
    /// By what lost revenue is multiplied along the line's own path.
    factor: f64,
    /// The same, along the stretches as struck.
    above_normal: f64,
}

/// What a line is worth by time.
#[derive(Clone, Copy, Debug)]
enum Normal<'a> {
    /// Revenue by hour, of which a share depends on the failed service.
    Profile { profile: &'a Profile, start: Hours, dependency: Share },
    /// A damage function, where no revenue is known.
    Damage(&'a Damage),
}

impl<'a> LostRevenue<'a> {
    /// Puts a line's profile under an outage that starts at `start` (on the
    /// profile's axis) and lasts `duration`.
    #[must_use]
    pub fn new(
        profile: &'a Profile,
        start: Hours,
        dependency: Share,
        path: &ServicePath,
        duration: Hours,
    ) -> Self {
        Self::along_path(Normal::Profile { profile, start, dependency }, path, duration)
    }

    /// Puts a damage function in place of revenue, until service is back.
    #[must_use]
    pub fn by_damage(damage: &'a Damage, path: &ServicePath, duration: Hours) -> Self {
        Self::along_path(Normal::Damage(damage), path, duration)
    }

    fn along_path(normal: Normal<'a>, path: &ServicePath, duration: Hours) -> Self {
        let (segments, restored) = (path.expected(duration), path.restored_at(duration));
        Self { normal, segments, restored, factor: 1.0, above_normal: 1.0 }
    }

    /// Lets an outage strike the line, by its place in the file, as hard as it does.
    #[must_use]
    pub fn struck(mut self, struck: Struck, line: usize) -> Self {
        self.factor = struck.factor(line);
        self.above_normal = self.factor.max(1.0);
        let of_service = struck.of_service(line);
        if of_service < Share::ALL {
            for segment in &mut self.segments {
                segment.lost_from = segment.lost_from * of_service;
                segment.lost_to = segment.lost_to * of_service;
            }
        }
        self
    }

    /// Returns the stretches of the outage over which the lost share runs straight.
    #[must_use]
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// Returns when the last revenue is lost, in hours after the start.
    #[must_use]
    pub fn ends(&self) -> Hours {
        match self.normal {
            Normal::Profile { .. } => self.segments.last().map_or(Hours::ZERO, |segment| segment.to),
            Normal::Damage(_) => self.restored,
        }
    }

    /// Returns when service is restored, in hours after the start. A ramp-up of
    /// sales comes after it.
    #[must_use]
    pub fn restored(&self) -> Hours {
        self.restored
    }

    /// Returns the time before restoration in which something of the service is out.
    #[must_use]
    pub fn dark(&self) -> Spans {
        self.service_below(Share::ALL)
    }

    /// Returns the time before restoration with a service level below `level`.
    #[must_use]
    pub fn service_below(&self, level: Share) -> Spans {
        let too_low = level.rest().get();
        let stretches = self.segments.iter().filter(|segment| segment.to <= self.restored);
        Spans::of(stretches.filter_map(|segment| {
            let (lost_from, lost_to) = (segment.lost_from.get(), segment.lost_to.get());
            // Where the lost share runs through the level: as a part of the stretch.
            let part = ((too_low - lost_from) / (lost_to - lost_from)).clamp(0.0, 1.0);
            let crossing = segment.from + Hours((segment.to - segment.from).0 * part);
            match (lost_from > too_low, lost_to > too_low) {
                (true, true) => Some((segment.from, segment.to)),
                (true, false) => Some((segment.from, crossing)),
                (false, true) => Some((crossing, segment.to)),
                (false, false) => None,
            }
        }))
    }

    /// Returns the hours of `[from, to)` that normally bring revenue.
    #[must_use]
    pub fn trading(&self, from: Hours, to: Hours) -> Spans {
        let Normal::Profile { profile, start, .. } = self.normal else { return Spans::of([(from, to)]) };
        let into_hour = start.0.rem_euclid(1.0);
        let first = (from.0 + into_hour).floor() as i64;
        let last = (to.0 + into_hour).ceil() as i64;
        let hours = (first..last).map(|hour| Hours(hour as f64 - into_hour));
        let open = hours.filter(|begins| profile.rate(start + *begins + Hours(0.5)).0 > 0.0);
        Spans::of(open.map(|begins| (begins.max(from), (begins + Hours(1.0)).min(to))))
    }

    /// Returns the revenue that `[from, to)` of the outage would have brought.
    #[must_use]
    pub fn normally(&self, from: Hours, to: Hours) -> Money {
        match self.normal {
            Normal::Profile { profile, start, .. } => profile.revenue(start + from, start + to),
            Normal::Damage(_) => Money::ZERO,
        }
    }

    /// Returns the most that an outage which strikes so hard can take: what depends on
    /// the service, from its first minute to the end of an outage of `duration`.
    #[must_use]
    pub fn largest(&self, duration: Hours) -> Money {
        let usual = match self.normal {
            Normal::Profile { dependency, .. } => self.normally(Hours::ZERO, duration) * dependency,
            Normal::Damage(damage) => damage.of(duration),
        };
        Money(usual.0 * self.factor)
    }

    /// Returns the revenue lost in `[from, to)`, hours after the outage's start.
    #[must_use]
    pub fn between(&self, from: Hours, to: Hours) -> Money {
        let by = match self.normal {
            Normal::Profile { .. } => self.above_normal,
            Normal::Damage(_) => self.factor,
        };
        Money(self.over(&self.segments, from, to).0 * by)
    }

    /// Returns the revenue lost in `[from, to)` if the line's path runs along these
    /// stretches.
    #[must_use]
    pub fn along(&self, segments: &[Segment], from: Hours, to: Hours) -> Money {
        Money(self.over(segments, from, to).0 * self.factor)
    }

    fn over(&self, segments: &[Segment], from: Hours, to: Hours) -> Money {
        match self.normal {
            Normal::Damage(damage) => damage.between(from, to, self.restored),
            Normal::Profile { profile, start, dependency } => {
                let within = |segment| within(profile, start, segment, from, to);
                segments.iter().map(within).sum::<Money>() * dependency
            }
        }
    }

    /// Returns all the revenue lost.
    #[must_use]
    pub fn total(&self) -> Money {
        self.between(Hours::ZERO, self.ends())
    }
}

/// Returns the part of a profile that a stretch of the outage takes in `[from, to)`.
fn within(profile: &Profile, start: Hours, segment: &Segment, from: Hours, to: Hours) -> Money {
    let (from, to) = (from.max(segment.from), to.min(segment.to));
    if to <= from {
        return Money::ZERO;
    }
    let (a, b) = (start + from, start + to);
    let slope = (segment.lost_to.get() - segment.lost_from.get()) / (segment.to.0 - segment.from.0);
    let level = segment.lost_from.get() + slope * (from.0 - segment.from.0);
    let even = level * profile.revenue(a, b).0;
    // The moment is dear and most stretches are flat.
    Money(if slope == 0.0 { even } else { even + slope * profile.moment(a, b) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outage::{BreakPoint, Stage};
    use crate::quantity::MoneyPerHour;

    #[test]
    fn any_cut_of_an_interval_adds_up_to_the_whole() {
        let profile = Profile::new((0..48).map(|h| MoneyPerHour(f64::from(h * h % 31))).collect()).unwrap();
        let stages = vec![
            Stage { until: BreakPoint::after(Hours(2.5)), lost_from: Share::ALL, lost_to: Share::ALL },
            Stage { until: BreakPoint::END, lost_from: Share::ALL, lost_to: Share::new(0.2).unwrap() },
        ];
        let path = ServicePath::new(stages, Hours(3.3)).unwrap();
        let loss = LostRevenue::new(&profile, Hours(7.25), Share::new(0.9).unwrap(), &path, Hours(11.1));
        let cuts = [0.0, 0.4, 2.5, 6.66, 11.1, 12.0, 14.4];
        let parts: Money = cuts.windows(2).map(|c| loss.between(Hours(c[0]), Hours(c[1]))).sum();
        assert!((parts.0 - loss.total().0).abs() < 1e-9);
    }

    #[test]
    fn a_milder_outage_takes_less_of_the_service_and_a_harder_one_more_of_the_trade() {
        let profile = Profile::new(vec![MoneyPerHour(10.0); 24]).unwrap();
        let loss = |severity, hit| {
            let struck = Struck::new(severity, hit).unwrap();
            let path = ServicePath::total();
            LostRevenue::new(&profile, Hours::ZERO, Share::ALL, &path, Hours(8.0)).struck(struck, 0)
        };
        let half = Share::new(0.5).unwrap();
        for (severity, hit, lost, below_half, because) in [
            (1.0, 1, 80.0, 8.0, "the path itself"),
            (0.4, 1, 32.0, 0.0, "six tenths of the service are left"),
            (0.75, 1, 60.0, 8.0, "a quarter of the service is left"),
            (1.5, 1, 120.0, 8.0, "trade would have been half as much again"),
            (1.5, 0, 0.0, 0.0, "the line is spared"),
        ] {
            let loss = loss(severity, hit);
            assert_eq!(loss.total(), Money(lost), "{because}");
            assert_eq!(loss.largest(Hours(8.0)), Money(lost), "{because}");
            assert_eq!(loss.service_below(half).length(), Hours(below_half), "{because}");
            assert_eq!(loss.normally(Hours::ZERO, Hours(8.0)), Money(80.0), "{because}");
        }
    }
}
