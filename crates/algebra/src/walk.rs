//! The walk over the tree, written once: the direct parts of every kind of node, for reading and for changing.
//!
//! `visit` and `change` each make it for their own `Part`. **Must not:** know what a visitor wants.

/// The functions that give each direct part of a node to `f`: `walk!(Part, iter)` reads, `walk!(PartMut, iter_mut, mut)` changes.
macro_rules! walk {
    ($part:ident, $iter:ident $(, $m:tt)?) => {
        fn expr_parts<'a>(expr: &'a $($m)? Expr, f: &mut dyn FnMut($part<'a>)) {
            let mut one = |expr: &'a $($m)? Expr| f($part::Expr(expr));
            match &$($m)? expr.node {
                Node::Constant(_)
                | Node::Input(_)
                | Node::RowInput(_)
                | Node::RowPresent(_)
                | Node::Column { .. } => {}
                Node::Apply { arguments: list, .. }
                | Node::And(list)
                | Node::Or(list)
                | Node::Coalesce(list)
                | Node::Greatest(list)
                | Node::Least(list)
                | Node::ArrayOf(list) => list.$iter().for_each(one),
                Node::Cast { operand, .. }
                | Node::Not(operand)
                | Node::IsNull(operand)
                | Node::IsTruth { operand, .. } => {
                    one(operand);
                }
                Node::IsDistinct { left, right } | Node::NullIf(left, right) => {
                    one(left);
                    one(right);
                }
                Node::Case { branches, otherwise } => {
                    for (condition, result) in branches {
                        one(condition);
                        one(result);
                    }
                    if let Some(expr) = otherwise {
                        one(expr);
                    }
                }
                Node::InList { operand, list } => {
                    one(operand);
                    list.$iter().for_each(one);
                }
                Node::Quantified { operand, array, .. } => {
                    one(operand);
                    one(array);
                }
                Node::Subscript { array, index } => {
                    one(array);
                    one(index);
                }
                Node::Slice { array, lower, upper } => {
                    one(array);
                    lower.$iter().chain(upper).for_each(|expr| one(expr));
                }
                Node::Scalar(query)
                | Node::Exists(query)
                | Node::ArrayQuery(query)
                | Node::JsonRows { query, .. } => {
                    f($part::Query(query));
                }
                Node::InQuery { operands, query } => {
                    operands.$iter().for_each(one);
                    f($part::Query(query));
                }
                Node::Aggregate(call) => aggregate_parts(call, f),
                Node::Window(window) => window_parts(window, f),
            }
        }

        fn window_parts<'a>(window: &'a $($m)? WindowCall, f: &mut dyn FnMut($part<'a>)) {
            aggregate_parts(&$($m)? window.call, f);
            window.partition.$iter().for_each(|expr| f($part::Expr(expr)));
            window.order.$iter().for_each(|key| f($part::Expr(&$($m)? key.expr)));
            if let Some(frame) = &$($m)? window.frame {
                for bound in [&$($m)? frame.start, &$($m)? frame.end] {
                    if let FrameBound::Preceding(expr) | FrameBound::Following(expr) = bound {
                        f($part::Expr(expr));
                    }
                }
            }
        }

        fn aggregate_parts<'a>(call: &'a $($m)? Aggregate, f: &mut dyn FnMut($part<'a>)) {
            call.arguments.$iter().for_each(|expr| f($part::Expr(expr)));
            call.order.$iter().for_each(|key| f($part::Expr(&$($m)? key.expr)));
            call.filter.$iter().for_each(|expr| f($part::Expr(expr)));
        }

        fn query_parts<'a>(query: &'a $($m)? Query, f: &mut dyn FnMut($part<'a>)) {
            for cte in &$($m)? query.ctes {
                match &$($m)? cte.body {
                    CteBody::Query(query) => f($part::Query(query)),
                    CteBody::Write(write) => f($part::Write(write)),
                }
            }
            match &$($m)? query.body {
                Body::Select(select) => select_parts(select, f),
                Body::Set { left, right, .. } => {
                    f($part::Query(left));
                    f($part::Query(right));
                }
                Body::Values { rows, .. } => rows.$iter().flatten().for_each(|expr| f($part::Expr(expr))),
            }
            query.order.$iter().for_each(|key| f($part::Expr(&$($m)? key.expr)));
            query.limit.$iter().chain(&$($m)? query.offset).for_each(|expr| f($part::Expr(expr)));
        }

        fn select_parts<'a>(select: &'a $($m)? Select, f: &mut dyn FnMut($part<'a>)) {
            if let Distinct::On(keys) = &$($m)? select.distinct {
                keys.$iter().for_each(|expr| f($part::Expr(expr)));
            }
            select.outputs.$iter().for_each(|output| f($part::Expr(&$($m)? output.expr)));
            select.from.$iter().for_each(|source| source_parts(source, f));
            select.filter.$iter().for_each(|expr| f($part::Expr(expr)));
            match &$($m)? select.grouping {
                Grouping::None => {}
                Grouping::By(keys) => keys.$iter().for_each(|expr| f($part::Expr(expr))),
                Grouping::Sets(sets) => sets.$iter().flatten().for_each(|expr| f($part::Expr(expr))),
            }
            select.having.$iter().for_each(|expr| f($part::Expr(expr)));
        }

        fn source_parts<'a>(source: &'a $($m)? Source, f: &mut dyn FnMut($part<'a>)) {
            match source {
                Source::Relation(relation) => f($part::Relation(relation)),
                Source::Join { left, right, on, .. } => {
                    source_parts(left, f);
                    source_parts(right, f);
                    on.$iter().for_each(|expr| f($part::Expr(expr)));
                }
            }
        }

        fn relation_parts<'a>(relation: &'a $($m)? Relation, f: &mut dyn FnMut($part<'a>)) {
            match &$($m)? relation.source {
                RelationSource::Table(_) | RelationSource::View(_) | RelationSource::Cte(_) => {}
                RelationSource::Query(query) => f($part::Query(query)),
                RelationSource::Function { arguments, .. } => {
                    arguments.$iter().for_each(|expr| f($part::Expr(expr)));
                }
            }
        }

        fn write_parts<'a>(write: &'a $($m)? Write, f: &mut dyn FnMut($part<'a>)) {
            match write {
                Write::Insert(insert) => insert_parts(insert, f),
                Write::Update(update) => {
                    update.set.$iter().for_each(|assignment| f($part::Expr(&$($m)? assignment.value)));
                    update.from.$iter().for_each(|source| source_parts(source, f));
                    update.filter.$iter().for_each(|expr| f($part::Expr(expr)));
                    update.returning.$iter().for_each(|output| f($part::Expr(&$($m)? output.expr)));
                }
                Write::Delete(delete) => {
                    delete.using.$iter().for_each(|source| source_parts(source, f));
                    delete.filter.$iter().for_each(|expr| f($part::Expr(expr)));
                    delete.returning.$iter().for_each(|output| f($part::Expr(&$($m)? output.expr)));
                }
            }
        }

        fn insert_parts<'a>(insert: &'a $($m)? Insert, f: &mut dyn FnMut($part<'a>)) {
            match &$($m)? insert.source {
                InsertSource::Query(query) => f($part::Query(query)),
                InsertSource::Rows { values, .. } => values.$iter().for_each(|expr| f($part::Expr(expr))),
                InsertSource::Defaults => {}
            }
            insert.defaults.$iter().for_each(|(_, expr)| f($part::Expr(expr)));
            if let Some(conflict) = &$($m)? insert.conflict {
                if let ConflictTarget::Columns { predicate, .. } = &$($m)? conflict.target {
                    predicate.$iter().for_each(|expr| f($part::Expr(expr)));
                }
                if let ConflictAction::Update { set, filter, .. } = &$($m)? conflict.action {
                    set.$iter().for_each(|assignment| f($part::Expr(&$($m)? assignment.value)));
                    filter.$iter().for_each(|expr| f($part::Expr(expr)));
                }
            }
            insert.returning.$iter().for_each(|output| f($part::Expr(&$($m)? output.expr)));
        }
    };
}
