//! Elements of stored arrays, as values and as text.
//!
//! **Must not:** check: what is stored was written by this crate.

use std::borrow::Cow;

use crate::json::{Json, Kind};
use crate::types::Type;
use crate::value::{Value, decode_hex, output};

/// The stored value of an element.
pub fn element_value(json: Json<'_>, element: &Type) -> Value {
    match (element, json.kind()) {
        (_, Kind::Null) => Value::Null,
        (Type::Json | Type::Jsonb, _) => Value::Text(json.raw().to_owned()),
        (_, Kind::Bool) => Value::Bool(json.raw() == "true"),
        (Type::Int2 | Type::Int4 | Type::Int8, Kind::Number) => {
            json.raw().parse().map_or(Value::Null, Value::Int)
        }
        (Type::Float4 | Type::Float8, _) => float(json),
        (Type::Bytea, Kind::String) => {
            let text = string(json);
            let digits = text.strip_prefix("\\x").unwrap_or(&text);
            decode_hex(digits).map_or(Value::Null, Value::Bytes)
        }
        (_, Kind::String) => Value::Text(string(json).into_owned()),
        _ => Value::Text(json.raw().to_owned()),
    }
}

/// What PostgreSQL prints for an element; nothing for NULL.
pub fn element_text<'a>(json: Json<'a>, element: &Type) -> Option<Cow<'a, str>> {
    match (element, json.kind()) {
        (_, Kind::Null) => None,
        (Type::Json | Type::Jsonb, _) => Some(Cow::Borrowed(json.raw())),
        (Type::Bool, Kind::Bool) => Some(Cow::Borrowed(if json.raw() == "true" { "t" } else { "f" })),
        (Type::Timestamp | Type::TimestampTz, Kind::String) => {
            Some(Cow::Owned(output(&Value::Text(string(json).into_owned()), element)))
        }
        (_, Kind::String) => Some(string(json)),
        _ => Some(Cow::Borrowed(json.raw())),
    }
}

/// Infinities are strings in JSON.
fn float(json: Json<'_>) -> Value {
    string(json).parse().map_or(Value::Null, Value::Float)
}

/// The text of a string, the raw text of anything else.
fn string(json: Json<'_>) -> Cow<'_, str> {
    match json.string() {
        Ok(Some(text)) => text,
        _ => Cow::Borrowed(json.raw()),
    }
}
