//! Indexes and what they are made of.
//!
//! **Must not:** know access methods or operator classes.

use crate::parse::Parsed;
use crate::parse::name::is_column_name;
use crate::parse::stream::Parser;
use crate::syntax::expression::{Expr, ExprKind};
use crate::syntax::name::ObjectName;
use crate::syntax::object::StorageOption;
use crate::syntax::table::{CreateIndex, IndexElement};

impl Parser<'_> {
    pub(super) fn create_index(&mut self) -> Parsed<CreateIndex> {
        let unique = self.accept("unique");
        self.expect("index")?;
        let concurrently = self.accept("concurrently");
        let if_not_exists = self.if_not_exists();
        let name =
            if !if_not_exists && self.at("on") { None } else { Some(self.name("an index's name or `on`")?) };
        self.expect("on")?;
        let (table, only) = self.relation()?;
        let method = self.access_method()?;
        let elements = self.listed(Self::index_element)?;
        let include = if self.accept("include") { self.listed(Self::index_element)? } else { Vec::new() };
        let nulls_not_distinct = self.nulls_not_distinct();
        let options = self.with_options()?;
        let tablespace = self.tablespace()?;
        let filter = self.where_clause()?;
        Ok(CreateIndex {
            name,
            table,
            only,
            unique,
            concurrently,
            if_not_exists,
            method,
            elements,
            include,
            nulls_not_distinct,
            options,
            tablespace,
            filter,
        })
    }

    /// A column, a function's call, or an expression in parentheses, with its collation, class and order.
    pub(super) fn index_element(&mut self) -> Parsed<IndexElement> {
        let start = self.here();
        let value = self.index_value()?;
        let collation = self.collation()?;
        let (operator_class, operator_class_options) = self.operator_class()?;
        let direction = self.direction();
        let nulls = self.nulls_order();
        Ok(IndexElement {
            value,
            collation,
            operator_class,
            operator_class_options,
            direction,
            nulls,
            span: self.since(start),
        })
    }

    fn index_value(&mut self) -> Parsed<Expr> {
        let start = self.here();
        if self.at_mark("(") {
            self.advance();
            let value = self.expression()?;
            self.expect_mark(")")?;
            return Ok(Expr { span: self.since(start), ..value });
        }
        if let Some(form) = self.special_form()? {
            return Ok(form);
        }
        if is_column_name(self.token()) && !self.mark_follows(1, "(") && !self.mark_follows(1, ".") {
            let name = self.name("a column name")?;
            return Ok(Expr::new(ExprKind::Column(ObjectName::single(name)), self.since(start)));
        }
        let name = self.function_name("a column, a function's call, or an expression in parentheses")?;
        let call = self.call(name)?;
        Ok(Expr::new(ExprKind::Call(Box::new(call)), self.since(start)))
    }

    fn operator_class(&mut self) -> Parsed<(Option<ObjectName>, Vec<StorageOption>)> {
        // `nulls first` is an order, not a class by the name of `nulls`.
        let order = self.at("nulls") && matches!(self.word_at(1), Some("first" | "last"));
        if order || !is_column_name(self.token()) {
            return Ok((None, Vec::new()));
        }
        let class = self.object_name("an operator class")?;
        let options = if self.at_mark("(") { self.options()? } else { Vec::new() };
        Ok((Some(class), options))
    }
}
