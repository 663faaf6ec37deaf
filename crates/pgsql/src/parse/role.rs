//! Roles: how they are made, changed and given settings.
//!
//! **Must not:** decide which options are allowed.

use crate::diagnostic::SqlState;
use crate::parse::Parsed;
use crate::parse::alter::reference;
use crate::parse::name::made;
use crate::parse::stream::Parser;
use crate::syntax::name::{ObjectName, Span};
use crate::syntax::object::{AlterObject, ObjectChange, ObjectKind};
use crate::syntax::privilege::{
    AlterRole, CreateRole, DropRole, Role, RoleChange, RoleKind, RoleOption, RoleOptionKind, RoleWord,
};
use crate::syntax::session::SetScope;
use crate::syntax::statement::StatementKind;

/// PostgreSQL knows these as plain words, not as keywords.
const FLAGS: [&str; 7] =
    ["superuser", "createdb", "createrole", "inherit", "login", "replication", "bypassrls"];

impl Parser<'_> {
    fn role_word(&mut self) -> RoleWord {
        match self.accept_any(&["role", "user", "group"]) {
            Some("user") => RoleWord::User,
            Some("group") => RoleWord::Group,
            _ => RoleWord::Role,
        }
    }

    pub(super) fn create_role(&mut self) -> Parsed<StatementKind> {
        let word = self.role_word();
        let role = self.new_role()?;
        self.accept("with");
        let options = self.role_options(true)?;
        Ok(StatementKind::CreateRole(Box::new(CreateRole { word, role, options })))
    }

    /// The name of a role that is to be: a word that stands for another role is none.
    fn new_role(&mut self) -> Parsed<Role> {
        let role = self.named_role()?;
        let word = match role.kind {
            RoleKind::Named(_) | RoleKind::Public => return Ok(role),
            RoleKind::CurrentRole => "CURRENT_ROLE",
            RoleKind::CurrentUser => "CURRENT_USER",
            RoleKind::SessionUser => "SESSION_USER",
        };
        let mut error = self.fault(format!("{word} cannot be used as a role name here"), role.span);
        error.sqlstate = SqlState::new("42939");
        Err(error)
    }

    fn role_options(&mut self, creates: bool) -> Parsed<Vec<RoleOption>> {
        let mut options = Vec::new();
        while let Some(option) = self.role_option(creates)? {
            options.push(option);
        }
        Ok(options)
    }

    fn role_option(&mut self, creates: bool) -> Parsed<Option<RoleOption>> {
        let start = self.here();
        self.accept_any(&["encrypted"]);
        let kind = if self.accept("password") {
            let none = self.accept("null");
            RoleOptionKind::Password(if none {
                None
            } else {
                Some(self.string("a password in single quotes")?)
            })
        } else if self.accept_words(&["connection", "limit"]) {
            RoleOptionKind::ConnectionLimit(self.signed_integer("a number")?.to_string())
        } else if self.accept_words(&["valid", "until"]) {
            RoleOptionKind::ValidUntil(self.string("a time in single quotes")?)
        } else if creates && self.accept("sysid") {
            RoleOptionKind::SysId(self.integer("a number")?.to_string())
        } else if creates && self.accept("admin") {
            RoleOptionKind::Admin(self.list(Self::role)?)
        } else if creates && self.at("in") && matches!(self.word_at(1), Some("role" | "group")) {
            self.advance();
            self.advance();
            RoleOptionKind::InRole(self.list(Self::role)?)
        } else if self.at_any(&["role", "user"]) && (creates || self.at("user")) {
            self.advance();
            RoleOptionKind::Role(self.list(Self::role)?)
        } else {
            match self.role_flag()? {
                Some(flag) => flag,
                None => return Ok(None),
            }
        };
        Ok(Some(RoleOption { kind, span: self.since(start) }))
    }

    fn role_flag(&mut self) -> Parsed<Option<RoleOptionKind>> {
        let Some(word) = self.word_at(0) else { return Ok(None) };
        let (on, name) = match word.strip_prefix("no") {
            Some(name) if FLAGS.contains(&name) => (false, name),
            _ => (true, word),
        };
        match FLAGS.iter().find(|flag| **flag == name) {
            Some(name) => {
                self.advance();
                Ok(Some(RoleOptionKind::Flag { name, on }))
            }
            None => {
                let error = self.fault(format!("unrecognized role option \"{word}\""), self.here());
                Err(Box::new(error.with_hint(format!("the options are {}", FLAGS.join(", ")))))
            }
        }
    }

    pub(super) fn alter_role(&mut self) -> Parsed<StatementKind> {
        let start = self.here();
        let word = self.role_word();
        let all = word != RoleWord::Group && self.accept("all");
        let role = if all { None } else { Some(self.role()?) };
        if word == RoleWord::Group && self.at_any(&["add", "drop"]) {
            let adds = self.at("add");
            self.advance();
            self.expect("user")?;
            let members = self.list(Self::role)?;
            let change =
                if adds { RoleChange::AddMembers(members) } else { RoleChange::DropMembers(members) };
            return Ok(StatementKind::AlterRole(Box::new(AlterRole { role, change })));
        }
        if self.at_words(&["rename", "to"]) {
            return self.rename_role(role, start);
        }
        if word == RoleWord::Group {
            return Err(self.unexpected("`add user`, `drop user` or `rename to`"));
        }
        let database =
            if self.accept_words(&["in", "database"]) { Some(self.name("a database")?) } else { None };
        let change = if self.accept("set") {
            RoleChange::Set { database, set: self.set_rest(SetScope::Session)? }
        } else if self.accept("reset") {
            RoleChange::Reset { database, reset: self.reset_rest()? }
        } else if all || database.is_some() {
            return Err(self.unexpected("`set` or `reset`"));
        } else {
            self.accept("with");
            RoleChange::Options(self.role_options(false)?)
        };
        Ok(StatementKind::AlterRole(Box::new(AlterRole { role, change })))
    }

    fn rename_role(&mut self, role: Option<Role>, start: Span) -> Parsed<StatementKind> {
        let name = match role.map(|role| (role.kind, role.span)) {
            Some((RoleKind::Named(name), _)) => name,
            Some((_, span)) => made("", span),
            None => return Err(self.unexpected("`set` or `reset`")),
        };
        let object = reference(ObjectKind::Role, ObjectName::single(name), self.since(start));
        self.expect_words(&["rename", "to"])?;
        let change = ObjectChange::RenameTo(self.unreserved_word("a new name")?);
        Ok(StatementKind::AlterObject(Box::new(AlterObject { object, if_exists: false, change })))
    }

    /// `drop role r`; the finger stands on the word after `drop`.
    pub(super) fn drop_role(&mut self) -> Parsed<StatementKind> {
        self.role_word();
        let if_exists = self.if_exists();
        let roles = self.list(Self::role)?;
        Ok(StatementKind::DropRole(Box::new(DropRole { if_exists, roles })))
    }
}
