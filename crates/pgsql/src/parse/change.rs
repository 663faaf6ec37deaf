//! Statements that change rows: `insert`, `update`, `delete`, `truncate`.
//!
//! **Must not:** know tables or columns.

use crate::parse::Parsed;
use crate::parse::name::is_column_name;
use crate::parse::primary::Attached;
use crate::parse::stream::Parser;
use crate::syntax::change::{
    Assignment, AssignmentTarget, ChangedTable, ConflictAction, ConflictTarget, Delete, Insert, InsertSource,
    OnConflict, Overriding, Place, Step, Truncate, TruncatedTable, Update,
};
use crate::syntax::expression::{Expr, ExprKind};
use crate::syntax::query::{Alias, With};

impl Parser<'_> {
    pub(super) fn insert(&mut self, with: Option<With>) -> Parsed<Insert> {
        self.expect_words(&["insert", "into"])?;
        let table = self.relation_name("a table")?;
        let alias = if self.accept("as") { Some(self.name("an alias")?) } else { None };
        let mut columns = Vec::new();
        if self.accept("default") {
            self.expect("values")?;
            return self.insert_end(Insert {
                with,
                table,
                alias,
                columns,
                overriding: None,
                source: InsertSource::DefaultValues,
                on_conflict: None,
                returning: Vec::new(),
            });
        }
        if self.at_mark("(") && !self.at_query_in_parentheses() {
            columns = self.listed(Self::place)?;
        }
        let overriding = self.overriding()?;
        if !self.at_query() {
            return Err(self.unexpected("`values`, `select` or `default values`"));
        }
        let source = InsertSource::Query(Box::new(self.query()?));
        let on_conflict = None;
        let returning = Vec::new();
        self.insert_end(Insert { with, table, alias, columns, overriding, source, on_conflict, returning })
    }

    /// A parenthesis that opens a query rather than a list of columns.
    fn at_query_in_parentheses(&self) -> bool {
        let mut offset = 0;
        while self.mark_follows(offset, "(") {
            offset += 1;
        }
        match self.word_at(offset) {
            Some("values") => self.mark_follows(offset + 1, "("),
            Some("select" | "with" | "table") => true,
            _ => false,
        }
    }

    fn overriding(&mut self) -> Parsed<Option<Overriding>> {
        if !self.accept("overriding") {
            return Ok(None);
        }
        let kind = match self.accept_any(&["user", "system"]) {
            Some("user") => Overriding::User,
            Some(_) => Overriding::System,
            None => return Err(self.unexpected("`user` or `system`")),
        };
        self.expect("value")?;
        Ok(Some(kind))
    }

    fn insert_end(&mut self, mut insert: Insert) -> Parsed<Insert> {
        insert.on_conflict = self.on_conflict()?;
        insert.returning = self.returning()?;
        Ok(insert)
    }

    /// `a`, `a[1]`, `a.b`.
    fn place(&mut self) -> Parsed<Place> {
        let start = self.here();
        let column = self.name("a column name")?;
        let mut path = Vec::new();
        while let Some(step) = self.attached()? {
            path.push(match step {
                Attached::Field(name) => Step::Field(name),
                Attached::Subscript(subscript) => Step::Subscript(subscript),
                Attached::AllFields => {
                    return Err(self.fault("syntax error at or near \"*\"", self.since(start)));
                }
            });
        }
        Ok(Place { column, path, span: self.since(start) })
    }

    fn on_conflict(&mut self) -> Parsed<Option<OnConflict>> {
        let start = self.here();
        if !self.accept("on") {
            return Ok(None);
        }
        self.expect("conflict")?;
        let target = if self.accept_words(&["on", "constraint"]) {
            Some(ConflictTarget::Constraint(self.name("a constraint's name")?))
        } else if self.at_mark("(") {
            let elements = self.listed(Self::index_element)?;
            Some(ConflictTarget::Columns { elements, filter: self.where_clause()? })
        } else {
            None
        };
        self.expect("do")?;
        let action = if self.accept("nothing") {
            ConflictAction::Nothing
        } else if self.accept("update") {
            self.expect("set")?;
            let assignments = self.list(Self::assignment)?;
            ConflictAction::Update { assignments, filter: self.where_clause()? }
        } else {
            return Err(self.unexpected("`nothing` or `update set`"));
        };
        Ok(Some(OnConflict { target, action, span: self.since(start) }))
    }

    fn assignment(&mut self) -> Parsed<Assignment> {
        let start = self.here();
        let target = if self.at_mark("(") {
            AssignmentTarget::Several(self.listed(Self::place)?)
        } else {
            AssignmentTarget::One(self.place()?)
        };
        if !self.accept_operator("=") {
            return Err(self.unexpected("`=`"));
        }
        let value = self.expression()?;
        Ok(Assignment { target, value, span: self.since(start) })
    }

    pub(super) fn update(&mut self, with: Option<With>) -> Parsed<Update> {
        self.expect("update")?;
        let table = self.changed_table()?;
        self.expect("set")?;
        let assignments = self.list(Self::assignment)?;
        let from = if self.accept("from") { self.relations()? } else { Vec::new() };
        let filter = self.where_or_current()?;
        Ok(Update { with, table, assignments, from, filter, returning: self.returning()? })
    }

    pub(super) fn delete(&mut self, with: Option<With>) -> Parsed<Delete> {
        self.expect_words(&["delete", "from"])?;
        let table = self.changed_table()?;
        let using = if self.accept("using") { self.relations()? } else { Vec::new() };
        let filter = self.where_or_current()?;
        Ok(Delete { with, table, using, filter, returning: self.returning()? })
    }

    /// `t [as] alias`; `set` is never an alias.
    fn changed_table(&mut self) -> Parsed<ChangedTable> {
        let start = self.here();
        let (name, only) = self.relation()?;
        let alias_start = self.here();
        let alias = if self.accept("as") || (!self.at("set") && is_column_name(self.token())) {
            let name = self.name("an alias")?;
            Some(Alias { name, columns: Vec::new(), span: self.since(alias_start) })
        } else {
            None
        };
        Ok(ChangedTable { name, only, alias, span: self.since(start) })
    }

    fn where_or_current(&mut self) -> Parsed<Option<Expr>> {
        let start = self.here();
        if self.accept_words(&["where", "current", "of"]) {
            let cursor = self.name("a cursor's name")?;
            return Ok(Some(Expr::new(ExprKind::CurrentOf(cursor), self.since(start))));
        }
        self.where_clause()
    }

    pub(super) fn truncate(&mut self) -> Parsed<Truncate> {
        self.expect("truncate")?;
        self.accept("table");
        let tables = self.list(|parser| {
            let (name, only) = parser.relation()?;
            Ok(TruncatedTable { name, only })
        })?;
        let restart_identity = self.accept_words(&["restart", "identity"]);
        if !restart_identity {
            self.accept_words(&["continue", "identity"]);
        }
        let cascade = self.accept_any(&["cascade", "restrict"]) == Some("cascade");
        Ok(Truncate { tables, restart_identity, cascade })
    }
}
