//! The one door: a session is one caller, one catalog, one engine, for one request.

use std::sync::{Arc, PoisonError, RwLock};

use catalog::Catalog;
use plan::{Inputs, Plan};
use policy::Caller;

use crate::detail;
use crate::engine::{Engine, Work};
use crate::error::DatabaseError;
use crate::layout::Layout;
use crate::reply::Reply;
use crate::shapes::{Asker, Shape, Shapes};

/// The database of an application: its engine, and the catalog as it is now. Cheap to clone.
#[derive(Clone)]
pub struct Database {
    pub(crate) engine: Arc<dyn Engine>,
    catalog: Arc<RwLock<Arc<Catalog>>>,
    shapes: Arc<Shapes>,
}

/// One caller, one catalog, one engine, fixed for one request.
pub struct Session {
    pub(crate) database: Database,
    pub(crate) catalog: Arc<Catalog>,
    pub(crate) caller: Caller,
}

impl Database {
    /// A database on an engine, with the catalog that its migrations lead to.
    #[must_use]
    pub fn new(engine: Arc<dyn Engine>, catalog: Catalog) -> Self {
        Self {
            engine,
            catalog: Arc::new(RwLock::new(Arc::new(catalog))),
            shapes: Arc::new(Shapes::default()),
        }
    }

    /// A session for a caller, with the catalog as it is now.
    #[must_use]
    pub fn session(&self, caller: Caller) -> Session {
        Session { database: self.clone(), catalog: self.catalog(), caller }
    }

    /// The catalog as it is now.
    #[must_use]
    pub fn catalog(&self) -> Arc<Catalog> {
        Arc::clone(&self.catalog.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Serves from now on by another catalog; sessions keep the one they began with.
    pub fn swap_catalog(&self, catalog: Arc<Catalog>) {
        *self.catalog.write().unwrap_or_else(PoisonError::into_inner) = catalog;
    }

    /// The engine, for migrations.
    #[must_use]
    pub fn engine(&self) -> &Arc<dyn Engine> {
        &self.engine
    }
}

impl Session {
    /// Answers a plan. The one door between a surface and the data.
    ///
    /// # Errors
    /// [`DatabaseError`]: the plan does not fit the catalog, the caller may not, or the engine refuses.
    pub async fn answer(&self, plan: Plan, inputs: Inputs) -> Result<Reply, DatabaseError> {
        let shape = self.shape(&plan)?;
        let inputs = Arc::new(inputs);
        let work = Work {
            program: Arc::clone(&shape.program),
            count: shape.count.clone(),
            reading: Arc::clone(&shape.reading),
            layout: Arc::clone(&shape.layout),
            inputs: Arc::clone(&inputs),
            caller: self.caller.clone(),
            catalog: Arc::clone(&self.catalog),
        };
        let answer = self.database.engine.answer(work).await;
        answer.map_err(|error| detail::add(error, &plan, &inputs, self))
    }

    /// What the plan became: built, guarded and rendered, or remembered from an equal plan of an equal caller.
    fn shape(&self, plan: &Plan) -> Result<Arc<Shape>, DatabaseError> {
        let asker = Asker { caller: &self.caller, version: self.catalog.version() };
        self.database.shapes.find(&asker, plan, || {
            let built = plan::build(plan, &self.catalog)?;
            let guard = |statement| {
                policy::guard(statement, &self.caller, &self.catalog, self.database.engine.enforced())
            };
            let dialect = self.database.engine.dialect();
            let guarded = guard(built.statement)?;
            let count =
                built.count.map(|query| guard(algebra::statement::Statement::Query(query))).transpose()?;
            let render = |guarded| Arc::new(render::render(&guarded, &self.catalog, dialect));
            Ok(Shape {
                program: render(guarded),
                count: count.map(render),
                layout: Arc::new(Layout::of(&built.reading.shape)),
                reading: Arc::new(built.reading),
            })
        })
    }

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
