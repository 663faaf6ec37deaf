//! Plan and catalog in, statement and shape out.
//!
//! A level of the plan (the top, or an embed) becomes a query over one relation: its columns are outputs, a to-one embed is a join
//! whose columns are outputs too, a to-many embed is one output of JSON. **Must not:** decide who may see what.

use std::sync::Arc;

use algebra::expression::{Expr, Node, RelationId};
use algebra::names::{ColumnName, LocalName, TableName};
use algebra::query::{Query, Relation, RelationSource};
use algebra::shape::Shape;
use algebra::statement::Statement;
use algebra::types::{ColumnType, Type};
use catalog::{Catalog, Relationship};

use crate::error::PlanError;
use crate::request::{Action, Expect, Format, Plan};

mod condition;
mod embed;
mod field;
mod level;
mod near;
mod operators;
mod read;
mod relationship;
mod write;

/// What a plan became.
#[derive(Debug, Clone, PartialEq)]
pub struct Built {
    pub statement: Statement,
    pub reading: Reading,
    /// Counts the rows without bounds; its one output is the total.
    pub count: Option<Query>,
}

/// How the rows of the statement become an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    pub format: Format,
    pub shape: Shape,
    pub expect: Expect,
}

/// Resolves a plan.
///
/// # Errors
/// [`PlanError`] for names that are not there, relationships that are missing or ambiguous, and what is not supported.
pub fn build(plan: &Plan, catalog: &Catalog) -> Result<Built, PlanError> {
    let mut builder = Builder { catalog, plan, next_id: 1 };
    let target = builder.target()?;
    match &plan.action {
        Action::Read => builder.read(&target),
        Action::Insert(insert) => builder.insert(&target, insert),
        Action::Update { columns, missing_default } => builder.update(&target, columns, *missing_default),
        Action::Delete => builder.delete(&target),
    }
}

/// What building one plan knows.
struct Builder<'a> {
    catalog: &'a Catalog,
    plan: &'a Plan,
    next_id: u32,
}

/// A relation that a level stands on.
#[derive(Clone)]
struct Target {
    name: TableName,
    columns: Arc<Vec<(ColumnName, Type)>>,
    is_view: bool,
}

impl Target {
    fn column(&self, name: &str) -> Option<&(ColumnName, Type)> {
        self.columns.iter().find(|(column, _)| column.as_str() == name)
    }

    fn relation(&self, id: RelationId) -> Relation {
        let source = match self.is_view {
            true => RelationSource::View(self.name.clone()),
            false => RelationSource::Table(self.name.clone()),
        };
        Relation { id, source, lateral: false }
    }
}

impl Builder<'_> {
    fn fresh_id(&mut self) -> RelationId {
        self.next_id += 1;
        RelationId(self.next_id - 1)
    }

    /// The relation that the plan is about.
    fn target(&self) -> Result<Target, PlanError> {
        let found = LocalName::parse(&self.plan.relation)
            .ok()
            .map(|name| TableName::new(self.plan.schema.clone(), name))
            .and_then(|name| self.relation(&name));
        found.ok_or_else(|| PlanError::UnknownRelation {
            schema: self.plan.schema.as_str().to_owned(),
            name: self.plan.relation.clone(),
            near: near::relation(self.catalog, &self.plan.schema, &self.plan.relation),
        })
    }

    fn relation(&self, name: &TableName) -> Option<Target> {
        let columns = self.catalog.columns(name)?;
        let is_view = self.catalog.view(name).is_some();
        Some(Target { name: name.clone(), columns: Arc::new(columns), is_view })
    }

    /// The bound of a level: what was asked for, at most `rows_max`.
    fn limit(&self, limit: Option<crate::input::Input>) -> Option<Expr> {
        let asked = limit.map(|input| Expr::new(Node::Input(input.0), Type::Int8));
        let most = self.plan.rows_max.map(|most| {
            let most = i64::try_from(most).unwrap_or(i64::MAX);
            Expr::constant(algebra::value::Value::Int(most), Type::Int8)
        });
        match (asked, most) {
            (Some(asked), Some(most)) => Some(Expr::new(Node::Least(vec![asked, most]), Type::Int8)),
            (asked, most) => asked.or(most),
        }
    }
}

/// The `on` of a join or the `where` of a sub-query: the columns that a relationship makes equal.
fn link(pairs: &[(ColumnName, ColumnName)], left: &Side<'_>, right: &Side<'_>) -> Vec<Expr> {
    pairs.iter().map(|(near, far)| Expr::equals(left.column(near), right.column(far))).collect()
}

/// One side of a link: a relation in scope and what its columns are.
struct Side<'a> {
    id: RelationId,
    columns: &'a [(ColumnName, Type)],
}

impl Side<'_> {
    fn column(&self, name: &ColumnName) -> Expr {
        let ty = self
            .columns
            .iter()
            .find(|(column, _)| column == name)
            .map_or(Type::Unknown, |(_, ty)| ty.clone());
        Expr::column(self.id, name.clone(), ty)
    }
}

/// A type with its modifier as an untyped input is converted to it.
fn column_type(base: &Type) -> ColumnType {
    ColumnType::from(base.clone())
}

/// The other end of a relationship as a target.
fn far_end(builder: &Builder<'_>, relationship: &Relationship) -> Option<Target> {
    builder.relation(&relationship.target)
}
