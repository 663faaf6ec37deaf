//! Who may not use a token any more although it has not run out: banned and deleted accounts, ended sessions.
//!
//! Accounts put ids in; every request with a token looks. An id stays as long as a token of it could be in time.
//! **Must not:** be the record of a ban. That is the account's row, from which this is filled at start.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

/// Ids of accounts and sessions whose tokens are refused. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Revoked(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    /// Most servers have nobody in here most of the time; then a request pays one load.
    has_any: AtomicBool,
    until_s: RwLock<HashMap<String, i64>>,
}

impl Revoked {
    /// Refuses tokens of this account or session until then: the latest that one of them can be in time.
    pub fn refuse(&self, id: &str, until_s: i64, now_s: i64) {
        let mut ids = self.0.until_s.write().unwrap_or_else(PoisonError::into_inner);
        ids.retain(|_, until_s| *until_s >= now_s);
        ids.insert(id.to_owned(), until_s);
        self.0.has_any.store(true, Ordering::Release);
    }

    /// Takes an account's tokens again: the ban was lifted.
    pub fn accept(&self, id: &str) {
        let mut ids = self.0.until_s.write().unwrap_or_else(PoisonError::into_inner);
        ids.remove(id);
        self.0.has_any.store(!ids.is_empty(), Ordering::Release);
    }

    /// Whether tokens of this id are refused now.
    pub fn has(&self, id: &str) -> bool {
        self.0.has_any.load(Ordering::Acquire)
            && self.0.until_s.read().unwrap_or_else(PoisonError::into_inner).contains_key(id)
    }
}
