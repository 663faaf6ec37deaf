//! Text types and their lengths in characters.
//!
//! **Must not:** know collations.

use super::{Value, ValueError};
use crate::names::NAME_BYTES_MAX;
use crate::types::{Modifier, Type};

/// Input of `text`, `varchar(n)`, `char(n)`, `name` and `citext`.
pub(super) fn text(text: &str, type_: &Type, modifier: Modifier) -> Result<Value, ValueError> {
    if memchr::memchr(0, text.as_bytes()).is_some() {
        return Err(ValueError::nul());
    }
    let fitted = match (type_, modifier) {
        (Type::Varchar, Modifier::Length(length)) => fit_varchar(text, length)?.to_owned(),
        (Type::Char, Modifier::Length(length)) => fit_char(text, length)?,
        // `char` alone is `char(1)` by the time it is a column; without a length it is as given.
        (Type::Name, _) => clip_name(text).to_owned(),
        _ => text.to_owned(),
    };
    Ok(Value::Text(fitted))
}

/// Checks a length; only spaces beyond it are cut off.
pub fn fit_varchar(text: &str, length: u32) -> Result<&str, ValueError> {
    fit(text, length, "character varying")
}

/// Checks a length and pads with spaces up to it.
pub fn fit_char(text: &str, length: u32) -> Result<String, ValueError> {
    let mut fitted = fit(text, length, "character")?.to_owned();
    let missing = (length as usize).saturating_sub(fitted.chars().count());
    fitted.extend(std::iter::repeat_n(' ', missing));
    Ok(fitted)
}

fn fit<'a>(text: &'a str, length: u32, type_name: &str) -> Result<&'a str, ValueError> {
    if text.len() <= length as usize {
        return Ok(text);
    }
    let Some((end, _)) = text.char_indices().nth(length as usize) else { return Ok(text) };
    if text[end..].bytes().any(|byte| byte != b' ') {
        return Err(ValueError::new("22001", format!("value too long for type {type_name}({length})")));
    }
    Ok(&text[..end])
}

/// The longest beginning that fits an identifier, as PostgreSQL truncates names.
fn clip_name(text: &str) -> &str {
    let mut end = text.len().min(NAME_BYTES_MAX);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
