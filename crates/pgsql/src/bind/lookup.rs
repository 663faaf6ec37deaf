//! Finding columns and relations in scopes, innermost first, with PostgreSQL's refusals.

use algebra::expression::{Expr, Node};

use super::binder::{Binder, Typed};
use super::clause::Clause;
use super::fail::{Bind, no_column, refused, unsupported};
use super::near::nearest;
use super::scope::{Entry, Namespace, Visible};
use crate::diagnostic::Diagnostic;
use crate::syntax::name::{Name, ObjectName, Span};

/// Columns that every table of PostgreSQL has besides its own.
const SYSTEM: &[&str] = &["ctid", "xmin", "xmax", "cmin", "cmax", "tableoid"];

/// What a name in an expression stands for.
pub(crate) enum Found {
    Column(Typed),
    Row(WholeRow),
}

/// A relation's name where a value is wanted.
pub(crate) struct WholeRow {
    pub fields: Vec<Visible>,
    /// A column that is never NULL in a row: when it is, an outer join made the row up.
    pub present: Option<Expr>,
}

impl Binder<'_> {
    /// Resolves `a`, `t.a`, `s.t.a`.
    pub(crate) fn column(&mut self, name: &ObjectName) -> Bind<Found> {
        match name.parts.as_slice() {
            [column] => self.bare(column),
            [relation, column] => self.qualified(None, relation, column, name.span),
            [schema, relation, column] => self.qualified(Some(schema), relation, column, name.span),
            [_, schema, relation, column] => self.qualified(Some(schema), relation, column, name.span),
            _ => {
                let message = format!("improper qualified name (too many dotted names): {}", name.dotted());
                Err(refused("42601", message, name.span))
            }
        }
    }

    fn bare(&mut self, name: &Name) -> Bind<Found> {
        for at in (0..self.levels.len()).rev() {
            let mut found =
                self.levels[at].namespace.columns.iter().filter(|visible| visible.name.as_str() == name.text);
            if let Some(visible) = found.next() {
                if found.next().is_some() {
                    let message = format!("column reference \"{}\" is ambiguous", name.text);
                    return Err(refused("42702", message, name.span));
                }
                let expr = visible.expr.clone();
                return Ok(Found::Column(self.refer(at, expr, name.span)));
            }
        }
        for at in (0..self.levels.len()).rev() {
            let Some(entry) = self.levels[at].namespace.entry(None, &name.text) else { continue };
            return match entry.columns.as_slice() {
                [only] if entry.scalar => {
                    let expr = only.expr.clone();
                    Ok(Found::Column(self.refer(at, expr, name.span)))
                }
                _ => Ok(Found::Row(whole_row(entry))),
            };
        }
        Err(self.unknown_column(name))
    }

    fn qualified(
        &mut self,
        schema: Option<&Name>,
        relation: &Name,
        column: &Name,
        span: Span,
    ) -> Bind<Found> {
        let (at, entry) = self.entry(schema, relation)?;
        let mut found = entry.columns.iter().filter(|visible| visible.name.as_str() == column.text);
        let Some(visible) = found.next() else {
            let message = format!("column {}.{} does not exist", relation.text, column.text);
            let mut diagnostic = refused("42703", message, span);
            if let Some(near) = nearest(&column.text, entry.columns.iter().map(|c| c.name.as_str())) {
                diagnostic.hint =
                    Some(format!("Perhaps you meant to reference the column \"{}.{near}\".", relation.text));
            }
            return Err(diagnostic);
        };
        if found.next().is_some() {
            let message = format!("column reference \"{}\" is ambiguous", column.text);
            return Err(refused("42702", message, span));
        }
        let expr = visible.expr.clone();
        Ok(Found::Column(self.refer(at, expr, span)))
    }

    /// The relation of this name and the level that has it.
    pub(crate) fn entry(&self, schema: Option<&Name>, relation: &Name) -> Bind<(usize, &Entry)> {
        let schema = schema.map(|name| name.text.as_str());
        for (at, level) in self.levels.iter().enumerate().rev() {
            let mut found = level.namespace.entries.iter().filter(|e| e.is_named(schema, &relation.text));
            if let Some(entry) = found.next() {
                if found.next().is_some() {
                    let message = format!("table reference \"{}\" is ambiguous", relation.text);
                    return Err(refused("42P09", message, relation.span));
                }
                return Ok((at, entry));
            }
        }
        Err(self.unknown_relation(schema, relation))
    }

    /// Notes that a column of a level is used, outside of aggregates, for the rules of grouping.
    fn refer(&mut self, level: usize, expr: Expr, span: Span) -> Typed {
        let level = &mut self.levels[level];
        if !level.in_aggregate
            && let Node::Column { relation, column } = &expr.node
        {
            level.references.push((*relation, column.clone(), span));
        }
        Typed::new(expr, span)
    }

    fn unknown_relation(&self, schema: Option<&str>, relation: &Name) -> Diagnostic {
        let hidden =
            |namespace: &Namespace| namespace.entries.iter().any(|e| e.is_named(schema, &relation.text));
        let left = self.levels.iter().any(|level| level.left.iter().any(hidden));
        if left {
            let message = format!("invalid reference to FROM-clause entry for table \"{}\"", relation.text);
            let hint = format!(
                "There is an entry for table \"{}\", but it cannot be referenced from this part of the query.",
                relation.text
            );
            return refused("42P01", message, relation.span).with_hint(hint);
        }
        let message = format!("missing FROM-clause entry for table \"{}\"", relation.text);
        let diagnostic = refused("42P01", message, relation.span);
        // A table that has been given an alias is known by that alone.
        let alias = self.levels.iter().rev().flat_map(|level| &level.namespace.entries).find(|entry| {
            entry.table.as_ref().is_some_and(|table| table.name.name.as_str() == relation.text)
        });
        match alias {
            Some(entry) => {
                let message =
                    format!("invalid reference to FROM-clause entry for table \"{}\"", relation.text);
                let hint = format!("Perhaps you meant to reference the table alias \"{}\".", entry.name);
                refused("42P01", message, relation.span).with_hint(hint)
            }
            None => diagnostic,
        }
    }

    fn unknown_column(&self, name: &Name) -> Diagnostic {
        if self.clause() == Clause::Default {
            return refused("0A000", "cannot use column reference in DEFAULT expression", name.span);
        }
        if SYSTEM.contains(&name.text.as_str()) {
            return unsupported(&format!("the system column {}", name.text), name.span);
        }
        let diagnostic = no_column(&name.text, name.span);
        let left = self.levels.iter().rev().flat_map(|level| &level.left).flat_map(|left| &left.entries);
        for entry in left {
            if entry.columns.iter().any(|visible| visible.name.as_str() == name.text) {
                let detail = format!(
                    "There is a column named \"{}\" in table \"{}\", but it cannot be referenced from this part of the query.",
                    name.text, entry.name
                );
                return diagnostic.with_detail(detail);
            }
        }
        for entry in self.levels.iter().rev().flat_map(|level| &level.namespace.entries) {
            if let Some(near) = nearest(&name.text, entry.columns.iter().map(|c| c.name.as_str())) {
                let hint = if entry.name.is_empty() {
                    format!("Perhaps you meant to reference the column \"{near}\".")
                } else {
                    format!("Perhaps you meant to reference the column \"{}.{near}\".", entry.name)
                };
                return diagnostic.with_hint(hint);
            }
        }
        diagnostic
    }

    /// The columns of `*` or `t.*`.
    pub(crate) fn star(&mut self, qualifier: Option<&ObjectName>, span: Span) -> Bind<Vec<Visible>> {
        let (at, columns) = match qualifier.map(|name| name.parts.as_slice()) {
            None => {
                let at = self.levels.len() - 1;
                let namespace = &self.levels[at].namespace;
                if namespace.entries.is_empty() {
                    return Err(refused("42601", "SELECT * with no tables specified is not valid", span));
                }
                (at, namespace.columns.clone())
            }
            Some([relation]) => {
                let (at, entry) = self.entry(None, relation)?;
                (at, entry.columns.clone())
            }
            Some([.., schema, relation]) => {
                let (at, entry) = self.entry(Some(schema), relation)?;
                (at, entry.columns.clone())
            }
            Some([]) => return Err(unsupported("an empty name", span)),
        };
        for visible in &columns {
            self.refer(at, visible.expr.clone(), span);
        }
        Ok(columns)
    }
}

/// The fields of a relation's row.
pub(crate) fn whole_row(entry: &Entry) -> WholeRow {
    let never_null = entry.table.as_ref().and_then(|table| table.columns.iter().find(|c| c.not_null));
    let present = never_null.and_then(|column| entry.columns.iter().find(|v| v.name == column.name));
    WholeRow { fields: entry.columns.clone(), present: present.map(|visible| visible.expr.clone()) }
}
