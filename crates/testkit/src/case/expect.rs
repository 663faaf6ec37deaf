//! Whether an answer is the expected one, and what differs.
//!
//! In an expected body a string may be a wildcard: `<any>`, `<text>`, `<uuid>`, `<time>`, `<number>`, `<token>`; `<any as name>` keeps
//! what came for later requests. A member `"..."` says that more members may be there.
//! **Must not:** stop at the first difference.

use std::collections::BTreeMap;

use super::Expected;
use crate::http::Response;
use crate::json::{self, Json};

/// What earlier answers of the same case held.
pub(super) type Kept = BTreeMap<String, String>;

/// Everything that differs, in words.
pub(super) fn differences(expected: &Expected, answer: &Response, kept: &mut Kept) -> Vec<String> {
    let mut found = Vec::new();
    if expected.status != answer.status {
        found.push(format!("status: expected {}, got {}", expected.status, answer.status));
    }
    for (name, wanted) in &expected.headers {
        let value = answer.header(name);
        let matches = match (wanted.as_str(), value) {
            ("<absent>", value) => value.is_none(),
            (_, None) => false,
            (wanted, Some(value)) => {
                wildcard(wanted, &Json::Text(value.to_owned()), kept).unwrap_or(wanted == value)
            }
        };
        if !matches {
            found.push(format!("header {name}: expected `{wanted}`, got {value:?}"));
        }
    }
    if let Some(difference) = body_difference(expected, answer, kept) {
        found.push(difference);
    }
    found
}

fn body_difference(expected: &Expected, answer: &Response, kept: &mut Kept) -> Option<String> {
    let text = answer.text();
    if expected.body == "..." {
        return None;
    }
    let is_json = answer.header("content-type").is_some_and(|kind| kind.contains("json"));
    if !is_json || expected.body.is_empty() || text.is_empty() {
        let same = expected.body == text.trim_end_matches('\n');
        return (!same).then(|| format!("body: expected\n{}\ngot\n{text}", expected.body));
    }
    let wanted = match json::parse(&expected.body) {
        Ok(wanted) => wanted,
        Err(error) => return Some(format!("the expected body is not JSON: {error}")),
    };
    let value = match json::parse(&text) {
        Ok(value) => value,
        Err(error) => return Some(format!("the body is not JSON: {error}\n{text}")),
    };
    let place = difference(&wanted, &value, "$", kept)?;
    Some(format!("{place}\nbody:\n{}", value.laid_out()))
}

/// Where two values first differ.
fn difference(wanted: &Json, value: &Json, place: &str, kept: &mut Kept) -> Option<String> {
    if let Json::Text(text) = wanted
        && let Some(matches) = wildcard(text, value, kept)
    {
        return (!matches).then(|| format!("{place}: expected {text}, got {value}"));
    }
    match (wanted, value) {
        (Json::Array(wanted), Json::Array(items)) if wanted.len() == items.len() => {
            wanted.iter().zip(items).enumerate().find_map(|(index, (wanted, item))| {
                difference(wanted, item, &format!("{place}[{index}]"), kept)
            })
        }
        (Json::Object(members), Json::Object(found)) => {
            let open = members.iter().any(|(key, _)| key == "...");
            if !open && let Some((key, _)) = found.iter().find(|(key, _)| wanted.get(key).is_none()) {
                return Some(format!("{place}: member `{key}` was not expected"));
            }
            members.iter().filter(|(key, _)| key != "...").find_map(|(key, wanted)| match value.get(key) {
                Some(found) => difference(wanted, found, &format!("{place}.{key}"), kept),
                None => Some(format!("{place}: member `{key}` is missing")),
            })
        }
        _ => (!wanted.same(value)).then(|| format!("{place}: expected {wanted}, got {value}")),
    }
}

/// Whether a value fits a wildcard; `None` when the text is none.
fn wildcard(text: &str, value: &Json, kept: &mut Kept) -> Option<bool> {
    let inner = text.strip_prefix('<')?.strip_suffix('>')?;
    let (kind, name) = inner.split_once(" as ").map_or((inner, None), |(kind, name)| (kind, Some(name)));
    let fits = match kind {
        "any" => true,
        "number" => matches!(value, Json::Number(_)),
        "text" => value.text().is_some(),
        "uuid" => value.text().is_some_and(is_uuid),
        "time" => value.text().is_some_and(is_time),
        "token" => value.text().is_some_and(|text| text.split('.').count() == 3),
        _ => return None,
    };
    if let Some(name) = name {
        kept.insert(name.to_owned(), value.text().map_or_else(|| value.to_string(), str::to_owned));
    }
    Some(fits)
}

fn is_uuid(text: &str) -> bool {
    let lengths: Vec<usize> = text.split('-').map(str::len).collect();
    lengths == [8, 4, 4, 4, 12] && text.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
}

/// A date, `T` and a time of day.
fn is_time(text: &str) -> bool {
    let shape = text.bytes().take(19).map(|byte| if byte.is_ascii_digit() { b'0' } else { byte });
    shape.eq("0000-00-00T00:00:00".bytes())
}

#[cfg(test)]
mod tests {
    use super::{Kept, difference};
    use crate::json::parse;

    fn check(wanted: &str, value: &str, expected: Option<&str>) {
        let (wanted, value) = (parse(wanted).expect("JSON"), parse(value).expect("JSON"));
        let found = difference(&wanted, &value, "$", &mut Kept::new());
        assert_eq!(found.as_deref(), expected);
    }

    #[test]
    fn a_difference_names_its_place() {
        check("[{\"a\":1}]", "[{\"a\":1.0}]", None);
        check("[{\"a\":1}]", "[{\"a\":2}]", Some("$[0].a: expected 1, got 2"));
        check("{\"a\":1}", "{\"a\":1,\"b\":2}", Some("$: member `b` was not expected"));
        check("{\"a\":1,\"...\":0}", "{\"a\":1,\"b\":2}", None);
        check("{\"id\":\"<uuid>\"}", "{\"id\":\"7\"}", Some("$.id: expected <uuid>, got \"7\""));
        check("[\"<time>\"]", "[\"2026-01-02T03:04:05.6+00:00\"]", None);
        check("[\"<b>\"]", "[\"<b>\"]", None);
    }

    #[test]
    fn what_is_named_is_kept() {
        let mut kept = Kept::new();
        let (wanted, value) =
            (parse("{\"id\":\"<any as id>\"}").expect("JSON"), parse("{\"id\":17}").expect("JSON"));
        assert_eq!(difference(&wanted, &value, "$", &mut kept), None);
        assert_eq!(kept.get("id").map(String::as_str), Some("17"));
    }
}
