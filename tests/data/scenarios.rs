//! Every bundled scenario says what the data say: amounts are read from the tables of
//! `data/`, and set beside what the scenario projects.

use netloss::outage::Cause;
use netloss::projection::Projection;
use netloss::waterfall::Waterfall;

use super::*;

/// A bundled scenario that has no fault and nothing that is probably not meant.
fn bundled(name: &str) -> Scenario {
    let reading = read(library::scenario(name).unwrap(), None, &Overrides::default());
    assert!(reading.findings.is_empty(), "{name}: {:?}", reading.findings);
    reading.scenario.unwrap()
}

/// The figure of an event, from `data/event-figures.csv`.
fn told(event: &str, id: &str) -> f64 {
    events::figure(event, id).unwrap_or_else(|| panic!("no figure {id} of {event}")).value
}

/// A figure that is no event's, from `data/case-figures.csv`.
fn case(event: &str, key: &str) -> f64 {
    let rows = table("../case-figures.csv");
    let row = rows.iter().find(|row| row["event"] == event && row["key"] == key);
    let row = row.unwrap_or_else(|| panic!("no figure {key} of {event}"));
    row["value"].parse().unwrap()
}

/// The figure of Kakao or SK C&C, from `data/kakao-2022/figures.csv`.
fn figure(key: &str) -> f64 {
    let rows = table("figures.csv");
    let row = rows.iter().find(|row| row["key"] == key).unwrap_or_else(|| panic!("no figure {key}"));
    row["value"].parse().unwrap()
}

/// Hours at which a service is known to be down (`lower`) or back (`upper`, `exact`).
fn hours(service: &str, bound: &str) -> f64 {
    let rows = table("restoration.csv").into_iter();
    let rows = rows.filter(|row| row["service"] == service && row["bound"] == bound);
    // A time that only one paper prints, and that is likely a slip, is no bound.
    let sure = rows.filter(|row| row["confidence"] != "low" || bound == "lower");
    sure.map(|row| row["hours_from_start"].parse::<f64>().unwrap()).next().unwrap_or_else(|| {
        panic!("{service} has no {bound} bound");
    })
}

/// When the last stage of a line ends.
fn restored(scenario: &Scenario, line: &str) -> f64 {
    let line = scenario.lines.iter().find(|other| other.id == line).unwrap();
    let stage = line.terms.path.stages().last().unwrap();
    stage.until.first_reached_at().unwrap().0
}

/// What the line brings in a year of 8,760 hours from the origin.
fn yearly(scenario: &Scenario, line: &str) -> f64 {
    let line = scenario.lines.iter().find(|other| other.id == line).unwrap();
    line.terms.profile.revenue(Hours(0.0), Hours(8760.0)).0
}

/// The outage of the longest duration.
fn longest(scenario: &Scenario) -> Waterfall<'_> {
    Projection::new(scenario).rows.into_iter().next_back().unwrap()
}

fn close(what: &str, one: f64, other: f64) {
    assert!((one - other).abs() <= 1.0 + 1e-9 * other.abs(), "{what}: {one} for {other}");
}

#[test]
fn every_file_in_the_library_is_bundled_checked_and_says_what_it_answers() {
    let mut files: Vec<String> = std::fs::read_dir("data/scenarios")
        .unwrap()
        .map(|file| file.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    files.sort();
    let mut names: Vec<&str> = library::SCENARIOS.iter().map(|(name, _)| *name).collect();
    names.sort_unstable();
    assert_eq!(files, names);
    for name in names.into_iter().filter(|name| *name != "starter") {
        let scenario = bundled(name);
        let answers = scenario.description.clone().unwrap_or_default();
        assert!(answers.ko.contains('?') && answers.en.contains('?'), "{name} asks nothing");
        assert!(!scenario.assumptions.is_empty(), "{name} says nothing of what it assumes");
        for part in scenario.origins() {
            let told = !part.sources.is_empty() || part.assumption.is_some();
            assert!(told, "{name}: {} has neither source nor assumption", part.id);
        }
        let rows = Projection::new(&scenario).rows;
        assert_eq!(rows.len(), scenario.durations.len(), "{name}");
        assert!(rows.iter().all(|row| row.economic_loss > Money::ZERO), "{name} loses nothing");
    }
}

#[test]
fn both_readings_of_kakao_use_their_end_of_each_restoration() {
    let (wide, narrow) = (bundled("kakao-2022-wide"), bundled("kakao-2022-narrow"));
    for (line, service, early, late) in [
        ("gift_shop", "Gift shop (선물하기)", "lower", "upper"),
        ("taxi", "Kakao T taxi call", "lower", "upper"),
        ("login", "Kakao login", "lower", "upper"),
        ("map", "KakaoMap main functions", "lower", "upper"),
        ("pay", "KakaoPay payment and transfer", "exact", "upper"),
        ("daum", "Daum mail", "lower", "upper"),
        ("content", "Kakaopage payment", "lower", "upper"),
        ("talk_channel", "Talk Channel advertising messages", "lower", "upper"),
    ] {
        for (scenario, bound) in [(&narrow, early), (&wide, late)] {
            let (used, published) = (restored(scenario, line), hours(service, bound));
            assert!((used - published).abs() < 0.01, "{line}, {bound}: {used} h for {published} h");
        }
    }
    let bank = [restored(&narrow, "bank"), restored(&wide, "bank")];
    let known = [hours("KakaoBank app", "exact"), hours("KakaoBank transfer through KakaoTalk", "upper")];
    assert!(bank.iter().zip(known).all(|(used, published)| (used - published).abs() < 0.01), "{bank:?}");
    let text = hours("KakaoTalk text messages", "exact");
    assert!((restored(&narrow, "messaging") - text).abs() < 0.01);
    let power = hours("Data centre", "exact").max(10.0);
    assert_eq!(restored(&narrow, "designated_driver"), power, "when power began to return");
}

#[test]
fn both_readings_of_kakao_split_the_revenue_that_was_published() {
    for name in ["kakao-2022-wide", "kakao-2022-narrow"] {
        let scenario = bundled(name);
        let sum = |lines: &[&str]| lines.iter().map(|line| yearly(&scenario, line)).sum::<f64>();
        close("Talk Biz", sum(&["messaging", "talk_channel", "gift_shop"]), figure("revenue-talkbiz"));
        close("mobility", sum(&["taxi", "designated_driver"]), figure("revenue-mobility-net"));
        close("portal", sum(&["daum"]), figure("revenue-portal"));
        assert_eq!(sum(&["bank", "login", "map"]), 0.0, "no revenue is known");
    }
}

#[test]
fn what_kakao_said_that_it_lost_lies_between_the_two_readings() {
    let [narrow, wide] =
        ["kakao-2022-narrow", "kakao-2022-wide"].map(|name| longest(&bundled(name)).economic_loss.0);
    let company = figure("loss-company");
    assert!(narrow < company && company < wide, "{narrow} to {wide}, {company} by the company");
}

#[test]
fn an_exchange_loses_over_a_day_what_upbit_lost_in_value_traded() {
    const EVENT: &str = "upbit-2022";
    let scenario = bundled("kakao-2022-login");
    let place = scenario.lines.iter().position(|line| line.id == "exchange").unwrap();
    let rows = Projection::new(&scenario).rows;
    let day = rows.iter().find(|row| row.duration == Hours(24.0)).unwrap();
    let normal = scenario.lines[place].terms.profile.revenue(Hours(0.0), Hours(24.0));
    let lost = day.lines[place].total().0 / normal.0;
    let fell = 1.0 - case(EVENT, "value-traded-after") / case(EVENT, "value-traded-before");
    assert!((lost - fell).abs() < 5e-4, "{lost} for {fell}");
    assert_eq!(restored(&scenario, "exchange"), case(EVENT, "login-hours"));
    assert_eq!(restored(&scenario, "delivery_app"), hours("Kakao login", "upper"));
}

#[test]
fn merchants_are_weighted_by_their_share_of_the_reports_of_one_wave() {
    let typical = |industry: &str| match industry {
        "food" => case("merchants", "sales-food-service"),
        "transport" => {
            case("merchants", "taxi-takings-a-day") * case("merchants", "taxi-days-a-month") * 12.0
        }
        _ => case("merchants", "sales-all"),
    };
    for (name, wave) in [("kakao-2022-merchants", "final"), ("kakao-2022-merchants-first", "first")] {
        let scenario = bundled(name);
        let mut whole = 0.0;
        for (line, category) in [
            ("food", "food service"),
            ("services", "services"),
            ("transport", "transport"),
            ("retail", "wholesale and retail"),
            ("other", "other"),
        ] {
            let rows = table("survey.csv");
            let row = rows.iter().find(|row| {
                // What is in brackets or behind a comma says more of the same category.
                let same = row["category"].split(" (").next().unwrap().split(", by sub").next();
                row["wave"] == wave && row["dimension"] == "industry" && same == Some(category)
            });
            let row = row.unwrap_or_else(|| panic!("{wave} wave has no {category}"));
            assert_eq!(row["multiple_answers"], "no", "{category} may be added up");
            let share: f64 = row["share_percent"].parse().unwrap();
            whole += share;
            close(line, yearly(&scenario, line), (share / 100.0 * typical(line)).round());
            let line = scenario.lines.iter().find(|other| other.id == line).unwrap();
            assert_eq!(line.terms.dependency.get() * 100.0, case("merchants", "orders-lost-one-shop"));
        }
        assert!((whole - 100.0).abs() < 0.05, "{wave}: {whole} %");
    }
}

#[test]
fn without_the_second_site_kakao_loses_what_it_lost() {
    let naver = bundled("naver-2022");
    let (with, without) = (longest(&naver).gross.0, longest(&naver.without(|_| true)).gross.0);
    close("gross without the measure", without, longest(&kakao()).gross.0);
    assert!(with < without);
    assert_eq!(restored(&naver, "talk_channel"), hours("Naver main services", "upper"));
}

#[test]
fn the_landlord_is_covered_for_no_more_than_three_limits() {
    let scenario = bundled("sk-cnc-2022");
    let row = longest(&scenario);
    let paid: Vec<f64> = row.covers.iter().map(|cover| cover.paid.0).collect();
    let limits = ["sk-liability-limit", "sk-it-liability-limit", "sk-e-finance-liability-limit"];
    let limits: Vec<f64> = limits.into_iter().map(figure).collect();
    assert_eq!(paid[..3], limits[..]);
    assert_eq!(paid[3], 0.0, "the property policy pays no tenant");
    close("claimed", row.economic_loss.0, figure("loss-company"));
    let tower = scenario.covers[3].terms.tower.as_ref().unwrap();
    assert_eq!(tower.layers()[0].limit(), Some(Money(figure("sk-property-limit"))));
}

#[test]
fn nine_years_of_waiting_cost_samsung_sds_a_third_of_its_award() {
    const EVENT: &str = "samsung-sds-2014";
    let scenario = bundled(EVENT);
    let row = longest(&scenario);
    close("loss", row.economic_loss.0, told(EVENT, "loss"));
    close("paid to customers", row.outflows[0].0, told(EVENT, "paid-to-customers"));
    close("insurance", row.covers[0].paid.0, told(EVENT, "insurance"));
    let award = told(EVENT, "recourse");
    close("award", row.third_party[0].0, award);
    let waited = award * (1.0 - 1.05_f64.powf(-107.0 / 12.0));
    close("cost of waiting", row.haircuts().0, waited);
    close("net at face", row.net.0 - waited, told(EVENT, "net-ours"));
    let fault = scenario.suppliers[0].terms.liability().unwrap().fault_share;
    assert_eq!(fault.get() * 100.0, told(EVENT, "fault-share"));
    let kept: Vec<f64> = scenario.reported.iter().map(|reported| reported.amount.0).collect();
    for other in ["loss-total-press", "claim-fn"] {
        assert!(kept.contains(&told(EVENT, other)), "{other} is kept beside the one used");
    }
}

#[test]
fn the_illustration_of_2001_stays_below_its_mark_only_with_the_plan() {
    let scenario = bundled("morgan-stanley-2001");
    let mark = case("morgan-stanley-2001", "net-below");
    assert!(scenario.name.en.contains("ILLUSTRATION"));
    let all: Vec<f64> = Projection::new(&scenario).rows.iter().map(|row| row.net.0).collect();
    assert!(all.iter().all(|net| *net < mark), "{all:?}");
    let transfer = |place: usize| scenario.plan.as_ref().unwrap().measures[place].terms.transfers;
    let bare = scenario.without(transfer);
    assert!(Projection::new(&bare).rows.iter().all(|row| row.net.0 > mark), "nobody pays");
    assert_eq!(scenario.plan.as_ref().unwrap().measures.len(), 5, "a plan in five parts");
    assert!(longest(&scenario.without(|_| true)).net > longest(&bare).net);
}

#[test]
fn merchants_of_ahyeon_are_paid_by_tiers_of_days() {
    const EVENT: &str = "kt-ahyeon-2018";
    let scenario = bundled(EVENT);
    let merchants = told(EVENT, "merchants-paid");
    let rows = Projection::new(&scenario).rows;
    let paid = |hours: f64| rows.iter().find(|row| row.duration == Hours(hours)).unwrap().outflows[1].0;
    assert_eq!(paid(12.0), 0.0, "less than a day");
    for (hours, tier) in [
        (24.0, "tier-1-2-days"),
        (48.0, "tier-1-2-days"),
        (72.0, "tier-3-4-days"),
        (120.0, "tier-5-6-days"),
        (168.0, "tier-7-days"),
    ] {
        close(tier, paid(hours), merchants * told(EVENT, tier));
    }
    close("waivers", rows[0].outflows[0].0, told(EVENT, "fee-waivers"));
    let given = told(EVENT, "merchants-total");
    assert!(paid(24.0) < given && given < paid(72.0), "not all were dark for the same time");
}

#[test]
fn the_contract_of_kt_owed_nothing_for_89_minutes() {
    const EVENT: &str = "kt-2021";
    let scenario = bundled(EVENT);
    let rows = Projection::new(&scenario).rows;
    close("as it was", rows[0].duration.0 * 60.0, told(EVENT, "outage") * 60.0);
    assert_eq!(rows[0].outflows[0], Money::ZERO, "owed by contract");
    close("given to all", rows[0].outflows[1].0, told(EVENT, "lines") * told(EVENT, "credit-each"));
    close("together", rows[0].net.0, told(EVENT, "credits-total"));
    let owed = rows.iter().find(|row| row.outflows[0] > Money::ZERO).unwrap();
    assert!(owed.duration.0 > told(EVENT, "contract-wait"));
}

#[test]
fn delta_lost_revenue_and_costs_less_the_fuel_that_it_saved() {
    const EVENT: &str = "delta-2024";
    let scenario = bundled(EVENT);
    let row = longest(&scenario);
    close("revenue", row.gross.0, told(EVENT, "lost-revenue"));
    close("cost", row.outflows[0].0, told(EVENT, "extra-cost"));
    close("fuel", row.saved.0, told(EVENT, "fuel-saved"));
    close("net", row.net.0, told(EVENT, "loss"));
}

#[test]
fn the_items_of_strasbourg_come_to_more_than_the_total_that_was_printed() {
    const EVENT: &str = "ovh-2021";
    let scenario = bundled(EVENT);
    let row = longest(&scenario);
    let items = [
        "item-interruption",
        "item-servers",
        "item-new-servers",
        "item-exceptional",
        "item-fire-safety",
        "item-credits",
        "item-vouchers",
    ];
    for (item, amount) in items.into_iter().zip(&row.outflows) {
        close(item, amount.0, told(EVENT, item));
    }
    assert!(row.economic_loss.0 > told(EVENT, "loss"));
    close("insurance", row.covers[0].paid.0, told(EVENT, "insurance"));
    assert!((row.net.0 - told(EVENT, "borne")).abs() < 1e6, "within a million of what it said it bears");
}

#[test]
fn the_margin_of_marks_and_spencer_is_worked_back_from_its_first_estimate() {
    const EVENT: &str = "marks-spencer-2025";
    let scenario = bundled("ms-2025");
    let row = longest(&scenario);
    assert_eq!(row.duration.0, told(EVENT, "outage"));
    close("sales", row.gross.0, told(EVENT, "lost-sales"));
    close("direct cost", row.outflows[0].0, told(EVENT, "extra-cost"));
    close("gross", row.economic_loss.0, told(EVENT, "first-estimate"));
    close("insurance", row.covers[0].paid.0, told(EVENT, "insurance"));
}

#[test]
fn the_same_hours_are_paid_by_the_length_and_the_reading_of_the_wait() {
    const EVENT: &str = "aws-2025";
    let scenario = bundled(EVENT);
    assert_eq!(scenario.outage.cause, Some(Cause::DependentSystemFailure));
    let row = longest(&scenario);
    let lasted = events::figure(EVENT, "outage").map(|hours| (hours.value + hours.end()) / 2.0).unwrap();
    assert_eq!(row.duration.0, lasted);
    let (short, long) = (told(EVENT, "waiting-low"), told(EVENT, "waiting-high"));
    let an_hour = row.gross.0 / lasted / 4.0;
    let hours = [lasted - short, lasted - long, lasted, lasted];
    for (cover, hours) in row.covers.iter().zip(hours) {
        close("paid", cover.paid.0, hours * an_hour);
    }
}
