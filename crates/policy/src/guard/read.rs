//! Reads: the relations of a query, its sub-queries, its views.

use algebra::change::PartMut;
use algebra::expression::{Expr, RelationId};
use algebra::names::ColumnName;
use algebra::query::{Body, CteBody, JoinKind, Output, Query, Relation, RelationSource, Select, Source};
use algebra::types::Type;
use algebra::value::Value;
use algebra::visit::Part;
use catalog::{PolicyCommand, Table, View};

use super::leak::{is_leakproof, policy_first};
use super::rules::Side;
use super::{Denied, Guard};

impl Guard<'_> {
    /// Guards everything in a query.
    pub(super) fn query(&mut self, query: &mut Query) -> Result<(), Denied> {
        for cte in &mut query.ctes {
            match &mut cte.body {
                CteBody::Query(query) => self.query(query)?,
                CteBody::Write(write) => self.write(write)?,
            }
        }
        match &mut query.body {
            Body::Select(select) => self.select(select)?,
            Body::Set { left, right, .. } => {
                self.query(left)?;
                self.query(right)?;
            }
            Body::Values { rows, .. } => rows.iter_mut().flatten().try_for_each(|expr| self.expr(expr))?,
        }
        let bounds = query.limit.iter_mut().chain(&mut query.offset);
        query.order.iter_mut().map(|key| &mut key.expr).chain(bounds).try_for_each(|expr| self.expr(expr))
    }

    /// Guards the sub-queries of an expression.
    pub(super) fn expr(&mut self, expr: &mut Expr) -> Result<(), Denied> {
        self.parts(PartMut::Expr(expr))
    }

    fn parts(&mut self, part: PartMut<'_>) -> Result<(), Denied> {
        let mut result = Ok(());
        part.each(&mut |part| {
            if result.is_ok() {
                result = match part {
                    PartMut::Query(query) => self.query(query),
                    PartMut::Write(write) => self.write(write),
                    part => self.parts(part),
                };
            }
        });
        result
    }

    fn select(&mut self, select: &mut Select) -> Result<(), Denied> {
        // The caller's own parts first, before policies (already guarded) are put beside them.
        let mut from = select.from.take();
        self.select_exprs(select)?;
        let mut policy = Vec::new();
        if let Some(source) = &mut from {
            let raising = select.filter.as_ref().is_some_and(|filter| !is_leakproof(filter));
            self.source(source, Place::Filter(&mut policy), raising)?;
        }
        select.from = from;
        let policy = Expr::and(policy);
        if select.filter.is_some() || !is_true(&policy) {
            select.filter = Some(policy_first(policy, select.filter.take()));
        }
        Ok(())
    }

    fn select_exprs(&mut self, select: &mut Select) -> Result<(), Denied> {
        let mut result = Ok(());
        PartMut::select(select, &mut |part| {
            if result.is_ok() {
                result = match part {
                    PartMut::Query(query) => self.query(query),
                    part => self.parts(part),
                };
            }
        });
        result
    }

    /// Guards a `from` item. `raising`: a filter over it may raise an error, so nothing of it may run before the policies.
    pub(super) fn source(
        &mut self,
        source: &mut Source,
        place: Place<'_>,
        raising: bool,
    ) -> Result<(), Denied> {
        match source {
            Source::Relation(relation) => self.relation(relation, place, raising),
            Source::Join { kind, left, right, on } => {
                on.iter_mut().try_for_each(|on| self.expr(on))?;
                let raising_on = on.as_ref().is_some_and(|on| !is_leakproof(on));
                let raising = raising || raising_on;
                let place = if raising_on { Place::Inside } else { place };
                match (*kind, place) {
                    (JoinKind::Inner | JoinKind::Cross, Place::Filter(policy)) => {
                        self.source(left, Place::Filter(policy), raising)?;
                        self.source(right, Place::Filter(policy), raising)
                    }
                    (JoinKind::Left, place @ Place::Filter(_)) => {
                        self.source(left, place, raising)?;
                        self.source(right, Place::Inside, raising)
                    }
                    _ => {
                        self.source(left, Place::Inside, raising)?;
                        self.source(right, Place::Inside, raising)
                    }
                }
            }
        }
    }

    fn relation(&mut self, relation: &mut Relation, place: Place<'_>, raising: bool) -> Result<(), Denied> {
        match &mut relation.source {
            RelationSource::Table(name) => {
                let Some(table) = self.catalog.table(name) else { return Ok(()) };
                let table = std::sync::Arc::clone(table);
                self.check_select(&table.name, &table.grants, relation.id, "table")?;
                self.table(relation, &table, place, raising)
            }
            RelationSource::View(name) => {
                let Some(view) = self.catalog.view(name) else { return Ok(()) };
                let view = std::sync::Arc::clone(view);
                self.check_select(&view.name, &view.grants, relation.id, "view")?;
                relation.source = RelationSource::Query(Box::new(self.view_body(&view, raising)?));
                Ok(())
            }
            RelationSource::Query(query) => {
                self.query(query)?;
                if raising && !self.bypass && query.limit.is_none() {
                    query.limit = Some(no_limit());
                }
                Ok(())
            }
            RelationSource::Cte(_) => Ok(()),
            RelationSource::Function { arguments, .. } => {
                arguments.iter_mut().try_for_each(|argument| self.expr(argument))
            }
        }
    }

    /// Puts a table's policies where they hold: into the filter, or into a sub-query in its place.
    fn table(
        &mut self,
        relation: &mut Relation,
        table: &Table,
        place: Place<'_>,
        raising: bool,
    ) -> Result<(), Denied> {
        if let Place::Filter(policy) = place {
            policy.push(self.rule(table, PolicyCommand::Select, Side::Using, relation.id)?);
            return Ok(());
        }
        let inner = self.fresh_id();
        let rule = self.rule(table, PolicyCommand::Select, Side::Using, inner)?;
        if is_true(&rule) {
            return Ok(());
        }
        let used = self.used.get(&relation.id);
        let outputs = table
            .columns
            .iter()
            .filter(|column| used.is_some_and(|used| used.contains(&column.name)))
            .map(|column| output(inner, &column.name, &column.ty.base))
            .collect::<Vec<_>>();
        let outputs = if outputs.is_empty() { vec![one()] } else { outputs };
        let mut select = Select::from(outputs, Source::Relation(Relation::table(inner, table.name.clone())));
        select.filter = Some(rule);
        let mut query = Query::select(select);
        query.limit = raising.then(no_limit);
        relation.source = RelationSource::Query(Box::new(query));
        Ok(())
    }

    /// The guarded body of a view: as the caller, or as its owner when its author wrote `security_invoker = false`.
    fn view_body(&mut self, view: &View, raising: bool) -> Result<Query, Denied> {
        let mut query = view.query.clone();
        let base = self.free_id;
        self.free_id += Part::Query(&view.query).free_id();
        PartMut::Query(&mut query).renumber(&mut |id| RelationId(base + id.0));
        self.note_columns(Part::Query(&query));
        if view.security_invoker == Some(false) {
            self.as_owner(|guard| guard.query(&mut query))?;
        } else {
            self.query(&mut query)?;
        }
        if raising && !self.bypass && query.limit.is_none() {
            query.limit = Some(no_limit());
        }
        Ok(query)
    }
}

/// Where the policies of a relation go.
pub(super) enum Place<'p> {
    /// Into the filter of the query: the relation is not on the optional side of an outer join.
    Filter(&'p mut Vec<Expr>),
    /// Into a sub-query in the relation's place.
    Inside,
}

pub(super) fn is_true(expr: &Expr) -> bool {
    matches!(expr.node, algebra::expression::Node::Constant(Value::Bool(true)))
}

pub(super) fn output(relation: RelationId, column: &ColumnName, ty: &Type) -> Output {
    Output { expr: Expr::column(relation, column.clone(), ty.clone()), name: column.clone() }
}

fn one() -> Output {
    Output { expr: Expr::constant(Value::Int(1), Type::Int4), name: ColumnName::literal("one") }
}

/// A bound that bounds nothing but keeps an engine from mixing the outer filter into the sub-query.
pub(super) fn no_limit() -> Expr {
    Expr::constant(Value::Int(i64::MAX), Type::Int8)
}
