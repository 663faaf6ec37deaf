//! Sub-queries in expressions.

use std::collections::BTreeSet;

use algebra::expression::{CastStrength, Expr, Node, RelationId, SortKey};
use algebra::names::ColumnName;
use algebra::query::{Body, Distinct, Output, Query, Relation, RelationSource, Select, Source};
use algebra::types::{ColumnType, Modifier, Type};

use super::binder::{Binder, Typed};
use super::fail::{Bind, refused};
use crate::syntax;
use crate::syntax::name::Span;

impl Binder<'_> {
    /// Binds a sub-query that may use columns of the queries around it.
    fn inner(&mut self, query: &syntax::query::Query, span: Span) -> Bind<Query> {
        self.clause().check_subquery(span)?;
        self.query(query)
    }

    fn one_column(&mut self, query: &syntax::query::Query, span: Span) -> Bind<(Query, Type)> {
        let bound = self.inner(query, span)?;
        let columns = bound.columns();
        let [(_, ty)] = columns.as_slice() else {
            return Err(refused("42601", "subquery must return only one column", span));
        };
        let ty = ty.clone();
        Ok((bound, ty))
    }

    pub(crate) fn scalar_query(&mut self, query: &syntax::query::Query, span: Span) -> Bind<Typed> {
        let (bound, ty) = self.one_column(query, span)?;
        Ok(Typed::new(Expr::new(Node::Scalar(Box::new(bound)), ty), span))
    }

    pub(crate) fn exists_query(&mut self, query: &syntax::query::Query, span: Span) -> Bind<Typed> {
        let bound = self.inner(query, span)?;
        Ok(Typed::new(Expr::new(Node::Exists(Box::new(bound)), Type::Bool), span))
    }

    pub(crate) fn array_query(&mut self, query: &syntax::query::Query, span: Span) -> Bind<Typed> {
        let (bound, ty) = self.one_column(query, span)?;
        let node = Node::ArrayQuery(Box::new(bound));
        Ok(Typed::new(Expr::new(node, Type::array_of(ty)), span))
    }

    /// `(a, b) in (select …)`: both sides are brought to the types that `=` compares.
    pub(crate) fn in_query(
        &mut self,
        operands: Vec<Typed>,
        query: &syntax::query::Query,
        span: Span,
    ) -> Bind<Expr> {
        let bound = self.inner(query, query.span)?;
        let columns = bound.columns();
        if columns.len() != operands.len() {
            let message = if columns.len() < operands.len() {
                "subquery has too few columns"
            } else {
                "subquery has too many columns"
            };
            return Err(refused("42601", message, span));
        }
        let mut left = Vec::with_capacity(operands.len());
        let mut right = Vec::with_capacity(operands.len());
        for (operand, (_, ty)) in operands.into_iter().zip(&columns) {
            let probe = Typed::new(Expr::constant(algebra::value::Value::Null, ty.clone()), query.span);
            let found = self.resolve_operator("=", &[operand.clone(), probe], operand.span)?;
            let compared = found.arguments.first().cloned().unwrap_or_else(|| ty.clone());
            left.push(self.implicit(operand, &compared)?);
            right.push(compared);
        }
        let right: Vec<ColumnType> = right.into_iter().map(ColumnType::from).collect();
        let query = Box::new(self.converted_to(bound, &right, CastStrength::Implicit, span)?);
        Ok(Expr::new(Node::InQuery { operands: left, query }, Type::Bool))
    }

    /// The query with its columns brought to these types, as it is when they have them. The strength is known to allow it.
    pub(crate) fn converted_to(
        &mut self,
        mut query: Query,
        types: &[ColumnType],
        strength: CastStrength,
        span: Span,
    ) -> Bind<Query> {
        let columns = query.columns();
        let plain = |ty: &ColumnType| ty.modifier == Modifier::None;
        if columns.iter().zip(types).all(|((_, own), ty)| *own == ty.base && plain(ty)) {
            return Ok(query);
        }
        match &mut query.body {
            Body::Values { rows, .. } => {
                for row in rows {
                    for (expr, target) in row.iter_mut().zip(types) {
                        self.convert_in_place(expr, target, strength, span)?;
                    }
                }
                return Ok(query);
            }
            Body::Select(select) if !matches!(select.distinct, Distinct::Rows) => {
                for (output, target) in select.outputs.iter_mut().zip(types) {
                    self.convert_in_place(&mut output.expr, target, strength, span)?;
                }
                return Ok(query);
            }
            _ => {}
        }
        distinct_names(&mut query);
        let id = self.fresh_id();
        let mut outputs = Vec::with_capacity(types.len());
        for ((name, ty), target) in query.columns().into_iter().zip(types) {
            let column = Typed::new(Expr::column(id, name.clone(), ty), span);
            outputs.push(Output { expr: self.coerce(column, target, strength)?, name });
        }
        let source = RelationSource::Query(Box::new(query));
        Ok(Query::select(Select::from(outputs, Source::Relation(Relation { id, source, lateral: false }))))
    }

    fn convert_in_place(
        &mut self,
        expr: &mut Expr,
        target: &ColumnType,
        strength: CastStrength,
        span: Span,
    ) -> Bind<()> {
        let taken = std::mem::replace(expr, Expr::bool(false));
        *expr = self.coerce(Typed::new(taken, span), target, strength)?;
        Ok(())
    }
}

/// Gives outputs of the same name names of their own, so that each can be named from outside; an engine may not tell `a` from `A`.
pub(crate) fn distinct_names(query: &mut Query) {
    let columns = query.columns();
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut renamed = Vec::new();
    for (at, (name, _)) in columns.iter().enumerate() {
        if !taken.insert(name.as_str().to_ascii_lowercase()) {
            renamed.push(at);
        }
    }
    for at in renamed {
        let name = (1..)
            .filter_map(|number| ColumnName::parse(&format!("{}_{number}", columns[at].0.as_str())).ok())
            .find(|name| {
                query.columns().iter().all(|(own, _)| !own.as_str().eq_ignore_ascii_case(name.as_str()))
            });
        if let Some(name) = name {
            rename_output(query, at, &name);
        }
    }
}

/// Renames the output at a place.
pub(crate) fn rename_output(query: &mut Query, at: usize, name: &ColumnName) {
    match &mut query.body {
        Body::Select(select) => {
            let before = std::mem::replace(&mut select.outputs[at].name, name.clone());
            let still = select.outputs.iter().any(|output| output.name == before);
            if !still {
                rename_keys(&mut query.order, &before, name);
            }
        }
        Body::Set { left, .. } => {
            let before = left.columns().swap_remove(at).0;
            rename_output(left, at, name);
            if left.columns().iter().all(|(own, _)| *own != before) {
                rename_keys(&mut query.order, &before, name);
            }
        }
        Body::Values { names, .. } => names[at] = name.clone(),
    }
}

fn rename_keys(order: &mut [SortKey], from: &ColumnName, to: &ColumnName) {
    for key in order {
        if let Node::Column { relation, column } = &mut key.expr.node
            && *relation == Select::OUTPUT
            && column == from
        {
            *column = to.clone();
        }
    }
}

/// One output of a query, read from outside; its names are distinct.
pub(crate) fn only_output(query: Query, at: usize, id: RelationId) -> Query {
    let (name, ty) = query.columns().swap_remove(at);
    let outputs = vec![Output { expr: Expr::column(id, name.clone(), ty), name }];
    let source = RelationSource::Query(Box::new(query));
    Query::select(Select::from(outputs, Source::Relation(Relation { id, source, lateral: false })))
}
