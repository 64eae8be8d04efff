//! The reference of terms is that of the code: it misses no term, and names keys
//! that a scenario file has.

#![cfg(feature = "cli")]

use std::fs;
use std::path::{Path, PathBuf};

use netloss::read::schema;
use netloss::terms;

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { sources(&path, found) } else { found.push(path) }
    }
}

#[test]
fn every_term_that_is_declared_stands_in_the_reference() {
    let mut files = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    let mut declared: Vec<String> = Vec::new();
    for file in files.iter().filter(|file| !file.ends_with("term.rs")) {
        let text = fs::read_to_string(file).unwrap();
        let keys = text.split("term! {").skip(1).map(|term| {
            let after = term.split("key: \"").nth(1).unwrap_or_else(|| panic!("{}", file.display()));
            after.split('"').next().unwrap().to_owned()
        });
        declared.extend(keys);
    }
    let missing: Vec<_> = declared.iter().filter(|key| terms::named(key).is_none()).collect();
    assert!(missing.is_empty(), "terms.rs does not list {missing:?}");
    assert_eq!(declared.len(), terms::ALL.len());
}

#[test]
fn every_key_that_the_reference_names_is_one_that_a_scenario_file_has() {
    let schema = schema::scenario();
    let lost = |key: &&str| !key.is_empty() && schema::at(&schema, key).is_none();
    let lost: Vec<_> = terms::ALL.iter().map(|term| term.file_key).filter(lost).collect();
    assert!(lost.is_empty(), "no scenario file has {lost:?}");
    assert!(schema::at(&schema, "cover.no_such_key").is_none());
}

#[test]
fn the_page_of_documentation_is_what_the_command_writes() {
    let page = include_str!("../docs/terms.md");
    let all: Vec<_> = terms::ALL.iter().collect();
    let same = page == netloss::view::terms::markdown(&all);
    assert!(same, "docs/terms.md is old: netloss terms --format markdown -o docs/terms.md --force");
}
