//! Programs: which steps SQLite runs for a statement.
//!
//! SQLite has no data-modifying CTEs. Their writes come first, each a step that keeps the rows it returns, and the query reads what
//! was kept. When the query only passes the written rows on, the write alone is the program.

use algebra::change::PartMut;
use algebra::expression::{Expr, Node, RelationId};
use algebra::query::{Body, Cte, CteBody, Distinct, Grouping, Output, Query, RelationSource, Select, Source};
use algebra::statement::{InsertSource, Statement, Write};
use algebra::types::Type;
use algebra::visit::Part;
use catalog::Catalog;

use crate::printer::{OutputNames, Printer};
use crate::program::{Program, Step};
use crate::sqlite::Sqlite;

/// The steps of a statement.
pub(super) fn program(statement: &Statement, catalog: &Catalog) -> Program {
    let maker = Maker { catalog, free_id: statement.part().free_id() };
    let steps = match statement {
        Statement::Write(write) => vec![maker.write(&[], write, &[], None)],
        Statement::Query(query) => match passed_through(query) {
            Some(write) => vec![maker.write(&[], &write, &[], None)],
            None => maker.staged(query),
        },
    };
    Program { steps, writes: statement.writes(), defines: false }
}

struct Maker<'a> {
    catalog: &'a Catalog,
    free_id: u32,
}

impl Maker<'_> {
    /// The writes of a query's CTEs, then the query.
    fn staged(&self, query: &Query) -> Vec<Step> {
        let mut steps = Vec::new();
        let mut stages: Vec<(RelationId, usize)> = Vec::new();
        for (position, cte) in query.ctes.iter().enumerate() {
            let CteBody::Write(write) = &cte.body else { continue };
            let before = &query.ctes[..position];
            if is_read(cte.id, query) {
                let stage = stages.len();
                steps.push(self.write(before, write, &stages, Some(stage)));
                stages.push((cte.id, stage));
            } else {
                let mut write = (**write).clone();
                returning_mut(&mut write).drain(..cte.columns.len());
                steps.push(self.write(before, &write, &stages, None));
            }
        }
        let mut printer = self.printer(&stages);
        let columns = query.columns().into_iter().map(|(_, ty)| ty).collect();
        printer.ctes(&used(&query.ctes, |id| mentions(Part::Query(query), id, false)));
        printer.body(query, OutputNames::Own);
        let sql = printer.finish(columns);
        steps.push(Step { sql, each_row: false, stage: None, counts: false, writes: None });
        steps
    }

    /// One write, with the CTEs it reads among those `before` it.
    fn write(
        &self,
        before: &[Cte],
        write: &Write,
        stages: &[(RelationId, usize)],
        stage: Option<usize>,
    ) -> Step {
        let mut printer = self.printer(stages);
        printer.ctes(&used(before, |id| mentions(Part::Write(write), id, true)));
        printer.write(write);
        let sql = printer.finish(visible(write.returning()));
        Step { sql, each_row: is_row_wise(write), stage, counts: true, writes: Some(write.table().clone()) }
    }

    fn printer(&self, stages: &[(RelationId, usize)]) -> Printer<'_> {
        let mut printer = Printer::new(&Sqlite, self.catalog, self.free_id);
        printer.stages.extend(stages.iter().copied());
        printer
    }
}

/// The types of what a write returns, without the checks that follow.
fn visible(returning: &[Output]) -> Vec<Type> {
    let is_check = |output: &&Output| matches!(&output.expr.node, Node::Apply { operation, .. } if operation.symbol == "pg_require");
    let checks = returning.iter().rev().take_while(is_check).count();
    returning[..returning.len() - checks].iter().map(|output| output.expr.ty.clone()).collect()
}

/// Whether a write is applied to each given row.
fn is_row_wise(write: &Write) -> bool {
    let mut found =
        matches!(write, Write::Insert(insert) if matches!(insert.source, InsertSource::Rows { .. }));
    Part::Write(write).every_expr(&mut |expr| {
        found |= matches!(expr.node, Node::RowInput(_) | Node::RowPresent(_));
    });
    found
}

/// Whether a CTE's rows are read anywhere in the query.
fn is_read(id: RelationId, query: &Query) -> bool {
    mentions(Part::Query(query), id, true)
}

/// Whether a part reads the CTE; of a query's own CTEs only when asked.
fn mentions(part: Part<'_>, id: RelationId, in_ctes: bool) -> bool {
    let mut found = false;
    let mut see = |part: Part<'_>| {
        part.every_relation(&mut |relation| {
            found |= matches!(relation.source, RelationSource::Cte(of) if of == id);
        });
    };
    match part {
        Part::Query(query) if !in_ctes => {
            let body = Query { ctes: Vec::new(), ..query.clone() };
            see(Part::Query(&body));
        }
        part => see(part),
    }
    found
}

/// The CTEs that are read, directly or by each other, in their order.
fn used(ctes: &[Cte], reads: impl Fn(RelationId) -> bool) -> Vec<Cte> {
    let mut kept = vec![false; ctes.len()];
    for position in (0..ctes.len()).rev() {
        let id = ctes[position].id;
        let by_later = ctes[position + 1..].iter().zip(&kept[position + 1..]).any(|(later, kept)| {
            *kept && matches!(&later.body, CteBody::Query(query) if mentions(Part::Query(query), id, true))
        });
        kept[position] = reads(id) || by_later;
    }
    ctes.iter().zip(kept).filter(|(_, kept)| *kept).map(|(cte, _)| cte.clone()).collect()
}

/// The one write of a query that does nothing but pass on what it returns: `with w as (insert … returning …) select w.a, f(w.b)
/// from w`.
fn passed_through(query: &Query) -> Option<Write> {
    let [cte] = &query.ctes[..] else { return None };
    let CteBody::Write(write) = &cte.body else { return None };
    if !query.order.is_empty() || query.limit.is_some() || query.offset.is_some() {
        return None;
    }
    let Body::Select(select) = &query.body else { return None };
    let outputs = plain_outputs(select, cte.id)?;
    let mut write = (**write).clone();
    let returning = returning_mut(&mut write);
    let given: Vec<(_, Expr)> = cte
        .columns
        .iter()
        .map(|(name, _)| name.clone())
        .zip(returning.iter().map(|o| o.expr.clone()))
        .collect();
    let checks = returning.split_off(cte.columns.len().min(returning.len()));
    *returning = outputs;
    for output in returning.iter_mut() {
        put(&mut output.expr, &mut |name| {
            given.iter().find(|(given, _)| given == name).map(|(_, expr)| expr.clone())
        });
    }
    returning.extend(checks);
    Some(write)
}

/// The outputs of a select of everything from this CTE, when none of them needs more than its row.
fn plain_outputs(select: &Select, cte: RelationId) -> Option<Vec<Output>> {
    let Some(Source::Relation(relation)) = &select.from else { return None };
    let all = matches!(select.distinct, Distinct::No)
        && matches!(select.grouping, Grouping::None)
        && select.filter.is_none()
        && relation.source == RelationSource::Cte(cte);
    let row_alone = select.outputs.iter().all(|output| is_of_row(&output.expr));
    (all && row_alone).then(|| select.outputs.clone())
}

fn is_of_row(expr: &Expr) -> bool {
    let mut found = true;
    Part::Expr(expr).every_expr(&mut |expr| {
        found &= !matches!(
            expr.node,
            Node::Scalar(_)
                | Node::Exists(_)
                | Node::InQuery { .. }
                | Node::ArrayQuery(_)
                | Node::Aggregate(_)
                | Node::Window(_)
                | Node::JsonRows { .. }
        );
    });
    found
}

fn put(expr: &mut Expr, value: &mut dyn FnMut(&algebra::names::ColumnName) -> Option<Expr>) {
    if let Node::Column { column, .. } = &expr.node {
        if let Some(value) = value(column) {
            *expr = value;
        }
        return;
    }
    PartMut::Expr(expr).each(&mut |part| {
        if let PartMut::Expr(expr) = part {
            put(expr, value);
        }
    });
}

fn returning_mut(write: &mut Write) -> &mut Vec<Output> {
    match write {
        Write::Insert(insert) => &mut insert.returning,
        Write::Update(update) => &mut update.returning,
        Write::Delete(delete) => &mut delete.returning,
    }
}
