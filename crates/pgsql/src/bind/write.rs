//! Writes: what insert, update and delete share, and the last two.

use algebra::expression::{Expr, RelationId};
use algebra::statement::{Delete, Update, Write};
use algebra::value::Value;
use catalog::{Column, Table};

use super::assignment::Goal;
use super::binder::Binder;
use super::clause::Clause;
use super::fail::{Bind, unsupported};
use super::from::check_distinct;
use super::name::Relation;
use super::scope::{Entry, Namespace};
use crate::syntax::change;
use crate::syntax::name::{Name, ObjectName, Span};
use crate::syntax::statement::StatementKind;

use std::sync::Arc;

impl Binder<'_> {
    /// Binds an insert, update or delete.
    pub(crate) fn write(&mut self, kind: &StatementKind, span: Span) -> Bind<Write> {
        match kind {
            StatementKind::Insert(insert) => Ok(Write::Insert(self.insert(insert)?)),
            StatementKind::Update(update) => Ok(Write::Update(self.update(update)?)),
            StatementKind::Delete(delete) => Ok(Write::Delete(self.delete(delete)?)),
            _ => Err(unsupported("this statement", span)),
        }
    }

    /// The table that is written; views are read only.
    pub(crate) fn written_table(&mut self, name: &ObjectName) -> Bind<Arc<Table>> {
        match self.relation(name)? {
            Relation::Table(table) => Ok(table),
            Relation::View(view) => {
                let what = format!("writing through view \"{}\"", view.name.name.as_str());
                Err(unsupported(&what, name.span).with_hint("Write to the table under the view."))
            }
        }
    }

    fn update(&mut self, update: &change::Update) -> Bind<Update> {
        self.nested(Namespace::default(), Clause::Where, |binder| {
            if let Some(with) = &update.with {
                binder.inlined_ctes(with)?;
            }
            let table = binder.written_table(&update.table.name)?;
            let target = binder.fresh_id();
            let entry = target_entry(&table, target, update.table.alias.as_ref().map(|alias| &alias.name));
            let from = binder.sources(&update.from)?;
            let sight = std::mem::take(&mut binder.level().namespace);
            let mut names = Namespace::of(entry);
            check_distinct(&names, &sight, update.table.span)?;
            names.extend(sight);
            binder.level().namespace = names;
            let set = binder.assignments(&update.assignments, &Goal { table: &table })?;
            let filter = binder.filter(update.filter.as_ref())?;
            let returning = binder.returning(&update.returning)?;
            Ok(Update { table: table.name.clone(), target, set, from, filter, returning })
        })
    }

    fn delete(&mut self, delete: &change::Delete) -> Bind<Delete> {
        self.nested(Namespace::default(), Clause::Where, |binder| {
            if let Some(with) = &delete.with {
                binder.inlined_ctes(with)?;
            }
            let table = binder.written_table(&delete.table.name)?;
            let target = binder.fresh_id();
            let entry = target_entry(&table, target, delete.table.alias.as_ref().map(|alias| &alias.name));
            let using = binder.sources(&delete.using)?;
            let sight = std::mem::take(&mut binder.level().namespace);
            let mut names = Namespace::of(entry);
            check_distinct(&names, &sight, delete.table.span)?;
            names.extend(sight);
            binder.level().namespace = names;
            let filter = binder.filter(delete.filter.as_ref())?;
            let returning = binder.returning(&delete.returning)?;
            Ok(Delete { table: table.name.clone(), target, using, filter, returning })
        })
    }
}

/// The row that is written, by the table's name or its alias.
pub(crate) fn target_entry(table: &Arc<Table>, id: RelationId, alias: Option<&Name>) -> Entry {
    let columns = table.columns.iter().map(|column| (column.name.clone(), column.ty.base.clone()));
    let name = alias.map_or(table.name.name.as_str(), |alias| alias.text.as_str());
    let mut entry = Entry::new(name, id, columns);
    entry.table = Some(table.clone());
    if alias.is_none() {
        entry.schema = Some(table.name.schema.clone());
    }
    entry
}

/// What a column takes when nothing is given.
pub(crate) fn default_of(column: &Column) -> Expr {
    match &column.default {
        Some(default) => default.clone(),
        None => Expr::constant(Value::Null, column.ty.base.clone()),
    }
}
