//! What an upsert did to which rows: how many it updated, so that its answer tells new rows from changed ones, and which it
//! touched, so that none is touched twice.
//!
//! SQLite tells neither; the rendering calls `pg_note_update` and `pg_note_row`. **Must not:** be shared by two connections that
//! write.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use algebra::value::ValueError;

/// The count of a write connection. Cheap to clone; clones share it.
#[derive(Debug, Clone, Default)]
pub(super) struct Tally(Arc<Counts>);

#[derive(Debug, Default)]
struct Counts {
    updated: AtomicU64,
    /// The rows of this statement: the write's number in it, and the rowid.
    touched: Mutex<BTreeSet<(i64, i64)>>,
}

impl Tally {
    /// Notes a row that is about to be updated.
    pub(super) fn note_update(&self, write: i64, row: i64) -> Result<(), ValueError> {
        if self.touched().contains(&(write, row)) {
            let message = "ON CONFLICT DO UPDATE command cannot affect row a second time";
            return Err(ValueError::new("21000", message));
        }
        self.0.updated.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    /// Notes a row that was inserted or updated.
    pub(super) fn note_row(&self, write: i64, row: i64) {
        self.touched().insert((write, row));
    }

    /// The count of updated rows since the last time this was asked. A statement begins.
    pub(super) fn take(&self) -> u64 {
        self.touched().clear();
        self.0.updated.swap(0, Ordering::Relaxed)
    }

    fn touched(&self) -> MutexGuard<'_, BTreeSet<(i64, i64)>> {
        self.0.touched.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
