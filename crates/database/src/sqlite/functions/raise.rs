//! Errors that functions raise, carried through SQLite's one text of an error and read back on the other side.
//!
//! **Must not:** let a text of a request look like a raised error: the mark is a character that texts of ours never begin with.

use std::fmt;

use algebra::value::{Value, ValueError};

use super::{Arguments, Body};
use crate::error::SqlError;

/// Begins a raised error and separates its parts.
const MARK: char = '\u{1}';

/// An error on its way through SQLite.
#[derive(Debug)]
pub(in crate::sqlite) struct Raised(ValueError);

impl From<ValueError> for Raised {
    fn from(error: ValueError) -> Self {
        Self(error)
    }
}

impl fmt::Display for Raised {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(error) = self;
        let part = |text: &str| text.replace([MARK, '\0'], " ");
        let optional = |text: &Option<String>| text.as_deref().map_or_else(String::new, part);
        write!(
            formatter,
            "{MARK}{}{MARK}{}{MARK}{}{MARK}{}",
            error.sqlstate,
            part(&error.message),
            optional(&error.detail),
            optional(&error.hint),
        )
    }
}

impl std::error::Error for Raised {}

impl From<Raised> for rusqlite::Error {
    fn from(raised: Raised) -> Self {
        rusqlite::Error::UserFunctionError(Box::new(raised))
    }
}

/// Reads a raised error back from SQLite's message.
pub(in crate::sqlite) fn parse(message: &str) -> Option<SqlError> {
    let mut parts = message.strip_prefix(MARK)?.split(MARK);
    let (code, text) = (parts.next()?, parts.next()?);
    let mut optional = || parts.next().filter(|part| !part.is_empty()).map(str::to_owned);
    let (detail, hint) = (optional(), optional());
    Some(SqlError { detail, hint, ..SqlError::new(code, text) })
}

pub(super) static BODIES: &[Body] = &[Body { symbol: "pg_require", run: require }];

/// True when the condition is; else the row is refused with the message.
fn require(arguments: &Arguments<'_>) -> Result<Value, ValueError> {
    if !arguments.is_null(0) && arguments.bool(0)? {
        return Ok(Value::Bool(true));
    }
    Err(ValueError::new("42501", arguments.text(1)?))
}

#[cfg(test)]
mod tests {
    use super::{Raised, parse};
    use algebra::value::ValueError;

    #[test]
    fn an_error_comes_through_whole_and_cannot_be_forged() {
        let error = ValueError::new("22012", "division\u{1}by zero").hint("do not");
        let back = parse(&Raised::from(error).to_string()).unwrap();
        assert_eq!((back.code.as_str(), back.message.as_str()), ("22012", "division by zero"));
        assert_eq!((back.detail, back.hint.as_deref()), (None, Some("do not")));
        assert_eq!(parse("UNIQUE constraint failed: t.id"), None);
    }
}
