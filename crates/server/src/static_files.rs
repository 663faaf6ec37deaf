//! The application's own files, from `public/`: pages, scripts, styles, images.
//!
//! A path is taken apart and decoded once, every part is judged, and what is opened must lie below the folder even
//! after links are followed. A navigation to a path that is no file gets the index page, for applications that
//! route in the browser.
//! **Must not:** list folders, serve hidden files, or run anything.

mod mime;
mod path;
mod found;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, any};
use http::header::{
    ACCEPT, ALLOW, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, HeaderValue,
    IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED, LOCATION, REFERRER_POLICY,
};
use http::request::Parts;
use http::{HeaderMap, Method, StatusCode};
use web::{Code, Failure};

use self::found::{Content, Found, Look, look};
use crate::config::StaticConfig;

/// Scripts, styles, pictures and requests of the page's own origin; styles also inline, pictures also from data.
/// No inline scripts, no plug-ins, no frames around the page by others.
pub(crate) const CONTENT_POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
     img-src 'self' data: blob: https:; font-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; \
     frame-ancestors 'self'";

/// Which files are served, and how.
#[derive(Debug, Clone)]
pub(crate) struct StaticSettings {
    /// The page's content policy.
    pub(crate) content_policy: HeaderValue,
    /// Whether navigations to unknown paths get the index page.
    pub(crate) has_fallback: bool,
}

impl Default for StaticSettings {
    fn default() -> Self {
        Self { content_policy: HeaderValue::from_static(CONTENT_POLICY), has_fallback: true }
    }
}

/// A folder of files. Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct StaticFiles(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    /// Canonical, so that what is opened can be held against it.
    root: PathBuf,
    settings: StaticSettings,
}

/// Serves the files of a folder on every path that it is asked for.
pub(crate) fn service(folder: &Path, config: &StaticConfig) -> MethodRouter {
    let content_policy = config.content_security_policy.as_ref().map(|policy| policy.0.clone());
    let defaults = StaticSettings::default();
    let settings = StaticSettings {
        content_policy: content_policy.unwrap_or(defaults.content_policy),
        has_fallback: config.fallback,
    };
    let files = StaticFiles::open(folder, settings).unwrap_or_else(|error| {
        tracing::warn!(folder = %folder.display(), %error, "the application's own files cannot be served");
        None
    });
    any(move |parts: Parts| async move {
        match files {
            Some(files) => files.answer(&parts).await,
            None => not_found(parts.uri.path()),
        }
    })
}

impl StaticFiles {
    /// The files below a folder; none if it does not exist.
    pub(crate) fn open(folder: &Path, settings: StaticSettings) -> io::Result<Option<Self>> {
        match folder.canonicalize() {
            Ok(root) if root.is_dir() => Ok(Some(Self(Arc::new(Inner { root, settings })))),
            Ok(_) => Err(io::Error::new(io::ErrorKind::NotADirectory, "it is not a folder")),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Answers a request with a file, or says that there is none.
    pub(crate) async fn answer(&self, request: &Parts) -> Response {
        if request.method != Method::GET && request.method != Method::HEAD {
            return not_allowed(&request.method);
        }
        let missing = || not_found(request.uri.path());
        let Some(relative) = path::relative(request.uri.path()) else { return missing() };
        let is_navigation = self.0.settings.has_fallback && asks_for_page(request);
        let look_for = Look { root: self.0.root.clone(), relative, has_fallback: is_navigation };
        // Opening a file may wait for a disk; nobody else shall.
        match tokio::task::spawn_blocking(move || look(&look_for)).await {
            Ok(Ok(Found::File(content))) => self.send(content, &request.method, &request.headers),
            Ok(Ok(Found::Folder)) => to_folder(request.uri.path()),
            Ok(Ok(Found::Nothing)) => missing(),
            Ok(Err(error)) => Failure::internal(error).into_response(),
            Err(error) => Failure::internal(error).into_response(),
        }
    }

    fn send(&self, content: Content, method: &Method, asked: &HeaderMap) -> Response {
        let tag = entity_tag(&content);
        let is_same = is_unchanged(&content, &tag, asked);
        let length = content.length;
        let (modified, kind) = (content.modified, content.kind);
        let body = if is_same || method == Method::HEAD { Body::empty() } else { content.into_body() };
        let mut response = Response::new(body);
        let headers = response.headers_mut();
        headers.insert(ETAG, tag);
        if let Some(date) = modified.and_then(|time| http_date(time).ok()) {
            headers.insert(LAST_MODIFIED, date);
        }
        // Kept by the browser, and asked about each time: a new version shows at once.
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        if is_same {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            return response;
        }
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
        headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
        headers.insert(CONTENT_SECURITY_POLICY, self.0.settings.content_policy.clone());
        headers.insert(REFERRER_POLICY, HeaderValue::from_static("strict-origin-when-cross-origin"));
        response
    }
}

/// A browser going to a page: it wants HTML, and the path does not end like a file.
fn asks_for_page(request: &Parts) -> bool {
    let accepts = request.headers.get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let last = request.uri.path().rsplit('/').next().unwrap_or_default();
    accepts.contains("text/html") && !last.contains('.')
}

/// Changes whenever the file does: its time of change and its length.
fn entity_tag(content: &Content) -> HeaderValue {
    let changed = content.modified.and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok());
    let text = format!("W/\"{:x}-{:x}\"", changed.unwrap_or_default().as_nanos(), content.length);
    HeaderValue::from_str(&text).expect("hexadecimal digits in quotes are a header value")
}

/// Whether the client has this very version. The tag decides; the date only when no tag was sent.
fn is_unchanged(content: &Content, tag: &HeaderValue, asked: &HeaderMap) -> bool {
    if let Some(tags) = asked.get(IF_NONE_MATCH) {
        let own = tag.to_str().unwrap_or_default().trim_start_matches("W/");
        let is_ours = |text: &str| text == "*" || text.trim_start_matches("W/") == own;
        return tags.to_str().is_ok_and(|tags| tags.split(',').any(|text| is_ours(text.trim())));
    }
    let since = asked.get(IF_MODIFIED_SINCE).and_then(|value| value.to_str().ok());
    let since = since.and_then(|text| httpdate::parse_http_date(text).ok());
    match (since, content.modified) {
        // Dates have whole seconds, files do not.
        (Some(since), Some(modified)) => {
            modified.duration_since(since).map_or(true, |later| later.as_secs() == 0)
        }
        _ => false,
    }
}

fn http_date(time: SystemTime) -> Result<HeaderValue, http::header::InvalidHeaderValue> {
    HeaderValue::from_str(&httpdate::fmt_http_date(time))
}

fn to_folder(path: &str) -> Response {
    // One slash at the start, however many were sent: two would name another host.
    let target = format!("/{}/", path.trim_matches('/'));
    match HeaderValue::from_str(&target) {
        Ok(target) => (StatusCode::PERMANENT_REDIRECT, [(LOCATION, target)]).into_response(),
        Err(_) => not_found(path),
    }
}

fn not_found(path: &str) -> Response {
    Failure::new(Code::PathInvalid, "Invalid path specified in request URL")
        .detail(format!("nothing is served at `{path}`"))
        .into_response()
}

fn not_allowed(method: &Method) -> Response {
    Failure::new(Code::MethodNotSupported, format!("Unsupported HTTP method: {method}"))
        .header(ALLOW, HeaderValue::from_static("GET, HEAD"))
        .into_response()
}

#[cfg(test)]
mod tests;
