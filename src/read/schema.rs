//! JSON Schema of scenario files, told by the readers themselves.

use serde_json::{Map, Value, json};

use super::scenario::{self, FORMAT, Overrides};
use super::section::{Key, Section};
use super::starting_values::recapture_names;
use super::value::Kind;

/// Returns the JSON Schema (draft 2020-12) of scenario files.
#[must_use]
pub fn scenario() -> Value {
    let keys = Section::describe(|section| scenario::file(section, None, &Overrides::default()));
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": format!("netloss scenario, format {FORMAT}"),
    });
    merge(&mut schema, table(&keys));
    schema
}

/// Returns the JSON Schema (draft 2020-12) of compensation schemes.
#[must_use]
pub fn scheme() -> Value {
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": format!("netloss compensation scheme, format {}", super::scheme::FORMAT),
    });
    merge(&mut schema, table(&super::scheme::keys()));
    schema
}

/// Returns the JSON Schema (draft 2020-12) of profile files.
#[must_use]
pub fn profile() -> Value {
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": format!("netloss profile, format {}", super::profile::FORMAT),
    });
    merge(&mut schema, table(&super::profile::keys()));
    schema
}

fn table(keys: &[Key]) -> Value {
    let property = |key: &Key| {
        let mut schema = of(&key.kind);
        merge(&mut schema, json!({ "description": key.meaning }));
        (key.name.to_owned(), schema)
    };
    let required: Vec<_> = keys.iter().filter(|key| key.required).map(|key| key.name).collect();
    json!({
        "type": "object",
        "properties": keys.iter().map(property).collect::<Map<_, _>>(),
        "required": required,
        "additionalProperties": false,
    })
}

fn of(kind: &Kind) -> Value {
    let amount = || json!({ "type": ["number", "string"], "minimum": 0, "examples": [500_000_000, "5억"] });
    let duration = || json!({ "type": "string", "examples": ["12h", "3d", "127h30m"] });
    let list = |items: Value| json!({ "type": "array", "items": items });
    let label = || {
        let words = json!({ "type": "object", "required": ["ko", "en"], "additionalProperties": false,
            "properties": { "ko": { "type": "string" }, "en": { "type": "string" } } });
        json!({ "anyOf": [{ "type": "string" }, words] })
    };
    let share =
        || json!({ "type": ["number", "string"], "minimum": 0, "maximum": 1, "examples": ["10%", 0.1] });
    let part = || json!({ "type": ["number", "string"], "minimum": 0, "examples": ["105%", 0.5] });
    match kind {
        Kind::Text => json!({ "type": "string", "minLength": 1 }),
        Kind::TextList => json!({ "anyOf": [{ "type": "string" }, list(json!({ "type": "string" }))] }),
        Kind::Label => label(),
        Kind::LabelList => list(label()),
        Kind::Flag => json!({ "type": "boolean" }),
        Kind::Version => json!({ "type": "integer", "const": FORMAT }),
        Kind::Count => json!({ "type": "integer", "minimum": 0 }),
        Kind::Money => amount(),
        Kind::MoneyOrNone => json!({ "anyOf": [{ "const": "none" }, amount()] }),
        Kind::MoneyOrShare => json!({ "anyOf": [amount(), share()] }),
        Kind::Ratio => json!({ "type": ["number", "string"], "minimum": 0, "examples": ["100/70", 1.25] }),
        Kind::Day => json!({ "type": "string", "examples": ["2026-01-31"] }),
        Kind::Duration => duration(),
        Kind::Hours => json!({ "anyOf": [duration(), { "type": "number", "minimum": 0 }] }),
        Kind::DurationOrNone => json!({ "anyOf": [{ "const": "none" }, duration()] }),
        Kind::Strike => json!({ "anyOf": [duration(), amount()] }),
        Kind::DurationList => list(duration()),
        Kind::DurationsOrFile => {
            json!({ "anyOf": [{ "type": "string", "minLength": 1 }, list(duration())] })
        }
        Kind::Until => json!({ "anyOf": [{ "const": "end" }, duration()] }),
        Kind::Share => share(),
        Kind::Number => json!({ "type": "number", "minimum": 0 }),
        Kind::MoneyOrLoss => json!({ "type": ["number", "string"], "examples": [500_000_000, "-5억"] }),
        Kind::Opening => {
            let clock = json!({ "type": "string", "examples": ["09:00", "24:00"] });
            json!({ "type": "array", "items": clock, "minItems": 2 })
        }
        Kind::Part => part(),
        Kind::Parts => list(part()),
        Kind::Shares => json!({ "type": "object", "additionalProperties": share() }),
        Kind::NumberList => list(json!({ "type": "number", "minimum": 0 })),
        Kind::Signed => json!({ "type": "number" }),
        Kind::SignedList => list(json!({ "type": "number" })),
        Kind::Factor => json!({ "anyOf": [{ "enum": recapture_names() }, share()] }),
        Kind::LocalTime => json!({ "type": "string", "examples": ["2022-10-15T15:30"] }),
        Kind::Choice(words) => json!({ "enum": words }),
        Kind::ChoiceList(words) => list(json!({ "enum": words })),
        Kind::Either(plain, keys) => json!({ "anyOf": [of(plain), table(keys)] }),
        Kind::Section(keys) => table(keys),
        Kind::Sections(keys) => list(table(keys)),
        Kind::OneOrSeveral(one, several) => json!({ "anyOf": [table(one), list(table(several))] }),
        Kind::Map(keys) => json!({ "type": "object", "additionalProperties": table(keys) }),
    }
}

fn merge(into: &mut Value, more: Value) {
    if let (Value::Object(into), Value::Object(more)) = (into, more) {
        into.extend(more);
    }
}

/// Returns the part of a schema under a path such as `cover.waiting_period`.
#[must_use]
pub fn at<'s>(schema: &'s Value, path: &str) -> Option<&'s Value> {
    path.split('.').try_fold(schema, |schema, step| {
        tables(schema).into_iter().find_map(|table| table["properties"].get(step))
    })
}

/// Returns every table that a schema allows: itself, its alternatives, its items.
#[must_use]
pub fn tables(schema: &Value) -> Vec<&Value> {
    let inside = ["anyOf", "items", "additionalProperties"].into_iter().filter_map(|key| schema.get(key));
    let alternatives = inside.flat_map(|inside| match inside {
        Value::Array(several) => several.iter().collect(),
        one => vec![one],
    });
    let own = schema.get("properties").map(|_| schema);
    own.into_iter().chain(alternatives.flat_map(tables)).collect()
}
