//! Reading: short reads run where the request is, long ones move to threads that may block.
//!
//! Each thread that serves requests keeps a connection of its own. A read that is not done within its budget is stopped and begun
//! again on the blocking pool with the statement time limit of its caller. **Must not:** write.

use std::cell::RefCell;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use rusqlite::ffi;
use tokio::sync::Semaphore;

use crate::error::DatabaseError;

use super::fault::Fault;
use super::meter::Meter;
use super::open::{self, Channel, Place};
use super::snapshots::{Slot, Snapshot, Snapshots};

/// What a read may do where the request is: thousand-step ticks, about two milliseconds.
const INLINE_TICKS: i64 = 100;

/// And how long: a step may call a function that takes its time.
const INLINE_TIME: Duration = Duration::from_millis(10);

/// Names each opened database, so that a thread knows whose connections it keeps.
static NUMBER: AtomicU64 = AtomicU64::new(0);

thread_local! {
    static KEPT: RefCell<Vec<Kept>> = const { RefCell::new(Vec::new()) };
}

/// A connection that a thread keeps, as long as its database is open.
struct Kept {
    owner: Weak<Readers>,
    number: u64,
    slot: Arc<Slot>,
}

/// A read connection, the snapshot that it keeps, and a buffer for bodies.
pub(super) struct Reader {
    pub(super) channel: Channel,
    pub(super) buffer: Vec<u8>,
    snapshot: Option<Snapshot>,
}

/// All read connections of a database.
pub(super) struct Readers {
    place: Arc<Place>,
    snapshots: Arc<Snapshots>,
    number: u64,
    idle: Mutex<Vec<Reader>>,
    permits: Semaphore,
    long_reads: usize,
}

/// A read: run on a connection, perhaps twice.
pub(super) type Read<T> = dyn Fn(&mut Reader) -> Result<T, Fault> + Send + Sync;

impl Readers {
    pub(super) fn new(place: Arc<Place>, snapshots: Arc<Snapshots>, long_reads: usize) -> Self {
        Self {
            place,
            snapshots,
            number: NUMBER.fetch_add(1, Ordering::Relaxed),
            idle: Mutex::new(Vec::new()),
            permits: Semaphore::new(long_reads),
            long_reads,
        }
    }

    /// Runs a read on this thread's connection; `None` when it took too long and must move.
    pub(super) fn inline<T>(self: &Arc<Self>, read: &Read<T>) -> Option<Result<T, Fault>> {
        KEPT.with_borrow_mut(|kept| {
            let position = match kept.iter().position(|entry| entry.number == self.number) {
                Some(position) => position,
                None => {
                    kept.retain(|entry| entry.owner.strong_count() > 0);
                    let slot = match self.open() {
                        Ok(reader) => Arc::new(Mutex::new(Some(reader))),
                        Err(error) => return Some(Err(error.into())),
                    };
                    self.snapshots.add(&slot);
                    kept.push(Kept { owner: Arc::downgrade(self), number: self.number, slot });
                    kept.len() - 1
                }
            };
            let mut slot = kept[position].slot.lock().unwrap_or_else(PoisonError::into_inner);
            let Some(reader) = &mut *slot else {
                let reason = "the database is closing";
                return Some(Err(DatabaseError::Unavailable { reason, retry_after_s: 1 }.into()));
            };
            match reader.run_kept(read, &self.snapshots) {
                Err(fault) if is_interrupted(&fault) => None,
                result => Some(result),
            }
        })
    }

    /// Runs a read on a thread that may block, with a time limit. It is stopped when the future is dropped.
    pub(super) async fn long<T: Send + 'static>(
        self: Arc<Self>,
        read: Box<Read<T>>,
        time: Duration,
        wait: Duration,
    ) -> Result<T, Fault> {
        let permit = tokio::time::timeout(wait, self.permits.acquire()).await;
        let Ok(Ok(permit)) = permit else {
            let reason = "too many long reads are running";
            return Err(DatabaseError::Unavailable { reason, retry_after_s: 1 }.into());
        };
        let mut reader = match self.idle().pop() {
            Some(reader) => reader,
            None => self.open()?,
        };
        let stop = StopOnDrop(Arc::clone(&reader.channel.meter));
        let readers = Arc::clone(&self);
        let task = tokio::task::spawn_blocking(move || {
            let result = reader.run_once(&*read, time);
            readers.give_back(reader);
            result
        });
        let result = task.await;
        drop(permit);
        std::mem::forget(stop);
        result.unwrap_or_else(|error| {
            tracing::error!(%error, "a long read ended in a panic");
            Err(DatabaseError::from(crate::error::SqlError::new("XX000", "the read could not be run")).into())
        })
    }

    /// Closes every connection that reads nothing now, so that the writer's is the last and leaves no log behind.
    pub(super) fn close(&self) {
        self.snapshots.close();
        self.idle().clear();
    }

    fn open(&self) -> rusqlite::Result<Reader> {
        let channel = open::reader(&self.place.file)?;
        Ok(Reader { channel, buffer: Vec::with_capacity(8 * 1024), snapshot: None })
    }

    fn give_back(&self, reader: Reader) {
        let mut idle = self.idle();
        if idle.len() < self.long_reads {
            idle.push(reader);
        }
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Reader>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A buffer that grew beyond this for one big answer is given back.
const BUFFER_MAX: usize = 1024 * 1024;

impl Reader {
    /// Runs a read within the budget of short ones, on the kept snapshot when nothing was committed since.
    fn run_kept<T>(&mut self, read: &Read<T>, snapshots: &Snapshots) -> Result<T, Fault> {
        let now = snapshots.now();
        if !self.snapshot.is_some_and(|kept| Snapshots::is_fresh(kept, now)) {
            self.end();
            self.begin()?;
            self.snapshot = Some(now);
        }
        self.channel.meter.allow(INLINE_TICKS, INLINE_TIME);
        let result = read(self);
        self.channel.meter.allow_all();
        if result.is_err() || !snapshots.are_kept() {
            self.end();
        }
        self.give_back_buffer();
        result
    }

    /// Runs a read within a time limit on a snapshot of its own.
    fn run_once<T>(&mut self, read: &Read<T>, time: Duration) -> Result<T, Fault> {
        self.begin()?;
        self.channel.meter.allow_time(time);
        let result = read(self);
        self.channel.meter.allow_all();
        self.end();
        self.give_back_buffer();
        result
    }

    fn begin(&self) -> rusqlite::Result<()> {
        self.channel.connection.prepare_cached("BEGIN")?.raw_execute().map(drop)
    }

    /// Ends the read transaction, if there is one.
    pub(super) fn end(&mut self) {
        self.snapshot = None;
        if self.channel.connection.is_autocommit() {
            return;
        }
        let ended = self.channel.connection.prepare_cached("ROLLBACK").and_then(|mut end| end.raw_execute());
        if let Err(error) = ended {
            tracing::error!(%error, "a read transaction could not be ended");
        }
    }

    fn give_back_buffer(&mut self) {
        if self.buffer.capacity() > BUFFER_MAX {
            self.buffer = Vec::with_capacity(8 * 1024);
        }
    }
}

fn is_interrupted(fault: &Fault) -> bool {
    fault.code().is_some_and(|code| code & 0xff == ffi::SQLITE_INTERRUPT)
}

/// Stops a read whose asker went away.
struct StopOnDrop(Arc<Meter>);

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        self.0.stop();
    }
}
