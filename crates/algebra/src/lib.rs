//! Names, types, values and the typed tree that every request, policy and view becomes.
//!
//! **Must not:** do I/O, read a clock, know an engine, know who asks.

pub mod names;
pub mod types;
pub mod value;
pub mod json;
pub mod jsonb;
pub mod array;
pub mod numeric;
pub mod datetime;
pub mod interval;
pub mod text;
pub mod like;
pub mod operation;
pub mod expression;
pub mod query;
pub mod statement;
pub mod shape;
#[macro_use]
mod walk;
pub mod visit;
pub mod change;
