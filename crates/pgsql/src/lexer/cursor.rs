//! A place in a text that only moves forward, and the errors that point from there.
//!
//! **Must not:** know what a token is.

use crate::diagnostic::{Diagnostic, SqlState};
use crate::syntax::name::Span;

pub(crate) struct Cursor<'a> {
    source: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    pub(crate) fn new(source: &'a str) -> Self {
        Self { source, at: 0 }
    }

    /// The byte the cursor stands on.
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    pub(crate) fn peek(&self) -> Option<u8> {
        self.peek_at(0)
    }

    pub(crate) fn peek_at(&self, offset: usize) -> Option<u8> {
        self.source.as_bytes().get(self.at + offset).copied()
    }

    pub(crate) fn starts_with(&self, text: &str) -> bool {
        self.source.as_bytes()[self.at..].starts_with(text.as_bytes())
    }

    pub(crate) fn advance(&mut self, bytes: usize) {
        self.at = (self.at + bytes).min(self.source.len());
    }

    /// Goes back to a place that was passed.
    pub(crate) fn rewind(&mut self, to: usize) {
        debug_assert!(to <= self.at, "a cursor rewinds only to where it was");
        self.at = to;
    }

    /// Moves while the bytes satisfy a rule, and gives what was passed.
    pub(crate) fn take_while(&mut self, rule: impl Fn(u8) -> bool) -> &'a str {
        let start = self.at;
        while self.peek().is_some_and(&rule) {
            self.at += 1;
        }
        &self.source[start..self.at]
    }

    /// Moves to the next byte that is one of two, or to the end, and gives what was passed. Both are ASCII, so the text
    /// is never cut within a character.
    pub(crate) fn take_until(&mut self, one: u8, other: u8) -> &'a str {
        self.take_while(|byte| byte != one && byte != other)
    }

    /// Moves past the end of the line.
    pub(crate) fn skip_line(&mut self) {
        self.take_while(|byte| byte != b'\n' && byte != b'\r');
    }

    /// The text from a place to the cursor.
    pub(crate) fn since(&self, start: usize) -> &'a str {
        &self.source[start..self.at]
    }

    /// The character the cursor stands on.
    pub(crate) fn peek_char(&self) -> Option<char> {
        self.source[self.at..].chars().next()
    }

    /// `<what> at or near "<text>"` from a place to the cursor, as PostgreSQL's lexer words it.
    pub(crate) fn near(&self, sqlstate: SqlState, what: &str, start: usize) -> Diagnostic {
        let text = self.since(start);
        Diagnostic::new(sqlstate, format!("{what} at or near \"{text}\""), Span::new(start, self.at))
    }

    /// The error of something that runs into the end of the text. PostgreSQL quotes all of the rest; one line is enough.
    pub(crate) fn unterminated(&self, what: &str, start: usize) -> Diagnostic {
        let line = self.since(start).lines().next().unwrap_or("");
        let span = Span::new(start, start + line.len());
        Diagnostic::new(SqlState::SYNTAX_ERROR, format!("{what} at or near \"{line}\""), span)
    }
}
