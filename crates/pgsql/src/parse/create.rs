//! Which object `create` makes.
//!
//! **Must not:** read an object's own clauses.

use crate::parse::Parsed;
use crate::parse::stream::Parser;
use crate::syntax::statement::StatementKind;
use crate::syntax::table::Persistence;

/// Objects that are never served, by the words after which nothing else can follow; the longer before the shorter.
const UNSERVED: [(&[&str], &str); 22] = [
    (&["create", "access", "method"], "create access method"),
    (&["create", "aggregate"], "create aggregate"),
    (&["create", "or", "replace", "aggregate"], "create aggregate"),
    (&["create", "cast"], "create cast"),
    (&["create", "collation"], "create collation"),
    (&["create", "conversion"], "create conversion"),
    (&["create", "default", "conversion"], "create conversion"),
    (&["create", "database"], "create database"),
    (&["create", "event", "trigger"], "create event trigger"),
    (&["create", "foreign", "data", "wrapper"], "create foreign data wrapper"),
    (&["create", "foreign", "table"], "create foreign table"),
    (&["create", "operator"], "create operator"),
    (&["create", "rule"], "create rule"),
    (&["create", "or", "replace", "rule"], "create rule"),
    (&["create", "server"], "create server"),
    (&["create", "statistics"], "create statistics"),
    (&["create", "subscription"], "create subscription"),
    (&["create", "tablespace"], "create tablespace"),
    (&["create", "text", "search"], "create text search"),
    (&["create", "transform"], "create transform"),
    (&["create", "or", "replace", "transform"], "create transform"),
    (&["create", "user", "mapping"], "create user mapping"),
];

/// `create language`, with all the words that may stand between.
const LANGUAGE: [(&[&str], &str); 8] = [
    (&["create", "language"], "create language"),
    (&["create", "trusted", "language"], "create language"),
    (&["create", "procedural", "language"], "create language"),
    (&["create", "trusted", "procedural", "language"], "create language"),
    (&["create", "or", "replace", "language"], "create language"),
    (&["create", "or", "replace", "trusted", "language"], "create language"),
    (&["create", "or", "replace", "procedural", "language"], "create language"),
    (&["create", "or", "replace", "trusted", "procedural", "language"], "create language"),
];

impl Parser<'_> {
    pub(super) fn create(&mut self) -> Parsed<StatementKind> {
        for table in [&UNSERVED[..], &LANGUAGE[..]] {
            if let Some(found) = self.unserved(table)? {
                return Ok(found);
            }
        }
        self.expect("create")?;
        if self.accept_words(&["or", "replace"]) {
            return self.create_or_replace();
        }
        let persistence = self.persistence();
        if persistence != Persistence::Permanent {
            return self.create_persistent(persistence);
        }
        match self.word_at(0).unwrap_or_default() {
            "table" | "sequence" | "view" | "recursive" => self.create_persistent(persistence),
            "unique" | "index" => {
                self.create_index().map(|found| StatementKind::CreateIndex(Box::new(found)))
            }
            "type" => self.create_type().map(|found| StatementKind::CreateType(Box::new(found))),
            "domain" => self.create_domain().map(|found| StatementKind::CreateDomain(Box::new(found))),
            "schema" => self.create_schema().map(|found| StatementKind::CreateSchema(Box::new(found))),
            "materialized" => self.create_materialized_view(false),
            "function" | "procedure" => self.create_function(false),
            "trigger" | "constraint" => self.create_trigger(false),
            "policy" => self.create_policy(),
            "role" | "user" | "group" => self.create_role(),
            "extension" => self.create_extension(),
            "publication" => self.create_publication(),
            _ => {
                Err(self
                    .unexpected("what to create: `table`, `view`, `index`, `type`, `function`, `policy` …"))
            }
        }
    }

    fn create_or_replace(&mut self) -> Parsed<StatementKind> {
        let persistence = self.persistence();
        match self.word_at(0).unwrap_or_default() {
            "view" | "recursive" => self.create_view(true, persistence),
            "function" | "procedure" if persistence == Persistence::Permanent => self.create_function(true),
            "trigger" | "constraint" if persistence == Persistence::Permanent => self.create_trigger(true),
            _ => Err(self.unexpected("`function`, `procedure`, `view` or `trigger`")),
        }
    }

    fn create_persistent(&mut self, persistence: Persistence) -> Parsed<StatementKind> {
        match self.word_at(0).unwrap_or_default() {
            "table" => self.create_table(persistence),
            "sequence" => self.create_sequence(persistence),
            "view" | "recursive" if persistence != Persistence::Unlogged => {
                self.create_view(false, persistence)
            }
            "materialized" if persistence == Persistence::Unlogged => self.create_materialized_view(true),
            _ => Err(self.unexpected("`table`, `sequence` or `view`")),
        }
    }

    /// `temporary`, `temp`, `local temp`, `global temporary`, `unlogged`.
    fn persistence(&mut self) -> Persistence {
        let scoped =
            self.at_any(&["local", "global"]) && matches!(self.word_at(1), Some("temporary" | "temp"));
        if scoped {
            self.advance();
        }
        match self.accept_any(&["temporary", "temp", "unlogged"]) {
            None => Persistence::Permanent,
            Some("unlogged") => Persistence::Unlogged,
            Some(_) => Persistence::Temporary,
        }
    }
}
