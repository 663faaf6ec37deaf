//! One statement to what it comes to: rows read or written, changes, settings, nothing, or a refusal by name.

use algebra::statement::Statement;

use super::binder::Binder;
use super::fail::{Bind, refused};
use super::refuse;
use super::session;
use super::staged;
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
                let statement = match staged::split(kind) {
                    Some((with, bare)) if staged::has_writes(with) => self.staged_write(with, &bare, span)?,
                    _ => Statement::Write(self.write(kind, span)?),
                };
                self.prepared(statement, span)
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
}
