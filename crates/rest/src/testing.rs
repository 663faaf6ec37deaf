//! A request line and headers as text into a request, for the tests of this crate.
//! **Must not:** be compiled into the product.

use algebra::names::SchemaName;
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use web::Limits;

use crate::error::RequestError;
use crate::request::{Parts, Request, Settings};
use crate::target::Surface;

/// `GET /rest/v1/t?select=a`, headers, and the body.
pub(crate) fn request(
    line: &str,
    headers: &[(&'static str, &'static str)],
    body: &str,
) -> Result<Request, RequestError> {
    let (method, target) = line.split_once(' ').unwrap();
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let (surface, path) = match path.strip_prefix("/rest/v1") {
        Some(path) => (Surface::Rest, path),
        None => (Surface::Resource, path.strip_prefix("/api").unwrap()),
    };
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        map.append(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    let method = Method::from_bytes(method.as_bytes()).unwrap();
    let settings = Settings { schemas: vec![SchemaName::literal("public")], limits: Limits::default() };
    let parts = Parts { method: &method, path, query, headers: &map };
    Request::parse(surface, parts, &Bytes::from(body.to_owned()), &settings)
}
