//! What the service is given when the server starts.

use std::sync::Arc;

use database::{Database, Session};
use policy::Caller;
use ring::hmac;
use web::{Gate, Limits, RateLimiter, SharedClock, SharedRandom};

use crate::hasher::Hasher;
use crate::outbox::Outbox;
use crate::settings::AuthSettings;

/// Everything the accounts service needs. Cheap to clone.
#[derive(Clone)]
pub struct AuthState {
    pub database: Database,
    pub gate: Gate,
    pub settings: Arc<AuthSettings>,
    pub limits: Arc<Limits>,
    pub hasher: Hasher,
    pub rates: RateLimiter,
    pub clock: SharedClock,
    pub random: SharedRandom,
    pub outbox: Arc<dyn Outbox>,
    pub refresh_key: RefreshKey,
}

impl AuthState {
    /// A session of the system, for one request.
    pub(crate) fn session(&self) -> Session {
        self.database.session(Caller::System)
    }

    pub(crate) fn now_s(&self) -> i64 {
        self.clock.unix_s()
    }
}

/// The secret from which refresh tokens are made, so that the database holds none of them.
#[derive(Clone)]
pub struct RefreshKey(Arc<hmac::Key>);

impl RefreshKey {
    /// From at least 32 secret bytes that are used for nothing else.
    #[must_use]
    pub fn new(secret: &[u8; 32]) -> Self {
        Self(Arc::new(hmac::Key::new(hmac::HMAC_SHA256, secret)))
    }

    pub(crate) fn sign(&self, text: &str) -> hmac::Tag {
        hmac::sign(&self.0, text.as_bytes())
    }
}

impl AuthState {
    /// Gets ready: compiles every query, and refuses the tokens of banned accounts, whose record survives a restart while
    /// the list in memory does not.
    ///
    /// # Errors
    /// When a query does not fit the database or it does not answer.
    pub async fn start(&self) -> Result<(), crate::AuthError> {
        self.session().prepare(crate::queries::ALL)?;
        let rows = self.session().run(&crate::queries::BANNED_USERS, Vec::new()).await?;
        let now_s = self.now_s();
        for row in crate::record::records(&rows) {
            if let (Some(id), Some(until_s)) = (row.text("id"), row.int("until_s")) {
                self.gate.revoked().refuse(id, until_s, now_s);
            }
        }
        Ok(())
    }
}
