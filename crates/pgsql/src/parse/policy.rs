//! Row security policies.
//!
//! **Must not:** judge what a policy lets through.

use crate::parse::Parsed;
use crate::parse::stream::Parser;
use crate::syntax::expression::Expr;
use crate::syntax::privilege::{AlterPolicy, CreatePolicy, PolicyCommand, Role};
use crate::syntax::statement::StatementKind;

impl Parser<'_> {
    pub(super) fn create_policy(&mut self) -> Parsed<StatementKind> {
        self.expect("policy")?;
        let name = self.name("a policy's name")?;
        self.expect("on")?;
        let table = self.relation_name("a table")?;
        let permissive = self.permissive()?;
        let command = self.policy_command()?;
        let roles = self.policy_roles()?;
        let (using, with_check) = self.policy_conditions()?;
        let policy = CreatePolicy { name, table, permissive, command, roles, using, with_check };
        Ok(StatementKind::CreatePolicy(Box::new(policy)))
    }

    fn permissive(&mut self) -> Parsed<bool> {
        if !self.accept("as") {
            return Ok(true);
        }
        let kind = self.label("`permissive` or `restrictive`")?;
        match kind.text.as_str() {
            "permissive" => Ok(true),
            "restrictive" => Ok(false),
            other => {
                let error = self.fault(format!("unrecognized row security option \"{other}\""), kind.span);
                let hint = "only PERMISSIVE or RESTRICTIVE policies are supported currently";
                Err(Box::new(error.with_hint(hint)))
            }
        }
    }

    fn policy_command(&mut self) -> Parsed<PolicyCommand> {
        if !self.accept("for") {
            return Ok(PolicyCommand::All);
        }
        match self.accept_any(&["all", "select", "insert", "update", "delete"]) {
            Some("all") => Ok(PolicyCommand::All),
            Some("select") => Ok(PolicyCommand::Select),
            Some("insert") => Ok(PolicyCommand::Insert),
            Some("update") => Ok(PolicyCommand::Update),
            Some(_) => Ok(PolicyCommand::Delete),
            None => Err(self.unexpected("`all`, `select`, `insert`, `update` or `delete`")),
        }
    }

    fn policy_roles(&mut self) -> Parsed<Vec<Role>> {
        if self.accept("to") { self.list(Self::role) } else { Ok(Vec::new()) }
    }

    /// `using (…) with check (…)`, in this order.
    fn policy_conditions(&mut self) -> Parsed<(Option<Expr>, Option<Expr>)> {
        let using = if self.accept("using") { Some(self.enclosed_expression()?) } else { None };
        let with_check =
            if self.accept_words(&["with", "check"]) { Some(self.enclosed_expression()?) } else { None };
        Ok((using, with_check))
    }

    pub(super) fn alter_policy(&mut self) -> Parsed<StatementKind> {
        self.expect("policy")?;
        let if_exists = self.if_exists();
        let name = self.name("a policy's name")?;
        self.expect("on")?;
        let table = self.relation_name("a table")?;
        let mut policy = AlterPolicy {
            name,
            table,
            if_exists,
            rename_to: None,
            roles: Vec::new(),
            using: None,
            with_check: None,
        };
        if self.accept_words(&["rename", "to"]) {
            policy.rename_to = Some(self.name("a new name")?);
        } else if if_exists {
            return Err(self.unexpected("`rename to`: only a rename may say `if exists`"));
        } else {
            policy.roles = self.policy_roles()?;
            (policy.using, policy.with_check) = self.policy_conditions()?;
        }
        Ok(StatementKind::AlterPolicy(Box::new(policy)))
    }
}
