//! Which schema a request speaks to: the profile headers (rest.md §9).
//! **Must not:** look into the catalog: what is exposed is configuration.

use algebra::names::SchemaName;
use http::header::HeaderName;
use http::{HeaderMap, Method};

use crate::error::RequestError;

const ACCEPT_PROFILE: HeaderName = HeaderName::from_static("accept-profile");
const CONTENT_PROFILE: HeaderName = HeaderName::from_static("content-profile");

/// The schema of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Profile {
    /// The schema.
    pub(crate) schema: SchemaName,
    /// Whether the answer says which one it was.
    pub(crate) told: bool,
}

/// Chooses among the exposed schemas, of which the first is the default.
///
/// # Errors
/// [`RequestError::Schema`] when the header names another.
pub(crate) fn choose(
    method: &Method,
    headers: &HeaderMap,
    exposed: &[SchemaName],
) -> Result<Profile, RequestError> {
    let reads = matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS);
    let header = headers.get(if reads { ACCEPT_PROFILE } else { CONTENT_PROFILE });
    let asked = header.map(|value| String::from_utf8_lossy(value.as_bytes()));
    let found = match &asked {
        Some(asked) => exposed.iter().find(|schema| schema.as_str() == asked),
        None => exposed.first(),
    };
    match found {
        Some(schema) => Ok(Profile { schema: schema.clone(), told: asked.is_some() || exposed.len() > 1 }),
        None => Err(RequestError::Schema {
            asked: asked.unwrap_or_default().into_owned(),
            exposed: exposed.iter().map(|schema| schema.as_str().to_owned()).collect(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use algebra::names::SchemaName;
    use http::{HeaderMap, HeaderName, HeaderValue, Method};

    use super::choose;

    fn check(
        method: Method,
        header: Option<(&'static str, &'static str)>,
        exposed: &[&'static str],
        expected: &str,
    ) {
        let mut headers = HeaderMap::new();
        if let Some((name, value)) = header {
            headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
        let exposed = exposed.iter().map(|name| SchemaName::literal(name)).collect::<Vec<_>>();
        let shown = match choose(&method, &headers, &exposed) {
            Ok(profile) => format!("{}{}", profile.schema.as_str(), if profile.told { " told" } else { "" }),
            Err(error) => error.to_string(),
        };
        assert_eq!(shown, expected);
    }

    #[test]
    fn the_header_of_the_method_chooses() {
        check(Method::GET, None, &["public"], "public");
        check(Method::GET, None, &["public", "shop"], "public told");
        check(Method::GET, Some(("accept-profile", "shop")), &["public", "shop"], "shop told");
        check(Method::POST, Some(("accept-profile", "shop")), &["public", "shop"], "public told");
        check(Method::PATCH, Some(("content-profile", "public")), &["public"], "public told");
        check(Method::HEAD, Some(("accept-profile", "auth")), &["public"], "Invalid schema: auth");
    }
}
