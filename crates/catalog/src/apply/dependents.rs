//! What depends on what: found before anything is dropped, refused with the list, or dropped along.

use std::sync::Arc;

use algebra::names::{ColumnName, ConstraintName, LocalName, PolicyName, QualifiedName, TableName, TypeName};
use algebra::visit::Part;

use super::uses::{columns_of, is_type, names_relation, names_sequence, names_type};
use super::{Applied, shown};
use crate::catalog::Catalog;
use crate::error::CatalogError;
use crate::table::Table;

/// Something that may be depended on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    Relation(TableName),
    Column {
        table: TableName,
        column: ColumnName,
    },
    /// A primary key or unique constraint.
    Key {
        table: TableName,
        columns: Vec<ColumnName>,
    },
    Type(TypeName),
    Sequence(QualifiedName),
}

/// Something that depends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Dependent {
    View(TableName),
    Policy { table: TableName, policy: PolicyName },
    ForeignKey { table: TableName, constraint: ConstraintName },
    Check { table: TableName, constraint: ConstraintName },
    Index { table: TableName, index: LocalName },
    Default { table: TableName, column: ColumnName },
    Column { table: TableName, column: ColumnName },
    Domain(TypeName),
}

impl Catalog {
    /// What depends directly on a thing, in the order of the catalog; what goes with it anyway is left out.
    pub(super) fn dependents(&self, target: &Target) -> Vec<Dependent> {
        let mut found = Vec::new();
        for table in self.tables.values() {
            of_table(table, target, &mut found);
        }
        for domain in self.domains.values() {
            if let Target::Type(name) = target
                && is_type(&domain.base.base, name)
            {
                found.push(Dependent::Domain(domain.name.clone()));
            }
        }
        for view in self.views.values() {
            let query = Part::Query(&view.query);
            let depends = match target {
                Target::Relation(name) => *name != view.name && names_relation(query, name),
                Target::Column { table, column } => columns_of(query, None, table).contains(column),
                Target::Type(name) => names_type(query, name),
                Target::Key { .. } | Target::Sequence(_) => false,
            };
            if depends {
                found.push(Dependent::View(view.name.clone()));
            }
        }
        found
    }

    /// Drops what depended, and what depends on that.
    pub(super) fn drop_dependents(&mut self, dependents: Vec<Dependent>) -> Applied {
        for dependent in dependents {
            match dependent {
                Dependent::View(name) => self.drop_view(&name)?,
                Dependent::Policy { table, policy } => {
                    self.table_mut(&table)?.policies.retain(|own| own.name != policy);
                }
                Dependent::ForeignKey { table, constraint } => {
                    self.table_mut(&table)?.foreign_keys.retain(|own| own.name != constraint);
                }
                Dependent::Check { table, constraint } => {
                    self.table_mut(&table)?.checks.retain(|own| own.name != constraint);
                }
                Dependent::Index { table, index } => {
                    self.table_mut(&table)?.indexes.retain(|own| own.name != index);
                }
                Dependent::Default { table, column } => {
                    if let Some(own) = self.table_mut(&table)?.column_mut(column.as_str()) {
                        own.default = None;
                    }
                }
                Dependent::Column { table, column } => {
                    let there = self.table(&table).is_some_and(|t| t.column(column.as_str()).is_some());
                    if there {
                        self.drop_column(&table, &column, true)?;
                    }
                }
                Dependent::Domain(name) => {
                    self.domains.remove(&name);
                }
            }
        }
        Ok(())
    }

    /// A view and the views and policies over it.
    pub(super) fn drop_view(&mut self, name: &TableName) -> Applied {
        if self.views.shift_remove(name).is_none() {
            return Ok(());
        }
        let dependents = self.dependents(&Target::Relation(name.clone()));
        self.drop_dependents(dependents)
    }

    /// Whether a table has the thing that depends on it for itself.
    pub(super) fn table_arc(&self, name: &TableName) -> Option<&Arc<Table>> {
        self.tables.get(name)
    }
}

fn of_table(table: &Table, target: &Target, found: &mut Vec<Dependent>) {
    if matches!(target, Target::Relation(name) if *name == table.name) {
        return;
    }
    let own = Some(&table.name);
    let names = |part: Part<'_>| match target {
        Target::Relation(name) => names_relation(part, name),
        Target::Column { table: of, column } => columns_of(part, own, of).contains(column),
        Target::Type(name) => names_type(part, name),
        Target::Key { .. } => false,
        Target::Sequence(name) => matches!(part, Part::Expr(expr) if names_sequence(expr, name)),
    };
    let same_table = matches!(target, Target::Column { table: of, .. } if *of == table.name);
    for column in &table.columns {
        let typed = matches!(target, Target::Type(name) if is_type(&column.ty.base, name)
            || column.domain.as_ref() == Some(name));
        let computed = column.generated.as_ref().is_some_and(|expr| names(Part::Expr(expr)));
        if typed || computed {
            found.push(Dependent::Column { table: table.name.clone(), column: column.name.clone() });
        } else if column.default.as_ref().is_some_and(|expr| names(Part::Expr(expr))) {
            found.push(Dependent::Default { table: table.name.clone(), column: column.name.clone() });
        }
    }
    // Checks and indexes of the table itself go with their column.
    if !same_table {
        for check in table.checks.iter().filter(|check| names(Part::Expr(&check.condition))) {
            found.push(Dependent::Check { table: table.name.clone(), constraint: check.name.clone() });
        }
        for index in &table.indexes {
            if index.predicate.as_ref().is_some_and(|expr| names(Part::Expr(expr))) {
                found.push(Dependent::Index { table: table.name.clone(), index: index.name.clone() });
            }
        }
    }
    for policy in &table.policies {
        if policy.using.iter().chain(&policy.check).any(|expr| names(Part::Expr(expr))) {
            found.push(Dependent::Policy { table: table.name.clone(), policy: policy.name.clone() });
        }
    }
    for key in &table.foreign_keys {
        let depends = match target {
            Target::Relation(name) => key.table == *name,
            Target::Column { table: of, column } => {
                key.table == *of && key.referenced.contains(column) && *of != table.name
            }
            Target::Key { table: of, columns } => {
                key.table == *of
                    && key.referenced.len() == columns.len()
                    && columns.iter().all(|column| key.referenced.contains(column))
            }
            Target::Type(_) | Target::Sequence(_) => false,
        };
        if depends {
            found.push(Dependent::ForeignKey { table: table.name.clone(), constraint: key.name.clone() });
        }
    }
}

impl Dependent {
    /// The thing as PostgreSQL lists it.
    pub(super) fn describe(&self) -> String {
        match self {
            Dependent::View(name) => format!("view {}", shown(name)),
            Dependent::Policy { table, policy } => {
                format!("policy {} on table {}", policy.as_str(), shown(table))
            }
            Dependent::ForeignKey { table, constraint } | Dependent::Check { table, constraint } => {
                format!("constraint {} on table {}", constraint.as_str(), shown(table))
            }
            Dependent::Index { index, .. } => format!("index {}", index.as_str()),
            Dependent::Default { table, column } => {
                format!("default value for column {} of table {}", column.as_str(), shown(table))
            }
            Dependent::Column { table, column } => {
                format!("column {} of table {}", column.as_str(), shown(table))
            }
            Dependent::Domain(name) => format!("type {}", shown(name)),
        }
    }
}

/// Refuses a drop that others depend on, unless it cascades.
pub(super) fn refuse(what: &str, on: &str, dependents: &[Dependent], cascade: bool) -> Applied {
    if cascade || dependents.is_empty() {
        return Ok(());
    }
    let lines: Vec<_> =
        dependents.iter().map(|dependent| format!("{} depends on {on}", dependent.describe())).collect();
    Err(CatalogError::new("2BP01", format!("cannot drop {what} because other objects depend on it"))
        .with_detail(lines.join("\n"))
        .with_hint("Use DROP ... CASCADE to drop the dependent objects too."))
}
