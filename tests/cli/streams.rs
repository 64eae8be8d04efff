//! Results to stdout, notes to stderr, colours only where they were asked for.

use super::*;

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
fn the_next_command_runs_as_it_is_printed_with_a_duration_of_the_scenario() {
    let folder = TempDir::new().unwrap();
    let own =
        write(&folder, "own shop.toml", &SHOP.replace("[\"4h\", \"24h\"]", "[\"90m\", \"2h30m\", \"3d\"]"));
    let of_shop = netloss(&["project", text(&own)]).err;
    assert!(of_shop.trim_end().ends_with("own shop.toml' --at 2h30m"), "{of_shop}");
    for (name, _) in SCENARIOS {
        let told = netloss(&["project", name]);
        let next =
            told.err.lines().find_map(|line| line.strip_prefix("next: netloss ")).unwrap().to_owned();
        let words: Vec<&str> = next.split(' ').collect();
        let run = netloss(&words);
        assert_eq!(run.code, 0, "{next}: {}", run.err);
        let at = words.last().unwrap();
        let rows = netloss(&["project", name, "--durations", at, "--format", "csv"]).out;
        let hours = rows.lines().nth(1).unwrap().split(',').next().unwrap().to_owned();
        let ladder = netloss(&["project", name, "--format", "csv"]).out;
        assert!(ladder.lines().any(|row| row.split(',').next() == Some(&hours)), "{name} has no {at}");
    }
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
