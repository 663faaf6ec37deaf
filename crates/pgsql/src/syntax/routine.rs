//! Functions, procedures, triggers and `do` blocks. Bodies in a language stay text with a place.
//!
//! **Must not:** look into a body.

use crate::syntax::expression::Expr;
use crate::syntax::literal::StringLiteral;
use crate::syntax::name::{Name, ObjectName, Span};
use crate::syntax::object::ObjectReference;
use crate::syntax::session::Set;
use crate::syntax::statement::Statement;
use crate::syntax::table::ConstraintAttributes;
use crate::syntax::type_name::{TypeName, TypedField};

/// `create function`, `create procedure`.
#[derive(Clone, Debug, PartialEq)]
pub struct CreateFunction {
    pub name: ObjectName,
    pub or_replace: bool,
    pub procedure: bool,
    pub parameters: Vec<Parameter>,
    /// Missing for procedures, and where `out` parameters say it.
    pub returns: Option<Returns>,
    /// In the order written; a kind that stands twice is the binder's to refuse.
    pub options: Vec<FunctionOption>,
    /// `return …` or `begin atomic … end`.
    pub sql_body: Option<SqlBody>,
}

/// `alter function`, where its clauses change.
#[derive(Clone, Debug, PartialEq)]
pub struct AlterFunction {
    pub object: ObjectReference,
    /// Never empty.
    pub options: Vec<FunctionOption>,
}

/// One parameter, in a definition or a signature.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    pub mode: ParameterMode,
    pub name: Option<Name>,
    pub type_name: TypeName,
    pub default: Option<Expr>,
    pub span: Span,
}

/// Which way a parameter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterMode {
    In,
    Out,
    InOut,
    Variadic,
}

/// What a function gives.
#[derive(Clone, Debug, PartialEq)]
pub enum Returns {
    /// `returns t`, `returns setof t`.
    Type(TypeName),
    /// `returns table (a int, …)`.
    Table(Vec<TypedField>),
}

/// One clause of a function and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct FunctionOption {
    pub kind: FunctionOptionKind,
    pub span: Span,
}

/// The clauses of a function.
#[derive(Clone, Debug, PartialEq)]
pub enum FunctionOptionKind {
    Language(Name),
    /// `as 'body'`.
    Body(StringLiteral),
    /// `as 'file', 'symbol'`.
    Object {
        file: StringLiteral,
        symbol: StringLiteral,
    },
    Volatility(Volatility),
    /// `strict`, `returns null on null input`; false for `called on null input`.
    Strict(bool),
    SecurityDefiner(bool),
    Leakproof(bool),
    Window,
    Parallel(Name),
    Cost(String),
    Rows(String),
    Support(ObjectName),
    Set(Box<Set>),
    /// `reset name`, in `alter function`.
    Reset(Option<ObjectName>),
    /// `transform for type …`.
    Transform(Vec<TypeName>),
}

/// What a function may depend on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Volatility {
    Immutable,
    Stable,
    Volatile,
}

/// A body written in SQL's own syntax rather than as text.
#[derive(Clone, Debug, PartialEq)]
pub enum SqlBody {
    Return(Expr),
    Atomic(Vec<Statement>),
}

/// `create trigger`.
#[derive(Clone, Debug, PartialEq)]
pub struct CreateTrigger {
    pub name: Name,
    pub or_replace: bool,
    /// `create constraint trigger`.
    pub constraint: bool,
    pub timing: TriggerTiming,
    /// Never empty.
    pub events: Vec<TriggerEvent>,
    pub table: ObjectName,
    /// `from t`, of constraint triggers.
    pub from: Option<ObjectName>,
    pub attributes: ConstraintAttributes,
    pub transitions: Vec<TransitionTable>,
    /// `for each row`; otherwise for each statement.
    pub for_each_row: bool,
    pub condition: Option<Expr>,
    pub function: ObjectName,
    /// Numbers and words arrive as text, as PostgreSQL passes them.
    pub arguments: Vec<StringLiteral>,
}

/// When a trigger runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TriggerTiming {
    Before,
    After,
    InsteadOf,
}

/// What a trigger runs on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TriggerEvent {
    Insert,
    /// With the columns of `update of a, b`; empty means any.
    Update(Vec<Name>),
    Delete,
    Truncate,
}

/// `referencing new table as name`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransitionTable {
    /// `new` or `old`.
    pub new: bool,
    /// `table`; `row` is not served by PostgreSQL either.
    pub table: bool,
    pub name: Name,
    pub span: Span,
}

/// `do $$ … $$`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Do {
    pub language: Option<Name>,
    pub body: StringLiteral,
}
