//! Reading walks over the tree: the direct parts of any node, one door for every visitor.
//!
//! A visitor handles the kinds of part it cares for and asks the others for their parts. **Must not:** change what the order of
//! evaluation means; parts come in the order they are written in SQL.

use crate::expression::{Aggregate, Expr, FrameBound, Node, RelationId, WindowCall};
use crate::query::{Body, CteBody, Distinct, Grouping, Query, Relation, RelationSource, Select, Source};
use crate::statement::{ConflictAction, ConflictTarget, Insert, InsertSource, Statement, Write};

/// A direct part of a node.
#[derive(Debug, Clone, Copy)]
pub enum Part<'a> {
    Expr(&'a Expr),
    Query(&'a Query),
    Write(&'a Write),
    Relation(&'a Relation),
}

impl Statement {
    /// The query or write it is.
    #[must_use]
    pub fn part(&self) -> Part<'_> {
        match self {
            Statement::Query(query) => Part::Query(query),
            Statement::Write(write) => Part::Write(write),
        }
    }
}

impl<'a> Part<'a> {
    /// Gives each direct part of this one to `f`.
    pub fn each(self, f: &mut dyn FnMut(Part<'a>)) {
        match self {
            Part::Expr(expr) => expr_parts(expr, f),
            Part::Query(query) => query_parts(query, f),
            Part::Write(write) => write_parts(write, f),
            Part::Relation(relation) => relation_parts(relation, f),
        }
    }
}

impl Part<'_> {
    /// Calls `f` for every expression in this part, itself included, however deep.
    pub fn every_expr(self, f: &mut dyn FnMut(&Expr)) {
        if let Part::Expr(expr) = self {
            f(expr);
        }
        self.each(&mut |part| part.every_expr(f));
    }

    /// Calls `f` for every relation in this part, however deep.
    pub fn every_relation(self, f: &mut dyn FnMut(&Relation)) {
        if let Part::Relation(relation) = self {
            f(relation);
        }
        self.each(&mut |part| part.every_relation(f));
    }
}

fn expr_parts<'a>(expr: &'a Expr, f: &mut dyn FnMut(Part<'a>)) {
    let mut one = |expr: &'a Expr| f(Part::Expr(expr));
    match &expr.node {
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
        | Node::ArrayOf(list) => list.iter().for_each(one),
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
            list.iter().for_each(one);
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
            lower.iter().chain(upper).for_each(|expr| one(expr));
        }
        Node::Scalar(query)
        | Node::Exists(query)
        | Node::ArrayQuery(query)
        | Node::JsonRows { query, .. } => {
            f(Part::Query(query));
        }
        Node::InQuery { operands, query } => {
            operands.iter().for_each(one);
            f(Part::Query(query));
        }
        Node::Aggregate(call) => aggregate_parts(call, f),
        Node::Window(window) => window_parts(window, f),
    }
}

fn window_parts<'a>(window: &'a WindowCall, f: &mut dyn FnMut(Part<'a>)) {
    aggregate_parts(&window.call, f);
    window.partition.iter().for_each(|expr| f(Part::Expr(expr)));
    window.order.iter().for_each(|key| f(Part::Expr(&key.expr)));
    if let Some(frame) = &window.frame {
        for bound in [&frame.start, &frame.end] {
            if let FrameBound::Preceding(expr) | FrameBound::Following(expr) = bound {
                f(Part::Expr(expr));
            }
        }
    }
}

fn aggregate_parts<'a>(call: &'a Aggregate, f: &mut dyn FnMut(Part<'a>)) {
    call.arguments.iter().for_each(|expr| f(Part::Expr(expr)));
    call.order.iter().for_each(|key| f(Part::Expr(&key.expr)));
    call.filter.iter().for_each(|expr| f(Part::Expr(expr)));
}

fn query_parts<'a>(query: &'a Query, f: &mut dyn FnMut(Part<'a>)) {
    for cte in &query.ctes {
        match &cte.body {
            CteBody::Query(query) => f(Part::Query(query)),
            CteBody::Write(write) => f(Part::Write(write)),
        }
    }
    match &query.body {
        Body::Select(select) => select_parts(select, f),
        Body::Set { left, right, .. } => {
            f(Part::Query(left));
            f(Part::Query(right));
        }
        Body::Values { rows, .. } => rows.iter().flatten().for_each(|expr| f(Part::Expr(expr))),
    }
    query.order.iter().for_each(|key| f(Part::Expr(&key.expr)));
    query.limit.iter().chain(&query.offset).for_each(|expr| f(Part::Expr(expr)));
}

fn select_parts<'a>(select: &'a Select, f: &mut dyn FnMut(Part<'a>)) {
    if let Distinct::On(keys) = &select.distinct {
        keys.iter().for_each(|expr| f(Part::Expr(expr)));
    }
    select.outputs.iter().for_each(|output| f(Part::Expr(&output.expr)));
    select.from.iter().for_each(|source| source_parts(source, f));
    select.filter.iter().for_each(|expr| f(Part::Expr(expr)));
    match &select.grouping {
        Grouping::None => {}
        Grouping::By(keys) => keys.iter().for_each(|expr| f(Part::Expr(expr))),
        Grouping::Sets(sets) => sets.iter().flatten().for_each(|expr| f(Part::Expr(expr))),
    }
    select.having.iter().for_each(|expr| f(Part::Expr(expr)));
}

fn source_parts<'a>(source: &'a Source, f: &mut dyn FnMut(Part<'a>)) {
    match source {
        Source::Relation(relation) => f(Part::Relation(relation)),
        Source::Join { left, right, on, .. } => {
            source_parts(left, f);
            source_parts(right, f);
            on.iter().for_each(|expr| f(Part::Expr(expr)));
        }
    }
}

fn relation_parts<'a>(relation: &'a Relation, f: &mut dyn FnMut(Part<'a>)) {
    match &relation.source {
        RelationSource::Table(_) | RelationSource::View(_) | RelationSource::Cte(_) => {}
        RelationSource::Query(query) => f(Part::Query(query)),
        RelationSource::Function { arguments, .. } => {
            arguments.iter().for_each(|expr| f(Part::Expr(expr)));
        }
    }
}

fn write_parts<'a>(write: &'a Write, f: &mut dyn FnMut(Part<'a>)) {
    match write {
        Write::Insert(insert) => insert_parts(insert, f),
        Write::Update(update) => {
            update.set.iter().for_each(|assignment| f(Part::Expr(&assignment.value)));
            update.from.iter().for_each(|source| source_parts(source, f));
            update.filter.iter().for_each(|expr| f(Part::Expr(expr)));
            update.returning.iter().for_each(|output| f(Part::Expr(&output.expr)));
        }
        Write::Delete(delete) => {
            delete.using.iter().for_each(|source| source_parts(source, f));
            delete.filter.iter().for_each(|expr| f(Part::Expr(expr)));
            delete.returning.iter().for_each(|output| f(Part::Expr(&output.expr)));
        }
    }
}

fn insert_parts<'a>(insert: &'a Insert, f: &mut dyn FnMut(Part<'a>)) {
    match &insert.source {
        InsertSource::Query(query) => f(Part::Query(query)),
        InsertSource::Rows { values, .. } => values.iter().for_each(|expr| f(Part::Expr(expr))),
        InsertSource::Defaults => {}
    }
    insert.defaults.iter().for_each(|(_, expr)| f(Part::Expr(expr)));
    if let Some(conflict) = &insert.conflict {
        if let ConflictTarget::Columns { predicate, .. } = &conflict.target {
            predicate.iter().for_each(|expr| f(Part::Expr(expr)));
        }
        if let ConflictAction::Update { set, filter, .. } = &conflict.action {
            set.iter().for_each(|assignment| f(Part::Expr(&assignment.value)));
            filter.iter().for_each(|expr| f(Part::Expr(expr)));
        }
    }
    insert.returning.iter().for_each(|output| f(Part::Expr(&output.expr)));
}

impl Part<'_> {
    /// One more than the greatest relation id in this part: a number from which ids are free.
    #[must_use]
    pub fn free_id(self) -> u32 {
        let mut own = 0;
        let mut see = |id: RelationId| {
            if id != Select::OUTPUT {
                own = own.max(id.0 + 1);
            }
        };
        match self {
            Part::Expr(Expr { node: Node::Column { relation, .. }, .. }) => see(*relation),
            Part::Expr(_) => {}
            Part::Query(query) => query.ctes.iter().for_each(|cte| see(cte.id)),
            Part::Relation(relation) => see(relation.id),
            Part::Write(write) => {
                see(write.target());
                if let Write::Insert(Insert { conflict: Some(conflict), .. }) = write
                    && let ConflictAction::Update { excluded, .. } = &conflict.action
                {
                    see(*excluded);
                }
            }
        }
        let mut free = own;
        self.each(&mut |part| free = free.max(part.free_id()));
        free
    }
}
