//! Tables and folders for this crate's tests.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use algebra::names::{ColumnName, ConstraintName, RoleName, TableName};
use algebra::types::{ColumnType, Type};
use catalog::change::Change;
use catalog::{
    Catalog, Check, Column, ForeignKey, Grant, Grantee, Key, Privilege, PrivilegeSet, ReferentialAction,
    Table,
};

/// A folder of its own, removed when it is dropped.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Folder {
    pub(crate) fn new() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        Self(std::env::temp_dir().join(format!("mainstay-database-{}-{number}", std::process::id())))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be removed lies in the system's temporary folder; the test's result is not its matter.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

pub(crate) fn name(text: &'static str) -> TableName {
    TableName::literal("public", text)
}

pub(crate) fn column(text: &'static str, ty: Type) -> Column {
    Column {
        name: ColumnName::literal(text),
        ty: ColumnType::from(ty),
        not_null: false,
        default: None,
        generated: None,
        identity: None,
        domain: None,
        comment: None,
    }
}

pub(crate) fn key(constraint: &'static str, of: &'static str) -> Key {
    Key {
        name: ConstraintName::literal(constraint),
        columns: vec![ColumnName::literal(of)],
        nulls_not_distinct: false,
        deferrable: false,
        initially_deferred: false,
    }
}

pub(crate) fn foreign(constraint: &'static str, of: &'static str, table: &'static str) -> ForeignKey {
    ForeignKey {
        name: ConstraintName::literal(constraint),
        columns: vec![ColumnName::literal(of)],
        table: name(table),
        referenced: vec![ColumnName::literal("id")],
        on_delete: ReferentialAction::NoAction,
        on_update: ReferentialAction::NoAction,
        deferrable: false,
        initially_deferred: false,
    }
}

pub(crate) fn catalog() -> Catalog {
    let mut lists = Table::new(name("lists"));
    lists.columns = vec![column("id", Type::Int8), column("name", Type::Text)];
    lists.primary_key = Some(key("lists_pkey", "id"));
    let mut tasks = Table::new(name("tasks"));
    tasks.columns = vec![
        column("id", Type::Int8),
        column("list", Type::Int8),
        column("parent", Type::Int8),
        column("title", Type::Text),
    ];
    tasks.primary_key = Some(key("tasks_pkey", "id"));
    tasks.uniques = vec![key("tasks_title_key", "title")];
    tasks.foreign_keys =
        vec![foreign("tasks_list_fkey", "list", "lists"), foreign("tasks_parent_fkey", "parent", "tasks")];
    tasks.checks = vec![Check {
        name: ConstraintName::literal("short"),
        condition: algebra::expression::Expr::bool(true),
    }];
    [lists, tasks].into_iter().fold(Catalog::prepared(), |catalog, table| {
        catalog.apply(&Change::CreateTable(Box::new(table))).unwrap()
    })
}

/// The catalog in which anonymous callers may read a table.
pub(crate) fn granted(catalog: &Catalog, table: &'static str) -> Catalog {
    let grant = Grant {
        privileges: PrivilegeSet::of(&[Privilege::Select]),
        columns: Vec::new(),
        grantees: vec![Grantee::Role(RoleName::literal("anon"))],
        revoke: false,
    };
    catalog.apply(&Change::GrantOnRelation { relation: name(table), grant }).unwrap()
}
