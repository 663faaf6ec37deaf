//! `drop`: what is dropped, what goes with it, what stands in the way.

use algebra::names::{ConstraintName, PolicyName, RoleName};
use algebra::names::{QualifiedName, SchemaName, TableName};

use super::create::{no_policy, no_role};
use super::dependents::{Dependent, Target, refuse};
use super::{Applied, no_relation, shown};
use crate::catalog::Catalog;
use crate::change::{Drop, DropKind};
use crate::error::CatalogError;
use crate::privilege::Grantee;

impl Catalog {
    pub(super) fn drop_object(&mut self, drop: &Drop) -> Applied {
        match drop.kind {
            DropKind::Table => self.drop_table(&drop.name, drop.cascade),
            DropKind::View => {
                if !self.views.contains_key(&drop.name) {
                    let message = format!("view \"{}\" does not exist", shown(&drop.name));
                    return Err(CatalogError::new("42P01", message));
                }
                let dependents = self.dependents(&Target::Relation(drop.name.clone()));
                let what = format!("view {}", shown(&drop.name));
                refuse(&what, &what, &dependents, drop.cascade)?;
                self.drop_view(&drop.name)
            }
            DropKind::Index => self.drop_index(&drop.name),
            DropKind::Sequence => self.drop_sequence(&drop.name, drop.cascade),
            DropKind::Type => self.drop_type(&drop.name, drop.cascade),
            DropKind::Schema => self.drop_schema(&drop.name.schema, drop.cascade),
            DropKind::Policy => self.drop_policy(drop),
            DropKind::Role => self.drop_role(&drop.name),
            DropKind::Extension => {
                let name = drop.name.name.as_str();
                if self.extensions.remove(name) {
                    Ok(())
                } else {
                    Err(CatalogError::new("42704", format!("extension \"{name}\" does not exist")))
                }
            }
        }
    }

    fn drop_table(&mut self, name: &TableName, cascade: bool) -> Applied {
        if self.table_arc(name).is_none() {
            return Err(CatalogError::new("42P01", format!("table \"{}\" does not exist", shown(name))));
        }
        let dependents = self.dependents(&Target::Relation(name.clone()));
        let what = format!("table {}", shown(name));
        refuse(&what, &what, &dependents, cascade)?;
        self.drop_dependents(dependents)?;
        self.tables.shift_remove(name);
        self.sequences.retain(|_, sequence| sequence.owner.as_ref().is_none_or(|(table, _)| table != name));
        Ok(())
    }

    fn drop_index(&mut self, name: &QualifiedName) -> Applied {
        let missing = || CatalogError::new("42704", format!("index \"{}\" does not exist", shown(name)));
        let table = self.index_table(name).ok_or_else(missing)?.name.clone();
        let own = self.table_mut(&table)?;
        let before = own.indexes.len();
        own.indexes.retain(|index| index.name != name.name);
        if own.indexes.len() == before {
            let constraint = name.name.as_str();
            let message = format!(
                "cannot drop index {constraint} because constraint {constraint} on table {} requires it",
                shown(&table)
            );
            let hint = format!("You can drop constraint {constraint} on table {} instead.", shown(&table));
            return Err(CatalogError::new("2BP01", message).with_hint(hint));
        }
        Ok(())
    }

    fn drop_sequence(&mut self, name: &QualifiedName, cascade: bool) -> Applied {
        let Some(sequence) = self.sequences.get(name) else {
            return Err(CatalogError::new("42P01", format!("sequence \"{}\" does not exist", shown(name))));
        };
        let identity = |(table, column): &(TableName, algebra::names::ColumnName)| {
            let column = self.table_arc(table)?.column(column.as_str())?;
            column.identity.as_ref().filter(|identity| identity.sequence == *name)?;
            Some(format!("column {} of table {}", column.name.as_str(), shown(table)))
        };
        if let Some(column) = sequence.owner.as_ref().and_then(identity) {
            let what = format!("sequence {}", shown(name));
            let message = format!("cannot drop {what} because {column} requires it");
            return Err(
                CatalogError::new("2BP01", message).with_hint(format!("You can drop {column} instead."))
            );
        }
        let dependents = self.dependents(&Target::Sequence(name.clone()));
        let what = format!("sequence {}", shown(name));
        refuse(&what, &what, &dependents, cascade)?;
        self.drop_dependents(dependents)?;
        self.sequences.remove(name);
        Ok(())
    }

    fn drop_type(&mut self, name: &QualifiedName, cascade: bool) -> Applied {
        if !self.enums.contains_key(name) && !self.domains.contains_key(name) {
            return Err(CatalogError::new("42704", format!("type \"{}\" does not exist", shown(name))));
        }
        let dependents = self.dependents(&Target::Type(name.clone()));
        let what = format!("type {}", shown(name));
        refuse(&what, &what, &dependents, cascade)?;
        self.drop_dependents(dependents)?;
        self.enums.remove(name);
        self.domains.remove(name);
        Ok(())
    }

    fn drop_schema(&mut self, schema: &SchemaName, cascade: bool) -> Applied {
        if !self.has_schema(schema) {
            let message = format!("schema \"{}\" does not exist", schema.as_str());
            return Err(CatalogError::new("3F000", message));
        }
        let mut inside: Vec<(DropKind, QualifiedName)> = Vec::new();
        let of = |name: &&QualifiedName| name.schema == *schema;
        inside.extend(self.views.keys().filter(of).map(|name| (DropKind::View, name.clone())));
        inside.extend(self.tables.keys().filter(of).map(|name| (DropKind::Table, name.clone())));
        inside.extend(self.sequences.keys().filter(of).map(|name| (DropKind::Sequence, name.clone())));
        inside.extend(self.enums.keys().filter(of).map(|name| (DropKind::Type, name.clone())));
        inside.extend(self.domains.keys().filter(of).map(|name| (DropKind::Type, name.clone())));
        if !inside.is_empty() && !cascade {
            let lines: Vec<_> = inside
                .iter()
                .map(|(kind, name)| {
                    format!("{} {} depends on schema {}", word(*kind), shown(name), schema.as_str())
                })
                .collect();
            let message =
                format!("cannot drop schema {} because other objects depend on it", schema.as_str());
            return Err(CatalogError::new("2BP01", message)
                .with_detail(lines.join("\n"))
                .with_hint("Use DROP ... CASCADE to drop the dependent objects too."));
        }
        for (kind, name) in inside {
            let still = self.has_relation(&name)
                || self.enums.contains_key(&name)
                || self.domains.contains_key(&name);
            if still {
                self.drop_object(&Drop { kind, name, table: None, cascade: true })?;
            }
        }
        self.schemas.remove(schema);
        Ok(())
    }

    fn drop_policy(&mut self, drop: &Drop) -> Applied {
        let table = drop.table.as_ref().ok_or_else(|| no_relation(&drop.name))?;
        let name = PolicyName::parse(drop.name.name.as_str())
            .map_err(|error| CatalogError::new("42602", error.to_string()))?;
        let own = self.table_mut(table)?;
        let before = own.policies.len();
        own.policies.retain(|policy| policy.name != name);
        if own.policies.len() == before { Err(no_policy(table, &name)) } else { Ok(()) }
    }

    /// A role that policies or grants name stays.
    fn drop_role(&mut self, name: &QualifiedName) -> Applied {
        let role = RoleName::parse(name.name.as_str())
            .map_err(|error| CatalogError::new("42602", error.to_string()))?;
        if !self.has_role(&role) {
            return Err(no_role(&role));
        }
        let grantee = Grantee::Role(role.clone());
        let mut lines = Vec::new();
        for table in self.tables.values() {
            if table.grants.names(&grantee) {
                lines.push(format!("privileges for table {}", shown(&table.name)));
            }
            let policies = table.policies.iter().filter(|policy| policy.roles.contains(&role));
            lines.extend(policies.map(|policy| {
                let (table, policy) = (table.name.clone(), policy.name.clone());
                format!("target of {}", Dependent::Policy { table, policy }.describe())
            }));
        }
        let views = self.views.values().filter(|view| view.grants.names(&grantee));
        lines.extend(views.map(|view| format!("privileges for view {}", shown(&view.name))));
        if self.default_grants.values().any(|grants| grants.names(&grantee)) {
            lines.push("default privileges on new relations".to_owned());
        }
        if !lines.is_empty() {
            let message =
                format!("role \"{}\" cannot be dropped because some objects depend on it", role.as_str());
            return Err(CatalogError::new("2BP01", message).with_detail(lines.join("\n")));
        }
        self.roles.remove(&role);
        self.roles.values_mut().for_each(|parents| {
            parents.remove(&role);
        });
        Ok(())
    }
}

fn word(kind: DropKind) -> &'static str {
    match kind {
        DropKind::Table => "table",
        DropKind::View => "view",
        DropKind::Index => "index",
        DropKind::Sequence => "sequence",
        DropKind::Type => "type",
        DropKind::Schema => "schema",
        DropKind::Policy => "policy",
        DropKind::Role => "role",
        DropKind::Extension => "extension",
    }
}

/// A constraint's name as an index's.
pub(super) fn same_name(constraint: &ConstraintName, index: &QualifiedName) -> bool {
    constraint.as_str() == index.name.as_str()
}
