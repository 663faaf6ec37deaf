//! Statements about the session: settings, transactions, explain.
//!
//! **Must not:** know which settings exist.

use crate::syntax::expression::Expr;
use crate::syntax::name::{Name, ObjectName};
use crate::syntax::object::StorageOption;
use crate::syntax::statement::Statement;

/// `set [local] name = value`.
#[derive(Clone, Debug, PartialEq)]
pub struct Set {
    pub scope: SetScope,
    /// `search_path`, `app.user`; `time zone`, `role`, `session authorization`, `names` arrive as the settings they are:
    /// `timezone`, `role`, `session_authorization`, `client_encoding`.
    pub name: ObjectName,
    pub value: SetValue,
}

/// How long a setting holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetScope {
    Session,
    Local,
}

/// What is set.
#[derive(Clone, Debug, PartialEq)]
pub enum SetValue {
    Default,
    /// `from current`, in functions.
    Current,
    /// Literals; a bare word arrives as a string.
    Values(Vec<Expr>),
    /// `set [session characteristics as] transaction …`: the modes in lower case.
    Modes(Vec<&'static str>),
}

/// `reset name`, `reset all`.
#[derive(Clone, Debug, PartialEq)]
pub struct Reset {
    /// `None` for `all`.
    pub name: Option<ObjectName>,
}

/// `show name`, `show all`.
#[derive(Clone, Debug, PartialEq)]
pub struct Show {
    /// `None` for `all`.
    pub name: Option<ObjectName>,
}

/// Transaction control, parsed so that it can be refused by name.
#[derive(Clone, Debug, PartialEq)]
pub struct Transaction {
    pub kind: TransactionKind,
    /// The words that were used: `begin`, `start transaction`, `end`.
    pub command: &'static str,
    /// `isolation level serializable`, `read only` …, in lower case.
    pub modes: Vec<&'static str>,
    /// `commit and chain`.
    pub chain: bool,
}

/// What a transaction statement does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TransactionKind {
    Begin,
    Commit,
    Rollback,
    Savepoint(Name),
    ReleaseSavepoint(Name),
    RollbackToSavepoint(Name),
    Prepare(String),
    CommitPrepared(String),
    RollbackPrepared(String),
}

/// `explain …`.
#[derive(Clone, Debug, PartialEq)]
pub struct Explain {
    pub options: Vec<StorageOption>,
    pub statement: Statement,
}
