//! Access tokens: signing them, verifying them, publishing and rotating the keys.
//!
//! One [`TokenKeys`] serves all surfaces. Keys and rules stand in one immutable state that a rotation swaps whole,
//! together with the memory of verified tokens, so that a token of a removed key is refused from the next request.
//! **Must not:** read files, the clock or the network; must not know what a role may do.

pub mod secret;
pub mod key;
pub mod claims;
pub mod error;
mod decode;
mod cache;

use std::sync::{Arc, PoisonError, RwLock};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::{digest, hmac};
use serde_json::json;

pub use self::claims::Claims;
pub use self::error::TokenError;
pub use self::key::{KeyError, SigningKey, VerifyKey};
pub use self::secret::{Secret, SecretError};

use self::cache::VerifiedCache;
use self::decode::Unverified;
use crate::clock::SharedClock;
use crate::limits::Limits;
use crate::random::SharedRandom;

/// What signs new tokens.
pub enum Signer {
    /// A key pair, whose public half is published.
    Es256(SigningKey),
    /// A secret shared with whoever else makes or reads tokens.
    Hs256(Secret),
}

/// All keys of a moment: one signs, and that one and others verify.
pub struct KeyRing {
    /// Signs, and verifies what it signed.
    pub current: Signer,
    /// Previous keys in their grace time, and keys of other issuers.
    pub accepted: Vec<VerifyKey>,
}

/// What is asked of a token beyond its signature.
#[derive(Debug, Clone)]
pub struct TokenRules {
    /// Accepted `aud`; empty means that it is not looked at.
    pub audiences: Vec<String>,
    /// Accepted `iss`; empty means that it is not looked at.
    pub issuers: Vec<String>,
    /// Path to the claim that names the role.
    pub role_claim: Vec<String>,
    /// Difference of clocks that is forgiven.
    pub leeway_s: i64,
    /// Verified tokens that are remembered.
    pub remembered_max: usize,
}

impl TokenRules {
    /// The rules without configuration.
    pub fn new(limits: &Limits) -> Self {
        Self {
            audiences: Vec::new(),
            issuers: Vec::new(),
            role_claim: vec!["role".to_owned()],
            leeway_s: i64::try_from(limits.clock_leeway_s).unwrap_or(0),
            remembered_max: limits.verified_tokens_max,
        }
    }
}

/// Signs and verifies tokens. Cheap to clone; all clones see a rotation.
#[derive(Clone)]
pub struct TokenKeys(Arc<Shared>);

struct Shared {
    state: RwLock<Arc<State>>,
    rules: TokenRules,
    clock: SharedClock,
    random: SharedRandom,
}

struct State {
    signer: Signer,
    /// The encoded header of new tokens.
    header: String,
    keys: Vec<VerifyKey>,
    jwks: Arc<str>,
    verified: VerifiedCache,
}

impl TokenKeys {
    /// Keys and rules, with time and randomness to work with.
    pub fn new(ring: KeyRing, rules: TokenRules, clock: SharedClock, random: SharedRandom) -> Self {
        let state = RwLock::new(Arc::new(State::new(ring, &rules)));
        Self(Arc::new(Shared { state, rules, clock, random }))
    }

    /// Takes a new ring into use. What the old one verified is forgotten at once.
    pub fn replace(&self, ring: KeyRing) {
        let state = Arc::new(State::new(ring, &self.0.rules));
        *self.0.state.write().unwrap_or_else(PoisonError::into_inner) = state;
    }

    /// The public keys, as a JWK set. Secrets are not in it.
    pub fn jwks(&self) -> Arc<str> {
        Arc::clone(&self.state().jwks)
    }

    /// Signs claims, given as the text of a JSON object.
    pub fn sign(&self, claims: &str) -> Result<String, TokenError> {
        let state = self.state();
        let mut token = String::with_capacity(state.header.len() + claims.len() * 4 / 3 + 100);
        token.push_str(&state.header);
        token.push('.');
        URL_SAFE_NO_PAD.encode_string(claims, &mut token);
        match &state.signer {
            Signer::Es256(key) => {
                let signature =
                    key.sign(token.as_bytes(), self.0.random.as_ref()).ok_or(TokenError::Signing)?;
                token.push('.');
                URL_SAFE_NO_PAD.encode_string(signature, &mut token);
            }
            Signer::Hs256(secret) => {
                let key = hmac::Key::new(hmac::HMAC_SHA256, secret.bytes());
                let signature = hmac::sign(&key, token.as_bytes());
                token.push('.');
                URL_SAFE_NO_PAD.encode_string(signature, &mut token);
            }
        }
        Ok(token)
    }

    /// The claims of a token that is genuine, in time and for us.
    pub fn verify(&self, token: &str) -> Result<Arc<Claims>, TokenError> {
        let Shared { rules, clock, .. } = self.0.as_ref();
        let state = self.state();
        let hash = sha256(token.as_bytes());
        if let Some(claims) = state.verified.find(&hash) {
            claims.check(clock.unix_s(), rules)?;
            return Ok(claims);
        }
        let claims = Arc::new(state.verify(token, rules)?);
        claims.check(clock.unix_s(), rules)?;
        state.verified.remember(hash, Arc::clone(&claims));
        Ok(claims)
    }

    /// The time by which tokens are judged.
    pub fn clock(&self) -> &SharedClock {
        &self.0.clock
    }

    fn state(&self) -> Arc<State> {
        Arc::clone(&self.0.state.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl State {
    fn new(ring: KeyRing, rules: &TokenRules) -> Self {
        let (header, own) = match &ring.current {
            Signer::Es256(key) => (json!({"alg": "ES256", "kid": key.kid(), "typ": "JWT"}), key.verify_key()),
            Signer::Hs256(secret) => {
                (json!({"alg": "HS256", "typ": "JWT"}), VerifyKey::symmetric(secret.clone()))
            }
        };
        let keys: Vec<_> = std::iter::once(own).chain(ring.accepted).collect();
        let published: Vec<_> = keys.iter().filter_map(VerifyKey::public_jwk).collect();
        let jwks = json!({ "keys": published }).to_string().into();
        let header = URL_SAFE_NO_PAD.encode(header.to_string());
        Self { signer: ring.current, header, keys, jwks, verified: VerifiedCache::new(rules.remembered_max) }
    }

    fn verify(&self, token: &str, rules: &TokenRules) -> Result<Claims, TokenError> {
        let unverified = Unverified::decode(token)?;
        if !self.keys.iter().any(|key| key.is_for(unverified.algorithm)) {
            return Err(TokenError::Algorithm);
        }
        let is_genuine = self
            .candidates(&unverified)
            .any(|key| key.verifies(unverified.algorithm, unverified.message, &unverified.signature));
        if !is_genuine {
            return Err(TokenError::Key);
        }
        Claims::parse(unverified.payload, rules)
    }

    /// The keys that may verify it: those of its algorithm which bear its key id, or bear none. A token without
    /// key id is tried with all of its algorithm.
    fn candidates<'a>(&'a self, token: &'a Unverified<'_>) -> impl Iterator<Item = &'a VerifyKey> {
        let may_fit = |key: &&VerifyKey| match (token.kid.as_deref(), key.kid()) {
            (Some(wanted), Some(kid)) => wanted == kid,
            _ => true,
        };
        self.keys.iter().filter(|key| key.is_for(token.algorithm)).filter(may_fit)
    }
}

pub(crate) fn sha256(bytes: &[u8]) -> [u8; 32] {
    let mut hash = [0; 32];
    hash.copy_from_slice(digest::digest(&digest::SHA256, bytes).as_ref());
    hash
}

#[cfg(test)]
mod tests;
