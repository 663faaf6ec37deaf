//! Literals: what they are on their own, and how a string is read once its type is known.

use algebra::expression::{CastStrength, Expr, Node};
use algebra::numeric::Numeric;
use algebra::types::{Category, ColumnType, Modifier, Type};
use algebra::value::{Value, ValueError, input};

use super::binder::{Binder, Typed};
use super::clause::Clause;
use super::coerce::cast;
use super::fail::{Bind, refused, unsupported};
use crate::diagnostic::Diagnostic;
use crate::syntax::literal::Literal;
use crate::syntax::name::Span;

impl Binder<'_> {
    /// A literal as it stands.
    pub(crate) fn literal(&mut self, literal: &Literal, span: Span) -> Bind<Typed> {
        let expr = match literal {
            Literal::Null => Expr::constant(Value::Null, Type::Unknown),
            Literal::Bool(value) => Expr::bool(*value),
            Literal::Integer(number) => Expr::constant(Value::Int(i64::from(*number)), Type::Int4),
            Literal::Number(digits) => number(digits, span)?,
            Literal::String(text) => Expr::constant(Value::Text(text.clone()), Type::Unknown),
            Literal::Bits(_) | Literal::HexBits(_) => return Err(unsupported("a bit string", span)),
        };
        Ok(Typed::new(expr, span))
    }

    /// `$n`.
    pub(crate) fn parameter_expr(&mut self, number: u32, span: Span) -> Bind<Typed> {
        let (index, ty) = self.parameter(number, span)?;
        Ok(Typed::new(Expr::new(Node::Input(index), ty), span))
    }

    /// Reads a string as a value of a type. A length cuts only where a cast was written.
    pub(crate) fn read_literal(
        &mut self,
        text: &str,
        target: &ColumnType,
        strength: CastStrength,
        span: Span,
    ) -> Bind<Expr> {
        if self.defines && names_a_moment(text, &target.base) {
            let what = format!("the literal '{}' in a definition", text.trim());
            return Err(unsupported(&what, span).with_hint(
                "It would be the moment of the definition for ever; write now() or current_date.",
            ));
        }
        // A default is only fitted when a row takes it.
        let later = strength == CastStrength::Explicit || self.clause() == Clause::Default;
        let cuts = later && matches!(target.modifier, Modifier::Length(_));
        let modifier = if cuts { Modifier::None } else { target.modifier };
        let value = input(text, &target.base, modifier, self.options.now)
            .map_err(|error| value_error(error, span))?;
        let constant = Expr::constant(value, target.base.clone());
        Ok(if cuts { cast(constant, target.clone(), strength) } else { constant })
    }
}

fn number(digits: &str, span: Span) -> Bind<Expr> {
    if let Ok(whole) = digits.parse::<i64>() {
        return Ok(Expr::constant(Value::Int(whole), Type::Int8));
    }
    let value = Numeric::parse(digits).map_err(|error| value_error(error, span))?;
    Ok(Expr::constant(Value::Text(value.to_string()), Type::Numeric))
}

/// `'now'`, `'today'` and their kin, read as a date or time.
fn names_a_moment(text: &str, ty: &Type) -> bool {
    let ty = ty.element().unwrap_or(ty);
    if ty.category() != Category::DateTime {
        return false;
    }
    let text = text.to_lowercase();
    ["now", "today", "tomorrow", "yesterday"].iter().any(|word| text.contains(word))
}

/// What a value says against itself, with its place.
pub(crate) fn value_error(error: ValueError, span: Span) -> Diagnostic {
    let mut diagnostic = refused(error.sqlstate, error.message, span);
    diagnostic.detail = error.detail;
    diagnostic.hint = error.hint;
    diagnostic
}

/// A whole number as a constant of another number type, `None` when it does not fit or the type keeps no whole numbers exactly.
pub(crate) fn whole_constant(number: i64, target: &Type) -> Option<Expr> {
    let value = match target {
        Type::Int2 => Value::Int(i64::from(i16::try_from(number).ok()?)),
        Type::Int4 => Value::Int(i64::from(i32::try_from(number).ok()?)),
        Type::Int8 => Value::Int(number),
        Type::Numeric => Value::Text(number.to_string()),
        Type::Float8 => Value::Float(f64::from(i32::try_from(number).ok()?)),
        _ => return None,
    };
    Some(Expr::constant(value, target.clone()))
}

/// A decimal constant as a floating point constant.
pub(crate) fn float_constant(digits: &str, target: &Type) -> Option<Expr> {
    let value: f64 = digits.parse().ok()?;
    (*target == Type::Float8 && value.is_finite()).then(|| Expr::constant(Value::Float(value), Type::Float8))
}
