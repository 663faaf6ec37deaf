//! Statements about the session: settings, transactions, `explain`.
//!
//! **Must not:** know which settings exist.

use crate::lexer::token::TokenKind;
use crate::parse::Parsed;
use crate::parse::expression::Grammar;
use crate::parse::name::{is_column_name, made};
use crate::parse::stream::Parser;
use crate::syntax::expression::{Expr, ExprKind};
use crate::syntax::literal::Literal;
use crate::syntax::name::{Name, ObjectName, Span};
use crate::syntax::object::{OptionValue, StorageOption};
use crate::syntax::session::{Explain, Reset, Set, SetScope, SetValue, Show, Transaction, TransactionKind};
use crate::syntax::statement::{StatementKind, Unserved};

impl Parser<'_> {
    /// A statement of this file, if one begins here.
    pub(super) fn session_statement(&mut self) -> Parsed<Option<StatementKind>> {
        match self.word_at(0).unwrap_or_default() {
            "set" => self.set_statement().map(Some),
            "reset" => {
                self.advance();
                Ok(Some(StatementKind::Reset(Box::new(self.reset_rest()?))))
            }
            "show" => {
                self.advance();
                Ok(Some(StatementKind::Show(Box::new(Show { name: self.reset_rest()?.name }))))
            }
            "explain" => self.explain().map(Some),
            _ => Ok(self.transaction()?.map(|found| StatementKind::Transaction(Box::new(found)))),
        }
    }

    fn set_statement(&mut self) -> Parsed<StatementKind> {
        let start = self.here();
        self.expect("set")?;
        if self.accept("constraints") {
            let span = self.since(start);
            self.pass_rest()?;
            return Ok(StatementKind::Unserved(Unserved { command: "set constraints", span }));
        }
        let assigned = self.is_assigned(1);
        let scope = if !assigned && self.accept("local") {
            SetScope::Local
        } else {
            if !assigned
                && self.at("session")
                && !matches!(self.word_at(1), Some("authorization" | "characteristics"))
            {
                self.advance();
            }
            SetScope::Session
        };
        Ok(StatementKind::Set(Box::new(self.set_rest(scope)?)))
    }

    /// What follows `set` and its scope.
    pub(super) fn set_rest(&mut self, scope: SetScope) -> Parsed<Set> {
        let start = self.here();
        let setting = |name: &str| ObjectName::single(made(name, start));
        if self.accept_words(&["session", "characteristics", "as", "transaction"]) {
            let modes = self.transaction_modes()?;
            return Ok(Set {
                scope,
                name: setting("session_characteristics"),
                value: SetValue::Modes(modes),
            });
        }
        if self.accept("transaction") {
            let modes = self.transaction_modes()?;
            return Ok(Set { scope, name: setting("transaction"), value: SetValue::Modes(modes) });
        }
        if self.accept_words(&["time", "zone"]) {
            return Ok(Set { scope, name: setting("timezone"), value: self.zone_value()? });
        }
        if let Some((name, value)) = self.setting_in_words()? {
            return Ok(Set { scope, name: setting(name), value });
        }
        let name = self.object_name("a setting's name")?;
        if self.accept_words(&["from", "current"]) {
            return Ok(Set { scope, name, value: SetValue::Current });
        }
        if !self.accept("to") && !self.accept_operator("=") {
            return Err(self.unexpected("`to` or `=`"));
        }
        if self.accept("default") {
            return Ok(Set { scope, name, value: SetValue::Default });
        }
        Ok(Set { scope, name, value: SetValue::Values(self.list(Self::set_value)?) })
    }

    /// A constant or a bare word.
    fn set_value(&mut self) -> Parsed<Expr> {
        if self.at_string() {
            return self.string_expression("a value");
        }
        if self.at_number(0) || self.at_operator("-") || self.at_operator("+") {
            return self.signed_number_expression("a value");
        }
        let word = if self.at_any(&["true", "false", "on"]) {
            self.label("a value")?
        } else {
            self.unreserved_word("a value")?
        };
        Ok(Expr::new(ExprKind::Literal(Literal::String(word.text)), word.span))
    }

    /// Whether what stands `offset` tokens further on makes the word before it a setting's name.
    fn is_assigned(&self, offset: usize) -> bool {
        matches!(&self.token_at(offset).kind, TokenKind::Operator(symbol) if symbol == "=")
            || self.word_at(offset) == Some("to")
    }

    /// The settings that are set without `to`: `role r`, `session authorization r`, `schema 's'`, `names 'utf8'`.
    fn setting_in_words(&mut self) -> Parsed<Option<(&'static str, SetValue)>> {
        if self.is_assigned(1) || self.word_at(1) == Some("from") {
            return Ok(None);
        }
        let start = self.here();
        let value = |text: String, span: Span| {
            SetValue::Values(vec![Expr::new(ExprKind::Literal(Literal::String(text)), span)])
        };
        if self.accept_words(&["session", "authorization"]) {
            if self.accept("default") {
                return Ok(Some(("session_authorization", SetValue::Default)));
            }
            let role = self.word_or_string("a role")?;
            return Ok(Some(("session_authorization", value(role, start))));
        }
        Ok(match self.accept_any(&["role", "schema", "names"]) {
            Some("role") => Some(("role", value(self.word_or_string("a role")?, start))),
            Some("schema") => {
                Some(("search_path", value(self.string("a schema in single quotes")?.text, start)))
            }
            Some(_) if self.at_string() => {
                Some(("client_encoding", value(self.string("an encoding")?.text, start)))
            }
            Some(_) => {
                self.accept("default");
                Some(("client_encoding", SetValue::Default))
            }
            None => None,
        })
    }

    fn zone_value(&mut self) -> Parsed<SetValue> {
        if self.accept_any(&["default", "local"]).is_some() {
            return Ok(SetValue::Default);
        }
        if self.at("interval") {
            return Ok(SetValue::Values(vec![self.primary(Grammar::Full)?]));
        }
        if matches!(self.kind(), TokenKind::Word { class: Some(_), .. }) {
            return Err(self.unexpected("a time zone in single quotes"));
        }
        Ok(SetValue::Values(vec![self.set_value()?]))
    }

    /// `name`, `all`, or one of the settings that are written in words; the statement's own word was read.
    pub(super) fn reset_rest(&mut self) -> Parsed<Reset> {
        let start = self.here();
        if self.accept("all") {
            return Ok(Reset { name: None });
        }
        for (words, name) in [
            (&["time", "zone"][..], "timezone"),
            (&["transaction", "isolation", "level"], "transaction_isolation"),
            (&["session", "authorization"], "session_authorization"),
        ] {
            if self.accept_words(words) {
                return Ok(Reset { name: Some(ObjectName::single(made(name, start))) });
            }
        }
        Ok(Reset { name: Some(self.object_name("a setting's name or `all`")?) })
    }

    fn transaction(&mut self) -> Parsed<Option<Transaction>> {
        if self.accept_words(&["prepare", "transaction"]) {
            let id = self.string("a transaction's identifier")?.text;
            return Ok(Some(transaction(TransactionKind::Prepare(id), "prepare transaction")));
        }
        const WORDS: [&str; 8] =
            ["begin", "start", "commit", "end", "rollback", "abort", "savepoint", "release"];
        let Some(word) = self.accept_any(&WORDS) else { return Ok(None) };
        let mut found = match word {
            "start" => {
                self.expect("transaction")?;
                transaction(TransactionKind::Begin, "start transaction")
            }
            "savepoint" => transaction(TransactionKind::Savepoint(self.name("a savepoint")?), "savepoint"),
            "release" => {
                self.accept_savepoint_word();
                transaction(TransactionKind::ReleaseSavepoint(self.name("a savepoint")?), "release savepoint")
            }
            _ => self.transaction_end(word)?,
        };
        if found.kind == TransactionKind::Begin {
            found.modes = self.transaction_modes_if_any()?;
        }
        Ok(Some(found))
    }

    /// `begin`, `commit`, `end`, `rollback`, `abort` with what may follow them.
    fn transaction_end(&mut self, word: &'static str) -> Parsed<Transaction> {
        if matches!(word, "commit" | "rollback") && self.accept("prepared") {
            let id = self.string("a transaction's identifier")?.text;
            return Ok(match word {
                "commit" => transaction(TransactionKind::CommitPrepared(id), "commit prepared"),
                _ => transaction(TransactionKind::RollbackPrepared(id), "rollback prepared"),
            });
        }
        self.accept_any(&["work", "transaction"]);
        if word == "begin" {
            return Ok(transaction(TransactionKind::Begin, word));
        }
        if word == "rollback" && self.accept("to") {
            self.accept_savepoint_word();
            let name: Name = self.name("a savepoint")?;
            return Ok(transaction(TransactionKind::RollbackToSavepoint(name), "rollback to savepoint"));
        }
        let kind = if matches!(word, "commit" | "end") {
            TransactionKind::Commit
        } else {
            TransactionKind::Rollback
        };
        let mut found = transaction(kind, word);
        if self.accept("and") {
            found.chain = !self.accept("no");
            self.expect("chain")?;
        }
        Ok(found)
    }

    /// The word before a savepoint's name; alone it is the name.
    fn accept_savepoint_word(&mut self) {
        if is_column_name(self.token_at(1)) {
            self.accept("savepoint");
        }
    }

    fn transaction_modes_if_any(&mut self) -> Parsed<Vec<&'static str>> {
        if self.at_any(&["isolation", "read", "deferrable", "not"]) {
            self.transaction_modes()
        } else {
            Ok(Vec::new())
        }
    }

    fn transaction_modes(&mut self) -> Parsed<Vec<&'static str>> {
        let mut modes = vec![self.transaction_mode()?];
        loop {
            let comma = self.accept_mark(",");
            if !comma && !self.at_any(&["isolation", "read", "deferrable", "not"]) {
                return Ok(modes);
            }
            modes.push(self.transaction_mode()?);
        }
    }

    fn transaction_mode(&mut self) -> Parsed<&'static str> {
        const MODES: [&str; 8] = [
            "isolation level serializable",
            "isolation level repeatable read",
            "isolation level read committed",
            "isolation level read uncommitted",
            "read only",
            "read write",
            "deferrable",
            "not deferrable",
        ];
        for mode in MODES {
            let words: Vec<&str> = mode.split(' ').collect();
            if self.accept_words(&words) {
                return Ok(mode);
            }
        }
        if self.accept("snapshot") {
            self.string("a snapshot")?;
            return Ok("snapshot");
        }
        Err(self.unexpected("`isolation level …`, `read only`, `read write` or `deferrable`"))
    }

    fn explain(&mut self) -> Parsed<StatementKind> {
        self.expect("explain")?;
        let options = if self.at_mark("(") && !self.at_query() {
            self.listed(Self::explain_option)?
        } else {
            self.explain_words()
        };
        let start = self.here();
        let statement = self.statement()?;
        let explained = matches!(
            statement.kind,
            StatementKind::Query(_)
                | StatementKind::Insert(_)
                | StatementKind::Update(_)
                | StatementKind::Delete(_)
                | StatementKind::CreateTableAs(_)
                | StatementKind::CreateMaterializedView(_)
                | StatementKind::RefreshMaterializedView(_)
                | StatementKind::Unserved(Unserved { command: "merge" | "declare" | "execute", .. })
        );
        if !explained {
            let text = start.text(self.source);
            return Err(self.fault(format!("syntax error at or near \"{text}\""), start));
        }
        Ok(StatementKind::Explain(Box::new(Explain { options, statement })))
    }

    /// `analyze verbose`, before options had parentheses.
    fn explain_words(&mut self) -> Vec<StorageOption> {
        let mut options = Vec::new();
        while self.at_any(&["analyze", "analyse", "verbose"]) {
            let span = self.here();
            let name = if self.at("verbose") { "verbose" } else { "analyze" };
            self.advance();
            options.push(StorageOption { name: ObjectName::single(made(name, span)), value: None, span });
            if name == "verbose" {
                break;
            }
        }
        options
    }

    fn explain_option(&mut self) -> Parsed<StorageOption> {
        let start = self.here();
        let name = if self.at_any(&["analyze", "analyse"]) {
            self.label("an option")?
        } else {
            self.unreserved_word("an option")?
        };
        let has_value = !self.at_mark(",") && !self.at_mark(")");
        let value = if has_value { Some(OptionValue::Literal(self.set_value()?)) } else { None };
        Ok(StorageOption { name: ObjectName::single(name), value, span: self.since(start) })
    }
}

fn transaction(kind: TransactionKind, command: &'static str) -> Transaction {
    Transaction { kind, command, modes: Vec::new(), chain: false }
}
