//! Tables of the terminal: eighty columns, and nothing that moves the cursor.

use super::*;

#[test]
fn no_line_of_a_page_is_wider_than_eighty_columns() {
    let scenarios = SCENARIOS.map(|(name, _)| name.to_owned());
    let own = [
        "explain-terms.in/every-term.toml",
        "explain-measures.in/measures.toml",
        "korean.in/선물하기.toml",
    ];
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
fn only_an_address_is_wider_than_eighty_columns_among_sources() {
    for lang in ["en", "ko"] {
        let list = netloss(&["scenarios", "--lang", lang]);
        narrow(&list, 80, &format!("scenarios --lang {lang}"));
        for (name, _) in SCENARIOS {
            for command in [&["scenarios", name][..], &["project", name, "--sources"]] {
                let run = netloss(&[command, &["--lang", lang]].concat());
                assert_eq!(run.code, 0, "{command:?}");
                let address = |line: &&str| line.starts_with("  http") && !line.trim().contains(' ');
                let out: Vec<&str> = run.out.lines().filter(|line| !address(line)).collect();
                narrow(&Run { out: out.join("\n"), ..run }, 80, &format!("{command:?} --lang {lang}"));
            }
        }
    }
}

#[test]
fn no_line_of_events_and_replays_is_wider_than_eighty_columns() {
    for lang in ["en", "ko"] {
        for command in ["events", "replay"] {
            narrow(&netloss(&[command, "--lang", lang]), 80, &format!("{command} --lang {lang}"));
        }
        for event in netloss::read::events::events() {
            narrow(&netloss(&["events", &event.id, "--lang", lang]), 80, &event.id);
        }
        for case in netloss::read::replay::cases() {
            let run = netloss(&["replay", "--event", &case.id, "--lang", lang]);
            narrow(&run, 80, &case.id);
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
        let narrow = &["project", scenario, "--width", "40", "--sources"];
        for focus in [&["project", scenario][..], narrow] {
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
    plain_text(&netloss(&["project", scenario, "--format", "json", "--sources"]), 0);
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
