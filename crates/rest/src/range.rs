//! Which rows of a read: `limit` and `offset` met with the `Range` header, and what `Content-Range` says of the
//! answer (rest.md §2.6, §5).
//! **Must not:** know the rows.

use http::header::RANGE;
use http::{HeaderMap, Method};

use crate::error::RequestError;
use crate::query::Bounds;

/// The bounds of the top level: those of the query and, for GET, of the header, both at once.
///
/// # Errors
/// [`RequestError::Range`] when no row could ever be within them.
pub(crate) fn requested(method: &Method, headers: &HeaderMap, query: Bounds) -> Result<Bounds, RequestError> {
    if query.limit.is_some_and(|limit| limit < 0) {
        return Err(RequestError::Range("Limit should be greater than or equal to zero."));
    }
    let header = if *method == Method::GET { header(headers) } else { None };
    let Some((first, last)) = header else { return Ok(query) };
    if last.is_some_and(|last| last < first) {
        return Err(RequestError::Range(
            "The lower boundary must be lower than or equal to the upper boundary in the Range header.",
        ));
    }
    if query.limit == Some(0) {
        return Ok(query);
    }
    let offset = query.offset.max(first);
    // Both ends count rows from the first of all: one past the last row that may come.
    let query_end = query.limit.map(|limit| query.offset.saturating_add(limit.unsigned_abs()));
    let end = [query_end, last.map(|last| last.saturating_add(1))].into_iter().flatten().min();
    match end {
        Some(end) if end <= offset => Err(RequestError::Range(
            "The Range header and the limit and offset of the query have no row in common.",
        )),
        _ => Ok(Bounds { offset, limit: end.map(|end| i64::try_from(end - offset).unwrap_or(i64::MAX)) }),
    }
}

/// `a-b` or `a-`; anything else is as if it were not there.
fn header(headers: &HeaderMap) -> Option<(u64, Option<u64>)> {
    let (first, last) = headers.get(RANGE)?.to_str().ok()?.split_once('-')?;
    let first = number(first)?;
    if last.is_empty() { Some((first, None)) } else { Some((first, Some(number(last)?))) }
}

fn number(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().unwrap_or(u64::MAX))
}

/// `first-last/total`, with `*` for rows that are not and a total that is not known.
pub(crate) fn content_range(offset: u64, rows: u64, total: Option<u64>) -> String {
    let total_text = total.map_or("*".to_owned(), |total| total.to_string());
    if rows == 0 || total == Some(0) {
        return format!("*/{total_text}");
    }
    format!("{offset}-{}/{total_text}", offset.saturating_add(rows - 1))
}

#[cfg(test)]
mod tests {
    use http::header::RANGE;
    use http::{HeaderMap, HeaderValue, Method};

    use super::{content_range, requested};
    use crate::query::Bounds;

    /// Method, header, limit and offset in; offset and limit, or the complaint, out.
    fn check(method: Method, header: Option<&'static str>, limit: Option<i64>, offset: u64, expected: &str) {
        let mut headers = HeaderMap::new();
        if let Some(header) = header {
            headers.insert(RANGE, HeaderValue::from_static(header));
        }
        let shown = match requested(&method, &headers, Bounds { limit, offset }) {
            Ok(bounds) => match bounds.limit {
                Some(limit) => format!("{limit} from {}", bounds.offset),
                None => format!("all from {}", bounds.offset),
            },
            Err(error) => format!("{error:?}"),
        };
        assert!(shown.starts_with(expected), "{header:?} {limit:?} {offset}: {shown} for {expected}");
    }

    #[test]
    fn header_and_query_meet() {
        check(Method::GET, None, None, 0, "all from 0");
        check(Method::GET, Some("5-9"), None, 0, "5 from 5");
        check(Method::GET, Some("5-"), None, 0, "all from 5");
        check(Method::GET, Some("5-9"), Some(3), 6, "3 from 6");
        check(Method::GET, Some("0-1"), Some(100), 0, "2 from 0");
        check(Method::GET, Some("3-3"), Some(100), 0, "1 from 3");
        check(Method::GET, Some("5-9"), Some(0), 0, "0 from 0");
        check(Method::HEAD, Some("5-9"), None, 0, "all from 0");
    }

    #[test]
    fn nonsense_is_ignored_and_the_impossible_refused() {
        for header in ["items=0-9", "-5", "a-b", "1-2x", "", "0--1"] {
            check(Method::GET, Some(header), Some(7), 0, "7 from 0");
        }
        check(Method::GET, Some("18446744073709551616-"), None, 0, "all from 18446744073709551615");
        check(Method::GET, None, Some(-1), 0, "Range(\"Limit");
        check(Method::GET, Some("9-5"), None, 0, "Range(\"The lower");
        check(Method::GET, Some("5-9"), Some(2), 0, "Range(\"The Range");
    }

    #[test]
    fn content_ranges_are_written() {
        assert_eq!(content_range(0, 10, None), "0-9/*");
        assert_eq!(content_range(5, 1, Some(20)), "5-5/20");
        assert_eq!(content_range(5, 0, Some(5)), "*/5");
        assert_eq!(content_range(0, 0, None), "*/*");
    }
}
