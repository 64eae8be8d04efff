//! Lost revenue of one line in one outage, over any interval of it.

use crate::outage::{Segment, ServicePath};
use crate::profile::Profile;
use crate::quantity::{Hours, Money, Share};
use crate::spans::Spans;

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
///
/// # Source
///
/// Adjusters ask for hourly sales because the day's average misprices the hours
/// that a waiting period removes.
#[derive(Clone, Debug)]
pub struct LostRevenue<'a> {
    profile: &'a Profile,
    start: Hours,
    dependency: Share,
    segments: Vec<Segment>,
    restored: Hours,
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
        Self {
            profile,
            start,
            dependency,
            segments: path.segments(duration).collect(),
            restored: path.restored_at(duration),
        }
    }

    /// Returns the stretches of the outage over which the lost share runs straight.
    #[must_use]
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// Returns when the last revenue is lost, in hours after the start.
    #[must_use]
    pub fn ends(&self) -> Hours {
        self.segments.last().map_or(Hours::ZERO, |segment| segment.to)
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
        let into_hour = self.start.0.rem_euclid(1.0);
        let first = (from.0 + into_hour).floor() as i64;
        let last = (to.0 + into_hour).ceil() as i64;
        let hours = (first..last).map(|hour| Hours(hour as f64 - into_hour));
        let open = hours.filter(|begins| self.profile.rate(self.start + *begins + Hours(0.5)).0 > 0.0);
        Spans::of(open.map(|begins| (begins.max(from), (begins + Hours(1.0)).min(to))))
    }

    /// Returns the revenue that `[from, to)` of the outage would have brought.
    #[must_use]
    pub fn normally(&self, from: Hours, to: Hours) -> Money {
        self.profile.revenue(self.start + from, self.start + to)
    }

    /// Returns the revenue lost in `[from, to)`, hours after the outage's start.
    #[must_use]
    pub fn between(&self, from: Hours, to: Hours) -> Money {
        let lost: Money = self.segments.iter().map(|segment| self.within(segment, from, to)).sum();
        lost * self.dependency
    }

    /// Returns all the revenue lost.
    #[must_use]
    pub fn total(&self) -> Money {
        self.between(Hours::ZERO, self.ends())
    }

    fn within(&self, segment: &Segment, from: Hours, to: Hours) -> Money {
        let (from, to) = (from.max(segment.from), to.min(segment.to));
        if to <= from {
            return Money::ZERO;
        }
        let (a, b) = (self.start + from, self.start + to);
        let slope = (segment.lost_to.get() - segment.lost_from.get()) / (segment.to.0 - segment.from.0);
        let level = segment.lost_from.get() + slope * (from.0 - segment.from.0);
        let even = level * self.profile.revenue(a, b).0;
        // The moment is dear and most stretches are flat.
        Money(if slope == 0.0 { even } else { even + slope * self.profile.moment(a, b) })
    }
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
}
