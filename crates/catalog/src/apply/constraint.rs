//! Constraints of a table: adding, dropping, renaming.

use algebra::names::{ConstraintName, LocalName, QualifiedName, TableName};
use algebra::operation::coercion::is_implicit;

use super::create::check_key_columns;
use super::dependents::{Target, refuse};
use super::{Applied, no_relation, shown};
use crate::catalog::Catalog;
use crate::error::CatalogError;
use crate::table::{Check, ForeignKey, Key, Table};

impl Catalog {
    pub(super) fn add_primary_key(&mut self, name: &TableName, key: Key) -> Applied {
        let table = self.tables.get(name).ok_or_else(|| no_relation(name))?;
        if table.primary_key.is_some() {
            let message =
                format!("multiple primary keys for table \"{}\" are not allowed", name.name.as_str());
            return Err(CatalogError::new("42P16", message));
        }
        check_key_columns(table, &key.columns)?;
        self.check_constraint_free(name, &key.name, true)?;
        let table = self.table_mut(name)?;
        for column in &mut table.columns {
            column.not_null |= key.columns.contains(&column.name);
        }
        table.primary_key = Some(key);
        Ok(())
    }

    pub(super) fn add_unique(&mut self, name: &TableName, key: Key) -> Applied {
        let table = self.tables.get(name).ok_or_else(|| no_relation(name))?;
        check_key_columns(table, &key.columns)?;
        self.check_constraint_free(name, &key.name, true)?;
        self.table_mut(name)?.uniques.push(key);
        Ok(())
    }

    pub(super) fn add_check(&mut self, name: &TableName, check: Check) -> Applied {
        self.check_constraint_free(name, &check.name, false)?;
        self.table_mut(name)?.checks.push(check);
        Ok(())
    }

    /// The referenced columns must be a key, and both sides comparable.
    pub(super) fn add_foreign_key(&mut self, name: &TableName, key: ForeignKey) -> Applied {
        let table = self.tables.get(name).ok_or_else(|| no_relation(name))?;
        let referenced = self.tables.get(&key.table).ok_or_else(|| no_relation(&key.table))?;
        if let Some(missing) = key.columns.iter().find(|column| table.column(column.as_str()).is_none()) {
            let message = format!(
                "column \"{}\" referenced in foreign key constraint does not exist",
                missing.as_str()
            );
            return Err(CatalogError::new("42703", message));
        }
        if let Some(missing) = key.referenced.iter().find(|c| referenced.column(c.as_str()).is_none()) {
            let message = format!(
                "column \"{}\" referenced in foreign key constraint does not exist",
                missing.as_str()
            );
            return Err(CatalogError::new("42703", message));
        }
        if key.columns.len() != key.referenced.len() {
            let message = "number of referencing and referenced columns for foreign key disagree";
            return Err(CatalogError::new("42830", message));
        }
        if !is_key(referenced, &key) {
            let message = format!(
                "there is no unique constraint matching given keys for referenced table \"{}\"",
                key.table.name.as_str()
            );
            return Err(CatalogError::new("42830", message));
        }
        check_comparable(table, referenced, &key)?;
        self.check_constraint_free(name, &key.name, false)?;
        self.table_mut(name)?.foreign_keys.push(key);
        Ok(())
    }

    fn check_constraint_free(&self, table: &TableName, name: &ConstraintName, indexed: bool) -> Applied {
        let own = self.tables.get(table).ok_or_else(|| no_relation(table))?;
        if own.constraint_names().any(|other| other == name) {
            let message = format!(
                "constraint \"{}\" for relation \"{}\" already exists",
                name.as_str(),
                table.name.as_str()
            );
            return Err(CatalogError::new("42710", message));
        }
        // The index of a key is a relation of the same name.
        if indexed && let Ok(index) = LocalName::parse(name.as_str()) {
            self.check_free(&QualifiedName::new(table.schema.clone(), index))?;
        }
        Ok(())
    }

    pub(super) fn drop_constraint(
        &mut self,
        name: &TableName,
        constraint: &ConstraintName,
        cascade: bool,
    ) -> Applied {
        let table = self.tables.get(name).ok_or_else(|| no_relation(name))?;
        if !table.constraint_names().any(|other| other == constraint) {
            return Err(no_constraint(name, constraint));
        }
        let key = table.primary_key.iter().chain(&table.uniques).find(|key| key.name == *constraint);
        if let Some(key) = key {
            let target = Target::Key { table: name.clone(), columns: key.columns.clone() };
            let dependents = self.dependents(&target);
            let what = format!("constraint {} on table {}", constraint.as_str(), shown(name));
            refuse(&what, &format!("index {}", constraint.as_str()), &dependents, cascade)?;
            self.drop_dependents(dependents)?;
        }
        let table = self.table_mut(name)?;
        table.primary_key = table.primary_key.take().filter(|key| key.name != *constraint);
        table.uniques.retain(|key| key.name != *constraint);
        table.checks.retain(|check| check.name != *constraint);
        table.foreign_keys.retain(|key| key.name != *constraint);
        Ok(())
    }

    pub(super) fn rename_constraint(
        &mut self,
        table: &TableName,
        from: &ConstraintName,
        to: &ConstraintName,
    ) -> Applied {
        let own = self.tables.get(table).ok_or_else(|| no_relation(table))?;
        let indexed = own.primary_key.iter().chain(&own.uniques).any(|key| key.name == *from);
        self.check_constraint_free(table, to, indexed)?;
        let own = self.table_mut(table)?;
        let keys = own.primary_key.iter_mut().chain(&mut own.uniques).map(|key| &mut key.name);
        let names = keys
            .chain(own.checks.iter_mut().map(|check| &mut check.name))
            .chain(own.foreign_keys.iter_mut().map(|key| &mut key.name));
        match names.into_iter().find(|name| **name == *from) {
            Some(name) => {
                *name = to.clone();
                Ok(())
            }
            None => Err(no_constraint(table, from)),
        }
    }
}

fn no_constraint(table: &TableName, constraint: &ConstraintName) -> CatalogError {
    let message = format!(
        "constraint \"{}\" of relation \"{}\" does not exist",
        constraint.as_str(),
        table.name.as_str()
    );
    CatalogError::new("42704", message)
}

/// Whether the referenced columns are a key that is not deferrable.
fn is_key(table: &Table, key: &ForeignKey) -> bool {
    table.is_unique(&key.referenced)
}

fn check_comparable(table: &Table, referenced: &Table, key: &ForeignKey) -> Applied {
    for (own, other) in key.columns.iter().zip(&key.referenced) {
        let (Some(own), Some(other)) = (table.column(own.as_str()), referenced.column(other.as_str())) else {
            continue;
        };
        let (left, right) = (&own.ty.base, &other.ty.base);
        if left != right && !is_implicit(left, right) && !is_implicit(right, left) {
            let message = format!("foreign key constraint \"{}\" cannot be implemented", key.name.as_str());
            let detail = format!(
                "Key columns \"{}\" and \"{}\" are of incompatible types: {} and {}.",
                own.name.as_str(),
                other.name.as_str(),
                left.name(),
                right.name()
            );
            return Err(CatalogError::new("42804", message).with_detail(detail));
        }
    }
    Ok(())
}
