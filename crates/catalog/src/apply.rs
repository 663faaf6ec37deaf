//! Applying changes: catalog and change in, new catalog out.
//!
//! **Must not:** change anything but the catalog; what an engine has to do for a change is `render`'s.

mod create;
mod alter;
mod constraint;
mod column;
mod retype;
mod drop;
mod rename;
mod uses;
mod dependents;
mod types;

use algebra::names::{ColumnName, QualifiedName, TableName};

use crate::catalog::Catalog;
use crate::change::{Change, CommentTarget};
use crate::error::CatalogError;
use crate::privilege::Grant;
use crate::table::Table;

/// What every step of applying answers.
type Applied = Result<(), CatalogError>;

impl Catalog {
    /// The catalog after a change. This one stays as it is.
    ///
    /// # Errors
    /// [`CatalogError`] with PostgreSQL's code when the change does not fit: 42P07 exists already, 42P01 no such table, 2BP01
    /// other things depend on it …
    pub fn apply(&self, change: &Change) -> Result<Catalog, CatalogError> {
        let mut next = self.clone();
        next.version += 1;
        next.carry_out(change)?;
        Ok(next)
    }

    fn carry_out(&mut self, change: &Change) -> Applied {
        match change {
            Change::CreateSchema(name) => self.create_schema(name),
            Change::CreateTable(table) => self.create_table(table),
            Change::AlterTable { table, action } => self.alter_table(table, action),
            Change::CreateIndex { table, index } => self.create_index(table, index),
            Change::CreateView(view) => self.create_view(view),
            Change::ReplaceView(view) => self.replace_view(view),
            Change::CreateEnum(of) => self.create_enum(of),
            Change::ChangeEnum { name, labels, renamed } => self.change_enum(name, labels, renamed.as_ref()),
            Change::CreateDomain(domain) => self.create_domain(domain),
            Change::CreateSequence(sequence) => self.create_sequence(sequence),
            Change::AlterSequence { name, options, owner, .. } => {
                self.alter_sequence(name, *options, owner.as_ref())
            }
            Change::CreatePolicy { table, policy } => self.create_policy(table, policy),
            Change::AlterPolicy { table, policy, change } => self.alter_policy(table, policy, change),
            Change::GrantOnRelation { relation, grant } => self.grant(relation, grant),
            Change::DefaultPrivileges { schema, grant } => {
                self.default_grants.entry(schema.clone()).or_default().apply(grant);
                Ok(())
            }
            Change::CreateRole(role) => self.create_role(role),
            Change::GrantRole { role, member, revoke } => self.grant_role(role, member, *revoke),
            Change::CreateExtension(name) => self.create_extension(name),
            Change::Comment { on, text } => self.comment(on, text.as_ref()),
            Change::Rename { what, name, to } => self.rename(*what, name, to),
            Change::SetSchema { what, name, to } => self.set_schema(*what, name, to),
            Change::Drop(drop) => self.drop_object(drop),
        }
    }

    /// The table, to be changed.
    fn table_mut(&mut self, name: &TableName) -> Result<&mut Table, CatalogError> {
        self.tables.get_mut(name).map(std::sync::Arc::make_mut).ok_or_else(|| no_relation(name))
    }

    fn grant(&mut self, relation: &TableName, grant: &Grant) -> Applied {
        let columns = self.columns(relation).ok_or_else(|| no_relation(relation))?;
        for column in &grant.columns {
            if columns.iter().all(|(name, _)| name != column) {
                return Err(no_column(relation, column));
            }
        }
        if let Some(table) = self.tables.get_mut(relation) {
            std::sync::Arc::make_mut(table).grants.apply(grant);
        } else if let Some(view) = self.views.get_mut(relation) {
            std::sync::Arc::make_mut(view).grants.apply(grant);
        }
        Ok(())
    }

    fn comment(&mut self, on: &CommentTarget, text: Option<&String>) -> Applied {
        match on {
            CommentTarget::Other => {}
            CommentTarget::Table(name) => {
                if let Some(view) = self.views.get_mut(name) {
                    std::sync::Arc::make_mut(view).comment = text.cloned();
                } else {
                    self.table_mut(name)?.comment = text.cloned();
                }
            }
            CommentTarget::Column { relation, column } => {
                if let Some(view) = self.views.get_mut(relation) {
                    let view = std::sync::Arc::make_mut(view);
                    match text {
                        Some(text) => view.column_comments.insert(column.clone(), text.clone()),
                        None => view.column_comments.remove(column),
                    };
                } else {
                    let missing = no_column(relation, column);
                    let table = self.table_mut(relation)?;
                    table.column_mut(column.as_str()).ok_or(missing)?.comment = text.cloned();
                }
            }
        }
        Ok(())
    }
}

/// A name as messages show it: `public` is left out.
fn shown(name: &QualifiedName) -> String {
    if name.is_public() {
        name.name.as_str().to_owned()
    } else {
        format!("{}.{}", name.schema.as_str(), name.name.as_str())
    }
}

fn no_relation(name: &QualifiedName) -> CatalogError {
    CatalogError::new("42P01", format!("relation \"{}\" does not exist", shown(name)))
}

fn no_column(relation: &QualifiedName, column: &ColumnName) -> CatalogError {
    let message =
        format!("column \"{}\" of relation \"{}\" does not exist", column.as_str(), relation.name.as_str());
    CatalogError::new("42703", message)
}

fn taken(name: &QualifiedName) -> CatalogError {
    CatalogError::new("42P07", format!("relation \"{}\" already exists", name.name.as_str()))
}

#[cfg(test)]
mod tests;
