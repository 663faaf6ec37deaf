//! Errors as clients of this protocol expect them (spec/auth.md §1.1).
//!
//! The shape depends on the version header of the request, so a handler gives the error and `protocol` writes it.

use database::DatabaseError;
use http::StatusCode;
use web::random::RandomError;
use web::rate::OverLimit;

/// Why a request is refused.
#[derive(Debug)]
pub struct AuthError {
    pub status: StatusCode,
    /// `invalid_credentials`, `user_not_found` …
    pub symbol: &'static str,
    pub message: String,
    /// Why a password is weak.
    pub reasons: Vec<&'static str>,
    /// Answer in OAuth's shape: `{"error", "error_description"}`.
    pub oauth: bool,
    /// Seconds after which it is worth trying again.
    pub retry_after_s: Option<u64>,
}

impl AuthError {
    #[must_use]
    pub fn new(status: StatusCode, symbol: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            symbol,
            message: message.into(),
            reasons: Vec::new(),
            oauth: false,
            retry_after_s: None,
        }
    }

    /// 400.
    #[must_use]
    pub fn bad(symbol: &'static str, message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, symbol, message)
    }

    /// 400 `validation_failed`.
    #[must_use]
    pub fn invalid(message: impl Into<String>) -> Self {
        Self::bad("validation_failed", message)
    }

    /// 422.
    #[must_use]
    pub fn unprocessable(symbol: &'static str, message: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, symbol, message)
    }

    /// 403.
    #[must_use]
    pub fn forbidden(symbol: &'static str, message: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, symbol, message)
    }

    /// 401.
    #[must_use]
    pub fn unauthorized(symbol: &'static str, message: impl Into<String>) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, symbol, message)
    }

    /// 404.
    #[must_use]
    pub fn missing(symbol: &'static str, message: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, symbol, message)
    }

    /// 429.
    #[must_use]
    pub fn too_many(symbol: &'static str, message: impl Into<String>, retry_after_s: u64) -> Self {
        Self {
            retry_after_s: Some(retry_after_s),
            ..Self::new(StatusCode::TOO_MANY_REQUESTS, symbol, message)
        }
    }

    /// 503: busy, worth trying again.
    #[must_use]
    pub fn busy(retry_after_s: u64) -> Self {
        Self {
            retry_after_s: Some(retry_after_s),
            ..Self::new(StatusCode::SERVICE_UNAVAILABLE, "request_timeout", "The server is busy, try again")
        }
    }

    /// 500; the cause is logged here and goes no further.
    #[must_use]
    pub fn internal(cause: &dyn std::fmt::Display) -> Self {
        tracing::error!(%cause, "the accounts service failed");
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "unexpected_failure",
            "Unexpected failure, please check server logs",
        )
    }
}

impl From<DatabaseError> for AuthError {
    fn from(error: DatabaseError) -> Self {
        match error {
            DatabaseError::Unavailable { retry_after_s, .. } => Self::busy(u64::from(retry_after_s)),
            other => Self::internal(&other),
        }
    }
}

impl From<RandomError> for AuthError {
    fn from(error: RandomError) -> Self {
        Self::internal(&error)
    }
}

impl From<OverLimit> for AuthError {
    fn from(over: OverLimit) -> Self {
        Self::too_many("over_request_rate_limit", "Request rate limit reached", over.retry_after_s)
    }
}
