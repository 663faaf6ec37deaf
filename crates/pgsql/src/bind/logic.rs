//! `and`, `or`, `not`, `is null`, `is true` and their kin.

use algebra::expression::{Expr, Node, Truth};
use algebra::types::Type;

use super::binder::{Binder, Typed};
use super::fail::{Bind, unsupported};
use crate::syntax::expression as syntax;
use crate::syntax::expression::{ExprKind, Test};
use crate::syntax::name::Span;

impl Binder<'_> {
    pub(crate) fn conjunction(&mut self, terms: &[syntax::Expr], span: Span) -> Bind<Typed> {
        let terms = self.conditions(terms, "AND")?;
        Ok(Typed::new(Expr::new(Node::And(flat(terms, true)), Type::Bool), span))
    }

    pub(crate) fn disjunction(&mut self, terms: &[syntax::Expr], span: Span) -> Bind<Typed> {
        let terms = self.conditions(terms, "OR")?;
        Ok(Typed::new(Expr::new(Node::Or(flat(terms, false)), Type::Bool), span))
    }

    fn conditions(&mut self, terms: &[syntax::Expr], place: &str) -> Bind<Vec<Expr>> {
        let mut bound = Vec::with_capacity(terms.len());
        for term in terms {
            let value = self.expression(term)?;
            bound.push(self.condition(value, place)?);
        }
        Ok(bound)
    }

    pub(crate) fn negation(&mut self, operand: &syntax::Expr, span: Span) -> Bind<Typed> {
        let value = self.expression(operand)?;
        Ok(Typed::new(Expr::not(self.condition(value, "NOT")?), span))
    }

    /// `x is [not] null|true|…`.
    pub(crate) fn test(
        &mut self,
        operand: &syntax::Expr,
        test: Test,
        negated: bool,
        span: Span,
    ) -> Bind<Typed> {
        let expr = match test {
            Test::Null => return self.null_test(operand, negated, span),
            Test::True => {
                self.truth(operand, Truth::True, if negated { "IS NOT TRUE" } else { "IS TRUE" })?
            }
            Test::False => {
                self.truth(operand, Truth::False, if negated { "IS NOT FALSE" } else { "IS FALSE" })?
            }
            Test::Unknown => {
                self.truth(operand, Truth::Unknown, if negated { "IS NOT UNKNOWN" } else { "IS UNKNOWN" })?
            }
            Test::Document => return Err(unsupported("is document", span)),
            Test::Normalized(_) => return Err(unsupported("is normalized", span)),
            Test::Json { .. } => return Err(unsupported("is json", span)),
        };
        Ok(Typed::new(negate_if(negated, expr), span))
    }

    fn truth(&mut self, operand: &syntax::Expr, truth: Truth, place: &str) -> Bind<Expr> {
        let value = self.expression(operand)?;
        let operand = Box::new(self.condition(value, place)?);
        Ok(Expr::new(Node::IsTruth { operand, truth }, Type::Bool))
    }

    /// A row is null when all its fields are, and not null when none is.
    fn null_test(&mut self, operand: &syntax::Expr, negated: bool, span: Span) -> Bind<Typed> {
        let ExprKind::Row { fields, .. } = &*operand.kind else {
            let value = self.expression(operand)?;
            let value = self.settled(value)?;
            return Ok(Typed::new(negate_if(negated, is_null(value.expr)), span));
        };
        let mut terms = Vec::with_capacity(fields.len());
        for field in fields {
            let value = self.expression(field)?;
            let value = self.settled(value)?;
            terms.push(negate_if(negated, is_null(value.expr)));
        }
        Ok(Typed::new(Expr::and(terms), span))
    }
}

pub(crate) fn is_null(operand: Expr) -> Expr {
    Expr::new(Node::IsNull(Box::new(operand)), Type::Bool)
}

pub(crate) fn negate_if(negated: bool, expr: Expr) -> Expr {
    if negated { Expr::not(expr) } else { expr }
}

/// `a or b`, one term standing for itself.
pub(crate) fn any_of(mut terms: Vec<Expr>) -> Expr {
    match terms.len() {
        0 => Expr::bool(false),
        1 => terms.swap_remove(0),
        _ => Expr::new(Node::Or(flat(terms, false)), Type::Bool),
    }
}

/// Runs of the same connective become one.
fn flat(terms: Vec<Expr>, and: bool) -> Vec<Expr> {
    let mut flat = Vec::with_capacity(terms.len());
    for term in terms {
        match term.node {
            Node::And(inner) if and => flat.extend(inner),
            Node::Or(inner) if !and => flat.extend(inner),
            node => flat.push(Expr::new(node, term.ty)),
        }
    }
    flat
}
