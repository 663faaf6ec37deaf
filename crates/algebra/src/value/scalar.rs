//! The small input functions: boolean, integers, uuid, enum labels.
//!
//! **Must not:** know modifiers.

use super::{Value, ValueError};
use crate::types::{EnumType, Type};

pub(super) fn trim(text: &str) -> &str {
    text.trim_matches([' ', '\t', '\n', '\r', '\u{b}', '\u{c}'])
}

/// PostgreSQL's `boolin`: unambiguous beginnings of true, false, yes, no, on, off, and 1, 0.
pub(super) fn boolean(text: &str) -> Result<Value, ValueError> {
    let lower = trim(text).to_ascii_lowercase();
    let begins = |word: &str, least: usize| lower.len() >= least && word.starts_with(lower.as_str());
    if begins("true", 1) || begins("yes", 1) || lower == "on" || lower == "1" {
        Ok(Value::Bool(true))
    } else if begins("false", 1) || begins("no", 1) || begins("off", 2) || lower == "0" {
        Ok(Value::Bool(false))
    } else {
        Err(ValueError::invalid_text("boolean", text))
    }
}

/// The bounds of an integer type.
fn bounds(type_: &Type) -> (i64, i64) {
    match type_ {
        Type::Int2 => (i64::from(i16::MIN), i64::from(i16::MAX)),
        Type::Int4 => (i64::from(i32::MIN), i64::from(i32::MAX)),
        _ => (i64::MIN, i64::MAX),
    }
}

/// PostgreSQL's `int2in`, `int4in` and `int8in`.
pub(super) fn integer(text: &str, type_: &Type) -> Result<Value, ValueError> {
    let body = trim(text);
    let digits = body.strip_prefix(['-', '+']).unwrap_or(body);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(ValueError::invalid_text(&type_.name(), text));
    }
    let (min, max) = bounds(type_);
    match body.parse::<i64>() {
        Ok(value) if (min..=max).contains(&value) => Ok(Value::Int(value)),
        _ => Err(ValueError::text_out_of_range(&type_.name(), text)),
    }
}

/// PostgreSQL's `uuid_in`: braces around it and hyphens after any four digits are optional.
pub(super) fn uuid(text: &str) -> Result<Value, ValueError> {
    let invalid = || ValueError::invalid_text("uuid", text);
    let body = match text.strip_prefix('{') {
        Some(rest) => rest.strip_suffix('}').ok_or_else(invalid)?,
        None => text,
    };
    let mut canonical = String::with_capacity(36);
    let mut digits = 0;
    let mut hyphen_before = false;
    for byte in body.bytes() {
        if byte == b'-' {
            if hyphen_before || digits == 0 || digits >= 32 || digits % 4 != 0 {
                return Err(invalid());
            }
            hyphen_before = true;
            continue;
        }
        if !byte.is_ascii_hexdigit() || digits == 32 {
            return Err(invalid());
        }
        if matches!(digits, 8 | 12 | 16 | 20) {
            canonical.push('-');
        }
        canonical.push(char::from(byte.to_ascii_lowercase()));
        digits += 1;
        hyphen_before = false;
    }
    if digits == 32 { Ok(Value::Text(canonical)) } else { Err(invalid()) }
}

/// PostgreSQL's `enum_in`: one of the labels, exactly.
pub(super) fn label(text: &str, type_: &Type, of: &EnumType) -> Result<Value, ValueError> {
    if of.labels.iter().any(|label| label == text) {
        return Ok(Value::Text(text.to_owned()));
    }
    Err(ValueError::new("22P02", format!("invalid input value for enum {}: \"{text}\"", type_.name())))
}
