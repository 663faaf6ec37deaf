//! Values in their stored form.
//!
//! The PostgreSQL type always stands beside a value; the value alone does not know it.
//! **Must not:** do I/O or read a clock: `now` is passed in.

mod error;
mod input;
mod output;
mod write_json;
mod from_json;
mod scalar;
mod compare;
mod string;
mod bytea;
mod network;
pub mod float;

pub(crate) use bytea::unescape;
pub use bytea::{decode_hex, write_hex};
pub use compare::{compare, compare_timetz};
pub use error::ValueError;
pub use from_json::from_json;
pub use input::input;
pub use output::{output, write_output};
pub use string::{fit_char, fit_varchar};
pub use write_json::write_json;

/// A value as the embedded engine stores it. numeric, uuid, dates and times, interval, json(b), enums and arrays are `Text` in
/// their canonical form.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Value {
    #[default]
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(String),
    Bytes(Vec<u8>),
}

#[cfg(test)]
mod tests;
