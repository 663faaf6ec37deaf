//! The pairs of a form-encoded text: decoded once on the way in, encoded once on the way out.
//! **Must not:** tell keys apart.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::error::RequestError;

/// What stays as it is in a URL that we write.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// A decoded pair.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pair {
    /// What stood before the first `=`.
    pub key: String,
    /// What stood after it.
    pub value: String,
}

/// The pairs of a query string or form. A part without `=` is no pair.
///
/// # Errors
/// [`RequestError::Nul`]: no database keeps a NUL in a text.
pub fn decode(raw: &str) -> Result<Vec<Pair>, RequestError> {
    raw.split('&')
        .filter_map(|part| part.split_once('='))
        .map(|(key, value)| Ok(Pair { key: decode_part(key)?, value: decode_part(value)? }))
        .collect()
}

fn decode_part(part: &str) -> Result<String, RequestError> {
    let spaced = if part.contains('+') { Cow::Owned(part.replace('+', " ")) } else { Cow::Borrowed(part) };
    // Bytes that are not UTF-8 become U+FFFD, here and once.
    let text = percent_decode_str(&spaced).decode_utf8_lossy().into_owned();
    if text.contains('\0') { Err(RequestError::Nul) } else { Ok(text) }
}

/// The query string of the same pairs in the order of their keys: one text for all requests that ask the same.
pub fn canonical(pairs: &[Pair]) -> String {
    let mut sorted = pairs.iter().collect::<Vec<_>>();
    // By key alone: of equal keys the first may be the one that counts.
    sorted.sort_by(|left, right| left.key.cmp(&right.key));
    let parts = sorted.iter().map(|pair| format!("{}={}", encoded(&pair.key), encoded(&pair.value)));
    parts.collect::<Vec<_>>().join("&")
}

/// A text as a part of a URL.
pub fn encoded(text: &str) -> String {
    utf8_percent_encode(text, ESCAPED).to_string()
}
