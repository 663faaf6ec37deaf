//! What the plan, the rules or the database refused, in the codes and words of rest.md §10.
//! **Must not:** let a cause out, nor decide anything: who is refused was decided below.

use database::DatabaseError;
use plan::{Candidate, PlanError};
use serde_json::json;
use web::{Code, DatabaseFault, Failure};

use crate::error::RequestError;
use crate::request::Request;
use crate::viewer::Viewer;

/// Tells a client why its request has no answer.
pub(crate) fn refused(error: DatabaseError, request: &Request, viewer: Viewer<'_>) -> Failure {
    let authenticated = viewer.is_authenticated();
    match error {
        DatabaseError::Plan(error) => unplanned(error, viewer),
        DatabaseError::Denied(denied) => {
            let mut fault = DatabaseFault::new(denied.code, denied.message);
            fault.hint = denied.hint;
            Failure::database(fault, authenticated)
        }
        DatabaseError::Sql(error) => {
            let mut fault = DatabaseFault::new(error.code, error.message);
            fault.detail = error.detail;
            fault.hint = error.hint;
            Failure::database(fault, authenticated)
        }
        DatabaseError::NotOne { rows: 0 } if request.key.is_some() => {
            Failure::new(Code::RowNotFound, format!("`{}` has no row with this key", request.relation))
        }
        DatabaseError::NotOne { rows } => {
            Failure::new(Code::NotSingular, "Cannot coerce the result to a single JSON object")
                .detail(format!("The result contains {rows} rows"))
        }
        DatabaseError::TooMany { rows } => {
            Failure::new(Code::MaxAffected, "Query result exceeds max-affected preference constraint")
                .detail(format!("The query affects {rows} rows"))
        }
        DatabaseError::Unavailable { reason, retry_after_s } => {
            Failure::new(Code::Overloaded, format!("the database is not available: {reason}"))
                .retry_after(u64::from(retry_after_s))
        }
    }
}

/// Tells a client what is wrong with what it named.
pub(crate) fn unplanned(error: PlanError, viewer: Viewer<'_>) -> Failure {
    let authenticated = viewer.is_authenticated();
    match error {
        PlanError::UnknownRelation { schema, name, near } => {
            let message = format!("Could not find the table '{schema}.{name}' in the schema cache");
            let near = near.filter(|near| viewer.sees(&schema, near));
            let hint = near.map(|near| format!("Perhaps you meant the table '{schema}.{near}'"));
            hinted(Failure::new(Code::TableNotFound, message), hint)
        }
        PlanError::UnknownColumn { relation, column } => {
            let message = format!("column {relation}.{column} does not exist");
            Failure::database(DatabaseFault::new("42703", message), authenticated)
        }
        PlanError::UnknownPayloadColumn { relation, column } => {
            let message = format!("Could not find the '{column}' column of '{relation}' in the schema cache");
            Failure::new(Code::ColumnNotFound, message)
        }
        PlanError::NoRelationship { schema, origin, target, hint, near } => {
            let using = hint.map_or(String::new(), |hint| format!("using the hint '{hint}' "));
            let details = format!(
                "Searched for a foreign key relationship between '{origin}' and '{target}' {using}in the schema \
                 '{schema}', but no matches were found."
            );
            let message = format!(
                "Could not find a relationship between '{origin}' and '{target}' in the schema cache"
            );
            let near = near.filter(|near| viewer.sees(&schema, &near.meant));
            let hint = near
                .map(|near| format!("Perhaps you meant '{}' instead of '{}'.", near.meant, near.instead_of));
            hinted(Failure::new(Code::RelationshipNotFound, message).detail(details), hint)
        }
        PlanError::AmbiguousRelationship { origin, target, candidates } => {
            ambiguous(&origin, &target, &candidates)
        }
        PlanError::NotEmbedded { name } => RequestError::NotEmbedded(name).into(),
        PlanError::OrderByToMany { origin, target } => {
            let message = format!("A related order on '{target}' is not possible");
            let details =
                format!("'{origin}' and '{target}' do not form a many-to-one or one-to-one relationship");
            Failure::new(Code::RelatedOrder, message).detail(details)
        }
        PlanError::AggregatesDisabled => {
            Failure::new(Code::AggregatesDisabled, "Use of aggregate functions is not allowed")
        }
        PlanError::NotImplemented { what } => Failure::new(Code::NotImplemented, what),
        PlanError::Sql { code, message, hint } => {
            let mut fault = DatabaseFault::new(code, message);
            fault.hint = hint;
            Failure::database(fault, authenticated)
        }
    }
}

fn ambiguous(origin: &str, target: &str, candidates: &[Candidate]) -> Failure {
    let choices = candidates.iter().map(|candidate| format!("'{target}!{}'", candidate.hint));
    let hint = format!(
        "Try changing '{target}' to one of the following: {}. Find the desired relationship in the 'details' key.",
        choices.collect::<Vec<_>>().join(", ")
    );
    let details = candidates.iter().map(|candidate| {
        json!({
            "cardinality": candidate.cardinality,
            "embedding": format!("{origin} with {target}"),
            "relationship": candidate.relationship,
        })
    });
    let message =
        format!("Could not embed because more than one relationship was found for '{origin}' and '{target}'");
    Failure::new(Code::AmbiguousRelationship, message).detail_json(details.collect()).hint(hint)
}

fn hinted(failure: Failure, hint: Option<String>) -> Failure {
    match hint {
        Some(hint) => failure.hint(hint),
        None => failure,
    }
}
