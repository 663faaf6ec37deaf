//! Counts the rows that an upsert updated, so that its answer tells new rows from changed ones.
//!
//! SQLite's own count does not; the rendering calls `pg_note_update` for each. **Must not:** be shared by two connections that write.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The count of a write connection. Cheap to clone; clones share it.
#[derive(Debug, Clone, Default)]
pub(super) struct Tally(Arc<AtomicU64>);

impl Tally {
    /// Notes one updated row.
    pub(super) fn note(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    /// The count since the last time this was asked.
    pub(super) fn take(&self) -> u64 {
        self.0.swap(0, Ordering::Relaxed)
    }
}
