//! Sources: what every figure of a scenario comes from, and who cites it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Language;
use super::table::{bullet, clean, wrap};
use crate::read::library::{self, BundledShape, Source};
use crate::scenario::{Label, Scenario};

/// Who cites the figures that others published, in JSON.
const REPORTED: &str = "reported";

/// The kind of a source that is our own arithmetic or assumption.
const OWN: &str = "own";

/// A source, and the parts that cite it.
struct Cited<'s> {
    key: &'s str,
    source: Option<&'s Source>,
    by: Vec<&'s str>,
}

/// Sources and shapes as JSON.
#[derive(Serialize)]
pub(super) struct Told<'s> {
    sources: BTreeMap<&'s str, ToldSource<'s>>,
    shapes: BTreeMap<&'s str, ToldShape<'s>>,
}

#[derive(Serialize)]
struct ToldSource<'s> {
    #[serde(flatten)]
    source: Option<&'s Source>,
    cited_by: Vec<&'s str>,
}

#[derive(Serialize)]
struct ToldShape<'s> {
    label: OwnedWords,
    rule: &'s str,
    note: Option<&'s str>,
    sources: Vec<&'s str>,
}

#[derive(Serialize)]
struct OwnedWords {
    ko: String,
    en: String,
}

/// Writes what each figure of a scenario comes from, from the source cited first.
///
/// The file's `own` sources stand before bundled ones of the same key.
#[must_use]
pub fn section(
    scenario: &Scenario,
    own: &BTreeMap<String, Source>,
    language: Language,
    width: usize,
) -> String {
    let shapes = shapes(scenario);
    let cited = cited(scenario, own, &shapes);
    let mut blocks = vec![];
    let (ours, theirs): (Vec<_>, Vec<_>) = cited.iter().partition(|cited| cited.is_ours());
    if !theirs.is_empty() {
        let told: Vec<String> = theirs.iter().map(|cited| cited.text(language, width)).collect();
        blocks.push(format!("{}\n{}", language.of("출처", "Sources"), told.join("\n")));
    }
    if !shapes.is_empty() {
        let told: Vec<String> = shapes.iter().map(|shape| self::shape(shape, language, width)).collect();
        blocks.push(format!("{}\n{}", language.of("시간대 분포", "Shapes of the week"), told.join("\n")));
    }
    blocks.push(assumed(scenario, &ours, language, width));
    format!("{}\n", blocks.join("\n\n"))
}

/// Tells the same for programs.
pub(super) fn told<'s>(scenario: &'s Scenario, own: &'s BTreeMap<String, Source>) -> Told<'s> {
    let shapes = shapes(scenario);
    let sources = cited(scenario, own, &shapes).into_iter();
    let sources = sources.map(|Cited { key, source, by }| (key, ToldSource { source, cited_by: by }));
    let shape = |shape: &&'s BundledShape| {
        let Label { ko, en } = shape.label();
        let told = ToldShape {
            label: OwnedWords { ko, en },
            rule: &shape.rule,
            note: shape.note.as_deref(),
            sources: shape.sources(),
        };
        (shape.id.as_str(), told)
    };
    Told { sources: sources.collect(), shapes: shapes.iter().map(shape).collect() }
}

/// Returns every source that is cited, each once, in the order of the file.
fn cited<'s>(
    scenario: &'s Scenario,
    own: &'s BTreeMap<String, Source>,
    shapes: &[&'static BundledShape],
) -> Vec<Cited<'s>> {
    let mut all: Vec<Cited<'s>> = vec![];
    let mut cite = |key: &'s str, by: &'s str| {
        let place = all.iter().position(|cited| cited.key == key).unwrap_or_else(|| {
            let source = own.get(key).or_else(|| library::sources().get(key));
            all.push(Cited { key, source, by: vec![] });
            all.len() - 1
        });
        if !all[place].by.contains(&by) {
            all[place].by.push(by);
        }
    };
    for part in scenario.origins() {
        part.sources.iter().for_each(|key| cite(key, part.id));
    }
    for shape in shapes {
        shape.sources().into_iter().for_each(|key| cite(key, &shape.id));
    }
    for reported in &scenario.reported {
        reported.sources.iter().for_each(|key| cite(key, REPORTED));
    }
    all
}

/// Returns the bundled shapes that lines of a scenario follow, `flat` aside.
fn shapes(scenario: &Scenario) -> Vec<&'static BundledShape> {
    let mut shapes: Vec<&BundledShape> = vec![];
    for line in &scenario.lines {
        // A trend stands behind the name.
        let name = line.terms.profile_from.split(" × ").next().unwrap_or_default();
        if let Some(shape) = library::shape(name)
            && !shape.sources().is_empty()
            && !shapes.iter().any(|other| other.id == shape.id)
        {
            shapes.push(shape);
        }
    }
    shapes
}

fn shape(shape: &BundledShape, language: Language, width: usize) -> String {
    let label = shape.label();
    let note = shape.note.as_deref().unwrap_or_default();
    let text = format!("{} ({}): {} {note}", shape.id, language.label(&label), shape.rule);
    bullet(&text, width)
}

/// Says how much of the scenario is ours.
fn assumed(scenario: &Scenario, ours: &[&Cited<'_>], language: Language, width: usize) -> String {
    let parts = scenario.origins();
    let assumed: Vec<&str> =
        parts.iter().filter(|part| part.assumption.is_some()).map(|part| part.id).collect();
    let whole = scenario.assumptions.len();
    let mut lines = vec![language.of("우리의 가정", "Assumptions of ours").to_owned()];
    lines.push(bullet(
        &match language {
            Language::Ko => format!("전체에 대한 가정 {whole}가지, 위 '가정'에 적음"),
            Language::En => format!("{whole} of the whole scenario, under Assumptions above"),
        },
        width,
    ));
    if !assumed.is_empty() {
        let (count, all, names) = (assumed.len(), parts.len(), assumed.join(", "));
        lines.push(bullet(
            &match language {
                Language::Ko => format!("{all}개 항목 중 {count}개에 가정이 있음: {names}"),
                Language::En => format!("in {count} of {all} parts: {names}"),
            },
            width,
        ));
    }
    for cited in ours {
        let by = cited.names(language);
        lines.push(bullet(
            &match language {
                Language::Ko => format!("{}: 우리의 계산이나 가정 ({by})", cited.key),
                Language::En => format!("{}: our own arithmetic or assumption, in {by}", cited.key),
            },
            width,
        ));
    }
    lines.join("\n")
}

impl Cited<'_> {
    fn is_ours(&self) -> bool {
        self.source.is_some_and(|source| source.kind.as_deref() == Some(OWN))
    }

    /// Who cites it, in words.
    fn names(&self, language: Language) -> String {
        let reported = language.of("공표 수치", "published figures");
        let by = self.by.iter().map(|by| if *by == REPORTED { reported } else { by });
        by.collect::<Vec<_>>().join(", ")
    }

    /// The source in lines of its own: who cites it, what it is, where it can be read.
    ///
    /// An address is never broken, so that it can be copied.
    fn text(&self, language: Language, width: usize) -> String {
        let room = width.saturating_sub(2);
        let mut lines = vec![bullet(&format!("{}: {}", self.key, self.names(language)), width)];
        if let Some(source) = self.source {
            let said = |part: &Option<String>| part.clone().filter(|text| !text.is_empty());
            let when: Vec<_> =
                [said(&source.publisher), said(&source.date)].into_iter().flatten().collect();
            let sure = [
                said(&source.kind).map(|kind| self::kind(&kind, language).to_owned()),
                said(&source.confidence).map(|word| confidence(&word, language).to_owned()),
            ];
            let sure: Vec<_> = sure.into_iter().flatten().collect();
            let parts = [source.title.clone(), when.join(", "), sure.join(", ")];
            let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            lines.push(wrap(&clean(&parts.join(" · ")), room).replace('\n', "\n  "));
            lines.extend(said(&source.url).map(|url| clean(&url)));
        }
        lines.join("\n  ")
    }
}

/// The kind of a source in words; one of the file's own stays as it is written.
fn kind(key: &str, language: Language) -> &str {
    match key {
        "official" => language.of("공식", "official"),
        "company" => language.of("회사", "company"),
        "press" => language.of("언론", "press"),
        "survey" => language.of("설문", "survey"),
        "analyst" => language.of("분석기관", "analyst"),
        OWN => language.of("자체", "ours"),
        other => other,
    }
}

fn confidence(key: &str, language: Language) -> &str {
    match key {
        "high" => language.of("신뢰도 높음", "confidence high"),
        "medium" => language.of("신뢰도 중간", "confidence medium"),
        "low" => language.of("신뢰도 낮음", "confidence low"),
        other => other,
    }
}
