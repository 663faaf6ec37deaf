//! `alter table`, action by action.

use std::sync::Arc;

use algebra::names::{ColumnName, TableName};

use super::{Applied, no_column, no_relation};
use crate::catalog::Catalog;
use crate::change::AlterTable;
use crate::error::CatalogError;
use crate::table::Column;

impl Catalog {
    pub(super) fn alter_table(&mut self, name: &TableName, action: &AlterTable) -> Applied {
        match action {
            AlterTable::AddColumn { column } => self.add_column(name, column),
            AlterTable::DropColumn { column, cascade } => self.drop_column(name, column, *cascade),
            AlterTable::RenameColumn { from, to } => self.rename_column(name, from, to),
            AlterTable::SetType { column, ty, .. } => self.set_type(name, column, ty),
            AlterTable::SetDefault { column, default } => {
                self.column_mut(name, column)?.default.clone_from(default);
                Ok(())
            }
            AlterTable::SetNotNull { column, not_null } => self.set_not_null(name, column, *not_null),
            AlterTable::SetIdentity { column, identity, default } => {
                let column = self.column_mut(name, column)?;
                column.identity.clone_from(identity);
                column.default.clone_from(default);
                column.not_null |= identity.is_some();
                Ok(())
            }
            AlterTable::DropGenerated { column } => {
                self.column_mut(name, column)?.generated = None;
                Ok(())
            }
            AlterTable::AddPrimaryKey(key) => self.add_primary_key(name, key.clone()),
            AlterTable::AddUnique(key) => self.add_unique(name, key.clone()),
            AlterTable::AddCheck(check) => self.add_check(name, check.clone()),
            AlterTable::AddForeignKey(key) => self.add_foreign_key(name, key.clone()),
            AlterTable::DropConstraint { constraint, cascade } => {
                self.drop_constraint(name, constraint, *cascade)
            }
            AlterTable::RenameConstraint { from, to } => self.rename_constraint(name, from, to),
            AlterTable::RowSecurity { enabled } => {
                self.table_mut(name)?.row_security = *enabled;
                Ok(())
            }
            AlterTable::ForceRowSecurity { forced } => {
                self.table_mut(name)?.row_security_forced = *forced;
                Ok(())
            }
        }
    }

    fn column_mut(&mut self, table: &TableName, column: &ColumnName) -> Result<&mut Column, CatalogError> {
        let missing = no_column(table, column);
        self.table_mut(table)?.column_mut(column.as_str()).ok_or(missing)
    }

    fn add_column(&mut self, name: &TableName, column: &Column) -> Applied {
        let table = self.tables.get_mut(name).ok_or_else(|| no_relation(name))?;
        if table.column(column.name.as_str()).is_some() {
            let message = format!(
                "column \"{}\" of relation \"{}\" already exists",
                column.name.as_str(),
                name.name.as_str()
            );
            return Err(CatalogError::new("42701", message));
        }
        Arc::make_mut(table).columns.push(column.clone());
        Ok(())
    }

    fn set_not_null(&mut self, name: &TableName, column: &ColumnName, not_null: bool) -> Applied {
        let table = self.tables.get(name).ok_or_else(|| no_relation(name))?;
        if !not_null && table.key_columns().contains(column) {
            let message = format!("column \"{}\" is in a primary key", column.as_str());
            return Err(CatalogError::new("42P16", message));
        }
        let own = self.column_mut(name, column)?;
        if !not_null && own.identity.is_some() {
            let message = format!(
                "column \"{}\" of relation \"{}\" is an identity column",
                column.as_str(),
                name.name.as_str()
            );
            return Err(CatalogError::new("42601", message));
        }
        own.not_null = not_null;
        Ok(())
    }
}
