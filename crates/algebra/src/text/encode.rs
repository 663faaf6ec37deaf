//! `encode(bytes, format)` and `decode(text, format)`: hex, base64, escape.
//!
//! **Must not:** know character sets.

use crate::value::{ValueError, decode_hex, write_hex};

const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
/// Base64 lines are this long, as MIME has it.
const LINE_LENGTH: usize = 76;

/// `encode(bytes, format)`.
pub fn encode(bytes: &[u8], format: &str) -> Result<String, ValueError> {
    match format.to_ascii_lowercase().as_str() {
        "hex" => {
            let mut out = String::new();
            write_hex(bytes, &mut out);
            Ok(out)
        }
        "base64" => Ok(encode_base64(bytes)),
        "escape" => Ok(encode_escape(bytes)),
        _ => Err(unrecognized(format)),
    }
}

/// `decode(text, format)`.
pub fn decode(text: &str, format: &str) -> Result<Vec<u8>, ValueError> {
    match format.to_ascii_lowercase().as_str() {
        "hex" => decode_hex(text),
        "base64" => decode_base64(text),
        "escape" => decode_escape(text),
        _ => Err(unrecognized(format)),
    }
}

fn unrecognized(format: &str) -> ValueError {
    ValueError::invalid_parameter(format!("unrecognized encoding: \"{format}\""))
}

fn encode_base64(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() * 4 / 3 + 4);
    for (index, chunk) in bytes.chunks(3).enumerate() {
        if index > 0 && (index * 4).is_multiple_of(LINE_LENGTH) {
            out.push('\n');
        }
        let group =
            chunk.iter().fold(0u32, |group, &byte| group << 8 | u32::from(byte)) << (8 * (3 - chunk.len()));
        for digit in 0..4 {
            if digit > chunk.len() {
                out.push('=');
                continue;
            }
            let value = group >> (18 - 6 * digit) & 63;
            out.push(char::from(BASE64[value as usize]));
        }
    }
    out
}

/// As PostgreSQL reads it: padding says how many bytes a group has, from the first `=` on.
fn decode_base64(text: &str) -> Result<Vec<u8>, ValueError> {
    let mut out = Vec::with_capacity(text.len() * 3 / 4);
    let (mut group, mut length, mut group_bytes) = (0u32, 0, 3);
    for character in text.chars() {
        if matches!(character, ' ' | '\t' | '\n' | '\r') {
            continue;
        }
        let value = if character == '=' {
            if group_bytes == 3 {
                group_bytes = match length {
                    2 => 1,
                    3 => 2,
                    _ => {
                        let message = "unexpected \"=\" while decoding base64 sequence";
                        return Err(ValueError::invalid_parameter(message));
                    }
                };
            }
            0
        } else {
            base64_value(character).ok_or_else(|| {
                let message = format!("invalid symbol \"{character}\" found while decoding base64 sequence");
                ValueError::invalid_parameter(message)
            })?
        };
        group = group << 6 | value;
        length += 1;
        if length == 4 {
            out.extend_from_slice(&group.to_be_bytes()[1..=group_bytes]);
            (group, length) = (0, 0);
        }
    }
    if length != 0 {
        return Err(ValueError::invalid_parameter("invalid base64 end sequence")
            .hint("Input data is missing padding, is truncated, or is otherwise corrupted."));
    }
    Ok(out)
}

fn base64_value(character: char) -> Option<u32> {
    let byte = u8::try_from(character).ok()?;
    BASE64.iter().position(|&other| other == byte).and_then(|value| u32::try_from(value).ok())
}

fn encode_escape(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len());
    for &byte in bytes {
        match byte {
            b'\\' => out.push_str("\\\\"),
            0 | 0x80.. => out.push_str(&format!("\\{byte:03o}")),
            _ => out.push(char::from(byte)),
        }
    }
    out
}

fn decode_escape(text: &str) -> Result<Vec<u8>, ValueError> {
    if text.starts_with("\\x") {
        return Err(ValueError::new("22P02", "invalid input syntax for type bytea"));
    }
    crate::value::unescape(text)
}
