//! Fields: a column with its JSON path, and what it is cast to.

use algebra::expression::{CastStrength, Expr, Node};
use algebra::operation::{self, Form, Pattern};
use algebra::types::Type;
use algebra::value::Value;

use super::level::Scope;
use super::{Builder, column_type};
use crate::error::PlanError;
use crate::request::{Field, PathKey, PathStep};

impl Builder<'_> {
    /// The expression of a field of a relation in scope.
    pub(super) fn field(&self, scope: &Scope, field: &Field) -> Result<Expr, PlanError> {
        let (name, ty) = scope.target.column(&field.column).ok_or_else(|| PlanError::UnknownColumn {
            relation: scope.target.name.name.as_str().to_owned(),
            column: field.column.clone(),
        })?;
        let column = Expr::column(scope.id, name.clone(), ty.clone());
        if field.path.is_empty() {
            return Ok(column);
        }
        field.path.iter().try_fold(as_json(column)?, step)
    }

    /// The expression as the type that a request names.
    pub(super) fn cast(&self, operand: Expr, ty: &str) -> Result<Expr, PlanError> {
        let target = self.type_named(ty).ok_or_else(|| PlanError::Sql {
            code: "42704",
            message: format!("type \"{ty}\" does not exist"),
            hint: None,
        })?;
        if operand.ty == target {
            return Ok(operand);
        }
        if !castable(&operand.ty, &target) {
            return Err(PlanError::Sql {
                code: "42846",
                message: format!("cannot cast type {} to {}", operand.ty.name(), target.name()),
                hint: None,
            });
        }
        let node = Node::Cast {
            operand: Box::new(operand),
            target: column_type(&target),
            strength: CastStrength::Explicit,
        };
        Ok(Expr::new(node, target))
    }

    fn type_named(&self, name: &str) -> Option<Type> {
        let name = name.trim();
        if let Some(element) = name.strip_suffix("[]") {
            return self.type_named(element).map(Type::array_of);
        }
        if let Some(ty) = Type::by_name(&name.to_lowercase()) {
            return Some(ty);
        }
        let enums = self.catalog.enum_types();
        let mut named = enums.filter(|of| of.name.name.as_str() == name);
        named
            .find(|of| of.name.is_public() || of.name.schema == self.plan.schema)
            .map(|of| Type::Enum(of.clone()))
    }
}

/// json and jsonb as they are; anything else through `to_jsonb`.
fn as_json(column: Expr) -> Result<Expr, PlanError> {
    if matches!(column.ty, Type::Json | Type::Jsonb) {
        return Ok(column);
    }
    let operation = operation::by_name("to_jsonb").first().ok_or_else(|| PlanError::NotImplemented {
        what: format!("a JSON path on a column of type {}", column.ty.name()),
    })?;
    Ok(Expr::new(Node::Apply { operation, arguments: vec![column] }, Type::Jsonb))
}

/// `left -> 'key'`, `left ->> 0`.
fn step(left: Expr, step: &PathStep) -> Result<Expr, PlanError> {
    if !matches!(left.ty, Type::Json | Type::Jsonb) {
        return Err(PlanError::Sql {
            code: "42883",
            message: format!("operator does not exist: {} -> unknown", left.ty.name()),
            hint: Some("a path goes on only after `->`; `->>` gives text and must come last".to_owned()),
        });
    }
    let name = if step.as_text { "->>" } else { "->" };
    let key = match &step.key {
        PathKey::Member(key) => Expr::constant(Value::Text(key.clone()), Type::Text),
        PathKey::Index(index) => Expr::constant(Value::Int(i64::from(*index)), Type::Int4),
    };
    let operation = operation::by_name(name)
        .iter()
        .find(|operation| {
            operation.form == Form::Infix
                && operation.arguments.first() == Some(&Pattern::Is(left.ty.clone()))
                && operation.arguments.get(1) == Some(&Pattern::Is(key.ty.clone()))
        })
        .ok_or_else(|| PlanError::NotImplemented {
            what: format!("the operator {name} on {}", left.ty.name()),
        })?;
    let ty = if step.as_text { Type::Text } else { left.ty.clone() };
    Ok(Expr::new(Node::Apply { operation, arguments: vec![left, key] }, ty))
}

/// Whether PostgreSQL has an explicit cast (text goes to and from everything).
fn castable(from: &Type, to: &Type) -> bool {
    use algebra::types::Category as C;
    let (from_kind, to_kind) = (from.category(), to.category());
    match (from_kind, to_kind) {
        (C::String | C::Unknown, _) | (_, C::String) | (C::Numeric, C::Numeric) => true,
        (C::Boolean, C::Numeric) => *to == Type::Int4,
        (C::Numeric, C::Boolean) => *from == Type::Int4,
        (C::DateTime, C::DateTime) => !matches!(
            (from, to),
            (Type::Time | Type::TimeTz, Type::Date | Type::Timestamp | Type::TimestampTz)
                | (Type::Date, Type::Time)
        ),
        (C::Array, C::Array) => match (from.element(), to.element()) {
            (Some(from), Some(to)) => castable(from, to),
            _ => false,
        },
        _ => match (from, to) {
            (Type::Jsonb, Type::Bool) => true,
            (Type::Jsonb, to) if to.category() == C::Numeric => true,
            (Type::Json | Type::Jsonb, Type::Json | Type::Jsonb) => true,
            (Type::Interval, Type::Time) | (Type::Time, Type::Interval) => true,
            (from, to) => from == to,
        },
    }
}
