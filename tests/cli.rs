//! The command line as its users meet it.
//!
//! `tests/cli/` holds transcripts that can be read as documentation: what was
//! typed, what was printed, and the exit code behind `?`. `tests/cli/faults/`
//! holds a small scenario for each fault that a file can have, with its message.
//! Where a text was changed on purpose,
//!
//! ```text
//! TRYCMD=overwrite cargo test --test cli transcripts
//! ```
//!
//! writes the new one into the transcripts; read the difference before you keep
//! it. `cargo test --test cli transcripts -- trycmd=covers` runs one of them.
//!
//! What a transcript cannot show stands below: exit codes, files, pipes,
//! colours, widths, encodings, and that the JSON Schema agrees with the files.
#![cfg(feature = "cli")]

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use netloss::read::library::{SCENARIOS, STARTER};
use serde_json::{Value, json};
use tempfile::TempDir;
use unicode_width::UnicodeWidthStr;

const NETLOSS: &str = env!("CARGO_BIN_EXE_netloss");

/// A scenario without a fault, of seven lines and a table of three.
const SHOP: &str = r#"format = 1
name = "Shop"
currency = "KRW"
timezone = "Asia/Seoul"
[outage]
start = "2022-10-15T15:30"
durations = ["4h", "24h"]
[[line]]
id = "shop"
revenue = { per_hour = "1억" }
"#;

#[test]
fn transcripts() {
    trycmd::TestCases::new()
        .register_bin("netloss", Path::new(NETLOSS))
        .env("COLUMNS", "80")
        .env("NO_COLOR", "")
        .case("tests/cli/*.trycmd")
        .case("tests/cli/*.toml")
        .case("tests/cli/faults/*.trycmd");
}

#[test]
fn every_faulty_scenario_stands_in_a_transcript() {
    let faults = Path::new("tests/cli/faults");
    let mut scenarios = 0;
    for folder in entries(faults).into_iter().filter(|path| path.is_dir()) {
        let transcript = fs::read_to_string(folder.with_extension("trycmd")).unwrap();
        let files = entries(&folder);
        let files = files.iter().filter(|file| file.extension().is_some_and(|suffix| suffix == "toml"));
        for name in files.map(|file| file.file_name().unwrap().to_str().unwrap()) {
            assert!(transcript.contains(&format!(" {name}\n")), "{} in {}", name, folder.display());
            scenarios += 1;
        }
    }
    assert!(scenarios > 150, "{scenarios} faulty scenarios");
}

// ── Exit codes ───────────────────────────────────────────────────────────────

#[test]
fn the_exit_code_says_what_went_wrong() {
    let folder = TempDir::new().unwrap();
    let faulty = write(&folder, "faulty.toml", &SHOP.replace("1억", "-1억"));
    let odd = write(&folder, "odd.toml", &(SHOP.to_owned() + &cover("a") + &cover("b")));
    let nowhere = folder.path().join("no/such/folder/page.txt");
    let (faulty, odd, nowhere) = (text(&faulty), text(&odd), text(&nowhere));
    for (arguments, code, because) in [
        (vec!["project"], 0, "the default scenario"),
        (vec!["check", "starter"], 0, "nothing is wrong"),
        (vec!["--help"], 0, "help was asked for"),
        (vec!["help", "project"], 0, "help was asked for"),
        (vec!["check", odd], 0, "a warning is no fault"),
        (vec![], 2, "a command is needed"),
        (vec!["frob"], 2, "no such command"),
        (vec!["project", "--durations", "soon"], 2, "no such duration"),
        (vec!["explain", "starter"], 2, "no duration"),
        (vec!["explain", "starter", "--at", "4h", "--line", "x"], 2, "no such line"),
        (vec!["check", faulty], 3, "the file has a fault"),
        (vec!["project", faulty], 3, "the file has a fault"),
        (vec!["explain", faulty, "--at", "4h"], 3, "the file has a fault"),
        (vec!["check", odd, "--strict"], 4, "warnings are to count"),
        (vec!["project", odd, "--strict"], 4, "warnings are to count"),
        (vec!["check", "nowhere.toml"], 5, "no such file"),
        (vec!["check", text(folder.path())], 5, "a folder is no file"),
        (vec!["project", "starter", "-o", nowhere], 5, "no such folder"),
    ] {
        let run = netloss(&arguments);
        assert_eq!(run.code, code, "{arguments:?}: {because}\n{}{}", run.out, run.err);
        let silent = run.out.is_empty();
        assert!(code < 2 || silent || arguments[0] == "check", "{arguments:?}: no result beside a fault");
    }
}

#[test]
fn an_unknown_name_is_answered_with_the_bundled_ones() {
    let run = netloss(&["project", "kakao"]);
    assert_eq!(run.code, 5);
    for (name, _) in SCENARIOS {
        assert!(run.err.contains(name), "{name} in {}", run.err);
    }
}

// ── Files ────────────────────────────────────────────────────────────────────

#[test]
fn a_result_in_a_file_is_the_whole_of_what_stdout_would_hold() {
    let folder = TempDir::new().unwrap();
    for arguments in [
        &["project", "starter"][..],
        &["project", "starter", "--lang", "ko"],
        &["project", "starter", "--format", "json"],
        &["project", "starter", "--format", "csv"],
        &["explain", "starter", "--at", "24h"],
        &["schema"],
    ] {
        let file = folder.path().join("result");
        let run = netloss(&[arguments, &["-o", text(&file), "--force"]].concat());
        assert_eq!((run.code, run.out.as_str()), (0, ""), "{arguments:?}");
        assert_eq!(run.err, format!("wrote {}\n", file.display()), "{arguments:?}");
        assert_eq!(fs::read_to_string(&file).unwrap(), netloss(arguments).out, "{arguments:?}");
        assert_eq!(netloss(&[arguments, &["-o", "-"]].concat()).out, netloss(arguments).out);
    }
    assert_eq!(names(&folder), ["result"], "no draft is left");
}

#[test]
fn a_file_that_exists_is_replaced_only_with_force() {
    let folder = TempDir::new().unwrap();
    let file = write(&folder, "kept.txt", "kept");
    let file = text(&file);
    for arguments in [&["project", "starter", "-o", file][..], &["schema", "-o", file], &["init", file]] {
        let refused = netloss(arguments);
        assert_eq!((refused.code, refused.out.as_str()), (5, ""), "{arguments:?}");
        let (message, hint) = (format!("{file}: the file exists"), "add --force");
        assert!(refused.err.contains(&message) && refused.err.contains(hint), "{}", refused.err);
        assert_eq!(fs::read_to_string(file).unwrap(), "kept");
        assert_eq!(names(&folder), ["kept.txt"], "no draft is left");
    }
    for arguments in [&["project", "starter", "-o", file][..], &["init", file]] {
        assert_eq!(netloss(&[arguments, &["--force"]].concat()).code, 0, "{arguments:?}");
        assert_ne!(fs::read_to_string(file).unwrap(), "kept");
    }
    assert_eq!(names(&folder), ["kept.txt"], "no draft is left");
}

#[test]
fn a_file_that_cannot_be_written_leaves_nothing_behind() {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("taken")).unwrap();
    let nowhere = folder.path().join("nowhere/page.txt");
    let run = netloss(&["project", "starter", "-o", text(&nowhere)]);
    assert_eq!((run.code, run.out.as_str()), (5, ""));
    assert!(run.err.starts_with(&format!("error: {}: ", nowhere.display())), "{}", run.err);
    assert!(run.err.contains("hint: name a folder that exists"), "{}", run.err);
    let taken = folder.path().join("taken");
    for force in [&["--force"][..], &[]] {
        let run = netloss(&[&["project", "starter", "-o", text(&taken)], force].concat());
        assert_eq!(run.code, 5, "{force:?}: {}", run.err);
    }
    assert_eq!(names(&folder), ["taken"], "no draft is left");
}

#[test]
fn nothing_is_written_where_the_scenario_has_faults() {
    let folder = TempDir::new().unwrap();
    let faulty = write(&folder, "faulty.toml", "format = 1\n");
    let page = folder.path().join("page.txt");
    assert_eq!(netloss(&["project", text(&faulty), "-o", text(&page)]).code, 3);
    assert_eq!(names(&folder), ["faulty.toml"]);
}

#[cfg(unix)]
#[test]
fn a_written_file_can_be_read_by_others() {
    use std::os::unix::fs::PermissionsExt;
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("page.txt");
    assert_eq!(netloss(&["project", "starter", "-o", text(&file)]).code, 0);
    assert_eq!(fs::metadata(file).unwrap().permissions().mode() & 0o777, 0o644);
}

#[test]
fn the_scenario_to_start_from_is_the_bundled_one_and_projects() {
    assert_eq!(netloss(&["init", "-"]).out, STARTER);
    let folder = TempDir::new().unwrap();
    let run = in_folder(folder.path(), &["init"]);
    assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (0, "", "wrote scenario.toml\n"));
    assert_eq!(fs::read_to_string(folder.path().join("scenario.toml")).unwrap(), STARTER);
    assert_eq!(in_folder(folder.path(), &["check", "scenario.toml"]).code, 0);
    let own = in_folder(folder.path(), &["project", "scenario.toml"]);
    assert_eq!(own.out, netloss(&["project", "starter"]).out);
    assert_eq!(in_folder(folder.path(), &["init"]).code, 5, "it exists by now");
}

/// A scenario that can be used, with a warning.
const WARNED: &str = "tests/cli/faults/layers.in/unplaced.toml";

// ── Streams and colours ──────────────────────────────────────────────────────

#[test]
fn results_go_to_stdout_and_notes_to_stderr() {
    let table = netloss(&["project", "starter"]);
    assert!(table.err.starts_with("next: netloss explain starter --at "), "{}", table.err);
    assert!(!table.out.contains("next:"));
    for form in ["json", "csv"] {
        assert_eq!(netloss(&["project", "starter", "--format", form]).err, "", "{form}");
    }
    let tower = netloss(&["project", WARNED, "--format", "csv"]);
    assert!(tower.err.starts_with("warning: ") && tower.out.starts_with("hours,"), "{}", tower.err);
    let checked = netloss(&["check", WARNED]);
    assert!(checked.out.starts_with("warning: ") && checked.err.is_empty(), "findings are its result");
}

#[test]
fn a_scenario_can_come_from_stdin() {
    let piped = |arguments: &[&str], scenario: &str| piped(arguments, scenario.as_bytes());
    assert_eq!(piped(&["check", "-"], STARTER).code, 0);
    let table = piped(&["project", "-"], STARTER);
    assert_eq!(table.out, netloss(&["project", "starter"]).out);
    assert_eq!(piped(&["explain", "-", "--at", "4h"], STARTER).code, 0);
    let faulty = piped(&["check", "-"], "format = 2\n");
    assert!(faulty.code == 3 && faulty.out.contains("--> <stdin>:1:10"), "{}", faulty.out);
}

#[test]
fn a_reader_that_goes_away_is_no_fault() {
    let many: Vec<String> = (1..=200).map(|hours| format!("{hours}h")).collect();
    let many = many.join(",");
    for arguments in [
        // Far more than a pipe holds, so that the closed end is met.
        &["project", "kakao-2022-tower", "--format", "json", "--durations", &many][..],
        &["project", "--format", "csv", "--durations", &many],
        &["project", "starter"],
        &["explain", "--at", "24h"],
        &["check", WARNED],
        &["schema"],
        &["init", "-"],
        &["--help"],
    ] {
        let mut child = command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let run = Run::of(child.wait_with_output().unwrap());
        assert_eq!(run.code, 0, "{arguments:?}: {}", run.err);
        for word in ["panicked", "Broken pipe", "fault of netloss"] {
            assert!(!run.err.contains(word), "{arguments:?}: {}", run.err);
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_behind_stdout_is_told() {
    for arguments in [&["project", "starter"][..], &["check", WARNED], &["schema"]] {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let run = Run::of(command(arguments).stdout(full).output().unwrap());
        assert_eq!(run.code, 5, "{arguments:?}");
        assert!(run.err.contains("error: stdout: No space left"), "{}", run.err);
    }
}

#[test]
fn colour_only_where_it_is_wanted() {
    let folder = TempDir::new().unwrap();
    let faulty = write(&folder, "faulty.toml", &SHOP.replace("1억", "-1억"));
    let faulty = ["project", text(&faulty)];
    let with = |arguments: &[&str], no_color: &str| {
        let mut command = command(&[&faulty, arguments].concat());
        Run::of(command.env("NO_COLOR", no_color).output().unwrap())
    };
    for (arguments, no_color, coloured, because) in [
        (&[][..], "", false, "stderr is no terminal"),
        (&[], "1", false, "NO_COLOR is set"),
        (&["--color", "auto"], "1", false, "NO_COLOR is set"),
        (&["--color", "never"], "", false, "never is never"),
        (&["--color", "always"], "", true, "always is always"),
        (&["--color", "always"], "1", true, "a flag is nearer than the environment"),
    ] {
        let run = with(arguments, no_color);
        assert_eq!(run.code, 3);
        assert_eq!(run.err.contains("\u{1b}["), coloured, "{arguments:?}: {because}\n{}", run.err);
        assert_eq!(plain(&run.err), with(&[], "").err, "{because}: but for colour the words are the same");
    }
    let page = netloss(&["project", "starter", "--color", "always"]);
    assert!(!page.out.contains('\u{1b}'), "a page bears no colour");
}

// ── Tables ───────────────────────────────────────────────────────────────────

#[test]
fn no_line_of_a_page_is_wider_than_eighty_columns() {
    let scenarios = SCENARIOS.map(|(name, _)| name.to_owned());
    let own = ["explain-terms.in/every-term.toml", "korean.in/선물하기.toml"];
    let own = own.map(|file| format!("tests/cli/{file}"));
    for scenario in scenarios.iter().chain(&own) {
        for lang in ["en", "ko"] {
            for unit in ["auto", "won", "man", "eok", "million", "jo"] {
                let run = netloss(&["project", scenario, "--lang", lang, "--unit", unit]);
                narrow(&run, 80, &format!("project {scenario} --lang {lang} --unit {unit}"));
            }
            let narrower = netloss(&["project", scenario, "--lang", lang, "--width", "60"]);
            narrow(&narrower, 60, &format!("project {scenario} --lang {lang} --width 60"));
            for focus in parts(scenario) {
                let focus: Vec<&str> = focus.iter().map(String::as_str).collect();
                let arguments = [&["explain", scenario, "--at", "26h30m", "--lang", lang], &focus[..]];
                narrow(&netloss(&arguments.concat()), 80, &arguments.concat().join(" "));
            }
        }
    }
}

#[test]
fn text_of_a_scenario_cannot_move_the_cursor() {
    let folder = TempDir::new().unwrap();
    // TOML escapes: a colour, a bell, a cleared screen, an eight-bit escape, text
    // turned around, a mark without width, and lines of its own.
    let nasty = r#""\u001B[31mA\u0007\u001B[2J\u009B1mB\u202EC\u2066D\u200FE\nF\r\tG""#;
    let scenario = format!(
        r#"format = 1
name = {nasty}
description = {nasty}
currency = "KRW"
timezone = "Asia/Seoul"
assumptions = [{nasty}]
[sources]
own = {{ title = {nasty}, publisher = {nasty}, date = {nasty}, url = {nasty}, confidence = {nasty} }}
[outage]
start = "2022-10-15T15:30"
durations = ["4h", "24h"]
[[line]]
id = "shop"
label = {nasty}
clause = {nasty}
assumption = {nasty}
source = "own"
revenue = {{ per_hour = "1억" }}
restored = "6h"
[[outflow]]
id = "care"
label = {nasty}
clause = {nasty}
head = "extra_expense"
per_hour = 1
[[cover]]
id = "bi"
label = {nasty}
clause = {nasty}
heads = ["lost_profit"]
perils = ["any"]
deductible = "1억"
premium = 0
[[cover.layer]]
id = {nasty}
limit = "3억"
attachment = 0
shares = {{ {nasty} = "40%", "B" = "50%" }}
[[parametric]]
id = "hourly"
label = {nasty}
clause = {nasty}
pays = {{ per_hour = 1, from = "1h", to = "9h" }}
premium = 0
[[reported]]
label = {nasty}
amount = 1
"#
    );
    let scenario = write(&folder, "nasty.toml", &scenario);
    let scenario = text(&scenario);
    for lang in ["en", "ko"] {
        for focus in [&["project", scenario][..], &["project", scenario, "--width", "40"]] {
            plain_text(&netloss(&[focus, &["--lang", lang]].concat()), 0);
        }
        for focus in
            [&[][..], &["--line", "shop"], &["--line", "care"], &["--cover", "bi"], &["--cover", "hourly"]]
        {
            let run = netloss(&[&["explain", scenario, "--at", "9h", "--lang", lang], focus].concat());
            plain_text(&run, 0);
            assert!(!run.out.is_empty());
        }
    }
    for form in ["json", "csv"] {
        plain_text(&netloss(&["project", scenario, "--format", form]), 0);
    }
    let faults = format!(
        "{nasty} = 1\nname = 3\ncurrency = {nasty}\ntimezone = {nasty}\n[outage]\nstart = {nasty}\ndurations = [{nasty}]\ncause = {nasty}\n[[line]]\nid = {nasty}\n"
    );
    let faults = write(&folder, "faults.toml", &faults);
    plain_text(&netloss(&["check", text(&faults)]), 3);
    plain_text(&netloss(&["project", text(&faults)]), 3);
}

#[test]
fn a_line_that_a_finding_shows_cannot_move_the_cursor() {
    let folder = TempDir::new().unwrap();
    // Raw, as TOML itself does not let them stand, and some that it does.
    let raw = "name = \"\u{1b}[31m\u{202e}\u{7}\u{9b}1m\u{200f}\u{2066}\"\nformat = 3 \u{1b}[2J\n";
    let raw = write(&folder, "raw.toml", raw);
    plain_text(&netloss(&["check", text(&raw)]), 3);
}

#[cfg(unix)]
#[test]
fn the_name_of_a_file_cannot_move_the_cursor() {
    let folder = TempDir::new().unwrap();
    let nasty = |name: &str| folder.path().join(format!("\u{1b}[31m{name}"));
    fs::write(nasty("faulty.toml"), "format = 2\n").unwrap();
    let page = nasty("page.txt");
    plain_text(&netloss(&["check", text(&nasty("faulty.toml"))]), 3);
    plain_text(&netloss(&["check", text(&nasty("nowhere.toml"))]), 5);
    plain_text(&netloss(&["project", "starter", "-o", text(&page)]), 0);
}

// ── For programs ─────────────────────────────────────────────────────────────

#[test]
fn json_names_its_schema_and_agrees_with_csv() {
    for (name, _) in SCENARIOS {
        let run = netloss(&["project", name, "--format", "json"]);
        let document: Value = serde_json::from_str(&run.out).unwrap();
        assert_eq!(document["schema"], "netloss.project/1", "{name}");
        let rows = document["rows"].as_array().unwrap();
        let kinks = document["kinks"].as_array().unwrap();
        assert!(!rows.is_empty() && !kinks.is_empty(), "{name}");
        for key in ["name", "currency", "timezone", "start", "dead_zones", "falls", "assumptions"] {
            assert!(document.get(key).is_some(), "{key} of {name}");
        }
        for row in rows {
            let sum = |key: &str| -> f64 { amounts(&row[key]).iter().sum() };
            let net = row["economic_loss"].as_f64().unwrap() - sum("recoveries") - sum("payouts")
                + row["programme_cost"].as_f64().unwrap();
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
        "assumptions",
        "sources",
        "outage",
        "line",
        "outflow",
        "cover",
        "parametric",
        "reported",
    ];
    assert_eq!(sections, BTreeSet::from(expected));
    let own = ["explain-terms.in/every-term.toml", "korean.in/선물하기.toml"];
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

// ── Encodings and sizes ──────────────────────────────────────────────────────

#[test]
fn a_byte_order_mark_and_windows_line_ends_are_no_fault_and_move_no_place() {
    let folder = TempDir::new().unwrap();
    let faulty = SHOP.replace("1억", "-1억");
    let told = |name: &str, text_of: &str| {
        let file = write(&folder, name, text_of);
        let run = netloss(&["check", text(&file), "--format", "json"]);
        let document: Value = serde_json::from_str(&run.out).unwrap();
        let findings = document["findings"].as_array().unwrap().iter();
        let place = |finding: &Value| (finding["line"].as_u64(), finding["column"].as_u64());
        (run.code, findings.map(place).collect::<Vec<_>>())
    };
    let plain = told("plain.toml", &faulty);
    assert_eq!(plain, (3, vec![(Some(10), Some(24))]));
    let windows = |text: &str| text.replace('\n', "\r\n");
    for (name, text, expected) in [
        ("bom.toml", format!("\u{feff}{faulty}"), &plain),
        ("crlf.toml", windows(&faulty), &plain),
        ("both.toml", format!("\u{feff}{}", windows(&faulty)), &plain),
        ("good.toml", format!("\u{feff}{}", windows(SHOP)), &(0, vec![])),
        ("korean.toml", SHOP.replace("Shop", "선물하기 가게"), &(0, vec![])),
    ] {
        assert_eq!(&told(name, &text), expected, "{name}");
    }
    let shown = netloss(&["check", text(&folder.path().join("crlf.toml"))]);
    assert!(!shown.out.contains('\r'), "{:?}", shown.out);
}

#[test]
fn text_that_is_not_utf_8_is_refused_with_its_line() {
    let folder = TempDir::new().unwrap();
    // 선물 as CP949 writes it.
    let bytes = [SHOP.as_bytes(), b"label = \"\xbc\xb1\xb9\xb0\"\n"].concat();
    let file = folder.path().join("cp949.toml");
    fs::write(&file, &bytes).unwrap();
    let from_stdin = piped(&["check", "-"], &bytes);
    for (run, name) in [(netloss(&["check", text(&file)]), text(&file)), (from_stdin, "<stdin>")] {
        assert_eq!((run.code, run.out.as_str()), (3, ""));
        let (place, hint) = (format!("error: {name}:11: byte "), "hint: save the file as UTF-8");
        assert!(run.err.starts_with(&place) && run.err.contains(hint), "{}", run.err);
    }
    let scenario = SHOP.replace("per_hour = \"1억\"", "hourly = \"sales.csv\"");
    let scenario = write(&folder, "hourly.toml", &scenario);
    for series in [&b"time,revenue\n2022-10-15T15:00,1\xbc\n"[..], b"time,\xb8\xc5\xc3\xe2\n"] {
        fs::write(folder.path().join("sales.csv"), series).unwrap();
        let run = netloss(&["check", text(&scenario)]);
        assert!(run.code == 3 && run.out.contains("UTF-8"), "{}", run.out);
    }
}

#[test]
fn files_beyond_any_use_are_refused_before_they_are_read() {
    let folder = TempDir::new().unwrap();
    let huge = |name: &str, bytes: u64| {
        let path = folder.path().join(name);
        // Sparse: it takes no room.
        fs::File::create(&path).unwrap().set_len(bytes).unwrap();
        path
    };
    let scenario = huge("huge.toml", 17 << 20);
    let run = netloss(&["check", text(&scenario)]);
    assert_eq!(run.code, 5);
    assert!(run.err.contains("more than 16777216 bytes are too many for a scenario"), "{}", run.err);
    huge("sales.csv", 65 << 20);
    let scenario = SHOP.replace("per_hour = \"1억\"", "hourly = \"sales.csv\"");
    let run = netloss(&["check", text(&write(&folder, "hourly.toml", &scenario))]);
    assert_eq!(run.code, 3);
    assert!(run.out.contains("68157440 bytes are too many for an hourly series"), "{}", run.out);
}

#[test]
fn a_scenario_from_stdin_is_refused_where_it_is_too_large() {
    let long = format!("{SHOP}{}{}", "# filler\n".repeat(2 << 20), cover("lost"));
    let run = piped(&["check", "-"], long.as_bytes());
    assert_eq!(run.code, 5, "{}", run.out);
}

#[test]
fn an_amount_in_text_is_held_to_the_bound_of_numbers() {
    let nines = "9".repeat(305);
    for amount in ["99999조", "9999999999999조", &format!("{nines}억")] {
        let outflow = "[[outflow]]\nid = \"care\"\nhead = \"other\"\namount = ";
        let run = piped(&["check", "-"], format!("{SHOP}{outflow}\"{amount}\"\n").as_bytes());
        assert!(run.code == 3 && run.out.contains("too large"), "{}", run.out);
    }
}

// ── What the tests above share ───────────────────────────────────────────────

/// What a run of the program left.
struct Run {
    code: i32,
    out: String,
    err: String,
}

impl Run {
    fn of(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
    }
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(NETLOSS);
    command.args(arguments).stdin(Stdio::null()).env("COLUMNS", "80").env_remove("NO_COLOR");
    command
}

fn netloss(arguments: &[&str]) -> Run {
    Run::of(command(arguments).output().unwrap())
}

fn in_folder(folder: &Path, arguments: &[&str]) -> Run {
    Run::of(command(arguments).current_dir(folder).output().unwrap())
}

fn piped(arguments: &[&str], input: &[u8]) -> Run {
    let mut command = command(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // The program may refuse before it has read all.
    let _ = stdin.write_all(input);
    drop(stdin);
    Run::of(child.wait_with_output().unwrap())
}

/// A cover for the lost profit, without a fault.
fn cover(id: &str) -> String {
    format!(
        "[[cover]]\nid = \"{id}\"\nheads = [\"lost_profit\"]\nperils = [\"any\"]\n\
         occurrence_limit = \"10억\"\npremium = 0\n"
    )
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn write(folder: &TempDir, name: &str, text: &str) -> PathBuf {
    let path = folder.path().join(name);
    fs::write(&path, text).unwrap();
    path
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn names(folder: &TempDir) -> Vec<String> {
    let name = |path: PathBuf| path.file_name().unwrap().to_str().unwrap().to_owned();
    entries(folder.path()).into_iter().map(name).collect()
}

/// Takes the escape codes of colours out.
fn plain(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |plain, part| plain + part.split_once('m').map_or(part, |(_, rest)| rest))
}

fn narrow(run: &Run, width: usize, what: &str) {
    assert_eq!(run.code, 0, "{what}: {}", run.err);
    // An address cannot be broken.
    for line in run.out.lines().filter(|line| !line.trim_start().starts_with("http")) {
        assert!(line.width() <= width, "{what}: {} columns\n{line}", line.width());
        assert_eq!(line.trim_end(), line, "{what}: no blanks at the end of a line");
    }
}

/// Refuses what could move a cursor, turn text around or hide it.
fn plain_text(run: &Run, code: i32) {
    assert_eq!(run.code, code, "{}{}", run.out, run.err);
    for stream in [&run.out, &run.err] {
        // In JSON such characters may stand, as in any text that is data.
        let data = stream.starts_with('{');
        let bad = |c: char| {
            let hides =
                matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
            c != '\n' && c.is_control() && !(data && c >= '\u{80}') || hides && !data
        };
        let line = stream.lines().find(|line| line.chars().any(bad));
        assert_eq!(line, None);
    }
}

/// The parts of a scenario that can be explained.
fn parts(scenario: &str) -> Vec<Vec<String>> {
    let known = SCENARIOS.iter().find(|(name, _)| *name == scenario);
    let text = known.map_or_else(|| fs::read_to_string(scenario).unwrap(), |(_, text)| (*text).to_owned());
    let scenario: toml::Table = toml::from_str(&text).unwrap();
    let ids = |section: &str, flag: &str| -> Vec<Vec<String>> {
        let list = scenario.get(section).and_then(toml::Value::as_array).cloned().unwrap_or_default();
        list.iter().map(|part| vec![flag.to_owned(), part["id"].as_str().unwrap().to_owned()]).collect()
    };
    let sections =
        [("line", "--line"), ("outflow", "--line"), ("cover", "--cover"), ("parametric", "--cover")];
    let parts = sections.into_iter().flat_map(|(section, flag)| ids(section, flag));
    std::iter::once(vec![]).chain(parts).collect()
}

fn amounts(object: &Value) -> Vec<f64> {
    object.as_object().unwrap().values().map(|amount| amount.as_f64().unwrap()).collect()
}

/// Returns the place of the first value that a JSON Schema refuses.
///
/// Only the words that our schema uses are known; another is a fault of this test.
fn refused(schema: &Value, value: &Value, place: &str) -> Option<String> {
    let known = [
        "$schema",
        "title",
        "description",
        "examples",
        "type",
        "properties",
        "required",
        "additionalProperties",
        "items",
        "anyOf",
        "enum",
        "const",
        "minimum",
        "maximum",
        "minLength",
    ];
    let words = schema.as_object().unwrap();
    for word in words.keys() {
        assert!(known.contains(&word.as_str()), "{word} at {place}");
    }
    let here = || Some(place.to_owned());
    if let Some(any) = words.get("anyOf") {
        let answers: Vec<_> =
            any.as_array().unwrap().iter().map(|one| refused(one, value, place)).collect();
        // The deepest answer belongs to the form that was meant.
        return match answers.iter().any(Option::is_none) {
            true => None,
            false => answers.into_iter().flatten().max_by_key(String::len),
        };
    }
    if words.get("const").is_some_and(|only| only != value) {
        return here();
    }
    if words.get("enum").is_some_and(|list| !list.as_array().unwrap().contains(value)) {
        return here();
    }
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    if let Some(types) = words.get("type") {
        let types = types.as_array().cloned().unwrap_or_else(|| vec![types.clone()]);
        let whole = kind == "integer" && types.contains(&json!("number"));
        if !types.contains(&json!(kind)) && !whole {
            return here();
        }
    }
    if let Some(number) = value.as_f64() {
        let bound = |word: &str, default| words.get(word).and_then(Value::as_f64).unwrap_or(default);
        if !(bound("minimum", f64::MIN)..=bound("maximum", f64::MAX)).contains(&number) {
            return here();
        }
    }
    match value {
        Value::Array(items) => items
            .iter()
            .enumerate()
            .find_map(|(number, item)| refused(words.get("items")?, item, &format!("{place}[{number}]"))),
        Value::Object(object) => {
            let properties = words.get("properties").and_then(Value::as_object);
            for required in words.get("required").and_then(Value::as_array).into_iter().flatten() {
                if !object.contains_key(required.as_str().unwrap()) {
                    let unknown = |key: &&String| properties.is_none_or(|known| !known.contains_key(*key));
                    let key = object.keys().find(unknown);
                    return key.map(|key| format!("{place}.{key}")).or_else(here);
                }
            }
            object.iter().find_map(|(key, item)| {
                let place = format!("{place}.{key}");
                match properties.and_then(|known| known.get(key)).or(words.get("additionalProperties")) {
                    None | Some(Value::Bool(true)) => None,
                    Some(Value::Bool(false)) => Some(place),
                    Some(schema) => refused(schema, item, &place),
                }
            })
        }
        _ => None,
    }
}
