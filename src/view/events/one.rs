//! One event in full: every figure, its conflicts and its source.

use unicode_width::UnicodeWidthStr;

use super::{Language, WIDTH, figure, full};
use crate::read::events::{self, Event, Figure, SaidBy};
use crate::read::library;
use crate::read::replay::cases;
use crate::view::table::{clean, wrap};
use crate::view::words;

/// Writes one event in full.
#[must_use]
pub fn one(event: &Event, language: Language) -> String {
    let start = event.start.replace('T', " ");
    let mut lines = vec![
        format!("{}  {}", event.id, language.label(&event.name)),
        format!(
            "{} · {} · {start} {} · {}",
            language.label(&event.company),
            event.country,
            language.of("현지", "local time"),
            words::cause(event.cause, language)
        ),
    ];
    let note = language.label(&event.note);
    if !note.is_empty() {
        lines.push(note.to_owned());
    }
    let mut lines: Vec<String> = lines.iter().map(|line| wrap(&clean(line), WIDTH)).collect();
    let mut sources: Vec<&str> = Vec::new();
    let mut told = Vec::new();
    for kind in event.figures().map(|figure| figure.kind) {
        if told.contains(&kind) {
            continue;
        }
        told.push(kind);
        lines.push(format!("\n{}", figure::kind(kind, language)));
        for figure in event.figures().filter(|figure| figure.kind == kind) {
            row(figure, language, &mut lines);
            if figure.said_by != SaidBy::Own && !sources.contains(&figure.source.as_str()) {
                sources.push(&figure.source);
            }
        }
    }
    lines.push(format!("\n{}", language.of("출처", "Sources")));
    for key in sources {
        source(key, &mut lines);
    }
    let replay = cases().iter().any(|case| case.event == event.id);
    if replay {
        let word = language.of("이 도구로 재현해 본 결과", "Held against this program");
        lines.push(format!("\n{word}: netloss replay --event {}", event.id));
    }
    format!("{}\n", lines.join("\n"))
}

fn row(figure: &Figure, language: Language, lines: &mut Vec<String>) {
    let label = figure.label();
    let label = format!("  {}", language.label(&label));
    let value = full(figure, language);
    let gap = WIDTH.saturating_sub(label.width() + value.width());
    if gap >= 2 {
        lines.push(format!("{label}{}{value}", " ".repeat(gap)));
    } else {
        lines.push(wrap(&label, WIDTH - 2));
        lines.push(format!("{}{value}", " ".repeat(WIDTH.saturating_sub(value.width()))));
    }
    let mut said = vec![
        format!("{}: {}", figure.id, figure::said_by(figure.said_by, language)),
        figure::confidence(&figure.confidence, language).to_owned(),
    ];
    if figure.said_by != SaidBy::Own {
        said.push(figure.source.clone());
    }
    let mut more = vec![said.join(", ")];
    if !figure.how.is_empty() {
        more.push(format!("{}: {}", language.of("산출", "worked out"), figure.how));
    }
    if let Some(other) = events::figure(&figure.event, &figure.conflicts_with) {
        let word = language.of("다른 공표치", "conflicts with");
        more.push(format!("{word}: {} ({})", other.id, full(other, language)));
    }
    // The other figure names this one, and not the other way round.
    let names_this =
        |other: &&Figure| other.conflicts_with == figure.id && other.id != figure.conflicts_with;
    let named = events::figures().iter().filter(|other| other.event == figure.event).filter(names_this);
    more.extend(named.map(|other| {
        let word = language.of("다른 공표치", "conflicts with");
        format!("{word}: {} ({})", other.id, full(other, language))
    }));
    if !figure.note.is_empty() {
        more.push(figure.note.clone());
    }
    for text in more {
        lines.push(format!("      {}", wrap(&clean(&text), WIDTH - 6).replace('\n', "\n      ")));
    }
}

/// Writes a source with its address on a line of its own.
fn source(key: &str, lines: &mut Vec<String>) {
    let Some(source) = library::sources().get(key) else { return };
    let more = [&source.publisher, &source.date].into_iter().filter_map(|part| part.as_deref());
    let more: Vec<&str> = more.filter(|part| !part.is_empty()).collect();
    let text = format!("{key}: {} ({})", source.title, more.join(", "));
    lines.push(format!("  {}", wrap(&clean(&text), WIDTH - 4).replace('\n', "\n    ")));
    if let Some(url) = source.url.as_deref().filter(|url| !url.is_empty()) {
        lines.push(format!("    {}", clean(url)));
    }
}
