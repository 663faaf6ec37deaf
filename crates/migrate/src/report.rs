//! Problems in SQL files, as a person reads them: file, line, the text, what to do.

use std::path::PathBuf;

use pgsql::Diagnostic;

/// A diagnostic with the file it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub path: PathBuf,
    pub text: String,
    pub diagnostic: Diagnostic,
}

/// The problem as text, as rustc shows one; with colours when asked.
#[must_use]
pub fn render_problem(problem: &Problem, colours: bool) -> String {
    let path = problem.path.display().to_string();
    problem.diagnostic.picture(&path, &problem.text, colours)
}
