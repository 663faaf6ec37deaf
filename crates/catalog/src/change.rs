//! Changes: what a definition statement makes of a catalog.
//!
//! `pgsql` makes them (bound and typed), [`Catalog::apply`](crate::Catalog::apply) carries them out, `render` writes them for an
//! engine that keeps the tables.

use algebra::expression::Expr;
use algebra::names::{
    ColumnName, ConstraintName, LocalName, PolicyName, QualifiedName, RoleName, SchemaName, TableName,
    TypeName,
};
use algebra::types::{ColumnType, EnumType};

use crate::catalog::{Domain, Sequence, SequenceOptions, View};
use crate::privilege::Grant;
use crate::table::{Check, Column, ForeignKey, Index, Key, Policy, PolicyCommand, Table};

/// One change. `if [not] exists` is resolved before: a change that has nothing to do is not made.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    CreateSchema(SchemaName),
    CreateTable(Box<Table>),
    AlterTable {
        table: TableName,
        action: Box<AlterTable>,
    },
    CreateIndex {
        table: TableName,
        index: Box<Index>,
    },
    CreateView(Box<View>),
    /// `create or replace view`.
    ReplaceView(Box<View>),
    CreateEnum(EnumType),
    /// `alter type … add value`, `rename value`: the whole new label list.
    ChangeEnum {
        name: TypeName,
        labels: Vec<String>,
        renamed: Option<(String, String)>,
    },
    CreateDomain(Box<Domain>),
    CreateSequence(Sequence),
    AlterSequence {
        name: QualifiedName,
        options: SequenceOptions,
        restart: Option<i64>,
        /// `owned by`: `None` keeps the owner, `Some(None)` is `owned by none`.
        owner: Option<Option<(TableName, ColumnName)>>,
    },
    CreatePolicy {
        table: TableName,
        policy: Box<Policy>,
    },
    AlterPolicy {
        table: TableName,
        policy: PolicyName,
        change: Box<PolicyChange>,
    },
    GrantOnRelation {
        relation: TableName,
        grant: Grant,
    },
    /// `alter default privileges [in schema s] grant … on tables`: what new tables and views grant.
    DefaultPrivileges {
        schema: Option<SchemaName>,
        grant: Grant,
    },
    CreateRole(RoleName),
    GrantRole {
        role: RoleName,
        member: RoleName,
        revoke: bool,
    },
    CreateExtension(String),
    Comment {
        on: CommentTarget,
        text: Option<String>,
    },
    Rename {
        what: DropKind,
        name: QualifiedName,
        to: LocalName,
    },
    SetSchema {
        what: DropKind,
        name: QualifiedName,
        to: SchemaName,
    },
    Drop(Drop),
}

/// One action of `alter table`.
#[derive(Debug, Clone, PartialEq)]
pub enum AlterTable {
    AddColumn {
        column: Column,
    },
    DropColumn {
        column: ColumnName,
        cascade: bool,
    },
    RenameColumn {
        from: ColumnName,
        to: ColumnName,
    },
    /// `using` is over the old row; `None` casts.
    SetType {
        column: ColumnName,
        ty: ColumnType,
        using: Expr,
    },
    SetDefault {
        column: ColumnName,
        default: Option<Expr>,
    },
    SetNotNull {
        column: ColumnName,
        not_null: bool,
    },
    SetIdentity {
        column: ColumnName,
        identity: Option<crate::table::Identity>,
        default: Option<Expr>,
    },
    DropGenerated {
        column: ColumnName,
    },
    AddPrimaryKey(Key),
    AddUnique(Key),
    AddCheck(Check),
    AddForeignKey(ForeignKey),
    DropConstraint {
        constraint: ConstraintName,
        cascade: bool,
    },
    RenameConstraint {
        from: ConstraintName,
        to: ConstraintName,
    },
    RowSecurity {
        enabled: bool,
    },
    ForceRowSecurity {
        forced: bool,
    },
}

/// `alter policy`: what is `None` stays.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PolicyChange {
    pub rename: Option<PolicyName>,
    pub roles: Option<Vec<RoleName>>,
    pub using: Option<Expr>,
    pub check: Option<Expr>,
    pub command: Option<PolicyCommand>,
}

/// What a comment is on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CommentTarget {
    Table(TableName),
    Column {
        relation: TableName,
        column: ColumnName,
    },
    /// Kept nowhere: schemas, policies, constraints and others, accepted.
    Other,
}

/// `drop …`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drop {
    pub kind: DropKind,
    pub name: QualifiedName,
    /// The table, for policies; else unused.
    pub table: Option<TableName>,
    pub cascade: bool,
}

/// The kinds of things that can be dropped, renamed or moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DropKind {
    Table,
    View,
    Index,
    Sequence,
    Type,
    Schema,
    Policy,
    Role,
    Extension,
}
