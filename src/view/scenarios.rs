//! The bundled scenarios: a list of all, and one of them in full.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::Language;
use super::number::{Unit, duration};
use super::sources;
use super::table::{Column, bullet, clean, draw, wrap};
use super::words;
use crate::quantity::{Hours, Money};
use crate::read::library::Source;
use crate::scenario::{Label, Scenario};

/// The version of the JSON that this module writes.
const SCHEMA: &str = "netloss.scenarios/1";

/// A bundled scenario, read.
#[derive(Clone, Copy, Debug)]
pub struct Bundled<'b> {
    /// The name under which it is run.
    pub name: &'b str,
    /// What it says.
    pub scenario: &'b Scenario,
    /// Sources that its file brings itself.
    pub own: &'b BTreeMap<String, Source>,
}

impl Bundled<'_> {
    fn year(&self) -> i16 {
        self.scenario.outage.start_local.year()
    }

    /// The longest outage that it projects.
    fn longest(&self) -> Hours {
        self.scenario.durations.iter().copied().fold(Hours::ZERO, Hours::max)
    }

    /// How many parts it has, and how many of them rest on an assumption.
    fn parts(&self) -> (usize, usize) {
        let origins = self.scenario.origins();
        (origins.len(), origins.iter().filter(|part| part.assumption.is_some()).count())
    }
}

/// Lists scenarios: name, year, hours, parts that are assumed, then what each
/// answers and the first thing that it assumes.
#[must_use]
pub fn list(scenarios: &[Bundled<'_>], language: Language, width: usize) -> String {
    let say = |korean, english| language.of(korean, english);
    let column = |heading: &str, cell: &dyn Fn(&Bundled<'_>) -> String| {
        Column::words(heading, scenarios.iter().map(cell))
    };
    let number = |heading: &str, cell: &dyn Fn(&Bundled<'_>) -> String| {
        Column::numbers(heading, scenarios.iter().map(cell))
    };
    let names = column(say("이름", "Name"), &|bundled| bundled.name.to_owned());
    let columns = [
        number(say("연도", "Year"), &|bundled| bundled.year().to_string()),
        number(say("장애", "Outage"), &|bundled| duration(bundled.longest(), language)),
        number(say("통화", "Money"), &|bundled| bundled.scenario.currency.clone()),
        number(say("가정 있는 항목", "Parts assumed"), &|bundled| {
            let (all, assumed) = bundled.parts();
            match language {
                Language::Ko => format!("{all}개 중 {assumed}"),
                Language::En => format!("{assumed} of {all}"),
            }
        }),
    ];
    let table = draw(&names, &columns, width);
    // What a scenario answers is as long as a line: it stands under its row.
    let lines: Vec<&str> = table.lines().collect();
    let (head, rows) = lines.split_at(lines.len().saturating_sub(scenarios.len()));
    let mut text = vec![head.join("\n")];
    for (place, (row, bundled)) in rows.iter().zip(scenarios).enumerate() {
        if place > 0 {
            text.push(String::new());
        }
        text.push((*row).to_owned());
        let answers = bundled.scenario.description.as_ref().unwrap_or(&bundled.scenario.name);
        text.push(under(language.label(answers), width));
        if let Some(assumption) = bundled.scenario.assumptions.first() {
            let assumes = say("가정", "assumes");
            text.push(under(&format!("{assumes}: {}", language.label(assumption)), width));
        }
    }
    let count = match language {
        Language::Ko => format!(
            "시나리오 {}개. 실행: netloss project 이름, 자세히: netloss scenarios 이름",
            scenarios.len()
        ),
        Language::En => {
            format!(
                "{} scenarios. Run one: netloss project NAME; all of it: netloss scenarios NAME",
                scenarios.len()
            )
        }
    };
    format!("{}\n\n{}\n", text.join("\n"), wrap(&count, width))
}

fn under(text: &str, width: usize) -> String {
    const INDENT: &str = "    ";
    let wrapped = wrap(&clean(text), width.saturating_sub(INDENT.len()));
    format!("{INDENT}{}", wrapped.replace('\n', &format!("\n{INDENT}")))
}

/// Tells one scenario in full: its parts, what they assume, figures that others
/// published, and every source.
#[must_use]
pub fn one(bundled: Bundled<'_>, language: Language, width: usize) -> String {
    let scenario = bundled.scenario;
    let label = |label: &Label| clean(language.label(label));
    let mut head = vec![format!("{}: {}", bundled.name, label(&scenario.name))];
    head.extend(scenario.description.iter().map(label));
    let start = scenario.outage.start_local.strftime("%Y-%m-%d %H:%M");
    let cause = scenario.outage.cause.map(|cause| words::cause(cause, language).to_owned());
    let lasts = duration(bundled.longest(), language);
    let when = match language {
        Language::Ko => format!("시작 {start} {}, {lasts}까지 투영", scenario.timezone),
        Language::En => format!("Starts {start} {}, projected to {lasts}", scenario.timezone),
    };
    head.push([Some(when), cause].into_iter().flatten().collect::<Vec<_>>().join(" · "));
    let head: Vec<String> = head.iter().map(|line| wrap(line, width)).collect();
    let mut blocks = vec![head.join("\n")];

    let origins = scenario.origins();
    let parts = origins.iter().map(|part| {
        let sources = part.sources.join(", ");
        let assumption =
            part.assumption.map(|text| format!(" {}: {}", language.of("가정", "assumed"), label(text)));
        let sources = if sources.is_empty() { sources } else { format!(" [{sources}]") };
        bullet(
            &format!("{} ({}){sources}{}", part.id, label(part.label), assumption.unwrap_or_default()),
            width,
        )
    });
    blocks.push(titled(language.of("항목", "Parts"), parts.collect()));
    let whole = scenario.assumptions.iter().map(|text| bullet(&label(text), width));
    blocks.push(titled(language.of("가정", "Assumptions"), whole.collect()));
    let reported = scenario.reported.iter().map(|figure| {
        let unit = Unit::auto(figure.up_to.unwrap_or(figure.amount), &scenario.currency, language);
        let show = |amount: Money| unit.show(amount, language);
        let up_to = figure.up_to.map(|amount| format!("–{}", show(amount))).unwrap_or_default();
        let amount = format!("{}{up_to} {}", show(figure.amount), unit.title(&scenario.currency, language));
        bullet(&format!("{amount}: {}", label(&figure.label)), width)
    });
    blocks.push(titled(language.of("공표 수치", "Published"), reported.collect()));
    blocks.push(sources::section(scenario, bundled.own, language, width));
    let said: Vec<String> = blocks.into_iter().filter(|block| !block.is_empty()).collect();
    said.join("\n\n")
}

fn titled(title: &str, lines: Vec<String>) -> String {
    if lines.is_empty() { String::new() } else { format!("{title}\n{}", lines.join("\n")) }
}

/// Writes scenarios as JSON, `netloss.scenarios/1`, with the sources that each cites.
///
/// # Panics
///
/// Never: every value is a text or a number.
#[must_use]
pub fn json(scenarios: &[Bundled<'_>]) -> String {
    let words = |label: &Label| json!({ "ko": label.ko, "en": label.en });
    let told: Vec<Value> = scenarios
        .iter()
        .map(|bundled| {
            let scenario = bundled.scenario;
            let parts = scenario.origins().into_iter().map(|part| {
                json!({
                    "id": part.id,
                    "label": words(part.label),
                    "assumption": part.assumption.map(words),
                    "sources": part.sources,
                })
            });
            let reported = scenario.reported.iter().map(|figure| {
                json!({
                    "label": words(&figure.label),
                    "amount": figure.amount.0,
                    "up_to": figure.up_to.map(|amount| amount.0),
                    "sources": figure.sources,
                })
            });
            json!({
                "name": bundled.name,
                "title": words(&scenario.name),
                "answers": scenario.description.as_ref().map(words),
                "year": bundled.year(),
                "start": scenario.outage.start_local.to_string(),
                "timezone": scenario.timezone,
                "hours": scenario.durations.iter().map(|hours| hours.0).collect::<Vec<_>>(),
                "longest_hours": bundled.longest().0,
                "currency": scenario.currency,
                "assumptions": scenario.assumptions.iter().map(words).collect::<Vec<_>>(),
                "parts": parts.collect::<Vec<_>>(),
                "reported": reported.collect::<Vec<_>>(),
                "cited": sources::told(scenario, bundled.own),
            })
        })
        .collect();
    let document = json!({ "schema": SCHEMA, "scenarios": told });
    format!("{document:#}\n")
}
