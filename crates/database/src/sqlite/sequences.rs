//! Sequences: their values live in memory beside the write connection and are written with each commit.
//!
//! As on PostgreSQL a value once given is not given again, also when its transaction is undone. **Must not:** be used by a
//! connection that reads.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use algebra::names::{LocalName, QualifiedName, SchemaName, SequenceName};
use algebra::value::ValueError;
use catalog::{Catalog, SequenceOptions};
use rusqlite::Connection;

/// All sequences of a database. Cheap to clone; clones share the values.
#[derive(Debug, Clone, Default)]
pub(super) struct Sequences(Arc<Mutex<State>>);

#[derive(Debug, Default, Clone)]
struct State {
    catalog: Arc<Catalog>,
    counters: BTreeMap<SequenceName, Counter>,
    /// What this request got: `currval` and `lastval` answer from it.
    current: BTreeMap<SequenceName, i64>,
    last: Option<i64>,
}

#[derive(Debug, Clone, Copy)]
struct Counter {
    value: i64,
    is_called: bool,
    is_dirty: bool,
}

/// The values at one moment, to go back to when a migration fails.
pub(super) struct Snapshot(State);

impl Sequences {
    /// Reads the values that the last commit wrote.
    pub(super) fn load(&self, connection: &Connection) -> rusqlite::Result<()> {
        let mut statement = connection.prepare(include_str!("load_sequences.sql"))?;
        let mut rows = statement.query([])?;
        let mut state = self.state();
        state.counters.clear();
        while let Some(row) = rows.next()? {
            let name: String = row.get(0)?;
            if let Some(name) = parse_stored(&name) {
                let counter = Counter { value: row.get(1)?, is_called: row.get(2)?, is_dirty: false };
                state.counters.insert(name, counter);
            }
        }
        Ok(())
    }

    /// Writes the values that changed since the last commit, inside the transaction that is about to commit.
    pub(super) fn save(&self, connection: &Connection) -> rusqlite::Result<()> {
        let state = self.state();
        if !state.counters.values().any(|counter| counter.is_dirty) {
            return Ok(());
        }
        let mut statement = connection.prepare_cached(include_str!("save_sequence.sql"))?;
        for (name, counter) in state.counters.iter().filter(|(_, counter)| counter.is_dirty) {
            statement.execute((store(name), counter.value, counter.is_called))?;
        }
        Ok(())
    }

    /// The commit that wrote the values is done.
    pub(super) fn saved(&self) {
        for counter in self.state().counters.values_mut() {
            counter.is_dirty = false;
        }
    }

    /// Begins a request: its catalog, and nothing of what the one before it got.
    pub(super) fn begin(&self, catalog: &Arc<Catalog>) {
        let mut state = self.state();
        if !Arc::ptr_eq(&state.catalog, catalog) {
            state.catalog = Arc::clone(catalog);
        }
        if state.last.is_some() {
            state.current.clear();
            state.last = None;
        }
    }

    pub(super) fn snapshot(&self) -> Snapshot {
        Snapshot(self.state().clone())
    }

    pub(super) fn restore(&self, snapshot: Snapshot) {
        *self.state() = snapshot.0;
    }

    /// `nextval`.
    pub(super) fn next(&self, text: &str) -> Result<i64, ValueError> {
        let mut state = self.state();
        let (name, options) = state.find(text)?;
        let counter = state.counters.get(&name).copied();
        let value = match counter {
            Some(Counter { value, is_called: true, .. }) => advance(&name, value, &options)?,
            Some(Counter { value, .. }) => value,
            None => options.start,
        };
        state.counters.insert(name.clone(), Counter { value, is_called: true, is_dirty: true });
        state.current.insert(name, value);
        state.last = Some(value);
        Ok(value)
    }

    /// `setval`.
    pub(super) fn set(&self, text: &str, value: i64, is_called: bool) -> Result<i64, ValueError> {
        let mut state = self.state();
        let (name, options) = state.find(text)?;
        if value < options.min || value > options.max {
            let shown = name.name.as_str();
            let (min, max) = (options.min, options.max);
            return Err(ValueError::new(
                "22003",
                format!("setval: value {value} is out of bounds for sequence \"{shown}\" ({min}..{max})"),
            ));
        }
        state.counters.insert(name.clone(), Counter { value, is_called, is_dirty: true });
        if is_called {
            state.current.insert(name, value);
            state.last = Some(value);
        }
        Ok(value)
    }

    /// `alter sequence … restart`: the next value is this one.
    pub(super) fn restart(&self, name: &SequenceName, value: i64) {
        let counter = Counter { value, is_called: false, is_dirty: true };
        self.state().counters.insert(name.clone(), counter);
    }

    /// `alter sequence … rename`: the value follows the name.
    pub(super) fn rename(&self, from: &SequenceName, to: &SequenceName) {
        let mut state = self.state();
        if let Some(counter) = state.counters.get(from).copied() {
            state.counters.insert(to.clone(), Counter { is_dirty: true, ..counter });
        }
    }

    /// Forgets the sequences that a catalog does not have; one made later under an old name begins anew.
    pub(super) fn retain(&self, connection: &Connection, catalog: &Catalog) -> rusqlite::Result<()> {
        let mut state = self.state();
        let gone: Vec<_> =
            state.counters.keys().filter(|name| catalog.sequence(name).is_none()).cloned().collect();
        for name in gone {
            connection.execute(include_str!("forget_sequence.sql"), [store(&name)])?;
            state.counters.remove(&name);
        }
        Ok(())
    }

    /// `currval`.
    pub(super) fn current(&self, text: &str) -> Result<i64, ValueError> {
        let state = self.state();
        let (name, _) = state.find(text)?;
        state.current.get(&name).copied().ok_or_else(|| {
            let shown = name.name.as_str();
            ValueError::new(
                "55000",
                format!("currval of sequence \"{shown}\" is not yet defined in this session"),
            )
        })
    }

    /// `lastval`.
    pub(super) fn last(&self) -> Result<i64, ValueError> {
        self.state()
            .last
            .ok_or_else(|| ValueError::new("55000", "lastval is not yet defined in this session"))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn find(&self, text: &str) -> Result<(SequenceName, SequenceOptions), ValueError> {
        let missing = || ValueError::new("42P01", format!("relation \"{text}\" does not exist"));
        let name = parse(text).ok_or_else(missing)?;
        let sequence = self.catalog.sequence(&name).ok_or_else(missing)?;
        Ok((name, sequence.options))
    }
}

fn advance(name: &SequenceName, value: i64, options: &SequenceOptions) -> Result<i64, ValueError> {
    let up = options.increment > 0;
    let next = value.checked_add(options.increment);
    if let Some(next) = next.filter(|next| (options.min..=options.max).contains(next)) {
        return Ok(next);
    }
    if options.cycle {
        return Ok(if up { options.min } else { options.max });
    }
    let shown = name.name.as_str();
    let (bound, limit) = if up { ("maximum", options.max) } else { ("minimum", options.min) };
    let message = format!("nextval: reached {bound} value of sequence \"{shown}\" ({limit})");
    Err(ValueError::new("2200H", message))
}

/// The text that the binder writes for a resolved sequence: `schema.name`, exactly; without a dot it lies in `public`.
fn parse(text: &str) -> Option<SequenceName> {
    let (schema, name) = text.split_once('.').unwrap_or(("public", text));
    qualified(schema, name)
}

fn qualified(schema: &str, name: &str) -> Option<SequenceName> {
    Some(QualifiedName::new(SchemaName::parse(schema).ok()?, LocalName::parse(name).ok()?))
}

/// The name as one text. Both parts may hold dots, so the length of the schema's name goes before them.
fn store(name: &SequenceName) -> String {
    format!("{}:{}.{}", name.schema.as_str().len(), name.schema.as_str(), name.name.as_str())
}

fn parse_stored(text: &str) -> Option<SequenceName> {
    let (length, rest) = text.split_once(':')?;
    let length: usize = length.parse().ok()?;
    qualified(rest.get(..length)?, rest.get(length + 1..)?)
}

#[cfg(test)]
mod tests {
    use super::{Sequences, parse, parse_stored, store};
    use algebra::names::QualifiedName;
    use catalog::change::Change;
    use catalog::{Catalog, Sequence, SequenceOptions};
    use std::sync::Arc;

    fn sequences(options: SequenceOptions) -> Sequences {
        let name = QualifiedName::literal("public", "s");
        let change = Change::CreateSequence(Sequence { name, options, owner: None });
        let catalog = Catalog::prepared().apply(&change).unwrap();
        let sequences = Sequences::default();
        sequences.begin(&Arc::new(catalog));
        sequences
    }

    #[test]
    fn values_follow_the_options() {
        let sequences = sequences(SequenceOptions { max: 2, ..SequenceOptions::default() });
        assert_eq!(sequences.current("s").unwrap_err().sqlstate, "55000");
        assert_eq!((sequences.next("s").unwrap(), sequences.next("public.s").unwrap()), (1, 2));
        let error = sequences.next("s").unwrap_err();
        assert_eq!(error.message, "nextval: reached maximum value of sequence \"s\" (2)");
        assert_eq!((sequences.current("s").unwrap(), sequences.last().unwrap()), (2, 2));
        assert_eq!(sequences.set("s", 1, false).unwrap(), 1);
        assert_eq!(sequences.next("s").unwrap(), 1);
        assert_eq!(sequences.set("s", 3, true).unwrap_err().sqlstate, "22003");
        assert_eq!(sequences.next("t").unwrap_err().sqlstate, "42P01");
    }

    #[test]
    fn names_survive_being_stored() {
        assert_eq!(parse("Tasks_id_seq"), Some(QualifiedName::literal("public", "Tasks_id_seq")));
        assert_eq!(parse("auth.s"), Some(QualifiedName::literal("auth", "s")));
        let name = QualifiedName::literal("A.b", "c.d");
        assert_eq!(parse_stored(&store(&name)), Some(name));
    }
}
