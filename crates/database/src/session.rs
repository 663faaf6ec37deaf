//! The one door: a session is one caller, one catalog, one engine, for one request.

use std::sync::Arc;

use catalog::Catalog;
use policy::Caller;

use crate::engine::Engine;

/// The database of an application: its engine, and the catalog as it is now. Cheap to clone.
#[derive(Clone)]
pub struct Database {
    pub(crate) engine: Arc<dyn Engine>,
    pub(crate) catalog: Arc<std::sync::RwLock<Arc<Catalog>>>,
}

/// One caller, one catalog, one engine, fixed for one request.
pub struct Session {
    pub(crate) database: Database,
    pub(crate) catalog: Arc<Catalog>,
    pub(crate) caller: Caller,
}

impl Session {
    /// The catalog that the session began with.
    #[must_use]
    pub fn catalog(&self) -> &Arc<Catalog> {
        &self.catalog
    }

    #[must_use]
    pub fn caller(&self) -> &Caller {
        &self.caller
    }

    /// The database behind it.
    #[must_use]
    pub fn database(&self) -> &Database {
        &self.database
    }
}
