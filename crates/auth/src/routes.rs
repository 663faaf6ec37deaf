//! The routes of the service, below `/auth/v1`.

use axum::Router;
use axum::extract::{FromRequest, Query, Request, State};
use axum::middleware;
use axum::response::Response;
use axum::routing::{get, post};
use serde::Deserialize;

use crate::bearer::Client;
use crate::body::Json;
use crate::error::AuthError;
use crate::refresh::Refresh;
use crate::sign_in::Credentials;
use crate::state::AuthState;
use crate::{account, administration, confirmation, information, protocol, refresh, sign_in, sign_up};

/// All routes.
pub fn routes(state: AuthState) -> Router {
    let users = get(administration::list).post(administration::create);
    let user = get(administration::read).put(administration::change).delete(administration::delete);
    Router::new()
        .route("/health", get(information::health))
        .route("/settings", get(information::settings))
        .route("/.well-known/jwks.json", get(information::jwks))
        .route("/signup", post(sign_up::sign_up))
        .route("/token", post(token))
        .route("/verify", get(confirmation::follow).post(confirmation::verify))
        .route("/resend", post(confirmation::resend))
        .route("/user", get(account::read).put(account::change))
        .route("/logout", post(account::sign_out))
        .route("/admin/users", users)
        .route("/admin/users/{id}", user)
        .fallback(protocol::not_found)
        .method_not_allowed_fallback(protocol::wrong_method)
        .layer(middleware::from_fn(protocol::write_errors))
        .with_state(state)
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Grant {
    grant_type: String,
}

/// `POST /token`: one path, several grants.
async fn token(
    State(state): State<AuthState>,
    client: Client,
    Query(grant): Query<Grant>,
    request: Request,
) -> Result<Response, AuthError> {
    limit(&state, &client, "token", state.limits.token_quota())?;
    match grant.grant_type.as_str() {
        "password" => {
            let Json(given) = Json::<Credentials>::from_request(request, &state).await?;
            sign_in::by_password(&state, &client, given).await
        }
        "refresh_token" => {
            let Json(given) = Json::<Refresh>::from_request(request, &state).await?;
            refresh::refresh(&state, given).await
        }
        _ => Err(AuthError::bad("invalid_credentials", "unsupported_grant_type")),
    }
}

/// Takes one from the quota of this client's address.
pub(crate) fn limit(
    state: &AuthState,
    client: &Client,
    kind: &'static str,
    quota: web::Quota,
) -> Result<(), AuthError> {
    let Some(key) = &client.rate_key else { return Ok(()) };
    state.rates.take(kind, key, quota).map_err(AuthError::from)
}
