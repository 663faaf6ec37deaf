//! `create policy`, `alter policy`.

use algebra::expression::Expr;
use algebra::names::RoleName;
use catalog::change::PolicyChange;
use catalog::{Change, Policy, PolicyCommand, Table};

use super::binder::Binder;
use super::clause::Clause;
use super::fail::{Bind, refused};
use super::name::policy_name;
use crate::syntax::expression as syntax;
use crate::syntax::name::Name;
use crate::syntax::privilege::{AlterPolicy, CreatePolicy, PolicyCommand as Command, Role, RoleKind};

use std::sync::Arc;

impl Binder<'_> {
    pub(crate) fn create_policy(&mut self, create: &CreatePolicy) -> Bind<()> {
        let table = self.table(&create.table)?;
        let command = match create.command {
            Command::All => PolicyCommand::All,
            Command::Select => PolicyCommand::Select,
            Command::Insert => PolicyCommand::Insert,
            Command::Update => PolicyCommand::Update,
            Command::Delete => PolicyCommand::Delete,
        };
        if let Some(check) = &create.with_check
            && matches!(command, PolicyCommand::Select | PolicyCommand::Delete)
        {
            return Err(refused("42601", "WITH CHECK cannot be applied to SELECT or DELETE", check.span));
        }
        if let Some(using) = &create.using
            && command == PolicyCommand::Insert
        {
            return Err(refused("42601", "only WITH CHECK expression allowed for INSERT", using.span));
        }
        let policy = Policy {
            name: policy_name(&create.name)?,
            permissive: create.permissive,
            command,
            roles: self.policy_roles(&create.roles)?,
            using: self.policy_condition(create.using.as_ref(), &table)?,
            check: self.policy_condition(create.with_check.as_ref(), &table)?,
        };
        let change = Change::CreatePolicy { table: table.name.clone(), policy: Box::new(policy) };
        self.change(change, create.name.span)
    }

    pub(crate) fn alter_policy(&mut self, alter: &AlterPolicy) -> Bind<()> {
        let table = self.table(&alter.table)?;
        let own = table.policies.iter().find(|policy| policy.name.as_str() == alter.name.text);
        let Some(own) = own else {
            if alter.if_exists {
                return Ok(());
            }
            return Err(no_policy(&alter.name, &table));
        };
        if let Some(check) = &alter.with_check
            && matches!(own.command, PolicyCommand::Select | PolicyCommand::Delete)
        {
            let message = "only USING expression allowed for SELECT, DELETE";
            return Err(refused("42601", message, check.span));
        }
        if let Some(using) = &alter.using
            && own.command == PolicyCommand::Insert
        {
            return Err(refused("42601", "only WITH CHECK expression allowed for INSERT", using.span));
        }
        let roles = if alter.roles.is_empty() { None } else { Some(self.policy_roles(&alter.roles)?) };
        let change = PolicyChange {
            rename: alter.rename_to.as_ref().map(policy_name).transpose()?,
            roles,
            using: self.policy_condition(alter.using.as_ref(), &table)?,
            check: self.policy_condition(alter.with_check.as_ref(), &table)?,
            command: None,
        };
        let policy = policy_name(&alter.name)?;
        let change = Change::AlterPolicy { table: table.name.clone(), policy, change: Box::new(change) };
        self.change(change, alter.name.span)
    }

    fn policy_condition(&mut self, written: Option<&syntax::Expr>, table: &Arc<Table>) -> Bind<Option<Expr>> {
        written.map(|written| self.row_condition(written, table, Clause::Policy, "POLICY")).transpose()
    }

    /// The roles a policy is for; `public` among them means everyone.
    fn policy_roles(&self, written: &[Role]) -> Bind<Vec<RoleName>> {
        let mut roles = Vec::with_capacity(written.len());
        for role in written {
            match self.role_of(role)? {
                Some(name) => roles.push(name),
                None => return Ok(Vec::new()),
            }
        }
        Ok(roles)
    }

    /// A role as it was named; `None` is `public`.
    pub(crate) fn role_of(&self, role: &Role) -> Bind<Option<RoleName>> {
        match &role.kind {
            RoleKind::Public => Ok(None),
            RoleKind::Named(name) => self.role(name).map(Some),
            RoleKind::CurrentRole | RoleKind::CurrentUser | RoleKind::SessionUser => {
                Ok(Some(RoleName::literal("postgres")))
            }
        }
    }
}

pub(crate) fn no_policy(name: &Name, table: &Table) -> crate::diagnostic::Diagnostic {
    let message =
        format!("policy \"{}\" for table \"{}\" does not exist", name.text, table.name.name.as_str());
    refused("42704", message, name.span)
}
