//! What leaves the process when a request cannot be answered: a code, words for people, and the headers that go with it.
//!
//! **Must not:** carry a cause to the client. Causes travel beside the response, in its extensions, until the
//! envelope logs them once. Must not know a surface: accounts have another body, and make it from these parts.

pub mod code;
pub mod sqlstate;

use std::borrow::Cow;
use std::error::Error;
use std::sync::Arc;

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderMap, StatusCode};
use serde::Serialize;

pub use self::code::{Code, Entry, TABLE, docs_page};
pub use self::sqlstate::{DatabaseFault, status_of_sqlstate};

/// A request that was turned back. One pointer wide, so that results stay small on the way through.
#[derive(Debug, Clone)]
pub struct Failure(Box<Parts>);

/// The parts of a failure, for a surface whose error body has another shape.
#[derive(Debug, Clone)]
pub struct Parts {
    /// What the client reads as `code`: one of ours, or a SQLSTATE.
    pub code: Cow<'static, str>,
    /// The HTTP status of the answer.
    pub status: StatusCode,
    /// One sentence: what is wrong, and where.
    pub message: String,
    /// More about it: text, or a JSON value where the protocol lists candidates.
    pub detail: Option<serde_json::Value>,
    /// What to do next.
    pub hint: Option<String>,
    /// Headers of the answer beyond those every failure has.
    pub headers: HeaderMap,
    /// Why it happened. Logged by the envelope, never sent.
    pub cause: Option<Cause>,
}

/// A cause, shared because responses may be cloned.
pub type Cause = Arc<dyn Error + Send + Sync>;

/// What the envelope finds in a response's extensions: what was sent, and the cause that was not.
#[derive(Debug, Clone)]
pub struct Report {
    /// The code that the client was told.
    pub code: Cow<'static, str>,
    /// The words that the client was told.
    pub message: String,
    /// The advice that the client was given.
    pub hint: Option<String>,
    /// The cause to log, if there is one.
    pub cause: Option<Cause>,
}

impl Failure {
    /// A failure with a code of the table; the status is the table's.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        let mut failure = Self::with_status(code.text(), code.status(), message.into());
        failure.add_usual_headers();
        failure
    }

    /// What the database reported, with the status that its SQLSTATE stands for. `authenticated` says whether
    /// the request brought a role: a missing privilege is 403 for a known caller and 401 for a stranger.
    pub fn database(fault: DatabaseFault, authenticated: bool) -> Self {
        let status = status_of_sqlstate(&fault.sqlstate, &fault.message, authenticated);
        let mut failure = Self::with_status(Cow::Owned(fault.sqlstate), status, fault.message);
        failure.0.detail = fault.detail.map(serde_json::Value::String);
        failure.0.hint = fault.hint;
        failure.add_usual_headers();
        failure
    }

    /// Something of ours broke. The client learns that and no more; the cause is logged.
    pub fn internal(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::new(Code::Internal, "internal error").caused_by(cause)
    }

    /// More about it, as text.
    #[must_use]
    pub fn detail(mut self, text: impl Into<String>) -> Self {
        self.0.detail = Some(serde_json::Value::String(text.into()));
        self
    }

    /// More about it, as JSON: candidates for an ambiguous name.
    #[must_use]
    pub fn detail_json(mut self, value: serde_json::Value) -> Self {
        self.0.detail = Some(value);
        self
    }

    /// What the caller can do about it.
    #[must_use]
    pub fn hint(mut self, text: impl Into<String>) -> Self {
        self.0.hint = Some(text.into());
        self
    }

    /// A header for the answer; the last one of a name stands.
    #[must_use]
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.0.headers.insert(name, value);
        self
    }

    /// Tells the caller to come back after so many seconds.
    #[must_use]
    pub fn retry_after(self, seconds: u64) -> Self {
        self.header(RETRY_AFTER, HeaderValue::from(seconds.max(1)))
    }

    /// Why it happened, for the log.
    #[must_use]
    pub fn caused_by(mut self, cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.0.cause = Some(Arc::from(cause.into()));
        self
    }

    /// What can be read of it.
    pub fn parts(&self) -> &Parts {
        &self.0
    }

    /// Takes it apart, for a surface with an error body of its own. Whoever does this puts [`Parts::report`]
    /// into the extensions of the response, or the cause is lost.
    pub fn into_parts(self) -> Parts {
        *self.0
    }

    /// The token was refused: the header that says so in the words of RFC 6750.
    #[must_use]
    pub fn invalid_token(self) -> Self {
        let message = self.0.message.replace(['"', '\\'], "'");
        let text = format!("Bearer error=\"invalid_token\", error_description=\"{message}\"");
        // A message is one of ours and printable; where a claim's name made it otherwise, the bare scheme stands.
        let value = HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("Bearer"));
        self.header(WWW_AUTHENTICATE, value)
    }

    fn with_status(code: impl Into<Cow<'static, str>>, status: StatusCode, message: String) -> Self {
        let code = code.into();
        let headers = HeaderMap::new();
        Self(Box::new(Parts { code, status, message, detail: None, hint: None, headers, cause: None }))
    }

    fn add_usual_headers(&mut self) {
        match self.0.status {
            StatusCode::UNAUTHORIZED => {
                self.0.headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            }
            StatusCode::SERVICE_UNAVAILABLE => {
                self.0.headers.insert(RETRY_AFTER, HeaderValue::from_static("1"));
            }
            _ => {}
        }
    }
}

impl Parts {
    /// What the envelope needs to log this failure.
    pub fn report(&self) -> Report {
        Report {
            code: self.code.clone(),
            message: self.message.clone(),
            hint: self.hint.clone(),
            cause: self.cause.clone(),
        }
    }

    /// The value of the `Proxy-Status` header: who turned the request back, and with which code.
    pub fn proxy_status(&self) -> Option<HeaderValue> {
        HeaderValue::from_str(&format!("Mainstay; error={}", self.code)).ok()
    }

    /// The body that REST clients read: four members, always in this order, written compactly.
    pub fn body(&self) -> Vec<u8> {
        #[derive(Serialize)]
        struct Wire<'a> {
            code: &'a str,
            details: Option<&'a serde_json::Value>,
            hint: Option<&'a str>,
            message: &'a str,
        }
        let wire = Wire {
            code: &self.code,
            details: self.detail.as_ref(),
            hint: self.hint.as_deref(),
            message: &self.message,
        };
        serde_json::to_vec(&wire).expect("strings and JSON values always serialise into memory")
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::from(self.0.body()));
        let report = self.0.report();
        let proxy_status = self.0.proxy_status();
        *response.status_mut() = self.0.status;
        let headers = response.headers_mut();
        *headers = self.0.headers;
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8"));
        if let Some(value) = proxy_status {
            headers.insert(HeaderName::from_static("proxy-status"), value);
        }
        response.extensions_mut().insert(report);
        response
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}: {}", self.0.code, self.0.message)
    }
}

impl Error for Failure {}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(failure: Failure) -> String {
        String::from_utf8(failure.into_parts().body()).unwrap()
    }

    #[test]
    fn bodies_have_four_members_in_order() {
        assert_eq!(
            body(Failure::new(Code::QuerySyntax, "unknown operator `gtt` at 14").hint("did you mean `gt`?")),
            r#"{"code":"PGRST100","details":null,"hint":"did you mean `gt`?","message":"unknown operator `gtt` at 14"}"#
        );
        assert_eq!(
            body(
                Failure::new(Code::AmbiguousRelationship, "which?")
                    .detail_json(serde_json::json!([{"a": 1}]))
            ),
            r#"{"code":"PGRST201","details":[{"a":1}],"hint":null,"message":"which?"}"#
        );
    }

    #[test]
    fn the_cause_is_reported_and_not_sent() {
        let response = Failure::internal("disk on fire").into_response();
        assert_eq!(response.status(), 500);
        let report = response.extensions().get::<Report>().unwrap();
        assert_eq!(report.cause.as_ref().unwrap().to_string(), "disk on fire");
        assert!(!body(Failure::internal("disk on fire")).contains("fire"));
    }

    #[test]
    fn headers_follow_the_status() {
        let denied = DatabaseFault::new("42501", "permission denied for table notes");
        let stranger = Failure::database(denied.clone(), false).into_response();
        assert_eq!(stranger.status(), 401);
        assert_eq!(stranger.headers()["www-authenticate"], "Bearer");
        assert_eq!(stranger.headers()["proxy-status"], "Mainstay; error=42501");
        assert_eq!(stranger.headers()["content-type"], "application/json; charset=utf-8");
        let known = Failure::database(denied, true).into_response();
        assert_eq!(known.status(), 403);
        assert!(!known.headers().contains_key("www-authenticate"));

        let busy = Failure::new(Code::Overloaded, "the write queue is full").retry_after(3).into_response();
        assert_eq!((busy.status().as_u16(), busy.headers()["retry-after"].to_str().unwrap()), (503, "3"));
    }

    #[test]
    fn token_errors_name_themselves_in_the_challenge() {
        let response = Failure::new(Code::TokenClaims, "JWT expired").invalid_token().into_response();
        assert_eq!(
            response.headers()["www-authenticate"],
            "Bearer error=\"invalid_token\", error_description=\"JWT expired\""
        );
        let odd = Failure::new(Code::TokenClaims, "a \"b\"\n").invalid_token().into_response();
        assert_eq!(odd.headers()["www-authenticate"], "Bearer");
    }
}
