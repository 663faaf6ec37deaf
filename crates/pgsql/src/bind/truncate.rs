//! `truncate`: a delete of every row of each table, referencing tables first.

use std::sync::Arc;

use algebra::statement::{Delete, Statement, Write};
use catalog::{Change, Table};

use super::binder::Binder;
use super::fail::{Bind, refused};
use crate::diagnostic::Diagnostic;
use crate::syntax::change::Truncate;
use crate::syntax::name::Span;

impl Binder<'_> {
    pub(crate) fn truncate(&mut self, truncate: &Truncate, span: Span) -> Bind<()> {
        let mut tables: Vec<Arc<Table>> = Vec::with_capacity(truncate.tables.len());
        for table in &truncate.tables {
            let table = self.written_table(&table.name)?;
            if tables.iter().all(|other| other.name != table.name) {
                tables.push(table);
            }
        }
        while let Some((table, other)) = self.referring(&tables) {
            if !truncate.cascade {
                return Err(referenced(&table, &other, span));
            }
            tables.push(other);
        }
        while let Some(table) = next(&mut tables) {
            let delete = Delete {
                table: table.name.clone(),
                target: self.fresh_id(),
                using: None,
                filter: None,
                returning: Vec::new(),
            };
            self.prepared(Statement::Write(Write::Delete(delete)), span)?;
            if truncate.restart_identity {
                self.restart_identities(&table, span)?;
            }
        }
        Ok(())
    }

    /// A table among them that another one refers to, and that one.
    fn referring(&self, tables: &[Arc<Table>]) -> Option<(Arc<Table>, Arc<Table>)> {
        let among = |other: &Arc<Table>| tables.iter().any(|table| table.name == other.name);
        tables.iter().find_map(|table| {
            let other = self.catalog.tables().find(|other| !among(other) && refers(other, table))?;
            Some((table.clone(), other.clone()))
        })
    }

    fn restart_identities(&mut self, table: &Table, span: Span) -> Bind<()> {
        let owned: Vec<_> = self
            .catalog
            .sequences()
            .filter(|sequence| sequence.owner.as_ref().is_some_and(|(owner, _)| *owner == table.name))
            .cloned()
            .collect();
        for sequence in owned {
            let change = Change::AlterSequence {
                name: sequence.name.clone(),
                options: sequence.options,
                restart: Some(sequence.options.start),
                owner: None,
            };
            self.change(change, span)?;
        }
        Ok(())
    }
}

fn refers(table: &Table, to: &Table) -> bool {
    table.name != to.name && table.foreign_keys.iter().any(|key| key.table == to.name)
}

/// Takes a table that no other of them refers to; of a circle, the first.
fn next(tables: &mut Vec<Arc<Table>>) -> Option<Arc<Table>> {
    if tables.is_empty() {
        return None;
    }
    let free = tables.iter().position(|table| tables.iter().all(|other| !refers(other, table)));
    Some(tables.remove(free.unwrap_or(0)))
}

fn referenced(table: &Table, other: &Table, span: Span) -> Diagnostic {
    let (table, other) = (table.name.name.as_str(), other.name.name.as_str());
    let message = "cannot truncate a table referenced in a foreign key constraint";
    refused("0A000", message, span)
        .with_detail(format!("Table \"{other}\" references \"{table}\"."))
        .with_hint(format!("Truncate table \"{other}\" at the same time, or use TRUNCATE ... CASCADE."))
}
