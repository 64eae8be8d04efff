//! `simulate` and `merge`: the same bytes, however the work is shared out.

use super::*;

const SCENARIO: &str = "tests/simulation/hour_of_week.toml";
const YEARS: &str = "300_000";

#[test]
fn threads_change_nothing() {
    let run = |threads| {
        netloss(&["simulate", SCENARIO, "--years", YEARS, "--threads", threads, "--format", "json"]).out
    };
    let one = run("1");
    assert!(one.contains("\"years\": 300000"));
    assert_eq!(one, run("2"));
    assert_eq!(one, run("7"));
}

#[test]
fn shards_come_to_what_one_run_comes_to() {
    let folder = TempDir::new().unwrap();
    let file = |name: &str| folder.path().join(name);
    let shown = ["--format", "json", "--appetite", "500만", "--cost-of-capital", "8%"];
    let (table, merged_table) = (file("years.csv"), file("merged.csv"));
    let mut parts = Vec::new();
    for shard in 1..=16 {
        let part = file(&format!("part-{shard:02}.csv"));
        let run = netloss(&[
            "simulate",
            SCENARIO,
            "--years",
            YEARS,
            "--shard",
            &format!("{shard}/16"),
            "-o",
            text(&part),
        ]);
        assert_eq!(run.code, 0, "{}", run.err);
        parts.push(part);
    }
    // In any order.
    parts.rotate_left(5);
    let one = [&["simulate", SCENARIO, "--years", YEARS, "--year-loss", text(&table)][..], &shown].concat();
    let one = netloss(&one);
    let mut merge: Vec<&str> = vec!["merge", "--year-loss", text(&merged_table)];
    merge.extend(parts.iter().map(|part| text(part)));
    merge.extend(shown);
    let merged = netloss(&merge);
    assert_eq!((one.code, merged.code), (0, 0), "{}{}", one.err, merged.err);
    // The hours until one outage passes an amount need the scenario, and no years.
    let without_hours = |text: &str| {
        let mut document: Value = serde_json::from_str(text).unwrap();
        document["appetite"].as_object_mut().unwrap().remove("hours_until_passed");
        document.to_string()
    };
    assert_eq!(without_hours(&one.out), without_hours(&merged.out));
    assert!(fs::read(&table).unwrap() == fs::read(&merged_table).unwrap());

    let missing = netloss(&["merge", text(&parts[0]), text(&parts[1]), text(&parts[1])]);
    assert_eq!(missing.code, 3);
    assert!(missing.err.contains("is there twice") && missing.err.contains("shards are missing: 1/16"));
}

#[test]
fn parts_of_different_runs_are_not_put_together() {
    let folder = TempDir::new().unwrap();
    let part = |name: &str, seed: &str, shard: &str| {
        let path = folder.path().join(name);
        let run = netloss(&[
            "simulate",
            SCENARIO,
            "--years",
            "40_000",
            "--seed",
            seed,
            "--shard",
            shard,
            "-o",
            text(&path),
        ]);
        assert_eq!(run.code, 0, "{}", run.err);
        path
    };
    let (one, other) = (part("one.csv", "1", "1/2"), part("other.csv", "2", "2/2"));
    let run = netloss(&["merge", text(&one), text(&other)]);
    assert_eq!(run.code, 3);
    assert!(run.err.contains("is of another run than"), "{}", run.err);

    let cut = folder.path().join("cut.csv");
    let whole = fs::read_to_string(&one).unwrap();
    let lines: Vec<&str> = whole.lines().take(10_000).collect();
    fs::write(&cut, lines.join("\n")).unwrap();
    let run = netloss(&["merge", text(&cut), text(&part("two.csv", "1", "2/2"))]);
    assert_eq!(run.code, 3);
    assert!(run.err.contains("are not all there"), "{}", run.err);

    let year_table = folder.path().join("years.csv");
    netloss(&["simulate", SCENARIO, "--years", "100", "--year-loss", text(&year_table)]);
    let run = netloss(&["merge", text(&year_table)]);
    assert_eq!(run.code, 3);
    assert!(run.err.contains("no part of a run"), "{}", run.err);
}

#[test]
fn outages_add_up_to_their_years() {
    let folder = TempDir::new().unwrap();
    let (years, outages) = (folder.path().join("years.csv"), folder.path().join("outages.csv"));
    let run = netloss(&[
        "simulate",
        SCENARIO,
        "--years",
        "20_000",
        "--year-loss",
        text(&years),
        "--event-loss",
        text(&outages),
    ]);
    assert_eq!(run.code, 0, "{}", run.err);
    let column = |path: &Path, name: &str| -> Vec<(usize, f64)> {
        let mut reader = csv::Reader::from_path(path).unwrap();
        let place = reader.headers().unwrap().iter().position(|header| header == name).unwrap();
        let row = |row: csv::StringRecord| (row[0].parse().unwrap(), row[place].parse().unwrap());
        reader.records().map(|record| row(record.unwrap())).collect()
    };
    for name in ["gross", "cover.bi", "payout.hourly"] {
        let mut sums = vec![0.0; 20_001];
        for (year, amount) in column(&outages, name) {
            sums[year] += amount;
        }
        for (year, amount) in column(&years, name) {
            assert!(
                (sums[year] - amount).abs() < 1e-6,
                "{name} of year {year}: {} and {amount}",
                sums[year]
            );
        }
    }
}

#[test]
fn draws_until_the_means_are_known_well_enough() {
    let run = |until: &str| {
        let run = netloss(&["simulate", SCENARIO, "--until", until, "--format", "json"]);
        let document: Value = serde_json::from_str(&run.out).unwrap();
        let part = |of: &str| document[of]["se"].as_f64().unwrap() / document[of]["mean"].as_f64().unwrap();
        (document["years"].as_u64().unwrap(), part("gross").max(part("net")))
    };
    let (years, error) = run("0.5%");
    assert!(error <= 0.005, "{error}");
    assert_eq!(years % 16_384, 0);
    let (fewer, error) = run("1%");
    assert!(error <= 0.01 && fewer < years, "{fewer} and {years} years");
    // No more than was said, known well enough or not.
    let most = netloss(&["simulate", SCENARIO, "--until", "0.1%", "--years", "50_000", "--format", "json"]);
    assert!(most.out.contains("\"years\": 50000,"), "{}", most.err);
}
