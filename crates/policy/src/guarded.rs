//! A statement that passed the lock.

use algebra::statement::Statement;

/// Who holds row security for a guarded statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Enforced {
    /// The policies are in the tree.
    Here,
    /// The engine runs the statement as the caller's role and holds them itself.
    ByEngine,
}

/// A statement that `guard` let through. Only this can be rendered.
#[derive(Debug, Clone, PartialEq)]
pub struct Guarded {
    statement: Statement,
    enforced: Enforced,
}

impl Guarded {
    /// Only `guard` calls this.
    pub(crate) fn new(statement: Statement, enforced: Enforced) -> Self {
        Self { statement, enforced }
    }

    #[must_use]
    pub fn statement(&self) -> &Statement {
        &self.statement
    }

    #[must_use]
    pub fn enforced(&self) -> Enforced {
        self.enforced
    }
}
