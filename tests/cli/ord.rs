//! Folders of Open Results Data: one run in a folder, whole or not at all.

use super::*;

const PERIL: &str = r#"[[peril]]
id = "outage"
frequency = { poisson = 0.5 }
duration = { lognormal = { median = "6h", sigma = 1 } }
start = "any_moment"
"#;

fn shop(folder: &TempDir) {
    write(folder, "shop.toml", &format!("{SHOP}{}{PERIL}", cover("bi")));
}

fn run(folder: &TempDir, arguments: &str) -> Run {
    in_folder(folder.path(), &arguments.split(' ').collect::<Vec<_>>())
}

fn files(folder: &TempDir, name: &str) -> Vec<String> {
    let paths = entries(&folder.path().join(name)).into_iter();
    paths.map(|path| path.file_name().unwrap().to_str().unwrap().to_owned()).collect()
}

#[test]
fn tables_of_merged_shards_are_those_of_one_run() {
    let folder = TempDir::new().unwrap();
    shop(&folder);
    assert_eq!(run(&folder, "simulate shop.toml --years 40_000 --ord one").code, 0);
    for shard in [1, 2] {
        let shard = format!("simulate shop.toml --years 40_000 --shard {shard}/2 -o part-{shard}.csv");
        assert_eq!(run(&folder, &shard).code, 0);
    }
    assert_eq!(run(&folder, "merge part-1.csv part-2.csv --ord merged").code, 0);
    for table in ["ept", "palt", "summary-info"].map(|table| format!("{table}.csv")) {
        for perspective in ["gul", "ri"] {
            let read = |of: &str| {
                fs::read(folder.path().join(of).join(format!("{perspective}_S1_{table}"))).unwrap()
            };
            assert_eq!(read("one"), read("merged"), "{perspective} {table}");
        }
    }
    assert!(!files(&folder, "merged").iter().any(|name| name.contains("splt")), "years know no outage");
}

#[test]
fn one_file_in_the_way_keeps_all_others_back() {
    let folder = TempDir::new().unwrap();
    shop(&folder);
    fs::create_dir(folder.path().join("out")).unwrap();
    write(&folder, "out/metadata.json", "kept");
    let refused = run(&folder, "simulate shop.toml --years 20 --ord out");
    assert_eq!((refused.code, refused.out.as_str()), (5, ""));
    assert!(refused.err.contains("metadata.json: the file exists"), "{}", refused.err);
    assert_eq!(files(&folder, "out"), ["metadata.json"]);
}

#[test]
fn a_folder_that_is_not_filled_is_not_made() {
    let folder = TempDir::new().unwrap();
    shop(&folder);
    write(&folder, "kept.csv", "kept");
    let refused = run(&folder, "simulate shop.toml --years 20 --year-loss kept.csv --ord out");
    assert_eq!(refused.code, 5, "{}", refused.err);
    let refused = run(&folder, "simulate shop.toml --years 3_000_000_000 --ord out");
    assert_eq!(refused.code, 2, "{}", refused.err);
    assert_eq!(names(&folder), ["kept.csv", "shop.toml"]);
}

#[test]
fn a_folder_never_holds_tables_of_two_runs() {
    let folder = TempDir::new().unwrap();
    shop(&folder);
    fs::create_dir(folder.path().join("out")).unwrap();
    for stale in ["gul_S1_splt.parquet", "ri_S1_ept.parquet"] {
        write(&folder, &format!("out/{stale}"), "of another run");
    }
    write(&folder, "out/notes.txt", "ours");
    let refused = run(&folder, "simulate shop.toml --years 20 --ord out");
    assert!(refused.code == 5 && refused.err.contains("of another run lies"), "{}", refused.err);
    assert_eq!(files(&folder, "out").len(), 3);
    assert_eq!(run(&folder, "simulate shop.toml --years 20 --ord out --force").code, 0);
    let left = files(&folder, "out");
    assert!(left.len() == 11 && left.contains(&"notes.txt".to_owned()), "{left:?}");
    assert!(left.iter().all(|name| !name.ends_with(".parquet")), "{left:?}");
}
