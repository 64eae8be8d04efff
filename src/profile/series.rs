//! Hourly revenue as cumulative integrals, exact at any moment of any hour.

use std::fmt;

use crate::quantity::{Hours, Money, MoneyPerHour};

/// Revenue by elapsed hour, constant inside each hour, with its integrals.
///
/// Time is elapsed hours from the profile's origin, so that clock changes are
/// settled before a profile exists. Past its last hour a profile starts again.
///
/// # Formula
///
/// ```text
/// R(t) = ∫₀ᵗ rate(s) ds        revenue(a, b) = R(b) - R(a)
/// M(t) = ∫₀ᵗ s·rate(s) ds      moment(a, b)  = M(b) - M(a) - a·(R(b) - R(a))
/// ```
///
/// Prefix sums are kept as two numbers each, a sum and what rounding took from
/// it, so that a difference late in the year loses nothing to the months before.
#[derive(Clone, Debug)]
pub struct Profile {
    rate: Vec<f64>,
    revenue: Vec<Prefix>,
    moment: Vec<Prefix>,
}

/// A running sum and the rounding error it has collected (Knuth's two-sum).
#[derive(Clone, Copy, Debug, Default)]
struct Prefix {
    sum: f64,
    error: f64,
}

impl Prefix {
    fn plus(self, term: f64) -> Self {
        let sum = self.sum + term;
        let from_term = sum - self.sum;
        let lost = (self.sum - (sum - from_term)) + (term - from_term);
        Self { sum, error: self.error + lost }
    }

    fn since(self, earlier: Self) -> f64 {
        (self.sum - earlier.sum) + (self.error - earlier.error)
    }
}

impl Profile {
    /// Builds a profile from the revenue of each elapsed hour.
    ///
    /// # Errors
    ///
    /// Refuses an empty series and any hour that is negative or not finite.
    pub fn new(hours: Vec<MoneyPerHour>) -> Result<Self, ProfileError> {
        if hours.is_empty() {
            return Err(ProfileError::Empty);
        }
        let rate: Vec<f64> = hours.into_iter().map(|hour| hour.0).collect();
        let mut revenue = vec![Prefix::default()];
        let mut moment = vec![Prefix::default()];
        for (hour, &rate) in rate.iter().enumerate() {
            if !(rate.is_finite() && rate >= 0.0) {
                return Err(ProfileError::NotAnAmount { hour, rate });
            }
            revenue.push(revenue[hour].plus(rate));
            moment.push(moment[hour].plus(rate * (hour as f64 + 0.5)));
        }
        Ok(Self { rate, revenue, moment })
    }

    /// Returns how many hours the profile holds before it starts again.
    #[must_use]
    pub fn length(&self) -> Hours {
        Hours(self.rate.len() as f64)
    }

    /// Returns the revenue rate that applies from the moment `at` on.
    #[must_use]
    pub fn rate(&self, at: Hours) -> MoneyPerHour {
        MoneyPerHour(self.rate_of(at.0.rem_euclid(self.length().0).floor() as usize))
    }

    /// The rate of an hour; past the last one, where no part of it counts, any will do.
    fn rate_of(&self, hour: usize) -> f64 {
        self.rate[hour.min(self.rate.len() - 1)]
    }

    /// Returns the revenue that `[from, to)` normally brings.
    #[must_use]
    pub fn revenue(&self, from: Hours, to: Hours) -> Money {
        let Laps { at, stop, whole, rest, length } = self.laps(from, to);
        let first = self.revenue_in_lap(at, stop);
        if whole == 0.0 && rest == 0.0 {
            return Money(first);
        }
        Money(first + whole * self.revenue_in_lap(0.0, length) + self.revenue_in_lap(0.0, rest))
    }

    /// Returns the first moment of revenue about `from`: `∫ (t - from)·rate dt`.
    ///
    /// Unit: money × hours. With [`Profile::revenue`] it prices a service level
    /// that changes linearly through the interval.
    ///
    /// # Formula
    ///
    /// Of `n` whole laps of length `L`, the first of which begins `b` after `from`:
    /// `n·moment(0, L) + (n·b + L·n(n - 1)/2)·revenue(0, L)`.
    #[must_use]
    pub fn moment(&self, from: Hours, to: Hours) -> f64 {
        let Laps { at, stop, whole, rest, length } = self.laps(from, to);
        let first = self.moment_in_lap(at, stop);
        if whole == 0.0 && rest == 0.0 {
            return first;
        }
        let before = stop - at;
        let starts = whole * before + length * (0.5 * whole * (whole - 1.0));
        let laps = whole * self.moment_in_lap(0.0, length) + starts * self.revenue_in_lap(0.0, length);
        let last = self.moment_in_lap(0.0, rest);
        first + laps + (last + (before + whole * length) * self.revenue_in_lap(0.0, rest))
    }

    /// Cuts an interval where the profile starts again.
    fn laps(&self, from: Hours, to: Hours) -> Laps {
        let length = self.length().0;
        let lap = (from.0 / length).floor();
        let at = from.0 - lap * length;
        let end = (to.0 - lap * length).max(at);
        let (stop, after) = (end.min(length), (end - length).max(0.0));
        let whole = (after / length).floor();
        Laps { at, stop, whole, rest: after - whole * length, length }
    }

    fn revenue_in_lap(&self, from: f64, to: f64) -> f64 {
        let (a, b) = (self.split(from), self.split(to));
        self.revenue[b.hour].since(self.revenue[a.hour])
            + (self.rate_of(b.hour) * b.part - self.rate_of(a.hour) * a.part)
    }

    fn moment_in_lap(&self, from: f64, to: f64) -> f64 {
        let within = |split: Split| {
            let start = split.hour as f64;
            self.rate_of(split.hour) * split.part * (start + split.part / 2.0)
        };
        let (a, b) = (self.split(from), self.split(to));
        let about_origin = self.moment[b.hour].since(self.moment[a.hour]) + (within(b) - within(a));
        about_origin - from * self.revenue_in_lap(from, to)
    }

    fn split(&self, at: f64) -> Split {
        let hour = at.floor();
        Split { hour: hour as usize, part: at - hour }
    }
}

/// An interval, cut where the profile starts again: a part of one lap, whole laps,
/// however many, and the beginning of a last one.
struct Laps {
    at: f64,
    stop: f64,
    whole: f64,
    rest: f64,
    length: f64,
}

/// A moment as a whole hour and the part of the next one that has passed.
#[derive(Clone, Copy)]
struct Split {
    hour: usize,
    part: f64,
}

/// A series that no profile can be made of.
#[derive(Clone, Debug, PartialEq)]
pub enum ProfileError {
    /// There is no hour at all.
    Empty,
    /// An hour's revenue is negative or not a number.
    NotAnAmount {
        /// Which hour, counted from 0.
        hour: usize,
        /// The revenue given for it.
        rate: f64,
    },
}

impl fmt::Display for ProfileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(f, "a profile needs at least one hour"),
            Self::NotAnAmount { hour, rate } => {
                write!(f, "revenue of hour {hour} is {rate}; give 0 or more")
            }
        }
    }
}

impl std::error::Error for ProfileError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile(hours: &[f64]) -> Profile {
        Profile::new(hours.iter().map(|&hour| MoneyPerHour(hour)).collect()).unwrap()
    }

    #[test]
    fn revenue_takes_the_part_of_an_hour_that_is_inside() {
        let profile = profile(&[10.0, 20.0, 40.0]);
        for (from, to, revenue, because) in [
            (0.0, 3.0, 70.0, "all three hours"),
            (0.5, 1.25, 10.0, "half of the first and a quarter of the second"),
            (2.0, 4.0, 50.0, "past the end the profile starts again"),
            (2.5, 7.5, 20.0 + 70.0 + 10.0 + 10.0, "more than a lap"),
            (1.0, 1.0, 0.0, "an empty interval"),
        ] {
            assert_eq!(profile.revenue(Hours(from), Hours(to)), Money(revenue), "{because}");
        }
    }

    #[test]
    fn the_moment_is_taken_about_the_start_of_the_interval() {
        let flat = profile(&[6.0; 5]);
        // ∫₀^L 6 t dt = 3 L², wherever the interval lies.
        for from in [0.0, 1.5, 4.25] {
            for length in [0.5, 2.0, 6.0] {
                let moment = flat.moment(Hours(from), Hours(from + length));
                assert!((moment - 3.0 * length * length).abs() < 1e-9, "{from} {length}");
            }
        }
    }

    #[test]
    fn laps_in_between_are_taken_in_one_step() {
        let profile = profile(&[10.0, 20.0, 40.0, 0.0, 5.5]);
        for (from, to) in [(0.0, 5.0), (3.5, 4.5), (1.25, 9.5), (4.75, 42.0), (-7.5, 61.125)] {
            // Hour by hour, each about its own start and then about the first.
            let (mut revenue, mut moment, mut at): (f64, f64, f64) = (0.0, 0.0, from);
            while at < to {
                let end = (at.floor() + 1.0).min(to);
                let rate = profile.rate(Hours(at)).0;
                revenue += rate * (end - at);
                moment += rate * (end - at) * (f64::midpoint(at, end) - from);
                at = end;
            }
            let (from, to) = (Hours(from), Hours(to));
            assert!((profile.revenue(from, to).0 - revenue).abs() < 1e-12 * revenue, "{from:?} {to:?}");
            assert!((profile.moment(from, to) - moment).abs() < 1e-12 * moment, "{from:?} {to:?}");
        }
    }

    #[test]
    fn an_outage_of_a_hundred_thousand_years_takes_no_longer() {
        let year = profile(&[3.0; 8760]);
        let (from, length) = (Hours(4000.25), 1e9);
        for _ in 0..1000 {
            let revenue = year.revenue(from, from + Hours(length)).0;
            assert!((revenue - 3.0 * length).abs() < 1e-12 * revenue, "{revenue}");
            let moment = year.moment(from, from + Hours(length));
            assert!((moment - 1.5 * length * length).abs() < 1e-12 * moment, "{moment}");
        }
    }

    #[test]
    fn late_in_the_year_an_hour_is_still_exact_to_the_won() {
        let year: Vec<f64> = (0..8784).map(|h| 1e9 + f64::from(h % 97) / 3.0).collect();
        let profile = profile(&year);
        let direct: f64 = year[8700..8730].iter().sum();
        assert!((profile.revenue(Hours(8700.0), Hours(8730.0)).0 - direct).abs() < 1e-4);
        let moment: f64 = year[8700..8730].iter().zip(0..).map(|(r, i)| r * (f64::from(i) + 0.5)).sum();
        assert!((profile.moment(Hours(8700.0), Hours(8730.0)) - moment).abs() < 0.1);
    }

    #[test]
    fn refuses_what_is_not_an_amount() {
        assert_eq!(Profile::new(vec![]).unwrap_err(), ProfileError::Empty);
        for wrong in [-1.0, f64::NAN, f64::INFINITY] {
            let refused = Profile::new(vec![MoneyPerHour(1.0), MoneyPerHour(wrong)]).unwrap_err();
            assert!(refused.to_string().contains("hour 1"), "{refused}");
        }
    }
}
