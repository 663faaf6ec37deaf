//! PostgreSQL's tree in the form in which ours is written out.
//!
//! **Must not:** smooth over a difference: what the two write differently is a finding.

mod call;
mod change;
mod definition;
mod expression;
mod query;

use pg_query::NodeEnum;
use pg_query::protobuf::{Node, RangeVar};
use pgsql::syntax::grouping::word;

use crate::Reading;

/// All statements of a text as PostgreSQL's parser reads them.
pub fn read(text: &str) -> Reading {
    let parsed = pg_query::parse(text, 0).map_err(|error| error.to_string())?;
    let statements = parsed.protobuf.stmts.iter().filter_map(|raw| raw.stmt.as_ref());
    Ok(statements.map(|statement| definition::statement(node(statement))).collect())
}

pub(crate) fn node(node: &Node) -> &NodeEnum {
    node.node.as_ref().expect("a node of PostgreSQL's tree holds something")
}

pub(crate) fn opt<'a, N>(field: &'a Option<N>) -> Option<&'a NodeEnum>
where
    N: AsRef<Node> + 'a,
{
    field.as_ref().and_then(|boxed| boxed.as_ref().node.as_ref())
}

/// The text of a string node.
pub(crate) fn string(found: &Node) -> &str {
    match node(found) {
        NodeEnum::String(text) => &text.sval,
        NodeEnum::AStar(_) => "*",
        other => panic!("expected a string node, found {other:?}"),
    }
}

pub(crate) fn words(nodes: &[Node], separator: &str) -> String {
    nodes.iter().map(|part| word(string(part))).collect::<Vec<_>>().join(separator)
}

pub(crate) fn name(nodes: &[Node]) -> String {
    words(nodes, ".")
}

pub(crate) fn range_name(range: &RangeVar) -> String {
    let parts = [&range.catalogname, &range.schemaname, &range.relname];
    let parts: Vec<String> =
        parts.into_iter().filter(|part| !part.is_empty()).map(|part| word(part)).collect();
    parts.join(".")
}

pub(crate) fn list<'a>(nodes: impl IntoIterator<Item = &'a Node>, separator: &str) -> String {
    nodes.into_iter().map(|found| expression::expr(node(found))).collect::<Vec<_>>().join(separator)
}
