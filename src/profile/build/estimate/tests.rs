use jiff::civil::date;

use super::*;

/// Days from a date on; `amount` is told the day's number, its date and an hour.
fn days(from: Date, count: i32, amount: impl Fn(i32, Date, usize) -> f64) -> Vec<DayOfSales> {
    let day = |number: i32| {
        let date = Day(Day::of(from).0 + number).date();
        let amounts = std::array::from_fn(|hour| amount(number, date, hour));
        DayOfSales { date, amounts, hours: [1.0; 24], kind: None }
    };
    (0..count).map(day).collect()
}

const PLAIN: Question = Question { season: SeasonBy::None, growing: Growing::Not };

#[test]
fn two_weeks_by_hand() {
    // Mondays at 9 bring 10 and 20, Saturdays at 15 bring 30 and 50; nothing else is sold.
    let two_weeks = days(date(2024, 1, 1), 14, |number, _, hour| match (number, hour) {
        (0, 9) => 10.0,
        (7, 9) => 20.0,
        (5, 15) => 30.0,
        (12, 15) => 50.0,
        _ => 0.0,
    });
    let found = estimate(&two_weeks, PLAIN, 0).unwrap();
    let (monday, saturday) = (found.week[9], found.week[5 * 24 + 15]);
    assert_eq!((monday.value, saturday.value), (15.0, 40.0));
    assert!((monday.spread.unwrap() - 50f64.sqrt()).abs() < 1e-12, "of 10 and 20");
    assert!((monday.error.unwrap() - 5.0).abs() < 1e-12, "that by the root of two");
    assert_eq!((monday.count, found.week[0].value, found.week[0].spread), (2, 0.0, Some(0.0)));
    let (relative, hour) = found.relative().unwrap();
    assert!((hour - 55.0 / 168.0).abs() < 1e-15);
    assert!((relative.iter().map(|hour| hour.value).sum::<f64>() - 168.0).abs() < 1e-9);
}

#[test]
fn an_hour_that_came_twice_is_two_hours_long() {
    let mut week = days(date(2024, 10, 28), 7, |_, _, _| 100.0);
    let sunday = &mut week[6];
    (sunday.hours[1], sunday.amounts[1]) = (2.0, 200.0);
    let found = estimate(&week, PLAIN, 0).unwrap();
    assert_eq!(found.week[6 * 24 + 1].value, 100.0);
    week[6].hours[1] = 0.0;
    let refused = estimate(&week, PLAIN, 0).unwrap_err();
    assert_eq!(refused.to_string(), "no ordinary day has Sunday 01:00");
}

#[test]
fn a_holiday_is_what_it_brings_over_its_weekday_and_leaves_the_week_alone() {
    let mut weeks = days(date(2024, 1, 1), 28, |_, day, _| f64::from(day.weekday().to_monday_one_offset()));
    // A Wednesday at half, and a Friday at a quarter.
    for (day, factor) in [(9, 0.5), (18, 0.25)] {
        weeks[day].kind = Some(1);
        weeks[day].amounts.iter_mut().for_each(|amount| *amount *= factor);
    }
    let found = estimate(&weeks, PLAIN, 3).unwrap();
    assert_eq!(found.week[2 * 24].value, 3.0);
    let holiday = found.kinds[1].unwrap();
    // (24·3·0.5 + 24·5·0.25) / (24·3 + 24·5)
    assert!((holiday.value - 66.0 / 192.0).abs() < 1e-12 && holiday.count == 2);
    assert_eq!((found.kinds[0], found.kinds[2]), (None, None), "days that did not come");
    assert_eq!(found.ordinary, 26);
}

#[test]
fn refunds_that_outweigh_sales_are_no_hour_of_a_profile() {
    let week =
        days(date(2024, 1, 1), 7, |number, _, hour| if (number, hour) == (1, 4) { -3.0 } else { 1.0 });
    let refused = estimate(&week, PLAIN, 0).unwrap_err();
    assert_eq!(refused.to_string(), "on Tuesday 04:00 refunds outweigh sales by 3");
}

#[test]
fn a_day_far_from_its_like_is_told() {
    let year = days(date(2023, 1, 1), 365, |number, _, _| {
        let ripple = 1.0 + 0.05 * f64::from(number * 7 % 11) / 11.0;
        if number == 100 { 20.0 * ripple } else { ripple }
    });
    let found = estimate(&year, PLAIN, 0).unwrap();
    assert_eq!(found.outliers.len(), 1);
    assert_eq!(found.outliers[0].date, date(2023, 4, 11));
}

#[test]
fn one_year_has_a_season_and_two_years_have_a_trend() {
    let choose = |count, season, growth| {
        Question::choose(&days(date(2022, 1, 1), count, |_, _, _| 1.0), season, growth)
    };
    let question = |season, growing| Ok(Question { season, growing });
    for (count, season, growth, expected, because) in [
        (364, None, None, question(SeasonBy::None, Growing::Not), "no full year"),
        (365, None, None, question(SeasonBy::Months, Growing::Not), "every month once"),
        (729, None, None, question(SeasonBy::Months, Growing::Not), "growth would be in the season"),
        (730, None, None, question(SeasonBy::Months, Growing::Estimated), "every month twice"),
        (365, None, Some(0.1), question(SeasonBy::Months, Growing::Given(0.1)), "growth from elsewhere"),
        (730, Some(SeasonBy::Weeks), None, question(SeasonBy::Weeks, Growing::Estimated), "asked for"),
        (900, Some(SeasonBy::None), None, question(SeasonBy::None, Growing::Estimated), "asked for"),
    ] {
        assert_eq!(choose(count, season, growth), expected, "{because}");
    }
    let refused = choose(100, Some(SeasonBy::Months), None).unwrap_err();
    assert_eq!(refused.part, 4, "no day of May");
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(24))]

    /// What a series is made of is found in it: week, season, growth and holidays.
    #[test]
    fn a_series_of_a_known_rhythm_gives_that_rhythm_back(
        week in proptest::collection::vec(0.1..10.0_f64, HOURS_OF_WEEK),
        season in proptest::collection::vec(0.3..3.0_f64, 52),
        growth in -0.4..0.6_f64,
        holidays in proptest::collection::vec((0_usize..900, 0.0..3.0_f64), 3),
        by_weeks: bool,
        given: bool,
        count in 731_i32..1200,
    ) {
        let by = if by_weeks { SeasonBy::Weeks } else { SeasonBy::Months };
        let season = &season[..by.parts()];
        let mean = (0..by.parts()).map(|part| by.days(part) * season[part]).sum::<f64>() / 365.0;
        let mut series = days(date(2021, 5, 3), count, |number, day, hour| {
            let years = f64::from(number) / YEAR;
            let weekday = day.weekday().to_monday_zero_offset() as usize;
            week[weekday * 24 + hour] * season[by.part(day)] * libm::pow(1.0 + growth, years)
        });
        let mut named = std::collections::BTreeMap::new();
        for (kind, (place, factor)) in holidays.iter().enumerate() {
            let place = *place % count as usize;
            if named.insert(place, ()).is_none() {
                series[place].kind = Some(kind);
                series[place].amounts.iter_mut().for_each(|amount| *amount *= factor);
            }
        }
        let growing = if given { Growing::Given(growth) } else { Growing::Estimated };
        let found = estimate(&series, Question { season: by, growing }, holidays.len()).unwrap();
        proptest::prop_assert!((found.growth.unwrap().per_year - growth).abs() < 1e-7);
        for (part, figure) in found.season.iter().enumerate() {
            proptest::prop_assert!((figure.value / (season[part] / mean) - 1.0).abs() < 1e-7);
        }
        let (relative, _) = found.relative().unwrap();
        let average = week.iter().sum::<f64>() / 168.0;
        for (hour, figure) in relative.iter().enumerate() {
            proptest::prop_assert!((figure.value / (week[hour] / average) - 1.0).abs() < 1e-7);
            proptest::prop_assert!(figure.spread.unwrap() < 1e-4 * figure.value, "no noise, no spread");
        }
        for (kind, (_, factor)) in holidays.iter().enumerate() {
            let figure = found.kinds[kind];
            proptest::prop_assert!(figure.is_none_or(|figure| (figure.value - factor).abs() < 1e-6));
        }
        proptest::prop_assert_eq!(found.outliers.len(), 0);
    }
}
