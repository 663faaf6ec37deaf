//! Roles: made without login, altered by nothing, dropped.

use algebra::names::RoleName;
use catalog::{Change, Drop, DropKind};

use super::binder::Binder;
use super::fail::{Bind, refused, unsupported};
use super::name::{no_role, role_name};
use crate::syntax::name::Span;
use crate::syntax::privilege::{
    AlterRole, CreateRole, DropRole, Role, RoleChange, RoleKind, RoleOptionKind, RoleWord,
};

impl Binder<'_> {
    pub(crate) fn create_role(&mut self, create: &CreateRole, span: Span) -> Bind<()> {
        let RoleKind::Named(name) = &create.role.kind else {
            return Err(refused("42939", "role name is reserved", create.role.span));
        };
        let role = role_name(name)?;
        if create.word == RoleWord::User {
            return Err(no_login(create.role.span));
        }
        for option in &create.options {
            match &option.kind {
                RoleOptionKind::Flag { name: "login", on: true } | RoleOptionKind::Password(Some(_)) => {
                    return Err(no_login(option.span));
                }
                RoleOptionKind::Flag { name: "superuser" | "bypassrls", on: true } => {
                    return Err(
                        unsupported("a role past row security", option.span).with_hint("Use service_role.")
                    );
                }
                _ => {}
            }
        }
        self.change(Change::CreateRole(role.clone()), name.span)?;
        for option in &create.options {
            match &option.kind {
                RoleOptionKind::InRole(parents) => {
                    for parent in parents {
                        self.join(parent, &role, span)?;
                    }
                }
                RoleOptionKind::Role(members) | RoleOptionKind::Admin(members) => {
                    for member in members {
                        if let Some(member) = self.role_of(member)? {
                            let role = role.clone();
                            self.change(Change::GrantRole { role, member, revoke: false }, span)?;
                        }
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn join(&mut self, parent: &Role, member: &RoleName, span: Span) -> Bind<()> {
        match self.role_of(parent)? {
            Some(role) => {
                self.change(Change::GrantRole { role, member: member.clone(), revoke: false }, span)
            }
            None => Err(refused("0LP01", "PUBLIC cannot be a role of others", parent.span)),
        }
    }

    pub(crate) fn alter_role(&mut self, alter: &AlterRole, span: Span) -> Bind<()> {
        let role = alter.role.as_ref().map(|role| self.role_of(role)).transpose()?.flatten();
        match &alter.change {
            // Settings of a role: time limits and the like are the configuration's here.
            RoleChange::Set { .. } | RoleChange::Reset { .. } => Ok(()),
            RoleChange::Options(options) => {
                for option in options {
                    match &option.kind {
                        RoleOptionKind::Flag { name: "login", on: true }
                        | RoleOptionKind::Password(Some(_)) => return Err(no_login(option.span)),
                        RoleOptionKind::Flag { name: "superuser" | "bypassrls", on: true } => {
                            return Err(unsupported("a role past row security", option.span));
                        }
                        _ => {}
                    }
                }
                Ok(())
            }
            RoleChange::AddMembers(members) | RoleChange::DropMembers(members) => {
                let Some(role) = role else { return Err(unsupported("this role", span)) };
                let revoke = matches!(alter.change, RoleChange::DropMembers(_));
                for member in members {
                    if let Some(member) = self.role_of(member)? {
                        self.change(Change::GrantRole { role: role.clone(), member, revoke }, span)?;
                    }
                }
                Ok(())
            }
        }
    }

    pub(crate) fn drop_role(&mut self, drop: &DropRole) -> Bind<()> {
        for role in &drop.roles {
            let RoleKind::Named(name) = &role.kind else {
                return Err(refused("42939", "this role cannot be dropped", role.span));
            };
            let known = role_name(name)?;
            if !self.catalog.has_role(&known) {
                if drop.if_exists {
                    continue;
                }
                return Err(no_role(&name.text, name.span));
            }
            let local = super::name::local_name(name)?;
            let schema = algebra::names::SchemaName::literal("public");
            let name = algebra::names::QualifiedName::new(schema, local);
            let change = Change::Drop(Drop { kind: DropKind::Role, name, table: None, cascade: false });
            self.change(change, role.span)?;
        }
        Ok(())
    }
}

fn no_login(span: Span) -> crate::diagnostic::Diagnostic {
    unsupported("a role that can log in", span)
        .with_hint("Write create role … nologin; people sign in as authenticated users.")
}
