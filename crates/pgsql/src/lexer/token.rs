//! The smallest pieces of a text, each with its place.
//!
//! **Must not:** know the grammar.

use crate::diagnostic::Diagnostic;
use crate::lexer::keyword::KeywordClass;
use crate::syntax::name::Span;

/// A piece of the text.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    pub(crate) kind: TokenKind,
    pub(crate) span: Span,
}

/// The kinds of pieces.
#[derive(Clone, Debug)]
pub(crate) enum TokenKind {
    /// An unquoted word, folded to lower case.
    Word {
        text: String,
        class: Option<KeywordClass>,
    },
    /// A quoted identifier.
    Quoted(String),
    /// A run of digits.
    Integer(String),
    /// A number with a point or an exponent.
    Number(String),
    String {
        text: String,
        contents: Option<Span>,
    },
    /// `b'…'`.
    Bits(String),
    /// `x'…'`.
    HexBits(String),
    /// `$1`.
    Parameter(u32),
    /// Any run of operator characters, `=` and `+` among them.
    Operator(String),
    /// `( ) [ ] , ; . :` and `:: := => ..`
    Mark(&'static str),
    /// A character that begins nothing.
    Stray,
    /// What the lexer could not read, and why. Reported when the parser arrives there.
    Bad(Box<Diagnostic>),
    End,
}
