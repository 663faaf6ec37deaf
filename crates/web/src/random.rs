//! Randomness, as given by whoever starts the server, and the few forms in which it is needed.
//!
//! **Must not:** be seeded or replaced outside tests: everything made here is a secret or must not be guessed.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::SecureRandom;

/// The source of randomness that everybody holds.
pub type SharedRandom = Arc<dyn SecureRandom + Send + Sync>;

/// The operating system had no randomness to give.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the operating system gives no random bytes")]
pub struct RandomError;

/// The operating system's generator.
pub fn system() -> SharedRandom {
    Arc::new(ring::rand::SystemRandom::new())
}

/// That many random bytes.
pub fn bytes<const N: usize>(random: &dyn SecureRandom) -> Result<[u8; N], RandomError> {
    let mut bytes = [0; N];
    random.fill(&mut bytes).map_err(|_| RandomError)?;
    Ok(bytes)
}

/// Text of the URL-safe alphabet that holds `N` random bytes.
pub fn text<const N: usize>(random: &dyn SecureRandom) -> Result<String, RandomError> {
    Ok(URL_SAFE_NO_PAD.encode(bytes::<N>(random)?))
}
