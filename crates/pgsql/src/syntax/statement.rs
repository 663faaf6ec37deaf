//! Statements: one variant for each kind, each with a node of its own.
//!
//! **Must not:** judge which statements are allowed where: that is the binder's to say.

use crate::syntax::change::{Delete, Insert, Truncate, Update};
use crate::syntax::expression::Expr;
use crate::syntax::name::Span;
use crate::syntax::object::{
    AlterDomain, AlterObject, AlterPublication, AlterSequence, AlterType, Comment, CreateDomain,
    CreateExtension, CreateMaterializedView, CreatePublication, CreateSchema, CreateSequence, CreateTableAs,
    CreateType, CreateView, Drop, RefreshMaterializedView,
};
use crate::syntax::privilege::{
    AlterDefaultPrivileges, AlterPolicy, AlterRole, CreatePolicy, CreateRole, DropRole, Grant, GrantRole,
};
use crate::syntax::query::Query;
use crate::syntax::routine::{AlterFunction, CreateFunction, CreateTrigger, Do};
use crate::syntax::session::{Explain, Reset, Set, Show, Transaction};
use crate::syntax::table::{AlterTable, CreateIndex, CreateTable};

/// A statement and where it stands, without the semicolon.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    pub kind: StatementKind,
    pub span: Span,
}

/// The kinds of statements.
#[derive(Clone, Debug, PartialEq)]
pub enum StatementKind {
    Query(Box<Query>),
    Insert(Box<Insert>),
    Update(Box<Update>),
    Delete(Box<Delete>),
    Truncate(Box<Truncate>),
    CreateTable(Box<CreateTable>),
    CreateTableAs(Box<CreateTableAs>),
    /// `alter table`, also `alter view/index/sequence … <action of alter table>`.
    AlterTable(Box<AlterTable>),
    CreateIndex(Box<CreateIndex>),
    CreateType(Box<CreateType>),
    AlterType(Box<AlterType>),
    CreateDomain(Box<CreateDomain>),
    AlterDomain(Box<AlterDomain>),
    CreateSchema(Box<CreateSchema>),
    CreateView(Box<CreateView>),
    CreateMaterializedView(Box<CreateMaterializedView>),
    RefreshMaterializedView(Box<RefreshMaterializedView>),
    CreateSequence(Box<CreateSequence>),
    AlterSequence(Box<AlterSequence>),
    CreateFunction(Box<CreateFunction>),
    /// `alter function … <clauses>`; a rename, new owner or new schema is an `AlterObject`.
    AlterFunction(Box<AlterFunction>),
    CreateTrigger(Box<CreateTrigger>),
    CreatePolicy(Box<CreatePolicy>),
    AlterPolicy(Box<AlterPolicy>),
    Grant(Box<Grant>),
    GrantRole(Box<GrantRole>),
    AlterDefaultPrivileges(Box<AlterDefaultPrivileges>),
    CreateRole(Box<CreateRole>),
    AlterRole(Box<AlterRole>),
    DropRole(Box<DropRole>),
    Comment(Box<Comment>),
    CreateExtension(Box<CreateExtension>),
    CreatePublication(Box<CreatePublication>),
    AlterPublication(Box<AlterPublication>),
    /// Rename, new owner, new schema: the changes that many kinds of objects share.
    AlterObject(Box<AlterObject>),
    Drop(Box<Drop>),
    Do(Box<Do>),
    Set(Box<Set>),
    Reset(Box<Reset>),
    Show(Box<Show>),
    Transaction(Box<Transaction>),
    Explain(Box<Explain>),
    /// `call procedure(…)`; the expression is a call.
    Call(Expr),
    /// A statement of PostgreSQL that Mainstay never serves, by its leading words: `vacuum`, `create rule`. What follows
    /// the words was lexed but not parsed.
    Unserved(Unserved),
}

/// The words that begin a statement that is never served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unserved {
    /// In lower case: `create foreign table`.
    pub command: &'static str,
    /// Where the words stand.
    pub span: Span,
}
