//! Operators: prefix and infix, by the types of their operands.

use algebra::expression::{Expr, Node};
use algebra::operation::{Resolution, Unresolved, operator};
use algebra::types::Type;

use super::binder::{Binder, Typed};
use super::fail::{Bind, refused, unsupported};
use crate::diagnostic::Diagnostic;
use crate::syntax::expression as syntax;
use crate::syntax::expression::ExprKind;
use crate::syntax::name::{Operator, Span};

/// Operators of PostgreSQL over types that are not served.
const REFUSED: &[(&str, &str)] = &[
    ("@@", "full-text search with @@"),
    ("@@@", "full-text search with @@@"),
    ("<->", "the distance operator <->"),
    ("-|-", "the range operator -|-"),
    ("&<", "the range operator &<"),
    ("&>", "the range operator &>"),
    ("@?", "the json path operator @?"),
    ("|/", "the square root operator |/"),
    ("||/", "the cube root operator ||/"),
    ("<<=", "the network operator <<="),
    (">>=", "the network operator >>="),
    ("~>=~", "the pattern operator ~>=~"),
    ("~<~", "the pattern operator ~<~"),
];

impl Binder<'_> {
    pub(crate) fn unary(&mut self, written: &Operator, operand: &syntax::Expr, span: Span) -> Bind<Typed> {
        let operand = self.expression(operand)?;
        self.apply(&written.symbol, vec![operand], written.span, span)
    }

    pub(crate) fn binary(
        &mut self,
        written: &Operator,
        left: &syntax::Expr,
        right: &syntax::Expr,
        span: Span,
    ) -> Bind<Typed> {
        if matches!((&*left.kind, &*right.kind), (ExprKind::Row { .. }, _) | (_, ExprKind::Row { .. })) {
            return self.compare_rows(written, left, right, span);
        }
        let left = self.expression(left)?;
        let right = self.expression(right)?;
        self.apply(&written.symbol, vec![left, right], written.span, span)
    }

    /// Applies the operator that the operands' types mean; `at` is where the operator stands.
    pub(crate) fn apply(&mut self, name: &str, operands: Vec<Typed>, at: Span, span: Span) -> Bind<Typed> {
        let found = self.resolve_operator(name, &operands, at)?;
        let arguments = self.converted(operands, &found.arguments)?;
        let node = Node::Apply { operation: found.operation, arguments };
        Ok(Typed::new(Expr::new(node, found.result), span))
    }

    /// Each value brought to its type.
    pub(crate) fn converted(&mut self, values: Vec<Typed>, types: &[Type]) -> Bind<Vec<Expr>> {
        values.into_iter().zip(types).map(|(value, ty)| self.implicit(value, ty)).collect()
    }

    pub(crate) fn resolve_operator(&self, name: &str, operands: &[Typed], at: Span) -> Bind<Resolution> {
        let types: Vec<_> = operands.iter().map(|operand| operand.ty().clone()).collect();
        operator(name, &types).map_err(|error| unresolved(name, &types, &error, at))
    }
}

fn unresolved(name: &str, types: &[Type], error: &Unresolved, at: Span) -> Diagnostic {
    let shown = match types {
        [operand] => format!("{name} {}", operand.name()),
        [left, right] => format!("{} {name} {}", left.name(), right.name()),
        _ => name.to_owned(),
    };
    match error {
        Unresolved::Ambiguous => refused("42725", format!("operator is not unique: {shown}"), at).with_hint(
            "Could not choose a best candidate operator. You might need to add explicit type casts.",
        ),
        Unresolved::Undetermined { .. } => {
            refused("42804", "could not determine polymorphic type because input has type unknown", at)
        }
        Unresolved::Missing | Unresolved::NotAlike => {
            if let Some((_, what)) = REFUSED.iter().find(|(own, _)| *own == name) {
                return unsupported(what, at);
            }
            refused("42883", format!("operator does not exist: {shown}"), at).with_hint(
                "No operator matches the given name and argument types. You might need to add explicit type casts.",
            )
        }
    }
}
