//! A level: one relation with its selection, embeds, filters, order and bounds.

use std::collections::BTreeMap;

use algebra::expression::{Expr, RelationId, SortKey};
use algebra::names::ColumnName;
use algebra::query::{Output, Query, Select, Source};
use algebra::shape::{Field as Member, FieldValue, Shape};

use super::embed::Joined;
use super::{Builder, Target};
use crate::error::PlanError;
use crate::request::{Embed, Field, Item, Level, OrderTerm, PathKey};

/// What names mean within a level.
pub(super) struct Scope {
    pub(super) id: RelationId,
    pub(super) target: Target,
    /// The embeds of this level by the names that address them.
    pub(super) embeds: BTreeMap<String, Joined>,
}

impl Scope {
    pub(super) fn new(id: RelationId, target: Target) -> Self {
        Self { id, target, embeds: BTreeMap::new() }
    }

    pub(super) fn has_embed(&self, name: &str) -> bool {
        self.embeds.contains_key(name)
    }
}

/// What a level contributes to the query that it is part of.
pub(super) struct Parts {
    pub(super) scope: Scope,
    /// The relation with the to-one embeds joined to it.
    pub(super) source: Source,
    pub(super) shape: Shape,
    /// Its own filters, and `exists` for inner embeds.
    pub(super) filters: Vec<Expr>,
}

impl Builder<'_> {
    /// Builds a level over a relation that is already in `source`. Its outputs are added to `outputs`.
    pub(super) fn level(
        &mut self,
        level: &Level,
        scope: Scope,
        source: Source,
        outputs: &mut Vec<Output>,
    ) -> Result<Parts, PlanError> {
        let mut parts = Parts { scope, source, shape: Shape { fields: Vec::new() }, filters: Vec::new() };
        for item in &level.items {
            self.item(item, &mut parts, outputs)?;
        }
        let filters = self.conditions(&parts.scope, &level.conditions)?;
        parts.filters.extend(filters);
        Ok(parts)
    }

    fn item(&mut self, item: &Item, parts: &mut Parts, outputs: &mut Vec<Output>) -> Result<(), PlanError> {
        match item {
            Item::All => {
                for (name, ty) in parts.scope.target.columns.clone().iter() {
                    let expr = Expr::column(parts.scope.id, name.clone(), ty.clone());
                    member(&mut parts.shape, name.as_str(), expr, outputs);
                }
                Ok(())
            }
            Item::Column { aggregate: Some(_), .. } | Item::Count { .. } => {
                Err(PlanError::AggregatesDisabled)
            }
            Item::Column { field, alias, cast, aggregate: None } => {
                let mut expr = self.field(&parts.scope, field)?;
                if let Some(ty) = cast {
                    expr = self.cast(expr, ty)?;
                }
                let key = alias.as_deref().unwrap_or_else(|| output_key(field));
                member(&mut parts.shape, key, expr, outputs);
                Ok(())
            }
            Item::Embed(embed) => self.embed(embed, parts, outputs),
        }
    }

    /// The sort keys of a level.
    pub(super) fn order(&mut self, scope: &Scope, terms: &[OrderTerm]) -> Result<Vec<SortKey>, PlanError> {
        terms.iter().map(|term| self.sort_key(scope, term)).collect()
    }

    fn sort_key(&mut self, scope: &Scope, term: &OrderTerm) -> Result<SortKey, PlanError> {
        let expr = match &term.embed {
            None => self.field(scope, &term.field)?,
            Some(name) => {
                let joined =
                    scope.embeds.get(name).ok_or_else(|| PlanError::NotEmbedded { name: name.clone() })?;
                let Some(inner) = &joined.to_one else {
                    return Err(PlanError::OrderByToMany {
                        origin: scope.target.name.name.as_str().to_owned(),
                        target: joined.target_name.clone(),
                    });
                };
                self.field(inner, &term.field)?
            }
        };
        let nulls_first = term.nulls_first.unwrap_or(term.descending);
        Ok(SortKey { expr, descending: term.descending, nulls_first })
    }

    /// The query of a level, bounded and ordered.
    pub(super) fn query(
        &mut self,
        parts: Parts,
        outputs: Vec<Output>,
        level: &Level,
    ) -> Result<Query, PlanError> {
        let order = self.order(&parts.scope, &level.order)?;
        let mut select = Select::from(outputs, parts.source);
        select.filter = (!parts.filters.is_empty()).then(|| Expr::and(parts.filters));
        let mut query = Query::select(select);
        query.order = order;
        query.limit = self.limit(level.limit);
        query.offset = level
            .offset
            .map(|input| Expr::new(algebra::expression::Node::Input(input.0), algebra::types::Type::Int8));
        Ok(query)
    }

    /// The relationship's name by which messages and filters address an embed.
    pub(super) fn note_embed(&self, scope: &mut Scope, embed: &Embed, joined: Joined) {
        if embed.alias.is_some() && !scope.has_embed(&embed.target) {
            scope.embeds.insert(embed.target.clone(), joined.clone());
        }
        scope.embeds.insert(embed.name().to_owned(), joined);
    }
}

/// Adds an output and the member that shows it.
pub(super) fn member(shape: &mut Shape, key: &str, expr: Expr, outputs: &mut Vec<Output>) {
    let ty = expr.ty.clone();
    let column = push(outputs, expr);
    shape.fields.push(Member { key: key.to_owned(), value: FieldValue::Column { column, ty } });
}

/// Adds an output under a name of its own and answers its place.
pub(super) fn push(outputs: &mut Vec<Output>, expr: Expr) -> usize {
    let column = outputs.len();
    let name = ColumnName::parse(&format!("c{column}")).expect("a letter and digits are a name");
    outputs.push(Output { expr, name });
    column
}

/// The key of a column without an alias: the last key of its path, else its name.
fn output_key(field: &Field) -> &str {
    let keys = field.path.iter().rev().find_map(|step| match &step.key {
        PathKey::Member(key) => Some(key.as_str()),
        PathKey::Index(_) => None,
    });
    keys.unwrap_or(&field.column)
}
