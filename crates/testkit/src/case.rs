//! A case: what is asked of a server with a known schema, and what it must answer. The format is in `cases/README.md`.
//!
//! **Must not:** start servers; `suite` does.

mod expect;
mod read;
mod rewrite;
mod run;

use std::path::PathBuf;

pub use self::run::run;

/// One `.case` file.
#[derive(Debug)]
pub struct Case {
    /// The file.
    pub path: PathBuf,
    /// The name of the file in `cases/schemas`, without its ending.
    pub schema: String,
    /// Settings of the server, beside those that every test gives.
    pub settings: Vec<(String, String)>,
    /// Requests and their answers, in order.
    pub steps: Vec<Step>,
}

/// One request and the answer it must get.
#[derive(Debug)]
pub struct Step {
    /// The line of the request, for reports.
    pub line: usize,
    /// Who asks.
    pub caller: Caller,
    /// The method.
    pub method: String,
    /// Path and query, before percent-encoding of blanks and the like.
    pub target: String,
    /// Headers sent beside the caller's own.
    pub headers: Vec<(String, String)>,
    /// The body sent.
    pub body: Option<String>,
    /// What must come back.
    pub expected: Expected,
    /// Tables that must read the same before and after.
    pub unchanged: Vec<String>,
}

/// Who asks.
#[derive(Clone, Debug, PartialEq)]
pub enum Caller {
    /// Nobody: no key, no token.
    Nobody,
    /// The publishable key.
    Anon,
    /// The secret key.
    Service,
    /// A signed-in person, by first name.
    User(String),
    /// A key of a role that a migration made.
    Role(String),
}

/// The answer that is expected.
#[derive(Debug)]
pub struct Expected {
    /// The line of `--- status`.
    pub line: usize,
    /// The status.
    pub status: u16,
    /// Headers that must be there; others may.
    pub headers: Vec<(String, String)>,
    /// The body as it stands in the file; empty when none may come.
    pub body: String,
    /// The lines of the file that hold the body: first, and one past the last.
    pub body_lines: (usize, usize),
}

impl Case {
    /// Whether it only reads, so that its server may be shared.
    pub fn only_reads(&self) -> bool {
        self.settings.is_empty()
            && self.steps.iter().all(|step| matches!(step.method.as_str(), "GET" | "HEAD" | "OPTIONS"))
    }
}

pub use self::read::read;
