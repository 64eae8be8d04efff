//! The project's own data: every figure has a source, a date and a confidence, and
//! the embedded scenario says what the data say.

#![cfg(feature = "cli")]

#[path = "data/scenarios.rs"]
mod scenarios;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use netloss::quantity::{Hours, Money};
use netloss::read::{Overrides, events, library, read};
use netloss::scenario::Scenario;

type Row = BTreeMap<String, String>;

fn table(name: &str) -> Vec<Row> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/kakao-2022").join(name);
    let mut reader = csv::Reader::from_path(path).unwrap();
    let head = reader.headers().unwrap().clone();
    let row = |record: csv::Result<csv::StringRecord>| {
        let record = record.unwrap_or_else(|error| panic!("{name}: {error}"));
        head.iter().map(str::to_owned).zip(record.iter().map(str::to_owned)).collect()
    };
    reader.records().map(row).collect()
}

fn kakao() -> Scenario {
    read(library::scenario("kakao-2022").unwrap(), None, &Overrides::default()).scenario.unwrap()
}

#[test]
fn every_figure_cites_a_known_source_and_says_how_sure_it_is() {
    for (file, fewest) in
        [("restoration.csv", 40), ("figures.csv", 60), ("usage.csv", 15), ("survey.csv", 25)]
    {
        let rows = table(file);
        assert!(rows.len() >= fewest, "{file} has {} rows", rows.len());
        for row in rows {
            assert!(library::sources().contains_key(&row["source"]), "{file}: {row:?}");
            assert!(["high", "medium", "low"].contains(&row["confidence"].as_str()), "{file}: {row:?}");
        }
    }
}

#[test]
fn every_korean_holiday_has_its_kind_a_known_source_and_says_how_sure_it_is() {
    for (file, a_year) in [("../kr-holidays.csv", 14), ("../kr-special-days.csv", 6)] {
        let rows = table(file);
        assert!(rows.len() >= 21 * a_year, "{file} has {} rows", rows.len());
        let days: BTreeSet<&str> = rows.iter().map(|row| row["date"].as_str()).collect();
        assert_eq!(days.len(), rows.len(), "{file}: each day once");
        for row in &rows {
            assert!(library::sources().contains_key(&row["source"]), "{file}: {row:?}");
            assert!(["high", "medium", "low"].contains(&row["confidence"].as_str()), "{file}: {row:?}");
            assert!(!row["kind"].is_empty() && !row["name"].is_empty(), "{file}: {row:?}");
        }
    }
}

#[test]
fn every_bond_has_a_layer_of_positive_width_and_a_known_source() {
    let bonds = table("../cyber-cat-bonds.csv");
    assert_eq!(bonds.len(), 5);
    for bond in bonds {
        assert!(library::sources().contains_key(&bond["source"]), "{bond:?}");
        let amount = |key: &str| bond[key].parse::<f64>().ok();
        assert!(amount("principal_usd_million").is_some_and(|principal| principal > 0.0), "{bond:?}");
        let layer = amount("attachment_usd_million").zip(amount("exhaustion_usd_million"));
        assert!(layer.is_none_or(|(from, to)| from < to), "{bond:?}");
        let chances =
            amount("attachment_probability_percent").zip(amount("exhaustion_probability_percent"));
        assert!(chances.is_none_or(|(attaches, exhausts)| exhausts <= attaches), "{bond:?}");
    }
}

#[test]
fn every_field_of_a_layout_has_a_type_and_a_known_source() {
    let fields = table("../open-results-data.csv");
    assert_eq!(fields.len(), 21);
    for field in fields {
        assert!(library::sources().contains_key(&field["source"]), "{field:?}");
        assert!(["32-bit integer", "float"].contains(&field["type"].as_str()), "{field:?}");
    }
}

#[test]
fn every_source_has_a_title_a_date_and_an_address() {
    for (key, source) in library::sources() {
        let own = source.kind.as_deref() == Some("own");
        let said = |part: &Option<String>| part.as_ref().is_some_and(|text| !text.is_empty());
        assert!(own || said(&source.date) && said(&source.url), "{key}");
        assert!(!source.title.is_empty() && said(&source.kind) && said(&source.confidence), "{key}");
    }
}

#[test]
fn both_ends_of_a_range_are_kept() {
    let mut bounds: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in table("restoration.csv") {
        bounds.entry(row["service"].clone()).or_default().insert(row["bound"].clone());
    }
    for service in
        ["Gift shop (선물하기)", "Kakao T taxi call", "KakaoPay payment and transfer", "Kakaopage payment"]
    {
        assert!(bounds[service].contains("lower") && bounds[service].contains("upper"), "{service}");
    }
}

#[test]
fn the_scenario_uses_the_later_end_of_each_restoration() {
    // A time that only one paper prints, and that is likely a slip, is no bound.
    let upper = |service: &str| {
        let rows = table("restoration.csv").into_iter();
        let sure = rows.filter(|row| {
            row["service"] == service && row["bound"] == "upper" && row["confidence"] != "low"
        });
        sure.map(|row| row["hours_from_start"].parse::<f64>().unwrap()).fold(0.0, f64::max)
    };
    let scenario = kakao();
    let ends = |line: &str| -> Vec<f64> {
        let line = scenario.lines.iter().find(|other| other.id == line).unwrap();
        let stages = line.terms.path.stages().iter();
        stages.filter_map(|stage| stage.until.first_reached_at()).map(|Hours(hours)| hours).collect()
    };
    for (line, services) in [
        ("gift_shop", vec!["Gift shop (선물하기)"]),
        ("kakao_t", vec!["Kakao T taxi call"]),
        ("pay", vec!["KakaoPay payment and transfer"]),
        ("content", vec!["Melon streaming", "Kakaopage payment"]),
    ] {
        let published: Vec<f64> = services.into_iter().map(upper).collect();
        let close = published.iter().zip(ends(line)).all(|(data, used)| (data - used).abs() < 0.01);
        assert!(close && published.len() == ends(line).len(), "{line}: {published:?} {:?}", ends(line));
    }
    assert_eq!(ends("talk_channel"), [30.0, upper("Talk Channel (톡채널)")]);
}

#[test]
fn the_revenue_of_each_line_follows_from_published_figures() {
    let figures = table("figures.csv");
    let figure = |key: &str| {
        let row = figures.iter().find(|row| row["key"] == key).unwrap_or_else(|| panic!("no figure {key}"));
        row["value"].parse::<f64>().unwrap()
    };
    let talkbiz = figure("revenue-talkbiz");
    let stories = figure("revenue-story");
    let content = figure("revenue-game") + figure("revenue-music") + stories;
    let pay = (figure("revenue-platform-other") - figure("revenue-mobility-gross")) / 2.0;
    let scenario = kakao();
    for (line, revenue) in [
        ("gift_shop", 0.45 * talkbiz),
        ("talk_channel", 0.55 * talkbiz),
        ("kakao_t", figure("revenue-mobility-net")),
        ("pay", pay),
        ("content", content),
    ] {
        let terms = &scenario.lines.iter().find(|other| other.id == line).unwrap().terms;
        let Money(year) = terms.profile.revenue(Hours(0.0), Hours(8760.0));
        assert!(
            (year - revenue).abs() <= 1.0,
            "{line}: {year} in the scenario, {revenue} from the figures"
        );
    }
    let left =
        scenario.lines.iter().find(|line| line.id == "content").unwrap().terms.path.stages()[1].lost_from;
    assert!((left.get() - stories / content).abs() < 5e-4);
    let paid: f64 = scenario.outflows[0].terms.of(Hours(127.5), &[]).0;
    assert!((paid - figure("compensation-total")).abs() < 1.0, "{paid}");
}

#[test]
fn figures_that_are_no_events_cite_a_known_source() {
    let rows = table("../case-figures.csv");
    assert!(rows.len() >= 10, "{} rows", rows.len());
    let mut keys = BTreeSet::new();
    for row in rows {
        assert!(library::sources().contains_key(&row["source"]), "{row:?}");
        assert!(["high", "medium", "low"].contains(&row["confidence"].as_str()), "{row:?}");
        assert!(row["value"].parse::<f64>().is_ok(), "{row:?}");
        assert!(keys.insert((row["event"].clone(), row["key"].clone())), "twice: {row:?}");
    }
}

#[test]
fn every_shape_has_a_week_of_whole_shares_and_says_what_was_measured() {
    let mut files = 0;
    for file in std::fs::read_dir("data/profiles").unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let shape: toml::Table = toml::from_str(&text).unwrap();
        let id = shape["id"].as_str().unwrap();
        let bundled = library::shape(id).unwrap_or_else(|| panic!("{id} is not bundled"));
        let week: f64 = bundled.week().weights().iter().sum();
        assert!(week > 0.0 && bundled.week().weights().iter().all(|share| *share >= 0.0), "{id}");
        for part in ["band", "day"] {
            let parts = shape[part].as_array().unwrap();
            let share = |part: &toml::Value| {
                part["share"].as_float().unwrap_or_else(|| part["share"].as_integer().unwrap() as f64)
            };
            let whole: f64 = parts.iter().map(share).sum();
            assert!((whole - 100.0).abs() < 0.5, "{id}: {part} shares come to {whole}");
            for part in parts {
                assert!(library::sources().contains_key(part["source"].as_str().unwrap()), "{id}");
                // What we made up is never taken for what a source printed.
                let own = part["source"].as_str() == Some("own-work");
                assert!(!own || part["basis"].as_str() != Some("measured"), "{id}: {part:?}");
            }
        }
        assert!(bundled.note.as_ref().is_some_and(|note| note.len() > 100), "{id} tells no limits");
        files += 1;
    }
    assert_eq!(files, 10);
}

#[test]
fn the_gift_shop_is_an_assumption_and_keeps_the_order_that_was_published() {
    let shape = library::shape("kr-gift-shop").unwrap();
    assert!(shape.label().en.contains("assumption") && shape.label().ko.contains("가정"));
    assert!(shape.rule.contains("ASSUMPTION OF OURS"));
    let text = std::fs::read_to_string("data/profiles/kr-gift-shop.toml").unwrap();
    assert!(!text.contains("basis = \"measured\"") && !text.contains("basis = \"residual\""));
    let week = shape.week();
    let monday = &week.weights()[..24];
    let most = |hours: &[f64]| hours.iter().copied().fold(0.0, f64::max);
    assert_eq!(monday[9], most(monday), "09 is the busiest hour");
    let others: Vec<f64> = (0..24).filter(|hour| *hour != 9).map(|hour| monday[hour]).collect();
    assert_eq!(monday[0], most(&others), "then midnight");
    assert_eq!(monday[9], most(week.weights()), "Monday is the busiest day");
}
