//! The one writer: takes what waits in its queue, runs each job under a savepoint, commits once, and only then answers all.
//!
//! A job that fails undoes its own savepoint. When SQLite gives up the whole transaction because of one job, the others are run
//! again without it: nothing was acknowledged yet. **Must not:** answer before the commit returned.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::mpsc::Receiver;

use crate::error::{DatabaseError, SqlError};
use crate::limits::EngineLimits;

use super::checkpoint::Checkpoints;
use super::execute;
use super::fault::Fault;
use super::meter;
use super::migration;
use super::moment::Moment;
use super::naming::{FOREIGN_KEY, Naming};
use super::open::{self, Channel};
use super::orphans;
use super::queue::{Job, Outcome, Task, late};
use super::sequences::Sequences;
use super::snapshots::Snapshots;
use super::tally::Tally;

/// Jobs in one commit, at most.
const GROUP_MAX: usize = 512;

/// How long a group takes in further jobs: one long job must not hold the answers of the others much longer.
const GROUP_TIME: Duration = Duration::from_millis(20);

/// The writer's thread.
pub(super) struct Writer {
    file: PathBuf,
    queue: Receiver<Job>,
    limits: EngineLimits,
    sequences: Sequences,
    snapshots: Arc<Snapshots>,
    channel: Channel,
    checkpoints: Checkpoints,
    tally: Tally,
    buffer: Vec<u8>,
}

/// What became of one job.
enum Attempt {
    Done(Outcome),
    Failed(Fault),
    /// SQLite gave up the whole transaction.
    Lost(Fault),
}

impl Writer {
    /// Opens the write connection and reads the sequences.
    pub(super) fn open(
        file: PathBuf,
        queue: Receiver<Job>,
        limits: EngineLimits,
        snapshots: &Arc<Snapshots>,
    ) -> rusqlite::Result<Self> {
        let (sequences, tally) = (Sequences::default(), Tally::default());
        let mut channel = open::writer(&file, &sequences, &tally)?;
        sequences.load(&channel.connection)?;
        let checkpoints = Checkpoints::start(&file, &mut channel.connection, Arc::clone(snapshots))?;
        let snapshots = Arc::clone(snapshots);
        Ok(Self {
            snapshots,
            file,
            queue,
            limits,
            sequences,
            channel,
            checkpoints,
            tally,
            buffer: Vec::new(),
        })
    }

    /// Works until every sender is gone.
    pub(super) fn run(mut self) {
        while let Some(job) = self.queue.blocking_recv() {
            match job.task {
                Task::Migrate(_) => self.migrate(job),
                _ => self.group(job),
            }
        }
    }

    /// One commit: `first` and what waits behind it.
    fn group(&mut self, first: Job) {
        if let Err(error) = self.begin() {
            return self.refuse(vec![first], &error);
        }
        let started = meter::now();
        let mut waiting = VecDeque::from([first]);
        let mut done: Vec<(Job, Outcome)> = Vec::new();
        let mut alone = Vec::new();
        let mut migration = None;
        while let Some(job) = waiting.pop_front().or_else(|| self.next(&done, started, migration.is_some())) {
            if matches!(job.task, Task::Migrate(_)) {
                migration = Some(job);
                continue;
            }
            if job.is_abandoned() {
                continue;
            }
            if job.is_late(self.limits.queue_wait) {
                job.answer(Err(late()));
                continue;
            }
            match self.attempt(&job) {
                Attempt::Done(outcome) => done.push((job, outcome)),
                Attempt::Failed(fault) if is_foreign_key(&fault) => alone.push(job),
                Attempt::Failed(fault) => answer_fault(job, fault),
                Attempt::Lost(fault) => {
                    answer_fault(job, fault);
                    waiting.extend(done.drain(..).map(|(job, _)| job));
                    if let Err(error) = self.begin() {
                        self.refuse(waiting.drain(..).collect(), &error);
                        break;
                    }
                }
            }
        }
        alone.extend(self.commit(done));
        for job in alone {
            self.alone(job);
        }
        if let Some(job) = migration {
            self.migrate(job);
        }
    }

    /// The next job of this group, if it takes more.
    fn next(&mut self, done: &[(Job, Outcome)], started: Instant, closed: bool) -> Option<Job> {
        if closed || done.len() >= GROUP_MAX || started.elapsed() > GROUP_TIME {
            return None;
        }
        self.queue.try_recv().ok()
    }

    /// Runs a job under a savepoint.
    fn attempt(&mut self, job: &Job) -> Attempt {
        let connection = &self.channel.connection;
        self.channel.meter.allow_all();
        if let Err(error) = step(connection, "SAVEPOINT job") {
            return Attempt::Lost(error.into());
        }
        self.channel.meter.allow_time(job.time);
        let outcome = self.perform(job);
        self.channel.meter.allow_all();
        let connection = &self.channel.connection;
        let fault = match outcome {
            Ok(outcome) => match step(connection, "RELEASE job") {
                Ok(()) => return Attempt::Done(outcome),
                Err(error) => Fault::from(error),
            },
            Err(fault) => fault,
        };
        let undone = !connection.is_autocommit()
            && step(connection, "ROLLBACK TO job").and_then(|()| step(connection, "RELEASE job")).is_ok();
        if undone {
            return Attempt::Failed(fault);
        }
        self.abort();
        Attempt::Lost(fault)
    }

    /// Runs a job; a panic in it is its own failure and nobody else's.
    fn perform(&mut self, job: &Job) -> Result<Outcome, Fault> {
        self.sequences.begin(job.catalog());
        let connection = &self.channel.connection;
        let (tally, buffer) = (&self.tally, &mut self.buffer);
        let work = || match &job.task {
            Task::Answer(work) => execute::answer(connection, work, Some(tally), buffer).map(Outcome::Reply),
            Task::Run(queries) => {
                let moment = Moment::now();
                let rows = queries.queries.iter();
                rows.map(|query| execute::collect(connection, Some(tally), query, &queries.caller, &moment))
                    .collect::<Result<_, _>>()
                    .map(Outcome::Rows)
            }
            Task::Migrate(_) => Err(Fault::Answer(internal("a migration came into a group"))),
        };
        catch_unwind(AssertUnwindSafe(work))
            .unwrap_or_else(|_| Err(Fault::Answer(internal("a write ended in a panic"))))
    }

    /// Commits and answers. Gives back the jobs that must be run alone, because one of them violates a deferred constraint.
    fn commit(&mut self, done: Vec<(Job, Outcome)>) -> Vec<Job> {
        if done.is_empty() {
            self.abort();
            return Vec::new();
        }
        match self.commit_transaction() {
            Ok(()) => {
                for (job, outcome) in done {
                    job.answer(Ok(outcome));
                }
                self.checkpoints.committed(&self.channel.connection);
                Vec::new()
            }
            Err(error) => {
                self.abort();
                let jobs = done.into_iter().map(|(job, _)| job).collect();
                if is_foreign_key(&Fault::from(clone(&error))) {
                    return jobs;
                }
                self.refuse(jobs, &error);
                Vec::new()
            }
        }
    }

    /// Runs a job in a transaction of its own with all foreign keys checked at the end: rows of one statement may refer to each
    /// other, and if a key is violated its name is found.
    fn alone(&mut self, job: Job) {
        let result = self.begin().map_err(Fault::from).and_then(|()| {
            self.channel.gate.with_settings(|| step(&self.channel.connection, include_str!("defer.sql")))?;
            self.channel.meter.allow_time(job.time);
            let outcome = self.perform(&job);
            self.channel.meter.allow_all();
            let outcome = outcome?;
            match self.commit_transaction() {
                Ok(()) => Ok(outcome),
                Err(error) => Err(self.name_orphan(&job, error)),
            }
        });
        self.abort();
        match result {
            Ok(outcome) => job.answer(Ok(outcome)),
            Err(fault) => answer_fault(job, fault),
        }
    }

    fn name_orphan(&self, job: &Job, error: rusqlite::Error) -> Fault {
        let fault = Fault::from(error);
        if !is_foreign_key(&fault) {
            return fault;
        }
        let found = written(job)
            .find_map(|(table, deletes)| orphans::find(&self.channel, job.catalog(), table, deletes));
        match found {
            Some(orphan) => {
                let naming = Naming { catalog: job.catalog(), caller: job.caller() };
                let error = naming.foreign_key(&orphan.child, &orphan.key, orphan.side);
                Fault::Answer(error.into())
            }
            None => fault.at(written(job).next().map(|(table, _)| table), None),
        }
    }

    fn migrate(&mut self, job: Job) {
        if job.is_abandoned() {
            return;
        }
        let Task::Migrate(migration) = &job.task else { return };
        let before = self.sequences.snapshot();
        self.sequences.begin(&migration.catalog);
        let result = self.begin().map_err(Fault::from).and_then(|()| {
            migration::run(&self.channel, &self.sequences, &self.tally, migration)?;
            self.commit_transaction()?;
            Ok(())
        });
        self.abort();
        match result {
            Ok(()) => job.answer(Ok(Outcome::Migrated)),
            Err(fault) => {
                self.sequences.restore(before);
                answer_fault(job, fault);
            }
        }
    }

    fn begin(&mut self) -> rusqlite::Result<()> {
        self.channel.meter.allow_all();
        step(&self.channel.connection, "BEGIN IMMEDIATE")
    }

    fn commit_transaction(&mut self) -> rusqlite::Result<()> {
        self.sequences.save(&self.channel.connection)?;
        step(&self.channel.connection, "COMMIT")?;
        self.snapshots.committed();
        self.sequences.saved();
        Ok(())
    }

    /// Ends a transaction that is still open without keeping anything of it.
    fn abort(&mut self) {
        if self.channel.connection.is_autocommit() {
            return;
        }
        if let Err(error) = step(&self.channel.connection, "ROLLBACK") {
            tracing::error!(%error, "a transaction could not be rolled back, the connection is opened anew");
            self.reopen();
        }
    }

    /// Tells jobs that the engine itself failed, and begins anew with a fresh connection.
    fn refuse(&mut self, jobs: Vec<Job>, error: &rusqlite::Error) {
        for job in jobs {
            answer_fault(job, Fault::from(clone(error)));
        }
        self.reopen();
    }

    /// After a failure of the disk nothing that this connection remembers is trusted.
    fn reopen(&mut self) {
        let opened = open::writer(&self.file, &self.sequences, &self.tally)
            .and_then(|mut channel| self.checkpoints.watch(&mut channel.connection).map(|()| channel));
        match opened {
            Ok(channel) => self.channel = channel,
            Err(error) => tracing::error!(%error, "the write connection could not be opened anew"),
        }
    }
}

/// The tables that a job writes, and whether it deletes from them.
fn written(job: &Job) -> impl Iterator<Item = (&algebra::names::TableName, bool)> {
    let programs: Vec<_> = match &job.task {
        Task::Answer(work) => vec![&work.program],
        Task::Run(queries) => queries.queries.iter().map(|query| &query.program).collect(),
        Task::Migrate(_) => Vec::new(),
    };
    let deletes = |step: &render::Step| step.sql.text.starts_with("delete ");
    let steps = programs.into_iter().flat_map(|program| &program.steps);
    steps.filter_map(move |step| step.writes.as_ref().map(|table| (table, deletes(step))))
}

fn answer_fault(job: Job, fault: Fault) {
    let error = Naming { catalog: job.catalog(), caller: job.caller() }.name(fault);
    job.answer(Err(error));
}

/// Runs a kept statement without parameters or rows.
fn step(connection: &rusqlite::Connection, text: &str) -> rusqlite::Result<()> {
    connection.prepare_cached(text)?.raw_execute().map(drop)
}

fn is_foreign_key(fault: &Fault) -> bool {
    match fault {
        Fault::Sqlite { error: rusqlite::Error::SqliteFailure(_, Some(message)), .. } => {
            message == FOREIGN_KEY
        }
        _ => false,
    }
}

/// One failure told to several.
fn clone(error: &rusqlite::Error) -> rusqlite::Error {
    match error {
        rusqlite::Error::SqliteFailure(code, message) => {
            rusqlite::Error::SqliteFailure(*code, message.clone())
        }
        other => rusqlite::Error::UserFunctionError(other.to_string().into()),
    }
}

fn internal(what: &str) -> DatabaseError {
    tracing::error!(what, "the writer");
    SqlError::new("XX000", "the database could not run the statement").into()
}
