//! `grant`, `revoke`, `alter default privileges`.

use algebra::names::{QualifiedName, SchemaName};
use catalog::{Change, Grant, Grantee, Privilege, PrivilegeSet};

use super::binder::Binder;
use super::fail::{Bind, no_column_of, refused, unsupported};
use super::name::{column_name, schema_name};
use crate::syntax::name::{Name, Span};
use crate::syntax::object::ObjectKind;
use crate::syntax::privilege::{
    AlterDefaultPrivileges, Grant as Written, GrantAction, GrantRole, GrantRoleAction, GrantTarget,
    Privileges, Role,
};

/// Rights and the columns they are on; no columns means the whole relation.
type Rights = Vec<(PrivilegeSet, Vec<Name>)>;

impl Binder<'_> {
    pub(crate) fn grant(&mut self, grant: &Written, span: Span) -> Bind<()> {
        let grantees = self.grantees(&grant.grantees)?;
        match &grant.target {
            GrantTarget::Objects { kind: ObjectKind::Table, objects } => {
                for object in objects {
                    let named = self.grantable(&object.name)?;
                    self.grant_on(grant, named, &grantees, object.span)?;
                }
                Ok(())
            }
            GrantTarget::AllInSchema { kind: ObjectKind::Table, schemas } => {
                for schema in schemas {
                    for relation in self.relations_in(schema)? {
                        self.grant_on(grant, Some(relation), &grantees, span)?;
                    }
                }
                Ok(())
            }
            GrantTarget::AllInSchema { schemas, .. } => {
                schemas.iter().try_for_each(|schema| self.check_schema(schema))
            }
            GrantTarget::Objects { kind: ObjectKind::Schema, objects } => {
                objects.iter().try_for_each(|object| self.check_schema(object.name.last()))
            }
            // Sequences follow their tables, types and functions are open to everyone.
            GrantTarget::Objects { .. } => Ok(()),
            GrantTarget::Future { span, .. } => Err(unsupported("this grant", *span)),
            GrantTarget::Unserved(what) => Err(unsupported(what, span)),
        }
    }

    /// The relation whose grants change; `None` for a sequence, whose rights follow its table.
    fn grantable(&self, name: &crate::syntax::name::ObjectName) -> Bind<Option<QualifiedName>> {
        match self.relation(name) {
            Ok(relation) => Ok(Some(relation.name().clone())),
            Err(error) => {
                let candidates = self.possible(name)?;
                if candidates.iter().any(|name| self.catalog.sequence(name).is_some()) {
                    Ok(None)
                } else {
                    Err(error)
                }
            }
        }
    }

    fn grant_on(
        &mut self,
        grant: &Written,
        relation: Option<QualifiedName>,
        grantees: &[Grantee],
        span: Span,
    ) -> Bind<()> {
        let Some(relation) = relation else { return Ok(()) };
        let revoke = match &grant.action {
            GrantAction::Grant { .. } => false,
            // Only the right to grant on is taken, which nobody uses.
            GrantAction::Revoke { grant_option_for: true, .. } => return Ok(()),
            GrantAction::Revoke { .. } => true,
        };
        for (privileges, written) in rights(&grant.privileges)? {
            let mut columns = Vec::with_capacity(written.len());
            for name in &written {
                let known = self.catalog.columns(&relation).unwrap_or_default();
                let column = column_name(name)?;
                if known.iter().all(|(own, _)| *own != column) {
                    return Err(no_column_of(&name.text, relation.name.as_str(), name.span));
                }
                columns.push(column);
            }
            let bound = Grant { privileges, columns, grantees: grantees.to_vec(), revoke };
            self.change(Change::GrantOnRelation { relation: relation.clone(), grant: bound }, span)?;
        }
        Ok(())
    }

    fn grantees(&self, written: &[Role]) -> Bind<Vec<Grantee>> {
        let mut grantees = Vec::with_capacity(written.len());
        for role in written {
            grantees.push(self.role_of(role)?.map_or(Grantee::Public, Grantee::Role));
        }
        Ok(grantees)
    }

    pub(crate) fn check_schema(&self, name: &Name) -> Bind<()> {
        if self.catalog.has_schema(&schema_name(name)?) {
            Ok(())
        } else {
            Err(refused("3F000", format!("schema \"{}\" does not exist", name.text), name.span))
        }
    }

    fn relations_in(&self, schema: &Name) -> Bind<Vec<QualifiedName>> {
        self.check_schema(schema)?;
        let tables = self.catalog.tables().map(|table| &table.name);
        let views = self.catalog.views().map(|view| &view.name);
        Ok(tables.chain(views).filter(|name| name.schema.as_str() == schema.text).cloned().collect())
    }

    /// Membership in roles.
    pub(crate) fn grant_role(&mut self, grant: &GrantRole, span: Span) -> Bind<()> {
        let revoke = match &grant.action {
            GrantRoleAction::Grant { .. } => false,
            GrantRoleAction::Revoke { admin_option_for: true, .. } => return Ok(()),
            GrantRoleAction::Revoke { .. } => true,
        };
        for role in &grant.roles {
            let role = self.role(role)?;
            for grantee in &grant.grantees {
                let Some(member) = self.role_of(grantee)? else {
                    return Err(refused("0LP01", "PUBLIC cannot be a member of a role", grantee.span));
                };
                // The owner is in every role as it is.
                if member.as_str() != "postgres" && role.as_str() != "postgres" {
                    self.change(Change::GrantRole { role: role.clone(), member, revoke }, span)?;
                }
            }
        }
        Ok(())
    }

    /// What new tables and views grant. Sequences follow their tables; functions and types are open to everyone.
    pub(crate) fn default_privileges(&mut self, alter: &AlterDefaultPrivileges, span: Span) -> Bind<()> {
        for schema in &alter.schemas {
            self.check_schema(schema)?;
        }
        for role in &alter.roles {
            self.role_of(role)?;
        }
        let grantees = self.grantees(&alter.grant.grantees)?;
        let GrantTarget::Future { kind: ObjectKind::Table, .. } = &alter.grant.target else { return Ok(()) };
        let revoke = match &alter.grant.action {
            GrantAction::Grant { .. } => false,
            GrantAction::Revoke { grant_option_for: true, .. } => return Ok(()),
            GrantAction::Revoke { .. } => true,
        };
        let mut schemas: Vec<Option<SchemaName>> = Vec::with_capacity(alter.schemas.len().max(1));
        for schema in &alter.schemas {
            schemas.push(Some(schema_name(schema)?));
        }
        if schemas.is_empty() {
            schemas.push(None);
        }
        for schema in schemas {
            for (privileges, _) in rights(&alter.grant.privileges)? {
                let grant = Grant { privileges, columns: Vec::new(), grantees: grantees.clone(), revoke };
                self.change(Change::DefaultPrivileges { schema: schema.clone(), grant }, span)?;
            }
        }
        Ok(())
    }
}

fn rights(written: &Privileges) -> Bind<Rights> {
    match written {
        Privileges::All { columns } => Ok(vec![(PrivilegeSet::all_on_table(), columns.clone())]),
        Privileges::List(list) => list
            .iter()
            .map(|privilege| {
                let one = privilege_of(&privilege.name.text, privilege.span)?;
                Ok((PrivilegeSet::of(&[one]), privilege.columns.clone()))
            })
            .collect(),
    }
}

fn privilege_of(word: &str, span: Span) -> Bind<Privilege> {
    Ok(match word {
        "select" => Privilege::Select,
        "insert" => Privilege::Insert,
        "update" => Privilege::Update,
        "delete" => Privilege::Delete,
        "truncate" => Privilege::Truncate,
        "references" => Privilege::References,
        "trigger" => Privilege::Trigger,
        "usage" | "execute" | "create" | "connect" | "temporary" | "temp" => {
            let message = format!("invalid privilege type {} for table", word.to_uppercase());
            return Err(refused("0LP01", message, span));
        }
        _ => return Err(refused("42601", format!("unrecognized privilege type \"{word}\""), span)),
    })
}
