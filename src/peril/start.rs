//! Start: when in the week or the year an outage begins.

use crate::profile::{HOURS_OF_WEEK, WeekShape};
use crate::quantity::Hours;
use crate::wide::{Columns, wide};

/// At which moments of an hour an outage may start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// At any.
    Any,
    /// On the full hour.
    FullHour,
}

/// The law of the moment at which an outage starts.
///
/// # Formula
///
/// With `w(h)` the weight of an elapsed hour `h` of the year, by the local hour of the
/// week that clocks show in it:
///
/// ```text
/// share of outages that start in h = w(h) / Σ w
/// ```
///
/// Within its hour any moment is as likely as another, or the full hour is the only
/// one. An hour that clocks show twice counts twice, and one that they skip never.
#[derive(Clone, Debug, PartialEq)]
pub struct Start {
    moment: Moment,
    week: Option<Box<WeekShape>>,
}

impl Start {
    /// Every hour of the year is as likely as another.
    #[must_use]
    pub fn even(moment: Moment) -> Self {
        Self { moment, week: None }
    }

    /// Hours of the week are as likely as their weights: changes are made at night, and
    /// attackers wait for the weekend.
    #[must_use]
    pub fn weekly(week: WeekShape, moment: Moment) -> Self {
        Self { moment, week: Some(Box::new(week)) }
    }

    /// Lays the law over a year of elapsed hours, each given as the local hour of the
    /// week that clocks show in it: 0 is Monday 00:00.
    ///
    /// Where no hour of the year has any weight, each is as likely as another.
    #[must_use]
    pub fn over(&self, hours_of_week: &[u8]) -> Starts {
        let hours = hours_of_week.len();
        let weighted = self.week.as_ref().and_then(|week| {
            let weight = |hour: &u8| week.weights()[usize::from(*hour) % HOURS_OF_WEEK];
            Weighted::of(hours_of_week.iter().map(weight))
        });
        Starts { moment: self.moment, hours, weighted }
    }
}

/// A law of starts, laid over the hours of a year for drawing.
#[derive(Clone, Debug, PartialEq)]
pub struct Starts {
    moment: Moment,
    hours: usize,
    weighted: Option<Weighted>,
}

/// Hours of a year by weight.
#[derive(Clone, Debug, PartialEq)]
struct Weighted {
    /// The share of outages that start before the end of each hour.
    until: Vec<f64>,
    /// The first hour that may be meant by a draw in each of as many equal parts.
    guide: Vec<u32>,
}

impl Starts {
    /// Returns the moment of a draw above 0 and below 1, in hours after the first
    /// moment of the year: the quantile of the law.
    #[must_use]
    #[inline]
    pub fn of(&self, draw: f64) -> Hours {
        let Some(weighted) = &self.weighted else {
            let moment = draw * self.hours as f64;
            return Hours(if self.moment == Moment::FullHour { moment.floor() } else { moment });
        };
        let (hour, passed) = weighted.hour(draw);
        match self.moment {
            Moment::Any => Hours(hour as f64 + passed),
            Moment::FullHour => Hours(hour as f64),
        }
    }

    /// Turns draws into moments in hours, each as [`Starts::of`] does.
    pub fn moments(&self, draws: &mut [f64]) {
        match self.weighted {
            None => wide(Even { draws, hours: self.hours as f64, moment: self.moment }),
            Some(_) => draws.iter_mut().for_each(|draw| *draw = self.of(*draw).0),
        }
    }

    /// Returns the share of outages that start in an hour of the year, the first being 0.
    #[must_use]
    pub fn weight(&self, hour: usize) -> f64 {
        match &self.weighted {
            _ if hour >= self.hours => 0.0,
            None => 1.0 / self.hours as f64,
            Some(weighted) => weighted.until[hour] - weighted.from(hour),
        }
    }

    /// Returns at which moments of an hour an outage may start.
    #[must_use]
    pub fn moment(&self) -> Moment {
        self.moment
    }

    /// Returns how many hours the year has.
    #[must_use]
    pub fn hours(&self) -> usize {
        self.hours
    }
}

/// Draws that become moments of an even year.
struct Even<'d> {
    draws: &'d mut [f64],
    hours: f64,
    moment: Moment,
}

impl Columns for Even<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { draws, hours, moment } = self;
        match moment {
            Moment::Any => draws.iter_mut().for_each(|draw| *draw *= hours),
            Moment::FullHour => draws.iter_mut().for_each(|draw| *draw = (*draw * hours).floor()),
        }
    }
}

impl Weighted {
    fn of(weights: impl Iterator<Item = f64>) -> Option<Self> {
        let sums: Vec<f64> = weights
            .scan(0.0, |sum, weight| {
                *sum += weight;
                Some(*sum)
            })
            .collect();
        let total = sums.last().copied().filter(|total| *total > 0.0)?;
        let until: Vec<f64> = sums.iter().map(|sum| sum / total).collect();
        let parts = until.len();
        let mut hour = 0;
        let mut first_after = |part: usize| {
            let draw = part as f64 / parts as f64;
            while until[hour] <= draw {
                hour += 1;
            }
            hour as u32
        };
        let guide = (0..parts).map(&mut first_after).collect();
        Some(Self { until, guide })
    }

    /// The share of outages that start before an hour.
    fn from(&self, hour: usize) -> f64 {
        hour.checked_sub(1).map_or(0.0, |before| self.until[before])
    }

    /// The hour of a draw, and the part of it that has passed.
    #[inline]
    fn hour(&self, draw: f64) -> (usize, f64) {
        let part = ((draw * self.guide.len() as f64) as usize).min(self.guide.len() - 1);
        let mut hour = self.guide[part] as usize;
        // A part that rounds up may begin an hour too late.
        while self.from(hour) > draw {
            hour -= 1;
        }
        while self.until[hour] <= draw {
            hour += 1;
        }
        let from = self.from(hour);
        (hour, (draw - from) / (self.until[hour] - from))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::Calendar;

    fn nights(weight_by_day: f64) -> WeekShape {
        let day: Vec<f64> = (0..24).map(|hour| if hour < 6 { 3.0 } else { weight_by_day }).collect();
        WeekShape::of_day(&day).unwrap()
    }

    fn seoul() -> Vec<u8> {
        Calendar::new("Asia/Seoul", 2026).unwrap().hours_of_week()[..8760].to_vec()
    }

    #[test]
    fn every_moment_of_an_even_year_is_as_likely_as_another() {
        let year = seoul();
        let (any, full) = (Start::even(Moment::Any).over(&year), Start::even(Moment::FullHour).over(&year));
        for draw in [1e-9, 0.25, 0.777, 1.0 - 1e-9] {
            assert_eq!(any.of(draw), Hours(draw * 8760.0));
            assert_eq!(full.of(draw), Hours((draw * 8760.0).floor()));
        }
        assert_eq!((any.weight(0), any.weight(8759), any.weight(8760)), (1.0 / 8760.0, 1.0 / 8760.0, 0.0));
    }

    #[test]
    fn outages_start_in_each_hour_as_often_as_it_weighs() {
        const DRAWS: u32 = 400_000;
        let starts = Start::weekly(nights(1.0), Moment::Any).over(&seoul());
        let mut drawn = vec![0_u32; 8760];
        let mut last = Hours::ZERO;
        for i in 0..DRAWS {
            let start = starts.of((f64::from(i) + 0.5) / f64::from(DRAWS));
            assert!(start >= last, "a later draw starts no earlier");
            last = start;
            drawn[start.0 as usize] += 1;
        }
        // Six hours of weight three and eighteen of weight one.
        let at_night: u32 = (0..8760).filter(|hour| hour % 24 < 6).map(|hour| drawn[hour]).sum();
        assert!((f64::from(at_night) / f64::from(DRAWS) - 0.5).abs() < 1e-3, "{at_night}");
        for (hour, drawn) in drawn.iter().enumerate() {
            let expected = starts.weight(hour) * f64::from(DRAWS);
            assert!((f64::from(*drawn) - expected).abs() <= 1.0 + 1e-6, "hour {hour}");
        }
        let all: f64 = (0..8760).map(|hour| starts.weight(hour)).sum();
        assert!((all - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_column_of_draws_has_the_moment_of_each() {
        for start in [Start::even(Moment::FullHour), Start::weekly(nights(1.0), Moment::Any)] {
            let starts = start.over(&seoul());
            let mut column: Vec<f64> = (1..1000).map(|step| f64::from(step) / 1000.0).collect();
            let each: Vec<f64> = column.iter().map(|draw| starts.of(*draw).0).collect();
            starts.moments(&mut column);
            assert_eq!(column, each);
        }
    }

    #[test]
    fn hours_without_weight_start_no_outage() {
        let starts = Start::weekly(nights(0.0), Moment::FullHour).over(&seoul());
        for i in 0..10_000 {
            let start = starts.of((f64::from(i) + 0.5) / 10_000.0);
            assert!(start.0 % 24.0 < 6.0 && start.0.fract() == 0.0, "{start:?}");
        }
        assert_eq!((starts.weight(5) > 0.0, starts.weight(6)), (true, 0.0));
    }

    #[test]
    fn an_hour_that_clocks_skip_never_comes_and_one_shown_twice_comes_twice() {
        let mut week = [0.0; 168];
        (week[6 * 24 + 1], week[6 * 24 + 2]) = (1.0, 1.0);
        let week = WeekShape::of_week(&week).unwrap();
        let calendar = Calendar::new("America/New_York", 2024).unwrap();
        let starts = Start::weekly(week, Moment::Any).over(&calendar.hours_of_week()[..8784]);
        // 52 Sundays: 01:00 comes once more in autumn, and 02:00 is skipped in spring.
        let counted = (0..8784).filter(|hour| starts.weight(*hour) > 0.0).count();
        assert_eq!(counted, 53 + 51);
        let hour = (0..8784).find(|hour| starts.weight(*hour) > 0.0).unwrap();
        assert!((starts.weight(hour) - 1.0 / 104.0).abs() < 1e-12);
    }

    #[test]
    fn a_year_in_which_no_hour_has_weight_is_even() {
        let mut week = [0.0; 168];
        week[100] = 1.0;
        let starts = Start::weekly(WeekShape::of_week(&week).unwrap(), Moment::Any).over(&[0, 1, 2, 3]);
        assert_eq!((starts.of(0.5), starts.weight(1)), (Hours(2.0), 0.25));
    }
}
