//! Grants: may this role read or write these columns at all?

use algebra::expression::RelationId;
use algebra::names::{ColumnName, TableName};
use catalog::{Grants, Privilege};

use super::{Denied, Guard};

impl Guard<'_> {
    /// The role may select every column of the relation that the statement reads; with none read, any one column.
    pub(super) fn check_select(
        &self,
        name: &TableName,
        grants: &Grants,
        relation: RelationId,
        what: &str,
    ) -> Result<(), Denied> {
        let used = self.used.get(&relation);
        let allowed = match used {
            Some(columns) => self.allow_columns(grants, Privilege::Select, columns),
            None => self.unchecked || grants.allow_any_column(&self.roles, Privilege::Select),
        };
        if allowed { Ok(()) } else { Err(denied(name, what)) }
    }

    /// The role has the privilege on each of these columns.
    pub(super) fn check_columns<'c>(
        &self,
        name: &TableName,
        grants: &Grants,
        privilege: Privilege,
        columns: impl IntoIterator<Item = &'c ColumnName>,
    ) -> Result<(), Denied> {
        if self.allow_columns(grants, privilege, columns) { Ok(()) } else { Err(denied(name, "table")) }
    }

    /// The role has the privilege on the whole relation.
    pub(super) fn check_relation(
        &self,
        name: &TableName,
        grants: &Grants,
        privilege: Privilege,
    ) -> Result<(), Denied> {
        if self.unchecked || grants.allow(&self.roles, privilege) {
            Ok(())
        } else {
            Err(denied(name, "table"))
        }
    }

    /// The role has the privilege on the relation or one of its columns.
    pub(super) fn check_any_column(
        &self,
        name: &TableName,
        grants: &Grants,
        privilege: Privilege,
    ) -> Result<(), Denied> {
        let allowed = self.unchecked || grants.allow_any_column(&self.roles, privilege);
        if allowed { Ok(()) } else { Err(denied(name, "table")) }
    }

    fn allow_columns<'c>(
        &self,
        grants: &Grants,
        privilege: Privilege,
        columns: impl IntoIterator<Item = &'c ColumnName>,
    ) -> bool {
        self.unchecked
            || grants.allow(&self.roles, privilege)
            || columns.into_iter().all(|column| grants.allow_column(&self.roles, privilege, column))
    }
}

/// PostgreSQL's words for a missing grant.
pub(super) fn denied(name: &TableName, what: &str) -> Denied {
    Denied {
        code: "42501",
        message: format!("permission denied for {what} {}", name.name.as_str()),
        hint: None,
    }
}
