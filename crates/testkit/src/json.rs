//! JSON as a test reads it: numbers keep every digit, objects keep their order and repeated keys.
//!
//! `serde_json` would round numbers to floats unless a feature is on that would change the product built beside the tests.
//! **Must not:** be lenient: what is not JSON is an error with its place.

mod number;
mod parse;
mod write;

pub use self::parse::parse;

/// A JSON value.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, in the digits it was written with.
    Number(String),
    /// A string, unescaped.
    Text(String),
    /// An array.
    Array(Vec<Json>),
    /// An object, in order.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// The value under a key of an object.
    pub fn get(&self, key: &str) -> Option<&Json> {
        match self {
            Json::Object(members) => members.iter().find(|(name, _)| name == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The text of a string.
    pub fn text(&self) -> Option<&str> {
        match self {
            Json::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The elements of an array; nothing for any other value.
    pub fn items(&self) -> &[Json] {
        match self {
            Json::Array(items) => items,
            _ => &[],
        }
    }

    /// Whether two values mean the same: numbers by value, objects without regard to order.
    pub fn same(&self, other: &Json) -> bool {
        match (self, other) {
            (Json::Number(left), Json::Number(right)) => number::same(left, right),
            (Json::Array(left), Json::Array(right)) => {
                left.len() == right.len() && left.iter().zip(right).all(|(left, right)| left.same(right))
            }
            (Json::Object(left), Json::Object(right)) => {
                left.len() == right.len()
                    && left.iter().all(|(key, value)| other.get(key).is_some_and(|found| value.same(found)))
            }
            _ => self == other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::parse;

    fn check_same(left: &str, right: &str, expected: bool) {
        let (left, right) = (parse(left).expect("left is JSON"), parse(right).expect("right is JSON"));
        assert_eq!(left.same(&right), expected, "{left} and {right}");
    }

    #[test]
    fn values_are_compared_and_not_texts() {
        check_same("1", "1.0", true);
        check_same("150.00", "1.5e2", true);
        check_same("0", "-0.0", true);
        check_same("12345678901234567890.1", "12345678901234567890.2", false);
        check_same(r#"{"a":1,"b":[null]}"#, r#"{ "b": [ null ], "a": 1 }"#, true);
        check_same(r#"{"a":1}"#, r#"{"a":1,"b":2}"#, false);
        check_same("[1,2]", "[2,1]", false);
        check_same(r#""\u00e4\n""#, "\"ä\\n\"", true);
        check_same("\"1\"", "1", false);
    }

    #[test]
    fn what_is_written_is_read_again() {
        let text = r#"[{"id":1,"title":"a \"b\" \\ ä","done":false,"x":null,"n":-1.50e10}]"#;
        let value = parse(text).expect("the text is JSON");
        assert_eq!(value.to_string(), text);
    }

    #[test]
    fn what_is_not_json_is_refused() {
        for text in ["", "[1,]", "{a:1}", "01", "\"\n\"", "[1] 2", "nul", "{\"a\":1,}", "1.", "\"\\x\""] {
            assert!(parse(text).is_err(), "{text:?} was accepted");
        }
    }
}
