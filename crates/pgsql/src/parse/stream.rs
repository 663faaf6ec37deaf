//! The tokens of a text under a moving finger: look, accept, expect, complain.
//!
//! **Must not:** know the grammar.

use crate::diagnostic::{Diagnostic, SqlState};
use crate::lexer::token::{Token, TokenKind};
use crate::parse::Parsed;
use crate::parse::depth::Depth;
use crate::syntax::name::Span;

/// The state of one parse.
pub(super) struct Parser<'a> {
    pub(super) source: &'a str,
    /// The last one is `End`.
    tokens: &'a [Token],
    next: usize,
    pub(super) depth: Depth,
}

impl<'a> Parser<'a> {
    pub(super) fn new(source: &'a str, tokens: &'a [Token]) -> Self {
        Self { source, tokens, next: 0, depth: Depth::default() }
    }

    /// The token under the finger.
    pub(super) fn token(&self) -> &'a Token {
        self.token_at(0)
    }

    /// A token further on; `End` stands for everything past it.
    pub(super) fn token_at(&self, offset: usize) -> &'a Token {
        &self.tokens[(self.next + offset).min(self.tokens.len() - 1)]
    }

    pub(super) fn kind(&self) -> &'a TokenKind {
        &self.token().kind
    }

    pub(super) fn advance(&mut self) {
        self.next = (self.next + 1).min(self.tokens.len() - 1);
    }

    pub(super) fn at_end(&self) -> bool {
        matches!(self.kind(), TokenKind::End)
    }

    /// The bare word that stands `offset` tokens further on.
    pub(super) fn word_at(&self, offset: usize) -> Option<&'a str> {
        match &self.token_at(offset).kind {
            TokenKind::Word { text, .. } => Some(text),
            _ => None,
        }
    }

    pub(super) fn at(&self, word: &str) -> bool {
        self.word_at(0) == Some(word)
    }

    /// Whether these words stand here one after the other.
    pub(super) fn at_words(&self, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(offset, word)| self.word_at(offset) == Some(word))
    }

    pub(super) fn at_any(&self, words: &[&str]) -> bool {
        self.word_at(0).is_some_and(|found| words.contains(&found))
    }

    pub(super) fn accept(&mut self, word: &str) -> bool {
        let found = self.at(word);
        if found {
            self.advance();
        }
        found
    }

    pub(super) fn accept_words(&mut self, words: &[&str]) -> bool {
        let found = self.at_words(words);
        if found {
            for _ in words {
                self.advance();
            }
        }
        found
    }

    /// The first of these words if it stands here.
    pub(super) fn accept_any(&mut self, words: &[&'static str]) -> Option<&'static str> {
        let found = words.iter().find(|word| self.at(word)).copied();
        if found.is_some() {
            self.advance();
        }
        found
    }

    pub(super) fn expect(&mut self, word: &str) -> Parsed<()> {
        if self.accept(word) { Ok(()) } else { Err(self.unexpected(&format!("`{word}`"))) }
    }

    pub(super) fn expect_words(&mut self, words: &[&str]) -> Parsed<()> {
        words.iter().try_for_each(|word| self.expect(word))
    }

    pub(super) fn at_mark(&self, mark: &str) -> bool {
        self.mark_follows(0, mark)
    }

    pub(super) fn mark_follows(&self, offset: usize, mark: &str) -> bool {
        matches!(self.token_at(offset).kind, TokenKind::Mark(found) if found == mark)
    }

    pub(super) fn accept_mark(&mut self, mark: &str) -> bool {
        let found = self.at_mark(mark);
        if found {
            self.advance();
        }
        found
    }

    pub(super) fn expect_mark(&mut self, mark: &str) -> Parsed<()> {
        if self.accept_mark(mark) { Ok(()) } else { Err(self.unexpected(&format!("`{mark}`"))) }
    }

    pub(super) fn at_operator(&self, symbol: &str) -> bool {
        matches!(self.kind(), TokenKind::Operator(found) if found == symbol)
    }

    pub(super) fn accept_operator(&mut self, symbol: &str) -> bool {
        let found = self.at_operator(symbol);
        if found {
            self.advance();
        }
        found
    }

    /// A token that was passed, counted back from the finger.
    pub(super) fn token_before(&self, back: usize) -> Option<&'a Token> {
        self.next.checked_sub(back).map(|at| &self.tokens[at])
    }

    /// Whether the token before the finger is a mark.
    pub(super) fn previous_is(&self, mark: &str) -> bool {
        matches!(self.token_before(1).map(|token| &token.kind), Some(TokenKind::Mark(found)) if *found == mark)
    }

    /// Where the token under the finger stands.
    pub(super) fn here(&self) -> Span {
        self.token().span
    }

    /// From a place to the end of the token before the finger.
    pub(super) fn since(&self, start: Span) -> Span {
        match self.next.checked_sub(1) {
            Some(last) if self.tokens[last].span.end >= start.end => start.to(self.tokens[last].span),
            _ => start,
        }
    }

    /// What one reads, once or more, between commas.
    pub(super) fn list<T>(&mut self, mut read: impl FnMut(&mut Self) -> Parsed<T>) -> Parsed<Vec<T>> {
        let mut found = vec![read(self)?];
        while self.accept_mark(",") {
            found.push(read(self)?);
        }
        Ok(found)
    }

    /// The same, between parentheses.
    pub(super) fn listed<T>(&mut self, read: impl FnMut(&mut Self) -> Parsed<T>) -> Parsed<Vec<T>> {
        self.expect_mark("(")?;
        let found = self.list(read)?;
        self.expect_mark(")")?;
        Ok(found)
    }

    /// The same if a parenthesis opens here; otherwise nothing.
    pub(super) fn listed_if_open<T>(&mut self, read: impl FnMut(&mut Self) -> Parsed<T>) -> Parsed<Vec<T>> {
        if self.at_mark("(") { self.listed(read) } else { Ok(Vec::new()) }
    }

    /// Moves behind the next semicolon.
    pub(super) fn skip_statement(&mut self) {
        while !self.at_end() && !self.at_mark(";") {
            self.advance();
        }
        self.accept_mark(";");
        self.depth = Depth::default();
    }

    /// Moves to the semicolon that ends this statement, or to the end: those in parentheses do not.
    /// What could not be lexed is still an error.
    pub(super) fn pass_rest(&mut self) -> Parsed<()> {
        let mut open = 0usize;
        loop {
            match self.kind() {
                TokenKind::End => return Ok(()),
                TokenKind::Bad(error) => return Err(error.clone()),
                TokenKind::Mark(";") if open == 0 => return Ok(()),
                TokenKind::Mark("(") => open += 1,
                TokenKind::Mark(")") => open = open.saturating_sub(1),
                _ => (),
            }
            self.advance();
        }
    }

    /// `syntax error at or near "x"` here, with what was expected.
    pub(super) fn unexpected(&self, expected: &str) -> Box<Diagnostic> {
        let token = self.token();
        let error = match &token.kind {
            TokenKind::Bad(error) => return error.clone(),
            TokenKind::End => return self.unexpected_end(expected),
            _ => {
                let text = token.span.text(self.source);
                let message = format!("syntax error at or near \"{text}\"");
                Diagnostic::new(SqlState::SYNTAX_ERROR, message, token.span)
            }
        };
        let error = error.with_label(token.span, format!("expected {expected}"));
        Box::new(match self.hint() {
            Some(hint) => error.with_hint(hint),
            None => error,
        })
    }

    /// The end is shown behind the last token, not behind the blank lines that may follow it.
    fn unexpected_end(&self, expected: &str) -> Box<Diagnostic> {
        let end = self.next.checked_sub(1).map_or(0, |last| self.tokens[last].span.end);
        let span = Span { start: end, end };
        let error = Diagnostic::new(SqlState::SYNTAX_ERROR, "syntax error at end of input", span);
        Box::new(error.with_label(span, format!("expected {expected}")))
    }

    /// A message of PostgreSQL's grammar other than its general one.
    pub(super) fn fault(&self, message: impl Into<String>, span: Span) -> Box<Diagnostic> {
        Box::new(Diagnostic::new(SqlState::SYNTAX_ERROR, message, span))
    }
}
