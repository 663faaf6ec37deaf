//! A stored value to the text that PostgreSQL prints.
//!
//! **Must not:** fail: a value that does not fit its type is printed as it is.

use super::{Value, float, write_hex};
use crate::array;
use crate::types::Type;

/// The text of a value; NULL has none and gives the empty text.
pub fn output(value: &Value, type_: &Type) -> String {
    let mut out = String::new();
    write_output(value, type_, &mut out);
    out
}

/// The same onto a text.
pub fn write_output(value: &Value, type_: &Type, out: &mut String) {
    match value {
        Value::Null => {}
        Value::Bool(value) => out.push(if *value { 't' } else { 'f' }),
        Value::Int(value) if *type_ == Type::Bool => out.push(if *value == 0 { 'f' } else { 't' }),
        Value::Int(value) => out.push_str(itoa::Buffer::new().format(*value)),
        Value::Float(value) if *type_ == Type::Float4 => float::write_float4(*value, out),
        Value::Float(value) => float::write_float8(*value, out),
        Value::Bytes(bytes) => {
            out.push_str("\\x");
            write_hex(bytes, out);
        }
        Value::Text(text) => match type_ {
            Type::Timestamp | Type::TimestampTz => write_timestamp(text, out),
            Type::Array(element) => array::write_literal(text, element, out),
            _ => out.push_str(text),
        },
    }
}

/// `2026-01-01T00:00:00+00:00` as `2026-01-01 00:00:00+00`.
fn write_timestamp(stored: &str, out: &mut String) {
    match stored.split_once('T') {
        Some((date, time)) => {
            out.push_str(date);
            out.push(' ');
            out.push_str(time.strip_suffix(":00").filter(|rest| rest.contains('+')).unwrap_or(time));
        }
        None => out.push_str(stored),
    }
}
