//! One `select`: its list, `from`, `where`, groups, windows; and select lists where else they stand.
//!
//! **Must not:** know what stands around the select.

use crate::lexer::keyword;
use crate::lexer::token::TokenKind;
use crate::parse::Parsed;
use crate::parse::query::plain;
use crate::parse::stream::Parser;
use crate::syntax::expression::{Expr, ExprKind};
use crate::syntax::name::{Name, Span};
use crate::syntax::query::{
    Distinct, FromItem, FromKind, GroupItem, GroupKind, Query, QueryBody, Select, SelectInto, TableReference,
    Target,
};

impl Parser<'_> {
    pub(super) fn select(&mut self) -> Parsed<Select> {
        let start = self.here();
        self.expect("select")?;
        let distinct = self.distinct()?;
        let targets =
            if distinct.is_none() && self.select_list_ends() { Vec::new() } else { self.targets()? };
        let into = self.select_into()?;
        let from = if self.accept("from") { self.relations()? } else { Vec::new() };
        let filter = self.where_clause()?;
        let (group_by, group_distinct) = self.group_by()?;
        let having = if self.accept("having") { Some(self.expression()?) } else { None };
        let windows = if self.accept("window") { self.list(Self::named_window)? } else { Vec::new() };
        let span = self.since(start);
        Ok(Select { distinct, targets, into, from, filter, group_by, group_distinct, having, windows, span })
    }

    fn distinct(&mut self) -> Parsed<Option<Distinct>> {
        if self.accept("all") || !self.accept("distinct") {
            return Ok(None);
        }
        if self.accept("on") {
            return Ok(Some(Distinct::On(self.listed(Self::expression)?)));
        }
        Ok(Some(Distinct::Rows))
    }

    /// A select may have no columns at all.
    fn select_list_ends(&self) -> bool {
        !self.at_mark(",") && self.ends_after(0)
    }

    /// Whether a token further on is one that only the end of a select list can precede.
    pub(super) fn ends_after(&self, offset: usize) -> bool {
        const CLAUSES: [&str; 19] = [
            "from",
            "into",
            "where",
            "group",
            "having",
            "window",
            "union",
            "intersect",
            "except",
            "order",
            "limit",
            "offset",
            "fetch",
            "for",
            "on",
            "returning",
            "with",
            "create",
            "grant",
        ];
        match &self.token_at(offset).kind {
            TokenKind::End => true,
            TokenKind::Mark(mark) => matches!(*mark, ")" | ";" | ","),
            TokenKind::Word { text, .. } => CLAUSES.contains(&text.as_str()),
            _ => false,
        }
    }

    /// What a select or a returning clause gives.
    pub(super) fn targets(&mut self) -> Parsed<Vec<Target>> {
        self.list(Self::target)
    }

    fn target(&mut self) -> Parsed<Target> {
        let start = self.here();
        if self.accept_operator("*") {
            let value = Expr::new(ExprKind::Star { qualifier: None }, start);
            return Ok(Target { value, alias: None, span: start });
        }
        let value = self.expression()?;
        let alias = if self.accept("as") { Some(self.label("a column's name")?) } else { self.bare_label()? };
        Ok(Target { value, alias, span: self.since(start) })
    }

    /// A label without `as`: any word but those that could go on with the expression or the query.
    fn bare_label(&mut self) -> Parsed<Option<Name>> {
        let labels = match self.kind() {
            TokenKind::Quoted(_) => true,
            TokenKind::Word { text, class } => class.is_none() || keyword::is_bare_label(text),
            _ => false,
        };
        labels.then(|| self.label("a column's name")).transpose()
    }

    fn select_into(&mut self) -> Parsed<Option<SelectInto>> {
        let start = self.here();
        if !self.accept("into") {
            return Ok(None);
        }
        self.accept_any(&["local", "global"]);
        let temporary = self.accept_any(&["temporary", "temp"]).is_some();
        if !temporary {
            self.accept("unlogged");
        }
        self.accept("table");
        let table = self.relation_name("a table")?;
        Ok(Some(SelectInto { table, temporary, span: self.since(start) }))
    }

    pub(super) fn where_clause(&mut self) -> Parsed<Option<Expr>> {
        if self.accept("where") { self.expression().map(Some) } else { Ok(None) }
    }

    fn group_by(&mut self) -> Parsed<(Vec<GroupItem>, bool)> {
        if !self.accept("group") {
            return Ok((Vec::new(), false));
        }
        self.expect("by")?;
        let distinct = self.accept_any(&["all", "distinct"]) == Some("distinct");
        Ok((self.list(Self::group_item)?, distinct))
    }

    fn group_item(&mut self) -> Parsed<GroupItem> {
        self.deeper(|parser| {
            let start = parser.here();
            let kind = if parser.at_mark("(") && parser.mark_follows(1, ")") {
                parser.advance();
                parser.advance();
                GroupKind::Empty
            } else if parser.accept_words(&["grouping", "sets"]) {
                GroupKind::Sets(parser.listed(Self::group_item)?)
            } else if parser.at_any(&["rollup", "cube"]) && parser.mark_follows(1, "(") {
                let rollup = parser.at("rollup");
                parser.advance();
                let values = parser.listed(Self::expression)?;
                if rollup { GroupKind::Rollup(values) } else { GroupKind::Cube(values) }
            } else {
                GroupKind::Expr(parser.expression()?)
            };
            Ok(GroupItem { kind, span: parser.since(start) })
        })
    }

    /// `table t` is `select * from t`; the word was read.
    pub(super) fn table_body(&mut self) -> Parsed<QueryBody> {
        let start = self.here();
        let (name, only) = self.relation()?;
        let span = self.since(start);
        let table = TableReference { name, only, alias: None, sample: None };
        let value = Expr::new(ExprKind::Star { qualifier: None }, span);
        Ok(QueryBody::Select(Box::new(Select {
            targets: vec![Target { value, alias: None, span }],
            from: vec![FromItem { kind: FromKind::Table(Box::new(table)), span }],
            ..empty(span)
        })))
    }

    /// `returning …`, or nothing.
    pub(super) fn returning(&mut self) -> Parsed<Vec<Target>> {
        if self.accept("returning") { self.targets() } else { Ok(Vec::new()) }
    }

    /// `select value`, for a body that is one value.
    pub(super) fn select_value(&self, value: Expr, span: Span) -> Query {
        let select = Select { targets: vec![Target { value, alias: None, span }], ..empty(span) };
        plain(QueryBody::Select(Box::new(select)), span)
    }
}

fn empty(span: Span) -> Select {
    Select {
        distinct: None,
        targets: Vec::new(),
        into: None,
        from: Vec::new(),
        filter: None,
        group_by: Vec::new(),
        group_distinct: false,
        having: None,
        windows: Vec::new(),
        span,
    }
}
