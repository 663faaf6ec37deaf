//! The checks of a domain, as constraints of a column that has it.

use algebra::change::PartMut;
use algebra::expression::{Expr, Node, RelationId};
use algebra::names::ColumnName;
use catalog::{Check, Column};

use super::binder::Binder;
use super::fail::Bind;
use super::table::Draft;
use crate::syntax::name::Span;

impl Binder<'_> {
    /// The domain's checks over the column; they hold where the domain does, on the table.
    pub(crate) fn domain_checks(
        &mut self,
        draft: &mut Draft,
        column: &Column,
        span: Span,
    ) -> Bind<Vec<Check>> {
        let Some(domain) = column.domain.as_ref().and_then(|name| self.catalog.domain(name).cloned()) else {
            return Ok(Vec::new());
        };
        let mut checks = Vec::with_capacity(domain.checks.len());
        for check in &domain.checks {
            let mut condition = check.condition.clone();
            over_column(PartMut::Expr(&mut condition), &column.name);
            let label = (column.name.as_str(), check.name.as_str());
            let name = self.constraint_named(draft, None, label, span)?;
            checks.push(Check { name, condition });
        }
        Ok(checks)
    }
}

fn over_column(part: PartMut<'_>, name: &ColumnName) {
    let part = match part {
        PartMut::Expr(Expr { node: Node::Column { relation, column }, .. })
            if *relation == RelationId::SELF =>
        {
            *column = name.clone();
            return;
        }
        other => other,
    };
    part.each(&mut |part| over_column(part, name));
}
