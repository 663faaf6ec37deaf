//! Conditions: filters and logic trees as expressions.

use algebra::expression::{Expr, Node, Truth};
use algebra::operation;
use algebra::types::Type;

use super::Builder;
use super::level::Scope;
use super::operators::{self, Applied};
use crate::error::PlanError;
use crate::input::Input;
use crate::request::{Condition, Field, Is, Operand, Operator, Test};

impl Builder<'_> {
    /// A condition over the relation and the embeds in scope.
    pub(super) fn condition(&mut self, scope: &Scope, condition: &Condition) -> Result<Expr, PlanError> {
        match condition {
            Condition::And(all) => Ok(Expr::and(self.conditions(scope, all)?)),
            Condition::Or(any) => {
                let terms = self.conditions(scope, any)?;
                Ok(Expr::new(Node::Or(terms), Type::Bool))
            }
            Condition::Not(inner) => Ok(Expr::not(self.condition(scope, inner)?)),
            Condition::Embed { name, is_null } => self.embed_test(scope, name, *is_null),
            Condition::Compare { field, negated, test } => {
                if let Some(is_null) = embed_null_test(scope, field, test) {
                    return self.embed_test(scope, &field.column, is_null != *negated);
                }
                let left = self.field(scope, field)?;
                let result = test_expr(left, test)?;
                Ok(if *negated { Expr::not(result) } else { result })
            }
        }
    }

    pub(super) fn conditions(&mut self, scope: &Scope, all: &[Condition]) -> Result<Vec<Expr>, PlanError> {
        all.iter().map(|condition| self.condition(scope, condition)).collect()
    }
}

/// `rel=is.null` where `rel` is an embed of this level tests the embed, not a column.
fn embed_null_test(scope: &Scope, field: &Field, test: &Test) -> Option<bool> {
    if !field.path.is_empty() || !scope.has_embed(&field.column) {
        return None;
    }
    match test {
        Test::Is(Is::Null) => Some(true),
        Test::Is(Is::NotNull) => Some(false),
        _ => None,
    }
}

fn test_expr(left: Expr, test: &Test) -> Result<Expr, PlanError> {
    match test {
        Test::Operator { operator, operand } => compare(left, *operator, operand),
        Test::In(inputs) => {
            let Applied { right, .. } = operators::resolve(Operator::Eq, &left.ty)?;
            let list = inputs.iter().map(|input| literal(*input, &right)).collect();
            Ok(bool_of(Node::InList { operand: Box::new(left), list }))
        }
        Test::Is(is) => is_test(left, *is),
        Test::Distinct(input) => {
            let Applied { right, .. } = operators::resolve(Operator::Eq, &left.ty)?;
            let right = literal(*input, &right);
            Ok(bool_of(Node::IsDistinct { left: Box::new(left), right: Box::new(right) }))
        }
        Test::FullText { .. } => Err(PlanError::NotImplemented {
            what: "full-text search on this engine; it comes with a later version".to_owned(),
        }),
    }
}

fn compare(left: Expr, operator: Operator, operand: &Operand) -> Result<Expr, PlanError> {
    let applied = operators::resolve(operator, &left.ty)?;
    let one = |left: &Expr, input: Input| {
        let arguments = vec![left.clone(), literal(input, &applied.right)];
        bool_of(Node::Apply { operation: applied.operation, arguments })
    };
    Ok(match operand {
        Operand::Value(input) => one(&left, *input),
        Operand::Any(inputs) if inputs.is_empty() => Expr::bool(false),
        Operand::Any(inputs) => bool_of(Node::Or(inputs.iter().map(|input| one(&left, *input)).collect())),
        Operand::All(inputs) => Expr::and(inputs.iter().map(|input| one(&left, *input)).collect()),
    })
}

fn is_test(left: Expr, is: Is) -> Result<Expr, PlanError> {
    let truth = match is {
        Is::Null => return Ok(bool_of(Node::IsNull(Box::new(left)))),
        Is::NotNull => return Ok(Expr::not(bool_of(Node::IsNull(Box::new(left))))),
        Is::True => Truth::True,
        Is::False => Truth::False,
        Is::Unknown => Truth::Unknown,
    };
    if left.ty != Type::Bool {
        let word = match truth {
            Truth::True => "TRUE",
            Truth::False => "FALSE",
            Truth::Unknown => "UNKNOWN",
        };
        return Err(PlanError::Sql {
            code: "42804",
            message: format!("argument of IS {word} must be type boolean, not type {}", left.ty.name()),
            hint: None,
        });
    }
    Ok(bool_of(Node::IsTruth { operand: Box::new(left), truth }))
}

fn literal(input: Input, ty: &Type) -> Expr {
    Expr::new(Node::Input(input.0), ty.clone())
}

fn bool_of(node: Node) -> Expr {
    Expr::new(node, Type::Bool)
}

/// `count(*)`.
pub(super) fn count_rows() -> Result<Expr, PlanError> {
    let count = operation::by_name("count").iter().find(|operation| operation.arguments.is_empty());
    let operation = count.ok_or_else(|| PlanError::NotImplemented { what: "count(*)".to_owned() })?;
    let call = algebra::expression::Aggregate {
        operation,
        arguments: Vec::new(),
        distinct: false,
        order: Vec::new(),
        filter: None,
    };
    Ok(Expr::new(Node::Aggregate(Box::new(call)), Type::Int8))
}
