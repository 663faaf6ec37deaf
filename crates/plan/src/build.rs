//! Plan and catalog in, statement and shape out.

use algebra::query::Query;
use algebra::shape::Shape;
use algebra::statement::Statement;
use catalog::Catalog;

use crate::error::PlanError;
use crate::request::{Expect, Format, Plan};

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
    let _ = catalog;
    Err(PlanError::UnknownRelation {
        schema: plan.schema.as_str().to_owned(),
        name: plan.relation.clone(),
        near: None,
    })
}
