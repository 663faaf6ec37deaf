//! What plans became, remembered: an equal plan of an equal caller is not built, guarded and rendered again.
//!
//! Bounded, and split in parts so that workers do not wait for each other. **Must not:** hold values of a request, nor outlive a
//! catalog: its version is part of the key.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, Mutex, PoisonError};

use algebra::names::RoleName;
use plan::{Plan, Reading};
use policy::Caller;
use render::Program;

use crate::error::DatabaseError;
use crate::layout::Layout;

const PARTS: usize = 16;

/// Plans in one generation of a part; two generations are kept.
const PLANS_PER_PART: usize = 32;

/// A plan, ready to run.
#[derive(Debug)]
pub(crate) struct Shape {
    pub(crate) program: Arc<Program>,
    pub(crate) count: Option<Arc<Program>>,
    pub(crate) reading: Arc<Reading>,
    pub(crate) layout: Arc<Layout>,
}

/// For whom and by which catalog a plan was guarded. Claims do not matter: they are parameters.
pub(crate) struct Asker<'a> {
    pub(crate) caller: &'a Caller,
    pub(crate) version: u64,
}

/// The memory.
#[derive(Debug)]
pub(crate) struct Shapes {
    hasher: RandomState,
    parts: [Mutex<Part>; PARTS],
}

#[derive(Debug, Default)]
struct Part {
    young: HashMap<u64, Entry>,
    old: HashMap<u64, Entry>,
}

#[derive(Debug, Clone)]
struct Entry {
    kind: Kind,
    version: u64,
    plan: Arc<Plan>,
    shape: Arc<Shape>,
}

/// What of a caller `guard` looks at.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    Anonymous,
    User(RoleName),
    Service,
    System,
}

impl Kind {
    pub(crate) fn of(caller: &Caller) -> Self {
        match caller {
            Caller::Anonymous { .. } => Kind::Anonymous,
            Caller::User { role, .. } => Kind::User(role.clone()),
            Caller::Service { .. } => Kind::Service,
            Caller::System => Kind::System,
        }
    }
}

impl Default for Shapes {
    fn default() -> Self {
        Self { hasher: RandomState::new(), parts: std::array::from_fn(|_| Mutex::default()) }
    }
}

impl Shapes {
    /// The shape of a plan, made when it is not remembered.
    pub(crate) fn find(
        &self,
        asker: &Asker<'_>,
        plan: &Plan,
        make: impl FnOnce() -> Result<Shape, DatabaseError>,
    ) -> Result<Arc<Shape>, DatabaseError> {
        let kind = Kind::of(asker.caller);
        let hash = self.hasher.hash_one((&kind, asker.version, plan));
        let part = &self.parts[usize::try_from(hash % PARTS as u64).unwrap_or(0)];
        let lock = || part.lock().unwrap_or_else(PoisonError::into_inner);
        let fits =
            |entry: &Entry| entry.version == asker.version && entry.kind == kind && *entry.plan == *plan;
        if let Some(shape) = lock().get(hash, fits) {
            return Ok(shape);
        }
        let shape = Arc::new(make()?);
        let entry =
            Entry { kind, version: asker.version, plan: Arc::new(plan.clone()), shape: Arc::clone(&shape) };
        lock().put(hash, entry);
        Ok(shape)
    }
}

impl Part {
    fn get(&mut self, hash: u64, fits: impl Fn(&Entry) -> bool) -> Option<Arc<Shape>> {
        if let Some(entry) = self.young.get(&hash).filter(|entry| fits(entry)) {
            return Some(Arc::clone(&entry.shape));
        }
        let entry = self.old.remove(&hash).filter(fits)?;
        let shape = Arc::clone(&entry.shape);
        self.put(hash, entry);
        Some(shape)
    }

    fn put(&mut self, hash: u64, entry: Entry) {
        if self.young.len() >= PLANS_PER_PART {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(hash, entry);
    }
}
