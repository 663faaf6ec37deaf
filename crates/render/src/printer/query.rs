//! Queries: `with`, `select`, set operations, `values`, order and bounds.

use algebra::expression::{Expr, Node, SortKey};
use algebra::names::ColumnName;
use algebra::query::{Body, Cte, Distinct, Grouping, Output, Query, Select, SetKind};
use algebra::visit::Part;

use crate::printer::{OutputNames, Printer};

impl Printer<'_> {
    /// `(select …)`.
    pub(crate) fn in_parentheses(&mut self, query: &Query, names: OutputNames) {
        self.keyword("(");
        self.query(query, names);
        self.keyword(")");
    }

    /// A whole query.
    pub(crate) fn query(&mut self, query: &Query, names: OutputNames) {
        self.ctes(&query.ctes);
        self.body(query, names);
    }

    /// `with t1("a") as (…), t2("b") as (…) `.
    pub(crate) fn ctes(&mut self, ctes: &[Cte]) {
        let mut lead = if ctes.iter().any(|cte| cte.recursive) { "with recursive " } else { "with " };
        for cte in ctes {
            self.keyword(lead);
            self.dialect.cte(self, cte);
            lead = ", ";
        }
        if !ctes.is_empty() {
            self.keyword(" ");
        }
    }

    /// A query without its CTEs.
    pub(crate) fn body(&mut self, query: &Query, names: OutputNames) {
        let by_name = names == OutputNames::Nobody && orders_by_output(&query.order);
        let names = if by_name { OutputNames::Own } else { names };
        match &query.body {
            Body::Select(select) if matches!(select.distinct, Distinct::On(_)) => {
                return self.dialect.distinct_on(self, query, select, names);
            }
            Body::Select(select) if matches!(select.grouping, Grouping::Sets(_)) => {
                return self.dialect.grouping_sets(self, query, select, names);
            }
            Body::Select(select) => self.select(select, names),
            Body::Set { .. } if query.order.iter().any(|key| !self.dialect.orders_set_by(key)) => {
                self.keyword("select * from (");
                self.set_operation(query, names);
                self.keyword(")");
            }
            Body::Set { .. } => self.set_operation(query, names),
            Body::Values { names: own, rows } => self.values(own, rows, names),
        }
        self.order_and_bounds(query, names);
    }

    /// `select … union all select …`.
    fn set_operation(&mut self, query: &Query, names: OutputNames) {
        let Body::Set { kind, all, left, right } = &query.body else { return };
        if *all && *kind != SetKind::Union && self.dialect.counted_set(self, query, names) {
            return;
        }
        self.dialect.set_operand(self, left, names);
        self.keyword(match kind {
            SetKind::Union => " union ",
            SetKind::Intersect => " intersect ",
            SetKind::Except => " except ",
        });
        if *all {
            self.keyword("all ");
        }
        self.dialect.set_operand(self, right, OutputNames::Nobody);
    }

    /// ` order by … limit … offset …`.
    pub(crate) fn order_and_bounds(&mut self, query: &Query, names: OutputNames) {
        if !query.order.is_empty() {
            let places = (names == OutputNames::Places)
                .then(|| query.columns().into_iter().map(|(name, _)| name).collect());
            self.with_places(places, |printer| {
                printer.keyword(" ");
                printer.order_by(&query.order);
            });
        }
        self.dialect.bounds(self, query);
    }

    /// `select distinct a as "x" from … where … group by … having …`.
    pub(crate) fn select(&mut self, select: &Select, names: OutputNames) {
        self.select_head(select, names);
        if let Grouping::By(keys) = &select.grouping
            && !keys.is_empty()
        {
            self.keyword(" group by ");
            self.list(keys, |printer, key| printer.dialect.comparable(printer, key));
        }
        self.having(select);
    }

    /// `select distinct a as "x" from … where …`.
    pub(crate) fn select_head(&mut self, select: &Select, names: OutputNames) {
        self.note_source(select.from.as_ref());
        self.keyword("select ");
        match &select.distinct {
            Distinct::No => {}
            Distinct::Rows => self.keyword("distinct "),
            Distinct::On(keys) => {
                self.keyword("distinct on (");
                self.list(keys, |printer, key| printer.expr(key));
                self.keyword(") ");
            }
        }
        let compared = std::mem::take(&mut self.compares) || matches!(select.distinct, Distinct::Rows);
        if std::mem::take(&mut self.counts_rows) {
            self.keyword("1");
        } else {
            self.outputs(&select.outputs, names, compared);
        }
        self.rows_of(select);
    }

    /// ` having …`.
    pub(crate) fn having(&mut self, select: &Select) {
        if let Some(having) = &select.having {
            self.keyword(" having ");
            self.expr(having);
        }
    }

    /// ` from … where …`.
    fn rows_of(&mut self, select: &Select) {
        if let Some(source) = &select.from {
            self.keyword(" from ");
            self.source(source);
        }
        if let Some(filter) = &select.filter {
            self.keyword(" where ");
            self.expr(filter);
        }
    }

    /// `a as "x", b as "y"`; `compared` when the rows are compared with each other.
    pub(crate) fn outputs(&mut self, outputs: &[Output], names: OutputNames, compared: bool) {
        if outputs.is_empty() {
            return self.keyword("1");
        }
        for (position, output) in outputs.iter().enumerate() {
            if position > 0 {
                self.keyword(", ");
            }
            if compared {
                self.dialect.comparable(self, &output.expr);
            } else {
                self.expr(&output.expr);
            }
            self.output_name(position, &output.name, names);
        }
    }

    /// ` as "x"`, ` as c0`.
    pub(crate) fn output_name(&mut self, position: usize, name: &ColumnName, names: OutputNames) {
        match names {
            OutputNames::Own => {
                self.keyword(" as ");
                self.out.ident(name.as_str());
            }
            OutputNames::Places => {
                self.keyword(" as ");
                self.out.place(position);
            }
            OutputNames::Nobody => {}
        }
    }

    /// `values (1, 2), (3, 4)`, and where its columns are named
    /// `select column1 as "a", column2 as "b" from (values …) as v`. Values that depend on relations around them are selected one by
    /// one, because SQLite does not see those from inside `from`.
    fn values(&mut self, own: &[ColumnName], rows: &[Vec<Expr>], names: OutputNames) {
        if names == OutputNames::Nobody {
            return self.rows(rows);
        }
        if rows.iter().flatten().any(depends) {
            return self.selected_rows(own, rows, names);
        }
        self.keyword("select ");
        for (position, name) in own.iter().enumerate() {
            if position > 0 {
                self.keyword(", ");
            }
            self.keyword("column");
            self.out.number(position as i64 + 1);
            self.output_name(position, name, names);
        }
        self.keyword(" from (");
        self.rows(rows);
        self.keyword(") as v");
    }

    /// `select a as "x", b as "y" union all select c, d`.
    fn selected_rows(&mut self, own: &[ColumnName], rows: &[Vec<Expr>], names: OutputNames) {
        for (number, row) in rows.iter().enumerate() {
            self.keyword(if number > 0 { " union all select " } else { "select " });
            for (position, (expr, name)) in row.iter().zip(own).enumerate() {
                self.keyword(if position > 0 { ", " } else { "" });
                self.expr(expr);
                self.output_name(position, name, if number > 0 { OutputNames::Nobody } else { names });
            }
        }
    }

    fn rows(&mut self, rows: &[Vec<Expr>]) {
        self.keyword("values ");
        self.list(rows, |printer, row| {
            printer.keyword("(");
            printer.list(row, |printer, expr| printer.expr(expr));
            printer.keyword(")");
        });
    }
}

fn depends(expr: &Expr) -> bool {
    let mut found = false;
    Part::Expr(expr).every_expr(&mut |expr| found |= matches!(expr.node, Node::Column { .. }));
    found
}

fn orders_by_output(order: &[SortKey]) -> bool {
    let mut found = false;
    for key in order {
        Part::Expr(&key.expr).every_expr(&mut |expr| {
            found |= matches!(&expr.node, Node::Column { relation, .. } if *relation == Select::OUTPUT);
        });
    }
    found
}
