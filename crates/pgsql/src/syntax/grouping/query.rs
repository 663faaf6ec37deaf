//! The debug form of queries.
//!
//! **Must not:** hide a clause.

use crate::syntax::expression::ExprKind;
use crate::syntax::grouping::call::grouped_window;
use crate::syntax::grouping::from::grouped_from;
use crate::syntax::grouping::{grouped, grouped_name, grouped_statement, joined, symbol, word, words};
use crate::syntax::literal::Literal;
use crate::syntax::query::{
    CommonTable, Distinct, GroupItem, GroupKind, LockStrength, LockWait, Locking, NullsOrder, Query,
    QueryBody, Select, SetOperator, SortDirection, SortItem, Target, With,
};

/// A query in parentheses, with parentheses around everything in it that has parts.
pub fn grouped_query(query: &Query) -> String {
    let mut text = String::from("(");
    if let Some(with) = &query.with {
        text.push_str(&grouped_with(with));
    }
    text.push_str(&match &query.body {
        QueryBody::Select(select) => grouped_select(select),
        QueryBody::Values(rows) => {
            let rows = rows.iter().map(|row| format!("({})", joined(&row.values, ", ")));
            format!("values {}", rows.collect::<Vec<_>>().join(", "))
        }
        QueryBody::SetOperation(operation) => {
            let name = match operation.operator {
                SetOperator::Union => "union",
                SetOperator::Intersect => "intersect",
                SetOperator::Except => "except",
            };
            let all = if operation.all { " all" } else { "" };
            format!("{} {name}{all} {}", grouped_query(&operation.left), grouped_query(&operation.right))
        }
    });
    text.push_str(&order(" order by ", &query.order_by));
    // PostgreSQL's tree holds the same for `limit all` and `limit null`.
    if let Some(limit) = query.limit.as_ref().filter(|limit| *limit.kind != ExprKind::Literal(Literal::Null))
    {
        text.push_str(&format!(
            " limit {}{}",
            grouped(limit),
            if query.with_ties { " with ties" } else { "" }
        ));
    }
    if let Some(offset) = &query.offset {
        text.push_str(&format!(" offset {}", grouped(offset)));
    }
    text.push_str(&query.locking.iter().map(grouped_lock).collect::<String>());
    text + ")"
}

/// `with …`, with a space behind it.
pub(super) fn grouped_with(with: &With) -> String {
    let tables = with.tables.iter().map(grouped_common_table).collect::<Vec<_>>().join(", ");
    format!("with {}{tables} ", if with.recursive { "recursive " } else { "" })
}

fn grouped_common_table(table: &CommonTable) -> String {
    let columns =
        if table.columns.is_empty() { String::new() } else { format!("({})", words(&table.columns)) };
    let materialized = match table.materialized {
        None => "",
        Some(true) => "materialized ",
        Some(false) => "not materialized ",
    };
    let mut text = format!(
        "{}{columns} as {materialized}{}",
        word(&table.name.text),
        grouped_statement(&table.statement)
    );
    if let Some(search) = &table.search {
        let order = if search.breadth_first { "breadth" } else { "depth" };
        text.push_str(&format!(
            " search {order} first by {} set {}",
            words(&search.by),
            word(&search.set.text)
        ));
    }
    if let Some(cycle) = &table.cycle {
        let mark = word(&cycle.mark.text);
        text.push_str(&format!(
            " cycle {} set {mark} using {}",
            words(&cycle.columns),
            word(&cycle.path.text)
        ));
    }
    text
}

fn grouped_select(select: &Select) -> String {
    let mut text = String::from("select");
    match &select.distinct {
        None => (),
        Some(Distinct::Rows) => text.push_str(" distinct"),
        Some(Distinct::On(keys)) => text.push_str(&format!(" distinct on ({})", joined(keys, ", "))),
    }
    text.push_str(&targets(" ", &select.targets));
    if let Some(into) = &select.into {
        text.push_str(&format!(" into {}", grouped_name(&into.table)));
    }
    if !select.from.is_empty() {
        text.push_str(&format!(
            " from {}",
            select.from.iter().map(grouped_from).collect::<Vec<_>>().join(", ")
        ));
    }
    if let Some(filter) = &select.filter {
        text.push_str(&format!(" where {}", grouped(filter)));
    }
    if !select.group_by.is_empty() {
        let distinct = if select.group_distinct { "distinct " } else { "" };
        text.push_str(&format!(" group by {distinct}{}", groups(&select.group_by)));
    }
    if let Some(having) = &select.having {
        text.push_str(&format!(" having {}", grouped(having)));
    }
    let windows = select
        .windows
        .iter()
        .map(|window| format!("{} as {}", word(&window.name.text), grouped_window(&window.spec)));
    let windows = windows.collect::<Vec<_>>().join(", ");
    if windows.is_empty() { text } else { format!("{text} window {windows}") }
}

/// A select or returning list behind its word; nothing if it is empty.
pub(super) fn targets(before: &str, targets: &[Target]) -> String {
    if targets.is_empty() {
        return String::new();
    }
    let targets = targets.iter().map(|target| match &target.alias {
        Some(alias) => format!("{} as {}", grouped(&target.value), word(&alias.text)),
        None => grouped(&target.value),
    });
    format!("{before}{}", targets.collect::<Vec<_>>().join(", "))
}

fn groups(items: &[GroupItem]) -> String {
    let items = items.iter().map(|item| match &item.kind {
        GroupKind::Expr(expr) => grouped(expr),
        GroupKind::Empty => "()".to_owned(),
        GroupKind::Rollup(values) => format!("rollup({})", joined(values, ", ")),
        GroupKind::Cube(values) => format!("cube({})", joined(values, ", ")),
        GroupKind::Sets(items) => format!("grouping sets({})", groups(items)),
    });
    items.collect::<Vec<_>>().join(", ")
}

/// An order behind its words; nothing if it is empty.
pub(super) fn order(before: &str, items: &[SortItem]) -> String {
    if items.is_empty() {
        return String::new();
    }
    format!("{before}{}", items.iter().map(sort_item).collect::<Vec<_>>().join(", "))
}

fn sort_item(item: &SortItem) -> String {
    let mut text = grouped(&item.value);
    match &item.direction {
        None => (),
        Some(SortDirection::Ascending) => text.push_str(" asc"),
        Some(SortDirection::Descending) => text.push_str(" desc"),
        Some(SortDirection::Using(operator)) => text.push_str(&format!(" using {}", symbol(operator))),
    }
    text.push_str(match item.nulls {
        None => "",
        Some(NullsOrder::First) => " nulls first",
        Some(NullsOrder::Last) => " nulls last",
    });
    text
}

fn grouped_lock(lock: &Locking) -> String {
    let strength = match lock.strength {
        LockStrength::Update => "update",
        LockStrength::NoKeyUpdate => "no key update",
        LockStrength::Share => "share",
        LockStrength::KeyShare => "key share",
    };
    let tables = lock.tables.iter().map(grouped_name).collect::<Vec<_>>().join(", ");
    let of = if tables.is_empty() { tables } else { format!(" of {tables}") };
    let wait = match lock.wait {
        LockWait::Block => "",
        LockWait::SkipLocked => " skip locked",
        LockWait::NoWait => " nowait",
    };
    format!(" for {strength}{of}{wait}")
}
