//! Writes: `insert`, `update`, `delete`, `on conflict`, `returning`.

use algebra::expression::{Expr, RelationId};
use algebra::names::{ColumnName, TableName};
use algebra::query::{Output, Source};
use algebra::statement::{Assignment, Conflict, ConflictAction, Insert, Update, Write};

use crate::printer::{Called, OutputNames, Printer};

impl Printer<'_> {
    /// A write.
    pub(crate) fn write(&mut self, write: &Write) {
        self.note_table(write.target(), write.table(), false);
        match write {
            Write::Insert(insert) => self.dialect.insert(self, insert),
            Write::Update(update) => self.update(update),
            Write::Delete(delete) => self.dialect.delete(self, delete),
        }
    }

    /// `insert into "tasks" as t1 ("title", "done") `, before the source.
    pub(crate) fn insert_head(&mut self, insert: &Insert, columns: &[ColumnName]) {
        self.keyword("insert into ");
        self.target(&insert.table, insert.target);
        if !columns.is_empty() {
            self.keyword(" (");
            self.columns(columns);
            self.keyword(")");
        }
        self.keyword(" ");
    }

    /// ` on conflict ("id") do update set "title" = excluded."title" where … returning …`, behind the source.
    pub(crate) fn insert_tail(&mut self, insert: &Insert) {
        if let Some(conflict) = &insert.conflict {
            self.conflict(conflict, insert.target);
        }
        self.returning(&insert.table, insert.target, &insert.returning);
    }

    fn conflict(&mut self, conflict: &Conflict, target: RelationId) {
        self.keyword(" on conflict");
        self.as_definition(target, |printer| {
            printer.dialect.conflict_target(printer, &conflict.target);
        });
        match &conflict.action {
            ConflictAction::Nothing => self.keyword(" do nothing"),
            ConflictAction::Update { excluded, set, filter } => {
                let before = self.call(*excluded, Called::Excluded);
                self.keyword(" do update set ");
                self.conflict_assignments(target, set);
                self.where_clause(filter.as_ref());
                self.call_again(*excluded, before);
            }
        }
    }

    fn conflict_assignments(&mut self, target: RelationId, set: &[Assignment]) {
        if let Some((first, rest)) = set.split_first() {
            self.out.ident(first.column.as_str());
            self.keyword(" = ");
            self.dialect.conflict_value(self, target, &first.value);
            for assignment in rest {
                self.keyword(", ");
                self.assignment(target, assignment);
            }
        }
    }

    /// `"a" = 1`.
    fn assignment(&mut self, target: RelationId, assignment: &Assignment) {
        self.out.ident(assignment.column.as_str());
        self.keyword(" = ");
        self.dialect.assigned(self, target, assignment);
    }

    /// `update "tasks" as t1 set "done" = 1 from … where … returning …`.
    fn update(&mut self, update: &Update) {
        self.note_source(update.from.as_ref());
        self.keyword("update ");
        self.target(&update.table, update.target);
        self.keyword(" set ");
        self.list(&update.set, |printer, assignment| printer.assignment(update.target, assignment));
        self.more_sources(" from ", update.from.as_ref());
        self.where_clause(update.filter.as_ref());
        self.returning(&update.table, update.target, &update.returning);
    }

    /// `"tasks" as t1`.
    pub(crate) fn target(&mut self, table: &TableName, target: RelationId) {
        self.dialect.table(self, table);
        self.keyword(" as ");
        self.out.alias(target);
    }

    /// ` where …`.
    pub(crate) fn where_clause(&mut self, filter: Option<&Expr>) {
        if let Some(filter) = filter {
            self.keyword(" where ");
            self.expr(filter);
        }
    }

    /// ` from …`, ` using …`.
    pub(crate) fn more_sources(&mut self, word: &'static str, source: Option<&Source>) {
        if let Some(source) = source {
            self.keyword(word);
            self.source(source);
        }
    }

    /// ` returning t1."id" as "id"`.
    pub(crate) fn returning(&mut self, table: &TableName, target: RelationId, outputs: &[Output]) {
        if outputs.is_empty() {
            return;
        }
        let called = self.dialect.called_in_returning(table);
        let before = called.map(|called| self.call(target, called));
        self.keyword(" returning ");
        self.outputs(outputs, OutputNames::Own, false);
        if let Some(before) = before {
            self.call_again(target, before);
        }
    }
}
