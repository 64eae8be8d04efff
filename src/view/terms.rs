//! The reference of terms: a list, one term in full, a page of documentation.

use serde_json::{Value, json};

use super::Language;
use super::table::wrap;
use crate::read::schema;
use crate::term::Term;

const WIDTH: usize = 80;

/// Writes every term given, a block for each.
#[must_use]
pub fn list(terms: &[&Term], language: Language) -> String {
    let blocks: Vec<String> = terms.iter().map(|term| block(term, language)).collect();
    let count = match language {
        Language::Ko => format!("약관 {}가지. 하나씩 보려면 netloss terms 이름", terms.len()),
        Language::En => format!("{} terms. For one of them: netloss terms NAME", terms.len()),
    };
    format!("{}\n\n{count}\n", blocks.join("\n\n"))
}

/// Writes one term with its keys in a scenario file and its source.
#[must_use]
pub fn one(term: &Term, language: Language) -> String {
    let mut text = block(term, language);
    let keys = keys(&schema::scenario(), term);
    if !keys.is_empty() {
        text.push_str(&format!("\n\n  {}\n", language.of("시나리오 파일의 키", "Keys in a scenario file")));
        let widest = keys.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
        let lines = keys.iter().map(|(name, meaning)| {
            let room = WIDTH.saturating_sub(widest + 6);
            let meaning = wrap(meaning, room).replace('\n', &format!("\n{}", " ".repeat(widest + 6)));
            format!("    {name:widest$}  {meaning}")
        });
        text.push_str(&lines.collect::<Vec<_>>().join("\n"));
    }
    format!("{text}\n\n{}\n", said(language.of("출처", "Source"), term.source))
}

/// Writes the reference as a page of documentation, in Markdown.
#[must_use]
pub fn markdown(terms: &[&Term]) -> String {
    let mut page = String::from(
        "# Terms\n\nWritten by `netloss terms --format markdown` from the code that applies the terms.\n\n\
         | key | term | 용어 | in a scenario file |\n|---|---|---|---|\n",
    );
    for term in terms {
        let Term { key, english, korean, file_key, .. } = term;
        page.push_str(&format!("| [{key}](#{key}) | {english} | {korean} | `{file_key}` |\n"));
    }
    let schema = schema::scenario();
    for term in terms {
        let Term { key, english, korean, file_key, unit, formula, order, source } = term;
        page.push_str(&format!("\n## {key}\n\n{english} ({korean}). Unit: {unit}.\n\n"));
        page.push_str(&format!("```text\n{formula}\n```\n\n{order}.\n\n"));
        let keys = keys(&schema, term);
        if !keys.is_empty() {
            page.push_str(&format!("In a scenario file: `{file_key}`.\n\n"));
            for (name, meaning) in keys {
                page.push_str(&format!("- `{name}`: {meaning}\n"));
            }
            page.push('\n');
        }
        page.push_str(&format!("Source: {source}.\n"));
    }
    page
}

/// Writes the reference as JSON, `netloss.terms/1`.
///
/// # Panics
///
/// Never: every value is a text.
#[must_use]
pub fn json(terms: &[&Term]) -> String {
    let schema = schema::scenario();
    let term = |term: &&Term| {
        let keys: Vec<Value> = keys(&schema, term)
            .into_iter()
            .map(|(name, meaning)| json!({ "key": name, "meaning": meaning }))
            .collect();
        json!({
            "key": term.key, "ko": term.korean, "en": term.english, "file_key": term.file_key,
            "unit": term.unit, "formula": term.formula, "order": term.order, "source": term.source,
            "keys": keys,
        })
    };
    let terms: Vec<Value> = terms.iter().map(term).collect();
    format!("{:#}\n", json!({ "schema": "netloss.terms/1", "terms": terms }))
}

fn block(term: &Term, language: Language) -> String {
    let Term { key, korean, english, file_key, unit, formula, order, .. } = term;
    let names = match language {
        Language::Ko => format!("{korean} ({english})"),
        Language::En => format!("{english} ({korean})"),
    };
    let formula = formula.lines().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n");
    let mut lines = vec![format!("{key}  {names}"), formula];
    lines.push(said(language.of("단위", "Unit"), unit));
    lines.push(said(language.of("순서", "Order"), order));
    if !file_key.is_empty() {
        lines.push(said(language.of("파일", "File"), file_key));
    }
    lines.join("\n")
}

fn said(word: &str, text: &str) -> String {
    format!("  {}", wrap(&format!("{word}: {text}"), WIDTH - 2).replace('\n', "\n  "))
}

/// The keys that a term has in a scenario file, each with its meaning.
fn keys(schema: &Value, term: &Term) -> Vec<(String, String)> {
    if term.file_key.is_empty() {
        return vec![];
    }
    let Some(found) = schema::at(schema, term.file_key) else { return vec![] };
    let name = term.file_key.rsplit('.').next().unwrap_or_default();
    let meaning = |schema: &Value| schema["description"].as_str().unwrap_or_default().to_owned();
    let mut keys = vec![(name.to_owned(), meaning(found))];
    for table in schema::tables(found) {
        let properties = table["properties"].as_object().into_iter().flatten();
        keys.extend(properties.map(|(key, schema)| (format!("{name}.{key}"), meaning(schema))));
    }
    keys
}
