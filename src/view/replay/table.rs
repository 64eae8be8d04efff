//! The table of replays: a summary, then every comparison with why it missed.

use super::{Language, Row, TESTS, WIDTH, figure, percent, rows, summary, test, verdict};
use crate::read::events;
use crate::read::replay::{NotReplayed, Replayed, Test};
use crate::replay::{REPRODUCED_WITHIN, Summary};
use crate::view::table::{Column, clean, draw, wrap};

/// Writes a summary and every comparison.
#[must_use]
pub fn table(replayed: &[Replayed<'_>], left: &[NotReplayed], language: Language) -> String {
    let mut parts = vec![summaries(replayed, language)];
    for kind in TESTS {
        let of_kind: Vec<Row<'_>> = rows(replayed).filter(|row| row.asked.test == kind).collect();
        if !of_kind.is_empty() {
            parts.push(section(&of_kind, kind, language));
        }
    }
    if !left.is_empty() {
        let mut lines = vec![language.of("재현하지 않은 사건", "Not replayed").to_owned()];
        lines.extend(left.iter().map(|left| {
            let text = format!("{}: {}", left.event, language.label(&left.reason));
            format!("- {}", wrap(&text, WIDTH - 2).replace('\n', "\n  "))
        }));
        parts.push(lines.join("\n"));
    }
    format!("{}\n", parts.join("\n\n"))
}

fn summaries(replayed: &[Replayed<'_>], language: Language) -> String {
    let all = TESTS.map(|kind| (kind, summary(replayed, kind)));
    let told: Vec<_> = all.into_iter().filter(|(_, summary)| summary.of > 0).collect();
    let first = Column::words("", told.iter().map(|(kind, _)| test(*kind, language).0.to_owned()));
    let numbers = |korean, english, cell: &dyn Fn(&Summary) -> String| {
        Column::numbers(language.of(korean, english), told.iter().map(|(_, summary)| cell(summary))).kept()
    };
    let columns = [
        numbers("비교", "Comparisons", &|summary| summary.of.to_string()),
        numbers("재현", "Reproduced", &|summary| summary.reproduced.to_string()),
        numbers("범위 안", "In range", &|summary| summary.within.to_string()),
        numbers("빗나감", "Missed", &|summary| summary.missed.to_string()),
        numbers("오차 중앙값", "Median error", &|summary| percent(summary.median_error)),
        numbers("최대", "Largest", &|summary| percent(summary.largest_error)),
    ];
    let mut events: Vec<&str> = replayed.iter().map(|replayed| replayed.case.event.as_str()).collect();
    events.dedup();
    let within = REPRODUCED_WITHIN * 100.0;
    let note = match language {
        Language::Ko => format!(
            "사건 {}건, 사례 {}건. 재현: 오차 {within}% 이내. 오차는 (우리 − 공표) / 공표. 중앙값과 최대는 \
             절댓값이며, 공표가 범위인 비교는 뺍니다. 사례끼리는 입력을 나눠 쓰므로 서로 독립이 아닙니다.",
            events.len(),
            replayed.len()
        ),
        Language::En => format!(
            "{} events, {} cases. Reproduced: off by {within}% at most. Error: (ours − reported) / \
             reported. Median and largest are of its size, and leave out comparisons with a range. \
             Cases share inputs: they are not independent of one another.",
            events.len(),
            replayed.len()
        ),
    };
    format!("{}\n\n{}", draw(&first, &columns, WIDTH), wrap(&note, WIDTH))
}

/// The comparisons of one kind, under a heading for each event.
fn section(rows: &[Row<'_>], kind: Test, language: Language) -> String {
    let (title, meaning) = test(kind, language);
    let words = |korean, english, cell: &dyn Fn(&Row<'_>) -> String| {
        Column::words(language.of(korean, english), rows.iter().map(cell)).kept()
    };
    let numbers = |korean, english, cell: &dyn Fn(&Row<'_>) -> String| {
        Column::numbers(language.of(korean, english), rows.iter().map(cell)).kept()
    };
    let case = words("사례", "Case", &|row| row.replayed.case.id.clone());
    let columns = [
        numbers("우리", "Ours", &|row| row.ours(language)),
        numbers("공표", "Reported", &|row| row.reported(language)),
        words("누가", "By", &|row| figure::said_by(row.figure.said_by, language).to_owned()),
        numbers("오차", "Error", &|row| row.error(language)),
        words("판정", "Verdict", &|row| verdict(row.comparison.verdict, language).to_owned()),
    ];
    let drawn = draw(&case, &columns, WIDTH);
    let mut drawn = drawn.lines();
    let mut lines = vec![title.to_owned(), wrap(meaning, WIDTH), String::new()];
    lines.extend(drawn.by_ref().take(2).map(str::to_owned));
    let mut event = "";
    for (row, line) in rows.iter().zip(drawn) {
        let case = row.replayed.case;
        if case.event != event {
            event = &case.event;
            lines.push(heading(row, language));
        }
        lines.push(line.to_owned());
        if let Some(reason) = row.asked.reason() {
            let text = wrap(&clean(language.label(&reason)), WIDTH - 4);
            lines.push(format!("    {}", text.replace('\n', "\n    ")));
        }
    }
    lines.join("\n")
}

fn heading(row: &Row<'_>, language: Language) -> String {
    let case = row.replayed.case;
    let name = events::event(&case.event).map_or("", |event| language.label(&event.name));
    wrap(&format!("· {name} ({}, {})", case.event, row.replayed.scenario().currency), WIDTH)
}
