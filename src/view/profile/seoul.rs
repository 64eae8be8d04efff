//! Weeks of Seoul's commercial areas, and how they were made of bands and weekdays.

use super::heat;
use super::{WIDTH, say, spread, with_error};
use crate::profile::build::{Exact, Quarters};
use crate::read::sales::{Seoul, Trade};
use crate::view::Language;
use crate::view::table::{Column, clean, draw};

/// A trade and what was found of it.
#[derive(Clone, Debug)]
pub struct SeoulTrade<'a> {
    /// The trade.
    pub trade: &'a Trade,
    /// Its week and season.
    pub found: Quarters,
}

/// Writes the report of trades.
#[must_use]
pub fn page(seoul: &Seoul, trades: &[SeoulTrade<'_>], language: Language, colour: bool) -> String {
    let mut parts = vec![rows(seoul, language)];
    for of in trades {
        parts.push(one(of, language, colour));
    }
    format!("{}\n", parts.join("\n\n"))
}

fn rows(seoul: &Seoul, language: Language) -> String {
    let file = Column::words(language.of("파일", "File"), seoul.files.iter().map(|(name, _)| name.clone()));
    let form =
        Column::words(language.of("형식", "Form"), seoul.files.iter().map(|(_, form)| (*form).to_owned()));
    let (rows, other) = (super::build::whole(seoul.rows), super::build::whole(seoul.other_areas));
    let trades = seoul.trades.len();
    let told = say(
        language,
        &format!(
            "{rows}행, 업종 {trades}개; 다른 지역이라 뺀 행 {other}. 서울시 상권분석서비스 추정매출로 읽었습니다."
        ),
        &format!(
            "Rows: {rows}; of other areas and left out: {other}; trades: {trades}. Read as Seoul's estimated \
             sales of commercial areas."
        ),
    );
    format!("{}\n{}\n{told}", language.of("행", "The rows"), draw(&file, &[form], WIDTH))
}

fn one(of: &SeoulTrade<'_>, language: Language, colour: bool) -> String {
    let weights: Vec<f64> = of.found.week.iter().map(|hour| hour.value).collect();
    let name = clean(format!("{} {}", of.trade.code, of.trade.name).trim());
    let how = say(
        language,
        "규칙: 시간대 안에서는 고르게, 요일마다 같은 시간 흐름 (요일 몫 × 시간대 몫, 요일 수로 나눔). 우리의 가정입니다.",
        "Rule: even inside a band, every weekday with the same course of hours (share of the day by share of the \
         band, each weekday by how often it comes). That is our assumption.",
    );
    let mut parts = vec![
        format!("{name}: {}", language.of("보통의 한 주", "the ordinary week")),
        heat::draw(&weights, language, colour).trim_end().to_owned(),
        heat::legend(language, colour),
        heat::ends(&weights, language),
        spread(&of.found.week, ("분기", "quarter"), language),
        how,
        String::new(),
        sums(of, language),
    ];
    parts.push(match of.found.season {
        None => say(
            language,
            "계절: 네 분기가 다 있는 해가 없어 추정하지 않음.",
            "Season: none, for no year has all its four quarters.",
        ),
        Some(season) => {
            let quarter = |place: usize| match language {
                Language::Ko => format!("{}분기 {}", place + 1, with_error(&season[place])),
                Language::En => format!("Q{} {}", place + 1, with_error(&season[place])),
            };
            let all = (0..4).map(quarter).collect::<Vec<_>>().join(", ");
            say(language, &format!("계절(하루 매출): {all}"), &format!("Season, by sales a day: {all}"))
        }
    });
    parts.join("\n")
}

/// Sums beside each other that the layout should have equal.
fn sums(of: &SeoulTrade<'_>, language: Language) -> String {
    let quarters = &of.trade.quarters;
    let add = |parts: &[Exact]| parts.iter().fold(Exact::default(), |sum, part| sum + *part);
    let first = Column::words(
        language.of("분기", "Quarter"),
        quarters.iter().map(|quarter| format!("{}-{}", quarter.year, quarter.quarter)),
    );
    let columns = [
        Column::numbers(
            language.of("매출", "Sales"),
            quarters.iter().map(|quarter| quarter.total.to_string()),
        ),
        Column::numbers(
            language.of("시간대 합 − 매출", "Bands less sales"),
            quarters.iter().map(|quarter| (add(&quarter.bands) - quarter.total).to_string()),
        )
        .kept(),
        Column::numbers(
            language.of("요일 합 − 매출", "Weekdays less sales"),
            quarters.iter().map(|quarter| (add(&quarter.days) - quarter.total).to_string()),
        )
        .kept(),
    ];
    draw(&first, &columns, WIDTH)
}
