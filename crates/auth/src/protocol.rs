//! How answers and errors are written: JSON, the version header, the error symbol's header.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName, HeaderValue, RETRY_AFTER};
use http::{HeaderMap, StatusCode};
use serde_json::{Value, json};
use web::failure::Report;

use crate::error::AuthError;

static API_VERSION: HeaderName = HeaderName::from_static("x-supabase-api-version");
static ERROR_CODE: HeaderName = HeaderName::from_static("x-sb-error-code");
/// The first version that names errors by `code` and `message`.
const VERSION: &str = "2024-01-01";

/// JSON as a handler answers it.
pub(crate) fn answer(status: StatusCode, body: &Value) -> Response {
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (status, headers, body.to_string()).into_response()
}

impl IntoResponse for AuthError {
    fn into_response(self) -> Response {
        let mut response = Response::new(axum::body::Body::empty());
        *response.status_mut() = self.status;
        response.extensions_mut().insert(std::sync::Arc::new(self));
        response
    }
}

/// Writes errors in the shape of the version that the client asked for.
pub(crate) async fn write_errors(request: Request, next: Next) -> Response {
    let named = asks_for_names(request.headers());
    let mut response = next.run(request).await;
    let Some(error) = response.extensions_mut().remove::<std::sync::Arc<AuthError>>() else {
        return response;
    };
    let mut written = answer(error.status, &shape(&error, named));
    let headers = written.headers_mut();
    headers.insert(ERROR_CODE.clone(), HeaderValue::from_static(error.symbol));
    if named {
        headers.insert(API_VERSION.clone(), HeaderValue::from_static(VERSION));
    }
    if let Some(seconds) = error.retry_after_s {
        headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    let (code, message) = (error.symbol.into(), error.message.clone());
    written.extensions_mut().insert(Report { code, message, hint: None, cause: None });
    written
}

fn asks_for_names(headers: &HeaderMap) -> bool {
    headers
        .get(&API_VERSION)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|version| version.len() == VERSION.len() && version.is_ascii() && version >= VERSION)
}

fn shape(error: &AuthError, named: bool) -> Value {
    if error.oauth {
        return json!({ "error": error.symbol, "error_description": error.message });
    }
    let mut body = if named {
        json!({ "code": error.symbol, "message": error.message })
    } else {
        json!({ "code": error.status.as_u16(), "error_code": error.symbol, "msg": error.message })
    };
    if error.symbol == "weak_password" {
        body["weak_password"] = json!({ "reasons": error.reasons });
    }
    body
}

/// A path nobody knows.
pub(crate) async fn not_found() -> Response {
    let headers = [(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"))];
    (StatusCode::NOT_FOUND, headers, "404 page not found\n").into_response()
}

/// A method that a path does not have.
pub(crate) async fn wrong_method() -> StatusCode {
    StatusCode::METHOD_NOT_ALLOWED
}
