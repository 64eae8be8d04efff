//! Sales of quarters by bands of the day and by weekdays, as Seoul publishes them for
//! its commercial areas.

use std::fmt;

use jiff::civil::Date;

use super::cells::{Day, Exact};
use super::figures::Figure;
use crate::profile::HOURS_OF_WEEK;

/// The bands of the day: from and to, in hours.
pub const BAND_HOURS: [(usize, usize); 6] = [(0, 6), (6, 11), (11, 14), (14, 17), (17, 21), (21, 24)];

/// What a trade sold in a quarter.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Quarter {
    /// Year.
    pub year: i16,
    /// Quarter, 1 to 4.
    pub quarter: u8,
    /// Sales in each band of the day.
    pub bands: [Exact; 6],
    /// Sales on each weekday, Monday first.
    pub days: [Exact; 7],
    /// All sales of the quarter.
    pub total: Exact,
}

/// What was found in the quarters.
#[derive(Clone, Debug, PartialEq)]
pub struct Quarters {
    /// Each hour of the week, of which the average one is 1.
    pub week: Vec<Figure>,
    /// Factor of each quarter of the year, where a whole year is there.
    pub season: Option<[Figure; 4]>,
}

/// Makes a week out of bands and weekdays.
///
/// # Formula
///
/// In each quarter, with `n(day)` for how often a weekday comes in it:
///
/// ```text
/// weight(day, hour) = days[day] / n(day) / Σ days / n · bands[band] / hours in the band / Σ bands
/// ```
///
/// brought to an average of 1: inside a band every hour is the same, and every weekday
/// has the same course of hours, for the two are published apart. Quarters count by what
/// they sold. The season of a quarter is its sales a day over those of its year, averaged
/// over the years of which all four quarters are there.
///
/// # Source
///
/// Seoul Open Data, estimated sales of commercial areas: fields `TMZON_00_06_SELNG_AMT`
/// to `TMZON_21_24_SELNG_AMT`, `MON_SELNG_AMT` to `SUN_SELNG_AMT`. That bands and weekdays
/// are spread in this way is our assumption.
///
/// # Errors
///
/// Refuses no quarter at all, a quarter that comes twice, and one without sales.
pub fn of_quarters(quarters: &[Quarter]) -> Result<Quarters, QuartersError> {
    if quarters.is_empty() {
        return Err(QuartersError::None);
    }
    let mut weeks = Vec::new();
    for (place, quarter) in quarters.iter().enumerate() {
        let Quarter { year, quarter: number, .. } = *quarter;
        let same = |other: &Quarter| (other.year, other.quarter) == (year, number);
        if quarters[..place].iter().any(same) {
            return Err(QuartersError::Twice { year, quarter: number });
        }
        let week = week_of(quarter).ok_or(QuartersError::Nothing { year, quarter: number })?;
        weeks.push((week, quarter.total.money().0));
    }
    let hour = |hour: usize| {
        Figure::of(weeks.iter().map(move |(week, total)| (week[hour] * total, *total))).unwrap_or_default()
    };
    Ok(Quarters { week: (0..HOURS_OF_WEEK).map(hour).collect(), season: season(quarters) })
}

fn week_of(quarter: &Quarter) -> Option<[f64; HOURS_OF_WEEK]> {
    let comes = weekdays(quarter);
    let days: Vec<f64> = quarter.days.iter().zip(comes).map(|(day, n)| day.money().0 / n).collect();
    let bands: Vec<f64> = quarter.bands.iter().map(|band| band.money().0).collect();
    let (of_days, of_bands) = (days.iter().sum::<f64>(), bands.iter().sum::<f64>());
    let sound = days.iter().chain(&bands).all(|amount| *amount >= 0.0);
    if !sound || of_days <= 0.0 || of_bands <= 0.0 || quarter.total.0 <= 0 {
        return None;
    }
    let mut week = [0.0; HOURS_OF_WEEK];
    for (day, of_day) in days.iter().enumerate() {
        for (band, (from, to)) in bands.iter().zip(BAND_HOURS) {
            let share = of_day / of_days * (band / of_bands) / (to - from) as f64;
            week[day * 24 + from..day * 24 + to].fill(share * HOURS_OF_WEEK as f64);
        }
    }
    Some(week)
}

/// Returns the first day of a quarter and how many days it has.
fn days_of(year: i16, quarter: u8) -> (Day, i32) {
    let begins = |year: i16, quarter: u8| {
        Day::of(Date::new(year, 3 * (quarter as i8 - 1) + 1, 1).unwrap_or(Date::ZERO))
    };
    let first = begins(year, quarter);
    let next = if quarter == 4 { begins(year + 1, 1) } else { begins(year, quarter + 1) };
    (first, next.0 - first.0)
}

fn weekdays(quarter: &Quarter) -> [f64; 7] {
    let (first, days) = days_of(quarter.year, quarter.quarter);
    let mut comes = [0.0; 7];
    (first.0..first.0 + days).for_each(|day| comes[Day(day).weekday()] += 1.0);
    comes
}

fn season(quarters: &[Quarter]) -> Option<[Figure; 4]> {
    let a_day = |of: &Quarter| of.total.money().0 / f64::from(days_of(of.year, of.quarter).1);
    let year_of = |year: i16| quarters.iter().filter(move |quarter| quarter.year == year);
    let mut years: Vec<i16> = quarters.iter().map(|quarter| quarter.year).collect();
    years.sort_unstable();
    years.dedup();
    years.retain(|year| year_of(*year).count() == 4);
    let ratio = |quarter: &Quarter| {
        let days: i32 = (1..=4).map(|number| days_of(quarter.year, number).1).sum();
        let year: f64 = year_of(quarter.year).map(|quarter| quarter.total.money().0).sum();
        (a_day(quarter) / (year / f64::from(days)), 1.0)
    };
    let of = |number: u8| {
        let those: Vec<(f64, f64)> = years
            .iter()
            .flat_map(|year| year_of(*year))
            .filter(|quarter| quarter.quarter == number)
            .map(ratio)
            .collect();
        Figure::of(those.into_iter())
    };
    Some([of(1)?, of(2)?, of(3)?, of(4)?])
}

/// Quarters out of which no week can be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QuartersError {
    /// There is none.
    None,
    /// One is there twice.
    Twice {
        /// Its year.
        year: i16,
        /// Its number.
        quarter: u8,
    },
    /// One has no sales, or some below zero.
    Nothing {
        /// Its year.
        year: i16,
        /// Its number.
        quarter: u8,
    },
}

impl fmt::Display for QuartersError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => write!(f, "there is no quarter"),
            Self::Twice { year, quarter } => write!(f, "quarter {quarter} of {year} is there twice"),
            Self::Nothing { year, quarter } => {
                write!(f, "quarter {quarter} of {year} has no sales in its bands or on its weekdays")
            }
        }
    }
}

impl std::error::Error for QuartersError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn quarter(year: i16, number: u8, total: i128) -> Quarter {
        // Every weekday sells the same on each of its days, and a quarter of all is lunch.
        let comes = weekdays(&Quarter { year, quarter: number, ..Quarter::default() });
        let (_, days) = days_of(year, number);
        let day = |n: f64| Exact((total * Exact::ONE * n as i128) / i128::from(days));
        let part = |of: i128| Exact(total * Exact::ONE * of / 20);
        Quarter {
            year,
            quarter: number,
            bands: [part(1), part(4), part(5), part(3), part(6), part(1)],
            days: comes.map(day),
            total: Exact::whole(total),
        }
    }

    #[test]
    fn a_quarter_by_hand() {
        let found = of_quarters(&[quarter(2023, 1, 9_000)]).unwrap();
        // 6 of 20 parts over the four hours of 17 to 21, against 24 hours: 0.3 / 4 · 24.
        for (hour, weight) in [(18, 1.8), (24 + 18, 1.8), (12, 2.0), (0, 0.2), (6 * 24 + 23, 0.4)] {
            let found = found.week[hour];
            assert!((found.value - weight).abs() < 1e-9, "hour {hour}: {}", found.value);
            assert_eq!((found.count, found.spread), (1, None));
        }
        assert_eq!(found.season, None, "three quarters are missing");
    }

    #[test]
    fn a_whole_year_has_its_season_by_sales_a_day() {
        let year: Vec<_> = [9_000, 9_100, 9_200, 18_400].into_iter().zip(1..).collect();
        let year: Vec<_> = year.into_iter().map(|(total, number)| quarter(2023, number, total)).collect();
        let season = of_quarters(&year).unwrap().season.unwrap();
        // 100 a day in three quarters and 200 in the last one of 92 days.
        let mean = 45_700.0 / 365.0;
        for (quarter, rate) in season.iter().zip([100.0, 100.0, 100.0, 200.0]) {
            assert!((quarter.value - rate / mean).abs() < 1e-12);
        }
    }

    #[test]
    fn refuses_what_makes_no_week() {
        let good = quarter(2023, 1, 9_000);
        let twice = of_quarters(&[good.clone(), good.clone()]).unwrap_err();
        assert_eq!(twice.to_string(), "quarter 1 of 2023 is there twice");
        let bands = [Exact(0); 6];
        assert!(of_quarters(&[Quarter { bands, ..good }]).is_err());
        assert_eq!(of_quarters(&[]), Err(QuartersError::None));
    }
}
