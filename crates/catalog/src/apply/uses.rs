//! What stored expressions and queries name: tables, columns, types, sequences.
//!
//! **Must not:** change anything.

use std::collections::{BTreeMap, BTreeSet};

use algebra::expression::{Expr, Node, RelationId};
use algebra::names::{ColumnName, QualifiedName, TableName};
use algebra::query::RelationSource;
use algebra::types::Type;
use algebra::value::Value;
use algebra::visit::Part;

use crate::table::{IndexKey, Table};

/// Which relation each id stands for, as far as it is a table or a view.
pub(super) fn relations(part: Part<'_>, own: Option<&TableName>) -> BTreeMap<RelationId, TableName> {
    let mut found = BTreeMap::new();
    if let Some(own) = own {
        found.insert(RelationId::SELF, own.clone());
    }
    part.every_relation(&mut |relation| match &relation.source {
        RelationSource::Table(name) | RelationSource::View(name) => {
            found.insert(relation.id, name.clone());
        }
        _ => {}
    });
    found
}

/// Whether a table or view is read.
pub(super) fn names_relation(part: Part<'_>, target: &TableName) -> bool {
    let mut found = false;
    part.every_relation(&mut |relation| match &relation.source {
        RelationSource::Table(name) | RelationSource::View(name) => found |= name == target,
        _ => {}
    });
    found
}

/// The columns of a table or view that are named.
pub(super) fn columns_of(
    part: Part<'_>,
    own: Option<&TableName>,
    target: &TableName,
) -> BTreeSet<ColumnName> {
    let relations = relations(part, own);
    let mut found = BTreeSet::new();
    part.every_expr(&mut |expr| {
        if let Node::Column { relation, column } = &expr.node
            && relations.get(relation) == Some(target)
        {
            found.insert(column.clone());
        }
    });
    found
}

/// Whether a type is mentioned anywhere.
pub(super) fn names_type(part: Part<'_>, target: &QualifiedName) -> bool {
    let mut found = false;
    part.every_expr(&mut |expr| {
        found |= is_type(&expr.ty, target);
        if let Node::Cast { target: to, .. } = &expr.node {
            found |= is_type(&to.base, target);
        }
    });
    found
}

/// Whether a type is this enum or an array of it.
pub(super) fn is_type(ty: &Type, target: &QualifiedName) -> bool {
    match ty {
        Type::Enum(of) => of.name == *target,
        Type::Array(element) => is_type(element, target),
        _ => false,
    }
}

/// Whether `nextval` and its kin take this sequence.
pub(super) fn names_sequence(expr: &Expr, target: &QualifiedName) -> bool {
    let full = sequence_text(target);
    let mut found = false;
    Part::Expr(expr).every_expr(&mut |expr| {
        if let Node::Apply { operation, arguments } = &expr.node
            && takes_sequence(operation.symbol)
            && let Some(first) = arguments.first()
        {
            found |= matches!(&first.node, Node::Constant(Value::Text(text)) if *text == full);
        }
    });
    found
}

/// Whether an operation's first argument is a sequence's full name.
pub(super) fn takes_sequence(symbol: &str) -> bool {
    matches!(symbol, "pg_nextval" | "pg_currval" | "pg_setval" | "pg_setval_called")
}

/// A sequence as its functions name it.
pub(super) fn sequence_text(name: &QualifiedName) -> String {
    format!("{}.{}", name.schema.as_str(), name.name.as_str())
}

/// Every expression that a table owns.
pub(super) fn expressions(table: &Table) -> Vec<&Expr> {
    let mut all = Vec::new();
    for column in &table.columns {
        all.extend(column.default.iter().chain(&column.generated));
    }
    all.extend(table.checks.iter().map(|check| &check.condition));
    for index in &table.indexes {
        all.extend(index.terms.iter().filter_map(|term| match &term.key {
            IndexKey::Expression(expr) => Some(expr),
            IndexKey::Column(_) => None,
        }));
        all.extend(&index.predicate);
    }
    for policy in &table.policies {
        all.extend(policy.using.iter().chain(&policy.check));
    }
    all
}

/// The same, to be changed.
pub(super) fn expressions_mut(table: &mut Table) -> Vec<&mut Expr> {
    let mut all = Vec::new();
    for column in &mut table.columns {
        all.extend(column.default.iter_mut().chain(&mut column.generated));
    }
    all.extend(table.checks.iter_mut().map(|check| &mut check.condition));
    for index in &mut table.indexes {
        all.extend(index.terms.iter_mut().filter_map(|term| match &mut term.key {
            IndexKey::Expression(expr) => Some(expr),
            IndexKey::Column(_) => None,
        }));
        all.extend(&mut index.predicate);
    }
    for policy in &mut table.policies {
        all.extend(policy.using.iter_mut().chain(&mut policy.check));
    }
    all
}
