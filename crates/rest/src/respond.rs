//! A reply into an HTTP response: status, headers, body (rest.md §5, §6).
//! **Must not:** touch a body's bytes.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use algebra::json::Json;
use axum::body::{Body, HttpBody};
use axum::response::Response;
use bytes::Bytes;
use database::Reply;
use http::header::{
    ALLOW, CONTENT_LOCATION, CONTENT_RANGE, CONTENT_TYPE, HeaderName, HeaderValue, LOCATION, VARY, WARNING,
};
use http::{HeaderMap, StatusCode};
use http_body::Frame;

use crate::error::RequestError;
use crate::lower::Notes;
use crate::prefer::{Count, Resolution, Returning};
use crate::query::{canonical, encoded};
use crate::range::content_range;
use crate::request::{Action, Request};
use crate::target::Surface;

const PREFERENCE_APPLIED: HeaderName = HeaderName::from_static("preference-applied");
const CONTENT_PROFILE: HeaderName = HeaderName::from_static("content-profile");

/// Answers a request with what the database replied.
///
/// # Errors
/// [`RequestError::Offset`] when the rows that were asked for begin after the last one.
pub(crate) fn respond(request: &Request, notes: &Notes, reply: Reply) -> Result<Response, RequestError> {
    let mut headers = HeaderMap::new();
    put(&mut headers, PREFERENCE_APPLIED, notes.applied.as_deref());
    let warning = notes.warning.as_ref().map(|text| format!("299 Mainstay \"{text}\""));
    put(&mut headers, WARNING, warning.as_deref());
    let status = match &request.action {
        Action::Read | Action::Head | Action::Options => read(request, &reply, &mut headers)?,
        Action::Insert(_) => insert(request, notes, &reply, &mut headers),
        Action::Update(_) => {
            let total = is_counted(request).then_some(reply.affected);
            put(&mut headers, CONTENT_RANGE, Some(&content_range(0, reply.affected, total)));
            written(request, StatusCode::OK, StatusCode::NO_CONTENT)
        }
        Action::Replace(_) => {
            let found = if reply.inserted > 0 { StatusCode::CREATED } else { StatusCode::OK };
            written(request, found, StatusCode::NO_CONTENT)
        }
        Action::Delete => {
            put(&mut headers, CONTENT_RANGE, Some(&total_of(request, &reply)));
            written(request, StatusCode::OK, StatusCode::NO_CONTENT)
        }
    };
    let is_read = matches!(request.action, Action::Read | Action::Head);
    if is_read || request.returning == Returning::Representation {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(request.media.content_type()));
        put(&mut headers, CONTENT_PROFILE, request.profile.told.then(|| request.profile.schema.as_str()));
    }
    let body = if request.action == Action::Head { Body::new(NoBody) } else { Body::from(reply.body) };
    let mut response = Response::new(body);
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    Ok(response)
}

/// What a relation allows, for OPTIONS.
pub(crate) fn options(request: &Request, notes: &Notes) -> Response {
    let allowed = match (notes.is_table, request.key.is_some()) {
        (false, _) => "OPTIONS,GET,HEAD",
        (true, true) => "OPTIONS,GET,HEAD,PUT,PATCH,DELETE",
        (true, false) if notes.key_columns.is_empty() => "OPTIONS,GET,HEAD,POST,PATCH,DELETE",
        (true, false) => "OPTIONS,GET,HEAD,POST,PUT,PATCH,DELETE",
    };
    let mut response = Response::new(Body::empty());
    response.headers_mut().insert(ALLOW, HeaderValue::from_static(allowed));
    response
}

fn read(request: &Request, reply: &Reply, headers: &mut HeaderMap) -> Result<StatusCode, RequestError> {
    let offset = request.bounds.offset;
    if let Some(total) = reply.total
        && offset > total
    {
        return Err(RequestError::Offset { offset, total });
    }
    put(headers, CONTENT_RANGE, Some(&content_range(offset, reply.rows, reply.total)));
    put(headers, CONTENT_LOCATION, Some(&location_of_read(request)));
    headers.insert(VARY, HeaderValue::from_static("Accept, Prefer, Range"));
    let is_partial = reply.total.is_some_and(|total| reply.rows < total);
    Ok(if is_partial { StatusCode::PARTIAL_CONTENT } else { StatusCode::OK })
}

fn insert(request: &Request, notes: &Notes, reply: &Reply, headers: &mut HeaderMap) -> StatusCode {
    put(headers, CONTENT_RANGE, Some(&total_of(request, reply)));
    put(headers, LOCATION, location_of_new(request, notes, reply).as_deref());
    let merges = notes.is_upsert && request.prefer.resolution == Some(Resolution::Merge);
    if merges && reply.inserted == 0 { StatusCode::OK } else { StatusCode::CREATED }
}

/// A write with an answer has another status than one without.
fn written(request: &Request, answered: StatusCode, silent: StatusCode) -> StatusCode {
    if request.returning == Returning::Representation { answered } else { silent }
}

/// `*/*`, or `*/n` when the rows were to be counted.
fn total_of(request: &Request, reply: &Reply) -> String {
    content_range(0, 0, is_counted(request).then_some(reply.affected))
}

fn is_counted(request: &Request) -> bool {
    matches!(request.prefer.count, Some(Count::Exact | Count::Estimated))
}

/// One URL for all requests that ask the same.
fn location_of_read(request: &Request) -> String {
    let prefix = match request.surface {
        // PostgREST does not know the prefix that a gateway put before it, and clients expect what it says.
        Surface::Rest => "",
        Surface::Resource => Surface::Resource.prefix(),
    };
    let mut location = format!("{prefix}/{}", encoded(&request.relation));
    if let Some(key) = &request.key {
        location.push('/');
        location.push_str(&key.iter().map(|value| encoded(value)).collect::<Vec<_>>().join(","));
    }
    if !request.query.pairs.is_empty() {
        location.push('?');
        location.push_str(&canonical(&request.query.pairs));
    }
    location
}

/// Where the one new row is, when the answer says which it was.
fn location_of_new(request: &Request, notes: &Notes, reply: &Reply) -> Option<String> {
    if reply.affected != 1 {
        return None;
    }
    let relation = encoded(&request.relation);
    match request.surface {
        Surface::Rest if reply.key.is_empty() => None,
        Surface::Rest => {
            let condition = |(column, value): &(String, Option<String>)| match value {
                Some(value) => format!("{}=eq.{}", encoded(column), encoded(value)),
                None => format!("{}=is.null", encoded(column)),
            };
            Some(format!("/{relation}?{}", reply.key.iter().map(condition).collect::<Vec<_>>().join("&")))
        }
        Surface::Resource => {
            let values = key_values(notes, reply)?;
            let key = values.iter().map(|value| encoded(value)).collect::<Vec<_>>().join(",");
            Some(format!("{}/{relation}/{key}", Surface::Resource.prefix()))
        }
    }
}

/// The values of the new row's key: as the database says, or as they stand in the object that is answered.
fn key_values(notes: &Notes, reply: &Reply) -> Option<Vec<String>> {
    if !reply.key.is_empty() {
        return reply.key.iter().map(|(_, value)| value.clone()).collect();
    }
    if notes.key_columns.is_empty() {
        return None;
    }
    let object = Json::trusted(std::str::from_utf8(&reply.body).ok()?);
    let value = |column: &String| Some(object.member(column).ok()??.as_text().ok()??.into_owned());
    notes.key_columns.iter().map(value).collect()
}

/// The body of an answer to HEAD: none, and of no known length, so that no `Content-Length` is made up for it.
struct NoBody;

impl HttpBody for NoBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(None)
    }
}

/// Sets a header. A value that cannot stand in one is left out: it is a note, and the answer is right without it.
fn put(headers: &mut HeaderMap, name: HeaderName, value: Option<&str>) {
    if let Some(value) = value.and_then(|value| HeaderValue::from_str(value).ok()) {
        headers.insert(name, value);
    }
}

#[cfg(test)]
mod tests;
