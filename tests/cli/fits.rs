//! Fits: the peril that a fit proposes, encodings of histories, and the page's width.

use super::*;
use netloss::peril::Law;
use netloss::read::{Overrides, read};

const HISTORY: &str = "tests/cli/fit.in/outages.csv";
const KNOWN: [&str; 4] = ["--from", "2017-01-01", "--to", "2025-12-31"];

fn json_of(arguments: &[&str]) -> Value {
    let all = [&["fit"], arguments, &["--resamples", "19", "--format", "json"]].concat();
    let run = netloss(&all);
    assert_eq!(run.code, 0, "{}", run.err);
    serde_json::from_str(&run.out).unwrap()
}

#[test]
fn a_proposed_peril_can_be_pasted_into_a_scenario() {
    for law in ["lognormal", "weibull", "gamma", "pareto"] {
        for least in [None, Some("1h")] {
            let mut arguments = [&[HISTORY, "--law", law], &KNOWN[..]].concat();
            arguments.extend(least.iter().flat_map(|least| ["--at-least", least]));
            let document = json_of(&arguments);
            let scenario = format!("{SHOP}{}", document["peril"].as_str().unwrap());
            let reading = read(&scenario, None, &Overrides::default());
            assert!(reading.findings.is_empty(), "{law}: {:?}", reading.findings);
            let perils = reading.scenario.unwrap().perils;
            let pasted = match *perils[0].terms.duration.law() {
                Law::Lognormal { median, sigma } => [median, sigma],
                Law::Weibull { shape, scale } | Law::Gamma { shape, scale } => [shape, scale],
                Law::Pareto { minimum, alpha } => [minimum, alpha],
                ref other => panic!("{law}: {other:?}"),
            };
            let parameters = document["laws"][0]["parameters"].as_object().unwrap();
            for (pasted, fitted) in pasted.iter().zip(parameters.values()) {
                let fitted = fitted["value"].as_f64().unwrap();
                assert!((pasted / fitted - 1.0).abs() < 1e-5, "{law}: {pasted}, {fitted}");
            }
            let run = piped(&["simulate", "-", "--years", "100"], scenario.as_bytes());
            assert_eq!(run.code, 0, "{law}: {}", run.err);
        }
    }
}

/// A history of forty outages with these durations, in hours, one a month.
fn history(hours: impl Fn(f64) -> f64) -> String {
    let row = |place: u32| {
        let (year, month) = (2020 + place / 12, 1 + place % 12);
        format!("{year}-{month:02}-01,{}\n", hours((f64::from(place) + 0.5) / 40.0))
    };
    format!("start,hours\n{}", (0..40).map(row).collect::<String>())
}

#[test]
fn a_peril_with_a_tail_can_be_pasted_in_place_of_the_plain_one() {
    let folder = TempDir::new().unwrap();
    let heavy = write(&folder, "heavy.csv", &history(|u| (1.0 - u).powf(-1.5)));
    for (file, endless) in [(HISTORY, false), (text(&heavy), true)] {
        for more in [&[][..], &["--at-least", "1h"], &["--law", "gamma"]] {
            let document = json_of(&[&[file], more].concat());
            let second = &document["peril_with_tail"];
            assert_eq!(second["usable"], true, "{second}");
            let pasted = second["peril"].as_str().unwrap();
            assert_eq!(pasted.contains("at_most"), endless, "{pasted}");
            let scenario = format!("{SHOP}{pasted}");
            let reading = read(&scenario, None, &Overrides::default());
            assert!(reading.findings.is_empty(), "{:?}", reading.findings);
            let perils = reading.scenario.unwrap().perils;
            let duration = &perils[0].terms.duration;
            let Law::Tail { threshold, scale, shape, .. } = *duration.law() else { panic!("no tail") };
            let tail = &document["tail"];
            for (pasted, fitted) in [
                (threshold, &tail["threshold"]),
                (scale, &tail["scale"]["value"]),
                (shape, &tail["shape"]["value"]),
            ] {
                assert!((pasted - fitted.as_f64().unwrap()).abs() < 1e-5 * pasted.abs().max(0.1));
            }
            let reported = document["laws"].as_array().unwrap().iter();
            let reported = reported.filter(|law| law["law"] == document["best"]);
            let reported = reported.map(|law| law["reported"].as_f64().unwrap_or(1.0)).next().unwrap();
            let passed = duration.quantile(1.0 - 0.01 * reported).0;
            let said = second["one_outage_in_100_passes"].as_f64().unwrap();
            assert!((passed / said - 1.0).abs() < 1e-4, "{passed}, {said}");
            let run = piped(&["simulate", "-", "--years", "100"], scenario.as_bytes());
            assert_eq!(run.code, 0, "{}", run.err);
            let both = format!("{SHOP}{}{pasted}", document["peril"].as_str().unwrap());
            assert_eq!(piped(&["check", "-"], both.as_bytes()).code, 3, "both would count twice");
        }
    }
}

#[test]
fn a_tail_that_is_too_uncertain_is_no_peril() {
    let folder = TempDir::new().unwrap();
    // Evenly spread durations end: their tail is lighter than any that is looked for.
    let file = write(&folder, "even.csv", &history(|u| 40.0 * u));
    let second = &json_of(&[text(&file)])["peril_with_tail"];
    assert_eq!((&second["usable"], &second["because"]), (&false.into(), &"no_standard_error".into()));
    let page = netloss(&["fit", text(&file), "--resamples", "19"]).out.replace('\n', " ");
    assert!(page.contains("the tail is too uncertain for a peril"), "{page}");
    assert!(!page.contains("second choice"), "{page}");
}

#[test]
fn a_history_is_the_same_in_every_encoding_and_from_a_pipe() {
    let folder = TempDir::new().unwrap();
    let text_of = "시작,시간\n2020-01-01,4시간 30분\n2021-01-01,2\n2022-01-01,9\n";
    // The same as CP949 writes it.
    let mut cp949 = text_of.as_bytes().to_vec();
    for (from, to) in [
        ("시작", &b"\xbd\xc3\xc0\xdb"[..]),
        ("시간", b"\xbd\xc3\xb0\xa3"),
        ("시간", b"\xbd\xc3\xb0\xa3"),
        ("분", b"\xba\xd0"),
    ] {
        let at = cp949.windows(from.len()).position(|bytes| bytes == from.as_bytes()).unwrap();
        cp949.splice(at..at + from.len(), to.iter().copied());
    }
    let plain = json_of(&[text(&write(&folder, "plain.csv", text_of))]);
    let marked = format!("\u{feff}{}", text_of.replace('\n', "\r\n"));
    assert_eq!(json_of(&[text(&write(&folder, "marked.csv", &marked))]), plain);
    let file = folder.path().join("cp949.csv");
    fs::write(&file, &cp949).unwrap();
    assert_eq!(json_of(&[text(&file)]), plain);
    let run = piped(&["fit", "-", "--resamples", "19", "--format", "json"], &cp949);
    assert_eq!(serde_json::from_str::<Value>(&run.out).unwrap(), plain);
    fs::write(&file, b"start,hours\n2020-01-01,\xff\xff\n").unwrap();
    let run = netloss(&["fit", text(&file)]);
    assert!(run.code == 3 && run.err.contains(":2: neither UTF-8 nor CP949"), "{}", run.err);
}

#[test]
fn the_page_of_a_fit_is_eighty_columns_wide_and_goes_to_a_file() {
    for lang in ["en", "ko"] {
        for more in [&[][..], &["--at-least", "2h"], &KNOWN] {
            let arguments = [&["fit", HISTORY, "--lang", lang, "--resamples", "19"], more].concat();
            narrow(&netloss(&arguments), 80, &arguments.join(" "));
        }
    }
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("fit.txt");
    let arguments = ["fit", HISTORY, "--resamples", "19", "-o", text(&file)];
    assert_eq!(netloss(&arguments).code, 0);
    assert_eq!(netloss(&arguments).code, 5, "it is not overwritten");
    assert_eq!(netloss(&[&arguments[..], &["--force"]].concat()).code, 0);
    assert!(fs::read_to_string(&file).unwrap().contains("[[peril]]"));
}

#[test]
fn the_seed_decides_what_is_drawn_and_nothing_else() {
    let with = |seed: &str| json_of(&[&[HISTORY, "--seed", seed], &KNOWN[..]].concat());
    let (first, again, other) = (with("1"), with("1"), with("2"));
    assert_eq!(first, again);
    let distance = |of: &Value| of["laws"][1]["ad"]["distance"].clone();
    assert_eq!(distance(&first), distance(&other));
    assert_ne!(first["laws"], other["laws"]);
}
