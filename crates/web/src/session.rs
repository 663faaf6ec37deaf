//! The door to the data, as an argument of a handler: a session of whoever calls.
//!
//! **Must not:** be the only check of anything. What the caller may do is decided when the session answers.

use axum::extract::{FromRef, FromRequestParts};
use database::{Database, Session};
use http::request::Parts;

use crate::caller::Gate;
use crate::failure::Failure;

/// One caller, one catalog, one engine, for one request.
pub struct InSession(pub Session);

impl<S> FromRequestParts<S> for InSession
where
    S: Send + Sync,
    Database: FromRef<S>,
    Gate: FromRef<S>,
{
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let (database, gate) = (Database::from_ref(state), Gate::from_ref(state));
        let catalog = database.catalog();
        let identity = gate.identify(&parts.headers, &parts.uri, &|role| catalog.has_role(role))?;
        Ok(Self(database.session(identity.caller)))
    }
}
