//! `grant`, `revoke` and `alter default privileges`.
//!
//! **Must not:** know which privileges an object can have.

use crate::parse::Parsed;
use crate::parse::stream::Parser;
use crate::syntax::name::{Name, ObjectName, Span};
use crate::syntax::object::{ObjectKind, ObjectReference};
use crate::syntax::privilege::{
    AlterDefaultPrivileges, Grant, GrantAction, GrantRole, GrantRoleAction, GrantTarget, Privilege,
    Privileges, Role,
};
use crate::syntax::statement::StatementKind;

/// The words of what rights may be on in bulk, and later.
const BULK: [(&str, ObjectKind); 7] = [
    ("tables", ObjectKind::Table),
    ("sequences", ObjectKind::Sequence),
    ("functions", ObjectKind::Function),
    ("procedures", ObjectKind::Procedure),
    ("routines", ObjectKind::Routine),
    ("types", ObjectKind::Type),
    ("schemas", ObjectKind::Schema),
];

impl Parser<'_> {
    /// The finger stands on `grant` or `revoke`.
    pub(super) fn grant(&mut self) -> Parsed<StatementKind> {
        let grants = self.at("grant");
        self.advance();
        let option_for = !grants && self.accept_words(&["grant", "option", "for"]);
        let admin_for = !grants && self.accept_words(&["admin", "option", "for"]);
        let privileges = self.privileges()?;
        if !admin_for && self.accept("on") {
            let target = self.grant_target()?;
            let found = self.grant_end(grants, option_for, privileges, target)?;
            return Ok(StatementKind::Grant(Box::new(found)));
        }
        self.grant_role(grants, admin_for, privileges)
    }

    fn privileges(&mut self) -> Parsed<Privileges> {
        if self.accept("all") {
            self.accept("privileges");
            return Ok(Privileges::All { columns: self.column_names()? });
        }
        Ok(Privileges::List(self.list(Self::privilege)?))
    }

    fn privilege(&mut self) -> Parsed<Privilege> {
        let start = self.here();
        let reserved = self.at_any(&["select", "references", "create"]);
        if self.accept_words(&["alter", "system"]) {
            let name = Name { text: "alter system".to_owned(), quoted: false, span: self.since(start) };
            return Ok(Privilege { name, columns: Vec::new(), span: self.since(start) });
        }
        let name = if reserved { self.label("a privilege")? } else { self.name("a privilege or a role")? };
        let columns = self.column_names()?;
        Ok(Privilege { name, columns, span: self.since(start) })
    }

    fn grant_target(&mut self) -> Parsed<GrantTarget> {
        const UNSERVED: [(&[&str], &str); 6] = [
            (&["foreign", "data", "wrapper"], "foreign data wrapper"),
            (&["foreign", "server"], "foreign server"),
            (&["database"], "database"),
            (&["large", "object"], "large object"),
            (&["parameter"], "parameter"),
            (&["tablespace"], "tablespace"),
        ];
        const KINDS: [(&str, ObjectKind); 9] = [
            ("table", ObjectKind::Table),
            ("sequence", ObjectKind::Sequence),
            ("function", ObjectKind::Function),
            ("procedure", ObjectKind::Procedure),
            ("routine", ObjectKind::Routine),
            ("domain", ObjectKind::Domain),
            ("language", ObjectKind::Language),
            ("schema", ObjectKind::Schema),
            ("type", ObjectKind::Type),
        ];
        if self.accept("all") {
            return self.all_in_schema();
        }
        // A table may bear the name of a kind; then no name follows it.
        let named = self.mark_follows(1, ",")
            || self.mark_follows(1, ".")
            || matches!(self.word_at(1), Some("to" | "from"));
        if named && !self.at("table") {
            return self.grant_objects(ObjectKind::Table);
        }
        if let Some((words, what)) = UNSERVED.iter().find(|(words, _)| self.at_words(words)) {
            self.accept_words(words);
            if *what == "large object" {
                self.list(|parser| parser.signed_number("a number"))?;
            } else {
                self.list(|parser| parser.object_name("a name"))?;
            }
            return Ok(GrantTarget::Unserved(what));
        }
        match KINDS.iter().find(|(word, _)| self.at(word)) {
            Some((_, kind)) => {
                self.advance();
                self.grant_objects(*kind)
            }
            None => self.grant_objects(ObjectKind::Table),
        }
    }

    fn all_in_schema(&mut self) -> Parsed<GrantTarget> {
        let Some(kind) =
            self.bulk_kind().filter(|kind| !matches!(kind, ObjectKind::Type | ObjectKind::Schema))
        else {
            return Err(self.unexpected("`tables`, `sequences`, `functions`, `procedures` or `routines`"));
        };
        self.advance();
        self.expect_words(&["in", "schema"])?;
        Ok(GrantTarget::AllInSchema { kind, schemas: self.names("a schema's name")? })
    }

    fn bulk_kind(&self) -> Option<ObjectKind> {
        BULK.iter().find(|(word, _)| self.at(word)).map(|(_, kind)| *kind)
    }

    fn grant_objects(&mut self, kind: ObjectKind) -> Parsed<GrantTarget> {
        let objects = self.list(|parser| {
            let start = parser.here();
            let (name, parameters) = match kind {
                ObjectKind::Function | ObjectKind::Procedure | ObjectKind::Routine => parser.signature()?,
                ObjectKind::Schema | ObjectKind::Language => {
                    (ObjectName::single(parser.name("a name")?), None)
                }
                _ => (parser.relation_name("a table")?, None),
            };
            let span = parser.since(start);
            Ok(ObjectReference { kind, name, parameters, on: None, on_domain: false, span })
        })?;
        Ok(GrantTarget::Objects { kind, objects })
    }

    /// `to …`, `from …` and what follows.
    fn grant_end(
        &mut self,
        grants: bool,
        option_for: bool,
        privileges: Privileges,
        target: GrantTarget,
    ) -> Parsed<Grant> {
        self.expect(if grants { "to" } else { "from" })?;
        let grantees = self.list(Self::grantee)?;
        if grants {
            let with_grant_option = self.accept_words(&["with", "grant", "option"]);
            let granted_by = self.granted_by()?;
            let action = GrantAction::Grant { with_grant_option };
            return Ok(Grant { action, privileges, target, grantees, granted_by });
        }
        let granted_by = self.granted_by()?;
        let action = GrantAction::Revoke { grant_option_for: option_for, behavior: self.behavior() };
        Ok(Grant { action, privileges, target, grantees, granted_by })
    }

    fn grantee(&mut self) -> Parsed<Role> {
        self.accept("group");
        self.role()
    }

    fn granted_by(&mut self) -> Parsed<Option<Role>> {
        if self.accept_words(&["granted", "by"]) { self.role().map(Some) } else { Ok(None) }
    }

    fn grant_role(&mut self, grants: bool, admin_for: bool, privileges: Privileges) -> Parsed<StatementKind> {
        let roles = match privileges {
            Privileges::List(list) if list.iter().all(|privilege| privilege.columns.is_empty()) => {
                list.into_iter().map(|privilege| privilege.name).collect()
            }
            _ => return Err(self.unexpected("`on`")),
        };
        if !self.at_any(&["to", "from"]) {
            return Err(self.unexpected(if grants {
                "`on`, or `to` after a role"
            } else {
                "`on`, or `from` after a role"
            }));
        }
        self.expect(if grants { "to" } else { "from" })?;
        let grantees = self.list(Self::role)?;
        let with_admin_option = grants && self.accept_words(&["with", "admin", "option"]);
        let granted_by = self.granted_by()?;
        let action = match grants {
            true => GrantRoleAction::Grant { with_admin_option },
            false => GrantRoleAction::Revoke { admin_option_for: admin_for, behavior: self.behavior() },
        };
        Ok(StatementKind::GrantRole(Box::new(GrantRole { action, roles, grantees, granted_by })))
    }

    pub(super) fn alter_default_privileges(&mut self) -> Parsed<StatementKind> {
        self.expect_words(&["default", "privileges"])?;
        let mut roles = Vec::new();
        let mut schemas = Vec::new();
        loop {
            if self.accept_words(&["in", "schema"]) {
                schemas.extend(self.names("a schema's name")?);
            } else if self.at("for") && matches!(self.word_at(1), Some("role" | "user")) {
                self.advance();
                self.advance();
                roles.extend(self.list(Self::role)?);
            } else {
                break;
            }
        }
        let grants = self.at("grant");
        if !grants && !self.at("revoke") {
            return Err(self.unexpected("`grant` or `revoke`"));
        }
        self.advance();
        let option_for = !grants && self.accept_words(&["grant", "option", "for"]);
        let privileges = self.privileges()?;
        self.expect("on")?;
        let span: Span = self.here();
        let Some(kind) = self.bulk_kind() else {
            return Err(self.unexpected("`tables`, `sequences`, `functions`, `types` or `schemas`"));
        };
        self.advance();
        let target = GrantTarget::Future { kind, span };
        let grant = self.grant_end(grants, option_for, privileges, target)?;
        Ok(StatementKind::AlterDefaultPrivileges(Box::new(AlterDefaultPrivileges { roles, schemas, grant })))
    }
}
