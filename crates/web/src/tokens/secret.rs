//! A shared secret for HS256, and the ones that are no secret.
//!
//! **Must not:** print itself, not even in debug output.

/// A secret of at least 32 bytes that is not printed in anybody's documentation.
#[derive(Clone)]
pub struct Secret(Box<[u8]>);

/// Why a secret is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SecretError {
    /// Shorter than the hash it keys.
    #[error("the JWT secret has {0} bytes and needs at least 32; make one with `openssl rand -base64 48`")]
    Short(usize),
    /// Printed in documentation or shipped in a sample configuration.
    #[error("the JWT secret is a sample from documentation; make one with `openssl rand -base64 48`")]
    Sample,
    /// One pattern over and over.
    #[error("the JWT secret repeats a few characters; make one with `openssl rand -base64 48`")]
    Repetitive,
}

/// Secrets that people copy. Compared without case, so that a shout is no change.
const SAMPLES: [&str; 12] = [
    "super-secret-jwt-token-with-at-least-32-characters-long",
    "your-super-secret-jwt-token-with-at-least-32-characters-long",
    "your-super-secret-and-long-postgres-password",
    "reallyreallyreallyreallyverysafe",
    "this_is_my_secret_and_it_must_be_at_least_32_characters",
    "a-string-secret-at-least-256-bits-long",
    "a-string-secret-at-least-512-bits-long-which-is-longer-than-the-other-one",
    "your-256-bit-secret-your-256-bit-secret",
    "secret-secret-secret-secret-secret",
    "changemechangemechangemechangeme",
    "mysupersecretjwttokenwithatleast32characters",
    "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
];

/// What a secret for HMAC-SHA-256 needs to be as strong as the hash.
const LENGTH_MIN: usize = 32;

/// Random text of 32 characters has far more different ones; hexadecimal digits still reach this.
const DIFFERENT_MIN: usize = 8;

impl Secret {
    /// Takes the text as it stands, as PostgREST and GoTrue do.
    pub fn from_text(text: &str) -> Result<Self, SecretError> {
        Self::from_bytes(text.as_bytes().to_vec())
    }

    /// Takes raw bytes.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, SecretError> {
        if bytes.len() < LENGTH_MIN {
            return Err(SecretError::Short(bytes.len()));
        }
        let lower = String::from_utf8_lossy(&bytes).trim().to_ascii_lowercase();
        if SAMPLES.contains(&lower.as_str()) {
            return Err(SecretError::Sample);
        }
        let mut seen = [false; 256];
        bytes.iter().for_each(|byte| seen[usize::from(*byte)] = true);
        if seen.iter().filter(|is_seen| **is_seen).count() < DIFFERENT_MIN {
            return Err(SecretError::Repetitive);
        }
        Ok(Self(bytes.into_boxed_slice()))
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Secret(…)")
    }
}
