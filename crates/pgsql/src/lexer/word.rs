//! Identifiers and keywords, bare, quoted and in Unicode escapes.
//!
//! **Must not:** decide whether a keyword may be a name where it stands.

use crate::diagnostic::{Diagnostic, SqlState};
use crate::lexer::cursor::Cursor;
use crate::lexer::escape;
use crate::lexer::keyword;
use crate::lexer::token::TokenKind;

/// PostgreSQL cuts longer names, with a notice.
const NAME_LENGTH_MAX: usize = 63;

pub(super) fn starts(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_' || byte >= 0x80
}

pub(super) fn continues(byte: u8) -> bool {
    starts(byte) || byte.is_ascii_digit() || byte == b'$'
}

/// A bare word; only ASCII letters are folded, as PostgreSQL does for UTF-8.
pub(super) fn read(cursor: &mut Cursor<'_>) -> TokenKind {
    of(cursor.take_while(continues).to_ascii_lowercase())
}

/// The token of a folded word.
pub(super) fn of(text: String) -> TokenKind {
    let class = keyword::class(&text);
    TokenKind::Word { text: if class.is_some() { text } else { cut(text) }, class }
}

/// `"name"`, a doubled quote standing for one.
pub(super) fn quoted(cursor: &mut Cursor<'_>) -> Result<TokenKind, Diagnostic> {
    let start = cursor.at();
    cursor.advance(1);
    Ok(TokenKind::Quoted(cut(contents(cursor, start)?)))
}

/// `u&"name"`, perhaps with `uescape '!'`.
pub(super) fn unicode(cursor: &mut Cursor<'_>) -> Result<TokenKind, Diagnostic> {
    let start = cursor.at();
    cursor.advance(3);
    let text = contents(cursor, start)?;
    Ok(TokenKind::Quoted(cut(escape::unicode_text(cursor, start, &text)?)))
}

fn contents(cursor: &mut Cursor<'_>, start: usize) -> Result<String, Diagnostic> {
    let mut text = String::new();
    loop {
        text.push_str(cursor.take_until(b'"', b'"'));
        match cursor.peek() {
            Some(b'"') if cursor.peek_at(1) == Some(b'"') => {
                text.push('"');
                cursor.advance(2);
            }
            Some(_) => {
                cursor.advance(1);
                break;
            }
            None => return Err(cursor.unterminated("unterminated quoted identifier", start)),
        }
    }
    if text.is_empty() {
        return Err(cursor.near(SqlState::SYNTAX_ERROR, "zero-length delimited identifier", start));
    }
    escape::refuse_nul(cursor, start, &text)?;
    Ok(text)
}

fn cut(mut text: String) -> String {
    if text.len() > NAME_LENGTH_MAX {
        let mut end = NAME_LENGTH_MAX;
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        text.truncate(end);
    }
    text
}
