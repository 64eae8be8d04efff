//! Hours: in which hours of the week an industry sells.

use super::exact::Rate;
use super::moment::{Moment, WEEK};

/// Hours of a week.
const HOURS: usize = 168;

/// The hours in which industries sell, as whole weights.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndustryHours {
    /// Names of the industries.
    pub industries: Vec<String>,
    /// Weights before each hour of the week, and those of all.
    before: Vec<i64>,
}

impl IndustryHours {
    /// Takes the weights of 168 hours, Monday 00:00 first; nothing where there are not so
    /// many, or none of them has any.
    #[must_use]
    pub fn new(industries: Vec<String>, weights: impl Iterator<Item = u64>) -> Option<Self> {
        let mut before = vec![0_i64];
        for weight in weights {
            before.push(before.last()?.checked_add(weight.try_into().ok()?)?);
        }
        let all = *before.last()?;
        // Above this the weight of seconds would not be held.
        let held = all > 0 && all < i64::MAX >> 16;
        (before.len() == HOURS + 1 && held).then_some(Self { industries, before })
    }

    /// Returns the part of a week's sales that falls between two moments; above one
    /// where they are more than a week apart, nothing where they are in no order.
    ///
    /// # Formula
    ///
    /// ```text
    /// part = Σ weight of each hour × seconds of it inside / (3600 × Σ weights)
    /// ```
    #[must_use]
    #[inline]
    pub fn part(&self, from: Moment, to: Moment) -> Option<Rate> {
        let seconds = to.seconds_since(from);
        if seconds < 0 {
            return None;
        }
        let begin = from.second_of_week();
        let sold = self.sold(begin + seconds)? - self.sold(begin)?;
        Rate::new(sold, self.sold(WEEK)?)
    }

    /// Weight times seconds from the start of a week on.
    #[inline]
    fn sold(&self, seconds: i64) -> Option<i64> {
        let (weeks, rest) = (seconds / WEEK, seconds % WEEK);
        let (hour, over) = ((rest / 3_600) as usize, rest % 3_600);
        let of_hour = self.before[hour + 1] - self.before[hour];
        // No weight of a week leaves its word: there is room for 65,536 seconds each.
        let part = 3_600 * self.before[hour] + of_hour * over;
        if weeks == 0 {
            Some(part)
        } else {
            (3_600 * self.before[HOURS]).checked_mul(weeks)?.checked_add(part)
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::datetime;

    use super::*;

    #[test]
    fn a_part_of_the_week_is_that_of_the_hours_inside_it() {
        // Twice as much on Saturdays; noon alone.
        let weight = |hour: u64| u64::from(hour % 24 == 12) * if hour / 24 == 5 { 2 } else { 1 };
        let hours = IndustryHours::new(vec![], (0..168).map(weight)).unwrap();
        let at = |day, hour, minute| Moment::of(datetime(2022, 10, day, hour, minute, 0, 0)).unwrap();
        let saturday = |hour, minute| at(15, hour, minute);
        let part = |from, to| hours.part(from, to).unwrap();
        let rate = |parts, of| Rate::new(parts, of).unwrap();
        assert_eq!(part(saturday(12, 0), saturday(13, 0)), rate(2, 8));
        assert_eq!(part(saturday(12, 45), saturday(20, 0)), rate(1, 16), "a quarter of its hour");
        assert_eq!(part(saturday(15, 30), at(20, 23, 0)), rate(5, 8));
        assert_eq!(part(saturday(0, 0), at(29, 0, 0)), rate(2, 1), "two weeks");
        assert_eq!(part(saturday(1, 0), saturday(1, 0)), rate(0, 1));
        assert_eq!(hours.part(saturday(2, 0), saturday(1, 0)), None);
    }

    #[test]
    fn hours_without_any_sales_are_none() {
        assert_eq!(IndustryHours::new(vec![], std::iter::repeat_n(0, 168)), None);
        assert_eq!(IndustryHours::new(vec![], std::iter::repeat_n(1, 167)), None);
    }
}
