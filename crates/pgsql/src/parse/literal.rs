//! Constants where the grammar wants exactly one: a number of a sequence, a text of a comment.
//!
//! **Must not:** accept an expression.

use crate::lexer::token::TokenKind;
use crate::parse::Parsed;
use crate::parse::stream::Parser;
use crate::syntax::expression::{Expr, ExprKind};
use crate::syntax::literal::{Literal, StringLiteral};

/// The literal of a run of digits: `integer` when it fits, as PostgreSQL decides it.
pub(super) fn whole_number(digits: &str) -> Literal {
    match digits.parse::<i32>() {
        Ok(value) => Literal::Integer(value),
        Err(_) => Literal::Number(digits.to_owned()),
    }
}

/// A number with the other sign, or `None` for what is no number.
pub(super) fn negated(literal: &Literal) -> Option<Literal> {
    match literal {
        Literal::Integer(value) => Some(match value.checked_neg() {
            Some(value) => Literal::Integer(value),
            None => Literal::Number(value.unsigned_abs().to_string()),
        }),
        Literal::Number(digits) => Some(Literal::Number(match digits.strip_prefix('-') {
            Some(digits) => digits.to_owned(),
            None => format!("-{digits}"),
        })),
        _ => None,
    }
}

impl Parser<'_> {
    pub(super) fn at_string(&self) -> bool {
        matches!(self.kind(), TokenKind::String { .. })
    }

    /// A string constant.
    pub(super) fn string(&mut self, what: &str) -> Parsed<StringLiteral> {
        match self.kind() {
            TokenKind::String { text, contents } => {
                let found = StringLiteral { text: text.clone(), span: self.here(), contents: *contents };
                self.advance();
                Ok(found)
            }
            _ => Err(self.unexpected(what)),
        }
    }

    /// A whole number that fits 32 bits.
    pub(super) fn integer(&mut self, what: &str) -> Parsed<i32> {
        match self.kind() {
            TokenKind::Integer(digits) if digits.parse::<i32>().is_ok() => {
                let value = digits.parse().unwrap_or_default();
                self.advance();
                Ok(value)
            }
            _ => Err(self.unexpected(what)),
        }
    }

    /// A whole number that fits 32 bits, perhaps with a sign.
    pub(super) fn signed_integer(&mut self, what: &str) -> Parsed<i32> {
        let negative = self.accept_operator("-");
        if !negative {
            self.accept_operator("+");
        }
        let value = self.integer(what)?;
        Ok(if negative { -value } else { value })
    }

    /// A number of any size, perhaps with a sign, in its digits.
    pub(super) fn signed_number(&mut self, what: &str) -> Parsed<String> {
        let negative = self.accept_operator("-");
        if !negative {
            self.accept_operator("+");
        }
        match self.kind() {
            TokenKind::Integer(digits) | TokenKind::Number(digits) => {
                self.advance();
                Ok(if negative { format!("-{digits}") } else { digits.clone() })
            }
            _ => Err(self.unexpected(what)),
        }
    }

    /// The same, as an expression.
    pub(super) fn signed_number_expression(&mut self, what: &str) -> Parsed<Expr> {
        let start = self.here();
        let digits = self.signed_number(what)?;
        Ok(Expr::new(ExprKind::Literal(whole_number(&digits)), self.since(start)))
    }

    pub(super) fn at_number(&self, offset: usize) -> bool {
        matches!(self.token_at(offset).kind, TokenKind::Integer(_) | TokenKind::Number(_))
    }

    pub(super) fn string_expression(&mut self, what: &str) -> Parsed<Expr> {
        let literal = self.string(what)?;
        Ok(Expr::new(ExprKind::Literal(Literal::String(literal.text)), literal.span))
    }
}
