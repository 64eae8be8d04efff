//! What the tests share.

use super::*;

/// What a run of the program left.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Run {
    pub(crate) fn of(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
    }
}

pub(crate) fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(NETLOSS);
    command.args(arguments).stdin(Stdio::null()).env("COLUMNS", "80").env_remove("NO_COLOR");
    command
}

pub(crate) fn netloss(arguments: &[&str]) -> Run {
    Run::of(command(arguments).output().unwrap())
}

pub(crate) fn in_folder(folder: &Path, arguments: &[&str]) -> Run {
    Run::of(command(arguments).current_dir(folder).output().unwrap())
}

pub(crate) fn piped(arguments: &[&str], input: &[u8]) -> Run {
    let mut command = command(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // The program may refuse before it has read all.
    let _ = stdin.write_all(input);
    drop(stdin);
    Run::of(child.wait_with_output().unwrap())
}

/// A cover for the lost profit, without a fault.
pub(crate) fn cover(id: &str) -> String {
    format!(
        "[[cover]]\nid = \"{id}\"\nheads = [\"lost_profit\"]\nperils = [\"any\"]\n\
         occurrence_limit = \"10억\"\npremium = 0\n"
    )
}

pub(crate) fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

pub(crate) fn write(folder: &TempDir, name: &str, text: &str) -> PathBuf {
    let path = folder.path().join(name);
    fs::write(&path, text).unwrap();
    path
}

pub(crate) fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

pub(crate) fn names(folder: &TempDir) -> Vec<String> {
    let name = |path: PathBuf| path.file_name().unwrap().to_str().unwrap().to_owned();
    entries(folder.path()).into_iter().map(name).collect()
}

/// Takes the escape codes of colours out.
pub(crate) fn plain(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |plain, part| plain + part.split_once('m').map_or(part, |(_, rest)| rest))
}

pub(crate) fn narrow(run: &Run, width: usize, what: &str) {
    assert_eq!(run.code, 0, "{what}: {}", run.err);
    // An address cannot be broken.
    for line in run.out.lines().filter(|line| !line.trim_start().starts_with("http")) {
        assert!(line.width() <= width, "{what}: {} columns\n{line}", line.width());
        assert_eq!(line.trim_end(), line, "{what}: no blanks at the end of a line");
    }
}

/// Refuses what could move a cursor, turn text around or hide it.
pub(crate) fn plain_text(run: &Run, code: i32) {
    assert_eq!(run.code, code, "{}{}", run.out, run.err);
    for stream in [&run.out, &run.err] {
        // In JSON such characters may stand, as in any text that is data.
        let data = stream.starts_with('{');
        let bad = |c: char| {
            let hides =
                matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
            c != '\n' && c.is_control() && !(data && c >= '\u{80}') || hides && !data
        };
        let line = stream.lines().find(|line| line.chars().any(bad));
        assert_eq!(line, None);
    }
}

/// The parts of a scenario that can be explained.
pub(crate) fn parts(scenario: &str) -> Vec<Vec<String>> {
    let known = SCENARIOS.iter().find(|(name, _)| *name == scenario);
    let text = known.map_or_else(|| fs::read_to_string(scenario).unwrap(), |(_, text)| (*text).to_owned());
    let scenario: toml::Table = toml::from_str(&text).unwrap();
    let ids = |section: &str, flag: &str| -> Vec<Vec<String>> {
        let list = scenario.get(section).and_then(toml::Value::as_array).cloned().unwrap_or_default();
        list.iter().map(|part| vec![flag.to_owned(), part["id"].as_str().unwrap().to_owned()]).collect()
    };
    let sections =
        [("line", "--line"), ("outflow", "--line"), ("cover", "--cover"), ("parametric", "--cover")];
    let parts = sections.into_iter().flat_map(|(section, flag)| ids(section, flag));
    std::iter::once(vec![]).chain(parts).collect()
}

pub(crate) fn amounts(object: &Value) -> Vec<f64> {
    object.as_object().unwrap().values().map(|amount| amount.as_f64().unwrap()).collect()
}

/// Returns the place of the first value that a JSON Schema refuses.
///
/// Only the words that our schema uses are known; another is a fault of this test.
pub(crate) fn refused(schema: &Value, value: &Value, place: &str) -> Option<String> {
    let known = [
        "$schema",
        "title",
        "description",
        "examples",
        "type",
        "properties",
        "required",
        "additionalProperties",
        "items",
        "anyOf",
        "enum",
        "const",
        "minimum",
        "maximum",
        "minLength",
    ];
    let words = schema.as_object().unwrap();
    for word in words.keys() {
        assert!(known.contains(&word.as_str()), "{word} at {place}");
    }
    let here = || Some(place.to_owned());
    if let Some(any) = words.get("anyOf") {
        let answers: Vec<_> =
            any.as_array().unwrap().iter().map(|one| refused(one, value, place)).collect();
        // The deepest answer belongs to the form that was meant.
        return match answers.iter().any(Option::is_none) {
            true => None,
            false => answers.into_iter().flatten().max_by_key(String::len),
        };
    }
    if words.get("const").is_some_and(|only| only != value) {
        return here();
    }
    if words.get("enum").is_some_and(|list| !list.as_array().unwrap().contains(value)) {
        return here();
    }
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    if let Some(types) = words.get("type") {
        let types = types.as_array().cloned().unwrap_or_else(|| vec![types.clone()]);
        let whole = kind == "integer" && types.contains(&json!("number"));
        if !types.contains(&json!(kind)) && !whole {
            return here();
        }
    }
    if let Some(number) = value.as_f64() {
        let bound = |word: &str, default| words.get(word).and_then(Value::as_f64).unwrap_or(default);
        if !(bound("minimum", f64::MIN)..=bound("maximum", f64::MAX)).contains(&number) {
            return here();
        }
    }
    match value {
        Value::Array(items) => items
            .iter()
            .enumerate()
            .find_map(|(number, item)| refused(words.get("items")?, item, &format!("{place}[{number}]"))),
        Value::Object(object) => {
            let properties = words.get("properties").and_then(Value::as_object);
            for required in words.get("required").and_then(Value::as_array).into_iter().flatten() {
                if !object.contains_key(required.as_str().unwrap()) {
                    let unknown = |key: &&String| properties.is_none_or(|known| !known.contains_key(*key));
                    let key = object.keys().find(unknown);
                    return key.map(|key| format!("{place}.{key}")).or_else(here);
                }
            }
            object.iter().find_map(|(key, item)| {
                let place = format!("{place}.{key}");
                match properties.and_then(|known| known.get(key)).or(words.get("additionalProperties")) {
                    None | Some(Value::Bool(true)) => None,
                    Some(Value::Bool(false)) => Some(place),
                    Some(schema) => refused(schema, item, &place),
                }
            })
        }
        _ => None,
    }
}
