//! The operators of a request as operations of the language, by the type of the column.

use algebra::operation::{self, Form, Operation, Pattern};
use algebra::types::{Category, Type};

use crate::error::PlanError;
use crate::request::Operator;

/// How an operator is applied to a column of some type.
pub(super) struct Applied {
    pub(super) operation: &'static Operation,
    /// What the untyped literal on the right becomes.
    pub(super) right: Type,
}

/// Finds the operation of `operator` for a left side of type `left`.
///
/// # Errors
/// 42883 when the type has no such operator, as PostgreSQL says.
pub(super) fn resolve(operator: Operator, left: &Type) -> Result<Applied, PlanError> {
    let name = symbol(operator);
    if matches!(
        operator,
        Operator::Eq | Operator::Neq | Operator::Gt | Operator::Gte | Operator::Lt | Operator::Lte
    ) {
        if *left == Type::Json {
            return Err(undefined(name, left));
        }
        return find(name, left).ok_or_else(|| undefined(name, left));
    }
    if matches!(
        operator,
        Operator::StrictlyLeft
            | Operator::StrictlyRight
            | Operator::NotExtendRight
            | Operator::NotExtendLeft
            | Operator::Adjacent
    ) {
        return Err(undefined(name, left));
    }
    find(name, left).ok_or_else(|| undefined(name, left))
}

fn symbol(operator: Operator) -> &'static str {
    match operator {
        Operator::Eq => "=",
        Operator::Neq => "<>",
        Operator::Gt => ">",
        Operator::Gte => ">=",
        Operator::Lt => "<",
        Operator::Lte => "<=",
        Operator::Like => "~~",
        Operator::Ilike => "~~*",
        Operator::Match => "~",
        Operator::Imatch => "~*",
        Operator::Contains => "@>",
        Operator::ContainedIn => "<@",
        Operator::Overlaps => "&&",
        Operator::StrictlyLeft => "<<",
        Operator::StrictlyRight => ">>",
        Operator::NotExtendRight => "&<",
        Operator::NotExtendLeft => "&>",
        Operator::Adjacent => "-|-",
    }
}

/// The best overload: exact before polymorphic before one over text.
fn find(name: &str, left: &Type) -> Option<Applied> {
    let textual = left.category() == Category::String;
    operation::by_name(name)
        .iter()
        .filter(|operation| operation.form == Form::Infix && operation.arguments.len() == 2)
        .filter_map(|operation| {
            let (rank, right) = match (&operation.arguments[0], &operation.arguments[1]) {
                (Pattern::Is(first), Pattern::Is(second)) if first == left => {
                    (rank(second, left), second.clone())
                }
                (Pattern::Is(Type::Text), Pattern::Is(second)) if textual => (3, second.clone()),
                (Pattern::Element, Pattern::Element) => (4, literal_type(left)),
                (Pattern::ArrayOfElement, Pattern::ArrayOfElement) if left.element().is_some() => {
                    (1, left.clone())
                }
                _ => return None,
            };
            Some((rank, Applied { operation, right }))
        })
        .min_by_key(|(rank, _)| *rank)
        .map(|(_, applied)| applied)
}

/// An untyped literal takes the type of the other side if it can.
fn rank(right: &Type, left: &Type) -> u8 {
    if right == left { 0 } else { 2 }
}

/// What an untyped literal compared with a column becomes: `varchar` compares as text, without its length.
fn literal_type(left: &Type) -> Type {
    match left {
        Type::Varchar => Type::Text,
        other => other.clone(),
    }
}

/// PostgreSQL's words for an operator that is not there.
fn undefined(name: &str, left: &Type) -> PlanError {
    PlanError::Sql {
        code: "42883",
        message: format!("operator does not exist: {} {name} unknown", left.name()),
        hint: Some(
            "No operator matches the given name and argument types. You might need to add explicit type casts."
                .to_owned(),
        ),
    }
}
