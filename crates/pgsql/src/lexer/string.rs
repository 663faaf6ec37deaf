//! String constants in every quoting form: plain, `e''`, `u&''`, `b''`, `x''`, dollar.
//! A string goes on after white space that holds a line break.
//!
//! **Must not:** give a string a type.

use crate::diagnostic::{Diagnostic, SqlState};
use crate::lexer::cursor::Cursor;
use crate::lexer::escape;
use crate::lexer::is_space;
use crate::lexer::token::TokenKind;
use crate::lexer::word;
use crate::syntax::name::Span;

/// `'text'`, a doubled quote standing for one. Backslashes are nothing special.
pub(super) fn plain(cursor: &mut Cursor<'_>) -> Result<TokenKind, Diagnostic> {
    let start = cursor.at();
    cursor.advance(1);
    let begin = cursor.at();
    let text = quoted(cursor, start, "unterminated quoted string")?;
    escape::refuse_nul(cursor, start, &text)?;
    let whole = cursor.at() - 1 - begin == text.len() && !text.contains('\'');
    let contents = whole.then(|| Span::new(begin, cursor.at() - 1));
    Ok(TokenKind::String { text, contents })
}

/// `e'text'`, with C's escapes.
pub(super) fn escaped(cursor: &mut Cursor<'_>) -> Result<TokenKind, Diagnostic> {
    let start = cursor.at();
    cursor.advance(2);
    let mut bytes = Vec::new();
    let mut mistake = None;
    loop {
        bytes.extend_from_slice(cursor.take_until(b'\'', b'\\').as_bytes());
        match cursor.peek() {
            // The string is read to its end after a mistake too, so that what follows is read as what it is.
            Some(b'\\') => mistake = mistake.or(escape::backslash(cursor, &mut bytes).err()),
            Some(_) => match pass_quote(cursor) {
                Quote::Doubled => bytes.push(b'\''),
                Quote::Continued => (),
                Quote::Closed => break,
            },
            None => return Err(cursor.unterminated("unterminated quoted string", start)),
        }
    }
    match mistake {
        Some(error) => Err(error),
        None => Ok(TokenKind::String { text: escape::utf8(cursor, start, bytes)?, contents: None }),
    }
}

/// `u&'text'`, perhaps with `uescape '!'`.
pub(super) fn unicode(cursor: &mut Cursor<'_>) -> Result<TokenKind, Diagnostic> {
    let start = cursor.at();
    cursor.advance(3);
    let raw = quoted(cursor, start, "unterminated quoted string")?;
    escape::refuse_nul(cursor, start, &raw)?;
    Ok(TokenKind::String { text: escape::unicode_text(cursor, start, &raw)?, contents: None })
}

/// `b'0101'`.
pub(super) fn bits(cursor: &mut Cursor<'_>) -> Result<TokenKind, Diagnostic> {
    let start = cursor.at();
    cursor.advance(2);
    Ok(TokenKind::Bits(quoted(cursor, start, "unterminated bit string literal")?))
}

/// `x'1f'`.
pub(super) fn hex_bits(cursor: &mut Cursor<'_>) -> Result<TokenKind, Diagnostic> {
    let start = cursor.at();
    cursor.advance(2);
    Ok(TokenKind::HexBits(quoted(cursor, start, "unterminated hexadecimal string literal")?))
}

/// `$$text$$`, `$tag$text$tag$`, or a parameter `$1`.
pub(super) fn dollar(cursor: &mut Cursor<'_>) -> Result<TokenKind, Diagnostic> {
    let start = cursor.at();
    cursor.advance(1);
    if cursor.peek().is_some_and(|byte| byte.is_ascii_digit()) {
        return parameter(cursor, start);
    }
    if cursor.peek().is_some_and(word::starts) {
        cursor.take_while(|byte| byte != b'$' && word::continues(byte));
    }
    if cursor.peek() != Some(b'$') {
        cursor.rewind(start + 1);
        return Ok(TokenKind::Stray);
    }
    cursor.advance(1);
    let tag = cursor.since(start);
    let begin = cursor.at();
    while cursor.peek().is_some() {
        cursor.take_until(b'$', b'$');
        if cursor.starts_with(tag) {
            let text = cursor.since(begin).to_owned();
            let contents = Some(Span::new(begin, cursor.at()));
            cursor.advance(tag.len());
            escape::refuse_nul(cursor, start, &text)?;
            return Ok(TokenKind::String { text, contents });
        }
        cursor.advance(1);
    }
    let hint = format!("end the text with `{tag}`");
    Err(cursor.unterminated("unterminated dollar-quoted string", start).with_hint(hint))
}

fn parameter(cursor: &mut Cursor<'_>, start: usize) -> Result<TokenKind, Diagnostic> {
    let digits = cursor.take_while(|byte| byte.is_ascii_digit());
    if cursor.peek().is_some_and(word::starts) {
        cursor.take_while(word::continues);
        return Err(cursor.near(SqlState::SYNTAX_ERROR, "trailing junk after parameter", start));
    }
    match digits.parse::<u32>().ok().filter(|number| *number <= i32::MAX.unsigned_abs()) {
        Some(number) => Ok(TokenKind::Parameter(number)),
        None => Err(cursor.near(SqlState::SYNTAX_ERROR, "parameter number too large", start)),
    }
}

/// What stands between quotes; the cursor stands after the first one.
fn quoted(cursor: &mut Cursor<'_>, start: usize, unterminated: &str) -> Result<String, Diagnostic> {
    let mut text = String::new();
    loop {
        text.push_str(cursor.take_until(b'\'', b'\''));
        if cursor.peek().is_none() {
            return Err(cursor.unterminated(unterminated, start));
        }
        match pass_quote(cursor) {
            Quote::Doubled => text.push('\''),
            Quote::Continued => (),
            Quote::Closed => return Ok(text),
        }
    }
}

enum Quote {
    Doubled,
    Continued,
    Closed,
}

/// Passes a quote, and what belongs to it: its double, or the blanks with a line break before the string goes on.
fn pass_quote(cursor: &mut Cursor<'_>) -> Quote {
    cursor.advance(1);
    if cursor.peek() == Some(b'\'') {
        cursor.advance(1);
        return Quote::Doubled;
    }
    let end = cursor.at();
    let mut broken = false;
    loop {
        match cursor.peek() {
            Some(byte) if is_space(byte) => {
                broken |= byte == b'\n' || byte == b'\r';
                cursor.advance(1);
            }
            Some(b'-') if cursor.starts_with("--") => cursor.skip_line(),
            Some(b'\'') if broken => {
                cursor.advance(1);
                return Quote::Continued;
            }
            _ => {
                cursor.rewind(end);
                return Quote::Closed;
            }
        }
    }
}
