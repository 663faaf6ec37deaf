//! Bodies, text in and rows out.
//! **Must not:** look at how a format is read.

use bytes::Bytes;
use plan::Member;
use web::Limits;

use super::read;
use crate::media::BodyType;
use crate::query::Name;

fn check(body_type: BodyType, body: &str, columns: Option<&[&str]>, expected: &str) {
    let columns = columns.map(|names| names.iter().map(|name| Name::new(*name)).collect::<Vec<_>>());
    let limits = Limits { payload_values_max: 12, json_depth_max: 3, ..Limits::default() };
    let shown = match read(&Bytes::from(body.to_owned()), body_type, columns.as_deref(), &limits) {
        Ok(payload) => {
            let rows = payload.rows.rows.iter().map(|row| row.iter().map(show).collect::<Vec<_>>().join(" "));
            format!("{}: {}", payload.columns.join(" "), rows.collect::<Vec<_>>().join(" | "))
        }
        Err(error) => error.to_string(),
    };
    assert_eq!(shown, expected, "for {body}");
}

fn check_json(body: &str, expected: &str) {
    check(BodyType::Json, body, None, expected);
}

fn check_csv(body: &str, expected: &str) {
    check(BodyType::Csv, body, None, expected);
}

fn show(member: &Member) -> String {
    match member {
        Member::Json(raw) => String::from_utf8_lossy(raw).into_owned(),
        Member::Text(text) => format!("'{}'", String::from_utf8_lossy(text)),
        Member::Null => "null".to_owned(),
        Member::Absent => "-".to_owned(),
    }
}

#[test]
fn json_bodies_are_rows() {
    check_json(r#" {"a": 1, "b" : {"c":[ 2 ]}, "d":null} "#, r#"a b d: 1 {"c":[ 2 ]} null"#);
    check_json(r#"[{"a":1,"b":"x"},{"b":"y","a":2}]"#, r#"a b: 1 "x" | 2 "y""#);
    check_json("{}", ": ");
    check_json("[{},{}]", ":  | ");
    check_json("[]", ": ");
    check_json("17", ": ");
    check_json(r#"{"a":1,"a":2}"#, "a: 2");
    check_json(r#"{"\u0061":1}"#, "a: 1");
}

#[test]
fn json_bodies_are_refused() {
    for body in ["", "{", "{\"a\":}", "nonsense", "[1,]"] {
        check_json(body, "Empty or invalid json");
    }
    for body in
        [r#"[{"a":1},{"b":2}]"#, r#"[{"a":1},{"a":1,"b":2}]"#, r#"[{"a":1,"b":2},{"a":1}]"#, "[1]", "[[]]"]
    {
        check_json(body, "All object keys must match");
    }
    check_json(r#"{"a":[[1]]}"#, r#"a: [[1]]"#);
    check_json(r#"{"a":[[[1]]]}"#, "json is nested deeper than 3 levels");
    check_json(&format!("[{}]", ["{}"; 12].join(",")), &format!(": {}", [""; 12].join(" | ")));
    check_json(&format!("[{}]", ["{}"; 13].join(",")), "a body may have at most 12 values");
    check_json(r#"{"a\u0000":1}"#, "unsupported Unicode escape sequence");
}

#[test]
fn columns_choose_the_members() {
    let columns: Option<&[&str]> = Some(&["b", "a"]);
    check(BodyType::Json, r#"[{"a":1,"c":3},{"b":2}]"#, columns, "b a: - 1 | 2 -");
    check(BodyType::Csv, "a,c\n1,2\n", columns, "b a: - '1'");
    check(BodyType::Form, "b=x&z=1", columns, "b a: 'x' -");
}

#[test]
fn csv_bodies_are_rows() {
    check_csv("a,b\n1,\"x, \"\"y\"\"\nz\"\r\nNULL,\n", "a b: '1' 'x, \"y\"\nz' | null ''");
    check_csv("a\n1", "a: '1'");
    check_csv("a,b\n", ": ");
    check_csv("a,b\n1\n", "All lines must have same number of fields");
    check_csv("a\n\"x\n", "A quoted field of the CSV does not end where a field can end");
    check_csv("a\n\"x\"y\n", "A quoted field of the CSV does not end where a field can end");
    check_csv("", "The CSV has no header line");
}

#[test]
fn form_bodies_are_one_row() {
    check(BodyType::Form, "a=1+2&b=%C3%A9&a=3", None, "a b: '3' '\u{e9}'");
    check(BodyType::Form, "", None, ": ");
}
