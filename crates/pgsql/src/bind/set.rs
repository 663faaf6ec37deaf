//! `union`, `intersect`, `except`.

use algebra::expression::{CastStrength, Expr};
use algebra::operation::common_type;
use algebra::query::{Body, Query, SetKind};
use algebra::types::{ColumnType, Type};

use super::binder::Binder;
use super::coerce::can_coerce;
use super::fail::{Bind, refused};
use crate::syntax::name::Span;
use crate::syntax::query as syntax;
use crate::syntax::query::{QueryBody, SetOperation, SetOperator};

impl Binder<'_> {
    /// A chain of operations leans to the left and may be long, so it is walked rather than descended.
    pub(crate) fn set_operation(&mut self, operation: &SetOperation) -> Bind<Body> {
        let mut chain = vec![operation];
        let mut first = &operation.left;
        while let (QueryBody::SetOperation(inner), true) = (&first.body, is_bare(first)) {
            chain.push(inner);
            first = &inner.left;
        }
        let mut left = self.query_for(first, true)?;
        let mut span = first.span;
        while let Some(operation) = chain.pop() {
            let right = self.query_for(&operation.right, true)?;
            let body = self.combined(operation, (left, span), right)?;
            left = Query { ctes: Vec::new(), body, order: Vec::new(), limit: None, offset: None };
            span = span.to(operation.right.span);
        }
        Ok(left.body)
    }

    fn combined(
        &mut self,
        operation: &SetOperation,
        (left, span): (Query, Span),
        right: Query,
    ) -> Bind<Body> {
        let (kind, word) = match operation.operator {
            SetOperator::Union => (SetKind::Union, "UNION"),
            SetOperator::Intersect => (SetKind::Intersect, "INTERSECT"),
            SetOperator::Except => (SetKind::Except, "EXCEPT"),
        };
        let types = set_types(word, &left, &right, operation.right.span)?;
        let hashed = !operation.all || kind != SetKind::Union;
        if hashed && let Some(ty) = types.iter().find(|ty| !algebra::operation::is_comparable(&ty.base)) {
            let message = format!("could not identify an equality operator for type {}", ty.base.name());
            return Err(refused("42883", message, span));
        }
        let left = self.converted_to(left, &types, CastStrength::Implicit, span)?;
        let right = self.converted_to(right, &types, CastStrength::Implicit, operation.right.span)?;
        Ok(Body::Set { kind, all: operation.all, left: Box::new(left), right: Box::new(right) })
    }
}

/// Whether a query is its body alone.
fn is_bare(query: &syntax::Query) -> bool {
    query.with.is_none()
        && query.order_by.is_empty()
        && query.limit.is_none()
        && query.offset.is_none()
        && query.locking.is_empty()
}

/// The types of the columns of both sides together.
pub(crate) fn set_types(word: &str, left: &Query, right: &Query, span: Span) -> Bind<Vec<ColumnType>> {
    let (left, right) = (left.columns(), right.columns());
    if left.len() != right.len() {
        let message = format!("each {word} query must have the same number of columns");
        return Err(refused("42601", message, span));
    }
    let mut types = Vec::with_capacity(left.len());
    for ((_, own), (_, other)) in left.into_iter().zip(right) {
        let chosen = common_type(&[own.clone(), other.clone()]).map_err(|(own, other)| {
            let message = format!("{word} types {} and {} cannot be matched", own.name(), other.name());
            refused("42804", message, span)
        })?;
        for ty in [&own, &other] {
            if !can_coerce(ty, &chosen, CastStrength::Implicit) {
                let message = format!("{word} could not convert type {} to {}", ty.name(), chosen.name());
                return Err(refused("42846", message, span));
            }
        }
        types.push(ColumnType::from(chosen));
    }
    Ok(types)
}

/// A column of a query's output, as keys above a set operation name it.
pub(crate) fn output_column(name: algebra::names::ColumnName, ty: Type) -> Expr {
    Expr::column(algebra::query::Select::OUTPUT, name, ty)
}
