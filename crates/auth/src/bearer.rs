//! Who asks this service, and from where (spec/auth.md §1.2).

use axum::extract::FromRequestParts;
use http::header::USER_AGENT;
use http::request::Parts;
use policy::Caller;
use web::{Arrival, Claims};

use crate::error::AuthError;
use crate::queries;
use crate::record::{first, text};
use crate::state::AuthState;
use crate::users::{self, User};

/// The program and address on the other side, for the session's record and the limits.
#[derive(Debug, Clone, Default)]
pub(crate) struct Client {
    pub(crate) agent: Option<String>,
    pub(crate) address: Option<String>,
    /// The key under which limits count it.
    pub(crate) rate_key: Option<String>,
}

/// The longest user agent that is kept, in characters.
const AGENT_CHARS_MAX: usize = 256;

impl<S: Sync> FromRequestParts<S> for Client {
    type Rejection = AuthError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, AuthError> {
        let agent = parts.headers.get(USER_AGENT).and_then(|value| value.to_str().ok());
        let arrival = parts.extensions.get::<Arrival>();
        Ok(Self {
            agent: agent.map(|agent| agent.chars().take(AGENT_CHARS_MAX).collect()),
            address: arrival.map(|arrival| arrival.client.0.to_string()),
            rate_key: arrival.map(|arrival| arrival.client.rate_key()),
        })
    }
}

/// A signed-in user: token verified, account there and not banned, session there.
pub(crate) struct SignedIn {
    pub(crate) user: User,
    pub(crate) session_id: Option<String>,
}

impl FromRequestParts<AuthState> for SignedIn {
    type Rejection = AuthError;

    async fn from_request_parts(parts: &mut Parts, state: &AuthState) -> Result<Self, AuthError> {
        let claims = verified(parts, state)?;
        let Some(subject) = &claims.subject else {
            return Err(AuthError::forbidden("bad_jwt", "invalid claim: missing sub claim"));
        };
        let Some(user_id) = claims.sql().user_id() else {
            let _ = subject;
            return Err(AuthError::bad("bad_jwt", "invalid claim: sub claim must be a UUID"));
        };
        let session = state.session();
        let user = users::by_id(&session, user_id).await?.ok_or_else(|| {
            AuthError::forbidden("user_not_found", "User from sub claim in JWT does not exist")
        })?;
        if user.is_banned() {
            return Err(AuthError::forbidden("user_banned", "User is banned"));
        }
        if let Some(id) = &claims.session_id {
            let gone = || {
                let message = "Session from session_id claim in JWT does not exist";
                AuthError::forbidden("session_not_found", message)
            };
            if uuid::Uuid::try_parse(id).is_err() {
                return Err(gone());
            }
            let rows = session.run(&queries::SESSION_BY_ID, vec![text(id.as_str())]).await?;
            if first(&rows).is_none_or(|row| row.text("user_id") != Some(user.id())) {
                return Err(gone());
            }
        }
        Ok(Self { user, session_id: claims.session_id.clone() })
    }
}

/// Somebody who may administer accounts: the service key.
pub(crate) struct Administrator;

impl FromRequestParts<AuthState> for Administrator {
    type Rejection = AuthError;

    async fn from_request_parts(parts: &mut Parts, state: &AuthState) -> Result<Self, AuthError> {
        if web::caller::bearer(&parts.headers).map_err(|error| bad_token(&error))?.is_none() {
            return Err(no_token());
        }
        let identity = identify(parts, state)?;
        match identity.caller {
            Caller::Service { .. } => Ok(Self),
            _ => Err(AuthError::forbidden("not_admin", "User not allowed")),
        }
    }
}

/// The claims of a good token. Ended sessions and accounts are told apart below, by their rows, so the gate's list of those whose
/// tokens are refused is not asked here.
fn verified(parts: &Parts, state: &AuthState) -> Result<std::sync::Arc<Claims>, AuthError> {
    let token =
        web::caller::bearer(&parts.headers).map_err(|error| bad_token(&error))?.ok_or_else(no_token)?;
    if web::ApiKeys::is_opaque(token) {
        return Err(AuthError::forbidden("bad_jwt", "invalid claim: missing sub claim"));
    }
    state.gate.tokens().verify(token).map_err(|error| bad_token(&error))
}

fn identify(parts: &Parts, state: &AuthState) -> Result<web::Identity, AuthError> {
    let catalog = state.database.catalog();
    state
        .gate
        .identify(&parts.headers, &parts.uri, &|role| catalog.has_role(role))
        .map_err(|failure| bad_token(&failure.parts().message))
}

fn no_token() -> AuthError {
    AuthError::unauthorized("no_authorization", "This endpoint requires a valid Bearer token")
}

fn bad_token(why: &dyn std::fmt::Display) -> AuthError {
    AuthError::forbidden("bad_jwt", format!("invalid JWT: unable to parse or verify signature, {why}"))
}
