//! Which statement begins here.
//!
//! **Must not:** read more of a statement than the words that tell which it is.

use crate::parse::Parsed;
use crate::parse::stream::Parser;
use crate::syntax::expression::{Expr, ExprKind};
use crate::syntax::name::Span;
use crate::syntax::object::{Behavior, RefreshMaterializedView};
use crate::syntax::query::With;
use crate::syntax::statement::{Statement, StatementKind, Unserved};

/// Statements that are never served, by their leading words; the longer before the shorter.
const UNSERVED: [(&[&str], &str); 38] = [
    (&["alter", "aggregate"], "alter aggregate"),
    (&["alter", "system"], "alter system"),
    (&["alter", "operator"], "alter operator"),
    (&["alter", "extension"], "alter extension"),
    (&["alter", "user", "mapping"], "alter user mapping"),
    (&["alter", "text", "search"], "alter text search"),
    (&["alter", "large", "object"], "alter large object"),
    (&["drop", "user", "mapping"], "drop user mapping"),
    (&["drop", "owned"], "drop owned"),
    (&["drop", "operator"], "drop operator"),
    (&["drop", "cast"], "drop cast"),
    (&["drop", "transform"], "drop transform"),
    (&["import", "foreign", "schema"], "import foreign schema"),
    (&["reassign", "owned"], "reassign owned"),
    (&["security", "label"], "security label"),
    (&["analyse"], "analyze"),
    (&["analyze"], "analyze"),
    (&["checkpoint"], "checkpoint"),
    (&["close"], "close"),
    (&["cluster"], "cluster"),
    (&["copy"], "copy"),
    (&["deallocate"], "deallocate"),
    (&["declare"], "declare"),
    (&["discard"], "discard"),
    (&["execute"], "execute"),
    (&["fetch"], "fetch"),
    (&["listen"], "listen"),
    (&["load"], "load"),
    (&["lock"], "lock"),
    (&["merge"], "merge"),
    (&["move"], "move"),
    (&["notify"], "notify"),
    (&["reindex"], "reindex"),
    (&["unlisten"], "unlisten"),
    (&["vacuum"], "vacuum"),
    (&["alter", "default", "tablespace"], "alter default tablespace"),
    (&["alter", "tablespace"], "alter tablespace"),
    (&["alter", "conversion"], "alter conversion"),
];

impl Parser<'_> {
    /// A statement up to its semicolon or the end of the text.
    pub(super) fn whole_statement(&mut self) -> Parsed<Statement> {
        let statement = self.statement()?;
        if self.at_end() || self.at_mark(";") {
            Ok(statement)
        } else {
            Err(self.unexpected("`;` or the end"))
        }
    }

    pub(super) fn statement(&mut self) -> Parsed<Statement> {
        let start = self.here();
        let kind = self.deeper(Self::statement_kind)?;
        Ok(Statement { kind, span: self.since(start) })
    }

    fn statement_kind(&mut self) -> Parsed<StatementKind> {
        let Some(word) = self.word_at(0) else {
            return if self.at_mark("(") {
                self.query_statement()
            } else {
                Err(self.unexpected("a statement"))
            };
        };
        if let Some(unserved) = self.unserved(&UNSERVED)? {
            return Ok(unserved);
        }
        match word {
            "select" | "values" | "table" => self.query_statement(),
            "with" | "insert" | "update" | "delete" => self.preparable().map(|statement| statement.kind),
            "create" => self.create(),
            "alter" => self.alter(),
            "drop" => self.drop_statement(),
            "truncate" => self.truncate().map(|found| StatementKind::Truncate(Box::new(found))),
            "grant" | "revoke" => self.grant(),
            "comment" => self.comment(),
            "refresh" => self.refresh(),
            "do" => self.do_block(),
            "call" => {
                self.advance();
                let start = self.here();
                let name = self.function_name("a procedure")?;
                let call = self.call(name)?;
                let kind = ExprKind::Call(Box::new(call));
                Ok(StatementKind::Call(Expr::new(kind, self.since(start))))
            }
            "prepare" if self.word_at(1) != Some("transaction") => {
                self.unserved_here(&["prepare"], "prepare")
            }
            _ => match self.session_statement()? {
                Some(kind) => Ok(kind),
                None => Err(self.unexpected("a statement")),
            },
        }
    }

    /// A statement of the table, with all that follows its words.
    pub(super) fn unserved(&mut self, table: &[(&[&str], &'static str)]) -> Parsed<Option<StatementKind>> {
        match table.iter().find(|(words, _)| self.at_words(words)) {
            Some((words, command)) => self.unserved_here(words, command).map(Some),
            None => Ok(None),
        }
    }

    fn unserved_here(&mut self, words: &[&str], command: &'static str) -> Parsed<StatementKind> {
        let start = self.here();
        self.accept_words(words);
        let span = self.since(start);
        self.pass_rest()?;
        Ok(StatementKind::Unserved(Unserved { command, span }))
    }

    fn query_statement(&mut self) -> Parsed<StatementKind> {
        self.query().map(|query| StatementKind::Query(Box::new(query)))
    }

    /// `select`, `insert`, `update`, `delete`, with their `with`: what may stand in a common table.
    pub(super) fn preparable(&mut self) -> Parsed<Statement> {
        let start = self.here();
        let with = self.with()?;
        let kind = self.after_with(with, start)?;
        Ok(Statement { kind, span: self.since(start) })
    }

    fn after_with(&mut self, with: Option<With>, start: Span) -> Parsed<StatementKind> {
        Ok(match self.word_at(0) {
            Some("insert") => StatementKind::Insert(Box::new(self.insert(with)?)),
            Some("update") => StatementKind::Update(Box::new(self.update(with)?)),
            Some("delete") => StatementKind::Delete(Box::new(self.delete(with)?)),
            Some("merge") => return self.unserved_here(&["merge"], "merge"),
            _ => StatementKind::Query(Box::new(self.query_after_with(with, start)?)),
        })
    }

    fn refresh(&mut self) -> Parsed<StatementKind> {
        self.expect_words(&["refresh", "materialized", "view"])?;
        let concurrently = self.accept("concurrently");
        let name = self.relation_name("a materialized view")?;
        let with_data = self.with_data()?;
        let refresh = RefreshMaterializedView { name, concurrently, with_data };
        Ok(StatementKind::RefreshMaterializedView(Box::new(refresh)))
    }

    /// `with data`, `with no data`; without either there is data.
    pub(super) fn with_data(&mut self) -> Parsed<bool> {
        if !self.at("with") {
            return Ok(true);
        }
        self.advance();
        let with_data = !self.accept("no");
        self.expect("data")?;
        Ok(with_data)
    }

    /// `cascade`, `restrict`, or neither.
    pub(super) fn behavior(&mut self) -> Option<Behavior> {
        self.accept_any(&["cascade", "restrict"]).map(|word| match word {
            "cascade" => Behavior::Cascade,
            _ => Behavior::Restrict,
        })
    }

    /// `if exists`.
    pub(super) fn if_exists(&mut self) -> bool {
        self.accept_words(&["if", "exists"])
    }

    /// `if not exists`.
    pub(super) fn if_not_exists(&mut self) -> bool {
        self.accept_words(&["if", "not", "exists"])
    }
}
