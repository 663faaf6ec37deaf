//! How often: a bucket for each (kind, key), refilled by time, in memory that does not grow.
//!
//! Each bucket is one number: the time at which it would be full again. Counters that must survive a restart are
//! rows of the accounts' tables, not these. **Must not:** read headers; whoever asks says which address or account.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::clock::SharedClock;
use crate::failure::{Code, Failure};
use crate::tokens::sha256;

/// So many at once, and so many in each period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quota {
    /// Requests in a period, all of which may come at once.
    pub count: u32,
    /// The period, in seconds.
    pub period_s: u64,
}

/// The bucket is empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("too many requests; try again in {retry_after_s} seconds")]
pub struct OverLimit {
    /// When one request would pass, in seconds from now, rounded up.
    pub retry_after_s: u64,
}

/// Buckets for everybody. Cheap to clone.
#[derive(Clone)]
pub struct RateLimiter(Arc<Inner>);

struct Inner {
    shards: [Mutex<Shard>; SHARDS],
    keys_per_shard_max: usize,
    clock: SharedClock,
}

/// From a bucket's key to the microsecond at which it is full again.
type Shard = HashMap<[u8; 16], u64>;

const SHARDS: usize = 16;

impl RateLimiter {
    /// A limiter that remembers at most so many keys.
    pub fn new(keys_max: usize, clock: SharedClock) -> Self {
        let shards = std::array::from_fn(|_| Mutex::default());
        Self(Arc::new(Inner { shards, keys_per_shard_max: keys_max.div_ceil(SHARDS).max(1), clock }))
    }

    /// Takes one from the bucket of this kind and key. Attempts that are refused do not lengthen the wait.
    pub fn take(&self, kind: &'static str, key: &str, quota: Quota) -> Result<(), OverLimit> {
        let period_us = quota.period_s.saturating_mul(1_000_000);
        let each_us = period_us / u64::from(quota.count.max(1));
        let now_us = self.0.clock.monotonic_us();
        let key = bucket(kind, key);
        let mut shard = self.0.shard(&key);
        let full_at_us = shard.get(&key).copied().unwrap_or(0).max(now_us) + each_us;
        let wait_us = full_at_us.saturating_sub(now_us).saturating_sub(period_us);
        if wait_us > 0 {
            return Err(OverLimit { retry_after_s: wait_us.div_ceil(1_000_000) });
        }
        if shard.len() >= self.0.keys_per_shard_max && !shard.contains_key(&key) {
            make_room(&mut shard, now_us);
        }
        shard.insert(key, full_at_us);
        Ok(())
    }

    /// Keys that are remembered now.
    pub fn len(&self) -> usize {
        self.0.shards.iter().map(|shard| shard.lock().unwrap_or_else(PoisonError::into_inner).len()).sum()
    }

    /// Whether nobody is remembered.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Inner {
    fn shard(&self, key: &[u8; 16]) -> MutexGuard<'_, Shard> {
        // Nothing panics while a shard is held; should it ever, the map is still whole.
        self.shards[usize::from(key[0]) % SHARDS].lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl From<OverLimit> for Failure {
    fn from(over: OverLimit) -> Self {
        Self::new(Code::TooManyRequests, over.to_string()).retry_after(over.retry_after_s)
    }
}

/// Half of a hash is far more than the keys there can be, and makes every key as small as the next.
fn bucket(kind: &'static str, key: &str) -> [u8; 16] {
    let hash = sha256(format!("{kind}\0{key}").as_bytes());
    let mut half = [0; 16];
    half.copy_from_slice(&hash[..16]);
    half
}

/// Forgets the buckets that are full, for they say nothing; if none is, the eighth that are nearest to it.
fn make_room(shard: &mut Shard, now_us: u64) {
    let before = shard.len();
    shard.retain(|_, full_at_us| *full_at_us > now_us);
    if shard.len() < before || shard.is_empty() {
        return;
    }
    let mut times: Vec<u64> = shard.values().copied().collect();
    let (_, limit_us, _) = times.select_nth_unstable(before / 8);
    let limit_us = *limit_us;
    shard.retain(|_, full_at_us| *full_at_us > limit_us);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::ManualClock;

    const QUOTA: Quota = Quota { count: 30, period_s: 300 };

    fn limiter(keys_max: usize) -> (RateLimiter, Arc<ManualClock>) {
        let clock = ManualClock::at(1_800_000_000);
        (RateLimiter::new(keys_max, clock.clone()), clock)
    }

    #[test]
    fn a_burst_passes_and_then_one_in_ten_seconds() {
        let (limiter, clock) = limiter(1000);
        for _ in 0..30 {
            limiter.take("token", "192.0.2.1", QUOTA).unwrap();
        }
        assert_eq!(limiter.take("token", "192.0.2.1", QUOTA), Err(OverLimit { retry_after_s: 10 }));
        limiter.take("token", "192.0.2.2", QUOTA).expect("another key");
        limiter.take("verify", "192.0.2.1", QUOTA).expect("another kind");
        clock.advance_s(9);
        assert_eq!(limiter.take("token", "192.0.2.1", QUOTA), Err(OverLimit { retry_after_s: 1 }));
        clock.advance_s(1);
        limiter.take("token", "192.0.2.1", QUOTA).unwrap();
        assert_eq!(limiter.take("token", "192.0.2.1", QUOTA), Err(OverLimit { retry_after_s: 10 }));
    }

    #[test]
    fn memory_is_bounded_and_who_asks_most_is_remembered() {
        let (limiter, _) = limiter(1600);
        for _ in 0..30 {
            limiter.take("token", "greedy", QUOTA).unwrap();
        }
        for number in 0..20_000 {
            limiter.take("token", &number.to_string(), QUOTA).unwrap();
        }
        assert!(limiter.len() <= 1600, "{}", limiter.len());
        assert!(limiter.take("token", "greedy", QUOTA).is_err());
    }

    #[test]
    fn full_buckets_are_forgotten_first() {
        let (limiter, clock) = limiter(160);
        for number in 0..160 {
            limiter.take("token", &number.to_string(), QUOTA).unwrap();
        }
        clock.advance_s(400);
        for number in 1000..1160 {
            limiter.take("token", &number.to_string(), QUOTA).unwrap();
        }
        assert!(limiter.len() <= 160);
    }

    #[test]
    fn the_refusal_says_when_to_come_back() {
        let failure = Failure::from(OverLimit { retry_after_s: 7 });
        assert_eq!(failure.parts().status, 429);
        assert_eq!(failure.parts().headers["retry-after"], "7");
    }
}
