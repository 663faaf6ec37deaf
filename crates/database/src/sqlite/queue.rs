//! What waits for the writer: jobs, and how each is answered.

use std::sync::Arc;
use std::time::{Duration, Instant};

use catalog::Catalog;
use policy::Caller;
use tokio::sync::oneshot;

use crate::engine::{Migration, Prepared, Work};
use crate::error::DatabaseError;
use crate::query::Rows;
use crate::reply::Reply;

use super::meter;

/// Something that writes.
pub(super) enum Task {
    Answer(Box<Work>),
    Run(Queries),
    Migrate(Box<Migration>),
}

/// Queries of a service that belong together.
pub(super) struct Queries {
    pub(super) queries: Vec<Prepared>,
    pub(super) caller: Caller,
    pub(super) catalog: Arc<Catalog>,
}

/// What a task came to.
pub(super) enum Outcome {
    Reply(Reply),
    Rows(Vec<Rows>),
    Migrated,
}

/// A task in the queue.
pub(super) struct Job {
    pub(super) task: Task,
    /// The time its statements may take.
    pub(super) time: Duration,
    queued: Instant,
    done: oneshot::Sender<Result<Outcome, DatabaseError>>,
}

impl Job {
    pub(super) fn new(
        task: Task,
        time: Duration,
        done: oneshot::Sender<Result<Outcome, DatabaseError>>,
    ) -> Self {
        Self { task, time, queued: meter::now(), done }
    }

    /// Whether it waited too long to be begun.
    pub(super) fn is_late(&self, wait_max: Duration) -> bool {
        !matches!(self.task, Task::Migrate(_)) && self.queued.elapsed() > wait_max
    }

    /// Whether nobody waits for the answer any more, so that it need not be begun.
    pub(super) fn is_abandoned(&self) -> bool {
        self.done.is_closed()
    }

    /// Answers it.
    pub(super) fn answer(self, outcome: Result<Outcome, DatabaseError>) {
        // The one who asked may be gone; what was committed stays committed.
        let _ = self.done.send(outcome);
    }

    pub(super) fn catalog(&self) -> &Arc<Catalog> {
        match &self.task {
            Task::Answer(work) => &work.catalog,
            Task::Run(queries) => &queries.catalog,
            Task::Migrate(migration) => &migration.catalog,
        }
    }

    pub(super) fn caller(&self) -> &Caller {
        match &self.task {
            Task::Answer(work) => &work.caller,
            Task::Run(queries) => &queries.caller,
            Task::Migrate(migration) => &migration.caller,
        }
    }
}

/// The answer to a job that waited too long.
pub(super) fn late() -> DatabaseError {
    DatabaseError::Unavailable { reason: "too many writes are waiting", retry_after_s: 1 }
}
