//! `bytea` as text: `\x0aff` and the older escape form.
//!
//! **Must not:** know base64; that is a function of `text`.

use super::ValueError;

const HEX: &[u8; 16] = b"0123456789abcdef";

/// PostgreSQL's `byteain`.
pub(super) fn parse(text: &str) -> Result<Vec<u8>, ValueError> {
    match text.strip_prefix("\\x") {
        Some(digits) => decode_hex(digits),
        None => unescape(text),
    }
}

/// Hexadecimal digits, white space allowed between pairs.
pub fn decode_hex(text: &str) -> Result<Vec<u8>, ValueError> {
    let mut bytes = Vec::with_capacity(text.len() / 2);
    let mut characters = text.chars();
    while let Some(high) = characters.next() {
        if matches!(high, ' ' | '\n' | '\t' | '\r') {
            continue;
        }
        let high = digit(high)?;
        let low = characters
            .next()
            .ok_or_else(|| ValueError::invalid_parameter("invalid hexadecimal data: odd number of digits"))?;
        bytes.push(high << 4 | digit(low)?);
    }
    Ok(bytes)
}

fn digit(character: char) -> Result<u8, ValueError> {
    character
        .to_digit(16)
        .and_then(|value| u8::try_from(value).ok())
        .ok_or_else(|| ValueError::invalid_parameter(format!("invalid hexadecimal digit: \"{character}\"")))
}

pub(crate) fn unescape(text: &str) -> Result<Vec<u8>, ValueError> {
    let invalid = || ValueError::new("22P02", "invalid input syntax for type bytea");
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        rest = match (first, tail) {
            (b'\\', [b'\\', tail @ ..]) => {
                bytes.push(b'\\');
                tail
            }
            (b'\\', [a @ b'0'..=b'3', b @ b'0'..=b'7', c @ b'0'..=b'7', tail @ ..]) => {
                bytes.push((a - b'0') << 6 | (b - b'0') << 3 | (c - b'0'));
                tail
            }
            (b'\\', _) => return Err(invalid()),
            (byte, tail) => {
                bytes.push(*byte);
                tail
            }
        };
    }
    Ok(bytes)
}

/// Writes lower-case digits without a prefix.
pub fn write_hex(bytes: &[u8], out: &mut String) {
    out.reserve(bytes.len() * 2);
    for byte in bytes {
        out.push(char::from(HEX[usize::from(byte >> 4)]));
        out.push(char::from(HEX[usize::from(byte & 15)]));
    }
}
