//! Escapes in strings and identifiers: C's in `e''`, Unicode's in `u&''` and `u&""`.
//!
//! **Must not:** let a NUL or an invalid character through.

use crate::diagnostic::{Diagnostic, SqlState};
use crate::lexer::cursor::Cursor;
use crate::lexer::is_space;
use crate::lexer::word;
use crate::syntax::name::Span;

/// Reads one escape of `e''`; the cursor stands on the backslash.
pub(super) fn backslash(cursor: &mut Cursor<'_>, bytes: &mut Vec<u8>) -> Result<(), Diagnostic> {
    let start = cursor.at();
    cursor.advance(1);
    let Some(letter) = cursor.peek_char() else { return Ok(()) };
    let mut put = |letter: char| bytes.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
    match letter {
        // PostgreSQL keeps the low byte of `\777`.
        '0'..='7' => bytes.push(digits(cursor, 3, 8).to_le_bytes()[0]),
        'x' if cursor.peek_at(1).is_some_and(|byte| byte.is_ascii_hexdigit()) => {
            cursor.advance(1);
            bytes.push(digits(cursor, 2, 16).to_le_bytes()[0]);
        }
        'u' | 'U' => put(c_unicode(cursor, start)?),
        _ => {
            cursor.advance(letter.len_utf8());
            put(match letter {
                'b' => '\u{8}',
                'f' => '\u{c}',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'v' => '\u{b}',
                itself => itself,
            });
        }
    }
    Ok(())
}

/// Up to `most` digits of a base, as a number.
fn digits(cursor: &mut Cursor<'_>, most: usize, base: u32) -> u32 {
    let mut value = 0;
    for _ in 0..most {
        let Some(digit) = cursor.peek().and_then(|byte| char::from(byte).to_digit(base)) else { break };
        value = value * base + digit;
        cursor.advance(1);
    }
    value
}

/// `\uXXXX` or `\UXXXXXXXX`, or two of them that make a surrogate pair; the cursor stands on the letter.
fn c_unicode(cursor: &mut Cursor<'_>, start: usize) -> Result<char, Diagnostic> {
    let first = c_code(cursor, start)?;
    if !is_first_surrogate(first) {
        return character(cursor, start, first);
    }
    if cursor.peek() == Some(b'\\') && matches!(cursor.peek_at(1), Some(b'u' | b'U')) {
        cursor.advance(1);
        let second = c_code(cursor, start)?;
        if is_second_surrogate(second) {
            return character(cursor, start, pair(first, second));
        }
    }
    Err(bad_pair(cursor, start))
}

fn c_code(cursor: &mut Cursor<'_>, start: usize) -> Result<u32, Diagnostic> {
    let length = if cursor.peek() == Some(b'u') { 4 } else { 8 };
    cursor.advance(1);
    let begin = cursor.at();
    let value = digits(cursor, length, 16);
    if cursor.at() - begin == length {
        return Ok(value);
    }
    let span = Span::new(start, cursor.at());
    Err(Diagnostic::new(SqlState::INVALID_ESCAPE_SEQUENCE, "invalid Unicode escape", span)
        .with_hint("Unicode escapes must be \\uXXXX or \\UXXXXXXXX"))
}

fn is_first_surrogate(code: u32) -> bool {
    (0xD800..0xDC00).contains(&code)
}

fn is_second_surrogate(code: u32) -> bool {
    (0xDC00..0xE000).contains(&code)
}

fn pair(first: u32, second: u32) -> u32 {
    0x10000 + ((first & 0x3FF) << 10) + (second & 0x3FF)
}

fn bad_pair(cursor: &Cursor<'_>, start: usize) -> Diagnostic {
    cursor.near(SqlState::SYNTAX_ERROR, "invalid Unicode surrogate pair", start)
}

fn character(cursor: &Cursor<'_>, start: usize, code: u32) -> Result<char, Diagnostic> {
    if is_second_surrogate(code) {
        return Err(bad_pair(cursor, start));
    }
    char::from_u32(code)
        .filter(|letter| *letter != '\0')
        .ok_or_else(|| cursor.near(SqlState::SYNTAX_ERROR, "invalid Unicode escape value", start))
}

/// The text of `u&'…'` or `u&"…"`; the cursor stands after the closing quote, and a `uescape` clause is read with it.
pub(super) fn unicode_text(cursor: &mut Cursor<'_>, start: usize, raw: &str) -> Result<String, Diagnostic> {
    let mark = uescape(cursor)?.unwrap_or('\\');
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    let mut high = None;
    while let Some(letter) = rest.chars().next() {
        rest = &rest[letter.len_utf8()..];
        let code = if letter != mark {
            u32::from(letter)
        } else if let Some(after) = rest.strip_prefix(mark) {
            rest = after;
            u32::from(mark)
        } else {
            let (code, after) = u_code(rest).ok_or_else(|| bad_u_code(cursor, start, mark))?;
            rest = after;
            code
        };
        match high.take() {
            None if is_first_surrogate(code) => high = Some(code),
            None => text.push(character(cursor, start, code)?),
            Some(first) if is_second_surrogate(code) => {
                text.push(character(cursor, start, pair(first, code))?)
            }
            Some(_) => return Err(bad_pair(cursor, start)),
        }
    }
    if high.is_some() { Err(bad_pair(cursor, start)) } else { Ok(text) }
}

/// `XXXX` or `+XXXXXX`, and what follows.
fn u_code(rest: &str) -> Option<(u32, &str)> {
    let (rest, length) = match rest.strip_prefix('+') {
        Some(after) => (after, 6),
        None => (rest, 4),
    };
    let digits = rest.get(..length).filter(|text| text.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    Some((u32::from_str_radix(digits, 16).ok()?, &rest[length..]))
}

fn bad_u_code(cursor: &Cursor<'_>, start: usize, mark: char) -> Diagnostic {
    let span = Span::new(start, cursor.at());
    Diagnostic::new(SqlState::SYNTAX_ERROR, "invalid Unicode escape", span)
        .with_hint(format!("Unicode escapes must be {mark}XXXX or {mark}+XXXXXX"))
}

/// Reads `uescape 'c'` if it follows.
fn uescape(cursor: &mut Cursor<'_>) -> Result<Option<char>, Diagnostic> {
    let end = cursor.at();
    skip_blanks(cursor);
    let begin = cursor.at();
    if !cursor.take_while(word::continues).eq_ignore_ascii_case("uescape") {
        cursor.rewind(end);
        return Ok(None);
    }
    let word_end = cursor.at();
    skip_blanks(cursor);
    let quote = cursor.at();
    if cursor.peek() != Some(b'\'') {
        cursor.rewind(word_end);
        let message = "UESCAPE must be followed by a simple string literal";
        return Err(Diagnostic::new(SqlState::SYNTAX_ERROR, message, Span::new(begin, word_end)));
    }
    cursor.advance(1);
    let text = cursor.take_until(b'\'', b'\n').to_owned();
    cursor.advance(1);
    let mut letters = text.chars();
    match (letters.next(), letters.next()) {
        (Some(letter), None) if is_escape_letter(letter) => Ok(Some(letter)),
        _ => Err(cursor.near(SqlState::SYNTAX_ERROR, "invalid Unicode escape character", quote)),
    }
}

fn is_escape_letter(letter: char) -> bool {
    let blank = u8::try_from(letter).is_ok_and(is_space);
    !(letter.is_ascii_hexdigit() || matches!(letter, '+' | '\'' | '"') || blank) && letter.is_ascii()
}

fn skip_blanks(cursor: &mut Cursor<'_>) {
    loop {
        match cursor.peek() {
            Some(byte) if is_space(byte) => cursor.advance(1),
            Some(b'-') if cursor.starts_with("--") => cursor.skip_line(),
            _ => return,
        }
    }
}

/// The bytes of a string as text: escapes may have made what is no character.
pub(super) fn utf8(cursor: &Cursor<'_>, start: usize, bytes: Vec<u8>) -> Result<String, Diagnostic> {
    match String::from_utf8(bytes) {
        Ok(text) => refuse_nul(cursor, start, &text).map(|()| text),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let length = error.utf8_error().error_len().unwrap_or(error.as_bytes().len() - at);
            let bytes = error.as_bytes()[at..at + length].iter().map(|byte| format!(" 0x{byte:02x}"));
            let message =
                format!("invalid byte sequence for encoding \"UTF8\":{}", bytes.collect::<String>());
            Err(Diagnostic::new(
                SqlState::CHARACTER_NOT_IN_REPERTOIRE,
                message,
                Span::new(start, cursor.at()),
            ))
        }
    }
}

/// PostgreSQL's text holds no NUL.
pub(super) fn refuse_nul(cursor: &Cursor<'_>, start: usize, text: &str) -> Result<(), Diagnostic> {
    if !text.contains('\0') {
        return Ok(());
    }
    let message = "invalid byte sequence for encoding \"UTF8\": 0x00";
    Err(Diagnostic::new(SqlState::CHARACTER_NOT_IN_REPERTOIRE, message, Span::new(start, cursor.at())))
}
