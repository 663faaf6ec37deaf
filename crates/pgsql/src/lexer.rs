//! Text to tokens, by PostgreSQL's lexical rules: quoting forms, nested comments, where an operator ends.
//! What cannot be read becomes a token as well, so that a mistake is reported in its statement and the next one is still read.
//!
//! **Must not:** know the grammar, or fail as a whole.

pub(crate) mod keyword;
pub(crate) mod token;
mod cursor;
mod number;
mod operator;
mod string;
mod escape;
mod word;

use crate::diagnostic::{Diagnostic, SqlState};
use crate::lexer::cursor::Cursor;
use crate::lexer::token::{Token, TokenKind};
use crate::syntax::name::Span;

/// The tokens of a text; the last one is `End`.
pub(crate) fn tokens(source: &str) -> Vec<Token> {
    let mut cursor = Cursor::new(source);
    let mut tokens = Vec::with_capacity(source.len() / 4 + 1);
    if source.starts_with('\u{feff}') {
        cursor.advance('\u{feff}'.len_utf8());
    }
    loop {
        let token = next_token(&mut cursor);
        let ended = matches!(token.kind, TokenKind::End);
        tokens.push(token);
        if ended {
            return tokens;
        }
    }
}

fn next_token(cursor: &mut Cursor<'_>) -> Token {
    let found = skip_blanks(cursor).and_then(|()| {
        let start = cursor.at();
        let kind = read(cursor)?;
        Ok(Token { kind, span: Span::new(start, cursor.at()) })
    });
    found.unwrap_or_else(|diagnostic| {
        let span = diagnostic.span;
        Token { kind: TokenKind::Bad(Box::new(diagnostic)), span }
    })
}

/// Reads one token; the cursor stands on its first character.
fn read(cursor: &mut Cursor<'_>) -> Result<TokenKind, Diagnostic> {
    let Some(first) = cursor.peek() else { return Ok(TokenKind::End) };
    match first {
        b'\'' => string::plain(cursor),
        b'"' => word::quoted(cursor),
        b'$' => string::dollar(cursor),
        b'0'..=b'9' => number::read(cursor),
        b'.' if cursor.peek_at(1).is_some_and(|byte| byte.is_ascii_digit()) => number::read(cursor),
        b'(' | b')' | b'[' | b']' | b',' | b';' | b'.' | b':' => Ok(mark(cursor)),
        byte if operator::is_operator_byte(byte) => operator::read(cursor),
        byte if word::starts(byte) => prefixed(cursor, byte),
        0 => {
            cursor.advance(1);
            let span = Span::new(cursor.at() - 1, cursor.at());
            let message = "invalid byte sequence for encoding \"UTF8\": 0x00";
            Err(Diagnostic::new(SqlState::CHARACTER_NOT_IN_REPERTOIRE, message, span))
        }
        _ => {
            cursor.advance(1);
            Ok(TokenKind::Stray)
        }
    }
}

/// A word, or a string whose quote follows a letter: `e'…'`, `b'…'`, `x'…'`, `n'…'`, `u&'…'`, `u&"…"`.
fn prefixed(cursor: &mut Cursor<'_>, first: u8) -> Result<TokenKind, Diagnostic> {
    let quote_follows = cursor.peek_at(1) == Some(b'\'');
    match first.to_ascii_lowercase() {
        b'e' if quote_follows => string::escaped(cursor),
        b'b' if quote_follows => string::bits(cursor),
        b'x' if quote_follows => string::hex_bits(cursor),
        b'n' if quote_follows => {
            // PostgreSQL reads `n'…'` as the type `nchar` before a plain string.
            cursor.advance(1);
            Ok(word::of("nchar".to_owned()))
        }
        b'u' if cursor.peek_at(1) == Some(b'&') && cursor.peek_at(2) == Some(b'\'') => {
            string::unicode(cursor)
        }
        b'u' if cursor.peek_at(1) == Some(b'&') && cursor.peek_at(2) == Some(b'"') => word::unicode(cursor),
        _ => Ok(word::read(cursor)),
    }
}

fn mark(cursor: &mut Cursor<'_>) -> TokenKind {
    const MARKS: [&str; 11] = ["::", ":=", "..", "(", ")", "[", "]", ",", ";", ".", ":"];
    let found = MARKS.into_iter().find(|mark| cursor.starts_with(mark)).unwrap_or(":");
    cursor.advance(found.len());
    TokenKind::Mark(found)
}

/// Skips white space and comments. A block comment that never ends is the only thing that can go wrong.
fn skip_blanks(cursor: &mut Cursor<'_>) -> Result<(), Diagnostic> {
    loop {
        match cursor.peek() {
            Some(byte) if is_space(byte) => cursor.advance(1),
            Some(b'-') if cursor.starts_with("--") => cursor.skip_line(),
            Some(b'/') if cursor.starts_with("/*") => skip_block_comment(cursor)?,
            _ => return Ok(()),
        }
    }
}

fn skip_block_comment(cursor: &mut Cursor<'_>) -> Result<(), Diagnostic> {
    let start = cursor.at();
    let mut depth = 0usize;
    while cursor.peek().is_some() {
        if cursor.starts_with("/*") {
            depth += 1;
            cursor.advance(2);
        } else if cursor.starts_with("*/") {
            depth -= 1;
            cursor.advance(2);
            if depth == 0 {
                return Ok(());
            }
        } else {
            cursor.advance(1);
        }
    }
    Err(cursor
        .unterminated("unterminated /* comment", start)
        .with_hint("every `/*` needs its `*/`; comments nest, so an inner `/*` needs one of its own"))
}

pub(crate) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0c)
}

#[cfg(test)]
mod tests;
