//! What the client wants the answer to be (rest.md §8), and what it calls its body.
//! **Must not:** write any answer.

use http::HeaderMap;
use http::header::{ACCEPT, CONTENT_TYPE};

use crate::error::RequestError;

/// What a read or write can answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Media {
    /// An array of objects.
    Array {
        /// Whether null members are left out.
        nulls: Nulls,
    },
    /// The single row as an object.
    Object {
        /// Whether null members are left out.
        nulls: Nulls,
    },
    /// A header line and rows.
    Csv,
}

/// Whether null members are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Nulls {
    /// They are.
    Kept,
    /// They are not.
    Stripped,
}

impl Media {
    /// The value of `Content-Type`.
    pub(crate) fn content_type(self) -> &'static str {
        match self {
            Self::Array { nulls: Nulls::Kept } => "application/json; charset=utf-8",
            Self::Array { nulls: Nulls::Stripped } => {
                "application/vnd.pgrst.array+json;nulls=stripped; charset=utf-8"
            }
            Self::Object { nulls: Nulls::Kept } => "application/vnd.pgrst.object+json; charset=utf-8",
            Self::Object { nulls: Nulls::Stripped } => {
                "application/vnd.pgrst.object+json;nulls=stripped; charset=utf-8"
            }
            Self::Csv => "text/csv; charset=utf-8",
        }
    }
}

/// The first type that the client accepts and that we have, by its own order of preference.
///
/// # Errors
/// [`RequestError::MediaType`] with what it accepts, when we have none of it.
pub(crate) fn negotiate(headers: &HeaderMap) -> Result<Media, RequestError> {
    let texts = headers.get_all(ACCEPT).into_iter().filter_map(|value| value.to_str().ok());
    let mut accepted = texts
        .flat_map(|text| text.split(','))
        .map(str::trim)
        .filter(|text| !text.is_empty())
        .map(Accepted::parse)
        .collect::<Vec<_>>();
    if accepted.is_empty() {
        return Ok(Media::Array { nulls: Nulls::Kept });
    }
    // The sort is stable: what has the same weight keeps its order.
    accepted.sort_by_key(|entry| std::cmp::Reverse(entry.weight));
    let found = accepted.iter().filter(|entry| entry.weight > 0).find_map(Accepted::media);
    found.ok_or_else(|| RequestError::MediaType(accepted.iter().map(|entry| entry.shown.clone()).collect()))
}

/// One entry of `Accept`.
struct Accepted {
    essence: String,
    nulls: Nulls,
    /// The weight in thousandths.
    weight: u16,
    /// The entry without its weight.
    shown: String,
}

impl Accepted {
    fn parse(text: &str) -> Self {
        let mut parts = text.split(';').map(str::trim);
        let essence = parts.next().unwrap_or_default().to_ascii_lowercase();
        let mut entry = Self { shown: essence.clone(), essence, nulls: Nulls::Kept, weight: 1_000 };
        for parameter in parts {
            if let Some(weight) = parameter.strip_prefix("q=") {
                entry.weight = weight_of(weight);
                continue;
            }
            if parameter == "nulls=stripped" {
                entry.nulls = Nulls::Stripped;
            }
            entry.shown.push(';');
            entry.shown.push_str(parameter);
        }
        entry
    }

    fn media(&self) -> Option<Media> {
        let nulls = self.nulls;
        match self.essence.as_str() {
            "*/*" | "application/*" | "application/json" => Some(Media::Array { nulls: Nulls::Kept }),
            "application/vnd.pgrst.array+json" | "application/vnd.pgrst.array" => {
                Some(Media::Array { nulls })
            }
            "application/vnd.pgrst.object+json" | "application/vnd.pgrst.object" => {
                Some(Media::Object { nulls })
            }
            "text/csv" => Some(Media::Csv),
            _ => None,
        }
    }
}

/// `0.5` as 500. What is no weight counts in full, as if it were not there.
fn weight_of(text: &str) -> u16 {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = fraction.bytes().chain([b'0'; 3]).take(3);
    if whole == "0" && fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        digits.fold(0, |weight, digit| weight * 10 + u16::from(digit - b'0'))
    } else {
        1_000
    }
}

/// What a body is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BodyType {
    /// `application/json`
    Json,
    /// `text/csv`
    Csv,
    /// `application/x-www-form-urlencoded`
    Form,
}

/// What the client says its body is; JSON when it says nothing.
///
/// # Errors
/// [`RequestError::ContentType`] when rows cannot be made of it.
pub(crate) fn body_type(headers: &HeaderMap) -> Result<BodyType, RequestError> {
    let Some(value) = headers.get(CONTENT_TYPE) else { return Ok(BodyType::Json) };
    let text = String::from_utf8_lossy(value.as_bytes());
    let essence = text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match essence.as_str() {
        "application/json" | "" => Ok(BodyType::Json),
        "text/csv" => Ok(BodyType::Csv),
        "application/x-www-form-urlencoded" => Ok(BodyType::Form),
        _ => Err(RequestError::ContentType(essence)),
    }
}

#[cfg(test)]
mod tests {
    use http::header::ACCEPT;
    use http::{HeaderMap, HeaderValue};

    use super::negotiate;

    fn check(accept: &'static str, expected: &str) {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static(accept));
        let shown = match negotiate(&headers) {
            Ok(media) => media.content_type().to_owned(),
            Err(error) => error.to_string(),
        };
        assert_eq!(shown, expected, "for {accept}");
    }

    #[test]
    fn the_first_that_we_have_is_taken() {
        check("", "application/json; charset=utf-8");
        check("*/*", "application/json; charset=utf-8");
        check("text/html,application/xhtml+xml,*/*;q=0.8", "application/json; charset=utf-8");
        check(
            "text/csv;q=0.1, application/vnd.pgrst.object+json",
            "application/vnd.pgrst.object+json; charset=utf-8",
        );
        check("application/json;q=0.5,text/csv;q=0.9", "text/csv; charset=utf-8");
        check(
            "application/vnd.pgrst.array+json;nulls=stripped",
            "application/vnd.pgrst.array+json;nulls=stripped; charset=utf-8",
        );
        check(
            "application/vnd.pgrst.object;nulls=stripped",
            "application/vnd.pgrst.object+json;nulls=stripped; charset=utf-8",
        );
        check("application/json;nulls=stripped", "application/json; charset=utf-8");
    }

    #[test]
    fn what_we_do_not_have_is_named() {
        check("text/html, image/png;q=0.5", "None of these media types are available: text/html, image/png");
        check("application/json;q=0", "None of these media types are available: application/json");
        check(
            "application/vnd.pgrst.plan+json;for=\"x\"",
            "None of these media types are available: application/vnd.pgrst.plan+json;for=\"x\"",
        );
    }
}
