//! Conversions: an expression brought to a type, literals read by the type's input function on the way.

use algebra::expression::{CastStrength, Expr, Node};
use algebra::operation::coercion::coercion;
use algebra::operation::common_type;
use algebra::types::{ColumnType, Modifier, Type};
use algebra::value::Value;

use super::binder::{Binder, Typed};
use super::fail::{Bind, refused};
use super::literal::{float_constant, whole_constant};

/// Whether a conversion exists that this strength may ask for.
pub(crate) fn can_coerce(from: &Type, to: &Type, strength: CastStrength) -> bool {
    coercion(from, to).is_some_and(|needed| needed <= strength)
}

impl Binder<'_> {
    /// Brings a value to a type.
    ///
    /// # Errors
    /// 42846 when there is no such conversion at this strength, and what the type says about a literal.
    pub(crate) fn coerce(&mut self, value: Typed, target: &ColumnType, strength: CastStrength) -> Bind<Expr> {
        if !can_coerce(value.ty(), &target.base, strength) {
            let message = format!("cannot cast type {} to {}", value.ty().name(), target.base.name());
            return Err(refused("42846", message, value.span));
        }
        match &value.expr.node {
            Node::Input(index) if value.is_unknown() => {
                let index = *index;
                self.decide_parameter(index, &target.base, value.span)?;
                let expr = Expr::new(Node::Input(index), target.base.clone());
                Ok(with_modifier(expr, target, strength))
            }
            Node::Constant(Value::Null) => Ok(Expr::constant(Value::Null, target.base.clone())),
            Node::Constant(Value::Text(text)) if value.is_unknown() => {
                self.read_literal(text, target, strength, value.span)
            }
            _ if value.expr.ty == target.base && target.modifier == Modifier::None => Ok(value.expr),
            Node::Constant(Value::Int(number)) if target.modifier == Modifier::None => {
                let folded = whole_constant(*number, &target.base);
                Ok(folded.unwrap_or_else(|| cast(value.expr, target.clone(), strength)))
            }
            Node::Constant(Value::Text(digits))
                if *value.ty() == Type::Numeric && target.modifier == Modifier::None =>
            {
                let folded = float_constant(digits, &target.base);
                Ok(folded.unwrap_or_else(|| cast(value.expr, target.clone(), strength)))
            }
            _ => Ok(cast(value.expr, target.clone(), strength)),
        }
    }

    /// Brings a value to a type on its own accord.
    pub(crate) fn implicit(&mut self, value: Typed, target: &Type) -> Bind<Expr> {
        self.coerce(value, &ColumnType::from(target.clone()), CastStrength::Implicit)
    }

    /// A condition; `place` is where it stands, as PostgreSQL says it: `WHERE`, `AND`.
    pub(crate) fn condition(&mut self, value: Typed, place: &str) -> Bind<Expr> {
        if !can_coerce(value.ty(), &Type::Bool, CastStrength::Assignment) {
            let message = format!("argument of {place} must be type boolean, not type {}", value.ty().name());
            return Err(refused("42804", message, value.span));
        }
        self.coerce(value, &Type::Bool.into(), CastStrength::Assignment)
    }

    /// A value of a type that the place asks for: `LIMIT` wants `bigint`.
    pub(crate) fn expected(&mut self, value: Typed, target: &Type, place: &str) -> Bind<Expr> {
        if !can_coerce(value.ty(), target, CastStrength::Assignment) {
            let message =
                format!("argument of {place} must be type {}, not type {}", target.name(), value.ty().name());
            return Err(refused("42804", message, value.span));
        }
        self.coerce(value, &target.clone().into(), CastStrength::Assignment)
    }

    /// A value assigned to a column.
    pub(crate) fn assigned(&mut self, value: Typed, target: &ColumnType, column: &str) -> Bind<Expr> {
        if !can_coerce(value.ty(), &target.base, CastStrength::Assignment) {
            let message = format!(
                "column \"{column}\" is of type {} but expression is of type {}",
                target.base.name(),
                value.ty().name()
            );
            return Err(refused("42804", message, value.span)
                .with_hint("You will need to rewrite or cast the expression."));
        }
        self.coerce(value, target, CastStrength::Assignment)
    }

    /// Brings several values to their common type; `place` is PostgreSQL's word for what holds them.
    pub(crate) fn unify(&mut self, values: Vec<Typed>, place: &str) -> Bind<(Vec<Expr>, Type)> {
        let types: Vec<_> = values.iter().map(|value| value.ty().clone()).collect();
        let chosen = match common_type(&types) {
            Ok(chosen) => chosen,
            Err((first, second)) => {
                let message =
                    format!("{place} types {} and {} cannot be matched", first.name(), second.name());
                let at = values.iter().find(|value| *value.ty() == second).map(|value| value.span);
                return Err(refused("42804", message, at.unwrap_or_default()));
            }
        };
        let mut exprs = Vec::with_capacity(values.len());
        for value in values {
            if !can_coerce(value.ty(), &chosen, CastStrength::Implicit) {
                let message =
                    format!("{place} could not convert type {} to {}", value.ty().name(), chosen.name());
                return Err(refused("42846", message, value.span));
            }
            exprs.push(self.implicit(value, &chosen)?);
        }
        Ok((exprs, chosen))
    }

    /// What has no type yet becomes text, as in a select list.
    pub(crate) fn settled(&mut self, value: Typed) -> Bind<Typed> {
        if !value.is_unknown() {
            return Ok(value);
        }
        let span = value.span;
        Ok(Typed::new(self.implicit(value, &Type::Text)?, span))
    }
}

/// The conversion itself.
pub(crate) fn cast(operand: Expr, target: ColumnType, strength: CastStrength) -> Expr {
    let ty = target.base.clone();
    Expr::new(Node::Cast { operand: Box::new(operand), target, strength }, ty)
}

fn with_modifier(expr: Expr, target: &ColumnType, strength: CastStrength) -> Expr {
    if target.modifier == Modifier::None { expr } else { cast(expr, target.clone(), strength) }
}
