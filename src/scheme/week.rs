//! Hours of a week: which part of a usual week an outage takes, as a fraction.

use jiff::civil::DateTime;

use super::exact::{Rate, gcd};

const HOURS: usize = 168;
const HOUR: i128 = 3_600;

/// Weights of the hours of a week, Monday 00:00 first, as whole numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HourWeights {
    /// What comes before each hour, and in the end all.
    before: [i64; HOURS + 1],
}

impl HourWeights {
    /// Takes weights that are not below zero and come to something.
    #[must_use]
    pub fn new(weights: &[i64; HOURS]) -> Option<Self> {
        let common = weights.iter().fold(0, |common, weight| gcd(common, weight.unsigned_abs().into()));
        if common == 0 || weights.iter().any(|weight| *weight < 0) {
            return None;
        }
        let mut before = [0_i64; HOURS + 1];
        for (hour, weight) in weights.iter().enumerate() {
            before[hour + 1] = before[hour].checked_add(weight / common as i64)?;
        }
        Some(Self { before })
    }

    /// Returns the part of a week from one moment to another; more than all of it where
    /// they are more than a week apart.
    ///
    /// # Formula
    ///
    /// ```text
    /// part = whole weeks + Σ weight of hour × seconds of it / (3,600 × Σ weight)
    /// ```
    #[must_use]
    pub fn part(&self, from: DateTime, to: DateTime) -> Option<Rate> {
        let seconds = from.until(to).ok()?.total(jiff::Unit::Second).ok()? as i128;
        if seconds < 0 {
            return None;
        }
        let week = HOURS as i128 * HOUR;
        let start = i128::from(from.weekday().to_monday_zero_offset()) * 24 * HOUR
            + i128::from(from.hour()) * HOUR
            + i128::from(from.minute()) * 60
            + i128::from(from.second());
        let at = |second: i128| {
            let (weeks, rest) = (second / week, second % week);
            let hour = (rest / HOUR) as usize;
            let (before, weight) = (self.before[hour], self.before[hour + 1] - self.before[hour]);
            i128::from(self.before[HOURS]) * HOUR * weeks + i128::from(before) * HOUR + i128::from(weight) * (rest % HOUR)
        };
        let (over, under) = (at(start + seconds) - at(start), i128::from(self.before[HOURS]) * HOUR);
        let common = gcd(over.unsigned_abs(), under.unsigned_abs()) as i128;
        Rate::new((over / common).try_into().ok()?, (under / common).try_into().ok()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn an_outage_takes_the_hours_that_it_lasts() {
        let mut weights = [1; HOURS];
        // Saturday 15:00 to 16:00 is worth nine ordinary hours.
        weights[5 * 24 + 15] = 9;
        let week = HourWeights::new(&weights).unwrap();
        let saturday = date(2022, 10, 15);
        let part = |from: DateTime, to: DateTime| week.part(from, to).map(|rate| (rate.parts(), rate.of()));
        let half_past = saturday.at(15, 30, 0, 0);
        assert_eq!(part(half_past, saturday.at(16, 0, 0, 0)), Some((9, 352)), "half of nine in 176");
        assert_eq!(part(half_past, saturday.at(16, 30, 0, 0)), Some((5, 176)));
        assert_eq!(part(half_past, date(2022, 10, 22).at(15, 30, 0, 0)), Some((1, 1)), "a week is all");
        assert_eq!(part(half_past, date(2022, 10, 29).at(15, 30, 0, 0)), Some((2, 1)));
        assert_eq!(part(half_past, half_past), Some((0, 1)));
        assert_eq!(part(saturday.at(16, 0, 0, 0), half_past), None);
        assert_eq!(HourWeights::new(&[0; HOURS]), None);
    }

    #[test]
    fn a_week_that_begins_on_sunday_wraps() {
        let week = HourWeights::new(&[1; HOURS]).unwrap();
        let part = week.part(date(2022, 10, 16).at(23, 0, 0, 0), date(2022, 10, 17).at(1, 0, 0, 0)).unwrap();
        assert_eq!((part.parts(), part.of()), (1, 84));
    }
}
