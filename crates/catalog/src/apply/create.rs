//! New things: schemas, tables, indexes, views, types, sequences, policies, roles, extensions.

use std::collections::BTreeSet;
use std::sync::Arc;

use algebra::names::{ColumnName, PolicyName, QualifiedName, RoleName, SchemaName, TableName};
use algebra::types::EnumType;

use super::{Applied, no_column, no_relation, shown, taken};
use crate::catalog::{Catalog, Domain, Sequence, SequenceOptions, View};
use crate::change::PolicyChange;
use crate::error::CatalogError;
use crate::table::{Index, IndexKey, Policy, Table};

impl Catalog {
    pub(super) fn create_schema(&mut self, name: &SchemaName) -> Applied {
        if self.schemas.insert(name.clone()) {
            Ok(())
        } else {
            Err(CatalogError::new("42P06", format!("schema \"{}\" already exists", name.as_str())))
        }
    }

    fn check_schema(&self, schema: &SchemaName) -> Applied {
        if self.has_schema(schema) {
            Ok(())
        } else {
            Err(CatalogError::new("3F000", format!("schema \"{}\" does not exist", schema.as_str())))
        }
    }

    /// A relation's name must be free in its schema.
    pub(super) fn check_free(&self, name: &QualifiedName) -> Applied {
        self.check_schema(&name.schema)?;
        if self.has_relation(name) { Err(taken(name)) } else { Ok(()) }
    }

    pub(super) fn create_table(&mut self, table: &Table) -> Applied {
        self.check_free(&table.name)?;
        let mut seen = BTreeSet::new();
        if let Some(twice) = table.columns.iter().find(|column| !seen.insert(&column.name)) {
            let message = format!("column \"{}\" specified more than once", twice.name.as_str());
            return Err(CatalogError::new("42701", message));
        }
        let mut bare = table.clone();
        let primary_key = bare.primary_key.take();
        let uniques = std::mem::take(&mut bare.uniques);
        let checks = std::mem::take(&mut bare.checks);
        let foreign_keys = std::mem::take(&mut bare.foreign_keys);
        let indexes = std::mem::take(&mut bare.indexes);
        self.tables.insert(table.name.clone(), Arc::new(bare));
        // One by one, so that each is checked against those before it.
        if let Some(key) = primary_key {
            self.add_primary_key(&table.name, key)?;
        }
        for key in uniques {
            self.add_unique(&table.name, key)?;
        }
        for check in checks {
            self.add_check(&table.name, check)?;
        }
        for index in indexes {
            self.create_index(&table.name, &index)?;
        }
        for key in foreign_keys {
            self.add_foreign_key(&table.name, key)?;
        }
        Ok(())
    }

    pub(super) fn create_index(&mut self, table: &TableName, index: &Index) -> Applied {
        let own = self.tables.get(table).ok_or_else(|| no_relation(table))?;
        let plain = index.terms.iter().filter_map(|term| match &term.key {
            IndexKey::Column(column) => Some(column),
            IndexKey::Expression(_) => None,
        });
        if let Some(missing) =
            plain.chain(&index.include).find(|column| own.column(column.as_str()).is_none())
        {
            let message = format!("column \"{}\" does not exist", missing.as_str());
            return Err(CatalogError::new("42703", message));
        }
        self.check_free(&QualifiedName::new(table.schema.clone(), index.name.clone()))?;
        self.table_mut(table)?.indexes.push(index.clone());
        Ok(())
    }

    pub(super) fn create_view(&mut self, view: &View) -> Applied {
        self.check_free(&view.name)?;
        check_view_columns(&view.columns)?;
        self.views.insert(view.name.clone(), Arc::new(view.clone()));
        Ok(())
    }

    /// The new columns must begin with the old ones.
    pub(super) fn replace_view(&mut self, view: &View) -> Applied {
        let Some(before) = self.views.get(&view.name) else { return self.create_view(view) };
        check_view_columns(&view.columns)?;
        if view.columns.len() < before.columns.len() {
            return Err(CatalogError::new("42P16", "cannot drop columns from view"));
        }
        for ((old, old_type), (new, new_type)) in before.columns.iter().zip(&view.columns) {
            if old != new {
                let message =
                    format!("cannot change name of view column \"{}\" to \"{}\"", old.as_str(), new.as_str());
                return Err(CatalogError::new("42P16", message).with_hint(
                    "Use ALTER VIEW ... RENAME COLUMN ... to change name of view column instead.",
                ));
            }
            if old_type != new_type {
                let message = format!(
                    "cannot change data type of view column \"{}\" from {} to {}",
                    old.as_str(),
                    old_type.name(),
                    new_type.name()
                );
                return Err(CatalogError::new("42P16", message));
            }
        }
        let mut next = view.clone();
        next.grants = before.grants.clone();
        next.comment.clone_from(&before.comment);
        next.column_comments.clone_from(&before.column_comments);
        self.views.insert(view.name.clone(), Arc::new(next));
        Ok(())
    }

    /// Types and relations share one space: a table is a type too.
    pub(super) fn check_type_free(&self, name: &QualifiedName) -> Applied {
        self.check_schema(&name.schema)?;
        let is_type = self.enums.contains_key(name) || self.domains.contains_key(name);
        if is_type || self.tables.contains_key(name) || self.views.contains_key(name) {
            let message = format!("type \"{}\" already exists", name.name.as_str());
            return Err(CatalogError::new("42710", message));
        }
        Ok(())
    }

    pub(super) fn create_enum(&mut self, of: &EnumType) -> Applied {
        self.check_type_free(&of.name)?;
        self.enums.insert(of.name.clone(), Arc::new(of.clone()));
        Ok(())
    }

    pub(super) fn create_domain(&mut self, domain: &Domain) -> Applied {
        self.check_type_free(&domain.name)?;
        self.domains.insert(domain.name.clone(), Arc::new(domain.clone()));
        Ok(())
    }

    pub(super) fn create_sequence(&mut self, sequence: &Sequence) -> Applied {
        self.check_free(&sequence.name)?;
        self.sequences.insert(sequence.name.clone(), Arc::new(sequence.clone()));
        Ok(())
    }

    pub(super) fn alter_sequence(
        &mut self,
        name: &QualifiedName,
        options: SequenceOptions,
        owner: Option<&Option<(TableName, ColumnName)>>,
    ) -> Applied {
        let sequence = Arc::make_mut(self.sequences.get_mut(name).ok_or_else(|| no_relation(name))?);
        sequence.options = options;
        if let Some(owner) = owner {
            sequence.owner.clone_from(owner);
        }
        Ok(())
    }

    pub(super) fn create_policy(&mut self, table: &TableName, policy: &Policy) -> Applied {
        self.check_roles(&policy.roles)?;
        let own = self.table_mut(table)?;
        if own.policies.iter().any(|other| other.name == policy.name) {
            let message = format!(
                "policy \"{}\" for table \"{}\" already exists",
                policy.name.as_str(),
                table.name.as_str()
            );
            return Err(CatalogError::new("42710", message));
        }
        own.policies.push(policy.clone());
        // PostgreSQL looks at them in the order of their names.
        own.policies.sort_by(|left, right| left.name.cmp(&right.name));
        Ok(())
    }

    pub(super) fn alter_policy(
        &mut self,
        table: &TableName,
        name: &PolicyName,
        change: &PolicyChange,
    ) -> Applied {
        if let Some(roles) = &change.roles {
            self.check_roles(roles)?;
        }
        let own = self.table_mut(table)?;
        if let Some(to) = &change.rename
            && own.policies.iter().any(|other| other.name == *to)
        {
            let message =
                format!("policy \"{}\" for table \"{}\" already exists", to.as_str(), table.name.as_str());
            return Err(CatalogError::new("42710", message));
        }
        let policy = own
            .policies
            .iter_mut()
            .find(|policy| policy.name == *name)
            .ok_or_else(|| no_policy(table, name))?;
        if let Some(to) = &change.rename {
            policy.name = to.clone();
        }
        if let Some(roles) = &change.roles {
            policy.roles.clone_from(roles);
        }
        if let Some(command) = change.command {
            policy.command = command;
        }
        if change.using.is_some() {
            policy.using.clone_from(&change.using);
        }
        if change.check.is_some() {
            policy.check.clone_from(&change.check);
        }
        own.policies.sort_by(|left, right| left.name.cmp(&right.name));
        Ok(())
    }

    fn check_roles(&self, roles: &[RoleName]) -> Applied {
        match roles.iter().find(|role| !self.has_role(role) && role.as_str() != "postgres") {
            Some(missing) => Err(no_role(missing)),
            None => Ok(()),
        }
    }

    pub(super) fn create_role(&mut self, role: &RoleName) -> Applied {
        if self.has_role(role) || role.as_str() == "postgres" {
            return Err(CatalogError::new("42710", format!("role \"{}\" already exists", role.as_str())));
        }
        self.roles.insert(role.clone(), BTreeSet::new());
        Ok(())
    }

    /// Makes `member` a member of `role`, or no longer.
    pub(super) fn grant_role(&mut self, role: &RoleName, member: &RoleName, revoke: bool) -> Applied {
        if !self.has_role(role) {
            return Err(no_role(role));
        }
        if !revoke && self.memberships(role).contains(member) {
            let message = format!("role \"{}\" is a member of role \"{}\"", role.as_str(), member.as_str());
            return Err(CatalogError::new("0LP01", message));
        }
        let parents = self.roles.get_mut(member).ok_or_else(|| no_role(member))?;
        if revoke {
            parents.remove(role);
        } else {
            parents.insert(role.clone());
        }
        Ok(())
    }

    pub(super) fn create_extension(&mut self, name: &str) -> Applied {
        if self.extensions.insert(name.to_owned()) {
            Ok(())
        } else {
            Err(CatalogError::new("42710", format!("extension \"{name}\" already exists")))
        }
    }
}

fn check_view_columns(columns: &[(ColumnName, algebra::types::Type)]) -> Applied {
    let mut seen = BTreeSet::new();
    match columns.iter().find(|(name, _)| !seen.insert(name)) {
        Some((twice, _)) => {
            let message = format!("column \"{}\" specified more than once", twice.as_str());
            Err(CatalogError::new("42701", message))
        }
        None => Ok(()),
    }
}

pub(super) fn no_role(role: &RoleName) -> CatalogError {
    CatalogError::new("42704", format!("role \"{}\" does not exist", role.as_str()))
}

pub(super) fn no_policy(table: &TableName, policy: &PolicyName) -> CatalogError {
    let message = format!("policy \"{}\" for table \"{}\" does not exist", policy.as_str(), shown(table));
    CatalogError::new("42704", message)
}

/// The columns of a key must be the table's.
pub(super) fn check_key_columns(table: &Table, columns: &[ColumnName]) -> Applied {
    let mut seen = BTreeSet::new();
    for column in columns {
        if table.column(column.as_str()).is_none() {
            let mut error = no_column(&table.name, column);
            error.message = format!("column \"{}\" named in key does not exist", column.as_str());
            return Err(error);
        }
        if !seen.insert(column) {
            let message = format!("column \"{}\" appears twice in unique constraint", column.as_str());
            return Err(CatalogError::new("42701", message));
        }
    }
    Ok(())
}
