//! Programs, CTEs, order and bounds.

use algebra::expression::SortKey;
use algebra::query::{Cte, CteBody, Grouping, Query, Select};
use algebra::statement::Statement;
use catalog::Catalog;

use crate::dialect::FunctionCall;
use crate::postgres::Postgres;
use crate::printer::{OutputNames, Printer};
use crate::program::{Program, Step};

/// One step, whatever the statement is.
pub(super) fn program(statement: &Statement, catalog: &Catalog) -> Program {
    let mut printer = Printer::new(&Postgres, catalog, statement.part().free_id());
    let (columns, table) = match statement {
        Statement::Query(query) => {
            printer.query(query, OutputNames::Own);
            (query.columns().into_iter().map(|(_, ty)| ty).collect(), written_table(query))
        }
        Statement::Write(write) => {
            printer.write(write);
            let columns = write.returning().iter().map(|output| output.expr.ty.clone()).collect();
            (columns, Some(write.table().clone()))
        }
    };
    let sql = printer.finish(columns);
    let writes = statement.writes();
    let step = Step { sql, each_row: false, stage: None, counts: writes, writes: table };
    Program { steps: vec![step], writes, defines: false }
}

fn written_table(query: &Query) -> Option<algebra::names::TableName> {
    query.ctes.iter().find_map(|cte| match &cte.body {
        CteBody::Write(write) => Some(write.table().clone()),
        CteBody::Query(_) => None,
    })
}

/// `t1("a", "b") as (select …)`, `t1("a") as (insert … returning …)`.
pub(super) fn cte(printer: &mut Printer<'_>, cte: &Cte) {
    printer.out.alias(cte.id);
    if !cte.columns.is_empty() {
        printer.keyword("(");
        printer.list(&cte.columns, |printer, (name, _)| printer.out.ident(name.as_str()));
        printer.keyword(")");
    }
    printer.keyword(match cte.materialized {
        None => " as (",
        Some(true) => " as materialized (",
        Some(false) => " as not materialized (",
    });
    match &cte.body {
        CteBody::Query(query) => printer.query(query, OutputNames::Nobody),
        CteBody::Write(write) => printer.write(write),
    }
    printer.keyword(")");
}

/// `a desc nulls last`; PostgreSQL's own place of NULLs is not said.
pub(super) fn sort_key(printer: &mut Printer<'_>, key: &SortKey) {
    printer.operand(&key.expr);
    if key.descending {
        printer.keyword(" desc");
    }
    if key.nulls_first != key.descending {
        printer.keyword(if key.nulls_first { " nulls first" } else { " nulls last" });
    }
}

/// `select … group by grouping sets ((a), (a, b), ())`.
pub(super) fn grouping_sets(printer: &mut Printer<'_>, select: &Select, names: OutputNames) {
    let Grouping::Sets(sets) = &select.grouping else { return };
    printer.select_head(select, names);
    printer.keyword(" group by grouping sets (");
    printer.list(sets, |printer, set| {
        printer.keyword("(");
        printer.list(set, |printer, key| printer.operand(key));
        printer.keyword(")");
    });
    printer.keyword(")");
    printer.having(select);
}

/// ` limit $1::int8 offset $2::int8`.
pub(super) fn bounds(printer: &mut Printer<'_>, query: &Query) {
    if let Some(limit) = &query.limit {
        printer.keyword(" limit ");
        printer.operand(limit);
    }
    if let Some(offset) = &query.offset {
        printer.keyword(" offset ");
        printer.operand(offset);
    }
}

/// `lateral "generate_series"(1, 10) as t1("n")`.
pub(super) fn function(printer: &mut Printer<'_>, call: &FunctionCall<'_>) {
    printer.keyword(if call.lateral { "lateral " } else { "" });
    printer.dialect.apply(printer, call.operation, call.arguments);
    printer.keyword(" as ");
    printer.out.alias(call.relation);
    printer.keyword("(");
    printer.list(call.columns, |printer, (name, _)| printer.out.ident(name.as_str()));
    printer.keyword(")");
}
