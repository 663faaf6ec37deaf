//! PostgreSQL's functions on text, counted in characters.
//!
//! **Must not:** know regular expressions; return more than [`RESULT_BYTES_MAX`].

mod case;
mod encode;
mod format;
mod md5;
mod quote;
mod slice;

pub use case::{initcap, lower, upper};
pub use encode::{decode, encode};
pub use format::format;
pub use md5::md5;
pub use quote::{quote_identifier, quote_literal};
pub use slice::{left, overlay, right, split_part, substring, substring_from};

use crate::value::ValueError;

/// The longest text that a function makes of shorter ones.
pub const RESULT_BYTES_MAX: usize = 64 * 1024 * 1024;

fn too_long() -> ValueError {
    ValueError::new("54000", "requested length too large")
}

/// The sides that `trim` works on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// `ltrim`, `lpad`
    Left,
    /// `rtrim`, `rpad`
    Right,
    /// `btrim`
    Both,
}

/// `btrim(text, characters)` and its one-sided forms: takes off characters that are in the set.
pub fn trim<'a>(text: &'a str, set: &str, side: Side) -> &'a str {
    let in_set = |character: char| set.contains(character);
    match side {
        Side::Left => text.trim_start_matches(in_set),
        Side::Right => text.trim_end_matches(in_set),
        Side::Both => text.trim_matches(in_set),
    }
}

/// `lpad(text, length, fill)` and `rpad`: fills up to a length, or cuts the end off down to it.
pub fn pad(text: &str, length: i64, fill: &str, side: Side) -> Result<String, ValueError> {
    let length = usize::try_from(length.max(0)).map_err(|_| too_long())?;
    let count = text.chars().count();
    if count >= length {
        return Ok(text.chars().take(length).collect());
    }
    if fill.is_empty() {
        return Ok(text.to_owned());
    }
    let missing = length - count;
    let fill_bytes = fill.chars().map(char::len_utf8).max().unwrap_or(1);
    if missing.saturating_mul(fill_bytes).saturating_add(text.len()) > RESULT_BYTES_MAX {
        return Err(too_long());
    }
    let filling = fill.chars().cycle().take(missing);
    Ok(match side {
        Side::Right => text.chars().chain(filling).collect(),
        Side::Left | Side::Both => filling.chain(text.chars()).collect(),
    })
}

/// `repeat(text, times)`.
pub fn repeat(text: &str, times: i64) -> Result<String, ValueError> {
    let times = usize::try_from(times.max(0)).map_err(|_| too_long())?;
    if text.len().saturating_mul(times) > RESULT_BYTES_MAX {
        return Err(too_long());
    }
    Ok(text.repeat(times))
}

/// `replace(text, from, to)`: an empty `from` replaces nothing.
pub fn replace(text: &str, from: &str, to: &str) -> Result<String, ValueError> {
    if from.is_empty() {
        return Ok(text.to_owned());
    }
    if to.len() > from.len() {
        let places = text.matches(from).count();
        if text.len().saturating_add(places.saturating_mul(to.len())) > RESULT_BYTES_MAX {
            return Err(too_long());
        }
    }
    Ok(text.replace(from, to))
}

/// `reverse(text)`.
pub fn reverse(text: &str) -> String {
    text.chars().rev().collect()
}

/// `position(part in text)`, `strpos(text, part)`: counted from 1, 0 when absent.
pub fn position(text: &str, part: &str) -> i64 {
    match text.find(part) {
        Some(at) => i64::try_from(text[..at].chars().count()).unwrap_or(i64::MAX - 1) + 1,
        None => 0,
    }
}

/// `translate(text, from, to)`: each character by its partner; those without one are dropped.
pub fn translate(text: &str, from: &str, to: &str) -> String {
    let from: Vec<char> = from.chars().collect();
    let to: Vec<char> = to.chars().collect();
    text.chars()
        .filter_map(|character| match from.iter().position(|&other| other == character) {
            Some(index) => to.get(index).copied(),
            None => Some(character),
        })
        .collect()
}

/// `ascii(text)`: the code point of the first character, 0 of an empty text.
pub fn ascii(text: &str) -> i64 {
    text.chars().next().map_or(0, |character| i64::from(u32::from(character)))
}

/// `chr(code)`.
pub fn chr(code: i64) -> Result<String, ValueError> {
    if code == 0 {
        return Err(ValueError::new("54000", "null character not permitted"));
    }
    if code < 0 {
        return Err(ValueError::new("54000", "character number must be positive"));
    }
    let point = u32::try_from(code).ok().filter(|&point| point <= 0x0010_ffff);
    let Some(point) = point else {
        return Err(ValueError::new("54000", format!("requested character too large for encoding: {code}")));
    };
    char::from_u32(point).map(String::from).ok_or_else(|| {
        ValueError::new("54000", format!("requested character not valid for encoding: {code}"))
    })
}

#[cfg(test)]
mod tests;
