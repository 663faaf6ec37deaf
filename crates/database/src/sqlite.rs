//! The embedded engine: one file, one writer that commits in groups, readers beside the requests.
//!
//! **Must not:** be named outside this crate but for opening it; the rest of the world knows `Engine`.

use std::path::Path;
use std::sync::Arc;
use std::thread;

use algebra::names::TableName;
use catalog::Catalog;
use policy::{Caller, Enforced};
use render::{Dialect, Sqlite};
use tokio::sync::{mpsc, oneshot};

use crate::engine::{Answer, Engine, Migration, Prepared, Work};
use crate::error::DatabaseError;
use crate::limits::EngineLimits;
use crate::query::Rows;
use crate::reply::Reply;

use self::fault::Fault;
use self::moment::Moment;
use self::naming::Naming;
use self::open::Place;
use self::queue::{Job, Outcome, Queries, Task, late};
use self::reader::{Reader, Readers};
use self::snapshots::Snapshots;
use self::writer::Writer;

mod open;
mod authorizer;
mod meter;
mod stored;
mod row;
mod moment;
mod parameters;
mod execute;
mod body;
mod rows;
mod tally;
mod fault;
mod naming;
mod orphans;
mod sequences;
mod functions;
mod reader;
mod snapshots;
mod queue;
mod checkpoint;
mod writer;
mod migration;

pub use open::OpenError;

/// The engine.
pub struct SqliteEngine {
    limits: EngineLimits,
    readers: Arc<Readers>,
    /// `None` only while the engine is being dropped.
    queue: Option<mpsc::Sender<Job>>,
    writer: Option<thread::JoinHandle<()>>,
}

impl SqliteEngine {
    /// Opens the database in a directory; makes it when there is none.
    ///
    /// # Errors
    /// [`OpenError`] when another process uses it or the file cannot be used.
    pub fn open(directory: &Path, limits: EngineLimits) -> Result<Self, OpenError> {
        open::check_version()?;
        let place = Arc::new(Place::claim(directory)?);
        let (queue, jobs) = mpsc::channel(limits.queue_length);
        let snapshots = Arc::new(Snapshots::default());
        let sqlite = |cause| OpenError::Sqlite { path: place.file.clone(), cause };
        let writer = Writer::open(place.file.clone(), jobs, limits, &snapshots).map_err(sqlite)?;
        let held = Arc::clone(&place);
        let writer = thread::Builder::new()
            .name("writer".to_owned())
            .spawn(move || {
                writer.run();
                // The lock is let go only when the last connection of the writer is closed.
                drop(held);
            })
            .map_err(|cause| OpenError::Io { path: directory.to_owned(), cause })?;
        let readers = Arc::new(Readers::new(place, snapshots, limits.long_reads));
        Ok(Self { limits, readers, queue: Some(queue), writer: Some(writer) })
    }

    /// Sends a task to the writer and waits for its commit.
    async fn write(&self, task: Task, caller: &Caller) -> Result<Outcome, DatabaseError> {
        let gone = || DatabaseError::Unavailable { reason: "the database is closing", retry_after_s: 1 };
        let queue = self.queue.as_ref().ok_or_else(gone)?;
        let (done, answer) = oneshot::channel();
        let job = Job::new(task, self.limits.statement(caller), done);
        let sent = match queue.try_send(job) {
            Err(mpsc::error::TrySendError::Full(job)) => {
                queue.send_timeout(job, self.limits.queue_wait).await.map_err(|_| late())
            }
            Err(mpsc::error::TrySendError::Closed(_)) => Err(gone()),
            Ok(()) => Ok(()),
        };
        sent?;
        answer.await.map_err(|_| gone())?
    }

    /// Runs a read here, or elsewhere when it is long.
    async fn read<T: Send + 'static>(
        &self,
        read: impl Fn(&mut Reader) -> Result<T, Fault> + Send + Sync + 'static,
        caller: &Caller,
    ) -> Result<T, Fault> {
        if let Some(result) = self.readers.inline(&read) {
            return result;
        }
        let time = self.limits.statement(caller);
        Arc::clone(&self.readers).long(Box::new(read), time, self.limits.queue_wait).await
    }
}

impl Engine for SqliteEngine {
    fn dialect(&self) -> &dyn Dialect {
        &Sqlite
    }

    fn enforced(&self) -> Enforced {
        Enforced::Here
    }

    fn answer(&self, work: Work) -> Answer<'_, Reply> {
        Box::pin(async move {
            if work.program.writes {
                let caller = work.caller.clone();
                return match self.write(Task::Answer(Box::new(work)), &caller).await? {
                    Outcome::Reply(reply) => Ok(reply),
                    Outcome::Rows(_) | Outcome::Migrated => Ok(Reply::default()),
                };
            }
            let work = Arc::new(work);
            let shared = Arc::clone(&work);
            let result = self.read(move |reader| answer(reader, &shared), &work.caller).await;
            result.map_err(|fault| Naming { catalog: &work.catalog, caller: &work.caller }.name(fault))
        })
    }

    fn run(&self, queries: Vec<Prepared>, caller: Caller, catalog: Arc<Catalog>) -> Answer<'_, Vec<Rows>> {
        Box::pin(async move {
            if queries.iter().any(|query| query.program.writes) {
                let task = Task::Run(Queries { queries, caller: caller.clone(), catalog });
                return match self.write(task, &caller).await? {
                    Outcome::Rows(rows) => Ok(rows),
                    Outcome::Reply(_) | Outcome::Migrated => Ok(Vec::new()),
                };
            }
            let asker = caller.clone();
            let result = self.read(move |reader| collect(reader, &queries, &asker), &caller).await;
            result.map_err(|fault| Naming { catalog: &catalog, caller: &caller }.name(fault))
        })
    }

    fn migrate(&self, migration: Migration) -> Answer<'_, ()> {
        Box::pin(
            async move { self.write(Task::Migrate(Box::new(migration)), &Caller::System).await.map(|_| ()) },
        )
    }

    fn has_table(&self, table: TableName) -> Answer<'_, bool> {
        Box::pin(async move {
            let read = move |reader: &mut Reader| -> Result<bool, Fault> {
                let mut statement =
                    reader.channel.connection.prepare_cached(include_str!("sqlite/has_table.sql"))?;
                Ok(statement.exists([stored::name(&table)])?)
            };
            let catalog = Catalog::default();
            let result = self.read(read, &Caller::System).await;
            result.map_err(|fault| Naming { catalog: &catalog, caller: &Caller::System }.name(fault))
        })
    }
}

/// The reader is in a transaction: a read and its count see the same rows.
fn answer(reader: &mut Reader, work: &Work) -> Result<Reply, Fault> {
    let Reader { channel, buffer, .. } = reader;
    execute::answer(&channel.connection, work, None, buffer)
}

fn collect(reader: &mut Reader, queries: &[Prepared], caller: &Caller) -> Result<Vec<Rows>, Fault> {
    let connection = &reader.channel.connection;
    let moment = Moment::now();
    queries.iter().map(|query| execute::collect(connection, None, query, caller, &moment)).collect()
}

impl Drop for SqliteEngine {
    fn drop(&mut self) {
        self.readers.close();
        drop(self.queue.take());
        if let Some(writer) = self.writer.take() {
            // A panic of the writer was reported when it happened.
            let _ = writer.join();
        }
    }
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod texts;
