//! What the policies of a table say for a command: permissive ones are OR-ed, restrictive ones AND-ed, none means no.

use algebra::expression::{Expr, Node, RelationId};
use algebra::types::Type;
use algebra::value::Value;
use catalog::{Policy, PolicyCommand, Table};

use super::{Denied, Guard};
use crate::guard::exposure;

/// Which expression of the policies is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// Which existing rows.
    Using,
    /// Which new rows: `with check`, or `using` where there is none.
    Check,
}

impl Guard<'_> {
    /// The condition that the policies of `table` for `command` put on the row `row`. `true` when they do not hold for the
    /// caller.
    pub(super) fn rule(
        &mut self,
        table: &Table,
        command: PolicyCommand,
        side: Side,
        row: RelationId,
    ) -> Result<Expr, Denied> {
        if self.bypass {
            return Ok(Expr::bool(true));
        }
        exposure::protected(table)?;
        if self.expanding.contains(&table.name) {
            return Err(Denied {
                code: "42P17",
                message: format!(
                    "infinite recursion detected in policy for relation \"{}\"",
                    table.name.name.as_str()
                ),
                hint: None,
            });
        }
        self.expanding.push(table.name.clone());
        let rule = self.combine(table, command, side, row);
        self.expanding.pop();
        rule
    }

    fn combine(
        &mut self,
        table: &Table,
        command: PolicyCommand,
        side: Side,
        row: RelationId,
    ) -> Result<Expr, Denied> {
        let mut permissive = Vec::new();
        let mut restrictive = Vec::new();
        let applying: Vec<_> = table.policies.iter().filter(|policy| self.applies(policy, command)).collect();
        for policy in applying {
            let condition = match side {
                Side::Using => policy.using.as_ref(),
                Side::Check => policy.check.as_ref().or(policy.using.as_ref()),
            };
            let condition = match condition {
                Some(stored) => {
                    let mut condition = self.instantiate(stored, row);
                    self.policy_expr(&mut condition)?;
                    condition
                }
                None => Expr::bool(true),
            };
            if policy.permissive { permissive.push(condition) } else { restrictive.push(condition) }
        }
        Ok(match any(permissive) {
            None => Expr::bool(false),
            Some(allowed) => {
                restrictive.insert(0, allowed);
                Expr::and(restrictive)
            }
        })
    }

    fn applies(&self, policy: &Policy, command: PolicyCommand) -> bool {
        let for_command = policy.command == PolicyCommand::All || policy.command == command;
        let for_role = policy.roles.is_empty() || policy.roles.iter().any(|role| self.roles.contains(role));
        for_command && for_role
    }

    /// A policy's sub-queries run as the caller: they are guarded like any other.
    fn policy_expr(&mut self, condition: &mut Expr) -> Result<(), Denied> {
        self.note_columns(algebra::visit::Part::Expr(condition));
        self.expr(condition)
    }
}

/// `a or b`; `None` when there is nothing; `true` swallows the rest.
fn any(mut conditions: Vec<Expr>) -> Option<Expr> {
    if let Some(open) = conditions.iter().position(|c| matches!(c.node, Node::Constant(Value::Bool(true)))) {
        return Some(conditions.swap_remove(open));
    }
    match conditions.len() {
        0 => None,
        1 => conditions.pop(),
        _ => Some(Expr::new(Node::Or(conditions), Type::Bool)),
    }
}
