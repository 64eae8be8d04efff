//! Claims in bulk: the same bytes from any number of threads, in pieces of any size, and
//! from a run that was killed and went on.

#![cfg(feature = "cli")]

use std::fmt::Write;
use std::io::BufReader;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use netloss::read::claims::{Chunks, Claims, Place, Row, Why};
use netloss::read::{library, scheme};
use netloss::scheme::Scheme;
use proptest::prelude::*;

fn kakao() -> Scheme {
    scheme(library::scheme("kakao-1015-2022").unwrap()).scheme.unwrap()
}

/// A row as it was read: number, line, name, reason of refusal and its claim.
type Read = (u64, u64, String, Option<Why>, String);

fn told(row: &Row, why: Option<Why>) -> Read {
    let claim = if why.is_none() { format!("{:?} {:?}", row.claim(), row.marks()) } else { String::new() };
    (row.number, row.line, row.id.clone(), why, claim)
}

/// Reads a file row after row; names that stand twice are no matter here.
fn in_one(bytes: &[u8], scheme: &Scheme) -> Vec<Read> {
    let mut claims = Claims::new(BufReader::with_capacity(11, bytes), scheme, false).unwrap();
    let (mut row, mut found) = (Row::default(), vec![]);
    while let Some(read) = claims.next(&mut row).unwrap() {
        found.push(told(&row, read.err().map(|reject| reject.why).filter(|why| *why != Why::SameId)));
    }
    found
}

/// Reads a file in pieces, each by itself.
fn in_pieces(bytes: &[u8], scheme: &Scheme, target: usize) -> Vec<Read> {
    let chunks = Chunks::new(BufReader::with_capacity(13, bytes), false).unwrap();
    let mut chunks = chunks.of_bytes(target);
    let heads = chunks.heads().clone();
    let (mut row, mut found) = (Row::default(), vec![]);
    let mut at: Option<Place> = None;
    while let Some(chunk) = chunks.piece().unwrap() {
        assert!(at.is_none_or(|at| at == chunk.from), "a piece begins where the one before it ends");
        at = Some(chunk.to);
        chunk.each(&heads, scheme, &mut row, |row, read| {
            found.push(told(row, read.err().map(|reject| reject.why)));
        });
    }
    if let Some(at) = at {
        assert_eq!((at.bytes, at.rows), (bytes.len() as u64, found.len() as u64));
    }
    found
}

fn agree(bytes: &[u8], targets: &[usize]) {
    let scheme = kakao();
    let expected = in_one(bytes, &scheme);
    for target in targets {
        let found = in_pieces(bytes, &scheme, *target);
        for (found, expected) in found.iter().zip(&expected) {
            assert_eq!(found, expected, "in pieces of {target} bytes");
        }
        assert_eq!(found.len(), expected.len(), "in pieces of {target} bytes");
    }
}

const HEAD: &str = "id,usual_sales,outage_sales,region,business number,outage";

#[test]
fn files_with_every_kind_of_bad_row_read_alike_in_pieces_of_any_size() {
    agree(include_bytes!("cli/compensate.in/bad.csv"), &[1, 40, 100, 333, 1 << 20]);
    agree(include_bytes!("cli/compensate.in/claims.csv"), &[1, 64, 1 << 20]);
}

#[test]
fn a_line_too_long_for_any_claim_is_one_row_in_pieces_too() {
    let long = "9".repeat((1 << 20) + 200_000);
    let text = format!("{HEAD}\nA,1,{long},,,\nB,2,1,,,\n\"C,open\nD,{long}{long},1,,,\nE,3,1,,,");
    agree(text.as_bytes(), &[1, 1 << 16, 1 << 18, 3 << 20]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_text_reads_alike_row_after_row_and_in_pieces(
        cells in prop::collection::vec(
            prop::sample::select(vec![
                "A-1", "A-2", "7", "", " ", "1000", "1,000", "\"1,000\"", "\"two\nlines\"", "\"open", "12\"",
                "\"x\"\"y\"", "12만", "1e5", "-5", "0.5", "서울", "120-81-47521", "127h30m", "4h", "\t", "\u{1}",
                "\n", "\r\n", "\r", "\n\n", ",", "\u{feff}",
            ]),
            0..120,
        ),
        korean in any::<bool>(),
        target in 1_usize..400,
    ) {
        let mut text = String::from(HEAD);
        text.push('\n');
        for (place, cell) in cells.iter().enumerate() {
            text.push_str(cell);
            text.push_str(if place % 6 == 5 { "\n" } else { "," });
        }
        let bytes = if korean { encoding_rs::EUC_KR.encode(&text).0.into_owned() } else { text.into_bytes() };
        agree(&bytes, &[target, 1 << 20]);
    }
}

/// A file of so many claims, of which some have a name, a number, an account or papers in
/// common, and some are no claims.
fn claims(rows: u64) -> String {
    let mut text = String::from("id,usual_sales,outage_sales,region,account,papers_hash,papers\n");
    // A small generator of its own, so that the file is the same on every machine.
    let mut state = 1_u64;
    let mut draw = |of: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % of
    };
    for row in 0..rows {
        let id = if draw(50) == 0 { draw(row + 1) } else { row };
        let usual = if draw(100) == 0 { "n/a".into() } else { format!("{}", 500_000 + draw(2_000_000)) };
        let region = ["서울", "부산", "\"경기, 북부\"", ""][draw(4) as usize];
        let account = 100_000 + draw(20 * rows);
        let papers = if draw(30) == 0 { draw(40) } else { 1_000 + row };
        let _ = writeln!(text, "M-{id:07},{usual},{},{region},{account},{papers:x},all", draw(1_500_000));
    }
    text
}

fn netloss(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_netloss"));
    command
        .current_dir(folder)
        .args(["compensate", "claims.csv", "--scheme", "kakao-1015-2022"])
        .args(arguments);
    command.stdout(Stdio::null()).stderr(Stdio::piped());
    command
}

/// The two files of a run.
fn written(folder: &Path, name: &str) -> [Vec<u8>; 2] {
    [format!("{name}.csv"), format!("{name}.rejected.csv")]
        .map(|name| std::fs::read(folder.join(name)).unwrap())
}

#[test]
fn any_number_of_threads_writes_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("claims.csv"), claims(40_000)).unwrap();
    let mut first = None;
    for threads in ["1", "2", "7"] {
        let run =
            netloss(folder.path(), &["--threads", threads, "-o", "paid.csv", "--force"]).output().unwrap();
        assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
        let found = written(folder.path(), "paid");
        let text = std::str::from_utf8(&found[0]).unwrap();
        for flag in ["same_account", "same_papers"] {
            assert!(text.contains(flag), "some claim has the {flag}");
        }
        assert!(std::str::from_utf8(&found[1]).unwrap().contains("same_id"));
        let lines = |bytes: &[u8]| bytes.iter().filter(|byte| **byte == b'\n').count() - 1;
        assert_eq!(lines(&found[0]) + lines(&found[1]), 40_000, "rows in are rows out");
        assert!(
            first.get_or_insert_with(|| found.clone()) == &found,
            "{threads} threads write other bytes"
        );
    }
}

#[test]
fn chosen_columns_are_those_of_the_whole_table_in_the_order_of_the_command() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("claims.csv"), claims(3_000)).unwrap();
    let table = |columns: &[&str]| {
        let run =
            netloss(folder.path(), &[&["-o", "paid.csv", "--force"], columns].concat()).output().unwrap();
        assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
        let mut reader = csv::Reader::from_path(folder.path().join("paid.csv")).unwrap();
        let heads = reader.headers().unwrap().clone();
        (heads, reader.records().map(Result::unwrap).collect::<Vec<_>>())
    };
    let (heads, all) = table(&[]);
    assert_eq!(heads.iter().take(3).collect::<Vec<_>>(), ["id", "amount", "reason"]);
    let place = |name: &str| heads.iter().position(|head| head == name).unwrap();
    let (chosen, some) = table(&["--columns", "loss,region,id,amount"]);
    assert_eq!(chosen.iter().collect::<Vec<_>>(), ["loss", "region", "id", "amount"]);
    assert_eq!(some.len(), all.len());
    for (one, other) in some.iter().zip(&all) {
        assert_eq!([&one[0], &one[2], &one[3]], ["loss", "id", "amount"].map(|name| &other[place(name)]));
        assert!(["서울", "부산", "경기, 북부", ""].contains(&&one[1]), "{one:?}");
    }
    let columns = ["-o", "paid.csv", "--force", "--columns", "id,amount,id"];
    let twice = netloss(folder.path(), &columns).output().unwrap();
    assert_eq!(twice.status.code(), Some(2), "no table has a column twice");
    let wrong =
        netloss(folder.path(), &["-o", "paid.csv", "--force", "--columns", "id,won"]).output().unwrap();
    assert_eq!(wrong.status.code(), Some(2));
    let text = String::from_utf8_lossy(&wrong.stderr).into_owned();
    assert!(text.contains("\"won\"") || text.contains("'won'"), "{text}");
    assert!(text.contains("before_rounding") && text.contains("service"), "{text}");
}

#[test]
fn a_run_that_is_killed_goes_on_to_the_bytes_of_one_that_was_not() {
    let folder = tempfile::tempdir().unwrap();
    for (rows, marks) in [(150_000, true), (400_000, false)] {
        let mut text = claims(rows);
        if !marks {
            // Names and losses alone: the journal holds all that rows before say.
            text = (0..rows).fold("id,loss\n".into(), |mut text, row| {
                let _ = writeln!(text, "{row},{}", (row * 7_919) % 900_000);
                text
            });
        }
        std::fs::write(folder.path().join("claims.csv"), text).unwrap();
        let whole = netloss(folder.path(), &["-o", "whole.csv", "--force"]).output().unwrap();
        assert_eq!(whole.status.code(), Some(0), "{}", String::from_utf8_lossy(&whole.stderr));
        let resume = ["-o", "parts.csv", "--resume", "--journal", "0", "--threads", "2"];
        let (mut killed, mut resumed) = (0, false);
        loop {
            let journal = || std::fs::metadata(folder.path().join("parts.csv.journal"));
            resumed |= journal().is_ok();
            let entry = journal().and_then(|it| it.modified()).ok();
            let mut run = netloss(folder.path(), &resume).spawn().unwrap();
            // It is killed after its next entry in the journal, on a fast machine and on a slow
            // one; after so many kills it is left in peace.
            while killed < 12 && run.try_wait().unwrap().is_none() {
                if journal().and_then(|it| it.modified()).ok() != entry {
                    std::thread::sleep(Duration::from_millis(killed));
                    let _ = run.kill();
                    break;
                }
                std::thread::sleep(Duration::from_millis(1));
            }
            let ended = run.wait_with_output().unwrap();
            if let Some(code) = ended.status.code() {
                assert_eq!(code, 0, "{}", String::from_utf8_lossy(&ended.stderr));
                break;
            }
            killed += 1;
        }
        assert!(killed > 0 && resumed, "{killed} kills, gone on: {resumed}");
        let mut expected = vec![std::fs::read(folder.path().join("whole.csv")).unwrap()];
        let mut found = vec![std::fs::read(folder.path().join("parts.csv")).unwrap()];
        if marks {
            expected = written(folder.path(), "whole").into();
            found = written(folder.path(), "parts").into();
        }
        assert!(found == expected, "after {killed} kills the bytes are others");
        let left = names(folder.path());
        assert!(!left.iter().any(|name| name.ends_with(".journal")), "{left:?}");
        std::fs::remove_file(folder.path().join("parts.csv")).unwrap();
        let _ = std::fs::remove_file(folder.path().join("parts.rejected.csv"));
    }
}

fn names(folder: &Path) -> Vec<String> {
    let left = std::fs::read_dir(folder).unwrap();
    let mut left: Vec<_> = left.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    left.sort();
    left
}

#[cfg(unix)]
#[test]
fn ctrl_c_says_how_far_it_came_and_the_command_that_goes_on_to_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("claims.csv"), claims(150_000)).unwrap();
    let whole = netloss(folder.path(), &["-o", "whole.csv"]).output().unwrap();
    assert_eq!(whole.status.code(), Some(0), "{}", String::from_utf8_lossy(&whole.stderr));
    let before = names(folder.path());
    // A run may end before it hears of the signal; one of some does not.
    let told = (0..20).find_map(|_| {
        let mut run = netloss(folder.path(), &["-o", "parts.csv", "--journal", "0"]).spawn().unwrap();
        while !folder.path().join("parts.csv.journal").exists() && run.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_millis(1));
        }
        let sent = Command::new("kill").args(["-INT", &run.id().to_string()]).status().unwrap();
        let ended = run.wait_with_output().unwrap();
        if ended.status.code() == Some(0) {
            for name in ["parts.csv", "parts.rejected.csv"] {
                std::fs::remove_file(folder.path().join(name)).unwrap();
            }
            return None;
        }
        assert!(sent.success());
        assert_eq!(ended.status.code(), Some(130));
        Some(String::from_utf8(ended.stderr).unwrap())
    });
    let told = told.unwrap();
    let journal = std::fs::read_to_string(folder.path().join("parts.csv.journal")).unwrap();
    let journal: serde_json::Value = serde_json::from_str(&journal).unwrap();
    let (first, command) = told.trim_end().split_once('\n').unwrap();
    let rows = first.strip_prefix("stopped after ").unwrap().split_once(" rows (").unwrap().0;
    assert_eq!(rows.replace(',', ""), journal["at"]["rows"].to_string(), "{told}");
    let left = names(folder.path());
    let new: Vec<_> = left.iter().filter(|name| !before.contains(name)).collect();
    assert!(new[0].starts_with(".parts.csv.") && new[0].ends_with(".part"), "{new:?}");
    assert!(new[1].starts_with(".parts.rejected.csv.") && new[1].ends_with(".part"), "{new:?}");
    assert_eq!(new[2..], ["parts.csv.journal"]);
    assert!(command.trim().starts_with("netloss compensate ") && command.ends_with(" --resume"), "{told}");
    let words: Vec<_> = command.split_whitespace().skip(1).collect();
    let run = Command::new(env!("CARGO_BIN_EXE_netloss")).current_dir(folder.path()).args(words).output();
    let run = run.unwrap();
    assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
    assert!(written(folder.path(), "parts") == written(folder.path(), "whole"), "the bytes are others");
    let left = names(folder.path());
    let new: Vec<_> = left.iter().filter(|name| !before.contains(name)).collect();
    assert_eq!(new, ["parts.csv", "parts.rejected.csv"], "what the run that was stopped left is gone");
}

#[test]
fn what_changed_since_a_stop_is_told_and_nothing_is_mixed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("claims.csv");
    std::fs::write(&path, claims(60_000)).unwrap();
    let journal = folder.path().join("paid.csv.journal");
    for patience in 1..200 {
        let mut run =
            netloss(folder.path(), &["-o", "paid.csv", "--force", "--journal", "0"]).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(10 * patience));
        let _ = run.kill();
        run.wait().unwrap();
        if journal.exists() {
            break;
        }
    }
    let told = |arguments: &[&str]| {
        let run = netloss(folder.path(), arguments).output().unwrap();
        (run.status.code().unwrap(), String::from_utf8(run.stderr).unwrap())
    };
    let (code, text) = told(&["-o", "paid.csv"]);
    assert_eq!(code, 5, "{text}");
    assert!(text.contains("--resume"), "{text}");
    let (code, text) = told(&["-o", "paid.csv", "--resume", "--excel-csv"]);
    assert!(code == 5 && text.contains("the command changed"), "{text}");
    let (code, text) = told(&["-o", "paid.csv", "--resume", "--scheme", "kakao-1015-2022-below"]);
    assert!(code == 2 || text.contains("the scheme changed"), "{text}");
    std::fs::write(&path, claims(60_001)).unwrap();
    let (code, text) = told(&["-o", "paid.csv", "--resume"]);
    assert!(code == 5 && text.contains("the file of claims changed"), "{text}");
    std::fs::write(&journal, "{}").unwrap();
    let (code, text) = told(&["-o", "paid.csv", "--resume"]);
    assert!(code == 5 && text.contains("no journal"), "{text}");
    let (code, text) = told(&["-o", "paid.csv", "--force"]);
    assert_eq!(code, 0, "{text}");
    assert!(!journal.exists());
}

#[test]
fn what_cannot_go_on_says_so() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("claims.csv"), claims(10)).unwrap();
    for arguments in [&["-o", "paid.csv", "--resume", "--cliffs"][..], &["-o", "paid.parquet", "--resume"]]
    {
        let run = netloss(folder.path(), arguments).output().unwrap();
        assert_eq!(run.status.code(), Some(2), "{arguments:?}");
        let text = String::from_utf8_lossy(&run.stderr).into_owned();
        assert!(text.contains("--resume goes on from a .csv or .parquet file to a .csv file"), "{text}");
    }
    let run = netloss(folder.path(), &["-o", "paid.csv", "--resume"]).output().unwrap();
    assert_eq!(run.status.code(), Some(0), "with nothing to go on from it begins");
}

proptest! {
    #[test]
    fn the_short_way_reads_figures_as_the_long_way_does(text in "[0-9]{0,11}(\\.[0-9]{0,8})?") {
        use netloss::read::exact::{parse_number, parse_won};
        // A sign sends a figure the long way.
        let long = format!("+{text}");
        if !text.is_empty() && !text.starts_with('.') {
            prop_assert_eq!(parse_number(&text), parse_number(&long));
            prop_assert_eq!(parse_won(&text), parse_won(&long));
        }
    }
}
