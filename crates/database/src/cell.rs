//! One stored value, borrowed from an engine's row, and its JSON.
//!
//! **Must not:** allocate for a value; know a driver.

use std::io::Write;

use algebra::json::{Json, escape};
use algebra::value::float;

use crate::layout::{Form, Layout, Source};

/// A stored value where it lies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Cell<'a> {
    Null,
    Int(i64),
    Float(f64),
    Text(&'a str),
    Bytes(&'a [u8]),
}

/// A row of an engine.
pub(crate) trait Cells {
    fn cell(&self, column: usize) -> Cell<'_>;
}

/// Whether members that are null are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Nulls {
    Written,
    Stripped,
}

/// Writes a row as a JSON object.
pub(crate) fn write_object(row: &dyn Cells, layout: &Layout, nulls: Nulls, out: &mut Vec<u8>) {
    out.push(b'{');
    let mut first = true;
    for member in &layout.members {
        let (Source::Column { column, .. } | Source::Object { present: column, .. }) = &member.source;
        let cell = row.cell(*column);
        if cell == Cell::Null && nulls == Nulls::Stripped {
            continue;
        }
        if !first {
            out.push(b',');
        }
        first = false;
        out.extend_from_slice(&member.key);
        match &member.source {
            _ if cell == Cell::Null => out.extend_from_slice(b"null"),
            Source::Column { form, .. } => write_cell(cell, *form, nulls, out),
            Source::Object { layout, .. } => write_object(row, layout, nulls, out),
        }
    }
    out.push(b'}');
}

/// Writes one value as JSON.
pub(crate) fn write_cell(cell: Cell<'_>, form: Form, nulls: Nulls, out: &mut Vec<u8>) {
    match (cell, form) {
        (Cell::Null, _) => out.extend_from_slice(b"null"),
        (Cell::Int(value), Form::Bool) => {
            out.extend_from_slice(if value == 0 { b"false" } else { b"true" });
        }
        (Cell::Int(value), _) => {
            out.extend_from_slice(itoa::Buffer::new().format(value).as_bytes());
        }
        (Cell::Float(value), form) => write_float(value, form, out),
        (Cell::Text(text), Form::Raw) => match nulls {
            Nulls::Written => out.extend_from_slice(text.as_bytes()),
            Nulls::Stripped => write_stripped(Json::trusted(text), out),
        },
        (Cell::Text(text), Form::Numeric) if is_plain_number(text) => {
            out.extend_from_slice(text.as_bytes());
        }
        (Cell::Text(text), _) => escape::write_string(text, out),
        (Cell::Bytes(bytes), _) => write_bytes(bytes, out),
    }
}

fn is_plain_number(text: &str) -> bool {
    text.as_bytes().last().is_some_and(u8::is_ascii_digit)
}

fn write_float(value: f64, form: Form, out: &mut Vec<u8>) {
    let mut text = String::with_capacity(24);
    if form == Form::Float4 {
        float::write_float4(value, &mut text);
    } else {
        float::write_float8(value, &mut text);
    }
    if value.is_finite() {
        out.extend_from_slice(text.as_bytes());
    } else {
        escape::write_string(&text, out);
    }
}

fn write_bytes(bytes: &[u8], out: &mut Vec<u8>) {
    out.reserve(bytes.len() * 2 + 5);
    out.extend_from_slice(b"\"\\\\x");
    for byte in bytes {
        // Writing to a vector cannot fail.
        let _ = write!(out, "{byte:02x}");
    }
    out.push(b'"');
}

/// JSON without the object members that are null, at any depth, as `json_strip_nulls` leaves it out.
fn write_stripped(json: Json<'_>, out: &mut Vec<u8>) {
    match json.kind() {
        algebra::json::Kind::Object => {
            out.push(b'{');
            let mut first = true;
            for member in json.members().filter(|member| !member.value.is_null()) {
                if !first {
                    out.push(b',');
                }
                first = false;
                out.extend_from_slice(member.raw_key().as_bytes());
                out.push(b':');
                write_stripped(member.value, out);
            }
            out.push(b'}');
        }
        algebra::json::Kind::Array => {
            out.push(b'[');
            for (position, element) in json.elements().enumerate() {
                if position > 0 {
                    out.push(b',');
                }
                write_stripped(element, out);
            }
            out.push(b']');
        }
        _ => out.extend_from_slice(json.raw().as_bytes()),
    }
}

#[cfg(test)]
mod tests {
    use super::{Cell, Nulls, write_cell};
    use crate::layout::Form;

    fn check(cell: Cell<'_>, form: Form, expected: &str) {
        let mut out = Vec::new();
        write_cell(cell, form, Nulls::Written, &mut out);
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }

    #[test]
    fn stored_values_become_json() {
        check(Cell::Int(1), Form::Bool, "true");
        check(Cell::Int(i64::MIN), Form::Integer, "-9223372036854775808");
        check(Cell::Float(0.1), Form::Float8, "0.1");
        check(Cell::Float(f64::INFINITY), Form::Float8, "\"Infinity\"");
        check(Cell::Text("10.50"), Form::Numeric, "10.50");
        check(Cell::Text("NaN"), Form::Numeric, "\"NaN\"");
        check(Cell::Text("a\"b"), Form::Text, "\"a\\\"b\"");
        check(Cell::Text("{\"a\":1}"), Form::Raw, "{\"a\":1}");
        check(Cell::Bytes(&[0, 255]), Form::Bytes, "\"\\\\x00ff\"");
    }

    #[test]
    fn nulls_are_stripped_inside_json_but_kept_in_arrays() {
        let mut out = Vec::new();
        let text = r#"{"a":null,"b":[null,{"c":null,"d":1}]}"#;
        write_cell(Cell::Text(text), Form::Raw, Nulls::Stripped, &mut out);
        assert_eq!(String::from_utf8(out).unwrap(), r#"{"b":[null,{"d":1}]}"#);
    }
}
