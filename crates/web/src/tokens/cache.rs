//! Verified tokens, remembered by the hash of their text, so that a session's requests pay for one signature check.
//!
//! **Must not:** decide that a token is good: its times are checked again at every use, and a change of keys makes a
//! new, empty cache.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::claims::Claims;

/// SHA-256 of a token's text.
pub(crate) type TokenHash = [u8; 32];

/// As many locks as could be fought over on a large machine.
const SHARDS: usize = 16;

#[derive(Debug)]
pub(crate) struct VerifiedCache {
    shards: [Mutex<Shard>; SHARDS],
    entries_per_shard_max: usize,
}

#[derive(Debug, Default)]
struct Shard {
    entries: HashMap<TokenHash, Arc<Claims>>,
    /// Oldest first.
    order: VecDeque<TokenHash>,
}

impl VerifiedCache {
    pub(crate) fn new(entries_max: usize) -> Self {
        let shards = std::array::from_fn(|_| Mutex::default());
        Self { shards, entries_per_shard_max: entries_max.div_ceil(SHARDS) }
    }

    pub(crate) fn find(&self, hash: &TokenHash) -> Option<Arc<Claims>> {
        self.shard(hash).entries.get(hash).cloned()
    }

    pub(crate) fn remember(&self, hash: TokenHash, claims: Arc<Claims>) {
        if self.entries_per_shard_max == 0 {
            return;
        }
        let mut shard = self.shard(&hash);
        if shard.entries.insert(hash, claims).is_some() {
            return;
        }
        shard.order.push_back(hash);
        while shard.order.len() > self.entries_per_shard_max {
            if let Some(oldest) = shard.order.pop_front() {
                shard.entries.remove(&oldest);
            }
        }
    }

    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        self.shards.iter().map(|shard| shard.lock().unwrap().entries.len()).sum()
    }

    fn shard(&self, hash: &TokenHash) -> MutexGuard<'_, Shard> {
        // Nothing panics while a shard is held; should it ever, the map is still whole.
        self.shards[usize::from(hash[0]) % SHARDS].lock().unwrap_or_else(PoisonError::into_inner)
    }
}
