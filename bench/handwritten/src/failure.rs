//! What goes wrong, as an answer.
//!
//! **Must not:** send a cause to the client.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

/// An error answer.
pub(crate) enum Failure {
    /// The token is missing or wrong.
    Unauthorized,
    /// The request makes no sense.
    BadRequest(&'static str),
    /// The database said no.
    Database,
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        match self {
            Failure::Unauthorized => (StatusCode::UNAUTHORIZED, "a valid token is needed").into_response(),
            Failure::BadRequest(message) => (StatusCode::BAD_REQUEST, message).into_response(),
            Failure::Database => (StatusCode::INTERNAL_SERVER_ERROR, "the database failed").into_response(),
        }
    }
}

impl From<rusqlite::Error> for Failure {
    fn from(_: rusqlite::Error) -> Self {
        Failure::Database
    }
}
