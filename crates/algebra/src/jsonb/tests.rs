//! Expected results are PostgreSQL 15's.

use super::{Tree, normalize};

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
