//! The end of serving, in two steps: finish what is in flight, then cut.
//!
//! Connections look at one atomic number each time they run, and are woken once per step.
//! **Must not:** know signals. The command that waits for one calls [`Stop::request`].

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use tokio::sync::Notify;

/// A switch that everybody holds. Cheap to clone.
#[derive(Clone, Default)]
pub(crate) struct Stop(Arc<Inner>);

#[derive(Default)]
struct Inner {
    step: AtomicU8,
    changed: Notify,
}

const FINISHING: u8 = 1;
const CUT: u8 = 2;

impl Stop {
    /// Asks everybody to finish.
    pub(crate) fn request(&self) {
        self.0.step.fetch_max(FINISHING, Ordering::SeqCst);
        self.0.changed.notify_waiters();
    }

    /// Ends whatever is left.
    pub(crate) fn cut(&self) {
        self.0.step.fetch_max(CUT, Ordering::SeqCst);
        self.0.changed.notify_waiters();
    }

    pub(crate) fn is_requested(&self) -> bool {
        self.0.step.load(Ordering::SeqCst) >= FINISHING
    }

    pub(crate) fn is_cut(&self) -> bool {
        self.0.step.load(Ordering::SeqCst) >= CUT
    }

    /// Waits until finishing is asked for.
    pub(crate) async fn requested(&self) {
        self.reached(FINISHING).await;
    }

    /// Waits for the next step after the present one.
    pub(super) fn next(&self) -> impl Future<Output = ()> + use<> {
        let own = self.clone();
        let step = self.0.step.load(Ordering::SeqCst);
        async move { own.reached(step + 1).await }
    }

    async fn reached(&self, step: u8) {
        loop {
            // Made before looking, so that a change in between is not missed.
            let changed = self.0.changed.notified();
            if self.0.step.load(Ordering::SeqCst) >= step {
                return;
            }
            changed.await;
        }
    }
}
