//! What a path leads to: behind `/rest/v1` a relation or a function, behind `/api` a relation or one of its rows.
//! **Must not:** know which relations there are.

use percent_encoding::percent_decode_str;

use crate::error::RequestError;
use crate::prefer::Returning;
use crate::request::Action;

/// The two faces of the same thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Surface {
    /// `/rest/v1`: PostgREST's protocol.
    Rest,
    /// `/api`: resource URLs.
    Resource,
}

impl Surface {
    /// The path before the target.
    pub(crate) fn prefix(self) -> &'static str {
        match self {
            Self::Rest => "/rest/v1",
            Self::Resource => "/api",
        }
    }

    /// What a write answers when the client does not say: PostgREST nothing, a resource what it became.
    pub(crate) fn returning(self, action: &Action) -> Returning {
        match (self, action) {
            (Self::Rest, _) | (_, Action::Delete) => Returning::Minimal,
            (Self::Resource, _) => Returning::Representation,
        }
    }
}

/// What a path leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    /// The description of everything.
    Root,
    /// A table or view.
    Relation(String),
    /// One row of a relation.
    Item {
        /// The table.
        relation: String,
        /// The values of its primary key's columns, in their order.
        key: Vec<String>,
    },
    /// A function.
    Function(String),
}

impl Target {
    /// Reads what stands behind the prefix.
    ///
    /// # Errors
    /// [`RequestError::Path`] when it is too deep or not text.
    pub(crate) fn parse(surface: Surface, path: &str) -> Result<Self, RequestError> {
        let segments = path.trim_start_matches('/').split('/').collect::<Vec<_>>();
        match (surface, segments.as_slice()) {
            (_, [""]) => Ok(Self::Root),
            (Surface::Rest, ["rpc", function]) if !function.is_empty() => {
                Ok(Self::Function(decoded(function)?))
            }
            (_, [relation]) => Ok(Self::Relation(decoded(relation)?)),
            (Surface::Resource, [relation, key]) if !relation.is_empty() && !key.is_empty() => {
                let key = key.split(',').map(decoded).collect::<Result<_, _>>()?;
                Ok(Self::Item { relation: decoded(relation)?, key })
            }
            _ => Err(RequestError::Path),
        }
    }
}

/// A segment, decoded once. The commas of a composite key were told apart before: one in a value is `%2C`.
fn decoded(segment: &str) -> Result<String, RequestError> {
    let text = percent_decode_str(segment).decode_utf8().map_err(|_| RequestError::Path)?;
    if text.contains('\0') { Err(RequestError::Nul) } else { Ok(text.into_owned()) }
}

#[cfg(test)]
mod tests {
    use super::{Surface, Target};

    fn check(surface: Surface, path: &str, expected: &str) {
        let shown = match Target::parse(surface, path) {
            Ok(target) => format!("{target:?}"),
            Err(error) => error.to_string(),
        };
        assert_eq!(shown, expected, "for {path}");
    }

    #[test]
    fn paths_lead_to_targets() {
        check(Surface::Rest, "", "Root");
        check(Surface::Rest, "/", "Root");
        check(Surface::Rest, "/Order%20Items", r#"Relation("Order Items")"#);
        check(Surface::Rest, "/rpc/f", r#"Function("f")"#);
        check(Surface::Rest, "/rpc", r#"Relation("rpc")"#);
        check(Surface::Resource, "/tasks", r#"Relation("tasks")"#);
        check(Surface::Resource, "/tasks/42", r#"Item { relation: "tasks", key: ["42"] }"#);
        check(Surface::Resource, "/tags/1,a%2Cb", r#"Item { relation: "tags", key: ["1", "a,b"] }"#);
        for path in ["/tasks/42", "/tasks/", "/rpc/f/g", "/rpc/", "/%ff"] {
            check(Surface::Rest, path, "Invalid path specified in request URL");
        }
        check(Surface::Resource, "/tasks/1/x", "Invalid path specified in request URL");
    }
}
