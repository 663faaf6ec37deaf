//! A member of a JSON document as a typed value, as `json_populate_record` makes one.
//!
//! **Must not:** check the JSON again: it comes parsed.

use super::{Value, ValueError, input};
use crate::array;
use crate::datetime::Timestamp;
use crate::json::{Json, Kind};
use crate::types::{Modifier, Type};

/// Turns a JSON value into a value of a type: null is NULL, a string and any other scalar goes through the type's
/// input, json types keep their JSON, an array becomes an array.
pub fn from_json(
    json: Json<'_>,
    type_: &Type,
    modifier: Modifier,
    now: Timestamp,
) -> Result<Value, ValueError> {
    let kind = json.kind();
    if kind == Kind::Null {
        return Ok(Value::Null);
    }
    match (type_, kind) {
        (Type::Json | Type::Jsonb, _) => input(json.raw(), type_, modifier, now),
        (Type::Array(element), Kind::Array) => {
            array::from_json(json, |json| from_json(json, element, modifier, now), element).map(Value::Text)
        }
        (Type::Array(_), Kind::Bool | Kind::Number | Kind::Object) => {
            Err(ValueError::new("22P02", "expected JSON array"))
        }
        (Type::Int2 | Type::Int4 | Type::Int8, Kind::Number) => input(json.raw(), type_, modifier, now),
        _ => match json.string()? {
            Some(text) => input(&text, type_, modifier, now),
            None => input(json.raw(), type_, modifier, now),
        },
    }
}
