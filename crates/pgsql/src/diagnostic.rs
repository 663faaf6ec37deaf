//! What is wrong with a text: PostgreSQL's code and words, the place, and what to write instead.
//!
//! **Must not:** print anything: whoever runs the command does.

mod picture;

use std::error::Error;
use std::fmt;

use crate::syntax::name::Span;

/// PostgreSQL's five characters that name a kind of error. The constants are the kinds this crate reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SqlState(&'static str);

impl SqlState {
    pub const SYNTAX_ERROR: Self = Self("42601");
    pub const FEATURE_NOT_SUPPORTED: Self = Self("0A000");
    pub const STATEMENT_TOO_COMPLEX: Self = Self("54001");
    pub const PROGRAM_LIMIT_EXCEEDED: Self = Self("54000");
    pub const NONSTANDARD_USE_OF_ESCAPE_CHARACTER: Self = Self("22P06");
    pub const INVALID_ESCAPE_SEQUENCE: Self = Self("22025");
    pub const CHARACTER_NOT_IN_REPERTOIRE: Self = Self("22021");
    pub const NUMERIC_VALUE_OUT_OF_RANGE: Self = Self("22003");
    pub const INVALID_PARAMETER_VALUE: Self = Self("22023");
    pub const WINDOWING_ERROR: Self = Self("42P20");
    pub const INVALID_COLUMN_DEFINITION: Self = Self("42611");

    /// A kind by its five characters, for the stages after parsing.
    pub const fn new(code: &'static str) -> Self {
        assert!(code.len() == 5, "an SQLSTATE has five characters");
        Self(code)
    }

    /// The five characters.
    pub const fn code(self) -> &'static str {
        self.0
    }
}

/// One thing that is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    pub sqlstate: SqlState,
    /// Lower case, no full stop; PostgreSQL's words where it has some.
    pub message: String,
    pub detail: Option<String>,
    /// What to write instead.
    pub hint: Option<String>,
    pub span: Span,
    /// Further places that explain the first.
    pub labels: Vec<Label>,
}

/// A place with a remark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    pub span: Span,
    pub text: String,
}

impl Diagnostic {
    /// A message at a place.
    pub fn new(sqlstate: SqlState, message: impl Into<String>, span: Span) -> Self {
        Self { sqlstate, message: message.into(), detail: None, hint: None, span, labels: Vec::new() }
    }

    /// Adds what to write instead.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Adds what else is known.
    #[must_use]
    pub fn with_detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// Adds a further place.
    #[must_use]
    pub fn with_label(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { span, text: text.into() });
        self
    }

    /// The same, further down the text: for a piece that was parsed on its own.
    #[must_use]
    pub fn shifted(mut self, by: usize) -> Self {
        self.span = self.span.shifted(by);
        for label in &mut self.labels {
            label.span = label.span.shifted(by);
        }
        self
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.message)
    }
}

impl Error for Diagnostic {}
