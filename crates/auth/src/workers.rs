//! A fixed number of threads for work that holds a core and much memory, with a bounded queue before them.
//!
//! The threads keep the memory that a hash needs, so the process holds as many blocks as there are threads, however many
//! requests come. **Must not:** be used for anything that waits.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use tokio::sync::oneshot;

type Job = Box<dyn FnOnce() + Send>;

/// The threads. They end when this is dropped and the queue is empty.
pub(crate) struct Workers {
    jobs: Sender<Job>,
    taken: Arc<AtomicUsize>,
    taken_max: usize,
}

/// Why work was not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Undone {
    /// The queue is full.
    Full,
    /// The work panicked, or the threads are gone.
    Lost,
}

impl Workers {
    /// Starts so many threads, before which so much work may wait.
    pub(crate) fn start(threads: usize, queue_max: usize) -> std::io::Result<Self> {
        let (jobs, queue) = channel::<Job>();
        let queue = Arc::new(Mutex::new(queue));
        for _ in 0..threads {
            let queue = Arc::clone(&queue);
            thread::Builder::new().name("hasher".to_owned()).spawn(move || work_off(&queue))?;
        }
        Ok(Self { jobs, taken: Arc::default(), taken_max: threads + queue_max })
    }

    /// Does work in its turn. Work that nobody waits for any more is not begun.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Undone> {
        let place = Place::take(&self.taken, self.taken_max)?;
        let (done, answer) = oneshot::channel();
        let job = move || {
            let _place = place;
            if !done.is_closed() {
                // Who asked may have gone meanwhile; then nobody needs the answer.
                let _ = done.send(work());
            }
        };
        self.jobs.send(Box::new(job)).map_err(|_| Undone::Lost)?;
        answer.await.map_err(|_| Undone::Lost)
    }
}

fn work_off(queue: &Mutex<Receiver<Job>>) {
    loop {
        let job = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(job) = job else { return };
        // A panic is its own job's error: its answer is dropped, and the thread goes on.
        if catch_unwind(AssertUnwindSafe(job)).is_err() {
            tracing::error!("a password could not be hashed: the work panicked");
        }
    }
}

/// One place in the queue or at work, given back when the work is done or dropped.
struct Place(Arc<AtomicUsize>);

impl Place {
    fn take(taken: &Arc<AtomicUsize>, taken_max: usize) -> Result<Self, Undone> {
        let before = taken.fetch_add(1, Ordering::AcqRel);
        let place = Self(Arc::clone(taken));
        if before >= taken_max { Err(Undone::Full) } else { Ok(place) }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::{Undone, Workers};

    #[tokio::test]
    async fn the_queue_is_bounded_and_a_panic_ends_only_its_own_work() {
        let workers = Workers::start(1, 1).expect("a thread starts");
        let (release, held) = channel::<()>();
        let first = workers.run(move || held.recv().is_ok());
        let second = workers.run(|| 2);
        let third = workers.run(|| 3);
        let (first, second, third) = tokio::join!(first, second, async {
            let refused = third.await;
            release.send(()).expect("the first still waits");
            refused
        });
        assert_eq!((first, second, third), (Ok(true), Ok(2), Err(Undone::Full)));
        let lost: Result<(), Undone> = workers.run(|| panic!("on purpose")).await;
        assert_eq!(lost, Err(Undone::Lost));
        assert_eq!(workers.run(|| 4).await, Ok(4));
    }
}
