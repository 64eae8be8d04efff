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

mod exit_codes;
mod files;
mod compensation;
mod ord;
mod streams;
mod tables;
mod profiles;
mod programs;
mod encodings;
mod fits;
mod simulation;
mod workbooks;
mod share;

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use netloss::read::library::{SCENARIOS, STARTER};
use serde_json::{Value, json};
use share::*;
use tempfile::TempDir;
use unicode_width::UnicodeWidthStr;

const NETLOSS: &str = env!("CARGO_BIN_EXE_netloss");

/// A scenario that can be used, with a warning.
const WARNED: &str = "tests/cli/faults/layers.in/unplaced.toml";

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
