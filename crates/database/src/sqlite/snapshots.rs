//! Snapshots that threads keep between requests: as long as nothing was committed, the next read needs no new one.
//!
//! Beginning and ending a read transaction costs two system calls each, as much as a short read itself. A commit makes all kept
//! snapshots old before it is acknowledged, so a read that follows an answer always sees what it answered. **Must not:** keep the
//! log from being emptied: a checkpoint ends what idle threads keep.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, TryLockError, Weak};
use std::time::{Duration, Instant};

use super::meter;
use super::reader::Reader;

/// A kept snapshot is renewed after so long even without a commit of ours: somebody may have restored the file.
const AGE_MAX: Duration = Duration::from_secs(1);

/// A connection that one thread reads with; empty when its database was closed.
pub(super) type Slot = Mutex<Option<Reader>>;

/// The commits so far and the connections whose snapshots they make old.
#[derive(Default)]
pub(super) struct Snapshots {
    commits: AtomicU64,
    slots: Mutex<Vec<Weak<Slot>>>,
    /// Set while the log is being emptied: then a thread ends its snapshot after each read.
    paused: AtomicBool,
}

/// What a kept snapshot has seen.
#[derive(Debug, Clone, Copy)]
pub(super) struct Snapshot {
    commits: u64,
    begun: Instant,
}

impl Snapshots {
    /// A commit is done; called before it is acknowledged.
    pub(super) fn committed(&self) {
        self.commits.fetch_add(1, Ordering::Release);
    }

    /// What a snapshot that begins now has seen at least.
    pub(super) fn now(&self) -> Snapshot {
        Snapshot { commits: self.commits.load(Ordering::Acquire), begun: meter::now() }
    }

    /// Whether a kept snapshot shows everything that was acknowledged by `now`.
    pub(super) fn is_fresh(kept: Snapshot, now: Snapshot) -> bool {
        kept.commits == now.commits && now.begun.duration_since(kept.begun) < AGE_MAX
    }

    /// Remembers a thread's connection.
    pub(super) fn add(&self, slot: &Arc<Slot>) {
        let mut slots = self.slots();
        slots.retain(|slot| slot.strong_count() > 0);
        slots.push(Arc::downgrade(slot));
    }

    /// Ends the snapshots of threads that read nothing now.
    pub(super) fn release(&self) {
        self.each_idle(|reader| {
            if let Some(reader) = reader {
                reader.end();
            }
        });
    }

    /// Keeps nobody's snapshot while `work` runs.
    pub(super) fn without<T>(&self, work: impl FnOnce() -> T) -> T {
        self.paused.store(true, Ordering::Release);
        self.release();
        let result = work();
        self.paused.store(false, Ordering::Release);
        result
    }

    /// Whether a snapshot may be kept now.
    pub(super) fn are_kept(&self) -> bool {
        !self.paused.load(Ordering::Acquire)
    }

    /// Closes the connections of threads that read nothing now.
    pub(super) fn close(&self) {
        self.each_idle(|reader| drop(reader.take()));
    }

    fn each_idle(&self, mut act: impl FnMut(&mut Option<Reader>)) {
        for slot in self.slots().iter().filter_map(Weak::upgrade) {
            match slot.try_lock() {
                Ok(mut reader) => act(&mut reader),
                Err(TryLockError::Poisoned(poisoned)) => act(&mut poisoned.into_inner()),
                // It reads, and will see by itself that its snapshot is old.
                Err(TryLockError::WouldBlock) => {}
            }
        }
    }

    fn slots(&self) -> std::sync::MutexGuard<'_, Vec<Weak<Slot>>> {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
