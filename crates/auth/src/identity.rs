//! Identities: the ways in which an account can be recognised (spec/auth.md §2.2).

use serde_json::{Map, Value, json};

use crate::record::Record;

/// An identity as clients see it.
pub(crate) fn identity_json(row: Record<'_>) -> Value {
    json!({
        "identity_id": row.text_or_empty("id"),
        "id": row.text_or_empty("provider_id"),
        "user_id": row.text_or_empty("user_id"),
        "identity_data": row.json("identity_data"),
        "provider": row.text_or_empty("provider"),
        "last_sign_in_at": row.time("last_sign_in_at"),
        "created_at": row.time("created_at"),
        "updated_at": row.time("updated_at"),
        "email": row.text_or_empty("email"),
    })
}

/// What the first identity of an account by e-mail holds: the given data, then what we know ourselves.
pub(crate) fn email_identity_data(
    user_id: &str,
    email: &str,
    verified: bool,
    given: &Map<String, Value>,
) -> Value {
    let mut data = given.clone();
    data.insert("sub".to_owned(), json!(user_id));
    data.insert("email".to_owned(), json!(email));
    data.insert("email_verified".to_owned(), json!(verified));
    data.insert("phone_verified".to_owned(), json!(false));
    Value::Object(data)
}
