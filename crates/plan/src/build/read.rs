//! Reads.

use algebra::query::{Distinct, Grouping, Output, Query, Select, Source};
use algebra::shape::Shape;
use algebra::statement::Statement;

use super::condition::count_rows;
use super::level::{Scope, push};
use super::{Builder, Built, Reading, Target};
use crate::error::PlanError;
use crate::request::Format;

impl Builder<'_> {
    pub(super) fn read(&mut self, target: &Target) -> Result<Built, PlanError> {
        let plan = self.plan;
        let id = self.fresh_id();
        let source = Source::Relation(target.relation(id));
        let mut outputs = Vec::new();
        let parts = self.level(&plan.level, Scope::new(id, target.clone()), source, &mut outputs)?;
        let count = match plan.count {
            Some(_) => Some(counted(parts.source.clone(), &parts.filters)?),
            None => None,
        };
        let shape = parts.shape.clone();
        let query = self.query(parts, outputs, &plan.level)?;
        Ok(Built {
            statement: Statement::Query(at_least_one_output(query)),
            reading: self.reading(shape),
            count,
        })
    }

    pub(super) fn reading(&self, shape: Shape) -> Reading {
        Reading { format: self.plan.format, shape, expect: self.plan.expect }
    }

    /// Whether rows come back in the body.
    pub(super) fn represents(&self) -> bool {
        !matches!(self.plan.format, Format::Nothing | Format::Key)
    }
}

/// `select count(*) from … where …`.
fn counted(source: Source, filters: &[algebra::expression::Expr]) -> Result<Query, PlanError> {
    let mut outputs: Vec<Output> = Vec::new();
    push(&mut outputs, count_rows()?);
    Ok(Query::select(Select {
        distinct: Distinct::No,
        outputs,
        from: Some(source),
        filter: (!filters.is_empty()).then(|| algebra::expression::Expr::and(filters.to_vec())),
        grouping: Grouping::By(Vec::new()),
        having: None,
    }))
}

/// `select=` asks for rows that are empty objects: a query needs an output all the same.
pub(super) fn at_least_one_output(mut query: Query) -> Query {
    if let algebra::query::Body::Select(select) = &mut query.body
        && select.outputs.is_empty()
    {
        let one = algebra::value::Value::Int(1);
        push(&mut select.outputs, algebra::expression::Expr::constant(one, algebra::types::Type::Int4));
    }
    query
}
