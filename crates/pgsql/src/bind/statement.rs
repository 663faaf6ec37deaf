//! One statement to what it comes to: rows read or written, changes, settings, nothing, or a refusal by name.

use algebra::statement::Statement;

use super::binder::Binder;
use super::fail::{Bind, refused, unsupported};
use crate::syntax::statement::{Statement as Written, StatementKind};

impl Binder<'_> {
    pub(crate) fn statement(&mut self, written: &Written) -> Bind<()> {
        let span = written.span;
        match &written.kind {
            StatementKind::Query(query) => {
                let query = self.query(query)?;
                self.prepared(Statement::Query(query), span)
            }
            kind @ (StatementKind::Insert(_) | StatementKind::Update(_) | StatementKind::Delete(_)) => {
                let write = self.write(kind, span)?;
                self.prepared(Statement::Write(write), span)
            }
            _ => {
                self.definition(written)?;
                if self.has_parameters() {
                    return Err(refused("42P02", "there is no parameter $1", span));
                }
                Ok(())
            }
        }
    }

    fn definition(&mut self, written: &Written) -> Bind<()> {
        Err(unsupported("this statement", written.span))
    }
}
