//! Arrays in their stored form: JSON text whose elements are in JSON output form, compact.
//!
//! The element type always stands beside the text. An array of `json` or `jsonb` has one dimension, since a nested array is an
//! element there; its `null` is NULL. Lower bounds are 1.
//! **Must not:** know columns; call input functions other than the one it is given.

mod literal;
mod element;
mod shape;
mod operation;
mod subscript;

pub use element::{element_text, element_value};
pub use literal::{parse_literal, write_literal};
pub use operation::{
    append, bounds, cardinality, compare, concatenate, contains, dimensions, from_text, length, overlaps,
    positions, prepend, remove, replace, to_text, trim, unnest,
};
pub use subscript::{Slice, at, slice};

use crate::json::{Json, Kind};
use crate::types::Type;
use crate::value::{Value, ValueError, write_json};

/// The most dimensions that PostgreSQL's arrays have.
const DIMENSIONS_MAX: usize = 6;

/// Whether elements of this type may themselves look like arrays.
fn holds_json(element: &Type) -> bool {
    matches!(element, Type::Json | Type::Jsonb)
}

/// Collects element values into the stored form of a one-dimensional array.
pub fn from_values<'a>(values: impl IntoIterator<Item = &'a Value>, element: &Type) -> String {
    let mut out = vec![b'['];
    for value in values {
        if out.len() > 1 {
            out.push(b',');
        }
        write_json(value, element, &mut out);
    }
    out.push(b']');
    into_text(out)
}

/// Bytes that the JSON writer made from texts.
fn into_text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

/// A JSON array to the stored form. How deep it nests is said by its first element at each level, as PostgreSQL
/// has it; what nests deeper is an element's own text.
pub fn from_json(
    json: Json<'_>,
    mut to_value: impl FnMut(Json<'_>) -> Result<Value, ValueError>,
    element: &Type,
) -> Result<String, ValueError> {
    let mut lengths = Vec::new();
    let mut level = Some(json);
    while let Some(array) = level.filter(|json| json.kind() == Kind::Array) {
        lengths.push(array.elements().count());
        level = array.elements().next();
        if holds_json(element) && level.is_some_and(|json| json.kind() == Kind::Array) {
            return Err(ValueError::unsupported("an array of json cannot hold json arrays here"));
        }
    }
    if lengths.len() > DIMENSIONS_MAX {
        return Err(too_many_dimensions(lengths.len()));
    }
    let mut out = Vec::new();
    write_level(
        json,
        &lengths,
        &mut |json, out| {
            write_json(&to_value(json)?, element, out);
            Ok(())
        },
        &mut out,
    )?;
    Ok(into_text(out))
}

/// Appends the JSON of one element.
type WriteElement<'a> = dyn FnMut(Json<'_>, &mut Vec<u8>) -> Result<(), ValueError> + 'a;

fn write_level(
    json: Json<'_>,
    lengths: &[usize],
    write_element: &mut WriteElement<'_>,
    out: &mut Vec<u8>,
) -> Result<(), ValueError> {
    let [length, deeper @ ..] = lengths else { return write_element(json, out) };
    if json.kind() != Kind::Array {
        return Err(ValueError::new("22P02", "expected JSON array"));
    }
    if json.elements().count() != *length {
        return Err(ValueError::new("22P02", "malformed JSON array")
            .detail("Multidimensional arrays must have sub-arrays with matching dimensions."));
    }
    out.push(b'[');
    for (index, inner) in json.elements().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        write_level(inner, deeper, write_element, out)?;
    }
    out.push(b']');
    Ok(())
}

fn too_many_dimensions(count: usize) -> ValueError {
    let message =
        format!("number of array dimensions ({count}) exceeds the maximum allowed ({DIMENSIONS_MAX})");
    ValueError::new("54000", message)
}

#[cfg(test)]
mod tests;
