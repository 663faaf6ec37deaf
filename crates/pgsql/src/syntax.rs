//! The syntax tree of PostgreSQL's SQL: what was written, not what it means.
//! Every node carries the bytes it was read from, so that any later stage can point at them.
//!
//! **Must not:** resolve a name, know a type's meaning, or drop anything that a refusal would have to name.

pub mod name;
pub mod literal;
pub mod type_name;
pub mod expression;
pub mod query;
pub mod change;
pub mod statement;
pub mod table;
pub mod object;
pub mod routine;
pub mod privilege;
pub mod session;
pub mod grouping;
