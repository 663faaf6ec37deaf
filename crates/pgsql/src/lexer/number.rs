//! Numeric constants: digits, a point, an exponent.
//!
//! **Must not:** compute a value: the digits are kept.

use crate::diagnostic::{Diagnostic, SqlState};
use crate::lexer::cursor::Cursor;
use crate::lexer::token::TokenKind;
use crate::lexer::word;

/// The cursor stands on a digit, or on a point before one.
pub(super) fn read(cursor: &mut Cursor<'_>) -> Result<TokenKind, Diagnostic> {
    let start = cursor.at();
    let digits = |byte: u8| byte.is_ascii_digit();
    cursor.take_while(digits);
    let mut whole = true;
    // `1..2` is a range of whole numbers, not `1.` and `.2`.
    if cursor.peek() == Some(b'.') && cursor.peek_at(1) != Some(b'.') {
        whole = false;
        cursor.advance(1);
        cursor.take_while(digits);
    }
    if matches!(cursor.peek(), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(cursor.peek_at(1), Some(b'+' | b'-')));
        if cursor.peek_at(1 + sign).is_some_and(digits) {
            whole = false;
            cursor.advance(1 + sign);
            cursor.take_while(digits);
        }
    }
    if cursor.peek().is_some_and(word::starts) {
        return Err(junk(cursor, start));
    }
    let text = cursor.since(start).to_owned();
    Ok(if whole { TokenKind::Integer(text) } else { TokenKind::Number(text) })
}

/// A word that touches a number, or an exponent without digits.
fn junk(cursor: &mut Cursor<'_>, start: usize) -> Diagnostic {
    let number = cursor.since(start).to_owned();
    let tail = cursor.take_while(word::continues);
    if tail.eq_ignore_ascii_case("e") {
        cursor.take_while(|byte| byte == b'+' || byte == b'-');
    }
    let hint = format!(
        "write a space after `{number}`, or quote a name that begins with a digit: \"{number}{tail}\""
    );
    cursor.near(SqlState::SYNTAX_ERROR, "trailing junk after numeric literal", start).with_hint(hint)
}
