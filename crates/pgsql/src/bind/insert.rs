//! `insert`: columns, rows, defaults, identity and generated columns.

use algebra::expression::{CastStrength, Expr};
use algebra::names::ColumnName;
use algebra::query::{Body, Query};
use algebra::statement::{Insert, InsertSource};
use catalog::{Column, Table};

use super::assignment::place_column;
use super::binder::{Binder, Typed};
use super::clause::Clause;
use super::coerce::can_coerce;
use super::fail::{Bind, refused, unsupported};
use super::scope::Namespace;
use super::staged;
use super::write::{default_of, target_entry};
use crate::syntax;
use crate::syntax::change::{self, Overriding};
use crate::syntax::expression::ExprKind;
use crate::syntax::name::Span;
use crate::syntax::query::{QueryBody, ValuesRow};

/// What is inserted: the columns, and a source that gives exactly them.
struct Rows {
    columns: Vec<ColumnName>,
    source: InsertSource,
}

impl Binder<'_> {
    pub(crate) fn insert(&mut self, insert: &change::Insert) -> Bind<Insert> {
        self.nested(Namespace::default(), Clause::Values, |binder| {
            let ctes = match &insert.with {
                // Writes among them are taken out where the statement begins; deeper they are refused.
                Some(with) if staged::has_writes(with) => {
                    let message =
                        "WITH clause containing a data-modifying statement must be at the top level";
                    return Err(refused("0A000", message, with.span));
                }
                Some(with) => binder.ctes(with)?,
                None => Vec::new(),
            };
            let table = binder.written_table(&insert.table)?;
            let target = binder.fresh_id();
            let mut rows = binder.inserted_rows(insert, &table)?;
            match &mut rows.source {
                InsertSource::Query(query) => query.ctes.splice(0..0, ctes).for_each(drop),
                _ if ctes.is_empty() => {}
                _ => return Err(unsupported("with before default values", insert.table.span)),
            }
            let defaults = table
                .columns
                .iter()
                .filter(|column| column.generated.is_none() && !rows.columns.contains(&column.name))
                .map(|column| (column.name.clone(), default_of(column)))
                .collect();
            let entry = target_entry(&table, target, insert.alias.as_ref());
            binder.level().namespace = Namespace::of(entry);
            let conflict = match &insert.on_conflict {
                Some(conflict) => Some(binder.conflict(conflict, &table)?),
                None => None,
            };
            let returning = binder.returning(&insert.returning)?;
            Ok(Insert {
                table: table.name.clone(),
                target,
                columns: rows.columns,
                source: rows.source,
                defaults,
                override_identity: insert.overriding == Some(Overriding::System),
                conflict,
                returning,
            })
        })
    }

    fn inserted_rows(&mut self, insert: &change::Insert, table: &Table) -> Bind<Rows> {
        let columns = self.target_columns(insert, table)?;
        let change::InsertSource::Query(query) = &insert.source else {
            return Ok(Rows { columns: Vec::new(), source: InsertSource::Defaults });
        };
        let plain = query.with.is_none()
            && query.order_by.is_empty()
            && query.limit.is_none()
            && query.offset.is_none();
        match &query.body {
            QueryBody::Values(rows) if plain => self.value_rows(insert, columns, rows),
            _ => self.query_rows(insert, columns, query),
        }
    }

    /// The columns that were listed, or all of them.
    fn target_columns<'t>(&self, insert: &change::Insert, table: &'t Table) -> Bind<Vec<&'t Column>> {
        if insert.columns.is_empty() {
            return Ok(table.columns.iter().collect());
        }
        let mut columns: Vec<&Column> = Vec::with_capacity(insert.columns.len());
        for place in &insert.columns {
            let column = place_column(place, table)?;
            if columns.iter().any(|other| other.name == column.name) {
                let message = format!("column \"{}\" specified more than once", column.name.as_str());
                return Err(refused("42701", message, place.span));
            }
            columns.push(column);
        }
        Ok(columns)
    }

    fn value_rows(
        &mut self,
        insert: &change::Insert,
        mut columns: Vec<&Column>,
        rows: &[ValuesRow],
    ) -> Bind<Rows> {
        let width = rows.first().map_or(0, |row| row.values.len());
        let last = rows.first().map(|row| row.span).unwrap_or_default();
        fit(&mut columns, width, !insert.columns.is_empty(), last)?;
        let mut bound: Vec<Vec<Expr>> = Vec::with_capacity(rows.len());
        for row in rows {
            if row.values.len() != width {
                return Err(refused("42601", "VALUES lists must all be the same length", row.span));
            }
            let mut values = Vec::with_capacity(width);
            for (column, value) in columns.iter().zip(&row.values) {
                values.push(self.inserted_value(insert, column, value)?);
            }
            bound.push(values);
        }
        // A generated column, here always DEFAULT, is not written; nor is an identity that the user's value loses to.
        let kept: Vec<bool> = columns.iter().map(|column| column.generated.is_none()).collect();
        let names: Vec<_> =
            columns.iter().zip(&kept).filter(|(_, kept)| **kept).map(|(c, _)| c.name.clone()).collect();
        let rows: Vec<Vec<Expr>> = bound
            .into_iter()
            .map(|row| row.into_iter().zip(&kept).filter(|(_, kept)| **kept).map(|(v, _)| v).collect())
            .collect();
        if names.is_empty() && rows.len() == 1 {
            return Ok(Rows { columns: names, source: InsertSource::Defaults });
        }
        let query = Query {
            ctes: Vec::new(),
            body: Body::Values { names: names.clone(), rows },
            order: Vec::new(),
            limit: None,
            offset: None,
        };
        Ok(Rows { columns: names, source: InsertSource::Query(Box::new(query)) })
    }

    fn inserted_value(
        &mut self,
        insert: &change::Insert,
        column: &Column,
        value: &syntax::expression::Expr,
    ) -> Bind<Expr> {
        if let ExprKind::Default = &*value.kind {
            return Ok(default_of(column));
        }
        check_insertable(column, insert, value.span)?;
        let bound = self.expression(value)?;
        let bound = self.assigned(bound, &column.ty, column.name.as_str())?;
        if insert.overriding == Some(Overriding::User) && column.identity.is_some() {
            return Ok(default_of(column));
        }
        Ok(bound)
    }

    fn query_rows(
        &mut self,
        insert: &change::Insert,
        mut columns: Vec<&Column>,
        query: &syntax::query::Query,
    ) -> Bind<Rows> {
        let bound = self.query_for(query, true)?;
        let given = bound.columns();
        fit(&mut columns, given.len(), !insert.columns.is_empty(), query.span)?;
        let overridden =
            |column: &&&Column| insert.overriding == Some(Overriding::User) && column.identity.is_some();
        if let Some(column) = columns.iter().find(overridden) {
            let what = format!("overriding user value for column \"{}\" from a query", column.name.as_str());
            return Err(unsupported(&what, query.span).with_hint("Leave the column out."));
        }
        for (column, (_, ty)) in columns.iter().zip(&given) {
            check_insertable(column, insert, query.span)?;
            if !can_coerce(ty, &column.ty.base, CastStrength::Assignment) {
                // Fails with the words of an assignment.
                let value = Expr::constant(algebra::value::Value::Null, ty.clone());
                self.assigned(Typed::new(value, query.span), &column.ty, column.name.as_str())?;
            }
        }
        let types: Vec<_> = columns.iter().map(|column| column.ty.clone()).collect();
        let bound = self.converted_to(bound, &types, CastStrength::Assignment, query.span)?;
        let names = columns.iter().map(|column| column.name.clone()).collect();
        Ok(Rows { columns: names, source: InsertSource::Query(Box::new(bound)) })
    }
}

/// As many columns as values: fewer values only where no columns were listed.
fn fit(columns: &mut Vec<&Column>, width: usize, listed: bool, span: Span) -> Bind<()> {
    if width > columns.len() {
        return Err(refused("42601", "INSERT has more expressions than target columns", span));
    }
    if width < columns.len() && listed {
        return Err(refused("42601", "INSERT has more target columns than expressions", span));
    }
    columns.truncate(width);
    Ok(())
}

fn check_insertable(column: &Column, insert: &change::Insert, span: Span) -> Bind<()> {
    let name = column.name.as_str();
    let always = column.identity.as_ref().is_some_and(|identity| identity.always);
    let message = format!("cannot insert a non-DEFAULT value into column \"{name}\"");
    if column.generated.is_some() {
        let detail = format!("Column \"{name}\" is a generated column.");
        return Err(refused("428C9", message, span).with_detail(detail));
    }
    if always && insert.overriding.is_none() {
        let detail = format!("Column \"{name}\" is an identity column defined as GENERATED ALWAYS.");
        return Err(refused("428C9", message, span)
            .with_detail(detail)
            .with_hint("Use OVERRIDING SYSTEM VALUE to override."));
    }
    Ok(())
}
