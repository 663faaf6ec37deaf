//! JSON strings: what their escapes spell, and how text is written as one (PostgreSQL's `escape_json`).
//!
//! **Must not:** allocate for strings without escapes.

use std::borrow::Cow;

use crate::value::ValueError;

const HEX: &[u8; 16] = b"0123456789abcdef";

/// Writes text as a JSON string with its quotes, byte for byte as PostgreSQL does.
pub fn write_string(text: &str, out: &mut Vec<u8>) {
    let bytes = text.as_bytes();
    out.reserve(bytes.len() + 2);
    out.push(b'"');
    let mut written = 0;
    while let Some(at) = next_special(bytes, written) {
        out.extend_from_slice(&bytes[written..at]);
        write_escape(bytes[at], out);
        written = at + 1;
    }
    out.extend_from_slice(&bytes[written..]);
    out.push(b'"');
}

/// The same onto a `String`.
pub fn push_string(text: &str, out: &mut String) {
    let bytes = text.as_bytes();
    out.reserve(bytes.len() + 2);
    out.push('"');
    let mut written = 0;
    while let Some(at) = next_special(bytes, written) {
        out.push_str(&text[written..at]);
        let mut escaped = Vec::with_capacity(6);
        write_escape(bytes[at], &mut escaped);
        out.extend(escaped.into_iter().map(char::from));
        written = at + 1;
    }
    out.push_str(&text[written..]);
    out.push('"');
}

/// The next byte that must be escaped: a quote, a backslash or a control character. Eight bytes are asked at once.
pub(super) fn next_special(bytes: &[u8], from: usize) -> Option<usize> {
    let is_special = |byte: u8| byte < 0x20 || byte == b'"' || byte == b'\\';
    let rest = bytes.get(from..)?;
    let mut at = 0;
    for chunk in rest.chunks_exact(8) {
        let word = chunk.iter().rev().fold(0u64, |word, &byte| word << 8 | u64::from(byte));
        if may_hold_special(word)
            && let Some(found) = chunk.iter().position(|&byte| is_special(byte))
        {
            return Some(from + at + found);
        }
        at += 8;
    }
    rest[at..].iter().position(|&byte| is_special(byte)).map(|found| from + at + found)
}

/// Whether one of the eight bytes of a word may need an escape; it says so of no word without reason but some with
/// bytes beyond ASCII.
fn may_hold_special(word: u64) -> bool {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const HIGHS: u64 = ONES << 7;
    // A byte below n borrows into its high bit when n is taken off it.
    let below = |word: u64, n: u64| word.wrapping_sub(ONES * n) & !word & HIGHS;
    let equals = |byte: u8| below(word ^ (ONES * u64::from(byte)), 1);
    (below(word, 0x20) | equals(b'"') | equals(b'\\')) != 0
}

#[cold]
fn write_escape(byte: u8, out: &mut Vec<u8>) {
    match byte {
        b'"' => out.extend_from_slice(b"\\\""),
        b'\\' => out.extend_from_slice(b"\\\\"),
        b'\n' => out.extend_from_slice(b"\\n"),
        b'\r' => out.extend_from_slice(b"\\r"),
        b'\t' => out.extend_from_slice(b"\\t"),
        0x08 => out.extend_from_slice(b"\\b"),
        0x0c => out.extend_from_slice(b"\\f"),
        _ => {
            out.extend_from_slice(b"\\u00");
            out.push(HEX[usize::from(byte >> 4)]);
            out.push(HEX[usize::from(byte & 15)]);
        }
    }
}

/// What a JSON string with its quotes says.
pub(crate) fn decode(quoted: &str) -> Result<Cow<'_, str>, ValueError> {
    let inner = quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(quoted);
    if memchr::memchr(b'\\', inner.as_bytes()).is_none() {
        return Ok(Cow::Borrowed(inner));
    }
    let mut text = String::with_capacity(inner.len());
    let mut rest = inner;
    while let Some(at) = memchr::memchr(b'\\', rest.as_bytes()) {
        text.push_str(&rest[..at]);
        rest = decode_escape(&rest[at..], &mut text)?;
    }
    text.push_str(rest);
    Ok(Cow::Owned(text))
}

/// Takes one escape (or a surrogate pair of them) off the front of `rest`.
fn decode_escape<'a>(rest: &'a str, text: &mut String) -> Result<&'a str, ValueError> {
    let plain = match rest.as_bytes().get(1) {
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'u') => return decode_unicode(rest, text),
        Some(&byte) if byte.is_ascii() => char::from(byte),
        _ => return Err(syntax(format!("Escape sequence \"{rest}\" is invalid."))),
    };
    text.push(plain);
    Ok(&rest[2..])
}

fn decode_unicode<'a>(rest: &'a str, text: &mut String) -> Result<&'a str, ValueError> {
    let first = hex4(rest).ok_or_else(|| syntax("\"\\u\" must be followed by four hexadecimal digits."))?;
    if first == 0 {
        return Err(ValueError::new("22P05", "unsupported Unicode escape sequence")
            .detail("\\u0000 cannot be converted to text."));
    }
    if (0xdc00..0xe000).contains(&first) {
        return Err(syntax("Unicode low surrogate must follow a high surrogate."));
    }
    let after = &rest[6..];
    if !(0xd800..0xdc00).contains(&first) {
        text.extend(char::from_u32(first));
        return Ok(after);
    }
    let second = if after.starts_with("\\u") { hex4(after) } else { None };
    match second {
        Some(low) if (0xdc00..0xe000).contains(&low) => {
            text.extend(char::from_u32(0x10000 + ((first - 0xd800) << 10) + (low - 0xdc00)));
            Ok(&after[6..])
        }
        Some(high) if (0xd800..0xdc00).contains(&high) => {
            Err(syntax("Unicode high surrogate must not follow a high surrogate."))
        }
        _ => Err(syntax("Unicode low surrogate must follow a high surrogate.")),
    }
}

fn hex4(escape: &str) -> Option<u32> {
    let digits = escape.get(2..6)?;
    digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16).ok())?
}

fn syntax(detail: impl Into<String>) -> ValueError {
    ValueError::new("22P02", "invalid input syntax for type json").detail(detail)
}
