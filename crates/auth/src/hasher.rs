//! Hashing passwords: Argon2id for new ones, Argon2 and bcrypt for those that were imported.
//!
//! A hash takes tens of milliseconds and tens of mebibytes, so it runs on threads of its own, as many as there are cores, with a
//! bounded queue before them. **Must not:** let an unknown account answer faster than a known one.

use std::sync::Arc;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use web::SharedRandom;

use crate::error::AuthError;
use crate::workers::{Undone, Workers};

/// How passwords are hashed (threats.md LIM-13).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HasherSettings {
    /// Memory of one hash, in KiB.
    pub memory_kib: u32,
    /// Passes over the memory.
    pub passes: u32,
    /// Hashes at the same time.
    pub parallel: usize,
    /// Requests that wait for their turn; more are told to come again.
    pub queue_max: usize,
}

impl Default for HasherSettings {
    fn default() -> Self {
        Self { memory_kib: 19_456, passes: 2, parallel: 2, queue_max: 64 }
    }
}

/// Hashes and verifies. Cheap to clone.
#[derive(Clone)]
pub struct Hasher(Arc<Inner>);

struct Inner {
    argon2: Argon2<'static>,
    workers: Workers,
    random: SharedRandom,
    /// The hash of a password nobody has, verified where there is no account.
    nobody: String,
}

impl Hasher {
    /// A hasher; makes one hash.
    ///
    /// # Errors
    /// When the parameters are out of Argon2's range, threads cannot be started or there is no randomness.
    pub fn new(settings: HasherSettings, random: SharedRandom) -> Result<Self, AuthError> {
        let params = Params::new(settings.memory_kib, settings.passes, 1, None)
            .map_err(|error| AuthError::internal(&error))?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let workers = Workers::start(settings.parallel.max(1), settings.queue_max)
            .map_err(|error| AuthError::internal(&error))?;
        let unknown = web::random::text::<24>(random.as_ref())?;
        let nobody = hash_now(&argon2, &unknown, &salt(&random)?)?;
        Ok(Self(Arc::new(Inner { argon2, workers, random, nobody })))
    }

    /// The hash of a new password, in PHC form.
    pub(crate) async fn hash(&self, password: String) -> Result<String, AuthError> {
        let salt = salt(&self.0.random)?;
        let inner = Arc::clone(&self.0);
        self.in_turn(move || hash_now(&inner.argon2, &password, &salt)).await?
    }

    /// Whether the password is that of the hash. `None`: there is no hash; it takes as long and is false.
    pub(crate) async fn verify(&self, password: String, hash: Option<String>) -> Result<bool, AuthError> {
        let inner = Arc::clone(&self.0);
        self.in_turn(move || match hash {
            Some(hash) if is_known(&hash) => verify_now(&inner.argon2, &password, &hash),
            _ => {
                // The time it takes is the point; the answer is no whatever it says.
                std::hint::black_box(verify_now(&inner.argon2, &password, &inner.nobody));
                false
            }
        })
        .await
    }

    /// Whether a hash should be made anew with today's parameters at the next sign-in.
    pub(crate) fn is_outdated(&self, hash: &str) -> bool {
        let Ok(parsed) = PasswordHash::new(hash) else { return true };
        let current = self.0.argon2.params();
        parsed.algorithm.as_str() != "argon2id"
            || Params::try_from(&parsed)
                .is_ok_and(|params| params.m_cost() < current.m_cost() || params.t_cost() < current.t_cost())
    }

    async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, AuthError> {
        self.0.workers.run(work).await.map_err(|undone| match undone {
            Undone::Full => AuthError::busy(1),
            Undone::Lost => AuthError::internal(&"a hashing thread did not answer"),
        })
    }
}

fn salt(random: &SharedRandom) -> Result<[u8; 16], AuthError> {
    Ok(web::random::bytes::<16>(random.as_ref())?)
}

fn hash_now(argon2: &Argon2<'_>, password: &str, salt: &[u8]) -> Result<String, AuthError> {
    let hash = argon2
        .hash_password_with_salt(password.as_bytes(), salt)
        .map_err(|error| AuthError::internal(&error))?;
    Ok(hash.to_string())
}

fn verify_now(argon2: &Argon2<'_>, password: &str, hash: &str) -> bool {
    if hash.starts_with("$2") {
        return bcrypt::verify(password, hash).unwrap_or(false);
    }
    PasswordHash::new(hash).is_ok_and(|hash| argon2.verify_password(password.as_bytes(), &hash).is_ok())
}

/// Whether a stored hash is of a kind that can be verified: Argon2 in PHC form, or bcrypt.
pub(crate) fn is_known(hash: &str) -> bool {
    let is_bcrypt =
        hash.len() == 60 && ["$2a$", "$2b$", "$2x$", "$2y$"].iter().any(|kind| hash.starts_with(kind));
    is_bcrypt || (hash.starts_with("$argon2") && PasswordHash::new(hash).is_ok())
}
