//! Files as they come: BOM, CRLF, other encodings, and far too large.

use super::*;

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
