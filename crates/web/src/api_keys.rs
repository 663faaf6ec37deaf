//! API keys: `sb_publishable_…` for browsers, `sb_secret_…` for servers, and the same two roles as signed tokens.
//!
//! **Must not:** keep the text of a key. It is compared by its hash, so neither memory nor timing tells it.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::SecureRandom;
use serde_json::json;

use crate::random::{self, RandomError};
use crate::tokens::sha256;

/// What a key may be used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyKind {
    /// May be printed in a page's source: role `anon`.
    Publishable,
    /// Stays on servers: role `service_role`.
    Secret,
}

/// The opaque keys of the project.
#[derive(Clone, Default)]
pub struct ApiKeys {
    entries: Vec<(KeyKind, [u8; 32])>,
}

const KINDS: [KeyKind; 2] = [KeyKind::Publishable, KeyKind::Secret];

/// Keys as tokens are for configuration files and live as long as those.
const KEY_TOKEN_LIFE_S: i64 = 10 * 365 * 24 * 3600;

impl KeyKind {
    /// What every key of the kind begins with.
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Publishable => "sb_publishable_",
            Self::Secret => "sb_secret_",
        }
    }

    /// The role that the key stands for.
    pub fn role(self) -> &'static str {
        match self {
            Self::Publishable => crate::caller::ANONYMOUS,
            Self::Secret => crate::caller::SERVICE,
        }
    }

    /// A new key: the prefix, 128 random bits, and a check that tells a mistyped key from an unknown one.
    pub fn generate(self, random: &dyn SecureRandom) -> Result<String, RandomError> {
        let body = format!("{}{}", self.prefix(), random::text::<16>(random)?);
        Ok(format!("{body}_{}", checksum(&body)))
    }

    /// The claims of the key as a signed token, for clients that want a JWT.
    pub fn token_claims(self, now_s: i64) -> String {
        let role = self.role();
        json!({"iss": "mainstay", "role": role, "iat": now_s, "exp": now_s + KEY_TOKEN_LIFE_S}).to_string()
    }
}

impl ApiKeys {
    /// The project's keys.
    pub fn new<'a>(keys: impl IntoIterator<Item = (KeyKind, &'a str)>) -> Self {
        Self { entries: keys.into_iter().map(|(kind, text)| (kind, sha256(text.as_bytes()))).collect() }
    }

    /// What the key is for, if it is one of ours. Takes the same time for every text of a length.
    pub fn find(&self, text: &str) -> Option<KeyKind> {
        let hash = sha256(text.as_bytes());
        let mut found = None;
        for (kind, known) in &self.entries {
            if is_equal(known, &hash) {
                found = Some(*kind);
            }
        }
        found
    }

    /// Whether the text claims to be an opaque key, so that it is never tried as a token.
    pub fn is_opaque(text: &str) -> bool {
        KINDS.iter().any(|kind| text.starts_with(kind.prefix()))
    }

    /// Whether an opaque key was damaged on its way: its check does not fit.
    pub fn is_mistyped(text: &str) -> bool {
        // The body may hold `_`, so the check is what stands behind the last one.
        text.rsplit_once('_').is_none_or(|(body, check)| checksum(body) != check)
    }
}

fn checksum(body: &str) -> String {
    URL_SAFE_NO_PAD.encode(&sha256(body.as_bytes())[..6]).replace(['_', '-'], "0")
}

/// Looks at every byte, whatever the first ones were.
fn is_equal(left: &[u8; 32], right: &[u8; 32]) -> bool {
    left.iter().zip(right).fold(0, |difference, (left, right)| difference | (left ^ right)) == 0
}

impl std::fmt::Debug for ApiKeys {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "ApiKeys({})", self.entries.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_found_by_their_whole_text() {
        let random = random::system();
        let publishable = KeyKind::Publishable.generate(random.as_ref()).unwrap();
        let secret = KeyKind::Secret.generate(random.as_ref()).unwrap();
        let keys = ApiKeys::new([(KeyKind::Publishable, &*publishable), (KeyKind::Secret, &*secret)]);
        assert_eq!(keys.find(&publishable), Some(KeyKind::Publishable));
        assert_eq!(keys.find(&secret), Some(KeyKind::Secret));
        for length in 0..secret.len() {
            assert_eq!(keys.find(&secret[..length]), None);
        }
        assert_eq!(keys.find(&format!("{secret}x")), None);
        assert_eq!(keys.find(&KeyKind::Secret.generate(random.as_ref()).unwrap()), None);
        assert!(!format!("{keys:?}").contains("sb_"));
    }

    #[test]
    fn typing_errors_are_told_from_strange_keys() {
        let random = random::system();
        for _ in 0..200 {
            let key = KeyKind::Secret.generate(random.as_ref()).unwrap();
            assert!(key.starts_with("sb_secret_") && key.len() == "sb_secret_".len() + 22 + 1 + 8);
            assert!(ApiKeys::is_opaque(&key) && !ApiKeys::is_mistyped(&key));
            assert!(ApiKeys::is_mistyped(&key[..key.len() - 1]));
        }
        assert!(!ApiKeys::is_opaque("eyJhbGciOiJIUzI1NiJ9.e30.x"));
    }
}
