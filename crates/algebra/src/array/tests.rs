//! Expected results are PostgreSQL 15's.

use super::{from_json, from_values};
use crate::datetime::Timestamp;
use crate::json::{Json, Limits};
use crate::types::{Modifier, Type};
use crate::value::{self, Value};

fn populated(json: &str, element: &Type) -> String {
    let now = Timestamp::from_micros(0).expect("in range");
    let json = Json::parse_text(json, Limits::REQUEST).expect("well-formed");
    from_json(json, |json| value::from_json(json, element, Modifier::None, now), element)
        .unwrap_or_else(|error| error.detail.unwrap_or(error.message))
}

#[test]
fn json_arrays_become_arrays_of_the_depth_of_their_first_element() {
    assert_eq!(populated("[1, 2 ,null]", &Type::Int4), "[1,2,null]");
    assert_eq!(populated(r#"[[1,2],["3",null]]"#, &Type::Int4), "[[1,2],[3,null]]");
    assert_eq!(populated("[1,[2]]", &Type::Int4), r#"invalid input syntax for type integer: "[2]""#);
    assert_eq!(populated(r#"["a",["b"]]"#, &Type::Text), r#"["a","[\"b\"]"]"#);
    assert_eq!(populated("[[1],2]", &Type::Int4), "expected JSON array");
    assert_eq!(
        populated("[[1,2],[3]]", &Type::Int4),
        "Multidimensional arrays must have sub-arrays with matching dimensions."
    );
    assert_eq!(populated(r#"[{"b":1,"a":2},"x"]"#, &Type::Jsonb), r#"[{"a": 2, "b": 1},"x"]"#);
    assert_eq!(populated("[]", &Type::Int4), "[]");
}

#[test]
fn values_are_collected() {
    let values = [Value::Text("a\"b".to_owned()), Value::Null];
    assert_eq!(from_values(&values, &Type::Text), r#"["a\"b",null]"#);
}
