//! `union`, `intersect`, `except`.

use algebra::expression::{CastStrength, Expr};
use algebra::operation::common_type;
use algebra::query::{Body, Query, SetKind};
use algebra::types::{ColumnType, Type};

use super::binder::Binder;
use super::coerce::can_coerce;
use super::fail::{Bind, refused};
use crate::syntax::name::Span;
use crate::syntax::query::{SetOperation, SetOperator};

impl Binder<'_> {
    pub(crate) fn set_operation(&mut self, operation: &SetOperation, span: Span) -> Bind<Body> {
        let left = self.query_for(&operation.left, true)?;
        let right = self.query_for(&operation.right, true)?;
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
        let left = self.converted_to(left, &types, CastStrength::Implicit, operation.left.span)?;
        let right = self.converted_to(right, &types, CastStrength::Implicit, operation.right.span)?;
        Ok(Body::Set { kind, all: operation.all, left: Box::new(left), right: Box::new(right) })
    }
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
