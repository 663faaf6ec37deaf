//! Embeds: related rows inside a row.
//!
//! To-one: `left join target as t2 on t2.id = t1.target_id and <its filters>`, its columns are outputs of the same query.
//! To-many: one output, all rows of a correlated sub-query as JSON. Inner ones drop parents: an inner join, or `exists`.

use algebra::expression::{Expr, Node};
use algebra::query::{JoinKind, Output, Query, Relation, Select, Source};
use algebra::shape::{Field as Member, FieldValue, Shape};
use algebra::types::Type;
use algebra::value::Value;
use catalog::Relationship;

use super::level::{Parts, Scope, member, push};
use super::{Builder, Side, Target, far_end, link};
use crate::error::PlanError;
use crate::request::{Embed, Item, Level};

/// An embed as its parent's filters and order see it.
#[derive(Clone)]
pub(super) struct Joined {
    pub(super) target_name: String,
    /// For to-one: the joined relation, for `order=rel(column)`.
    pub(super) to_one: Option<std::rc::Rc<Scope>>,
    /// True where the embed has a row.
    pub(super) present: Expr,
}

/// How an embed is reached, and what it reaches.
struct Way {
    relationship: Relationship,
    target: Target,
}

impl Builder<'_> {
    pub(super) fn embed(
        &mut self,
        embed: &Embed,
        parts: &mut Parts,
        outputs: &mut Vec<Output>,
    ) -> Result<(), PlanError> {
        let relationship = self.relationship(&parts.scope.target.name, embed)?;
        let target = far_end(self, &relationship).ok_or_else(|| PlanError::UnknownRelation {
            schema: self.plan.schema.as_str().to_owned(),
            name: embed.target.clone(),
            near: None,
        })?;
        let to_one = relationship.is_to_one();
        let way = Way { relationship, target };
        if to_one {
            self.join_one(embed, &way, parts, outputs)
        } else {
            self.nest_many(embed, &way, parts, outputs)
        }
    }

    /// Joins the one related row.
    fn join_one(
        &mut self,
        embed: &Embed,
        Way { relationship, target }: &Way,
        parts: &mut Parts,
        outputs: &mut Vec<Output>,
    ) -> Result<(), PlanError> {
        let id = self.fresh_id();
        let far = Side { id, columns: &target.columns };
        let near = Side { id: parts.scope.id, columns: &parts.scope.target.columns };
        let mut on = link(&relationship.columns, &near, &far);
        let (_, key) = relationship.columns.first().expect("a foreign key has a column");
        let presence = far.column(key);
        let present_at = push(outputs, presence.clone());
        let source = Source::Relation(target.relation(id));
        let inner = self.level(&embed.level, Scope::new(id, target.clone()), source, outputs)?;
        on.extend(inner.filters);
        let kind = if embed.inner { JoinKind::Inner } else { JoinKind::Left };
        let place = std::mem::replace(&mut parts.source, Source::Relation(target.relation(id)));
        parts.source = join(place, kind, inner.source, Expr::and(on));
        show(embed, inner.shape, present_at, &mut parts.shape);
        let present = Expr::not(Expr::new(Node::IsNull(Box::new(presence)), Type::Bool));
        let target_name = target.name.name.as_str().to_owned();
        let joined = Joined { target_name, to_one: Some(std::rc::Rc::new(inner.scope)), present };
        self.note_embed(&mut parts.scope, embed, joined);
        Ok(())
    }

    /// All related rows as JSON, from a sub-query.
    fn nest_many(
        &mut self,
        embed: &Embed,
        way: &Way,
        parts: &mut Parts,
        outputs: &mut Vec<Output>,
    ) -> Result<(), PlanError> {
        if embed.spread {
            return Err(PlanError::NotImplemented {
                what: format!("a spread of the to-many relationship `{}`", embed.target),
            });
        }
        let present = self.exists(way, &embed.level, parts)?;
        if embed.inner {
            parts.filters.push(present.clone());
        }
        if !embed.level.items.is_empty() {
            let mut inner_outputs = Vec::new();
            let inner = self.related(way, &embed.level, parts, &mut inner_outputs)?;
            let shape = inner.shape.clone();
            let query = self.query(inner, inner_outputs, &embed.level)?;
            let node = Node::JsonRows { query: Box::new(query), shape: Box::new(shape) };
            member(&mut parts.shape, embed.name(), Expr::new(node, Type::Json), outputs);
        }
        let target_name = way.target.name.name.as_str().to_owned();
        self.note_embed(&mut parts.scope, embed, Joined { target_name, to_one: None, present });
        Ok(())
    }

    /// The level over the related rows: linked to the parent, through the junction if there is one.
    fn related(
        &mut self,
        Way { relationship, target }: &Way,
        level: &Level,
        parent: &Parts,
        outputs: &mut Vec<Output>,
    ) -> Result<Parts, PlanError> {
        let id = self.fresh_id();
        let near = Side { id: parent.scope.id, columns: &parent.scope.target.columns };
        let far = Side { id, columns: &target.columns };
        let relation = Source::Relation(target.relation(id));
        let (source, filters) = match &relationship.junction {
            None => (relation, link(&relationship.columns, &near, &far)),
            Some(junction) => {
                let table = self.relation(&junction.table).ok_or_else(|| PlanError::UnknownRelation {
                    schema: junction.table.schema.as_str().to_owned(),
                    name: junction.table.name.as_str().to_owned(),
                    near: None,
                })?;
                let junction_id = self.fresh_id();
                let middle = Side { id: junction_id, columns: &table.columns };
                let on = Expr::and(link(&junction.columns, &middle, &far));
                let through = Source::Relation(Relation::table(junction_id, junction.table.clone()));
                let filters = link(&relationship.columns, &near, &middle);
                (join(through, JoinKind::Inner, relation, on), filters)
            }
        };
        let mut parts = self.level(level, Scope::new(id, target.clone()), source, outputs)?;
        parts.filters.splice(0..0, filters);
        Ok(parts)
    }

    /// `exists (select 1 from related rows with the embed's own filters)`.
    fn exists(&mut self, way: &Way, level: &Level, parent: &Parts) -> Result<Expr, PlanError> {
        let filtering = Level {
            items: level.items.iter().filter_map(filtering_item).collect(),
            conditions: level.conditions.clone(),
            ..Level::default()
        };
        let mut outputs = Vec::new();
        let inner = self.related(way, &filtering, parent, &mut outputs)?;
        let one = Expr::constant(Value::Int(1), Type::Int4);
        let mut outputs = Vec::new();
        push(&mut outputs, one);
        let mut select = Select::from(outputs, inner.source);
        select.filter = Some(Expr::and(inner.filters));
        Ok(Expr::new(Node::Exists(Box::new(Query::select(select))), Type::Bool))
    }

    /// `rel=is.null`, `rel=not.is.null`.
    pub(super) fn embed_test(&mut self, scope: &Scope, name: &str, is_null: bool) -> Result<Expr, PlanError> {
        let joined =
            scope.embeds.get(name).ok_or_else(|| PlanError::NotEmbedded { name: name.to_owned() })?;
        let present = joined.present.clone();
        Ok(if is_null { Expr::not(present) } else { present })
    }
}

/// Of an embed's items only embeds can decide which rows there are.
fn filtering_item(item: &Item) -> Option<Item> {
    match item {
        Item::Embed(embed) => Some(Item::Embed(embed.clone())),
        _ => None,
    }
}

/// `left <kind> join right on …`. Joins inside `right` are kept flat when that means the same.
fn join(left: Source, kind: JoinKind, right: Source, on: Expr) -> Source {
    match right {
        Source::Join { kind: inner, left: first, right: rest, on: inner_on }
            if inner == JoinKind::Left || inner == kind && kind == JoinKind::Inner =>
        {
            let near = join(left, kind, *first, on);
            Source::Join { kind: inner, left: Box::new(near), right: rest, on: inner_on }
        }
        right => Source::Join { kind, left: Box::new(left), right: Box::new(right), on: Some(on) },
    }
}

/// Shows a to-one embed: as an object under its name, or its members lifted into the parent.
fn show(embed: &Embed, shape: Shape, present: usize, parent: &mut Shape) {
    if embed.spread {
        parent.fields.extend(shape.fields);
    } else if !embed.level.items.is_empty() {
        let value = FieldValue::Object { present, shape };
        parent.fields.push(Member { key: embed.name().to_owned(), value });
    }
}
