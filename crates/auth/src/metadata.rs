//! Metadata of accounts: JSON objects that are merged, a null deletes a key.

use serde_json::{Map, Value};

use crate::error::AuthError;

/// The most keys and the most bytes that an account's metadata may have.
const BYTES_MAX: usize = 65_536;

/// The object with the changes applied.
///
/// # Errors
/// 400 when the result is too large.
pub(crate) fn merge(current: Value, changes: Map<String, Value>) -> Result<Value, AuthError> {
    let mut object = match current {
        Value::Object(object) => object,
        _ => Map::new(),
    };
    for (key, value) in changes {
        if value.is_null() {
            object.remove(&key);
        } else {
            object.insert(key, value);
        }
    }
    let merged = Value::Object(object);
    if merged.to_string().len() > BYTES_MAX {
        return Err(AuthError::invalid(format!("Metadata cannot be larger than {BYTES_MAX} bytes")));
    }
    Ok(merged)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn null_deletes_and_the_rest_stays() {
        let changes = json!({ "a": null, "b": 2 }).as_object().cloned().expect("an object");
        let merged = super::merge(json!({ "a": 1, "c": 3 }), changes).expect("small");
        assert_eq!(merged, json!({ "b": 2, "c": 3 }));
    }
}
