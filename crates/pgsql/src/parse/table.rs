//! `create table` in all its forms, `create table as` among them.
//!
//! **Must not:** read a column's or a constraint's own clauses.

use crate::parse::Parsed;
use crate::parse::stream::Parser;
use crate::syntax::name::{Name, ObjectName};
use crate::syntax::object::{CreateTableAs, TableSource};
use crate::syntax::statement::StatementKind;
use crate::syntax::table::{
    CreateTable, LikeOption, LikePart, LikeTable, OnCommit, PartitionBy, Persistence, TableElement,
};

impl Parser<'_> {
    pub(super) fn create_table(&mut self, persistence: Persistence) -> Parsed<StatementKind> {
        self.expect("table")?;
        let if_not_exists = self.if_not_exists();
        let name = self.relation_name("a table's name")?;
        let mut table = empty(name, persistence, if_not_exists);
        if self.accept("of") {
            table.of_type = Some(self.object_name("a type")?);
            if self.at_mark("(") {
                table.elements = self.listed(Self::typed_table_element)?;
            }
        } else if self.accept_words(&["partition", "of"]) {
            table.partition_of = Some(self.relation_name("a table")?);
            if self.at_mark("(") {
                table.elements = self.listed(Self::typed_table_element)?;
            }
            self.partition_bound()?;
        } else if self.at_mark("(") && !self.at_as_after_names() {
            table.elements = self.table_elements()?;
            if self.accept("inherits") {
                table.inherits = self.listed(|parser| parser.relation_name("a table"))?;
            }
        } else {
            return self.create_table_as(table);
        }
        self.table_clauses(&mut table)?;
        Ok(StatementKind::CreateTable(Box::new(table)))
    }

    fn table_elements(&mut self) -> Parsed<Vec<TableElement>> {
        self.expect_mark("(")?;
        if self.accept_mark(")") {
            return Ok(Vec::new());
        }
        let elements = self.list(Self::table_element)?;
        if self.accept_mark(")") { Ok(elements) } else { Err(self.unexpected("`,` or `)`")) }
    }

    fn table_element(&mut self) -> Parsed<TableElement> {
        if self.at("like") {
            return self.like_table().map(TableElement::Like);
        }
        if self.at_table_constraint() {
            return self.table_constraint().map(|found| TableElement::Constraint(Box::new(found)));
        }
        self.column_definition().map(|found| TableElement::Column(Box::new(found)))
    }

    /// An element of a table whose columns have their types already.
    fn typed_table_element(&mut self) -> Parsed<TableElement> {
        if self.at_table_constraint() {
            return self.table_constraint().map(|found| TableElement::Constraint(Box::new(found)));
        }
        self.typed_column().map(|found| TableElement::Column(Box::new(found)))
    }

    fn like_table(&mut self) -> Parsed<LikeTable> {
        const PARTS: [(&str, LikePart); 10] = [
            ("comments", LikePart::Comments),
            ("compression", LikePart::Compression),
            ("constraints", LikePart::Constraints),
            ("defaults", LikePart::Defaults),
            ("generated", LikePart::Generated),
            ("identity", LikePart::Identity),
            ("indexes", LikePart::Indexes),
            ("statistics", LikePart::Statistics),
            ("storage", LikePart::Storage),
            ("all", LikePart::All),
        ];
        let start = self.here();
        self.expect("like")?;
        let table = self.relation_name("a table")?;
        let mut options = Vec::new();
        while self.at_any(&["including", "excluding"]) {
            let start = self.here();
            let including = self.at("including");
            self.advance();
            let part = PARTS.iter().find(|(word, _)| self.at(word)).map(|(_, part)| *part);
            let Some(part) = part else {
                return Err(self.unexpected("`all`, `defaults`, `constraints`, `indexes`, `identity` …"));
            };
            self.advance();
            options.push(LikeOption { including, part, span: self.since(start) });
        }
        Ok(LikeTable { table, options, span: self.since(start) })
    }

    /// `for values …` or `default`.
    fn partition_bound(&mut self) -> Parsed<()> {
        if self.accept("default") {
            return Ok(());
        }
        self.expect_words(&["for", "values"])?;
        if self.accept("in") {
            self.listed(Self::expression)?;
        } else if self.accept("from") {
            self.listed(Self::expression)?;
            self.expect("to")?;
            self.listed(Self::expression)?;
        } else {
            self.expect("with")?;
            self.listed(|parser| {
                parser.unreserved_word("`modulus` or `remainder`")?;
                parser.integer("a number")
            })?;
        }
        Ok(())
    }

    fn table_clauses(&mut self, table: &mut CreateTable) -> Parsed<()> {
        table.partition_by = self.partition_by()?;
        table.method = self.access_method()?;
        table.options = self.with_options()?;
        table.on_commit = self.on_commit()?;
        table.tablespace = self.tablespace()?;
        Ok(())
    }

    fn partition_by(&mut self) -> Parsed<Option<PartitionBy>> {
        let start = self.here();
        if !self.accept_words(&["partition", "by"]) {
            return Ok(None);
        }
        let strategy = self.name("`range`, `list` or `hash`")?;
        let elements = self.listed(Self::index_element)?;
        Ok(Some(PartitionBy { strategy, elements, span: self.since(start) }))
    }

    /// `using method`.
    pub(super) fn access_method(&mut self) -> Parsed<Option<Name>> {
        self.accept("using").then(|| self.name("an access method")).transpose()
    }

    pub(super) fn tablespace(&mut self) -> Parsed<Option<Name>> {
        self.accept("tablespace").then(|| self.name("a tablespace")).transpose()
    }

    fn on_commit(&mut self) -> Parsed<Option<OnCommit>> {
        if !self.accept_words(&["on", "commit"]) {
            return Ok(None);
        }
        if self.accept("drop") {
            return Ok(Some(OnCommit::Drop));
        }
        let found = match self.accept_any(&["delete", "preserve"]) {
            Some("delete") => OnCommit::DeleteRows,
            Some(_) => OnCommit::PreserveRows,
            None => return Err(self.unexpected("`drop`, `delete rows` or `preserve rows`")),
        };
        self.expect("rows")?;
        Ok(Some(found))
    }

    /// Whether the parenthesis holds nothing but names and a query follows, as in `create table t (a, b) as select …`.
    fn at_as_after_names(&self) -> bool {
        let mut offset = 1;
        while self.mark_follows(offset + 1, ",") {
            offset += 2;
        }
        self.mark_follows(offset + 1, ")")
            && matches!(
                self.word_at(offset + 2),
                Some("as" | "using" | "with" | "without" | "on" | "tablespace")
            )
    }

    fn create_table_as(&mut self, table: CreateTable) -> Parsed<StatementKind> {
        let columns = self.column_names()?;
        let method = self.access_method()?;
        let options = self.with_options()?;
        let on_commit = self.on_commit()?;
        let tablespace = self.tablespace()?;
        if !self.accept("as") {
            return Err(self.unexpected("`(` with columns, or `as` with a query"));
        }
        let source = if self.accept("execute") {
            let name = self.name("a prepared statement")?;
            self.listed_if_open(Self::expression)?;
            TableSource::Execute(name)
        } else {
            TableSource::Query(Box::new(self.query()?))
        };
        let with_data = self.with_data()?;
        let CreateTable { name, persistence, if_not_exists, .. } = table;
        Ok(StatementKind::CreateTableAs(Box::new(CreateTableAs {
            name,
            persistence,
            if_not_exists,
            columns,
            method,
            options,
            on_commit,
            tablespace,
            source,
            with_data,
        })))
    }
}

fn empty(name: ObjectName, persistence: Persistence, if_not_exists: bool) -> CreateTable {
    CreateTable {
        name,
        persistence,
        if_not_exists,
        elements: Vec::new(),
        inherits: Vec::new(),
        of_type: None,
        partition_of: None,
        partition_by: None,
        method: None,
        options: Vec::new(),
        on_commit: None,
        tablespace: None,
    }
}
