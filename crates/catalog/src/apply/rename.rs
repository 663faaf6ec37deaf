//! New names and schemas, followed wherever the old name stands.

use std::sync::Arc;

use algebra::change::PartMut;
use algebra::expression::{Node, RelationId};
use algebra::names::{ColumnName, ConstraintName, LocalName, QualifiedName, SchemaName, TableName};
use algebra::query::{Body, Query, RelationSource};
use algebra::value::Value;
use algebra::visit::Part;

use super::drop::same_name;
use super::uses::{
    columns_of, expressions, expressions_mut, names_relation, names_sequence, relations, sequence_text,
    takes_sequence,
};
use super::{Applied, no_relation, shown};
use crate::catalog::{Catalog, View};
use crate::change::DropKind;
use crate::error::CatalogError;
use crate::table::{IndexKey, Table};

impl Catalog {
    pub(super) fn rename(&mut self, what: DropKind, name: &QualifiedName, to: &LocalName) -> Applied {
        let next = QualifiedName::new(name.schema.clone(), to.clone());
        match what {
            DropKind::Schema => {
                let schema = SchemaName::parse(to.as_str())
                    .map_err(|error| CatalogError::new("42602", error.to_string()))?;
                self.rename_schema(&name.schema, &schema)
            }
            DropKind::Index => self.rename_index(name, to),
            _ => self.move_object(what, name, &next),
        }
    }

    pub(super) fn set_schema(&mut self, what: DropKind, name: &QualifiedName, to: &SchemaName) -> Applied {
        let next = QualifiedName::new(to.clone(), name.name.clone());
        self.move_object(what, name, &next)?;
        if what == DropKind::Table {
            let owned: Vec<_> = self
                .sequences
                .values()
                .filter(|sequence| sequence.owner.as_ref().is_some_and(|(table, _)| *table == next))
                .map(|sequence| sequence.name.clone())
                .collect();
            for sequence in owned {
                let moved = QualifiedName::new(to.clone(), sequence.name.clone());
                self.move_object(DropKind::Sequence, &sequence, &moved)?;
            }
        }
        Ok(())
    }

    fn move_object(&mut self, what: DropKind, name: &QualifiedName, next: &QualifiedName) -> Applied {
        match what {
            DropKind::Table | DropKind::View => {
                self.check_free(next)?;
                self.move_relation(name, next)
            }
            DropKind::Sequence => {
                self.check_free(next)?;
                self.move_sequence(name, next)
            }
            DropKind::Type => {
                self.check_type_free(next)?;
                self.move_type(name, next)
            }
            _ => Err(CatalogError::new("0A000", format!("renaming \"{}\" is not supported", shown(name)))),
        }
    }

    fn move_relation(&mut self, name: &TableName, next: &TableName) -> Applied {
        if let Some(at) = self.tables.get_index_of(name) {
            if let Some(mut table) = self.tables.shift_remove(name) {
                Arc::make_mut(&mut table).name = next.clone();
                self.tables.shift_insert(at, next.clone(), table);
            }
        } else if let Some(at) = self.views.get_index_of(name) {
            if let Some(mut view) = self.views.shift_remove(name) {
                Arc::make_mut(&mut view).name = next.clone();
                self.views.shift_insert(at, next.clone(), view);
            }
        } else {
            return Err(no_relation(name));
        }
        self.follow_relation(name, next);
        Ok(())
    }

    fn follow_relation(&mut self, name: &TableName, next: &TableName) {
        for table in self.tables.values_mut() {
            let refers = table.foreign_keys.iter().any(|key| key.table == *name);
            let reads = expressions(table).into_iter().any(|expr| names_relation(Part::Expr(expr), name));
            if refers || reads {
                let table = Arc::make_mut(table);
                for key in table.foreign_keys.iter_mut().filter(|key| key.table == *name) {
                    key.table = next.clone();
                }
                for expr in expressions_mut(table) {
                    point_to(PartMut::Expr(expr), name, next);
                }
            }
        }
        for view in self.views.values_mut() {
            if names_relation(Part::Query(&view.query), name) {
                point_to(PartMut::Query(&mut Arc::make_mut(view).query), name, next);
            }
        }
        for sequence in self.sequences.values_mut() {
            if sequence.owner.as_ref().is_some_and(|(table, _)| table == name)
                && let Some((table, _)) = &mut Arc::make_mut(sequence).owner
            {
                *table = next.clone();
            }
        }
    }

    fn move_sequence(&mut self, name: &QualifiedName, next: &QualifiedName) -> Applied {
        let mut sequence = self.sequences.remove(name).ok_or_else(|| no_relation(name))?;
        Arc::make_mut(&mut sequence).name = next.clone();
        self.sequences.insert(next.clone(), sequence);
        let text = sequence_text(next);
        for table in self.tables.values_mut() {
            let takes = expressions(table).into_iter().any(|expr| names_sequence(expr, name));
            let is_identity = |table: &Table| {
                table.columns.iter().any(|c| c.identity.as_ref().is_some_and(|i| i.sequence == *name))
            };
            if takes || is_identity(table) {
                let table = Arc::make_mut(table);
                for identity in table.columns.iter_mut().filter_map(|column| column.identity.as_mut()) {
                    if identity.sequence == *name {
                        identity.sequence = next.clone();
                    }
                }
                for expr in expressions_mut(table) {
                    take_sequence(PartMut::Expr(expr), &sequence_text(name), &text);
                }
            }
        }
        Ok(())
    }

    fn rename_index(&mut self, name: &QualifiedName, to: &LocalName) -> Applied {
        self.check_free(&QualifiedName::new(name.schema.clone(), to.clone()))?;
        let table = self.index_table(name).ok_or_else(|| no_relation(name))?.name.clone();
        let constraint = ConstraintName::parse(to.as_str())
            .map_err(|error| CatalogError::new("42602", error.to_string()))?;
        let own = self.table_mut(&table)?;
        for index in own.indexes.iter_mut().filter(|index| index.name == name.name) {
            index.name = to.clone();
        }
        for key in own.primary_key.iter_mut().chain(&mut own.uniques) {
            if same_name(&key.name, name) {
                key.name = constraint.clone();
            }
        }
        Ok(())
    }

    fn rename_schema(&mut self, from: &SchemaName, to: &SchemaName) -> Applied {
        if !self.has_schema(from) {
            return Err(CatalogError::new("3F000", format!("schema \"{}\" does not exist", from.as_str())));
        }
        self.create_schema(to)?;
        let of = |name: &&QualifiedName| name.schema == *from;
        let mut inside: Vec<(DropKind, QualifiedName)> = Vec::new();
        inside.extend(self.enums.keys().filter(of).map(|name| (DropKind::Type, name.clone())));
        inside.extend(self.domains.keys().filter(of).map(|name| (DropKind::Type, name.clone())));
        inside.extend(self.sequences.keys().filter(of).map(|name| (DropKind::Sequence, name.clone())));
        inside.extend(self.tables.keys().filter(of).map(|name| (DropKind::Table, name.clone())));
        inside.extend(self.views.keys().filter(of).map(|name| (DropKind::View, name.clone())));
        for (what, name) in inside {
            let next = QualifiedName::new(to.clone(), name.name.clone());
            self.move_object(what, &name, &next)?;
        }
        self.schemas.remove(from);
        Ok(())
    }

    /// Follows a renamed column through foreign keys, expressions, views and sequences.
    pub(super) fn follow_column(&mut self, name: &TableName, from: &ColumnName, to: &ColumnName) {
        for table in self.tables.values_mut() {
            let refers =
                table.foreign_keys.iter().any(|key| key.table == *name && key.referenced.contains(from));
            let own = table.name.clone();
            let reads = expressions(table)
                .into_iter()
                .any(|expr| columns_of(Part::Expr(expr), Some(&own), name).contains(from));
            if refers || reads {
                let table = Arc::make_mut(table);
                for key in table.foreign_keys.iter_mut().filter(|key| key.table == *name) {
                    replace(&mut key.referenced, from, to);
                }
                for expr in expressions_mut(table) {
                    let ids = ids_of(Part::Expr(expr), Some(&own), name);
                    rename_in(PartMut::Expr(expr), &ids, from, to);
                }
            }
        }
        for view in self.views.values_mut() {
            if columns_of(Part::Query(&view.query), None, name).contains(from) {
                let ids = ids_of(Part::Query(&view.query), None, name);
                rename_in(PartMut::Query(&mut Arc::make_mut(view).query), &ids, from, to);
            }
        }
        for sequence in self.sequences.values_mut() {
            if sequence.owner.as_ref().is_some_and(|(table, column)| table == name && column == from)
                && let Some((_, column)) = &mut Arc::make_mut(sequence).owner
            {
                *column = to.clone();
            }
        }
    }
}

/// The column's place in the table itself: its definition, keys, indexes and grants.
pub(super) fn rename_own_column(table: &mut Table, from: &ColumnName, to: &ColumnName) {
    if let Some(column) = table.column_mut(from.as_str()) {
        column.name = to.clone();
    }
    for key in table.primary_key.iter_mut().chain(&mut table.uniques) {
        replace(&mut key.columns, from, to);
    }
    for key in &mut table.foreign_keys {
        replace(&mut key.columns, from, to);
    }
    for index in &mut table.indexes {
        replace(&mut index.include, from, to);
        for term in &mut index.terms {
            if let IndexKey::Column(own) = &mut term.key
                && own == from
            {
                *own = to.clone();
            }
        }
    }
    table.grants.rename_column(from, to);
}

/// A view's column is an output of its query.
pub(super) fn rename_view_column(view: &mut View, from: &ColumnName, to: &ColumnName) {
    let at = view.columns.iter().position(|(name, _)| name == from);
    let Some(at) = at else { return };
    view.columns[at].0 = to.clone();
    if let Some(comment) = view.column_comments.remove(from) {
        view.column_comments.insert(to.clone(), comment);
    }
    view.grants.rename_column(from, to);
    rename_output(&mut view.query, at, to);
}

fn rename_output(query: &mut Query, at: usize, to: &ColumnName) {
    let before = query.columns().get(at).map(|(name, _)| name.clone());
    match &mut query.body {
        Body::Select(select) => select.outputs[at].name = to.clone(),
        Body::Set { left, .. } => rename_output(left, at, to),
        Body::Values { names, .. } => names[at] = to.clone(),
    }
    for key in &mut query.order {
        if let Node::Column { relation, column } = &mut key.expr.node
            && *relation == algebra::query::Select::OUTPUT
            && Some(&*column) == before.as_ref()
        {
            *column = to.clone();
        }
    }
}

fn replace(columns: &mut [ColumnName], from: &ColumnName, to: &ColumnName) {
    for column in columns.iter_mut().filter(|column| *column == from) {
        *column = to.clone();
    }
}

fn ids_of(part: Part<'_>, own: Option<&TableName>, target: &TableName) -> Vec<RelationId> {
    relations(part, own).into_iter().filter(|(_, name)| name == target).map(|(id, _)| id).collect()
}

fn rename_in(part: PartMut<'_>, ids: &[RelationId], from: &ColumnName, to: &ColumnName) {
    let part = match part {
        PartMut::Expr(expr) => {
            if let Node::Column { relation, column } = &mut expr.node
                && ids.contains(relation)
                && column == from
            {
                *column = to.clone();
            }
            PartMut::Expr(expr)
        }
        other => other,
    };
    part.each(&mut |part| rename_in(part, ids, from, to));
}

fn point_to(part: PartMut<'_>, name: &TableName, next: &TableName) {
    let part = match part {
        PartMut::Relation(relation) => {
            if let RelationSource::Table(own) | RelationSource::View(own) = &mut relation.source
                && own == name
            {
                *own = next.clone();
            }
            PartMut::Relation(relation)
        }
        other => other,
    };
    part.each(&mut |part| point_to(part, name, next));
}

fn take_sequence(part: PartMut<'_>, from: &str, to: &str) {
    let part = match part {
        PartMut::Expr(expr) => {
            if let Node::Apply { operation, arguments } = &mut expr.node
                && takes_sequence(operation.symbol)
                && let Some(first) = arguments.first_mut()
                && let Node::Constant(Value::Text(text)) = &mut first.node
                && text == from
            {
                to.clone_into(text);
            }
            PartMut::Expr(expr)
        }
        other => other,
    };
    part.each(&mut |part| take_sequence(part, from, to));
}
