//! `insert`, `update` and `delete` of PostgreSQL's tree.
//!
//! **Must not:** know definitions.

use pg_query::NodeEnum;
use pg_query::protobuf::{
    DeleteStmt, IndexElem, InsertStmt, Node, OnConflictAction, OnConflictClause, OverridingKind, RangeVar,
    ResTarget, ReturningClause, SortByDir, SortByNulls, UpdateStmt,
};
use pgsql::syntax::grouping::word;

use super::expression::{boxed, steps};
use super::query::{query, range_var, relations, targets, with};
use super::{name, node, opt, range_name};

/// A statement that may stand in a common table.
pub(crate) fn change(found: &NodeEnum) -> String {
    match found {
        NodeEnum::SelectStmt(select) => query(select),
        NodeEnum::InsertStmt(insert) => format!("({})", insert_text(insert)),
        NodeEnum::UpdateStmt(update) => format!("({})", update_text(update)),
        NodeEnum::DeleteStmt(delete) => format!("({})", delete_text(delete)),
        other => format!("?{other:?}"),
    }
}

fn insert_text(insert: &InsertStmt) -> String {
    let with = insert.with_clause.as_ref().map_or(String::new(), with);
    let (table, alias) = table_and_alias(insert.relation.as_ref(), range_name);
    let columns = insert.cols.iter().map(|column| place(res_target(column))).collect::<Vec<_>>().join(", ");
    let columns = if columns.is_empty() { columns } else { format!(" ({columns})") };
    let overriding = match insert.r#override() {
        OverridingKind::OverridingUserValue => " overriding user value",
        OverridingKind::OverridingSystemValue => " overriding system value",
        _ => "",
    };
    let source = match opt(&insert.select_stmt) {
        Some(NodeEnum::SelectStmt(select)) => query(select),
        _ => "default values".to_owned(),
    };
    let conflict = insert.on_conflict_clause.as_ref().map_or(String::new(), |clause| on_conflict(clause));
    let returning = returning(insert.returning_clause.as_ref());
    format!("{with}insert into {table}{alias}{columns}{overriding} {source}{conflict}{returning}")
}

fn table_and_alias(table: Option<&RangeVar>, text: impl Fn(&RangeVar) -> String) -> (String, String) {
    let Some(table) = table else { return (String::new(), String::new()) };
    let alias = table.alias.as_ref().map_or(String::new(), |alias| format!(" as {}", word(&alias.aliasname)));
    (text(table), alias)
}

fn returning(clause: Option<&ReturningClause>) -> String {
    clause.map_or(String::new(), |clause| targets(" returning ", &clause.exprs))
}

fn on_conflict(clause: &OnConflictClause) -> String {
    let target = clause.infer.as_ref().map_or(String::new(), |infer| {
        if !infer.conname.is_empty() {
            return format!(" on constraint {}", word(&infer.conname));
        }
        format!(" ({}){}", index_elements(&infer.index_elems), filtered(&infer.where_clause))
    });
    match clause.action() {
        OnConflictAction::OnconflictUpdate => {
            format!(
                " on conflict{target} do update set {}{}",
                assignments(&clause.target_list),
                filtered(&clause.where_clause)
            )
        }
        _ => format!(" on conflict{target} do nothing"),
    }
}

pub(crate) fn index_elements(elements: &[Node]) -> String {
    let elements = elements.iter().map(|element| match node(element) {
        NodeEnum::IndexElem(element) => index_element(element),
        other => format!("?{other:?}"),
    });
    elements.collect::<Vec<_>>().join(", ")
}

pub(crate) fn index_element(element: &IndexElem) -> String {
    let mut text = if element.name.is_empty() { boxed(&element.expr) } else { word(&element.name) };
    if !element.collation.is_empty() {
        text.push_str(&format!(" collate {}", name(&element.collation)));
    }
    if !element.opclass.is_empty() {
        text.push_str(&format!(" class {}", name(&element.opclass)));
    }
    text.push_str(match element.ordering() {
        SortByDir::SortbyAsc => " asc",
        SortByDir::SortbyDesc => " desc",
        _ => "",
    });
    text.push_str(match element.nulls_ordering() {
        SortByNulls::SortbyNullsFirst => " nulls first",
        SortByNulls::SortbyNullsLast => " nulls last",
        _ => "",
    });
    text
}

fn update_text(update: &UpdateStmt) -> String {
    let with = update.with_clause.as_ref().map_or(String::new(), with);
    let (table, alias) = table_and_alias(update.relation.as_ref(), range_var);
    let set = assignments(&update.target_list);
    let from = relations(" from ", &update.from_clause);
    let returning = returning(update.returning_clause.as_ref());
    format!("{with}update {table}{alias} set {set}{from}{}{returning}", filtered(&update.where_clause))
}

fn delete_text(delete: &DeleteStmt) -> String {
    let with = delete.with_clause.as_ref().map_or(String::new(), with);
    let (table, alias) = table_and_alias(delete.relation.as_ref(), range_var);
    let using = relations(" using ", &delete.using_clause);
    let returning = returning(delete.returning_clause.as_ref());
    format!("{with}delete from {table}{alias}{using}{}{returning}", filtered(&delete.where_clause))
}

fn filtered(filter: &Option<Box<Node>>) -> String {
    if filter.is_some() { format!(" where {}", boxed(filter)) } else { String::new() }
}

fn res_target(found: &Node) -> &ResTarget {
    match node(found) {
        NodeEnum::ResTarget(target) => target,
        other => panic!("expected a target, found {other:?}"),
    }
}

fn place(target: &ResTarget) -> String {
    format!("{}{}", word(&target.name), steps(&target.indirection))
}

/// `(a, b) = value` stands in the tree once for each place, all sharing the value.
fn assignments(targets: &[Node]) -> String {
    let mut found = Vec::new();
    let mut several: Vec<String> = Vec::new();
    for target in targets.iter().map(res_target) {
        match opt(&target.val) {
            Some(NodeEnum::MultiAssignRef(part)) => {
                several.push(place(target));
                if part.colno == part.ncolumns {
                    found.push(format!("({}) = {}", several.join(", "), boxed(&part.source)));
                    several.clear();
                }
            }
            _ => found.push(format!("{} = {}", place(target), boxed(&target.val))),
        }
    }
    found.join(", ")
}
