//! The lock: every relation in the tree, however deep, is checked for grants and given its row policies.
//!
//! Grants come first, then row policies; a caller's own expressions that could raise an error see only rows that the policies let
//! through (`leak`). **Must not:** be reached around: nothing else makes a `Guarded`.

use std::collections::{BTreeMap, BTreeSet};

use algebra::change::PartMut;
use algebra::expression::{Expr, Node, RelationId};
use algebra::names::{ColumnName, RoleName, TableName};
use algebra::statement::Statement;
use algebra::visit::Part;
use catalog::Catalog;

use crate::caller::Caller;
use crate::guarded::{Enforced, Guarded};

mod exposure;
mod grants;
mod leak;
mod read;
mod rules;
mod write;

/// Why a statement was refused, with PostgreSQL's code and words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Denied {
    /// `42501` permission denied, `42P17` endless recursion in policies, `22023` no such role.
    pub code: &'static str,
    pub message: String,
    pub hint: Option<String>,
}

/// Checks a statement for a caller and adds what the rules ask.
///
/// Relation ids of the statement must be unique in it, as `pgsql` and `plan` make them.
///
/// # Errors
/// [`Denied`] when a grant is missing, a table is not protected, or a policy refers to itself.
pub fn guard(
    mut statement: Statement,
    caller: &Caller,
    catalog: &Catalog,
    enforced: Enforced,
) -> Result<Guarded, Denied> {
    let role = caller.role();
    if !matches!(caller, Caller::System) && !catalog.has_role(&role) {
        return Err(Denied {
            code: "22023",
            message: format!("role \"{}\" does not exist", role.as_str()),
            hint: None,
        });
    }
    match enforced {
        Enforced::ByEngine => exposure::check(&statement, caller, catalog)?,
        Enforced::Here => {
            let mut guard = Guard::new(&statement, caller, catalog);
            match &mut statement {
                Statement::Query(query) => guard.query(query)?,
                Statement::Write(write) => guard.write(write)?,
            }
        }
    }
    Ok(Guarded::new(statement, enforced))
}

/// What a walk over one statement knows.
struct Guard<'a> {
    catalog: &'a Catalog,
    /// The role and every role it is a member of.
    roles: Vec<RoleName>,
    /// Grants do not matter: the system, and the inside of a view that reads as its owner.
    unchecked: bool,
    /// Row policies do not hold.
    bypass: bool,
    /// The columns of each relation that the statement reads.
    used: BTreeMap<RelationId, BTreeSet<ColumnName>>,
    /// Relation ids from here on are free.
    free_id: u32,
    /// Tables whose policies are being expanded, innermost last.
    expanding: Vec<TableName>,
}

impl<'a> Guard<'a> {
    fn new(statement: &Statement, caller: &Caller, catalog: &'a Catalog) -> Self {
        let mut guard = Self {
            catalog,
            roles: catalog.memberships(&caller.role()),
            unchecked: matches!(caller, Caller::System),
            bypass: caller.bypasses_row_security(),
            used: BTreeMap::new(),
            free_id: statement.part().free_id(),
            expanding: Vec::new(),
        };
        guard.note_columns(statement.part());
        guard
    }

    /// Remembers which columns of which relations a part reads.
    fn note_columns(&mut self, part: Part<'_>) {
        part.every_expr(&mut |expr| {
            if let Node::Column { relation, column } = &expr.node {
                self.used.entry(*relation).or_default().insert(column.clone());
            }
        });
    }

    fn fresh_id(&mut self) -> RelationId {
        self.free_id += 1;
        RelationId(self.free_id - 1)
    }

    /// A copy of an expression that a table owns, over the relation `row`, its own relations with fresh ids.
    fn instantiate(&mut self, stored: &Expr, row: RelationId) -> Expr {
        let mut expr = stored.clone();
        let base = self.free_id;
        self.free_id += Part::Expr(stored).free_id();
        PartMut::Expr(&mut expr).renumber(&mut |id| {
            if id == RelationId::SELF { row } else { RelationId(base + id.0) }
        });
        expr
    }

    /// Runs `work` as the owner of what it walks into: no grants, no policies.
    fn as_owner(&mut self, work: impl FnOnce(&mut Self) -> Result<(), Denied>) -> Result<(), Denied> {
        let before = (self.unchecked, self.bypass);
        (self.unchecked, self.bypass) = (true, true);
        let result = work(self);
        (self.unchecked, self.bypass) = before;
        result
    }
}
