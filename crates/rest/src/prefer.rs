//! The `Prefer` header: what a client would like, and what it is told was done (rest.md §6.2).
//! **Must not:** refuse: whether an unknown preference is an error is said late, by [`Prefer::strictly`].

use http::HeaderMap;
use http::header::HeaderName;

use crate::error::RequestError;

const PREFER: HeaderName = HeaderName::from_static("prefer");

/// The preferences of a request; of each the first that was given.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Prefer {
    /// `resolution=`
    pub(crate) resolution: Option<Resolution>,
    /// `missing=`
    pub(crate) missing: Option<Missing>,
    /// `return=`
    pub(crate) returning: Option<Returning>,
    /// `count=`
    pub(crate) count: Option<Count>,
    /// `handling=`
    pub(crate) handling: Option<Handling>,
    /// `max-affected=`
    pub(crate) affected_max: Option<u64>,
    /// Tokens that nobody knows, in their order.
    pub(crate) unknown: Vec<String>,
}

macro_rules! preference {
    ($(#[$doc:meta])* $name:ident $key:literal { $($(#[$variant_doc:meta])* $variant:ident = $value:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum $name {
            $($(#[$variant_doc])* $variant,)+
        }

        impl $name {
            fn parse(value: &str) -> Option<Self> {
                match value {
                    $($value => Some(Self::$variant),)+
                    _ => None,
                }
            }

            /// As it stands in the header.
            pub(crate) fn token(self) -> &'static str {
                match self {
                    $(Self::$variant => concat!($key, "=", $value),)+
                }
            }
        }
    };
}

preference! {
    /// What an insert does with rows that exist.
    Resolution "resolution" {
        /// Updates them.
        Merge = "merge-duplicates",
        /// Leaves them.
        Ignore = "ignore-duplicates",
    }
}

preference! {
    /// What a column gets that a row does not name.
    Missing "missing" {
        /// Its default.
        Default = "default",
        /// Null.
        Null = "null",
    }
}

preference! {
    /// What a write answers.
    Returning "return" {
        /// Nothing.
        Minimal = "minimal",
        /// Where the new row is.
        HeadersOnly = "headers-only",
        /// The rows.
        Representation = "representation",
    }
}

preference! {
    /// How the total is found.
    Count "count" {
        /// By counting.
        Exact = "exact",
        /// By the planner's estimate.
        Planned = "planned",
        /// By counting as far as rows are answered, beyond that by estimate.
        Estimated = "estimated",
    }
}

preference! {
    /// Whether an unknown preference is an error.
    Handling "handling" {
        /// It is.
        Strict = "strict",
        /// It is not.
        Lenient = "lenient",
    }
}

/// The kind of a request, which decides what preferences apply to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Applies {
    /// To a read.
    Read,
    /// To an insert, with a key to resolve conflicts by or without.
    Insert {
        /// Whether `resolution` had a key to work with.
        resolvable: bool,
    },
    /// To an update.
    Update,
    /// To a PUT.
    Replace,
    /// To a delete.
    Delete,
}

impl Prefer {
    /// Reads all `Prefer` headers of a request.
    pub(crate) fn parse(headers: &HeaderMap) -> Self {
        let mut prefer = Self::default();
        let texts = headers.get_all(PREFER).into_iter().filter_map(|value| value.to_str().ok());
        for token in texts.flat_map(|text| text.split(',')).map(str::trim).filter(|token| !token.is_empty()) {
            if !prefer.take(token) {
                prefer.unknown.push(token.to_owned());
            }
        }
        prefer
    }

    /// Keeps a preference; `false` when nobody knows it.
    fn take(&mut self, token: &str) -> bool {
        let Some((key, value)) = token.split_once('=') else { return false };
        match key {
            "resolution" => first(&mut self.resolution, Resolution::parse(value)),
            "missing" => first(&mut self.missing, Missing::parse(value)),
            "return" => first(&mut self.returning, Returning::parse(value)),
            "count" => first(&mut self.count, Count::parse(value)),
            "handling" => first(&mut self.handling, Handling::parse(value)),
            "max-affected" => first(&mut self.affected_max, value.parse().ok()),
            // Known, so no mistake, but this configuration honours neither, and so does not echo them.
            "tx" => matches!(value, "commit" | "rollback"),
            "timezone" => !value.is_empty(),
            _ => false,
        }
    }

    /// Refuses tokens that nobody knows when the client asked for strictness.
    ///
    /// # Errors
    /// [`RequestError::InvalidPreferences`].
    pub(crate) fn strictly(&self) -> Result<(), RequestError> {
        if self.is_strict() && !self.unknown.is_empty() {
            return Err(RequestError::InvalidPreferences(self.unknown.clone()));
        }
        Ok(())
    }

    /// Whether the client wants to be refused rather than misunderstood.
    pub(crate) fn is_strict(&self) -> bool {
        self.handling == Some(Handling::Strict)
    }

    /// The most rows that a write may touch, which counts only for strict requests.
    pub(crate) fn affected_limit(&self) -> Option<u64> {
        self.affected_max.filter(|_| self.is_strict())
    }

    /// What was honoured, for `Preference-Applied`; `None` when nothing was.
    pub(crate) fn applied(&self, applies: Applies) -> Option<String> {
        let is_write = applies != Applies::Read;
        let is_insert = matches!(applies, Applies::Insert { .. });
        let resolvable = applies == Applies::Insert { resolvable: true };
        let limited = matches!(applies, Applies::Update | Applies::Delete);
        let tokens = [
            self.resolution.filter(|_| resolvable).map(|value| value.token().to_owned()),
            self.missing
                .filter(|_| is_insert || applies == Applies::Update)
                .map(|value| value.token().to_owned()),
            self.returning.filter(|_| is_write).map(|value| value.token().to_owned()),
            self.count.map(|value| value.token().to_owned()),
            self.handling.map(|value| value.token().to_owned()),
            self.affected_limit().filter(|_| limited).map(|most| format!("max-affected={most}")),
        ];
        let applied = tokens.into_iter().flatten().collect::<Vec<_>>().join(", ");
        (!applied.is_empty()).then_some(applied)
    }
}

/// Keeps the first value of a kind; a value that is not of the kind is unknown.
fn first<T>(place: &mut Option<T>, value: Option<T>) -> bool {
    let known = value.is_some();
    if place.is_none() {
        *place = value;
    }
    known
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderValue};

    use super::{Applies, PREFER, Prefer};

    /// The headers, what is answered for a kind of request, and what is unknown.
    fn check(headers: &[&'static str], applies: Applies, applied: Option<&str>, unknown: &[&str]) {
        let mut map = HeaderMap::new();
        for header in headers {
            map.append(PREFER, HeaderValue::from_static(header));
        }
        let prefer = Prefer::parse(&map);
        assert_eq!(prefer.applied(applies).as_deref(), applied, "for {headers:?}");
        assert_eq!(prefer.unknown, unknown, "for {headers:?}");
        assert_eq!(prefer.strictly().is_err(), prefer.is_strict() && !unknown.is_empty());
    }

    #[test]
    fn preferences_are_echoed_where_they_apply() {
        let all = "max-affected=3, handling=strict, count=exact, return=representation, missing=default, resolution=merge-duplicates";
        check(&[], Applies::Read, None, &[]);
        check(&[all], Applies::Read, Some("count=exact, handling=strict"), &[]);
        check(
            &[all],
            Applies::Insert { resolvable: true },
            Some(
                "resolution=merge-duplicates, missing=default, return=representation, count=exact, handling=strict",
            ),
            &[],
        );
        check(
            &["resolution=ignore-duplicates", "return=minimal"],
            Applies::Insert { resolvable: false },
            Some("return=minimal"),
            &[],
        );
        check(
            &[all],
            Applies::Update,
            Some("missing=default, return=representation, count=exact, handling=strict, max-affected=3"),
            &[],
        );
        check(&["max-affected=3"], Applies::Delete, None, &[]);
    }

    #[test]
    fn the_first_of_a_kind_stands_and_the_unknown_are_kept() {
        check(&["return=minimal,return=representation"], Applies::Replace, Some("return=minimal"), &[]);
        check(
            &["return=foo, respond-async , count=none", "handling=strict"],
            Applies::Update,
            Some("handling=strict"),
            &["return=foo", "respond-async", "count=none"],
        );
        check(
            &["tx=rollback, timezone=Europe/Paris, handling=strict"],
            Applies::Read,
            Some("handling=strict"),
            &[],
        );
    }
}
