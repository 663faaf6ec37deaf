//! Foreign keys: the referenced columns filled in, the actions, the name.

use algebra::names::ColumnName;
use catalog::{ForeignKey, ReferentialAction, Table};

use super::binder::Binder;
use super::fail::{Bind, refused, unsupported};
use super::name::{column_name, constraint_name};
use super::table::{Draft, DraftForeignKey, deferral};
use crate::syntax::name::{Name, Span};
use crate::syntax::table::{MatchKind, ReferentialAction as Written};

use std::sync::Arc;

impl Binder<'_> {
    pub(crate) fn foreign_key(&mut self, draft: &mut Draft, key: &DraftForeignKey) -> Bind<ForeignKey> {
        match key.target.match_kind {
            MatchKind::Full if key.columns.len() > 1 => {
                return Err(unsupported("match full", key.target.span));
            }
            MatchKind::Partial => {
                return Err(refused("0A000", "MATCH PARTIAL not yet implemented", key.target.span));
            }
            _ => {}
        }
        let referenced_table = self.referenced_table(draft, key)?;
        let columns = named(&key.columns, &draft.table)?;
        let referenced = if key.target.columns.is_empty() {
            let primary = referenced_table.primary_key.as_ref().ok_or_else(|| {
                let message = format!(
                    "there is no primary key for referenced table \"{}\"",
                    referenced_table.name.name.as_str()
                );
                refused("42704", message, key.target.span)
            })?;
            primary.columns.clone()
        } else {
            named(&key.target.columns, &referenced_table)?
        };
        if columns.len() != referenced.len() {
            let message = "number of referencing and referenced columns for foreign key disagree";
            return Err(refused("42830", message, key.span));
        }
        let name = match &key.name {
            Some(name) => {
                draft.taken.insert(&name.text);
                constraint_name(name)?
            }
            None => {
                let joined = columns.iter().map(ColumnName::as_str).collect::<Vec<_>>().join("_");
                self.constraint_named(draft, None, (&joined, "fkey"), key.span)?
            }
        };
        let (deferrable, initially_deferred) = deferral(key.attributes);
        Ok(ForeignKey {
            name,
            columns,
            table: referenced_table.name.clone(),
            referenced,
            on_delete: action(&key.target.on_delete, key.target.span)?,
            on_update: action(&key.target.on_update, key.target.span)?,
            deferrable,
            initially_deferred,
        })
    }

    /// The referenced table, which may be the one that is being made.
    fn referenced_table(&self, draft: &Draft, key: &DraftForeignKey) -> Bind<Arc<Table>> {
        let own = &draft.table.name;
        let candidates = self.possible(&key.target.table)?;
        let first = candidates.iter().find(|name| *name == own || self.catalog.table(name).is_some());
        match first {
            Some(name) if name == own => Ok(Arc::new(draft.table.clone())),
            _ => self.table(&key.target.table),
        }
    }
}

fn named(written: &[Name], table: &Table) -> Bind<Vec<ColumnName>> {
    let mut columns = Vec::with_capacity(written.len());
    for name in written {
        if table.column(&name.text).is_none() {
            let message =
                format!("column \"{}\" referenced in foreign key constraint does not exist", name.text);
            return Err(refused("42703", message, name.span));
        }
        columns.push(column_name(name)?);
    }
    Ok(columns)
}

fn action(written: &Written, span: Span) -> Bind<ReferentialAction> {
    match written {
        Written::NoAction => Ok(ReferentialAction::NoAction),
        Written::Restrict => Ok(ReferentialAction::Restrict),
        Written::Cascade => Ok(ReferentialAction::Cascade),
        Written::SetNull(columns) if columns.is_empty() => Ok(ReferentialAction::SetNull),
        Written::SetDefault(columns) if columns.is_empty() => Ok(ReferentialAction::SetDefault),
        Written::SetNull(_) | Written::SetDefault(_) => {
            Err(unsupported("a referential action over some of the columns", span))
        }
    }
}
