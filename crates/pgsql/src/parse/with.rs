//! `with`: common table expressions.
//!
//! **Must not:** know which statements may use them.

use crate::parse::Parsed;
use crate::parse::expression::Grammar;
use crate::parse::name::is_column_name;
use crate::parse::stream::Parser;
use crate::syntax::expression::{CastForm, Expr, ExprKind};
use crate::syntax::query::{CommonTable, CycleClause, SearchClause, With};

impl Parser<'_> {
    /// A `with` clause, if one begins here.
    pub(super) fn with(&mut self) -> Parsed<Option<With>> {
        let start = self.here();
        if !self.accept("with") {
            return Ok(None);
        }
        // Where no name follows, the word is one.
        let recursive = is_column_name(self.token_at(1)) && self.accept("recursive");
        let tables = self.list(Self::common_table)?;
        Ok(Some(With { recursive, tables, span: self.since(start) }))
    }

    fn common_table(&mut self) -> Parsed<CommonTable> {
        let start = self.here();
        let name = self.name("a name for the common table")?;
        let columns = self.column_names()?;
        self.expect("as")?;
        let materialized = if self.accept_words(&["not", "materialized"]) {
            Some(false)
        } else {
            self.accept("materialized").then_some(true)
        };
        self.expect_mark("(")?;
        let statement = self.deeper(Self::preparable)?;
        if !self.accept_mark(")") {
            return Err(self.unexpected("`)`"));
        }
        let search = self.search()?;
        let cycle = self.cycle()?;
        let statement = Box::new(statement);
        Ok(CommonTable { name, columns, materialized, statement, search, cycle, span: self.since(start) })
    }

    fn search(&mut self) -> Parsed<Option<SearchClause>> {
        let start = self.here();
        if !self.accept("search") {
            return Ok(None);
        }
        let breadth_first = match self.accept_any(&["breadth", "depth"]) {
            Some(word) => word == "breadth",
            None => return Err(self.unexpected("`breadth` or `depth`")),
        };
        self.expect_words(&["first", "by"])?;
        let by = self.names("a column name")?;
        self.expect("set")?;
        let set = self.name("a column name")?;
        Ok(Some(SearchClause { breadth_first, by, set, span: self.since(start) }))
    }

    fn cycle(&mut self) -> Parsed<Option<CycleClause>> {
        let start = self.here();
        if !self.accept("cycle") {
            return Ok(None);
        }
        let columns = self.names("a column name")?;
        self.expect("set")?;
        let mark = self.name("a column name")?;
        let (mut mark_value, mut mark_default) = (None, None);
        if self.accept("to") {
            mark_value = Some(self.constant_value()?);
            self.expect("default")?;
            mark_default = Some(self.constant_value()?);
        }
        self.expect("using")?;
        let path = self.name("a column name")?;
        Ok(Some(CycleClause { columns, mark, mark_value, mark_default, path, span: self.since(start) }))
    }

    /// A constant, perhaps of a named type.
    fn constant_value(&mut self) -> Parsed<Expr> {
        let value = self.primary(Grammar::Full)?;
        let constant = match &*value.kind {
            ExprKind::Literal(_) => true,
            ExprKind::Cast(cast) => cast.form == CastForm::Literal,
            _ => false,
        };
        if constant {
            Ok(value)
        } else {
            Err(self.fault("syntax error: a constant was expected", value.span))
        }
    }
}
