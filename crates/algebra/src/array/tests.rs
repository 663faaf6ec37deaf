//! Expected results are PostgreSQL 15's.

use super::{Slice, from_json, from_values};
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

/// Stored form of an array literal.
fn array(literal: &str, element: &Type) -> String {
    let now = Timestamp::from_micros(0).expect("in range");
    match value::input(literal, &Type::array_of(element.clone()), Modifier::None, now).expect(literal) {
        Value::Text(stored) => stored,
        other => panic!("{other:?}"),
    }
}

fn literal(stored: &str, element: &Type) -> String {
    let mut out = String::new();
    super::write_literal(stored, element, &mut out);
    out
}

fn shown(result: Result<String, crate::value::ValueError>) -> String {
    match result {
        Ok(stored) => literal(&stored, &Type::Int4),
        Err(error) => error.detail.unwrap_or(error.message),
    }
}

fn ints(text: &str) -> String {
    array(text, &Type::Int4)
}

#[test]
fn arrays_grow_and_join() {
    let append = |text: &str, value: Value| shown(super::append(&ints(text), &value, &Type::Int4));
    assert_eq!(append("{1,2}", Value::Int(3)), "{1,2,3}");
    assert_eq!(append("{}", Value::Null), "{NULL}");
    assert_eq!(append("{{1,2}}", Value::Int(3)), "argument must be empty or one-dimensional array");
    assert_eq!(shown(super::prepend(&Value::Int(0), &ints("{1}"), &Type::Int4)), "{0,1}");
    for (left, right, expected) in [
        ("{1,2}", "{3}", "{1,2,3}"),
        ("{{1,2}}", "{3,4}", "{{1,2},{3,4}}"),
        ("{3,4}", "{{1,2}}", "{{3,4},{1,2}}"),
        ("{{1,2}}", "{{3,4}}", "{{1,2},{3,4}}"),
        ("{}", "{{3,4}}", "{{3,4}}"),
        ("{{1,2}}", "{}", "{{1,2}}"),
        ("{{1,2}}", "{3}", "Arrays with differing dimensions are not compatible for concatenation."),
        ("{{{1,2}}}", "{3}", "Arrays of 3 and 1 dimensions are not compatible for concatenation."),
    ] {
        assert_eq!(
            shown(super::concatenate(&ints(left), &ints(right), &Type::Int4)),
            expected,
            "{left} {right}"
        );
    }
}

#[test]
fn elements_are_removed_replaced_and_found() {
    let remove = |text: &str, value: Value| shown(super::remove(&ints(text), &value, &Type::Int4));
    assert_eq!(remove("{1,2,1,null}", Value::Int(1)), "{2,NULL}");
    assert_eq!(remove("{1,null}", Value::Null), "{1}");
    assert_eq!(remove("{1}", Value::Int(1)), "{}");
    assert_eq!(
        remove("{{1,2}}", Value::Int(1)),
        "removing elements from multidimensional arrays is not supported"
    );
    let replaced = super::replace(&ints("{{1,2},{1,null}}"), &Value::Null, &Value::Int(9), &Type::Int4);
    assert_eq!(literal(&replaced, &Type::Int4), "{{1,2},{1,9}}");
    assert_eq!(super::positions(&ints("{1,2,1,null}"), &Value::Int(1), &Type::Int4), Ok(vec![1, 3]));
    assert_eq!(super::positions(&ints("{1,null}"), &Value::Null, &Type::Int4), Ok(vec![2]));
    assert_eq!(shown(super::trim(&ints("{1,2,3}"), 2, &Type::Int4)), "{1}");
    assert_eq!(
        shown(super::trim(&ints("{1,2,3}"), 4, &Type::Int4)),
        "number of elements to trim must be between 0 and 3"
    );
}

#[test]
fn dimensions_are_counted() {
    let two = ints("{{1,2,3},{4,5,6}}");
    assert_eq!(super::length(&two, 1, &Type::Int4), Some(2));
    assert_eq!(super::length(&two, 2, &Type::Int4), Some(3));
    assert_eq!(super::length(&two, 0, &Type::Int4), None);
    assert_eq!(super::length("[]", 1, &Type::Int4), None);
    assert_eq!(super::cardinality(&two, &Type::Int4), 6);
    assert_eq!(super::dimensions("[]", &Type::Int4), None);
    assert_eq!(super::bounds(&two, &Type::Int4).as_deref(), Some("[1:2][1:3]"));
}

#[test]
fn arrays_become_text_and_come_of_it() {
    let text = |literal: &str, null| super::to_text(&array(literal, &Type::Text), ",", null, &Type::Text);
    assert_eq!(text("{1,null,3}", None), "1,3");
    assert_eq!(text("{1,null,3}", Some("*")), "1,*,3");
    assert_eq!(text("{{a,b},{c,d}}", None), "a,b,c,d");
    assert_eq!(super::to_text("[true,false]", ",", None, &Type::Bool), "t,f");
    let of = |text, separator, null| literal(&super::from_text(text, separator, null), &Type::Text);
    assert_eq!(of("a,b,,c", Some(","), None), "{a,b,\"\",c}");
    assert_eq!(of("a,b,,c", Some(","), Some("")), "{a,b,NULL,c}");
    assert_eq!(of("abc", None, None), "{a,b,c}");
    assert_eq!(of("abc", Some(""), None), "{abc}");
    assert_eq!(of("", Some(","), None), "{}");
}

#[test]
fn subscripts_and_slices() {
    let (one, two) = (ints("{1,2,3}"), ints("{{1,2},{3,4}}"));
    let at = |stored: &str, subscripts: &[i64]| super::at(stored, subscripts, &Type::Int4);
    assert_eq!(at(&one, &[2]), Value::Int(2));
    assert_eq!(at(&one, &[0]), Value::Null);
    assert_eq!(at(&one, &[4]), Value::Null);
    assert_eq!(at(&two, &[2, 1]), Value::Int(3));
    assert_eq!(at(&two, &[1]), Value::Null);
    let slice = |stored: &str, bounds: &[(Option<i64>, Option<i64>)]| {
        let slices: Vec<Slice> = bounds.iter().map(|&(lower, upper)| Slice { lower, upper }).collect();
        literal(&super::slice(stored, &slices, &Type::Int4), &Type::Int4)
    };
    assert_eq!(slice(&one, &[(Some(2), Some(3))]), "{2,3}");
    assert_eq!(slice(&one, &[(None, Some(2))]), "{1,2}");
    assert_eq!(slice(&one, &[(Some(2), None)]), "{2,3}");
    assert_eq!(slice(&one, &[(Some(5), Some(6))]), "{}");
    assert_eq!(slice(&one, &[(Some(3), Some(1))]), "{}");
    assert_eq!(slice(&one, &[(Some(0), Some(1))]), "{1}");
    assert_eq!(slice(&two, &[(Some(1), Some(1))]), "{{1,2}}");
    assert_eq!(slice(&two, &[(Some(1), Some(2)), (Some(2), Some(2))]), "{{2},{4}}");
    assert_eq!(slice(&two, &[(Some(2), Some(2)), (Some(1), Some(1))]), "{{3}}");
}

#[test]
fn arrays_contain_overlap_and_compare() {
    let contains = |left: &str, right: &str| super::contains(&ints(left), &ints(right), &Type::Int4);
    assert!(contains("{1,2,3}", "{3,1}") && contains("{1,2}", "{}") && contains("{{1,2},{3,4}}", "{4}"));
    assert!(!contains("{1,null}", "{null}") && !contains("{1}", "{2}"));
    let overlaps = |left: &str, right: &str| super::overlaps(&ints(left), &ints(right), &Type::Int4);
    assert!(overlaps("{1,2}", "{2,9}") && !overlaps("{}", "{}") && !overlaps("{null}", "{null}"));
    assert!(super::contains("[1.0]", "[1]", &Type::Numeric));
    let ascending = ["{}", "{1}", "{1,0}", "{1,2}", "{{1,2}}", "{1,3}", "{1,null}", "{2}"];
    for (index, left) in ascending.iter().enumerate() {
        for (other, right) in ascending.iter().enumerate() {
            assert_eq!(
                super::compare(&ints(left), &ints(right), &Type::Int4),
                index.cmp(&other),
                "{left} {right}"
            );
        }
    }
}
