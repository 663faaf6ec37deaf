//! A table's own expressions after a column got another type: operators and functions are found anew, as PostgreSQL does when it
//! reads the expression again.
//!
//! **Must not:** guess: what cannot be found anew is refused.

use algebra::expression::{CastStrength, Expr, Node, RelationId};
use algebra::names::ColumnName;
use algebra::operation::coercion::{coercion, is_implicit};
use algebra::operation::{self, Form, Operation, Resolution, by_name, common_type};
use algebra::types::Type;
use algebra::value::Value;

use crate::error::CatalogError;

type Retyped = Result<Expr, CatalogError>;

/// The column that changed and its new type.
pub(super) struct Changed<'a> {
    pub column: &'a ColumnName,
    pub ty: &'a Type,
}

impl Changed<'_> {
    /// The expression over the column as it is now; of the same type as before where that matters to its owner.
    pub(super) fn expr(&self, expr: &Expr) -> Retyped {
        match &expr.node {
            Node::Column { relation, column } if *relation == RelationId::SELF && column == self.column => {
                Ok(Expr::column(RelationId::SELF, column.clone(), self.ty.clone()))
            }
            Node::Constant(_) | Node::Column { .. } => Ok(expr.clone()),
            Node::Cast { operand, target, strength } => self.cast(operand, target, *strength),
            Node::Apply { operation, arguments } => self.apply(operation, arguments),
            Node::And(terms) => Ok(Expr::new(Node::And(self.list(terms)?), Type::Bool)),
            Node::Or(terms) => Ok(Expr::new(Node::Or(self.list(terms)?), Type::Bool)),
            Node::Not(operand) => Ok(Expr::not(self.expr(operand)?)),
            Node::IsNull(operand) => {
                Ok(Expr::new(Node::IsNull(Box::new(self.expr(bare(operand))?)), Type::Bool))
            }
            Node::IsTruth { operand, truth } => {
                let operand = Box::new(expected(self.expr(operand)?, &Type::Bool)?);
                Ok(Expr::new(Node::IsTruth { operand, truth: *truth }, Type::Bool))
            }
            Node::InList { operand, list } => self.in_list(operand, list),
            Node::IsDistinct { left, right } => {
                let (left, right) = (self.expr(bare(left))?, self.expr(bare(right))?);
                let found = resolved("=", &[left.ty.clone(), right.ty.clone()])?;
                let [to_left, to_right] = found.arguments.as_slice() else { return Err(refused(expr)) };
                let left = Box::new(converted(left, to_left));
                let right = Box::new(converted(right, to_right));
                Ok(Expr::new(Node::IsDistinct { left, right }, Type::Bool))
            }
            _ if self.is_free(expr) => Ok(expr.clone()),
            _ => Err(refused(expr)),
        }
    }

    /// Whether the expression does not name the column at all.
    fn is_free(&self, expr: &Expr) -> bool {
        let mut free = true;
        algebra::visit::Part::Expr(expr).every_expr(&mut |part| {
            free &= !matches!(
                &part.node,
                Node::Column { relation, column } if *relation == RelationId::SELF && column == self.column
            );
        });
        free
    }

    fn list(&self, list: &[Expr]) -> Result<Vec<Expr>, CatalogError> {
        list.iter().map(|expr| self.expr(expr)).collect()
    }

    fn cast(&self, operand: &Expr, target: &algebra::types::ColumnType, strength: CastStrength) -> Retyped {
        let operand = self.expr(operand)?;
        // What was put in to make types fit is put in anew by the one that needs it.
        if strength == CastStrength::Implicit {
            return Ok(operand);
        }
        if coercion(&operand.ty, &target.base).is_none_or(|needed| needed > strength) {
            let message = format!("cannot cast type {} to {}", operand.ty.name(), target.base.name());
            return Err(CatalogError::new("42846", message));
        }
        let node = Node::Cast { operand: Box::new(operand), target: target.clone(), strength };
        Ok(Expr::new(node, target.base.clone()))
    }

    fn apply(&self, operation: &'static Operation, arguments: &[Expr]) -> Retyped {
        let arguments: Vec<Expr> =
            arguments.iter().map(|argument| self.expr(bare(argument))).collect::<Result<_, _>>()?;
        let types: Vec<Type> = arguments.iter().map(|argument| argument.ty.clone()).collect();
        let found = match operation.form {
            Form::Infix | Form::Prefix => resolved(operation.name, &types)?,
            _ => {
                let same = |other: &&'static Operation| {
                    other.schema == operation.schema && other.form == operation.form
                };
                let overloads: Vec<_> = by_name(operation.name).iter().copied().filter(same).collect();
                operation::function(&overloads, &types, true).map_err(|_| missing(operation.name, &types))?
            }
        };
        let arguments =
            arguments.into_iter().zip(&found.arguments).map(|(value, ty)| converted(value, ty)).collect();
        Ok(Expr::new(Node::Apply { operation: found.operation, arguments }, found.result))
    }

    fn in_list(&self, operand: &Expr, list: &[Expr]) -> Retyped {
        let operand = self.expr(bare(operand))?;
        let list: Vec<Expr> = list.iter().map(|item| self.expr(bare(item))).collect::<Result<_, _>>()?;
        let mut types = vec![operand.ty.clone()];
        types.extend(list.iter().map(|item| item.ty.clone()));
        let common = common_type(&types).map_err(|(left, right)| missing("=", &[left, right]))?;
        let found = resolved("=", &[operand.ty.clone(), common.clone()])?;
        let compared = found.arguments.first().cloned().unwrap_or(common);
        if let Some(item) = list.iter().find(|item| !is_implicit(&item.ty, &compared)) {
            return Err(missing("=", &[operand.ty.clone(), item.ty.clone()]));
        }
        let operand = Box::new(converted(operand, &compared));
        let list = list.into_iter().map(|item| converted(item, &compared)).collect();
        Ok(Expr::new(Node::InList { operand, list }, Type::Bool))
    }
}

/// The expression under the casts that were only put in to make types fit.
fn bare(expr: &Expr) -> &Expr {
    match &expr.node {
        Node::Cast { operand, strength: CastStrength::Implicit, .. } => bare(operand),
        _ => expr,
    }
}

fn converted(value: Expr, ty: &Type) -> Expr {
    if value.ty == *ty {
        return value;
    }
    if let Node::Constant(Value::Int(number)) = &value.node
        && matches!(ty, Type::Int8)
    {
        return Expr::constant(Value::Int(*number), Type::Int8);
    }
    let strength = CastStrength::Implicit;
    let node = Node::Cast { operand: Box::new(value), target: ty.clone().into(), strength };
    Expr::new(node, ty.clone())
}

fn expected(value: Expr, ty: &Type) -> Retyped {
    if is_implicit(&value.ty, ty) {
        Ok(converted(value, ty))
    } else {
        Err(missing("=", &[value.ty, ty.clone()]))
    }
}

fn resolved(name: &str, types: &[Type]) -> Result<Resolution, CatalogError> {
    operation::operator(name, types).map_err(|_| missing(name, types))
}

fn missing(name: &str, types: &[Type]) -> CatalogError {
    let shown = match types {
        [left, right] => format!("operator does not exist: {} {name} {}", left.name(), right.name()),
        _ => {
            let types: Vec<_> = types.iter().map(Type::name).collect();
            format!("function {name}({}) does not exist", types.join(", "))
        }
    };
    CatalogError::new("42883", shown)
        .with_hint("Drop the constraint or index that uses the column, and add it anew afterwards.")
}

fn refused(_: &Expr) -> CatalogError {
    CatalogError::new("0A000", "cannot alter type of a column used in this kind of expression")
        .with_hint("Drop the constraint or index that uses the column, and add it anew afterwards.")
}
