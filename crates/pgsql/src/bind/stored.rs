//! Expressions that definitions keep: checks, defaults, generated columns, indexes; over the row itself.

use std::sync::Arc;

use algebra::expression::{CastStrength, Expr, Node, RelationId};
use algebra::names::ColumnName;
use algebra::operation::Volatility;
use algebra::types::{Category, ColumnType, Type};
use algebra::visit::Part;
use catalog::{Column, Table};

use super::binder::Binder;
use super::clause::Clause;
use super::coerce::can_coerce;
use super::fail::{Bind, refused};
use super::scope::Namespace;
use super::write::target_entry;
use crate::syntax::expression as syntax;
use crate::syntax::name::Span;

impl Binder<'_> {
    /// A condition over a row of the table.
    pub(crate) fn row_condition(
        &mut self,
        written: &syntax::Expr,
        table: &Arc<Table>,
        clause: Clause,
        place: &str,
    ) -> Bind<Expr> {
        let sight = Namespace::of(target_entry(table, RelationId::SELF, None));
        self.nested(sight, clause, |binder| {
            let value = binder.expression(written)?;
            binder.condition(value, place)
        })
    }

    /// A value over a row of the table.
    pub(crate) fn row_value(
        &mut self,
        written: &syntax::Expr,
        table: &Arc<Table>,
        clause: Clause,
    ) -> Bind<Expr> {
        let sight = Namespace::of(target_entry(table, RelationId::SELF, None));
        self.nested(sight, clause, |binder| Ok(binder.settled_expression(written)?.expr))
    }

    /// A default, brought to the column's type.
    pub(crate) fn default_value(
        &mut self,
        written: &syntax::Expr,
        ty: &ColumnType,
        column: &str,
    ) -> Bind<Expr> {
        self.nested(Namespace::default(), Clause::Default, |binder| {
            let value = binder.expression(written)?;
            if !can_coerce(value.ty(), &ty.base, CastStrength::Assignment) {
                let message = format!(
                    "column \"{column}\" is of type {} but default expression is of type {}",
                    ty.base.name(),
                    value.ty().name()
                );
                return Err(refused("42804", message, written.span)
                    .with_hint("You will need to rewrite or cast the expression."));
            }
            binder.coerce(value, ty, CastStrength::Assignment)
        })
    }

    /// `generated always as (…) stored`.
    pub(crate) fn generated_value(
        &mut self,
        written: &syntax::Expr,
        column: &Column,
        table: &Arc<Table>,
    ) -> Bind<Expr> {
        let sight = Namespace::of(target_entry(table, RelationId::SELF, None));
        let ty = &column.ty;
        let name = column.name.as_str();
        let expr = self.nested(sight, Clause::Generated, |binder| {
            let value = binder.expression(written)?;
            if !can_coerce(value.ty(), &ty.base, CastStrength::Assignment) {
                let message = format!(
                    "column \"{name}\" is of type {} but generation expression is of type {}",
                    ty.base.name(),
                    value.ty().name()
                );
                return Err(refused("42804", message, written.span)
                    .with_hint("You will need to rewrite or cast the expression."));
            }
            binder.coerce(value, ty, CastStrength::Assignment)
        })?;
        for used in own_columns(&expr) {
            if used == column.name || table.column(used.as_str()).is_some_and(|own| own.generated.is_some()) {
                let message = format!(
                    "cannot use generated column \"{}\" in column generation expression",
                    used.as_str()
                );
                return Err(refused("42P17", message, written.span)
                    .with_detail("A generated column cannot reference another generated column."));
            }
        }
        check_immutable(&expr, "generation expression is not immutable", written.span)?;
        Ok(expr)
    }
}

/// The columns of the row itself that an expression names, in the order it names them.
pub(crate) fn own_columns(expr: &Expr) -> Vec<ColumnName> {
    let mut found = Vec::new();
    Part::Expr(expr).every_expr(&mut |expr| {
        if let Node::Column { relation, column } = &expr.node
            && *relation == RelationId::SELF
            && !found.contains(column)
        {
            found.push(column.clone());
        }
    });
    found
}

/// Refuses what may answer differently at another time or for another session.
pub(crate) fn check_immutable(expr: &Expr, message: &str, span: Span) -> Bind<()> {
    let mut immutable = true;
    Part::Expr(expr).every_expr(&mut |expr| {
        immutable &= match &expr.node {
            Node::Apply { operation, .. } => operation.volatility == Volatility::Immutable,
            Node::Cast { operand, target, .. } => is_immutable_cast(&operand.ty, &target.base),
            _ => true,
        };
    });
    if immutable { Ok(()) } else { Err(refused("42P17", message, span)) }
}

/// Conversions of dates and times from and to text, and between zones, depend on the session.
fn is_immutable_cast(from: &Type, to: &Type) -> bool {
    let temporal = |ty: &Type| matches!(ty.category(), Category::DateTime | Category::Timespan);
    let textual = |ty: &Type| ty.category() == Category::String;
    let zoned = |ty: &Type| matches!(ty, Type::TimestampTz | Type::TimeTz);
    if from == to {
        return true;
    }
    !(temporal(from) && textual(to)
        || textual(from) && temporal(to)
        || zoned(from) != zoned(to) && temporal(from))
}
