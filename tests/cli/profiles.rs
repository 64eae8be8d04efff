//! Profiles: one that is built and then used, encodings, widths, and what stays exact.

use super::*;

const POS: &str = "tests/cli/profile.in/pos-cp949.csv";
const SEOUL: [&str; 2] = ["--timezone", "Asia/Seoul"];

fn build(arguments: &[&str]) -> Value {
    let all = [&["profile", "build"], arguments, &["--format", "json"]].concat();
    let run = netloss(&all);
    assert_eq!(run.code, 0, "{}", run.err);
    serde_json::from_str(&run.out).unwrap()
}

/// What makes the profile, without what says where it comes from.
fn profile_of(document: &Value) -> &Value {
    &document["profiles"]
}

#[test]
fn a_profile_is_built_shown_and_taken_by_a_scenario() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("shop.toml");
    let arguments = [
        &["profile", "build", "tests/cli/profile.in/days.csv"],
        &SEOUL[..],
        &["--hours-from", "kr-food-service", "--holidays", "kr"],
        &["--special-days", "kr", "-o", text(&file)],
    ]
    .concat();
    assert_eq!(netloss(&arguments).code, 0);
    assert_eq!(netloss(&arguments).code, 5, "it is not overwritten");
    let shown = netloss(&["profile", "show", text(&file)]);
    assert!(shown.code == 0 && shown.out.contains("추석"), "{}", shown.out);
    let scenario = SHOP.replace("per_hour = \"1억\"", "shape = \"shop.toml\", per_year = 390618507");
    let loss = |start: &str| {
        let scenario = scenario.replace("2022-10-15T15:30", start).replace("\"4h\", \"24h\"", "\"24h\"");
        let scenario = write(&folder, "scenario.toml", &scenario);
        let run = netloss(&["project", text(&scenario), "--format", "json"]);
        assert_eq!(run.code, 0, "{}", run.err);
        let document: Value = serde_json::from_str(&run.out).unwrap();
        document["rows"][0]["net"].as_f64().unwrap_or_else(|| panic!("{document:#}"))
    };
    // What the file has for the second Tuesday is 1,000,000 · 0.85 · 0.9482; Chuseok brings 40 % of it.
    let (chuseok, ordinary) = (loss("2024-09-17T00:00"), loss("2024-09-24T00:00"));
    assert!((chuseok / ordinary - 0.4).abs() < 1e-5, "{chuseok}, {ordinary}");
    assert!((ordinary / 806_000.0 - 1.0).abs() < 0.001, "{ordinary}");
}

#[test]
fn the_same_sales_make_the_same_profile_in_every_form() {
    let folder = TempDir::new().unwrap();
    let plain = build(&[&[POS], &SEOUL[..]].concat());
    let bytes = fs::read(POS).unwrap();
    let korean = encoding_rs::EUC_KR.decode(&bytes).0.into_owned();
    let mut rows: Vec<&str> = korean.lines().skip(1).collect();
    rows.reverse();
    let head = korean.lines().next().unwrap();
    let reversed = format!("{head}\n{}\n", rows.join("\n"));
    for (name, text_of) in [
        ("utf8.csv", korean.clone()),
        ("bom.csv", format!("\u{feff}{korean}")),
        ("unix.csv", korean.replace("\r\n", "\n")),
        ("reversed.csv", reversed),
        ("above.csv", format!("강남점 매출\r\n\r\n(단위: 원)\r\n{korean}")),
    ] {
        let built = build(&[&[text(&write(&folder, name, &text_of))], &SEOUL[..]].concat());
        assert_eq!(profile_of(&built), profile_of(&plain), "{name}");
    }
    let run = piped(&[&["profile", "build", "-", "--format", "json"], &SEOUL[..]].concat(), &bytes);
    let piped: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(profile_of(&piped), profile_of(&plain));
    assert_eq!(plain["profiles"][0]["sum"], "15803000", "exact, as text");
}

/// 화 is two bytes in CP949 that are a letter of UTF-8 too.
#[test]
fn a_file_has_one_encoding_however_a_field_looks() {
    let folder = TempDir::new().unwrap();
    let days = ["월", "화", "수", "목", "금", "토", "일"];
    let row = |hour: usize| {
        let day = hour / 24;
        format!(
            "2024-03-{:02}({}),{:02}:30:20,\"\\{},000\"\n",
            4 + day,
            days[day % 7],
            hour % 24,
            1 + hour % 9
        )
    };
    let text_of = format!("거래일,거래시간,매출(원)\n{}", (0..336).map(row).collect::<String>());
    let plain = build(&[&[text(&write(&folder, "utf8.csv", &text_of))], &SEOUL[..]].concat());
    let file = folder.path().join("cp949.csv");
    let (bytes, ..) = encoding_rs::EUC_KR.encode(&text_of);
    fs::write(&file, &bytes).unwrap();
    let korean = build(&[&[text(&file)], &SEOUL[..]].concat());
    assert_eq!(profile_of(&korean), profile_of(&plain));
    assert_eq!(korean["files"][0]["form"], "CP949");
    fs::write(
        &file,
        [
            &b"date,amount,line\n"[..],
            "2024-03-04 10:00,5,택시\n".as_bytes(),
            b"2024-03-04 11:00,5,\xc5\xc3\n",
        ]
        .concat(),
    )
    .unwrap();
    let run = netloss(&[&["profile", "build", text(&file)], &SEOUL[..]].concat());
    assert!(run.code == 3 && run.err.contains("neither UTF-8 nor CP949"), "{}", run.err);
}

#[test]
fn rows_in_are_rows_used_and_rows_left_out() {
    let folder = TempDir::new().unwrap();
    let hours = |amount: &str| {
        (0..168)
            .map(|hour| format!("2024-03-{:02} {:02}:10,{amount}\n", 4 + hour / 24, hour % 24))
            .collect::<String>()
    };
    let text_of = format!("time,amount\n{}{}broken,1\n", hours("700"), "2024-03-05 10:10,-300\n".repeat(2));
    let file = write(&folder, "rows.csv", &text_of);
    let all = [&[text(&file), "--bad-rows", "leave-out"], &SEOUL[..]].concat();
    for (more, used, sum) in [
        (&[][..], 170, "117000"),
        (&["--refunds", "leave-out"], 168, "117600"),
        (&["--duplicates", "leave-out"], 169, "117300"),
        (&["--refunds", "leave-out", "--duplicates", "leave-out"], 168, "117600"),
    ] {
        let document = build(&[&all[..], more].concat());
        let rows = &document["rows"];
        let count = |key: &str| rows[key].as_u64().unwrap();
        assert_eq!((count("in"), count("used"), count("rejected")), (171, used, 1), "{more:?}");
        let twice = if rows["there_twice_left_out"] == true { count("there_twice") } else { 0 };
        assert_eq!(count("in"), used + 1 + count("refunds_left_out") + twice, "{more:?}");
        assert_eq!(document["profiles"][0]["sum"], sum, "{more:?}");
    }
}

#[test]
fn dates_that_can_be_two_and_hours_by_their_end_are_read_as_told() {
    let folder = TempDir::new().unwrap();
    let rows = |day: &dyn Fn(usize) -> String| {
        let row = |hour: usize| format!("{},{},{}\n", day(4 + hour / 24), hour % 24 + 1, hour % 7);
        format!("date,hour,amount\n{}", (0..336).map(row).collect::<String>())
    };
    let read = |name: &str, text_of: &str, order: &[&str]| {
        let file = write(&folder, name, text_of);
        build(&[&[text(&file), "--hour-ends"], &SEOUL[..], order].concat())
    };
    let iso = read("iso.csv", &rows(&|day| format!("2024-03-{day:02}")), &[]);
    for (name, order, day) in [
        ("mdy.csv", "mdy", &(|day| format!("03/{day:02}/2024")) as &dyn Fn(usize) -> String),
        ("dmy.csv", "dmy", &|day| format!("{day}/3/24")),
        ("ymd.csv", "ymd", &|day| format!("24.03.{day:02}")),
        ("korean.csv", "ymd", &|day| format!("2024년 3월 {day}일")),
    ] {
        let told = read(name, &rows(day), &["--date-order", order]);
        assert_eq!(profile_of(&told), profile_of(&iso), "{name}");
    }
    assert_eq!(iso["grain"], "hour");
}

#[test]
fn pages_of_profiles_are_eighty_columns_wide() {
    for lang in ["en", "ko"] {
        for arguments in [
            &["profile", "build", POS, "--timezone", "Asia/Seoul"][..],
            &["profile", "build", "tests/cli/profile.in/lines.tsv", "--timezone", "Asia/Seoul"],
            &[
                "profile",
                "build",
                "tests/cli/profile.in/days.csv",
                "--timezone",
                "Asia/Seoul",
                "--hours-from",
                "kr-taxi",
                "--holidays",
                "kr",
                "--season",
                "weeks",
                "--annual",
                "4.2967억",
            ],
            &["profile", "build", "tests/cli/profile.in/seoul.csv", "--trade", "커피-음료"],
            &["profile", "show", "kr-online-shopping"],
            &["profile", "show", "tests/cli/profile.in/my-profile.toml"],
            &["profile", "list"],
        ] {
            let run = netloss(&[arguments, &["--lang", lang]].concat());
            narrow(&run, 80, &arguments.join(" "));
        }
    }
}

#[test]
fn colour_is_there_where_it_is_asked_for_and_never_in_a_file() {
    let coloured = netloss(&["--color", "always", "profile", "show", "kr-taxi"]);
    assert!(coloured.out.contains("\u{1b}[38;5;"));
    assert!(!netloss(&["profile", "show", "kr-taxi"]).out.contains('\u{1b}'));
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("taxi.txt");
    assert_eq!(netloss(&["--color", "always", "profile", "show", "kr-taxi", "-o", text(&file)]).code, 0);
    assert!(!fs::read_to_string(&file).unwrap().contains('\u{1b}'));
}

#[test]
fn what_unpacks_out_of_proportion_or_is_no_workbook_is_refused() {
    let folder = TempDir::new().unwrap();
    let told = |name: &str, bytes: &[u8]| {
        let file = folder.path().join(name);
        fs::write(&file, bytes).unwrap();
        let run = netloss(&[&["profile", "build", text(&file)], &SEOUL[..]].concat());
        assert_eq!(run.code, 3, "{name}: {}", run.err);
        run.err
    };
    assert!(told("old.xls", b"\xd0\xcf\x11\xe0rest").contains("the old format"));
    assert!(told("cut.xlsx", b"PK\x03\x04rest").contains("save it as xlsx again"));
    let mut bomb = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    bomb.start_file("xl/sharedStrings.xml", zip::write::SimpleFileOptions::default()).unwrap();
    for _ in 0..300 {
        bomb.write_all(&[b' '; 1 << 20]).unwrap();
    }
    let bomb = bomb.finish().unwrap().into_inner();
    assert!(bomb.len() < 1 << 20, "{} bytes", bomb.len());
    assert!(told("bomb.xlsx", &bomb).contains("larger than 268435456 bytes unpacked"));
    assert!(told("prose.csv", "이것은 표가 아닙니다\n".as_bytes()).contains("no column for"));
}

#[test]
fn the_schema_of_profile_files_lists_the_keys_of_a_built_one() {
    let schema: Value = serde_json::from_str(&netloss(&["schema", "profile"]).out).unwrap();
    let keys = &schema["properties"]["profile"]["items"]["properties"];
    let built = netloss(&[
        "profile",
        "build",
        "tests/cli/profile.in/days.csv",
        "--timezone",
        "Asia/Seoul",
        "--hours-from",
        "flat",
        "--holidays",
        "kr",
        "--growth",
        "3%",
        "-o",
        "-",
    ]);
    assert_eq!(built.code, 0, "{}", built.err);
    let file: toml::Table = built.out.parse().unwrap();
    let profile = file["profile"][0].as_table().unwrap();
    assert!(profile.len() > 9, "{profile:?}");
    for key in profile.keys() {
        assert!(keys.get(key).is_some(), "{key}");
    }
    assert!(built.err.contains("The ordinary week"), "the report stands beside it");
}
