//! Requests and replies in, responses out: the status and every header but those that never vary.
//! **Must not:** look at how a header is made.

use bytes::Bytes;
use database::Reply;

use super::respond;
use crate::lower::Notes;
use crate::testing::request;

fn rows(rows: u64, total: Option<u64>) -> Reply {
    Reply { rows, total, body: Bytes::from_static(b"[]"), ..Reply::default() }
}

fn wrote(affected: u64, inserted: u64) -> Reply {
    Reply { affected, inserted, rows: affected, ..Reply::default() }
}

fn check(line: &str, headers: &[(&'static str, &'static str)], reply: Reply, expected: &str) {
    let request = request(line, headers, "{}").unwrap();
    let is_upsert = request.prefer.resolution.is_some();
    let applied = request.prefer.applied(request.applies(is_upsert));
    let notes =
        Notes { is_table: true, key_columns: vec!["id".to_owned()], is_upsert, applied, warning: None };
    let shown = match respond(&request, &notes, reply) {
        Ok(response) => {
            let mut shown = response.status().as_u16().to_string();
            for (name, value) in response.headers() {
                shown.push_str(&format!("\n{name}: {}", value.to_str().unwrap()));
            }
            shown
        }
        Err(error) => error.to_string(),
    };
    assert_eq!(shown, expected, "for {line}");
}

#[test]
fn reads_tell_their_range() {
    let rest = "content-location: /t%20x?a=eq.1&b=eq.%C3%A9\nvary: Accept, Prefer, Range\ncontent-type: application/json; charset=utf-8";
    let line = "GET /rest/v1/t%20x?b=eq.%C3%A9&a=eq.1";
    check(line, &[], rows(2, None), &format!("200\ncontent-range: 0-1/*\n{rest}"));
    check(line, &[], rows(0, None), &format!("200\ncontent-range: */*\n{rest}"));
    let counted = ("prefer", "count=exact");
    check(
        line,
        &[counted],
        rows(2, Some(2)),
        &format!("200\npreference-applied: count=exact\ncontent-range: 0-1/2\n{rest}"),
    );
    check(
        line,
        &[counted, ("range", "1-1")],
        rows(1, Some(2)),
        &format!("206\npreference-applied: count=exact\ncontent-range: 1-1/2\n{rest}"),
    );
    check(line, &[("range", "5-")], rows(0, Some(2)), "Requested range not satisfiable");
    check(
        "GET /rest/v1/t",
        &[("accept", "text/csv"), ("accept-profile", "public")],
        rows(1, None),
        "200\ncontent-range: 0-0/*\ncontent-location: /t\nvary: Accept, Prefer, Range\ncontent-type: text/csv; charset=utf-8\ncontent-profile: public",
    );
    check(
        "GET /api/t/a,b%2Cc",
        &[],
        rows(1, None),
        "200\ncontent-range: 0-0/*\ncontent-location: /api/t/a,b%2Cc\nvary: Accept, Prefer, Range\ncontent-type: application/json; charset=utf-8",
    );
}

#[test]
fn inserts_tell_where_the_row_is() {
    let key =
        |value: Option<&str>| Reply { key: vec![("id".to_owned(), value.map(str::to_owned))], ..wrote(1, 1) };
    check("POST /rest/v1/t", &[], wrote(1, 1), "201\ncontent-range: */*");
    check(
        "POST /rest/v1/t",
        &[("prefer", "count=exact")],
        wrote(3, 3),
        "201\npreference-applied: count=exact\ncontent-range: */3",
    );
    check("POST /rest/v1/t", &[], key(Some("a b")), "201\ncontent-range: */*\nlocation: /t?id=eq.a%20b");
    check("POST /rest/v1/t", &[], key(None), "201\ncontent-range: */*\nlocation: /t?id=is.null");
    check(
        "POST /rest/v1/t",
        &[],
        Reply { affected: 2, inserted: 2, ..key(Some("1")) },
        "201\ncontent-range: */*",
    );
    check(
        "POST /api/t",
        &[("prefer", "return=minimal")],
        key(Some("a,b")),
        "201\npreference-applied: return=minimal\ncontent-range: */*\nlocation: /api/t/a%2Cb",
    );
    check(
        "POST /api/t",
        &[],
        Reply { body: Bytes::from_static(br#"{"id":7,"a":1}"#), ..wrote(1, 1) },
        "201\ncontent-range: */*\nlocation: /api/t/7\ncontent-type: application/json; charset=utf-8",
    );
    let merge = ("prefer", "resolution=merge-duplicates");
    check(
        "POST /rest/v1/t",
        &[merge],
        wrote(2, 0),
        "200\npreference-applied: resolution=merge-duplicates\ncontent-range: */*",
    );
    check(
        "POST /rest/v1/t",
        &[merge],
        wrote(2, 1),
        "201\npreference-applied: resolution=merge-duplicates\ncontent-range: */*",
    );
}

#[test]
fn other_writes_tell_what_they_did() {
    let rep = ("prefer", "return=representation");
    let json = "content-type: application/json; charset=utf-8";
    check("PATCH /rest/v1/t", &[], wrote(3, 0), "204\ncontent-range: 0-2/*");
    check("PATCH /rest/v1/t", &[], wrote(0, 0), "204\ncontent-range: */*");
    check(
        "PATCH /rest/v1/t",
        &[rep],
        wrote(1, 0),
        &format!("200\npreference-applied: return=representation\ncontent-range: 0-0/*\n{json}"),
    );
    check(
        "DELETE /rest/v1/t",
        &[("prefer", "count=exact")],
        wrote(3, 0),
        "204\npreference-applied: count=exact\ncontent-range: */3",
    );
    check(
        "DELETE /rest/v1/t",
        &[rep],
        wrote(3, 0),
        &format!("200\npreference-applied: return=representation\ncontent-range: */*\n{json}"),
    );
    check("PUT /rest/v1/t?id=eq.1", &[], wrote(1, 1), "204");
    check(
        "PUT /rest/v1/t?id=eq.1",
        &[rep],
        wrote(1, 1),
        &format!("201\npreference-applied: return=representation\n{json}"),
    );
    check(
        "PUT /rest/v1/t?id=eq.1",
        &[rep],
        wrote(1, 0),
        &format!("200\npreference-applied: return=representation\n{json}"),
    );
}
