//! Grants: who may do what with a relation, as PostgreSQL keeps them.

use std::collections::BTreeMap;

use algebra::names::{ColumnName, RoleName};

/// A privilege on a table, view, sequence, schema or column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Privilege {
    Select,
    Insert,
    Update,
    Delete,
    Truncate,
    References,
    Trigger,
    Usage,
    Execute,
    Create,
}

/// A set of privileges.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PrivilegeSet(u16);

impl PrivilegeSet {
    /// `grant all on table`.
    #[must_use]
    pub fn all_on_table() -> Self {
        Self::of(&[
            Privilege::Select,
            Privilege::Insert,
            Privilege::Update,
            Privilege::Delete,
            Privilege::Truncate,
            Privilege::References,
            Privilege::Trigger,
        ])
    }

    #[must_use]
    pub fn of(privileges: &[Privilege]) -> Self {
        Self(privileges.iter().fold(0, |bits, privilege| bits | (1 << *privilege as u16)))
    }

    #[must_use]
    pub fn has(self, privilege: Privilege) -> bool {
        self.0 & (1 << privilege as u16) != 0
    }

    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    #[must_use]
    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// To whom: a role, or everyone.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grantee {
    Public,
    Role(RoleName),
}

/// The grants on one relation.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Grants {
    relation: BTreeMap<Grantee, PrivilegeSet>,
    columns: BTreeMap<(Grantee, ColumnName), PrivilegeSet>,
}

/// A `grant` or `revoke` on a relation: `columns` empty means the whole relation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    pub privileges: PrivilegeSet,
    pub columns: Vec<ColumnName>,
    pub grantees: Vec<Grantee>,
    pub revoke: bool,
}

impl Grants {
    /// Carries out a `grant` or `revoke`. Revoking on the relation also revokes on its columns, as PostgreSQL does.
    pub fn apply(&mut self, grant: &Grant) {
        for grantee in &grant.grantees {
            if grant.columns.is_empty() {
                let entry = self.relation.entry(grantee.clone()).or_default();
                change(entry, grant);
                if grant.revoke {
                    self.columns
                        .iter_mut()
                        .filter(|((who, _), _)| who == grantee)
                        .for_each(|(_, set)| change(set, grant));
                }
            }
            for column in &grant.columns {
                change(self.columns.entry((grantee.clone(), column.clone())).or_default(), grant);
            }
        }
        self.relation.retain(|_, set| !set.is_empty());
        self.columns.retain(|_, set| !set.is_empty());
    }

    /// Whether a role (with the roles it is a member of) has the privilege on the whole relation.
    #[must_use]
    pub fn allow(&self, roles: &[RoleName], privilege: Privilege) -> bool {
        self.holders(roles).any(|grantee| self.relation.get(&grantee).is_some_and(|set| set.has(privilege)))
    }

    /// Whether it has the privilege on this column, by the relation or by the column.
    #[must_use]
    pub fn allow_column(&self, roles: &[RoleName], privilege: Privilege, column: &ColumnName) -> bool {
        self.allow(roles, privilege)
            || self.holders(roles).any(|grantee| {
                self.columns.get(&(grantee, column.clone())).is_some_and(|set| set.has(privilege))
            })
    }

    /// Whether it has the privilege on the relation or on at least one of its columns.
    #[must_use]
    pub fn allow_any_column(&self, roles: &[RoleName], privilege: Privilege) -> bool {
        self.allow(roles, privilege)
            || self.holders(roles).any(|grantee| {
                self.columns.iter().any(|((who, _), set)| *who == grantee && set.has(privilege))
            })
    }

    /// These and the others together.
    #[must_use]
    pub fn and(mut self, other: &Grants) -> Self {
        for (grantee, set) in &other.relation {
            let own = self.relation.entry(grantee.clone()).or_default();
            *own = own.with(*set);
        }
        for (key, set) in &other.columns {
            let own = self.columns.entry(key.clone()).or_default();
            *own = own.with(*set);
        }
        self
    }

    /// Whether the grantee has any privilege here.
    #[must_use]
    pub fn names(&self, grantee: &Grantee) -> bool {
        self.relation.contains_key(grantee) || self.columns.keys().any(|(who, _)| who == grantee)
    }

    /// Follows a renamed column.
    pub fn rename_column(&mut self, from: &ColumnName, to: &ColumnName) {
        let old = std::mem::take(&mut self.columns);
        self.columns = old
            .into_iter()
            .map(|((who, column), set)| ((who, if column == *from { to.clone() } else { column }), set))
            .collect();
    }

    /// Forgets a dropped column.
    pub fn drop_column(&mut self, column: &ColumnName) {
        self.columns.retain(|(_, name), _| name != column);
    }

    fn holders(&self, roles: &[RoleName]) -> impl Iterator<Item = Grantee> {
        std::iter::once(Grantee::Public).chain(roles.iter().cloned().map(Grantee::Role))
    }
}

fn change(set: &mut PrivilegeSet, grant: &Grant) {
    *set = if grant.revoke { set.without(grant.privileges) } else { set.with(grant.privileges) };
}

#[cfg(test)]
mod tests {
    use super::{Grant, Grantee, Grants, Privilege, PrivilegeSet};
    use algebra::names::{ColumnName, RoleName};

    #[test]
    fn a_column_grant_opens_that_column_only() {
        let anon = RoleName::literal("anon");
        let title = ColumnName::literal("title");
        let mut grants = Grants::default();
        grants.apply(&Grant {
            privileges: PrivilegeSet::of(&[Privilege::Select]),
            columns: vec![title.clone()],
            grantees: vec![Grantee::Role(anon.clone())],
            revoke: false,
        });
        let roles = [anon];
        assert!(!grants.allow(&roles, Privilege::Select));
        assert!(grants.allow_column(&roles, Privilege::Select, &title));
        assert!(!grants.allow_column(&roles, Privilege::Select, &ColumnName::literal("secret")));
    }
}
