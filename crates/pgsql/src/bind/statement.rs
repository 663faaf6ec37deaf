//! One statement to what it comes to: rows read or written, changes, settings, nothing, or a refusal by name.

use algebra::statement::{Delete, Statement, Write};

use super::binder::Binder;
use super::fail::{Bind, refused, unsupported};
use super::refuse;
use super::session;
use crate::syntax::change::Truncate;
use crate::syntax::name::Span;
use crate::syntax::statement::{Statement as Written, StatementKind};

impl Binder<'_> {
    pub(crate) fn statement(&mut self, written: &Written) -> Bind<()> {
        let span = written.span;
        match &written.kind {
            StatementKind::Query(query) => {
                if let Some(setting) = session::set_config(query) {
                    self.setting(setting);
                    return Ok(());
                }
                let query = self.query(query)?;
                self.prepared(Statement::Query(query), span)
            }
            kind @ (StatementKind::Insert(_) | StatementKind::Update(_) | StatementKind::Delete(_)) => {
                let write = self.write(kind, span)?;
                self.prepared(Statement::Write(write), span)
            }
            kind => {
                self.defines = true;
                self.definition(kind, span)?;
                if self.has_parameters() {
                    return Err(refused("42P02", "there is no parameter $1", span));
                }
                Ok(())
            }
        }
    }

    fn definition(&mut self, kind: &StatementKind, span: Span) -> Bind<()> {
        match kind {
            StatementKind::Truncate(truncate) => self.truncate(truncate, span),
            StatementKind::CreateTable(create) => self.create_table(create, span),
            StatementKind::CreateTableAs(create) => self.create_table_as(create, span),
            StatementKind::AlterTable(alter) => self.alter_table(alter, span),
            StatementKind::CreateIndex(create) => self.create_index(create),
            StatementKind::CreateType(create) => self.create_type(create, span),
            StatementKind::AlterType(alter) => self.alter_type(alter, span),
            StatementKind::CreateDomain(create) => self.create_domain(create, span),
            StatementKind::CreateSchema(create) => self.create_schema(create, span),
            StatementKind::CreateView(create) => self.create_view(create, span),
            StatementKind::CreateSequence(create) => self.create_sequence(create, span),
            StatementKind::AlterSequence(alter) => self.alter_sequence(alter, span),
            StatementKind::CreatePolicy(create) => self.create_policy(create),
            StatementKind::AlterPolicy(alter) => self.alter_policy(alter),
            StatementKind::Grant(grant) => self.grant(grant, span),
            StatementKind::GrantRole(grant) => self.grant_role(grant, span),
            StatementKind::AlterDefaultPrivileges(alter) => self.default_privileges(alter, span),
            StatementKind::CreateRole(create) => self.create_role(create, span),
            StatementKind::AlterRole(alter) => self.alter_role(alter, span),
            StatementKind::DropRole(drop) => self.drop_role(drop),
            StatementKind::Comment(comment) => self.comment(comment),
            StatementKind::CreateExtension(create) => self.create_extension(create),
            // Changes are published by configuration; the statements of other projects do no harm.
            StatementKind::CreatePublication(_) | StatementKind::AlterPublication(_) => Ok(()),
            StatementKind::AlterObject(alter) => self.alter_object(alter, span),
            StatementKind::Drop(drop) => self.drop_objects(drop),
            StatementKind::Set(set) => self.set(set, span),
            StatementKind::Reset(reset) => {
                self.reset(reset);
                Ok(())
            }
            StatementKind::Unserved(unserved) if refuse::is_without_effect(unserved.command) => Ok(()),
            other => Err(refuse::statement(other, span)),
        }
    }

    /// `truncate` is a delete of every row of each table.
    fn truncate(&mut self, truncate: &Truncate, span: Span) -> Bind<()> {
        if truncate.cascade {
            return Err(unsupported("truncate … cascade", span)
                .with_hint("Name the referencing tables too, those first."));
        }
        let mut tables = Vec::with_capacity(truncate.tables.len());
        for table in &truncate.tables {
            tables.push(self.written_table(&table.name)?);
        }
        for table in &tables {
            let names = tables.iter().map(|table| &table.name);
            let names: Vec<_> = names.collect();
            let referring = self.catalog.tables().find(|other| {
                other.name != table.name
                    && !names.contains(&&other.name)
                    && other.foreign_keys.iter().any(|key| key.table == table.name)
            });
            if let Some(other) = referring {
                let detail = format!(
                    "Table \"{}\" references \"{}\".",
                    other.name.name.as_str(),
                    table.name.name.as_str()
                );
                let hint = format!(
                    "Truncate table \"{}\" at the same time, or use TRUNCATE ... CASCADE.",
                    other.name.name.as_str()
                );
                let message = "cannot truncate a table referenced in a foreign key constraint";
                return Err(refused("0A000", message, span).with_detail(detail).with_hint(hint));
            }
        }
        for table in &tables {
            let target = self.fresh_id();
            let delete = Delete {
                table: table.name.clone(),
                target,
                using: None,
                filter: None,
                returning: Vec::new(),
            };
            self.prepared(Statement::Write(Write::Delete(delete)), span)?;
            if truncate.restart_identity {
                self.restart_identities(table, span)?;
            }
        }
        Ok(())
    }

    fn restart_identities(&mut self, table: &catalog::Table, span: Span) -> Bind<()> {
        let owned: Vec<_> = self
            .catalog
            .sequences()
            .filter(|sequence| sequence.owner.as_ref().is_some_and(|(owner, _)| *owner == table.name))
            .cloned()
            .collect();
        for sequence in owned {
            let change = catalog::Change::AlterSequence {
                name: sequence.name.clone(),
                options: sequence.options,
                restart: Some(sequence.options.start),
                owner: None,
            };
            self.change(change, span)?;
        }
        Ok(())
    }
}
