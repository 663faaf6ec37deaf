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

walk!(Part, iter);

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
