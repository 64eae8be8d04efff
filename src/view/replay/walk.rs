//! One replay in full: its inputs with their figures, the engine's own walk from them
//! to the number, and the number beside what was reported.

use unicode_width::UnicodeWidthStr;

use super::{Language, Row, WIDTH, figure, measure, rows, verdict};
use crate::quantity::Hours;
use crate::read::events::SaidBy;
use crate::read::library;
use crate::read::replay::{Case, Factor, Input, Replayed, Traced};
use crate::view::explain::{Context, Focus, Moment, explain};
use crate::view::number::duration;
use crate::view::table::{clean, wrap};

/// Writes every case given, each in full.
#[must_use]
pub fn walk(replayed: &[Replayed<'_>], language: Language) -> String {
    let cases: Vec<String> = replayed.iter().map(|replayed| case(replayed, language)).collect();
    format!("{}\n", cases.join("\n\n"))
}

fn case(replayed: &Replayed<'_>, language: Language) -> String {
    let case = replayed.case;
    let mut lines = vec![wrap(&format!("{}  {}", case.id, language.label(&case.name)), WIDTH)];
    lines.push(format!("\n{}", language.of("입력", "Inputs")));
    for traced in case.traced() {
        input(case, &traced, language, &mut lines);
    }
    for path in &case.assumed {
        let word = language.of("우리 가정", "our assumption");
        let value = value(case, path);
        lines.push(indent(&format!("{path} = {value} ({word})"), 2));
    }
    let assumptions = &replayed.scenario().assumptions;
    if !assumptions.is_empty() {
        lines.push(format!("\n{}", language.of("가정", "Assumptions")));
        lines.extend(assumptions.iter().map(|text| bullet(language.label(text))));
    }
    let mut walked = Vec::new();
    for row in rows(std::slice::from_ref(replayed)) {
        let at = row.asked.at(replayed.scenario());
        if !walked.contains(&at) {
            walked.push(at);
            lines.push(String::new());
            lines.push(engine(replayed, at, language));
        }
    }
    lines.push(format!("\n{}", language.of("비교", "Beside what was reported")));
    for row in rows(std::slice::from_ref(replayed)) {
        compared(&row, language, &mut lines);
    }
    lines.join("\n")
}

/// The engine's own account of the parts of the number.
fn engine(replayed: &Replayed<'_>, at: Hours, language: Language) -> String {
    let scenario = replayed.scenario();
    if let Some(name) = &replayed.case.bundled {
        let at = duration(at, Language::En).replace(" min", "m").replace(' ', "");
        return format!(
            "{}: netloss explain {name} --at {at}",
            language.of("계산 과정", "The walk from inputs to number")
        );
    }
    let file = format!("{}.toml", replayed.case.id);
    let context = Context {
        scenario,
        places: &replayed.reading.places,
        sources: &replayed.reading.sources,
        file: &file,
        language,
    };
    // A line of nothing stands only because a scenario has one.
    let brings = |place: &usize| {
        let profile = &scenario.lines[*place].terms.profile;
        profile.revenue(Hours::ZERO, Hours(168.0)).0 > 0.0
    };
    let lines = (0..scenario.lines.len()).filter(brings).map(|place| scenario.lines[place].id.clone());
    let outflows = scenario.outflows.iter().map(|part| part.id.clone());
    let covers = scenario.covers.iter().map(|part| Focus::Cover(part.id.clone()));
    let suppliers = scenario.suppliers.iter().map(|part| Focus::Supplier(part.id.clone()));
    let parts = lines.chain(outflows).map(Focus::Line).chain(covers).chain(suppliers);
    let told = parts.filter_map(|focus| explain(context, Moment::Projected(at), &focus));
    told.map(|text| text.trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}

fn input(case: &Case, traced: &Traced<'_>, language: Language, lines: &mut Vec<String>) {
    let Input { key, times, over } = traced.input;
    let factor = |factor: &Factor| match factor {
        Factor::Number(number) => number.to_string(),
        Factor::Figure(name) => name.clone(),
    };
    let joined = |factors: &[Factor], sign: &str| factors.iter().map(factor).collect::<Vec<_>>().join(sign);
    let mut formula = joined(times, " × ");
    if !over.is_empty() {
        formula.push_str(&format!(" / {}", joined(over, " / ")));
    }
    let value = value(case, key);
    let differs = language.of(" (수치와 다름)", " (differs from the figures)");
    let differs = if traced.agrees() { "" } else { differs };
    lines.push(indent(&format!("{key} = {value}{differs}"), 2));
    lines.push(indent(&format!("= {formula}"), 6));
    for name in times.iter().chain(over) {
        let Factor::Figure(name) = name else { continue };
        let Some(figure) = case.figure(name.trim_end_matches(".up_to")) else { continue };
        let label = figure.label();
        let source = if figure.said_by == SaidBy::Own { &figure.how } else { &figure.source };
        let text = format!(
            "{name}: {}, {} ({}, {}, {source})",
            language.label(&label),
            figure::full(figure, language),
            figure::said_by(figure.said_by, language),
            figure::confidence(&figure.confidence, language),
        );
        lines.push(indent(&text, 6));
    }
}

fn compared(row: &Row<'_>, language: Language, lines: &mut Vec<String>) {
    let scenario = row.replayed.scenario();
    let at = duration(row.asked.at(scenario), language);
    let currency = if row.figure.is_money() { scenario.currency.as_str() } else { "" };
    let ours = row.ours(language);
    let ours = match language {
        Language::Ko => format!("{ours} {currency}"),
        Language::En => format!("{currency} {ours}"),
    };
    let what = measure(row.asked.measure(), language);
    aligned(&format!("{}: {what}, {at}", language.of("우리", "ours")), ours.trim(), lines);
    let label = row.figure.label();
    let by = figure::said_by(row.figure.said_by, language);
    aligned(&format!("{by}: {}", language.label(&label)), &figure::full(row.figure, language), lines);
    let verdict_word = verdict(row.comparison.verdict, language);
    aligned(
        &format!("= {} ({})", verdict_word, super::test(row.asked.test, language).0),
        &row.error(language),
        lines,
    );
    if let Some(reason) = row.asked.reason() {
        lines.push(indent(language.label(&reason), 6));
    }
    let source = library::sources().get(&row.figure.source);
    if let Some(source) = source.filter(|_| row.figure.said_by != SaidBy::Own) {
        lines.push(indent(&format!("{}: {}", row.figure.source, source.title), 6));
        if let Some(url) = source.url.as_deref().filter(|url| !url.is_empty()) {
            lines.push(format!("      {}", clean(url)));
        }
    } else {
        lines.push(indent(&format!("{}: {}", language.of("산출", "worked out"), row.figure.how), 6));
    }
}

/// What the scenario has at a path.
fn value(case: &Case, path: &str) -> String {
    let number = || case.used(path).map_or_else(|| "?".into(), plain);
    case.written(path).unwrap_or_else(number)
}

/// A number with every digit, parted by threes.
fn plain(value: f64) -> String {
    let digits = format!("{value:.6}");
    let digits = digits.trim_end_matches('0').trim_end_matches('.');
    let (whole, rest) = digits.split_once('.').unwrap_or((digits, ""));
    let whole = whole.parse().map_or_else(|_| whole.to_owned(), crate::view::number::group);
    if rest.is_empty() { whole } else { format!("{whole}.{rest}") }
}

fn aligned(label: &str, value: &str, lines: &mut Vec<String>) {
    let room = WIDTH.saturating_sub(value.width() + 6);
    let wrapped = format!("  {}", wrap(&clean(label), room).replace('\n', "\n    "));
    let last = wrapped.lines().last().unwrap_or_default().width();
    lines.push(format!("{wrapped}{}{value}", " ".repeat(WIDTH.saturating_sub(last + value.width()))));
}

fn indent(text: &str, by: usize) -> String {
    let blanks = " ".repeat(by);
    let wrapped = wrap(&clean(text), WIDTH - by - 2);
    format!("{blanks}{}", wrapped.replace('\n', &format!("\n{blanks}  ")))
}

fn bullet(text: &str) -> String {
    format!("- {}", wrap(&clean(text), WIDTH - 2).replace('\n', "\n  "))
}
