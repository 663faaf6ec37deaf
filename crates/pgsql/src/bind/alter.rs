//! `alter table` and what `alter view`, `alter index`, `alter sequence` share with it: one change for each action, each seeing
//! the ones before.

use std::sync::Arc;

use algebra::names::{ColumnName, QualifiedName};
use catalog::{AlterTable, Change, Drop, DropKind, Key, Table};

use super::binder::Binder;
use super::column::Declaration;
use super::fail::{Bind, no_column_of, refused, unsupported};
use super::name::{Relation, column_name, constraint_name, local_name, schema_name};
use super::table::{Draft, deferral, table_constraint};
use crate::syntax::name::{Name, ObjectName, Span};
use crate::syntax::object::Behavior;
use crate::syntax::table::{
    AlterTable as Written, AlterTableAction, AlterTableKind, ColumnDefinition, RelationKind, RowSecurity,
    TableConstraint, TableConstraintKind,
};

impl Binder<'_> {
    pub(crate) fn alter_table(&mut self, alter: &Written, span: Span) -> Bind<()> {
        if alter.relation == RelationKind::ForeignTable || alter.relation == RelationKind::MaterializedView {
            return Err(unsupported("altering this kind of relation", span));
        }
        if let Some(kind) = self.renamed_kind(alter)? {
            return self.rename_relation(alter, kind);
        }
        let relation = match self.relation(&alter.name) {
            Ok(relation) => relation,
            Err(_) if alter.if_exists => return Ok(()),
            Err(error) => return Err(error),
        };
        let name = relation.name().clone();
        if let Relation::View(_) = relation {
            return alter.actions.iter().try_for_each(|action| self.alter_view_action(&name, action));
        }
        for action in &alter.actions {
            self.alter_action(&name, action)?;
        }
        Ok(())
    }

    /// For actions that only give a relation another name or schema: what the name stands for. Sequences and indexes have
    /// no others.
    fn renamed_kind(&self, alter: &Written) -> Bind<Option<DropKind>> {
        let renames = alter.actions.iter().all(|action| {
            matches!(
                action.kind,
                AlterTableKind::RenameTo(_) | AlterTableKind::SetSchema(_) | AlterTableKind::OwnerTo(_)
            )
        });
        let Some(found) = self.kind_of(&alter.name)? else { return Ok(None) };
        match found {
            DropKind::Table | DropKind::View if !renames => Ok(None),
            kind if renames => Ok(Some(kind)),
            _ => Err(unsupported("this change of a sequence or index", alter.name.span)),
        }
    }

    /// What kind of relation a name is.
    pub(crate) fn kind_of(&self, name: &ObjectName) -> Bind<Option<DropKind>> {
        Ok(self.possible(name)?.into_iter().find_map(|name| {
            if self.catalog.table(&name).is_some() {
                Some(DropKind::Table)
            } else if self.catalog.view(&name).is_some() {
                Some(DropKind::View)
            } else if self.catalog.sequence(&name).is_some() {
                Some(DropKind::Sequence)
            } else if self.catalog.index_table(&name).is_some() {
                Some(DropKind::Index)
            } else {
                None
            }
        }))
    }

    fn rename_relation(&mut self, alter: &Written, what: DropKind) -> Bind<()> {
        let found = self.possible(&alter.name)?.into_iter().find(|name| self.catalog.has_relation(name));
        let Some(mut name) = found else { return Ok(()) };
        for action in &alter.actions {
            match &action.kind {
                AlterTableKind::RenameTo(to) => {
                    let next = local_name(to)?;
                    self.change(Change::Rename { what, name: name.clone(), to: next.clone() }, to.span)?;
                    name.name = next;
                }
                AlterTableKind::SetSchema(to) => {
                    self.check_schema(to)?;
                    let next = schema_name(to)?;
                    if next != name.schema {
                        let change = Change::SetSchema { what, name: name.clone(), to: next.clone() };
                        self.change(change, to.span)?;
                        name.schema = next;
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn alter_view_action(&mut self, name: &QualifiedName, action: &AlterTableAction) -> Bind<()> {
        match &action.kind {
            AlterTableKind::RenameColumn { column, to } => {
                let action = AlterTable::RenameColumn { from: column_name(column)?, to: column_name(to)? };
                self.alter_one(name, action, column.span)
            }
            AlterTableKind::OwnerTo(_) => Ok(()),
            AlterTableKind::SetOptions(options) => {
                let Some(invoker) = self.view_options(options)? else { return Ok(()) };
                let Some(view) = self.catalog.view(name) else { return Ok(()) };
                let mut view = (**view).clone();
                view.security_invoker = Some(invoker);
                self.change(Change::ReplaceView(Box::new(view)), action.span)
            }
            _ => {
                let message =
                    format!("ALTER action cannot be performed on relation \"{}\"", name.name.as_str());
                Err(refused("42809", message, action.span)
                    .with_detail("This operation is not supported for views."))
            }
        }
    }

    pub(crate) fn alter_one(&mut self, table: &QualifiedName, action: AlterTable, span: Span) -> Bind<()> {
        self.change(Change::AlterTable { table: table.clone(), action: Box::new(action) }, span)
    }

    /// The table as it is by now.
    pub(crate) fn current(&self, name: &QualifiedName, span: Span) -> Bind<Arc<Table>> {
        self.catalog.table(name).cloned().ok_or_else(|| {
            refused("42P01", format!("relation \"{}\" does not exist", name.name.as_str()), span)
        })
    }

    fn alter_action(&mut self, name: &QualifiedName, action: &AlterTableAction) -> Bind<()> {
        let span = action.span;
        match &action.kind {
            AlterTableKind::AddColumn { if_not_exists, column } => {
                self.add_column(name, column, *if_not_exists)
            }
            AlterTableKind::DropColumn { if_exists, column, behavior } => {
                if *if_exists && self.current(name, span)?.column(&column.text).is_none() {
                    return Ok(());
                }
                let cascade = *behavior == Some(Behavior::Cascade);
                self.alter_one(
                    name,
                    AlterTable::DropColumn { column: column_name(column)?, cascade },
                    column.span,
                )
            }
            AlterTableKind::AlterColumn { column, change } => {
                let known = self.known_column(name, column)?;
                self.alter_column(name, &known, (change, span))
            }
            AlterTableKind::RenameColumn { column, to } => {
                let action = AlterTable::RenameColumn { from: column_name(column)?, to: column_name(to)? };
                self.alter_one(name, action, column.span)
            }
            AlterTableKind::AddConstraint(constraint) => self.add_constraint(name, constraint),
            AlterTableKind::DropConstraint { if_exists, constraint, behavior } => {
                let wanted = constraint_name(constraint)?;
                let table = self.current(name, span)?;
                if *if_exists && table.constraint_names().all(|own| *own != wanted) {
                    return Ok(());
                }
                let cascade = *behavior == Some(Behavior::Cascade);
                let action = AlterTable::DropConstraint { constraint: wanted, cascade };
                self.alter_one(name, action, constraint.span)
            }
            AlterTableKind::RenameConstraint { constraint, to } => {
                let action = AlterTable::RenameConstraint {
                    from: constraint_name(constraint)?,
                    to: constraint_name(to)?,
                };
                self.alter_one(name, action, constraint.span)
            }
            AlterTableKind::RowSecurity(change) => {
                let action = match change {
                    RowSecurity::Enable => AlterTable::RowSecurity { enabled: true },
                    RowSecurity::Disable => AlterTable::RowSecurity { enabled: false },
                    RowSecurity::Force => AlterTable::ForceRowSecurity { forced: true },
                    RowSecurity::NoForce => AlterTable::ForceRowSecurity { forced: false },
                };
                self.alter_one(name, action, span)
            }
            other => self.minor_action(other, span),
        }
    }

    /// What changes nothing here, and what is refused.
    fn minor_action(&mut self, kind: &AlterTableKind, span: Span) -> Bind<()> {
        match kind {
            AlterTableKind::OwnerTo(role) => self.role_of(role).map(|_| ()),
            AlterTableKind::ValidateConstraint(_)
            | AlterTableKind::SetOptions(_)
            | AlterTableKind::ResetOptions(_)
            | AlterTableKind::SetLogged(_)
            | AlterTableKind::ReplicaIdentity(_) => Ok(()),
            AlterTableKind::AlterConstraint { .. } => {
                Err(unsupported("alter constraint", span).with_hint("Drop the constraint and add it anew."))
            }
            AlterTableKind::Trigger { .. } => {
                Err(unsupported("triggers", span).with_hint("Triggers come with a later version."))
            }
            AlterTableKind::Inherit { .. } => Err(unsupported("inheritance between tables", span)),
            AlterTableKind::Unserved(what) => Err(unsupported(what, span)),
            _ => Err(unsupported("this action beside others", span)
                .with_hint("Write it as an alter table of its own.")),
        }
    }

    fn known_column(&self, table: &QualifiedName, column: &Name) -> Bind<ColumnName> {
        if self.current(table, column.span)?.column(&column.text).is_none() {
            return Err(no_column_of(&column.text, table.name.as_str(), column.span));
        }
        column_name(column)
    }

    fn add_column(
        &mut self,
        name: &QualifiedName,
        written: &ColumnDefinition,
        if_not_exists: bool,
    ) -> Bind<()> {
        let table = self.current(name, written.span)?;
        if table.column(&written.name.text).is_some() {
            if if_not_exists {
                return Ok(());
            }
            let message = format!(
                "column \"{}\" of relation \"{}\" already exists",
                written.name.text,
                name.name.as_str()
            );
            return Err(refused("42701", message, written.name.span));
        }
        let mut draft = Draft::new((*table).clone());
        self.declare(&mut draft, &Declaration { written })?;
        let sight = Arc::new(draft.table.clone());
        for (column, value) in std::mem::take(&mut draft.generated) {
            let Some(own) = sight.column(column.as_str()) else { continue };
            let value = self.generated_value(&value, own, &sight)?;
            if let Some(own) = draft.table.column_mut(column.as_str()) {
                own.generated = Some(value);
            }
        }
        for sequence in std::mem::take(&mut draft.sequences) {
            self.change(Change::CreateSequence(sequence), written.span)?;
        }
        let Some(column) = draft.table.columns.last().cloned() else { return Ok(()) };
        for check in self.domain_checks(&mut draft, &column, written.span)? {
            draft.table.checks.push(check);
        }
        self.alter_one(name, AlterTable::AddColumn { column }, written.name.span)?;
        self.add_drafted(name, draft, table.checks.len())
    }

    fn add_constraint(&mut self, name: &QualifiedName, constraint: &TableConstraint) -> Bind<()> {
        let table = self.current(name, constraint.span)?;
        if let TableConstraintKind::UsingIndex { primary, index } = &constraint.kind {
            return self.key_from_index(&table, constraint, (*primary, index));
        }
        let mut draft = Draft::new((*table).clone());
        table_constraint(&mut draft, constraint)?;
        self.add_drafted(name, draft, table.checks.len())
    }

    /// `primary key using index i`: the index becomes the constraint's own and takes its name.
    fn key_from_index(
        &mut self,
        table: &Table,
        constraint: &TableConstraint,
        (primary, written): (bool, &Name),
    ) -> Bind<()> {
        let index = table.indexes.iter().find(|index| index.name.as_str() == written.text);
        let Some(index) = index else {
            return Err(refused("42704", format!("index \"{}\" does not exist", written.text), written.span));
        };
        let columns =
            index.plain_unique_columns().filter(|_| index.terms.iter().all(|term| !term.descending));
        let Some(columns) = columns else {
            let message = format!("\"{}\" is not a unique index", written.text);
            return Err(refused("42809", message, written.span)
                .with_detail("Cannot create a primary key or unique constraint using such an index."));
        };
        let (deferrable, initially_deferred) = deferral(constraint.attributes);
        let key = Key {
            name: constraint_name(constraint.name.as_ref().unwrap_or(written))?,
            columns,
            nulls_not_distinct: index.nulls_not_distinct,
            deferrable,
            initially_deferred,
        };
        let index = QualifiedName::new(table.name.schema.clone(), index.name.clone());
        let dropped = Drop { kind: DropKind::Index, name: index, table: None, cascade: false };
        self.change(Change::Drop(dropped), constraint.span)?;
        let action = if primary { AlterTable::AddPrimaryKey(key) } else { AlterTable::AddUnique(key) };
        self.alter_one(&table.name, action, constraint.span)
    }

    /// Adds the constraints that a draft has beyond the table's own.
    fn add_drafted(&mut self, name: &QualifiedName, mut draft: Draft, known_checks: usize) -> Bind<()> {
        for check in draft.table.checks.split_off(known_checks) {
            self.alter_one(name, AlterTable::AddCheck(check), Span::default())?;
        }
        for (written, condition, span) in std::mem::take(&mut draft.checks) {
            let check = self.check(&mut draft, written.as_ref(), &condition, span)?;
            self.alter_one(name, AlterTable::AddCheck(check), span)?;
        }
        for key in std::mem::take(&mut draft.keys) {
            let bound = self.bound_key(&mut draft, &key)?;
            let action =
                if key.primary { AlterTable::AddPrimaryKey(bound) } else { AlterTable::AddUnique(bound) };
            self.alter_one(name, action, key.span)?;
        }
        for key in std::mem::take(&mut draft.foreign_keys) {
            draft.table = (*self.current(name, key.span)?).clone();
            let bound = self.foreign_key(&mut draft, &key)?;
            self.alter_one(name, AlterTable::AddForeignKey(bound), key.span)?;
        }
        Ok(())
    }
}
