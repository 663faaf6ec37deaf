//! What a caller may be told of: hints name only what its role may read (threats.md INV-10).
//! **Must not:** decide whether a request is answered: this is about words, the guard is about data.

use algebra::names::{LocalName, SchemaName, TableName};
use catalog::{Catalog, Privilege};
use policy::Caller;

/// A caller and what there is.
#[derive(Clone, Copy)]
pub(crate) struct Viewer<'a> {
    /// Who asks.
    pub(crate) caller: &'a Caller,
    /// What there is.
    pub(crate) catalog: &'a Catalog,
}

impl Viewer<'_> {
    /// Whether the request showed a credential.
    pub(crate) fn is_authenticated(self) -> bool {
        self.caller.is_authenticated()
    }

    /// Whether the caller may read a column of the relation of this name.
    pub(crate) fn sees(self, schema: &str, name: &str) -> bool {
        let (Ok(schema), Ok(name)) = (SchemaName::parse(schema), LocalName::parse(name)) else {
            return false;
        };
        let name = TableName::new(schema, name);
        let roles = self.catalog.memberships(&self.caller.role());
        let granted = self
            .catalog
            .grants(&name)
            .is_some_and(|grants| grants.allow_any_column(&roles, Privilege::Select));
        let served = self.caller.bypasses_row_security()
            || self.catalog.table(&name).is_none_or(|table| table.row_security);
        granted && served
    }
}

#[cfg(test)]
mod tests {
    use algebra::names::{RoleName, TableName};
    use catalog::{Catalog, Change, Grant, Grantee, PrivilegeSet, Table};
    use policy::{Caller, Claims};

    use super::Viewer;

    fn table(name: &'static str, row_security: bool, grantee: Option<&'static str>) -> Table {
        let mut table = Table::new(TableName::literal("public", name));
        table.row_security = row_security;
        if let Some(grantee) = grantee {
            table.grants.apply(&Grant {
                privileges: PrivilegeSet::all_on_table(),
                columns: Vec::new(),
                grantees: vec![Grantee::Role(RoleName::literal(grantee))],
                revoke: false,
            });
        }
        table
    }

    #[test]
    fn only_what_is_served_to_a_role_is_offered_to_it() {
        let tables = [
            table("open", true, Some("anon")),
            table("closed", true, None),
            table("bare", false, Some("anon")),
        ];
        let catalog = tables.into_iter().fold(Catalog::prepared(), |catalog, table| {
            catalog.apply(&Change::CreateTable(Box::new(table))).unwrap()
        });
        let caller = Caller::Anonymous { claims: Claims::default() };
        let viewer = Viewer { caller: &caller, catalog: &catalog };
        assert!(viewer.sees("public", "open"));
        for name in ["closed", "bare", "missing"] {
            assert!(!viewer.sees("public", name), "{name} was offered");
        }
    }
}
