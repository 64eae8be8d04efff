//! Section: a table of the file, asked key by key.
//!
//! The code that reads a section is also its schema: run over a [`Section`] that
//! describes instead of reads, it tells every key with its kind and meaning.
//! So the JSON Schema, the check for unknown keys and the reader cannot differ.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::finding::Findings;
use super::value::{Fault, Kind, Value};

/// A key of a section, as the schema knows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Key {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    pub(super) required: bool,
    pub(super) meaning: &'static str,
}

/// A value and where it stands in the file.
#[derive(Clone, Debug, PartialEq)]
pub struct At<T> {
    pub value: T,
    pub span: Range<usize>,
}

/// A table of the file, or the description of one.
pub struct Section<'a> {
    source: Option<Source<'a>>,
    path: String,
    keys: Vec<Key>,
    /// Home money for one unit of the amounts that it holds.
    rate: f64,
}

#[derive(Clone, Copy)]
struct Source<'a> {
    table: &'a DeTable<'a>,
    findings: &'a Findings<'a>,
    /// Where the section's head stands.
    head: (usize, usize),
}

impl<'a> Section<'a> {
    /// Opens the whole file.
    pub fn file(table: &'a DeTable<'a>, findings: &'a Findings<'a>) -> Self {
        Self {
            source: Some(Source { table, findings, head: (0, 0) }),
            path: String::new(),
            keys: vec![],
            rate: HOME,
        }
    }

    /// Runs a reader over nothing and returns the keys that it asks for.
    pub fn describe<T>(read: impl FnOnce(&mut Section<'_>) -> T) -> Vec<Key> {
        let mut section = Section { source: None, path: String::new(), keys: vec![], rate: HOME };
        read(&mut section);
        section.keys
    }

    /// Returns the span of the section's head.
    pub fn head(&self) -> Range<usize> {
        self.source.map_or(0..0, |source| source.head.0..source.head.1)
    }

    /// Returns whether the file gives this key at all, whatever it holds.
    pub fn has(&self, name: &str) -> bool {
        self.source.is_some_and(|source| source.table.contains_key(name))
    }

    /// Notes a fault, at a key where it is given and at the head otherwise.
    pub fn error_at(&self, name: &str, message: impl Into<String>, mend: impl Into<String>) {
        self.error(self.span_of(name), message, mend);
    }

    /// Notes a fault at a span.
    pub fn error(&self, span: Range<usize>, message: impl Into<String>, mend: impl Into<String>) {
        if let Some(source) = self.source {
            source.findings.error(span, message, mend);
        }
    }

    /// Returns whether the file has been read without an error so far.
    pub fn is_sound(&self) -> bool {
        self.source.is_some_and(|source| !source.findings.any_error())
    }

    /// Notes what is probably not meant.
    pub fn warning(&self, span: Range<usize>, message: impl Into<String>, mend: impl Into<String>) {
        if let Some(source) = self.source {
            source.findings.warning(span, message, mend);
        }
    }

    /// Returns the span of a key's value, or of the section's head.
    pub fn span_of(&self, name: &str) -> Range<usize> {
        self.get(name).map_or_else(|| self.head(), Spanned::span)
    }

    /// Reads a key that must be there.
    pub fn required<T: Value>(&mut self, name: &'static str, meaning: &'static str) -> Option<At<T>> {
        self.keys.push(Key { name, kind: T::KIND, required: true, meaning });
        self.require(name, meaning);
        let rate = self.rate;
        self.value(name, |value| Ok(T::read(value)?.at_rate(rate)))
    }

    /// Reads a key that may be there.
    pub fn optional<T: Value>(&mut self, name: &'static str, meaning: &'static str) -> Option<At<T>> {
        self.keys.push(Key { name, kind: T::KIND, required: false, meaning });
        let rate = self.rate;
        self.value(name, |value| Ok(T::read(value)?.at_rate(rate)))
    }

    /// Changes every amount that is read from here on, in this section and inside
    /// it, from another currency.
    pub fn change_money_at(&mut self, rate: f64) {
        self.rate = rate;
    }

    /// Reads a key that holds one of a few words.
    pub fn choice<T: Copy>(
        &mut self,
        name: &'static str,
        required: bool,
        meaning: &'static str,
        words: &[(&'static str, T)],
    ) -> Option<At<T>> {
        let names = words.iter().map(|(word, _)| *word).collect();
        self.keys.push(Key { name, kind: Kind::Choice(names), required, meaning });
        if required {
            self.require(name, meaning);
        }
        self.value(name, |value| one_of(value, words))
    }

    /// Reads a key that must be there, and holds one of a few words or a section.
    pub fn choice_or_section<T: Copy, R>(
        &mut self,
        name: &'static str,
        meaning: &'static str,
        words: &[(&'static str, T)],
        plain: impl FnOnce(T) -> R,
        read: impl FnOnce(&mut Section<'_>) -> Option<R>,
    ) -> Option<R> {
        if self.source.is_none() {
            let word = Kind::Choice(words.iter().map(|(word, _)| *word).collect());
            let kind = Kind::Either(Box::new(word), Section::describe(read));
            self.keys.push(Key { name, kind, required: true, meaning });
            return None;
        }
        self.require(name, meaning);
        if self.get(name).is_some_and(|value| value.get_ref().is_table()) {
            self.section(name, false, meaning, read).flatten()
        } else {
            self.choice(name, false, meaning, words).map(|at| plain(at.value))
        }
    }

    /// Reads a key that holds a list of words out of a few.
    pub fn choices<T: Copy>(
        &mut self,
        name: &'static str,
        required: bool,
        meaning: &'static str,
        words: &[(&'static str, T)],
    ) -> Option<At<Vec<T>>> {
        let names = words.iter().map(|(word, _)| *word).collect();
        self.keys.push(Key { name, kind: Kind::ChoiceList(names), required, meaning });
        if required {
            self.require(name, meaning);
        }
        self.value(name, |value| {
            let list = value.as_array().ok_or_else(|| {
                Fault::new("expected a list of words", format!("write [\"{}\"]", words[0].0))
            })?;
            list.iter()
                .map(|item| {
                    let read = one_of(item.get_ref(), words);
                    read.map_err(|fault| Fault { span: Some(item.span()), ..fault })
                })
                .collect()
        })
    }

    /// Reads a section inside this one.
    pub fn section<T>(
        &mut self,
        name: &'static str,
        required: bool,
        meaning: &'static str,
        read: impl FnOnce(&mut Section<'_>) -> T,
    ) -> Option<T> {
        if self.source.is_none() {
            let keys = Section::describe(read);
            self.keys.push(Key { name, kind: Kind::Section(keys), required, meaning });
            return None;
        }
        self.keys.push(Key { name, kind: Kind::Section(vec![]), required, meaning });
        if required {
            self.require(name, meaning);
        }
        let value = self.get(name)?;
        self.inside(name.to_owned(), value, read)
    }

    /// Reads a key that holds a plain value or a section.
    pub fn value_or_section<V: Value, T>(
        &mut self,
        name: &'static str,
        meaning: &'static str,
        plain: impl FnOnce(At<V>) -> Option<T>,
        read: impl FnOnce(&mut Section<'_>) -> Option<T>,
    ) -> Option<T> {
        self.either(name, false, meaning, plain, read)
    }

    /// Reads a key that must be there, and holds a plain value or a section.
    pub fn required_value_or_section<V: Value, T>(
        &mut self,
        name: &'static str,
        meaning: &'static str,
        plain: impl FnOnce(At<V>) -> Option<T>,
        read: impl FnOnce(&mut Section<'_>) -> Option<T>,
    ) -> Option<T> {
        self.require(name, meaning);
        self.either(name, true, meaning, plain, read)
    }

    fn either<V: Value, T>(
        &mut self,
        name: &'static str,
        required: bool,
        meaning: &'static str,
        plain: impl FnOnce(At<V>) -> Option<T>,
        read: impl FnOnce(&mut Section<'_>) -> Option<T>,
    ) -> Option<T> {
        if self.source.is_none() {
            let kind = Kind::Either(Box::new(V::KIND), Section::describe(read));
            self.keys.push(Key { name, kind, required, meaning });
            return None;
        }
        if self.get(name).is_some_and(|value| value.get_ref().is_table()) {
            self.section(name, false, meaning, read).flatten()
        } else {
            self.optional::<V>(name, meaning).and_then(plain)
        }
    }

    /// Reads a list of sections, each under its `id` where it has one.
    pub fn sections<T>(
        &mut self,
        name: &'static str,
        meaning: &'static str,
        mut read: impl FnMut(&mut Section<'_>) -> Option<T>,
    ) -> Vec<At<T>> {
        if self.source.is_none() {
            let keys = Section::describe(read);
            self.keys.push(Key { name, kind: Kind::Sections(keys), required: false, meaning });
            return vec![];
        }
        self.keys.push(Key { name, kind: Kind::Sections(vec![]), required: false, meaning });
        let Some(value) = self.get(name) else { return vec![] };
        self.listed(name, value, &mut read)
    }

    /// Reads a section, or in its place a list of them, each under its `id`. The
    /// reader is told whether it reads one of a list.
    pub fn one_or_several<T>(
        &mut self,
        name: &'static str,
        meaning: &'static str,
        mut read: impl FnMut(&mut Section<'_>, bool) -> Option<T>,
    ) -> Vec<At<T>> {
        if self.source.is_none() {
            let one = Section::describe(|section| read(section, false));
            let several = Section::describe(|section| read(section, true));
            self.keys.push(Key { name, kind: Kind::OneOrSeveral(one, several), required: true, meaning });
            return vec![];
        }
        self.keys.push(Key { name, kind: Kind::Sections(vec![]), required: true, meaning });
        self.require(name, meaning);
        let Some(value) = self.get(name) else { return vec![] };
        if value.get_ref().is_array() {
            return self.listed(name, value, &mut |section| read(section, true));
        }
        let found = self.inside(name.to_owned(), value, |section| read(section, false)).flatten();
        found.map(|found| At { value: found, span: value.span() }).into_iter().collect()
    }

    fn listed<T>(
        &self,
        name: &str,
        value: &'a Spanned<DeValue<'a>>,
        read: &mut impl FnMut(&mut Section<'_>) -> Option<T>,
    ) -> Vec<At<T>> {
        let Some(list) = value.get_ref().as_array() else {
            let message = format!("{} must be a list of tables", self.called(name));
            self.error(value.span(), message, format!("begin each with [[{name}]]"));
            return vec![];
        };
        let mut found = Vec::new();
        for (place, item) in list.iter().enumerate() {
            let id = id_of(item);
            if let Some(id) = id
                && list.iter().take(place).any(|earlier| id_of(earlier) == Some(id))
            {
                let message = format!("two {name} sections have the id {id:?}");
                self.error(item.span(), message, "give each a name of its own");
            }
            let step = id.map_or_else(|| format!("{name}[{}]", place + 1), |id| format!("{name}.{id}"));
            let read = self.inside(step, item, &mut *read).flatten();
            found.extend(read.map(|value| At { value, span: item.span() }));
        }
        found
    }

    /// Returns whether a key holds a list.
    pub fn is_list(&self, name: &str) -> bool {
        self.get(name).is_some_and(|value| value.get_ref().is_array())
    }

    /// Returns how many sections a list gives, well read or not.
    pub fn length(&self, name: &str) -> usize {
        self.get(name).and_then(|value| value.get_ref().as_array()).map_or(0, |list| list.len())
    }

    /// Returns the ids that a list of sections gives, and where, well read or not.
    pub fn ids(&self, name: &str) -> Vec<At<String>> {
        let list = self.get(name).and_then(|value| value.get_ref().as_array());
        let ids = list.into_iter().flat_map(|list| list.iter());
        ids.filter_map(|item| Some(At { value: id_of(item)?.to_owned(), span: item.span() })).collect()
    }

    /// Reads a table of sections under names of the writer's own.
    pub fn map<T>(
        &mut self,
        name: &'static str,
        meaning: &'static str,
        mut read: impl FnMut(&mut Section<'_>) -> Option<T>,
    ) -> Vec<(String, T)> {
        if self.source.is_none() {
            let keys = Section::describe(read);
            self.keys.push(Key { name, kind: Kind::Map(keys), required: false, meaning });
            return vec![];
        }
        self.keys.push(Key { name, kind: Kind::Map(vec![]), required: false, meaning });
        let Some(value) = self.get(name) else { return vec![] };
        let Some(table) = value.get_ref().as_table() else {
            self.error(
                value.span(),
                format!("{} must be a table", self.called(name)),
                format!("write [{name}.NAME]"),
            );
            return vec![];
        };
        let read_one = |(key, item): (&Spanned<_>, &'a Spanned<DeValue<'a>>)| {
            let key: &std::borrow::Cow<'_, str> = key.get_ref();
            let read = self.inside(format!("{name}.{key}"), item, &mut read).flatten()?;
            Some((key.to_string(), read))
        };
        table.iter().filter_map(read_one).collect()
    }

    fn inside<T>(
        &self,
        step: String,
        value: &'a Spanned<DeValue<'a>>,
        read: impl FnOnce(&mut Section<'_>) -> T,
    ) -> Option<T> {
        let Source { findings, .. } = self.source?;
        let path = if self.path.is_empty() { step } else { format!("{}.{step}", self.path) };
        let Some(table) = value.get_ref().as_table() else {
            findings.error(value.span(), format!("{path} must be a table"), "write { key = value, … }");
            return None;
        };
        findings.remember(path.clone(), &value.span());
        let head = (value.span().start, value.span().end);
        let source = Some(Source { table, findings, head });
        let mut section = Section { source, path, keys: vec![], rate: self.rate };
        let read = read(&mut section);
        section.refuse_unknown_keys();
        Some(read)
    }

    /// Notes every key that no reader asked for, with the nearest that one did.
    pub fn refuse_unknown_keys(&self) {
        let Some(source) = self.source else { return };
        for key in source.table.keys() {
            let given: &str = key.get_ref();
            if self.keys.iter().any(|known| known.name == given) {
                continue;
            }
            let nearest = nearest(given, self.keys.iter().map(|known| known.name));
            let known: Vec<_> = self.keys.iter().map(|known| known.name).collect();
            let mend = nearest.map_or_else(
                || format!("known here: {}", known.join(", ")),
                |name| format!("did you mean `{name}`?"),
            );
            source.findings.error(key.span(), format!("unknown key `{given}` in {}", self.title()), mend);
        }
    }

    fn title(&self) -> String {
        if self.path.is_empty() { "the file".into() } else { self.path.clone() }
    }

    fn called(&self, name: &str) -> String {
        if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) }
    }

    fn require(&self, name: &str, meaning: &str) {
        if self.source.is_some() && !self.has(name) {
            let title = self.title();
            self.error(
                self.head(),
                format!("{title} does not say `{name}`"),
                format!("give `{name}`: {meaning}"),
            );
        }
    }

    fn get(&self, name: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.source.and_then(|source| source.table.get(name))
    }

    fn value<T>(&self, name: &str, read: impl FnOnce(&DeValue<'_>) -> Result<T, Fault>) -> Option<At<T>> {
        let value = self.get(name)?;
        let findings = self.source?.findings;
        findings.remember(self.called(name), &value.span());
        match read(value.get_ref()) {
            Ok(read) => Some(At { value: read, span: value.span() }),
            Err(fault) => {
                let message = format!("`{name}` of {}: {}", self.title(), fault.message);
                findings.error(fault.span.unwrap_or_else(|| value.span()), message, fault.mend);
                None
            }
        }
    }
}

/// The rate of amounts in the currency of the file.
const HOME: f64 = 1.0;

fn id_of<'v>(section: &'v Spanned<DeValue<'_>>) -> Option<&'v str> {
    section.get_ref().as_table()?.get("id")?.get_ref().as_str()
}

fn one_of<T: Copy>(value: &DeValue<'_>, words: &[(&'static str, T)]) -> Result<T, Fault> {
    let known = || words.iter().map(|(word, _)| format!("\"{word}\"")).collect::<Vec<_>>().join(", ");
    let Some(given) = value.as_str() else {
        return Err(Fault::new("expected a word", format!("write one of {}", known())));
    };
    match words.iter().find(|(word, _)| *word == given) {
        Some((_, meant)) => Ok(*meant),
        None => {
            let nearest = nearest(given, words.iter().map(|(word, _)| *word));
            let mend = nearest.map_or_else(
                || format!("write one of {}", known()),
                |word| format!("did you mean \"{word}\"?"),
            );
            Err(Fault::new(format!("{given:?} is not known here"), mend))
        }
    }
}

/// Returns the name most like `given`, if one is like it at all.
pub fn nearest<'n>(given: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    const ALIKE: f64 = 0.8;
    names
        .map(|name| (strsim::jaro_winkler(given, name), name))
        .filter(|(likeness, _)| *likeness >= ALIKE)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, name)| name)
}
