//! Changing a database: bound statements of a migration become the steps that its engine runs.
//!
//! **Must not:** read files or keep the ledger; `migrate` does.

use std::sync::Arc;

use algebra::statement::Statement;
use algebra::value::Value;
use catalog::{Catalog, Change, DropKind};
use policy::Caller;

use crate::compiled::columns;
use crate::engine::{Migration, MigrationStep, Prepared};
use crate::error::DatabaseError;
use crate::session::Database;

/// One bound statement of a migration.
#[derive(Debug, Clone)]
pub enum Deed {
    /// A change of the catalog, and the catalogs before and after it.
    Define { change: Box<Change>, before: Arc<Catalog>, after: Arc<Catalog> },
    /// A statement that reads or writes rows, with values for its parameters.
    Run { statement: Box<Statement>, catalog: Arc<Catalog>, parameters: Vec<Value> },
}

/// What an engine cannot do, and what to write instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub construct: String,
    pub instead: String,
}

impl Deed {
    /// Why the engine of this database cannot do it, if it cannot.
    #[must_use]
    pub fn refusal(&self, database: &Database) -> Option<Refusal> {
        match self {
            Deed::Define { change, after, .. } => database.engine().refuses_change(change, after),
            Deed::Run { statement, .. } => database.engine().refuses_statement(statement),
        }
    }
}

impl Database {
    /// Does everything in one transaction as the caller, and serves by `catalog` from then on.
    ///
    /// # Errors
    /// [`DatabaseError`] of the first statement that fails; nothing is changed then.
    pub async fn migrate(
        &self,
        deeds: Vec<Deed>,
        caller: Caller,
        catalog: Arc<Catalog>,
    ) -> Result<(), DatabaseError> {
        let mut steps = Vec::with_capacity(deeds.len());
        for deed in deeds {
            self.steps(deed, &caller, &mut steps)?;
        }
        self.engine().migrate(Migration { steps, catalog: Arc::clone(&catalog), caller }).await?;
        self.swap_catalog(catalog);
        Ok(())
    }

    fn steps(
        &self,
        deed: Deed,
        caller: &Caller,
        steps: &mut Vec<MigrationStep>,
    ) -> Result<(), DatabaseError> {
        let engine = self.engine();
        match deed {
            Deed::Define { change, before, after } => {
                let program = engine.dialect().definition(&change, &before, &after);
                steps.extend(program.map(|program| {
                    MigrationStep::Run(Prepared {
                        program: Arc::new(program),
                        columns: Arc::new([]),
                        parameters: Vec::new(),
                    })
                }));
                steps.extend(sequence_step(&change));
            }
            Deed::Run { statement, catalog, parameters } => {
                let columns = columns(&statement);
                let guarded = policy::guard(*statement, caller, &catalog, engine.enforced())?;
                let program = Arc::new(render::render(&guarded, &catalog, engine.dialect()));
                steps.push(MigrationStep::Run(Prepared { program, columns, parameters }));
            }
        }
        Ok(())
    }
}

/// What a change does to the value of a sequence.
fn sequence_step(change: &Change) -> Option<MigrationStep> {
    match change {
        Change::CreateSequence(sequence) => {
            Some(MigrationStep::Restart { sequence: sequence.name.clone(), value: sequence.options.start })
        }
        Change::AlterSequence { name, restart: Some(value), .. } => {
            Some(MigrationStep::Restart { sequence: name.clone(), value: *value })
        }
        Change::Rename { what: DropKind::Sequence, name, to } => {
            let to = algebra::names::SequenceName::new(name.schema.clone(), to.clone());
            Some(MigrationStep::RenameSequence { from: name.clone(), to })
        }
        Change::SetSchema { what: DropKind::Sequence, name, to } => {
            let to = algebra::names::SequenceName::new(to.clone(), name.name.clone());
            Some(MigrationStep::RenameSequence { from: name.clone(), to })
        }
        _ => None,
    }
}
