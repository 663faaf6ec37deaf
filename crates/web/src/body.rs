//! Reading a request's body, never more of it than is allowed.
//!
//! A length that is announced above the limit is refused before a byte is read; one that lies is refused at the
//! limit. **Must not:** inflate anything: content codings are not accepted, so there is no bomb to defuse.

pub mod json;

use std::error::Error;

use axum::body::Body;
use bytes::{Bytes, BytesMut};
use http::header::{CONNECTION, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HeaderValue};
use http::{HeaderMap, Request};
use http_body_util::BodyExt;

use crate::failure::{Code, Failure};

/// The body arrives more slowly than the limit allows. The listener's body fails with this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the body arrives too slowly")]
pub struct SlowBody;

/// Reads a whole body of at most so many bytes.
pub async fn read(request: Request<Body>, bytes_max: usize) -> Result<Bytes, Failure> {
    let (parts, body) = request.into_parts();
    read_parts(&parts.headers, body, bytes_max).await
}

/// Reads a whole body whose headers have been taken apart already.
pub async fn read_parts(headers: &HeaderMap, mut body: Body, bytes_max: usize) -> Result<Bytes, Failure> {
    check_coding(headers)?;
    if announced(headers).is_some_and(|length| length > bytes_max as u64) {
        return Err(too_large(bytes_max));
    }
    let Some(first) = next_data(&mut body).await? else { return Ok(Bytes::new()) };
    if first.len() > bytes_max {
        return Err(too_large(bytes_max));
    }
    let Some(second) = next_data(&mut body).await? else { return Ok(first) };
    let mut whole = BytesMut::with_capacity((first.len() + second.len()) * 2);
    whole.extend_from_slice(&first);
    let mut next = Some(second);
    while let Some(data) = next {
        if whole.len() + data.len() > bytes_max {
            return Err(too_large(bytes_max));
        }
        whole.extend_from_slice(&data);
        next = next_data(&mut body).await?;
    }
    Ok(whole.freeze())
}

/// Refuses a body that is not JSON by its own account. A body without a type is taken as JSON, as PostgREST does.
pub fn expect_json(headers: &HeaderMap) -> Result<(), Failure> {
    let Some(value) = headers.get(CONTENT_TYPE) else { return Ok(()) };
    let text = value.to_str().unwrap_or_default();
    let essence = text.split(';').next().unwrap_or_default().trim();
    let is_json = essence.eq_ignore_ascii_case("application/json")
        || (essence.len() > 5 && essence.as_bytes()[essence.len() - 5..].eq_ignore_ascii_case(b"+json"));
    if is_json {
        return Ok(());
    }
    let message = format!("the body is `{}`, and JSON is expected", essence.escape_default());
    Err(Failure::new(Code::MediaTypeNotAccepted, message).hint("send `Content-Type: application/json`"))
}

fn check_coding(headers: &HeaderMap) -> Result<(), Failure> {
    let is_plain = |value: &HeaderValue| value.as_bytes().eq_ignore_ascii_case(b"identity");
    if headers.get_all(CONTENT_ENCODING).iter().all(is_plain) {
        return Ok(());
    }
    Err(Failure::new(Code::CodingNotAccepted, "compressed bodies are not accepted")
        .hint("send the body without `Content-Encoding`"))
}

fn announced(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// The next piece of data, past trailers and empty frames.
async fn next_data(body: &mut Body) -> Result<Option<Bytes>, Failure> {
    loop {
        let Some(frame) = body.frame().await else { return Ok(None) };
        match frame.map_err(broken)?.into_data() {
            Ok(data) if data.is_empty() => {}
            Ok(data) => return Ok(Some(data)),
            Err(_trailers) => {}
        }
    }
}

fn too_large(bytes_max: usize) -> Failure {
    Failure::new(Code::BodyTooLarge, format!("the body is larger than {bytes_max} bytes"))
        .hint("send less at a time, or raise the limit in `[limits]`")
        .header(CONNECTION, HeaderValue::from_static("close"))
}

/// The client stopped, or went on too slowly: its fault either way.
fn broken(error: axum::Error) -> Failure {
    let mut cause: Option<&(dyn Error + 'static)> = Some(&error);
    while let Some(inner) = cause {
        if inner.is::<SlowBody>() {
            return Failure::new(Code::TooSlow, "the body arrived too slowly")
                .header(CONNECTION, HeaderValue::from_static("close"));
        }
        cause = inner.source();
    }
    Failure::new(Code::BodySyntax, "the body ended before its announced length, or was framed wrongly")
        .header(CONNECTION, HeaderValue::from_static("close"))
}

#[cfg(test)]
mod tests;
