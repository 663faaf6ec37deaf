//! `set a = …, (b, c) = …`.

use algebra::expression::Expr;
use algebra::query::{Body, Distinct, Query};
use algebra::statement::Assignment;
use catalog::{Column, Table};

use super::binder::{Binder, Typed};
use super::clause::Clause;
use super::fail::{Bind, no_column_of, refused, unsupported};
use super::subquery::{distinct_names, only_output};
use super::write::default_of;
use crate::diagnostic::Diagnostic;
use crate::syntax;
use crate::syntax::change::{Assignment as Written, AssignmentTarget, Place};
use crate::syntax::expression::ExprKind;
use crate::syntax::name::Span;

/// The table whose columns are assigned.
pub(crate) struct Goal<'a> {
    pub table: &'a Table,
}

impl Binder<'_> {
    pub(crate) fn assignments(&mut self, written: &[Written], goal: &Goal<'_>) -> Bind<Vec<Assignment>> {
        let mut set: Vec<Assignment> = Vec::with_capacity(written.len());
        for assignment in written {
            let bound = self.within(Clause::UpdateSet, |binder| binder.assignment(assignment, goal))?;
            for (one, span) in bound {
                if set.iter().any(|other| other.column == one.column) {
                    let message = format!("multiple assignments to same column \"{}\"", one.column.as_str());
                    return Err(refused("42601", message, span));
                }
                set.push(one);
            }
        }
        Ok(set)
    }

    fn assignment(&mut self, written: &Written, goal: &Goal<'_>) -> Bind<Vec<(Assignment, Span)>> {
        let places = match &written.target {
            AssignmentTarget::One(place) => return Ok(vec![self.one(place, &written.value, goal)?]),
            AssignmentTarget::Several(places) => places,
        };
        match &*written.value.kind {
            ExprKind::Row { fields, .. } => {
                check_count(places.len(), fields.len(), written.span)?;
                places.iter().zip(fields).map(|(place, field)| self.one(place, field, goal)).collect()
            }
            ExprKind::Subquery(query) => self.query_assignments(places, query, goal),
            _ if places.len() == 1 => Ok(vec![self.one(&places[0], &written.value, goal)?]),
            _ => {
                let message =
                    "source for a multiple-column UPDATE item must be a sub-SELECT or ROW() expression";
                Err(refused("0A000", message, written.value.span))
            }
        }
    }

    fn one(
        &mut self,
        place: &Place,
        value: &syntax::expression::Expr,
        goal: &Goal<'_>,
    ) -> Bind<(Assignment, Span)> {
        let column = place_column(place, goal.table)?;
        if let ExprKind::Default = &*value.kind {
            if column.generated.is_some() {
                return Err(unsupported("setting a generated column to DEFAULT", value.span)
                    .with_hint("Leave the column out: it is always computed."));
            }
            let assignment = Assignment { column: column.name.clone(), value: default_of(column) };
            return Ok((assignment, place.span));
        }
        check_updatable(column, place.span)?;
        let value = self.expression(value)?;
        let value = self.assigned(value, &column.ty, column.name.as_str())?;
        Ok((Assignment { column: column.name.clone(), value }, place.span))
    }

    /// `(a, b) = (select x, y …)`: a sub-query for each column.
    fn query_assignments(
        &mut self,
        places: &[Place],
        query: &syntax::query::Query,
        goal: &Goal<'_>,
    ) -> Bind<Vec<(Assignment, Span)>> {
        let mut set = Vec::with_capacity(places.len());
        for (at, place) in places.iter().enumerate() {
            let column = place_column(place, goal.table)?;
            check_updatable(column, place.span)?;
            let bound = self.query(query)?;
            check_count(places.len(), bound.columns().len(), query.span)?;
            let bound = self.single(bound, at);
            let ty = bound.columns().swap_remove(0).1;
            let expr = Expr::new(algebra::expression::Node::Scalar(Box::new(bound)), ty);
            let value = self.assigned(Typed::new(expr, query.span), &column.ty, column.name.as_str())?;
            set.push((Assignment { column: column.name.clone(), value }, place.span));
        }
        Ok(set)
    }

    /// The query with one of its outputs alone.
    fn single(&mut self, mut query: Query, at: usize) -> Query {
        if let Body::Select(select) = &mut query.body
            && !matches!(select.distinct, Distinct::Rows)
        {
            let output = select.outputs.swap_remove(at);
            select.outputs = vec![output];
            return query;
        }
        distinct_names(&mut query);
        let id = self.fresh_id();
        only_output(query, at, id)
    }
}

fn check_count(places: usize, values: usize, span: Span) -> Bind<()> {
    if places == values {
        return Ok(());
    }
    Err(refused("42601", "number of columns does not match number of values", span))
}

/// The column that a place names; parts of a column's value are not assigned.
pub(crate) fn place_column<'t>(place: &Place, table: &'t Table) -> Bind<&'t Column> {
    let found = table.column(&place.column.text).ok_or_else(|| unknown_place(place, table))?;
    if !place.path.is_empty() {
        return Err(unsupported("the assignment of a part of a column", place.span)
            .with_hint("Assign the whole value, for jsonb with jsonb_set or ||."));
    }
    Ok(found)
}

fn unknown_place(place: &Place, table: &Table) -> Diagnostic {
    let name = &place.column;
    let diagnostic = no_column_of(&name.text, table.name.name.as_str(), name.span);
    match super::near::nearest(&name.text, table.columns.iter().map(|column| column.name.as_str())) {
        Some(near) => diagnostic.with_hint(format!("Perhaps you meant \"{near}\".")),
        None => diagnostic,
    }
}

fn check_updatable(column: &Column, span: Span) -> Bind<()> {
    let name = column.name.as_str();
    let detail = if column.generated.is_some() {
        format!("Column \"{name}\" is a generated column.")
    } else if column.identity.as_ref().is_some_and(|identity| identity.always) {
        format!("Column \"{name}\" is an identity column defined as GENERATED ALWAYS.")
    } else {
        return Ok(());
    };
    let message = format!("column \"{name}\" can only be updated to DEFAULT");
    Err(refused("428C9", message, span).with_detail(detail))
}
