//! A column's end, new name and new type, and what follows from them.

use std::sync::Arc;

use algebra::expression::{CastStrength, Expr, Node};
use algebra::names::{ColumnName, TableName};
use algebra::operation::coercion::coercion;
use algebra::types::ColumnType;
use algebra::visit::Part;

use super::dependents::{Dependent, Target, refuse};
use super::retype::Changed;
use super::uses::columns_of;
use super::{Applied, no_column, no_relation, shown};
use crate::catalog::Catalog;
use crate::error::CatalogError;
use crate::table::{Index, IndexKey, Table};

impl Catalog {
    pub(super) fn drop_column(&mut self, name: &TableName, column: &ColumnName, cascade: bool) -> Applied {
        let table = self.tables.get(name).ok_or_else(|| no_relation(name))?;
        if table.column(column.as_str()).is_none() {
            return Err(no_column(name, column));
        }
        let target = Target::Column { table: name.clone(), column: column.clone() };
        let what = format!("column {} of table {}", column.as_str(), shown(name));
        let dependents = self.dependents(&target);
        refuse(&what, &what, &dependents, cascade)?;
        self.drop_dependents(dependents)?;
        let owned = |owner: &Option<(TableName, ColumnName)>| {
            owner.as_ref().is_some_and(|(table, own)| table == name && own == column)
        };
        self.sequences.retain(|_, sequence| !owned(&sequence.owner));
        let table = self.table_mut(name)?;
        let uses = |expr: &Expr| columns_of(Part::Expr(expr), Some(name), name).contains(column);
        table.columns.retain(|own| own.name != *column);
        table.primary_key = table.primary_key.take().filter(|key| !key.columns.contains(column));
        table.uniques.retain(|key| !key.columns.contains(column));
        table.checks.retain(|check| !uses(&check.condition));
        table.foreign_keys.retain(|key| {
            let referenced = key.table == *name && key.referenced.contains(column);
            !referenced && !key.columns.contains(column)
        });
        table.indexes.retain(|index| !index_uses(index, column, &uses));
        table.grants.drop_column(column);
        Ok(())
    }

    /// Gives a column another type. What else names it must not be computed from it in a way that the change would alter.
    pub(super) fn set_type(&mut self, name: &TableName, column: &ColumnName, ty: &ColumnType) -> Applied {
        let table = self.tables.get(name).ok_or_else(|| no_relation(name))?;
        let before = table.column(column.as_str()).ok_or_else(|| no_column(name, column))?.clone();
        let target = Target::Column { table: name.clone(), column: column.clone() };
        for dependent in self.dependents(&target) {
            refuse_type_change(&dependent, column)?;
        }
        let default = match before.default {
            Some(default) => Some(recast(default, ty).ok_or_else(|| {
                let message = format!(
                    "default for column \"{}\" cannot be cast automatically to type {}",
                    column.as_str(),
                    ty.base.name()
                );
                CatalogError::new("42804", message)
            })?),
            None => None,
        };
        let table = self.table_mut(name)?;
        retype_owned(table, column, ty)?;
        if let Some(own) = table.column_mut(column.as_str()) {
            own.ty = ty.clone();
            own.default = default;
            own.domain = None;
        }
        Ok(())
    }

    /// Renames a column of a table or view, and follows it wherever it is named.
    pub(super) fn rename_column(&mut self, name: &TableName, from: &ColumnName, to: &ColumnName) -> Applied {
        let columns = self.columns(name).ok_or_else(|| no_relation(name))?;
        if columns.iter().all(|(own, _)| own != from) {
            let message = format!("column \"{}\" does not exist", from.as_str());
            return Err(CatalogError::new("42703", message));
        }
        if columns.iter().any(|(own, _)| own == to) {
            let message =
                format!("column \"{}\" of relation \"{}\" already exists", to.as_str(), name.name.as_str());
            return Err(CatalogError::new("42701", message));
        }
        if let Some(view) = self.views.get_mut(name) {
            super::rename::rename_view_column(Arc::make_mut(view), from, to);
        } else {
            super::rename::rename_own_column(self.table_mut(name)?, from, to);
        }
        self.follow_column(name, from, to);
        Ok(())
    }
}

fn index_uses(index: &Index, column: &ColumnName, uses: &dyn Fn(&Expr) -> bool) -> bool {
    index.include.contains(column)
        || index.predicate.as_ref().is_some_and(uses)
        || index.terms.iter().any(|term| match &term.key {
            IndexKey::Column(own) => own == column,
            IndexKey::Expression(expr) => uses(expr),
        })
}

fn refuse_type_change(dependent: &Dependent, column: &ColumnName) -> Applied {
    let column = column.as_str();
    match dependent {
        Dependent::View(view) => {
            let detail = format!("rule _RETURN on view {} depends on column \"{column}\"", shown(view));
            Err(CatalogError::new("0A000", "cannot alter type of a column used by a view or rule")
                .with_detail(detail))
        }
        Dependent::Policy { table, policy } => {
            let detail = format!(
                "policy {} on table {} depends on column \"{column}\"",
                policy.as_str(),
                shown(table)
            );
            Err(CatalogError::new("0A000", "cannot alter type of a column used in a policy definition")
                .with_detail(detail))
        }
        Dependent::Column { column: other, .. } => {
            let detail = format!("Column \"{column}\" is used by generated column \"{}\".", other.as_str());
            Err(CatalogError::new("0A000", "cannot alter type of a column used by a generated column")
                .with_detail(detail))
        }
        _ => Ok(()),
    }
}

/// A default brought to the new type, as an assignment would.
fn recast(default: Expr, ty: &ColumnType) -> Option<Expr> {
    // The cast to the old type is not kept.
    let default = match default.node {
        Node::Cast { operand, strength: CastStrength::Assignment, .. } => *operand,
        node => Expr { node, ty: default.ty },
    };
    let needed = coercion(&default.ty, &ty.base)?;
    if needed > CastStrength::Assignment {
        return None;
    }
    if default.ty == ty.base && ty.modifier == algebra::types::Modifier::None {
        return Some(default);
    }
    let strength = CastStrength::Assignment;
    let node = Node::Cast { operand: Box::new(default), target: ty.clone(), strength };
    Some(Expr::new(node, ty.base.clone()))
}

/// Checks and indexes that name the column are read anew over its new type.
fn retype_owned(table: &mut Table, column: &ColumnName, ty: &ColumnType) -> Applied {
    let changed = Changed { column, ty: &ty.base };
    let own = table.name.clone();
    for expr in super::uses::expressions_mut(table) {
        if columns_of(Part::Expr(expr), Some(&own), &own).contains(column) {
            *expr = changed.expr(expr)?;
        }
    }
    Ok(())
}
