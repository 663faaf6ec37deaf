//! Text to syntax: recursive descent over PostgreSQL 15's grammar, with precedence climbing for expressions.
//! Every way down is counted, so that no text can exhaust the stack.
//!
//! **Must not:** resolve names or types, or accept what PostgreSQL's grammar refuses.

mod stream;
mod depth;
mod hint;
mod name;
mod literal;
mod type_name;
mod expression;
mod infix;
mod primary;
mod call;
mod special;
mod window;
mod query;
mod select;
mod from;
mod with;
mod change;
mod statement;
mod create;
mod table;
mod column;
mod constraint;
mod index;
mod alter;
mod alter_table;
mod alter_type;
mod types;
mod view;
mod sequence;
mod option;
mod routine;
mod trigger;
mod policy;
mod grant;
mod role;
mod reference;
mod publication;
mod session;

use crate::diagnostic::{Diagnostic, SqlState};
use crate::lexer;
use crate::parse::stream::Parser;
use crate::syntax::expression::Expr;
use crate::syntax::name::Span;
use crate::syntax::statement::Statement;
use crate::syntax::type_name::TypeName;

/// Inside the parser an error is boxed: it is rare, and every function returns one.
type Parsed<T> = Result<T, Box<Diagnostic>>;

/// Everything that was found in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Script {
    /// The statements that could be read, in order.
    pub statements: Vec<Statement>,
    /// The first mistake of each statement that could not, in order.
    pub errors: Vec<Diagnostic>,
}

/// Reads a text of statements separated by semicolons; the first mistake ends it.
pub fn parse_script(text: &str) -> Result<Vec<Statement>, Diagnostic> {
    let script = parse_all(text);
    match script.errors.into_iter().next() {
        Some(error) => Err(error),
        None => Ok(script.statements),
    }
}

/// Reads a text of statements separated by semicolons; after a mistake it goes on behind the next semicolon.
pub fn parse_all(text: &str) -> Script {
    if let Err(error) = refuse_too_long(text) {
        return Script { statements: Vec::new(), errors: vec![error] };
    }
    let tokens = lexer::tokens(text);
    let mut parser = Parser::new(text, &tokens);
    let mut script = Script { statements: Vec::new(), errors: Vec::new() };
    while !parser.at_end() {
        if parser.accept_mark(";") {
            continue;
        }
        match parser.whole_statement() {
            Ok(statement) => script.statements.push(statement),
            Err(error) => {
                script.errors.push(*error);
                parser.skip_statement();
            }
        }
    }
    script
}

/// Reads one expression and nothing else.
pub fn parse_expression(text: &str) -> Result<Expr, Diagnostic> {
    whole(text, |parser| parser.expression())
}

/// Reads one type's name and nothing else.
pub fn parse_type(text: &str) -> Result<TypeName, Diagnostic> {
    whole(text, |parser| parser.type_name())
}

fn whole<T>(text: &str, read: impl FnOnce(&mut Parser<'_>) -> Parsed<T>) -> Result<T, Diagnostic> {
    refuse_too_long(text)?;
    let tokens = lexer::tokens(text);
    let mut parser = Parser::new(text, &tokens);
    let found = read(&mut parser).map_err(|error| *error)?;
    if parser.at_end() { Ok(found) } else { Err(*parser.unexpected("the end")) }
}

/// Spans count in 32 bits.
fn refuse_too_long(text: &str) -> Result<(), Diagnostic> {
    if u32::try_from(text.len()).is_ok() {
        return Ok(());
    }
    let message = "a text of more than 4 GiB cannot be read, split it into several files";
    Err(Diagnostic::new(SqlState::PROGRAM_LIMIT_EXCEEDED, message, Span::default()))
}

#[cfg(test)]
mod tests;
