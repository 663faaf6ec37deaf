//! Which pages may read our answers from a browser.
//!
//! Everybody's, without credentials, unless a list is configured; then exactly the origins of the list, with them.
//! **Must not:** send `*` together with credentials, nor echo an origin that is not listed.

use axum::body::Body;
use axum::response::Response;
use http::header::{
    ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE,
    ACCESS_CONTROL_REQUEST_HEADERS, ACCESS_CONTROL_REQUEST_METHOD, ORIGIN, VARY,
};
use http::{HeaderMap, HeaderValue, Method};

/// The origins whose pages may read answers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum AllowedOrigins {
    /// All of them, without credentials.
    #[default]
    Any,
    /// These, byte for byte.
    Listed(Vec<HeaderValue>),
}

/// A text is not an origin.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not an origin such as `https://app.example.org`: a scheme, a host, perhaps a port, and no path"
)]
pub struct OriginError(String);

const METHODS: HeaderValue = HeaderValue::from_static("GET, POST, PATCH, PUT, DELETE, OPTIONS, HEAD");
const EXPOSED: HeaderValue = HeaderValue::from_static(
    "Content-Encoding, Content-Location, Content-Range, Content-Type, Date, Location, Server, Transfer-Encoding, \
     Range-Unit, Preference-Applied, X-Request-Id, X-Total-Count, Link, X-Supabase-Api-Version",
);
const A_DAY_S: HeaderValue = HeaderValue::from_static("86400");
const ANY: HeaderValue = HeaderValue::from_static("*");
const YES: HeaderValue = HeaderValue::from_static("true");
const ASKED_BYTES_MAX: usize = 2_048;

impl AllowedOrigins {
    /// A list of origins, or `*` alone for all.
    pub fn parse(texts: &[String]) -> Result<Self, OriginError> {
        if texts.iter().any(|text| text == "*") {
            return if texts.len() == 1 { Ok(Self::Any) } else { Err(OriginError("*".to_owned())) };
        }
        texts.iter().map(|text| origin(text)).collect::<Result<_, _>>().map(Self::Listed)
    }

    /// The answer to a preflight request, if it is one. What may be asked is the same for every path, so nobody
    /// further in is bothered.
    pub(crate) fn preflight(&self, method: &Method, headers: &HeaderMap) -> Option<Response> {
        let is_preflight = method == Method::OPTIONS
            && headers.contains_key(ORIGIN)
            && headers.contains_key(ACCESS_CONTROL_REQUEST_METHOD);
        if !is_preflight {
            return None;
        }
        let mut response = Response::new(Body::empty());
        let answer = response.headers_mut();
        answer.insert(ACCESS_CONTROL_ALLOW_METHODS, METHODS);
        answer.insert(ACCESS_CONTROL_ALLOW_HEADERS, allowed_headers(headers));
        answer.insert(ACCESS_CONTROL_MAX_AGE, A_DAY_S);
        Some(response)
    }

    /// Adds to an answer what the origin of its request may know.
    pub(crate) fn apply(&self, origin: Option<&HeaderValue>, answer: &mut HeaderMap) {
        match (self, origin) {
            (Self::Any, None) => {}
            (Self::Any, Some(_)) => {
                answer.insert(ACCESS_CONTROL_ALLOW_ORIGIN, ANY);
                answer.insert(ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
            }
            (Self::Listed(listed), origin) => {
                answer.append(VARY, HeaderValue::from_static("Origin"));
                // A surface may have said `*` for itself; the list is stricter and wins.
                answer.remove(ACCESS_CONTROL_ALLOW_ORIGIN);
                if let Some(origin) = origin.filter(|origin| listed.contains(origin)) {
                    answer.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
                    answer.insert(ACCESS_CONTROL_ALLOW_CREDENTIALS, YES);
                    answer.insert(ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
                }
            }
        }
    }
}

/// The fixed ones, with those that were asked for in between, as far as they are names of headers.
fn allowed_headers(headers: &HeaderMap) -> HeaderValue {
    let is_list = |text: &&str| {
        let is_fit = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b',' | b' ');
        !text.is_empty() && text.len() <= ASKED_BYTES_MAX && text.bytes().all(is_fit)
    };
    let asked = headers.get(ACCESS_CONTROL_REQUEST_HEADERS).and_then(|value| value.to_str().ok());
    let asked = asked.filter(is_list).map(|text| format!("{text}, ")).unwrap_or_default();
    HeaderValue::from_str(&format!("Authorization, {asked}Accept, Accept-Language, Content-Language"))
        .expect("names of headers, commas and blanks are a header value")
}

fn origin(text: &str) -> Result<HeaderValue, OriginError> {
    let error = || OriginError(text.to_owned());
    let (scheme, authority) = text.split_once("://").ok_or_else(error)?;
    let is_scheme =
        !scheme.is_empty() && scheme.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    let is_authority = !authority.is_empty()
        && authority.bytes().all(|byte| {
            byte.is_ascii_lowercase()
                || byte.is_ascii_digit()
                || matches!(byte, b'.' | b'-' | b':' | b'[' | b']')
        });
    if is_scheme && is_authority { HeaderValue::from_str(text).map_err(|_| error()) } else { Err(error()) }
}
