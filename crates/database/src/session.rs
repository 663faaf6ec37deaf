//! The one door: a session is one caller, one catalog, one engine, for one request.

use std::sync::{Arc, PoisonError, RwLock};

use algebra::value::Value;
use catalog::Catalog;
use pgsql::Diagnostic;
use plan::{Inputs, Plan};
use policy::Caller;

use crate::compiled::{self, Compiled, CompiledQueries, Parsed};
use crate::detail;
use crate::engine::{Engine, Prepared, Work};
use crate::error::DatabaseError;
use crate::layout::Layout;
use crate::query::{Query, Rows};
use crate::reply::Reply;
use crate::shapes::{Asker, Shape, Shapes};

/// The database of an application: its engine, and the catalog as it is now. Cheap to clone.
#[derive(Clone)]
pub struct Database {
    pub(crate) engine: Arc<dyn Engine>,
    catalog: Arc<RwLock<Arc<Catalog>>>,
    shapes: Arc<Shapes>,
    compiled: Arc<CompiledQueries>,
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
            compiled: Arc::new(CompiledQueries::default()),
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

    /// Runs one query of a service with values for `$1`….
    ///
    /// # Errors
    /// [`DatabaseError`]: the query does not fit the catalog, the caller may not, or the engine refuses.
    pub async fn run(&self, query: &Query, parameters: Vec<Value>) -> Result<Rows, DatabaseError> {
        Ok(self.run_all(&[(query, parameters)]).await?.pop().unwrap_or_default())
    }

    /// Runs several queries of a service in one transaction and answers the rows of each.
    ///
    /// # Errors
    /// As [`Session::run`]; nothing of any of them is kept then.
    pub async fn run_all(&self, queries: &[(&Query, Vec<Value>)]) -> Result<Vec<Rows>, DatabaseError> {
        let mut prepared = Vec::with_capacity(queries.len());
        for (query, parameters) in queries {
            let compiled = self.database.compiled.find(query, self)?;
            prepared.push(Prepared {
                program: Arc::clone(&compiled.program),
                columns: Arc::clone(&compiled.columns),
                parameters: parameters.clone(),
            });
        }
        self.database.engine.run(prepared, self.caller.clone(), Arc::clone(&self.catalog)).await
    }

    /// Compiles queries of a service before they are needed, so that a mistake shows when the server starts.
    ///
    /// # Errors
    /// [`DatabaseError`]: the first query that does not fit the catalog.
    pub fn prepare(&self, queries: &[&Query]) -> Result<(), DatabaseError> {
        queries.iter().try_for_each(|query| self.database.compiled.find(query, self).map(|_| ()))
    }

    /// Reads a text of statements, for a prompt. Definitions are refused: they belong in migrations.
    ///
    /// # Errors
    /// Every mistake in the text, with its place.
    pub fn parse(&self, text: &str) -> Result<Vec<Parsed>, Vec<Diagnostic>> {
        compiled::parse(text, self)
    }

    /// Runs one statement of a text as the caller, in a transaction of its own.
    ///
    /// # Errors
    /// As [`Session::run`].
    pub async fn execute(&self, statement: &Parsed, parameters: Vec<Value>) -> Result<Rows, DatabaseError> {
        let Compiled { program, columns } = compiled::compile(statement, self)?;
        let prepared = vec![Prepared { program, columns, parameters }];
        let rows = self.database.engine.run(prepared, self.caller.clone(), Arc::clone(&self.catalog)).await?;
        Ok(rows.into_iter().next().unwrap_or_default())
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
