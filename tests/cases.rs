//! Cases: pages that a broker can check with a pencil.
//!
//! Each file in `tests/cases` holds a whole scenario and what it comes to: under
//! `[[expect]]` the figures of one duration with their reason, under `[year]` those
//! of each outage of a policy year, under `[[kink]]` every turn of the curve in order. Keys are those of the JSON that `netloss
//! project --format json` writes; a page gives those that it is about.

#![cfg(feature = "cli")]

use std::fs;
use std::path::PathBuf;

use netloss::projection::Projection;
use netloss::read::{Overrides, Severity, parse_duration, read};
use netloss::view::json::write;
use serde::Deserialize;
use serde_json::{Map, Value, json};

type Figures = Map<String, Value>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Page {
    /// What the page works through.
    name: String,
    /// The worked example that it follows.
    source: String,
    /// Currency of its amounts, or `any`.
    unit: String,
    /// How what payers pay together is shared out: `shapley`, or as they are asked.
    attribution: Option<String>,
    scenario: String,
    expect: Vec<Row>,
    /// The policy year, where the page has several outages.
    #[serde(default)]
    year: Figures,
    #[serde(default)]
    kink: Vec<Figures>,
    /// What is said once for all durations, such as a rate on line.
    #[serde(default)]
    document: Figures,
    dead_zones: Option<Vec<[f64; 2]>>,
    falls: Option<Vec<[f64; 2]>>,
}

/// What one duration comes to, and why.
#[derive(Deserialize)]
struct Row {
    at: String,
    because: String,
    #[serde(flatten)]
    figures: Figures,
}

impl Page {
    /// Projects the scenario over the durations of the page.
    fn project(&self) -> Result<Value, String> {
        let hours = |row: &Row| parse_duration(&row.at).map_err(|fault| fault.message);
        let durations = self.expect.iter().map(hours).collect::<Result<_, _>>()?;
        let reading = read(&self.scenario, None, &Overrides { start: None, durations: Some(durations) });
        let errors = reading.findings.iter().filter(|finding| finding.severity == Severity::Error);
        let errors: Vec<_> = errors.map(|finding| finding.message.as_str()).collect();
        let scenario = reading.scenario.filter(|_| errors.is_empty()).ok_or_else(|| errors.join("; "))?;
        let mut projection = Projection::new(&scenario);
        if self.attribution.as_deref() == Some("shapley") {
            projection = projection.over_every_order(&scenario).map_err(|error| error.to_string())?;
        }
        serde_json::from_str(&write(&scenario, &projection)).map_err(|e| e.to_string())
    }

    /// Lays the page beside the projection, and tells wherever they part.
    fn differences(&self, got: &Value) -> Vec<String> {
        let mut found = Vec::new();
        let currency = if self.unit == "any" { "XTS" } else { &self.unit };
        compare("currency", &json!(currency), &got["currency"], &mut found);
        for (place, row) in self.expect.iter().enumerate() {
            let mut parted = Vec::new();
            for (key, figure) in &row.figures {
                compare(key, figure, &got["rows"][place][key], &mut parted);
            }
            found.extend(parted.into_iter().map(|text| format!("at {}: {text} ({})", row.at, row.because)));
        }
        for (key, figure) in &self.year {
            compare(&format!("year.{key}"), figure, &got["year"][key], &mut found);
        }
        for (key, figure) in &self.document {
            compare(key, figure, &got[key], &mut found);
        }
        if !self.kink.is_empty() {
            compare("kinks", &json!(self.kink), &got["kinks"], &mut found);
        }
        for (name, stretches) in [("dead_zones", &self.dead_zones), ("falls", &self.falls)] {
            let ends = |[from, to]: &[f64; 2]| json!({ "from_hours": from, "to_hours": to });
            if let Some(stretches) = stretches {
                compare(name, &stretches.iter().map(ends).collect(), &got[name], &mut found);
            }
        }
        found
    }
}

/// Compares each leaf that is expected with what stands under the same path.
fn compare(path: &str, expected: &Value, got: &Value, found: &mut Vec<String>) {
    match (expected, got) {
        (Value::Object(expected), Value::Object(_)) => {
            for (key, expected) in expected {
                compare(&format!("{path}.{key}"), expected, &got[key], found);
            }
        }
        (Value::Array(expected), Value::Array(got)) if expected.len() == got.len() => {
            for (place, (expected, got)) in expected.iter().zip(got).enumerate() {
                compare(&format!("{path}[{place}]"), expected, got, found);
            }
        }
        (Value::Array(expected), Value::Array(got)) => {
            let brief = |item: &Value| match item["cause"].as_str() {
                Some(cause) => format!("{cause} at {} h", item["hours"]),
                None => item.to_string(),
            };
            let list = |items: &[Value]| items.iter().map(brief).collect::<Vec<_>>().join(", ");
            found.push(format!("{path} should be [{}], are [{}]", list(expected), list(got)));
        }
        _ if same(path, expected, got) => {}
        _ => found.push(format!("{path} should be {expected}, is {got}")),
    }
}

/// Moments are good to a second and amounts to a millionth of the unit; slopes and
/// jumps, which are measured beside a kink, to a millionth of themselves.
fn same(path: &str, expected: &Value, got: &Value) -> bool {
    let (Some(expected), Some(got)) = (expected.as_f64(), got.as_f64()) else { return expected == got };
    let size = expected.abs();
    let slack = match path {
        path if path.ends_with("hours") => 1.0 / 3600.0,
        path if path.starts_with("kinks") => 1e-6 * size.max(1.0),
        _ => 1e-6 + 1e-12 * size,
    };
    (expected - got).abs() <= slack
}

/// Returns every page under the name of its file.
fn pages() -> Vec<(String, Page)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases");
    let page = |path: PathBuf| {
        let file = path.file_stem().unwrap().to_string_lossy().into_owned();
        let page = toml::from_str(&fs::read_to_string(path).unwrap());
        let page = page.unwrap_or_else(|error| panic!("{file}: {error}"));
        (file, page)
    };
    let mut pages: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| page(entry.unwrap().path())).collect();
    pages.sort_by(|(a, _), (b, _)| a.cmp(b));
    pages
}

#[test]
fn every_page_comes_to_what_it_says() {
    let mut found = Vec::new();
    for (file, page) in pages() {
        println!("{file}: {} ({}; {} rows)", page.name, page.source, page.expect.len());
        let differences = page.project().map_or_else(|errors| vec![errors], |got| page.differences(&got));
        found.extend(differences.into_iter().map(|difference| format!("{file} {difference}")));
    }
    assert!(found.is_empty(), "{} differences\n{}", found.len(), found.join("\n"));
}

#[test]
fn a_page_that_is_off_in_every_figure_is_told_of_each() {
    for (file, mut page) in pages() {
        let got = page.project().unwrap();
        let mut wrong = 0;
        for row in &mut page.expect {
            row.figures.insert("misspelt".into(), json!(0));
        }
        let rows = page.expect.iter_mut().map(|row| &mut row.figures);
        for figure in
            rows.chain(&mut page.kink).chain([&mut page.year, &mut page.document]).flat_map(Map::values_mut)
        {
            wrong += put_off(figure);
        }
        for stretch in page.dead_zones.iter_mut().chain(&mut page.falls).flatten() {
            *stretch = stretch.map(|hours| hours + 0.01);
            wrong += stretch.len();
        }
        assert_eq!(page.differences(&got).len(), wrong, "{file}: an expectation is idle");
    }
}

/// Puts each leaf a little off, and returns how many there are.
fn put_off(figure: &mut Value) -> usize {
    match figure {
        Value::Object(figures) => return figures.values_mut().map(put_off).sum(),
        Value::Array(figures) => return figures.iter_mut().map(put_off).sum(),
        _ => {}
    }
    *figure = figure.as_f64().map_or_else(|| json!("another word"), |number| json!(number * 1.003 + 0.011));
    1
}
