//! Types as they are written: name, modifiers, array bounds.
//!
//! **Must not:** know which types exist.

use crate::syntax::expression::Expr;
use crate::syntax::name::{Name, ObjectName, Span};

/// A type. The standard's spellings arrive as PostgreSQL resolves them: `integer` is `pg_catalog.int4`,
/// `double precision` is `pg_catalog.float8`, `character(3)` is `pg_catalog.bpchar` with the modifier 3,
/// `timestamp with time zone` is `pg_catalog.timestamptz`. Every other name stands as written.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeName {
    pub name: ObjectName,
    /// `numeric(10, 2)`: the 10 and the 2.
    pub modifiers: Vec<Expr>,
    /// `interval day to second`.
    pub interval: Option<IntervalFields>,
    /// One entry per dimension, with its bound when one was written (PostgreSQL ignores it).
    pub array: Vec<Option<i32>>,
    /// `setof t`.
    pub set_of: bool,
    /// `t.column%type`: the name is a column's.
    pub of_column: bool,
    pub span: Span,
}

/// Which fields an interval keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IntervalFields {
    Year,
    Month,
    Day,
    Hour,
    Minute,
    Second,
    YearToMonth,
    DayToHour,
    DayToMinute,
    DayToSecond,
    HourToMinute,
    HourToSecond,
    MinuteToSecond,
}

/// A name with a type: a composite type's field, or a column of a function's result.
#[derive(Clone, Debug, PartialEq)]
pub struct TypedField {
    pub name: Name,
    pub type_name: TypeName,
    pub collation: Option<ObjectName>,
    pub span: Span,
}
