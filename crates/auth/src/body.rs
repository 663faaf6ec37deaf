//! Request bodies: JSON objects of known members; unknown ones are ignored.

use axum::extract::{FromRequest, Request};
use http::StatusCode;
use serde::de::DeserializeOwned;

use crate::error::AuthError;
use crate::state::AuthState;

/// A body as `T`; an empty one is `{}`.
pub(crate) struct Json<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequest<AuthState> for Json<T> {
    type Rejection = AuthError;

    async fn from_request(request: Request, state: &AuthState) -> Result<Self, AuthError> {
        let bytes =
            web::body::read(request, state.limits.auth_body_bytes_max).await.map_err(
                |failure| match failure.parts().status {
                    StatusCode::PAYLOAD_TOO_LARGE => AuthError::new(
                        StatusCode::PAYLOAD_TOO_LARGE,
                        "request_entity_too_large",
                        failure.parts().message.clone(),
                    ),
                    status => AuthError::new(status, "bad_json", failure.parts().message.clone()),
                },
            )?;
        let bytes: &[u8] = if bytes.trim_ascii().is_empty() { b"{}" } else { &bytes };
        web::body::json::check(bytes, &state.limits).map_err(|failure| bad_json(&failure.parts().message))?;
        serde_json::from_slice(bytes).map(Self).map_err(|error| bad_json(&error))
    }
}

fn bad_json(why: &dyn std::fmt::Display) -> AuthError {
    AuthError::bad("bad_json", format!("Could not parse request body as JSON: {why}"))
}
