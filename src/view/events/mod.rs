//! The event library: a list, one event in full, JSON and CSV.

mod one;

pub use one::one;

use serde_json::{Value, json};

use super::Language;
use super::figure::{self, full, key, with_unit};
use super::table::{Column, draw, wrap};
use crate::quantity::Hours;
use crate::read::events::Event;

pub(super) const WIDTH: usize = 80;

/// Writes a line for each event.
#[must_use]
pub fn list(events: &[&Event], language: Language) -> String {
    let words = |korean, english, cells: &dyn Fn(&Event) -> String| {
        let cells: Vec<String> = events.iter().map(|event| cells(event)).collect();
        Column::words(language.of(korean, english), cells)
    };
    let id = words("사건", "Event", &|event| event.id.clone());
    let start = words("시작", "Start", &|event| event.start.chars().take(10).collect());
    let hours = events.iter().map(|event| {
        let longest = event.longest();
        longest
            .map_or_else(|| "-".to_owned(), |Hours(hours)| format!("{}", (hours * 100.0).round() / 100.0))
    });
    let hours = Column::numbers(language.of("시간", "Hours"), hours).kept();
    let loss = words("공표 손실", "Loss reported", &|event| {
        event.first_loss().map_or_else(|| "-".to_owned(), |loss| with_unit(loss, language))
    });
    let loss = loss.kept();
    let taken = [&id, &start, &hours, &loss].map(Column::taken).iter().sum::<usize>();
    let room = WIDTH.saturating_sub(taken).max(12);
    let company =
        words("누구의 손실", "Whose loss", &|event| wrap(language.label(&event.company), room));
    let table = draw(&id, &[start, hours, loss, company], WIDTH);
    let count = match language {
        Language::Ko => format!(
            "사건 {}건. 모든 수치와 출처는 netloss events 이름. 손실은 여러 공표치 중 하나이며, 행마다 뜻이 다릅니다.",
            events.len()
        ),
        Language::En => format!(
            "{}. Every figure with its source: netloss events ID. The loss is one of those reported, and means another thing in each row.",
            match events.len() {
                1 => "1 event".to_owned(),
                count => format!("{count} events"),
            }
        ),
    };
    format!("{table}\n\n{}\n", wrap(&count, WIDTH))
}

/// Writes events and all their figures as JSON, `netloss.events/1`.
#[must_use]
pub fn json(events: &[&Event]) -> String {
    let events: Vec<Value> = events.iter().map(|event| object(event)).collect();
    format!("{:#}\n", json!({ "schema": "netloss.events/1", "events": events }))
}

fn object(event: &Event) -> Value {
    let some = |text: &str| if text.is_empty() { Value::Null } else { text.into() };
    let figures: Vec<Value> = event
        .figures()
        .map(|figure| {
            let label = figure.label();
            json!({
                "figure": figure.id, "measure": figure.kind, "ko": label.ko, "en": label.en,
                "value": figure.value, "up_to": figure.up_to, "unit": figure.unit,
                "bound": figure.bound, "said_by": figure.said_by, "confidence": figure.confidence,
                "source": figure.source, "conflicts_with": some(&figure.conflicts_with),
                "how": some(&figure.how), "note": some(&figure.note),
            })
        })
        .collect();
    json!({
        "event": event.id, "ko": event.name.ko, "en": event.name.en,
        "company": { "ko": event.company.ko, "en": event.company.en },
        "country": event.country, "cause": event.cause.key(),
        "start": event.start, "longest_hours": event.longest().map(|hours| hours.0),
        "note": some(&event.note.en), "note_ko": some(&event.note.ko), "figures": figures,
    })
}

/// Writes one row for each figure, with its event.
///
/// # Panics
///
/// Never: memory takes every byte.
#[must_use]
pub fn csv(events: &[&Event]) -> String {
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    let head = [
        "event",
        "company",
        "country",
        "cause",
        "start",
        "figure",
        "measure",
        "label",
        "value",
        "up_to",
        "unit",
        "bound",
        "said_by",
        "confidence",
        "source",
        "conflicts_with",
        "how",
        "note",
    ];
    writer.write_record(head).expect("memory");
    for event in events {
        for figure in event.figures() {
            let up_to = figure.up_to.map_or_else(String::new, |up_to| up_to.to_string());
            let cells = [
                event.id.as_str(),
                &event.company.en,
                &event.country,
                event.cause.key(),
                &event.start,
                &figure.id,
                &key(&figure.kind),
                &figure.label().en,
                &figure.value.to_string(),
                &up_to,
                &figure.unit,
                &key(&figure.bound),
                &key(&figure.said_by),
                &figure.confidence,
                &figure.source,
                &figure.conflicts_with,
                &figure.how,
                &figure.note,
            ];
            writer.write_record(cells).expect("memory");
        }
    }
    String::from_utf8(writer.into_inner().expect("memory")).expect("text")
}
