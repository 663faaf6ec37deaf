//! Calls and windows of PostgreSQL's tree.
//!
//! **Must not:** know statements.

use pg_query::NodeEnum;
use pg_query::protobuf::{FuncCall, Node, SortBy, SortByDir, SortByNulls, WindowDef};
use pgsql::syntax::grouping::word;

use super::expression::{boxed, expr, operator};
use super::{list, name, node};

pub(crate) fn call(found: &FuncCall) -> String {
    let function = name(&found.funcname);
    let mut text = format!("{function}(");
    if found.agg_star {
        text.push('*');
    }
    if found.agg_distinct {
        text.push_str("distinct ");
    }
    let last = found.args.len().saturating_sub(1);
    let arguments = found.args.iter().enumerate().map(|(at, argument)| {
        let variadic = if found.func_variadic && at == last { "variadic " } else { "" };
        format!("{variadic}{}", expr(node(argument)))
    });
    text.push_str(&arguments.collect::<Vec<_>>().join(", "));
    if !found.agg_within_group {
        text.push_str(&order(" order by ", &found.agg_order));
    }
    text.push(')');
    if found.agg_within_group {
        text.push_str(&format!(" within group ({})", order("order by ", &found.agg_order)));
    }
    if found.agg_filter.is_some() {
        text.push_str(&format!(" filter ({})", boxed(&found.agg_filter)));
    }
    match &found.over {
        None => (),
        Some(over) if !over.name.is_empty() => text.push_str(&format!(" over {}", word(&over.name))),
        Some(over) => text.push_str(&format!(" over {}", window(over))),
    }
    text
}

pub(crate) fn window(found: &WindowDef) -> String {
    let mut parts = Vec::new();
    if !found.refname.is_empty() {
        parts.push(word(&found.refname));
    }
    if !found.partition_clause.is_empty() {
        parts.push(format!("partition by {}", list(&found.partition_clause, ", ")));
    }
    if !found.order_clause.is_empty() {
        parts.push(order("order by ", &found.order_clause));
    }
    if found.frame_options & 1 != 0 {
        parts.push(frame(found));
    }
    format!("({})", parts.join(" "))
}

/// The bits of PostgreSQL's `FRAMEOPTION_*`.
fn frame(found: &WindowDef) -> String {
    let has = |bit: u32| found.frame_options & (1 << bit) != 0;
    let unit = if has(1) {
        "range"
    } else if has(2) {
        "rows"
    } else {
        "groups"
    };
    let bound = |first: u32, offset: &Option<Box<Node>>| {
        if has(first) {
            "unbounded preceding".to_owned()
        } else if has(first + 2) {
            "unbounded following".to_owned()
        } else if has(first + 4) {
            "current row".to_owned()
        } else if has(first + 6) {
            format!("{} preceding", boxed(offset))
        } else {
            format!("{} following", boxed(offset))
        }
    };
    let exclude = if has(15) {
        " exclude current row"
    } else if has(16) {
        " exclude group"
    } else if has(17) {
        " exclude ties"
    } else {
        ""
    };
    format!("{unit} between {} and {}{exclude}", bound(5, &found.start_offset), bound(6, &found.end_offset))
}

pub(crate) fn order(before: &str, items: &[Node]) -> String {
    if items.is_empty() {
        return String::new();
    }
    let items = items.iter().map(|item| match node(item) {
        NodeEnum::SortBy(item) => sort_by(item),
        other => format!("?{other:?}"),
    });
    format!("{before}{}", items.collect::<Vec<_>>().join(", "))
}

fn sort_by(item: &SortBy) -> String {
    let mut text = boxed(&item.node);
    match item.sortby_dir() {
        SortByDir::SortbyAsc => text.push_str(" asc"),
        SortByDir::SortbyDesc => text.push_str(" desc"),
        SortByDir::SortbyUsing => text.push_str(&format!(" using {}", operator(&item.use_op))),
        _ => (),
    }
    text.push_str(match item.sortby_nulls() {
        SortByNulls::SortbyNullsFirst => " nulls first",
        SortByNulls::SortbyNullsLast => " nulls last",
        _ => "",
    });
    text
}
