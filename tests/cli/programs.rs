//! JSON, CSV and the schema, as programs read them.

use super::*;

#[test]
fn json_names_its_schema_and_agrees_with_csv() {
    for (name, _) in SCENARIOS {
        let run = netloss(&["project", name, "--format", "json"]);
        let document: Value = serde_json::from_str(&run.out).unwrap();
        assert_eq!(document["schema"], "netloss.project/1", "{name}");
        let rows = document["rows"].as_array().unwrap();
        let kinks = document["kinks"].as_array().unwrap();
        // The loss of five days was published as a sum, so nothing turns within them.
        assert!(!rows.is_empty() && (!kinks.is_empty() || name == "delta-2024"), "{name}");
        for key in ["name", "currency", "timezone", "start", "dead_zones", "falls", "assumptions"] {
            assert!(document.get(key).is_some(), "{key} of {name}");
        }
        for row in rows {
            let sum = |key: &str| -> f64 { amounts(&row[key]).iter().sum() };
            let one = |key: &str| row[key].as_f64().unwrap();
            let paid = ["recoveries", "payouts", "hedges", "third_party"].map(sum);
            let net =
                one("economic_loss") - paid.iter().sum::<f64>() + one("haircuts") + one("programme_cost");
            assert!((net - row["net"].as_f64().unwrap()).abs() < 0.01, "{name}: {row}");
            assert!((sum("retained") - net).abs() < 0.01, "{name}: {row}");
        }
        let csv = netloss(&["project", name, "--format", "csv"]);
        let mut csv = csv::Reader::from_reader(csv.out.as_bytes());
        let headings = csv.headers().unwrap().clone();
        let records: Vec<csv::StringRecord> = csv.records().map(Result::unwrap).collect();
        assert_eq!(records.len(), rows.len(), "{name}");
        for (record, row) in records.iter().zip(rows) {
            for (heading, cell) in headings.iter().zip(record) {
                let cell: f64 = cell.parse().unwrap();
                let (key, part) = heading.split_once('.').unwrap_or((heading, ""));
                let told = match key {
                    "outflow" => &row["outflows"][part],
                    "recovery" => &row["recoveries"][part],
                    "payout" => &row["payouts"][part],
                    "hedge" => &row["hedges"][part],
                    "credit" => &row["credits"][part],
                    "third_party" => &row["third_party"][part],
                    "retained" => &row["retained"][part],
                    _ => &row[key],
                };
                let told = told.as_f64().unwrap();
                assert!((told - cell).abs() <= told.abs() * 1e-12, "{heading} of {name}: {told} {cell}");
            }
        }
    }
}

#[test]
fn every_key_that_a_result_cites_is_told_with_its_source() {
    for (name, text) in SCENARIOS {
        let run = netloss(&["project", name, "--format", "json", "--sources"]);
        let document: Value = serde_json::from_str(&run.out).unwrap();
        let told = document["sources"].as_object().unwrap();
        // Every key that the file writes, of the parts and of published figures alike.
        let scenario: toml::Table = toml::from_str(text).unwrap();
        let written = scenario.values().filter_map(toml::Value::as_array).flatten();
        let written = written.filter_map(|part| part.get("source")).flat_map(|source| match source {
            toml::Value::Array(keys) => keys.clone(),
            key => vec![key.clone()],
        });
        for key in written.map(|key| key.as_str().unwrap().to_owned()) {
            let source = told.get(&key).unwrap_or_else(|| panic!("{name} does not tell {key}"));
            let said = |part: &str| source[part].as_str().is_some_and(|text| !text.is_empty());
            assert!(said("title") && said("kind") && said("confidence"), "{name}: {source}");
            assert!(source["kind"] == "own" || said("url") && said("date"), "{name}: {source}");
            assert!(!source["cited_by"].as_array().unwrap().is_empty(), "{name}: {source}");
        }
        let bare = netloss(&["project", name, "--format", "json"]);
        let bare: Value = serde_json::from_str(&bare.out).unwrap();
        assert!(bare.get("sources").is_none(), "{name} tells sources unasked");
        assert_eq!(bare["rows"], document["rows"], "{name}: sources move no amount");
    }
    let run = netloss(&["scenarios", "--format", "json"]);
    let document: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(document["schema"], "netloss.scenarios/1");
    assert_eq!(document["scenarios"].as_array().unwrap().len(), SCENARIOS.len());
}

#[test]
fn a_file_tells_sources_of_its_own() {
    let folder = TempDir::new().unwrap();
    let own = SHOP.replace("[outage]", "[sources.ledger]\ntitle = \"Our ledger\"\n[outage]");
    let own = write(&folder, "shop.toml", &format!("{own}source = \"ledger\"\n"));
    let run = netloss(&["project", text(&own), "--sources"]);
    assert!(run.out.contains("- ledger: shop\n  Our ledger\n"), "{}", run.out);
}

#[test]
fn ten_faults_are_told_in_one_run_each_with_its_place() {
    let run = in_folder(
        Path::new("tests/cli/faults/ten-faults.in"),
        &["check", "ten-faults.toml", "--format", "json"],
    );
    assert_eq!(run.code, 3);
    let document: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(document["schema"], "netloss.check/1");
    let told = document["findings"].as_array().unwrap().iter();
    let told: Vec<_> = told
        .map(|finding| {
            assert!(!finding["mend"].as_str().unwrap().is_empty(), "{finding}");
            assert_eq!(finding["file"], "ten-faults.toml");
            let place = |key: &str| finding[key].as_u64().unwrap();
            (finding["severity"].as_str().unwrap(), place("line"), place("column"))
        })
        .collect();
    let expected = [
        ("error", 6, 1, "unknown key"),
        ("error", 15, 24, "not a number"),
        ("error", 16, 19, "a share that could be per cent"),
        ("error", 18, 1, "an id given twice"),
        ("error", 20, 24, "infinity"),
        ("error", 25, 12, "a negative amount"),
        ("error", 27, 1, "no limit"),
        ("error", 32, 18, "a wait that outlasts the indemnity period"),
        ("error", 40, 20, "a cover that can never pay"),
        ("warning", 54, 1, "a gap between layers"),
        ("error", 63, 10, "shares above 100 %"),
    ];
    for (place, (severity, line, column, what)) in expected.into_iter().enumerate() {
        assert_eq!(told.get(place), Some(&(severity, line, column)), "{what}");
    }
    assert_eq!(told.len(), expected.len());
}

#[test]
fn every_bundled_scenario_passes_its_check() {
    for (name, text) in SCENARIOS {
        let run = netloss(&["check", name]);
        assert_eq!(run.code, 0, "{name}: {}", run.out);
        assert!(!run.out.contains("error: "), "{name}: {}", run.out);
        let file = fs::read_to_string(format!("data/scenarios/{name}.toml")).unwrap();
        assert_eq!(file, text, "the bundled text is the file in data/");
    }
}

#[test]
fn the_json_schema_agrees_with_the_bundled_scenarios() {
    let schema: Value = serde_json::from_str(&netloss(&["schema"]).out).unwrap();
    let sections: BTreeSet<&str> =
        schema["properties"].as_object().unwrap().keys().map(String::as_str).collect();
    let expected = [
        "format",
        "name",
        "description",
        "currency",
        "timezone",
        "premium_counted",
        "view",
        "assumptions",
        "sources",
        "policy_year",
        "outage",
        "line",
        "outflow",
        "measure",
        "cover",
        "parametric",
        "hedge",
        "basis",
        "peril",
        "supplier",
        "annual",
        "recovery_quality",
        "over_recovery",
        "reported",
        "expected_events",
        "fx",
        "cash",
        "reserve",
        "credit_line",
        "equity_put",
        "currency_hedge",
    ];
    assert_eq!(sections, BTreeSet::from(expected));
    let own =
        ["explain-terms.in/every-term.toml", "explain-hedges.in/book.toml", "korean.in/선물하기.toml"];
    let own = own.map(|file| (file, fs::read_to_string(format!("tests/cli/{file}")).unwrap()));
    let own = own.iter().map(|(file, text)| (*file, text.as_str()));
    for (name, text) in SCENARIOS.into_iter().chain(own) {
        let scenario: toml::Table = toml::from_str(text).unwrap();
        let scenario = serde_json::to_value(scenario).unwrap();
        assert_eq!(refused(&schema, &scenario, ""), None, "{name}");
    }
    for (old, new, place) in [
        ("cause = ", "casue = ", ".outage.casue"),
        ("format = 1", "format = 2", ".format"),
        ("limit = \"30억\"", "limit = true", ".cover[0].layer[0].limit"),
        ("currency = ", "curency = ", ".curency"),
        ("[[reported]]", "[[published]]", ".published"),
    ] {
        let text = SCENARIOS.iter().map(|(_, text)| text).find(|text| text.contains(old)).unwrap();
        let scenario: toml::Table = toml::from_str(&text.replacen(old, new, 1)).unwrap();
        let scenario = serde_json::to_value(scenario).unwrap();
        assert_eq!(refused(&schema, &scenario, "").as_deref(), Some(place), "{new}");
    }
}

#[test]
fn the_json_schema_of_schemes_agrees_with_the_bundled_schemes() {
    let schema: Value = serde_json::from_str(&netloss(&["schema", "scheme"]).out).unwrap();
    for (name, text) in netloss::read::library::SCHEMES {
        let scheme: toml::Table = toml::from_str(text).unwrap();
        let scheme = serde_json::to_value(scheme).unwrap();
        assert_eq!(refused(&schema, &scheme, ""), None, "{name}");
        let exported = netloss(&["schemes", name, "--format", "toml"]);
        assert_eq!(exported.out, text, "{name}");
    }
}

#[cfg(not(feature = "batch"))]
#[test]
fn a_build_without_parquet_says_which_build_has_it() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("rows.parquet");
    for arguments in [&["-o", text(&file)][..], &[]] {
        let run = netloss(&[&["project", "starter", "--format", "parquet"], arguments].concat());
        assert_eq!(run.code, 2, "{arguments:?}");
        assert!(run.err.contains("cargo build --release --features batch"), "{}", run.err);
    }
    assert!(names(&folder).is_empty());
    let scenario = SHOP.replace("per_hour = \"1억\"", "hourly = \"sales.parquet\"");
    let scenario = write(&folder, "scenario.toml", &scenario);
    write(&folder, "sales.parquet", "PAR1");
    let run = netloss(&["check", text(&scenario)]);
    assert_eq!(run.code, 3);
    assert!(run.out.contains("cargo build --release --features batch"), "{}", run.out);
}
