//! Documents made of typed values: `to_jsonb`, `json_build_object`, `json_build_array` and their `jsonb` forms.
//!
//! **Must not:** know aggregates; an aggregate collects and calls these.

use super::Tree;
use crate::json::Kind;
use crate::json::escape::write_string;
use crate::types::Type;
use crate::value::{Value, ValueError, write_json};

/// A value and its type.
pub type Typed<'a> = (&'a Value, &'a Type);

/// `to_jsonb(value)`.
pub fn to_jsonb((value, type_): Typed<'_>) -> Result<Tree, ValueError> {
    Tree::parse(&to_json((value, type_)))
}

/// `to_json(value)`.
fn to_json((value, type_): Typed<'_>) -> String {
    let mut out = Vec::new();
    write_json(value, type_, &mut out);
    String::from_utf8(out).unwrap_or_default()
}

/// `json_build_array(…)`, in PostgreSQL's spacing.
pub fn build_array(values: &[Typed<'_>]) -> String {
    let elements: Vec<String> = values.iter().map(|&value| to_json(value)).collect();
    format!("[{}]", elements.join(", "))
}

/// `json_build_object(…)`, in PostgreSQL's spacing.
pub fn build_object(arguments: &[Typed<'_>]) -> Result<String, ValueError> {
    let mut out = String::from("{");
    for (index, pair) in pairs(arguments, "json_build_object")?.enumerate() {
        let [key, value] = pair else { continue };
        let key = key_json(*key).ok_or_else(|| {
            ValueError::invalid_parameter(format!("argument {} cannot be null", 2 * index + 1))
                .hint("Object keys should be text.")
        })??;
        out.push_str(if index == 0 { "" } else { ", " });
        out.push_str(&key);
        out.push_str(" : ");
        out.push_str(&to_json(*value));
    }
    out.push('}');
    Ok(out)
}

/// `jsonb_build_array(…)`.
pub fn jsonb_build_array(values: &[Typed<'_>]) -> Result<Tree, ValueError> {
    values.iter().map(|&value| to_jsonb(value)).collect::<Result<_, _>>().map(Tree::Array)
}

/// `jsonb_build_object(…)`.
pub fn jsonb_build_object(arguments: &[Typed<'_>]) -> Result<Tree, ValueError> {
    let mut members = Vec::new();
    for (index, pair) in pairs(arguments, "jsonb_build_object")?.enumerate() {
        let [key, value] = pair else { continue };
        let key = key_json(*key).ok_or_else(|| {
            ValueError::invalid_parameter(format!("argument {}: key must not be null", 2 * index + 1))
        })??;
        let Tree::String(key) = Tree::parse(&key)? else { continue };
        members.push((key, to_jsonb(*value)?));
    }
    Ok(Tree::object(members))
}

fn pairs<'a, 'v>(
    arguments: &'a [Typed<'v>],
    function: &str,
) -> Result<std::slice::Chunks<'a, Typed<'v>>, ValueError> {
    if arguments.len().is_multiple_of(2) {
        return Ok(arguments.chunks(2));
    }
    Err(ValueError::invalid_parameter("argument list must have even number of elements")
        .hint(format!("The arguments of {function}() must consist of alternating keys and values.")))
}

/// A key as a JSON string; nothing for NULL.
fn key_json((value, type_): Typed<'_>) -> Option<Result<String, ValueError>> {
    if *value == Value::Null {
        return None;
    }
    if matches!(type_, Type::Array(_) | Type::Json | Type::Jsonb | Type::Record) {
        let message = "key value must be scalar, not array, composite, or json";
        return Some(Err(ValueError::invalid_parameter(message)));
    }
    let json = to_json((value, type_));
    if crate::json::Json::trusted(&json).kind() == Kind::String {
        return Some(Ok(json));
    }
    let mut quoted = Vec::new();
    write_string(&json, &mut quoted);
    Some(Ok(String::from_utf8(quoted).unwrap_or_default()))
}
