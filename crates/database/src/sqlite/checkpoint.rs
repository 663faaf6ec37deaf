//! Checkpoints: what the log holds is brought into the database file beside the writer, not in the middle of its commits.
//!
//! **Must not:** hold the writer up, unless the log grew far beyond what readers should keep alive.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI32, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use rusqlite::hooks::Wal;
use rusqlite::wal::CheckpointMode;
use rusqlite::{Connection, OpenFlags};

use super::open;
use super::snapshots::Snapshots;

/// Pages in the log from which on it is worth a checkpoint: 4 MiB.
const PAGES: i32 = 1_000;

/// Pages in the log at which the writer waits for readers and empties it: 64 MiB.
const PAGES_MAX: i32 = 16_384;

/// How long the writer waits for readers before it goes on with a long log.
const PATIENCE: Duration = Duration::from_millis(50);

/// The checkpointer's thread and how the writer reaches it.
pub(super) struct Checkpoints {
    pages: Arc<AtomicI32>,
    wake: Option<SyncSender<()>>,
    thread: Option<JoinHandle<()>>,
    snapshots: Arc<Snapshots>,
    /// Pages at which the writer empties the log next; further off after readers were in the way.
    full: AtomicI32,
}

impl Checkpoints {
    /// Starts the thread; `connection` is the writer's, whose commits are counted from now on.
    pub(super) fn start(
        file: &Path,
        connection: &mut Connection,
        snapshots: Arc<Snapshots>,
    ) -> rusqlite::Result<Self> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let own = Connection::open_with_flags(file, flags)?;
        // A connection that has read nothing yet does not know that there is a log.
        own.prepare(include_str!("has_table.sql"))?.exists([""])?;
        let (wake, woken) = sync_channel(1);
        let released = Arc::clone(&snapshots);
        let work = move || run(&own, &woken, &released);
        let thread = thread::Builder::new().name("checkpoint".to_owned()).spawn(work);
        // Without the thread the writer empties the log itself when it is full.
        let thread = thread.inspect_err(|error| tracing::warn!(%error, "no thread for checkpoints")).ok();
        let full = AtomicI32::new(PAGES_MAX);
        let checkpoints = Self { pages: Arc::default(), wake: Some(wake), thread, snapshots, full };
        checkpoints.watch(connection)?;
        Ok(checkpoints)
    }

    /// Counts the log of a write connection that was opened anew.
    pub(super) fn watch(&self, connection: &mut Connection) -> rusqlite::Result<()> {
        let pages = Arc::clone(&self.pages);
        connection.wal_hook(Some(move |_: &mut Wal, count: i32| {
            pages.store(count, Ordering::Relaxed);
            Ok(())
        }))
    }

    /// After a commit: has the log brought over when it is worth it.
    pub(super) fn committed(&self, connection: &Connection) {
        let pages = self.pages.load(Ordering::Relaxed);
        if pages >= self.full.load(Ordering::Relaxed) {
            let full = match self.snapshots.without(|| empty(connection)) {
                Ok(()) => PAGES_MAX,
                Err(error) => {
                    tracing::warn!(%error, pages, "the log could not be emptied, a long read is in the way");
                    pages.saturating_add(PAGES_MAX / 4)
                }
            };
            self.full.store(full, Ordering::Relaxed);
        } else if pages >= PAGES
            && let Some(wake) = &self.wake
        {
            // A full channel means that it was asked already.
            let _ = wake.try_send(());
        }
    }
}

impl Drop for Checkpoints {
    fn drop(&mut self) {
        drop(self.wake.take());
        if let Some(thread) = self.thread.take() {
            // A panic of the thread was reported when it happened.
            let _ = thread.join();
        }
    }
}

fn run(connection: &Connection, woken: &Receiver<()>, snapshots: &Snapshots) {
    while woken.recv().is_ok() {
        snapshots.release();
        if let Err(error) = checkpoint(connection, CheckpointMode::PASSIVE) {
            tracing::warn!(%error, "a checkpoint failed, the next one is tried later");
        }
        // Snapshots from before would keep the writer from beginning the log anew.
        snapshots.release();
    }
}

/// Empties the log if readers let go of it soon.
fn empty(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(PATIENCE)?;
    let emptied = checkpoint(connection, CheckpointMode::TRUNCATE);
    connection.busy_timeout(open::BUSY_MAX)?;
    emptied
}

fn checkpoint(connection: &Connection, mode: CheckpointMode) -> rusqlite::Result<()> {
    connection.wal_checkpoint_v2(None::<&str>, mode).map(drop)
}
