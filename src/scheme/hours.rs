//! Hours: in which hours of the week an industry sells.

use jiff::civil::DateTime;

use super::exact::Rate;

/// Seconds of a week.
const WEEK: i64 = 7 * 86_400;

/// Hours of a week.
const HOURS: usize = 168;

/// The hours in which industries sell, as whole weights.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndustryHours {
    /// Names of the industries.
    pub industries: Vec<String>,
    /// Weights before each hour of the week, and those of all.
    before: Vec<u64>,
}

impl IndustryHours {
    /// Takes the weights of 168 hours, Monday 00:00 first; nothing where there are not so
    /// many, or none of them has any.
    #[must_use]
    pub fn new(industries: Vec<String>, weights: impl Iterator<Item = u64>) -> Option<Self> {
        let mut before = vec![0_u64];
        for weight in weights {
            before.push(before.last()?.checked_add(weight)?);
        }
        let all = *before.last()?;
        // Above this the weight of seconds would not be held.
        let held = all > 0 && all < u64::MAX >> 16;
        (before.len() == HOURS + 1 && held).then_some(Self { industries, before })
    }

    /// Returns the part of a week's sales that falls between two local times; above one
    /// where they are more than a week apart, nothing where they are in no order.
    ///
    /// # Formula
    ///
    /// ```text
    /// part = Σ weight of each hour × seconds of it inside / (3600 × Σ weights)
    /// ```
    #[must_use]
    pub fn part(&self, from: DateTime, to: DateTime) -> Option<Rate> {
        let seconds = to.duration_since(from).as_secs();
        if seconds < 0 {
            return None;
        }
        let begin = i64::from(from.date().weekday().to_monday_zero_offset()) * 86_400
            + i64::from(from.hour()) * 3_600
            + i64::from(from.minute()) * 60
            + i64::from(from.second());
        let sold = self.sold(begin + seconds)? - self.sold(begin)?;
        Rate::new(sold, self.sold(WEEK)?)
    }

    /// Weight times seconds from the start of a week on.
    fn sold(&self, seconds: i64) -> Option<i64> {
        let (weeks, rest) = (seconds / WEEK, seconds % WEEK);
        let (hour, over) = ((rest / 3_600) as usize, rest % 3_600);
        let held = |weight: u64| i64::try_from(weight).ok();
        let of_hour = held(self.before[hour + 1] - self.before[hour])?;
        let all = weeks.checked_mul(held(self.before[HOURS])?)?.checked_mul(3_600)?;
        let full = held(self.before[hour])?.checked_mul(3_600)?;
        all.checked_add(full)?.checked_add(of_hour.checked_mul(over)?)
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
        let saturday = |hour, minute| datetime(2022, 10, 15, hour, minute, 0, 0);
        let part = |from, to| hours.part(from, to).unwrap();
        let rate = |parts, of| Rate::new(parts, of).unwrap();
        assert_eq!(part(saturday(12, 0), saturday(13, 0)), rate(2, 8));
        assert_eq!(part(saturday(12, 45), saturday(20, 0)), rate(1, 16), "a quarter of its hour");
        assert_eq!(part(saturday(15, 30), datetime(2022, 10, 20, 23, 0, 0, 0)), rate(5, 8));
        assert_eq!(part(saturday(0, 0), datetime(2022, 10, 29, 0, 0, 0, 0)), rate(2, 1), "two weeks");
        assert_eq!(part(saturday(1, 0), saturday(1, 0)), rate(0, 1));
        assert_eq!(hours.part(saturday(2, 0), saturday(1, 0)), None);
    }

    #[test]
    fn hours_without_any_sales_are_none() {
        assert_eq!(IndustryHours::new(vec![], std::iter::repeat_n(0, 168)), None);
        assert_eq!(IndustryHours::new(vec![], std::iter::repeat_n(1, 167)), None);
    }
}
