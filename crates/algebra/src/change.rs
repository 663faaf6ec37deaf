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
            PartMut::Expr(expr) => expr_parts(expr, f),
            PartMut::Query(query) => query_parts(query, f),
            PartMut::Write(write) => write_parts(write, f),
            PartMut::Relation(relation) => relation_parts(relation, f),
        }
    }
}

walk!(PartMut, iter_mut, mut);

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
        select_parts(select, f);
    }
}
