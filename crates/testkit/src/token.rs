//! Keys and access tokens for tests, signed with the secret that every test project is given.
//!
//! **Must not:** be used for anything but servers that a test started: the secret is public.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::hmac;

/// The HS256 secret of every project that the tests start.
pub const SECRET: &str = "a-secret-for-tests-that-everybody-may-read-0123456789";

/// The end of every test token's life: the year 2100.
const EXPIRES: u64 = 4_102_444_800;
const ISSUED: u64 = 1_700_000_000;

/// The key of a role that is not a person: `anon`, `service_role`, or one that a migration made.
pub fn role_key(role: &str) -> String {
    sign(&format!(r#"{{"iss":"mainstay","role":"{role}","iat":{ISSUED},"exp":{EXPIRES}}}"#))
}

/// The access token of a person, by first name.
pub fn user_token(name: &str) -> String {
    let id = user_id(name);
    sign(&format!(
        r#"{{"iss":"mainstay","sub":"{id}","aud":"authenticated","role":"authenticated","email":"{name}@example.org","iat":{ISSUED},"exp":{EXPIRES},"aal":"aal1"}}"#
    ))
}

/// The id of a person: the letters of the first name as hexadecimal digits, in a UUID that stays the same everywhere.
pub fn user_id(name: &str) -> String {
    let mut digits: String = name.bytes().map(|byte| format!("{byte:02x}")).collect();
    digits.truncate(12);
    format!("00000000-0000-4000-8000-{digits:0>12}")
}

/// A token with the given claims, signed with the test secret.
pub fn sign(claims: &str) -> String {
    let head = URL_SAFE_NO_PAD.encode(r#"{"alg":"HS256","typ":"JWT"}"#);
    let body = URL_SAFE_NO_PAD.encode(claims);
    let signed = format!("{head}.{body}");
    let key = hmac::Key::new(hmac::HMAC_SHA256, SECRET.as_bytes());
    let signature = URL_SAFE_NO_PAD.encode(hmac::sign(&key, signed.as_bytes()));
    format!("{signed}.{signature}")
}

#[cfg(test)]
mod tests {
    use super::{user_id, user_token};

    #[test]
    fn a_name_has_one_id_and_names_differ() {
        assert_eq!(user_id("ann"), "00000000-0000-4000-8000-000000616e6e");
        assert_ne!(user_id("ann"), user_id("bob"));
        assert_eq!(user_token("ann").split('.').count(), 3);
    }
}
