//! Claims from workbooks: what a spreadsheet keeps is what a CSV file would say.

use super::*;

/// A workbook of sheets, each with its rows; the first is hidden.
///
/// Numbers, days and texts are cells of their own kinds, as people type them.
fn workbook(sheets: &[&[Vec<&str>]]) -> Vec<u8> {
    let mut book = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let mut part = |name: &str, text: &str| {
        book.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        book.write_all(format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>{text}").as_bytes()).unwrap();
    };
    let main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "xmlns=\"http://schemas.openxmlformats.org/package/2006";
    let numbers: Vec<usize> = (1..=sheets.len()).collect();
    let each = |one: &dyn Fn(usize) -> String| numbers.iter().map(|n| one(*n)).collect::<String>();
    let types = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    let of_sheets = each(&|n| {
        format!(
            "<Override PartName=\"/xl/worksheets/sheet{n}.xml\" ContentType=\"{types}.worksheet+xml\"/>"
        )
    });
    part(
        "[Content_Types].xml",
        &format!(
            "<Types {package}/content-types\"><Default Extension=\"rels\" \
             ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
             <Override PartName=\"/xl/workbook.xml\" ContentType=\"{types}.sheet.main+xml\"/>{of_sheets}</Types>"
        ),
    );
    part(
        "_rels/.rels",
        &format!(
            "<Relationships {package}/relationships\"><Relationship Id=\"rId1\" \
             Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
        ),
    );
    let listed = each(&|n| {
        let state = if n == 1 { "hidden" } else { "visible" };
        format!("<sheet name=\"Sheet{n}\" sheetId=\"{n}\" state=\"{state}\" r:id=\"rId{n}\"/>")
    });
    part(
        "xl/workbook.xml",
        &format!("<workbook {main} xmlns:r=\"{office}\"><sheets>{listed}</sheets></workbook>"),
    );
    let linked = each(&|n| {
        format!(
            "<Relationship Id=\"rId{n}\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet{n}.xml\"/>"
        )
    });
    let styles = sheets.len() + 1;
    part(
        "xl/_rels/workbook.xml.rels",
        &format!(
            "<Relationships {package}/relationships\">{linked}<Relationship Id=\"rId{styles}\" \
             Type=\"{office}/styles\" Target=\"styles.xml\"/></Relationships>"
        ),
    );
    // Style 1 is a day.
    part(
        "xl/styles.xml",
        &format!(
            "<styleSheet {main}><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"
        ),
    );
    for (number, rows) in numbers.iter().zip(sheets) {
        let rows = rows.iter().enumerate().filter(|(_, cells)| !cells.is_empty());
        let rows: String = rows
            .map(|(place, cells)| {
                let row = place + 1;
                let cells = cells.iter().enumerate().map(|(column, text)| cell(column, row, text));
                format!("<row r=\"{row}\">{}</row>", cells.collect::<String>())
            })
            .collect();
        part(
            &format!("xl/worksheets/sheet{number}.xml"),
            &format!("<worksheet {main}><sheetData>{rows}</sheetData></worksheet>"),
        );
    }
    book.finish().unwrap().into_inner()
}

fn cell(column: usize, row: usize, text: &str) -> String {
    let at = format!("{}{row}", char::from(b'A' + column as u8));
    let day = |text: &str| -> Option<i32> {
        let day: jiff::civil::Date = text.parse().ok()?;
        Some(day.since(jiff::civil::date(1899, 12, 30)).unwrap().get_days())
    };
    // Commas part thousands; the papers "1,2,3,4" are text.
    let thousands = text.split(',').skip(1).all(|part| part.len() == 3);
    let number = if thousands { text.replace(',', "") } else { text.to_owned() };
    if text.is_empty() {
        String::new()
    } else if text == "#N/A" {
        format!("<c r=\"{at}\" t=\"e\"><v>{text}</v></c>")
    } else if let Some(day) = day(text) {
        format!("<c r=\"{at}\" s=\"1\"><v>{day}</v></c>")
    } else if number.parse::<f64>().is_ok() {
        // What a formula came to when the book was saved counts, and the formula does not.
        let formula = if row.is_multiple_of(2) { format!("<f>{number}+0</f>") } else { String::new() };
        format!("<c r=\"{at}\">{formula}<v>{number}</v></c>")
    } else {
        format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
    }
}

#[test]
fn claims_of_a_workbook_come_to_the_bytes_of_the_same_claims_as_csv() {
    let folder = TempDir::new().unwrap();
    for (file, scheme) in [
        ("tests/cli/bulk.in/claims.csv", "kakao-1015-2022"),
        ("tests/cli/compensate.in/claims.csv", "kakao-1015-2022-below"),
        ("tests/cli/statement.in/fees.csv", "kakao-mobility-2022"),
    ] {
        let plain = fs::read_to_string(file).unwrap();
        let mut lines = csv::ReaderBuilder::new();
        let lines = lines.has_headers(false).flexible(true);
        // A line alone, so that a blank one is a row without a cell.
        let rows: Vec<csv::StringRecord> = plain
            .lines()
            .map(|line| {
                lines
                    .from_reader(line.as_bytes())
                    .records()
                    .next()
                    .map_or_else(Default::default, Result::unwrap)
            })
            .collect();
        let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().collect()).collect();
        let hidden = [vec!["id", "loss"], vec!["X-1", "1"]];
        let book = folder.path().join("claims.xlsx");
        fs::write(&book, workbook(&[&hidden, &rows])).unwrap();
        let run = |claims: &str, name: &str| {
            let output = folder.path().join(name);
            let arguments = ["compensate", claims, "--scheme", scheme, "--other-columns", "ignore"];
            let run =
                netloss(&[&arguments, &["-o", text(&output), "--force", "--format", "json"][..]].concat());
            assert_eq!(run.code, 0, "{claims}: {}", run.err);
            let mut totals: Value = serde_json::from_str(&run.out).unwrap();
            totals["claims"].take();
            let rejected = fs::read_to_string(output.with_extension("rejected.csv")).unwrap_or_default();
            (totals, fs::read_to_string(output).unwrap(), rejected, run.err)
        };
        let (totals, paid, rejected, _) = run(file, "csv.csv");
        let of_book = run(text(&book), "xlsx.csv");
        assert!(of_book.3.contains("Sheet2"), "the sheet that is shown: {}", of_book.3);
        assert_eq!(of_book.0, totals);
        assert_eq!(of_book.1, paid);
        assert_eq!(of_book.2, rejected);
    }
}
