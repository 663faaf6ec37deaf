//! Changing walks over the tree: the direct parts of any node, one door for every visitor.
//!
//! A visitor handles the kinds of part it cares for and asks the others for their parts. **Must not:** change what the order of
//! evaluation means; parts come in the order they are written in SQL.

use crate::expression::{Aggregate, Expr, FrameBound, Node, RelationId, WindowCall};
use crate::query::{Body, CteBody, Distinct, Grouping, Query, Relation, RelationSource, Select, Source};
use crate::statement::{ConflictAction, ConflictTarget, Insert, InsertSource, Statement, Write};

/// A direct part of a node, to be changed in place.
#[derive(Debug)]
pub enum PartMut<'a> {
    Expr(&'a mut Expr),
    Query(&'a mut Query),
    Write(&'a mut Write),
    Relation(&'a mut Relation),
}

impl Statement {
    /// The query or write it is.
    #[must_use]
    pub fn part_mut(&mut self) -> PartMut<'_> {
        match self {
            Statement::Query(query) => PartMut::Query(query),
            Statement::Write(write) => PartMut::Write(write),
        }
    }
}

impl<'a> PartMut<'a> {
    /// Gives each direct part of this one to `f`.
    pub fn each(self, f: &mut dyn FnMut(PartMut<'a>)) {
        match self {
            PartMut::Expr(expr) => expr_parts_mut(expr, f),
            PartMut::Query(query) => query_parts_mut(query, f),
            PartMut::Write(write) => write_parts_mut(write, f),
            PartMut::Relation(relation) => relation_parts_mut(relation, f),
        }
    }
}

fn expr_parts_mut<'a>(expr: &'a mut Expr, f: &mut dyn FnMut(PartMut<'a>)) {
    let mut one = |expr: &'a mut Expr| f(PartMut::Expr(expr));
    match &mut expr.node {
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
        | Node::ArrayOf(list) => list.iter_mut().for_each(one),
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
            list.iter_mut().for_each(one);
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
            lower.iter_mut().chain(upper).for_each(|expr| one(expr));
        }
        Node::Scalar(query)
        | Node::Exists(query)
        | Node::ArrayQuery(query)
        | Node::JsonRows { query, .. } => {
            f(PartMut::Query(query));
        }
        Node::InQuery { operands, query } => {
            operands.iter_mut().for_each(one);
            f(PartMut::Query(query));
        }
        Node::Aggregate(call) => aggregate_parts_mut(call, f),
        Node::Window(window) => window_parts_mut(window, f),
    }
}

fn window_parts_mut<'a>(window: &'a mut WindowCall, f: &mut dyn FnMut(PartMut<'a>)) {
    aggregate_parts_mut(&mut window.call, f);
    window.partition.iter_mut().for_each(|expr| f(PartMut::Expr(expr)));
    window.order.iter_mut().for_each(|key| f(PartMut::Expr(&mut key.expr)));
    if let Some(frame) = &mut window.frame {
        for bound in [&mut frame.start, &mut frame.end] {
            if let FrameBound::Preceding(expr) | FrameBound::Following(expr) = bound {
                f(PartMut::Expr(expr));
            }
        }
    }
}

fn aggregate_parts_mut<'a>(call: &'a mut Aggregate, f: &mut dyn FnMut(PartMut<'a>)) {
    call.arguments.iter_mut().for_each(|expr| f(PartMut::Expr(expr)));
    call.order.iter_mut().for_each(|key| f(PartMut::Expr(&mut key.expr)));
    call.filter.iter_mut().for_each(|expr| f(PartMut::Expr(expr)));
}

fn query_parts_mut<'a>(query: &'a mut Query, f: &mut dyn FnMut(PartMut<'a>)) {
    for cte in &mut query.ctes {
        match &mut cte.body {
            CteBody::Query(query) => f(PartMut::Query(query)),
            CteBody::Write(write) => f(PartMut::Write(write)),
        }
    }
    match &mut query.body {
        Body::Select(select) => select_parts_mut(select, f),
        Body::Set { left, right, .. } => {
            f(PartMut::Query(left));
            f(PartMut::Query(right));
        }
        Body::Values { rows, .. } => rows.iter_mut().flatten().for_each(|expr| f(PartMut::Expr(expr))),
    }
    query.order.iter_mut().for_each(|key| f(PartMut::Expr(&mut key.expr)));
    query.limit.iter_mut().chain(&mut query.offset).for_each(|expr| f(PartMut::Expr(expr)));
}

fn select_parts_mut<'a>(select: &'a mut Select, f: &mut dyn FnMut(PartMut<'a>)) {
    if let Distinct::On(keys) = &mut select.distinct {
        keys.iter_mut().for_each(|expr| f(PartMut::Expr(expr)));
    }
    select.outputs.iter_mut().for_each(|output| f(PartMut::Expr(&mut output.expr)));
    select.from.iter_mut().for_each(|source| source_parts_mut(source, f));
    select.filter.iter_mut().for_each(|expr| f(PartMut::Expr(expr)));
    match &mut select.grouping {
        Grouping::None => {}
        Grouping::By(keys) => keys.iter_mut().for_each(|expr| f(PartMut::Expr(expr))),
        Grouping::Sets(sets) => sets.iter_mut().flatten().for_each(|expr| f(PartMut::Expr(expr))),
    }
    select.having.iter_mut().for_each(|expr| f(PartMut::Expr(expr)));
}

fn source_parts_mut<'a>(source: &'a mut Source, f: &mut dyn FnMut(PartMut<'a>)) {
    match source {
        Source::Relation(relation) => f(PartMut::Relation(relation)),
        Source::Join { left, right, on, .. } => {
            source_parts_mut(left, f);
            source_parts_mut(right, f);
            on.iter_mut().for_each(|expr| f(PartMut::Expr(expr)));
        }
    }
}

fn relation_parts_mut<'a>(relation: &'a mut Relation, f: &mut dyn FnMut(PartMut<'a>)) {
    match &mut relation.source {
        RelationSource::Table(_) | RelationSource::View(_) | RelationSource::Cte(_) => {}
        RelationSource::Query(query) => f(PartMut::Query(query)),
        RelationSource::Function { arguments, .. } => {
            arguments.iter_mut().for_each(|expr| f(PartMut::Expr(expr)));
        }
    }
}

fn write_parts_mut<'a>(write: &'a mut Write, f: &mut dyn FnMut(PartMut<'a>)) {
    match write {
        Write::Insert(insert) => insert_parts_mut(insert, f),
        Write::Update(update) => {
            update.set.iter_mut().for_each(|assignment| f(PartMut::Expr(&mut assignment.value)));
            update.from.iter_mut().for_each(|source| source_parts_mut(source, f));
            update.filter.iter_mut().for_each(|expr| f(PartMut::Expr(expr)));
            update.returning.iter_mut().for_each(|output| f(PartMut::Expr(&mut output.expr)));
        }
        Write::Delete(delete) => {
            delete.using.iter_mut().for_each(|source| source_parts_mut(source, f));
            delete.filter.iter_mut().for_each(|expr| f(PartMut::Expr(expr)));
            delete.returning.iter_mut().for_each(|output| f(PartMut::Expr(&mut output.expr)));
        }
    }
}

fn insert_parts_mut<'a>(insert: &'a mut Insert, f: &mut dyn FnMut(PartMut<'a>)) {
    match &mut insert.source {
        InsertSource::Query(query) => f(PartMut::Query(query)),
        InsertSource::Rows { values, .. } => values.iter_mut().for_each(|expr| f(PartMut::Expr(expr))),
        InsertSource::Defaults => {}
    }
    insert.defaults.iter_mut().for_each(|(_, expr)| f(PartMut::Expr(expr)));
    if let Some(conflict) = &mut insert.conflict {
        if let ConflictTarget::Columns { predicate, .. } = &mut conflict.target {
            predicate.iter_mut().for_each(|expr| f(PartMut::Expr(expr)));
        }
        if let ConflictAction::Update { set, filter, .. } = &mut conflict.action {
            set.iter_mut().for_each(|assignment| f(PartMut::Expr(&mut assignment.value)));
            filter.iter_mut().for_each(|expr| f(PartMut::Expr(expr)));
        }
    }
    insert.returning.iter_mut().for_each(|output| f(PartMut::Expr(&mut output.expr)));
}

impl PartMut<'_> {
    /// Gives every relation in this part, and every mention of it, a new id; `Select::OUTPUT` stays.
    pub fn renumber(self, map: &mut dyn FnMut(RelationId) -> RelationId) {
        let mut to = |id: &mut RelationId| {
            if *id != Select::OUTPUT {
                *id = map(*id);
            }
        };
        let inner = match self {
            PartMut::Expr(expr) => {
                if let Node::Column { relation, .. } = &mut expr.node {
                    to(relation);
                }
                PartMut::Expr(expr)
            }
            PartMut::Query(query) => {
                query.ctes.iter_mut().for_each(|cte| to(&mut cte.id));
                PartMut::Query(query)
            }
            PartMut::Relation(relation) => {
                to(&mut relation.id);
                if let RelationSource::Cte(id) = &mut relation.source {
                    to(id);
                }
                PartMut::Relation(relation)
            }
            PartMut::Write(write) => {
                renumber_write(write, &mut to);
                PartMut::Write(write)
            }
        };
        inner.each(&mut |part| part.renumber(map));
    }
}

fn renumber_write(write: &mut Write, to: &mut dyn FnMut(&mut RelationId)) {
    match write {
        Write::Insert(insert) => {
            to(&mut insert.target);
            if let Some(conflict) = &mut insert.conflict
                && let ConflictAction::Update { excluded, .. } = &mut conflict.action
            {
                to(excluded);
            }
        }
        Write::Update(update) => to(&mut update.target),
        Write::Delete(delete) => to(&mut delete.target),
    }
}

impl PartMut<'_> {
    /// Gives each direct part of a `select` to `f`, its `from` included.
    pub fn select<'a>(select: &'a mut Select, f: &mut dyn FnMut(PartMut<'a>)) {
        select_parts_mut(select, f);
    }
}
