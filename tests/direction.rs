//! The direction of flow: a module imports only from modules in front of it, and
//! the core knows no file, clock, environment, printing, thread or data frame.

use std::fs;
use std::path::{Path, PathBuf};

/// The modules in the order in which data passes through them.
const ORDER: &[&str] = &[
    "quantity",
    "term",
    "spans",
    "steps",
    "wide",
    "profile",
    "outage",
    "peril",
    "fit",
    "loss",
    "mitigation",
    "reason",
    "cover",
    "tower",
    "hedge",
    "recovery",
    "annual",
    "cost",
    "measure",
    "scenario",
    "waterfall",
    "attribution",
    "year",
    "risk",
    "projection",
    "panel",
    "scheme",
    "replay",
    "terms",
    "frame",
    "read",
    "view",
    "cli",
];

/// The last module of the core.
const LAST_OF_CORE: &str = "terms";

/// What no module of the core may name.
const NOT_IN_CORE: [&str; 12] = [
    "std::fs",
    "std::io",
    "std::env",
    "std::time",
    "std::thread",
    "std::process",
    "std::net",
    "println!",
    "serde",
    "polars",
    "rayon",
    "Timestamp::now",
];

fn rank(module: &str) -> usize {
    let place = ORDER.iter().position(|name| *name == module);
    place.unwrap_or_else(|| panic!("module `{module}` is not in the order of tests/direction.rs"))
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The module of each source file, with its text.
fn modules() -> Vec<(String, PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    files.sort();
    let module = |path: &PathBuf| {
        let inside = path.strip_prefix(&root).unwrap().with_extension("");
        inside.iter().next().unwrap().to_string_lossy().into_owned()
    };
    files
        .into_iter()
        .map(|path| (module(&path), fs::read_to_string(&path).unwrap(), path))
        .filter(|(module, ..)| module != "lib" && module != "main")
        .map(|(module, text, path)| (module, path, text))
        .collect()
}

/// The text without comments, in which examples may name what they like.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.lines().enumerate().map(|(number, line)| (number + 1, line));
    lines.filter(|(_, line)| !line.trim_start().starts_with("//"))
}

/// The modules that a line imports from, in each of the ways to write it.
fn imported(line: &str) -> Vec<&str> {
    let name = |rest: &str| rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
    line.match_indices("crate::")
        .map(|(at, found)| &line[at + found.len()..])
        .map(|rest| &rest[..name(rest)])
        .collect()
}

#[test]
fn imports_point_backwards() {
    let mut wrong = Vec::new();
    let (mut files, mut imports) = (0, 0);
    for (module, path, text) in modules() {
        files += 1;
        for (number, line) in code(&text) {
            for from in imported(line).into_iter().filter(|from| !from.is_empty()) {
                imports += 1;
                if rank(from) > rank(&module) {
                    wrong.push(format!("{}:{number}: {module} imports {from}", path.display()));
                }
            }
        }
    }
    assert!(files > 40 && imports > 100, "the test read {files} files and {imports} imports: it is broken");
    assert!(wrong.is_empty(), "imports that point forward:\n{}", wrong.join("\n"));
}

#[test]
fn a_hedge_pays_on_an_index_and_knows_no_cover() {
    for (module, path, text) in modules() {
        for (number, line) in code(&text) {
            let of_loss = imported(line).into_iter().any(|from| ["cover", "tower", "loss"].contains(&from));
            assert!(module != "hedge" || !of_loss, "{}:{number}", path.display());
        }
    }
}

#[test]
fn the_core_takes_plain_values_and_gives_plain_values() {
    for (module, path, text) in modules() {
        if rank(&module) > rank(LAST_OF_CORE) {
            continue;
        }
        for (number, line) in code(&text) {
            for name in NOT_IN_CORE {
                assert!(!line.contains(name), "{}:{number} names {name}", path.display());
            }
        }
    }
}

#[test]
fn imports_are_recognised_in_every_form() {
    assert_eq!(imported("use crate::cover::{Cover, Step};"), ["cover"]);
    assert_eq!(imported("fn f(a: &crate::tower::Tower) -> crate::cover::Cover {"), ["tower", "cover"]);
    assert!(imported("use super::Claim;").is_empty());
}
