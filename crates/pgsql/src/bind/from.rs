//! `from`: tables, views, CTEs, sub-queries and functions as sources, and what they bring into sight.

use algebra::expression::{Aggregate, Expr, Node, RelationId, WindowCall};
use algebra::names::ColumnName;
use algebra::operation::{Form, by_symbol, row_columns};
use algebra::query::{JoinKind, Output, Query, Relation, RelationSource, Select, Source};
use algebra::types::Type;
use algebra::visit::Part;

use super::binder::Binder;
use super::clause::Clause;
use super::fail::{Bind, refused, unsupported};
use super::name::{Relation as Known, column_name};
use super::scope::{Entry, Namespace};
use super::subquery::distinct_names;
use crate::syntax::expression::{Call, ExprKind};
use crate::syntax::name::{Name, Span};
use crate::syntax::query::{Alias, FromItem, FromKind, FunctionReference, SubqueryReference, TableReference};

/// A source and the names it brings.
pub(crate) type Sourced = (Source, Namespace);

impl Binder<'_> {
    /// Binds a `from` list and puts its names into the innermost scope; commas are cross joins.
    pub(crate) fn sources(&mut self, items: &[FromItem]) -> Bind<Option<Source>> {
        let before = self.level().left.len();
        let mut whole: Option<Source> = None;
        let mut sight = Namespace::default();
        for item in items {
            let (source, names) = self.source(item)?;
            check_distinct(&sight, &names, item.span)?;
            sight.extend(names.clone());
            self.level().left.push(names);
            whole = Some(match whole {
                None => source,
                Some(left) => cross(left, source),
            });
        }
        let level = self.level();
        level.left.truncate(before);
        level.namespace.extend(sight);
        Ok(whole)
    }

    pub(crate) fn source(&mut self, item: &FromItem) -> Bind<Sourced> {
        match &item.kind {
            FromKind::Table(table) => self.table_source(table),
            FromKind::Subquery(query) => self.query_source(query, item.span),
            FromKind::Function(function) => self.function_source(function, item.span),
            FromKind::Join(join) => self.join_source(join, item.span),
            FromKind::Special(name) => Err(unsupported(&name.text, name.span)),
        }
    }

    fn table_source(&mut self, reference: &TableReference) -> Bind<Sourced> {
        if let Some(sample) = &reference.sample {
            return Err(unsupported("tablesample", sample.span));
        }
        let name = &reference.name;
        if name.qualifiers().is_empty()
            && let Some(cte) = self.find_cte(&name.last().text)
        {
            if let Some(table) = &cte.inline {
                let query = self.inline(table)?;
                let id = self.fresh_id();
                let entry = Entry::new(&name.last().text, id, query.columns());
                return sourced(id, RelationSource::Query(Box::new(query)), entry, reference.alias.as_ref());
            }
            let id = self.fresh_id();
            let entry = Entry::new(&name.last().text, id, cte.columns);
            return sourced(id, RelationSource::Cte(cte.id), entry, reference.alias.as_ref());
        }
        let id = self.fresh_id();
        let (source, mut entry) = match self.relation(name)? {
            Known::Table(table) => {
                let columns = table.columns.iter().map(|c| (c.name.clone(), c.ty.base.clone()));
                let mut entry = Entry::new(table.name.name.as_str(), id, columns);
                let source = RelationSource::Table(table.name.clone());
                entry.schema = Some(table.name.schema.clone());
                entry.table = Some(table);
                (source, entry)
            }
            Known::View(view) => {
                let mut entry = Entry::new(view.name.name.as_str(), id, view.columns.iter().cloned());
                entry.schema = Some(view.name.schema.clone());
                (RelationSource::View(view.name.clone()), entry)
            }
        };
        if reference.alias.is_some() {
            entry.schema = None;
        }
        sourced(id, source, entry, reference.alias.as_ref())
    }

    fn query_source(&mut self, reference: &SubqueryReference, span: Span) -> Bind<Sourced> {
        let Some(alias) = &reference.alias else {
            return Err(refused("42601", "subquery in FROM must have an alias", span)
                .with_hint("For example, FROM (SELECT ...) [AS] foo."));
        };
        let mut query = self.beside(reference.lateral, |binder| binder.query(&reference.query))?;
        let written: Vec<_> = query.columns().into_iter().map(|(name, _)| name).collect();
        distinct_names(&mut query);
        let id = self.fresh_id();
        let mut entry = Entry::new("", id, query.columns());
        for (visible, name) in entry.columns.iter_mut().zip(written) {
            visible.name = name;
        }
        let entry = renamed(entry, Some(alias))?;
        let relation =
            Relation { id, source: RelationSource::Query(Box::new(query)), lateral: reference.lateral };
        Ok((Source::Relation(relation), Namespace::of(entry)))
    }

    /// Binds something that stands in `from` beside what is to its left, which only lateral items see.
    fn beside<T>(&mut self, lateral: bool, work: impl FnOnce(&mut Self) -> Bind<T>) -> Bind<T> {
        let sight = if lateral { self.level().lateral() } else { Namespace::default() };
        let before = std::mem::replace(&mut self.level().namespace, sight);
        let result = work(self);
        self.level().namespace = before;
        result
    }

    fn function_source(&mut self, reference: &FunctionReference, span: Span) -> Bind<Sourced> {
        let [function] = reference.functions.as_slice() else {
            return Err(unsupported("rows from with several functions", span));
        };
        let ExprKind::Call(call) = &*function.call.kind else {
            return Err(unsupported("this expression in FROM", function.call.span));
        };
        let fields = if function.columns.is_empty() { &reference.columns } else { &function.columns };
        if !fields.is_empty() {
            if reference.ordinality {
                return Err(unsupported("with ordinality beside a column definition list", span));
            }
            return self.beside(true, |binder| {
                binder
                    .within(Clause::FromFunction, |binder| binder.record_rows(call, reference, fields, span))
            });
        }
        let sourced = self.beside(true, |binder| {
            binder.within(Clause::FromFunction, |binder| binder.function_rows(call, reference, span))
        })?;
        if reference.ordinality { self.numbered(sourced, reference.alias.as_ref()) } else { Ok(sourced) }
    }

    /// `with ordinality`: the rows of the function, numbered as they come.
    fn numbered(&mut self, (source, names): Sourced, alias: Option<&Alias>) -> Bind<Sourced> {
        let lateral = matches!(&source, Source::Relation(Relation { lateral: true, .. }));
        let Some(entry) = names.entries.into_iter().next() else {
            return Err(unsupported("with ordinality on this", Span::default()));
        };
        let operation = by_symbol("pg_row_number").expect("row_number is in the table");
        let (arguments, order) = (Vec::new(), Vec::new());
        let call = Aggregate { operation, arguments, distinct: false, order, filter: None };
        let window = WindowCall { call, partition: Vec::new(), order: Vec::new(), frame: None };
        let own = entry.columns.iter().map(|visible| match &visible.expr.node {
            Node::Column { column, .. } => Output { expr: visible.expr.clone(), name: column.clone() },
            _ => Output { expr: visible.expr.clone(), name: visible.name.clone() },
        });
        let number = Output {
            expr: Expr::new(Node::Window(Box::new(window)), Type::Int8),
            name: ColumnName::literal("ordinality"),
        };
        let outputs = own.chain(std::iter::once(number)).collect();
        let query = Query::select(Select::from(outputs, without_lateral(source)));
        let id = self.fresh_id();
        let mut numbered = Entry::new(&entry.name, id, query.columns());
        for (visible, shown) in numbered.columns.iter_mut().zip(entry.columns) {
            visible.name = shown.name;
        }
        let numbered = renamed(numbered, alias)?;
        let source = RelationSource::Query(Box::new(query));
        Ok((Source::Relation(Relation { id, source, lateral }), Namespace::of(numbered)))
    }

    fn function_rows(&mut self, call: &Call, reference: &FunctionReference, span: Span) -> Bind<Sourced> {
        let overloads = self.overloads(&call.name);
        let returns_rows = overloads.iter().any(|operation| operation.form == Form::SetReturning);
        let id = self.fresh_id();
        let function_name = call.name.last().text.clone();
        // With ordinality the alias names one column more, so its list is taken when the number is there.
        let alias = reference.alias.as_ref();
        let listed = if reference.ordinality { None } else { alias };
        if !returns_rows {
            // One row with the function's value.
            let value = self.call(call, span)?;
            let value = self.settled(value)?;
            let column = alias.map_or(&function_name, |alias| &alias.name.text);
            let name = column_of(column, span)?;
            let mut entry = Entry::new(&function_name, id, [(name.clone(), value.ty().clone())]);
            entry.scalar = true;
            let lateral = names_columns(std::slice::from_ref(&value.expr));
            let mut query = Query::select(Select {
                distinct: algebra::query::Distinct::No,
                outputs: vec![Output { expr: value.expr, name }],
                from: None,
                filter: None,
                grouping: algebra::query::Grouping::None,
                having: None,
            });
            query.limit = None;
            let mut entry = renamed(entry, listed)?;
            if let (None, Some(alias)) = (listed, alias) {
                entry.name.clone_from(&alias.name.text);
            }
            let relation = Relation { id, source: RelationSource::Query(Box::new(query)), lateral };
            return Ok((Source::Relation(relation), Namespace::of(entry)));
        }
        let arguments = self.arguments(call)?;
        let (found, arguments) = self.resolve_call(call, &overloads, arguments, span)?;
        let columns: Vec<(ColumnName, Type)> = match row_columns(found.operation.symbol) {
            Some(columns) => {
                columns.iter().map(|(name, ty)| (ColumnName::literal(name), ty.clone())).collect()
            }
            None => {
                let column = alias.map_or(&function_name, |alias| &alias.name.text);
                vec![(column_of(column, span)?, found.result)]
            }
        };
        let mut entry = Entry::new(&function_name, id, columns.iter().cloned());
        entry.scalar = columns.len() == 1;
        let mut entry = renamed(entry, listed)?;
        if let (None, Some(alias)) = (listed, alias) {
            entry.name.clone_from(&alias.name.text);
        }
        let lateral = names_columns(&arguments);
        let source = RelationSource::Function { operation: found.operation, arguments, columns };
        Ok((Source::Relation(Relation { id, source, lateral }), Namespace::of(entry)))
    }
}

/// What is alone in a sub-query has nothing to its left there; the sub-query is lateral instead.
fn without_lateral(source: Source) -> Source {
    match source {
        Source::Relation(relation) => Source::Relation(Relation { lateral: false, ..relation }),
        join => join,
    }
}

fn column_of(text: &str, span: Span) -> Bind<ColumnName> {
    column_name(&Name { text: text.to_owned(), quoted: false, span })
}

/// Whether any column is named, so that the source depends on what is to its left.
fn names_columns(exprs: &[Expr]) -> bool {
    let mut found = false;
    for expr in exprs {
        Part::Expr(expr).every_expr(&mut |expr| found |= matches!(expr.node, Node::Column { .. }));
    }
    found
}

fn sourced(id: RelationId, source: RelationSource, entry: Entry, alias: Option<&Alias>) -> Bind<Sourced> {
    let entry = renamed(entry, alias)?;
    Ok((Source::Relation(Relation { id, source, lateral: false }), Namespace::of(entry)))
}

/// Gives an entry the names of its alias.
pub(crate) fn renamed(mut entry: Entry, alias: Option<&Alias>) -> Bind<Entry> {
    let Some(alias) = alias else { return Ok(entry) };
    if alias.columns.len() > entry.columns.len() {
        let message = format!(
            "table \"{}\" has {} columns available but {} columns specified",
            alias.name.text,
            entry.columns.len(),
            alias.columns.len()
        );
        return Err(refused("42P10", message, alias.span));
    }
    entry.name = alias.name.text.clone();
    for (visible, name) in entry.columns.iter_mut().zip(&alias.columns) {
        visible.name = column_name(name)?;
    }
    Ok(entry)
}

pub(crate) fn cross(left: Source, right: Source) -> Source {
    Source::Join { kind: JoinKind::Cross, left: Box::new(left), right: Box::new(right), on: None }
}

/// Two relations of one `from` must be told apart by their names.
pub(crate) fn check_distinct(left: &Namespace, right: &Namespace, span: Span) -> Bind<()> {
    for entry in &right.entries {
        let same = left.entries.iter().find(|other| {
            other.name == entry.name
                && !(other.schema.is_some() && entry.schema.is_some() && other.schema != entry.schema)
        });
        if same.is_some() && !entry.name.is_empty() {
            let message = format!("table name \"{}\" specified more than once", entry.name);
            return Err(refused("42712", message, span));
        }
    }
    Ok(())
}
