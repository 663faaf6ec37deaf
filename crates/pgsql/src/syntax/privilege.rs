//! Policies, roles, and who is granted what.
//!
//! **Must not:** know which roles exist.

use crate::syntax::expression::Expr;
use crate::syntax::literal::StringLiteral;
use crate::syntax::name::{Name, ObjectName, Span};
use crate::syntax::object::{Behavior, ObjectKind, ObjectReference};
use crate::syntax::session::{Reset, Set};

/// A role where one is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    pub kind: RoleKind,
    pub span: Span,
}

/// The ways to name a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RoleKind {
    Named(Name),
    Public,
    CurrentRole,
    CurrentUser,
    SessionUser,
}

/// `create policy`.
#[derive(Clone, Debug, PartialEq)]
pub struct CreatePolicy {
    pub name: Name,
    pub table: ObjectName,
    /// False for `as restrictive`.
    pub permissive: bool,
    pub command: PolicyCommand,
    /// Empty when `to` was not written, which means `public`.
    pub roles: Vec<Role>,
    pub using: Option<Expr>,
    pub with_check: Option<Expr>,
}

/// What a policy is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PolicyCommand {
    All,
    Select,
    Insert,
    Update,
    Delete,
}

/// `alter policy`; renaming included.
#[derive(Clone, Debug, PartialEq)]
pub struct AlterPolicy {
    pub name: Name,
    pub table: ObjectName,
    pub if_exists: bool,
    pub rename_to: Option<Name>,
    /// Empty when `to` was not written: the roles stay.
    pub roles: Vec<Role>,
    pub using: Option<Expr>,
    pub with_check: Option<Expr>,
}

/// `grant … on … to …`, `revoke … on … from …`.
#[derive(Clone, Debug, PartialEq)]
pub struct Grant {
    pub action: GrantAction,
    pub privileges: Privileges,
    pub target: GrantTarget,
    /// Never empty.
    pub grantees: Vec<Role>,
    pub granted_by: Option<Role>,
}

/// Whether rights are given or taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GrantAction {
    Grant { with_grant_option: bool },
    Revoke { grant_option_for: bool, behavior: Option<Behavior> },
}

/// Which rights.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Privileges {
    /// `all [privileges] [(columns)]`.
    All {
        columns: Vec<Name>,
    },
    List(Vec<Privilege>),
}

/// One right, perhaps on columns alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Privilege {
    /// In lower case: `select`, `usage`. Whether it exists is the binder's to say.
    pub name: Name,
    pub columns: Vec<Name>,
    pub span: Span,
}

/// What rights are on.
#[derive(Clone, Debug, PartialEq)]
pub enum GrantTarget {
    /// Objects by name; the word `table` may have been left out. Functions carry their parameters.
    Objects { kind: ObjectKind, objects: Vec<ObjectReference> },
    /// `all tables in schema s`.
    AllInSchema { kind: ObjectKind, schemas: Vec<Name> },
    /// `on tables`, inside `alter default privileges`.
    Future { kind: ObjectKind, span: Span },
    /// `on parameter p`, `on large object 1`: never served.
    Unserved(&'static str),
}

/// `grant role to role`, `revoke role from role`.
#[derive(Clone, Debug, PartialEq)]
pub struct GrantRole {
    pub action: GrantRoleAction,
    pub roles: Vec<Name>,
    pub grantees: Vec<Role>,
    pub granted_by: Option<Role>,
}

/// Whether membership is given or taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GrantRoleAction {
    Grant { with_admin_option: bool },
    Revoke { admin_option_for: bool, behavior: Option<Behavior> },
}

/// `alter default privileges [for role r] [in schema s] grant …`.
#[derive(Clone, Debug, PartialEq)]
pub struct AlterDefaultPrivileges {
    pub roles: Vec<Role>,
    pub schemas: Vec<Name>,
    /// Its target is [`GrantTarget::Future`].
    pub grant: Grant,
}

/// `create role`, `create user`, `create group`.
#[derive(Clone, Debug, PartialEq)]
pub struct CreateRole {
    pub word: RoleWord,
    pub role: Role,
    pub options: Vec<RoleOption>,
}

/// The word that was used; `user` implies `login`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoleWord {
    Role,
    User,
    Group,
}

/// `alter role`, where it is not a rename.
#[derive(Clone, Debug, PartialEq)]
pub struct AlterRole {
    /// `None` for `alter role all set …`.
    pub role: Option<Role>,
    pub change: RoleChange,
}

/// What `alter role` can do.
#[derive(Clone, Debug, PartialEq)]
pub enum RoleChange {
    Options(Vec<RoleOption>),
    Set {
        database: Option<Name>,
        set: Set,
    },
    Reset {
        database: Option<Name>,
        reset: Reset,
    },
    /// `alter group g add user u`.
    AddMembers(Vec<Role>),
    DropMembers(Vec<Role>),
}

/// `drop role r, s`.
#[derive(Clone, Debug, PartialEq)]
pub struct DropRole {
    pub if_exists: bool,
    pub roles: Vec<Role>,
}

/// One option of a role and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct RoleOption {
    pub kind: RoleOptionKind,
    pub span: Span,
}

/// The options of a role.
#[derive(Clone, Debug, PartialEq)]
pub enum RoleOptionKind {
    /// `login`, `nologin` and the other on-off options, in lower case without `no`: `superuser`, `inherit`, `createdb`,
    /// `createrole`, `replication`, `bypassrls`, `login`.
    Flag {
        name: &'static str,
        on: bool,
    },
    /// `None` for `password null`.
    Password(Option<StringLiteral>),
    ConnectionLimit(String),
    ValidUntil(StringLiteral),
    InRole(Vec<Role>),
    Role(Vec<Role>),
    Admin(Vec<Role>),
    SysId(String),
}
