//! One `select`: outputs and their names, filter, grouping, order.

use algebra::expression::{Expr, SortKey};
use algebra::names::ColumnName;
use algebra::operation::{Resolution, row_columns};
use algebra::query::{Body, Distinct, Grouping, JoinKind, Output, Relation, RelationSource, Select, Source};

use super::binder::{Binder, Typed};
use super::clause::Clause;
use super::fail::{Bind, refused, unsupported};
use super::grouping::{is_constant, without_constants};
use super::name::column_name;
use super::order::over_output;
use crate::syntax::expression as syntax;
use crate::syntax::expression::{Call, ExprKind, SpecialValue};
use crate::syntax::name::{Name, Span};
use crate::syntax::query::{self, QueryBody, SortItem, Target};

impl Binder<'_> {
    pub(crate) fn select(
        &mut self,
        select: &query::Select,
        order_by: &[SortItem],
        keep_unknown: bool,
    ) -> Bind<(Body, Vec<SortKey>)> {
        if let Some(into) = &select.into {
            return Err(unsupported("select into", into.span).with_hint("Write create table … as select …."));
        }
        // In PostgreSQL's order, so that of several mistakes the same one is reported.
        let mut from = self.sources(&select.from)?;
        let windows = select.windows.iter().map(|window| (window.name.text.clone(), window.spec.clone()));
        self.level().windows = windows.collect();
        let keep_unknown = keep_unknown && select.distinct.is_none();
        let outputs = self.outputs(&select.targets, keep_unknown)?;
        if let Some(relation) = self.level().rows.take() {
            if self.level().has_aggregates || !select.group_by.is_empty() {
                return Err(unsupported("a set-returning function beside aggregates", select.span));
            }
            from = Some(beside(from, relation));
        }
        let filter = self.filter(select.filter.as_ref())?;
        let having = match &select.having {
            Some(having) => {
                let value = self.within(Clause::Having, |binder| binder.expression(having))?;
                Some(self.condition(value, "HAVING")?)
            }
            None => None,
        };
        let order = self.select_order(order_by, &outputs)?;
        let grouping = self.grouping(select, &outputs)?;
        let (distinct, mut order) = self.distinct_rows(select, &outputs, order, order_by)?;
        // A constant orders and divides nothing, and an engine may take it for a position.
        order.retain(|key| !is_constant(&key.expr));
        let (grouping, having) = without_constants(grouping, having);
        let grouping = match grouping {
            Grouping::None if self.level().has_aggregates || having.is_some() => Grouping::By(Vec::new()),
            other => other,
        };
        let select = Select { distinct, outputs, from, filter, grouping, having };
        self.check_grouped(&select, &order)?;
        Ok((Body::Select(Box::new(select)), order))
    }

    pub(crate) fn filter(&mut self, written: Option<&syntax::Expr>) -> Bind<Option<Expr>> {
        let Some(written) = written else { return Ok(None) };
        let value = self.within(Clause::Where, |binder| binder.expression(written))?;
        Ok(Some(self.condition(value, "WHERE")?))
    }

    fn outputs(&mut self, targets: &[Target], keep_unknown: bool) -> Bind<Vec<Output>> {
        let mut outputs = Vec::with_capacity(targets.len());
        for target in targets {
            if let ExprKind::Star { qualifier } = &*target.value.kind {
                let columns = self.star(qualifier.as_ref(), target.span)?;
                outputs.extend(columns.into_iter().map(|of| Output { expr: of.expr, name: of.name }));
                continue;
            }
            let value = self.expression(&target.value)?;
            let value = if keep_unknown { value } else { self.settled(value)? };
            outputs.push(Output { expr: value.expr, name: output_name(target)? });
        }
        Ok(outputs)
    }

    /// The targets of `returning`.
    pub(crate) fn returning(&mut self, targets: &[Target]) -> Bind<Vec<Output>> {
        self.within(Clause::Returning, |binder| binder.outputs(targets, false))
    }

    /// A function of many rows as a value: `select unnest(a) from t` is `select r from t, lateral unnest(a) as r`.
    pub(crate) fn rows_value(
        &mut self,
        call: &Call,
        found: Resolution,
        arguments: Vec<Expr>,
        span: Span,
    ) -> Bind<Typed> {
        let clause = self.clause();
        let level = self.level();
        if clause != Clause::Output || level.in_choice {
            let place = if clause == Clause::Output { "CASE" } else { clause.name() };
            let message = format!("set-returning functions are not allowed in {place}");
            return Err(refused("0A000", message, span).with_hint(
                "You might be able to move the set-returning function into a LATERAL FROM item.",
            ));
        }
        if level.in_aggregate {
            let message = "aggregate function calls cannot contain set-returning function calls";
            return Err(refused("0A000", message, span).with_hint(
                "You might be able to move the set-returning function into a LATERAL FROM item.",
            ));
        }
        if level.rows.is_some() {
            return Err(unsupported("a second set-returning function in a select list", span)
                .with_hint("Call them in the from clause."));
        }
        let columns = match row_columns(found.operation.symbol) {
            Some([(name, ty)]) => vec![(ColumnName::literal(name), ty.clone())],
            Some(_) => {
                return Err(unsupported("a function of several columns in a select list", span)
                    .with_hint("Call it in the from clause."));
            }
            None => vec![(column_name(call.name.last())?, found.result.clone())],
        };
        let id = self.fresh_id();
        let (name, ty) = columns[0].clone();
        let source = RelationSource::Function { operation: found.operation, arguments, columns };
        self.level().rows = Some(Relation { id, source, lateral: true });
        Ok(Typed::new(Expr::column(id, name, ty), span))
    }

    fn distinct_rows(
        &mut self,
        select: &query::Select,
        outputs: &[Output],
        order: Vec<SortKey>,
        written: &[SortItem],
    ) -> Bind<(Distinct, Vec<SortKey>)> {
        match &select.distinct {
            None => Ok((Distinct::No, order)),
            Some(query::Distinct::Rows) => {
                for output in outputs {
                    if !algebra::operation::is_comparable(&output.expr.ty) {
                        let message = format!(
                            "could not identify an equality operator for type {}",
                            output.expr.ty.name()
                        );
                        return Err(refused("42883", message, select.span));
                    }
                }
                let mut keys = Vec::with_capacity(order.len());
                for (key, item) in order.into_iter().zip(written) {
                    let Some(key) = over_output(key, outputs) else {
                        let message = "for SELECT DISTINCT, ORDER BY expressions must appear in select list";
                        return Err(refused("42P10", message, item.value.span));
                    };
                    keys.push(key);
                }
                Ok((Distinct::Rows, keys))
            }
            Some(query::Distinct::On(written)) => {
                let mut keys = Vec::with_capacity(written.len());
                for expr in written {
                    keys.push(match self.named_output(expr, outputs, "DISTINCT ON")? {
                        Some(at) => outputs[at].expr.clone(),
                        None => {
                            let value = self.within(Clause::DistinctOn, |binder| binder.expression(expr))?;
                            self.settled(value)?.expr
                        }
                    });
                }
                let leading = order.iter().take(keys.len());
                if leading.into_iter().any(|key| !keys.contains(&key.expr)) {
                    let message = "SELECT DISTINCT ON expressions must match initial ORDER BY expressions";
                    return Err(refused("42P10", message, written[0].span));
                }
                Ok((Distinct::On(keys), order))
            }
        }
    }
}

fn beside(from: Option<Source>, relation: Relation) -> Source {
    let rows = Source::Relation(relation);
    match from {
        None => rows,
        Some(left) => {
            Source::Join { kind: JoinKind::Cross, left: Box::new(left), right: Box::new(rows), on: None }
        }
    }
}

fn output_name(target: &Target) -> Bind<ColumnName> {
    if let Some(alias) = &target.alias {
        return column_name(alias);
    }
    let text = figured(&target.value).map_or_else(|| "?column?".to_owned(), |(name, _)| name);
    column_name(&Name { text, quoted: true, span: target.span })
}

/// The name that PostgreSQL gives an output without an alias; strong names win over those of casts and `case`.
fn figured(expr: &syntax::Expr) -> Option<(String, bool)> {
    let strong = |name: &str| Some((name.to_owned(), true));
    match &*expr.kind {
        ExprKind::Column(name) => strong(&name.last().text),
        ExprKind::Field { name, .. } => strong(&name.text),
        ExprKind::Subscript { base, .. } => figured(base),
        ExprKind::Collate { operand, .. } => figured(operand),
        ExprKind::Call(call) => strong(&call.name.last().text),
        ExprKind::Coalesce(_) => strong("coalesce"),
        ExprKind::Greatest(_) => strong("greatest"),
        ExprKind::Least(_) => strong("least"),
        ExprKind::NullIf { .. } => strong("nullif"),
        ExprKind::Array(_) | ExprKind::ArrayQuery(_) => strong("array"),
        ExprKind::Row { .. } => strong("row"),
        ExprKind::Exists(_) => strong("exists"),
        ExprKind::Grouping(_) => strong("grouping"),
        ExprKind::Special { value, .. } => strong(special_name(*value)),
        ExprKind::Cast(cast) => match figured(&cast.operand) {
            Some((name, true)) => Some((name, true)),
            _ => Some((cast.target.name.last().text.clone(), false)),
        },
        ExprKind::Case(case) => match case.otherwise.as_ref().and_then(figured) {
            Some((name, true)) => Some((name, true)),
            _ => Some(("case".to_owned(), false)),
        },
        ExprKind::Subquery(query) => match &query.body {
            QueryBody::Select(select) => {
                let first = select.targets.first()?;
                match &first.alias {
                    Some(alias) => strong(&alias.text),
                    None => figured(&first.value),
                }
            }
            QueryBody::Values(_) => strong("column1"),
            QueryBody::SetOperation(_) => None,
        },
        _ => None,
    }
}

fn special_name(value: SpecialValue) -> &'static str {
    match value {
        SpecialValue::CurrentDate => "current_date",
        SpecialValue::CurrentTime => "current_time",
        SpecialValue::CurrentTimestamp => "current_timestamp",
        SpecialValue::LocalTime => "localtime",
        SpecialValue::LocalTimestamp => "localtimestamp",
        SpecialValue::CurrentRole => "current_role",
        SpecialValue::CurrentUser => "current_user",
        SpecialValue::User => "user",
        SpecialValue::SessionUser => "session_user",
        SpecialValue::CurrentCatalog => "current_catalog",
        SpecialValue::CurrentSchema => "current_schema",
    }
}

impl Binder<'_> {
    /// A value of a list, whose unknown literals become text.
    pub(crate) fn settled_expression(&mut self, written: &syntax::Expr) -> Bind<Typed> {
        let value = self.expression(written)?;
        self.settled(value)
    }
}
