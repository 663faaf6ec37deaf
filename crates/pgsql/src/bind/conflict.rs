//! `on conflict`: the constraint that is meant, and what happens to the row that was there.

use algebra::expression::Expr;
use algebra::names::ColumnName;
use algebra::statement::{Conflict, ConflictAction, ConflictTarget};
use catalog::{IndexKey, Table};

use super::assignment::Goal;
use super::binder::Binder;
use super::clause::Clause;
use super::fail::{Bind, no_column, refused, unsupported};
use super::name::constraint_name;
use super::write::target_entry;
use crate::syntax::change::{self, OnConflict};
use crate::syntax::expression as syntax;
use crate::syntax::expression::ExprKind;
use crate::syntax::name::{Name, Span};
use crate::syntax::table::IndexElement;

use std::sync::Arc;

impl Binder<'_> {
    /// The innermost scope holds the target row.
    pub(crate) fn conflict(&mut self, written: &OnConflict, table: &Arc<Table>) -> Bind<Conflict> {
        let target = match &written.target {
            None => ConflictTarget::Any,
            Some(change::ConflictTarget::Constraint(name)) => constraint(name, table)?,
            Some(change::ConflictTarget::Columns { elements, filter }) => {
                self.inferred(elements, filter.as_ref(), (table, written.span))?
            }
        };
        let change::ConflictAction::Update { assignments, filter } = &written.action else {
            return Ok(Conflict { target, action: ConflictAction::Nothing });
        };
        if target == ConflictTarget::Any {
            let message = "ON CONFLICT DO UPDATE requires inference specification or constraint name";
            return Err(
                refused("42601", message, written.span).with_hint("For example, ON CONFLICT (column_name).")
            );
        }
        let excluded = self.fresh_id();
        let name = Name { text: "excluded".to_owned(), quoted: false, span: written.span };
        let proposed = target_entry(table, excluded, Some(&name));
        let sight = self.level().namespace.clone();
        self.level().namespace.columns.extend(proposed.columns.clone());
        self.level().namespace.entries.push(proposed);
        let set = self.assignments(assignments, &Goal { table })?;
        let filter = match filter {
            Some(filter) => {
                let value = self.within(Clause::ConflictWhere, |binder| binder.expression(filter))?;
                Some(self.condition(value, "WHERE")?)
            }
            None => None,
        };
        self.level().namespace = sight;
        Ok(Conflict { target, action: ConflictAction::Update { excluded, set, filter } })
    }

    fn inferred(
        &mut self,
        elements: &[IndexElement],
        filter: Option<&syntax::Expr>,
        (table, span): (&Arc<Table>, Span),
    ) -> Bind<ConflictTarget> {
        let mut columns = Vec::with_capacity(elements.len());
        for element in elements {
            let ExprKind::Column(name) = &*element.value.kind else {
                return Err(unsupported("an expression in ON CONFLICT", element.span)
                    .with_hint("Name the columns of a unique constraint."));
            };
            let column =
                table.column(&name.last().text).ok_or_else(|| no_column(&name.last().text, name.span))?;
            columns.push(column.name.clone());
        }
        let predicate = match filter {
            Some(filter) => Some(self.predicate_over(filter, table)?),
            None => None,
        };
        if table.is_unique(&columns) {
            return Ok(ConflictTarget::Columns { columns, predicate: None });
        }
        if let Some(predicate) = predicate
            && has_partial(table, &columns, &predicate)
        {
            return Ok(ConflictTarget::Columns { columns, predicate: Some(Box::new(predicate)) });
        }
        let message = "there is no unique or exclusion constraint matching the ON CONFLICT specification";
        Err(refused("42P10", message, span))
    }

    /// The predicate as an index keeps it, over the row itself.
    fn predicate_over(&mut self, filter: &syntax::Expr, table: &Arc<Table>) -> Bind<Expr> {
        let entry = target_entry(table, algebra::expression::RelationId::SELF, None);
        let sight = super::scope::Namespace::of(entry);
        self.nested(sight, Clause::IndexPredicate, |binder| {
            let value = binder.expression(filter)?;
            binder.condition(value, "WHERE")
        })
    }
}

/// Whether a partial unique index over these columns has this predicate.
fn has_partial(table: &Table, columns: &[ColumnName], predicate: &Expr) -> bool {
    table.indexes.iter().filter(|index| index.unique && index.predicate.as_ref() == Some(predicate)).any(
        |index| {
            index.terms.len() == columns.len()
                && index
                    .terms
                    .iter()
                    .all(|term| matches!(&term.key, IndexKey::Column(column) if columns.contains(column)))
        },
    )
}

fn constraint(name: &Name, table: &Table) -> Bind<ConflictTarget> {
    let wanted = constraint_name(name)?;
    let mut keys = table.primary_key.iter().chain(&table.uniques);
    match keys.find(|key| key.name == wanted) {
        Some(key) => Ok(ConflictTarget::Constraint { name: wanted, columns: key.columns.clone() }),
        None => {
            let message = format!(
                "constraint \"{}\" for table \"{}\" does not exist",
                name.text,
                table.name.name.as_str()
            );
            Err(refused("42704", message, name.span))
        }
    }
}
