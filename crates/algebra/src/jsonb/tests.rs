//! Expected results are PostgreSQL 15's.

use super::{Missing, Place, Tree, build_object, jsonb_build_object, normalize, to_jsonb};
use crate::types::Type;
use crate::value::{Value, ValueError};

fn tree(text: &str) -> Tree {
    Tree::parse(text).expect(text)
}

fn path(literal: &str) -> Vec<Option<String>> {
    let steps = literal.split(',').filter(|step| !step.is_empty());
    steps.map(|step| (step != "null").then(|| step.to_owned())).collect()
}

fn shown(result: Result<Tree, ValueError>) -> String {
    result.map_or_else(|error| format!("{}: {}", error.sqlstate, error.message), |tree| tree.to_string())
}

#[test]
fn normal_form_orders_keys_and_prints_numbers() {
    for (text, expected) in [
        (r#"{"bb":1,"a":2,"b":3}"#, r#"{"a": 2, "b": 3, "bb": 1}"#),
        (r#"{"a":1,"b":2,"a":3}"#, r#"{"a": 3, "b": 2}"#),
        ("[1e2, 1.50, -0, 1E-2, -0.00]", "[100, 1.50, 0, 0.01, 0.00]"),
        (r#""\u00e9\/\n\u001f""#, r#""é/\n\u001f""#),
    ] {
        assert_eq!(normalize(text).as_deref(), Ok(expected));
    }
}

#[test]
fn a_deep_document_is_refused_not_overflowed() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert!(Tree::parse(&nested(256)).is_ok());
    assert_eq!(Tree::parse(&nested(100_000)).expect_err("deep").sqlstate, "54001");
}

#[test]
fn documents_are_concatenated() {
    for (left, right, expected) in [
        (r#"{"a":1}"#, r#"{"b":2,"a":3}"#, r#"{"a": 3, "b": 2}"#),
        ("[1]", "[2,3]", "[1, 2, 3]"),
        ("[1]", r#"{"a":1}"#, r#"[1, {"a": 1}]"#),
        (r#"{"a":1}"#, "2", r#"[{"a": 1}, 2]"#),
        ("1", r#""x""#, r#"[1, "x"]"#),
        ("1", "[]", "[1]"),
    ] {
        assert_eq!(tree(left).concatenate(tree(right)).to_string(), expected);
    }
}

#[test]
fn parts_are_deleted() {
    assert_eq!(shown(tree(r#"{"a":1,"b":2}"#).delete_key("a")), r#"{"b": 2}"#);
    assert_eq!(shown(tree(r#"["a","b","a",1]"#).delete_key("a")), r#"["b", 1]"#);
    assert_eq!(shown(tree("1").delete_key("a")), "22023: cannot delete from scalar");
    assert_eq!(shown(tree("[1,2,3]").delete_element(-1)), "[1, 2]");
    assert_eq!(shown(tree("[1,2,3]").delete_element(7)), "[1, 2, 3]");
    assert_eq!(
        shown(tree(r#"{"a":1}"#).delete_element(1)),
        "22023: cannot delete from object using integer index"
    );
    let document = r#"{"a":{"b":[1,2]}}"#;
    for (steps, expected) in [
        ("a,b,0", r#"{"a": {"b": [2]}}"#),
        ("a,b,-1", r#"{"a": {"b": [1]}}"#),
        ("a,x", r#"{"a": {"b": [1, 2]}}"#),
        ("", r#"{"a": {"b": [1, 2]}}"#),
        ("a,b,x", "22P02: path element at position 3 is not an integer: \"x\""),
    ] {
        assert_eq!(shown(tree(document).delete_path(&path(steps))), expected, "{steps}");
    }
    assert_eq!(shown(tree("1").delete_path(&path("a"))), "22023: cannot delete path in scalar");
}

#[test]
fn parts_are_set() {
    for (document, steps, expected) in [
        (r#"{"a":1}"#, "b", r#"{"a": 1, "b": 9}"#),
        (r#"{"a":1}"#, "a", r#"{"a": 9}"#),
        (r#"{"a":[1,2]}"#, "a,5", r#"{"a": [1, 2, 9]}"#),
        (r#"{"a":[1,2]}"#, "a,-5", r#"{"a": [9, 1, 2]}"#),
        (r#"{"a":[1,2]}"#, "a,-1", r#"{"a": [1, 9]}"#),
        (r#"{"a":[1,2]}"#, "a,x", "22P02: path element at position 2 is not an integer: \"x\""),
        (r#"{"a":[1,2]}"#, "b,c", r#"{"a": [1, 2]}"#),
        ("[]", "0", "[9]"),
        ("{}", "a,b", "{}"),
        ("1", "a", "22023: cannot set path in scalar"),
        (r#"{"a":1}"#, "", r#"{"a": 1}"#),
        (r#"{"a":1}"#, "null", "22004: path element at position 1 is null"),
        (r#"{"a":{"b":1}}"#, "a,null", "22004: path element at position 2 is null"),
        (r#"{"a":[]}"#, "a,-3", r#"{"a": [9]}"#),
        (r#"{"a":1}"#, "a,b", r#"{"a": 1}"#),
    ] {
        let found = shown(tree(document).set(&path(steps), &tree("9"), Missing::Create));
        assert_eq!(found, expected, "{document} {steps}");
    }
    assert_eq!(shown(tree(r#"{"a":1}"#).set(&path("b"), &tree("9"), Missing::Keep)), r#"{"a": 1}"#);
    assert_eq!(shown(tree("[]").set(&path("0"), &tree("9"), Missing::Keep)), "[]");
}

#[test]
fn parts_are_inserted() {
    for (document, steps, before, after) in [
        (r#"{"a":[0,1,2]}"#, "a,1", r#"{"a": [0, 9, 1, 2]}"#, r#"{"a": [0, 1, 9, 2]}"#),
        (r#"{"a":[0,1,2]}"#, "a,-1", r#"{"a": [0, 1, 9, 2]}"#, r#"{"a": [0, 1, 2, 9]}"#),
        (r#"{"a":[0,1,2]}"#, "a,-9", r#"{"a": [9, 0, 1, 2]}"#, r#"{"a": [9, 0, 1, 2]}"#),
        (r#"{"a":[0,1,2]}"#, "a,9", r#"{"a": [0, 1, 2, 9]}"#, r#"{"a": [0, 1, 2, 9]}"#),
        (r#"{"a":1}"#, "a", "22023: cannot replace existing key", "22023: cannot replace existing key"),
        (r#"{"a":1}"#, "b", r#"{"a": 1, "b": 9}"#, r#"{"a": 1, "b": 9}"#),
    ] {
        assert_eq!(shown(tree(document).insert(&path(steps), &tree("9"), Place::Before)), before, "{steps}");
        assert_eq!(shown(tree(document).insert(&path(steps), &tree("9"), Place::After)), after, "{steps}");
    }
}

#[test]
fn containment_is_structural_and_numbers_compare_by_value() {
    for (left, right, expected) in [
        (r#"{"a":1,"b":2}"#, r#"{"b":2.0}"#, true),
        ("[1,2,3]", "[3,1,1]", true),
        ("[1,2]", "1", true),
        ("1", "[1]", false),
        ("[[1,2]]", "[1]", false),
        ("[[1,2]]", "[[1]]", true),
        ("[1,[2]]", "2", false),
        (r#"{"a":{"b":[1,{"c":2}]}}"#, r#"{"a":{"b":[{"c":2}]}}"#, true),
        (r#"{"a":1}"#, r#"{"a":{}}"#, false),
        (r#"{"a":[1]}"#, r#"{"a":1}"#, false),
        ("{}", "{}", true),
        ("[]", "{}", false),
        ("null", "null", true),
    ] {
        assert_eq!(tree(left).contains(&tree(right)), expected, "{left} @> {right}");
    }
    assert!(tree(r#"["a"]"#).has("a") && tree(r#"{"a":1}"#).has("a") && tree(r#""a""#).has("a"));
    assert!(!tree(r#"[["a"]]"#).has("a") && !tree("1").has("1"));
    assert!(tree("[1.0]").equals(&tree("[1]")));
}

#[test]
fn order_is_that_of_postgresql() {
    let ascending = [
        "[]",
        "null",
        r#""a""#,
        "1",
        "2.5",
        "10",
        "false",
        "true",
        "[1]",
        "[1,2]",
        "{}",
        r#"{"a":1}"#,
        r#"{"aa":1}"#,
        r#"{"b":0}"#,
    ];
    for (index, left) in ascending.iter().enumerate() {
        for (other, right) in ascending.iter().enumerate() {
            assert_eq!(tree(left).compare(&tree(right)), index.cmp(&other), "{left} {right}");
        }
    }
    assert!(tree("[[]]").compare(&tree("[null]")).is_gt());
}

#[test]
fn nulls_are_stripped_from_objects_only() {
    let document = r#"{"a":null,"b":[null,{"c":null}],"d":{"e":null}}"#;
    assert_eq!(tree(document).strip_nulls().to_string(), r#"{"b": [null, {}], "d": {}}"#);
    let text = r#"{"a" : null, "b":[null, 1 ], "c":{"d":null}}"#;
    assert_eq!(crate::json::strip_nulls(text).as_deref(), Ok(r#"{"b":[null,1],"c":{}}"#));
}

#[test]
fn documents_are_built_of_values() {
    let (one, name, json) =
        (Value::Int(1), Value::Text("a".to_owned()), Value::Text(r#"{"a" :1}"#.to_owned()));
    let array = Value::Text("[1,2]".to_owned());
    let arguments = [
        (&name, &Type::Text),
        (&json, &Type::Json),
        (&one, &Type::Int4),
        (&array, &Type::array_of(Type::Int4)),
    ];
    assert_eq!(build_object(&arguments).as_deref(), Ok(r#"{"a" : {"a" :1}, "1" : [1,2]}"#));
    assert_eq!(shown(jsonb_build_object(&arguments)), r#"{"1": [1, 2], "a": {"a": 1}}"#);
    assert_eq!(
        build_object(&arguments[..1]).expect_err("odd").message,
        "argument list must have even number of elements"
    );
    let null = [(&Value::Null, &Type::Text), (&one, &Type::Int4)];
    assert_eq!(build_object(&null).expect_err("null").message, "argument 1 cannot be null");
    assert_eq!(shown(to_jsonb((&Value::Float(1e20), &Type::Float8))), "100000000000000000000");
}

#[test]
fn a_pretty_document_has_a_line_for_each_part() {
    let expected = "{\n    \"a\": [\n        1,\n        {\n        }\n    ],\n    \"b\": {\n        \"c\": [\n        ]\n    }\n}";
    assert_eq!(tree(r#"{"a":[1,{}],"b":{"c":[]}}"#).pretty(), expected);
}

#[test]
fn scalars_are_cast() {
    assert_eq!(tree("12.5").cast_number("integer").map(|number| number.to_string()), Ok("12.5".to_owned()));
    let refused = |text: &str| tree(text).cast_number("integer").expect_err(text).message;
    assert_eq!(refused("\"12\""), "cannot cast jsonb string to type integer");
    assert_eq!(refused("null"), "cannot cast jsonb null to type integer");
    assert_eq!(
        tree("1").cast_boolean().expect_err("number").message,
        "cannot cast jsonb numeric to type boolean"
    );
}
