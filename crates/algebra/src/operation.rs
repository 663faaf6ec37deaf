//! Operations: every function, operator and aggregate of the language, as data.
//!
//! One entry is one overload. The binder finds it by name and argument types, the renderers write it, SQLite's engine
//! registers its body under [`Operation::symbol`]. **Must not:** contain SQL text for an engine.

use crate::types::Type;

mod table;
pub mod coercion;
mod unify;
mod polymorphic;
mod crossing;
mod candidate;
mod resolve;

pub use resolve::{Resolution, Unresolved, function, operator};
pub use table::{all, by_name, by_symbol, row_columns};
pub use unify::{common_type, is_comparable};

/// How an operation is written in SQL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// `lower(x)`.
    Function,
    /// `a + b`.
    Infix,
    /// `-a`.
    Prefix,
    /// `sum(x)`: many rows to one value.
    Aggregate,
    /// `row_number() over (…)`; aggregates may be windowed too.
    Window,
    /// `generate_series(a, b)`: one call to many rows.
    SetReturning,
}

/// What an argument accepts and a result is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pattern {
    /// Exactly this type (after implicit casts).
    Is(Type),
    /// `anyelement`: any type, the same for all such arguments (array arguments: its array).
    Element,
    /// `anyarray`: an array of that element.
    ArrayOfElement,
    /// An array of exactly this type: `text[]`.
    ArrayOf(Type),
    /// `anycompatible`: any type; all such arguments are brought to their common type.
    Compatible,
    /// `anycompatiblearray`: an array of that common type.
    ArrayOfCompatible,
    /// `anynonarray`: any type that is not an array.
    NonArray,
    /// `anyenum`.
    Enum,
    /// `"any"`: any type, each argument for itself.
    Any,
}

/// Whether the same arguments give the same answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Volatility {
    Immutable,
    Stable,
    Volatile,
}

/// Facts about the caller and the moment that an operation without arguments stands for. The engine fills them in when
/// it runs the statement, so that one rendered text serves every caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Context {
    /// `auth.uid()`: uuid or NULL.
    UserId,
    /// `auth.role()`, `current_user`: the role's name.
    Role,
    /// `auth.email()`.
    Email,
    /// `auth.jwt()`, `current_setting('request.jwt.claims')::jsonb`.
    Claims,
    /// `now()`, `current_timestamp`, `transaction_timestamp()`: timestamptz at the start of the transaction.
    TransactionTime,
    /// `statement_timestamp()`.
    StatementTime,
    /// `current_date` in the session's time zone.
    Today,
}

/// One overload of a function, operator or aggregate.
#[derive(Debug, PartialEq, Eq)]
pub struct Operation {
    /// The schema it lives in: `pg_catalog`, `auth`, `extensions`.
    pub schema: &'static str,
    /// Its name as written in SQL: `lower`, `+`, `@>`.
    pub name: &'static str,
    pub form: Form,
    pub arguments: &'static [Pattern],
    /// The last argument may repeat (`concat(a, b, …)`), one or more times.
    pub variadic: bool,
    /// How many trailing arguments may be left out; their defaults are the engine's.
    pub optional: u8,
    pub result: Pattern,
    pub volatility: Volatility,
    /// NULL in, NULL out. Aggregates skip NULLs when strict.
    pub strict: bool,
    /// Cannot raise an error whatever the values, so it may be evaluated before row policies.
    pub leakproof: bool,
    /// Unique, `pg_lower_text`: the name under which SQLite's engine registers the body.
    pub symbol: &'static str,
    /// Set when the call stands for a fact about the caller or the moment.
    pub context: Option<Context>,
}

impl Operation {
    /// Whether it is an aggregate over an order of its own: `mode() within group (order by a)`. The key is its last argument in the
    /// table and stands in [`Aggregate::order`](crate::expression::Aggregate::order) in the tree.
    #[must_use]
    pub fn is_ordered_set(&self) -> bool {
        matches!(self.name, "mode" | "percentile_cont" | "percentile_disc")
    }
}
