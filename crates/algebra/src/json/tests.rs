//! Details are PostgreSQL 15's.

use std::borrow::Cow;

use super::{Json, Kind, Limits};
use crate::value::ValueError;

fn refusal(text: &str) -> String {
    let error = Json::parse_text(text, Limits::REQUEST).expect_err(text);
    error.detail.unwrap_or(error.message)
}

#[test]
fn refusals_have_postgresql_words() {
    for (text, detail) in [
        (r#"{"a" 1}"#, r#"Expected ":", but found "1"."#),
        ("[1,]", r#"Expected JSON value, but found "]"."#),
        ("[1 2]", r#"Expected "," or "]", but found "2"."#),
        ("01", r#"Token "01" is invalid."#),
        ("1.", r#"Token "1." is invalid."#),
        ("-", r#"Token "-" is invalid."#),
        ("\"abc", r#"Token ""abc" is invalid."#),
        (r#"{"a":1,}"#, r#"Expected string, but found "}"."#),
        ("tru", r#"Token "tru" is invalid."#),
        ("", "The input string ended unexpectedly."),
        ("{} x", r#"Token "x" is invalid."#),
        ("{} 1", r#"Expected end of input, but found "1"."#),
        (r#""\q""#, r#"Escape sequence "\q" is invalid."#),
        (r#""\u12""#, r#""\u" must be followed by four hexadecimal digits."#),
        ("\"a\nb\"", "Character with value 0x0a must be escaped."),
    ] {
        assert_eq!(refusal(text), detail, "{text}");
    }
}

#[test]
fn limits_hold_at_their_edge() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert!(Json::parse_text(&nested(64), Limits::REQUEST).is_ok());
    assert_eq!(refusal(&nested(65)), "json is nested deeper than 64 levels");
    assert_eq!(refusal(&nested(1_000_000)), "json is nested deeper than 64 levels");
    assert!(Json::parse_text(&"1".repeat(64), Limits::REQUEST).is_ok());
    assert_eq!(refusal(&"1".repeat(65)), "json number is longer than 64 characters");
    let keys = |count: usize| format!("{{{}}}", vec!["\"k\":1"; count].join(","));
    assert!(Json::parse_text(&keys(10_000), Limits::REQUEST).is_ok());
    assert_eq!(refusal(&keys(10_001)), "json object has more than 10000 keys");
}

#[test]
fn objects_and_arrays_are_walked_as_slices() {
    let text = r#" { "a" : [1, {"b": "]\"}"}, null] , "\u0061" : "x\ty" , "c":{} } "#;
    let json = Json::parse(text.as_bytes(), Limits::REQUEST).expect("well-formed");
    let keys: Vec<String> = json.members().map(|member| member.key().expect("text").into_owned()).collect();
    assert_eq!(keys, ["a", "a", "c"]);
    let array = json.members().next().expect("first").value;
    let elements: Vec<&str> = array.elements().map(Json::raw).collect();
    assert_eq!(elements, ["1", r#"{"b": "]\"}"}"#, "null"]);
    assert_eq!(array.element(-1).map(Json::kind), Some(Kind::Null));
    assert_eq!(array.element(-4), None);
    let last = json.member("a").expect("keys are text").expect("present");
    assert_eq!(last.string().expect("text").as_deref(), Some("x\ty"));
}

#[test]
fn surrogates_make_one_character_or_none() {
    fn text(json: &str) -> Result<Option<Cow<'_, str>>, ValueError> {
        Json::parse_text(json, Limits::REQUEST).expect("form").string()
    }
    assert_eq!(text(r#""\ud83d\ude00\u00e9""#).expect("pair").as_deref(), Some("😀é"));
    assert_eq!(text(r#""\u0000""#).expect_err("nul").sqlstate, "22P05");
    for lone in [r#""\ud83d""#, r#""\ude00""#, r#""\ud83d\u0041""#, r#""\ud83d\ud83d""#] {
        assert_eq!(text(lone).expect_err(lone).sqlstate, "22P02", "{lone}");
    }
}

#[test]
fn writing_and_reading_a_string_gives_it_back() {
    let text: String = (0u8..128).map(char::from).filter(|&c| c != '\0').chain("é漢😀".chars()).collect();
    let mut out = Vec::new();
    super::escape::write_string(&text, &mut out);
    let json = Json::parse(&out, Limits::REQUEST).expect("well-formed");
    assert_eq!(json.string().expect("text").as_deref(), Some(text.as_str()));
}

#[test]
fn walking_nonsense_ends_without_panic() {
    for text in ["{", "[", "{\"", "[\"\\", "{\"a\"", "[[[", "{a:b}", "]", ",", "[1", "{]}", "é"] {
        let json = Json::trusted(text);
        assert!(json.members().take(100).count() < 100);
        assert!(json.elements().take(100).count() < 100);
    }
}

#[test]
fn paths_walk_objects_and_arrays() {
    let json = Json::trusted(r#"{"a":{"b":[10,{"c":"x"}]}}"#);
    let at = |steps: &[&str]| {
        let path: Vec<Option<String>> = steps.iter().map(|step| Some((*step).to_owned())).collect();
        json.at_path(&path).expect("keys are text").map(Json::raw)
    };
    assert_eq!(at(&["a", "b", "1", "c"]), Some("\"x\""));
    assert_eq!(at(&["a", "b", "-2"]), Some("10"));
    assert_eq!(at(&["a", "b", "c"]), None);
    assert_eq!(at(&["a", "b", "0", "x"]), None);
    assert_eq!(at(&[]), Some(json.raw()));
    assert_eq!(json.at_path(&[None]), Ok(None));
}

#[test]
fn functions_on_the_wrong_kind_are_refused_by_name() {
    let refused = |result: Result<Json<'_>, ValueError>| result.expect_err("wrong kind").message;
    assert_eq!(
        refused(Json::trusted("{}").expect_array("json_array_elements")),
        "cannot call json_array_elements on a non-array"
    );
    assert_eq!(
        refused(Json::trusted("1").expect_array("jsonb_array_elements_text")),
        "cannot extract elements from a scalar"
    );
    assert_eq!(
        refused(Json::trusted("[]").expect_object("jsonb_object_keys")),
        "cannot call jsonb_object_keys on an array"
    );
    assert_eq!(
        refused(Json::trusted("1").expect_object("jsonb_each")),
        "cannot call jsonb_each on a non-object"
    );
}

#[test]
fn every_byte_at_every_place_is_escaped_where_it_must_be() {
    for byte in 1u8..128 {
        for place in 0..20 {
            let mut text = "é日abcdefghijklmnopqrst".to_owned();
            text.insert(text.char_indices().nth(place).map_or(0, |(at, _)| at), char::from(byte));
            let mut out = Vec::new();
            super::escape::write_string(&text, &mut out);
            let json = Json::parse(&out, Limits::REQUEST).expect("well-formed");
            assert_eq!(json.string().expect("text").as_deref(), Some(text.as_str()));
            let must = byte < 0x20 || byte == b'"' || byte == b'\\';
            assert_eq!(out.len() > text.len() + 2, must, "{byte} {place}");
        }
    }
}
