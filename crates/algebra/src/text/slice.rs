//! Parts of a text by position or separator.
//!
//! **Must not:** count bytes.

use crate::value::ValueError;

fn negative_length() -> ValueError {
    ValueError::new("22011", "negative substring length not allowed")
}

/// The byte at which the character with this number, from 0, begins; the end when there are fewer.
fn byte_of(text: &str, character: usize) -> usize {
    if text.is_ascii() {
        return character.min(text.len());
    }
    text.char_indices().nth(character).map_or(text.len(), |(at, _)| at)
}

fn index(value: i64) -> usize {
    usize::try_from(value.max(0)).unwrap_or(usize::MAX)
}

/// `substring(text from start)`, counted from 1.
pub fn substring_from(text: &str, start: i64) -> &str {
    &text[byte_of(text, index(start.saturating_sub(1)))..]
}

/// `substring(text from start for length)`.
pub fn substring(text: &str, start: i64, length: i64) -> Result<&str, ValueError> {
    if length < 0 {
        return Err(negative_length());
    }
    let end = start.saturating_add(length);
    let rest = substring_from(text, start);
    Ok(&rest[..byte_of(rest, index(end - start.max(1)))])
}

/// `overlay(text placing part from start for length)`.
pub fn overlay(text: &str, part: &str, start: i64, length: i64) -> Result<String, ValueError> {
    if start <= 0 {
        return Err(negative_length());
    }
    let head = substring(text, 1, start - 1)?;
    let tail = substring_from(text, start.saturating_add(length));
    Ok([head, part, tail].concat())
}

/// `left(text, count)`; a negative count leaves that many off the end.
pub fn left(text: &str, count: i64) -> &str {
    let kept = if count >= 0 { index(count) } else { kept_of_all(text, count) };
    &text[..byte_of(text, kept)]
}

/// `right(text, count)`; a negative count leaves that many off the beginning.
pub fn right(text: &str, count: i64) -> &str {
    let skipped = if count >= 0 { kept_of_all(text, -count) } else { index(count.saturating_neg()) };
    &text[byte_of(text, skipped)..]
}

/// How many characters are left without so many.
fn kept_of_all(text: &str, without: i64) -> usize {
    let dropped = usize::try_from(without.unsigned_abs()).unwrap_or(usize::MAX);
    text.chars().count().saturating_sub(dropped)
}

/// `split_part(text, separator, number)`; a negative number counts from the end.
pub fn split_part<'a>(text: &'a str, separator: &str, number: i64) -> Result<&'a str, ValueError> {
    if number == 0 {
        return Err(ValueError::invalid_parameter("field position must not be zero"));
    }
    if separator.is_empty() {
        return Ok(if number.abs() == 1 { text } else { "" });
    }
    let nth = index(number.saturating_abs() - 1);
    let part = if number > 0 {
        text.split(separator).nth(nth)
    } else {
        // Separators are found from the left, also when parts are counted from the right.
        let count = text.split(separator).count();
        count.checked_sub(nth + 1).and_then(|from_left| text.split(separator).nth(from_left))
    };
    Ok(part.unwrap_or(""))
}
