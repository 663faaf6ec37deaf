//! `create table`: columns, constraints in PostgreSQL's order with PostgreSQL's names, sequences, grants.

use std::sync::Arc;

use algebra::names::{ColumnName, ConstraintName, QualifiedName};
use catalog::{Change, Check, Column, Key, Sequence, Table};

use super::binder::Binder;
use super::clause::Clause;
use super::column::Declaration;
use super::fail::{Bind, refused, unsupported};
use super::name::{column_name, constraint_name};
use super::naming::Taken;
use super::stored::own_columns;
use crate::syntax::expression::Expr as Written;
use crate::syntax::name::{Name, Span};
use crate::syntax::table::{
    ConstraintAttributes, CreateTable, ForeignTarget, KeyOptions, Persistence, TableConstraint,
    TableConstraintKind, TableElement,
};

/// The table as it grows, with what has to wait until all columns are known.
pub(crate) struct Draft {
    pub table: Table,
    pub taken: Taken,
    pub sequences: Vec<Sequence>,
    pub generated: Vec<(ColumnName, Written)>,
    pub checks: Vec<(Option<Name>, Written, Span)>,
    pub keys: Vec<DraftKey>,
    pub foreign_keys: Vec<DraftForeignKey>,
}

/// A primary key or unique constraint to be named.
pub(crate) struct DraftKey {
    pub name: Option<Name>,
    pub primary: bool,
    pub columns: Vec<Name>,
    pub options: KeyOptions,
    pub attributes: ConstraintAttributes,
    pub span: Span,
}

/// A foreign key to be named and resolved.
pub(crate) struct DraftForeignKey {
    pub name: Option<Name>,
    pub columns: Vec<Name>,
    pub target: ForeignTarget,
    pub attributes: ConstraintAttributes,
    pub span: Span,
}

impl Draft {
    pub(crate) fn new(table: Table) -> Self {
        Self {
            table,
            taken: Taken::default(),
            sequences: Vec::new(),
            generated: Vec::new(),
            checks: Vec::new(),
            keys: Vec::new(),
            foreign_keys: Vec::new(),
        }
    }
}

impl Binder<'_> {
    pub(crate) fn create_table(&mut self, create: &CreateTable, span: Span) -> Bind<()> {
        refuse_kinds(create, span)?;
        let name = self.new_name(&create.name)?;
        if create.if_not_exists && self.catalog.has_relation(&name) {
            return Ok(());
        }
        if self.catalog.has_relation(&name) {
            let message = format!("relation \"{}\" already exists", name.name.as_str());
            return Err(refused("42P07", message, create.name.span));
        }
        let mut draft = Draft::new(Table::new(name.clone()));
        draft.table.grants = self.catalog.default_grants(&name.schema);
        for element in &create.elements {
            match element {
                TableElement::Column(column) => {
                    self.declare(&mut draft, &Declaration { written: column })?;
                }
                TableElement::Constraint(constraint) => table_constraint(&mut draft, constraint)?,
                TableElement::Like(like) => self.like_table(&mut draft, like)?,
            }
        }
        self.finish_table(draft, create.name.span)
    }

    /// Binds what waited for the columns, names what has no name, and makes the changes.
    fn finish_table(&mut self, mut draft: Draft, span: Span) -> Bind<()> {
        let generated = std::mem::take(&mut draft.generated);
        let bare = Arc::new(draft.table.clone());
        for (name, written) in &generated {
            let Some(column) = bare.column(name.as_str()) else { continue };
            let value = self.generated_value(written, column, &generated_sight(&bare, &generated))?;
            if let Some(own) = draft.table.column_mut(name.as_str()) {
                own.generated = Some(value);
            }
        }
        for column in bare.columns.iter().filter(|column| column.domain.is_some()) {
            let checks = self.domain_checks(&mut draft, column, span)?;
            draft.table.checks.extend(checks);
        }
        for (name, written, at) in std::mem::take(&mut draft.checks) {
            let check = self.check(&mut draft, name.as_ref(), &written, at)?;
            draft.table.checks.push(check);
        }
        // The primary key comes first, wherever it was written.
        let mut keys = std::mem::take(&mut draft.keys);
        keys.sort_by_key(|key| !key.primary);
        for key in keys {
            self.key(&mut draft, key)?;
        }
        for key in std::mem::take(&mut draft.foreign_keys) {
            let bound = self.foreign_key(&mut draft, &key)?;
            draft.table.foreign_keys.push(bound);
        }
        for sequence in std::mem::take(&mut draft.sequences) {
            self.change(Change::CreateSequence(sequence), span)?;
        }
        self.change(Change::CreateTable(Box::new(draft.table)), span)
    }

    /// A check, named after its only column.
    pub(crate) fn check(
        &mut self,
        draft: &mut Draft,
        name: Option<&Name>,
        written: &Written,
        span: Span,
    ) -> Bind<Check> {
        let table = Arc::new(draft.table.clone());
        let condition = self.row_condition(written, &table, Clause::Check, "CHECK")?;
        let columns = own_columns(&condition);
        let column = match columns.as_slice() {
            [only] => only.as_str(),
            _ => "",
        };
        let name = self.constraint_named(draft, name, (column, "check"), span)?;
        Ok(Check { name, condition })
    }

    /// The name that was written, or the one that PostgreSQL makes up.
    pub(crate) fn constraint_named(
        &self,
        draft: &mut Draft,
        name: Option<&Name>,
        (column, label): (&str, &str),
        span: Span,
    ) -> Bind<ConstraintName> {
        if let Some(name) = name {
            draft.taken.insert(&name.text);
            return constraint_name(name);
        }
        let QualifiedName { schema, name } = &draft.table.name;
        draft.taken.constraint(&self.catalog, schema, (name.as_str(), column, label), span)
    }

    fn key(&mut self, draft: &mut Draft, key: DraftKey) -> Bind<()> {
        let bound = self.bound_key(draft, &key)?;
        if key.primary {
            if draft.table.primary_key.is_some() {
                let message = format!(
                    "multiple primary keys for table \"{}\" are not allowed",
                    draft.table.name.name.as_str()
                );
                return Err(refused("42P16", message, key.span));
            }
            for column in &mut draft.table.columns {
                column.not_null |= bound.columns.contains(&column.name);
            }
            draft.table.primary_key = Some(bound);
        } else if !same_key(&draft.table, &bound) {
            draft.table.uniques.push(bound);
        }
        Ok(())
    }

    /// A key with its name; its columns must exist.
    pub(crate) fn bound_key(&mut self, draft: &mut Draft, key: &DraftKey) -> Bind<Key> {
        let mut columns = Vec::with_capacity(key.columns.len());
        for written in &key.columns {
            let name = column_name(written)?;
            if draft.table.column(name.as_str()).is_none() {
                let message = format!("column \"{}\" named in key does not exist", written.text);
                return Err(refused("42703", message, written.span));
            }
            if columns.contains(&name) {
                let kind = if key.primary { "primary key" } else { "unique" };
                let message = format!("column \"{}\" appears twice in {kind} constraint", written.text);
                return Err(refused("42701", message, written.span));
            }
            columns.push(name);
        }
        let joined = key.columns.iter().map(|name| name.text.as_str()).collect::<Vec<_>>().join("_");
        let label = if key.primary { ("", "pkey") } else { (joined.as_str(), "key") };
        let name = self.constraint_named(draft, key.name.as_ref(), label, key.span)?;
        let (deferrable, initially_deferred) = deferral(key.attributes);
        let nulls_not_distinct = key.options.nulls_not_distinct;
        Ok(Key { name, columns, nulls_not_distinct, deferrable, initially_deferred })
    }
}

/// A unique constraint over the same columns as another one makes no second.
fn same_key(table: &Table, key: &Key) -> bool {
    table.primary_key.iter().chain(&table.uniques).any(|own| {
        own.columns == key.columns
            && own.nulls_not_distinct == key.nulls_not_distinct
            && own.deferrable == key.deferrable
            && own.initially_deferred == key.initially_deferred
    })
}

/// The table as generation expressions see it: other generated columns are marked, so that they are refused.
fn generated_sight(table: &Arc<Table>, generated: &[(ColumnName, Written)]) -> Arc<Table> {
    let mut sight = (**table).clone();
    for column in &mut sight.columns {
        if generated.iter().any(|(name, _)| *name == column.name) {
            column.generated = Some(algebra::expression::Expr::bool(true));
        }
    }
    Arc::new(sight)
}

/// `deferrable` and `initially deferred`; the latter implies the former.
pub(crate) fn deferral(attributes: ConstraintAttributes) -> (bool, bool) {
    let deferred = attributes.initially_deferred.unwrap_or(false);
    (attributes.deferrable.unwrap_or(deferred), deferred)
}

pub(crate) fn table_constraint(draft: &mut Draft, constraint: &TableConstraint) -> Bind<()> {
    let (name, attributes, span) = (constraint.name.clone(), constraint.attributes, constraint.span);
    match &constraint.kind {
        TableConstraintKind::Check(condition) => draft.checks.push((name, condition.clone(), span)),
        TableConstraintKind::Unique { columns, options } => draft.keys.push(DraftKey {
            name,
            primary: false,
            columns: columns.clone(),
            options: options.clone(),
            attributes,
            span,
        }),
        TableConstraintKind::PrimaryKey { columns, options } => draft.keys.push(DraftKey {
            name,
            primary: true,
            columns: columns.clone(),
            options: options.clone(),
            attributes,
            span,
        }),
        TableConstraintKind::ForeignKey { columns, target } => draft.foreign_keys.push(DraftForeignKey {
            name,
            columns: columns.clone(),
            target: target.clone(),
            attributes,
            span,
        }),
        TableConstraintKind::UsingIndex { .. } => {
            return Err(unsupported("a constraint using an index in create table", span)
                .with_hint("Write the constraint with its columns."));
        }
        TableConstraintKind::Exclude(_) => {
            return Err(unsupported("an exclusion constraint", span));
        }
    }
    Ok(())
}

fn refuse_kinds(create: &CreateTable, span: Span) -> Bind<()> {
    if create.persistence == Persistence::Temporary {
        return Err(unsupported("a temporary table", span));
    }
    if let Some(parent) = create.inherits.first() {
        return Err(unsupported("inheritance between tables", parent.span));
    }
    if let Some(of) = &create.of_type {
        return Err(unsupported("a table of a composite type", of.span));
    }
    if let Some(parent) = &create.partition_of {
        return Err(unsupported("partitioning", parent.span));
    }
    if let Some(by) = &create.partition_by {
        return Err(unsupported("partitioning", by.span));
    }
    Ok(())
}

/// An empty column of a type.
pub(crate) fn plain_column(name: ColumnName, ty: algebra::types::ColumnType) -> Column {
    Column {
        name,
        ty,
        not_null: false,
        default: None,
        generated: None,
        identity: None,
        domain: None,
        comment: None,
    }
}
