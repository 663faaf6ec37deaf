//! Expressions that an index is over. SQLite finds the index only when the texts agree, constants too, so these are written into
//! the text here as they are in the index. **Must not:** do so for a constant that no index has: it may be of a request.

use algebra::change::PartMut;
use algebra::expression::{Expr, Node, RelationId};
use algebra::operation::Operation;
use algebra::types::Type;
use algebra::visit::Part;
use catalog::{Index, IndexKey};

use crate::printer::Printer;

/// Whether a call with a constant in it is the key of an index, or a term of the condition of one.
pub(super) fn is_indexed(printer: &Printer<'_>, operation: &'static Operation, arguments: &[Expr]) -> bool {
    let mut relation = None;
    let mut has_constant = false;
    for argument in arguments {
        Part::Expr(argument).every_expr(&mut |expr| match &expr.node {
            Node::Column { relation: of, .. } => relation = relation.or(Some(*of)),
            Node::Constant(_) => has_constant = true,
            _ => {}
        });
    }
    let Some(relation) = relation.filter(|_| has_constant) else { return false };
    let Some(table) = printer.table_of(relation) else { return false };
    if !table.indexes.iter().any(has_expressions) {
        return false;
    }
    let mut own = Expr::new(Node::Apply { operation, arguments: arguments.to_vec() }, Type::Unknown);
    PartMut::Expr(&mut own).renumber(&mut |id| if id == relation { RelationId::SELF } else { id });
    table.indexes.iter().any(|index| has(index, &own.node))
}

fn has_expressions(index: &Index) -> bool {
    index.predicate.is_some() || index.terms.iter().any(|term| matches!(term.key, IndexKey::Expression(_)))
}

fn has(index: &Index, node: &Node) -> bool {
    let key =
        index.terms.iter().any(|term| matches!(&term.key, IndexKey::Expression(key) if key.node == *node));
    key || index.predicate.as_ref().is_some_and(|condition| match &condition.node {
        Node::And(terms) => terms.iter().any(|term| term.node == *node),
        condition => condition == node,
    })
}
