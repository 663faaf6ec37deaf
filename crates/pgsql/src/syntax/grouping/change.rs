//! The debug form of the statements that may stand in a query: queries themselves, `insert`, `update`, `delete`.
//!
//! **Must not:** hide a clause.

use crate::syntax::change::{
    Assignment, AssignmentTarget, ChangedTable, ConflictAction, ConflictTarget, Delete, Insert, InsertSource,
    OnConflict, Overriding, Place, Step, Update,
};
use crate::syntax::expression::Expr;
use crate::syntax::grouping::from::grouped_from;
use crate::syntax::grouping::query::{grouped_with, targets};
use crate::syntax::grouping::{grouped, grouped_name, grouped_query, subscript, word};
use crate::syntax::query::{FromItem, NullsOrder, SortDirection};
use crate::syntax::statement::{Statement, StatementKind};
use crate::syntax::table::IndexElement;

/// A query, insert, update or delete; any other statement is named by nothing.
pub fn grouped_statement(statement: &Statement) -> String {
    match &statement.kind {
        StatementKind::Query(query) => grouped_query(query),
        StatementKind::Insert(insert) => format!("({})", grouped_insert(insert)),
        StatementKind::Update(update) => format!("({})", grouped_update(update)),
        StatementKind::Delete(delete) => format!("({})", grouped_delete(delete)),
        _ => String::new(),
    }
}

fn grouped_insert(insert: &Insert) -> String {
    let with = insert.with.as_ref().map_or(String::new(), grouped_with);
    let alias = insert.alias.as_ref().map_or(String::new(), |alias| format!(" as {}", word(&alias.text)));
    let columns =
        if insert.columns.is_empty() { String::new() } else { format!(" ({})", places(&insert.columns)) };
    let overriding = match insert.overriding {
        None => "",
        Some(Overriding::User) => " overriding user value",
        Some(Overriding::System) => " overriding system value",
    };
    let source = match &insert.source {
        InsertSource::DefaultValues => "default values".to_owned(),
        InsertSource::Query(query) => grouped_query(query),
    };
    let conflict = insert.on_conflict.as_ref().map_or(String::new(), grouped_conflict);
    let returning = targets(" returning ", &insert.returning);
    let table = grouped_name(&insert.table);
    format!("{with}insert into {table}{alias}{columns}{overriding} {source}{conflict}{returning}")
}

fn grouped_conflict(conflict: &OnConflict) -> String {
    let target = match &conflict.target {
        None => String::new(),
        Some(ConflictTarget::Constraint(name)) => format!(" on constraint {}", word(&name.text)),
        Some(ConflictTarget::Columns { elements, filter }) => {
            format!(
                " ({}){}",
                elements.iter().map(grouped_element).collect::<Vec<_>>().join(", "),
                filtered(filter)
            )
        }
    };
    match &conflict.action {
        ConflictAction::Nothing => format!(" on conflict{target} do nothing"),
        ConflictAction::Update { assignments, filter } => {
            format!(" on conflict{target} do update set {}{}", assigned(assignments), filtered(filter))
        }
    }
}

/// An index's column or expression.
pub(super) fn grouped_element(element: &IndexElement) -> String {
    let mut text = grouped(&element.value);
    if let Some(collation) = &element.collation {
        text.push_str(&format!(" collate {}", grouped_name(collation)));
    }
    if let Some(class) = &element.operator_class {
        text.push_str(&format!(" class {}", grouped_name(class)));
    }
    text.push_str(match element.direction {
        Some(SortDirection::Ascending) => " asc",
        Some(SortDirection::Descending) => " desc",
        _ => "",
    });
    text.push_str(match element.nulls {
        Some(NullsOrder::First) => " nulls first",
        Some(NullsOrder::Last) => " nulls last",
        None => "",
    });
    text
}

fn grouped_update(update: &Update) -> String {
    let with = update.with.as_ref().map_or(String::new(), grouped_with);
    let from = relations(" from ", &update.from);
    let set = assigned(&update.assignments);
    let returning = targets(" returning ", &update.returning);
    format!("{with}update {} set {set}{from}{}{returning}", changed(&update.table), filtered(&update.filter))
}

fn grouped_delete(delete: &Delete) -> String {
    let with = delete.with.as_ref().map_or(String::new(), grouped_with);
    let using = relations(" using ", &delete.using);
    let returning = targets(" returning ", &delete.returning);
    format!("{with}delete from {}{using}{}{returning}", changed(&delete.table), filtered(&delete.filter))
}

fn changed(table: &ChangedTable) -> String {
    let only = if table.only { "only " } else { "" };
    let alias = table.alias.as_ref().map_or(String::new(), |alias| format!(" as {}", word(&alias.name.text)));
    format!("{only}{}{alias}", grouped_name(&table.name))
}

fn relations(before: &str, items: &[FromItem]) -> String {
    if items.is_empty() {
        return String::new();
    }
    format!("{before}{}", items.iter().map(grouped_from).collect::<Vec<_>>().join(", "))
}

fn filtered(filter: &Option<Expr>) -> String {
    filter.as_ref().map_or(String::new(), |filter| format!(" where {}", grouped(filter)))
}

fn assigned(assignments: &[Assignment]) -> String {
    let assignments = assignments.iter().map(|assignment| {
        let target = match &assignment.target {
            AssignmentTarget::One(place) => grouped_place(place),
            AssignmentTarget::Several(several) => format!("({})", places(several)),
        };
        format!("{target} = {}", grouped(&assignment.value))
    });
    assignments.collect::<Vec<_>>().join(", ")
}

fn places(places: &[Place]) -> String {
    places.iter().map(grouped_place).collect::<Vec<_>>().join(", ")
}

fn grouped_place(place: &Place) -> String {
    let mut text = word(&place.column.text);
    for step in &place.path {
        text.push_str(&match step {
            Step::Field(name) => format!(".{}", word(&name.text)),
            Step::Subscript(step) => subscript(step),
        });
    }
    text
}
