//! Writes: which rows may be changed, and what new rows must satisfy.
//!
//! New rows are checked by `mainstay.require(condition, message)`, which raises 42501: for inserts in a query around the source,
//! before any constraint, as PostgreSQL does; for updates in `returning`, on the row as it was written.

use algebra::change::PartMut;
use algebra::expression::{Expr, Node, RelationId};
use algebra::names::ColumnName;
use algebra::operation;
use algebra::query::{Distinct, Grouping, Output, Query, Relation, RelationSource, Select, Source};
use algebra::statement::{
    Assignment, Conflict, ConflictAction, ConflictTarget, Delete, Insert, InsertSource, Update, Write,
};
use algebra::types::Type;
use algebra::value::Value;
use catalog::{PolicyCommand, Privilege, Table};

use super::leak::{is_leakproof, policy_first};
use super::read::{Place, is_true, no_limit, output};
use super::rules::Side;
use super::{Denied, Guard};

impl Guard<'_> {
    /// Guards a write and everything in it.
    pub(super) fn write(&mut self, write: &mut Write) -> Result<(), Denied> {
        let Some(table) = self.catalog.table(write.table()) else { return Ok(()) };
        let table = std::sync::Arc::clone(table);
        let reads = self.used.contains_key(&write.target());
        if reads {
            self.check_select(&table.name, &table.grants, write.target(), "table")?;
        }
        match write {
            Write::Insert(insert) => self.insert(insert, &table, reads),
            Write::Update(update) => self.update(update, &table, reads),
            Write::Delete(delete) => self.delete(delete, &table, reads),
        }
    }

    fn update(&mut self, update: &mut Update, table: &Table, reads: bool) -> Result<(), Denied> {
        let columns = update.set.iter().map(|assignment| &assignment.column);
        self.check_columns(&table.name, &table.grants, Privilege::Update, columns)?;
        for assignment in &mut update.set {
            self.expr(&mut assignment.value)?;
        }
        update.filter.iter_mut().try_for_each(|filter| self.expr(filter))?;
        let returning = &mut update.returning;
        returning.iter_mut().try_for_each(|output| self.expr(&mut output.expr))?;
        let mut policy = Vec::new();
        if let Some(from) = &mut update.from {
            let raising = update.filter.as_ref().is_some_and(|filter| !is_leakproof(filter));
            self.source(from, Place::Filter(&mut policy), raising)?;
        }
        policy.push(self.existing(table, PolicyCommand::Update, update.target, reads)?);
        update.filter = filtered(Expr::and(policy), update.filter.take());
        let new = self.rule(table, PolicyCommand::Update, Side::Check, update.target)?;
        let visible = self.visible(table, update.target, reads)?;
        let check = Expr::and(vec![new, visible]);
        if !is_true(&check) {
            update
                .returning
                .push(Output { expr: require(check, table, ""), name: ColumnName::literal("_check") });
        }
        Ok(())
    }

    fn delete(&mut self, delete: &mut Delete, table: &Table, reads: bool) -> Result<(), Denied> {
        self.check_relation(&table.name, &table.grants, Privilege::Delete)?;
        delete.filter.iter_mut().try_for_each(|filter| self.expr(filter))?;
        delete.returning.iter_mut().try_for_each(|output| self.expr(&mut output.expr))?;
        let mut policy = Vec::new();
        if let Some(using) = &mut delete.using {
            let raising = delete.filter.as_ref().is_some_and(|filter| !is_leakproof(filter));
            self.source(using, Place::Filter(&mut policy), raising)?;
        }
        policy.push(self.existing(table, PolicyCommand::Delete, delete.target, reads)?);
        delete.filter = filtered(Expr::and(policy), delete.filter.take());
        Ok(())
    }

    fn insert(&mut self, insert: &mut Insert, table: &Table, reads: bool) -> Result<(), Denied> {
        if insert.columns.is_empty() {
            self.check_any_column(&table.name, &table.grants, Privilege::Insert)?;
        }
        self.check_columns(&table.name, &table.grants, Privilege::Insert, &insert.columns)?;
        match &mut insert.source {
            InsertSource::Query(query) => self.query(query)?,
            InsertSource::Rows { values, .. } => values.iter_mut().try_for_each(|value| self.expr(value))?,
            InsertSource::Defaults => {}
        }
        insert.returning.iter_mut().try_for_each(|output| self.expr(&mut output.expr))?;
        let arbiter = insert.conflict.as_ref().is_some_and(|c| !matches!(c.target, ConflictTarget::Any));
        let reads = reads || arbiter;
        if let Some(conflict) = &mut insert.conflict {
            self.conflict(conflict, table, insert.target, reads)?;
        }
        if !self.bypass {
            let row = self.fresh_id();
            let new = self.rule(table, PolicyCommand::Insert, Side::Check, row)?;
            let visible = self.visible(table, row, reads)?;
            let check = Expr::and(vec![new, visible]);
            if !is_true(&check) {
                self.check_source(insert, table, row, check);
            }
        }
        Ok(())
    }

    /// Wraps the source in a query of all columns that lets only rows through that satisfy `check`, and raises for others.
    fn check_source(&mut self, insert: &mut Insert, table: &Table, row: RelationId, check: Expr) {
        let given = std::mem::take(&mut insert.columns);
        let defaults = std::mem::take(&mut insert.defaults);
        let default_outputs = defaults.into_iter().map(|(name, expr)| Output { expr, name });
        let mut rows = match std::mem::replace(&mut insert.source, InsertSource::Defaults) {
            InsertSource::Query(query) => {
                let id = self.fresh_id();
                let outputs = query
                    .columns()
                    .into_iter()
                    .zip(&given)
                    .map(|((name, ty), column)| Output {
                        expr: Expr::column(id, name, ty),
                        name: column.clone(),
                    })
                    .chain(default_outputs)
                    .collect();
                let source = RelationSource::Query(query);
                Select::from(outputs, Source::Relation(Relation { id, source, lateral: false }))
            }
            InsertSource::Rows { values, .. } => {
                let filter = values.is_empty().then(for_each_row);
                let given = given.iter().zip(values).map(|(name, expr)| Output { expr, name: name.clone() });
                Select { filter, ..without_source(given.chain(default_outputs).collect()) }
            }
            InsertSource::Defaults => without_source(default_outputs.collect()),
        };
        let columns: Vec<_> = rows.outputs.iter().map(|o| (o.name.clone(), o.expr.ty.clone())).collect();
        generate(&mut rows, table);
        let mut inner = Query::select(rows);
        inner.limit = Some(no_limit());
        let outputs = columns.iter().map(|(name, ty)| output(row, name, ty)).collect();
        let source = RelationSource::Query(Box::new(inner));
        let mut outer = Select::from(outputs, Source::Relation(Relation { id: row, source, lateral: false }));
        outer.filter = Some(require(check, table, ""));
        insert.columns = columns.into_iter().map(|(name, _)| name).collect();
        insert.source = InsertSource::Query(Box::new(Query::select(outer)));
    }

    fn conflict(
        &mut self,
        conflict: &mut Conflict,
        table: &Table,
        target: RelationId,
        reads: bool,
    ) -> Result<(), Denied> {
        if let ConflictTarget::Columns { columns, .. } | ConflictTarget::Constraint { columns, .. } =
            &conflict.target
        {
            self.check_columns(&table.name, &table.grants, Privilege::Select, columns)?;
        }
        let ConflictAction::Update { set, filter, .. } = &mut conflict.action else { return Ok(()) };
        let columns = set.iter().map(|assignment| &assignment.column);
        self.check_columns(&table.name, &table.grants, Privilege::Update, columns)?;
        for assignment in set.iter_mut() {
            self.expr(&mut assignment.value)?;
        }
        filter.iter_mut().try_for_each(|filter| self.expr(filter))?;
        let existing = self.existing(table, PolicyCommand::Update, target, reads)?;
        let new = self.rule(table, PolicyCommand::Update, Side::Check, target)?;
        let visible = self.visible(table, target, reads)?;
        let mut check = Expr::and(vec![new, visible]);
        assigned(&mut check, target, set);
        let mut terms = Vec::new();
        if !is_true(&existing) {
            terms.push(require(existing, table, " (USING expression)"));
        }
        if !is_true(&check) {
            terms.push(require(check, table, ""));
        }
        *filter = filtered(Expr::and(terms), filter.take());
        Ok(())
    }

    /// Which existing rows a write may touch: the command's rows, and only visible ones when it reads any column.
    fn existing(
        &mut self,
        table: &Table,
        command: PolicyCommand,
        row: RelationId,
        reads: bool,
    ) -> Result<Expr, Denied> {
        let own = self.rule(table, command, Side::Using, row)?;
        let visible = self.visible(table, row, reads)?;
        Ok(Expr::and(vec![own, visible]))
    }

    /// The select policies, when the write reads any column.
    fn visible(&mut self, table: &Table, row: RelationId, reads: bool) -> Result<Expr, Denied> {
        if reads { self.rule(table, PolicyCommand::Select, Side::Using, row) } else { Ok(Expr::bool(true)) }
    }
}

fn filtered(policy: Expr, filter: Option<Expr>) -> Option<Expr> {
    if filter.is_none() && is_true(&policy) { None } else { Some(policy_first(policy, filter)) }
}

fn without_source(outputs: Vec<Output>) -> Select {
    Select {
        distinct: Distinct::No,
        outputs,
        from: None,
        filter: None,
        grouping: Grouping::None,
        having: None,
    }
}

/// True, and yet about the given row: rows without a member (`[{},{}]`) would otherwise leave nothing in the statement that
/// says that it is meant for each of them.
fn for_each_row() -> Expr {
    let present = Expr::new(Node::RowPresent(0), Type::Bool);
    Expr::new(Node::Or(vec![present, Expr::bool(true)]), Type::Bool)
}

/// Adds the generated columns to the rows, so that a check may read them.
fn generate(rows: &mut Select, table: &Table) {
    for column in &table.columns {
        let Some(generated) = &column.generated else { continue };
        let mut expr = generated.clone();
        let given = rows.outputs.clone();
        substitute(&mut expr, RelationId::SELF, &mut |name| {
            given.iter().find(|output| output.name == *name).map(|output| output.expr.clone())
        });
        rows.outputs.push(Output { expr, name: column.name.clone() });
    }
}

/// In `expr`, the row `target` as it will be after `set`.
fn assigned(expr: &mut Expr, target: RelationId, set: &[Assignment]) {
    substitute(expr, target, &mut |name| {
        set.iter().find(|assignment| assignment.column == *name).map(|assignment| assignment.value.clone())
    });
}

fn substitute(expr: &mut Expr, row: RelationId, value: &mut dyn FnMut(&ColumnName) -> Option<Expr>) {
    if let Node::Column { relation, column } = &expr.node
        && *relation == row
    {
        if let Some(new) = value(column) {
            *expr = new;
        }
        return;
    }
    substitute_parts(PartMut::Expr(expr), row, value);
}

fn substitute_parts(part: PartMut<'_>, row: RelationId, value: &mut dyn FnMut(&ColumnName) -> Option<Expr>) {
    part.each(&mut |part| match part {
        PartMut::Expr(expr) => substitute(expr, row, value),
        part => substitute_parts(part, row, value),
    });
}

/// `mainstay.require(condition, message)`.
fn require(condition: Expr, table: &Table, which: &str) -> Expr {
    let message = format!(
        "new row violates row-level security policy{which} for table \"{}\"",
        table.name.name.as_str()
    );
    let operation = operation::by_symbol("pg_require").expect("the table of operations has pg_require");
    let arguments = vec![condition, Expr::constant(Value::Text(message), Type::Text)];
    Expr::new(Node::Apply { operation, arguments }, Type::Bool)
}
