//! The walk over the tree that both dialects share, and what it knows on its way.
//!
//! **Must not:** write what the engines write differently; the [`Dialect`] does.

use std::collections::BTreeMap;
use std::sync::Arc;

use algebra::expression::{Expr, Node, RelationId};
use algebra::names::{ColumnName, TableName};
use algebra::query::Select;
use algebra::types::Type;
use algebra::value::Value;
use catalog::{Catalog, Table};

use crate::dialect::Dialect;
use crate::program::{Parameter, Sql};
use crate::writer::SqlWriter;

mod expression;
mod query;
mod source;
mod write;

/// Beyond so many parameters (SQLite allows 32,766 of them) constants of the schema are written into the text.
const PLACES_MAX: usize = 30_000;

/// What the output columns of a query are called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutputNames {
    /// As the query names them.
    Own,
    /// By their place: `c0`, `c1`.
    Places,
    /// Nobody asks.
    Nobody,
}

/// A text in the making.
pub struct Printer<'a> {
    pub(crate) out: SqlWriter,
    pub(crate) dialect: &'a dyn Dialect,
    pub(crate) catalog: &'a Catalog,
    /// Relations that are not called `t<n>`.
    named: BTreeMap<RelationId, Called>,
    /// The tables behind relations, and whether an outer join may have put NULLs in the place of a row.
    tables: BTreeMap<RelationId, (Arc<Table>, bool)>,
    /// The output columns that `Select::OUTPUT` means, when they are called by their place.
    places: Option<Vec<ColumnName>>,
    /// Constants are written into the text.
    pub(crate) inline: bool,
    /// The rows of the next select are compared with others: its outputs say how.
    pub(crate) compares: bool,
    /// Of the next select only matters whether it has rows: what it selects is not written.
    counts_rows: bool,
    /// Relation ids from here on are free.
    free_id: u32,
    /// The given rows are a relation in scope.
    pub(crate) rows_in_scope: bool,
    /// The steps that keep the rows of a data-modifying CTE.
    pub(crate) stages: BTreeMap<RelationId, usize>,
}

/// How a relation is called in the text.
#[derive(Debug, Clone)]
pub enum Called {
    /// Its columns stand alone.
    Bare,
    /// `excluded`.
    Excluded,
    /// By a name of its own.
    Name(String),
    /// Its columns are the members of a JSON array, `t1.value ->> 0`; of one column alone, `t1.value` itself.
    Members(Vec<(ColumnName, Type)>),
}

impl<'a> Printer<'a> {
    /// A printer of a statement whose relation ids end before `free_id`.
    pub(crate) fn new(dialect: &'a dyn Dialect, catalog: &'a Catalog, free_id: u32) -> Self {
        Self {
            out: SqlWriter::new(),
            dialect,
            catalog,
            named: BTreeMap::new(),
            tables: BTreeMap::new(),
            places: None,
            inline: false,
            compares: false,
            counts_rows: false,
            free_id,
            rows_in_scope: false,
            stages: BTreeMap::new(),
        }
    }

    /// A printer of expressions that a table owns: its columns stand alone, constants are in the text.
    pub(crate) fn of_definition(dialect: &'a dyn Dialect, catalog: &'a Catalog) -> Self {
        let mut printer = Self::new(dialect, catalog, 1);
        printer.call(RelationId::SELF, Called::Bare);
        printer.inline = true;
        printer
    }

    /// The text and its parameters.
    pub(crate) fn finish(self, columns: Vec<Type>) -> Sql {
        let (text, parameters) = self.out.finish();
        Sql { text, parameters, columns }
    }

    pub(crate) fn keyword(&mut self, words: &'static str) {
        self.out.keyword(words);
    }

    /// A relation id that the statement does not use.
    pub(crate) fn fresh_id(&mut self) -> RelationId {
        self.free_id += 1;
        RelationId(self.free_id - 1)
    }

    /// Calls a relation by something else than `t<n>` from here on; answers how it was called.
    pub(crate) fn call(&mut self, relation: RelationId, called: Called) -> Option<Called> {
        self.named.insert(relation, called)
    }

    /// Calls a relation as before [`Printer::call`].
    pub(crate) fn call_again(&mut self, relation: RelationId, before: Option<Called>) {
        match before {
            Some(called) => self.named.insert(relation, called),
            None => self.named.remove(&relation),
        };
    }

    /// Remembers the table behind a relation.
    pub(crate) fn note_table(&mut self, relation: RelationId, table: &TableName, outer: bool) {
        if let Some(table) = self.catalog.table(table) {
            self.tables.insert(relation, (Arc::clone(table), outer));
        }
    }

    /// The table behind a relation, when it is one.
    pub(crate) fn table_of(&self, relation: RelationId) -> Option<&Table> {
        self.tables.get(&relation).map(|(table, _)| &**table)
    }

    /// Whether an expression may be NULL, as far as that is plain to see.
    pub(crate) fn is_nullable(&self, expr: &Expr) -> bool {
        match &expr.node {
            Node::Constant(value) => *value == Value::Null,
            Node::Column { relation, column } => match self.tables.get(relation) {
                Some((table, false)) => {
                    let not_null = table.column(column.as_str()).is_some_and(|column| column.not_null);
                    !not_null && !table.key_columns().contains(column)
                }
                _ => true,
            },
            Node::Coalesce(list) => list.iter().all(|expr| self.is_nullable(expr)),
            Node::Cast { operand, .. } => self.is_nullable(operand),
            _ => true,
        }
    }

    /// `t1."title"`.
    pub(crate) fn column(&mut self, relation: RelationId, column: &ColumnName) {
        if relation == Select::OUTPUT {
            let place = self.places.as_ref().and_then(|names| names.iter().position(|name| name == column));
            match place {
                Some(place) => self.out.place(place),
                None => self.out.ident(column.as_str()),
            }
            return;
        }
        match self.named.get(&relation).cloned() {
            Some(Called::Bare) => {}
            Some(Called::Excluded) => self.keyword("excluded."),
            Some(Called::Name(name)) => {
                self.out.ident(&name);
                self.keyword(".");
            }
            Some(Called::Members(columns)) => return self.member(relation, column, &columns),
            None => {
                self.out.alias(relation);
                self.keyword(".");
            }
        }
        self.out.ident(column.as_str());
    }

    /// `(t1.value ->> 0)`, `t1.value`, and for bytes `unhex(…)`.
    fn member(&mut self, relation: RelationId, column: &ColumnName, columns: &[(ColumnName, Type)]) {
        let place = columns.iter().position(|(name, _)| name == column).unwrap_or(0);
        let bytes = columns.get(place).is_some_and(|(_, ty)| *ty == Type::Bytea);
        self.keyword(if bytes { "unhex(" } else { "(" });
        self.out.alias(relation);
        self.keyword(".value");
        if columns.len() > 1 {
            self.keyword(" ->> ");
            self.out.number(place as i64);
        }
        self.keyword(")");
    }

    /// Runs `work` where a table's own expressions stand: the columns of `target` alone, constants in the text.
    pub(crate) fn as_definition(&mut self, target: RelationId, work: impl FnOnce(&mut Self)) {
        let inline = std::mem::replace(&mut self.inline, true);
        let own = self.call(RelationId::SELF, Called::Bare);
        let before = self.call(target, Called::Bare);
        work(self);
        self.call_again(target, before);
        self.call_again(RelationId::SELF, own);
        self.inline = inline;
    }

    /// A parameter's place.
    pub(crate) fn param(&mut self, parameter: Parameter) {
        let shown = parameter.clone();
        let number = self.out.param(parameter);
        self.dialect.place(self, number, &shown);
    }

    /// A constant: NULL and booleans in the text, where indexes and partial indexes see them, others as parameters.
    pub(crate) fn constant(&mut self, value: &Value, ty: &Type) {
        match value {
            Value::Null => self.dialect.null(self, ty),
            Value::Bool(value) => self.dialect.boolean(self, *value),
            value if self.inline || self.out.places() >= PLACES_MAX => self.dialect.literal(self, value, ty),
            value => self.param(Parameter::Constant { value: value.clone(), ty: ty.clone() }),
        }
    }

    /// Each item by `write`, with commas between.
    pub(crate) fn list<T>(&mut self, items: &[T], mut write: impl FnMut(&mut Self, &T)) {
        for (position, item) in items.iter().enumerate() {
            if position > 0 {
                self.keyword(", ");
            }
            write(self, item);
        }
    }

    /// `"a", "b"`.
    pub(crate) fn columns(&mut self, columns: &[ColumnName]) {
        self.list(columns, |printer, column| printer.out.ident(column.as_str()));
    }

    /// Sets how `Select::OUTPUT` is read while `work` runs.
    pub(crate) fn with_places(&mut self, places: Option<Vec<ColumnName>>, work: impl FnOnce(&mut Self)) {
        let before = std::mem::replace(&mut self.places, places);
        work(self);
        self.places = before;
    }
}
