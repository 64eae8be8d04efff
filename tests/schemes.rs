//! Compensation schemes as their papers state them: both sides of every edge, the
//! published checks, and exact money.

#![cfg(feature = "cli")]

use std::collections::BTreeSet;

use jiff::civil::{Date, date};
use netloss::read::library::{SCHEMES, sources};
use netloss::read::{SchemeReading, scheme};
use netloss::scheme::*;
use proptest::prelude::*;

fn bundled(id: &str) -> Scheme {
    let (_, text) = SCHEMES.into_iter().find(|(known, _)| *known == id).unwrap();
    let SchemeReading { scheme, findings } = scheme(text);
    scheme.unwrap_or_else(|| panic!("{id}: {findings:#?}"))
}

fn rate(parts: i64, of: i64) -> Rate {
    Rate::new(parts, of).unwrap()
}

fn assess(scheme: &Scheme, claim: &Claim<'_>) -> (i64, Reason) {
    let told = Assessor::new(scheme, &[]).unwrap().assess(claim, &mut ());
    (told.amount.0, told.reason)
}

fn loss(won: i64) -> Claim<'static> {
    Claim { sales: Sales::Loss(Won(won)), ..Claim::default() }
}

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;

#[test]
fn every_bundled_scheme_reads_without_a_finding_and_cites_known_sources() {
    for (id, text) in SCHEMES {
        let SchemeReading { scheme, findings } = scheme(text);
        assert!(findings.is_empty(), "{id}: {findings:#?}");
        let scheme = scheme.unwrap();
        assert_eq!(scheme.id, id);
        assert!(!scheme.sources.is_empty(), "{id}");
        for source in &scheme.sources {
            assert!(sources().contains_key(source), "{id} cites {source}");
        }
    }
}

#[test]
fn kakao_1015_at_each_edge_in_both_published_readings() {
    let up_to = bundled("kakao-1015-2022");
    for (lost, expected) in [
        (-1, (0, Reason::NoLoss)),
        (0, (0, Reason::NoLoss)),
        (1, (30_000, Reason::Paid)),
        (299_999, (30_000, Reason::Paid)),
        (300_000, (30_000, Reason::Paid)),
        (300_001, (50_000, Reason::Paid)),
        (434_500, (50_000, Reason::Paid)),
        (500_000, (50_000, Reason::Paid)),
        (500_001, (0, Reason::Individual)),
    ] {
        assert_eq!(assess(&up_to, &loss(lost)), expected, "이하, {lost}");
    }
    let below = bundled("kakao-1015-2022-below");
    for (lost, expected) in [
        (0, (0, Reason::NoLoss)),
        (299_999, (30_000, Reason::Paid)),
        (300_000, (50_000, Reason::Paid)),
        (499_999, (50_000, Reason::Paid)),
        (500_000, (0, Reason::Individual)),
    ] {
        assert_eq!(assess(&below, &loss(lost)), expected, "미만, {lost}");
    }
    for (assessed, paid) in [(180_000, 180_000), (50_000, 50_000), (49_999, 50_000)] {
        let claim = Claim { assessed: Some(Won(assessed)), ..loss(900_000) };
        assert_eq!(assess(&up_to, &claim), (paid, Reason::PaidAssessed));
    }
}

#[test]
fn kt_2018_by_days_at_each_edge() {
    let scheme = bundled("kt-ahyeon-2018");
    let claim =
        |seconds| Claim { outage: Some(seconds), annual_sales: Some(Won(100_000_000)), ..Claim::default() };
    for (days, paid) in [
        (1, 400_000),
        (2, 400_000),
        (3, 800_000),
        (4, 800_000),
        (5, 1_000_000),
        (6, 1_000_000),
        (7, 1_200_000),
        (30, 1_200_000),
    ] {
        assert_eq!(assess(&scheme, &claim(days * DAY)), (paid, Reason::Paid), "{days} days");
    }
    // Two days and an hour: the bundled file says that a part of a day counts as one.
    assert_eq!(assess(&scheme, &claim(2 * DAY + HOUR)), (800_000, Reason::Paid));
    assert_eq!(assess(&scheme, &claim(0)), (0, Reason::TooShort));
    let mut dropped = scheme.clone();
    let Form::OnDays { part, .. } = &mut dropped.rules[0].form else { panic!() };
    *part = PartDay::Nothing;
    assert_eq!(assess(&dropped, &claim(2 * DAY + HOUR)), (400_000, Reason::Paid));
    assert_eq!(assess(&dropped, &claim(DAY - 1)), (0, Reason::TooShort));
}

#[test]
fn kt_2018_by_the_size_of_the_business() {
    let scheme = bundled("kt-ahyeon-2018");
    for (industry, annual, reason) in [
        (None, 3_000_000_000, Reason::Paid),
        (None, 3_000_000_001, Reason::TooLarge),
        (Some("소매업"), 3_000_000_001, Reason::Paid),
        (Some("소매업"), 4_999_999_999, Reason::Paid),
        (Some("소매업"), 5_000_000_000, Reason::TooLarge),
    ] {
        let claim = Claim {
            outage: Some(DAY),
            industry: industry.map(|name| scheme.industry(name).unwrap()),
            annual_sales: Some(Won(annual)),
            ..Claim::default()
        };
        assert_eq!(assess(&scheme, &claim).1, reason, "{industry:?} {annual}");
    }
    assert_eq!(assess(&scheme, &Claim { outage: Some(DAY), ..Claim::default() }).1, Reason::NoAnnualSales);
}

#[test]
fn fees_of_an_outage_under_terms_of_service_and_later_offers() {
    let claim = |scheme: &Scheme, class: &str, fee, outage| Claim {
        class: scheme.class(class),
        fee: Some(Won(fee)),
        outage: Some(outage),
        ..Claim::default()
    };
    for (id, class, fee, outage, paid) in [
        // 50,000 / 720 × 15 = 1,041.67; 25,000 / 30 × 10 = 8,333.33.
        ("kt-2021", "individual", 50_000, 5_340, (1_041, Reason::Paid)),
        ("kt-2021", "merchant", 25_000, 5_340, (8_333, Reason::Paid)),
        ("kt-2021", "merchant", 33_000, 5_340, (11_000, Reason::Paid)),
        // 10 times the fee of 10 hours and 5 minutes out of 30,000.
        ("kt-2024", "general", 30_000, 36_300, (4_201, Reason::Paid)),
        ("kt-2024", "merchant", 30_000, 36_300, (30_000, Reason::Paid)),
        // 50,000 / 720 = 69.44 an hour.
        ("telecom-terms-2022-06", "mobile", 50_000, 3 * HOUR + 1_800, (1_944, Reason::Paid)),
        ("telecom-terms-2022-06", "broadband", 50_000, 3 * HOUR + 1_800, (1_458, Reason::Paid)),
        ("telecom-terms-2022-06", "mobile", 50_000, 3 * HOUR - 1, (0, Reason::TooShort)),
        ("telecom-terms-2022-06", "mobile", 50_000, 3 * HOUR, (1_666, Reason::Paid)),
        ("telecom-terms-2022-07", "", 50_000, 2 * HOUR, (1_388, Reason::Paid)),
        ("telecom-terms-2022-07", "", 50_000, 2 * HOUR - 1, (0, Reason::TooShort)),
        ("telecom-terms-2022-07", "", 50_000, 3 * HOUR + 1_800, (2_430, Reason::Paid)),
        ("telecom-terms-2022-07", "", 33_000, 8 * HOUR, (3_666, Reason::Paid)),
        ("telecom-gross-negligence-2023", "", 50_000, HOUR + 1_800, (1_041, Reason::Paid)),
        // Both published amounts of Kakao Mobility.
        ("kakao-mobility-2022", "", 39_000, 0, (7_550, Reason::Paid)),
        ("kakao-mobility-2022", "", 22_000, 0, (4_260, Reason::Paid)),
        ("kakao-channel-cash-2022", "", 0, 0, (50_000, Reason::Paid)),
    ] {
        let scheme = bundled(id);
        assert_eq!(assess(&scheme, &claim(&scheme, class, fee, outage)), paid, "{id} {class} {outage}");
    }
    let terms = bundled("telecom-terms-2022-06");
    let adds_up = Claim { outage_of_month: Some(6 * HOUR), ..claim(&terms, "mobile", 72_000, 2 * HOUR) };
    assert_eq!(
        assess(&terms, &adds_up),
        (1_600, Reason::Paid),
        "six hours added up over the month will do"
    );
    let short = Claim { outage_of_month: Some(6 * HOUR - 1), ..adds_up };
    assert_eq!(assess(&terms, &short), (0, Reason::TooShort));
    assert_eq!(assess(&terms, &Claim { class: None, ..adds_up }), (0, Reason::NoClass));
}

#[test]
fn statutory_compensation_meets_the_published_check() {
    let claim = |usual, outage, days| Claim {
        sales: Sales::Pair { usual: Won(usual), outage: Won(outage) },
        margin: Some(rate(10, 100)),
        fixed_costs: Some(rate(25, 100)),
        days: Some(days),
        ..Claim::default()
    };
    // Two million a day fell to one and a half; 10 % + 25 %; 28 days; 80 %.
    for (id, paid) in [
        ("loss-compensation-2021-q3", 3_920_000),
        ("loss-compensation-2021-q4", 4_410_000),
        ("loss-compensation-2022-q1", 4_900_000),
    ] {
        let scheme = bundled(id);
        assert_eq!(assess(&scheme, &claim(2_000_000, 1_500_000, 28)), (paid, Reason::Paid), "{id}");
        assert_eq!(assess(&scheme, &claim(1_500_000, 1_500_000, 28)), (0, Reason::NoLoss), "{id}");
        let floor = scheme.rules[0].floor.unwrap().0;
        assert_eq!(assess(&scheme, &claim(10_000, 9_999, 1)), (floor, Reason::PaidFloor), "{id}");
        let huge = claim(100_000_000, 0, 90);
        assert_eq!(assess(&scheme, &huge), (100_000_000, Reason::PaidCap), "{id}");
    }
}

#[test]
fn both_sides_of_a_floor_and_of_a_cap() {
    let mut scheme = bundled("loss-compensation-2022-q1");
    scheme.rules[0].form = Form::Formula(vec![]);
    for (lost, expected) in [
        (999_999, (1_000_000, Reason::PaidFloor)),
        (1_000_000, (1_000_000, Reason::Paid)),
        (1_000_001, (1_000_001, Reason::Paid)),
        (99_999_999, (99_999_999, Reason::Paid)),
        (100_000_000, (100_000_000, Reason::Paid)),
        (100_000_001, (100_000_000, Reason::PaidCap)),
    ] {
        assert_eq!(assess(&scheme, &loss(lost)), expected, "{lost}");
    }
}

/// A shop of Osan: 4,000,000 on an ordinary day and 1,050,000 on that one; margin
/// 18.5 %, 70 % through Kakao, 20 % kept. The coefficients are made up.
fn osan(unit: i64) -> Scheme {
    let mut scheme = bundled("loss-compensation-2022-q1");
    scheme.rules[0].form =
        Form::Formula(vec![Factor::Margin, Factor::PlatformShare, Factor::NotSubstituted]);
    scheme.rules[0].floor = None;
    scheme.rounding.unit = Won(unit);
    scheme
}

fn osan_claim(usual: i64) -> Claim<'static> {
    Claim {
        sales: Sales::Pair { usual: Won(usual), outage: Won(1_050_000) },
        margin: Some(rate(185, 1000)),
        platform_share: Some(rate(70, 100)),
        substitution: Some(rate(20, 100)),
        ..Claim::default()
    }
}

#[test]
fn a_formula_with_coefficients_step_by_step() {
    let scheme = osan(10);
    let mut steps: Vec<Step> = vec![];
    let assessor = Assessor::new(&scheme, &[]).unwrap();
    let told = assessor.assess(&osan_claim(4_000_000), &mut steps);
    assert_eq!((told.amount, told.loss), (Won(305_620), Some(Won(2_950_000).into())));
    let after: Vec<_> = steps
        .iter()
        .filter_map(|step| match step {
            Step::Factor { after, .. } => after.whole(),
            _ => None,
        })
        .collect();
    assert_eq!(after, [Won(545_750), Won(382_025), Won(305_620)]);
    assert!(steps.contains(&Step::Rounded { from: Won(305_620).into(), to: Won(305_620) }));
}

#[test]
fn rounding_once_is_not_rounding_at_each_step() {
    // A loss of 2,950,010: 545,751.85 → 382,026.295 → 305,621.036.
    let usual = 4_000_010;
    let (once, _) = assess(&osan(1), &osan_claim(usual));
    let each = (usual - 1_050_000) * 185 / 1000 * 70 / 100 * 80 / 100;
    assert_eq!((once, each), (305_621, 305_620));
}

#[test]
fn small_merchant_in_an_eight_hour_outage_under_each_scheme() {
    let sales = [40_000, 60_000, 120_000, 180_000, 160_000, 90_000, 70_000, 50_000];
    let usual: i64 = sales.iter().sum();
    let lost = Exact::from(Won(usual)).times(rate(6, 10)).unwrap().times(rate(75, 100)).unwrap();
    assert_eq!(lost.whole(), Some(Won(346_500)));
    let of = |id: &str, claim: Claim<'_>| assess(&bundled(id), &claim).0;
    let merchant = Claim {
        fee: Some(Won(33_000)),
        outage: Some(8 * HOUR),
        annual_sales: Some(Won(200_000_000)),
        margin: Some(rate(12, 100)),
        fixed_costs: Some(rate(28, 100)),
        days: Some(1),
        ..loss(346_500)
    };
    assert_eq!(of("kakao-1015-2022", merchant), 50_000);
    assert_eq!(of("kakao-channel-cash-2022", merchant), 50_000);
    assert_eq!(of("kt-ahyeon-2018", Claim { outage: Some(DAY), ..merchant }), 400_000);
    let kt = bundled("kt-2021");
    assert_eq!(assess(&kt, &Claim { class: kt.class("merchant"), ..merchant }).0, 11_000);
    assert_eq!(of("telecom-terms-2022-07", merchant), 3_666, "3,666.67 before rounding");
    let without_floor = |id: &str| {
        let mut scheme = bundled(id);
        scheme.rules[0].floor = None;
        assess(&scheme, &merchant).0
    };
    assert_eq!(without_floor("loss-compensation-2021-q3"), 110_880);
    assert_eq!(without_floor("loss-compensation-2022-q1"), 138_600);
}

/// Sixty-one days of September and October 2022, 600,000 won each but for what is set.
fn records(set: &[(Date, i64)]) -> (Vec<Column>, Vec<i64>) {
    let first = date(2022, 9, 1);
    let days = first.series(jiff::ToSpan::day(1)).take(61);
    let columns: Vec<_> = days.map(|from| Column { from, week: false }).collect();
    let of =
        |column: &Column| set.iter().find(|(day, _)| *day == column.from).map_or(600_000, |(_, won)| *won);
    let sales = columns.iter().map(of).collect();
    (columns, sales)
}

#[test]
fn the_best_saturday_to_friday_week_of_september_and_october() {
    let scheme = bundled("kakao-1015-2022");
    // The week of 3 September comes to 4,812,300; that of the outage to 4,377,800.
    let (columns, sales) = records(&[(date(2022, 9, 3), 1_212_300), (date(2022, 10, 15), 777_800)]);
    let assessor = Assessor::new(&scheme, &columns).unwrap();
    let weeks: Vec<_> = assessor.windows().unwrap().weeks.iter().map(|week| week.from).collect();
    let expected = [(9, 3), (9, 10), (9, 17), (9, 24), (10, 1), (10, 8), (10, 22)];
    assert_eq!(weeks, expected.map(|(month, day)| date(2022, month, day)), "seven candidates");
    let claim = Claim { sales: Sales::Records(&sales), ..Claim::default() };
    let mut steps: Vec<Step> = vec![];
    let told = assessor.assess(&claim, &mut steps);
    assert_eq!((told.amount, told.loss), (Won(50_000), Some(Won(434_500).into())));
    let Step::Loss(found) = steps[0] else { panic!("{steps:?}") };
    assert_eq!((found.week, found.out_of), (Some(0), 7));
    assert_eq!(found.sales, Some((Won(4_812_300).into(), Won(4_377_800).into())));
}

#[test]
fn a_week_with_a_missing_day_is_no_candidate_and_a_missing_day_of_the_outage_no_zero() {
    let scheme = bundled("kakao-1015-2022");
    let (columns, sales) = records(&[(date(2022, 9, 3), 9_000_000), (date(2022, 9, 4), NO_RECORD)]);
    let assessor = Assessor::new(&scheme, &columns).unwrap();
    let assess = |sales: &[i64]| {
        assessor.assess(&Claim { sales: Sales::Records(sales), ..Claim::default() }, &mut ())
    };
    assert_eq!(assess(&sales).reason, Reason::NoLoss, "the week of the peak has a gap");
    let (_, sales) = records(&[(date(2022, 10, 16), NO_RECORD)]);
    assert_eq!(assess(&sales).reason, Reason::NoSales);
    assert_eq!(assess(&[NO_RECORD; 61]).reason, Reason::NoSales);
    let weekly: Vec<_> = (0..8)
        .map(|week| Column {
            from: date(2022, 9, 3).checked_add(jiff::ToSpan::weeks(week)).unwrap(),
            week: true,
        })
        .collect();
    let assessor = Assessor::new(&scheme, &weekly).unwrap();
    let sales = [4_812_300, 1, 2, 3, 4, 5, 4_377_800, 6];
    let told = assessor.assess(&Claim { sales: Sales::Records(&sales), ..Claim::default() }, &mut ());
    assert_eq!(told.loss, Some(Won(434_500).into()), "a column may hold a week");
}

#[test]
fn the_same_records_under_other_baselines() {
    let mut scheme = bundled("kakao-1015-2022");
    let (columns, sales) = records(&[(date(2022, 9, 3), 1_000_000), (date(2022, 10, 15), 0)]);
    let mut lost = |baseline| {
        scheme.measure.as_mut().unwrap().baseline = baseline;
        let assessor = Assessor::new(&scheme, &columns).unwrap();
        let claim = Claim {
            sales: Sales::Records(&sales),
            annual_sales: Some(Won(219_000_000)),
            ..Claim::default()
        };
        assessor.assess(&claim, &mut ()).loss.unwrap()
    };
    assert_eq!(lost(Baseline::BestWeek).whole(), Some(Won(1_000_000)));
    // Saturdays: eight besides the outage's, of which one had 400,000 more.
    assert_eq!(lost(Baseline::MeanOfSameWeekday).whole(), Some(Won(650_000)));
    assert_eq!(lost(Baseline::MedianOfWeeks(4)).whole(), Some(Won(600_000)));
    assert_eq!(lost(Baseline::AnnualByDays).whole(), Some(Won(600_000)), "600,000 a day for a year");
    let measure = scheme.measure.as_mut().unwrap();
    measure.baseline = Baseline::SameWeekLastYear;
    assert_eq!(
        Assessor::new(&scheme, &columns).unwrap_err(),
        Unfit::LastYear(date(2021, 10, 16)),
        "the year before is not on record"
    );
}

#[test]
fn who_waits_for_a_person_and_why() {
    let scheme = bundled("kakao-1015-2022");
    let all = 0b1111;
    for (claim, reason) in [
        (Claim { papers: Some(all), ..loss(100) }, Reason::Paid),
        (Claim { papers: Some(0b1101), ..loss(100) }, Reason::PaperMissing),
        (Claim { papers: Some(0), ..loss(0) }, Reason::NoLoss),
        (Claim { held: true, ..loss(100) }, Reason::Flagged),
        (Claim { undated: true, ..loss(100) }, Reason::Undated),
        (Claim { undated: true, papers: Some(0), ..loss(100) }, Reason::PaperMissing),
        (Claim { undated: true, ..loss(0) }, Reason::NoLoss),
        (Claim { received: Some(date(2023, 1, 29)), ..loss(100) }, Reason::OutsidePeriod),
        (Claim { received: Some(date(2023, 1, 30)), ..loss(100) }, Reason::Paid),
        (Claim { received: Some(date(2023, 5, 31)), ..loss(100) }, Reason::Paid),
        (Claim { received: Some(date(2023, 6, 1)), ..loss(100) }, Reason::OutsidePeriod),
        (Claim::default(), Reason::NoSales),
    ] {
        assert_eq!(assess(&scheme, &claim).1, reason, "{claim:?}");
    }
}

#[test]
fn terms_hold_for_outages_of_the_days_in_which_they_are_in_force() {
    let on = |day: Date| Claim {
        fee: Some(Won(50_000)),
        outage: Some(3 * HOUR),
        outage_from: Moment::of(day.at(15, 30, 0, 0)),
        ..Claim::default()
    };
    let (old, new) = (bundled("telecom-terms-2022-06"), bundled("telecom-terms-2022-07"));
    let mobile = |day| Claim { class: old.class("mobile"), ..on(day) };
    assert_eq!(assess(&old, &mobile(date(2022, 6, 30))).1, Reason::Paid);
    assert_eq!(assess(&old, &mobile(date(2022, 7, 1))).1, Reason::NotInForce);
    assert_eq!(assess(&new, &on(date(2022, 6, 30))).1, Reason::NotInForce);
    assert_eq!(assess(&new, &on(date(2022, 7, 1))).1, Reason::Paid);
    // Kakao's plan of December is for an outage of October.
    let kakao = Claim { outage_from: Moment::of(date(2022, 10, 15).at(15, 30, 0, 0)), ..loss(100) };
    assert_eq!(assess(&bundled("kakao-1015-2022"), &kakao).1, Reason::Paid);
}

#[test]
fn edges_of_all_schemes_are_tested() {
    let with_edges: BTreeSet<_> = SCHEMES
        .iter()
        .filter(|(id, _)| {
            bundled(id).rules.iter().any(|rule| !rule.bands().is_empty() || rule.wait.is_some())
        })
        .map(|(id, _)| *id)
        .collect();
    let tested = [
        "kakao-1015-2022",
        "kakao-1015-2022-below",
        "kt-ahyeon-2018",
        "telecom-terms-2022-06",
        "telecom-terms-2022-07",
    ];
    assert_eq!(with_edges, BTreeSet::from(tested), "give a new scheme's edges a test above");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    /// The twin: long division on decimal digits, which knows no fraction at all.
    #[test]
    fn ten_thousand_products_of_rates_agree_with_long_division(
        won in 0_i64..=10_000_000_000,
        millionths in prop::array::uniform3(0_i64..=1_000_000),
        unit in prop::sample::select(vec![1_i64, 10, 100, 1000]),
    ) {
        let mut exact = Exact::from(Won(won));
        let mut digits = i128::from(won);
        for parts in millionths {
            exact = exact.times(rate(parts, 1_000_000)).unwrap();
            digits *= i128::from(parts);
        }
        let step = i128::from(unit) * 10_i128.pow(18);
        let (down, rest) = (digits / step, digits % step);
        let whole = |units: i128| Won((units * i128::from(unit)) as i64);
        prop_assert_eq!(exact.rounded(Mode::Down, Won(unit)), Some(whole(down)));
        prop_assert_eq!(exact.rounded(Mode::Up, Won(unit)), Some(whole(down + i128::from(rest > 0))));
        let half = down + i128::from(rest * 2 >= step);
        prop_assert_eq!(exact.rounded(Mode::HalfUp, Won(unit)), Some(whole(half)));
    }

    /// A larger loss is never paid less, and a claim watched is a claim unwatched.
    #[test]
    fn more_loss_never_pays_less_and_watching_changes_nothing(
        lost in 0_i64..2_000_000, more in 0_i64..2_000_000, below in any::<bool>(),
    ) {
        let scheme = bundled(if below { "kakao-1015-2022-below" } else { "kakao-1015-2022" });
        let assessor = Assessor::new(&scheme, &[]).unwrap();
        let of = |lost| assessor.assess(&Claim { assessed: Some(Won(lost / 5)), ..loss(lost) }, &mut ());
        prop_assert!(of(lost).amount <= of(lost + more).amount);
        let mut steps: Vec<Step> = vec![];
        let claim = Claim { assessed: Some(Won(lost / 5)), ..loss(lost) };
        prop_assert_eq!(assessor.assess(&claim, &mut steps), of(lost));
    }
}

#[test]
fn a_loss_without_records_is_modelled_from_the_hours_of_the_industry() {
    use netloss::read::claims::{Claims, Row};
    let text = r#"
format = 1
id = "modelled"
name = "Modelled"
payer = "Us"
without_loss = "nothing"
[event]
from = "2022-10-15T15:30"
to = "2022-10-16T15:30"
[rounding]
mode = "down"
unit = 1
at = "payment"
[loss]
baseline = "modelled"
[[industry_hours]]
industries = "any"
shape = "flat"
[[industry_hours]]
industries = ["외식업", "restaurant"]
shape = "kr-food-service"
[[rule]]
form = "formula"
clause = "§ 1"
factors = ["100%"]
"#;
    let scheme = scheme(text).scheme.unwrap();
    let claims = "id,weekly_sales,industry,platform_share,outage_start,outage_end\n\
                  A,7000000,any,50%,,\nB,7000000,외식업,,2022-10-15T18:00,2022-10-15T21:00\nC,7000000,낚시업,,,\n";
    let mut claims = Claims::new(claims.as_bytes(), &scheme, false).unwrap();
    let (mut row, mut told) = (Row::default(), vec![]);
    while let Some(read) = claims.next(&mut row).unwrap() {
        read.unwrap();
        told.push(assess(&scheme, &row.claim()));
    }
    // A day of seven, half of it through the platform.
    assert_eq!(told[0], (500_000, Reason::Paid));
    // Saturday from 18 to 21 o'clock.
    let shape = netloss::read::library::shape("kr-food-service").unwrap().week();
    let all: f64 = shape.weights().iter().sum();
    let evening: f64 = shape.weights()[5 * 24 + 18..5 * 24 + 21].iter().sum();
    // Exact where a binary fraction falls short of the whole won.
    assert_eq!(told[1], ((7e6 * evening / all).round() as i64, Reason::Paid));
    assert_eq!(told[2], (0, Reason::NoSales), "nothing says when that industry sells");
}

/// The populations of Kakao are 17,433 claims of merchants by the shares of one wave.
#[test]
fn populations_of_kakao_weigh_industries_by_the_reports_of_their_wave() {
    let waves = [
        ("kakao-2022-final", [26.92, 20.78, 20.17, 18.71, 13.39]),
        ("kakao-2022-first", [24.19, 16.52, 33.57, 13.99, 11.73]),
    ];
    let survey = include_str!("../data/kakao-2022/survey.csv");
    let scheme = bundled("kakao-1015-2022");
    for (name, shares) in waves {
        let text = netloss::read::library::population(name).unwrap();
        let groups = netloss::read::population::population(name, text, &scheme).unwrap();
        assert_eq!(groups.len(), shares.len());
        for (group, share) in groups.iter().zip(shares) {
            let businesses = (17_433.0 * share / 100.0_f64).round();
            assert_eq!(group.businesses.low, businesses, "{name}: {}", group.industry);
            assert_eq!(group.businesses.high, businesses, "{name}: {}", group.industry);
            assert!(survey.contains(&format!(",{share:.2},no,")), "{share}");
            for key in group.sources.split(' ') {
                assert!(netloss::read::library::sources().contains_key(key), "{key}");
            }
        }
    }
}
