//! Collecting what was written, from the file, the environment and the command line, each over the one before.
//!
//! Unknown names are found here, with the nearest known one. **Must not:** read a file or the environment itself.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::error::{ConfigError, Source};
use super::near::nearest;
use super::sections::Key;
use super::setting::{Setting, Written};

/// Names that mean the same as a key: those of similar products, and the short ones of the environment.
const ALIASES: [(&str, &str); 3] = [
    ("api.max_rows", "limits.rows_max"),
    ("auth.password_min_length", "limits.password_chars_min"),
    ("server.listen", "server.host"),
];

/// Variables that do not follow the rule.
const VARIABLES: [(&str, &str); 2] = [("PORT", "server.port"), ("DATABASE_URL", "database.url")];

/// Sections whose keys are variables without the section's name, too: `MAINSTAY_JWT_SECRET`.
const SHORT_SECTIONS: [&str; 3] = ["server", "api", "auth"];

/// Set to anything, it asks every program for plain text.
const NO_COLOR: &str = "NO_COLOR";

const PREFIX: &str = "MAINSTAY_";

/// Everything that was written, and everything that was wrong with it.
#[derive(Debug)]
pub(crate) struct Gathered {
    keys: Vec<Key>,
    values: BTreeMap<String, (Written, Source)>,
    pub(super) errors: Vec<ConfigError>,
}

impl Gathered {
    pub(crate) fn new(keys: Vec<Key>) -> Self {
        Self { keys, values: BTreeMap::new(), errors: Vec::new() }
    }

    /// What a configuration file says.
    pub(crate) fn add_file(&mut self, name: &str, text: &str) {
        let line_of = |at: usize| {
            text.as_bytes()[..at.min(text.len())].iter().filter(|byte| **byte == b'\n').count() + 1
        };
        let source = |at: usize| Source::File { name: name.to_owned(), line: line_of(at) };
        let table = match DeTable::parse(text) {
            Ok(table) => table,
            Err(error) => {
                let at = source(error.span().map_or(0, |span| span.start));
                self.errors.push(ConfigError::Syntax { at, reason: error.message().to_owned() });
                return;
            }
        };
        for (section, content) in table.get_ref() {
            let at = source(section.span().start);
            self.add_section(section.get_ref(), content, at, &source);
        }
    }

    fn add_section(
        &mut self,
        section: &str,
        content: &Spanned<DeValue<'_>>,
        at: Source,
        source: &dyn Fn(usize) -> Source,
    ) {
        let sections = || self.keys.iter().map(|key| key.section);
        let DeValue::Table(entries) = content.get_ref() else {
            // A key at the top, where there are only sections: perhaps its section was forgotten.
            let near = self
                .keys
                .iter()
                .find(|key| key.name == section)
                .map(|key| format!("{}.{}", key.section, key.name));
            let near = near.or_else(|| nearest(section, sections()));
            self.errors.push(ConfigError::Unknown { at, what: "key", name: section.to_owned(), near });
            return;
        };
        if !sections().any(|known| known == section) {
            let near = nearest(section, sections());
            self.errors.push(ConfigError::Unknown { at, what: "section", name: section.to_owned(), near });
            return;
        }
        for (name, value) in entries {
            let key = format!("{section}.{}", name.get_ref());
            self.add(key, written(value.get_ref()), source(name.span().start));
        }
    }

    /// What the environment says.
    pub(crate) fn add_environment(&mut self, variables: impl IntoIterator<Item = (String, String)>) {
        let names = self.variables();
        let mut short = Vec::new();
        for (variable, text) in variables {
            if let Some((_, key)) = VARIABLES.iter().find(|(name, _)| *name == variable) {
                // General names give way to ours, so they are kept back until all of ours are in.
                short.push((variable, (*key).to_owned(), text));
            } else if variable == NO_COLOR && !text.is_empty() {
                short.push((variable, "log.color".to_owned(), "false".to_owned()));
            } else if let Some(key) = names.get(&variable) {
                self.replace(key.clone(), Written::Text(text), Source::Variable(variable));
            } else if let Some(near) = self.suspect(&variable, &names) {
                let at = Source::Variable(variable.clone());
                self.errors.push(ConfigError::Unknown { at, what: "variable", name: variable, near });
            }
        }
        for (variable, key, text) in short {
            let is_ours = |(_, source): &(Written, Source)| matches!(source, Source::Variable(_));
            if !text.is_empty() && !self.values.get(&key).is_some_and(is_ours) {
                self.replace(key, Written::Text(text), Source::Variable(variable));
            }
        }
    }

    /// What the command line says: the flag, the key that it sets, the value.
    pub(crate) fn add_flag(&mut self, flag: &str, key: &str, text: &str) {
        self.replace(key.to_owned(), Written::Text(text.to_owned()), Source::Flag(flag.to_owned()));
    }

    /// Reads one setting, if it was written.
    pub(crate) fn take<T: Setting>(&mut self, section: &str, name: &str, setting: &mut T) {
        let key = format!("{section}.{name}");
        let Some((written, at)) = self.values.remove(&key) else { return };
        match T::read(&written) {
            Ok(value) => *setting = value,
            Err(expected) => self.errors.push(ConfigError::Value { at, key, expected }),
        }
    }

    /// Adds what a file says: unknown keys and second spellings are errors.
    fn add(&mut self, written_as: String, value: Written, at: Source) {
        let key = canonical(&written_as);
        if !self.keys.iter().any(|known| format!("{}.{}", known.section, known.name) == key) {
            let near = self.nearest_key(&written_as);
            self.errors.push(ConfigError::Unknown { at, what: "key", name: written_as, near });
            return;
        }
        if self.values.contains_key(&key) {
            self.errors.push(ConfigError::Twice { at, key: written_as, other: key });
            return;
        }
        self.values.insert(key, (value, at));
    }

    fn replace(&mut self, key: String, value: Written, at: Source) {
        self.values.insert(key, (value, at));
    }

    /// The nearest key: in the same section, then anywhere.
    fn nearest_key(&self, written_as: &str) -> Option<String> {
        let (section, name) = written_as.split_once('.').unwrap_or(("", written_as));
        let all: Vec<String> = self.keys.iter().map(|key| format!("{}.{}", key.section, key.name)).collect();
        let in_section = self.keys.iter().filter(|key| key.section == section).map(|key| key.name);
        let same_name =
            || self.keys.iter().find(|key| key.name == name).map(|key| format!("{}.{name}", key.section));
        nearest(name, in_section)
            .map(|name| format!("{section}.{name}"))
            .or_else(same_name)
            .or_else(|| nearest(written_as, all.iter().map(String::as_str)))
    }

    /// Every variable of ours, and the key that it sets.
    fn variables(&self) -> BTreeMap<String, String> {
        let mut names = BTreeMap::new();
        let aliases = ALIASES.iter().map(|(alias, key)| ((*alias).to_owned(), (*key).to_owned()));
        let keys = self.keys.iter().map(|key| {
            let key = format!("{}.{}", key.section, key.name);
            (key.clone(), key)
        });
        for (spelling, key) in keys.chain(aliases) {
            if let Some((section, name)) = spelling.split_once('.')
                && SHORT_SECTIONS.contains(&section)
            {
                names.insert(format!("{PREFIX}{}", name.to_uppercase()), key.clone());
            }
            names.insert(format!("{PREFIX}{}", spelling.replace('.', "_").to_uppercase()), key);
        }
        names
    }

    /// Whether a variable was meant for us: it begins like one of our sections, or is nearly one of our names.
    /// Others that begin with `MAINSTAY_` belong to tools around us.
    fn suspect(&self, variable: &str, names: &BTreeMap<String, String>) -> Option<Option<String>> {
        let rest = variable.strip_prefix(PREFIX)?;
        let near = nearest(variable, names.keys().map(String::as_str));
        let has_section = self.keys.iter().any(|key| {
            rest.strip_prefix(&key.section.to_uppercase()).is_some_and(|rest| rest.starts_with('_'))
        });
        (has_section || near.is_some()).then_some(near)
    }
}

fn canonical(written_as: &str) -> String {
    let alias = ALIASES.iter().find(|(alias, _)| *alias == written_as);
    alias.map_or(written_as, |(_, key)| key).to_owned()
}

fn written(value: &DeValue<'_>) -> Written {
    match value {
        DeValue::String(text) => Written::Text(text.to_string()),
        DeValue::Boolean(flag) => Written::Flag(*flag),
        DeValue::Integer(integer) => {
            i64::from_str_radix(integer.as_str(), integer.radix()).map_or(Written::Other, Written::Number)
        }
        DeValue::Array(items) => {
            let texts: Option<Vec<_>> =
                items.iter().map(|item| item.get_ref().as_str().map(str::to_owned)).collect();
            texts.map_or(Written::Other, Written::List)
        }
        DeValue::Float(_) | DeValue::Datetime(_) | DeValue::Table(_) => Written::Other,
    }
}
