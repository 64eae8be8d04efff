//! Exit codes: 0 done, 2 usage, 3 faults, 4 warnings that count, 5 files.

use super::*;

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
fn an_unknown_name_is_answered_with_the_nearest_and_with_where_all_are_listed() {
    let run = netloss(&["project", "kakao-202"]);
    assert_eq!(run.code, 5);
    assert!(run.err.contains("did you mean kakao-2022"), "{}", run.err);
    assert!(run.err.contains("netloss scenarios"), "{}", run.err);
    let list = netloss(&["scenarios"]);
    for (name, _) in SCENARIOS {
        assert!(list.out.contains(&format!("\n{name} ")), "{name} in {}", list.out);
    }
    let run = netloss(&["scenarios", "samsung"]);
    assert_eq!(run.code, 2, "{}", run.err);
    let run = netloss(&["project", "--sources", "--format", "csv"]);
    assert_eq!(run.code, 2, "{}", run.err);
}

#[test]
fn a_start_that_was_asked_for_and_cannot_be_is_told_as_such() {
    let folder = TempDir::new().unwrap();
    let new_york = write(&folder, "shop.toml", &SHOP.replace("Asia/Seoul", "America/New_York"));
    let run = netloss(&["project", text(&new_york), "--start", "2024-11-03T01:30"]);
    assert_eq!(run.code, 3);
    assert!(
        run.err.contains("asked for in place of this start: local time 2024-11-03T01:30:00 came twice")
    );
    let offset = netloss(&["project", text(&new_york), "--start", "2024-11-03T01:30-05:00"]);
    assert_eq!(offset.code, 0, "{}", offset.err);
}
