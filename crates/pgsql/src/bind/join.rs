//! Joins: `on`, `using`, `natural`; merged columns are spread to what they stand for.

use algebra::expression::{Expr, Node};
use algebra::query::{JoinKind, Source};
use algebra::types::Type;

use super::binder::{Binder, Typed};
use super::clause::Clause;
use super::fail::{Bind, refused};
use super::from::{Sourced, check_distinct, renamed};
use super::scope::{Entry, Namespace, Visible};
use crate::syntax::name::{Name, Span};
use crate::syntax::query::{FromKind, Join, JoinCondition, JoinKind as Written};

impl Binder<'_> {
    /// A chain of joins leans to the left and may be long, so it is walked rather than descended.
    pub(crate) fn join_source(&mut self, join: &Join, span: Span) -> Bind<Sourced> {
        let mut chain = vec![(join, span)];
        let mut first = &join.left;
        while let FromKind::Join(inner) = &first.kind {
            chain.push((inner, first.span));
            first = &inner.left;
        }
        let mut left = self.source(first)?;
        while let Some((join, span)) = chain.pop() {
            left = self.join_to(left, join, span)?;
        }
        Ok(left)
    }

    fn join_to(&mut self, (left, left_names): Sourced, join: &Join, span: Span) -> Bind<Sourced> {
        // The right side of a right or full join cannot depend on rows of the left.
        let lateral = matches!(join.kind, Written::Inner | Written::Left);
        let shown = if lateral { left_names.clone() } else { Namespace::default() };
        self.level().left.push(shown);
        let right = self.source(&join.right);
        self.level().left.pop();
        let (right, right_names) = right?;
        check_distinct(&left_names, &right_names, join.right.span)?;
        let kind = match (join.kind, &join.condition) {
            (Written::Inner, JoinCondition::None) => JoinKind::Cross,
            (Written::Inner, _) => JoinKind::Inner,
            (Written::Left, _) => JoinKind::Left,
            (Written::Right, _) => JoinKind::Right,
            (Written::Full, _) => JoinKind::Full,
        };
        let (on, names) = match &join.condition {
            JoinCondition::None => (None, together(left_names, right_names)),
            JoinCondition::On(condition) => {
                let names = together(left_names, right_names);
                let on = self.seeing(names.clone(), |binder| {
                    let value = binder.expression(condition)?;
                    binder.condition(value, "JOIN/ON")
                })?;
                (Some(on), names)
            }
            JoinCondition::Using { columns, alias } => {
                let (on, names) = self.using(columns, left_names, right_names, kind)?;
                (on, with_using_alias(names, alias.as_ref(), columns.len()))
            }
            JoinCondition::Natural => {
                let common = common_columns(&left_names, &right_names, span);
                self.using(&common, left_names, right_names, kind)?
            }
        };
        let kind = if on.is_none() && kind == JoinKind::Inner { JoinKind::Cross } else { kind };
        let source = Source::Join { kind, left: Box::new(left), right: Box::new(right), on };
        Ok((source, self.joined(names, join)?))
    }

    /// An alias over the whole join hides what is inside.
    fn joined(&mut self, names: Namespace, join: &Join) -> Bind<Namespace> {
        let Some(alias) = &join.alias else { return Ok(names) };
        let id = self.fresh_id();
        let entry = Entry {
            name: alias.name.text.clone(),
            schema: None,
            columns: names.columns,
            id,
            table: None,
            scalar: false,
        };
        Ok(Namespace::of(renamed(entry, Some(alias))?))
    }

    fn seeing<T>(&mut self, names: Namespace, work: impl FnOnce(&mut Self) -> Bind<T>) -> Bind<T> {
        let before = std::mem::replace(&mut self.level().namespace, names);
        let result = self.within(Clause::JoinOn, work);
        self.level().namespace = before;
        result
    }

    fn using(
        &mut self,
        columns: &[Name],
        left: Namespace,
        right: Namespace,
        kind: JoinKind,
    ) -> Bind<(Option<Expr>, Namespace)> {
        let mut terms = Vec::with_capacity(columns.len());
        let mut merged = Vec::with_capacity(columns.len());
        for column in columns {
            let own = one_column(&left, column, "left")?;
            let other = one_column(&right, column, "right")?;
            let pair = || {
                vec![Typed::new(own.expr.clone(), column.span), Typed::new(other.expr.clone(), column.span)]
            };
            let condition = self.apply("=", pair(), column.span, column.span)?;
            terms.push(condition.expr);
            let (sides, ty) = self.unify(pair(), "JOIN/USING")?;
            let mut sides = sides.into_iter();
            let (Some(near), Some(far)) = (sides.next(), sides.next()) else { continue };
            let expr = match kind {
                JoinKind::Right => far,
                JoinKind::Full => Expr::new(Node::Coalesce(vec![near, far]), ty),
                _ => near,
            };
            merged.push(Visible { name: own.name.clone(), expr });
        }
        let rest = |names: &Namespace| -> Vec<Visible> {
            let is_merged = |visible: &Visible| columns.iter().any(|c| c.text == visible.name.as_str());
            names.columns.iter().filter(|visible| !is_merged(visible)).cloned().collect()
        };
        let mut all = merged;
        all.extend(rest(&left));
        all.extend(rest(&right));
        let mut entries = left.entries;
        entries.extend(right.entries);
        let on = if terms.is_empty() { None } else { Some(conjunction(terms)) };
        Ok((on, Namespace { entries, columns: all }))
    }
}

fn conjunction(mut terms: Vec<Expr>) -> Expr {
    if terms.len() == 1 { terms.swap_remove(0) } else { Expr::new(Node::And(terms), Type::Bool) }
}

fn together(mut left: Namespace, right: Namespace) -> Namespace {
    left.extend(right);
    left
}

/// `using (a) as x`: `x.a` is the merged column.
fn with_using_alias(mut names: Namespace, alias: Option<&Name>, merged: usize) -> Namespace {
    if let Some(alias) = alias {
        let id = algebra::query::Select::OUTPUT;
        let columns = names.columns[..merged].to_vec();
        names.entries.push(Entry {
            name: alias.text.clone(),
            schema: None,
            columns,
            id,
            table: None,
            scalar: false,
        });
    }
    names
}

fn one_column<'a>(names: &'a Namespace, column: &Name, side: &str) -> Bind<&'a Visible> {
    let mut found = names.columns.iter().filter(|visible| visible.name.as_str() == column.text);
    let Some(first) = found.next() else {
        let message =
            format!("column \"{}\" specified in USING clause does not exist in {side} table", column.text);
        return Err(refused("42703", message, column.span));
    };
    if found.next().is_some() {
        let message =
            format!("common column name \"{}\" appears more than once in {side} table", column.text);
        return Err(refused("42702", message, column.span));
    }
    Ok(first)
}

/// The names that both sides have, in the order of the left.
fn common_columns(left: &Namespace, right: &Namespace, span: Span) -> Vec<Name> {
    let in_right = |visible: &&Visible| right.columns.iter().any(|other| other.name == visible.name);
    let name = |visible: &Visible| Name { text: visible.name.as_str().to_owned(), quoted: true, span };
    left.columns.iter().filter(in_right).map(name).collect()
}
