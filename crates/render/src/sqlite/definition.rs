//! Definitions: what SQLite runs for a change of the catalog.
//!
//! Most changes are found by comparing: a table whose definition reads the same before and after is left alone, one that gained
//! plain columns is given them, any other is rebuilt. Only names change in place. Defaults, policies, grants, comments, views and
//! sequences are not in SQLite's schema: the catalog has them. **Must not:** lose a row.

use std::sync::Arc;

use algebra::names::{SchemaName, TableName};
use catalog::{AlterTable, Catalog, Change, DropKind, Table};

use crate::printer::Printer;
use crate::program::{Program, Sql, Step};
use crate::sqlite::Sqlite;

mod conversion;
mod index;
mod rebuild;
mod table;

use conversion::Conversions;

pub use index::is_served;
pub use rebuild::REBUILT;

/// The steps of a change; `None` when SQLite has nothing to do.
pub(super) fn definition(change: &Change, before: &Catalog, after: &Catalog) -> Option<Program> {
    let mut definer = Definer { before, after, steps: Vec::new() };
    match change {
        Change::Rename { what: DropKind::Table, name, to } => {
            let to = TableName::new(name.schema.clone(), to.clone());
            definer.rename_table(name, &to);
        }
        Change::SetSchema { what: DropKind::Table, name, to } => {
            let to = TableName::new(to.clone(), name.name.clone());
            definer.rename_table(name, &to);
        }
        Change::Rename { what: DropKind::Schema, name, to } => {
            definer.rename_schema(&name.schema, to.as_str())
        }
        Change::AlterTable { table, action } => match &**action {
            AlterTable::RenameColumn { from, to } => {
                definer.step(|printer| table::rename_column(printer, table, from, to));
            }
            action => definer.compare(&Conversions::of(table, action)),
        },
        Change::ChangeEnum { name, renamed: Some((from, to)), .. } => {
            definer.compare(&Conversions::relabel(name, from, to));
        }
        _ => definer.compare(&Conversions::default()),
    }
    let steps = definer.steps;
    (!steps.is_empty()).then_some(Program { steps, writes: true, defines: true })
}

struct Definer<'a> {
    before: &'a Catalog,
    after: &'a Catalog,
    steps: Vec<Step>,
}

impl Definer<'_> {
    /// One step, over the catalog as it was.
    fn step(&mut self, write: impl FnOnce(&mut Printer<'_>)) {
        let mut printer = Printer::new(&Sqlite, self.before, FREE_ID);
        write(&mut printer);
        self.push(printer.finish(Vec::new()));
    }

    fn push(&mut self, sql: Sql) {
        self.steps.push(Step { sql, each_row: false, stage: None, counts: false, writes: None });
    }

    /// Says which table the last step fills, by which its errors are named.
    fn last_writes(&mut self, table: &TableName) {
        if let Some(step) = self.steps.last_mut() {
            step.writes = Some(table.clone());
        }
    }

    /// `alter table "a" rename to "b"`, and indexes whose stored names hold the schema are made again.
    fn rename_table(&mut self, from: &TableName, to: &TableName) {
        self.step(|printer| table::rename(printer, from, to));
        if let (Some(old), Some(new)) = (self.before.table(from), self.after.table(to)) {
            let (old, new) = (Arc::clone(old), Arc::clone(new));
            self.compare_indexes(&old, &new, &to.clone());
        }
    }

    fn rename_schema(&mut self, from: &SchemaName, to: &str) {
        let moved: Vec<_> =
            self.before.tables().filter(|table| table.name.schema == *from).cloned().collect();
        for table in moved {
            if let Ok(schema) = SchemaName::parse(to) {
                self.rename_table(&table.name, &TableName::new(schema, table.name.name.clone()));
            }
        }
    }

    /// Brings every table from what it was to what it is.
    fn compare(&mut self, conversions: &Conversions<'_>) {
        let (before, after) = (self.before, self.after);
        for old in before.tables().filter(|old| after.table(&old.name).is_none()) {
            self.step(|printer| table::drop(printer, &old.name));
        }
        for new in after.tables() {
            match before.table(&new.name) {
                None => {
                    self.push(table::create(new, &new.name, after));
                    self.create_indexes(new);
                }
                Some(old) if Arc::ptr_eq(old, new) && !conversions.touch(old) => {}
                Some(old) => self.compare_table(old, new, conversions),
            }
        }
    }

    fn compare_table(&mut self, old: &Table, new: &Table, conversions: &Conversions<'_>) {
        let converted = conversions.touch(old);
        let same = table::create(old, &old.name, self.before) == table::create(new, &new.name, self.after);
        if !same
            && !converted
            && let Some(added) = table::added(old, new)
        {
            for column in added {
                self.push(table::add_column(new, column, self.after));
            }
        } else if !same || converted {
            rebuild::rebuild(self, old, new, conversions);
            return;
        }
        self.compare_indexes(old, new, &new.name);
    }

    /// Drops what is gone or different and makes what is new or different.
    fn compare_indexes(&mut self, old: &Table, new: &Table, on: &TableName) {
        let (old, new) = (index::all(old, &on.clone(), self.before), index::all(new, on, self.after));
        for (name, _) in old.iter().filter(|index| !new.contains(index)) {
            self.step(|printer| index::drop(printer, name));
        }
        for (_, sql) in new.into_iter().filter(|index| !old.contains(index)) {
            self.push(sql);
        }
    }

    fn create_indexes(&mut self, table: &Table) {
        for (_, sql) in index::all(table, &table.name, self.after) {
            self.push(sql);
        }
    }
}

/// Expressions that a table owns number their relations from 0; these are above.
const FREE_ID: u32 = 1 << 16;
