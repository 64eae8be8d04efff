//! Claims in and files out: rows that add up, whole files or none, and statements.

use super::*;

const CLAIMS: &str = "tests/cli/compensate.in/claims.csv";
const DAYS: &str = "tests/cli/statement.in/days.csv";
const KAKAO: [&str; 2] = ["--scheme", "kakao-1015-2022"];

fn compensate(claims: &str, more: &[&str]) -> Run {
    netloss(&[&["compensate", claims], &KAKAO[..], more].concat())
}

fn document(claims: &str) -> Value {
    serde_json::from_str(&compensate(claims, &["--format", "json"]).out).unwrap()
}

#[test]
fn rows_in_are_rows_paid_and_nothing_due_and_in_review_and_rejected() {
    for file in [CLAIMS, "tests/cli/compensate.in/bad.csv"] {
        let told = document(file);
        let ends = told["ends"].as_object().unwrap().values().map(|n| n.as_u64().unwrap());
        let below_the_head = fs::read(file).unwrap().iter().filter(|byte| **byte == b'\n').count() - 1;
        assert_eq!(ends.sum::<u64>(), told["rows"].as_u64().unwrap());
        assert_eq!(told["rows"], json!(below_the_head));
        let reasons = told["reasons"].as_object().unwrap().values();
        let by_reason: u64 = reasons.map(|reason| reason["amount"].as_u64().unwrap()).sum();
        assert_eq!(told["amount"], json!(by_reason), "by reason and in all");
    }
}

#[test]
fn a_row_for_each_claim_comes_to_the_total_and_rejects_have_their_own_file() {
    let folder = TempDir::new().unwrap();
    let (paid, rejected) = (folder.path().join("paid.csv"), folder.path().join("paid.rejected.csv"));
    let both = folder.path().join("both.csv");
    let bad = fs::read_to_string(CLAIMS).unwrap() + "C-099,,,,,,,#N/A,1,,,\n";
    fs::write(&both, bad).unwrap();
    let run = compensate(text(&both), &["-o", text(&paid)]);
    assert_eq!(run.code, 0, "{}", run.err);
    let mut rows = csv::Reader::from_path(&paid).unwrap();
    assert_eq!(rows.headers().unwrap().iter().take(3).collect::<Vec<_>>(), ["id", "amount", "reason"]);
    let rows: Vec<_> = rows.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 14);
    let total: i64 = rows.iter().map(|row| row[1].parse::<i64>().unwrap()).sum();
    assert_eq!(document(text(&both))["amount"], json!(total));
    let refused = fs::read_to_string(&rejected).unwrap();
    assert!(refused.contains("15,16,C-099,spreadsheet_error,usual sales,#N/A"), "{refused}");
    for secret in ["김밥나라", "101-01-00014", "110-1", "1010100014"] {
        assert!(!fs::read_to_string(&paid).unwrap().contains(secret), "{secret}");
    }
    let again = compensate(text(&both), &["-o", text(&paid)]);
    assert_eq!(again.code, 5);
    assert!(again.err.contains("--force"), "{}", again.err);
    let before = fs::read(&paid).unwrap();
    let forced = compensate(text(&both), &["-o", text(&paid), "--force", "--excel-csv"]);
    assert_eq!(forced.code, 0);
    assert_eq!(fs::read(&paid).unwrap(), [&b"\xef\xbb\xbf"[..], &before].concat());
    assert_eq!(compensate(text(&both), &["--strict"]).code, 4);
    let mended = compensate(CLAIMS, &["-o", text(&paid), "--force"]);
    assert_eq!(mended.code, 0);
    let refused = fs::read_to_string(&rejected).unwrap();
    assert_eq!(refused.lines().count(), 1, "no row of the earlier run is left: {refused}");
}

#[test]
fn every_reason_for_which_a_row_is_no_claim_has_its_words_in_both_languages() {
    use netloss::view::{Language, compensation::words::reject};
    let told = document("tests/cli/compensate.in/bad.csv");
    let reasons = told["rejects"].as_object().unwrap();
    assert!(reasons.len() > 30, "{reasons:?}");
    for reason in reasons.keys() {
        assert!(!reject(reason, Language::Ko).is_empty(), "{reason}");
        assert!(!reject(reason, Language::En).is_empty(), "{reason}");
    }
}

#[test]
fn a_run_writes_over_nothing_that_it_reads() {
    let folder = TempDir::new().unwrap();
    let claims = write(&folder, "claims.csv", &fs::read_to_string(CLAIMS).unwrap());
    let scheme = write(&folder, "mine.toml", netloss::read::library::scheme("kakao-1015-2022").unwrap());
    let output = folder.path().join("paid.csv");
    let (claims, scheme, output) = (text(&claims), text(&scheme), text(&output));
    for (option, more) in [
        ("-o", &["-o", claims][..]),
        ("-o", &["-o", scheme]),
        ("--rejected", &["-o", output, "--rejected", claims]),
        ("--rejected", &["-o", output, "--rejected", scheme]),
    ] {
        let run = netloss(&[&["compensate", claims, "--scheme", scheme, "--force"], more].concat());
        assert_eq!(run.code, 2, "{more:?}");
        assert!(run.err.starts_with(&format!("error: {option} names ")), "{}", run.err);
    }
    assert_eq!(names(&folder), ["claims.csv", "mine.toml"]);
    assert_eq!(fs::read(claims).unwrap(), fs::read(CLAIMS).unwrap());
}

#[test]
fn a_run_that_fails_leaves_no_file() {
    let folder = TempDir::new().unwrap();
    let output = folder.path().join("paid.csv");
    let run = compensate("tests/cli/compensate.in/heads.csv", &["-o", text(&output)]);
    assert_eq!(run.code, 3);
    assert_eq!(entries(folder.path()), Vec::<PathBuf>::new());
}

#[test]
fn claims_from_stdin_and_in_cp949_come_to_the_same() {
    let plain = fs::read(CLAIMS).unwrap();
    let (korean, _, bad) = encoding_rs::EUC_KR.encode(std::str::from_utf8(&plain).unwrap());
    assert!(!bad);
    let from_stdin = |bytes: &[u8]| {
        let run = piped(&[&["compensate", "-"], &KAKAO[..], &["--format", "json"]].concat(), bytes);
        let mut told: Value = serde_json::from_str(&run.out).unwrap();
        let encoding = told["encoding"].take();
        (told, encoding)
    };
    let (told, encoding) = from_stdin(&plain);
    assert_eq!(encoding, json!("utf-8"));
    assert_eq!(from_stdin(&korean), (told, json!("cp949")));
}

#[test]
fn the_code_of_a_statement_changes_with_any_figure_and_with_nothing_else() {
    let folder = TempDir::new().unwrap();
    let of = |file: &str, id: &str, scheme: &str| {
        let page = netloss(&["statement", file, "--id", id, "--scheme", scheme]).out;
        let code = page.lines().find_map(|line| line.strip_prefix("확인번호: "));
        code.unwrap_or_else(|| panic!("{page}")).to_owned()
    };
    let code = of(DAYS, "C-000123", "kakao-1015-2022");
    let verify = |code: &str, file: &str| {
        netloss(&[&["verify-statement", code, file, "--id", "C-000123"], &KAKAO[..]].concat())
    };
    let good = verify(&code.to_lowercase().replace('-', " "), DAYS);
    assert_eq!(good.code, 0, "{}", good.err);
    assert!(good.out.contains("50,000원") && good.out.contains("알 수 없습니다"), "{}", good.out);
    let sales = fs::read_to_string(DAYS).unwrap();
    let file = write(&folder, "later.csv", &sales.replacen("분식업", "한식업", 1));
    assert_eq!(verify(&code, text(&file)).code, 0, "an industry that no rule asks for is no figure");
    let (head, row) = sales.split_once('\n').unwrap();
    let last = row.trim_end().rsplit(',').next().unwrap();
    let more = format!("{head}\n{}\n", row.trim_end().replace(&format!(",{last}"), &format!(",{last}1")));
    let file = write(&folder, "more.csv", &more);
    assert_eq!(verify(&code, text(&file)).code, 3);
    assert_ne!(of(DAYS, "C-000123", "kakao-1015-2022-below"), code, "another scheme is another code");
}

#[test]
fn a_statement_shows_no_name_and_no_number_in_full() {
    let folder = TempDir::new().unwrap();
    let claims = "id,name,business_number,account,loss\nA-1,김철수,120-81-47521,110123456789,300001\n";
    let file = write(&folder, "claims.csv", claims);
    for lang in ["ko", "en"] {
        let page =
            netloss(&[&["statement", text(&file), "--id", "A-1", "--lang", lang], &KAKAO[..]].concat()).out;
        assert!(page.contains("김*수") && page.contains("120-81-*****"), "{page}");
        for secret in ["김철수", "47521", "110123456789"] {
            assert!(!page.contains(secret), "{page}");
        }
        assert!(page.contains("오만"), "{page}");
    }
}

#[test]
fn pages_fit_into_eighty_columns_in_both_languages() {
    let folder = TempDir::new().unwrap();
    let shops = fs::read_to_string("tests/cli/estimate.in/shops.csv").unwrap();
    let names = format!("{},{}", "음식점업".repeat(12), "주문하기".repeat(12));
    let long = write(&folder, "long.csv", &shops.replace("음식점,주문", &names));
    for lang in ["ko", "en"] {
        let mut pages = vec![
            compensate(
                CLAIMS,
                &[
                    "--lang",
                    lang,
                    "--cliffs",
                    "--sample",
                    "9",
                    "--compare-schemes",
                    "kakao-1015-2022-below",
                ],
            ),
            netloss(&["schemes", "--lang", lang]),
            netloss(
                &[
                    &["compensate", "--estimate", "kakao-2022-final", "--draws", "100", "--lang", lang],
                    &KAKAO[..],
                    &["--compare-schemes", "kt-ahyeon-2018,kakao-channel-cash-2022"],
                ]
                .concat(),
            ),
            netloss(
                &[
                    &["compensate", "--estimate", text(&long), "--draws", "100", "--lang", lang],
                    &KAKAO[..],
                    &["--compare-schemes", "kt-ahyeon-2018,kakao-channel-cash-2022"],
                ]
                .concat(),
            ),
            netloss(&[&["statement", DAYS, "--id", "C-000123", "--lang", lang], &KAKAO[..]].concat()),
        ];
        for (id, _) in netloss::read::library::SCHEMES {
            pages.push(netloss(&["schemes", id, "--lang", lang]));
            pages.push(netloss(&[
                "statement",
                "tests/cli/statement.in/fees.csv",
                "--id",
                "F-1",
                "--scheme",
                id,
                "--lang",
                lang,
                "--other-columns",
                "ignore",
            ]));
        }
        for page in pages {
            for line in page.out.lines().filter(|line| !line.contains("netloss ")) {
                assert!(line.width() <= 80, "{} columns: {line}", line.width());
            }
        }
    }
}

#[test]
fn threads_change_nothing_in_an_estimate_and_other_schemes_change_nothing_in_the_first() {
    let estimate = |more: &[&str]| -> Value {
        let population =
            ["compensate", "--estimate", "kakao-2022-final", "--draws", "100", "--format", "json"];
        serde_json::from_str(&netloss(&[&population, &KAKAO[..], more].concat()).out).unwrap()
    };
    let others = ["--compare-schemes", "kt-ahyeon-2018,kakao-channel-cash-2022"];
    let on_one = estimate(&[&others[..], &["--threads", "1"]].concat());
    for threads in ["2", "3", "40"] {
        assert_eq!(on_one, estimate(&[&others[..], &["--threads", threads]].concat()));
    }
    let alone = estimate(&[]);
    assert!(alone.get("compared").is_none());
    for part in ["total", "groups", "reasons"] {
        assert_eq!(alone[part], on_one[part]);
    }
    for other in on_one["compared"].as_array().unwrap() {
        let mean = |it: &Value| it["mean"].as_f64().unwrap();
        let more = mean(&other["total"]["budget"]) - mean(&on_one["total"]["budget"]);
        assert!((more - mean(&other["more"])).abs() < 1.0, "{other}");
    }
}
