//! The routes, and the one way that every request goes: parse, lower, answer, respond.
//! **Must not:** know what a request asks.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{FromRef, State};
use axum::response::Response;
use axum::routing::any;
use database::{Database, Session};
use http::Request as HttpRequest;
use http::request::Parts as HttpParts;
use web::{Failure, Gate, InSession};

use crate::error::RequestError;
use crate::failure::{refused, unplanned};
use crate::lower::{Lowered, lower};
use crate::request::{Action, Parts, Request, Settings, has_body};
use crate::respond::{options, respond};
use crate::target::Surface;
use crate::viewer::Viewer;

/// What this surface needs.
#[derive(Clone)]
pub struct RestState {
    /// Where the data is.
    pub database: Database,
    /// Who tells callers apart.
    pub gate: Gate,
    /// What is exposed, and how much of it.
    pub settings: Arc<Settings>,
}

/// `/rest/v1` and `/api`.
pub fn routes(state: RestState) -> Router {
    Router::new()
        .route("/rest/v1", any(rest))
        .route("/rest/v1/", any(rest))
        .route("/rest/v1/{*target}", any(rest))
        .route("/api", any(resource))
        .route("/api/", any(resource))
        .route("/api/{*target}", any(resource))
        .with_state(state)
}

async fn rest(
    State(state): State<RestState>,
    InSession(session): InSession,
    http: HttpRequest<Body>,
) -> Result<Response, Failure> {
    state.answer(Surface::Rest, session, http).await
}

async fn resource(
    State(state): State<RestState>,
    InSession(session): InSession,
    http: HttpRequest<Body>,
) -> Result<Response, Failure> {
    state.answer(Surface::Resource, session, http).await
}

impl FromRef<RestState> for Database {
    fn from_ref(state: &RestState) -> Self {
        state.database.clone()
    }
}

impl FromRef<RestState> for Gate {
    fn from_ref(state: &RestState) -> Self {
        state.gate.clone()
    }
}

impl RestState {
    async fn answer(
        &self,
        surface: Surface,
        session: Session,
        http: HttpRequest<Body>,
    ) -> Result<Response, Failure> {
        let (parts, body) = http.into_parts();
        let mut request = self.request(surface, &parts, body).await?;
        let rows_max = self.settings.limits.rows_max;
        let Lowered { plan, inputs, notes } = lower(&mut request, session.catalog(), rows_max)?;
        late_checks(&request, &session, &plan)?;
        if request.action == Action::Options {
            return Ok(options(&request, &notes));
        }
        let reply = session.answer(plan, inputs).await;
        let reply = reply.map_err(|error| refused(error, &request, viewer(&session)))?;
        Ok(respond(&request, &notes, reply)?)
    }

    async fn request(&self, surface: Surface, http: &HttpParts, body: Body) -> Result<Request, Failure> {
        let limits = &self.settings.limits;
        let body = if has_body(&http.method) {
            web::body::read_parts(&http.headers, body, limits.body_bytes_max).await?
        } else {
            bytes::Bytes::new()
        };
        let path = http.uri.path();
        let parts = Parts {
            method: &http.method,
            path: path.strip_prefix(surface.prefix()).unwrap_or(path),
            query: http.uri.query().unwrap_or_default(),
            headers: &http.headers,
        };
        Ok(Request::parse(surface, parts, &body, &self.settings)?)
    }
}

/// What is wrong with a request besides its names, which are looked at first (rest.md §1).
fn late_checks(request: &Request, session: &Session, plan: &plan::Plan) -> Result<(), Failure> {
    let viewer = viewer(session);
    let pattern =
        (!viewer.is_authenticated() && request.query.has_regex()).then_some(RequestError::AnonymousRegex);
    let late = request.late.clone().or(pattern);
    if late.is_some() || request.action == Action::Options {
        plan::build(plan, session.catalog()).map_err(|error| unplanned(error, viewer))?;
    }
    late.map_or(Ok(()), |error| Err(error.into()))
}

fn viewer(session: &Session) -> Viewer<'_> {
    Viewer { caller: session.caller(), catalog: session.catalog() }
}
