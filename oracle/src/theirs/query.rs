//! Queries of PostgreSQL's tree.
//!
//! **Must not:** know definitions.

use pg_query::NodeEnum;
use pg_query::protobuf::{
    Alias, CommonTableExpr, CteMaterialize, GroupingSet, GroupingSetKind, JoinExpr, JoinType, LimitOption,
    LockClauseStrength, LockWaitPolicy, LockingClause, Node, RangeFunction, RangeVar, SelectStmt,
    SetOperation, WithClause,
};
use pgsql::syntax::grouping::word;

use super::call::{order, window};
use super::change::change;
use super::expression::{boxed, expr, type_name};
use super::{list, name, node, opt, range_name, words};

pub(crate) fn query(select: &SelectStmt) -> String {
    let mut text = String::from("(");
    if let Some(clause) = &select.with_clause {
        text.push_str(&with(clause));
    }
    text.push_str(&body(select));
    text.push_str(&order(" order by ", &select.sort_clause));
    let limit = boxed(&select.limit_count);
    if select.limit_count.is_some() && limit != "null" {
        let ties = if select.limit_option() == LimitOption::WithTies { " with ties" } else { "" };
        text.push_str(&format!(" limit {limit}{ties}"));
    }
    if select.limit_offset.is_some() {
        text.push_str(&format!(" offset {}", boxed(&select.limit_offset)));
    }
    for lock in &select.locking_clause {
        if let NodeEnum::LockingClause(lock) = node(lock) {
            text.push_str(&locking(lock));
        }
    }
    text + ")"
}

fn body(select: &SelectStmt) -> String {
    let word = match select.op() {
        SetOperation::SetopUnion => "union",
        SetOperation::SetopIntersect => "intersect",
        SetOperation::SetopExcept => "except",
        _ if !select.values_lists.is_empty() => {
            let rows = select.values_lists.iter().map(|row| format!("({})", expr(node(row))));
            return format!("values {}", rows.collect::<Vec<_>>().join(", "));
        }
        _ => return plain_select(select),
    };
    let side = |side: &Option<Box<SelectStmt>>| side.as_ref().map_or(String::new(), |side| query(side));
    format!("{} {word}{} {}", side(&select.larg), if select.all { " all" } else { "" }, side(&select.rarg))
}

fn plain_select(select: &SelectStmt) -> String {
    let mut text = String::from("select");
    match select.distinct_clause.as_slice() {
        [] => (),
        [one] if one.node.is_none() => text.push_str(" distinct"),
        keys => text.push_str(&format!(" distinct on ({})", list(keys, ", "))),
    }
    text.push_str(&targets(" ", &select.target_list));
    if let Some(into) = select.into_clause.as_ref().and_then(|into| into.rel.as_ref()) {
        text.push_str(&format!(" into {}", range_name(into)));
    }
    text.push_str(&relations(" from ", &select.from_clause));
    if select.where_clause.is_some() {
        text.push_str(&format!(" where {}", boxed(&select.where_clause)));
    }
    if !select.group_clause.is_empty() {
        let distinct = if select.group_distinct { "distinct " } else { "" };
        text.push_str(&format!(" group by {distinct}{}", groups(&select.group_clause)));
    }
    if select.having_clause.is_some() {
        text.push_str(&format!(" having {}", boxed(&select.having_clause)));
    }
    let windows = select.window_clause.iter().map(|found| match node(found) {
        NodeEnum::WindowDef(found) => format!("{} as {}", word(&found.name), window(found)),
        other => format!("?{other:?}"),
    });
    let windows = windows.collect::<Vec<_>>().join(", ");
    if windows.is_empty() { text } else { format!("{text} window {windows}") }
}

pub(crate) fn with(clause: &WithClause) -> String {
    let tables = clause.ctes.iter().map(|table| match node(table) {
        NodeEnum::CommonTableExpr(table) => common_table(table),
        other => format!("?{other:?}"),
    });
    let recursive = if clause.recursive { "recursive " } else { "" };
    format!("with {recursive}{} ", tables.collect::<Vec<_>>().join(", "))
}

fn common_table(table: &CommonTableExpr) -> String {
    let columns = if table.aliascolnames.is_empty() {
        String::new()
    } else {
        format!("({})", words(&table.aliascolnames, ", "))
    };
    let materialized = match table.ctematerialized() {
        CteMaterialize::Always => "materialized ",
        CteMaterialize::Never => "not materialized ",
        _ => "",
    };
    let inner = opt(&table.ctequery).map_or(String::new(), change);
    let mut text = format!("{}{columns} as {materialized}{inner}", word(&table.ctename));
    if let Some(search) = &table.search_clause {
        let order = if search.search_breadth_first { "breadth" } else { "depth" };
        let by = words(&search.search_col_list, ", ");
        text.push_str(&format!(" search {order} first by {by} set {}", word(&search.search_seq_column)));
    }
    if let Some(cycle) = &table.cycle_clause {
        let by = words(&cycle.cycle_col_list, ", ");
        let mark = word(&cycle.cycle_mark_column);
        text.push_str(&format!(" cycle {by} set {mark} using {}", word(&cycle.cycle_path_column)));
    }
    text
}

pub(crate) fn targets(before: &str, targets: &[Node]) -> String {
    if targets.is_empty() {
        return String::new();
    }
    let targets = targets.iter().map(|target| match node(target) {
        NodeEnum::ResTarget(target) if target.name.is_empty() => boxed(&target.val),
        NodeEnum::ResTarget(target) => format!("{} as {}", boxed(&target.val), word(&target.name)),
        other => format!("?{other:?}"),
    });
    format!("{before}{}", targets.collect::<Vec<_>>().join(", "))
}

pub(crate) fn relations(before: &str, items: &[Node]) -> String {
    if items.is_empty() {
        return String::new();
    }
    format!("{before}{}", items.iter().map(|item| relation(node(item))).collect::<Vec<_>>().join(", "))
}

fn relation(found: &NodeEnum) -> String {
    match found {
        NodeEnum::RangeVar(table) => format!("{}{}", range_var(table), alias(table.alias.as_ref())),
        NodeEnum::RangeSubselect(subquery) => {
            let inner = match opt(&subquery.subquery) {
                Some(NodeEnum::SelectStmt(select)) => query(select),
                other => format!("?{other:?}"),
            };
            let lateral = if subquery.lateral { "lateral " } else { "" };
            format!("{lateral}{inner}{}", alias(subquery.alias.as_ref()))
        }
        NodeEnum::RangeFunction(function) => range_function(function),
        NodeEnum::RangeTableSample(sample) => {
            let table = opt(&sample.relation).map_or(String::new(), relation);
            let repeatable = if sample.repeatable.is_some() {
                format!(" repeatable {}", boxed(&sample.repeatable))
            } else {
                String::new()
            };
            format!("{table} tablesample {}({}){repeatable}", name(&sample.method), list(&sample.args, ", "))
        }
        NodeEnum::JoinExpr(join) => join_text(join),
        NodeEnum::RangeTableFunc(_) => "special xmltable".to_owned(),
        other => format!("?{other:?}"),
    }
}

pub(crate) fn range_var(table: &RangeVar) -> String {
    format!("{}{}", if table.inh { "" } else { "only " }, range_name(table))
}

fn range_function(function: &RangeFunction) -> String {
    let functions = function.functions.iter().map(|item| match node(item) {
        NodeEnum::List(pair) => {
            let columns = pair.items.get(1).and_then(|columns| columns.node.as_ref());
            let columns = match columns {
                Some(NodeEnum::List(columns)) => fields(&columns.items),
                _ => String::new(),
            };
            format!("{}{columns}", expr(node(&pair.items[0])))
        }
        other => format!("?{other:?}"),
    });
    let functions = functions.collect::<Vec<_>>().join(", ");
    let rows = if function.is_rowsfrom { format!("rows from ({functions})") } else { functions };
    let lateral = if function.lateral { "lateral " } else { "" };
    let ordinality = if function.ordinality { " with ordinality" } else { "" };
    format!("{lateral}{rows}{ordinality}{}{}", alias(function.alias.as_ref()), fields(&function.coldeflist))
}

fn fields(columns: &[Node]) -> String {
    if columns.is_empty() {
        return String::new();
    }
    let columns = columns.iter().map(|column| match node(column) {
        NodeEnum::ColumnDef(column) => {
            let target = column.type_name.as_ref().map_or(String::new(), type_name);
            let collation = column
                .coll_clause
                .as_ref()
                .map_or(String::new(), |clause| format!(" collate {}", name(&clause.collname)));
            format!("{} {target}{collation}", word(&column.colname))
        }
        other => format!("?{other:?}"),
    });
    format!(" {{{}}}", columns.collect::<Vec<_>>().join(", "))
}

fn join_text(join: &JoinExpr) -> String {
    let kind = match join.jointype() {
        JoinType::JoinLeft => "left join",
        JoinType::JoinRight => "right join",
        JoinType::JoinFull => "full join",
        _ => "join",
    };
    let natural = if join.is_natural { "natural " } else { "" };
    let condition = if join.quals.is_some() {
        format!(" on {}", boxed(&join.quals))
    } else if !join.using_clause.is_empty() {
        let alias = join
            .join_using_alias
            .as_ref()
            .map_or(String::new(), |alias| format!(" as {}", word(&alias.aliasname)));
        format!(" using ({}){alias}", words(&join.using_clause, ", "))
    } else {
        String::new()
    };
    let side = |side: &Option<Box<Node>>| opt(side).map_or(String::new(), relation);
    format!(
        "({} {natural}{kind} {}{condition}){}",
        side(&join.larg),
        side(&join.rarg),
        alias(join.alias.as_ref())
    )
}

pub(crate) fn alias(alias: Option<&Alias>) -> String {
    let Some(alias) = alias else { return String::new() };
    let columns =
        if alias.colnames.is_empty() { String::new() } else { format!("({})", words(&alias.colnames, ", ")) };
    format!(" as {}{columns}", word(&alias.aliasname))
}

fn groups(items: &[Node]) -> String {
    let items = items.iter().map(|item| match node(item) {
        NodeEnum::GroupingSet(set) => grouping_set(set),
        other => expr(other),
    });
    items.collect::<Vec<_>>().join(", ")
}

fn grouping_set(set: &GroupingSet) -> String {
    match set.kind() {
        GroupingSetKind::GroupingSetEmpty => "()".to_owned(),
        GroupingSetKind::GroupingSetRollup => format!("rollup({})", list(&set.content, ", ")),
        GroupingSetKind::GroupingSetCube => format!("cube({})", list(&set.content, ", ")),
        _ => format!("grouping sets({})", groups(&set.content)),
    }
}

fn locking(lock: &LockingClause) -> String {
    let strength = match lock.strength() {
        LockClauseStrength::LcsForupdate => "update",
        LockClauseStrength::LcsFornokeyupdate => "no key update",
        LockClauseStrength::LcsForshare => "share",
        _ => "key share",
    };
    let tables = lock.locked_rels.iter().map(|table| match node(table) {
        NodeEnum::RangeVar(table) => range_name(table),
        other => format!("?{other:?}"),
    });
    let tables = tables.collect::<Vec<_>>().join(", ");
    let of = if tables.is_empty() { tables } else { format!(" of {tables}") };
    let wait = match lock.wait_policy() {
        LockWaitPolicy::LockWaitSkip => " skip locked",
        LockWaitPolicy::LockWaitError => " nowait",
        _ => "",
    };
    format!(" for {strength}{of}{wait}")
}
