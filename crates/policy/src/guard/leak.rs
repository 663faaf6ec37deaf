//! Which expressions cannot tell about rows that a policy hides: those that cannot raise an error.
//!
//! A term of a caller's filter that may raise is evaluated only where the policies hold (threats.md INV-02), because an engine is
//! free to evaluate the terms of an `and` in any order.

use algebra::expression::{Expr, Node};
use algebra::types::Type;
use algebra::value::Value;
use algebra::visit::Part;

/// `policy and filter`, so that no term of `filter` that may raise runs on a row outside the policy.
pub(super) fn policy_first(policy: Expr, filter: Option<Expr>) -> Expr {
    let Some(filter) = filter else { return policy };
    if matches!(policy.node, Node::Constant(Value::Bool(true))) {
        return filter;
    }
    let terms = match filter.node {
        Node::And(terms) => terms,
        node => vec![Expr::new(node, filter.ty)],
    };
    let (safe, raising): (Vec<_>, Vec<_>) = terms.into_iter().partition(is_leakproof);
    let mut all = vec![policy.clone()];
    all.extend(safe);
    if !raising.is_empty() {
        let branches = vec![(policy, Expr::and(raising))];
        let otherwise = Some(Box::new(Expr::bool(false)));
        all.push(Expr::new(Node::Case { branches, otherwise }, Type::Bool));
    }
    Expr::and(all)
}

/// Whether nothing in the expression, sub-queries included, can raise an error.
pub(super) fn is_leakproof(expr: &Expr) -> bool {
    let mut leakproof = true;
    Part::Expr(expr).every_expr(&mut |part| leakproof &= cannot_raise(part));
    leakproof
}

fn cannot_raise(expr: &Expr) -> bool {
    match &expr.node {
        Node::Apply { operation, .. } | Node::Quantified { operation, .. } => operation.leakproof,
        // A scalar sub-query may answer two rows; casts, subscripts and aggregates have errors of their own.
        Node::Cast { target, .. } => {
            matches!(target.base, Type::Text) && target.modifier == Default::default()
        }
        Node::Scalar(_) | Node::Aggregate(_) | Node::Window(_) => false,
        _ => true,
    }
}
