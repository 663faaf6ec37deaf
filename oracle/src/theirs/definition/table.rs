//! Tables and indexes of PostgreSQL's tree.
//!
//! **Must not:** smooth over a difference.

use pg_query::NodeEnum;
use pg_query::protobuf::{ColumnDef, ConstrType, Constraint, CreateStmt, IndexStmt, Node};
use pgsql::syntax::grouping::word;

use crate::theirs::change::index_elements;
use crate::theirs::expression::{boxed, type_name};
use crate::theirs::{name, node, range_name, words};

pub(crate) fn create_table(table: &CreateStmt) -> String {
    let elements = table.table_elts.iter().map(|element| match node(element) {
        NodeEnum::ColumnDef(found) => column(found),
        NodeEnum::Constraint(found) => table_constraint(found),
        NodeEnum::TableLikeClause(found) => {
            format!("like {}", found.relation.as_ref().map_or(String::new(), range_name))
        }
        other => format!("?{other:?}"),
    });
    let elements = elements.collect::<Vec<_>>().join(", ");
    let parents = table.inh_relations.iter().map(|parent| match node(parent) {
        NodeEnum::RangeVar(parent) => range_name(parent),
        other => format!("?{other:?}"),
    });
    let relation = table.relation.clone().unwrap_or_default();
    format!(
        "create table {} {} if_not_exists={} ({elements}) inherits ({}) partitioned={}",
        relation.relpersistence,
        range_name(&relation),
        table.if_not_exists,
        parents.collect::<Vec<_>>().join(", "),
        table.partspec.is_some()
    )
}

pub(crate) fn column(column: &ColumnDef) -> String {
    let target = column.type_name.as_ref().map_or(String::new(), type_name);
    let collation = column
        .coll_clause
        .as_ref()
        .map_or(String::new(), |clause| format!(" collate {}", name(&clause.collname)));
    format!("{} {target}{collation}{}", word(&column.colname), column_constraints(&column.constraints))
}

/// Attributes stand as constraints of their own behind the one they belong to.
pub(crate) fn column_constraints(constraints: &[Node]) -> String {
    let mut found: Vec<(String, [&str; 2])> = Vec::new();
    for constraint in constraints {
        let NodeEnum::Constraint(constraint) = node(constraint) else { continue };
        let attribute = match constraint.contype() {
            ConstrType::ConstrAttrDeferrable => (0, " deferrable"),
            ConstrType::ConstrAttrNotDeferrable => (0, " not deferrable"),
            ConstrType::ConstrAttrDeferred => (1, " deferred"),
            ConstrType::ConstrAttrImmediate => (1, " immediate"),
            _ => {
                found.push((kind(constraint), ["", ""]));
                continue;
            }
        };
        if let Some((_, attributes)) = found.last_mut() {
            attributes[attribute.0] = attribute.1;
        }
    }
    found.iter().map(|(text, [first, second])| format!(" [{text}{first}{second}]")).collect()
}

pub(crate) fn table_constraint(constraint: &Constraint) -> String {
    let mut text = format!("[{}", kind(constraint));
    for (on, word) in [
        (constraint.deferrable, " deferrable"),
        (constraint.initdeferred, " deferred"),
        (constraint.skip_validation, " not valid"),
    ] {
        if on {
            text.push_str(word);
        }
    }
    text + "]"
}

fn kind(constraint: &Constraint) -> String {
    let name =
        if constraint.conname.is_empty() { String::new() } else { format!("{}:", word(&constraint.conname)) };
    let text = match constraint.contype() {
        ConstrType::ConstrNull => "null".to_owned(),
        ConstrType::ConstrNotnull => "not null".to_owned(),
        ConstrType::ConstrDefault => format!("default {}", boxed(&constraint.raw_expr)),
        ConstrType::ConstrCheck => {
            let no_inherit = if constraint.is_no_inherit { " no inherit" } else { "" };
            format!("check {}{no_inherit}", boxed(&constraint.raw_expr))
        }
        ConstrType::ConstrUnique => {
            let nulls = if constraint.nulls_not_distinct { " nulls not distinct" } else { "" };
            format!("unique ({}){nulls}{}", words(&constraint.keys, ", "), key_options(constraint))
        }
        ConstrType::ConstrPrimary => {
            format!("primary key ({}){}", words(&constraint.keys, ", "), key_options(constraint))
        }
        ConstrType::ConstrForeign => foreign(constraint),
        ConstrType::ConstrGenerated => format!("generated {}", boxed(&constraint.raw_expr)),
        ConstrType::ConstrIdentity => {
            format!("identity always={} {}", constraint.generated_when == "a", constraint.options.len())
        }
        ConstrType::ConstrExclusion => format!("exclude {}", constraint.exclusions.len()),
        other => format!("?{other:?}"),
    };
    format!("{name}{text}")
}

fn key_options(constraint: &Constraint) -> String {
    if !constraint.indexname.is_empty() {
        return format!(" index {}", word(&constraint.indexname));
    }
    if constraint.including.is_empty() {
        String::new()
    } else {
        format!(" include ({})", words(&constraint.including, ", "))
    }
}

fn foreign(constraint: &Constraint) -> String {
    format!(
        "foreign key ({}) references {} ({}) match {} delete {}({}) update {}",
        words(&constraint.fk_attrs, ", "),
        constraint.pktable.as_ref().map_or(String::new(), range_name),
        words(&constraint.pk_attrs, ", "),
        constraint.fk_matchtype,
        constraint.fk_del_action,
        words(&constraint.fk_del_set_cols, ", "),
        constraint.fk_upd_action
    )
}

pub(crate) fn create_index(index: &IndexStmt) -> String {
    let filter = if index.where_clause.is_some() {
        format!(" where {}", boxed(&index.where_clause))
    } else {
        String::new()
    };
    let name = if index.idxname.is_empty() { String::new() } else { word(&index.idxname) };
    format!(
        "create index unique={} concurrently={} if_not_exists={} {name} on {} using {} ({}) include ({}) nulls={}{filter}",
        index.unique,
        index.concurrent,
        index.if_not_exists,
        index.relation.as_ref().map_or(String::new(), range_name),
        word(&index.access_method),
        index_elements(&index.index_params),
        index_elements(&index.index_including_params),
        index.nulls_not_distinct
    )
}
