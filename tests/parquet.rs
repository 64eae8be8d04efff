//! Parquet in and out agrees with CSV in and out.

#![cfg(feature = "batch")]

use std::path::Path;
use std::process::Command;

use polars::prelude::{
    Column, DataFrame, DataType, IntoColumn, NamedFrom, ParquetReader, ParquetWriter, SerReader, Series,
    TimeUnit, TimeZone,
};

fn netloss(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let run =
        Command::new(env!("CARGO_BIN_EXE_netloss")).current_dir(folder).args(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (run.status.code().unwrap(), text(run.stdout), text(run.stderr))
}

fn scenario(hourly: &str) -> String {
    format!(
        "format = 1\nname = \"hours\"\ncurrency = \"KRW\"\ntimezone = \"Asia/Seoul\"\n\
         [outage]\nstart = \"2022-10-15T15:30\"\ndurations = [\"4h30m\"]\n\
         [[line]]\nid = \"shop\"\nrevenue = {{ hourly = \"{hourly}\" }}\n"
    )
}

/// Local hours from 15 October 2022, 15:00, with their revenue.
const HOURS: [(&str, f64); 6] = [
    ("2022-10-15T15:00", 100.0),
    ("2022-10-15T16:00", 200.0),
    ("2022-10-15T17:00", 300.0),
    ("2022-10-15T18:00", 400.0),
    ("2022-10-15T19:00", 500.0),
    ("2022-10-15T20:00", 600.0),
];

/// 15:30 to 20:00: half of the first hour and all of the next four.
const LOST: f64 = 50.0 + 200.0 + 300.0 + 400.0 + 500.0;

fn write(path: &Path, columns: Vec<Column>) {
    let mut frame = DataFrame::new_infer_height(columns).unwrap();
    ParquetWriter::new(std::fs::File::create(path).unwrap()).finish(&mut frame).unwrap();
}

/// The hours as microseconds since 1970, local clocks read as if they were UTC.
fn micros(shift_hours: i64) -> Vec<i64> {
    let at = |text: &str| {
        let local: jiff::civil::DateTime = text.parse().unwrap();
        local.to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp().as_microsecond()
    };
    HOURS.iter().map(|(text, _)| at(text) - shift_hours * 3_600_000_000).collect()
}

#[test]
fn an_hourly_series_reads_alike_from_csv_and_from_each_kind_of_parquet() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let rows: String = HOURS.iter().map(|(time, revenue)| format!("{time},{revenue}\n")).collect();
    std::fs::write(path.join("hours.csv"), format!("time,revenue\n{rows}")).unwrap();
    let revenue = || Column::new("revenue".into(), HOURS.iter().map(|hour| hour.1).collect::<Vec<_>>());
    let texts: Vec<&str> = HOURS.iter().map(|hour| hour.0).collect();
    write(&path.join("text.parquet"), vec![Column::new("time".into(), texts), revenue()]);
    let datetime = |shift: i64, zone: Option<TimeZone>| {
        let series = Series::new("시각".into(), micros(shift));
        series.cast(&DataType::Datetime(TimeUnit::Microseconds, zone)).unwrap().into_column()
    };
    write(&path.join("local.parquet"), vec![datetime(0, None), revenue()]);
    // Seoul is nine hours ahead of UTC.
    write(&path.join("instant.parquet"), vec![datetime(9, Some(TimeZone::UTC)), revenue()]);

    for file in ["hours.csv", "text.parquet", "local.parquet", "instant.parquet"] {
        std::fs::write(path.join("s.toml"), scenario(file)).unwrap();
        let (code, out, err) = netloss(path, &["project", "s.toml", "--format", "json"]);
        assert_eq!(code, 0, "{file}: {err}");
        let result: serde_json::Value = serde_json::from_str(&out).unwrap();
        assert_eq!(result["rows"][0]["gross"], LOST, "{file}");
    }
}

#[test]
fn a_bad_parquet_series_is_told_with_its_row() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let times = vec!["2022-10-15T15:00", "2022-10-15T16:00"];
    let time = || Column::new("time".into(), times.clone());
    write(&path.join("negative.parquet"), vec![time(), Column::new("revenue".into(), vec![1.0, -2.0])]);
    write(&path.join("text.parquet"), vec![time(), Column::new("revenue".into(), vec!["1", "2"])]);
    write(&path.join("named.parquet"), vec![time(), Column::new("umsatz".into(), vec![1.0, 2.0])]);
    std::fs::write(path.join("broken.parquet"), b"PAR1 and no more").unwrap();
    for (file, told) in [
        ("negative.parquet", "row 2: revenue is -2"),
        ("text.parquet", "revenue is a column of str"),
        ("named.parquet", "no column \"revenue\"; the columns are: time, umsatz"),
        ("broken.parquet", "broken.parquet"),
        ("absent.parquet", "absent.parquet"),
    ] {
        std::fs::write(path.join("s.toml"), scenario(file)).unwrap();
        let (code, out, _) = netloss(path, &["check", "s.toml"]);
        assert_eq!(code, 3, "{file}");
        assert!(out.contains(told) && out.contains("s.toml:10:"), "{file}: {out}");
    }
}

#[test]
fn a_projection_as_parquet_holds_what_its_csv_holds() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let (code, csv, _) = netloss(path, &["project", "kakao-2022-tower", "--format", "csv"]);
    assert_eq!(code, 0);
    let (code, ..) =
        netloss(path, &["project", "kakao-2022-tower", "--format", "parquet", "-o", "p.parquet"]);
    assert_eq!(code, 0);
    let frame = ParquetReader::new(std::fs::File::open(path.join("p.parquet")).unwrap()).finish().unwrap();
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let headers = reader.headers().unwrap().clone();
    let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(frame.shape(), (records.len(), headers.len()));
    for (place, name) in headers.iter().enumerate() {
        let column = frame.column(name).unwrap().f64().unwrap().clone();
        for (row, record) in records.iter().enumerate() {
            assert_eq!(column.get(row).unwrap(), record[place].parse::<f64>().unwrap(), "{name} row {row}");
        }
    }
    let (code, _, err) = netloss(path, &["project", "--format", "parquet"]);
    assert_eq!((code, err.contains("-o FILE")), (2, true), "Parquet is not for a terminal");
}

/// Years of two shards and some rows more than a row group.
const YEARS: &str = "300_000";

fn simulated(folder: &Path, arguments: &[&str]) -> String {
    let scenario = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/simulation/hour_of_week.toml");
    let arguments = [&["simulate", scenario.to_str().unwrap(), "--years", YEARS][..], arguments].concat();
    let (code, out, err) = netloss(folder, &arguments);
    assert_eq!(code, 0, "{arguments:?}: {err}");
    out
}

#[test]
fn years_are_the_same_bytes_on_any_number_of_threads_and_in_any_number_of_shards() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let read = |name: &str| std::fs::read(path.join(name)).unwrap();
    let json = simulated(path, &["--threads", "1", "--format", "json", "--year-loss", "1.parquet"]);
    for threads in ["2", "7"] {
        let table = format!("{threads}.parquet");
        let other = simulated(path, &["--threads", threads, "--format", "json", "--year-loss", &table]);
        assert!(other == json && read(&table) == read("1.parquet"), "{threads} threads");
    }
    let parts: Vec<String> = (1..=16).map(|shard| format!("part-{shard:02}.parquet")).collect();
    for (shard, part) in parts.iter().enumerate() {
        simulated(path, &["--shard", &format!("{}/16", shard + 1), "-o", part]);
    }
    let mut merge = vec!["merge", "--format", "json", "--year-loss", "merged.parquet"];
    merge.extend(parts.iter().map(String::as_str));
    let (code, merged, err) = netloss(path, &merge);
    assert_eq!(code, 0, "{err}");
    assert!(merged == json, "the figures of 16 shards are those of one run");
    assert!(read("merged.parquet") == read("1.parquet"), "and so is the table");
}

#[test]
fn tables_hold_the_same_in_parquet_and_in_csv() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    for end in ["csv", "parquet"] {
        let (years, outages, ep) = (format!("years.{end}"), format!("outages.{end}"), format!("ep.{end}"));
        simulated(path, &["--year-loss", &years, "--event-loss", &outages, "--ep", &ep]);
    }
    for table in ["years", "outages", "ep"] {
        let mut reader = csv::Reader::from_path(path.join(format!("{table}.csv"))).unwrap();
        let names: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        let file = std::fs::File::open(path.join(format!("{table}.parquet"))).unwrap();
        let frame = ParquetReader::new(file).finish().unwrap();
        assert_eq!((frame.height(), frame.width()), (rows.len(), names.len()), "{table}");
        for (place, name) in names.iter().enumerate() {
            let column = frame.column(name).unwrap();
            if column.dtype() == &DataType::String {
                continue;
            }
            let numbers = column.cast(&DataType::Float64).unwrap();
            for (row, number) in rows.iter().zip(numbers.f64().unwrap().iter()).step_by(97) {
                assert_eq!(row[place].parse::<f64>().unwrap(), number.unwrap(), "{table} {name}");
            }
        }
    }
}

#[test]
fn claims_read_alike_from_csv_and_from_parquet_and_go_into_both() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let ids: Vec<String> = (0..2_000).map(|n| format!("M-{n:05}")).collect();
    let sales = |of: i64| (0..2_000_i64).map(|n| (n * of) % 2_000_003).collect::<Vec<_>>();
    let (usual, outage) = (sales(7_919), sales(104_729));
    let words: Vec<_> = (0..2_000).map(|n| ["서울", "a,b", "say \"no\"", ""][n % 4]).collect();
    let shares: Vec<_> = (0..2_000).map(|n| (n % 3 > 0).then_some(f64::from(n % 7) / 8.0)).collect();
    let start = micros(0)[0];
    let times: Vec<_> = (0..2_000_i64).map(|n| start + 3_600_000_000 + n * 60_000_000).collect();
    let local = |n: i64| {
        jiff::tz::TimeZone::UTC.to_datetime(jiff::Timestamp::from_microsecond(times[n as usize]).unwrap())
    };
    let mut text = String::from("id,usual_sales,outage_sales,region,margin,outage_start\n");
    for n in 0..2_000 {
        let word = if words[n].contains([',', '"']) {
            format!("\"{}\"", words[n].replace('"', "\"\""))
        } else {
            words[n].into()
        };
        let share = shares[n].map_or_else(String::new, |share| share.to_string());
        text.push_str(&format!(
            "{},{},{},{word},{share},{}\n",
            ids[n],
            usual[n],
            outage[n],
            local(n as i64)
        ));
    }
    std::fs::write(path.join("claims.csv"), text).unwrap();
    let times = Series::new("outage_start".into(), times);
    write(
        &path.join("claims.parquet"),
        vec![
            Column::new("id".into(), &ids),
            Column::new("usual_sales".into(), usual),
            Column::new("outage_sales".into(), outage),
            Column::new("region".into(), words),
            Column::new("margin".into(), shares),
            times.cast(&DataType::Datetime(TimeUnit::Microseconds, None)).unwrap().into_column(),
        ],
    );
    let run = |claims: &str, output: &str| {
        let arguments = [
            "compensate",
            claims,
            "--scheme",
            "kakao-1015-2022",
            "-o",
            output,
            "--force",
            "--format",
            "json",
        ];
        let (code, text, errors) = netloss(path, &arguments);
        assert_eq!(code, 0, "{errors}");
        text.lines()
            .filter(|line| !line.contains("\"claims\": \"") && !line.contains("encoding"))
            .collect::<Vec<_>>()
            .join("\n")
    };
    let totals = run("claims.csv", "from-csv.csv");
    assert_eq!(totals, run("claims.parquet", "from-parquet.csv"));
    let bytes = |name: &str| std::fs::read_to_string(path.join(name)).unwrap();
    assert_eq!(bytes("from-csv.csv"), bytes("from-parquet.csv"));
    assert_eq!(totals, run("claims.parquet", "paid.parquet"));
    let paid =
        ParquetReader::new(std::fs::File::open(path.join("paid.parquet")).unwrap()).finish().unwrap();
    let amounts = paid.column("amount").unwrap().u64().unwrap();
    let csv = bytes("from-csv.csv");
    let expected: Vec<u64> =
        csv.lines().skip(1).map(|line| line.split(',').nth(1).unwrap().parse().unwrap()).collect();
    assert_eq!(amounts.iter().map(Option::unwrap).collect::<Vec<_>>(), expected);
}

#[test]
fn sales_in_parquet_make_the_profile_that_they_make_in_csv() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    // Two weeks of half hours from Monday 4 March 2024 on, in row groups of a hundred rows.
    let first = jiff::civil::date(2024, 3, 4).to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp();
    let instants: Vec<i64> =
        (0..672).map(|row| first.as_microsecond() + row * 1_800_000_000 + 60_000_000).collect();
    let amounts: Vec<i64> = (0..672).map(|row| 1_000 + row % 97 * 10).collect();
    let local = |micros: &i64| {
        let instant = jiff::Timestamp::from_microsecond(*micros).unwrap();
        jiff::tz::TimeZone::UTC.to_datetime(instant).to_string()
    };
    let rows = instants.iter().zip(&amounts).map(|(at, amount)| format!("{},{amount}\n", local(at)));
    std::fs::write(path.join("sales.csv"), format!("거래일시,금액\n{}", rows.collect::<String>())).unwrap();
    let datetime = |shift: i64, zone: Option<TimeZone>| {
        let micros: Vec<i64> = instants.iter().map(|at| at - shift * 3_600_000_000).collect();
        let series = Series::new("거래일시".into(), micros);
        series.cast(&DataType::Datetime(TimeUnit::Microseconds, zone)).unwrap().into_column()
    };
    let texts: Vec<String> = instants.iter().map(local).collect();
    for (name, time) in [
        ("local.parquet", datetime(0, None)),
        ("instant.parquet", datetime(9, Some(TimeZone::UTC))),
        ("text.parquet", Column::new("거래일시".into(), texts)),
    ] {
        let mut frame =
            DataFrame::new_infer_height(vec![time, Column::new("금액".into(), amounts.clone())]).unwrap();
        let file = std::fs::File::create(path.join(name)).unwrap();
        ParquetWriter::new(file).with_row_group_size(Some(100)).finish(&mut frame).unwrap();
    }
    let profile = |file: &str| {
        let arguments = ["profile", "build", file, "--timezone", "Asia/Seoul", "--format", "json"];
        let (code, out, err) = netloss(path, &arguments);
        assert_eq!(code, 0, "{file}: {err}");
        let document: serde_json::Value = serde_json::from_str(&out).unwrap();
        assert_eq!(document["rows"]["used"], 672, "{file}");
        document["profiles"].clone()
    };
    let csv = profile("sales.csv");
    for file in ["local.parquet", "instant.parquet", "text.parquet"] {
        assert_eq!(profile(file), csv, "{file}");
    }
}

#[test]
fn a_column_of_a_kind_that_is_not_read_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let lists = Series::new("loss".into(), [Series::new("".into(), [1, 2])]);
    write(&path.join("lists.parquet"), vec![Column::new("id".into(), ["A"]), lists.into_column()]);
    let compensate = ["compensate", "lists.parquet", "--scheme", "kakao-1015-2022"];
    let build = ["profile", "build", "lists.parquet", "--timezone", "Asia/Seoul"];
    for arguments in [&compensate[..], &build[..]] {
        let (code, _, errors) = netloss(path, arguments);
        assert!(code == 3 && errors.contains("column \"loss\" holds lists"), "{code}: {errors}");
    }
    std::fs::write(path.join("s.toml"), scenario("lists.parquet")).unwrap();
    let (_, _, errors) = netloss(path, &["project", "s.toml"]);
    assert!(errors.contains("column \"loss\" holds lists"), "{errors}");
    // Nothing but headings: a file without claims, and no fault.
    let none = |name: &str| Series::new_null(name.into(), 0).into_column();
    write(&path.join("none.parquet"), vec![none("id"), none("loss")]);
    let (code, text, errors) =
        netloss(path, &["compensate", "none.parquet", "--scheme", "kakao-1015-2022"]);
    assert!(code == 0 && text.contains("0 won"), "{errors}{text}");
}

#[test]
fn names_of_64_binary_digits_stay_what_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let ids = [u64::MAX, u64::MAX - 1, 7];
    let losses = [400_000_u64, 100_000, u64::MAX];
    write(
        &path.join("claims.parquet"),
        vec![Column::new("id".into(), ids), Column::new("loss".into(), losses)],
    );
    let arguments = ["compensate", "claims.parquet", "--scheme", "kakao-1015-2022", "-o", "paid.csv"];
    let (code, _, errors) = netloss(path, &[&arguments[..], &["--columns", "id,amount"]].concat());
    assert_eq!(code, 0, "{errors}");
    let text = |name: &str| std::fs::read_to_string(path.join(name)).unwrap();
    assert_eq!(text("paid.csv"), "id,amount\n18446744073709551615,50000\n18446744073709551614,30000\n");
    let rejected = text("paid.rejected.csv");
    assert!(rejected.contains("3,4,7,too_large,loss,18446744073709551615"), "{rejected}");
}

/// Claims of so many merchants, by day of their outage, in row groups of 30,000.
fn merchants(path: &Path, rows: i64) {
    let numbers = || 0..rows;
    let ids: Vec<i64> = numbers().collect();
    let losses: Vec<i64> = numbers().map(|n| n * 7_919 % 900_000).collect();
    let regions: Vec<_> = numbers().map(|n| ["서울", "경기, 북부", "=1+1", ""][n as usize % 4]).collect();
    let mut frame = DataFrame::new_infer_height(vec![
        Column::new("id".into(), ids),
        Column::new("loss".into(), losses),
        Column::new("region".into(), regions),
    ])
    .unwrap();
    let file = std::fs::File::create(path).unwrap();
    ParquetWriter::new(file).with_row_group_size(Some(30_000)).finish(&mut frame).unwrap();
}

#[test]
fn chosen_columns_are_the_same_in_parquet_and_in_csv() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    merchants(&path.join("claims.parquet"), 70_000);
    let run = |output: &str| {
        let arguments = ["compensate", "claims.parquet", "--scheme", "kakao-1015-2022"];
        let columns = ["--columns", "region,amount,id,loss,due", "-o", output];
        let (code, _, errors) = netloss(path, &[&arguments[..], &columns].concat());
        assert_eq!(code, 0, "{errors}");
    };
    run("paid.csv");
    run("paid.parquet");
    let paid =
        ParquetReader::new(std::fs::File::open(path.join("paid.parquet")).unwrap()).finish().unwrap();
    assert_eq!(paid.get_column_names(), ["region", "amount", "id", "loss", "due"]);
    let mut lines = csv::Reader::from_path(path.join("paid.csv")).unwrap();
    let rows: Vec<csv::StringRecord> = lines.records().map(Result::unwrap).collect();
    assert_eq!((rows.len(), paid.height()), (70_000, 70_000));
    let [region, amount, id, loss, due] =
        ["region", "amount", "id", "loss", "due"].map(|name| paid.column(name).unwrap());
    for (place, row) in rows.iter().enumerate() {
        let number = |text: &str| text.parse::<f64>().ok();
        // In CSV a spreadsheet must not take a text for a formula.
        assert_eq!(row[0].trim_start_matches('\''), region.str().unwrap().get(place).unwrap());
        assert_eq!(row[1].parse().ok(), amount.u64().unwrap().get(place));
        assert_eq!(&row[2], id.str().unwrap().get(place).unwrap());
        assert_eq!(number(&row[3]), loss.f64().unwrap().get(place));
        assert_eq!(number(&row[4]), due.f64().unwrap().get(place), "nothing where nothing is due");
    }
}

#[test]
fn a_killed_run_from_parquet_goes_on_to_the_bytes_of_one_that_was_not() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    merchants(&path.join("claims.parquet"), 400_000);
    let arguments = ["compensate", "claims.parquet", "--scheme", "kakao-1015-2022", "-o"];
    let (code, _, errors) = netloss(path, &[&arguments[..], &["whole.csv"]].concat());
    assert_eq!(code, 0, "{errors}");
    let resume = ["parts.csv", "--resume", "--journal", "0", "--threads", "2"];
    let journal = || std::fs::metadata(path.join("parts.csv.journal")).and_then(|it| it.modified()).ok();
    let (mut kills, mut resumed) = (0, 0);
    loop {
        let entry = journal();
        resumed += u32::from(entry.is_some());
        let mut run = Command::new(env!("CARGO_BIN_EXE_netloss"));
        let run = run.current_dir(path).args(arguments).args(resume);
        let mut run = run.stdout(std::process::Stdio::null()).spawn().unwrap();
        while kills < 6 && run.try_wait().unwrap().is_none() {
            if journal() != entry {
                let _ = run.kill();
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
        if let Some(code) = run.wait().unwrap().code() {
            assert_eq!(code, 0);
            break;
        }
        kills += 1;
    }
    assert!(kills > 0 && resumed > 0, "{kills} kills, gone on {resumed} times");
    let bytes = |name: &str| std::fs::read(path.join(name)).unwrap();
    assert!(bytes("whole.csv") == bytes("parts.csv"), "after {kills} kills");
}
