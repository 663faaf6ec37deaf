//! `with`: named sub-queries, recursive ones, and writes whose rows are read.

use algebra::expression::{CastStrength, RelationId};
use algebra::names::ColumnName;
use algebra::query::{Body, Cte, CteBody, Query, SetKind};
use algebra::statement::Write;
use algebra::types::Type;

use super::binder::Binder;
use super::fail::{Bind, refused, unsupported};
use super::name::column_name;
use super::scope::Named;
use super::set::set_types;
use super::subquery::{distinct_names, rename_output};
use crate::syntax::query::{CommonTable, QueryBody, SetOperation, SetOperator, With};
use crate::syntax::statement::StatementKind;

impl Binder<'_> {
    /// Binds the tables of a `with` and puts them into the innermost scope.
    pub(crate) fn ctes(&mut self, with: &With) -> Bind<Vec<Cte>> {
        let mut ctes: Vec<Cte> = Vec::with_capacity(with.tables.len());
        for table in &with.tables {
            if self.level().ctes.iter().any(|other| other.name == table.name.text) {
                let message = format!("WITH query name \"{}\" specified more than once", table.name.text);
                return Err(refused("42712", message, table.name.span));
            }
            let cte = self.cte(table, with.recursive)?;
            let named = Named::of(&table.name.text, &cte);
            self.level().ctes.push(named);
            ctes.push(cte);
        }
        Ok(ctes)
    }

    /// The CTE of this name; that it was named is noted.
    pub(crate) fn find_cte(&mut self, name: &str) -> Option<Named> {
        let found =
            self.levels.iter_mut().rev().flat_map(|level| &mut level.ctes).find(|cte| cte.name == name)?;
        found.named = true;
        Some(found.clone())
    }

    /// The CTEs of an update or delete, which are bound anew wherever they are read: the statement has no place for them.
    pub(crate) fn inlined_ctes(&mut self, with: &With) -> Bind<()> {
        if with.recursive {
            return Err(unsupported("with recursive on an update or delete", with.span)
                .with_hint("Put the with clause into the sub-query that reads it."));
        }
        for table in &with.tables {
            if !matches!(table.statement.kind, StatementKind::Query(_)) {
                return Err(unsupported("a write in the with clause of an update or delete", table.span));
            }
            let named = Named {
                name: table.name.text.clone(),
                id: RelationId::SELF,
                columns: Vec::new(),
                named: false,
                inline: Some(Box::new(table.clone())),
            };
            self.level().ctes.push(named);
        }
        Ok(())
    }

    /// Binds an inlined CTE where it is read: it sees the CTEs before it and no columns.
    pub(crate) fn inline(&mut self, table: &CommonTable) -> Bind<Query> {
        let StatementKind::Query(query) = &table.statement.kind else {
            return Err(unsupported("this statement in WITH", table.span));
        };
        let name = table.name.text.as_str();
        let owner = self.levels.iter().rposition(|level| level.ctes.iter().any(|cte| cte.name == name));
        let owner = owner.unwrap_or(0);
        let inner = self.levels.split_off(owner + 1);
        let level = self.level();
        let sight = std::mem::take(&mut level.namespace);
        let at = level.ctes.iter().position(|cte| cte.name == name).unwrap_or(0);
        let later = level.ctes.split_off(at);
        let bound = self.query(query);
        let level = self.level();
        level.ctes.extend(later);
        level.namespace = sight;
        self.levels.extend(inner);
        let mut bound = CteBody::Query(Box::new(bound?));
        named_columns(&mut bound, table)?;
        match bound {
            CteBody::Query(query) => Ok(*query),
            CteBody::Write(_) => Err(unsupported("this statement in WITH", table.span)),
        }
    }

    fn cte(&mut self, table: &CommonTable, recursive: bool) -> Bind<Cte> {
        if let Some(search) = &table.search {
            return Err(unsupported("the search clause of a recursive query", search.span));
        }
        if let Some(cycle) = &table.cycle {
            return Err(unsupported("the cycle clause of a recursive query", cycle.span));
        }
        let id = self.fresh_id();
        let (mut body, recursive) = match &table.statement.kind {
            StatementKind::Query(query) => match &query.body {
                QueryBody::SetOperation(operation)
                    if recursive && operation.operator == SetOperator::Union && query.with.is_none() =>
                {
                    let (query, recursive) = self.union_cte(table, operation, query, id)?;
                    (CteBody::Query(Box::new(query)), recursive)
                }
                _ => (CteBody::Query(Box::new(self.query(query)?)), false),
            },
            kind @ (StatementKind::Insert(_) | StatementKind::Update(_) | StatementKind::Delete(_)) => {
                if self.levels.len() > 1 {
                    let message =
                        "WITH clause containing a data-modifying statement must be at the top level";
                    return Err(refused("0A000", message, table.span));
                }
                (CteBody::Write(Box::new(self.write(kind, table.statement.span)?)), false)
            }
            _ => return Err(unsupported("this statement in WITH", table.span)),
        };
        let columns = named_columns(&mut body, table)?;
        Ok(Cte { id, columns, body, recursive, materialized: table.materialized })
    }

    /// `left union [all] right`, where the right side may read the CTE itself.
    fn union_cte(
        &mut self,
        table: &CommonTable,
        operation: &SetOperation,
        whole: &crate::syntax::query::Query,
        id: RelationId,
    ) -> Bind<(Query, bool)> {
        let mut left = self.query(&operation.left)?;
        distinct_names(&mut left);
        for (at, name) in table.columns.iter().enumerate().take(left.columns().len()) {
            rename_output(&mut left, at, &column_name(name)?);
        }
        let columns = left.columns();
        let name = table.name.text.clone();
        self.level().ctes.push(Named { name, id, columns: columns.clone(), named: false, inline: None });
        let right = self.query_for(&operation.right, true);
        let named = self.level().ctes.pop().is_some_and(|cte| cte.named);
        let right = right?;
        if !named {
            return Ok((self.query(whole)?, false));
        }
        if !whole.order_by.is_empty() {
            return Err(refused("0A000", "ORDER BY in a recursive query is not implemented", whole.span));
        }
        if whole.limit.is_some() || whole.offset.is_some() {
            return Err(refused("0A000", "LIMIT in a recursive query is not implemented", whole.span));
        }
        let types = set_types("UNION", &left, &right, operation.right.span)?;
        for (at, ((_, own), overall)) in columns.iter().zip(&types).enumerate() {
            if *own != overall.base {
                let message = format!(
                    "recursive query \"{}\" column {} has type {} in non-recursive term but type {} overall",
                    table.name.text,
                    at + 1,
                    own.name(),
                    overall.base.name()
                );
                return Err(refused("42804", message, operation.left.span)
                    .with_hint("Cast the output of the non-recursive term to the correct type."));
            }
        }
        let right = self.converted_to(right, &types, CastStrength::Implicit, operation.right.span)?;
        let body = Body::Set {
            kind: SetKind::Union,
            all: operation.all,
            left: Box::new(left),
            right: Box::new(right),
        };
        Ok((Query { ctes: Vec::new(), body, order: Vec::new(), limit: None, offset: None }, true))
    }
}

/// The columns as the CTE's list names them; the body's outputs take the same names.
fn named_columns(body: &mut CteBody, table: &CommonTable) -> Bind<Vec<(ColumnName, Type)>> {
    let count = match body {
        CteBody::Query(query) => query.columns().len(),
        CteBody::Write(write) => write.returning().len(),
    };
    if table.columns.len() > count {
        let message = format!(
            "WITH query \"{}\" has {count} columns available but {} columns specified",
            table.name.text,
            table.columns.len()
        );
        return Err(refused("42P10", message, table.span));
    }
    match body {
        CteBody::Query(query) => {
            for (at, name) in table.columns.iter().enumerate() {
                rename_output(query, at, &column_name(name)?);
            }
            distinct_names(query);
            Ok(query.columns())
        }
        CteBody::Write(write) => {
            let returning = match &mut **write {
                Write::Insert(insert) => &mut insert.returning,
                Write::Update(update) => &mut update.returning,
                Write::Delete(delete) => &mut delete.returning,
            };
            for (output, name) in returning.iter_mut().zip(&table.columns) {
                output.name = column_name(name)?;
            }
            Ok(returning.iter().map(|output| (output.name.clone(), output.expr.ty.clone())).collect())
        }
    }
}
