//! A whole request to a relation: HTTP parts and a body in, what is asked out, in the order of checks of rest.md §1.
//! **Must not:** know the catalog: intent may still be nonsense, which the plan or the database will say.

use algebra::names::SchemaName;
use bytes::Bytes;
use http::{HeaderMap, Method};
use web::Limits;

use crate::body::{self, Payload};
use crate::error::RequestError;
use crate::media::{self, Media};
use crate::prefer::{Applies, Prefer, Returning};
use crate::profile::{self, Profile};
use crate::query::{Bounds, EmbedPath, Query};
use crate::range;
use crate::target::{Surface, Target};

/// What the REST surface is told about this application.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The exposed schemas; the first is the default. Never empty.
    pub schemas: Vec<SchemaName>,
    /// The ceilings.
    pub limits: Limits,
}

/// The parts of an HTTP request that decide what is asked.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Parts<'p> {
    /// The method.
    pub(crate) method: &'p Method,
    /// The path behind the prefix of the surface.
    pub(crate) path: &'p str,
    /// The query string, empty when there is none.
    pub(crate) query: &'p str,
    /// The headers.
    pub(crate) headers: &'p HeaderMap,
}

/// A request to a relation.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Request {
    /// Where it came in, which decides some defaults.
    pub(crate) surface: Surface,
    /// The table or view, as written.
    pub(crate) relation: String,
    /// The values of the key, when one row is addressed by its own URL.
    pub(crate) key: Option<Vec<String>>,
    /// The schema.
    pub(crate) profile: Profile,
    /// The query string.
    pub(crate) query: Query,
    /// The rows of the top level that are asked for.
    pub(crate) bounds: Bounds,
    /// The preferences, as given.
    pub(crate) prefer: Prefer,
    /// What a write answers.
    pub(crate) returning: Returning,
    /// What is done.
    pub(crate) action: Action,
    /// What the answer is.
    pub(crate) media: Media,
    /// A mistake that is told only after all names were found to exist.
    pub(crate) late: Option<RequestError>,
}

/// What is done with the relation.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Action {
    /// Rows are read.
    Read,
    /// Rows are read, and only the headers answered.
    Head,
    /// Rows are added.
    Insert(Payload),
    /// Rows are changed.
    Update(Payload),
    /// One row is put in its place.
    Replace(Payload),
    /// Rows are removed.
    Delete,
    /// What can be done is answered.
    Options,
}

impl Request {
    /// Reads a request.
    ///
    /// # Errors
    /// [`RequestError`], the first in the order of checks.
    pub(crate) fn parse(
        surface: Surface,
        parts: Parts<'_>,
        body: &Bytes,
        settings: &Settings,
    ) -> Result<Self, RequestError> {
        let (relation, key) = match Target::parse(surface, parts.path)? {
            Target::Relation(relation) => (relation, None),
            Target::Item { relation, key } => (relation, Some(key)),
            Target::Root => return Err(RequestError::Root),
            Target::Function(function) => return Err(unknown_function(&function, parts, body, settings)),
        };
        let profile = profile::choose(parts.method, parts.headers, &settings.schemas)?;
        let verb = Verb::parse(parts.method, key.is_some())?;
        let query = Query::parse(parts.query, &settings.limits)?;
        let bounds = range::requested(parts.method, parts.headers, query.bounds_of(&EmbedPath::default()))?;
        if verb == Verb::Put && bounds != Bounds::default() {
            return Err(RequestError::PutLimit);
        }
        let action = verb.action(parts.headers, body, &query, settings)?;
        let prefer = Prefer::parse(parts.headers);
        let (media, late) = last_checks(parts.headers, &prefer, verb);
        let returning = prefer.returning.unwrap_or_else(|| surface.returning(&action));
        Ok(Self { surface, relation, key, profile, query, bounds, prefer, returning, action, media, late })
    }

    /// Whether the answer is one object rather than an array.
    pub(crate) fn is_singular(&self) -> bool {
        let one_given = match &self.action {
            Action::Insert(payload) => self.surface == Surface::Resource && !payload.is_list,
            _ => false,
        };
        self.key.is_some() || one_given || matches!(self.media, Media::Object { .. })
    }

    /// What preferences apply; `resolvable` says whether an insert has a key to resolve conflicts by.
    pub(crate) fn applies(&self, resolvable: bool) -> Applies {
        match &self.action {
            Action::Read | Action::Head | Action::Options => Applies::Read,
            Action::Insert(_) => Applies::Insert { resolvable },
            Action::Update(_) => Applies::Update,
            Action::Replace(_) => Applies::Replace,
            Action::Delete => Applies::Delete,
        }
    }
}

/// Whether the body of a request with this method is read at all.
pub(crate) fn has_body(method: &Method) -> bool {
    matches!(*method, Method::POST | Method::PUT | Method::PATCH)
}

/// The methods, before their bodies are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verb {
    Get,
    Head,
    Post,
    Patch,
    Put,
    Delete,
    Options,
}

impl Verb {
    fn parse(method: &Method, is_item: bool) -> Result<Self, RequestError> {
        Ok(match *method {
            Method::GET => Self::Get,
            Method::HEAD => Self::Head,
            Method::POST if !is_item => Self::Post,
            Method::PATCH => Self::Patch,
            Method::PUT => Self::Put,
            Method::DELETE => Self::Delete,
            Method::OPTIONS => Self::Options,
            _ => return Err(RequestError::Method(method.as_str().to_owned())),
        })
    }

    fn action(
        self,
        headers: &HeaderMap,
        body: &Bytes,
        query: &Query,
        settings: &Settings,
    ) -> Result<Action, RequestError> {
        let payload =
            || body::read(body, media::body_type(headers)?, query.columns.as_deref(), &settings.limits);
        Ok(match self {
            Self::Get => Action::Read,
            Self::Head => Action::Head,
            Self::Post => Action::Insert(payload()?),
            Self::Patch => Action::Update(payload()?),
            Self::Put => Action::Replace(payload()?),
            Self::Delete => Action::Delete,
            Self::Options => Action::Options,
        })
    }
}

/// The checks that come after the names: for writes the preferences stand before the media type.
fn last_checks(headers: &HeaderMap, prefer: &Prefer, verb: Verb) -> (Media, Option<RequestError>) {
    let media = media::negotiate(headers);
    let preferences = prefer.strictly();
    let anything = Media::Array { nulls: media::Nulls::Kept };
    let late = match (verb, media.clone(), preferences) {
        (Verb::Options, ..) => None,
        (Verb::Get | Verb::Head, Err(error), _) => Some(error),
        (_, _, Err(error)) | (_, Err(error), _) => Some(error),
        (_, Ok(_), Ok(())) => None,
    };
    (media.unwrap_or(anything), late)
}

/// Functions are not served yet: every call is of one that is not there, in the words of that.
fn unknown_function(function: &str, parts: Parts<'_>, body: &Bytes, settings: &Settings) -> RequestError {
    let profile = match profile::choose(parts.method, parts.headers, &settings.schemas) {
        Ok(profile) => profile,
        Err(error) => return error,
    };
    let names = match *parts.method {
        Method::GET | Method::HEAD => crate::query::argument_names(parts.query),
        Method::POST => body::keys(body, parts.headers, &settings.limits),
        _ => return RequestError::FunctionMethod(parts.method.as_str().to_owned()),
    };
    match names {
        Ok(names) => RequestError::Function {
            schema: profile.schema.as_str().to_owned(),
            function: function.to_owned(),
            names,
        },
        Err(error) => error,
    }
}
