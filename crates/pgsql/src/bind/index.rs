//! `create index`.

use algebra::expression::{Expr, Node};
use algebra::names::QualifiedName;
use catalog::{Change, Index, IndexKey, IndexTerm, Table};

use super::binder::Binder;
use super::clause::Clause;
use super::fail::{Bind, refused, unsupported};
use super::like_table::expression_name;
use super::name::{Relation, column_name, local_name};
use super::naming::Taken;
use super::stored::check_immutable;
use crate::syntax::expression::ExprKind;
use crate::syntax::query::{NullsOrder, SortDirection};
use crate::syntax::table::{CreateIndex, IndexElement};

use std::sync::Arc;

const METHODS: &[&str] = &["btree", "hash", "gin", "gist", "brin", "spgist"];

impl Binder<'_> {
    pub(crate) fn create_index(&mut self, create: &CreateIndex) -> Bind<()> {
        let table = match self.relation(&create.table)? {
            Relation::Table(table) => table,
            Relation::View(view) => {
                let message = format!("cannot create index on relation \"{}\"", view.name.name.as_str());
                return Err(refused("42809", message, create.table.span)
                    .with_detail("This operation is not supported for views."));
            }
        };
        if let Some(name) = &create.name {
            let full = QualifiedName::new(table.name.schema.clone(), local_name(name)?);
            if create.if_not_exists && self.catalog.has_relation(&full) {
                return Ok(());
            }
        }
        let method = self.index_method(create)?;
        let mut terms = Vec::with_capacity(create.elements.len());
        for element in &create.elements {
            terms.push(self.index_term(element, &table)?);
        }
        let mut include = Vec::with_capacity(create.include.len());
        for element in &create.include {
            let ExprKind::Column(name) = &*element.value.kind else {
                let message = "expressions are not supported in included columns";
                return Err(refused("0A000", message, element.span));
            };
            include.push(column_name(name.last())?);
        }
        let predicate = match &create.filter {
            Some(filter) => {
                let bound = self.row_condition(filter, &table, Clause::IndexPredicate, "WHERE")?;
                let message = "functions in index predicate must be marked IMMUTABLE";
                check_immutable(&bound, message, filter.span)?;
                Some(bound)
            }
            None => None,
        };
        let name = match &create.name {
            Some(name) => local_name(name)?,
            None => {
                let joined = addition(&terms, &include);
                let parts = (table.name.name.as_str(), joined.as_str(), "idx");
                Taken::default().relation(&self.catalog, &table.name.schema, parts, create.table.span)?
            }
        };
        let index = Index {
            name,
            unique: create.unique,
            nulls_not_distinct: create.nulls_not_distinct,
            method,
            terms,
            include,
            predicate,
        };
        let span = create.name.as_ref().map_or(create.table.span, |name| name.span);
        self.change(Change::CreateIndex { table: table.name.clone(), index: Box::new(index) }, span)
    }

    fn index_method(&self, create: &CreateIndex) -> Bind<String> {
        let Some(method) = &create.method else { return Ok("btree".to_owned()) };
        if !METHODS.contains(&method.text.as_str()) {
            if matches!(method.text.as_str(), "ivfflat" | "hnsw") {
                return Err(unsupported(&format!("an index by {}", method.text), method.span));
            }
            let message = format!("access method \"{}\" does not exist", method.text);
            return Err(refused("42704", message, method.span));
        }
        if create.unique && method.text != "btree" {
            let message = format!("access method \"{}\" does not support unique indexes", method.text);
            return Err(refused("0A000", message, method.span));
        }
        Ok(method.text.clone())
    }

    fn index_term(&mut self, element: &IndexElement, table: &Arc<Table>) -> Bind<IndexTerm> {
        if let Some(collation) = &element.collation
            && !matches!(collation.last().text.as_str(), "C" | "POSIX" | "default" | "ucs_basic")
        {
            return Err(unsupported(&format!("collation \"{}\"", collation.dotted()), collation.span));
        }
        if let Some(class) = &element.operator_class
            && !class.last().text.ends_with("_ops")
        {
            let message =
                format!("operator class \"{}\" does not exist for access method \"btree\"", class.dotted());
            return Err(refused("42704", message, class.span));
        }
        let key = match &*element.value.kind {
            ExprKind::Column(name) if name.qualifiers().is_empty() => {
                let column = column_name(name.last())?;
                if table.column(column.as_str()).is_none() {
                    return Err(super::fail::no_column(column.as_str(), name.span));
                }
                IndexKey::Column(column)
            }
            _ => {
                let bound = self.row_value(&element.value, table, Clause::IndexExpression)?;
                let message = "functions in index expression must be marked IMMUTABLE";
                check_immutable(&bound, message, element.span)?;
                match bound.node {
                    Node::Column { column, .. } => IndexKey::Column(column),
                    node => IndexKey::Expression(Expr::new(node, bound.ty)),
                }
            }
        };
        let descending = matches!(element.direction, Some(SortDirection::Descending));
        let nulls_first = element.nulls.map_or(descending, |nulls| nulls == NullsOrder::First);
        Ok(IndexTerm { key, descending, nulls_first })
    }
}

/// The columns in an index's made-up name, repeated ones numbered.
fn addition(terms: &[IndexTerm], include: &[algebra::names::ColumnName]) -> String {
    let mut parts: Vec<String> = Vec::new();
    let names = terms.iter().map(|term| match &term.key {
        IndexKey::Column(column) => column.as_str(),
        IndexKey::Expression(expr) => expression_name(expr),
    });
    for name in names.chain(include.iter().map(|column| column.as_str())) {
        let mut free = name.to_owned();
        let mut number = 1;
        while parts.contains(&free) {
            free = format!("{name}{number}");
            number += 1;
        }
        parts.push(free);
    }
    parts.join("_")
}
