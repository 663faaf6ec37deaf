//! A stored value to JSON, as PostgreSQL's `to_json` gives it: the only JSON writer for values.
//!
//! `json` is copied as given; `jsonb` is copied in PostgreSQL's own spacing (`{"a": 1}`), which is its stored form.
//! **Must not:** allocate for integers, text, times, numeric, json or arrays.

use super::{Value, float, write_hex};
use crate::json::escape::write_string;
use crate::types::Type;

/// Appends the JSON of a value.
pub fn write_json(value: &Value, type_: &Type, out: &mut Vec<u8>) {
    match value {
        Value::Null => out.extend_from_slice(b"null"),
        Value::Bool(value) => write_bool(*value, out),
        Value::Int(value) if *type_ == Type::Bool => write_bool(*value != 0, out),
        Value::Int(value) => out.extend_from_slice(itoa::Buffer::new().format(*value).as_bytes()),
        Value::Float(value) => write_float(*value, type_, out),
        Value::Text(text) => write_text_json(text, type_, out),
        Value::Bytes(bytes) => {
            let mut text = String::with_capacity(bytes.len() * 2);
            write_hex(bytes, &mut text);
            out.extend_from_slice(b"\"\\\\x");
            out.extend_from_slice(text.as_bytes());
            out.push(b'"');
        }
    }
}

fn write_bool(value: bool, out: &mut Vec<u8>) {
    out.extend_from_slice(if value { b"true" } else { b"false" });
}

fn write_float(value: f64, type_: &Type, out: &mut Vec<u8>) {
    let mut text = String::with_capacity(24);
    if *type_ == Type::Float4 {
        float::write_float4(value, &mut text);
    } else {
        float::write_float8(value, &mut text);
    }
    if value.is_finite() {
        out.extend_from_slice(text.as_bytes());
    } else {
        write_plain_string(&text, out);
    }
}

/// Appends the JSON of a value that is stored as text.
fn write_text_json(text: &str, type_: &Type, out: &mut Vec<u8>) {
    match type_ {
        Type::Json | Type::Jsonb | Type::Array(_) => out.extend_from_slice(text.as_bytes()),
        Type::Numeric if !matches!(text, "NaN" | "Infinity" | "-Infinity") => {
            out.extend_from_slice(text.as_bytes());
        }
        Type::Uuid
        | Type::Date
        | Type::Time
        | Type::TimeTz
        | Type::Timestamp
        | Type::TimestampTz
        | Type::Interval
        | Type::Numeric
        | Type::Inet
        | Type::Cidr
        | Type::MacAddr => write_plain_string(text, out),
        _ => write_string(text, out),
    }
}

/// A string that holds nothing to escape: its canonical form has no quotes, backslashes or control characters.
fn write_plain_string(text: &str, out: &mut Vec<u8>) {
    out.reserve(text.len() + 2);
    out.push(b'"');
    out.extend_from_slice(text.as_bytes());
    out.push(b'"');
}
