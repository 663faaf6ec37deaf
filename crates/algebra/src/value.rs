//! Values in their stored form.
//!
//! The PostgreSQL type always stands beside a value; the value alone does not know it.
//! **Must not:** do I/O or read a clock: `now` is passed in.

mod error;
pub mod float;

pub use error::ValueError;

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
