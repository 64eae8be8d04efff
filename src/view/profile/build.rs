//! What was built out of sales, and everything that stood in the way.

use super::heat;
use super::{WIDTH, percent, say, spread, with_error};
use crate::profile::build::{Empty, Exact, Grain, Growing, SeasonBy, Suspicion};
use crate::read::sales::Sales;
use crate::read::sales::build::{Built, BuiltLine};
use crate::view::Language;
use crate::view::table::{Column, clean, draw, wrap};

/// Rows of a list that are shown.
const SHOWN: usize = 8;

/// Writes the report of a build.
#[must_use]
pub fn page(sales: &Sales, built: &Built, language: Language, colour: bool) -> String {
    let mut parts = vec![rows(sales, built, language), years(built, language)];
    for line in &built.lines {
        parts.push(week(line, built, language, colour));
        parts.push(found(line, built, language));
    }
    parts.retain(|part| !part.is_empty());
    format!("{}\n", parts.join("\n\n"))
}

fn rows(sales: &Sales, built: &Built, language: Language) -> String {
    let files = &sales.files;
    let mut lines = vec![language.of("행", "The rows").to_owned()];
    let file = Column::words(language.of("파일", "File"), files.iter().map(|file| file.name.clone()));
    let unit = |file: &crate::read::sales::FileRead| match (file.unit, language) {
        ((unit, true), _) => unit.name.to_owned(),
        ((unit, false), Language::Ko) => format!("{} (말하지 않음)", unit.name),
        ((unit, false), Language::En) => format!("{} (not said)", unit.name),
    };
    let columns = [
        Column::words(language.of("형식", "Form"), files.iter().map(|file| file.form.to_owned())),
        Column::words(language.of("열", "Columns"), files.iter().map(|file| file.columns.join(", "))),
        Column::words(language.of("단위", "Unit"), files.iter().map(unit)),
        Column::numbers(language.of("행 수", "Rows"), files.iter().map(|file| whole(file.rows))),
    ];
    lines.push(draw(&file, &columns, WIDTH));
    let used = whole(sales.used);
    let left_out = [
        (sales.rejected.0, language.of("잘못된 행", "at fault")),
        (sales.refunds_left_out, language.of("환불", "refunds")),
        (if sales.dropped { sales.duplicates.0 } else { 0 }, language.of("중복", "there twice")),
    ];
    let out: Vec<String> = left_out
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{} {what}", whole(*count)))
        .collect();
    let out = if out.is_empty() { language.of("없음", "none").to_owned() } else { out.join(", ") };
    let what = match built.grain {
        Grain::Sale => language.of("낱낱의 거래", "single sales"),
        Grain::Hour => language.of("시간별 합계", "totals of hours"),
        Grain::Day => language.of("일별 합계", "totals of days"),
    };
    let total = whole(sales.rows());
    let zone = built.choices.zone.iana_name().unwrap_or_default();
    lines.push(say(
        language,
        &format!("{total}행 = 쓴 행 {used} + 뺀 행 ({out}). {what}로 읽었습니다. 시간대 {zone}."),
        &format!("{total} rows = {used} used + left out: {out}. Read as {what}, on clocks of {zone}."),
    ));
    let above: usize = files.iter().map(|file| file.above).sum();
    if above > 0 {
        lines.push(say(
            language,
            &format!("머리글 위의 {above}행은 자료가 아니라고 보았습니다."),
            &format!("No data above the headings: {}.", rows_of(above as u64)),
        ));
    }
    lines.extend(refunds(built, language));
    lines.extend(duplicates(sales, language));
    for fault in sales.rejected.1.iter().take(SHOWN) {
        lines.push(wrap(&clean(&format!("- {}", fault.message)), WIDTH));
    }
    lines.join("\n")
}

fn refunds(built: &Built, language: Language) -> Option<String> {
    let count: u64 = built.lines.iter().map(|line| line.refunds.0).sum();
    let mut sum = Exact::default();
    built.lines.iter().for_each(|line| sum += line.refunds.1);
    (count > 0).then(|| {
        say(
            language,
            &format!("음수(환불) {}행, 합계 {sum}. 기록된 시간에서 뺍니다.", whole(count)),
            &format!(
                "Below zero (refunds): {}, {sum} in all, each netted in its own hour.",
                rows_of(count)
            ),
        )
    })
}

fn duplicates(sales: &Sales, language: Language) -> Option<String> {
    let (count, first) = sales.duplicates;
    let bound = match (sales.compared_all, language) {
        (true, _) => "",
        (false, Language::Ko) => " 앞선 2백만 행 이상과 비교했으며, 더 먼 중복은 못 볼 수 있습니다.",
        (false, Language::En) => {
            " Each row was compared with the two million before it and more; twins further apart may be missed."
        }
    };
    let first = first.map(|row| sales.place(row));
    match first {
        None if bound.is_empty() => None,
        None => Some(say(
            language,
            &format!("모든 열이 같은 행 없음.{bound}"),
            &format!("No row stands there twice.{bound}"),
        )),
        Some(first) => {
            let (rows, count) = (rows_of(count), whole(count));
            let (korean, english) = if sales.dropped {
                ("뺐습니다", "left out")
            } else {
                (
                    "두었습니다 (빼려면 --duplicates leave-out)",
                    "kept (to leave them out: --duplicates leave-out)",
                )
            };
            Some(say(
                language,
                &format!("모든 열이 앞의 행과 같은 행 {count}개, 첫째 {first}; {korean}.{bound}"),
                &format!(
                    "The same as one before in every column: {rows}, the first {first}; {english}.{bound}"
                ),
            ))
        }
    }
}

fn years(built: &Built, language: Language) -> String {
    let years = &built.years;
    let first = Column::words(language.of("연도", "Year"), years.iter().map(|year| year.year.to_string()));
    let books = |show: &dyn Fn(&crate::profile::build::Reconciliation) -> String| {
        let cells = years.iter().map(|year| year.books.as_ref().map_or("-".to_owned(), show));
        cells.collect::<Vec<_>>()
    };
    let columns = [
        Column::numbers(
            language.of("일수", "Days"),
            years.iter().map(|year| format!("{}/{}", year.days, year.of)),
        ),
        Column::numbers(
            language.of("행의 합계", "Rows add up to"),
            years.iter().map(|year| year.sum.to_string()),
        ),
        Column::numbers(language.of("장부", "Books"), books(&|of| of.books.to_string())),
        Column::numbers(language.of("차이", "Difference"), books(&|of| of.difference.to_string())),
        Column::numbers(
            language.of("비율", "Ratio"),
            books(&|of| of.ratio.map_or("-".into(), |ratio| format!("{ratio:.4}"))),
        ),
    ];
    let mut lines =
        vec![language.of("장부와의 대조", "Beside the books").to_owned(), draw(&first, &columns, WIDTH)];
    if years.iter().all(|year| year.books.is_none()) {
        lines.push(say(
            language,
            "연간 합계를 주면 원 단위까지 대조합니다: --annual 2024=3.5억",
            "Give a year's total to have it checked to the won: --annual 2024=3.5억",
        ));
    }
    for year in years {
        let Some((of, suspicion)) = year.books.and_then(|of| Some((of, of.suspicion?))) else { continue };
        let vat = match suspicion {
            Suspicion::TaxInBooks => language.of(
                "장부에 부가세 10%가 들어 있고 행에는 없는",
                "with VAT in the books and not in the rows",
            ),
            Suspicion::TaxInRows => language.of(
                "행에 부가세 10%가 들어 있고 장부에는 없는",
                "with VAT in the rows and not in the books",
            ),
            Suspicion::RowsIn(_) | Suspicion::BooksIn(_) => continue,
        };
        let same =
            if suspicion == Suspicion::TaxInBooks { of.books.0 * 10 / 11 } else { of.books.0 * 11 / 10 };
        let (number, same) = (year.year, Exact::whole(same / Exact::ONE));
        lines.push(say(
            language,
            &format!("주의: {number}년의 차이는 {vat} 모습입니다. 모양은 같습니다. 같은 기준으로 대조하려면 --annual {number}={same}"),
            &format!("Warning: {number} differs as {vat}. The shape is the same. To compare like with like: --annual {number}={same}"),
        ));
    }
    lines.join("\n")
}

fn week(line: &BuiltLine, built: &Built, language: Language, colour: bool) -> String {
    let weights: Vec<f64> = line.week.iter().map(|hour| hour.value).collect();
    let title = if line.name.is_empty() {
        language.of("보통의 한 주", "The ordinary week").to_owned()
    } else {
        format!("{}: {}", clean(&line.name), language.of("보통의 한 주", "the ordinary week"))
    };
    let mut lines = vec![
        title,
        heat::draw(&weights, language, colour).trim_end().to_owned(),
        heat::legend(language, colour),
        heat::ends(&weights, language),
        spread(&line.week, ("주", "week"), language),
    ];
    if let Some(name) = &built.choices.hours_from {
        lines.push(say(
            language,
            &format!(
                "하루 안의 시간은 자료가 아니라 {name} 모양에서 왔습니다. 요일의 몫만 측정되었습니다."
            ),
            &format!(
                "Hours inside a day are not in the data: they are those of {name}. Days are measured."
            ),
        ));
    }
    lines.join("\n")
}

fn found(line: &BuiltLine, built: &Built, language: Language) -> String {
    let parts = [
        season(line, language),
        trend(line, language),
        named(line, built, language),
        gaps(line, built, language),
        outliers(line, language),
        how(line, language),
    ];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
}

fn season(line: &BuiltLine, language: Language) -> String {
    let estimate = &line.estimate;
    match estimate.question.season {
        SeasonBy::None => say(
            language,
            "계절: 추정하지 않음. 한 해가 다 있어야 계절을 말할 수 있습니다.",
            "Season: none. Without a whole year of rows there is no telling.",
        ),
        by => {
            let name = |part: usize| match (by, language) {
                (SeasonBy::Months, Language::Ko) => format!("{}월", part + 1),
                (SeasonBy::Months, Language::En) => MONTHS[part].to_owned(),
                (_, Language::Ko) => format!("{}주", part + 1),
                (_, Language::En) => format!("w{}", part + 1),
            };
            let cells: Vec<String> = estimate
                .season
                .iter()
                .enumerate()
                .map(|(part, figure)| format!("{} {}", name(part), with_error(figure)))
                .collect();
            let wide = cells.iter().map(|cell| unicode_width::UnicodeWidthStr::width(cell.as_str())).max();
            let wide = wide.unwrap_or(0) + 2;
            let rows: Vec<String> = cells
                .chunks((WIDTH / wide).max(1))
                .map(|row| {
                    let pad = |cell: &String| {
                        let gap = wide - unicode_width::UnicodeWidthStr::width(cell.as_str());
                        format!("{cell}{}", " ".repeat(gap))
                    };
                    row.iter().map(pad).collect::<String>().trim_end().to_owned()
                })
                .collect();
            let title = language
                .of("계절 (한 해 평균 1, ± 표준오차)", "Season (average of a year 1, ± standard error)");
            format!("{title}\n{}", rows.join("\n"))
        }
    }
}

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

fn trend(line: &BuiltLine, language: Language) -> String {
    let estimate = &line.estimate;
    let middle = estimate.middle;
    match (estimate.question.growing, estimate.growth) {
        (Growing::Not, _) | (_, None) => say(
            language,
            "추세: 추정하지 않음. 두 해가 안 되면 성장과 계절을 가를 수 없습니다. 알고 있으면 --growth 8%",
            "Trend: none. In under two years growth and season cannot be told apart; where it is known, --growth 8%",
        ),
        (Growing::Given(_), Some(growth)) => {
            let a_year = percent(growth.per_year);
            say(
                language,
                &format!("추세: 연 {a_year} (주어진 값), 뺐습니다. 수준은 {middle} 기준입니다."),
                &format!("Trend: {a_year} a year, as given, taken out. The level is that of {middle}."),
            )
        }
        (Growing::Estimated, Some(growth)) => {
            let error = growth.error.map_or(String::new(), |error| format!(" ±{}", percent(error)));
            let a_year = percent(growth.per_year);
            say(
                language,
                &format!("추세: 연 {a_year}{error}, 뺐습니다. 수준은 {middle} 기준입니다."),
                &format!("Trend: {a_year}{error} a year, taken out. The level is that of {middle}."),
            )
        }
    }
}

fn named(line: &BuiltLine, built: &Built, language: Language) -> String {
    let names = &built.choices.named.kinds;
    let seen: Vec<(&String, crate::profile::build::Figure)> = names
        .iter()
        .zip(&line.estimate.kinds)
        .filter_map(|(name, figure)| Some((name, (*figure)?)))
        .collect();
    if names.is_empty() {
        return say(
            language,
            "공휴일: 보통날로 셌습니다. --holidays kr 로 가릅니다.",
            "Holidays: counted as ordinary days. Set them apart with --holidays kr.",
        );
    }
    if seen.is_empty() {
        return say(language, "이름 있는 날: 자료에 없음.", "Named days: none in the data.");
    }
    let first = Column::words(language.of("날", "Days"), seen.iter().map(|(name, _)| (*name).clone()));
    let columns = [
        Column::numbers(
            language.of("평소 대비", "Over usual"),
            seen.iter().map(|(_, figure)| with_error(figure)),
        ),
        Column::numbers(
            language.of("하루의 표준편차", "Spread of a day"),
            seen.iter()
                .map(|(_, figure)| figure.spread.map_or("-".into(), |spread| format!("{spread:.3}"))),
        ),
        Column::numbers(
            language.of("일수", "Days"),
            seen.iter().map(|(_, figure)| figure.count.to_string()),
        ),
    ];
    let title = language.of("이름 있는 날", "Named days");
    let mut text = format!("{title}\n{}", draw(&first, &columns, WIDTH));
    let gone = names.len() - seen.len();
    if gone > 0 {
        text.push('\n');
        text.push_str(&say(
            language,
            &format!("다른 {gone}가지는 자료에 없어 보통날로 둡니다."),
            &format!("Not in the data, and left as ordinary days: {}.", several(gone, "other kind")),
        ));
    }
    text
}

fn gaps(line: &BuiltLine, built: &Built, language: Language) -> String {
    let laid = &line.laid;
    let mut lines = Vec::new();
    let (days, hours) = (laid.empty_days.len(), laid.empty_hours);
    if days > 0 || hours > 0 {
        let taken = match built.choices.empty {
            Some(Empty::Gap) => language.of("자료 없음으로 보아 뺐습니다", "left out as gaps"),
            _ => language.of("문을 닫아 0으로 셌습니다", "counted as closed, that is as 0"),
        };
        let listed =
            laid.empty_days.iter().take(SHOWN).map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let more = if days > SHOWN { ", …" } else { "" };
        let listed = if days > 0 { format!(": {listed}{more}") } else { String::new() };
        lines.push(say(
            language,
            &format!("행이 없는 날 {days}일, 시간 {hours}시간, {taken}{listed}"),
            &format!(
                "Without a row: {}, {}; {taken}{listed}",
                several(days, "day"),
                several(hours, "hour")
            ),
        ));
    }
    if laid.left_out > 0 {
        lines.push(say(
            language,
            &format!("--leave-out 으로 뺀 날 {}일.", laid.left_out),
            &format!("Left out with --leave-out: {}.", several(laid.left_out, "day")),
        ));
    }
    if laid.repeated > 0 {
        lines.push(say(
            language,
            &format!("시계가 두 번 가리킨 {}시간은 한 시간당 값으로 나누었습니다.", laid.repeated),
            &format!(
                "Shown twice by clocks: {}; each counts as what one of the two brought.",
                several(laid.repeated, "hour")
            ),
        ));
    }
    lines.join("\n")
}

fn outliers(line: &BuiltLine, language: Language) -> String {
    let all = &line.estimate.outliers;
    if all.is_empty() {
        return String::new();
    }
    let shown = &all[..all.len().min(SHOWN)];
    let first = Column::words(language.of("날짜", "Date"), shown.iter().map(|day| day.date.to_string()));
    let round = |amount: f64| Exact::whole(amount.round() as i128).to_string();
    let columns = [
        Column::numbers(language.of("매출", "Brought"), shown.iter().map(|day| round(day.brought))),
        Column::numbers(language.of("보통", "Usual"), shown.iter().map(|day| round(day.expected))),
        Column::numbers(
            language.of("배수", "Ratio"),
            shown.iter().map(|day| format!("{:.2}", day.brought / day.expected)),
        ),
    ];
    let title = language.of("동떨어진 날 (그대로 두었습니다)", "Days far from their like (kept)");
    let count = all.len();
    let advice = say(
        language,
        &format!("모두 {count}일. 장애나 잘못된 기록이면 빼고 다시: --leave-out {}", shown[0].date),
        &format!(
            "{count} in all. An outage, or a slip? Build again without: --leave-out {}",
            shown[0].date
        ),
    );
    format!("{title}\n{}\n{advice}", draw(&first, &columns, WIDTH))
}

fn how(line: &BuiltLine, language: Language) -> String {
    let estimate = &line.estimate;
    let (days, parameters) = (estimate.ordinary, estimate.parameters);
    let observed: usize = line.week.iter().map(|hour| hour.count).sum();
    let (observed, parameters) = (whole(observed as u64), whole(parameters as u64));
    say(
        language,
        &format!(
            "방법: 주변합 일치 추정(Bailey 1963). 보통날 {days}일, 시간 {observed}개에 계수 {parameters}개. 이름 있는 날은 그다음."
        ),
        &format!(
            "Method of marginal totals (Bailey 1963) on {days} ordinary days: {observed} hours, {parameters} \
             figures. Named days come after."
        ),
    )
}

fn rows_of(number: u64) -> String {
    if number == 1 { "1 row".into() } else { format!("{} rows", whole(number)) }
}

fn several(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{} {what}s", whole(number as u64)) }
}

pub(super) fn whole(number: u64) -> String {
    Exact::whole(number.into()).to_string()
}
