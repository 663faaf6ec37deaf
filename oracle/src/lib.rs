//! Our SQL parser held against PostgreSQL's own: the same text through both, and the two trees written in one form.
//!
//! **Must not:** be a member of the workspace: its build needs libclang (`apt-get install libclang-dev clang`), and the
//! product's must not.

pub mod ours;
pub mod theirs;
pub mod corpus;
pub mod random;
pub mod generate;
pub mod generate_query;
pub mod mutate;

/// What a parser made of a text: every statement in the common form, or its refusal.
pub type Reading = Result<Vec<String>, String>;

/// Where the two parsers disagree about a text, if they do.
pub fn disagreement(text: &str) -> Option<String> {
    let (ours, theirs) = (ours::read(text), theirs::read(text));
    match (&ours, &theirs) {
        (Ok(left), Ok(right)) if left == right => None,
        (Err(_), Err(_)) => None,
        _ => Some(format!("{text}\n  ours:   {}\n  theirs: {}\n", shown(&ours), shown(&theirs))),
    }
}

fn shown(reading: &Reading) -> String {
    match reading {
        Ok(statements) => statements.join(" ; "),
        Err(message) => format!("refused: {message}"),
    }
}
