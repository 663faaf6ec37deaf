//! Changes in, catalogs or refusals out. The SQL that makes changes is tested where it is bound.

use algebra::expression::{Expr, Node, RelationId};
use algebra::names::{ColumnName, ConstraintName, LocalName, PolicyName, RoleName, TableName};
use algebra::query::{Output, Query, Relation, RelationSource, Select, Source};
use algebra::types::Type;

use crate::{
    AlterTable, Catalog, CatalogError, Change, Column, Drop, DropKind, ForeignKey, Key, Policy,
    PolicyCommand, Privilege, ReferentialAction, Table, View,
};

fn column(name: &'static str, ty: Type) -> Column {
    Column {
        name: ColumnName::literal(name),
        ty: ty.into(),
        not_null: false,
        default: None,
        generated: None,
        identity: None,
        domain: None,
        comment: None,
    }
}

fn key(name: &'static str, column: &'static str) -> Key {
    Key {
        name: ConstraintName::literal(name),
        columns: vec![ColumnName::literal(column)],
        nulls_not_distinct: false,
        deferrable: false,
        initially_deferred: false,
    }
}

fn lists() -> TableName {
    TableName::literal("public", "lists")
}

fn tasks() -> TableName {
    TableName::literal("public", "tasks")
}

/// `lists (id)`, `tasks (id, list_id → lists)`, a policy of tasks that reads lists, a view over tasks.
fn catalog() -> Catalog {
    let mut parent = Table::new(lists());
    parent.columns = vec![column("id", Type::Int8), column("owner", Type::Uuid)];
    parent.primary_key = Some(key("lists_pkey", "id"));
    let mut child = Table::new(tasks());
    child.columns = vec![column("id", Type::Int8), column("list_id", Type::Int8)];
    child.foreign_keys = vec![foreign_key()];
    let policy = Policy {
        name: PolicyName::literal("own"),
        permissive: true,
        command: PolicyCommand::All,
        roles: Vec::new(),
        using: Some(Expr::new(Node::Exists(Box::new(of_list())), Type::Bool)),
        check: None,
    };
    let view = View {
        name: TableName::literal("public", "ids"),
        columns: vec![(ColumnName::literal("id"), Type::Int8)],
        query: plain(tasks(), "id"),
        security_invoker: None,
        materialized: false,
        grants: crate::Grants::default(),
        comment: None,
        column_comments: std::collections::BTreeMap::new(),
    };
    let changes = [
        Change::CreateTable(Box::new(parent)),
        Change::CreateTable(Box::new(child)),
        Change::CreatePolicy { table: tasks(), policy: Box::new(policy) },
        Change::CreateView(Box::new(view)),
    ];
    changes.iter().fold(Catalog::prepared(), |catalog, change| catalog.apply(change).unwrap())
}

fn foreign_key() -> ForeignKey {
    ForeignKey {
        name: ConstraintName::literal("tasks_list_id_fkey"),
        columns: vec![ColumnName::literal("list_id")],
        table: lists(),
        referenced: vec![ColumnName::literal("id")],
        on_delete: ReferentialAction::Cascade,
        on_update: ReferentialAction::NoAction,
        deferrable: false,
        initially_deferred: false,
    }
}

fn plain(table: TableName, name: &'static str) -> Query {
    let id = RelationId(1);
    let name = ColumnName::literal(name);
    let output = Output { expr: Expr::column(id, name.clone(), Type::Int8), name };
    Query::select(Select::from(vec![output], Source::Relation(Relation::table(id, table))))
}

/// `select id from lists where lists.id = tasks.list_id`.
fn of_list() -> Query {
    let mut query = plain(lists(), "id");
    if let algebra::query::Body::Select(select) = &mut query.body {
        let own = Expr::column(RelationId::SELF, ColumnName::literal("list_id"), Type::Int8);
        let other = Expr::column(RelationId(1), ColumnName::literal("id"), Type::Int8);
        select.filter = Some(Expr::equals(other, own));
    }
    query
}

fn alter(table: TableName, action: AlterTable) -> Change {
    Change::AlterTable { table, action: Box::new(action) }
}

fn dropped(kind: DropKind, name: TableName, cascade: bool) -> Change {
    Change::Drop(Drop { kind, name, table: None, cascade })
}

fn refused(catalog: &Catalog, change: &Change) -> CatalogError {
    catalog.apply(change).unwrap_err()
}

#[test]
fn a_refused_change_says_what_stands_in_the_way() {
    let error = refused(&catalog(), &dropped(DropKind::Table, lists(), false));
    assert_eq!(error.code, "2BP01");
    assert_eq!(error.message, "cannot drop table lists because other objects depend on it");
    let detail = "policy own on table tasks depends on table lists\n\
        constraint tasks_list_id_fkey on table tasks depends on table lists";
    assert_eq!(error.detail.as_deref(), Some(detail));
}

#[test]
fn a_cascade_takes_what_depends_and_nothing_else() {
    let after = catalog().apply(&dropped(DropKind::Table, lists(), true)).unwrap();
    let left = after.table(&tasks()).unwrap();
    assert!(left.foreign_keys.is_empty() && left.policies.is_empty());
    assert_eq!(left.columns.len(), 2);
    assert!(after.view(&TableName::literal("public", "ids")).is_some());
}

#[test]
fn a_renamed_column_is_followed_through_keys_and_policies() {
    let (from, to) = (ColumnName::literal("id"), ColumnName::literal("key"));
    let after = catalog().apply(&alter(lists(), AlterTable::RenameColumn { from, to: to.clone() })).unwrap();
    assert_eq!(after.table(&lists()).unwrap().key_columns(), std::slice::from_ref(&to));
    let child = after.table(&tasks()).unwrap();
    assert_eq!(child.foreign_keys[0].referenced, vec![to.clone()]);
    let policy = format!("{:?}", child.policies[0].using);
    assert!(policy.contains("relation: RelationId(1), column: \"key\""), "{policy}");
    assert!(policy.contains("relation: RelationId(0), column: \"list_id\""), "{policy}");
}

#[test]
fn a_renamed_table_is_followed_and_keeps_its_place() {
    let to = LocalName::literal("folders");
    let after = catalog().apply(&Change::Rename { what: DropKind::Table, name: lists(), to }).unwrap();
    let folders = TableName::literal("public", "folders");
    assert_eq!(after.tables().next().map(|table| table.name.clone()), Some(folders.clone()));
    assert_eq!(after.table(&tasks()).unwrap().foreign_keys[0].table, folders);
    let policy = format!("{:?}", after.table(&tasks()).unwrap().policies[0].using);
    assert!(policy.contains("public.folders") && !policy.contains("public.lists"), "{policy}");
    let relation = |query: &Query| format!("{query:?}");
    let view = after.view(&TableName::literal("public", "ids")).unwrap();
    assert!(relation(&view.query).contains(&format!("{:?}", RelationSource::Table(tasks()))));
}

#[test]
fn a_foreign_key_needs_a_key_on_the_other_side() {
    let mut key = foreign_key();
    key.name = ConstraintName::literal("other");
    key.referenced = vec![ColumnName::literal("owner")];
    let error = refused(&catalog(), &alter(tasks(), AlterTable::AddForeignKey(key)));
    assert_eq!(error.code, "42830");
}

#[test]
fn a_column_that_a_view_reads_keeps_its_type() {
    let id = ColumnName::literal("id");
    let using = Expr::column(RelationId::SELF, id.clone(), Type::Int8);
    let change = alter(tasks(), AlterTable::SetType { column: id, ty: Type::Text.into(), using });
    let error = refused(&catalog(), &change);
    assert_eq!(
        (error.code, error.detail.as_deref()),
        ("0A000", Some("rule _RETURN on view ids depends on column \"id\""))
    );
}

#[test]
fn every_change_counts() {
    let before = catalog();
    let after = before.apply(&Change::CreateRole(RoleName::literal("editor"))).unwrap();
    assert_eq!(after.version(), before.version() + 1);
    assert!(!before.has_role(&RoleName::literal("editor")));
}

#[test]
fn new_tables_in_public_are_granted_and_others_are_not() {
    let prepared = Catalog::prepared();
    let anon = [RoleName::literal("anon")];
    let allows = |schema| {
        let schema = algebra::names::SchemaName::literal(schema);
        prepared.default_grants(&schema).allow(&anon, Privilege::Select)
    };
    assert!(allows("public"));
    assert!(!allows("auth"));
}
