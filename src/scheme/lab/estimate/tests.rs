//! Estimates by hand.

use jiff::civil::datetime;

use super::*;
use crate::scheme::lab::population::Range;
use crate::scheme::lab::tests_scheme;
use crate::scheme::{Factor, Form, IndustryHours, Scheme};

fn sure(value: f64) -> Range {
    Range { low: value, high: value }
}

#[test]
fn sizes_have_the_mean_and_nearly_the_spread_of_the_group() {
    let sizes = sizes(0.5);
    let mean = sizes.iter().sum::<f64>() / 64.0;
    let deviation = (sizes.iter().map(|size| (size - mean).powi(2)).sum::<f64>() / 64.0).sqrt();
    assert!((mean - 1.0).abs() < 1e-12 && (0.45..0.5).contains(&deviation), "{mean} {deviation}");
    assert!(super::sizes(0.0).iter().all(|size| (*size - 1.0).abs() < 1e-12));
}

#[test]
fn ranks_are_those_of_a_hundred_draws() {
    let told = likely((1..=100).map(f64::from).rev().collect());
    // The deviation of 1 to 100 is the root of 100 × 101 / 12.
    assert_eq!([told.mean, told.p10, told.p50, told.p90], [50.5, 10.0, 50.0, 90.0]);
    assert!((told.error - (100.0 * 101.0 / 12.0_f64).sqrt() / 10.0).abs() < 1e-12, "{told:?}");
}

/// A thousand shops of one size, open evenly, without their service for Saturday.
fn shops() -> Group {
    let night = datetime(2022, 10, 16, 0, 0, 0, 0);
    Group {
        industry: "food".into(),
        service: "orders".into(),
        class: None,
        of_size: None,
        businesses: sure(1_000.0),
        annual_sales: sure(365_000_000.0),
        spread: 0.0,
        hours: IndustryHours::new(vec![], std::iter::repeat_n(1, 168)).unwrap(),
        from: datetime(2022, 10, 15, 0, 0, 0, 0),
        until: (night, night),
        platform_share: sure(0.5),
        substitution: sure(0.2),
        margin: None,
        fee: None,
        claim_rate: sure(0.1),
        assumed: vec![],
        sources: String::new(),
    }
}

fn estimate(scheme: &Scheme, groups: &[Group], seed: u64) -> Result<Estimate, Vec<Lacking>> {
    let (assessor, places) = (Assessor::new(scheme, &[]).unwrap(), Places::draw(200, seed));
    Estimate::of(groups.iter().map(|group| price(&assessor, group, &places)).collect())
}

fn of(groups: &[Group], seed: u64) -> Estimate {
    estimate(&tests_scheme(), groups, seed).unwrap()
}

#[test]
fn one_cell_by_hand() {
    // 365 m a year are 1 m a day; half of it by the platform, four fifths of that
    // lost: 400,000. A hundred of the thousand claim, and the scheme pays the loss.
    let told = of(&[shops(), shops()], 1);
    let one = told.groups[0];
    assert_eq!(one.lost_sales.mean.round(), 400_000_000.0);
    assert_eq!((one.claims.p10, one.paid.p10, one.paid.p90), (100.0, 40_000_000.0, 40_000_000.0));
    assert_eq!(told.total.paid.mean, 80_000_000.0);
    assert!((told.reasons[0].1 - 200.0).abs() < 1e-9 && told.reasons[0].0 == Reason::Paid);
}

#[test]
fn a_service_that_is_back_later_costs_more() {
    let noon = datetime(2022, 10, 16, 12, 0, 0, 0);
    let later = Group { until: (noon, noon), ..shops() };
    assert_eq!(of(&[later], 1).total.paid.mean, 60_000_000.0);
    // Anywhere between the two: the mean lies in the middle of 40 and 60 m.
    let between = Group { until: (shops().until.0, noon), ..shops() };
    let paid = of(&[between], 1).total.paid;
    assert!((paid.mean - 50_000_000.0).abs() < 1_500_000.0, "{paid:?}");
    assert!(paid.p10 < 44_000_000.0 && paid.p90 > 56_000_000.0, "{paid:?}");
}

#[test]
fn p10_is_no_more_than_the_median_and_that_no_more_than_p90_and_a_seed_says_all() {
    let unsure = |low, high| Range { low, high };
    let group = Group {
        spread: 1.0,
        platform_share: unsure(0.1, 0.5),
        substitution: unsure(0.0, 0.4),
        claim_rate: unsure(0.05, 0.5),
        ..shops()
    };
    let groups = [group.clone(), Group { businesses: sure(50.0), ..group }];
    for seed in 1..20 {
        let told = of(&groups, seed);
        assert_eq!(told, of(&groups, seed));
        for outlook in told.groups.iter().chain([&told.total]) {
            for it in [outlook.lost_sales, outlook.claims, outlook.paid] {
                assert!(it.p10 < it.p50 && it.p50 < it.p90, "{it:?}");
            }
        }
    }
    assert_ne!(of(&groups, 1), of(&groups, 2));
}

#[test]
fn what_a_scheme_asks_for_and_nobody_says_is_told_and_not_nothing() {
    let mut scheme = tests_scheme();
    scheme.rules[0].form = Form::Formula(vec![Factor::Margin]);
    let with = Group { margin: Some(sure(0.25)), ..shops() };
    let lacking = estimate(&scheme, &[with.clone(), shops()], 1).unwrap_err();
    assert_eq!(lacking, [Lacking { group: 1, reason: Reason::NoRate }]);
    assert_eq!(estimate(&scheme, &[with], 1).unwrap().total.paid.mean, 10_000_000.0);
}

#[test]
fn how_many_there_are_and_what_they_sell_may_be_ranges_too() {
    let (low, high) = (Range { low: 500.0, high: 1_500.0 }, Range { low: 0.0, high: 730_000_000.0 });
    let many = of(&[Group { businesses: low, ..shops() }], 3).total;
    // Of 500 to 1,500 shops each tenth claims, and is paid 400,000.
    assert!(many.claims.p10 > 50.0 && many.claims.p10 < 70.0, "{many:?}");
    assert!(many.claims.p90 > 130.0 && many.claims.p90 < 150.0, "{many:?}");
    assert!((many.paid.p90 / many.claims.p90 - 400_000.0).abs() < 1e-3, "{many:?}");
    let large = of(&[Group { annual_sales: high, ..shops() }], 3).total;
    assert!(large.paid.p10 < 16_000_000.0 && large.paid.p90 > 64_000_000.0, "{large:?}");
    assert!((large.paid.mean - 40_000_000.0).abs() < 4.0 * large.paid.error, "{large:?}");
}

#[test]
fn schemes_are_set_against_each_other_draw_by_draw() {
    let mut half = tests_scheme();
    half.rules[0].form = Form::Formula(vec![Factor::Times(Rate::new(1, 2).unwrap())]);
    let groups = [Group { claim_rate: Range { low: 0.0, high: 0.2 }, ..shops() }];
    let (whole, half) = (of(&groups, 1), estimate(&half, &groups, 1).unwrap());
    let against = half.against(&whole);
    // Half of each draw, so that the tenths change places: most is saved where most is due.
    assert!((against.more.p10 + whole.total.budget.p90 / 2.0).abs() < 500_000.0, "{against:?}");
    assert!((against.more.mean + half.total.budget.mean).abs() < 1e-3, "{against:?}");
    assert_eq!((against.dearer, whole.against(&half).dearer), (0.0, 1.0));
    assert_eq!(whole.against(&whole).more, Likely::default());
}
