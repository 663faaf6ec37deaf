//! What stands in `from`: tables, sub-queries, functions, joins, aliases.
//!
//! **Must not:** know which relations exist.

use crate::parse::Parsed;
use crate::parse::name::{is_column_name, is_function_name};
use crate::parse::stream::Parser;
use crate::syntax::expression::{Expr, ExprKind};
use crate::syntax::name::{Name, ObjectName, Span};
use crate::syntax::query::{
    Alias, FromItem, FromKind, FunctionReference, Join, JoinCondition, JoinKind, Query, QueryBody,
    RowsFunction, Sample, SubqueryReference, TableReference,
};
use crate::syntax::type_name::TypedField;

/// What parentheses in `from` held.
enum Enclosed {
    Query(Query),
    Item(FromItem),
}

impl Parser<'_> {
    pub(super) fn relations(&mut self) -> Parsed<Vec<FromItem>> {
        self.list(Self::relation_with_joins)
    }

    /// One item with all its joins.
    fn relation_with_joins(&mut self) -> Parsed<FromItem> {
        self.deeper(|parser| {
            let first = parser.relation_operand()?;
            parser.joins(first)
        })
    }

    fn joins(&mut self, mut left: FromItem) -> Parsed<FromItem> {
        while self.at_join() {
            self.raise()?;
            left = self.join(left)?;
        }
        Ok(left)
    }

    fn at_join(&self) -> bool {
        self.at_any(&["cross", "natural", "join", "inner", "left", "right", "full"])
    }

    fn join(&mut self, left: FromItem) -> Parsed<FromItem> {
        if self.accept("cross") {
            self.expect("join")?;
            let right = self.relation_operand()?;
            return Ok(joined(left, right, JoinKind::Inner, JoinCondition::None));
        }
        let natural = self.accept("natural");
        let kind = match self.accept_any(&["inner", "left", "right", "full"]) {
            None | Some("inner") => JoinKind::Inner,
            Some("left") => JoinKind::Left,
            Some("right") => JoinKind::Right,
            Some(_) => JoinKind::Full,
        };
        if kind != JoinKind::Inner {
            self.accept("outer");
        }
        self.expect("join")?;
        if natural {
            let right = self.relation_operand()?;
            return Ok(joined(left, right, kind, JoinCondition::Natural));
        }
        // A join that comes before this one's condition belongs to its right side.
        let right = self.relation_with_joins()?;
        let condition = if self.accept("on") {
            JoinCondition::On(self.expression()?)
        } else if self.accept("using") {
            let columns = self.listed(|parser| parser.name("a column name"))?;
            let alias = if self.accept("as") { Some(self.name("an alias")?) } else { None };
            JoinCondition::Using { columns, alias }
        } else {
            return Err(self.unexpected("`on` or `using`"));
        };
        let mut item = joined(left, right, kind, condition);
        item.span = self.since(item.span);
        Ok(item)
    }

    fn relation_operand(&mut self) -> Parsed<FromItem> {
        let start = self.here();
        let lateral = self.accept("lateral");
        if self.at_mark("(") {
            return self.enclosed_operand(lateral, start);
        }
        let special = self.at_any(&["xmltable"]) && self.mark_follows(1, "(");
        if special {
            let name = self.label("a function")?;
            self.pass_parentheses()?;
            self.function_alias()?;
            return Ok(FromItem { kind: FromKind::Special(name), span: self.since(start) });
        }
        if self.at_words(&["rows", "from"]) && self.mark_follows(2, "(") {
            return self.rows_from(lateral, start);
        }
        if self.at_special_form() || self.at_call() {
            let call = self.rows_call()?;
            return self.function_item(
                vec![RowsFunction { call, columns: Vec::new() }],
                false,
                lateral,
                start,
            );
        }
        if lateral {
            return Err(self.unexpected("a sub-query or a function after `lateral`"));
        }
        self.table_item(start)
    }

    /// Whether a function's name and a parenthesis stand here.
    fn at_call(&self) -> bool {
        let token = self.token();
        if self.mark_follows(1, "(") {
            return is_function_name(token);
        }
        let mut offset = 1;
        while is_column_name(token) && self.mark_follows(offset, ".") {
            offset += 2;
        }
        offset > 1 && self.mark_follows(offset, "(")
    }

    fn table_item(&mut self, start: Span) -> Parsed<FromItem> {
        let (name, only) = self.relation()?;
        let alias = self.alias()?;
        let sample = self.sample()?;
        let table = TableReference { name, only, alias, sample };
        Ok(FromItem { kind: FromKind::Table(Box::new(table)), span: self.since(start) })
    }

    /// `t`, `t *`, `only t`, `only (t)`, and whether `only` stood there.
    pub(super) fn relation(&mut self) -> Parsed<(ObjectName, bool)> {
        if !self.accept("only") {
            let name = self.relation_name("a table")?;
            self.accept_operator("*");
            return Ok((name, false));
        }
        let enclosed = self.accept_mark("(");
        let name = self.relation_name("a table")?;
        if enclosed {
            self.expect_mark(")")?;
        }
        Ok((name, true))
    }

    fn sample(&mut self) -> Parsed<Option<Sample>> {
        let start = self.here();
        if !self.accept("tablesample") {
            return Ok(None);
        }
        let method = self.function_name("a sampling method")?;
        let arguments = self.listed(Self::expression)?;
        let repeatable = if self.accept("repeatable") {
            self.expect_mark("(")?;
            let seed = self.expression()?;
            self.expect_mark(")")?;
            Some(seed)
        } else {
            None
        };
        Ok(Some(Sample { method, arguments, repeatable, span: self.since(start) }))
    }

    /// `as name (a, b)`, `name (a, b)`, or nothing.
    pub(super) fn alias(&mut self) -> Parsed<Option<Alias>> {
        let start = self.here();
        if !self.accept("as") && !is_column_name(self.token()) {
            return Ok(None);
        }
        let name = self.name("an alias")?;
        let columns = self.column_names()?;
        Ok(Some(Alias { name, columns, span: self.since(start) }))
    }

    fn enclosed_operand(&mut self, lateral: bool, start: Span) -> Parsed<FromItem> {
        match self.enclosed()? {
            Enclosed::Query(query) => self.subquery_item(query, lateral, start),
            Enclosed::Item(_) if lateral => Err(self.fault("syntax error at or near \"(\"", start)),
            Enclosed::Item(item) => self.aliased_join(item, start),
        }
    }

    /// `( … )` in `from`: a query, or joins. As with values, which it is may show only after many more parentheses.
    fn enclosed(&mut self) -> Parsed<Enclosed> {
        self.deeper(|parser| {
            parser.expect_mark("(")?;
            if parser.at_query_word() {
                let query = parser.query()?;
                parser.expect_mark(")")?;
                return Ok(Enclosed::Query(query));
            }
            let start = parser.here();
            let first = if parser.at_mark("(") {
                match parser.enclosed()? {
                    Enclosed::Query(query) if parser.query_goes_on() => {
                        let query = parser.query_from(query)?;
                        parser.expect_mark(")")?;
                        return Ok(Enclosed::Query(query));
                    }
                    Enclosed::Query(query) => parser.subquery_item(query, false, start)?,
                    Enclosed::Item(item) => parser.aliased_join(item, start)?,
                }
            } else {
                parser.relation_operand()?
            };
            let item = parser.joins(first)?;
            if !matches!(item.kind, FromKind::Join(_)) {
                return Err(parser.unexpected("a join: parentheses in `from` hold a join or a sub-query"));
            }
            parser.expect_mark(")")?;
            Ok(Enclosed::Item(item))
        })
    }

    /// `(a join b on …) as alias`.
    fn aliased_join(&mut self, mut item: FromItem, start: Span) -> Parsed<FromItem> {
        if let Some(alias) = self.alias()?
            && let FromKind::Join(join) = &mut item.kind
        {
            join.alias = Some(alias);
        }
        item.span = self.since(start);
        Ok(item)
    }

    fn subquery_item(&mut self, query: Query, lateral: bool, start: Span) -> Parsed<FromItem> {
        let span = self.since(start);
        let Some(alias) = self.alias()? else {
            let (what, example) = match query.body {
                QueryBody::Values(_) => ("VALUES", "(VALUES ...)"),
                _ => ("subquery", "(SELECT ...)"),
            };
            let error = self.fault(format!("{what} in FROM must have an alias"), span);
            return Err(Box::new(error.with_hint(format!("For example, FROM {example} [AS] foo."))));
        };
        let subquery = SubqueryReference { lateral, query, alias: Some(alias) };
        Ok(FromItem { kind: FromKind::Subquery(Box::new(subquery)), span: self.since(start) })
    }

    /// A function's call without the clauses of aggregates and windows, or a form that looks like one.
    fn rows_call(&mut self) -> Parsed<Expr> {
        let start = self.here();
        if let Some(form) = self.special_form()? {
            return Ok(form);
        }
        let name = self.function_name("a function")?;
        let call = self.call(name)?;
        Ok(Expr::new(ExprKind::Call(Box::new(call)), self.since(start)))
    }

    fn rows_from(&mut self, lateral: bool, start: Span) -> Parsed<FromItem> {
        self.advance();
        self.advance();
        let functions = self.listed(|parser| {
            let call = parser.rows_call()?;
            let columns = if parser.accept("as") { parser.listed(Self::typed_field)? } else { Vec::new() };
            Ok(RowsFunction { call, columns })
        })?;
        self.function_item(functions, true, lateral, start)
    }

    fn function_item(
        &mut self,
        functions: Vec<RowsFunction>,
        rows_from: bool,
        lateral: bool,
        start: Span,
    ) -> Parsed<FromItem> {
        let ordinality = self.accept_words(&["with", "ordinality"]);
        let (alias, columns) = self.function_alias()?;
        let function = FunctionReference { lateral, functions, rows_from, ordinality, alias, columns };
        Ok(FromItem { kind: FromKind::Function(Box::new(function)), span: self.since(start) })
    }

    /// `as t(a, b)`, `t(a int, b text)`, `as (a int)`.
    fn function_alias(&mut self) -> Parsed<(Option<Alias>, Vec<TypedField>)> {
        let start = self.here();
        let explicit = self.accept("as");
        if explicit && self.at_mark("(") {
            return Ok((None, self.listed(Self::typed_field)?));
        }
        if !explicit && !is_column_name(self.token()) {
            return Ok((None, Vec::new()));
        }
        let name: Name = self.name("an alias")?;
        let untyped = self.mark_follows(2, ",") || self.mark_follows(2, ")");
        if self.at_mark("(") && !untyped {
            let columns = self.listed(Self::typed_field)?;
            return Ok((Some(Alias { name, columns: Vec::new(), span: self.since(start) }), columns));
        }
        let columns = self.column_names()?;
        Ok((Some(Alias { name, columns, span: self.since(start) }), Vec::new()))
    }
}

fn joined(left: FromItem, right: FromItem, kind: JoinKind, condition: JoinCondition) -> FromItem {
    let span = left.span.to(right.span);
    let join = Join { kind, left, right, condition, alias: None };
    FromItem { kind: FromKind::Join(Box::new(join)), span }
}
