//! The other objects of a database: types, domains, schemas, views, sequences, extensions, publications, comments, and
//! how objects are named to be dropped, renamed or described.
//!
//! **Must not:** know which objects exist.

use crate::syntax::expression::Expr;
use crate::syntax::literal::StringLiteral;
use crate::syntax::name::{Name, ObjectName, Operator, Span};
use crate::syntax::privilege::Role;
use crate::syntax::query::Query;
use crate::syntax::routine::Parameter;
use crate::syntax::statement::Statement;
use crate::syntax::table::{ColumnConstraint, OnCommit, Persistence, TableConstraint};
use crate::syntax::type_name::{TypeName, TypedField};

/// `cascade` or `restrict`, when written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Behavior {
    Cascade,
    Restrict,
}

/// `name = value` in `with (…)`, `set (…)` and their kin.
#[derive(Clone, Debug, PartialEq)]
pub struct StorageOption {
    /// `fillfactor`, or `toast.autovacuum_enabled`.
    pub name: ObjectName,
    pub value: Option<OptionValue>,
    pub span: Span,
}

/// The value of an option.
#[derive(Clone, Debug, PartialEq)]
pub enum OptionValue {
    /// A word: `true`, `local`, a type's name.
    Word(ObjectName),
    Literal(Expr),
    Operator(Operator),
    /// `none`.
    None,
}

/// `create type`.
#[derive(Clone, Debug, PartialEq)]
pub struct CreateType {
    pub name: ObjectName,
    pub kind: CreateTypeKind,
}

/// The kinds of types.
#[derive(Clone, Debug, PartialEq)]
pub enum CreateTypeKind {
    /// `as enum ('a', 'b')`.
    Enum(Vec<StringLiteral>),
    /// `as (a int, b text)`.
    Composite(Vec<TypedField>),
    /// `as range (…)`.
    Range(Vec<StorageOption>),
    /// `create type t (input = …)`.
    Base(Vec<StorageOption>),
    /// `create type t`.
    Shell,
}

/// `alter type`, where it is not a rename, new owner or new schema.
#[derive(Clone, Debug, PartialEq)]
pub struct AlterType {
    pub name: ObjectName,
    pub change: AlterTypeChange,
}

/// What `alter type` can do.
#[derive(Clone, Debug, PartialEq)]
pub enum AlterTypeChange {
    AddValue {
        if_not_exists: bool,
        label: StringLiteral,
        position: Option<LabelPosition>,
    },
    RenameValue {
        from: StringLiteral,
        to: StringLiteral,
    },
    RenameAttribute {
        attribute: Name,
        to: Name,
        behavior: Option<Behavior>,
    },
    /// `add/drop/alter attribute`, `set (…)`, by its words.
    Unserved(&'static str),
}

/// `before 'x'`, `after 'x'`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LabelPosition {
    Before(StringLiteral),
    After(StringLiteral),
}

/// `create domain`.
#[derive(Clone, Debug, PartialEq)]
pub struct CreateDomain {
    pub name: ObjectName,
    pub base: TypeName,
    pub collation: Option<ObjectName>,
    /// Default, null, not null and check alone are legal; the binder says so of others.
    pub constraints: Vec<ColumnConstraint>,
}

/// `alter domain`, where it is not a rename, new owner or new schema.
#[derive(Clone, Debug, PartialEq)]
pub struct AlterDomain {
    pub name: ObjectName,
    pub change: DomainChange,
}

/// What `alter domain` can do.
#[derive(Clone, Debug, PartialEq)]
pub enum DomainChange {
    SetDefault(Expr),
    DropDefault,
    SetNotNull,
    DropNotNull,
    AddConstraint(Box<TableConstraint>),
    DropConstraint { if_exists: bool, constraint: Name, behavior: Option<Behavior> },
    ValidateConstraint(Name),
    RenameConstraint { constraint: Name, to: Name },
}

/// `create schema`.
#[derive(Clone, Debug, PartialEq)]
pub struct CreateSchema {
    /// Missing in `create schema authorization role`.
    pub name: Option<Name>,
    pub if_not_exists: bool,
    pub authorization: Option<Role>,
    /// The statements that follow without a semicolon.
    pub elements: Vec<Statement>,
}

/// `create view`.
#[derive(Clone, Debug, PartialEq)]
pub struct CreateView {
    pub name: ObjectName,
    pub or_replace: bool,
    pub persistence: Persistence,
    pub recursive: bool,
    pub columns: Vec<Name>,
    /// `with (security_invoker = true)`.
    pub options: Vec<StorageOption>,
    pub query: Query,
    pub check_option: Option<CheckOption>,
}

/// `with check option`; cascaded unless `local` was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckOption {
    Local,
    Cascaded,
}

/// `create materialized view`.
#[derive(Clone, Debug, PartialEq)]
pub struct CreateMaterializedView {
    pub name: ObjectName,
    pub if_not_exists: bool,
    pub unlogged: bool,
    pub columns: Vec<Name>,
    pub method: Option<Name>,
    pub options: Vec<StorageOption>,
    pub tablespace: Option<Name>,
    pub query: Query,
    /// False after `with no data`.
    pub with_data: bool,
}

/// `refresh materialized view`.
#[derive(Clone, Debug, PartialEq)]
pub struct RefreshMaterializedView {
    pub name: ObjectName,
    pub concurrently: bool,
    pub with_data: bool,
}

/// `create table t as …`.
#[derive(Clone, Debug, PartialEq)]
pub struct CreateTableAs {
    pub name: ObjectName,
    pub persistence: Persistence,
    pub if_not_exists: bool,
    pub columns: Vec<Name>,
    pub method: Option<Name>,
    pub options: Vec<StorageOption>,
    pub on_commit: Option<OnCommit>,
    pub tablespace: Option<Name>,
    pub source: TableSource,
    pub with_data: bool,
}

/// What a table is made from.
#[derive(Clone, Debug, PartialEq)]
pub enum TableSource {
    Query(Box<Query>),
    /// `as execute name (…)`.
    Execute(Name),
}

/// `create sequence`.
#[derive(Clone, Debug, PartialEq)]
pub struct CreateSequence {
    pub name: ObjectName,
    pub persistence: Persistence,
    pub if_not_exists: bool,
    pub options: Vec<SequenceOption>,
}

/// `alter sequence`, where its options change.
#[derive(Clone, Debug, PartialEq)]
pub struct AlterSequence {
    pub name: ObjectName,
    pub if_exists: bool,
    pub options: Vec<SequenceOption>,
}

/// One option of a sequence.
#[derive(Clone, Debug, PartialEq)]
pub struct SequenceOption {
    pub kind: SequenceOptionKind,
    pub span: Span,
}

/// The options of a sequence; numbers are kept in their digits, with the sign.
#[derive(Clone, Debug, PartialEq)]
pub enum SequenceOptionKind {
    As(TypeName),
    Increment(String),
    /// `None` for `no minvalue`.
    MinValue(Option<String>),
    /// `None` for `no maxvalue`.
    MaxValue(Option<String>),
    Start(String),
    Restart(Option<String>),
    Cache(String),
    Cycle(bool),
    /// `owned by t.a`; `None` for `owned by none`.
    OwnedBy(Option<ObjectName>),
    /// `sequence name name`, in identity columns.
    Name(ObjectName),
    Logged(bool),
}

/// `create extension`.
#[derive(Clone, Debug, PartialEq)]
pub struct CreateExtension {
    pub name: Name,
    pub if_not_exists: bool,
    pub schema: Option<Name>,
    /// `version '1.3'` or `version x`.
    pub version: Option<String>,
    pub cascade: bool,
}

/// `create publication`.
#[derive(Clone, Debug, PartialEq)]
pub struct CreatePublication {
    pub name: Name,
    pub all_tables: bool,
    pub objects: Vec<PublicationObject>,
    pub options: Vec<StorageOption>,
}

/// `alter publication`, where it is not a rename or new owner.
#[derive(Clone, Debug, PartialEq)]
pub struct AlterPublication {
    pub name: Name,
    pub change: PublicationChange,
}

/// What `alter publication` can do.
#[derive(Clone, Debug, PartialEq)]
pub enum PublicationChange {
    Add(Vec<PublicationObject>),
    Set(Vec<PublicationObject>),
    Drop(Vec<PublicationObject>),
    SetOptions(Vec<StorageOption>),
}

/// What a publication publishes.
#[derive(Clone, Debug, PartialEq)]
pub enum PublicationObject {
    Table {
        name: ObjectName,
        only: bool,
        columns: Vec<Name>,
        filter: Option<Expr>,
    },
    /// `None` for `current_schema`.
    TablesInSchema(Option<Name>),
}

/// `comment on … is …`.
#[derive(Clone, Debug, PartialEq)]
pub struct Comment {
    pub target: ObjectReference,
    /// `None` for `is null`, which removes it.
    pub text: Option<StringLiteral>,
}

/// The kinds of objects that statements name by a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ObjectKind {
    AccessMethod,
    Aggregate,
    Collation,
    Column,
    Constraint,
    Conversion,
    Database,
    Domain,
    EventTrigger,
    Extension,
    ForeignDataWrapper,
    ForeignTable,
    Function,
    Index,
    Language,
    LargeObject,
    MaterializedView,
    Policy,
    Procedure,
    Publication,
    Role,
    Routine,
    Rule,
    Schema,
    Sequence,
    Server,
    Statistics,
    Subscription,
    Table,
    Tablespace,
    TextSearchConfiguration,
    TextSearchDictionary,
    TextSearchParser,
    TextSearchTemplate,
    Trigger,
    Type,
    View,
}

/// An object named in a statement.
#[derive(Clone, Debug, PartialEq)]
pub struct ObjectReference {
    pub kind: ObjectKind,
    /// For a column, the last part is the column. For a policy, trigger, rule or constraint: its own name.
    pub name: ObjectName,
    /// The parameters of a function, when written.
    pub parameters: Option<Vec<Parameter>>,
    /// `on t`: the table of a policy, trigger, rule or constraint.
    pub on: Option<ObjectName>,
    /// `constraint c on domain d`.
    pub on_domain: bool,
    pub span: Span,
}

/// `drop …`.
#[derive(Clone, Debug, PartialEq)]
pub struct Drop {
    pub kind: ObjectKind,
    pub if_exists: bool,
    pub concurrently: bool,
    /// Never empty; all of the same kind.
    pub objects: Vec<ObjectReference>,
    pub behavior: Option<Behavior>,
}

/// A change that many kinds of objects share.
#[derive(Clone, Debug, PartialEq)]
pub struct AlterObject {
    pub object: ObjectReference,
    pub if_exists: bool,
    pub change: ObjectChange,
}

/// The shared changes.
#[derive(Clone, Debug, PartialEq)]
pub enum ObjectChange {
    RenameTo(Name),
    OwnerTo(Role),
    SetSchema(Name),
    /// A change that is never served, by its words: `depends on extension`, `set options`.
    Unserved(&'static str),
}
