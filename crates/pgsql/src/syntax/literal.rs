//! Constants as they stand in the text, unquoted and unescaped.
//!
//! **Must not:** give a constant a type: a string is of unknown type until the binder sees where it stands.

use crate::syntax::name::Span;

/// A constant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Literal {
    Null,
    Bool(bool),
    /// A whole number that fits PostgreSQL's `integer`; a minus sign before it is already in it.
    Integer(i32),
    /// Any other number, in its digits: `bigint` when whole and fitting, otherwise `numeric`.
    Number(String),
    /// A string of any quoting form, of unknown type.
    String(String),
    /// `b'0101'`: the digits.
    Bits(String),
    /// `x'1f'`: the digits.
    HexBits(String),
}

/// A string constant where the grammar wants exactly that: a comment, an enum label, a function's body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StringLiteral {
    pub text: String,
    pub span: Span,
    /// Where the contents begin and end when they stand in the source byte for byte (dollar quoting, or a plain
    /// string without a doubled quote), so that a place in them is a place in the source.
    pub contents: Option<Span>,
}
