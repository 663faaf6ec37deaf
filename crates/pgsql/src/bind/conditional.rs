//! Choices between values: `case`, `coalesce`, `nullif`, `greatest`, `least`, and arrays of values.

use algebra::expression::{Expr, Node};
use algebra::types::Type;

use super::binder::{Binder, Typed};
use super::fail::{Bind, refused, unsupported};
use crate::syntax::expression as syntax;
use crate::syntax::expression::ExprKind;
use crate::syntax::name::Span;

impl Binder<'_> {
    pub(crate) fn case(&mut self, case: &syntax::Case, span: Span) -> Bind<Typed> {
        self.choosing(|binder| binder.branches(case, span))
    }

    /// Binds what is not evaluated for every row.
    fn choosing<T>(&mut self, work: impl FnOnce(&mut Self) -> Bind<T>) -> Bind<T> {
        let before = self.levels.last().is_some_and(|level| level.in_choice);
        if let Some(level) = self.levels.last_mut() {
            level.in_choice = true;
        }
        let result = work(self);
        if let Some(level) = self.levels.last_mut() {
            level.in_choice = before;
        }
        result
    }

    fn branches(&mut self, case: &syntax::Case, span: Span) -> Bind<Typed> {
        let operand = match &case.operand {
            Some(operand) => {
                let value = self.expression(operand)?;
                Some(self.settled(value)?)
            }
            None => None,
        };
        let mut conditions = Vec::with_capacity(case.branches.len());
        let mut results = Vec::with_capacity(case.branches.len() + 1);
        for branch in &case.branches {
            let condition = self.expression(&branch.condition)?;
            let condition = match &operand {
                Some(operand) => {
                    let at = condition.span;
                    self.apply("=", vec![operand.clone(), condition], at, at)?
                }
                None => condition,
            };
            conditions.push(self.condition(condition, "CASE/WHEN")?);
            results.push(self.expression(&branch.result)?);
        }
        // PostgreSQL looks at the `else` first when it decides the type.
        if let Some(otherwise) = &case.otherwise {
            results.insert(0, self.expression(otherwise)?);
        }
        let (results, ty) = self.unify(results, "CASE")?;
        let mut results = results.into_iter();
        let otherwise = if case.otherwise.is_some() { results.next().map(Box::new) } else { None };
        let branches = conditions.into_iter().zip(results).collect();
        Ok(Typed::new(Expr::new(Node::Case { branches, otherwise }, ty), span))
    }

    fn list(&mut self, list: &[syntax::Expr]) -> Bind<Vec<Typed>> {
        list.iter().map(|item| self.expression(item)).collect()
    }

    pub(crate) fn coalesce(&mut self, list: &[syntax::Expr], span: Span) -> Bind<Typed> {
        let values = self.choosing(|binder| binder.list(list))?;
        let (values, ty) = self.unify(values, "COALESCE")?;
        Ok(Typed::new(Expr::new(Node::Coalesce(values), ty), span))
    }

    pub(crate) fn extreme(&mut self, list: &[syntax::Expr], greatest: bool, span: Span) -> Bind<Typed> {
        let place = if greatest { "GREATEST" } else { "LEAST" };
        let values = self.list(list)?;
        let (values, ty) = self.unify(values, place)?;
        if !algebra::operation::is_comparable(&ty) {
            let message = format!("could not identify a comparison function for type {}", ty.name());
            return Err(refused("42883", message, span));
        }
        let node = if greatest { Node::Greatest(values) } else { Node::Least(values) };
        Ok(Typed::new(Expr::new(node, ty), span))
    }

    pub(crate) fn null_if(&mut self, left: &syntax::Expr, right: &syntax::Expr, span: Span) -> Bind<Typed> {
        let left = self.expression(left)?;
        let right = self.expression(right)?;
        let found = self.resolve_operator("=", &[left.clone(), right.clone()], span)?;
        let (Some(compared), Some(result)) = (found.arguments.first(), found.declared.first()) else {
            return Err(unsupported("this nullif", span));
        };
        let (compared, result) = (compared.clone(), result.clone());
        if compared == result {
            let left = self.implicit(left, &compared)?;
            let right = self.implicit(right, &compared)?;
            return Ok(Typed::new(Expr::new(Node::NullIf(Box::new(left), Box::new(right)), result), span));
        }
        // The result keeps the type that the operator takes, whatever the two are compared in.
        let equal = self.apply("=", vec![left.clone(), right], span, span)?.expr;
        let null = Expr::constant(algebra::value::Value::Null, result.clone());
        let otherwise = Some(Box::new(self.implicit(left, &result)?));
        let node = Node::Case { branches: vec![(equal, null)], otherwise };
        Ok(Typed::new(Expr::new(node, result), span))
    }

    /// `array[a, b]`; `element` is known where a cast stands on it.
    pub(crate) fn array(
        &mut self,
        elements: &[syntax::Expr],
        element: Option<&Type>,
        span: Span,
    ) -> Bind<Typed> {
        let mut values = Vec::with_capacity(elements.len());
        for item in elements {
            values.push(match (&*item.kind, element) {
                (ExprKind::Array(inner), Some(_)) => self.array(inner, element, item.span)?,
                _ => self.expression(item)?,
            });
        }
        let nested = values.iter().any(|value| value.ty().element().is_some());
        match element {
            Some(element) => {
                let target = if nested { Type::array_of(element.clone()) } else { element.clone() };
                let values: Vec<_> = values
                    .into_iter()
                    .map(|value| {
                        let at = value.span;
                        Ok(self.cast_to(value, &target.clone().into(), at)?.expr)
                    })
                    .collect::<Bind<_>>()?;
                Ok(Typed::new(Expr::new(Node::ArrayOf(values), Type::array_of(target)), span))
            }
            None if values.is_empty() => Err(refused("42P18", "cannot determine type of empty array", span)
                .with_hint("Explicitly cast to the desired type, for example ARRAY[]::integer[].")),
            None => {
                let (values, ty) = self.unify(values, "ARRAY")?;
                Ok(Typed::new(Expr::new(Node::ArrayOf(values), Type::array_of(ty)), span))
            }
        }
    }
}
