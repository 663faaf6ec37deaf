//! What one writer intended, what it was told, and what must therefore be there.
//!
//! **Must not:** ask the server; it is compared with what the server says.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write;

use anyhow::{Context, Result};

/// What an answer means for the write that asked for it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Outcome {
    /// It was read completely and said yes: the write is there, once.
    Acknowledged,
    /// It said no: the write is not there.
    Rejected,
    /// There was none: the write is there once, or not at all.
    Unknown,
}

/// What must be true of one row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Presence {
    Present,
    Absent,
    Either,
}

/// One row of `entries` that the writer once meant to write.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) payload: String,
    pub(super) batch: Option<String>,
    pub(super) presence: Presence,
}

/// The balances of the writer's two accounts.
pub(super) type Balances = (i64, i64);

/// One writer's side of the story.
#[derive(Debug)]
pub(super) struct Ledger {
    pub(super) writer: u64,
    pub(super) entries: BTreeMap<String, Entry>,
    /// The balances that may be found; the first is what was last acknowledged.
    pub(super) balances: Vec<Balances>,
    /// The versions that may be found; the first is what was last acknowledged.
    pub(super) versions: Vec<i64>,
    /// How many writes ended in each way: acknowledged, rejected, unknown.
    pub(super) counts: [u64; 3],
    intents: File,
}

impl Ledger {
    pub(super) fn new(writer: u64, balances: Balances, intents: File) -> Self {
        Self {
            writer,
            entries: BTreeMap::new(),
            balances: vec![balances],
            versions: vec![0],
            counts: [0; 3],
            intents,
        }
    }

    /// Writes down what is about to be sent, durably, before it is sent.
    pub(super) fn intend(&mut self, what: &str) -> Result<()> {
        writeln!(self.intents, "intent {what}").context("could not write an intent")?;
        self.intents.sync_data().context("could not sync an intent")
    }

    /// Writes down how the last intent ended.
    pub(super) fn conclude(&mut self, outcome: Outcome) -> Result<()> {
        self.counts[outcome as usize] += 1;
        writeln!(self.intents, "{outcome:?}").context("could not write an outcome")
    }

    /// Rows that were meant to be inserted.
    pub(super) fn inserted(&mut self, rows: Vec<(String, Entry)>, outcome: Outcome) {
        let presence = match outcome {
            Outcome::Acknowledged => Presence::Present,
            Outcome::Rejected => Presence::Absent,
            Outcome::Unknown => Presence::Either,
        };
        self.entries.extend(rows.into_iter().map(|(id, entry)| (id, Entry { presence, ..entry })));
    }

    /// A row that was meant to be deleted.
    pub(super) fn deleted(&mut self, id: &str, outcome: Outcome) {
        let presence = match outcome {
            Outcome::Acknowledged => Presence::Absent,
            Outcome::Rejected => return,
            Outcome::Unknown => Presence::Either,
        };
        if let Some(entry) = self.entries.get_mut(id) {
            entry.presence = presence;
        }
    }

    /// Balances that were meant to be written.
    pub(super) fn transferred(&mut self, balances: Balances, outcome: Outcome) {
        accept(&mut self.balances, balances, outcome);
    }

    /// A version that was meant to be written.
    pub(super) fn counted(&mut self, version: i64, outcome: Outcome) {
        accept(&mut self.versions, version, outcome);
    }
}

fn accept<T>(possible: &mut Vec<T>, written: T, outcome: Outcome) {
    match outcome {
        Outcome::Acknowledged => *possible = vec![written],
        Outcome::Rejected => {}
        Outcome::Unknown => possible.push(written),
    }
}
