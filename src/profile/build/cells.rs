//! Exact sums of sales, by local hour.

use std::fmt;
use std::ops::{Add, AddAssign, Neg, Sub};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::quantity::Money;

/// An exact amount, in millionths of the currency unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Exact(pub i128);

impl Exact {
    /// Millionths in one unit of the currency.
    pub const ONE: i128 = 1_000_000;

    /// A whole amount.
    #[must_use]
    pub fn whole(units: i128) -> Self {
        Self(units * Self::ONE)
    }

    /// Returns the amount to the nearest number that the engine has.
    #[must_use]
    pub fn money(self) -> Money {
        let (whole, part) = (self.0 / Self::ONE, self.0 % Self::ONE);
        Money(whole as f64 + part as f64 / Self::ONE as f64)
    }
}

impl Add for Exact {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Exact {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Neg for Exact {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl AddAssign for Exact {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

/// Writes every digit that is there, with commas: `1,234` and `0.5`.
impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, amount) = (if self.0 < 0 { "-" } else { "" }, self.0.unsigned_abs());
        let (whole, part) = (amount / Self::ONE as u128, amount % Self::ONE as u128);
        let digits = whole.to_string();
        f.write_str(sign)?;
        for (place, digit) in digits.char_indices() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                f.write_str(",")?;
            }
            write!(f, "{digit}")?;
        }
        match part {
            0 => Ok(()),
            part => write!(f, ".{}", format!("{part:06}").trim_end_matches('0')),
        }
    }
}

/// A local day, counted from 1 January 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(pub i32);

impl Day {
    /// The first day that is kept: 1 January 1990.
    pub const FIRST: Self = Self(7_305);
    /// The last one: 31 December 2099.
    pub const LAST: Self = Self(47_481);

    /// Returns the day of a date.
    #[must_use]
    pub fn of(date: Date) -> Self {
        let midnight = TimeZone::UTC.to_timestamp(date.at(0, 0, 0, 0));
        Self(midnight.map_or(0, |midnight| midnight.as_second().div_euclid(DAY)) as i32)
    }

    /// Returns its date.
    #[must_use]
    pub fn date(self) -> Date {
        let midnight = Timestamp::from_second(i64::from(self.0) * DAY).unwrap_or(Timestamp::UNIX_EPOCH);
        TimeZone::UTC.to_datetime(midnight).date()
    }

    /// Returns its weekday, Monday 0.
    #[must_use]
    pub fn weekday(self) -> usize {
        // 1 January 1970 was a Thursday.
        (self.0 + 3).rem_euclid(7) as usize
    }
}

/// Seconds of a day.
const DAY: i64 = 86_400;

/// What was sold in one local hour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// The sum.
    pub sum: Exact,
    /// Number of the first row.
    pub first: u64,
    /// How many rows there are.
    pub rows: u32,
}

/// Sums by local hour: as much memory as there are days, however many rows.
///
/// An hour that clocks show twice is one cell, two hours long.
#[derive(Clone, Debug, Default)]
pub struct Cells {
    place: Vec<u32>,
    days: Vec<[Cell; 24]>,
    last: Option<(i32, u32)>,
}

impl Cells {
    /// Adds a row and returns the number of the first row of the same hour, if one was there.
    ///
    /// # Panics
    ///
    /// If the day is before [`Day::FIRST`] or after [`Day::LAST`], or the hour past 23.
    pub fn add(&mut self, day: Day, hour: u8, amount: Exact, row: u64) -> Option<u64> {
        let place = match self.last {
            Some((known, place)) if known == day.0 => place,
            _ => self.place(day),
        };
        let cell = &mut self.days[place as usize][usize::from(hour)];
        let before = (cell.rows > 0).then_some(cell.first);
        if before.is_none() {
            cell.first = row;
        }
        cell.sum += amount;
        cell.rows = cell.rows.saturating_add(1);
        before
    }

    fn place(&mut self, day: Day) -> u32 {
        assert!((Day::FIRST..=Day::LAST).contains(&day), "a day within range");
        if self.place.is_empty() {
            self.place = vec![u32::MAX; (Day::LAST.0 - Day::FIRST.0 + 1) as usize];
        }
        let place = &mut self.place[(day.0 - Day::FIRST.0) as usize];
        if *place == u32::MAX {
            *place = self.days.len() as u32;
            self.days.push([Cell::default(); 24]);
        }
        self.last = Some((day.0, *place));
        *place
    }

    /// Returns the days that have a row, in order, with their 24 hours.
    pub fn days(&self) -> impl Iterator<Item = (Day, &[Cell; 24])> {
        let held = self.place.iter().zip(Day::FIRST.0..).filter(|(place, _)| **place != u32::MAX);
        held.map(|(place, day)| (Day(day), &self.days[*place as usize]))
    }

    /// Returns the exact sum of the days that pass a test.
    pub fn sum(&self, counts: impl Fn(Day) -> bool) -> Exact {
        let mut sum = Exact::default();
        self.days().filter(|(day, _)| counts(*day)).for_each(|(_, cells)| {
            cells.iter().for_each(|cell| sum += cell.sum);
        });
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_are_dates_and_have_their_weekday() {
        assert_eq!((Day::FIRST.date(), Day::LAST.date()), (date(1990, 1, 1), date(2099, 12, 31)));
        for day in [date(1990, 1, 1), date(2022, 10, 15), date(2024, 2, 29), date(2099, 12, 31)] {
            assert_eq!(Day::of(day).date(), day);
            assert_eq!(Day::of(day).weekday(), day.weekday().to_monday_zero_offset() as usize, "{day}");
        }
    }

    #[test]
    fn sums_are_exact_far_beyond_what_a_float_holds() {
        let mut cells = Cells::default();
        let day = Day::of(date(2022, 10, 15));
        assert_eq!(cells.add(day, 15, Exact::whole(9_007_199_254_740_993), 2), None);
        assert_eq!(cells.add(day, 15, Exact(1), 3), Some(2));
        assert_eq!(cells.sum(|_| true).to_string(), "9,007,199,254,740,993.000001");
        assert_eq!(cells.sum(|day| day < Day::FIRST), Exact(0));
    }

    #[test]
    fn amounts_show_their_digits() {
        for (millionths, shown) in
            [(0, "0"), (1_234_000_000, "1,234"), (-500_000, "-0.5"), (1_000_000_000_000, "1,000,000")]
        {
            assert_eq!(Exact(millionths).to_string(), shown);
        }
    }
}
