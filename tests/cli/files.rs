//! Results in files: whole or not at all.

use super::*;

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
