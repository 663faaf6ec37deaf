//! Where an operator ends: PostgreSQL's rules about comments and trailing signs.
//!
//! **Must not:** know which operators exist.

use crate::diagnostic::{Diagnostic, SqlState};
use crate::lexer::cursor::Cursor;
use crate::lexer::token::TokenKind;

/// PostgreSQL's names, operators among them, are at most this many bytes long.
const LENGTH_MAX: usize = 63;

pub(super) fn is_operator_byte(byte: u8) -> bool {
    b"~!@#^&|`?+-*/%<>=".contains(&byte)
}

/// The cursor stands on an operator character that begins no comment.
pub(super) fn read(cursor: &mut Cursor<'_>) -> Result<TokenKind, Diagnostic> {
    let start = cursor.at();
    let run = cursor.take_while(is_operator_byte);
    let length = length_of(run);
    cursor.rewind(start + length);
    if length > LENGTH_MAX {
        return Err(cursor.near(SqlState::SYNTAX_ERROR, "operator too long", start));
    }
    Ok(match &run[..length] {
        "=>" => TokenKind::Mark("=>"),
        "!=" => TokenKind::Operator("<>".to_owned()),
        symbol => TokenKind::Operator(symbol.to_owned()),
    })
}

/// A comment ends an operator. A trailing `+` or `-` belongs to it only if it holds one of ``~ ! @ # ^ & | ` ? %``, so that
/// `a=-1` is a comparison with minus one.
fn length_of(run: &str) -> usize {
    let comment = [run.find("/*"), run.find("--")].into_iter().flatten().min();
    let mut symbol = &run[..comment.unwrap_or(run.len())];
    let keeps_sign = |text: &str| text.bytes().any(|byte| b"~!@#^&|`?%".contains(&byte));
    while symbol.len() > 1 && symbol.ends_with(['+', '-']) && !keeps_sign(&symbol[..symbol.len() - 1]) {
        symbol = &symbol[..symbol.len() - 1];
    }
    symbol.len()
}
